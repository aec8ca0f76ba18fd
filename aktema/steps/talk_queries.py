"""Readers of who wants to talk with whom, until they have."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.people.models import Assignment, Participant
from aktema.people.queries import live_assignment, visible
from aktema.steps.codes import ContactType
from aktema.steps.models import Step
from aktema.steps.queries import by_hand
from aktema.steps.talk_models import TalkRequest


def _is_open() -> ColumnElement[bool]:
    """The where-clause of wishes not met yet: nobody who held the post has logged a talk with the person since."""
    held = aliased(Assignment)
    return ~exists().where(
        Step.participant_id == TalkRequest.participant_id,
        Step.contact_type == ContactType.TALK_WITH_PERSON.value,
        by_hand(),
        Step.was_reached,
        Step.created_at > TalkRequest.created_at,
        held.participant_id == TalkRequest.participant_id,
        held.kind == TalkRequest.kind,
        held.account_id == Step.account_id,
    )


def kinds_asked(participant_id: int) -> frozenset[str]:
    """The kinds of assignment whose holders the person waits to talk with."""
    waiting = select(TalkRequest.kind).where(TalkRequest.participant_id == participant_id, _is_open())
    return frozenset(db.session.scalars(waiting.distinct()))


def talks_wanted(
    identity: Identity, permission: Permission, limit: int
) -> Sequence[tuple[Participant, TalkRequest]]:
    """People in reach who wait to talk with the identity, with their first wish; the longest waiting first."""
    mine = exists().where(
        Assignment.participant_id == TalkRequest.participant_id,
        Assignment.kind == TalkRequest.kind,
        Assignment.account_id == identity.account_id,
        live_assignment(),
    )
    first = (
        select(func.min(TalkRequest.id))
        .where(mine, _is_open())
        .group_by(TalkRequest.participant_id)
        .scalar_subquery()
    )
    waiting = (
        select(Participant, TalkRequest)
        .join(TalkRequest, TalkRequest.participant_id == Participant.id)
        .where(TalkRequest.id.in_(first), visible(identity, permission), Participant.closed_on.is_(None))
        .order_by(TalkRequest.id)
        .limit(limit)
    )
    return [(person, talk) for person, talk in db.session.execute(waiting).all()]
