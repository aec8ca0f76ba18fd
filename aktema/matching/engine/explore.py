"""The "something new" in a list: one place outside the top that widens what the person can choose from."""

import numpy as np

from aktema.matching.engine.encode import Integers
from aktema.matching.engine.parts import Assessment
from aktema.matching.engine.types import Person, Settings


def with_something_new(
    person: Person, assessment: Assessment, settings: Settings, limit: int
) -> tuple[Integers, int | None]:
    """Return at most `limit` rows in order and the position of the new one, None when no place is open.

    The new one stands at a fixed position, or last in a shorter list; the others keep their order.
    """
    rows = assessment.ordered()
    position = min(limit, len(rows), settings.exploratory_position) - 1
    if position < 0:
        return rows[:0], None
    new = position + _pick(person, assessment, settings, rows[position:])
    moved = np.concatenate([rows[:position], rows[new : new + 1], rows[position:new], rows[new + 1 :]])
    return moved[:limit], position


def _pick(person: Person, assessment: Assessment, settings: Settings, rest: Integers) -> int:
    """Choose among the well-scored rest: newest, then least shown, then least tried, then best."""
    scores = assessment.score[rest]
    well_scored = np.flatnonzero(scores >= scores[0] - settings.exploratory_margin)
    rows = rest[well_scored]
    trials = assessment.columns.earlier_trials[rows]
    has_new_group = assessment.leanings.new_places(assessment.columns.activities)[rows]
    novelty = 2 * has_new_group.astype(np.int64) + (trials <= settings.few_trials)
    shown = np.array([person.seen.get(int(key), 0) for key in assessment.columns.ids[rows]], dtype=np.int64)
    return int(well_scored[np.lexsort((well_scored, trials, shown, -novelty))[0]])
