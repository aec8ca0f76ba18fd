"""The person's text of an agreement follows the days, except where somebody has worded them otherwise."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.core import clock
from aktema.pathway.agreement_operations import extend, write_days
from aktema.pathway.agreement_page import easy_text, is_text_to_be_read_through, staff_lines
from aktema.pathway.agreement_words import easy_days, retold
from aktema.pathway.rules.schedule import DayTimes, Times
from aktema.pathway.trial_codes import ExtendReason
from aktema.pathway.trial_models import Agreement
from tests.support.people import act_as
from tests.support.signatures import Stay, a_stay

DAY = timedelta(days=1)
OLD, NEW = ["Du börjar måndag.", "Sista dagen är fredag."], ["Du börjar tisdag."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hej.\r\nDu börjar måndag.\r\nSista dagen är fredag.\r\nHej då.",
            "Hej.\nDu börjar tisdag.\nHej då.",
        ),
        ("Du börjar på måndag.\nSista dagen är fredag.", "Du börjar på måndag.\nSista dagen är fredag."),
        ("", ""),
    ],
)
def test_what_was_said_of_the_days_is_told_anew_and_other_words_stay(text: str, told: str) -> None:
    assert retold(text, OLD, NEW) == told


def test_where_nothing_was_said_of_days_nothing_is_added() -> None:
    assert retold("Hej.", [], NEW) == "Hej."


@pytest.fixture
def draft(session: Session) -> Stay:
    stay = a_stay(signed=False, asked=False)
    stay.trial.agreements[0].easy = easy_text(stay.trial, stay.trial.agreements[0])
    return stay


def test_other_days_change_the_text_that_the_person_reads(draft: Stay) -> None:
    first = clock.today() + 7 * DAY
    days = [DayTimes(day=first, times=Times(starts_at=540, ends_at=720, break_minutes=0))]
    written = write_days(act_as(draft.coach), draft.trial, days, from_date=first, to_date=first + 2 * DAY)
    assert set(easy_days(written)) <= set((written.easy or "").splitlines())
    assert len((written.easy or "").splitlines()) == 8
    assert not is_text_to_be_read_through(written)


def test_an_extension_says_the_new_last_day(session: Session) -> None:
    stay = a_stay()
    agreed = stay.trial.agreements[0]
    agreed.easy, last = easy_text(stay.trial, agreed), clock.today() + 9 * DAY
    later = extend(act_as(stay.coach), stay.trial, last, ExtendReason.GOES_WELL)
    assert easy_days(later)[-1] in (later.easy or "")
    assert easy_days(agreed)[-1] not in (later.easy or "")


def test_words_of_ones_own_are_to_be_read_through(draft: Stay) -> None:
    draft.trial.agreements[0].easy = "Du börjar snart."
    assert is_text_to_be_read_through(draft.trial.agreements[0])


def test_where_there_is_no_text_there_is_nothing_to_read_through(session: Session) -> None:
    bare = Agreement(from_date=date(2026, 3, 9), to_date=date(2026, 3, 9))
    assert not is_text_to_be_read_through(bare)
    assert easy_days(bare) == ["Du börjar måndag 9 mars."]


def test_staff_see_what_the_person_reads(draft: Stay) -> None:
    assert draft.trial.agreements[0].easy in dict(staff_lines(draft.trial.agreements[0])).values()
