"""What is said and seen about a person, whose word it is, and what of it counts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.people.codes import Source
from aktema.people.models import Availability, ConstraintMark, InterestVote, Participant, Rating, Wish
from aktema.people.profile import profile_of, profiles_of
from aktema.people.profile_operations import (
    Mark,
    NewRating,
    NewTimes,
    cast_interest_votes,
    cast_preference_votes,
    mark_needs,
    rate_capacities,
    say_times,
    say_wish,
)
from aktema.people.profile_page import completeness, level_words
from aktema.people.rules import Part
from aktema.vocabulary.queries import activities, activity_groups, constraints, dimensions, preferences
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import NORRKOPING, a_participant, an_assignment

Browser = Callable[[Account], PageClient]


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def person(coach: Account) -> Participant:
    return a_participant(coach=coach)


@pytest.fixture
def writer(coach: Account) -> Identity:
    return act_as(coach)


def page_of(person: Participant, part: str = "") -> str:
    return f"/deltagare/{person.public_id}/profil{f'/{part}' if part else ''}"


def rating(level: int | None, *, days_ago: int = 0, **values: Any) -> NewRating:
    defaults = {
        "dimension_id": dimensions()[0].id,
        "source": Source.STAFF,
        "with_aids": False,
        "confidence": 2,
    }
    return NewRating(level=level, said_on=clock.today() - timedelta(days_ago), **{**defaults, **values})


def count(session: Session, model: type[Any]) -> int:
    session.flush()
    return session.scalar(select(func.count()).select_from(model)) or 0


# Interests


def test_the_persons_own_vote_stands_whatever_staff_says_later(
    session: Session, writer: Identity, person: Participant
) -> None:
    bake = activities()[0].id
    cast_interest_votes(writer, person, Source.OWN, {bake: 2})
    cast_interest_votes(writer, person, Source.STAFF, {bake: -2})
    session.flush()
    vote = profile_of(person.id).votes[bake]
    assert (vote.vote, vote.source) == (2, Source.OWN)


def test_a_vote_taken_back_lets_the_others_count(
    session: Session, writer: Identity, person: Participant
) -> None:
    bake = activities()[0].id
    for source, vote in ((Source.STAFF, -1), (Source.OWN, 2), (Source.OWN, None)):
        cast_interest_votes(writer, person, source, {bake: vote})
        session.flush()
    assert profile_of(person.id).votes[bake].vote == -1


def test_a_vote_nobody_has_any_longer_is_no_vote(
    session: Session, writer: Identity, person: Participant
) -> None:
    bake = activities()[0].id
    for vote in (2, None):
        cast_interest_votes(writer, person, Source.OWN, {bake: vote})
        session.flush()
    assert bake not in profile_of(person.id).votes


def test_the_same_vote_again_is_not_written_twice(
    session: Session, writer: Identity, person: Participant
) -> None:
    votes = {activities()[0].id: 1, activities()[1].id: None}
    assert [
        cast_interest_votes(writer, person, Source.OWN, votes) + 0 * count(session, InterestVote)
        for _ in range(2)
    ] == [1, 0]


def test_history_is_kept(session: Session, writer: Identity, person: Participant) -> None:
    for vote in (1, 2, -1):
        cast_interest_votes(writer, person, Source.OWN, {activities()[0].id: vote})
        session.flush()
    assert count(session, InterestVote) == 3


def test_votes_are_cast_by_pictures_group_by_group(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    page = sign_in(coach).submit(page_of(person, "intressen/food"), {"vote_bake": "2"}, follow=False)
    group = activity_groups()[1].code
    assert page.location == f"{page_of(person, f'intressen/{group}')}?vem=own"
    assert profile_of(person.id).votes[activities()[0].id].source is Source.OWN


def test_the_last_group_leads_back_to_the_groups(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    last = activity_groups()[-1].code
    page = sign_in(coach).submit(page_of(person, f"intressen/{last}"), {}, follow=False)
    assert page.location == f"{page_of(person, 'intressen')}?vem=own"


def test_whose_vote_it_is_stands_beside_it(sign_in: Browser, coach: Account, person: Participant) -> None:
    browser = sign_in(coach)
    browser.submit(f"{page_of(person, 'intressen/food')}?vem=relative", {"vote_bake": "-2"})
    page = browser.get(page_of(person, "intressen/food"))
    assert f"Anhörig: Nej ({clock.today()})" in page.words
    assert profile_of(person.id).votes[activities()[0].id].source is Source.RELATIVE


def test_a_voice_from_nowhere_is_the_persons_own(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    sign_in(coach).submit(f"{page_of(person, 'intressen/food')}?vem=observed", {"vote_bake": "1"})
    assert profile_of(person.id).votes[activities()[0].id].source is Source.OWN


def test_a_group_that_is_not_there_is_missing(sign_in: Browser, coach: Account, person: Participant) -> None:
    browser = sign_in(coach)
    assert browser.get(page_of(person, "intressen/rymden")).status == 404
    assert browser.get(page_of(person, "formagor/rymden")).status == 404
    assert browser.get(page_of(person, "formagor/historik/rymden")).status == 404


def test_progress_counts_the_groups_with_answers(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    browser = sign_in(coach)
    browser.submit(page_of(person, "intressen/food"), {"vote_bake": "2"})
    assert "1 av 16" in browser.get(page_of(person, "intressen")).words


# Capacities


def test_unknown_is_an_answer_and_never_zero(session: Session, writer: Identity, person: Participant) -> None:
    rate_capacities(writer, person, [rating(None)])
    session.flush()
    known = profile_of(person.id).capacities
    assert known[dimensions()[0].id].level is None
    assert dimensions()[1].id not in known


def test_the_newest_rating_counts_and_the_day_decides_what_is_newest(
    session: Session, writer: Identity, person: Participant
) -> None:
    rate_capacities(writer, person, [rating(3), rating(1, days_ago=9)])
    session.flush()
    assert profile_of(person.id).capacities[dimensions()[0].id].level == 3


def test_an_old_rating_is_dated(session: Session, writer: Identity, person: Participant) -> None:
    rate_capacities(writer, person, [rating(3, days_ago=400)])
    session.flush()
    assert profile_of(person.id).capacities[dimensions()[0].id].is_dated


def test_nothing_has_been_seen_tomorrow(writer: Identity, person: Participant) -> None:
    with pytest.raises(DomainError) as refused:
        rate_capacities(writer, person, [rating(3, days_ago=-1)])
    assert refused.value.field == "said_on"


def test_one_dimension_can_have_another_source_than_the_rest(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    typed = {
        "source": "observed",
        "confidence": "3",
        "with_aids": "y",
        "level_focus": "2",
        "level_learn_tasks": "unknown",
    }
    own = {"source_learn_tasks": "own", "confidence_learn_tasks": "1", "aids_learn_tasks": "no"}
    sign_in(coach).submit(page_of(person, "formagor/think"), {**typed, **own})
    learn, focus = (profile_of(person.id).capacities[one.id] for one in dimensions()[:2])
    assert (focus.level, focus.source, focus.confidence, focus.with_aids) == (2, Source.OBSERVED, 3, True)
    assert (learn.level, learn.source, learn.confidence, learn.with_aids) == (None, Source.OWN, 1, False)


def test_what_is_not_answered_stays_as_it_was(
    sign_in: Browser, coach: Account, person: Participant, session: Session
) -> None:
    page = sign_in(coach).submit(page_of(person, "formagor/think"), {}, follow=False)
    assert page.location == page_of(person, "formagor/communicate")
    assert count(session, Rating) == 0


def test_the_last_group_of_capacities_leads_back(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    assert sign_in(coach).submit(page_of(person, "formagor/daily"), {}, follow=False).location == page_of(
        person, "formagor"
    )


def test_a_day_to_come_is_a_field_error_with_the_levels_kept(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    page = sign_in(coach).submit(
        page_of(person, "formagor/think"), {"said_on": "2099-01-01", "level_focus": "2"}
    )
    assert page.status == 422
    assert page.select("input[name=level_focus][value='2'][checked]")


def test_the_other_eight_are_asked_on_demand(sign_in: Browser, coach: Account, person: Participant) -> None:
    browser = sign_in(coach)
    start, every = (
        browser.get(page_of(person, "formagor/think")),
        browser.get(f"{page_of(person, 'formagor/think')}?alla=1"),
    )
    assert not start.select("[name=level_problem_solving]")
    assert every.select("[name=level_problem_solving]")


def test_fifteen_questions_make_the_start(sign_in: Browser, coach: Account, person: Participant) -> None:
    assert "0 av 15" in sign_in(coach).get(page_of(person, "formagor")).words


def test_what_is_known_stands_by_the_question(
    sign_in: Browser, coach: Account, session: Session, writer: Identity, person: Participant
) -> None:
    rate_capacities(
        writer, person, [rating(1, days_ago=500, with_aids=True), rating(4, dimension_id=dimensions()[1].id)]
    )
    words = sign_in(coach).get(page_of(person, "formagor/think")).words
    assert "Nu: Klarar lite, med mycket stöd (Personal, med hjälpmedel" in words
    assert words.count("Det är mer än ett år sedan") == 1


def test_the_history_of_a_capacity_is_the_newest_first(
    sign_in: Browser, coach: Account, writer: Identity, person: Participant
) -> None:
    rate_capacities(writer, person, [rating(1, days_ago=9), rating(3)])
    page = sign_in(coach).get(page_of(person, f"formagor/historik/{dimensions()[0].code}"))
    days = [head.get_text() for head in page.select("tbody th")]
    assert days == sorted(days, reverse=True)
    assert "Kim Coach" in page.words


def test_levels_are_said_in_the_words_of_the_scale(session: Session) -> None:
    assert level_words(2) == "Klarar en del, med visst stöd"
    assert level_words(None) == "Vet inte än"


# Preferences, needs, times, wish


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


# The whole


def test_every_save_leaves_a_trace(
    sign_in: Browser, coach: Account, person: Participant, session: Session
) -> None:
    browser = sign_in(coach)
    for part, typed in (
        ("intressen/food", {"vote_bake": "2"}),
        ("formagor/think", {"level_focus": "2"}),
        ("trivsel", {"vote_indoors_outdoors": "2"}),
        ("behov", {"need_rest_room": "yes"}),
        ("tider", {"weekly_minutes": "20"}),
        ("onskan", {"words": "Hundar"}),
    ):
        browser.submit(page_of(person, part), typed)
    written = select(AccessEntry.act, AccessEntry.detail).where(
        AccessEntry.kind == "write", AccessEntry.participant_id == person.id
    )
    traces = session.execute(written).all()
    assert {act for act, _detail in traces} == {"participant.update_profile"}
    assert [detail.split()[0] for _act, detail in traces] == [
        "interests",
        "capacities",
        "preferences",
        "needs",
        "times",
        "wish",
    ]


def test_a_new_profile_is_empty_and_knows_where_the_person_lives(person: Participant) -> None:
    known = profile_of(person.id)
    assert known.locality_id == NORRKOPING
    assert (known.times, known.wish, known.needs) == (None, None, frozenset())
    assert (known.votes, known.capacities, known.preferences) == ({}, {}, {})


def test_completeness_starts_with_the_interests(
    session: Session, writer: Identity, person: Participant
) -> None:
    assert completeness(profile_of(person.id)).next_part is Part.INTERESTS
    cast_interest_votes(writer, person, Source.OWN, {activities()[0].id: 1})
    session.flush()
    assert completeness(profile_of(person.id)).next_part is Part.CAPACITIES


@pytest.mark.parametrize("amount", [1, 40])
def test_profiles_of_many_take_the_statements_of_one(
    session: Session, writer: Identity, queries: Any, amount: int
) -> None:
    people = [a_participant() for _ in range(amount)]
    for person in people:
        cast_interest_votes(writer, person, Source.OWN, {activities()[0].id: 1})
        say_wish(writer, person, Source.OWN, "Hundar")
    session.flush()
    queries.statements.clear()
    known = profiles_of([person.id for person in people])
    assert len(known) == amount
    assert len(queries) == 7


def test_nobody_has_the_profile_of_nobody(session: Session) -> None:
    with pytest.raises(KeyError):
        profile_of(0)


def test_a_manager_reads_the_profile_without_ways_to_change_it(
    sign_in: Browser, person: Participant, session: Session
) -> None:
    unit = a_unit()
    manager = an_account(Role.UNIT_MANAGER, unit)
    an_assignment(person, kind="provider", unit=unit)
    page = sign_in(manager).get(page_of(person))
    assert page.status == 200
    assert not page.select("a[href$='profil/intressen']")


ANY_TEXT = st.text(st.characters(exclude_categories=["C"]), max_size=40)


@pytest.mark.parametrize("part", ["tider", "behov", "onskan", "trivsel", "formagor/think", "intressen/food"])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_typed_the_page_answers(
    sign_in: Browser, coach: Account, person: Participant, part: str, data: st.DataObject
) -> None:
    browser = sign_in(coach)
    opened = browser.get(page_of(person, part))
    named = sorted(
        {str(field["name"]) for field in opened.select("main form [name]")}
        - {"csrf_token", "idempotency_key"}
    )
    typed = data.draw(st.dictionaries(st.sampled_from(named), ANY_TEXT, max_size=6))
    answer: Page = browser.post(page_of(person, part), {**opened.hidden(), **typed})
    assert answer.status in (200, 422)
