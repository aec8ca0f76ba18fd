"""Readers of trials, and how a trial stands: for everything that builds on one.

The person has been read, and the reading recorded, before any trial of theirs is asked for.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.ids import is_public_id
from aktema.employers.employer_queries import NOTHING_LAZY
from aktema.employers.models import Placement
from aktema.pathway.rules.places import Stay, covering
from aktema.pathway.rules.schedule import DayTimes, Times, put
from aktema.pathway.trial_models import Agreement, AgreementAdaptation, Signature, Trial
from aktema.pathway.trial_states import DRAFT_LASTS, Party, TrialFacts, TrialStatus, status_of

MOST_SHOWN = 100
DAY = timedelta(days=1)
Told = TypeVar("Told")


def newest(trial: Trial) -> Agreement:
    """What was written last, signed or not. IndexError where there is nothing: a trial has a first version."""
    return trial.agreements[-1]


def missing_parties(agreement: Agreement) -> tuple[Party, ...]:
    """Who has yet to sign this version."""
    signed = {signature.party for signature in agreement.signatures}
    return tuple(party for party in Party if party not in signed)


def in_force(trial: Trial) -> Agreement | None:
    """What was agreed last: the newest version that all have signed. It holds until they have signed another."""
    signed = [agreement for agreement in trial.agreements if not missing_parties(agreement)]
    return signed[-1] if signed else None


def facts_of(trial: Trial) -> TrialFacts:
    """What the status follows from."""
    agreed = in_force(trial)
    told = agreed or newest(trial)
    return TrialFacts(
        begun_on=trial.begun_on,
        from_date=told.from_date,
        to_date=told.to_date,
        is_asked=newest(trial).asked_at is not None,
        is_signed=agreed is not None,
        cancelled_on=trial.cancelled_on,
        interrupted_on=trial.interrupted_on,
    )


def status(trial: Trial, today: date) -> TrialStatus:
    return status_of(facts_of(trial), today)


def awaits(trial: Trial, today: date) -> tuple[Party, ...]:
    """Who is to sign the newest version.

    Nobody where it has not been sent, the trial is over, or it has begun meanwhile on another day than it says.
    """
    last, agreed = newest(trial), in_force(trial)
    waiting = (TrialStatus.AWAITING_SIGNATURES, TrialStatus.READY, TrialStatus.RUNNING)
    now = status(trial, today)
    if last.asked_at is None or now not in waiting:
        return ()
    if now is TrialStatus.RUNNING and agreed is not None and last.from_date != agreed.from_date:
        return ()
    return missing_parties(last)


def is_changing(trial: Trial) -> bool:
    """Whether something else has been written after what holds."""
    agreed = in_force(trial)
    return agreed is not None and newest(trial) is not agreed


def days_of(agreement: Agreement) -> tuple[DayTimes, ...]:
    """When the person is there by this version, in order."""
    return tuple(
        DayTimes(
            day=one.day,
            times=Times(starts_at=one.starts_at, ends_at=one.ends_at, break_minutes=one.break_minutes),
        )
        for one in agreement.days
    )


def times_taken(trial: Trial) -> tuple[DayTimes, ...]:
    """When the person may be there: by what holds, and by what has been written after it."""
    agreed = in_force(trial)
    return put(days_of(agreed) if agreed else (), *days_of(newest(trial)))


def stay_of(trial: Trial) -> Stay:
    """How long the trial takes one of the placement's places: by what holds and by what is written after it."""
    versions = {newest(trial), in_force(trial) or newest(trial)}
    return covering(Stay(version.from_date, version.to_date) for version in versions)


def _signed(column: ColumnElement[Told]) -> ColumnElement[Told]:
    """A column of the version in force, or null, as the database finds it: the same as `in_force`."""
    signatures = select(func.count()).select_from(Signature).where(Signature.agreement_id == Agreement.id)
    return _newest(column, signatures.correlate(Agreement).scalar_subquery() == len(Party))


def _newest(column: ColumnElement[Told], *such: ColumnElement[bool]) -> ColumnElement[Told]:
    """A column of the newest such version, over Trial."""
    of_trial = select(column).where(Agreement.trial_id == Trial.id, *such)
    return of_trial.order_by(Agreement.number.desc()).limit(1).correlate(Trial).scalar_subquery()


def signed_from() -> ColumnElement[date | None]:
    """The first day by the version in force, over Trial; null where nothing has been signed by all."""
    return _signed(Agreement.from_date.expression)


def signed_to() -> ColumnElement[date | None]:
    """The last day by the version in force, over Trial; null where nothing has been signed by all."""
    return _signed(Agreement.to_date.expression)


def number_in_force() -> ColumnElement[int]:
    """The number of the version in force, over Trial; null where nothing has been signed by all."""
    return _signed(Agreement.number.expression)


def _stands(today: date) -> ColumnElement[bool]:
    interrupted = Trial.interrupted_on.is_not(None) & (Trial.interrupted_on <= today)
    return Trial.cancelled_on.is_(None) & ~interrupted


def live_clause(today: date) -> ColumnElement[bool]:
    """The where-clause over Trial of those that are not over: the same as `status` not in OVER."""
    last = signed_to()
    unsigned = last.is_(None) & (Trial.begun_on > today - DRAFT_LASTS)
    return and_(_stands(today), or_(last >= today, unsigned))


