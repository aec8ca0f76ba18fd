"""A profile as a whole: how full it is, who reads it, and the traces it leaves."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.people.codes import Source
from aktema.people.models import Participant
from aktema.people.profile import profile_of, profiles_of
from aktema.people.profile_operations import cast_interest_votes, say_wish
from aktema.people.profile_page import completeness
from aktema.people.rules import Part
from aktema.vocabulary.queries import activities
from tests.support.page import Page
from tests.support.people import a_unit, an_account
from tests.support.people_builders import NORRKOPING, a_participant, an_assignment
from tests.support.profile import Browser, page_of


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
    traces = session.execute(written.order_by(AccessEntry.id)).all()
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
    assert len(queries) == 2


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
        - {"csrf_token", "idempotency_key", "version"}
    )
    typed = data.draw(st.dictionaries(st.sampled_from(named), ANY_TEXT, max_size=6))
    answer: Page = browser.post(page_of(person, part), {**opened.hidden(), **typed})
    assert answer.status in (200, 422)
