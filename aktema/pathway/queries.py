"""Readers of introductions. The person has been read, and the reading recorded, before any of these is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.employers.models import Employer, Placement
from aktema.pathway.models import Introduction
from aktema.pathway.states import IntroductionState, state_of
from aktema.people.models import Participant
from aktema.people.queries import visible


@dataclass(frozen=True, kw_only=True, slots=True)
class IntroductionView:
    """An introduction with what a page says about it."""

    introduction: Introduction
    placement_title: str
    placement_public_id: str
    employer_name: str

    @property
    def state(self) -> IntroductionState:
        return state_of(self.introduction.answer, self.introduction.closed_on)


def introductions_of(participant_id: int) -> Sequence[IntroductionView]:
    """The person's introductions, the newest first."""
    found = (
        select(Introduction, Placement.title, Placement.public_id, Employer.name)
        .join(Placement, Placement.id == Introduction.placement_id)
        .join(Employer, Employer.id == Placement.employer_id)
        .where(Introduction.participant_id == participant_id)
        .options(selectinload(Introduction.gaps))
        .order_by(Introduction.id.desc())
        .limit(100)
    )
    return [
        IntroductionView(
            introduction=row, placement_title=title, placement_public_id=public_id, employer_name=name
        )
        for row, title, public_id, name in db.session.execute(found).all()
    ]


def get_introduction(participant_id: int, public_id: str) -> IntroductionView:
    """One introduction of the person. Raises MissingError."""
    for view in introductions_of(participant_id):
        if view.introduction.public_id == public_id:
            return view
    raise MissingError


def find_open(participant_id: int, placement_id: int) -> Introduction | None:
    """The introduction of the person to the placement that is still open, or None."""
    same = (Introduction.participant_id == participant_id) & (Introduction.placement_id == placement_id)
    return db.session.scalar(select(Introduction).where(same, Introduction.closed_on.is_(None)).limit(1))


def answers_awaited(
    identity: Identity, permission: Permission, today: date, limit: int
) -> Sequence[tuple[Participant, Introduction, str]]:
    """People in reach who are to be asked (again), with the placement's title; the longest waiting first."""
    unanswered = Introduction.answer.is_(None)
    later = (Introduction.answer == "later") & (Introduction.ask_again_on <= today)
    waiting = (
        select(Participant, Introduction, Placement.title)
        .join(Introduction, Introduction.participant_id == Participant.id)
        .join(Placement, Placement.id == Introduction.placement_id)
        .where(
            visible(identity, permission),
            Participant.closed_on.is_(None),
            Introduction.closed_on.is_(None),
            or_(unanswered, later),
        )
        .order_by(Introduction.asked_on, Introduction.id)
        .limit(limit)
    )
    return [
        (participant, introduction, title)
        for participant, introduction, title in db.session.execute(waiting).all()
    ]
