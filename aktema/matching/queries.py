"""Readers of what was suggested, decided and weighed. The person has been read, and the reading recorded, before."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, Select, cast, func, literal, select, union_all
from sqlalchemy.orm import selectinload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.matching.models import MatchWeights, Suggestion, SuggestionRun, Verdict
from aktema.matching.rules import NO, USUAL, PartWeights
from aktema.pathway.models import Introduction
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import signed_from, taking_clause
from aktema.people.models import Participant
from aktema.people.queries import visible

TURNS_REMEMBERED = timedelta(days=60)
NEVER_SHOWN = literal(0)


def weights_for(participant_id: int) -> PartWeights:
    """What matters most for the person now: as set last, or as usual."""
    mine = select(MatchWeights).where(MatchWeights.participant_id == participant_id)
    found = db.session.scalar(mine.order_by(MatchWeights.id.desc()).limit(1))
    return USUAL if found is None else _weights(found)


def weights_of_people(participant_ids: Collection[int]) -> Mapping[int, PartWeights]:
    """What matters most, by person, for those for whom somebody has said so."""
    newest = (
        select(func.max(MatchWeights.id))
        .where(MatchWeights.participant_id.in_(participant_ids))
        .group_by(MatchWeights.participant_id)
    )
    rows = db.session.scalars(select(MatchWeights).where(MatchWeights.id.in_(newest)))
    return {row.participant_id: _weights(row) for row in rows}


def _weights(row: MatchWeights) -> PartWeights:
    return PartWeights(wish=row.wish, fit=row.fit, preferences=row.preferences, practical=row.practical)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What matters most for a person now, and the verdict that counts, by placement id."""

    weights: PartWeights
    verdicts: Mapping[int, Verdict]


def decisions_about(participant_id: int) -> Decisions:
    """What has been decided about the person's suggestions. One statement."""
    newest = select(func.max(MatchWeights.id)).where(MatchWeights.participant_id == participant_id)
    both = (
        select(MatchWeights, Verdict)
        .select_from(Participant)
        .outerjoin(MatchWeights, MatchWeights.id == newest.scalar_subquery())
        .outerjoin(Verdict, Verdict.participant_id == Participant.id)
        .where(Participant.id == participant_id)
    )
    rows = db.session.execute(both.order_by(Verdict.id)).all()
    weights = next((_weights(row.MatchWeights) for row in rows if row.MatchWeights), USUAL)
    return Decisions(weights, {row.Verdict.placement_id: row.Verdict for row in rows if row.Verdict})


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a person has met before: the placements with a standing no, and those that stood as something new.

    `turns` says on how many earlier days. Today does not count, so that a list looks the same all day.
    """

    declined: frozenset[int]
    turns: Mapping[int, int]


def remembered_of(participant_ids: Collection[int]) -> Mapping[int, Remembered]:
    """What each person has met before, by person. One statement."""
    declined: defaultdict[int, set[int]] = defaultdict(set)
    turns: defaultdict[int, dict[int, int]] = defaultdict(dict)
    met = union_all(_refused(participant_ids), _answered_no(participant_ids), _shown_as_new(participant_ids))
    for person, placement, days in db.session.execute(met):
        if days:
            turns[person][placement] = days
        else:
            declined[person].add(placement)
    return {one: Remembered(frozenset(declined[one]), turns[one]) for one in participant_ids}


def _refused(participant_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(Verdict.id))
        .where(Verdict.participant_id.in_(participant_ids))
        .group_by(Verdict.participant_id, Verdict.placement_id)
    )
    return select(Verdict.participant_id, Verdict.placement_id, NEVER_SHOWN).where(
        Verdict.id.in_(newest), Verdict.answer == NO
    )


def _answered_no(participant_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return select(Introduction.participant_id, Introduction.placement_id, NEVER_SHOWN).where(
        Introduction.participant_id.in_(participant_ids), Introduction.answer == "no"
    )


def _shown_as_new(participant_ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    began = datetime.combine(clock.today(), time(), clock.STOCKHOLM)
    day = (
        cast(func.date(SuggestionRun.at), Date)
        if db.engine.dialect.name == "postgresql"
        else func.date(SuggestionRun.at)
    )
    return (
        select(SuggestionRun.participant_id, Suggestion.placement_id, func.count(func.distinct(day)))
        .join(Suggestion, Suggestion.run_id == SuggestionRun.id)
        .where(
            SuggestionRun.participant_id.in_(participant_ids),
            Suggestion.is_exploratory,
            SuggestionRun.at < began,
            SuggestionRun.at >= began - TURNS_REMEMBERED,
        )
        .group_by(SuggestionRun.participant_id, Suggestion.placement_id)
    )


def earlier_trials(day: date, placement_ids: Collection[int] | None = None) -> Mapping[int, int]:
    """How many trials had begun before the day, by placement: of all, where none are named. One statement.

    One that begins today counts tomorrow, so that a list looks the same all day.
    """
    begun = select(Trial.placement_id, func.count()).where(signed_from() < day, Trial.cancelled_on.is_(None))
    counted = begun if placement_ids is None else begun.where(Trial.placement_id.in_(placement_ids))
    return dict(db.session.execute(counted.group_by(Trial.placement_id)).all())


SOONEST_START = timedelta(weeks=2)
"""From a question to a first day: whoever is gone by then stands in nobody's way."""


