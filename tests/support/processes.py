"""Server processes of one installation that do what the clock asks for, at the same moment."""

from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

from aktema.app import create_app
from aktema.core import clock, jobs
from aktema.core.db import db
from aktema.core.settings import Settings

PATIENCE = 120
"""Seconds that a process may take to start."""


def look_after(settings: Settings, *days: int, count: int) -> None:
    """Start so many processes that do their chores together on each of the days, counted from today, and end."""
    spawn = get_context("spawn")
    gate = spawn.Barrier(count)
    processes = [spawn.Process(target=_do_chores, args=(settings, gate, days)) for _ in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
    assert [process.exitcode for process in processes] == [0] * count


def _do_chores(settings: Settings, gate: Barrier, days: tuple[int, ...]) -> None:
    app, real = create_app(settings), clock.now
    for day in days:
        clock.now = partial(lambda away: real() + away, timedelta(days=day))
        gate.wait(PATIENCE)
        with app.app_context():
            jobs.do_chores()
            db.session.remove()
