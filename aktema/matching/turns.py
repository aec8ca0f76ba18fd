"""Whose turn it is among equals: pure, and the same all day."""

from collections.abc import Collection, Mapping
from datetime import date
from hashlib import blake2b


def daily_order(
    place_ids: Collection[int], employer_turns: Mapping[int, date], day: date
) -> Mapping[int, float]:
    """Return each place's turn on the day, above 0 and at most 1, the highest first; it is only to break ties.

    employer_turns: place -> the day its employer was last asked, missing where never. Those never asked come first,
    then those asked longest ago, and among those of one day chance, drawn anew every day.
    """
    first = sorted(
        set(place_ids), key=lambda place: (employer_turns.get(place, date.min), _chance(day, place))
    )
    return {place: 1 - position / len(first) for position, place in enumerate(first)}


def _chance(day: date, place: int) -> bytes:
    return blake2b(f"{day.isoformat()} {place}".encode(), digest_size=8).digest()
