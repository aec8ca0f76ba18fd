"""What is unknown and would matter: hard limits, then capacities, the practical, wishes, preferences."""

from collections.abc import Iterable
from functools import cache

from aktema.matching.engine.answers import Question, QuestionKind
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.types import Person, Place

Asked = Iterable[Question]


@cache
def _question(kind: QuestionKind, key: int | None = None) -> Question:
    """The same questions are asked of many places: each is made once."""
    return Question(kind=kind, key=key)


def questions_for(person: Person, place: Place, rules: Rules) -> tuple[Question, ...]:
    return (
        *_constraints(person, place),
        *_capacities(person, place, rules),
        *_hours_and_days(person, place),
        *_journey(person, place),
        *_votes(person, place, rules),
        *_preferences(person, place, rules),
    )


def _constraints(person: Person, place: Place) -> Asked:
    unknown = sorted(need for need in person.needs if place.constraints.get(need) is None)
    return (_question(QuestionKind.CONSTRAINT, need) for need in unknown)


def _capacities(person: Person, place: Place, rules: Rules) -> Asked:
    """Ask first where the demand is highest, then about core dimensions."""
    stated = [key for key, demand in place.demands.items() if demand >= 1 and key in rules.dimensions]
    for key in sorted(stated, key=lambda key: (-place.demands[key], not rules.dimensions[key].is_core, key)):
        capacity = person.capacities.get(key)
        if capacity is None:
            yield _question(QuestionKind.CAPACITY, key)
        elif capacity.is_dated:
            yield _question(QuestionKind.CAPACITY_DATED, key)


def _hours_and_days(person: Person, place: Place) -> Asked:
    """Ask only what the other side has an opinion on."""
    has_times = person.earliest_start is not None or person.latest_end is not None
    place_has_hours = (place.min_minutes_per_week, place.max_minutes_per_week) != (None, None)
    checks = (
        (QuestionKind.HOURS, place_has_hours and person.weekly_minutes is None),
        (QuestionKind.PLACE_HOURS, person.weekly_minutes is not None and _lacks_hours(place)),
        (QuestionKind.DAYS, place.weekdays is not None and person.weekdays is None),
        (QuestionKind.PLACE_DAYS, person.weekdays is not None and place.weekdays is None),
        (
            QuestionKind.PLACE_DAY_LENGTH,
            person.max_minutes_per_day is not None and place.minutes_per_day is None,
        ),
        (QuestionKind.PLACE_TIMES, has_times and None in (place.start_minute, place.end_minute)),
    )
    return (_question(kind) for kind, is_open in checks if is_open)


def _lacks_hours(place: Place) -> bool:
    return place.min_minutes_per_week is None or place.max_minutes_per_week is None


def _journey(person: Person, place: Place) -> Asked:
    if None in (person.latitude, person.longitude):
        yield _question(QuestionKind.LOCATION)
    if None in (place.latitude, place.longitude):
        yield _question(QuestionKind.PLACE_LOCATION)


def _votes(person: Person, place: Place, rules: Rules) -> Asked:
    known = sorted(set(place.activities) & rules.activity_map.positions.keys() - person.votes.keys())
    return (_question(QuestionKind.VOTE, key) for key in known)


def _preferences(person: Person, place: Place, rules: Rules) -> Asked:
    """Ask each side about the poles the other side has chosen; 0 is no choice."""
    for key in rules.layout.preferences:
        if person.preferences.get(key) and key not in place.preferences:
            yield _question(QuestionKind.PLACE_PREFERENCE, key)
        elif place.preferences.get(key) and key not in person.preferences:
            yield _question(QuestionKind.PREFERENCE, key)
