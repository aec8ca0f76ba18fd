"""Readers of check-ins and of the question whether a placement could be a job."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased, raiseload, selectinload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.employers.models import Placement
from aktema.pathway.check_in_codes import CheckInAnswer
from aktema.pathway.rules.check_ins import CheckInDue, asked_now
from aktema.pathway.rules.job_questions import EVERY_MONTHS, UNPAID, month_due, unbroken_since
from aktema.pathway.trial_models import Agreement, CheckIn, JobQuestion, Trial
from aktema.pathway.trial_queries import (
    DAY,
    days_of,
    facts_of,
    in_force,
    listed,
    running_clause,
    signed_from,
    signed_to,
    status,
)
from aktema.pathway.trial_states import Act, Party, TrialKind, may
from aktema.people.models import Participant
from aktema.people.queries import visible
from aktema.plans.rules.calendar import add_months


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
    first, last = begun_on(trial), facts_of(trial).to_date
    if not may(Act.CHECK_IN, status(trial, today)) or first is None or last is None:
        return None
    return asked_now(first, last, today)


def begun_on(trial: Trial) -> date | None:
    """The first day somebody is there by the version in force, or its first at all; None where nothing is signed.

    Once it has been, the day stays.
    """
    agreed = in_force(trial)
    if agreed is None:
        return None
    return next((one.day for one in days_of(agreed)), agreed.from_date)


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
    return db.session.scalars(asked.order_by(JobQuestion.asked_on.desc())).all()


def job_question_due(trial: Trial, today: date) -> int | None:
    """After how many months of unpaid placement there the question that waits was due; None where none waits."""
    here = (
        Trial.participant_id == trial.participant_id,
        Placement.employer_id == trial.placement.employer_id,
    )
    return next((one.month for one in _unasked(today, *here) if one.trial_id == trial.id), None)


def unasked_in_reach(
    identity: Identity, permission: Permission, today: date, limit: int
) -> Sequence[tuple[Trial, int]]:
    """Placements of people in reach that have lasted so long that the question waits, with its month.

    The longest without pay first. Four statements, whatever their number.
    """
    some = aliased(Trial)
    is_long = exists().where(
        some.participant_id == Participant.id,
        Agreement.trial_id == some.id,
        Agreement.from_date <= add_months(today, -EVERY_MONTHS),
    )
    waiting = _unasked(today, visible(identity, permission), is_long)[:limit]
    chosen = listed().where(Trial.id.in_([one.trial_id for one in waiting]))
    trials = {trial.id: trial for trial in db.session.scalars(chosen)}
    return [(trials[one.trial_id], one.month) for one in waiting]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Placed:
    """An unpaid placement that all have signed. asked_on: when it was last asked whether it could be a job."""

    trial_id: int
    kind: TrialKind
    first: date
    last: date
    asked_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unasked:
    trial_id: int
    since: date
    month: int


def _unasked(today: date, *such: ColumnElement[bool]) -> Sequence[_Unasked]:
    """The running placements of such people whose question waits, the longest without pay first. One statement."""
    found = (one for placed in _placed(*such) for one in _unasked_at(placed, today))
    return sorted(found, key=lambda one: (one.since, one.trial_id))


def _unasked_at(placed: Sequence[_Placed], today: date) -> Iterator[_Unasked]:
    """The same of one person at one employer: an answer about one of the placements there is about all."""
    stays = [(one.first, one.last) for one in placed]
    asked_on = max((one.asked_on for one in placed if one.asked_on), default=None)
    for one in placed:
        since = unbroken_since(one.first, stays)
        month = month_due(one.kind, since, asked_on, today)
        if month is not None and one.first <= today <= one.last:
            yield _Unasked(trial_id=one.trial_id, since=since, month=month)


def _placed(*such: ColumnElement[bool]) -> Collection[Sequence[_Placed]]:
    """The unpaid placements of such people, those of one person at one employer together. One statement."""
    asked_on = select(func.max(JobQuestion.asked_on)).where(JobQuestion.trial_id == Trial.id)
    rows = (
        select(
            Trial.participant_id,
            Placement.employer_id,
            Trial.id,
            Trial.kind,
            signed_from(),
            signed_to(),
            Trial.interrupted_on,
            asked_on.scalar_subquery(),
        )
        .join(Trial.placement)
        .join(Trial.participant)
        .where(Trial.kind.in_(UNPAID), Trial.cancelled_on.is_(None), *such)
    )
    found: dict[tuple[int, int], list[_Placed]] = {}
    for person, employer, key, kind, first, to_date, interrupted_on, asked in db.session.execute(rows):
        last = min(to_date, interrupted_on - DAY) if to_date and interrupted_on else to_date
        if first and last and first <= last:
            placed = _Placed(trial_id=key, kind=TrialKind(kind), first=first, last=last, asked_on=asked)
            found.setdefault((person, employer), []).append(placed)
    return found.values()


def running(today: date) -> Sequence[Trial]:
    """Every trial that runs on the day, with the days of its versions."""
    days = selectinload(Trial.agreements).selectinload(Agreement.days)
    return db.session.scalars(listed().options(days).where(running_clause(today)).order_by(Trial.id)).all()
