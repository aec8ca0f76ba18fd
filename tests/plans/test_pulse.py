"""The pulse: nine questions to the person each quarter, and what the worker believes. Never a gate."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.people.models import Participant
from aktema.plans import pulse_operations as operations
from aktema.plans import pulse_page
from aktema.plans import pulse_queries as queries
from aktema.plans.codes import Channel
from aktema.plans.permissions import ASK_PULSE
from aktema.plans.pulse_codes import Answer, Belief, PulseSource, Question
from aktema.plans.pulse_models import Pulse, PulseBelief
from aktema.plans.pulse_operations import PulseFacts
from aktema.plans.rules.pulse import due_before, due_on
from tests.conftest import QueryCount
from tests.support.access import traces
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.plans import a_decision

TODAY = clock.today()
QUARTER = timedelta(weeks=13)


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


@pytest.fixture
def person(account: Account) -> Participant:
    return a_participant(coach=account)


def answered(coach: Identity, person: Participant, day: date = TODAY, answer: Answer = Answer.YES) -> Pulse:
    facts = PulseFacts(said_on=day, answers={Question.WISH: answer}, channel=Channel.PICTURES)
    return operations.answer_pulse(coach, person, facts)


def names(coach: Identity) -> list[str]:
    return [person.first_name for person, _last in queries.pulses_due(coach, ASK_PULSE, TODAY, 10)]


# --- when ---


@pytest.mark.parametrize(
    ("since", "last_on", "expected"),
    [
        (date(2026, 1, 1), None, date(2026, 4, 2)),
        (date(2020, 1, 1), date(2026, 1, 1), date(2026, 4, 2)),
    ],
)
def test_the_pulse_is_due_a_quarter_after_the_last_or_the_beginning(
    since: date, last_on: date | None, expected: date
) -> None:
    assert due_on(since=since, last_on=last_on) == expected


def test_who_is_due_today_was_asked_on_the_last_day_that_counts() -> None:
    assert due_on(since=TODAY, last_on=due_before(TODAY)) == TODAY


@pytest.mark.parametrize(
    ("begun", "asked", "is_due"),
    [
        (QUARTER, None, True),
        (QUARTER - timedelta(days=1), None, False),
        (4 * QUARTER, QUARTER, True),
        (4 * QUARTER, QUARTER - timedelta(days=1), False),
    ],
)
def test_the_list_and_the_person_s_page_agree_on_who_is_due(
    coach: Identity, person: Participant, begun: timedelta, asked: timedelta | None, is_due: bool
) -> None:
    a_decision(person, from_date=TODAY - begun)
    if asked is not None:
        answered(coach, person, TODAY - asked)
    assert bool(names(coach)) is is_due
    assert queries.next_pulse(person.id, TODAY).is_due(TODAY) is is_due


def test_nobody_outside_day_activity_is_due(coach: Identity, person: Participant) -> None:
    assert queries.next_pulse(person.id, TODAY).due_on is None
    a_decision(person, from_date=TODAY - 4 * QUARTER, ended_on=TODAY - QUARTER, end_reason="work")
    assert names(coach) == []
    assert not queries.next_pulse(person.id, TODAY).is_due(TODAY)


def test_who_was_never_asked_comes_before_who_was_asked_long_ago(
    coach: Identity, person: Participant, account: Account
) -> None:
    other = a_participant(coach=account, first_name="Bo")
    for one in (person, other):
        a_decision(one, from_date=TODAY - 4 * QUARTER)
    answered(coach, person, TODAY - 2 * QUARTER)
    assert names(coach) == ["Bo", "Alva"]


def test_another_coach_is_not_reminded(person: Participant) -> None:
    a_decision(person, from_date=TODAY - QUARTER)
    assert names(act_as(an_account(Role.JOB_COACH, a_unit()))) == []


# --- written ---


def test_a_round_keeps_what_was_answered_and_how(
    session: Session, coach: Identity, person: Participant
) -> None:
    pulse = answered(coach, person, answer=Answer.DID_NOT_WANT_TO_ANSWER)
    assert [(one.question, one.answer) for one in pulse.answers] == [("wish", "did_not_want_to_answer")]
    assert (pulse.source, pulse.channel) == ("together", "pictures")


def test_own_answers_have_no_channel(coach: Identity, person: Participant) -> None:
    facts = PulseFacts(said_on=TODAY, answers={Question.SAY: Answer.NO}, source=PulseSource.OWN)
    pulse = operations.answer_pulse(coach, person, facts)
    assert (pulse.source, pulse.channel) == ("own", None)


@pytest.mark.parametrize(
    ("day", "answers"),
    [(TODAY, {}), (TODAY + timedelta(days=1), {Question.WISH: Answer.YES})],
)
def test_nothing_answered_and_days_ahead_are_refused(
    coach: Identity, person: Participant, day: date, answers: dict[Question, Answer]
) -> None:
    with pytest.raises(DomainError):
        operations.answer_pulse(coach, person, PulseFacts(said_on=day, answers=answers))


def test_a_belief_ahead_is_refused(coach: Identity, person: Participant) -> None:
    with pytest.raises(DomainError):
        operations.believe(coach, person, Belief.MAYBE, TODAY + timedelta(days=1))


# --- shown ---


def test_the_trend_goes_from_old_to_new_with_gaps_where_nobody_answered(
    coach: Identity, person: Participant
) -> None:
    answered(coach, person, TODAY, Answer.YES)
    answered(coach, person, TODAY - QUARTER, Answer.DID_NOT_WANT_TO_ANSWER)
    answered(coach, person, TODAY - 2 * QUARTER, Answer.NO)
    rows = {str(row.label): row for row in pulse_page.rows(queries.pulses_of(person.id))}
    assert list(rows["Vill du ha ett jobb?"].levels) == [0, None, 4]
    assert list(rows["Trivs du med de andra?"].words) == ["–", "–", "–"]


def test_the_last_round_of_a_day_counts(coach: Identity, person: Participant) -> None:
    answered(coach, person, TODAY, Answer.NO)
    last = answered(coach, person, TODAY, Answer.YES)
    assert [one.id for one in queries.pulses_of(person.id)] == [last.id]


@pytest.fixture
def browser(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, person: Participant
) -> PageClient:
    a_decision(person, from_date=TODAY - QUARTER)
    session.commit()
    return sign_in(account)


def test_the_person_is_asked_and_then_the_worker(
    session: Session, browser: PageClient, person: Participant
) -> None:
    path = f"/deltagare/{person.public_id}/puls"
    answers = {one.value: "3" for one in Question}
    page = browser.submit(f"{path}/fraga", {**answers, "channel": "pictures"})
    assert "Vad tror du?" in page.words
    page = browser.submit(f"{path}/tro", {"belief": "2"})
    assert "Mest ja" in page.words
    assert session.scalars(select(PulseBelief.belief)).one() == "2"


def test_every_question_has_a_picture_and_five_faces(browser: PageClient, person: Participant) -> None:
    page = browser.get(f"/deltagare/{person.public_id}/puls/fraga")
    assert len(page.select(".vote-question img")) == 9
    assert len(page.select(".vote img")) == 45


@pytest.mark.parametrize(("answers", "word"), [({}, "Välj hur"), ({"channel": "speech"}, "minst en fråga")])
def test_an_empty_round_is_not_kept(
    browser: PageClient, person: Participant, answers: dict[str, str], word: str
) -> None:
    page = browser.submit(f"/deltagare/{person.public_id}/puls/fraga", answers)
    assert (page.status, word in page.words) == (422, True)


def test_the_trend_is_drawn_beside_a_table_that_says_the_same(
    session: Session, browser: PageClient, coach: Identity, person: Participant, queries: QueryCount
) -> None:
    for quarters in range(4):
        answered(coach, person, TODAY - quarters * QUARTER)
    operations.believe(coach, person, Belief.MAYBE, TODAY)
    session.commit()
    queries.statements.clear()
    page = browser.get(f"/deltagare/{person.public_id}/puls")
    assert next(svg["aria-label"] for svg in page.select("tbody svg.trend")) == "Ja, Ja, Ja, Ja"
    assert len(queries) <= 12, queries.statements


def test_reading_and_asking_leave_a_trace(browser: PageClient, person: Participant) -> None:
    browser.get(f"/deltagare/{person.public_id}/puls")
    browser.submit(f"/deltagare/{person.public_id}/puls/fraga", {"wish": "4", "channel": "speech"})
    assert ("pulse.read", "", "") in traces("read")
    assert ("pulse.create", "pulse", "") in traces("write")


def test_the_pulse_of_somebody_else_s_person_is_missing(
    session: Session, sign_in: Callable[[Account], PageClient], person: Participant
) -> None:
    other = an_account(Role.JOB_COACH, a_unit())
    session.commit()
    assert sign_in(other).get(f"/deltagare/{person.public_id}/puls").status == 404
