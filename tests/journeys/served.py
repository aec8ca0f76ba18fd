"""A running Aktema for a real browser: its own database, the real web server, and the worker for long jobs."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from waitress import create_server

from aktema.access.models import Account
from aktema.access.passwords import hash_password
from aktema.app import create_app
from aktema.cli.installation import prepare_database
from aktema.core import jobs
from aktema.core.db import db
from aktema.core.delivery import CARRIERS, deliver_waiting
from aktema.core.outbox import Channel
from tests.conftest import settings_for_tests
from tests.support.access import PASSWORD
from tests.support.mail import LetterBox

LOCALHOST = "127.0.0.1"
THREADS = 4
PATIENCE = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SignIn:
    """What somebody types to get in."""

    email: str
    password: str = PASSWORD


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A served installation."""

    app: Flask
    address: str
    box: LetterBox

    def mailed(self, start: str) -> str:
        """The path of the last mailed address that begins so (`/svara/`), once what waits is delivered."""
        with self.app.app_context():
            deliver_waiting()
            db.session.remove()
        return self.box.path(start)

    def add(self, make: Callable[[], Account]) -> SignIn:
        """Store the account that `make` builds, with the tests' password."""
        with self.app.test_request_context():
            account = make()
            account.password_hash = hash_password(PASSWORD)
            sign_in = SignIn(email=account.email)
            db.session.commit()
            db.session.remove()
        return sign_in


@contextmanager
def serve(folder: Path, fill: Callable[[], None]) -> Iterator[Site]:
    """Serve a new installation that `fill` has put people into, until the block ends."""
    with socket.create_server((LOCALHOST, 0)) as listener:
        address = f"http://{LOCALHOST}:{listener.getsockname()[1]}"
        app, box = _installation(folder, address), LetterBox()
        app.extensions[CARRIERS] = {Channel.EMAIL: box, Channel.SMS: box}
        with app.app_context():
            fill()
            db.session.remove()
        with _worker(app), _server(app, listener):
            yield Site(app=app, address=address, box=box)
        with app.app_context():
            db.engine.dispose()


def _installation(folder: Path, address: str) -> Flask:
    url = f"sqlite:///{folder / 'journeys.db'}"
    app = create_app(
        settings_for_tests(folder, url, base_url=address, demo=True, json_logs=False, sign_in_attempts=10_000)
    )
    with app.app_context():
        prepare_database()
    return app


@contextmanager
def _worker(app: Flask) -> Iterator[None]:
    worker = jobs.Worker(app)
    worker.start()
    yield
    worker.stop()
    worker.join(PATIENCE)


@contextmanager
def _server(app: Flask, listener: socket.socket) -> Iterator[None]:
    server = create_server(app, sockets=[listener], threads=THREADS, ident="aktema")
    thread = threading.Thread(target=server.run, name="server", daemon=True)
    thread.start()
    yield
    server.task_dispatcher.shutdown(timeout=PATIENCE)
    server.close()
    thread.join(PATIENCE)