def running_clause(today: date) -> ColumnElement[bool]:
    """The where-clause over Trial of those that run on the day."""
    return and_(_stands(today), signed_from() <= today, signed_to() >= today)


def over_by_themselves(first: date, last: date) -> Sequence[Trial]:
    """Trials that one of the days was the first after: their time was up, or nobody finished their agreement."""
    lately = select(Agreement.trial_id).where(Agreement.to_date >= first - DAY)
    ended = and_(Trial.id.in_(lately), signed_to().between(first - DAY, last - DAY))
    expired = Trial.begun_on.between(first - DRAFT_LASTS, last - DRAFT_LASTS) & signed_to().is_(None)
    kept = Trial.cancelled_on.is_(None) & Trial.interrupted_on.is_(None)
    return db.session.scalars(listed().where(kept, or_(ended, expired)).order_by(Trial.id)).all()


def taking_clause(today: date, on: date) -> ColumnElement[bool]:
    """The where-clause over Trial of those that take a place on the day: by what holds, or by what is written now."""
    some = select(Agreement.trial_id).where(Agreement.from_date <= on, Agreement.to_date >= on)
    agreed = (signed_from() <= on) & (signed_to() >= on)
    written = (_newest(Agreement.from_date.expression) <= on) & (_newest(Agreement.to_date.expression) >= on)
    return and_(Trial.id.in_(some), live_clause(today), or_(agreed, written))


def get_trial(participant_id: int, public_id: str) -> Trial:
    """One trial of the person with all its versions. Raises MissingError."""
    if not is_public_id(public_id):  # PostgreSQL refuses some letters, NUL for one
        raise MissingError
    return _one(_whole().where(Trial.participant_id == participant_id, Trial.public_id == public_id))


def trial_by_id(trial_id: int) -> Trial:
    """The trial a link is about, with all its versions. Raises MissingError."""
    return _one(_whole().where(Trial.id == trial_id))


def _one(query: Select[Trial]) -> Trial:
    found = db.session.scalar(query)
    if found is None:
        raise MissingError
    return found


def trials_of(participant_id: int, limit: int = MOST_SHOWN) -> Sequence[Trial]:
    """The person's trials, the newest first, with placement, employer, versions and signatures."""
    theirs = listed().where(Trial.participant_id == participant_id)
    return db.session.scalars(theirs.order_by(Trial.id.desc()).limit(limit)).all()


def live_trials_of(participant_id: int, today: date, *, but: int | None = None) -> Sequence[Trial]:
    """The person's trials that are not over, with their days; all but the one with the id."""
    theirs = _whole().where(
        Trial.participant_id == participant_id, live_clause(today), Trial.id != (but or 0)
    )
    return db.session.scalars(theirs.order_by(Trial.id)).all()


def hold_place(placement_id: int) -> None:
    """Nobody else takes a place there until this request is done. On SQLite nobody ever does meanwhile."""
    db.session.execute(select(Placement.id).where(Placement.id == placement_id).with_for_update())


def stays_at(placement_id: int, today: date, *, but: int | None = None) -> Sequence[Stay]:
    """The places taken at the placement by trials that are not over; all but that of the one with the id."""
    there = listed().where(Trial.placement_id == placement_id, live_clause(today), Trial.id != (but or 0))
    return [stay_of(trial) for trial in db.session.scalars(there)]


def has_trial(introduction_id: int) -> bool:
    """Whether a trial has been begun from the introduction."""
    return db.session.scalar(select(Trial.id).where(Trial.introduction_id == introduction_id)) is not None


def with_employer(employer_id: int, today: date) -> Sequence[Trial]:
    """The trials that are to begin or run at the employer, the earliest begun first.

    What an employer's page may say about the person is `introduction.card`, and nothing else of the row.
    """
    there = Trial.placement_id.in_(select(Placement.id).where(Placement.employer_id == employer_id))
    theirs = listed().where(there, live_clause(today), signed_to().is_not(None))
    return db.session.scalars(theirs.order_by(Trial.id).limit(MOST_SHOWN)).all()


def listed() -> Select[Trial]:
    """Trials as a list needs them: placement, employer, person, introduction, versions with signatures, no days."""
    return select(Trial).options(
        *_named(),
        joinedload(Trial.placement).joinedload(Placement.employer),
        selectinload(Trial.agreements).options(selectinload(Agreement.signatures)),
        NOTHING_LAZY,
    )


def _whole() -> Select[Trial]:
    """A trial with days and adaptations of each version as well, and what its placement does and offers."""
    placement = (
        joinedload(Placement.employer),
        joinedload(Placement.workplace),
        joinedload(Placement.supervisor),
        selectinload(Placement.activities),
        selectinload(Placement.adaptations),
    )
    content = (
        selectinload(Agreement.days),
        selectinload(Agreement.adaptations).options(
            joinedload(AgreementAdaptation.adaptation), joinedload(AgreementAdaptation.dimension)
        ),
        joinedload(Agreement.supervisor),
        selectinload(Agreement.signatures),
    )
    return select(Trial).options(
        *_named(),
        joinedload(Trial.placement).options(*placement),
        selectinload(Trial.agreements).options(*content),
    )


def _named() -> tuple[ORMOption, ...]:
    return joinedload(Trial.participant), joinedload(Trial.introduction)
