"""Another process of the same installation, asked for what its index holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

from aktema.app import create_app
from aktema.core.db import db, reading
from aktema.core.settings import Settings
from aktema.matching.current import current_index


class OtherWorker:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_places(self) -> set[int]:
        """The ids of the places that may be suggested, as the other process sees them now."""
        self._connection.send("ask")
        found: set[int] = self._connection.recv()
        return found


@contextmanager
def other_worker(settings: Settings) -> Iterator[OtherWorker]:
    """A process that has started, and ends with the block."""
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_answer, args=(settings, theirs), daemon=True)
    process.start()
    try:
        yield OtherWorker(ours)
    finally:
        ours.close()
        process.join(timeout=30)


def _answer(settings: Settings, connection: Connection) -> None:
    app = create_app(settings)
    while True:
        try:
            connection.recv()
        except EOFError:
            return
        with app.app_context(), reading():
            connection.send({place.id for place in current_index() if place.is_live})
            db.session.remove()
