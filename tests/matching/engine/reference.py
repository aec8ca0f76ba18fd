"""The same arithmetic once more, one place at a time in plain Python, for the engine to equal."""

from math import asin, cos, radians, sin, sqrt

from aktema.matching.engine import Gate, Settings

SETTINGS = Settings()


def saturate(total, half):
    return total / (half + abs(total))


def activity_value(person, activity, vocabulary):
    vote = {one.id: person.votes.get(one.id, 0) / 2 for one in vocabulary.activities}
    others = [one for one in vocabulary.activities if one.id != activity.id]
    group = saturate(sum(vote[one.id] for one in others if one.group == activity.group), 2)
    pulls = [saturate(sum(vote[o.id] for o in others if letter in o.riasec), 6) for letter in activity.riasec]
    kind = sum(pulls) / max(len(pulls), 1)
    own = vote[activity.id]
    return own + (1 - abs(own)) * (0.8 * group + (1 - abs(group)) * 0.3 * kind)


def wish(person, place, vocabulary):
    known = [one for one in vocabulary.activities if one.id in place.activities]
    values = [activity_value(person, one, vocabulary) for one in known]
    return 0.5 + 0.5 * sum(values) / max(len(values), 1)


def fit(person, place, vocabulary):
    terms = []
    for dimension in vocabulary.dimensions:
        demand, capacity = place.demands.get(dimension.id, 0), person.capacities.get(dimension.id)
        if demand >= 1:
            terms.append(0.75 if capacity is None else 1 - max(0, demand - capacity.level) / 4)
    return sum(terms) / len(terms) if terms else 0.75


def preferences(person, place, vocabulary):
    pull = sum(
        person.preferences.get(one, 0) * place.preferences.get(one, 0) / 4 for one in vocabulary.preferences
    )
    return 0.5 + 0.5 * saturate(pull, 2)


def travel(person, place):
    if None in (person.latitude, person.longitude, place.latitude, place.longitude):
        return None
    here, there = radians(person.latitude), radians(place.latitude)
    east = radians(place.longitude - person.longitude)
    bend = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(east / 2) ** 2
    return round(10 + 1.5 * 2 * 6371 * asin(sqrt(bend)))


def practical(person, place):
    journey, hours, days = travel(person, place), None, None
    if person.weekly_minutes is not None and place.max_minutes_per_week is not None:
        hours = min(1, place.max_minutes_per_week / person.weekly_minutes)
    if person.weekdays is not None and place.weekdays is not None:
        days = len(person.weekdays & place.weekdays) / max(len(person.weekdays), 1)
    near = None if journey is None else min(1, max(0, (90 - journey) / 80))
    near, hours, days = (0.5 if term is None else term for term in (near, hours, days))
    return 0.5 * near + 0.25 * hours + 0.25 * days


def parts(person, place, vocabulary):
    return (
        wish(person, place, vocabulary),
        fit(person, place, vocabulary),
        preferences(person, place, vocabulary),
        practical(person, place),
    )


def score(person, place, vocabulary):
    wish_part, fit_part, preferences_part, practical_part = parts(person, place, vocabulary)
    return 0.45 * wish_part + 0.3 * fit_part + 0.15 * preferences_part + 0.1 * practical_part


def is_above(value, limit):
    return value is not None and limit is not None and value > limit


def shared_minutes(person, place):
    has_times = (person.earliest_start, person.latest_end) != (None, None)
    if not has_times or None in (place.start_minute, place.end_minute):
        return None
    latest = 1440 if person.latest_end is None else person.latest_end
    return min(latest, place.end_minute) - max(person.earliest_start or 0, place.start_minute)


def fallen(person, place):
    both_days = person.weekdays is not None and place.weekdays is not None
    common = len(person.weekdays & place.weekdays) if both_days else None
    checks = {
        Gate.NOT_LIVE: not place.is_live,
        Gate.FULL: place.places_left < 1,
        Gate.DECLINED: place.id in person.declined,
        Gate.TRAVEL: is_above(travel(person, place), person.max_travel_minutes),
        Gate.CONSTRAINT: any(place.constraints.get(need) is False for need in person.needs),
        Gate.HOURS: is_above(place.min_minutes_per_week, person.weekly_minutes),
        Gate.DAYS: is_above(max(1, place.min_days or 1), common),
        Gate.DAY_LENGTH: is_above(place.minutes_per_day, person.max_minutes_per_day),
        Gate.TIMES: is_above(max(1, place.minutes_per_day or 1), shared_minutes(person, place)),
    }
    return [gate for gate, fell in checks.items() if fell]


def ordered(person, stock, vocabulary):
    """The ids of the places that may be suggested, by score, readiness and id."""
    found = [place for place in {place.id: place for place in stock}.values() if not fallen(person, place)]
    keys = {p.id: (-round(score(person, p, vocabulary), 9), -p.employer_readiness, p.id) for p in found}
    return sorted(keys, key=keys.__getitem__)
