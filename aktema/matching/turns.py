"""Whose turn it is among equals: pure, and the same all day."""

from collections.abc import Collection, Mapping
from datetime import date
from hashlib import blake2b


def daily_order(
    place_ids: Collection[int],
    employer_turns: Mapping[int, date],
    day: date,
    silent: Collection[int] = frozenset(),
) -> Mapping[int, float]:
    """Return each place's turn on the day, above 0 and at most 1, the highest first; it is only to break ties.

    employer_turns: place -> the day its employer was last asked, missing where never. Those never asked come first,
    then those asked longest ago, and among those of one day chance, drawn anew every day. silent: the places whose
    employer did not answer the last question; they come after all others.
    """
    last = frozenset(silent)

    def turn(place: int) -> tuple[bool, date, bytes]:
        return place in last, employer_turns.get(place, date.min), _chance(day, place)

    first = sorted(set(place_ids), key=turn)
    return {place: 1 - position / len(first) for position, place in enumerate(first)}


def _chance(day: date, place: int) -> bytes:
    return blake2b(f"{day.isoformat()} {place}".encode(), digest_size=8).digest()
