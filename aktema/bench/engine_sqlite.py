"""The rival of one SQLite statement: the same filters and score, with FTS5's rank for the words.

An R*Tree finds what is near, the person's likings are put in a small table before the statement, and FTS5
ranks by BM25, title before description. Everything is in memory. SQLite has no arrays, so each statement is
written for its person: only the dimensions that the person has said something of are in it.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from aktema.bench import engine_rivals as rules
from aktema.bench import engine_sql as sql
from aktema.bench.engine_rivals import PersonSide, PersonSides, RivalAbsentError, Scored
from aktema.matching.engine import Person, Place, Vocabulary

NEEDED_OPTIONS = ("ENABLE_MATH_FUNCTIONS", "ENABLE_FTS5", "ENABLE_RTREE")
TEXTS = "CREATE VIRTUAL TABLE place_text USING fts5(title, description, content='')"
SPOTS = "CREATE VIRTUAL TABLE spot USING rtree(id, south, north, west, east)"
INSERT_TEXT = "INSERT INTO place_text (rowid, title, description) VALUES (?, ?, ?)"
LIKINGS = "CREATE TABLE liking (activity INTEGER PRIMARY KEY, value REAL)"
FILL_LIKINGS = "INSERT OR REPLACE INTO liking VALUES (?, ?)"
FILL_SPOTS = """INSERT INTO spot SELECT id, latitude, latitude, longitude, longitude FROM place
    WHERE latitude IS NOT NULL AND longitude IS NOT NULL"""
UNKNOWN_SPOTS = "CREATE INDEX unknown_spot ON place (id) WHERE latitude IS NULL OR longitude IS NULL"
TITLE_WEIGHT, DESCRIPTION_WEIGHT = 2.0, 1.0
BM25_SCALE = 20.0
"""BM25 has no upper end; a rank of so much counts as 1."""
DAY_BITS = 7


class SqliteRival:
    """One statement per request."""

    name = "SQLite FTS5"

    def __init__(self, places: Iterable[Place], vocabulary: Vocabulary) -> None:
        self._vocabulary, self._sides = vocabulary, PersonSides(vocabulary)
        self._connection = sqlite3.connect(":memory:")
        missing = [name for name in NEEDED_OPTIONS if not self._has(name)]
        if missing:
            raise RivalAbsentError(f"this SQLite lacks {', '.join(missing)}")
        self._fill(places)

    def suggest(self, person: Person, limit: int = 20) -> Scored:
        side = self._sides.of(person)
        facts: dict[str, Any] = {**sql.facts_of(side), **sql.poles_of(side), "rows": limit}
        facts["declined"] = json.dumps(side.declined)
        facts["wish"] = " OR ".join(f'"{word}"' for word in person.wish_text.split())
        statement = _statement(self._vocabulary, side, has_wish=bool(facts["wish"]))
        self._connection.executemany(FILL_LIKINGS, enumerate(side.liking.tolist(), start=1))
        return [(key, score) for key, score in self._connection.execute(statement, facts)]

    def close(self) -> None:
        self._connection.close()

    def _has(self, option: str) -> bool:
        return bool(self._connection.execute("SELECT sqlite_compileoption_used(?)", (option,)).fetchone()[0])

    def _fill(self, places: Iterable[Place]) -> None:
        run = self._connection.execute
        for statement in (sql.table(self._vocabulary, "INTEGER", "REAL"), TEXTS, SPOTS, LIKINGS):
            run(statement)
        columns = rules.columns_for(self._vocabulary).all
        insert = f"INSERT INTO place VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - made of names and numbers of our own
        self._connection.executemany(insert, rules.rows_of(self._with_texts(places), self._vocabulary))
        for statement in (FILL_SPOTS, UNKNOWN_SPOTS, "ANALYZE"):
            run(statement)

    def _with_texts(self, places: Iterable[Place]) -> Iterator[Place]:
        """The places, whose texts are stored as they pass."""
        for place in places:
            self._connection.execute(INSERT_TEXT, (place.id, place.title, place.description))
            yield place


def _statement(vocabulary: Vocabulary, side: PersonSide, *, has_wish: bool) -> str:
    """The whole question; a comparison with NULL, where a place has not said, lets no gate fall."""
    near = """AND id IN (SELECT id FROM spot WHERE south <= :north AND north >= :south AND west <= :east
              AND east >= :west UNION ALL SELECT id FROM place WHERE latitude IS NULL OR longitude IS NULL)"""
    slots = rules.columns_for(vocabulary).activities
    liking = " + ".join(f"of_{slot}.value" for slot in slots)
    likings = " ".join(f"JOIN liking AS of_{slot} ON of_{slot}.activity = {slot}" for slot in slots)
    return f"""
    WITH gated AS MATERIALIZED (
      SELECT *, round({rules.BASE_MINUTES} + {rules.MINUTES_PER_KM * 2 * rules.EARTH_KM} * asin(sqrt(
          pow(sin(radians(latitude - :latitude) / 2), 2) + cos(radians(:latitude)) * cos(radians(latitude))
          * pow(sin(radians(longitude - :longitude) / 2), 2)))) AS travel, {_common_days()} AS common
      FROM place
      WHERE is_live = 1 AND places_left >= 1 AND unmet & :needs = 0
        AND coalesce(min_week <= :weekly, 1) AND coalesce(day_minutes <= :daily, 1)
        AND coalesce(min(ends, :latest) - max(starts, :earliest) >= max(coalesce(day_minutes, 1), 1), 1)
        AND id NOT IN (SELECT value FROM json_each(:declined))
        {near if side.travel_limit is not None else ""}
    ),
    word (id, words) AS MATERIALIZED ({_words() if has_wish else "SELECT 0, 0.0"}),
    part AS MATERIALIZED (
      SELECT id, readiness, stated, ({liking}) / activity_count AS liking, {_gain(side)} AS gain,
        {sql.pull(vocabulary, ":pole{}")} AS pull, coalesce(words, 0.0) AS words,
        coalesce(max(0.0, min(1.0, ({rules.FAR_MINUTES} - travel)
          / {rules.FAR_MINUTES - rules.BASE_MINUTES})), 0.5) AS travel_term,
        coalesce(min(1.0, max_week * 1.0 / :weekly), 0.5) AS hours_term,
        coalesce(common * 1.0 / :day_count, 0.5) AS days_term
      FROM gated {likings} LEFT JOIN word USING (id)
      WHERE coalesce(common >= min_days, 1) AND coalesce(travel <= :limit, 1)
    )
    SELECT id, {sql.SCORE} AS score FROM part ORDER BY round(score, 12) DESC, readiness DESC, id
    LIMIT :rows"""  # noqa: S608 - made of names and numbers of our own


def _words() -> str:
    return f"""SELECT rowid, min(1.0, -bm25(place_text, {TITLE_WEIGHT}, {DESCRIPTION_WEIGHT}) / {BM25_SCALE})
        FROM place_text WHERE place_text MATCH :wish"""  # noqa: S608 - made of names and numbers of our own


def _common_days() -> str:
    """SQLite counts no bits."""
    return " + ".join(f"((weekdays & :weekdays) >> {day} & 1)" for day in range(DAY_BITS))


def _gain(side: PersonSide) -> str:
    """What the known capacities add to the sum behind the fit."""
    step, most = 1 / (rules.LEVELS - 1), 1 - rules.FIT_NEUTRAL
    known = [
        (key, level) for key, level in enumerate(side.capacities.tolist(), start=1) if not np.isnan(level)
    ]
    terms = (
        f"(demand{key} > 0) * ({most} - {step} * max(0, demand{key} - {level:g}))" for key, level in known
    )
    return " + ".join(terms) or "0.0"
