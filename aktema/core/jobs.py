"""Long work: a row that a worker thread runs under a lease, with progress anyone may look at who may see the job."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from aktema.core.clock import elapsed, now
from aktema.core.db import Base, CreatedMixin, PublicIdMixin, db, reading
from aktema.core.logs import log

LEASE = timedelta(seconds=60)
WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


class Job(PublicIdMixin, CreatedMixin, Base):
    """One piece of long work. What it needs and what it found lie in the owning slice's own rows."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    state: Mapped[str] = mapped_column(default=WAITING, index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def is_over(self) -> bool:
        return self.state in (DONE, FAILED)


@dataclass(frozen=True, slots=True)
class Progress:
    """Says how far a job has come and renews its lease. Not for use inside a transaction that has written."""

    job_id: int

    def report(self, done: int, total: int) -> None:
        """Store the progress at once, in a transaction of its own."""
        here = update(Job).where(Job.id == self.job_id)
        with Session(db.engine, join_transaction_mode="create_savepoint") as session, session.begin():
            session.execute(here.values(done=done, total=total, leased_until=now() + LEASE))


Work = Callable[[int, Progress], None]
_kinds: dict[str, Work] = {}


def register(kind: str, work: Work) -> None:
    """Say what runs jobs of a kind: a function of the subject's id and the progress."""
    _kinds[kind] = work


Chore = Callable[[], None]
_chores: list[Chore] = []
CHORES_EVERY = 3600.0
"""Seconds."""


def register_chore(chore: Chore) -> None:
    """Say what is to be done every hour: two processes may do it at once, and the clock may have been set.

    So a chore asks what is due rather than what hour it is, and does what counts under `timed.once`.
    """
    _chores.append(chore)


def do_chores() -> None:
    """Do what is due by the clock, each in a transaction of its own. Needs an app context."""
    for chore in _chores:
        try:
            chore()
            db.session.commit()
        except (
            Exception
        ):  # the edge of a process: a chore that breaks must not keep the others from being done
            db.session.rollback()
            log.error("chore failed", chore=f"{chore.__module__}.{chore.__name__}", exc_info=True)


def enqueue(kind: str, subject_id: int) -> Job:
    """Add a job to be run once the transaction is stored."""
    job = Job(kind=kind, subject_id=subject_id)
    db.session.add(job)
    return job


def run_next() -> bool:
    """Run one waiting or abandoned job; returns whether there was one. Needs an app context."""
    job = _lease()
    if job is None:
        return False
    state = _run(job)
    db.session.rollback()
    db.session.execute(
        update(Job).where(Job.id == job.id).values(state=state, ended_at=now(), leased_until=None)
    )
    db.session.commit()
    return True


def _lease() -> Job | None:
    free = (Job.state == WAITING) | ((Job.state == RUNNING) & (Job.leased_until < now()))
    job = db.session.scalar(
        select(Job).where(free).order_by(Job.id).limit(1).with_for_update(skip_locked=True)
    )
    if job is not None:
        job.state, job.leased_until = RUNNING, now() + LEASE
    db.session.commit()
    if job is not None:
        db.session.refresh(job)
        db.session.expunge(job)
        db.session.commit()
    return job


def _run(job: Job) -> str:
    try:
        _kinds[job.kind](job.subject_id, Progress(job.id))
    except Exception:  # the edge of a process: a job that breaks must not take the worker with it
        log.error("job failed", kind=job.kind, job=job.id, exc_info=True)
        return FAILED
    return DONE


class Worker(threading.Thread):
    """Runs jobs until stopped; looks twice a second."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="jobs", daemon=True)
        self._app = app
        self._stopped = threading.Event()
        self._chores_at = elapsed()

    def run(self) -> None:
        while not self._stopped.wait(0.5):
            with self._app.app_context():
                self._look()

    def _look(self) -> None:
        try:
            with reading():
                waits = db.session.scalar(select(Job.id).where(Job.state.in_((WAITING, RUNNING))).limit(1))
                db.session.rollback()
            while waits and run_next():
                pass
            if elapsed() >= self._chores_at:
                self._chores_at = elapsed() + CHORES_EVERY
                do_chores()
        except Exception:  # the database may be away for a moment; the next look tries again
            log.warning("job worker waits", exc_info=True)

    def stop(self) -> None:
        self._stopped.set()
