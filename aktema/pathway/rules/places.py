"""Whether a placement has room: as many can be there at a time as it has places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stay:
    """From one day to another, both included; what is not said is without end."""

    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def has_room(places: int, wanted: Stay, others: Iterable[Stay]) -> bool:
    """Whether one more fits on every day of the wanted stay. The crowd only grows on a first day."""
    stays: Sequence[Stay] = tuple(others)
    first_days = {other.first for other in stays if other.first is not None and wanted.holds_on(other.first)}
    looked_at = first_days | {wanted.first or date.min}
    return all(sum(stay.holds_on(day) for stay in stays) < places for day in looked_at)


def covering(stays: Iterable[Stay]) -> Stay:
    """The shortest stay that holds them all; open at an end at which any of them is."""
    firsts, lasts = zip(*((stay.first, stay.last) for stay in stays), strict=True)
    return Stay(
        None if None in firsts else min(day for day in firsts if day is not None),
        None if None in lasts else max(day for day in lasts if day is not None),
    )