def places_taken(day: date, placement_ids: Collection[int] | None = None) -> Mapping[int, int]:
    """How many places are taken, by placement: of all, where none are named. One statement."""
    there = taking_clause(day, day + SOONEST_START)
    taken = select(Trial.placement_id, func.count()).where(there)
    counted = taken if placement_ids is None else taken.where(Trial.placement_id.in_(placement_ids))
    return dict(db.session.execute(counted.group_by(Trial.placement_id)).all())


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownList:
    """The last list that was shown for a person."""

    at: datetime
    suggestions: Sequence[Suggestion]


def find_last_list(participant_id: int) -> ShownList | None:
    """The last list shown, or None where none has been."""
    begins = SuggestionRun.suggestions.any(
        Suggestion.rank == 1
    )  # later pages of a list are runs of their own
    runs = select(SuggestionRun).where(SuggestionRun.participant_id == participant_id, begins)
    run = db.session.scalar(
        runs.order_by(SuggestionRun.id.desc()).limit(1).options(selectinload(SuggestionRun.suggestions))
    )
    return None if run is None else ShownList(at=run.at, suggestions=run.suggestions)


def find_last_run_id(participant_id: int) -> int | None:
    """The id of the last list shown, or None."""
    return db.session.scalar(
        select(func.max(SuggestionRun.id)).where(SuggestionRun.participant_id == participant_id)
    )


def without_list_since(
    identity: Identity, permission: Permission, since: datetime, limit: int
) -> Sequence[tuple[Participant, datetime | None]]:
    """Open people in reach for whom nobody has looked at suggestions since the moment; the longest waiting first."""
    last = func.max(SuggestionRun.at)
    waiting = (
        select(Participant, last)
        .outerjoin(SuggestionRun, SuggestionRun.participant_id == Participant.id)
        .where(visible(identity, permission), Participant.closed_on.is_(None), Participant.created_at < since)
        .group_by(Participant.id)
        .having((last < since) | last.is_(None))
        .order_by(last.asc().nulls_first(), Participant.id)
        .limit(limit)
    )
    return [(participant, at) for participant, at in db.session.execute(waiting).all()]


def own_people(identity: Identity, permission: Permission, limit: int) -> Sequence[Participant]:
    """Open people in reach by name, to be ranked for a placement. The caller records whom it shows."""
    mine = select(Participant).where(visible(identity, permission), Participant.closed_on.is_(None))
    return db.session.scalars(mine.order_by(Participant.sort_key, Participant.id).limit(limit)).all()
