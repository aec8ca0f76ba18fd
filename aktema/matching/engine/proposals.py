"""Changes that could make a place fit, and what each does to the facts.

A change is a proposal to talk about, never a demand. The person's own changes count at every place; those at the
place count there alone. An adaptation counts as raising the capacity in its dimension to what the place demands.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product
from typing import TypeAlias

from aktema.matching.engine.answers import Gap, Gate, Lift
from aktema.matching.engine.types import Capacity, Person, Place

HOUR, HALF_HOUR, TRAVEL_STEP = 60, 30, 5
# Nobody is asked to travel longer than this one way; a place further away takes moving house.
LONGEST_JOURNEY = 120
# Gates that nothing at the person or in the place's conditions can lift.
FIXED_GATES = frozenset({Gate.NOT_LIVE, Gate.FULL})


class ChangeKind(StrEnum):
    """What is changed; the comment says what the change holds."""

    ADAPTATION = "adaptation"  # key: adaptation, dimension; the level before and after
    CONSTRAINT_MET = "constraint_met"  # key: constraint
    TAKE_BACK_NO = "take_back_no"
    HOURS = "hours"  # minutes a week, of which the new ones are whole hours
    DAY_MOVED = "day_moved"  # weekdays, 0 is Monday
    DAY_ADDED = "day_added"  # after: the weekday
    DAY_LENGTH = "day_length"  # minutes
    EARLIER_START = "earlier_start"  # minutes after midnight
    LATER_END = "later_end"  # minutes after midnight
    JOURNEY = "journey"  # minutes one way


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: what it is about, and how it is before and after."""

    kind: ChangeKind
    key: int | None = None
    dimension: int | None = None
    before: int = 0
    after: int = 0


Changes: TypeAlias = tuple[Change, ...]
AT_THE_PLACE = frozenset({ChangeKind.ADAPTATION, ChangeKind.CONSTRAINT_MET})


def person_with(person: Person, changes: Iterable[Change]) -> Person:
    """Return the person as every place sees them once the person's own changes are made."""
    for change in changes:
        if change.kind not in AT_THE_PLACE:
            person = _MADE[change.kind](person, change)
    return person


def person_at(person: Person, changes: Iterable[Change]) -> Person:
    """Return the person as the place itself sees them once all changes are made."""
    for change in changes:
        person = _MADE[change.kind](person, change)
    return person


def _with_day(person: Person, change: Change) -> Person:
    days = person.weekdays or frozenset()
    gone = {change.before} if change.kind is ChangeKind.DAY_MOVED else set()
    return replace(person, weekdays=days - gone | {change.after})


def _with_capacity(person: Person, change: Change) -> Person:
    raised = {} if change.dimension is None else {change.dimension: Capacity(level=change.after)}
    return replace(person, capacities={**person.capacities, **raised})


_MADE: Mapping[ChangeKind, Callable[[Person, Change], Person]] = {
    ChangeKind.ADAPTATION: _with_capacity,
    ChangeKind.CONSTRAINT_MET: lambda person, one: replace(person, needs=person.needs - {one.key}),
    ChangeKind.TAKE_BACK_NO: lambda person, one: replace(person, declined=person.declined - {one.key}),
    ChangeKind.HOURS: lambda person, one: replace(person, weekly_minutes=one.after),
    ChangeKind.DAY_MOVED: _with_day,
    ChangeKind.DAY_ADDED: _with_day,
    ChangeKind.DAY_LENGTH: lambda person, one: replace(person, max_minutes_per_day=one.after),
    ChangeKind.EARLIER_START: lambda person, one: replace(person, earliest_start=one.after),
    ChangeKind.LATER_END: lambda person, one: replace(person, latest_end=one.after),
    ChangeKind.JOURNEY: lambda person, one: replace(person, max_travel_minutes=one.after),
}


def lifting(person: Person, place: Place, lifts: Sequence[Lift]) -> Changes | None:
    """Return the fewest changes that lift every gate, of equal sets the one that asks least; None when none do."""
    ways = [list(LIFTERS[lift.gate](person, place, lift)) if lift.gate in LIFTERS else [] for lift in lifts]
    sets = (tuple(change for way in chosen for change in way) for chosen in product(*ways))
    return min(sets, key=len, default=None)


Ways: TypeAlias = Iterator[Changes]


def _take_back(_person: Person, place: Place, _lift: Lift) -> Ways:
    yield (Change(kind=ChangeKind.TAKE_BACK_NO, key=place.id),)


