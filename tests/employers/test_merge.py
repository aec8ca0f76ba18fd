"""Two rows of one organisation made one."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.access.link_codes import Purpose
from aktema.access.models import AccessEntry
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.paging import Cursor
from aktema.employers.employer_queries import EmployerFilter, get_contact, get_employer, list_employers
from aktema.employers.merge_operations import merge
from aktema.employers.merge_queries import (
    Holdings,
    duplicate_groups,
    holdings_of,
    likely_same,
    name_key,
    names_before,
)
from aktema.employers.models import Employer, Placement
from tests.support.employers import a_contact, a_placement, a_workplace, an_employer
from tests.support.links import a_link
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.visits import a_visit

TODAY = clock.today()


@pytest.fixture(autouse=True)
def coach(session: Session) -> None:
    act_as(an_account(Role.JOB_COACH, a_unit()))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Lindas bageri", "LINDAS BAGERI AB"),
        ("Lindas bageri", "Lindas Bageri Aktiebolag (publ)"),
        ("Café Blå", "Cafe Blå HB"),
        ("AB", "ab"),
    ],
)
def test_spelling_and_company_form_tell_no_names_apart(first: str, second: str) -> None:
    assert name_key(first) == name_key(second)


@pytest.mark.parametrize("other", ["Lindas blommor", "Bageri", "Lindas bageri och kafé"])
def test_other_words_tell_names_apart(other: str) -> None:
    assert name_key(other) != name_key("Lindas bageri")


def test_employers_of_one_name_are_found_together() -> None:
    same = {an_employer().id, an_employer("Lindas Bageri AB").id}
    an_employer("Åkeriet")
    assert [{one.id for one in group} for group in duplicate_groups()] == [same]


@pytest.mark.parametrize(
    "second",
    [
        {"organisation_number": "5564301234"},
        {"closed_on": TODAY},
    ],
)
def test_another_number_or_a_closed_one_is_no_duplicate(second: dict[str, object]) -> None:
    employer = an_employer(organisation_number="5560360793")
    an_employer("Lindas Bageri AB", **second)
    assert duplicate_groups() == []
    assert likely_same(employer) == ()


def test_a_duplicate_shows_beside_its_double() -> None:
    employer, double = an_employer(), an_employer("Lindas Bageri AB")
    assert list(likely_same(employer)) == [double]


def full(name: str) -> Employer:
    """An employer with one of each thing."""
    employer = an_employer(name)
    a_contact(employer)
    a_placement(a_workplace(employer))
    a_visit(employer)
    return employer


def test_everything_moves_and_nothing_is_lost() -> None:
    kept, gone = full("Lindas bageri"), full("Lindas Bageri AB")
    merge(kept, gone)
    assert holdings_of(kept) == Holdings(contacts=2, workplaces=1, placements=2, visits=2)
    assert holdings_of(gone) == Holdings(contacts=0, workplaces=0, placements=0, visits=0)


def test_a_workplace_that_stands_at_both_becomes_one_with_what_either_says() -> None:
    kept, gone = an_employer(), an_employer("Lindas Bageri AB")
    stays = a_workplace(kept, access_facts="Hiss.")
    position = a_placement(a_workplace(gone, access_facts="Ring på."))
    a_workplace(gone, name="Lagret")
    merge(kept, gone)
    assert position.workplace_id == stays.id
    assert stays.access_facts == "Hiss.\n\nRing på."
    assert sorted(one.name for one in kept.workplaces) == sorted([stays.name, "Lagret"])


def test_what_was_loaded_before_is_read_anew() -> None:
    kept, gone = full("Lindas bageri"), full("Lindas Bageri AB")
    kept = get_employer(kept.public_id)
    merge(kept, gone)
    assert len(kept.contacts) == 2


def test_placements_that_moved_are_marked_as_changed(session: Session) -> None:
    kept, gone = full("Lindas bageri"), full("Lindas Bageri AB")
    before = dict(session.execute(select(Placement.id, Placement.changed_in)).all())
    moved = session.scalars(select(Placement.id).where(Placement.employer_id == gone.id)).one()
    merge(kept, gone)
    assert session.scalars(select(Placement.changed_in).where(Placement.id == moved)).one() > before[moved]


def test_notes_of_both_stand_after_each_other_and_once_where_they_are_the_same() -> None:
    kept = an_employer(internal_note="Ring före åtta.", description="Bakar.")
    gone = an_employer("Lindas Bageri AB", internal_note="Fråga efter Per.", description="Bakar.")
    merge(kept, gone)
    assert kept.internal_note == "Ring före åtta.\n\nFråga efter Per."
    assert kept.description == "Bakar."


def test_the_number_comes_along_and_the_stricter_limits_hold() -> None:
    kept = an_employer(month_cap=4, is_lead=True)
    gone = an_employer("Lindas AB", organisation_number="5560360793", month_cap=2, not_before=TODAY)
    merge(kept, gone)
    assert (kept.organisation_number, kept.month_cap, kept.not_before, kept.is_lead) == (
        "5560360793",
        2,
        TODAY,
        False,
    )
    assert gone.organisation_number is None


def test_the_old_address_leads_to_the_new_one() -> None:
    kept, gone = full("Lindas bageri"), full("Lindas Bageri AB")
    contact = gone.public_id, get_employer(gone.public_id).contacts[0].public_id
    merge(kept, gone)
    assert get_employer(gone.public_id) is kept
    assert get_contact(*contact).employer_id == kept.id


def test_addresses_of_earlier_merges_lead_there_too() -> None:
    first, second, third = an_employer("A"), an_employer("B"), an_employer("C")
    merge(second, first)
    merge(third, second)
    assert get_employer(first.public_id) is third
    assert list(names_before(third)) == ["A", "B"]


def test_links_to_post_and_consents_to_be_shown_follow() -> None:
    kept, gone = an_employer(), an_employer("Lindas Bageri AB")
    link, _key = a_link(Purpose.POST_PLACEMENT, gone.id)
    other, _key = a_link(Purpose.REVIEW, gone.id)
    consent = Consent(
        participant_id=a_participant().id,
        receiver_id=gone.id,
        purpose="introduction",
        fields="hours",
        from_date=TODAY,
        to_date=TODAY + timedelta(days=9),
        given_by="person",
        channel="speech",
        account_id=link.account_id,
    )
    db.session.add(consent)
    merge(kept, gone)
    assert (link.subject_id, other.subject_id, consent.receiver_id) == (kept.id, gone.id, kept.id)


def test_what_was_merged_is_in_no_list_but_its_name_is_found() -> None:
    kept, gone = an_employer("Torgets bröd"), an_employer("Lindas bageri")
    merge(kept, gone)
    for chosen in (EmployerFilter(), EmployerFilter(typed="lindas")):
        assert list_employers(chosen, Cursor()).items == [kept]
    assert list_employers(EmployerFilter(is_closed=True), Cursor()).items == []


def test_both_rows_are_traced() -> None:
    kept, gone = an_employer(), an_employer("Lindas Bageri AB")
    merge(kept, gone)
    traced = select(AccessEntry.object_id).where(AccessEntry.act == "employer.merge")
    assert set(db.session.scalars(traced)) == {kept.id, gone.id}


def test_two_numbers_are_two_organisations() -> None:
    kept = an_employer(organisation_number="5560360793")
    with pytest.raises(DomainError) as refusal:
        merge(kept, an_employer("Lindas AB", organisation_number="5564301234"))
    assert "olika organisationsnummer" in refusal.value.message


def test_an_open_one_does_not_disappear_into_a_closed_one() -> None:
    with pytest.raises(DomainError) as refusal:
        merge(an_employer(closed_on=TODAY), an_employer("Lindas AB"))
    assert refusal.value.field == "kept"


def test_what_is_one_already_is_not_merged_again() -> None:
    kept, gone = an_employer(), an_employer("Lindas AB")
    merge(kept, gone)
    for pair in ((kept, kept), (kept, gone), (gone, kept)):
        with pytest.raises(DomainError):
            merge(*pair)
