"""The list of a person's follow-ups, and when work was tried according to the step log."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.codes import PointAnswer, WorkPoint
from aktema.plans.follow_up_queries import find_last_tried
from aktema.plans.models import Decision, FollowUp
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, correct_step, log_step
from tests.conftest import QueryCount
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.plans import a_decision, a_follow_up

YESTERDAY = clock.today() - timedelta(days=1)
LONG_AGO = clock.today() - timedelta(days=400)


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


@pytest.fixture
def person(account: Account) -> Participant:
    return a_participant(coach=account)


@pytest.fixture
def decision(person: Participant) -> Decision:
    return a_decision(person, from_date=LONG_AGO)


@pytest.fixture
def follow_up(decision: Decision) -> FollowUp:
    return a_follow_up(decision, kind="plan")


@pytest.fixture
def browser(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, follow_up: FollowUp
) -> PageClient:
    session.commit()
    return sign_in(account)


def test_what_is_still_open_stands_on_top(session: Session, browser: PageClient, decision: Decision) -> None:
    a_follow_up(decision, kind="decision", closed_on=clock.today(), conclusion="end", held_on=YESTERDAY)
    session.commit()
    words = browser.get(f"/deltagare/{decision.participant.public_id}/uppfoljningar").words
    assert words.index("Inte avslutade än") < words.index("Ska avslutas")


def test_nobody_followed_up_has_a_page_that_says_what_to_do(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, person: Participant
) -> None:
    session.commit()
    words = sign_in(account).get(f"/deltagare/{person.public_id}/uppfoljningar").words
    assert "Ingen uppföljning än" in words


def pages_and_statements(browser: PageClient, person: Participant, queries: QueryCount) -> tuple[Page, int]:
    queries.statements.clear()
    page = browser.get(f"/deltagare/{person.public_id}/uppfoljningar")
    return page, len(queries)


def test_the_list_takes_as_many_statements_for_sixty_as_for_one(
    session: Session, browser: PageClient, decision: Decision, queries: QueryCount
) -> None:
    a_follow_up(decision, kind="decision", closed_on=clock.today())
    session.commit()
    _page, few = pages_and_statements(browser, decision.participant, queries)
    for _number in range(60):
        a_follow_up(decision, kind="decision", closed_on=clock.today(), account=an_account())
    session.commit()
    page, many = pages_and_statements(browser, decision.participant, queries)
    assert (many, len(page.select("main tbody tr"))) == (few, 50)
    assert many <= 12


def test_writing_takes_as_many_statements_with_every_answer_as_with_none(
    session: Session, browser: PageClient, follow_up: FollowUp, decision: Decision, queries: QueryCount
) -> None:
    answered = a_follow_up(decision, kind="plan", answers=dict.fromkeys(WorkPoint, PointAnswer.YES))
    session.commit()
    home, taken = f"/deltagare/{decision.participant.public_id}/uppfoljningar", []
    for one in (follow_up, answered):
        address = f"{home}/{one.public_id}"
        queries.statements.clear()
        browser.get(address)
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 12


def logged(coach: Identity, person: Participant, kind: ContactType, **values: object) -> StepFacts:
    said = {"minutes": 30, "place": StepPlace.WORKPLACE, "line": "Hej", "happened_on": YESTERDAY, **values}
    made = StepFacts(contact_type=kind, **said)  # type: ignore[arg-type]  # its own fields
    log_step(coach, person, made)
    return made


@pytest.mark.parametrize(
    ("kind", "place", "is_tried"),
    [
        (ContactType.ON_SITE_SUPPORT, StepPlace.WORKPLACE, True),
        (ContactType.TALK_WITH_PERSON, StepPlace.WORKPLACE, True),
        (ContactType.TALK_WITH_PERSON, StepPlace.OFFICE, False),
        (ContactType.EMPLOYER_VISIT, StepPlace.WORKPLACE, False),
        (ContactType.PLACEMENT_ASKED, StepPlace.OFFICE, False),
    ],
)
def test_work_was_tried_when_the_person_was_at_a_workplace(
    coach: Identity, person: Participant, kind: ContactType, place: StepPlace, is_tried: bool
) -> None:
    logged(coach, person, kind, place=place)
    assert find_last_tried(person.id) == (YESTERDAY if is_tried else None)


def test_nobody_tried_work_by_not_being_there(coach: Identity, person: Participant) -> None:
    logged(coach, person, ContactType.ON_SITE_SUPPORT, was_reached=False)
    assert find_last_tried(person.id) is None


def test_a_try_that_was_corrected_away_counts_no_longer(coach: Identity, person: Participant) -> None:
    said = StepFacts(
        contact_type=ContactType.ON_SITE_SUPPORT,
        happened_on=YESTERDAY,
        minutes=30,
        place=StepPlace.WORKPLACE,
        line="Hej",
    )
    step = log_step(coach, person, said)
    meant = StepFacts(
        contact_type=ContactType.CARE, happened_on=YESTERDAY, minutes=30, place=StepPlace.PHONE, line="Hej"
    )
    correct_step(coach, person, step, meant)
    assert find_last_tried(person.id) is None
