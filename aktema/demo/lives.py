"""How far each person has come: the shape of a life in the demo, before anything is said or done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from aktema.access.models import Account
from aktema.demo import content
from aktema.demo.days import rng_for, workday
from aktema.people.codes import Communication
from aktema.people.models import Participant
from aktema.steps.codes import Phase


class Arc(StrEnum):
    """Where somebody is on the way from daglig verksamhet to work."""

    NEW = "new"
    EXPLORING = "exploring"
    SEARCHING = "searching"
    ENGAGED = "engaged"
    SUPPORTED = "supported"
    CLOSED = "closed"


Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What an arc looks like: its share of all, how many days ago it began, and how many notes each phase has."""

    share: int
    began: Range
    phases: Mapping[Phase, Range]


_BEFORE = {Phase.AGREEMENT: (1, 3), Phase.VOCATIONAL_PROFILE: (2, 4), Phase.JOB_FINDING: (2, 5)}
PLANS: Mapping[Arc, Plan] = {
    Arc.NEW: Plan(share=10, began=(3, 24), phases={Phase.AGREEMENT: (0, 2)}),
    Arc.EXPLORING: Plan(
        share=24, began=(40, 170), phases={Phase.AGREEMENT: (2, 4), Phase.VOCATIONAL_PROFILE: (2, 4)}
    ),
    Arc.SEARCHING: Plan(share=36, began=(100, 430), phases=_BEFORE),
    Arc.ENGAGED: Plan(share=12, began=(160, 400), phases={**_BEFORE, Phase.EMPLOYER_ENGAGEMENT: (3, 6)}),
    Arc.SUPPORTED: Plan(
        share=14,
        began=(280, 545),
        phases={**_BEFORE, Phase.EMPLOYER_ENGAGEMENT: (2, 4), Phase.SUPPORT: (4, 8)},
    ),
    Arc.CLOSED: Plan(
        share=4,
        began=(380, 545),
        phases={**_BEFORE, Phase.EMPLOYER_ENGAGEMENT: (1, 2), Phase.SUPPORT: (3, 5)},
    ),
}
SILENT_SHARE, SILENT_DAYS = 0.12, (33, 80)
"""How many of those still on their way nobody has written about lately, and for how long."""
SPAN_BEFORE_WORK = 0.45
"""How much of the time passes before the first day at a workplace."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """A participant with the days that matter and those who work with them."""

    number: int
    arc: Arc
    participant: Participant
    registered: date
    last_day: date
    """The last day anybody wrote about the person."""
    first_day: date | None
    """At the workplace, for those who have come so far."""
    writer: Account
    wish: content.Wish | None
    has_guardian: bool
    is_silent: bool

    def rng(self, about: str) -> Random:
        """A generator for one side of this life."""
        return rng_for("life", self.number, about)

    @property
    def end_of_search(self) -> date:
        """The last day before the workplace, or the last day of all."""
        return workday(self.first_day - timedelta(days=2)) if self.first_day else self.last_day

    @property
    def uses_signs(self) -> bool:
        return self.participant.communication == Communication.SIGNS


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """The arc and its days, before there is a person."""

    arc: Arc
    registered: date
    last_day: date
    first_day: date | None
    is_silent: bool


def courses(count: int, today: date) -> list[Course]:
    """So many courses in mixed order, with the shares of the plans."""
    total = sum(plan.share for plan in PLANS.values())
    dealt = [arc for arc, plan in PLANS.items() for _ in range(max(1, round(count * plan.share / total)))]
    dealt = (dealt + [Arc.SEARCHING] * count)[:count]
    rng = rng_for("courses")
    rng.shuffle(dealt)
    return [_course(arc, rng_for("course", number), today) for number, arc in enumerate(dealt)]


def _course(arc: Arc, rng: Random, today: date) -> Course:
    registered = workday(today - timedelta(days=rng.randint(*PLANS[arc].began)))
    is_silent = arc in (Arc.EXPLORING, Arc.SEARCHING) and rng.random() < SILENT_SHARE
    if arc is Arc.CLOSED:
        quiet = rng.randint(20, 120)
    else:
        quiet = rng.randint(*SILENT_DAYS) if is_silent else rng.randint(1, 12)
    last_day = max(registered, workday(today - timedelta(days=quiet)))
    works = Phase.SUPPORT in PLANS[arc].phases
    span = timedelta(
        days=int((last_day - registered).days * rng.uniform(SPAN_BEFORE_WORK, SPAN_BEFORE_WORK + 0.2))
    )
    return Course(
        arc=arc,
        registered=registered,
        last_day=last_day,
        first_day=workday(registered + span) if works else None,
        is_silent=is_silent,
    )
