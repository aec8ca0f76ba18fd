"""What a person can: seen again and again, by whom, without and with aids."""

import pytest
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.core.errors import DomainError
from aktema.people.codes import Source
from aktema.people.models import Participant, Rating
from aktema.people.profile import profile_of
from aktema.people.profile_operations import rate_capacities
from aktema.people.profile_page import level_words
from aktema.vocabulary.queries import dimensions
from tests.support.profile import Browser, count, page_of, rating


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


def test_without_and_with_aids_stand_side_by_side(
    sign_in: Browser, coach: Account, session: Session, writer: Identity, person: Participant
) -> None:
    rate_capacities(writer, person, [rating(3, with_aids=True, days_ago=2), rating(1)])
    session.flush()
    cells = sign_in(coach).get(page_of(person)).select("td[data-label$=hjälpmedel]")
    said = {cell["data-label"]: cell.get_text() for cell in cells}
    assert "Klarar lite, med mycket stöd" in said["Utan hjälpmedel"]
    assert level_words(3) in said["Med hjälpmedel"]


def test_a_level_with_aids_counts_before_a_newer_one_without(
    session: Session, writer: Identity, person: Participant
) -> None:
    rate_capacities(writer, person, [rating(3, with_aids=True, days_ago=2), rating(1)])
    session.flush()
    known, dimension_id = profile_of(person.id), dimensions()[0].id
    assert known.capacities[dimension_id].level == 3
    assert [one.level for one in known.ratings[dimension_id]] == [1, 3]


def test_both_levels_stand_by_the_question(
    sign_in: Browser, coach: Account, writer: Identity, person: Participant
) -> None:
    rate_capacities(writer, person, [rating(3, with_aids=True), rating(1)])
    words = sign_in(coach).get(page_of(person, "formagor/think")).words
    assert "(Personal, utan hjälpmedel" in words
    assert "(Personal, med hjälpmedel" in words
