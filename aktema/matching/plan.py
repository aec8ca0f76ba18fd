"""Who might try which place in a unit, when several want the same ones. People decide; nothing is stored."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from aktema.access.identity import Identity
from aktema.matching import engine
from aktema.matching.current import current_index
from aktema.matching.engine.assign import Taken, best_plan, first_come, seats_of, why_waiting
from aktema.matching.gather import all_known_of, engine_weights
from aktema.matching.permissions import PLAN
from aktema.matching.plan_queries import yeses
from aktema.matching.queries import own_people, weights_of_people
from aktema.matching.rules import USUAL
from aktema.people.models import Participant

MOST_PEOPLE = 500
LIST_LENGTH = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """One person in the plan: the place and its rank on the own list, or None and whom its places went to."""

    participant: Participant
    place_id: int | None
    rank: int
    taken: Sequence[Taken]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What a way of giving out places comes to; fit is the sum of the scores."""

    with_place: int
    with_first_choice: int
    fit: float


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitPlan:
    """Those who wait stand first, then those with a place, then those with no list; each by name."""

    people: Sequence[Planned]
    planned: Outcome
    in_turn: Outcome
    waiting: int
    unlisted: int
    already_placed: int
    is_cut: bool


def unit_plan(identity: Identity) -> UnitPlan:
    """The plan for the open people of the identity's units. The caller records whom it shows."""
    everyone, said_yes = own_people(identity, PLAN, MOST_PEOPLE), yeses()
    on_their_way = {one.participant_id for one in said_yes}
    people = [person for person in everyone if person.id not in on_their_way]
    index = current_index()
    lists = _lists(index, [person.id for person in people])
    spoken_for = Counter(one.placement_id for one in said_yes)
    seats = {key: max(left - spoken_for[key], 0) for key, left in seats_of(index, lists).items()}
    plan, queue = best_plan(lists, seats), first_come(lists, seats)
    shown = _shown(people, plan, why_waiting(plan, lists, spoken_for))
    return UnitPlan(
        people=shown,
        planned=_outcome(plan),
        in_turn=_outcome(queue),
        waiting=sum(1 for one in shown if one.taken),
        unlisted=sum(1 for one in shown if one.place_id is None and not one.taken),
        already_placed=len(everyone) - len(people),
        is_cut=len(everyone) == MOST_PEOPLE,
    )


def _lists(index: engine.MatchIndex, ids: Collection[int]) -> dict[int, Sequence[engine.Ranked]]:
    """Everybody's list by what matters most to them, those registered first standing first."""
    own = weights_of_people(ids)
    return {
        known.person.id: index.shortlist(
            known.person, limit=LIST_LENGTH, weights=engine_weights(own.get(known.person.id, USUAL))
        )
        for known in all_known_of(sorted(ids))
    }


def _shown(
    people: Sequence[Participant], plan: engine.Plan, taken: Mapping[int, Sequence[Taken]]
) -> list[Planned]:
    placed = {one.person_id: one for one in plan.pairings}
    shown = [_planned(person, placed.get(person.id), taken.get(person.id, ())) for person in people]
    return sorted(shown, key=lambda one: 0 if one.taken else 1 if one.place_id is not None else 2)


def _planned(participant: Participant, pairing: engine.Pairing | None, taken: Sequence[Taken]) -> Planned:
    return Planned(
        participant=participant,
        place_id=pairing.place_id if pairing else None,
        rank=pairing.rank if pairing else 0,
        taken=taken,
    )


def _outcome(plan: engine.Plan) -> Outcome:
    return Outcome(
        with_place=len(plan.pairings),
        with_first_choice=sum(one.rank == 1 for one in plan.pairings),
        fit=plan.total,
    )
