"""The only reader of time. Moments are UTC, dates are Swedish calendar dates."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Sweden."""
    return now().astimezone(STOCKHOLM).date()


def local(moment: datetime) -> datetime:
    """The moment as people in Sweden see it on the clock."""
    return moment.astimezone(STOCKHOLM)


def elapsed() -> float:
    """Seconds since some moment: for waiting, as it goes on evenly when somebody sets the clock."""
    return time.monotonic()
