"""The plan of a unit, first choices, and whose turn it is to be asked."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import AccessEntry, Account, Membership, Unit
from aktema.access.roles import STAFF_ROLES, UNIT_ROLES, Role
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.matching import operations, plan_views
from aktema.matching.permissions import PLAN
from aktema.matching.plan import unit_plan
from aktema.matching.plan_queries import first_choices, last_asked_by_employer
from aktema.pathway.models import Introduction
from aktema.pathway.operations import open_introduction
from aktema.people.models import InterestVote, Participant
from aktema.vocabulary.queries import activity_by_code
from tests.conftest import QueryCount
from tests.support.employers import a_placement, a_workplace, an_employer
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment

SignIn = Callable[[Account], PageClient]
ADDRESS = "/enheten/fordelning"


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def manager(unit: Unit) -> Account:
    return an_account(Role.UNIT_MANAGER, unit, name="Mia Chef")


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit)


@pytest.fixture
def browser(sign_in: SignIn, manager: Account) -> PageClient:
    return sign_in(manager)


def somebody(unit: Unit, first_name: str, likes: str = "") -> Participant:
    """Somebody of the unit; what they like they like very much."""
    person = a_participant(unit=unit, first_name=first_name)
    if likes:
        wants(person, likes)
    return person


def wants(person: Participant, activity: str, vote: int = 2) -> None:
    account = an_account(Role.JOB_COACH, a_unit())
    db.session.add(
        InterestVote(
            participant_id=person.id,
            activity_id=activity_by_code(activity).id,
            vote=vote,
            source="own",
            said_on=clock.today(),
            account_id=account.id,
        )
    )
    db.session.flush()


def answered(
    session: Session, identity: Identity, person: Participant, placement: Placement, answer: str
) -> Introduction:
    asked = open_introduction(identity, person, placement_id=placement.id, placement_title=placement.title)
    asked.answer, asked.answered_on = answer, clock.today()
    session.flush()
    return asked


def traced(session: Session) -> Sequence[int | None]:
    return session.scalars(
        select(AccessEntry.participant_id).where(AccessEntry.act == PLAN.code).order_by(AccessEntry.id)
    ).all()


def test_a_unit_without_people_says_so(browser: PageClient) -> None:
    assert "Här är ingen än" in browser.get(ADDRESS).words


def test_somebody_gives_way_so_that_both_get_a_place(unit: Unit, manager: Account) -> None:
    bakery = a_placement(title="Bageriet", activities=["bake"], places=1)
    office = a_placement(title="Kontoret", activities=["clean_office"], places=1)
    flexible, picky = somebody(unit, "Alva", "bake"), somebody(unit, "Bo", "bake")
    wants(flexible, "clean_office")
    wants(picky, "clean_office", -2)
    found = unit_plan(act_as(manager))
    places = {one.participant.first_name: one.place_id for one in found.people}
    assert places == {"Alva": office.id, "Bo": bakery.id}


def test_the_plan_is_told_beside_first_come(unit: Unit, manager: Account) -> None:
    a_placement(title="Bageriet", activities=["bake"], places=1)
    a_placement(title="Kontoret", activities=["clean_office"], places=1)
    flexible, picky = somebody(unit, "Alva", "bake"), somebody(unit, "Bo", "bake")
    wants(flexible, "clean_office", 1)
    wants(picky, "clean_office", -2)
    found = unit_plan(act_as(manager))
    assert (found.planned.with_place, found.in_turn.with_place) == (2, 2)
    assert found.planned.fit > found.in_turn.fit


def test_the_page_says_what_the_plan_gains(unit: Unit, browser: PageClient) -> None:
    a_placement(title="Bageriet", activities=["bake"], places=1)
    a_placement(title="Kontoret", activities=["clean_office"], places=1)
    flexible, picky = somebody(unit, "Alva", "bake"), somebody(unit, "Bo", "bake")
    wants(flexible, "clean_office", 1)
    wants(picky, "clean_office", -2)
    words = browser.get(ADDRESS).words
    assert "Får en plats 2 av 2 I tur och ordning: 2" in words
    assert "platserna passar tillsammans" in words


def test_where_nothing_is_gained_the_page_says_that_too(unit: Unit, browser: PageClient) -> None:
    a_placement(title="Bageriet", activities=["bake"])
    somebody(unit, "Alva", "bake")
    assert "Här blir det lika bra som i tur och ordning." in browser.get(ADDRESS).words


def test_more_people_with_a_place_than_in_turn_is_said_first(
    session: Session, unit: Unit, manager: Account, browser: PageClient
) -> None:
    bakery = a_placement(title="Bageriet", activities=["bake"], places=1)
    office = a_placement(title="Kontoret", activities=["clean_office"], places=1)
    somebody(unit, "Alva", "bake")
    picky = somebody(unit, "Bo", "bake")
    operations.give_verdict(
        act_as(manager),
        picky,
        placement_id=office.id,
        placement_title=office.title,
        answer="no",
        reason="too_far",
        words="",
    )
    session.commit()
    words = browser.get(ADDRESS).words
    assert "Med förslaget får 1 person till en plats." in words
    assert f"{picky.name} {bakery.title}" in words


def test_who_waits_reads_which_places_went_to_others_but_not_to_whom(unit: Unit, browser: PageClient) -> None:
    for number in range(5):
        a_placement(title=f"Plats {number}", places=1)
    names = ["Alva", "Bo", "Cim", "Dag", "Eva", "Frej"]
    for name in names:
        somebody(unit, name)
    rows = [row.get_text(" ", strip=True) for row in browser.get(ADDRESS).select("section:first-of-type tr")]
    waiting = next(row for row in rows if "Plats" in row and "(1 annan)" in row)
    assert waiting.endswith("och 2 platser till")
    assert sum(name in waiting for name in names) == 1


def test_who_has_no_list_is_named_apart(unit: Unit, browser: PageClient) -> None:
    person = somebody(unit, "Alva")
    words = browser.get(ADDRESS).words
    assert "Ingen plats att föreslå" in words
    assert words.rindex(person.name) > words.index("Ingen plats att föreslå")


def test_who_said_yes_needs_no_other_place_and_keeps_the_seat(
    session: Session, unit: Unit, manager: Account
) -> None:
    placement = a_placement(places=1)
    on_the_way, other = somebody(unit, "Alva"), somebody(unit, "Bo")
    answered(session, act_as(manager), on_the_way, placement, "yes")
    found = unit_plan(act_as(manager))
    assert [one.participant.id for one in found.people] == [other.id]
    assert (found.already_placed, [taken.people for taken in found.people[0].taken]) == (1, [1])


def test_when_everybody_said_yes_nobody_needs_a_plan(
    session: Session, unit: Unit, manager: Account, browser: PageClient
) -> None:
    answered(session, act_as(manager), somebody(unit, "Alva"), a_placement(), "yes")
    session.commit()
    words = browser.get(ADDRESS).words
    assert "Ingen behöver en plats just nu" in words
    assert "1 person har redan sagt ja" in words


def test_only_open_people_of_the_own_unit_are_in_the_plan(unit: Unit, browser: PageClient) -> None:
    a_placement()
    somebody(unit, "Alva")
    somebody(a_unit(), "Främling")
    somebody(unit, "Avslutad").closed_on = clock.today()
    words = browser.get(ADDRESS).words
    assert "Alva" in words
    assert "Främling" not in words
    assert "Avslutad" not in words


def test_a_manager_sees_no_way_to_lists_they_may_not_read(unit: Unit, browser: PageClient) -> None:
    a_placement()
    somebody(unit, "Alva")
    assert browser.get(ADDRESS).select("main a[href*=forslag]") == []


def test_a_manager_who_is_also_the_coach_can_open_the_suggestion(
    session: Session, unit: Unit, manager: Account, sign_in: SignIn
) -> None:
    manager.memberships.append(
        Membership(role_code=Role.JOB_COACH.value, unit_id=unit.id, from_date=clock.today())
    )
    placement, mine, _other = a_placement(places=1), somebody(unit, "Alva"), somebody(unit, "Bo")
    an_assignment(mine, account=manager, unit=unit)
    session.commit()
    links = [link["href"] for link in sign_in(manager).get(ADDRESS).select("main a[href*=forslag]")]
    assert links == [f"/deltagare/{mine.public_id}/forslag/{placement.public_id}"]


def test_a_coach_who_waits_for_a_place_opens_the_list(
    session: Session, unit: Unit, manager: Account, sign_in: SignIn
) -> None:
    manager.memberships.append(
        Membership(role_code=Role.JOB_COACH.value, unit_id=unit.id, from_date=clock.today())
    )
    mine = somebody(unit, "Alva")
    an_assignment(mine, account=manager, unit=unit)
    session.commit()
    assert sign_in(manager).get(ADDRESS).select(f"main a[href='/deltagare/{mine.public_id}/forslag']")


def test_the_page_decides_nothing(session: Session, unit: Unit, browser: PageClient) -> None:
    a_placement()
    somebody(unit, "Alva")
    assert browser.get(ADDRESS).select("main form, main button") == []


def test_everybody_shown_leaves_a_trace_and_nobody_else(
    session: Session, unit: Unit, browser: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_views, "PAGE_SIZE", 2)
    people = [somebody(unit, name) for name in ("Alva", "Bo", "Cim")]
    browser.get(ADDRESS)
    first = list(traced(session))
    browser.get(f"{ADDRESS}?sida=2")
    assert (first, traced(session)[2:]) == ([people[0].id, people[1].id], [people[2].id])


def test_a_long_plan_has_numbered_pages(
    unit: Unit, browser: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_views, "PAGE_SIZE", 2)
    for name in ("Alva", "Bo", "Cim"):
        somebody(unit, name)
    assert "Visar 3–3 av 3" in browser.get(f"{ADDRESS}?sida=2").words


def test_a_large_unit_is_told_who_is_left_out(
    unit: Unit, browser: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aktema.matching.plan.MOST_PEOPLE", 1)
    somebody(unit, "Alva"), somebody(unit, "Bo")
    assert "De första i bokstavsordning är med här." in browser.get(ADDRESS).words


def test_the_plan_asks_as_many_questions_for_many_as_for_few(
    session: Session, unit: Unit, browser: PageClient, queries: QueryCount
) -> None:
    for number in range(3):
        a_placement(title=f"Plats {number}", places=2)
    somebody(unit, "Alva")
    session.commit()
    browser.get(ADDRESS)
    counts = []
    for name in ("Bo", "Cim", "Dag", "Eva", "Frej", "Gun", "Hed"):
        queries.statements.clear()
        browser.get(ADDRESS)
        counts.append(len(queries))
        somebody(unit, name)
    assert len(set(counts)) == 1
    assert counts[0] <= 12


@pytest.mark.parametrize("role", sorted(STAFF_ROLES - {Role.UNIT_MANAGER}))
def test_only_unit_managers_open_the_plan(sign_in: SignIn, unit: Unit, role: Role) -> None:
    account = an_account(role, unit if role in UNIT_ROLES else None)
    assert sign_in(account).get(ADDRESS).status == 403


def listed(coach: Account, person: Participant) -> int:
    """Show the person's list; returns the placement that stands first."""
    return operations.suggest(act_as(coach), person, limit=10).suggestions[0].place_id


