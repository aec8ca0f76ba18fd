"""Beginning a trial, the places it takes, and ending it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError, MissingError
from aktema.employers.models import Placement
from aktema.pathway import agreement_operations as agreements
from aktema.pathway import trial_operations as operations
from aktema.pathway import trial_queries as queries
from aktema.pathway.introduction_operations import chase_employers
from aktema.pathway.models import Introduction, IntroductionGap
from aktema.pathway.states import IntroductionState
from aktema.pathway.trial_codes import EndReason, ExtendReason
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_operations import BeginFacts, EndFacts
from aktema.pathway.trial_states import OVER, TrialKind, TrialStatus, Whose
from aktema.people.models import Participant
from aktema.steps.models import Step
from aktema.vocabulary.queries import dimension_by_code
from tests.support.access import traces
from tests.support.employers import a_placement
from tests.support.introductions import a_question, a_sent_question, mails
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.trials import a_trial, a_version, begin_facts, refused

DAY = timedelta(days=1)
TODAY = clock.today()
SAID_YES: dict[str, Any] = {"answer": "yes", "answered_on": clock.today()}
NEVER_MIND = EndFacts(whose=Whose.EMPLOYER, reason=EndReason.EMPLOYER_CHANGED, words="De bygger om.")


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
def placement(session: Session) -> Placement:
    return a_placement(title="Bageriet", supervision="Linda visar.")


# Beginning


def test_a_trial_begins_as_a_draft_of_what_the_placement_says(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = operations.begin_trial(coach, person, placement, begin_facts())
    assert queries.status(trial, TODAY) is TrialStatus.DRAFT
    assert (queries.newest(trial).tasks, queries.newest(trial).support) == (
        placement.description,
        "Linda visar.",
    )


def test_beginning_is_told_in_two_wordings_and_traced(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    operations.begin_trial(coach, person, placement, begin_facts())
    step = db.session.scalars(select(Step)).one()
    assert (step.line, step.own_line) == (
        "Överenskommelse påbörjad om ”Bageriet”.",
        "Vi skriver om din provplats.",
    )
    assert traces("write")[-1] == ("placement.book", "trial", "begun")


def test_the_adaptations_of_the_question_go_along_with_the_gaps_they_close(
    coach: Identity, person: Participant, placement: Placement, account: Account
) -> None:
    focus = dimension_by_code("focus")
    gap = IntroductionGap(dimension_id=focus.id, size=2, adaptation_id=focus.adaptations[0].id)
    bare = IntroductionGap(dimension_id=focus.id, size=1)
    asked = Introduction(
        participant_id=person.id,
        placement_id=placement.id,
        account_id=account.id,
        asked_on=TODAY,
        **SAID_YES,
        gaps=[gap, bare],
    )
    db.session.add(asked)
    db.session.flush()
    trial = operations.begin_trial(coach, person, placement, begin_facts())
    carried = [(one.adaptation_id, one.dimension_id, one.gap) for one in queries.newest(trial).adaptations]
    assert (trial.introduction_id, carried) == (asked.id, [(focus.adaptations[0].id, focus.id, 2)])


def test_a_second_trial_from_the_same_question_carries_nothing(
    coach: Identity, person: Participant, placement: Placement, account: Account
) -> None:
    asked = Introduction(
        participant_id=person.id, placement_id=placement.id, account_id=account.id, asked_on=TODAY, **SAID_YES
    )
    db.session.add(asked)
    first = operations.begin_trial(coach, person, placement, begin_facts())
    operations.cancel_trial(first, NEVER_MIND)
    db.session.flush()
    assert first.introduction_id == asked.id
    assert operations.begin_trial(coach, person, placement, begin_facts()).introduction_id is None


def test_what_the_employer_said_yes_to_in_another_way_is_agreed_and_reminded_of_no_more(
    session: Session,
) -> None:
    asked = a_sent_question()
    before = len(mails())
    trial = operations.begin_trial(asked.identity, asked.person, asked.placement, begin_facts())
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False):
        chase_employers()
    assert (trial.introduction_id, asked.view.state) == (asked.introduction.id, IntroductionState.AGREED)
    assert (len(mails()), asked.introduction.employer_answer) == (before, "yes")


def test_a_question_the_person_has_not_said_yes_to_leads_to_no_trial(session: Session) -> None:
    asked = a_question()
    trial = operations.begin_trial(asked.identity, asked.person, asked.placement, begin_facts())
    assert (trial.introduction_id, asked.view.state) == (None, IntroductionState.ASKED)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (begin_facts(length=-1), "to_date"),
        (begin_facts(length=30), "to_date"),
        (begin_facts(first=367), "from_date"),
        (begin_facts(first=-32), "from_date"),
        (begin_facts(first=-9), "to_date"),
        (begin_facts(TrialKind.STUDY_VISIT, length=1), "to_date"),
    ],
)
def test_a_trial_begins_and_ends_when_its_kind_can(
    coach: Identity, person: Participant, placement: Placement, told: BeginFacts, field: str
) -> None:
    assert refused(lambda: operations.begin_trial(coach, person, placement, told)) == field


def test_nobody_begins_at_a_closed_placement(coach: Identity, person: Participant) -> None:
    closed = a_placement(state="closed")
    assert refused(lambda: operations.begin_trial(coach, person, closed, begin_facts())) is None


def test_nobody_has_two_trials_at_one_placement_at_a_time(coach: Identity, person: Participant) -> None:
    roomy = a_placement(places=2)
    operations.begin_trial(coach, person, roomy, begin_facts())
    assert refused(lambda: operations.begin_trial(coach, person, roomy, begin_facts(first=60))) is None


# Places


def test_the_last_place_is_taken_once(coach: Identity, person: Participant, placement: Placement) -> None:
    operations.begin_trial(coach, person, placement, begin_facts())
    other = a_participant(first_name="Bo")
    assert refused(lambda: operations.begin_trial(coach, other, placement, begin_facts())) == "from_date"


def test_a_place_is_free_before_and_after(coach: Identity, person: Participant, placement: Placement) -> None:
    operations.begin_trial(coach, person, placement, begin_facts())
    later = operations.begin_trial(coach, a_participant(first_name="Bo"), placement, begin_facts(first=8))
    assert later.id


@pytest.mark.parametrize("status", ["cancelled", "interrupted", "expired", "ended"])
def test_what_is_over_takes_no_place(
    coach: Identity, person: Participant, placement: Placement, status: str
) -> None:
    begun: dict[str, Any] = {"begun_on": TODAY - timedelta(weeks=12)} if status == "expired" else {}
    trial = a_trial(
        person,
        placement,
        signed=status != "expired",
        from_date=TODAY - 20 * DAY,
        to_date=TODAY - DAY if status == "ended" else TODAY + 9 * DAY,
        **begun,
    )
    if status in ("cancelled", "interrupted"):
        setattr(trial, f"{status}_on", TODAY)
        setattr(trial, f"{status}_by", "person")
    db.session.flush()
    begun_anew = operations.begin_trial(coach, a_participant(first_name="Bo"), placement, begin_facts())
    assert begun_anew.id


def test_an_extension_that_is_not_signed_yet_keeps_its_place(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    agreements.extend(coach, trial, TODAY + 20 * DAY, ExtendReason.ABSENCE)
    other = a_participant(first_name="Bo")
    assert (
        refused(lambda: operations.begin_trial(coach, other, placement, begin_facts(first=15))) == "from_date"
    )


def test_an_extension_into_somebody_elses_days_is_refused(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    a_trial(a_participant(first_name="Bo"), placement, from_date=TODAY + 10 * DAY)
    extend = lambda: agreements.extend(  # noqa: E731  # said once, used once
        coach, trial, TODAY + 12 * DAY, ExtendReason.ABSENCE
    )
    assert refused(extend) == "from_date"


def test_what_has_its_place_is_shortened_where_there_are_fewer_places_by_now(
    coach: Identity, person: Participant
) -> None:
    crowded = a_placement(places=2)
    trial = a_trial(person, crowded, to_date=TODAY + 9 * DAY)
    a_trial(a_participant(first_name="Bo"), crowded, to_date=TODAY + 9 * DAY)
    crowded.places = 1
    agreements.shorten(coach, trial, TODAY + 5 * DAY, EndReason.HEALTH)
    extend = lambda: agreements.extend(  # noqa: E731  # said once, used once
        coach, trial, TODAY + 12 * DAY, ExtendReason.ABSENCE
    )
    assert refused(extend) == "from_date"


# Over


def test_a_trial_is_called_off_with_whose_and_why(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, from_date=TODAY + DAY)
    operations.cancel_trial(trial, NEVER_MIND)
    assert (trial.cancelled_by, trial.end_reason, trial.end_words) == (
        "employer",
        "employer_changed",
        "De bygger om.",
    )
    assert queries.status(trial, TODAY) is TrialStatus.CANCELLED


def test_what_runs_is_not_called_off(coach: Identity, person: Participant, placement: Placement) -> None:
    trial = a_trial(person, placement)
    with pytest.raises(DomainError):
        operations.cancel_trial(trial, NEVER_MIND)


def test_what_runs_is_broken_off_on_a_day_that_has_been(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 3 * DAY)
    operations.interrupt_trial(trial, NEVER_MIND, TODAY - DAY)
    assert queries.status(trial, TODAY) is TrialStatus.INTERRUPTED


@pytest.mark.parametrize("days", [-4, 1])
def test_nothing_is_broken_off_before_it_began_or_ahead(
    coach: Identity, person: Participant, placement: Placement, days: int
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 3 * DAY)
    assert refused(lambda: operations.interrupt_trial(trial, NEVER_MIND, TODAY + days * DAY)) == "day"


# Readers


@pytest.mark.parametrize(
    ("signed", "days_ago", "line"),
    [
        (True, 1, "Provplatsen ”Bageriet” är slut, som ni kom överens om."),
        (True, 0, None),
        (True, 9, None),
        (False, 84, "Överenskommelsen om ”Bageriet” blev inte klar och gäller inte längre."),
        (False, 83, None),
        (False, 92, None),
    ],
)
def test_what_ends_by_itself_is_told_once(
    person: Participant, placement: Placement, signed: bool, days_ago: int, line: str | None
) -> None:
    """A signed trial whose last day was so long ago; a draft that was begun so long ago."""
    day = TODAY - days_ago * DAY
    a_trial(person, placement, signed=signed, from_date=day, to_date=day)
    for _time in range(2):
        operations.tell_of_ends()
    told = [step.line for step in db.session.scalars(select(Step))]
    assert told == ([] if line is None else [line])


def test_what_was_called_off_does_not_end_again(person: Participant, placement: Placement) -> None:
    day = TODAY - DAY
    a_trial(person, placement, to_date=day, from_date=day, interrupted_on=day, interrupted_by="person")
    operations.tell_of_ends()
    assert db.session.scalars(select(Step)).all() == []


def test_the_database_finds_what_the_status_says(
    person: Participant, placement: Placement, coach: Identity
) -> None:
    roomy = a_placement(places=20)
    span: dict[str, Any] = {"from_date": TODAY - 5 * DAY}
    a_trial(person, roomy, **span)
    a_trial(person, roomy, signed=False)
    a_trial(person, roomy, signed=False, begun_on=TODAY - timedelta(weeks=12))
    a_trial(person, roomy, from_date=TODAY + 3 * DAY)
    a_trial(person, roomy, from_date=TODAY - 9 * DAY, to_date=TODAY - DAY)
    a_trial(person, roomy, cancelled_on=TODAY, cancelled_by="person")
    a_trial(person, roomy, **span, interrupted_on=TODAY, interrupted_by="person")
    changed = a_trial(person, roomy, from_date=TODAY - 9 * DAY, to_date=TODAY - DAY)
    a_version(changed, from_date=TODAY - 9 * DAY, to_date=TODAY + 9 * DAY)
    every = db.session.scalars(select(Trial)).all()
    live = set(db.session.scalars(select(Trial).where(queries.live_clause(TODAY))))
    running = set(db.session.scalars(select(Trial).where(queries.running_clause(TODAY))))
    assert live == {trial for trial in every if queries.status(trial, TODAY) not in OVER}
    assert running == {trial for trial in every if queries.status(trial, TODAY) is TrialStatus.RUNNING}


def test_somebody_elses_trial_is_missing(person: Participant, placement: Placement, coach: Identity) -> None:
    other = a_trial(a_participant(first_name="Bo"), placement)
    with pytest.raises(MissingError):
        queries.get_trial(person.id, other.public_id)


@pytest.mark.parametrize("typed", ["", "x", "a\0b", "a" * 22])
def test_a_strange_id_is_missing(session: Session, typed: str) -> None:
    with pytest.raises(MissingError):
        queries.get_trial(1, typed)


def test_an_employer_has_those_who_are_there_or_are_coming(
    person: Participant, placement: Placement, coach: Identity
) -> None:
    here = a_trial(person, placement)
    a_trial(a_participant(first_name="Bo"), placement, signed=False)
    a_trial(a_participant(first_name="Cia"), a_placement())
    assert list(queries.with_employer(placement.employer_id, TODAY)) == [here]
