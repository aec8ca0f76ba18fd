"""The pages of placements: found in a list, drafted in short steps, published, changed."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.ids import new_public_id
from aktema.core.swedish import sort_key
from aktema.employers.models import Employer, Placement
from aktema.vocabulary.models import (
    Activity,
    ActivityGroup,
    Adaptation,
    Dimension,
    Occupation,
    OccupationGroup,
)
from tests.conftest import QueryCount
from tests.support.employers import a_contact, a_locality, a_placement, a_workplace, an_employer, word_id
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, an_account

SignIn = Callable[[Account], PageClient]
PARTS = ("uppgifter", "sysslor", "krav", "tider", "stod", "miljo")


@pytest.fixture
def coach(sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.JOB_COACH, a_unit()))


def where(placement: Placement, rest: str = "") -> str:
    return f"/platser/{placement.public_id}{rest}"


def start_url(employer: Employer, **more: object) -> str:
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/platser/ny/uppgifter?arbetsgivare={employer.public_id}{extra}"


def value_of(page: Page, name: str) -> str:
    chosen = page.select(f"select[name={name}] option[selected]")
    return str(chosen[0]["value"]) if chosen else ""


def test_an_empty_list_says_what_to_do_first(coach: PageClient) -> None:
    page = coach.get("/platser")
    assert "Inga platser än" in page.words
    assert page.select("a[href='/platser/ny']")


def test_who_may_not_add_placements_is_not_asked_to(sign_in: SignIn) -> None:
    handler = sign_in(an_account(Role.LSS_HANDLER))
    assert not handler.get("/platser").select("a[href='/platser/ny']")
    assert handler.get("/platser/ny").status == 403


def test_the_list_shows_what_one_chooses_by(coach: PageClient, session: Session) -> None:
    a_placement(activities=("bake", "fold_laundry", "make_sandwiches"), places=3)
    page = coach.get("/platser")
    for word in (
        "Hjälpa till i bageriet",
        "Lindas bageri",
        "Norrköping",
        "Baka",
        "och 1 till",
        "10–25",
    ):
        assert word in page.words
    assert page.select("td img.picture")


def test_the_list_is_narrowed_by_what_is_chosen(coach: PageClient, session: Session) -> None:
    a_placement(a_workplace(locality_id=a_locality("Lund").id), title="Rätt", activities=("clean_office",))
    a_placement(title="Fel")
    group, lund = word_id(ActivityGroup, "cleaning"), a_locality("Lund").id
    page = coach.get(f"/platser?q=ratt&group={group}&locality={lund}&state=published")
    assert "Rätt" in page.words
    assert not page.select("a:-soup-contains('Fel')")
    assert "Ingen plats passar" in coach.get("/platser?q=xyzxyz").words


@pytest.mark.parametrize("count", [50, 500])
def test_the_list_costs_as_many_statements_however_long_it_is(
    coach: PageClient, session: Session, queries: QueryCount, count: int
) -> None:
    workplace = a_workplace()
    for number in range(count):
        session.add(
            Placement(
                employer_id=workplace.employer_id,
                workplace_id=workplace.id,
                title=f"Plats {number:03}",
                sort_key=sort_key(f"Plats {number:03}"),
                state="published",
            )
        )
    session.commit()
    session.expunge_all()
    queries.statements.clear()
    page = coach.get("/platser")
    assert len(page.select("tbody tr")) == 50
    assert len(queries) <= 12


def test_a_placement_page_shows_everything(coach: PageClient, session: Session) -> None:
    workplace = a_workplace(street="Torget 1", access_facts="Två trappsteg.")
    contact = a_contact(workplace.employer)
    placement = a_placement(
        workplace,
        demands={"focus": 2},
        preferences={"calm_lively": -1},
        constraints={"no_fur_animals": True, "no_heights": False},
        adaptations=("quiet_space",),
        supervision="Fråga när som helst.",
        supervisor_id=contact.id,
    )
    page = coach.get(where(placement))
    for word in (
        "Fylla på hyllor",
        "måndag–fredag",
        "08:00–16:00",
        "tills vidare",
        "Mest: lugnt",
        "Inga pälsdjur",
        "Inget arbete på höjd",
        "Att fråga om",
        "Hörselskydd och lugn plats",
        "Handledare: Linda Ask",
        "Torget 1, Norrköping",
    ):
        assert word in page.words
    assert "(nivå 2 av 4)" in page.words


def test_readers_see_a_placement_without_anything_to_change(sign_in: SignIn, session: Session) -> None:
    placement = a_placement()
    manager = sign_in(an_account(Role.UNIT_MANAGER, a_unit()))
    page = manager.get(where(placement))
    assert page.status == 200
    assert not page.select("main form")
    assert all(manager.get(where(placement, f"/{part}")).status == 403 for part in PARTS)


def test_a_new_placement_begins_with_its_employer(coach: PageClient, session: Session) -> None:
    employer = a_workplace().employer
    page = coach.get("/platser/ny?q=linda")
    assert page.select(f"a[href='/platser/ny?arbetsgivare={employer.public_id}']")
    assert "Ingen arbetsgivare hittades" in coach.get("/platser/ny?q=xyzxyz").words


def test_an_employer_without_a_workplace_gets_one_first_and_comes_back(
    coach: PageClient, session: Session
) -> None:
    employer = an_employer()
    page = coach.get(f"/platser/ny?arbetsgivare={employer.public_id}")
    assert "Ny arbetsplats" in page.words
    form = page.soup.select_one("main form")
    sent = {**page.hidden(), "name": "Butiken", "locality_id": a_locality().label}
    back = coach.post(str(form["action"]), sent)
    assert "Ny plats hos Lindas bageri" in back.words


def test_the_start_page_offers_activities_copies_and_occupations_where_there_are_any(
    coach: PageClient, session: Session
) -> None:
    placement = a_placement(state="closed")
    page = coach.get(f"/platser/ny?arbetsgivare={placement.employer.public_id}")
    assert "Baka" in page.words
    assert "Hjälpa till i bageriet" in page.words
    assert "Ett yrke" not in page.words


def an_occupation(session: Session) -> Occupation:
    group = OccupationGroup(
        concept_id="g", ssyk="9412", label="Restaurang- och köksbiträden m.fl.", definition="Diskar."
    )
    occupation = Occupation(concept_id="o", label="Diskare", sort_key=sort_key("Diskare"), group=group)
    session.add(occupation)
    session.flush()
    return occupation


def test_an_occupation_gives_title_description_hint_and_activities(
    coach: PageClient, session: Session
) -> None:
    employer, occupation = a_workplace().employer, an_occupation(session)
    found = coach.get(f"/platser/ny?arbetsgivare={employer.public_id}&yrke=disk")
    assert "Diskare" in found.words
    assert (
        "Inget yrke heter så" in coach.get(f"/platser/ny?arbetsgivare={employer.public_id}&yrke=qqqq").words
    )
    page = coach.get(start_url(employer, yrke=occupation.id))
    assert "Diskar." in page.words
    coach.submit(start_url(employer, yrke=occupation.id), {})
    placement = session.scalars(select(Placement)).one()
    assert (placement.title, placement.occupation_id) == ("Diskare", occupation.id)
    assert word_id(Activity, "wash_dishes") in {row.activity_id for row in placement.activities}
    assert "Yrke: Diskare" in coach.get(where(placement)).words


def test_a_placement_is_made_in_short_steps_and_published(coach: PageClient, session: Session) -> None:
    employer = a_workplace().employer
    page = coach.submit(
        start_url(employer, syssla=word_id(Activity, "bake")),
        {"title": "Baka bröd", "description": "Baka på morgonen."},
    )
    placement = session.scalars(select(Placement)).one()
    assert (placement.state, placement.title) == ("draft", "Baka bröd")
    assert page.select(f"input[name=activities][value='{word_id(Activity, 'bake')}'][checked]")
    page = coach.submit(where(placement, "/sysslor"), {})
    assert "Nivåerna som är ifyllda är förslag" in page.words
    assert value_of(page, "multi_step") == "3"
    assert value_of(page, "focus") == ""
    page = coach.submit(where(placement, "/krav"), {"multi_step": "1", "focus": "2"})
    page = coach.submit(where(placement, "/tider"), {"least_weekly_minutes": "10", "weekdays": ["0", "2"]})
    reminder = word_id(Adaptation, "reminder")
    page = coach.submit(
        where(placement, "/stod"), {"supervision": "Linda visar.", "adaptations": [str(reminder)]}
    )
    page = coach.submit(
        where(placement, "/miljo"), {"calm_lively": "-2", "no_fur_animals": "1", "no_heights": "0"}
    )
    assert "Klar att publicera" in page.words
    page = coach.submit(where(placement), {}, css="main form:has(input[value=publish])")
    assert "Platsen är publicerad." in page.soup.get_text()
    session.expire_all()
    levels = {row.dimension_id: row.level for row in placement.demands}
    assert levels[word_id(Dimension, "multi_step")] == 1
    assert (placement.state, placement.least_weekly_minutes, placement.weekdays) == ("published", 600, 5)
    assert [row.adaptation_id for row in placement.adaptations] == [reminder]
    assert sorted(row.is_met for row in placement.constraints) == [False, True]


def test_a_draft_names_what_is_missing_and_links_to_it(coach: PageClient, session: Session) -> None:
    workplace = a_workplace(locality_id=None)
    workplace.locality_id = None
    placement = a_placement(workplace, state="draft", description="", activities=(), weekdays=None)
    page = coach.get(where(placement))
    assert page.select(f"a[href='{where(placement, '/sysslor')}']")
    assert page.select(
        f"a[href='/arbetsgivare/{placement.employer.public_id}/arbetsplatser/{workplace.public_id}']"
    )
    assert "Dagarna är inte angivna" in page.words
    assert not page.select("input[value=publish]")


def test_a_draft_at_a_closed_employer_leads_to_the_employer(coach: PageClient, session: Session) -> None:
    placement = a_placement(state="draft")
    placement.employer.closed_on = placement.created_at.date()
    page = coach.get(where(placement))
    assert page.select(
        f".notice a[href='/arbetsgivare/{placement.employer.public_id}'], .ds-alert a[href^='/arbetsgivare/']"
    )


def test_a_filter_that_cannot_be_read_narrows_nothing(coach: PageClient, session: Session) -> None:
    a_placement()
    page = coach.get("/platser?state=nonsense&group=x&locality=%00&q=%00")
    assert "Hjälpa till i bageriet" in page.words


def test_no_draft_is_made_at_an_employer_that_was_closed_meanwhile(
    coach: PageClient, session: Session
) -> None:
    employer = a_workplace().employer
    drawn = coach.get(start_url(employer))
    employer.closed_on = employer.created_at.date()
    fields = {"title": "Baka", "workplace": employer.workplaces[0].public_id}
    page = coach.post(start_url(employer), {**drawn.hidden(), **fields})
    assert page.status == 422
    assert "är stängd" in page.words


def test_a_copy_begins_with_the_words_and_answers_of_the_other(coach: PageClient, session: Session) -> None:
    source = a_placement(demands={"focus": 4})
    page = coach.submit(start_url(source.employer, kopia=source.public_id), {"title": "Kopian"})
    assert "Baka" in page.words
    copy = session.scalars(select(Placement).where(Placement.title == "Kopian")).one()
    assert (copy.description, [row.level for row in copy.demands]) == (source.description, [4])


@pytest.mark.parametrize("what", ["kopia=AAAAAAAAAAAAAAAAAAAAAA", "syssla=999999"])
def test_a_beginning_that_does_not_exist_is_missing(coach: PageClient, session: Session, what: str) -> None:
    employer = a_workplace().employer
    assert coach.get(f"/platser/ny/uppgifter?arbetsgivare={employer.public_id}&{what}").status == 404
    assert coach.get("/platser/ny/uppgifter").status == 404


def test_a_beginning_that_cannot_be_read_is_an_empty_one(coach: PageClient, session: Session) -> None:
    employer = a_workplace().employer
    assert coach.get(start_url(employer, yrke="abc", syssla="x")).status == 200
    assert coach.get(start_url(employer, yrke="99999999999999999999999")).status in (200, 404)


def test_a_draft_without_a_title_is_not_saved(coach: PageClient, session: Session) -> None:
    page = coach.submit(start_url(a_workplace().employer), {"title": "", "description": "Baka på morgonen."})
    assert page.status == 422
    assert "Skriv vad platsen kallas." in page.words
    assert "Baka på morgonen." in page.text
    assert session.scalar(select(func.count(Placement.id))) == 0


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("uppgifter", {"title": "x" * 201}, "Texten är för lång"),
    ("uppgifter", {"workplace": "nonsense"}, "Arbetsplats"),
    ("uppgifter", {"description": ""}, "Beskriv vad man gör."),
    ("sysslor", {"activities": []}, "Välj minst en arbetsuppgift."),
    ("sysslor", {"activities": ["999999"]}, "Arbetsuppgifter"),
    ("sysslor", {"activities": ["abc"]}, "Arbetsuppgifter"),
    ("krav", {"focus": "7"}, "Hålla"),
    ("krav", {"focus": "abc"}, "Hålla"),
    ("tider", {"least_weekly_minutes": "30", "most_weekly_minutes": "20"}, "kan inte vara lägre"),
    ("tider", {"starts_at": "16", "ends_at": "8"}, "Sluttiden måste vara efter"),
    ("tider", {"from_date": "2026-06-12", "to_date": "2026-03-09"}, "Sista dagen"),
    ("tider", {"from_date": "9 mars"}, "ÅÅÅÅ-MM-DD"),
    ("tider", {"places": "0"}, "helt tal"),
    ("tider", {"weekdays": ["7"]}, "Dagar"),
    ("stod", {"supervisor": new_public_id()}, "Handledare"),
    ("stod", {"supervision": "a\x00b"}, "Texten innehåller tecken"),
    ("miljo", {"no_heights": "7"}, "Inget arbete på höjd"),
    ("miljo", {"calm_lively": "NaN"}, "Lugnt"),
]


@pytest.mark.parametrize(("part", "typed", "message"), WRONG)
def test_wrong_input_is_told_and_changes_nothing(
    coach: PageClient, session: Session, part: str, typed: dict[str, Any], message: str
) -> None:
    placement = a_placement()
    version = placement.version
    page = coach.submit(where(placement, f"/{part}"), typed)
    assert page.status == 422
    assert page.select(".ds-error-summary") or page.select("[role=alert]") or page.select(".field-error")
    assert message in page.words
    session.expire_all()
    assert placement.version == version


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_finished_placement_is_saved_from_its_page(
    coach: PageClient, session: Session, part: str
) -> None:
    placement = a_placement(
        demands={"focus": 1}, preferences={"calm_lively": 1}, constraints={"rest_room": True}
    )
    a_contact(placement.employer)
    page = coach.submit(where(placement, f"/{part}"), {})
    assert page.soup.select_one("h1").get_text() == "Hjälpa till i bageriet"
    session.expire_all()
    kept = (
        placement.state,
        [row.level for row in placement.demands],
        [row.is_met for row in placement.constraints],
    )
    assert kept == ("published", [1], [True])


@pytest.mark.parametrize("part", PARTS)
def test_a_part_changed_meanwhile_is_shown_beside_ones_own(
    coach: PageClient, session: Session, part: str
) -> None:
    placement = a_placement(demands={"focus": 1})
    drawn = coach.get(where(placement, f"/{part}")).hidden()
    coach.submit(where(placement, "/uppgifter"), {"title": "Först"})
    fields = {
        "title": "Sist",
        "workplace": placement.workplace.public_id,
        "activities": [],
        "focus": "3",
        "places": "2",
    }
    page = coach.post(where(placement, f"/{part}"), {**drawn, **fields})
    assert page.status == 409
    session.expire_all()
    assert placement.title == "Först"


def test_a_finished_placement_gets_no_demands_nobody_stated(coach: PageClient, session: Session) -> None:
    placement = a_placement(demands={})
    page = coach.get(where(placement, "/krav"))
    assert value_of(page, "multi_step") == ""
    assert "(förslag)" in page.words


def test_a_placement_is_paused_resumed_closed_and_opened(coach: PageClient, session: Session) -> None:
    placement = a_placement()
    for move, state in (
        ("pause", "Pausad"),
        ("resume", "Publicerad"),
        ("close", "Stängd"),
        ("reopen", "Utkast"),
    ):
        page = coach.submit(where(placement), {}, css=f"main form:has(input[value={move}])")
        assert page.select(f".ds-tag:-soup-contains('{state}')")
    assert len(page.select(".timeline-entry")) == 4


@pytest.mark.parametrize("move", ["reopen", "nonsense", ""])
def test_a_move_that_is_not_open_says_so_and_changes_nothing(
    coach: PageClient, session: Session, move: str
) -> None:
    placement = a_placement()
    token = coach.get(where(placement)).hidden("main form:has(input[value=pause])")
    page = coach.post(where(placement, "/lage"), {**token, "move": move})
    assert page.status == 200
    session.expire_all()
    assert placement.state == "published"


def test_what_does_not_exist_is_missing(coach: PageClient, session: Session) -> None:
    placement = a_placement()
    for path in (f"/platser/{new_public_id()}", where(placement, "/nonsense"), "/platser/ny?arbetsgivare=x"):
        assert coach.get(path).status == 404
