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
        *_votes(person, place),
        *_preferences(person, place, rules),
    )


def _constraints(person: Person, place: Place) -> Asked:
    unknown = [need for need in person.needs if place.constraints.get(need) is None]
    return [_question(QuestionKind.CONSTRAINT, need) for need in sorted(unknown)]


def _capacities(person: Person, place: Place, rules: Rules) -> Asked:
    """Ask first where the demand is highest, then about core dimensions."""
    known, found = person.capacities, []
    for key, demand in place.demands.items():
        if demand and (key not in known or known[key].is_dated):
            kind = QuestionKind.CAPACITY_DATED if key in known else QuestionKind.CAPACITY
            found.append((-demand, not rules.dimensions[key].is_core, key, kind))
    return [_question(kind, key) for _, _, key, kind in sorted(found)]


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
    return [_question(kind) for kind, is_open in checks if is_open]


def _lacks_hours(place: Place) -> bool:
    return place.min_minutes_per_week is None or place.max_minutes_per_week is None


def _journey(person: Person, place: Place) -> Asked:
    checks = (
        (QuestionKind.LOCATION, None in (person.latitude, person.longitude)),
        (QuestionKind.PLACE_LOCATION, None in (place.latitude, place.longitude)),
    )
    return [_question(kind) for kind, is_open in checks if is_open]


def _votes(person: Person, place: Place) -> Asked:
    return [_question(QuestionKind.VOTE, key) for key in place.activities if key not in person.votes]


def _preferences(person: Person, place: Place, rules: Rules) -> Asked:
    """Ask each side about the poles the other side has chosen; 0 is no choice."""
    own, poles = person.preferences, place.preferences
    asked = [(key, QuestionKind.PREFERENCE) for key, pole in poles.items() if pole and key not in own]
    chosen = [key for key in own.keys() & rules.layout.preferences.keys() if own[key]]
    asked += [(key, QuestionKind.PLACE_PREFERENCE) for key in chosen if key not in poles]
    return [_question(kind, key) for key, kind in sorted(asked)]
