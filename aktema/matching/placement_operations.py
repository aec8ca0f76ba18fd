"""Why any placement stands where it stands for a person, and what would change that. Nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aktema.matching import engine
from aktema.matching.current import current_index
from aktema.matching.engine.asking import Asked, worth_asking
from aktema.matching.engine.changes import rank_after, what_would_fit
from aktema.matching.engine.proposals import Change
from aktema.matching.gather import Known


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a placement stands: with neither rank nor exclusion it is not among those that are compared."""

    rank: int | None = None
    excluded: engine.Excluded | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """The smallest changes that would do, None where none do, and the rank the placement has after them."""

    changes: Sequence[Change] | None
    rank: int | None


def where(known: Known, placement_ids: Sequence[int], weights: engine.Weights) -> Mapping[int, Place]:
    """Where each of the placements stands for the person, by id."""
    index = current_index()
    listed = index.shortlist(known.person, limit=None, weights=weights)
    ranks = {one.place_id: rank for rank, one in enumerate(listed, start=1)}
    found = {}
    for key in placement_ids:
        if key in ranks:
            found[key] = Place(rank=ranks[key])
        else:
            found[key] = Place(excluded=_excluded(index, known, key, weights) if key in index else None)
    return found


def _excluded(
    index: engine.MatchIndex, known: Known, placement_id: int, weights: engine.Weights
) -> engine.Excluded | None:
    explained = index.explain(known.person, placement_id, weights=weights)
    return explained if isinstance(explained, engine.Excluded) else None


def propose(known: Known, placement_id: int, weights: engine.Weights) -> Proposal | None:
    """What would make the placement fit; None where it stands among the first already."""
    index = current_index()
    changes = what_would_fit(index, known.person, placement_id, weights=weights)
    if changes is None:
        return Proposal(changes=None, rank=None)
    if not changes:
        return None
    rank = rank_after(index, known.person, placement_id, changes, weights=weights)
    return Proposal(changes=changes, rank=rank)


def questions_for(known: Known, weights: engine.Weights) -> Sequence[Asked]:
    """The three questions whose answers could change the list most."""
    return worth_asking(current_index(), known.person, weights=weights)
