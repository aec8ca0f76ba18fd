"""When somebody is asked how it goes on the way to work: once a quarter, as a reminder and never as a gate.

Source: the Danish BIP study, which asked the person and the caseworker every third month.
"""

from datetime import date, timedelta

EVERY = timedelta(weeks=13)


def due_on(*, since: date, last_on: date | None) -> date:
    """The day from which the next pulse is due: a quarter after the last, or after the support began."""
    return (last_on or since) + EVERY


def due_before(today: date) -> date:
    """Whoever was asked last on this day or earlier is due."""
    return today - EVERY
