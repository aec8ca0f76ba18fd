"""A participant on one page, composed of what each slice lets the reader see."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from aktema.access.identity import Identity
from aktema.access.permissions import HAND_OVER
from aktema.core import clock
from aktema.core.paging import Cursor
from aktema.employers.queries import PlacementCard, cards_for
from aktema.matching.permissions import READ_MATCHES
from aktema.matching.queries import ShownList, find_last_list
from aktema.pathway.permissions import READ_INTRODUCTIONS, READ_OUTCOMES, READ_TRIALS
from aktema.pathway.queries import IntroductionView, introductions_of
from aktema.pathway.trial_page import TrialRow, rows_of
from aktema.pathway.trial_queries import trials_of
from aktema.people.models import Participant
from aktema.people.permissions import READ_PROFILE
from aktema.people.profile import Profile, profile_of
from aktema.people.queries import locality_name, reaching
from aktema.people.rules import age_on
from aktema.plans.permissions import (
    READ_ATTENDANCE,
    READ_DECISIONS,
    READ_FOLLOW_UPS,
    READ_PLAN,
    SEND_HANDOVER,
)
from aktema.plans.queries import GrantedToday, granted_on
from aktema.steps.models import NextStep
from aktema.steps.permissions import CREATE_STEP, READ_STEPS
from aktema.steps.queries import find_next_step, timeline
from aktema.steps.views import Entry, entries_of
from aktema.vocabulary.queries import vocabulary

LATEST_STEPS = 3
LATEST_TRIALS = 3
BEST_SUGGESTIONS = 3
MOST_LIKED = 6
MOST_STRENGTHS = 6
MOSTLY_ALONE = 3
"""The level of the scale from which a person manages most of it without help."""

PARTS = (
    READ_STEPS,
    READ_PROFILE,
    READ_MATCHES,
    CREATE_STEP,
    READ_INTRODUCTIONS,
    READ_TRIALS,
    READ_DECISIONS,
    READ_PLAN,
    READ_FOLLOW_UPS,
    READ_ATTENDANCE,
    SEND_HANDOVER,
    HAND_OVER,
    READ_OUTCOMES,
)
"""What opens the parts of the page, and the ways to others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Liked:
    """An activity the person likes, and whose word it is."""

    label: str
    picture: str
    source: str
    is_own: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """What the page shows; None where the reader's role does not open that part."""

    lead: str
    next_step: NextStep | None
    is_late: bool
    steps: Sequence[Entry] | None
    profile: Profile | None
    liked: Sequence[Liked]
    strengths: Sequence[str]
    core_known: int
    core_total: int
    last_list: ShownList | None
    best: Sequence[PlacementCard]
    introductions: Sequence[IntroductionView] | None
    trials: Sequence[TrialRow]
    granted: Sequence[GrantedToday] | None
    may_read_plans: bool
    may_read_follow_ups: bool
    may_read_hours: bool
    may_send_handover: bool
    may_read_trials: bool
    may_log: bool
    may_match: bool
    may_hand_over: bool
    may_read_outcomes: bool


def overview(identity: Identity, participant: Participant) -> Overview:
    """The person on one page. The person has been read, and the reading recorded, before.

    Each part is asked for this very person: who holds two posts may reach the person by one of them only.
    """
    may = reaching(identity, participant, *PARTS)
    may_read_steps, may_match, may_log = READ_STEPS in may, READ_MATCHES in may, CREATE_STEP in may
    profile = profile_of(participant.id) if READ_PROFILE in may else None
    last_list = find_last_list(participant.id) if may_match else None
    core = [one.id for one in vocabulary().dimensions.values() if one.is_core]
    next_step = find_next_step(participant.id) if may_read_steps else None
    return Overview(
        lead=_lead(participant),
        next_step=next_step,
        is_late=next_step is not None and next_step.due_on < clock.today(),
        steps=_latest(participant, may_correct=may_log) if may_read_steps else None,
        profile=profile,
        liked=_liked(profile) if profile else (),
        strengths=_strengths(profile) if profile else (),
        core_known=sum(one in profile.capacities for one in core) if profile else 0,
        core_total=len(core),
        last_list=last_list,
        best=_best(last_list),
        introductions=introductions_of(participant.id) if READ_INTRODUCTIONS in may else None,
        trials=rows_of(trials_of(participant.id, LATEST_TRIALS), clock.today()) if READ_TRIALS in may else (),
        granted=granted_on(participant.id, clock.today()) if READ_DECISIONS in may else None,
        may_read_plans=READ_PLAN in may,
        may_read_follow_ups=READ_FOLLOW_UPS in may,
        may_read_hours=READ_ATTENDANCE in may,
        may_send_handover=SEND_HANDOVER in may,
        may_read_trials=READ_TRIALS in may,
        may_log=may_log,
        may_match=may_match,
        may_hand_over=HAND_OVER in may,
        may_read_outcomes=READ_OUTCOMES in may,
    )


def _latest(participant: Participant, *, may_correct: bool) -> Sequence[Entry]:
    steps = timeline(participant.id, Cursor(), LATEST_STEPS).items
    return entries_of(participant, steps, may_correct=may_correct)


def _liked(profile: Profile) -> list[Liked]:
    """What the person likes most, own words before others'."""
    activities = vocabulary().activities
    positive = [(key, said) for key, said in profile.votes.items() if said.vote > 0]
    positive.sort(key=lambda found: (found[1].source != "own", -found[1].vote, activities[found[0]].sort))
    return [
        Liked(
            label=activities[key].label(),
            picture=activities[key].picture,
            source=str(said.source.label),
            is_own=said.source == "own",
        )
        for key, said in positive[:MOST_LIKED]
    ]


def _lead(participant: Participant) -> str:
    """32 år · Norrköping."""
    age = _("%(age)s år", age=age_on(participant.birth_date, clock.today()))
    return " · ".join(filter(None, (age, locality_name(participant.locality_id))))


def _strengths(profile: Profile) -> list[str]:
    """What the person manages mostly or wholly alone, the strongest first."""
    dimensions = vocabulary().dimensions
    levels = {key: said.level for key, said in profile.capacities.items() if said.level is not None}
    strong = [key for key in dimensions if levels.get(key, 0) >= MOSTLY_ALONE]
    strong.sort(key=lambda key: -levels[key])
    return [dimensions[key].label() for key in strong[:MOST_STRENGTHS]]


def _best(last_list: ShownList | None) -> list[PlacementCard]:
    if last_list is None:
        return []
    ids = [suggestion.placement_id for suggestion in last_list.suggestions[:BEST_SUGGESTIONS]]
    cards = cards_for(ids)
    return [cards[key] for key in ids if key in cards]
