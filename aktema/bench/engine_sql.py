"""What the two databases share: tables wide enough to need no joins, and the score as one expression.

A table of demands with one row per place and dimension is the textbook's way, and every request would have
to join and add up those rows for each place. Here each place is one narrow row with a column per
dimension and preference, gates are bits and comparisons, and the text lies beside it, looked up for those
places only that pass the gates.
"""

from collections.abc import Mapping
from typing import Any

from aktema.bench import engine_rivals as rules
from aktema.bench.engine_rivals import PersonSide
from aktema.matching.engine import Vocabulary

FRACTIONS = frozenset({"readiness", "latitude", "longitude"})


def table(vocabulary: Vocabulary, whole: str, fraction: str) -> str:
    """The statement that makes the table of places; names of the column types are the database's."""
    columns = [
        f"{name} {fraction if name in FRACTIONS else whole}" for name in rules.columns_for(vocabulary).all[1:]
    ]
    return f"CREATE TABLE place (id INTEGER PRIMARY KEY, {', '.join(columns)})"


def pull(vocabulary: Vocabulary, parameter: str) -> str:
    """Sum of pole times pole, in wholes where a strong agreement is four. `parameter` has {} for the number."""
    return " + ".join(
        f"pole{key} * {parameter.format(key)}" for key in range(1, len(vocabulary.preferences) + 1)
    )


SCORE = f"""
    {rules.WISH} * (0.5 + 0.5 * (liking + {rules.WORDS_REACH} * (1 - abs(liking)) * words))
    + {rules.FIT} * ({rules.FIT_NEUTRAL} + gain / stated)
    + {rules.PREFERENCES} * (0.5 + 0.5 * pull / {rules.STRONGEST_POLES}.0
        / ({rules.PULL_HALF} + abs(pull / {rules.STRONGEST_POLES}.0)))
    + {rules.PRACTICAL} * (0.5 + {rules.TRAVEL_SHARE} * (travel_term - 0.5)
        + {rules.HOURS_SHARE} * (hours_term - 0.5)
        + {rules.DAYS_SHARE} * (days_term - 0.5))"""
"""The score out of liking, words, gain, stated, pull and the three practical terms."""


def facts_of(side: PersonSide) -> dict[str, Any]:
    """The parameters that both databases take."""
    south, north, west, east = side.box() or (-90.0, 90.0, -180.0, 180.0)
    return {
        "needs": side.needs,
        "weekdays": side.weekdays,
        "day_count": side.day_count,
        "earliest": side.earliest,
        "latest": side.latest,
        "weekly": side.weekly_minutes,
        "daily": side.daily_minutes,
        "limit": side.travel_limit if side.travel_limit is not None else 10**6,
        "latitude": side.latitude,
        "longitude": side.longitude,
        "south": south,
        "north": north,
        "west": west,
        "east": east,
    }


def poles_of(side: PersonSide) -> Mapping[str, int]:
    return {f"pole{number}": pole for number, pole in enumerate(side.poles.tolist(), start=1)}
