"""Pure rules of what a coach may say about a suggestion, and of what matters most."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import product

ACCEPT, NOT_NOW, NO = "accept", "not_now", "no"

REASONS: Mapping[str, tuple[str, ...]] = {
    ACCEPT: ("person_wants", "fits_well", "worth_trying", "near_home", "other"),
    NOT_NOW: ("needs_time", "other_place_first", "health", "waiting_for_answer", "wrong_season", "other"),
    NO: (
        "person_said_no",
        "wrong_tasks",
        "wrong_place",
        "too_far",
        "wrong_times",
        "too_hard",
        "employer_full",
        "other",
    ),
}
"""Which reasons go with which verdict."""

EMPHASES: Mapping[str, float] = {"none": 0.0, "little": 0.5, "usual": 1.0, "much": 2.0}
"""How a coach's word changes the usual weight of a part."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartWeights:
    """How much each part of the score counts; the sum is 1."""

    wish: float
    fit: float
    preferences: float
    practical: float


PARTS = tuple(field.name for field in fields(PartWeights))
USUAL = PartWeights(wish=0.45, fit=0.30, preferences=0.15, practical=0.10)
"""The rules prior of the matching arithmetic."""


def reason_belongs(answer: str, reason: str) -> bool:
    return reason in REASONS.get(answer, ())


def needs_words(answer: str, reason: str, *, has_large_gap: bool) -> bool:
    """Own words are asked for where the list has no fitting reason, and where a gap of 3 or more is overridden."""
    return reason == "other" or (answer == ACCEPT and has_large_gap)


def weights_of(emphases: Mapping[str, str]) -> PartWeights | None:
    """The weights the coach's words give, or None where nothing is to count."""
    raw = {part: getattr(USUAL, part) * EMPHASES[emphases.get(part, "usual")] for part in PARTS}
    total = sum(raw.values())
    return PartWeights(**{part: value / total for part, value in raw.items()}) if total else None


def emphases_of(weights: PartWeights) -> dict[str, str]:
    """The words that give the weights: the combination whose weights lie nearest."""
    return dict(min(_combinations(), key=lambda found: (_distance(found[1], weights), -_usual(found[0])))[0])


@cache
def _combinations() -> tuple[tuple[Mapping[str, str], PartWeights], ...]:
    """Every way to say what matters, with the weights it gives."""
    said = [dict(zip(PARTS, words, strict=True)) for words in product(EMPHASES, repeat=len(PARTS))]
    return tuple((words, weights) for words in said if (weights := weights_of(words)) is not None)


def _usual(emphases: Mapping[str, str]) -> int:
    return list(emphases.values()).count("usual")


def _distance(one: PartWeights, other: PartWeights) -> float:
    steps: list[float] = [abs(getattr(one, part) - getattr(other, part)) for part in PARTS]
    return round(sum(steps), 9)
