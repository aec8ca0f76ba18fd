"""Logging, correcting and what comes next."""

from datetime import timedelta

import pytest
from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import AccessEntry
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError, MissingError
from aktema.core.paging import Cursor
from aktema.people.models import Participant
from aktema.steps import operations, queries
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import NextStepFacts, StepFacts
from aktema.steps.permissions import READ_STEPS
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant


@pytest.fixture
def coach(session: Session) -> Identity:
    return act_as(an_account(Role.JOB_COACH, a_unit()))


@pytest.fixture
def person(session: Session, coach: Identity) -> Participant:
    from aktema.access.models import Account

    return a_participant(coach=session.get_one(Account, coach.account_id))


def facts(**changes: object) -> StepFacts:
    values: dict[str, object] = {
        "contact_type": ContactType.TALK_WITH_PERSON,
        "happened_on": clock.today(),
        "minutes": 20,
        "place": StepPlace.OFFICE,
        "line": "Pratade om bageriet.",
        **changes,
    }
    return StepFacts(**values)  # type: ignore[arg-type]  # the values are the dataclass's own


def ahead(days: int, line: str = "Ring bageriet") -> NextStepFacts:
    return NextStepFacts(line=line, due_on=clock.today() + timedelta(days=days))


def test_a_step_says_what_happened(coach: Identity, person: Participant) -> None:
    step = operations.log_step(coach, person, facts(own_line="Det luktade gott."))
    assert (step.line, step.own_line, step.phase) == (
        "Pratade om bageriet.",
        "Det luktade gott.",
        "vocational_profile",
    )


def test_a_step_leaves_a_trace_of_writing(session: Session, coach: Identity, person: Participant) -> None:
    step = operations.log_step(coach, person, facts())
    entry = session.scalars(select(AccessEntry).order_by(AccessEntry.id.desc())).first()
    assert entry is not None
    assert (entry.kind, entry.act, entry.object_id, entry.participant_id) == (
        "write",
        "step_log.create",
        step.id,
        person.id,
    )


def test_what_somebody_wrote_is_not_readable_in_the_database(
    session: Session, coach: Identity, person: Participant
) -> None:
    step = operations.log_step(coach, person, facts(line="Hemligt"))
    session.flush()
    assert b"Hemligt" not in step.line_sealed


@pytest.mark.parametrize("days", [-1, 400])
def test_a_step_of_another_time_is_refused_at_its_field(
    coach: Identity, person: Participant, days: int
) -> None:
    with pytest.raises(DomainError) as refused:
        operations.log_step(coach, person, facts(happened_on=clock.today() - timedelta(days=days)))
    assert refused.value.field == "happened_on"


def test_a_next_step_in_the_past_is_refused_at_its_field(coach: Identity, person: Participant) -> None:
    with pytest.raises(DomainError) as refused:
        operations.log_step(coach, person, facts(), next_step=ahead(-1))
    assert refused.value.field == "next_due_on"


def test_a_new_next_step_takes_the_place_of_the_one_before(coach: Identity, person: Participant) -> None:
    operations.log_step(coach, person, facts(), next_step=ahead(3, "Först"))
    operations.log_step(coach, person, facts(), next_step=ahead(5, "Sedan"))
    found = queries.find_next_step(person.id)
    assert found is not None
    assert found.line == "Sedan"


def test_a_step_without_a_next_one_leaves_the_open_one(coach: Identity, person: Participant) -> None:
    operations.log_step(coach, person, facts(), next_step=ahead(3))
    operations.log_step(coach, person, facts())
    assert queries.find_next_step(person.id) is not None


def test_what_is_done_no_longer_waits(coach: Identity, person: Participant) -> None:
    operations.log_step(coach, person, facts(), next_step=ahead(3))
    operations.log_step(coach, person, facts(), is_next_done=True)
    assert queries.find_next_step(person.id) is None


def test_a_correction_stands_in_the_timeline_instead_of_what_it_corrects(
    coach: Identity, person: Participant
) -> None:
    wrong = operations.log_step(coach, person, facts(line="Fel"))
    right = operations.correct_step(coach, person, wrong, facts(line="Rätt"))
    assert [step.id for step in queries.timeline(person.id, Cursor()).items] == [right.id]


def test_what_stood_before_a_correction_can_still_be_read(coach: Identity, person: Participant) -> None:
    wrong = operations.log_step(coach, person, facts(line="Fel"))
    right = operations.correct_step(coach, person, wrong, facts(line="Rätt"))
    assert [step.line for step in queries.earlier_versions(right)] == ["Fel"]


def test_a_corrected_step_leads_to_its_last_correction(coach: Identity, person: Participant) -> None:
    first = operations.log_step(coach, person, facts())
    second = operations.correct_step(coach, person, first, facts())
    third = operations.correct_step(coach, person, second, facts())
    assert queries.find_standing(queries.get_step(person.id, first.public_id)) is third


