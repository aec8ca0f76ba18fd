"""The word list as staff see it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import STAFF_ROLES, UNIT_ROLES, Role
from aktema.vocabulary.operations import import_jobtech
from tests.conftest import QueryCount
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.vocabulary import a_taxonomy_folder

SignIn = Callable[[Account], PageClient]
PATHS = (
    "/ordlista",
    "/ordlista/intressen",
    "/ordlista/onskemal",
    "/ordlista/villkor",
    "/ordlista/anpassningar",
    "/ordlista/yrken",
)


@pytest.fixture
def coach(session: Session, sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.JOB_COACH, a_unit()))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ordlista", "Lär sig ett nytt moment efter många upprepningar"),
        ("/ordlista", "Hur lär du dig nya saker på jobbet?"),
        ("/ordlista", "Kort film som visar uppgiften"),
        ("/ordlista/intressen", "Baka bröd och kakor"),
        ("/ordlista/onskemal", "Inne – ute"),
        ("/ordlista/villkor", "Jag behöver komma fram med rullstol"),
        ("/ordlista/anpassningar", "Du får se uppgiften på film"),
        ("/ordlista/yrken", "Inga yrken än"),
    ],
)
def test_every_part_shows_its_words(coach: PageClient, path: str, words: str) -> None:
    assert words in coach.get(path).words


@pytest.mark.parametrize("path", PATHS)
def test_the_tab_one_stands_on_is_marked(coach: PageClient, path: str) -> None:
    (current,) = coach.get(path).select("nav.tabs a[aria-current]")
    assert current["href"] == path


@pytest.mark.parametrize("path", PATHS)
def test_words_cost_next_to_no_queries(coach: PageClient, queries: QueryCount, path: str) -> None:
    coach.get("/ordlista")
    queries.statements.clear()
    coach.get(path)
    assert len(queries) <= 5


@pytest.mark.parametrize("role", list(Role))
def test_all_staff_and_nobody_else_reads_the_words(session: Session, sign_in: SignIn, role: Role) -> None:
    client = sign_in(an_account(role, a_unit() if role in UNIT_ROLES else None))
    assert client.get("/ordlista").status == (200 if role in STAFF_ROLES else 403)


def test_nobody_is_asked_to_sign_in(page: PageClient) -> None:
    assert page.get("/ordlista", follow=False).location == "/logga-in?next=/ordlista"


def test_an_occupation_is_found_by_a_part_of_its_name(coach: PageClient, tmp_path: Path) -> None:
    import_jobtech(a_taxonomy_folder(tmp_path))
    words = coach.get("/ordlista/yrken?q=diska").words
    assert "Diskare Restaurangbiträden Kräver ingen utbildning" in words


def test_a_search_without_hits_says_what_to_try(coach: PageClient, tmp_path: Path) -> None:
    import_jobtech(a_taxonomy_folder(tmp_path))
    assert "Prova med en kortare del" in coach.get("/ordlista/yrken?q=rymdfarare").words


@pytest.mark.parametrize("typed", ["%00", "a" * 201, "%25%5F", "%ff"])
def test_odd_searches_are_answered_with_the_page(coach: PageClient, tmp_path: Path, typed: str) -> None:
    import_jobtech(a_taxonomy_folder(tmp_path))
    assert coach.get(f"/ordlista/yrken?q={typed}").status == 200


def test_an_occupation_group_suggests_interests(coach: PageClient, tmp_path: Path) -> None:
    import_jobtech(a_taxonomy_folder(tmp_path))
    page = coach.get("/ordlista/yrken/7612")
    assert "Baka bröd och kakor" in page.words
    assert "Bakning" in page.words


@pytest.mark.parametrize("code", ["0000", "x", "9412%00", "941%00"])
def test_a_group_that_is_not_there_is_missing(coach: PageClient, code: str) -> None:
    assert coach.get(f"/ordlista/yrken/{code}").status == 404
