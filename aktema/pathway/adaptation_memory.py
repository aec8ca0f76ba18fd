"""Which adaptation closed which gap at which kind of task, counted without names, for the next agreement.

A count is told only where at least five different people have tried: fewer could be recognised.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import case, func, select

from aktema.core.db import db
from aktema.employers.models import Placement, PlacementActivity
from aktema.pathway.review_codes import AdaptationEffect
from aktema.pathway.review_models import AdaptationResult, Review
from aktema.pathway.trial_models import Agreement, AgreementAdaptation, Trial
from aktema.vocabulary.models import Activity
from aktema.vocabulary.queries import vocabulary
from aktema.vocabulary.words import Adaptation

FEWEST_PEOPLE = 5
WORKED = (AdaptationEffect.CLOSED.value, AdaptationEffect.HELPED.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Remembered:
    """An adaptation of a dimension at tasks of this kind: how many trials used it, and in how many it helped."""

    adaptation: Adaptation
    used: int
    helped: int

    @property
    def words(self) -> str:
        return _(
            "Hjälpte %(helped)s av %(used)s gånger vid liknande uppgifter",
            helped=self.helped,
            used=self.used,
        )


def remembered_for(placement: Placement, dimension_ids: Collection[int]) -> Sequence[Remembered]:
    """What has helped with gaps in these dimensions where similar things are done, the most helpful first.

    Similar is an activity of the same group. One statement.
    """
    words = vocabulary()
    groups = {words.activities[row.activity_id].group_id for row in placement.activities}
    return remembered(groups, dimension_ids)


def remembered(group_ids: Collection[int], dimension_ids: Collection[int]) -> Sequence[Remembered]:
    """The same by the groups of activities."""
    similar = (
        select(PlacementActivity.placement_id)
        .join(Activity, Activity.id == PlacementActivity.activity_id)
        .where(Activity.group_id.in_(group_ids))
    )
    used = func.count(Trial.id.distinct())
    helped = func.count(case((AdaptationResult.result.in_(WORKED), Trial.id)).distinct())
    counted = (
        select(AgreementAdaptation.adaptation_id, used, helped)
        .join(AdaptationResult, AdaptationResult.agreement_adaptation_id == AgreementAdaptation.id)
        .join(Review, Review.id == AdaptationResult.review_id)
        .join(Agreement, Agreement.id == AgreementAdaptation.agreement_id)
        .join(Trial, Trial.id == Agreement.trial_id)
        .where(
            Trial.placement_id.in_(similar),
            AgreementAdaptation.dimension_id.in_(dimension_ids),
            AdaptationResult.result != AdaptationEffect.NOT_USED.value,
        )
        .group_by(AgreementAdaptation.adaptation_id)
        .having(func.count(Trial.participant_id.distinct()) >= FEWEST_PEOPLE)
    )
    known = vocabulary().adaptations
    found = [
        Remembered(adaptation=known[key], used=times, helped=worked)
        for key, times, worked in db.session.execute(counted)
    ]
    return sorted(found, key=_most_helpful_first)


def _most_helpful_first(one: Remembered) -> tuple[float, int, int]:
    return -one.helped / one.used, -one.used, one.adaptation.sort


def words_by_adaptation(found: Iterable[Remembered]) -> dict[int, str]:
    """What to say beside each adaptation where one is chosen, by the adaptation's id."""
    return {one.adaptation.id: one.words for one in found}
