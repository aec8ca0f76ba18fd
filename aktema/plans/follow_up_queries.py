"""Readers of follow-ups. The person has been read, and the reading recorded, before any of these is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload, raiseload, selectinload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import Message, MissingError
from aktema.core.paging import Cursor, Keyset, Page
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment, Participant
from aktema.people.queries import is_live_coach, live_assignment, visible
from aktema.plans.codes import (
    ANSWERS_TO,
    REFUSALS,
    WORK_WANTED,
    Channel,
    FollowUpKind,
    PointAnswer,
    WorkPoint,
)
from aktema.plans.models import Decision, FollowUp, ServiceOrder, WorkPointAnswer
from aktema.plans.plan_queries import answered_in_plan_since
from aktema.plans.wish_models import OwnWorkWish
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.models import Step
from aktema.steps.queries import by_hand

CLOSED = Keyset[FollowUp](
    public_id=FollowUp.public_id, order=(FollowUp.held_on, FollowUp.id), newest_first=True
)
MOST_OPEN = 50
MOST_LAST = 5
MOST_DECISIONS = 20


def _of(participant_id: int) -> Select[FollowUp]:
    loaded = (joinedload(FollowUp.account), joinedload(FollowUp.decision).raiseload("*"), raiseload("*"))
    return select(FollowUp).where(FollowUp.participant_id == participant_id).options(*loaded)


def open_follow_ups(participant_id: int) -> Sequence[FollowUp]:
    """Those that are still to be closed, the newest first."""
    still_open = _of(participant_id).where(FollowUp.closed_on.is_(None))
    newest_first = still_open.order_by(FollowUp.held_on.desc(), FollowUp.id.desc())
    return db.session.scalars(newest_first.limit(MOST_OPEN)).all()


def closed_follow_ups(participant_id: int, cursor: Cursor) -> Page[FollowUp]:
    """A page of those that are closed, the newest first."""
    return CLOSED.page(_of(participant_id).where(FollowUp.closed_on.is_not(None)), cursor)


def last_closed(participant_id: int) -> Sequence[FollowUp]:
    """The last few that are closed, the newest first."""
    closed = _of(participant_id).where(FollowUp.closed_on.is_not(None))
    newest_first = closed.order_by(FollowUp.held_on.desc(), FollowUp.id.desc())
    return db.session.scalars(newest_first.limit(MOST_LAST)).all()


def get_follow_up(participant_id: int, public_id: str) -> FollowUp:
    """One follow-up of the person with its points. Raises MissingError where it is none of theirs."""
    theirs = select(FollowUp).where(
        FollowUp.participant_id == participant_id, FollowUp.public_id == public_id
    )
    loaded = (joinedload(FollowUp.account), joinedload(FollowUp.decision), selectinload(FollowUp.points))
    found = db.session.scalar(theirs.options(*loaded))
    if found is None:
        raise MissingError
    return found


def kind_for(identity: Identity, participant: Participant) -> FollowUpKind:
    """Who handles the person's case follows up the decision; everybody else follows up the plan."""
    as_handler = select(Assignment.id).where(
        Assignment.participant_id == participant.id,
        Assignment.account_id == identity.account_id,
        Assignment.kind == AssignmentKind.HANDLER,
        live_assignment(),
    )
    is_handler = db.session.scalar(as_handler.limit(1)) is not None
    return FollowUpKind.DECISION if is_handler else FollowUpKind.PLAN


def begun_decisions(participant_id: int) -> Sequence[Decision]:
    """What there is to follow up: the person's decisions that have begun, the newest first."""
    begun = select(Decision).where(
        Decision.participant_id == participant_id, Decision.from_date <= clock.today()
    )
    newest_first = begun.order_by(Decision.from_date.desc(), Decision.id.desc())
    return db.session.scalars(newest_first.limit(MOST_DECISIONS).options(raiseload("*"))).all()


def find_open(decision_id: int, kind: FollowUpKind) -> FollowUp | None:
    """The decision's follow-up of the kind that is not closed yet, or None."""
    still_open = select(FollowUp).where(
        FollowUp.decision_id == decision_id, FollowUp.kind == kind.value, FollowUp.closed_on.is_(None)
    )
    return db.session.scalar(still_open.limit(1))


def find_order_id(decision_id: int) -> int | None:
    """The order under which a unit works with the person by the decision, or None."""
    accepted = select(ServiceOrder.id).where(
        ServiceOrder.decision_id == decision_id, ServiceOrder.coordinator_id.is_not(None)
    )
    return db.session.scalar(
        accepted.order_by(ServiceOrder.closed_on.is_not(None), ServiceOrder.id.desc()).limit(1)
    )


def was_tried() -> ColumnElement[bool]:
    """The where-clause over Step of what counts as having tried work: the person was at a workplace.

    That is support at the workplace, or a talk with the person there; a step that was corrected counts no longer.
    """
    correction = aliased(Step)
    at_work = (Step.contact_type == ContactType.ON_SITE_SUPPORT.value) | (
        (Step.contact_type == ContactType.TALK_WITH_PERSON.value) & (Step.place == StepPlace.WORKPLACE.value)
    )
    return at_work & Step.was_reached & ~exists().where(correction.corrects_id == Step.id)


