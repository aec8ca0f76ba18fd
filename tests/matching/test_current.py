"""The index in force: the same as one built anew, whatever has changed and whoever changed it."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from aktema.app import create_app
from aktema.core import clock
from aktema.core.db import Base, db
from aktema.core.epochs import has_moved_here
from aktema.core.settings import Settings
from aktema.employers.models import Placement
from aktema.employers.states import State
from aktema.matching import current, engine
from aktema.matching.current import KEPT, current_index
from aktema.vocabulary.operations import load_vocabulary
from tests.conftest import QueryCount, settings_for_tests
from tests.support.database import fresh_database
from tests.support.employers import a_placement, a_workplace, an_employer
from tests.support.other_worker import other_worker

pytestmark = pytest.mark.database


def built_anew(app: Flask) -> list[engine.Place]:
    app.extensions.pop(KEPT, None)
    return list(current_index())


def test_an_index_asked_again_costs_one_statement(session: Session, queries: QueryCount) -> None:
    a_placement()
    session.commit()
    current_index()
    queries.statements.clear()
    assert current_index() is current_index()
    assert len(queries) == 2


def test_changes_give_the_index_that_would_be_built_anew(app: Flask, session: Session) -> None:
    placements = [a_placement(title=f"Plats {number}") for number in range(6)]
    session.commit()
    before = current_index()
    placements[0].state = State.CLOSED
    placements[1].places = 7
    placements[2].workplace.locality_id = None
    placements[2].changed_at = clock.now()
    a_placement(title="Ny")
    session.commit()
    after = current_index()
    assert list(after) == built_anew(app) != list(before)


def test_only_what_has_changed_is_read_again(session: Session, queries: QueryCount) -> None:
    placements = [a_placement() for _number in range(30)]
    session.commit()
    current_index()
    placements[3].places = 2
    session.commit()
    read: list[int] = []
    original = current.matchable_placements
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(current, "matchable_placements", lambda ids=None: read.extend(ids) or original(ids))
        current_index()
    assert read == [placements[3].id]


def test_what_was_deleted_is_gone(app: Flask, session: Session) -> None:
    placement, other = a_placement(), a_placement()
    session.commit()
    assert len(current_index()) == 2
    for change in placement.state_changes:
        session.delete(change)
    session.delete(placement)
    session.commit()
    assert [place.id for place in current_index()] == [other.id]


def test_what_may_be_rolled_back_is_kept_by_nobody(app: Flask, session: Session) -> None:
    a_placement()
    session.commit()
    kept = current_index()
    a_placement()
    assert has_moved_here()
    assert (len(current_index()), app.extensions[KEPT].index) == (2, kept)
    session.rollback()
    assert current_index() is kept


def test_a_placement_ends_with_its_last_day(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    a_placement(to_date=clock.today())
    session.commit()
    tomorrow = clock.today() + timedelta(days=1)
    today = [place.is_live for place in current_index()]
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert (today, [place.is_live for place in current_index()]) == ([True], [False])


def test_equals_take_turns_from_day_to_day(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        a_placement(a_workplace(an_employer(f"Bolag {number}")))
    session.commit()
    person, first_day = engine.Person(id=1), clock.today()
    orders = set()
    for later in range(3):
        monkeypatch.setattr(clock, "today", lambda day=first_day + timedelta(days=later): day)
        orders.add(tuple(one.place_id for one in current_index().shortlist(person)))
    assert len(orders) == 3


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[tuple[Flask, Settings]]:
    """A filled database of its own whose processes share their index."""
    with fresh_database(tmp_path, f"aktema_workers_{os.getpid()}") as url:
        settings = settings_for_tests(tmp_path, url, share_index=True)
        app = create_app(settings)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            load_vocabulary()
            for number in range(3):
                a_placement(title=f"Plats {number}")
            db.session.commit()
            yield app, settings
            db.session.remove()
            db.engine.dispose()


def test_another_process_sees_a_changed_placement_the_next_time_it_looks(
    installation: tuple[Flask, Settings],
) -> None:
    _app, settings = installation
    first, second, third = (one.id for one in db.session.query(Placement).order_by(Placement.id))
    with other_worker(settings) as worker:
        seen = [worker.open_places()]
        db.session.get_one(Placement, second).state = State.CLOSED
        db.session.commit()
        seen.append(worker.open_places())
        db.session.get_one(Placement, second).state = State.PUBLISHED
        db.session.get_one(Placement, third).state = State.PAUSED
        db.session.commit()
        seen.append(worker.open_places())
    assert seen == [{first, second, third}, {first, third}, {first, second}]


def test_processes_read_the_same_files(installation: tuple[Flask, Settings]) -> None:
    _app, settings = installation
    made = list(current_index())
    files = {path: path.stat().st_mtime_ns for path in (settings.data_folder / KEPT).rglob("*.npy")}
    with other_worker(settings) as worker:
        assert worker.open_places() == {place.id for place in made}
    assert {path: path.stat().st_mtime_ns for path in (settings.data_folder / KEPT).rglob("*.npy")} == files


def test_old_files_are_dropped(installation: tuple[Flask, Settings]) -> None:
    _app, settings = installation
    placement = db.session.query(Placement).first()
    for places in (2, 3, 4, 5):
        placement.places = places
        db.session.commit()
        current_index()
    folders = [path for path in (settings.data_folder / KEPT).iterdir() if path.is_dir()]
    assert len(folders) == current.FOLDERS_KEPT


def test_an_index_opened_from_files_answers_as_the_one_that_was_saved(tmp_path: Path) -> None:
    from tests.matching.engine.worlds import VOCABULARY, person_from, place_from

    index = engine.MatchIndex([place_from(seed) for seed in range(200)], vocabulary=VOCABULARY)
    index.save(tmp_path / "index")
    opened = engine.MatchIndex.open(tmp_path / "index", vocabulary=VOCABULARY)
    people = [person_from(seed) for seed in range(20)]
    assert opened.suggest_many(people) == index.suggest_many(people)
    with pytest.raises(FileNotFoundError):
        engine.MatchIndex.open(tmp_path / "none", vocabulary=VOCABULARY)