def test_the_latest_step_stands_first(coach: Identity, person: Participant) -> None:
    old = operations.log_step(coach, person, facts(happened_on=clock.today() - timedelta(days=9)))
    new = operations.log_step(coach, person, facts())
    assert [step.id for step in queries.timeline(person.id, Cursor()).items] == [new.id, old.id]


def test_the_timeline_turns_pages_both_ways(coach: Identity, person: Participant) -> None:
    logged = [operations.log_step(coach, person, facts()).id for _number in range(5)][::-1]
    first = queries.timeline(person.id, Cursor(), 2)
    second = queries.timeline(person.id, Cursor(after=first.after), 2)
    back = queries.timeline(person.id, Cursor(before=second.before), 2)
    pages = [[step.id for step in page.items] for page in (first, second, back)]
    assert pages == [logged[:2], logged[2:4], logged[:2]]


def test_another_persons_step_is_missing(coach: Identity, person: Participant) -> None:
    step = operations.log_step(coach, person, facts())
    with pytest.raises(MissingError):
        queries.get_step(a_participant().id, step.public_id)


def test_due_steps_are_those_of_own_people(session: Session, coach: Identity, person: Participant) -> None:
    stranger = a_participant(first_name="Bo")
    operations.log_step(coach, person, facts(), next_step=ahead(0))
    operations.log_step(coach, stranger, facts(), next_step=ahead(0))
    due = queries.next_steps_due(coach, READ_STEPS, clock.today(), 10)
    assert [found.id for found, _step in due] == [person.id]


def test_a_step_ahead_is_not_due(coach: Identity, person: Participant) -> None:
    operations.log_step(coach, person, facts(), next_step=ahead(1))
    assert queries.next_steps_due(coach, READ_STEPS, clock.today(), 10) == []


@pytest.mark.parametrize(("reached", "silent"), [(True, 0), (False, 1)])
def test_only_reaching_somebody_breaks_the_silence(
    session: Session, coach: Identity, person: Participant, reached: bool, silent: int
) -> None:
    person.created_at = clock.now() - timedelta(days=90)
    operations.log_step(coach, person, facts(was_reached=reached))
    session.flush()
    since = clock.today() - timedelta(days=30)
    assert len(queries.without_step_since(coach, READ_STEPS, since, 10)) == silent


def test_a_step_that_was_corrected_breaks_no_silence_any_longer(
    session: Session, coach: Identity, person: Participant
) -> None:
    person.created_at = clock.now() - timedelta(days=90)
    wrong = operations.log_step(coach, person, facts())
    operations.correct_step(coach, person, wrong, facts(was_reached=False))
    assert len(queries.without_step_since(coach, READ_STEPS, clock.today() - timedelta(days=30), 10)) == 1


@pytest.mark.parametrize(
    ("actor", "kind", "silent"),
    [
        ("staff", "talk_with_person", 0),
        ("staff", "employer_asked", 1),
        ("staff", "trial_signed", 1),
        ("person", "trial_signed", 0),
        ("person", "trial_day", 1),
        ("representative", "trial_signed", 1),
        ("employer", "check_in", 1),
        ("system", "review", 1),
    ],
)
def test_only_what_staff_wrote_and_what_the_person_did_breaks_the_silence(
    session: Session, coach: Identity, person: Participant, actor: str, kind: str, silent: int
) -> None:
    person.created_at = clock.now() - timedelta(days=90)
    fact = facts(contact_type=ContactType(kind))
    operations.record_fact(coach.account_id, person.id, fact, Actor(actor))
    session.flush()
    since = clock.today() - timedelta(days=30)
    assert len(queries.without_step_since(coach, READ_STEPS, since, 10)) == silent


@pytest.mark.parametrize(
    ("role", "actor", "is_named"),
    [
        (Role.COORDINATOR, Actor.STAFF, True),
        (Role.COORDINATOR, Actor.EMPLOYER, False),
        (Role.PARTICIPANT, Actor.STAFF, False),
        (None, Actor.STAFF, False),
    ],
    ids=["a worker", "an employer's link", "the person's session", "a chore"],
)
def test_a_fact_names_the_worker_who_did_it_and_else_whoever_answers_for_it(
    coach: Identity, person: Participant, role: Role | None, actor: Actor, is_named: bool
) -> None:
    other = act_as(an_account(role)) if role else None
    g.identity = other
    step = operations.record_fact(coach.account_id, person.id, facts(), actor)
    assert step.account_id == (other.account_id if other and is_named else coach.account_id)


def test_somebody_new_is_not_yet_silent(session: Session, coach: Identity, person: Participant) -> None:
    session.flush()
    assert queries.without_step_since(coach, READ_STEPS, clock.today() - timedelta(days=30), 10) == []
