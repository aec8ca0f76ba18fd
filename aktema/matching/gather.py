"""From rows to the engine's types: the only door between the database and the engine."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from aktema.employers.queries import PlacementFacts, find_place
from aktema.employers.rules import places_left
from aktema.matching import engine
from aktema.matching.queries import Remembered, remembered_of
from aktema.matching.rules import PartWeights
from aktema.people.profile import Profile, profiles_of
from aktema.vocabulary import queries as vocabulary

ANSWERED_BY_TIMES = frozenset({"max_hours_per_day", "fixed_days", "transport_limit"})
"""Needs that a person's own times and limits state exactly; as yes or no they would only ask twice."""
NOT_A_NEED = frozenset({"background_check"})
"""What a place demands of the person, not the person of the place: a fact to read, never a gate."""


def engine_vocabulary() -> engine.Vocabulary:
    """The vocabulary as the engine reads it."""
    words = vocabulary.vocabulary()
    return engine.Vocabulary(
        dimensions=tuple(
            engine.Dimension(
                id=one.id, is_core=one.is_core, adaptations=tuple(word.id for word in one.adaptations)
            )
            for one in words.dimensions.values()
        ),
        activities=tuple(
            engine.Activity(id=one.id, group=one.group_id, riasec=one.riasec, label=one.label_sv)
            for one in words.activities.values()
        ),
        preferences=frozenset(words.preferences),
        constraints=frozenset(words.constraints),
    )


def place_of(
    facts: PlacementFacts,
    on: date,
    earlier_trials: int = 0,
    *,
    taken: int = 0,
    is_asked_enough: bool = False,
) -> engine.Place:
    """A placement as the engine sees it on a day, with how many have tried it before and how many are there.

    An employer that has had as many questions this month as it wants is not suggested until the next.
    """
    return engine.Place(
        id=facts.id,
        employer_id=facts.employer_id,
        title=facts.title,
        description=facts.description,
        activities=facts.activity_ids,
        demands=facts.demands,
        preferences=facts.preferences,
        constraints=facts.constraints,
        min_minutes_per_week=facts.least_weekly_minutes,
        max_minutes_per_week=facts.most_weekly_minutes,
        minutes_per_day=_shortest_day(facts),
        weekdays=weekday_set(facts.weekdays),
        start_minute=facts.starts_at,
        end_minute=facts.ends_at,
        places_left=places_left(facts.places, taken),
        is_live=facts.is_live(on) and not is_asked_enough,
        latitude=facts.latitude,
        longitude=facts.longitude,
        adaptations=facts.adaptation_ids,
        earlier_trials=earlier_trials,
    )


def _is_gate(constraint_id: int) -> bool:
    """Whether a place can meet the constraint, or fail to, by itself."""
    return vocabulary.vocabulary().constraints[constraint_id].code not in ANSWERED_BY_TIMES | NOT_A_NEED


def _shortest_day(facts: PlacementFacts) -> int | None:
    """The shortest day that still fills the least week on the placement's days; None where either is unknown."""
    if facts.least_weekly_minutes is None or facts.weekdays is None:
        return None
    return facts.least_weekly_minutes // facts.weekdays.bit_count()


def weekday_set(bits: int | None) -> frozenset[int] | None:
    """Weekdays with 0 as Monday, out of bits with 1 as Monday."""
    return None if bits is None else frozenset(day for day in range(7) if bits & 1 << day)


def engine_weights(weights: PartWeights) -> engine.Weights:
    """What matters most for a person, as the engine reads it."""
    return engine.Weights(
        wish=weights.wish, fit=weights.fit, preferences=weights.preferences, practical=weights.practical
    )


@dataclass(frozen=True, slots=True)
class Known:
    """One person as the engine sees them, and the profile it comes from: the engine knows no sources."""

    person: engine.Person
    profile: Profile


def known_of(participant_id: int) -> Known:
    """What is known of one person."""
    return all_known_of((participant_id,))[0]


def all_known_of(participant_ids: Collection[int]) -> list[Known]:
    """What is known of people, in their order and in a constant number of queries."""
    profiles, remembered = profiles_of(participant_ids), remembered_of(participant_ids)
    return [Known(_person(profiles[one], remembered[one]), profiles[one]) for one in participant_ids]


def _person(profile: Profile, remembered: Remembered) -> engine.Person:
    times = profile.times
    home = find_place(profile.locality_id)
    return engine.Person(
        id=profile.participant_id,
        votes={key: said.vote for key, said in profile.votes.items()},
        wish_text=profile.wish.text if profile.wish else "",
        capacities={
            key: engine.Capacity(level=said.level, is_dated=said.is_dated)
            for key, said in profile.capacities.items()
            if said.level is not None
        },
        preferences={key: said.vote for key, said in profile.preferences.items()},
        needs=frozenset(key for key in profile.needs if _is_gate(key)),
        weekly_minutes=times.weekly_minutes if times else None,
        max_minutes_per_day=times.daily_minutes if times else None,
        weekdays=times.weekdays if times else None,
        earliest_start=times.earliest_start if times else None,
        latest_end=times.latest_end if times else None,
        max_travel_minutes=times.travel_minutes if times else None,
        latitude=home.latitude if home else None,
        longitude=home.longitude if home else None,
        declined=remembered.declined,
        seen=remembered.turns,
    )