def test_others_first_choices_are_counted(unit: Unit, coach: Account) -> None:
    bakery = a_placement(activities=["bake"])
    other = a_placement(activities=["clean_office"])
    people = [somebody(unit, name, "bake") for name in ("Alva", "Bo", "Cim")]
    assert {listed(coach, person) for person in people} == {bakery.id}
    assert first_choices([bakery.id, other.id], but=people[0].id) == {bakery.id: 2}


def test_only_the_newest_list_counts(session: Session, unit: Unit, coach: Account) -> None:
    bakery = a_placement(activities=["bake"])
    person = somebody(unit, "Alva", "bake")
    listed(coach, person)
    office = a_placement(activities=["clean_office"])
    wants(person, "bake", -2)
    wants(person, "clean_office")
    assert listed(coach, person) == office.id
    assert first_choices([bakery.id, office.id], but=0) == {office.id: 1}


def test_a_later_page_of_a_list_does_not_hide_its_first_choice(unit: Unit, coach: Account) -> None:
    bakery = a_placement(activities=["bake"])
    a_placement(activities=["clean_office"])
    person = somebody(unit, "Alva", "bake")
    listed(coach, person)
    operations.suggest(act_as(coach), person, limit=2, start=1)
    assert first_choices([bakery.id], but=0) == {bakery.id: 1}


