"""Who a person is: corrected, spoken for, and handed on."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.people import operations
from aktema.people.codes import AssignmentKind
from aktema.people.models import Participant, Representative
from aktema.people.operations import Mandate, Spokesperson
from aktema.people.queries import assignable_units, holders_of_role, live_assignments, locality_name
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment

Browser = Callable[[Account], PageClient]
GUN = Spokesperson(
    kind="guardian", name="Gun Persson", phone="070-1", email="gun@exempel.se", scope="ekonomi"
)


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit)


@pytest.fixture
def person(coach: Account, unit: Unit) -> Participant:
    return a_participant(coach=coach, unit=unit)


@pytest.fixture
def handler(person: Participant) -> Account:
    account = an_account(Role.LSS_HANDLER)
    an_assignment(person, kind="handler", account=account)
    return account


def page_of(person: Participant, path: str = "") -> str:
    return f"/deltagare/{person.public_id}/{path or 'uppgifter'}"


# Corrections


def test_a_correction_is_stored_and_sorted_anew(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    page = sign_in(coach).submit(
        page_of(person, "uppgifter/andra"), {"first_name": "Åsa", "phone": "070-2", "locality": "Åby"}
    )
    assert "Uppgifterna är sparade" in page.words
    assert (person.name, person.phone, locality_name(person.locality_id)) == ("Åsa Ek", "070-2", "Åby")
    assert person.sort_key != "alva ek"


def test_a_number_left_empty_stays(sign_in: Browser, coach: Account, person: Participant) -> None:
    browser, path = sign_in(coach), page_of(person, "uppgifter/andra")
    browser.submit(path, {"personal_number": "9603092389"})
    kept = browser.submit(path, {"last_name": "Ekman"})
    assert person.personal_number == "199603092389"
    assert kept.status == 200


def test_a_person_who_has_grown_older_than_the_limit_can_be_corrected(
    sign_in: Browser, coach: Account
) -> None:
    person = a_participant(coach=coach, birth_date=date(1950, 1, 1))
    page = sign_in(coach).submit(page_of(person, "uppgifter/andra"), {"first_name": "Maj"})
    assert page.status == 200
    assert person.first_name == "Maj"


def test_a_new_birth_date_out_of_the_ages_is_refused(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    page = sign_in(coach).submit(page_of(person, "uppgifter/andra"), {"birth_date": "1931-01-01"})
    assert page.status == 422


def test_the_act_refuses_a_birth_date_out_of_the_ages_too(coach: Account, person: Participant) -> None:
    act_as(coach)
    facts = operations.Facts(
        first_name="A", last_name="B", birth_date=date(1931, 1, 1), communication="speech", came_from="work"
    )
    with pytest.raises(DomainError):
        operations.update_identity(person, facts)


def test_a_stale_correction_shows_both_and_keeps_what_was_typed(
    sign_in: Browser, coach: Account, person: Participant, session: Session
) -> None:
    browser, path = sign_in(coach), page_of(person, "uppgifter/andra")
    opened = browser.get(path).hidden()
    person.last_name = "Gran"
    session.commit()
    page = browser.post(
        path,
        {
            **opened,
            "first_name": "Alva",
            "last_name": "Tall",
            "birth_date": "1996-03-09",
            "came_from": "work",
            "communication": "speech",
        },
    )
    assert page.status == 409
    assert "Tall" in page.words
    assert "Gran" in page.words


def test_a_place_that_left_the_list_is_unknown() -> None:
    assert locality_name(1) == ""
    assert locality_name(None) == ""


# Representatives


def test_a_representative_is_added_and_ended(sign_in: Browser, coach: Account, person: Participant) -> None:
    browser = sign_in(coach)
    browser.submit(page_of(person, "foretradare/ny"), {"kind": "proxy", "name": "Gun Persson"})
    added = browser.get(page_of(person))
    ended = browser.submit(page_of(person), {}, css="form[action$=avsluta]")
    assert "Beslutet är inte sett än" in added.words
    assert "företräder inte längre" in ended.words


def test_a_representative_without_a_name_is_no_representative(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    page = sign_in(coach).submit(page_of(person, "foretradare/ny"), {"kind": "proxy"})
    assert page.status == 422


def test_ending_twice_changes_nothing(coach: Account, person: Participant) -> None:
    act_as(coach)
    representative = operations.add_representative(person, GUN)
    assert [operations.end_representative(representative) for _ in range(2)] == [True, False]


def test_ending_again_says_nothing(sign_in: Browser, coach: Account, person: Participant) -> None:
    act_as(coach)
    representative = operations.add_representative(person, GUN)
    operations.end_representative(representative)
    page = sign_in(coach)
    token = page.get(page_of(person, "uppgifter/andra")).hidden()["csrf_token"]
    answer = page.post(
        page_of(person, f"foretradare/{representative.public_id}/avsluta"), {"csrf_token": token}
    )
    assert "företräder inte längre" not in answer.words


def test_proof_is_seen_by_the_handler(
    sign_in: Browser, handler: Account, person: Participant, session: Session
) -> None:
    act_as(handler)
    representative = operations.add_representative(person, GUN)
    path = page_of(person, f"foretradare/{representative.public_id}/styrkt")
    page = sign_in(handler).submit(path, {"to_date": "2099-12-31", "areas": ["rights", "person"]})
    assert "Beslutet sett" in page.words
    assert (representative.proof_seen_by_id, representative.to_date) == (handler.id, date(2099, 12, 31))
    assert "mandate.create" in session.scalars(select(AccessEntry.act).where(AccessEntry.kind == "write"))


@pytest.mark.parametrize(
    ("seen_in", "ends_in", "field"), [(1, 30, "seen_on"), (0, -1, "to_date"), (0, 0, None)]
)
def test_proof_has_been_seen_and_its_end_is_to_come(
    handler: Account, person: Participant, seen_in: int, ends_in: int, field: str | None
) -> None:
    identity, today = act_as(handler), clock.today()
    representative = operations.add_representative(person, GUN)
    mandate = Mandate(
        seen_on=today + timedelta(seen_in),
        to_date=today + timedelta(ends_in),
        scope="ekonomi",
        areas=("property",),
    )
    if field is None:
        operations.see_proof(identity, representative, mandate)
        assert representative.proof_seen_on == today
    else:
        with pytest.raises(DomainError) as refused:
            operations.see_proof(identity, representative, mandate)
        assert refused.value.field == field


def test_proof_to_come_is_a_field_error(sign_in: Browser, handler: Account, person: Participant) -> None:
    act_as(handler)
    representative = operations.add_representative(person, GUN)
    path = page_of(person, f"foretradare/{representative.public_id}/styrkt")
    page = sign_in(handler).submit(
        path, {"to_date": "2099-12-31", "seen_on": "2099-01-01", "areas": "rights"}
    )
    assert page.status == 422


def test_a_coach_sees_no_proof(sign_in: Browser, coach: Account, person: Participant) -> None:
    act_as(coach)
    representative = operations.add_representative(person, GUN)
    assert sign_in(coach).get(page_of(person, f"foretradare/{representative.public_id}/styrkt")).status == 403


def test_a_representative_of_somebody_else_is_missing(
    sign_in: Browser, handler: Account, person: Participant, session: Session
) -> None:
    act_as(handler)
    stranger = operations.add_representative(a_participant(), GUN)
    assert sign_in(handler).get(page_of(person, f"foretradare/{stranger.public_id}/styrkt")).status == 404


def test_contact_with_a_representative_is_sealed(
    coach: Account, person: Participant, session: Session
) -> None:
    act_as(coach)
    operations.add_representative(person, GUN)
    stored = session.scalars(select(Representative)).one()
    assert b"070" not in (stored.phone_sealed or b"")
    assert stored.email == "gun@exempel.se"


# Handing on


def holder_code(account: Account, unit: Unit) -> str:
    return f"{account.public_id}.{unit.public_id}"


def live(person: Participant, kind: str) -> list[tuple[int | None, int | None]]:
    return [(a.account_id, a.unit_id) for a in live_assignments(person) if a.kind == kind]


def test_a_manager_gives_the_person_a_new_coach(
    sign_in: Browser, coach: Account, person: Participant, unit: Unit
) -> None:
    new = an_account(Role.JOB_COACH, unit, name="Åsa Berg")
    page = sign_in(an_account(Role.UNIT_MANAGER, unit)).submit(
        page_of(person, "ansvarig/coach"), {"holder": holder_code(new, unit)}
    )
    assert "Åsa Berg" in page.words
    assert live(person, "coach") == [(new.id, unit.id)]


def test_the_coach_before_no_longer_sees_the_person(
    sign_in: Browser, coach: Account, person: Participant, unit: Unit
) -> None:
    new = an_account(Role.JOB_COACH, unit)
    sign_in(an_account(Role.UNIT_MANAGER, unit)).submit(
        page_of(person, "ansvarig/coach"), {"holder": holder_code(new, unit)}
    )
    assert sign_in(coach).get(page_of(person)).status == 404


def test_who_is_coach_already_cannot_take_over(
    sign_in: Browser, coach: Account, person: Participant, unit: Unit
) -> None:
    page = sign_in(an_account(Role.UNIT_MANAGER, unit)).submit(
        page_of(person, "ansvarig/coach"), {"holder": holder_code(coach, unit)}
    )
    assert page.status == 422
    assert "Det är redan så" in page.words


@pytest.mark.parametrize("value", ["", "nobody.nowhere"])
def test_somebody_has_to_be_chosen(sign_in: Browser, person: Participant, unit: Unit, value: str) -> None:
    page = sign_in(an_account(Role.UNIT_MANAGER, unit)).submit(
        page_of(person, "ansvarig/coach"), {"holder": value}
    )
    assert page.status == 422


def test_a_new_coordinator_brings_their_unit_as_provider(
    coach: Account, person: Participant, unit: Unit
) -> None:
    act_as(coach)
    coordinator = an_account(Role.COORDINATOR, unit)
    holder = holders_of_role(Role.COORDINATOR, {unit.id})[0]
    operations.assign(person, AssignmentKind.COORDINATOR, holder, within={unit.id})
    assert live(person, "coordinator") == [(coordinator.id, unit.id)]
    assert live(person, "provider") == [(None, unit.id)]


def test_a_second_coordinator_of_the_unit_needs_no_second_order(
    coach: Account, person: Participant, unit: Unit
) -> None:
    act_as(coach)
    an_assignment(person, kind="provider", unit=unit)
    an_account(Role.COORDINATOR, unit)
    operations.assign(
        person, AssignmentKind.COORDINATOR, holders_of_role(Role.COORDINATOR, {unit.id})[0], within={unit.id}
    )
    assert live(person, "provider") == [(None, unit.id)]


def test_the_coordinator_of_another_provider_stays(coach: Account, person: Participant, unit: Unit) -> None:
    act_as(coach)
    elsewhere = a_unit("Björken", "private")
    other = an_account(Role.COORDINATOR, elsewhere)
    an_assignment(person, kind="coordinator", account=other, unit=elsewhere)
    an_account(Role.COORDINATOR, unit)
    operations.assign(
        person, AssignmentKind.COORDINATOR, holders_of_role(Role.COORDINATOR, {unit.id})[0], within={unit.id}
    )
    assert (other.id, elsewhere.id) in live(person, "coordinator")


def test_a_coordinator_hands_on_within_the_own_provider_only(session: Session) -> None:
    own, sister, other = (
        a_unit("Solrosen", "private"),
        a_unit("Blåklinten", "private"),
        a_unit("Björken", "private"),
    )
    own.provider = sister.provider = "Omsorg AB"
    session.flush()
    identity = act_as(an_account(Role.COORDINATOR, own))
    assert assignable_units(identity) == {own.id, sister.id}
    assert other.id not in assignable_units(identity)


def test_a_coach_hands_nobody_on(sign_in: Browser, coach: Account, person: Participant) -> None:
    assert sign_in(coach).get(page_of(person, "ansvarig/coach")).status == 403


def test_who_works_with_the_person_is_shown_with_ways_to_change_it(
    sign_in: Browser, person: Participant, unit: Unit
) -> None:
    page = sign_in(an_account(Role.UNIT_MANAGER, unit)).get(page_of(person))
    assert "Jobbcoach: Kim Coach" in page.words
    assert page.select("a[href$='ansvarig/coach']")


def test_a_person_nobody_is_responsible_for_says_so(sign_in: Browser) -> None:
    handler, person = an_account(Role.LSS_HANDLER), a_participant()
    an_assignment(person, kind="handler", account=handler)
    assert "LSS-handläggare" in sign_in(handler).get(page_of(person)).words
