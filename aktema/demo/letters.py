"""The mails that the demo's past would have sent: none is, so what they were due for counts as written."""

from collections.abc import Iterator
from datetime import date, time

from aktema.core.db import db
from aktema.core.timed import TimedAct
from aktema.demo.days import at
from aktema.pathway.check_in_queries import begun_on, running
from aktema.pathway.introduction_queries import unanswered
from aktema.pathway.review_queries import letters_due, people_silent
from aktema.pathway.rules.check_ins import letter_due
from aktema.pathway.rules.reviews import REMIND_AFTER
from aktema.pathway.trial_queries import facts_of


def count_as_written(today: date) -> None:
    """Nobody gets a letter about what happened before the demo began."""
    done_at = at(
        today, time()
    )  # not before the last day of what ends today, which would be written about again
    db.session.add_all(TimedAct(key=key, done_at=done_at) for key in _keys(today))


def _keys(today: date) -> Iterator[str]:
    """The names under which the letters' own slices remember them."""
    for trial in letters_due(today):
        yield from (f"review:{trial.public_id}:{stage}" for stage in (0, *REMIND_AFTER))
    for trial in people_silent(today):
        yield from (f"review-own:{trial.public_id}:{stage}" for stage in REMIND_AFTER)
    for trial in running(today):
        first, last = begun_on(trial), facts_of(trial).to_date
        code = letter_due(first, last, today) if first and last else None
        if code is not None:
            yield f"check_in:{trial.id}:{code}"
    for view in unanswered():
        yield f"introduction-remind:{view.introduction.id}:{view.introduction.sent_on}"