def find_last_tried(participant_id: int) -> date | None:
    """The day on which the person last was at a workplace, or None where the log knows of none."""
    return db.session.scalar(
        select(func.max(Step.happened_on)).where(Step.participant_id == participant_id, was_tried())
    )


def what_and_who(row: WorkPointAnswer) -> tuple[str, str]:
    """The two lines of a next step: what is to be done, and who does it."""
    what, _line_break, who = (row.words or "").partition("\n")
    return what, who


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack:
    """What a point still lacks: which part of its answer, and the sentence that says so."""

    point: WorkPoint
    part: str
    text: Message


def lacks_of(follow_up: FollowUp) -> Sequence[Lack]:
    """What the follow-up lacks before it can be closed; nothing where it has no points about work.

    `guards` holds the same rule for whoever writes past this one.
    """
    if not follow_up.has_work_points:
        return ()
    given = {row.point: row for row in follow_up.points}
    return tuple(lack for point in WorkPoint for lack in _lacks(point, given.get(point.value)))


def _lacks(point: WorkPoint, row: WorkPointAnswer | None) -> Iterator[Lack]:
    if row is None or row.answer not in ANSWERS_TO[point]:
        yield Lack(point=point, part="answer", text=_("%(point)s – svaret saknas.", point=point.label))
        return
    answer = PointAnswer(row.answer)
    if answer.needs_reason and not row.words_sealed:
        yield Lack(point=point, part="words", text=_("%(point)s – skriv varför.", point=point.label))
    if point is WorkPoint.NEXT_STEP and answer is PointAnswer.YES and not all(what_and_who(row)):
        text = _("%(point)s – skriv vad som ska göras och vem som gör det.", point=point.label)
        yield Lack(point=point, part="who" if what_and_who(row)[0] else "words", text=text)
    if answer is PointAnswer.YES and not point.is_own_answer and row.on_date is None:
        yield Lack(point=point, part="on", text=_("%(point)s – dagen saknas.", point=point.label))
    if point.is_own_answer and answer not in REFUSALS and row.channel not in tuple(Channel):
        text = _("%(point)s – skriv hur personen gav sitt svar.", point=point.label)
        yield Lack(point=point, part="channel", text=text)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkWish:
    """Somebody who wants to work, or perhaps does, and whom no coach has met since they said so."""

    participant: Participant
    answered_on: date
    answer: PointAnswer
    follow_up_id: str
    """The public id of the follow-up in which it was said; empty where it was said elsewhere."""
    has_coach: bool
    plan_id: str = ""
    """The public id of the plan for which it was said."""


def wishes_for_work(identity: Identity, permission: Permission, limit: int) -> Sequence[WorkWish]:
    """People in reach whose last answer is that they want to work, the newest first.

    They stay until a coach of theirs has met them, or reached somebody for their sake, after the answer.
    """
    said = (
        select(Participant, FollowUp.held_on, WorkPointAnswer.answer, FollowUp.public_id, _has_coach())
        .join(FollowUp, FollowUp.participant_id == Participant.id)
        .join(WorkPointAnswer, WorkPointAnswer.follow_up_id == FollowUp.id)
        .where(
            visible(identity, permission),
            Participant.closed_on.is_(None),
            WorkPointAnswer.point == WorkPoint.WISH_FOR_WORK.value,
            WorkPointAnswer.answer.in_([answer.value for answer in WORK_WANTED]),
            ~_answered_later(),
            ~_answered_on_own_page_since(),
            ~answered_in_plan_since(FollowUp.participant_id, WorkPointAnswer.created_at),
            ~_met_by_coach_since(),
        )
        .order_by(FollowUp.held_on.desc(), WorkPointAnswer.id.desc())
        .limit(limit)
    )
    return [
        WorkWish(
            participant=person,
            answered_on=on,
            answer=PointAnswer(answer),
            follow_up_id=follow_up_id,
            has_coach=has_coach,
        )
        for person, on, answer, follow_up_id, has_coach in db.session.execute(said).all()
    ]


def _has_coach() -> ColumnElement[bool]:
    return exists().where(is_live_coach()).correlate(Participant)


def _answered_later() -> ColumnElement[bool]:
    """Whether the person has answered the same question in a later follow-up."""
    later, answer = aliased(FollowUp), aliased(WorkPointAnswer)
    return exists().where(
        later.participant_id == FollowUp.participant_id,
        answer.follow_up_id == later.id,
        answer.point == WorkPointAnswer.point,
        tuple_(later.held_on, answer.id) > tuple_(FollowUp.held_on, WorkPointAnswer.id),
    )


def _answered_on_own_page_since() -> ColumnElement[bool]:
    """Whether the person has answered on their own page since: `wish_queries` tells what."""
    return exists().where(
        OwnWorkWish.participant_id == FollowUp.participant_id,
        OwnWorkWish.said_by == "person",
        OwnWorkWish.created_at > WorkPointAnswer.created_at,
    )


def _met_by_coach_since() -> ColumnElement[bool]:
    """Whether a coach of theirs has logged a step that was made on a later day, or on the same day but later."""
    later_that_day = (Step.happened_on == FollowUp.held_on) & (Step.created_at > WorkPointAnswer.created_at)
    return exists().where(
        Step.participant_id == Participant.id,
        Step.was_reached,
        by_hand(),
        is_live_coach(),
        Assignment.account_id == Step.account_id,
        or_(Step.happened_on > FollowUp.held_on, later_that_day),
    )
