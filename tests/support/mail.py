"""A letter box instead of a mail server, for tests."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from aktema.core.delivery import CARRIERS, deliver_waiting
from aktema.core.mail import Parcel
from aktema.core.outbox import Channel


class LetterBox:
    """Takes whatever is sent, or raises what it is told to."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []
        self.problem: Exception | None = None
        self.tries = 0

    def carry(self, parcel: Parcel, /) -> None:
        self.tries += 1
        if self.problem is not None:
            raise self.problem
        self.parcels.append(parcel)

    def path(self, start: str) -> str:
        """The path of the last address sent that begins so: `/svara/`."""
        bodies = "\n".join(parcel.body for parcel in self.parcels)
        found: list[str] = re.findall(r"https?://[^/\s]+(/\S*)", bodies)
        return next(path for path in reversed(found) if path.startswith(start))


@contextmanager
def letter_box() -> Iterator[LetterBox]:
    """What carries messages of the current application inside."""
    before = current_app.extensions[CARRIERS]
    box = LetterBox()
    current_app.extensions[CARRIERS] = {Channel.EMAIL: box, Channel.SMS: box}
    try:
        yield box
    finally:
        current_app.extensions[CARRIERS] = before


def post() -> LetterBox:
    """Deliver what waits and return the box it came to."""
    with letter_box() as box:
        deliver_waiting()
    return box
