"""The card of tomorrow and the week: what is done on which day, in which order, in words and pictures."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from aktema.plans.plan_codes import PlanField
from aktema.plans.rules.document import Document, Pattern
from aktema.plans.week import DayCard, day_card, monday_of, week
from tests.support.documents import MONDAY, a_document, a_goal, a_statement, an_activity, documents

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def asked_by_somebody(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def plan_of(**patterns: Pattern) -> Document:
    """A plan whose activities have these keys and patterns."""
    activities = tuple(an_activity(key, pattern=pattern) for key, pattern in patterns.items())
    return a_document(goals=(a_goal(activities=activities),))


def keys(card: DayCard) -> list[str]:
    return [item.key for item in card.items]


def test_what_begins_first_stands_first_and_what_has_no_time_last() -> None:
    plan = plan_of(
        late=Pattern(weekdays=1, starts_at=780),
        some_time=Pattern(weekdays=1),
        long=Pattern(weekdays=1, starts_at=540, ends_at=720),
        short=Pattern(weekdays=1, starts_at=540, ends_at=600),
    )
    assert keys(day_card([plan], MONDAY)) == ["short", "long", "late", "some_time"]


@pytest.mark.parametrize(
    ("pattern", "days"),
    [
        (Pattern(weekdays=0b1), [0, 7]),
        (Pattern(weekdays=0b1000001), [0, 6, 7, 13]),
        (Pattern(weekdays=0b1, week_pattern="odd"), [0]),
        (Pattern(weekdays=0b1, week_pattern="even"), [7]),
        (Pattern(weekdays=0b11, from_date=TUESDAY), [1, 7, 8]),
        (Pattern(weekdays=0b11, to_date=MONDAY), [0]),
        (Pattern(weekdays=0), []),
    ],
)
def test_an_activity_stands_on_the_days_it_is_done(pattern: Pattern, days: list[int]) -> None:
    plan = plan_of(a=pattern)
    done = [day for day in range(14) if day_card([plan], MONDAY + timedelta(days=day)).items]
    assert done == days


@given(documents(), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_week_is_its_seven_days_from_monday_to_sunday(document: Document, day: date) -> None:
    monday = monday_of(day)
    cards = [day_card([document], monday + timedelta(days=number)) for number in range(7)]
    assert list(week([document], monday).days) == cards
    assert [card.name for card in cards] == [
        "Måndag",
        "Tisdag",
        "Onsdag",
        "Torsdag",
        "Fredag",
        "Lördag",
        "Söndag",
    ]


@given(documents(), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_card_holds_each_activity_that_falls_on_its_day_once(document: Document, day: date) -> None:
    expected = [part.key for goal in document.goals for part in goal.activities if part.pattern.falls_on(day)]
    assert sorted(keys(day_card([document], day))) == sorted(expected)


def test_plans_of_two_orders_share_a_day() -> None:
    first, second = (
        plan_of(a=Pattern(weekdays=1, starts_at=600)),
        plan_of(b=Pattern(weekdays=1, starts_at=480)),
    )
    assert keys(day_card([first, second], MONDAY)) == ["b", "a"]


def test_an_item_says_when_what_where_and_who() -> None:
    item = day_card([plan_of(a=Pattern(weekdays=1, starts_at=540, ends_at=570))], MONDAY).items[0]
    assert (item.when, item.times) == ("klockan 9 till klockan 9.30", (540, 570))
    assert [(one.field, one.told.lines) for one in item.tellings] == [
        (PlanField.WHAT, ("Enkelt: what a.",)),
        (PlanField.WHERE, ("Enkelt: where a.",)),
        (PlanField.WHO, ("Enkelt: who a.",)),
    ]


def test_an_easy_text_that_is_old_is_marked_on_the_card_too() -> None:
    old = a_statement("a", PlanField.WHAT, told="Förr.")
    activity = an_activity("a", statements=(old,), pattern=Pattern(weekdays=1))
    card = day_card([a_document(goals=(a_goal(activities=(activity,)),))], MONDAY)
    assert "äldre" in card.items[0].tellings[0].told.note


def test_a_day_is_written_as_people_say_it() -> None:
    card = day_card([], MONDAY)
    assert (card.name, card.written, card.items) == ("Måndag", "9 mars", ())


def test_a_week_without_anything_is_empty() -> None:
    assert (week([], MONDAY).is_empty, week([plan_of(a=Pattern(weekdays=64))], MONDAY).is_empty) == (
        True,
        False,
    )
