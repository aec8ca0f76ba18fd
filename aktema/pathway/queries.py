"""Readers of introductions. The person has been read, and the reading recorded, before any of these is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from aktema.access.consent_models import Consent
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.ids import is_public_id
from aktema.employers.models import Employer, Placement
from aktema.pathway.models import Introduction
from aktema.pathway.rules.card import Card
from aktema.pathway.states import IntroductionAct, IntroductionFacts, IntroductionState, may, state_of
from aktema.people.models import Participant
from aktema.people.queries import visible

Viewed: TypeAlias = Select[Introduction, str, str, Employer, Consent]
MOST_SHOWN = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class IntroductionView:
    """An introduction with what a page says about it, and the consent to its card where one was given."""

    introduction: Introduction
    placement_title: str
    placement_public_id: str
    employer: Employer
    consent: Consent | None

    @property
    def employer_name(self) -> str:
        return self.employer.name

    @property
    def is_consented(self) -> bool:
        """Whether the person's consent to the card holds today, and is for this employer."""
        given = self.consent
        if given is None or given.receiver_id != self.employer.id:
            return False
        return given.is_live(clock.today())

    @property
    def state(self) -> IntroductionState:
        return state_of(facts_of(self.introduction, is_consented=self.is_consented))

    @property
    def card(self) -> Card | None:
        """What the person agreed that the employer sees, while they do."""
        text = self.introduction.card
        return Card.from_json(text) if text and self.is_consented else None

    def may(self, act: IntroductionAct) -> bool:
        return may(act, self.state)


def facts_of(introduction: Introduction, *, is_consented: bool) -> IntroductionFacts:
    """What the state follows from."""
    return IntroductionFacts(
        answer=introduction.answer,
        is_consented=is_consented,
        sent_on=introduction.sent_on,
        employer_answer=introduction.employer_answer,
        visit_on=introduction.visit_on,
        agreed_on=introduction.agreed_on,
        closed_on=introduction.closed_on,
    )


def introductions_of(participant_id: int) -> Sequence[IntroductionView]:
    """The person's introductions, the newest first."""
    theirs = viewed().where(Introduction.participant_id == participant_id)
    return views_of(theirs.order_by(Introduction.id.desc()).limit(MOST_SHOWN))


def get_introduction(participant_id: int, public_id: str) -> IntroductionView:
    """One introduction of the person. Raises MissingError."""
    if not is_public_id(public_id):  # PostgreSQL refuses some letters, NUL for one
        raise MissingError
    named = (Introduction.participant_id == participant_id) & (Introduction.public_id == public_id)
    for view in views_of(viewed().where(named)):
        return view
    raise MissingError


def viewed() -> Viewed:
    """Introductions with placement, employer, consent and gaps: `views_of` reads them."""
    return (
        select(Introduction, Placement.title, Placement.public_id, Employer, Consent)
        .join(Placement, Placement.id == Introduction.placement_id)
        .join(Employer, Employer.id == Placement.employer_id)
        .outerjoin(Consent, Consent.id == Introduction.consent_id)
        .options(selectinload(Introduction.gaps))
    )


def views_of(query: Viewed) -> Sequence[IntroductionView]:
    """What the query finds. Two statements."""
    return [
        IntroductionView(
            introduction=row,
            placement_title=title,
            placement_public_id=public_id,
            employer=employer,
            consent=consent,
        )
        for row, title, public_id, employer, consent in db.session.execute(query).all()
    ]


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
