"""Readers of what became of people's trials. The person has been read, and the reading recorded, before.

The lists for a reader's day record nothing: whoever shows them does that.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.employers.models import Placement
from aktema.pathway.outcome_models import BenefitCheck, Employment, Outcome, RetentionCheck
from aktema.pathway.rules.benefits import BenefitItem, BenefitResult, Settled, unsettled
from aktema.pathway.rules.outcome import OutcomeKind, subsidy_ends_by
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_queries import listed, signed_to
from aktema.people.models import Participant
from aktema.people.queries import visible

MOST_SHOWN = 100


def _whole() -> Select[Outcome]:
    """Outcomes with all that their pages say."""
    return select(Outcome).options(
        joinedload(Outcome.account),
        joinedload(Outcome.trial).options(
            joinedload(Trial.placement).joinedload(Placement.employer),
            selectinload(Trial.agreements).selectinload(Agreement.signatures),
        ),
        joinedload(Outcome.employment)
        .selectinload(Employment.checks)
        .options(joinedload(RetentionCheck.account), raiseload("*")),
        selectinload(Outcome.benefits),
        raiseload("*"),
    )


def outcomes_of(participant_id: int) -> Sequence[Outcome]:
    """What became of the person's trials, the newest first, with the jobs and how they were followed up."""
    theirs = _whole().where(Outcome.participant_id == participant_id)
    newest = theirs.order_by(Outcome.happened_on.desc(), Outcome.id.desc()).limit(MOST_SHOWN)
    return db.session.scalars(newest).unique().all()


def get_outcome(participant_id: int, public_id: str) -> Outcome:
    """One outcome of the person. Raises MissingError."""
    named = (Outcome.participant_id == participant_id) & (Outcome.public_id == public_id)
    found = db.session.scalars(_whole().where(named)).unique().one_or_none()
    if found is None:
        raise MissingError
    return found


def get_job(participant_id: int, public_id: str) -> tuple[Outcome, Employment]:
    """An outcome of the person with the job that came of it. Raises MissingError where there is no job."""
    outcome = get_outcome(participant_id, public_id)
    if outcome.employment is None:
        raise MissingError
    return outcome, outcome.employment


def find_outcome(trial_id: int) -> Outcome | None:
    """What the trial led to, or None where nobody has written it."""
    return db.session.scalars(_whole().where(Outcome.trial_id == trial_id)).unique().one_or_none()


def live_employments(participant_id: int, today: date) -> Sequence[Employment]:
    """The person's jobs that have not ended, the first begun first; one that is to begin is among them."""
    theirs = select(Employment).where(Employment.participant_id == participant_id, _has_not_ended(today))
    return db.session.scalars(theirs.order_by(Employment.from_date, Employment.id)).all()


def _has_not_ended(today: date) -> ColumnElement[bool]:
    return Employment.to_date.is_(None) | (Employment.to_date >= today)


def settled_of(outcome: Outcome) -> Mapping[BenefitItem, Settled]:
    """What is settled about the person's income, by item."""
    return {
        BenefitItem(one.item): Settled(result=BenefitResult(one.result), on=one.settled_on)
        for one in outcome.benefits
    }


def unsettled_of(outcome: Outcome) -> tuple[BenefitItem, ...]:
    """What is not settled before the job's first day; before any day, where no job has been written yet."""
    job = outcome.employment
    return unsettled(settled_of(outcome), job.from_date if job is not None else None)


# What waits for somebody


def trials_without_outcome(
    identity: Identity, permission: Permission, today: date, limit: int
) -> Sequence[Trial]:
    """Trials in reach that are over and led to nothing anybody has written; the longest over first."""
    last = signed_to()
    was_broken_off = Trial.interrupted_on.is_not(None) & (Trial.interrupted_on <= today)
    found = (
        listed()
        .join(Participant, Participant.id == Trial.participant_id)
        .where(
            visible(identity, permission),
            Participant.closed_on.is_(None),
            Trial.cancelled_on.is_(None),
            last.is_not(None),
            was_broken_off | (last < today),
            ~exists().where(Outcome.trial_id == Trial.id),
        )
        .order_by(last, Trial.id)
    )
    return db.session.scalars(found.limit(limit)).all()


def unfinished_jobs(identity: Identity, permission: Permission, limit: int) -> Sequence[Outcome]:
    """Jobs in reach that are not written yet, or whose benefits are not settled; the oldest first.

    A job that began all the same, for a reason that was given, waits for nothing more.
    """
    is_unsettled = Employment.unsettled_reason.is_(None) & (_settled_items() < len(BenefitItem))
    found = (
        select(Outcome)
        .join(Outcome.participant)
        .outerjoin(Outcome.employment)
        .where(
            visible(identity, permission),
            Participant.closed_on.is_(None),
            Outcome.kind == OutcomeKind.JOB.value,
            or_(Employment.id.is_(None), is_unsettled & Employment.to_date.is_(None)),
        )
        .options(contains_eager(Outcome.participant), contains_eager(Outcome.employment), raiseload("*"))
        .order_by(Outcome.happened_on, Outcome.id)
    )
    return db.session.scalars(found.limit(limit)).all()


def _settled_items() -> ColumnElement[int]:
    """How many items are settled before the job's first day, as the database counts them: see `unsettled`."""
    not_needed = BenefitCheck.result == BenefitResult.NOT_NEEDED.value
    in_time = not_needed | (BenefitCheck.settled_on < Employment.from_date)
    of_outcome = select(func.count()).select_from(BenefitCheck).where(BenefitCheck.outcome_id == Outcome.id)
    return of_outcome.where(in_time).correlate(Outcome, Employment).scalar_subquery()


def subsidies_ending(
    identity: Identity, permission: Permission, today: date, limit: int
) -> Sequence[Employment]:
    """Jobs in reach that go on, and whose subsidy ends soon; the first to end first. Ended ones are over."""
    found = (
        select(Employment)
        .join(Employment.participant)
        .where(
            visible(identity, permission),
            Employment.to_date.is_(None),
            Employment.subsidy_until.between(today, subsidy_ends_by(today)),
        )
        .options(contains_eager(Employment.participant), joinedload(Employment.outcome), raiseload("*"))
        .order_by(Employment.subsidy_until, Employment.id)
    )
    return db.session.scalars(found.limit(limit)).all()
