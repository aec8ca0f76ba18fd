"""The rival of one PostgreSQL statement: filters, structured score and full-text rank, in a schema of its own.

Tuned as far as seemed fair: an index over coordinates for what is near, text in a table beside the places and
ranked only for those that pass the gates (a GIN index is there, but every such place gets a score, so the
planner has no use for it), the person's tables as arrays, fresh statistics, a plan of its own for each person,
two workers for the scan behind the gates. Just-in-time compiling is off: it would compile anew for every
person. Words are ranked by `ts_rank` over Swedish stems, title before description.
"""

from collections.abc import Iterable
from typing import Any

from aktema.bench import engine_rivals as rules
from aktema.bench import engine_sql as sql
from aktema.bench.engine_rivals import PersonSides, RivalAbsentError, Scored
from aktema.matching.engine import Person, Place, Vocabulary

SETTINGS = (
    "search_path = aktema_bench",
    "jit = off",
    "plan_cache_mode = force_custom_plan",
    "work_mem = '256MB'",
    "maintenance_work_mem = '1GB'",
    "effective_cache_size = '8GB'",
    "random_page_cost = 1.1",
    "min_parallel_table_scan_size = 0",
    "parallel_setup_cost = 10",
    "parallel_tuple_cost = 0.01",
)
DROP = "DROP SCHEMA IF EXISTS aktema_bench CASCADE"
SERVER = "AKTEMA_BENCH_DATABASE"
"""The environment variable that names the server."""
TEXTS = "CREATE TABLE place_text (id integer PRIMARY KEY, words tsvector NOT NULL)"
INDEXES = (
    "CREATE INDEX ON place (latitude, longitude)",
    "CREATE INDEX ON place_text USING gin (words)",
    "VACUUM ANALYZE place",
    "VACUUM ANALYZE place_text",
)
TEXT_OF = (
    "setweight(to_tsvector('swedish', title), 'A') || setweight(to_tsvector('swedish', description), 'B')"
)


class PostgresRival:
    """One statement per request, on one open connection."""

    name = "PostgreSQL"

    def __init__(self, places: Iterable[Place], vocabulary: Vocabulary, url: str | None) -> None:
        """`url` is SQLAlchemy's, of a role that may make schemas; raises RivalAbsentError without one."""
        if not url:
            raise RivalAbsentError(f"there is no PostgreSQL here, nor does {SERVER} name one")
        self._sides, self._connection = PersonSides(vocabulary), _connected(url)
        try:
            self._fill(places, vocabulary)
        except BaseException:
            self.close()
            raise
        self._near, self._anywhere = (_statement(vocabulary, near=near) for near in (True, False))

    def suggest(self, person: Person, limit: int = 20) -> Scored:
        side = self._sides.of(person)
        facts: dict[str, Any] = {**sql.facts_of(side), **sql.poles_of(side), "declined": list(side.declined)}
        facts |= {"liking": side.liking.tolist(), "gains": side.gains(), "rows": limit}
        facts["wish"] = " or ".join(person.wish_text.split())
        statement = self._anywhere if side.travel_limit is None else self._near
        found = self._connection.execute(statement, facts, prepare=True).fetchall()
        return [(key, score) for key, score in found]

    def close(self) -> None:
        self._connection.execute(DROP)
        self._connection.close()

    def _fill(self, places: Iterable[Place], vocabulary: Vocabulary) -> None:
        run = self._connection.execute
        for statement in (*(f"SET {setting}" for setting in SETTINGS), DROP, "CREATE SCHEMA aktema_bench"):
            run(statement)
        run(sql.table(vocabulary, "integer", "double precision"))
        run("CREATE UNLOGGED TABLE loaded (id integer, title text, description text)")
        run(TEXTS)
        columns = ", ".join(rules.columns_for(vocabulary).all)
        texts: list[tuple[int, str, str]] = []
        self._copy(f"place ({columns})", rules.rows_of(rules.noting_texts(places, texts), vocabulary))
        self._copy("loaded", texts)
        run(f"INSERT INTO place_text SELECT id, {TEXT_OF} FROM loaded")  # noqa: S608 - made of names and numbers of our own
        run("DROP TABLE loaded")
        for statement in INDEXES:
            run(statement)

    def _copy(self, into: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self._connection.cursor().copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _connected(url: str) -> Any:
    from sqlalchemy import create_engine

    pooled = create_engine(url, isolation_level="AUTOCOMMIT").raw_connection()
    connection = pooled.driver_connection
    pooled.detach()
    return connection


def _statement(vocabulary: Vocabulary, *, near: bool) -> str:
    """The whole question. Each gate compares with NULL where a place has not said, and then does not fall."""
    levels = rules.LEVELS
    gain = " + ".join(
        f"(%(gains)s::float8[])[{levels * number + 1} + demand{number + 1}]"
        for number in range(len(vocabulary.dimensions))
    )
    slots = " + ".join(f"(%(liking)s::float8[])[{slot}]" for slot in rules.columns_for(vocabulary).activities)
    inside = "latitude BETWEEN %(south)s AND %(north)s AND longitude BETWEEN %(west)s AND %(east)s"
    spot = f"AND (latitude IS NULL OR longitude IS NULL OR ({inside}))"
    return f"""
    SELECT id, score FROM (
      SELECT id, readiness, {sql.SCORE} AS score FROM (
        SELECT id, readiness, stated, ({slots}) / activity_count AS liking, {gain} AS gain,
          {sql.pull(vocabulary, "%(pole{})s::int")} AS pull,
          greatest(0, least(1, coalesce(({rules.FAR_MINUTES} - travel)
            / {rules.FAR_MINUTES - rules.BASE_MINUTES}, 0.5))) AS travel_term,
          least(1, coalesce(max_week / %(weekly)s::float8, 0.5)) AS hours_term,
          coalesce(common / %(day_count)s::float8, 0.5) AS days_term,
          greatest(0, least(1, (ts_rank(words, asked) - {rules.CHANCE})
            / {rules.CLEAR - rules.CHANCE})) AS words
        FROM (
          SELECT place.*, bit_count((weekdays & %(weekdays)s::int)::bit(8)) AS common,
            round({rules.BASE_MINUTES} + {rules.MINUTES_PER_KM * 2 * rules.EARTH_KM} * asin(sqrt(
              sin(radians(latitude - %(latitude)s::float8) / 2) ^ 2 + cos(radians(%(latitude)s::float8))
              * cos(radians(latitude)) * sin(radians(longitude - %(longitude)s::float8) / 2) ^ 2))) AS travel
          FROM place
          WHERE is_live = 1 AND places_left >= 1 AND unmet & %(needs)s::int <= 0
            AND (min_week IS NULL OR min_week <= %(weekly)s)
            AND (day_minutes IS NULL OR day_minutes <= %(daily)s)
            AND (starts IS NULL OR ends IS NULL OR least(ends, %(latest)s) - greatest(starts, %(earliest)s)
              >= greatest(day_minutes, 1))
            AND id <> ALL (%(declined)s::int[]) {spot if near else ""}
          OFFSET 0
        ) AS gated
        JOIN place_text USING (id)
        CROSS JOIN (SELECT websearch_to_tsquery('swedish', %(wish)s) AS asked) AS wish
        WHERE (common IS NULL OR common >= min_days) AND (travel IS NULL OR travel <= %(limit)s)
        OFFSET 0
      ) AS part
      OFFSET 0
    ) AS whole
    ORDER BY round(score::numeric, 12) DESC, readiness DESC, id LIMIT %(rows)s"""  # noqa: S608 - made of names and numbers of our own
