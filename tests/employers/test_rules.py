"""The tables of moves and the rules of times, publishing and liveness."""

from dataclasses import asdict
from datetime import date
from itertools import product

import pytest

from aktema.employers import words
from aktema.employers.rules import (
    Advice,
    Need,
    Readiness,
    Shown,
    Times,
    TimesProblem,
    is_live,
    missing_advice,
    missing_needs,
    places_left,
    times_problems,
    weekday_bits,
    weekdays_of,
)
from aktema.employers.states import Move, State, find_state_after, open_moves

DRAFT, PUBLISHED, PAUSED, CLOSED = State.DRAFT, State.PUBLISHED, State.PAUSED, State.CLOSED
ALLOWED = {
    (DRAFT, Move.PUBLISH): PUBLISHED,
    (DRAFT, Move.CLOSE): CLOSED,
    (PUBLISHED, Move.PAUSE): PAUSED,
    (PUBLISHED, Move.CLOSE): CLOSED,
    (PAUSED, Move.RESUME): PUBLISHED,
    (PAUSED, Move.CLOSE): CLOSED,
    (CLOSED, Move.REOPEN): DRAFT,
}


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_only_the_moves_of_the_table_lead_on(state: State, move: Move) -> None:
    assert find_state_after(state, move) is ALLOWED.get((state, move))


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (DRAFT, (Move.PUBLISH, Move.CLOSE)),
        (PUBLISHED, (Move.PAUSE, Move.CLOSE)),
        (PAUSED, (Move.RESUME, Move.CLOSE)),
        (CLOSED, (Move.REOPEN,)),
    ],
)
def test_a_state_offers_its_moves_with_the_main_one_first(state: State, moves: tuple[Move, ...]) -> None:
    assert open_moves(state) == moves


@pytest.mark.parametrize(("days", "bits"), [((0,), 1), ((0, 1, 2, 3, 4), 31), ((6, 6), 64), ((), None)])
def test_weekdays_are_bits_from_monday_and_none_of_them_is_unknown(
    days: tuple[int, ...], bits: int | None
) -> None:
    assert weekday_bits(days) == bits
    assert weekdays_of(bits) == tuple(sorted(set(days)))


@pytest.mark.parametrize(
    ("times", "problems"),
    [
        (Times(), ()),
        (Times(least_weekly_minutes=600, most_weekly_minutes=600), ()),
        (Times(least_weekly_minutes=601, most_weekly_minutes=600), (TimesProblem.LESS_THAN_LEAST,)),
        (Times(least_weekly_minutes=600), ()),
        (Times(starts_at=480, ends_at=480), (TimesProblem.ENDS_BEFORE_START,)),
        (Times(starts_at=480, ends_at=481), ()),
        (Times(ends_at=1), ()),
        (Times(from_date=date(2026, 3, 9), to_date=date(2026, 3, 9)), ()),
        (Times(from_date=date(2026, 3, 9), to_date=date(2026, 3, 8)), (TimesProblem.PERIOD_ENDS_FIRST,)),
        (Times(to_date=date(2026, 3, 8)), ()),
        (Times(least_weekly_minutes=120, weekdays=1, starts_at=480, ends_at=600), ()),
        (
            Times(least_weekly_minutes=121, weekdays=1, starts_at=480, ends_at=600),
            (TimesProblem.DAYS_TOO_SHORT,),
        ),
        (Times(least_weekly_minutes=121, starts_at=480, ends_at=600), ()),
        (
            Times(least_weekly_minutes=121, weekdays=1, starts_at=600, ends_at=480),
            (TimesProblem.ENDS_BEFORE_START,),
        ),
    ],
)
def test_times_must_fit_together_and_unknown_contradicts_nothing(
    times: Times, problems: tuple[TimesProblem, ...]
) -> None:
    assert times_problems(times) == problems


FILLED_IN = Readiness(
    has_title=True,
    has_description=True,
    has_locality=True,
    has_activity=True,
    has_open_employer=True,
    has_demands=True,
    has_hours=True,
    has_weekdays=True,
    has_supervision=True,
    has_constraints=True,
)


def test_a_filled_in_placement_misses_nothing() -> None:
    assert missing_needs(FILLED_IN) == ()
    assert missing_advice(FILLED_IN) == ()


@pytest.mark.parametrize("need", list(Need))
def test_each_need_is_named_when_it_is_missing(need: Need) -> None:
    assert missing_needs(Readiness(**{**asdict(FILLED_IN), f"has_{need}": False})) == (need,)


@pytest.mark.parametrize("advice", list(Advice))
def test_each_advice_is_named_when_it_is_missing_and_stops_nothing(advice: Advice) -> None:
    lacking = Readiness(**{**asdict(FILLED_IN), f"has_{advice}": False})
    assert missing_advice(lacking) == (advice,)
    assert missing_needs(lacking) == ()


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (Shown(state=PUBLISHED), True),
        (Shown(state=PUBLISHED, to_date=date(2026, 3, 9)), True),
        (Shown(state=PUBLISHED, to_date=date(2026, 3, 8)), False),
        (Shown(state=PUBLISHED, expires_on=date(2026, 3, 10)), True),
        (Shown(state=PUBLISHED, expires_on=date(2026, 3, 9)), False),
        (Shown(state=PUBLISHED, not_before=date(2026, 3, 9)), True),
        (Shown(state=PUBLISHED, not_before=date(2026, 3, 10)), False),
        (Shown(state=DRAFT), False),
        (Shown(state=PAUSED), False),
        (Shown(state=CLOSED), False),
    ],
)
def test_only_a_published_placement_that_holds_and_is_welcome_is_live(shown: Shown, expected: bool) -> None:
    assert is_live(shown, date(2026, 3, 9)) is expected


@pytest.mark.parametrize(("places", "taken", "left"), [(2, 0, 2), (2, 2, 0), (1, 3, 0)])
def test_places_left_are_never_below_zero(places: int, taken: int, left: int) -> None:
    assert places_left(places, taken) == left


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (State, words.STATES),
        (State, words.STATE_TONES),
        (State, words.MOVED),
        (Move, words.MOVES),
        (Need, words.NEEDS),
        (Advice, words.ADVICE),
        (TimesProblem, words.TIMES_PROBLEMS),
    ],
)
def test_every_code_has_its_words(codes: type, table: object) -> None:
    assert set(table) == set(codes)  # type: ignore[call-overload]  # enums and mappings, both iterable
