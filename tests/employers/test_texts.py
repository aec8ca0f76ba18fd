"""Times and places in words."""

from datetime import date

import pytest
from flask import Flask

from aktema.employers import texts

MARCH, JUNE = date(2026, 3, 9), date(2026, 6, 12)


@pytest.fixture(autouse=True)
def _swedish(app: Flask) -> object:
    with app.test_request_context("/", headers={"Accept-Language": "sv"}):
        yield


@pytest.mark.parametrize(
    ("least", "most", "sentence", "figures"),
    [
        (None, None, "", ""),
        (600, None, "minst 10 timmar i veckan", "10"),
        (None, 1230, "högst 20,5 timmar i veckan", "20,5"),
        (600, 600, "10 timmar i veckan", "10"),
        (600, 1500, "10–25 timmar i veckan", "10–25"),
        (0, 1500, "0–25 timmar i veckan", "0–25"),
    ],
)
def test_hours_are_said_as_far_as_they_are_known(
    least: int | None, most: int | None, sentence: str, figures: str
) -> None:
    assert texts.hours_text(least, most) == sentence
    assert texts.hours_range(least, most) == figures


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (None, ""),
        (1, "måndag"),
        (3, "måndag, tisdag"),
        (31, "måndag–fredag"),
        (5, "måndag, onsdag"),
        (16 + 32 + 64, "fredag–söndag"),
        (1 + 2 + 8, "måndag, tisdag, torsdag"),
    ],
)
def test_weekdays_in_a_row_are_said_as_first_and_last(bits: int | None, words: str) -> None:
    assert texts.weekdays_text(bits) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(None, None, ""), (480, 960, "08:00–16:00"), (480, None, "tidigast 08:00"), (None, 960, "senast 16:00")],
)
def test_the_hours_of_the_day(start: int | None, end: int | None, words: str) -> None:
    assert texts.day_text(start, end) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "tills vidare"),
        (MARCH, None, "från 2026-03-09, tills vidare"),
        (None, JUNE, "till 2026-06-12"),
        (MARCH, JUNE, "2026-03-09 till 2026-06-12"),
    ],
)
def test_the_period(first: date | None, last: date | None, words: str) -> None:
    assert texts.period_text(first, last) == words


def test_an_organisation_number_is_written_with_its_dash() -> None:
    assert texts.organisation_number_text("5560360793") == "556036-0793"
    assert texts.organisation_number_text(None) == ""
