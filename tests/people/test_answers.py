"""What suits a person, what must work, when, and what they wish in their own words."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.people.codes import Source
from aktema.people.models import Availability, ConstraintMark, Participant, Wish
from aktema.people.profile import profile_of
from aktema.people.profile_operations import (
    Mark,
    NewTimes,
    cast_preference_votes,
    mark_needs,
    say_times,
    say_wish,
)
from aktema.vocabulary.queries import constraints, preferences
from tests.support.profile import Browser, count, page_of


def test_preferences_are_votes_between_two_poles(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    browser = sign_in(coach)
    browser.submit(page_of(person, "trivsel"), {"vote_indoors_outdoors": "2"})
    page = browser.get(page_of(person, "trivsel"))
    assert profile_of(person.id).preferences[preferences()[0].id].vote == 2
    assert page.select("input[name=vote_indoors_outdoors][value='2'][checked]")
    assert "Helst ute" in browser.get(page_of(person)).words


def test_the_same_preference_again_is_not_written_twice(
    session: Session, writer: Identity, person: Participant
) -> None:
    votes = {preferences()[0].id: 1}
    first = cast_preference_votes(writer, person, Source.OWN, votes)
    session.flush()
    assert (first, cast_preference_votes(writer, person, Source.OWN, votes)) == (1, 0)


def test_a_need_is_kept_with_what_exactly(sign_in: Browser, coach: Account, person: Participant) -> None:
    browser = sign_in(coach)
    browser.submit(
        page_of(person, "behov"), {"need_rest_room": "yes", "note_rest_room": "Tyst", "need_no_heights": "no"}
    )
    known = profile_of(person.id)
    assert len(known.needs) == 1
    assert len(known.answered_constraints) == 2
    assert "Vilrum: Tyst" in browser.get(page_of(person)).words


def test_a_need_can_be_lifted_but_not_forgotten(
    session: Session, writer: Identity, person: Participant
) -> None:
    rest = constraints()[2].id
    for mark in (Mark(is_needed=True, note="Tyst"), Mark(is_needed=True, note="Tyst"), Mark(is_needed=False)):
        mark_needs(writer, person, Source.OWN, {rest: mark})
        session.flush()
    assert profile_of(person.id).needs == frozenset()
    assert count(session, ConstraintMark) == 2


def test_times_are_typed_as_people_say_them(sign_in: Browser, coach: Account, person: Participant) -> None:
    typed = {
        "weekly_minutes": "7,5",
        "weekdays": ["0", "2"],
        "earliest_start": "8.30",
        "latest_end": "15",
        "travel_minutes": "45",
    }
    browser = sign_in(coach)
    browser.submit(page_of(person, "tider"), typed)
    times = profile_of(person.id).times
    assert times is not None
    assert (times.weekly_minutes, times.weekdays, times.earliest_start) == (450, frozenset({0, 2}), 510)
    assert "måndag, onsdag" in browser.get(page_of(person)).words


def test_times_are_filled_in_with_what_was_last_said(
    sign_in: Browser, coach: Account, writer: Identity, person: Participant
) -> None:
    say_times(writer, person, Source.RELATIVE, NewTimes(weekly_minutes=1200, weekdays=frozenset({6})))
    page = sign_in(coach).get(page_of(person, "tider"))
    assert page.soup.select_one("[name=weekly_minutes]")["value"] == "20"  # type: ignore[index]  # it is there
    assert [box["value"] for box in page.select("[name=weekdays][checked]")] == ["6"]


@pytest.mark.parametrize(
    ("times", "field"),
    [
        (NewTimes(earliest_start=600, latest_end=600), "latest_end"),
        (NewTimes(weekly_minutes=240, daily_minutes=300), "daily_minutes"),
    ],
)
def test_times_that_contradict_each_other_are_refused(
    writer: Identity, person: Participant, times: NewTimes, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        say_times(writer, person, Source.OWN, times)
    assert refused.value.field == field


def test_contradicting_times_are_kept_on_the_page(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    page = sign_in(coach).submit(page_of(person, "tider"), {"earliest_start": "15", "latest_end": "8"})
    assert page.status == 422
    assert "Sluttiden är före starttiden" in page.words


def test_the_same_times_again_are_not_written_twice(
    session: Session, writer: Identity, person: Participant
) -> None:
    said = [
        say_times(writer, person, Source.OWN, NewTimes(weekly_minutes=600)) + 0 * count(session, Availability)
        for _ in range(2)
    ]
    assert said == [1, 0]


def test_a_wish_is_sealed_with_whose_words_it_is(
    sign_in: Browser, coach: Account, person: Participant, session: Session
) -> None:
    sign_in(coach).submit(page_of(person, "onskan"), {"words": "Jobba med hundar", "source": "relative"})
    wish = profile_of(person.id).wish
    assert wish is not None
    assert (wish.text, wish.source) == ("Jobba med hundar", Source.RELATIVE)
    assert b"hundar" not in (session.scalars(select(Wish)).one().words_sealed or b"")


def test_an_emptied_wish_is_taken_back_and_the_earlier_one_kept(
    sign_in: Browser, coach: Account, person: Participant, session: Session
) -> None:
    browser = sign_in(coach)
    for words in ("Jobba med hundar", "Jobba med hundar", ""):
        browser.submit(page_of(person, "onskan"), {"words": words})
    assert profile_of(person.id).wish is None
    assert count(session, Wish) == 2
    assert "Jobba med hundar" in browser.get(page_of(person, "onskan")).words


def test_whose_word_a_need_and_the_times_are_stands_beside_them(
    sign_in: Browser, coach: Account, writer: Identity, person: Participant, session: Session
) -> None:
    mark_needs(writer, person, Source.RELATIVE, {constraints()[2].id: Mark(is_needed=True, note="Tyst")})
    say_times(writer, person, Source.STAFF, NewTimes(weekly_minutes=600))
    session.flush()
    words = sign_in(coach).get(page_of(person)).words
    assert f"Vilrum: Tyst (Anhörig, {clock.today()})" in words
    assert "Personal," in words.partition("I veckan")[2]


@pytest.mark.parametrize("part", ["behov", "tider", "onskan"])
def test_whose_word_stands_is_said_where_it_is_changed(
    sign_in: Browser, coach: Account, writer: Identity, person: Participant, session: Session, part: str
) -> None:
    mark_needs(writer, person, Source.RELATIVE, {constraints()[2].id: Mark(is_needed=True)})
    say_times(writer, person, Source.RELATIVE, NewTimes(weekly_minutes=600))
    say_wish(writer, person, Source.RELATIVE, "Hundar")
    session.flush()
    assert f"Anhörig, {clock.today()}" in sign_in(coach).get(page_of(person, part)).words
