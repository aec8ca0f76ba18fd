"""Suggestions that were shown, what was decided about them, and what people answered when they were asked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from aktema.core.db import Base, db
from aktema.core.ids import new_public_id
from aktema.demo import content
from aktema.demo.days import moment, next_workday, rng_for, workday
from aktema.demo.lives import Arc, Life
from aktema.employers.models import Placement
from aktema.matching import engine, rules
from aktema.matching.gather import current_index, people_of
from aktema.matching.models import MatchWeights, Suggestion, SuggestionRun, Verdict
from aktema.matching.operations import MODEL_VERSION, engine_weights, gaps_to_close
from aktema.pathway.codes import Answer, Channel
from aktema.pathway.models import Introduction, IntroductionGap
from aktema.people.codes import Communication
from aktema.vocabulary.queries import vocabulary

SHOWN = 10
NEVER_SHOWN = {Arc.NEW: 1.0, Arc.EXPLORING: 0.6, Arc.SEARCHING: 0.12}
"""How many of each arc nobody has looked at suggestions with."""
WEIGHED_SHARE, PASSED_OVER_SHARE = 0.12, 0.5
EMPHASES: Sequence[Mapping[str, str]] = (
    {"wish": "much"},
    {"practical": "much"},
    {"fit": "much", "preferences": "little"},
    {"preferences": "much"},
)
OUTCOMES = {"looked": 28, "asked": 24, "later": 20, "no": 18, "passed_over": 10}
"""What came of the suggestions for those still searching, in per cent."""
BEFORE_DECISION = 0.6
"""How much of the time before an employer has passed when the person is asked."""
ACCEPTED = ("person_wants", "person_wants", "fits_well", "worth_trying", "near_home")
CHANNELS = {
    Communication.PICTURES: Channel.PICTURES,
    Communication.SIGNS: Channel.SIGNS,
    Communication.WRITING: Channel.WRITING,
    Communication.OTHER: Channel.INTERPRETED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """What a person was suggested, and what came of it. `placements` are the best ones, whether shown or not."""

    placements: Sequence[Placement]
    chosen: Placement | None = None
    introductions: Sequence[Introduction] = ()


class OwnWords:
    """What people said about suggestions; nobody's words are given to anybody else."""

    def __init__(self) -> None:
        self._left = list(content.reasons())
        rng_for("own words").shuffle(self._left)

    def draw(self, verdict: str, placement: Placement) -> content.VerdictReason | None:
        """Words that can be about the placement, or None when none are left."""
        groups = _groups(placement)
        fits = (one for one in self._left if one.verdict == verdict and groups.issuperset(one.groups[:0] or _about(one, groups)))
        found = next(fits, None)
        if found is not None:
            self._left.remove(found)
        return found
