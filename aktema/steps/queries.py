"""Readers of the step log. The person has been read, and the reading recorded, before any of these is asked."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload, raiseload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.paging import Cursor, Keyset, Page
from aktema.people.models import Participant
from aktema.people.queries import visible
from aktema.steps.codes import WRITTEN_BY_HAND, Actor, ContactType
from aktema.steps.models import NextStep, Step
from aktema.steps.permissions import CREATE_STEP

TIMELINE = Keyset[Step](public_id=Step.public_id, order=(Step.happened_on, Step.id), newest_first=True)
TIMELINE_SIZE = 20
DAY = ContactType.TRIAL_DAY.value
QUESTION = (ContactType.PLACEMENT_ASKED.value, ContactType.PLACEMENT_ANSWERED.value)


def by_hand() -> ColumnElement[bool]:
    """The where-clause over Step of what staff wrote themselves and nobody has corrected.

    No fact of another page, and nobody else's.
    """
    kinds, correction = [kind.value for kind in WRITTEN_BY_HAND], aliased(Step)
    corrected = exists().where(correction.corrects_id == Step.id).correlate(Step)
    return (Step.actor == Actor.STAFF.value) & Step.contact_type.in_(kinds) & ~corrected


def _standing(participant_id: int) -> Select[Step]:
    """The person's steps as they stand: a corrected step gives way to its correction."""
    correction = aliased(Step)
    replaced = select(correction.corrects_id).where(
        correction.corrects_id.is_not(None), correction.participant_id == participant_id
    )
    standing = select(Step).where(Step.participant_id == participant_id, Step.id.not_in(replaced))
    return standing.options(joinedload(Step.account), raiseload("*"))


def timeline(
    participant_id: int, cursor: Cursor, size: int = TIMELINE_SIZE, *, with_days: bool = False
) -> Page[Step]:
    """The person's steps, the latest first; the days of trials, which drown the rest, only where asked for."""
    standing = _standing(participant_id)
    return TIMELINE.page(standing if with_days else standing.where(Step.contact_type != DAY), cursor, size)


def has_days(participant_id: int) -> bool:
    """Whether a day of a trial stands among the person's steps."""
    days = select(Step.id).where(Step.participant_id == participant_id, Step.contact_type == DAY)
    return db.session.scalar(days.limit(1)) is not None


def told_to_person(participant_id: int, limit: int, *, with_days: bool = False) -> Sequence[Step]:
    """What has happened, as it is told to the person in easy words, the latest first; days as in `timeline`."""
    untold = [kind.value for kind in WRITTEN_BY_HAND] + ([] if with_days else [DAY])
    told = _standing(participant_id).where(
        Step.own_line_sealed.is_not(None), Step.contact_type.not_in(untold)
    )
    return db.session.scalars(told.order_by(Step.happened_on.desc(), Step.id.desc()).limit(limit)).all()


def get_step(participant_id: int, public_id: str) -> Step:
    """A step of the person, corrected or not. Raises MissingError where it is none."""
    found = db.session.scalar(
        select(Step).where(Step.participant_id == participant_id, Step.public_id == public_id)
    )
    if found is None:
        raise MissingError
    return found


def find_standing(step: Step) -> Step:
    """The step as it stands now: itself, or the last of its corrections."""
    while (correction := db.session.scalar(select(Step).where(Step.corrects_id == step.id))) is not None:
        step = correction
    return step


def earlier_versions(step: Step) -> Sequence[Step]:
    """What the step said before it was corrected, the latest first."""
    versions: list[Step] = []
    while step.corrects_id is not None and len(versions) < 20:
        step = db.session.get_one(Step, step.corrects_id, options=[joinedload(Step.account)])
        versions.append(step)
    return versions


def find_next_step(participant_id: int) -> NextStep | None:
    """What comes next for the person, or None."""
    open_ones = select(NextStep).where(
        NextStep.participant_id == participant_id, NextStep.closed_on.is_(None)
    )
    return db.session.scalar(open_ones.order_by(NextStep.id.desc()).limit(1))


def people_to_log(identity: Identity, limit: int) -> Sequence[Participant]:
    """The open people whose steps the identity writes, by name. Nobody is recorded as read."""
    mine = select(Participant).where(visible(identity, CREATE_STEP), Participant.closed_on.is_(None))
    by_name = mine.order_by(Participant.sort_key, Participant.id).options(raiseload("*"))
    return db.session.scalars(by_name.limit(limit)).all()


def brought_by_question(participant_id: int, placement_id: int) -> Select[int]:
    """The ids of the steps that tell how the person is asked about the placement, and what they answered."""
    about = (Step.participant_id == participant_id) & (Step.placement_id == placement_id)
    return select(Step.id).where(about, Step.contact_type.in_(QUESTION))


def next_steps_due(
    identity: Identity, permission: Permission, by: date, limit: int
) -> Sequence[tuple[Participant, NextStep]]:
    """The open next steps due by a date for people in reach, the longest due first."""
    due = (
        select(Participant, NextStep)
        .join(NextStep, NextStep.participant_id == Participant.id)
        .where(
            visible(identity, permission),
            Participant.closed_on.is_(None),
            NextStep.closed_on.is_(None),
            NextStep.due_on <= by,
        )
        .order_by(NextStep.due_on, NextStep.id)
        .limit(limit)
    )
    return [(participant, step) for participant, step in db.session.execute(due).all()]


def without_step_since(
    identity: Identity, permission: Permission, since: date, limit: int
) -> Sequence[tuple[Participant, date | None]]:
    """Open people in reach whose last reached step, or registration, lies before the date; the longest silent first.

    What counts is what staff wrote themselves and what the person did, but for days at a trial.
    """
    last = func.max(Step.happened_on)
    is_sign = by_hand() | ((Step.actor == Actor.PERSON.value) & (Step.contact_type != DAY))
    silent = (
        select(Participant, last)
        .outerjoin(Step, (Step.participant_id == Participant.id) & Step.was_reached & is_sign)
        .where(
            visible(identity, permission),
            Participant.closed_on.is_(None),
            func.date(Participant.created_at) < since,
        )
        .group_by(Participant.id)
        .having((last < since) | last.is_(None))
        .order_by(last.asc().nulls_first(), Participant.id)
        .limit(limit)
    )
    return [(participant, on) for participant, on in db.session.execute(silent).all()]
