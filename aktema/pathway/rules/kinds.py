"""What each kind of trial asks for, and how long it may be: data, so that a new kind is a new row.

Sources: studiebesök "hours to one day" (Dartmouth IPS FAQ); prova på 30 days (the French immersion agreement);
praktik six months, after which an unpaid placement is looked at anew (arbetsmiljö; the same work is not free labour);
an external placement is written for a year at a time.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum, auto

from aktema.pathway.rules.schedule import DayTimes
from aktema.pathway.trial_states import TrialKind


class Part(StrEnum):
    """What an agreement may say; the names of its fields."""

    FROM_DATE = "from_date"
    TO_DATE = "to_date"
    DAYS = "days"
    TASKS = "tasks"
    GOAL = "goal"
    SUPERVISOR = "supervisor"
    SUPPORT = "support"
    SAFETY = "safety"
    SAFETY_INTRODUCTION_ON = "safety_introduction_on"
    INSURANCE = "insurance"
    STOP_RULES = "stop_rules"
    EASY = "easy"


@dataclass(frozen=True, kw_only=True, slots=True)
class KindLaw:
    """What one kind asks for, and what else its agreement may say.

    longest: calendar days from the first to the last, both included; where `renews`, counted from today once it has
    begun. most_days: days on which somebody is there. longest_day: minutes of one day, breaks taken off.
    """

    required: frozenset[Part]
    optional: frozenset[Part] = frozenset()
    longest: int
    most_days: int | None = None
    longest_day: int = 8 * 60
    renews: bool = False


class Limit(Enum):
    """Which limit of its kind an agreement breaks."""

    TOO_LONG = auto()
    TOO_MANY_DAYS = auto()
    LONG_DAY = auto()


SHORT = frozenset({Part.FROM_DATE, Part.TO_DATE, Part.DAYS, Part.TASKS, Part.SUPERVISOR, Part.EASY})
WORKING = SHORT | {Part.GOAL, Part.SAFETY, Part.INSURANCE, Part.STOP_RULES}
LASTING = WORKING | {Part.SUPPORT, Part.SAFETY_INTRODUCTION_ON}
LAWS: Mapping[TrialKind, KindLaw] = {
    TrialKind.STUDY_VISIT: KindLaw(
        required=SHORT, optional=frozenset({Part.SUPPORT}), longest=1, most_days=1
    ),
    TrialKind.TASTER: KindLaw(required=WORKING, optional=LASTING, longest=30, most_days=22),
    TrialKind.WORKPLACE_PLACEMENT: KindLaw(required=LASTING, longest=184),
    TrialKind.EXTERNAL_PLACEMENT: KindLaw(required=LASTING, longest=366, renews=True),
}


def missing(kind: TrialKind, told: Collection[Part]) -> tuple[Part, ...]:
    """What the kind still asks for, in the order of the form."""
    return tuple(part for part in Part if part in LAWS[kind].required and part not in told)


def last_possible(kind: TrialKind, first: date, today: date) -> date:
    """The last day an agreement of the kind can reach that begins on the day."""
    law = LAWS[kind]
    counted_from = max(first, today) if law.renews else first
    longest = min(law.longest - 1, (date.max - counted_from).days)
    return counted_from + timedelta(days=longest)


def broken_limit(
    kind: TrialKind, first: date, last: date, days: Sequence[DayTimes], today: date
) -> Limit | None:
    """The first limit of the kind that the agreement breaks, or None."""
    law = LAWS[kind]
    if last > last_possible(kind, first, today):
        return Limit.TOO_LONG
    if law.most_days is not None and len(days) > law.most_days:
        return Limit.TOO_MANY_DAYS
    return Limit.LONG_DAY if any(one.minutes > law.longest_day for one in days) else None
