"""Verdicts, their reasons, and what matters most."""

from itertools import product

import pytest

from aktema.matching import codes, rules
from aktema.matching.rules import (
    ACCEPT,
    NO,
    NOT_NOW,
    USUAL,
    emphases_of,
    needs_words,
    reason_belongs,
    weights_of,
)


@pytest.mark.parametrize(
    ("answer", "reason", "belongs"),
    [
        (ACCEPT, "person_wants", True),
        (ACCEPT, "person_said_no", False),
        (NO, "person_said_no", True),
        (NOT_NOW, "health", True),
        ("perhaps", "other", False),
        (NO, "", False),
    ],
)
def test_a_reason_belongs_to_its_answer(answer: str, reason: str, belongs: bool) -> None:
    assert reason_belongs(answer, reason) is belongs


@pytest.mark.parametrize(
    ("answer", "reason", "large_gap", "needed"),
    [
        (ACCEPT, "person_wants", False, False),
        (ACCEPT, "person_wants", True, True),
        (NO, "too_hard", True, False),
        (NO, "other", False, True),
        (NOT_NOW, "other", False, True),
    ],
)
def test_own_words_are_asked_for_where_a_code_says_too_little(
    answer: str, reason: str, large_gap: bool, needed: bool
) -> None:
    assert needs_words(answer, reason, has_large_gap=large_gap) is needed


def test_every_answer_reason_and_emphasis_has_words() -> None:
    reasons = {reason for group in rules.REASONS.values() for reason in group}
    assert codes.REASONS.keys() == reasons
    assert codes.VERDICTS.keys() == codes.VERDICT_TAGS.keys() == rules.REASONS.keys()
    assert codes.EMPHASES.keys() == rules.EMPHASES.keys()


def test_nothing_said_weighs_as_usual() -> None:
    assert weights_of({}) == USUAL


def test_nothing_that_counts_gives_no_weights() -> None:
    assert weights_of(dict.fromkeys(rules.PARTS, "none")) is None


@pytest.mark.parametrize("words", list(product(rules.EMPHASES, repeat=4)))
def test_weights_always_sum_to_one(words: tuple[str, ...]) -> None:
    weights = weights_of(dict(zip(rules.PARTS, words, strict=True)))
    total = 0.0 if weights is None else weights.wish + weights.fit + weights.preferences + weights.practical
    assert total == pytest.approx(0 if weights is None else 1)


@pytest.mark.parametrize(
    "words",
    [{}, {"practical": "much"}, {"wish": "none", "fit": "little"}, {"wish": "much", "preferences": "none"}],
)
def test_the_words_that_gave_the_weights_are_found_again(words: dict[str, str]) -> None:
    said = {**dict.fromkeys(rules.PARTS, "usual"), **words}
    weights = weights_of(said)
    assert weights is not None
    assert weights_of(emphases_of(weights)) == weights
