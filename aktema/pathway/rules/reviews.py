"""What voices said of the same trial, laid side by side and never made into one; and what can be learned from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

STEPS_APART = 2
"""From so many steps of five on, two have seen different things."""
WELL = 3
"""From this step on it went well."""
REMIND_AFTER = (3, 10)
"""Days after the last day; at each a receiver who has not answered is reminded once."""
LONGEST_WAIT = 28
"""So many days after the end nobody is written to any longer: the coach takes it down by phone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One voice: how far it came and why, as the voice sees it, and answers 0 to 4 by question."""

    completion: str | None = None
    reason: str | None = None
    answers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Apart:
    """About what two voices say different things."""

    questions: frozenset[str] = frozenset()
    completion: bool = False
    reason: bool = False

    def __bool__(self) -> bool:
        return bool(self.questions) or self.completion or self.reason


def apart(one: Said | None, other: Said | None) -> Apart:
    """Where the two differ; only what both have said can be compared."""
    if one is None or other is None:
        return Apart()
    both = one.answers.keys() & other.answers.keys()
    return Apart(
        questions=frozenset(key for key in both if abs(one.answers[key] - other.answers[key]) >= STEPS_APART),
        completion=_differ(one.completion, other.completion),
        reason=_differ(one.reason, other.reason),
    )


def _differ(one: str | None, other: str | None) -> bool:
    return None not in (one, other) and one != other


def last_day(to_date: date, interrupted_on: date | None) -> date:
    """The last day somebody came; the day before the first on which nobody did."""
    return to_date if interrupted_on is None else min(to_date, interrupted_on - timedelta(days=1))


def letter_due(ended_on: date, today: date) -> int | None:
    """Which letter has its time: 0 asks from the last day on, 3 and 10 remind; None before and long after."""
    days = (today - ended_on).days
    if not 0 <= days <= LONGEST_WAIT:
        return None
    return max(stage for stage in (0, *REMIND_AFTER) if stage <= days)


NOT_OF_THE_MATCH = frozenset(
    {"health", "benefit_rules", "employer_changed", "misregistered", "support_missing"}
)
"""Why a trial ends early without having said anything about whether person and place suit each other."""
LED_ON = frozenset({"job", "longer_placement"})


def taught_by(outcome: str | None, said: Said | None) -> float | None:
    """What a trial teaches about the match: 1 it was one, 0 it was none, None nothing.

    What it led to weighs most. Otherwise one that went to its end was a match, and one that did not was none,
    unless it ended for something that has nothing to do with who tried what.
    """
    if outcome in LED_ON:
        return 1.0
    if said is None or said.completion is None:
        return None
    if said.completion == "completed":
        return 1.0
    return None if said.reason in NOT_OF_THE_MATCH else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A level somebody showed in one dimension, 0 to 4, and whether an adaptation was there to help."""

    dimension_id: int
    level: int
    with_aids: bool


def levels_shown(
    demands: Mapping[int, int],
    known: Mapping[int, int | None],
    effects: Mapping[int, Sequence[str]],
    said: Sequence[Said],
) -> list[Shown]:
    """What a trial that went well has shown beyond what is known, by the dimensions the placement demands.

    Nothing is shown where somebody says that the tasks did not go well, nor of a dimension whose gap no adaptation
    closed; and nothing is ever lowered: that somebody did not manage here says little about elsewhere.
    """
    if not went_well(said):
        return []
    return [
        Shown(dimension_id=key, level=level, with_aids=_was_helped(effects.get(key, ())))
        for key, level in demands.items()
        if level > 0 and level > (known.get(key) or 0) and not _was_left_open(effects.get(key, ()))
    ]


def went_well(said: Sequence[Said]) -> bool:
    """Whether all who say something of the tasks say that they went well, and nobody that it broke off."""
    tasks = [one.answers["tasks"] for one in said if "tasks" in one.answers]
    is_whole = all(one.completion in (None, "completed") for one in said)
    return bool(tasks) and min(tasks) >= WELL and is_whole


def _was_helped(effects: Sequence[str]) -> bool:
    return any(effect in ("closed", "helped") for effect in effects)


def _was_left_open(effects: Sequence[str]) -> bool:
    return "no_help" in effects and not _was_helped(effects)


def vote_of(answer: int) -> int:
    """A face of the review, 0 to 4, as a vote about what was done, -2 to 2."""
    return answer - 2
