"""The table of an introduction's states."""

from datetime import date

import pytest

from aktema.pathway.codes import STATE_LABELS, STATE_TONES, Answer, Channel
from aktema.pathway.states import ALLOWED_ANSWERS, IntroductionState, awaits_answer, may_answer, state_of

DAY = date(2026, 3, 9)
S = IntroductionState


@pytest.mark.parametrize(
    ("answer", "closed_on", "state"),
    [
        (None, None, S.ASKED),
        (None, DAY, S.CLOSED),
        ("yes", None, S.YES),
        ("yes", DAY, S.CLOSED),
        ("later", None, S.LATER),
        ("later", DAY, S.CLOSED),
        ("no", None, S.NO),
        ("no", DAY, S.NO),
    ],
)
def test_the_state_follows_from_the_facts(answer: str | None, closed_on: date | None, state: S) -> None:
    assert state_of(answer, closed_on) is state


@pytest.mark.parametrize("new", ["yes", "no", "later"])
@pytest.mark.parametrize(
    ("answer", "closed_on", "allowed"),
    [
        (None, None, {"yes", "no", "later"}),
        ("later", None, {"yes", "no", "later"}),
        ("yes", None, {"no"}),
        ("no", DAY, set()),
        (None, DAY, set()),
    ],
)
def test_which_answer_may_follow_which(
    answer: str | None, closed_on: date | None, allowed: set[str], new: str
) -> None:
    assert may_answer(answer, closed_on, new) is (new in allowed)


@pytest.mark.parametrize(
    ("answer", "again", "waits"),
    [
        (None, None, True),
        ("yes", None, False),
        ("no", None, False),
        ("later", date(2026, 3, 10), False),
        ("later", DAY, True),
        ("later", date(2026, 3, 8), True),
    ],
)
def test_who_is_to_be_asked(answer: str | None, again: date | None, waits: bool) -> None:
    assert awaits_answer(answer, None, again, DAY) is waits


def test_every_state_has_moves_words_and_a_tone() -> None:
    assert set(ALLOWED_ANSWERS) == set(STATE_LABELS) == set(STATE_TONES) == set(S)


@pytest.mark.parametrize("code", [*Answer, *Channel])
def test_every_code_has_words(code: Answer | Channel) -> None:
    assert code.label
