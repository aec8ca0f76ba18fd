"""Readers of check-ins and of the question whether a placement could be a job."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import raiseload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.employers.models import Placement
from aktema.pathway.check_in_codes import CheckInAnswer
from aktema.pathway.rules.check_ins import CheckInDue, asked_now
from aktema.pathway.rules.job_questions import EVERY_MONTHS, UNPAID, month_due
from aktema.pathway.trial_models import Agreement, CheckIn, JobQuestion, Trial
from aktema.pathway.trial_queries import facts_of, listed, missing_parties, running_clause, status
from aktema.pathway.trial_states import Act, Party, TrialKind, TrialStatus, may
from aktema.people.models import Participant
from aktema.people.queries import visible
from aktema.plans.rules.calendar import add_months

MOST_LONG = 200


def check_ins_of(trial: Trial) -> Sequence[CheckIn]:
    """What both sides have answered, in the order it was answered."""
    return db.session.scalars(select(CheckIn).where(CheckIn.trial_id == trial.id).order_by(CheckIn.id)).all()


def get_check_in(trial: Trial, public_id: str) -> CheckIn:
    """One of the trial's. Raises MissingError."""
    for one in check_ins_of(trial):
        if one.public_id == public_id:
            return one
    raise MissingError


def find_check_in(trial: Trial, due: CheckInDue, party: Party) -> CheckIn | None:
    named = (CheckIn.due == due.value) & (CheckIn.party == party.value)
    return db.session.scalar(select(CheckIn).where(CheckIn.trial_id == trial.id, named))


def due_now(trial: Trial, today: date) -> CheckInDue | None:
    """The check-in that both sides are asked for today; None where the trial does not run."""
    facts = facts_of(trial)
    if not may(Act.CHECK_IN, status(trial, today)) or facts.from_date is None or facts.to_date is None:
        return None
    return asked_now(begun_on(trial) or facts.from_date, facts.to_date, today)


def begun_on(trial: Trial) -> date | None:
    """The first day of all that has been signed; None where nothing has."""
    signed = [one.from_date for one in trial.agreements if one.from_date and not missing_parties(one)]
    return min(signed, default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """Somebody of a trial who wants to talk."""

    check_in: CheckIn
    trial: Trial
    participant: Participant
    title: str


def wishes_to_talk(identity: Identity, permission: Permission, limit: int) -> Sequence[Wish]:
    """Those of people in reach whom nobody has talked with yet, the longest waiting first. One statement."""
    waiting = (
        select(CheckIn, Trial, Participant, Placement.title)
        .join(Trial, Trial.id == CheckIn.trial_id)
        .join(Participant, Participant.id == Trial.participant_id)
        .join(Placement, Placement.id == Trial.placement_id)
        .where(CheckIn.answer == CheckInAnswer.TALK, CheckIn.talked_on.is_(None))
        .where(visible(identity, permission))
        .options(raiseload("*"))
        .order_by(CheckIn.answered_on, CheckIn.id)
        .limit(limit)
    )
    return [
        Wish(check_in=one, trial=trial, participant=person, title=title)
        for one, trial, person, title in db.session.execute(waiting)
    ]


def job_questions_of(trial: Trial) -> Sequence[JobQuestion]:
    """What has been answered, the newest first."""
    asked = select(JobQuestion).where(JobQuestion.trial_id == trial.id)
    return db.session.scalars(asked.order_by(JobQuestion.month.desc())).all()


def job_question_due(trial: Trial, today: date) -> int | None:
    """After how many months of the placement the question that waits was due; None where none waits."""
    return _due(trial, [one.month for one in job_questions_of(trial)], today)


def _due(trial: Trial, asked: Collection[int], today: date) -> int | None:
    first = begun_on(trial)
    if first is None or status(trial, today) is not TrialStatus.RUNNING:
        return None
    return month_due(TrialKind(trial.kind), first, asked, today)


def unasked_in_reach(
    identity: Identity, permission: Permission, today: date, limit: int
) -> Sequence[tuple[Trial, int]]:
    """Placements of people in reach that have lasted so long that the question waits, with its month.

    Four statements, whatever their number.
    """
    half_a_year_ago = add_months(today, -EVERY_MONTHS)
    is_long = exists().where(Agreement.trial_id == Trial.id, Agreement.from_date <= half_a_year_ago)
    long_ones = (
        listed()
        .join(Participant, Participant.id == Trial.participant_id)
        .where(visible(identity, permission), Trial.kind.in_(UNPAID), is_long, running_clause(today))
        .order_by(Trial.id)
        .limit(MOST_LONG)
    )
    trials = db.session.scalars(long_ones).all()
    asked = _months_asked([trial.id for trial in trials])
    waiting = ((trial, _due(trial, asked.get(trial.id, ()), today)) for trial in trials)
    return [(trial, month) for trial, month in waiting if month is not None][:limit]


def _months_asked(trial_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    asked = select(JobQuestion.trial_id, JobQuestion.month).where(JobQuestion.trial_id.in_(trial_ids))
    for trial_id, month in db.session.execute(asked):
        found.setdefault(trial_id, []).append(month)
    return found


def running(today: date) -> Sequence[Trial]:
    """Every trial that runs on the day."""
    return db.session.scalars(listed().where(running_clause(today)).order_by(Trial.id)).all()
