"""The index in force: asked of by every request, changed as placements change, shared by processes through files."""

import fcntl
import hashlib
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from flask import current_app

from aktema.core import clock
from aktema.core.epochs import Moment, has_moved_here, moments
from aktema.core.settings import Settings
from aktema.employers.epochs import PLACEMENTS, PLACEMENTS_GONE
from aktema.employers.queries import PlacementFacts, changed_after, matchable_placements
from aktema.employers.states import State
from aktema.matching import epochs as question_epochs  # noqa: F401  # it listens
from aktema.matching.engine import MatchIndex, Place
from aktema.matching.gather import engine_vocabulary, place_of
from aktema.matching.models import MODELS
from aktema.matching.models_in_use import current_ranker
from aktema.matching.plan_queries import employers_asked_enough, last_asked_by_employer
from aktema.matching.queries import earlier_trials, places_taken
from aktema.matching.turns import daily_order
from aktema.pathway.introduction_queries import silent_employers

KEPT = "match_index"
FORMAT = 2
FOLDERS_KEPT = 2
_building = Lock()


@dataclass(frozen=True, slots=True)
class _Stand:
    """What an index was made from. The models are no part of its files: they rank the same places."""

    placements: Moment
    gone: Moment
    day: date
    models: Moment

    @classmethod
    def now(cls) -> "_Stand":
        epochs, start = moments(), Moment()
        placements, gone, models = (epochs.get(name, start) for name in (PLACEMENTS, PLACEMENTS_GONE, MODELS))
        return cls(placements, gone, clock.today(), models)

    def follows(self, earlier: "_Stand") -> bool:
        """Whether only changed placements lie between: no deleted ones and no other day."""
        same = (self.gone, self.day) == (earlier.gone, earlier.day)
        return same and earlier.placements.number < self.placements.number

    def has_places_of(self, other: "_Stand") -> bool:
        return (self.placements, self.gone, self.day) == (other.placements, other.gone, other.day)

    def name(self) -> str:
        """What the files are called: equal where the same would stand in them."""
        known = engine_vocabulary()
        sets = sorted(known.preferences), sorted(known.constraints)
        words = (FORMAT, self.placements.token, self.gone.token, self.day, known.dimensions, known.activities)
        digest = hashlib.sha256(repr((words, sets)).encode()).hexdigest()[:16]
        return f"{self.placements.number}-{self.gone.number}-{digest}"


@dataclass(frozen=True, slots=True)
class _Kept:
    stand: _Stand
    index: MatchIndex


def current_index() -> MatchIndex:
    """The index of every placement as it stands. One statement where nothing has changed."""
    stand = _Stand.now()
    kept = _kept()
    if kept is not None and kept.stand == stand:
        return kept.index
    if has_moved_here():  # what this transaction sees may be rolled back: nobody else is to see it
        return _made(stand, kept).with_ranker(current_ranker())
    with _building:
        kept = _kept()
        if kept is None or kept.stand != stand:
            kept = current_app.extensions[KEPT] = _Kept(stand, _ranked(stand, kept))
    return kept.index


def _kept() -> _Kept | None:
    found: _Kept | None = current_app.extensions.get(KEPT)
    return found


def _ranked(stand: _Stand, kept: _Kept | None) -> MatchIndex:
    if kept is not None and stand.has_places_of(kept.stand):
        return kept.index.with_ranker(current_ranker())
    settings: Settings = current_app.extensions["settings"]
    index = _shared(stand, kept, settings) if settings.share_index else _made(stand, kept)
    return index.with_ranker(current_ranker())


def _made(stand: _Stand, kept: _Kept | None) -> MatchIndex:
    if kept is not None and stand.follows(kept.stand):
        facts = matchable_placements(changed_after(kept.stand.placements.number))
        published = [one for one in facts if one.state is State.PUBLISHED]
        places = _places(published, stand.day, [one.id for one in published])
        gone = [one.id for one in facts if one.state is not State.PUBLISHED]
        return _in_turn(kept.index.changed(places, gone), stand.day)
    places = _places(matchable_placements(), stand.day)
    return _in_turn(MatchIndex(places, vocabulary=engine_vocabulary()), stand.day)


def _places(found: Iterable[PlacementFacts], day: date, only: Collection[int] | None = None) -> list[Place]:
    """The placements with what is known of their trials; `only` names them where they are not all."""
    tried, taken, enough = earlier_trials(day, only), places_taken(day, only), employers_asked_enough(day)
    return [
        place_of(
            one,
            day,
            tried.get(one.id, 0),
            taken=taken.get(one.id, 0),
            is_asked_enough=one.employer_id in enough,
        )
        for one in found
    ]


def _in_turn(index: MatchIndex, day: date) -> MatchIndex:
    """Among equals an employer nobody was lately asked for gets its turn, and one who never answered comes last.

    What is asked today counts tomorrow.
    """
    employers, asked = index.employers(), last_asked_by_employer()
    turns = {
        place: asked[employer] for place, employer in employers.items() if asked.get(employer, day) < day
    }
    unheard = silent_employers(day)
    silent = {place for place, employer in employers.items() if employer in unheard}
    return index.with_turns(daily_order(employers, turns, day, silent))


def _shared(stand: _Stand, kept: _Kept | None, settings: Settings) -> MatchIndex:
    """From the files of whoever was first; made and stored by the first. All read the same memory."""
    home = settings.data_folder / KEPT
    home.mkdir(parents=True, exist_ok=True)
    folder = home / stand.name()
    with _alone(home / "lock"):
        if not folder.exists():
            _made(stand, kept).save(folder)
            _drop_old(home)
        return MatchIndex.open(folder, vocabulary=engine_vocabulary())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _drop_old(home: Path) -> None:
    """Keep the newest. Who still reads another keeps it open; its files go when they are done."""
    folders = [path for path in home.iterdir() if path.is_dir()]
    for path in sorted(folders, key=lambda path: path.stat().st_mtime)[:-FOLDERS_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
