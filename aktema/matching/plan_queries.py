"""Readers of what many people's matches come to: who has said yes, first choices, and whose turn it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from aktema.core.db import db
from aktema.employers.models import Employer, Placement
from aktema.matching.models import Suggestion, SuggestionRun, Verdict
from aktema.matching.rules import NO
from aktema.pathway.models import Introduction
from aktema.people.models import Participant


@dataclass(frozen=True, slots=True)
class SaidYes:
    """Somebody on the way to a placement: they need no other, and the seat is theirs."""

    participant_id: int
    placement_id: int


def yeses() -> Sequence[SaidYes]:
    """Everybody's yes that stands, in the whole municipality. One statement."""
    standing = select(Introduction.participant_id, Introduction.placement_id).where(
        Introduction.closed_on.is_(None), Introduction.answer == "yes"
    )
    return [SaidYes(*row) for row in db.session.execute(standing)]


def first_choices(placement_ids: Collection[int], *, but: int) -> Mapping[int, int]:
    """How many other people than the one have the placement first on their newest list, where anybody has.

    Counted are open people of the whole municipality, never named; not those who have said no to it or are on
    their way to another place. One statement.
    """
    counted = (
        select(Suggestion.placement_id, func.count())
        .join(SuggestionRun, SuggestionRun.id == Suggestion.run_id)
        .join(Participant, Participant.id == SuggestionRun.participant_id)
        .where(
            Suggestion.placement_id.in_(placement_ids),
            Suggestion.rank == 1,
            Participant.id != but,
            Participant.closed_on.is_(None),
            ~_has_newer_list(),
            ~_said_no(),
            ~_decided_otherwise(),
        )
        .group_by(Suggestion.placement_id)
    )
    return dict(db.session.execute(counted).all())


def _has_newer_list() -> ColumnElement[bool]:
    """Later pages of a list are runs of their own, without the first rank."""
    newer = aliased(SuggestionRun)
    return (
        select(newer.id)
        .where(
            newer.participant_id == SuggestionRun.participant_id,
            newer.id > SuggestionRun.id,
            newer.suggestions.any(Suggestion.rank == 1),
        )
        .exists()
    )


def _said_no() -> ColumnElement[bool]:
    """The newest verdict about the very placement is a no."""
    later = aliased(Verdict)
    same = (later.participant_id == Verdict.participant_id) & (later.placement_id == Verdict.placement_id)
    about_it = (Verdict.participant_id == Participant.id) & (Verdict.placement_id == Suggestion.placement_id)
    return (
        select(Verdict.id)
        .where(about_it, Verdict.answer == NO, ~select(later.id).where(same, later.id > Verdict.id).exists())
        .exists()
    )


def _decided_otherwise() -> ColumnElement[bool]:
    """The person answered no to the placement, or has a question open about another."""
    here = Introduction.placement_id == Suggestion.placement_id
    is_open = Introduction.closed_on.is_(None) & or_(
        Introduction.answer.is_(None), Introduction.answer != "no"
    )
    decided = or_(here & (Introduction.answer == "no"), ~here & is_open)
    return select(Introduction.id).where(Introduction.participant_id == Participant.id, decided).exists()


def employers_asked_enough(day: date) -> frozenset[int]:
    """The employers that have had as many questions this month as they want. One statement."""
    asked = (
        select(Placement.employer_id)
        .join(Introduction, Introduction.placement_id == Placement.id)
        .join(Employer, Employer.id == Placement.employer_id)
        .where(Employer.month_cap.is_not(None), Introduction.sent_on >= day.replace(day=1))
        .group_by(Placement.employer_id, Employer.month_cap)
        .having(func.count() >= Employer.month_cap)
    )
    return frozenset(db.session.scalars(asked))


def last_asked_by_employer() -> Mapping[int, date]:
    """The day somebody was last asked about a placement of the employer, by employer id. One statement."""
    asked = (
        select(Placement.employer_id, func.max(Introduction.asked_on))
        .join(Placement, Placement.id == Introduction.placement_id)
        .group_by(Placement.employer_id)
    )
    return dict(db.session.execute(asked).all())
