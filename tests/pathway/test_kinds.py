"""What each kind of trial asks for, how long it may be, and whether there is room."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.pathway.rules.kinds import LAWS, Limit, Part, broken_limit, last_possible, missing
from aktema.pathway.rules.places import Stay, covering, has_room
from aktema.pathway.rules.schedule import DayTimes, Times, lay_out
from aktema.pathway.trial_codes import KIND_LABELS, KIND_LENGTHS
from aktema.pathway.trial_states import TrialKind

DAY = timedelta(days=1)
FIRST = date(2026, 3, 9)
DATES = st.dates(date(2026, 1, 1), date(2026, 3, 31))
STAYS = st.builds(Stay, st.one_of(st.none(), DATES), st.one_of(st.none(), DATES)).filter(
    lambda stay: stay.first is None or stay.last is None or stay.first <= stay.last
)


@pytest.mark.parametrize("kind", TrialKind)
def test_every_kind_has_a_law_and_words(kind: TrialKind) -> None:
    assert {Part.DAYS, Part.SUPERVISOR, Part.EASY} <= LAWS[kind].required
    assert kind in KIND_LABELS.keys() & KIND_LENGTHS.keys()


@pytest.mark.parametrize(
    ("kind", "asks"),
    [
        (TrialKind.STUDY_VISIT, False),
        (TrialKind.TASTER, True),
        (TrialKind.WORKPLACE_PLACEMENT, True),
        (TrialKind.EXTERNAL_PLACEMENT, True),
    ],
)
def test_whoever_works_is_insured(kind: TrialKind, *, asks: bool) -> None:
    assert (Part.INSURANCE in missing(kind, ())) is asks


@given(told=st.sets(st.sampled_from(Part)), kind=st.sampled_from(TrialKind))
def test_nothing_is_missing_that_is_told_and_nothing_asked_that_is_not_required(
    told: set[Part], kind: TrialKind
) -> None:
    assert set(missing(kind, told)) == LAWS[kind].required - told


@pytest.mark.parametrize(
    ("kind", "today", "last"),
    [
        (TrialKind.STUDY_VISIT, FIRST, FIRST),
        (TrialKind.TASTER, FIRST, FIRST + 29 * DAY),
        (TrialKind.TASTER, FIRST + 10 * DAY, FIRST + 29 * DAY),
        (TrialKind.WORKPLACE_PLACEMENT, FIRST, FIRST + 183 * DAY),
        (TrialKind.EXTERNAL_PLACEMENT, FIRST, FIRST + 365 * DAY),
        (TrialKind.EXTERNAL_PLACEMENT, FIRST + 300 * DAY, FIRST + 665 * DAY),
    ],
)
def test_how_far_each_kind_reaches(kind: TrialKind, today: date, last: date) -> None:
    assert last_possible(kind, FIRST, today) == last


def test_a_reach_never_leaves_the_calendar() -> None:
    assert last_possible(TrialKind.EXTERNAL_PLACEMENT, date.max, FIRST) == date.max


EVERY_DAY = dict.fromkeys(range(7), Times(starts_at=540, ends_at=720))


@pytest.mark.parametrize(
    ("kind", "length", "days", "broken"),
    [
        (TrialKind.TASTER, 29, lay_out({0: EVERY_DAY[0]}, FIRST, FIRST + 29 * DAY), None),
        (TrialKind.TASTER, 30, (), Limit.TOO_LONG),
        (TrialKind.TASTER, 29, lay_out(EVERY_DAY, FIRST, FIRST + 29 * DAY), Limit.TOO_MANY_DAYS),
        (
            TrialKind.WORKPLACE_PLACEMENT,
            1,
            (DayTimes(day=FIRST, times=Times(starts_at=480, ends_at=961)),),
            Limit.LONG_DAY,
        ),
        (
            TrialKind.WORKPLACE_PLACEMENT,
            1,
            (DayTimes(day=FIRST, times=Times(starts_at=480, ends_at=990, break_minutes=30)),),
            None,
        ),
    ],
)
def test_which_limit_is_broken(
    kind: TrialKind, length: int, days: tuple[DayTimes, ...], broken: Limit | None
) -> None:
    assert broken_limit(kind, FIRST, FIRST + length * DAY, days, FIRST) is broken


@given(places=st.integers(1, 3), wanted=STAYS, others=st.lists(STAYS, max_size=6))
def test_there_is_room_exactly_where_no_day_has_all_places_taken(
    places: int, wanted: Stay, others: list[Stay]
) -> None:
    every_day = (date(2025, 12, 31) + number * DAY for number in range(92))
    crowded = [
        day
        for day in every_day
        if wanted.holds_on(day) and sum(other.holds_on(day) for other in others) >= places
    ]
    assert has_room(places, wanted, others) is (not crowded)


@given(stays=st.lists(STAYS, min_size=1, max_size=4), day=DATES)
def test_what_covers_stays_holds_whenever_one_of_them_does(stays: list[Stay], day: date) -> None:
    assert covering(stays).holds_on(day) or not any(stay.holds_on(day) for stay in stays)