def decide(coach: Account, person: Participant, placement: Placement, answer: str, reason: str) -> None:
    operations.give_verdict(
        act_as(coach),
        person,
        placement_id=placement.id,
        placement_title=placement.title,
        answer=answer,
        reason=reason,
        words="",
    )


def test_who_said_no_to_it_does_not_want_it_first(unit: Unit, coach: Account) -> None:
    bakery, person = a_placement(), somebody(unit, "Alva")
    listed(coach, person)
    decide(coach, person, bakery, "no", "too_far")
    assert first_choices([bakery.id], but=0) == {}


def test_a_no_that_was_taken_back_counts_no_longer(unit: Unit, coach: Account) -> None:
    bakery, person = a_placement(), somebody(unit, "Alva")
    listed(coach, person)
    decide(coach, person, bakery, "no", "too_far")
    decide(coach, person, bakery, "not_now", "needs_time")
    assert first_choices([bakery.id], but=0) == {bakery.id: 1}


def test_who_is_on_the_way_to_another_place_wants_none_first(unit: Unit, coach: Account) -> None:
    bakery = a_placement(activities=["bake"])
    office = a_placement(activities=["clean_office"])
    person = somebody(unit, "Alva", "bake")
    listed(coach, person)
    decide(coach, person, office, "accept", "person_wants")
    assert first_choices([bakery.id], but=0) == {}


