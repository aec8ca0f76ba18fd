"""What is unknown and would matter: hard limits, then capacities, the practical, wishes, preferences."""

from functools import cache

from aktema.matching.engine.answers import Question, QuestionKind, question
from aktema.matching.engine.sides import PersonSide, PlaceSide, Stated, Told

Asked = list[Question]


def questions_for(person: PersonSide, place: PlaceSide) -> tuple[Question, ...]:
    return (
        *_constraints(person, place),
        *_capacities(person, place),
        *_practical(person.told, place.stated),
        *_votes(person, place),
        *_preferences(person, place),
    )


def _constraints(person: PersonSide, place: PlaceSide) -> Asked:
    return [one for need, one in person.asks_needs if need not in place.place.constraints]


def _capacities(person: PersonSide, place: PlaceSide) -> Asked:
    fresh, dated = person.fresh, person.dated
    return [dated.get(key, unknown) for key, unknown in place.asks_capacities if key not in fresh]


@cache
def _practical(told: Told, stated: Stated) -> tuple[Question, ...]:
    """Ask only what the other side has an opinion on, but always where they are."""
    checks = (
        (QuestionKind.HOURS, stated.some_hours and not told.hours),
        (QuestionKind.PLACE_HOURS, told.hours and not stated.all_hours),
        (QuestionKind.DAYS, stated.days and not told.days),
        (QuestionKind.PLACE_DAYS, told.days and not stated.days),
        (QuestionKind.PLACE_DAY_LENGTH, told.day_length and not stated.day_length),
        (QuestionKind.PLACE_TIMES, told.times and not stated.times),
        (QuestionKind.LOCATION, not told.home),
        (QuestionKind.PLACE_LOCATION, not stated.spot),
    )
    return tuple([question(kind) for kind, is_open in checks if is_open])


def _votes(person: PersonSide, place: PlaceSide) -> Asked:
    votes = person.person.votes
    return [one for key, one in place.asks_votes if key not in votes]


def _preferences(person: PersonSide, place: PlaceSide) -> Asked:
    """Ask each side about the poles the other side has chosen, by id."""
    chosen, others = place.asks_poles, person.asks_poles
    unknown = place.chosen.difference(person.person.preferences)
    unknown |= person.chosen.difference(place.place.preferences)
    return [chosen[key] if key in chosen else others[key] for key in sorted(unknown)]