def _meet(_person: Person, _place: Place, lift: Lift) -> Ways:
    yield (Change(kind=ChangeKind.CONSTRAINT_MET, key=lift.key),)


def _work_more(_person: Person, _place: Place, lift: Lift) -> Ways:
    yield (_moved(ChangeKind.HOURS, lift.has, _up(lift.needed, HOUR)),)


def _work_longer_days(_person: Person, _place: Place, lift: Lift) -> Ways:
    yield (_moved(ChangeKind.DAY_LENGTH, lift.has, _up(lift.needed, HALF_HOUR)),)


def _travel_longer(_person: Person, _place: Place, lift: Lift) -> Ways:
    after = _up(lift.needed, TRAVEL_STEP)
    if after <= LONGEST_JOURNEY:
        yield (_moved(ChangeKind.JOURNEY, lift.has, after),)


def _more_days(person: Person, place: Place, lift: Lift) -> Ways:
    short = (lift.needed or 0) - (lift.has or 0)
    return (chosen for chosen in combinations(day_changes(person, place), short) if go_together(chosen))


def _other_times(person: Person, place: Place, lift: Lift) -> Ways:
    """Begin earlier, end later, or both; never beyond what the place's day can give."""
    start, end, needed = place.start_minute or 0, place.end_minute or 0, lift.needed or 0
    earliest, latest = person.earliest_start, person.latest_end
    until = end if latest is None else min(end, latest)
    since = start if earliest is None else max(start, earliest)
    begin, leave = _down(until - needed), _up(since + needed, HALF_HOUR)
    if earliest is not None and until - needed >= start:
        yield (_moved(ChangeKind.EARLIER_START, earliest, begin),)
    if latest is not None and since + needed <= end:
        yield (_moved(ChangeKind.LATER_END, latest, leave),)
    if earliest is not None and latest is not None and start + needed <= end:
        yield (
            _moved(ChangeKind.EARLIER_START, earliest, _down(start)),
            _moved(ChangeKind.LATER_END, latest, _up(start + needed, HALF_HOUR)),
        )


LIFTERS: Mapping[Gate, Callable[[Person, Place, Lift], Ways]] = {
    Gate.DECLINED: _take_back,
    Gate.CONSTRAINT: _meet,
    Gate.HOURS: _work_more,
    Gate.DAYS: _more_days,
    Gate.DAY_LENGTH: _work_longer_days,
    Gate.TIMES: _other_times,
    Gate.TRAVEL: _travel_longer,
}


def day_changes(person: Person, place: Place) -> Changes:
    """Return each spare day moved to the nearest day the place has, then each such day added."""
    if person.weekdays is None or place.weekdays is None:
        return ()
    missing, spare = sorted(place.weekdays - person.weekdays), sorted(person.weekdays - place.weekdays)
    moves = [(day, min(missing, key=lambda other: (abs(other - day), other))) for day in spare if missing]
    moves.sort(key=lambda move: abs(move[0] - move[1]))
    moved = [Change(kind=ChangeKind.DAY_MOVED, before=day, after=other) for day, other in moves]
    return (*moved, *(Change(kind=ChangeKind.DAY_ADDED, after=day) for day in missing))


def go_together(changes: Changes) -> bool:
    """Return whether no day is won twice."""
    days = [one.after for one in changes if one.kind in (ChangeKind.DAY_MOVED, ChangeKind.DAY_ADDED)]
    return len(days) == len(set(days))


def adaptation_for(gap: Gap) -> Change | None:
    """Return the adaptation that closes the gap: one the place offers before one to ask for."""
    if not gap.adaptations:
        return None
    return Change(
        kind=ChangeKind.ADAPTATION,
        key=gap.adaptations[0],
        dimension=gap.dimension,
        before=gap.capacity,
        after=gap.demand,
    )


def fewer_hours(person: Person, place: Place) -> Changes:
    """Return the whole hours that the place can give, when the person wants more than that."""
    wanted, most = person.weekly_minutes, place.max_minutes_per_week
    if wanted is None or most is None or wanted <= most or most < HOUR:
        return ()
    return (_moved(ChangeKind.HOURS, wanted, most // HOUR * HOUR),)


def _moved(kind: ChangeKind, before: int | None, after: int) -> Change:
    return Change(kind=kind, before=before or 0, after=after)


def _up(minutes: int | None, step: int) -> int:
    return -(-(minutes or 0) // step) * step


def _down(minutes: int) -> int:
    return minutes // HALF_HOUR * HALF_HOUR
