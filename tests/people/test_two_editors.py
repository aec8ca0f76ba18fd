"""Two who change the same thing about a person: the second sees both answers before either is written over."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.people import operations
from aktema.people.models import (
    Assignment,
    Availability,
    ConstraintMark,
    InterestVote,
    Participant,
    PreferenceVote,
    Wish,
)
from aktema.people.operations import Spokesperson
from aktema.people.profile import profile_of
from aktema.people.queries import live_assignments
from aktema.vocabulary.queries import activity_groups
from tests.support.page import Page, PageClient, filled_in
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.profile import Browser, count, page_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Edited:
    """A page two change at once: what each of them types, and how the page says both."""

    part: str
    model: type[Any]
    theirs: dict[str, str]
    mine: dict[str, str]
    now: str
    typed: str


EDITED = [
    Edited(
        part="tider",
        model=Availability,
        theirs={"weekly_minutes": "20"},
        mine={"weekly_minutes": "7,5"},
        now="20",
        typed="7,5",
    ),
    Edited(
        part="behov",
        model=ConstraintMark,
        theirs={"need_rest_room": "yes"},
        mine={"need_rest_room": "no"},
        now="Behövs",
        typed="Behövs inte",
    ),
    Edited(
        part="onskan",
        model=Wish,
        theirs={"words": "Hundar"},
        mine={"words": "Hästar"},
        now="Hundar",
        typed="Hästar",
    ),
    Edited(
        part="trivsel",
        model=PreferenceVote,
        theirs={"vote_indoors_outdoors": "2"},
        mine={"vote_indoors_outdoors": "-2"},
        now="Helst ute",
        typed="Helst inne",
    ),
    Edited(
        part="intressen/food",
        model=InterestVote,
        theirs={"vote_bake": "2"},
        mine={"vote_bake": "-2"},
        now="Jättegärna",
        typed="Nej",
    ),
]
each_page = pytest.mark.parametrize("edited", EDITED, ids=lambda edited: edited.part)


def filled(page: Page) -> dict[str, Any]:
    return filled_in(page.soup.select_one("main form"))


def after_another(browser: PageClient, path: str, theirs: dict[str, Any], mine: dict[str, Any]) -> Page:
    """The answer to a form that was opened before somebody else saved theirs."""
    opened = browser.get(path)
    browser.submit(path, theirs)
    return browser.post(path, {**filled(opened), **mine})


@each_page
def test_the_second_editor_sees_both_answers_and_writes_nothing(
    sign_in: Browser, coach: Account, person: Participant, session: Session, edited: Edited
) -> None:
    page = after_another(sign_in(coach), page_of(person, edited.part), edited.theirs, edited.mine)
    shown = {cell["data-label"]: cell.get_text(strip=True) for cell in page.select("td[data-label]")}
    assert (page.status, count(session, edited.model)) == (409, 1)
    assert (shown["Du skrev"], shown["Det som gäller nu"]) == (edited.typed, edited.now)


@each_page
def test_who_chooses_the_own_answer_after_seeing_both_gets_it_saved(
    sign_in: Browser, coach: Account, person: Participant, session: Session, edited: Edited
) -> None:
    browser, path = sign_in(coach), page_of(person, edited.part)
    conflict = after_another(browser, path, edited.theirs, edited.mine)
    answer = browser.post(path, filled(conflict), follow=False)
    assert (answer.status, count(session, edited.model)) == (303, 2)


@each_page
def test_one_editor_saving_twice_is_asked_nothing(
    sign_in: Browser, coach: Account, person: Participant, edited: Edited
) -> None:
    browser, path = sign_in(coach), page_of(person, edited.part)
    browser.submit(path, edited.theirs)
    assert browser.submit(path, edited.mine, follow=False).status == 303


def test_votes_of_different_voices_do_not_stand_in_each_others_way(
    sign_in: Browser, coach: Account, person: Participant, session: Session
) -> None:
    browser, path = sign_in(coach), page_of(person, "intressen/food")
    opened = browser.get(path)
    browser.submit(f"{path}?vem=relative", {"vote_bake": "-2"})
    answer = browser.post(path, {**filled(opened), "vote_bake": "2"}, follow=False)
    assert (answer.status, count(session, InterestVote)) == (303, 2)


def test_groups_of_interests_do_not_stand_in_each_others_way(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    browser, other = sign_in(coach), page_of(person, f"intressen/{activity_groups()[1].code}")
    opened = browser.get(other)
    browser.submit(page_of(person, "intressen/food"), {"vote_bake": "2"})
    assert browser.post(other, filled(opened), follow=False).status == 303


def test_keeping_what_stands_leads_back_to_the_same_voice(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    path = f"{page_of(person, 'intressen/food')}?vem=relative"
    page = after_another(sign_in(coach), path, {"vote_bake": "1"}, {"vote_bake": "-1"})
    assert page.select(f"main a[href='{path}']")


def test_an_answer_that_is_not_taken_back_by_the_second_stays(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    """A need somebody has marked meanwhile is no longer unknown: leaving it unknown does not lift it."""
    browser, path = sign_in(coach), page_of(person, "behov")
    conflict = after_another(browser, path, {"need_rest_room": "yes"}, {"need_no_heights": "no"})
    browser.post(path, filled(conflict))
    assert len(profile_of(person.id).needs) == 1


# Who speaks for and works with the person


def test_proof_somebody_else_has_seen_meanwhile_is_asked_about(
    sign_in: Browser, person: Participant, session: Session
) -> None:
    handler = an_account(Role.LSS_HANDLER)
    an_assignment(person, kind="handler", account=handler)
    act_as(handler)
    speaker = operations.add_representative(person, Spokesperson(kind="guardian", name="Gun", scope="allt"))
    path = f"/deltagare/{person.public_id}/foretradare/{speaker.public_id}/styrkt"
    page = after_another(
        sign_in(handler),
        path,
        {"to_date": "2098-01-01", "areas": "rights"},
        {"to_date": "2099-01-01", "areas": "rights"},
    )
    assert (page.status, str(speaker.to_date)) == (409, "2098-01-01")
    assert {"2098-01-01", "2099-01-01"} <= set(page.words.split())


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


def test_a_person_handed_on_meanwhile_is_not_handed_on_again_unasked(
    sign_in: Browser, unit: Unit, session: Session
) -> None:
    person = a_participant(coach=an_account(Role.JOB_COACH, unit), unit=unit)
    asa, bo = (an_account(Role.JOB_COACH, unit, name=name) for name in ("Åsa Berg", "Bo Dal"))
    codes = [{"holder": f"{one.public_id}.{unit.public_id}"} for one in (asa, bo)]
    path = f"/deltagare/{person.public_id}/ansvarig/coach"
    page = after_another(sign_in(an_account(Role.UNIT_MANAGER, unit)), path, *codes)
    assert page.status == 409
    assert "Bo Dal, " in page.words
    assert "Åsa Berg, " in page.words
    assert [one.account_id for one in live_assignments(person) if one.kind == "coach"] == [asa.id]
    assert count(session, Assignment) == 2
