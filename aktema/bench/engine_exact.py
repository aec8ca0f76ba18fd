"""Whether the engine's best places are those of a straightforward reference, after changes to the index.

The reference is the prepared pair pipeline, which looks at every place; words are left out, as it reads whole words
where the engine reads n-grams. The test suite compares the words too.
"""

from aktema.bench.engine_pairs import PairPipeline
from aktema.bench.engine_rivals import Scored
from aktema.bench.engine_world import World, without_wish
from aktema.matching.engine import MatchIndex, Person, Place

CHANGED_IN, REMOVED_IN, ADDED_IN = 10, 20, 20
"""One place in so many."""
CLOSE = 1e-9


def wrong_lists(world: World, people: int) -> int:
    """Of so many people, how many have another top 20 after places changed, went away and came."""
    index = MatchIndex(world.places(), vocabulary=world.vocabulary)
    reference = PairPipeline(_change(index, world), world.vocabulary)
    asked = without_wish(world.people(people))
    return sum(not _are_same(_ours(index, person), reference.suggest(person)) for person in asked)


def _change(index: MatchIndex, world: World) -> list[Place]:
    changed = range(1, world.size + 1, CHANGED_IN)
    gone = range(2, world.size + 1, REMOVED_IN)
    added = range(world.size + 1, world.size + 1 + world.size // ADDED_IN)
    news = world.places_with([*changed, *added], version=1)
    index.update(news)
    index.remove(gone)
    held = {place.id: place for place in (*world.places(), *news) if place.id not in gone}
    return list(held.values())


def _ours(index: MatchIndex, person: Person) -> Scored:
    return [(one.place_id, one.score) for one in index.shortlist(person, limit=20)]


def _are_same(one: Scored, other: Scored) -> bool:
    """The same places in the same order with the same scores, to the digits that rounding leaves."""
    ids = [key for key, _score in one] == [key for key, _score in other]
    return ids and all(abs(a - b) <= CLOSE for (_, a), (_, b) in zip(one, other, strict=True))
