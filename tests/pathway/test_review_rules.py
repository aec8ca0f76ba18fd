"""Two voices side by side, when they are asked, and what a trial teaches."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.pathway.review_codes import Question
from aktema.pathway.rules.outcome import OutcomeKind
from aktema.pathway.rules.reviews import (
    LED_ON,
    NOT_OF_THE_MATCH,
    Apart,
    Said,
    Shown,
    apart,
    last_day,
    letter_due,
    levels_shown,
    taught_by,
    vote_of,
    went_well,
)
from aktema.pathway.trial_codes import EndReason

END = date(2026, 3, 13)
ANSWERS = st.dictionaries(st.sampled_from([one.value for one in Question]), st.integers(0, 4))
SAID = st.builds(
    Said,
    completion=st.sampled_from([None, "completed", "partly", "never_started"]),
    reason=st.sampled_from([None, "high_pace", "wrong_tasks"]),
    answers=ANSWERS,
)


@pytest.mark.parametrize(
    ("one", "other", "differs"), [(4, 4, False), (4, 3, False), (4, 2, True), (0, 4, True)]
)
def test_two_steps_between_answers_are_a_difference(one: int, other: int, differs: bool) -> None:
    found = apart(Said(answers={"pace": one}), Said(answers={"pace": other}))
    assert bool(found) is differs


@given(one=SAID, other=SAID)
def test_a_difference_is_the_same_from_both_sides(one: Said, other: Said) -> None:
    assert apart(one, other) == apart(other, one)


@given(said=SAID)
def test_nobody_differs_from_themselves_or_from_silence(said: Said) -> None:
    assert (apart(said, said), apart(said, None), apart(said, Said())) == (Apart(), Apart(), Apart())


def test_why_and_how_far_are_compared_where_both_have_said_it() -> None:
    person, employer = (
        Said(completion="partly", reason="high_pace"),
        Said(completion="completed", reason="travel"),
    )
    assert apart(person, employer) == Apart(completion=True, reason=True)


def test_a_trial_that_was_broken_off_ended_the_day_before_nobody_came() -> None:
    assert last_day(END, END - timedelta(days=3)) == END - timedelta(days=4)


def test_a_trial_ends_as_planned_where_nobody_broke_it_off() -> None:
    assert last_day(END, None) == END


@pytest.mark.parametrize(
    ("days", "stage"), [(-1, None), (0, 0), (2, 0), (3, 3), (9, 3), (10, 10), (28, 10), (29, None)]
)
def test_letters_go_on_the_last_day_and_three_and_ten_days_later(days: int, stage: int | None) -> None:
    assert letter_due(END, END + timedelta(days=days)) == stage


@pytest.mark.parametrize(
    ("outcome", "said", "taught"),
    [
        ("job", Said(completion="partly", reason="high_pace"), 1.0),
        ("longer_placement", None, 1.0),
        ("back", Said(completion="completed"), 1.0),
        (None, Said(completion="completed"), 1.0),
        (None, Said(completion="partly", reason="high_pace"), 0.0),
        (None, Said(completion="never_started"), 0.0),
        (None, Said(completion="partly", reason="health"), None),
        (None, Said(completion="never_started", reason="employer_changed"), None),
        ("none", Said(), None),
        ("back", None, None),
        (None, None, None),
    ],
)
def test_what_a_trial_teaches(outcome: str | None, said: Said | None, taught: float | None) -> None:
    assert taught_by(outcome, said) == taught


def test_the_codes_the_rules_know_exist() -> None:
    assert set(NOT_OF_THE_MATCH) <= {one.value for one in EndReason}
    assert set(LED_ON) <= {one.value for one in OutcomeKind}


WELL = Said(completion="completed", answers={"tasks": 4})


def test_a_trial_that_went_well_shows_what_was_demanded() -> None:
    assert levels_shown({7: 3, 8: 2}, {8: 2}, {}, [WELL]) == [Shown(dimension_id=7, level=3, with_aids=False)]


@pytest.mark.parametrize("known", [{7: 1}, {7: None}, {}])
def test_an_unknown_capacity_can_be_shown_as_well_as_a_lower_one(known: dict[int, int | None]) -> None:
    assert [one.level for one in levels_shown({7: 2}, known, {}, [WELL])] == [2]


@pytest.mark.parametrize("level", [0, 2])
def test_nothing_is_shown_beyond_what_is_known(level: int) -> None:
    assert levels_shown({7: level}, {7: 2}, {}, [WELL]) == []


@pytest.mark.parametrize(
    "other",
    [
        Said(completion="partly", answers={"tasks": 4}),
        Said(completion="completed", answers={"tasks": 2}),
    ],
)
def test_one_voice_that_says_otherwise_is_enough_to_show_nothing(other: Said) -> None:
    assert levels_shown({7: 3}, {}, {}, [WELL, other]) == []


def test_nobody_who_says_anything_of_the_tasks_shows_nothing() -> None:
    assert not went_well([Said(completion="completed"), Said()])


@pytest.mark.parametrize(
    ("effects", "shown"),
    [
        (["closed"], [True]),
        (["helped", "no_help"], [True]),
        (["not_used"], [False]),
        (["no_help"], []),
    ],
)
def test_a_gap_that_was_helped_is_shown_with_help_and_one_left_open_is_not(
    effects: list[str], shown: list[bool]
) -> None:
    assert [one.with_aids for one in levels_shown({7: 3}, {}, {7: effects}, [WELL])] == shown


@given(
    demands=st.dictionaries(st.integers(1, 5), st.integers(0, 4)),
    known=st.dictionaries(st.integers(1, 5), st.none() | st.integers(0, 4)),
)
def test_nothing_known_is_ever_lowered(demands: dict[int, int], known: dict[int, int | None]) -> None:
    shown = levels_shown(demands, known, {}, [WELL])
    assert all(one.level > (known.get(one.dimension_id) or 0) for one in shown)


@pytest.mark.parametrize(("answer", "vote"), [(0, -2), (2, 0), (4, 2)])
def test_a_face_is_a_vote(answer: int, vote: int) -> None:
    assert vote_of(answer) == vote
