"""How long an introduction waits, who sees a card, and what is on it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.pathway.rules.card import PARTS, Card, Field, chosen_part, filled
from aktema.pathway.rules.introduction import (
    ACCESS_AFTER_TRIAL,
    AccessFacts,
    Patience,
    Quota,
    answer_by,
    close_on,
    may_be_asked,
    may_employer_see,
    remind_on,
)

MONDAY = date(2026, 3, 9)
USUAL = Patience(remind_after=3, close_after=10)
OPEN = AccessFacts(is_sent=True, is_consented=True, is_kept_secret=False, is_over=False)
WHOLE = Card(
    called="Alva",
    weekly_minutes=1200,
    daily_minutes=300,
    weekdays=(0, 2),
    earliest_start=540,
    latest_end=900,
    likes=("bake",),
    adaptations=("written_steps",),
    contact=("Kim Coach", "kim@example.se"),
    words="Jag gillar bröd.",
    photo="x" * 22,
)


@pytest.mark.parametrize(
    ("sent_on", "reminded", "closed"),
    [
        (MONDAY, date(2026, 3, 12), date(2026, 3, 24)),
        (date(2026, 3, 13), date(2026, 3, 18), date(2026, 3, 28)),
        (date(2026, 4, 1), date(2026, 4, 8), date(2026, 4, 18)),
    ],
    ids=["a Monday", "a Friday", "before Easter"],
)
def test_employers_are_waited_for_in_working_days(sent_on: date, reminded: date, closed: date) -> None:
    assert (remind_on(sent_on, USUAL), close_on(sent_on, USUAL)) == (reminded, closed)


def test_a_person_has_a_week_to_think() -> None:
    assert answer_by(MONDAY) == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("facts", "sees"),
    [
        (OPEN, True),
        (replace(OPEN, is_sent=False), False),
        (replace(OPEN, is_consented=False), False),
        (replace(OPEN, is_kept_secret=True), False),
        (replace(OPEN, is_closed=True), False),
        (replace(OPEN, is_over=True), False),
        (replace(OPEN, trial_ends_on=MONDAY), True),
        (replace(OPEN, is_over=True, trial_ends_on=MONDAY), True),
        (replace(OPEN, trial_ends_on=MONDAY - ACCESS_AFTER_TRIAL), True),
        (replace(OPEN, trial_ends_on=MONDAY - ACCESS_AFTER_TRIAL - timedelta(days=1)), False),
        (replace(OPEN, is_consented=False, trial_ends_on=MONDAY), False),
        (replace(OPEN, is_kept_secret=True, trial_ends_on=MONDAY), False),
        (replace(OPEN, is_closed=True, trial_ends_on=MONDAY), False),
    ],
)
def test_an_employer_sees_with_consent_and_for_twelve_weeks_after_the_end(
    facts: AccessFacts, sees: bool
) -> None:
    assert may_employer_see(facts, MONDAY) is sees


@pytest.mark.parametrize(
    ("cap", "not_before", "asked", "may"),
    [
        (None, None, 99, True),
        (2, None, 1, True),
        (2, None, 2, False),
        (None, MONDAY, 0, True),
        (None, MONDAY + timedelta(days=1), 0, False),
    ],
)
def test_an_employer_is_asked_as_often_as_they_want(
    cap: int | None, not_before: date | None, asked: int, may: bool
) -> None:
    assert may_be_asked(Quota(month_cap=cap, not_before=not_before), asked, MONDAY) is may


def test_a_card_is_stored_and_read_again_as_it_was() -> None:
    assert Card.from_json(WHOLE.to_json()) == WHOLE


@given(st.sets(st.sampled_from(Field)))
def test_a_card_shows_the_chosen_fields_and_no_others(fields: set[Field]) -> None:
    assert set(filled(chosen_part(WHOLE, fields))) == fields


def test_a_card_without_choices_says_what_the_person_is_called() -> None:
    assert chosen_part(WHOLE, ()) == Card(called="Alva")


@given(st.sets(st.sampled_from(Field)), st.sampled_from(Field))
def test_what_is_not_chosen_changes_no_letter_of_a_card(fields: set[Field], changed: Field) -> None:
    other = replace(WHOLE, **{name: getattr(Card(called=""), name) for name in PARTS[changed]})
    same = chosen_part(WHOLE, fields).to_json() == chosen_part(other, fields).to_json()
    assert same is (changed not in fields)


def test_every_part_of_a_card_belongs_to_one_field() -> None:
    named = [name for names in PARTS.values() for name in names]
    assert sorted(named) == sorted(set(Card.__slots__) - {"called", "is_code"})