def test_who_is_asked_about_the_very_place_still_wants_it_first(unit: Unit, coach: Account) -> None:
    bakery, person = a_placement(), somebody(unit, "Alva")
    listed(coach, person)
    decide(coach, person, bakery, "accept", "person_wants")
    assert first_choices([bakery.id], but=0) == {bakery.id: 1}


def test_who_answered_no_when_asked_does_not_want_it_first(
    session: Session, unit: Unit, coach: Account
) -> None:
    bakery, person = a_placement(), somebody(unit, "Alva")
    listed(coach, person)
    answered(session, act_as(coach), person, bakery, "no")
    assert first_choices([bakery.id], but=0) == {}


def test_closed_people_want_nothing_first(session: Session, unit: Unit, coach: Account) -> None:
    bakery, person = a_placement(), somebody(unit, "Alva")
    listed(coach, person)
    person.closed_on = clock.today()
    session.flush()
    assert first_choices([bakery.id], but=0) == {}


def test_first_choices_are_one_question(unit: Unit, coach: Account, queries: QueryCount) -> None:
    placements = [a_placement(), a_placement()]
    listed(coach, somebody(unit, "Alva"))
    queries.statements.clear()
    first_choices([placement.id for placement in placements], but=0)
    assert len(queries) == 1


def test_an_employer_was_asked_last_when_anybody_was_asked_about_any_of_its_places(
    session: Session, unit: Unit, coach: Account
) -> None:
    employer, other = an_employer(), an_employer("Kalles kiosk")
    workplace = a_workplace(employer)
    person = somebody(unit, "Alva")
    for days, placement in ((9, a_placement(workplace)), (3, a_placement(workplace))):
        asked = open_introduction(
            act_as(coach), person, placement_id=placement.id, placement_title=placement.title
        )
        asked.asked_on = clock.today() - timedelta(days=days)
    a_placement(a_workplace(other))
    session.flush()
    turns = last_asked_by_employer()
    assert turns == {employer.id: clock.today() - timedelta(days=3)}
    assert type(turns[employer.id]) is date
