"""Any placement can be asked about: where it stands, what stops it, and what would make it fit."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.matching.models import Verdict
from aktema.people.models import Availability, InterestVote, Participant, Rating
from aktema.vocabulary.queries import activity_by_code, dimension_by_code
from tests.support.employers import a_placement, a_workplace, an_employer
from tests.support.page import PageClient

SignIn = Callable[[Account], PageClient]


def at(person: Participant, rest: str) -> str:
    return f"/deltagare/{person.public_id}/forslag{rest}"


def asked(browser: PageClient, person: Participant, typed: str) -> str:
    return browser.get(at(person, "/varfor"), query_string={"q": typed}).words


def works(account: Account, person: Participant, **times: int) -> None:
    db.session.add(
        Availability(
            participant_id=person.id, source="own", said_on=clock.today(), account_id=account.id, **times
        )
    )
    db.session.flush()


def manages(account: Account, person: Participant, dimension: str, level: int) -> None:
    db.session.add(
        Rating(
            participant_id=person.id,
            dimension_id=dimension_by_code(dimension).id,
            level=level,
            source="staff",
            said_on=clock.today(),
            account_id=account.id,
        )
    )
    db.session.flush()


def likes(account: Account, person: Participant, activity: str) -> None:
    db.session.add(
        InterestVote(
            participant_id=person.id,
            activity_id=activity_by_code(activity).id,
            vote=2,
            source="own",
            said_on=clock.today(),
            account_id=account.id,
        )
    )
    db.session.flush()


def declines(account: Account, person: Participant, placement_id: int) -> None:
    said_no = Verdict(
        participant_id=person.id,
        placement_id=placement_id,
        account_id=account.id,
        answer="no",
        reason="too_far",
    )
    said_no.words = ""
    db.session.add(said_no)
    db.session.flush()


def test_before_anything_is_typed_nothing_is_listed(browser: PageClient, person: Participant) -> None:
    a_placement(title="Bageriet")
    assert "Bageriet" not in asked(browser, person, "")


def test_a_title_that_none_has_says_so(browser: PageClient, person: Participant) -> None:
    a_placement(title="Bageriet")
    assert "Ingen plats heter så" in asked(browser, person, "Zoo")


def test_a_place_on_the_list_says_which_number_it_has(browser: PageClient, person: Participant) -> None:
    a_placement(title="Bageriet")
    words = asked(browser, person, "bageriet")
    assert "Bageriet" in words
    assert "Nummer 1 på listan" in words


def test_an_employer_is_found_by_name(browser: PageClient, person: Participant) -> None:
    a_placement(a_workplace(an_employer("Kalles zoo")), title="Mata djur")
    assert "Mata djur" in asked(browser, person, "kalles")


def test_a_place_left_out_says_which_gate_fell(
    account: Account, browser: PageClient, person: Participant
) -> None:
    a_placement(title="Bageriet", least_weekly_minutes=1200)
    works(account, person, weekly_minutes=600)
    words = asked(browser, person, "bageriet")
    assert "Platsen behöver fler timmar" in words
    assert "Platsen behöver minst 20 timmar i veckan, personen vill arbeta 10 timmar." in words


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("draft", "Platsen är ett utkast."),
        ("paused", "Platsen är pausad."),
        ("closed", "Platsen är stängd och föreslås inte."),
    ],
)
def test_a_place_that_is_not_open_says_why(
    browser: PageClient, person: Participant, state: str, sentence: str
) -> None:
    placement = a_placement(title="Bageriet", state=state)
    page = browser.get(at(person, f"/{placement.public_id}"))
    assert sentence in asked(browser, person, "bageriet")
    assert sentence in page.words
    assert not page.select("[name=answer]")


def test_nothing_is_decided_about_a_placement_that_has_closed(
    session: Session, browser: PageClient, person: Participant
) -> None:
    placement = a_placement()
    path = at(person, f"/{placement.public_id}")
    form = browser.get(path).hidden("main form")
    placement.state = "closed"
    session.commit()
    page = browser.post(path, {**form, "answer": "no", "reason": "too_far"})
    assert "Inget är sparat" in page.text
    assert session.scalars(select(Verdict)).all() == []


def test_every_placement_gets_an_answer(account: Account, browser: PageClient, person: Participant) -> None:
    works(account, person, weekly_minutes=600, weekdays=1)
    for number, state in enumerate(("published", "draft", "paused", "closed") * 6):
        a_placement(title=f"Bageri {number}", state=state, weekdays=1 + number % 3, starts_at=None)
    pages = [
        browser.get(at(person, "/varfor"), query_string={"q": "bageri", "sida": str(number)})
        for number in (1, 2, 3)
    ]
    titles = {heading.get_text(strip=True) for page in pages for heading in page.select("ol.ranked h2")}
    answers = [tag for page in pages for tag in page.select("ol.ranked li .ds-tag")]
    assert (len(titles), len(answers)) == (24, 24)


def test_the_lists_lead_to_the_question(browser: PageClient, person: Participant) -> None:
    for rest in ("", "/bortvalda"):
        assert browser.get(at(person, rest)).select(f"a[href='{at(person, '/varfor')}']")


@pytest.mark.parametrize("typed", ["\x00", "å" * 5000, "%", "' or 1=1", "\ud83d"])
def test_odd_searches_find_nothing_and_break_nothing(
    browser: PageClient, person: Participant, typed: str
) -> None:
    typed = typed.encode("utf-8", "replace").decode()
    assert browser.get(at(person, "/varfor"), query_string={"q": typed}).status == 200


CHANGES = [
    ({"weekly_minutes": 600}, {"least_weekly_minutes": 1200}, "arbetar 20 timmar i veckan i stället för 10"),
    ({"weekdays": 2}, {"weekdays": 1}, "byter dag, från tisdag till måndag"),
    ({"daily_minutes": 60}, {"weekdays": 31}, "arbetar 2 timmar om dagen i stället för 1 timme"),
    ({"earliest_start": 900}, {}, "börjar klockan 14:00 i stället för 15:00"),
    ({"latest_end": 540}, {}, "slutar klockan 10:00 i stället för 09:00"),
]


@pytest.mark.parametrize(("times", "facts", "sentence"), CHANGES)
def test_the_place_says_what_would_make_it_fit(
    account: Account,
    browser: PageClient,
    person: Participant,
    times: dict[str, int],
    facts: dict[str, int],
    sentence: str,
) -> None:
    placement = a_placement(title="Bageriet", **facts)
    works(account, person, **times)
    words = browser.get(at(person, f"/{placement.public_id}")).words
    assert "Det här skulle göra att platsen passar" in words
    assert sentence in words
    assert "Då står platsen som nummer 1 på listan." in words


def test_a_no_can_be_changed(account: Account, browser: PageClient, person: Participant) -> None:
    placement = a_placement()
    declines(account, person, placement.id)
    assert "ändrar sitt nej till ett ja" in browser.get(at(person, f"/{placement.public_id}")).words


def test_what_cannot_be_changed_says_so(browser: PageClient, person: Participant) -> None:
    placement = a_placement(to_date=clock.today() - timedelta(days=1))
    assert "går inte att ändra från er sida" in browser.get(at(person, f"/{placement.public_id}")).words


def test_too_much_to_change_says_so(account: Account, browser: PageClient, person: Participant) -> None:
    placement = a_placement(ends_at=560)
    works(account, person, latest_end=500)
    assert "Ingen liten ändring räcker." in browser.get(at(person, f"/{placement.public_id}")).words


def a_place_below_the_top(account: Account, person: Participant, **facts: object) -> str:
    """The eleventh place of the list, because of a gap."""
    for number in range(10):
        a_placement(title=f"Annan {number}")
    manages(account, person, "focus", 0)
    return a_placement(title="Bageriet", demands={"focus": 2}, **facts).public_id  # type: ignore[arg-type]  # columns of any type


def test_support_that_the_place_offers_lifts_it_among_the_first(
    account: Account, browser: PageClient, person: Participant
) -> None:
    placement_id = a_place_below_the_top(account, person, adaptations=["short_spells"])
    words = browser.get(at(person, f"/{placement_id}")).words
    assert "Varför platsen står som nummer 11" in words
    assert "Använd stödet som platsen erbjuder: kortare pass och fler pauser." in words


def test_support_can_be_asked_for(account: Account, browser: PageClient, person: Participant) -> None:
    placement_id = a_place_below_the_top(account, person)
    assert "Fråga platsen om stöd:" in browser.get(at(person, f"/{placement_id}")).words


def test_a_place_that_nothing_small_lifts_can_be_chosen_all_the_same(
    account: Account, browser: PageClient, person: Participant
) -> None:
    likes(account, person, "bake")
    for number in range(10):
        a_placement(title=f"Annan {number}")
    placement = a_placement(title="Kontoret", activities=["clean_office"])
    words = browser.get(at(person, f"/{placement.public_id}")).words
    assert "Ingen liten ändring lyfter platsen" in words


def test_a_place_among_the_first_proposes_nothing(browser: PageClient, person: Participant) -> None:
    placement = a_placement()
    assert "Det här skulle göra" not in browser.get(at(person, f"/{placement.public_id}")).words
