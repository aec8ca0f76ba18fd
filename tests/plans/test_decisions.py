"""Decisions: made, continued by others, and read by those who work with the person."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.errors import DomainError, MissingError
from aktema.people.models import Participant
from aktema.plans import decision_operations as operations
from aktema.plans import decision_queries as queries
from aktema.plans.codes import HoursBasis
from aktema.plans.models import Decision
from aktema.plans.rules.extents import overlaps, period_of
from tests.conftest import QueryCount
from tests.support.decisions import (
    LAST_YEAR,
    NEXT_YEAR,
    TODAY,
    TOMORROW,
    TYPED,
    YESTERDAY,
    address,
    change,
    facts,
    follow,
)
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, an_order

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def page(sign_in: SignIn, handler: Account, person: Participant) -> PageClient:
    return sign_in(handler)


def the_decision() -> Decision:
    return db.session.scalars(select(Decision)).one()


# Making a decision


def test_decision_is_kept_as_it_was_typed(page: PageClient, person: Participant) -> None:
    shown = page.submit(address(person) + "/nytt", TYPED)
    decision = the_decision()
    extent = decision.extents[0]
    assert (shown.status, "Beslutet är sparat." in shown.response.get_data(as_text=True)) == (200, True)
    assert (extent.weekly_minutes, extent.days_per_week, extent.from_date) == (1350, 4, TODAY)
    assert (decision.needs, decision.wishes) == (TYPED["needs"], TYPED["wishes"])


def test_texts_about_the_person_are_sealed_and_stand_in_no_trace(
    page: PageClient, person: Participant
) -> None:
    page.submit(address(person) + "/nytt", TYPED)
    decision = the_decision()
    details = db.session.scalars(select(AccessEntry.detail)).all()
    assert b"hundar" not in (decision.wishes_sealed or b"")
    assert not [detail for detail in details if "hundar" in detail or "Ester" in detail]


def test_new_decision_is_traced_with_its_id(page: PageClient, person: Participant) -> None:
    page.submit(address(person) + "/nytt", TYPED)
    written = (AccessEntry.kind == "write") & (AccessEntry.object_kind == "decision")
    entry = db.session.scalars(select(AccessEntry).where(written)).one()
    assert (entry.participant_id, entry.object_id, entry.detail) == (person.id, the_decision().id, "new")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weekly_minutes": ""}, "Fyll i hur många timmar i veckan som är beviljade."),
        ({"weekly_minutes": "0"}, "Skriv mer än 0"),
        ({"weekly_minutes": "tjugo"}, "Skriv timmar"),
        ({"weekly_minutes": "60", "days_per_week": "2"}, "ryms inte på så få dagar"),
        ({"days_per_week": "8"}, "helt tal från 1 till 7"),
        ({"template_minutes": "20"}, "Fyll bara i schablontimmar"),
        ({"hours_basis": "template"}, "Schablontid är inte beviljade timmar"),
        ({"hours_basis": "template", "weekly_minutes": "", "template_minutes": "0"}, "Skriv mer än 0"),
        ({"law_basis": "sol"}, "Personkrets finns bara i LSS"),
        ({"law_basis": "lss_9"}, "Lagrummet hör inte ihop med insatsen"),
        ({"support_measure": "housing"}, "Lagrummet hör inte ihop med insatsen"),
        ({"eligibility_group": ""}, "Fyll i personkretsen"),
        ({"from_date": "1066-01-01"}, "Kontrollera året"),
        ({"from_date": "igår"}, "Skriv datumet som"),
        ({"to_date": "9999-12-31"}, "gäller tills vidare"),
        ({"to_date": LAST_YEAR.isoformat()}, "Sista dagen är före den första"),
        ({"decided_on": TOMORROW.isoformat()}, "Datumet har inte varit än"),
        ({"appeal_given_on": TOMORROW.isoformat()}, "Datumet har inte varit än"),
        ({"appeal_given_on": LAST_YEAR.isoformat()}, "inte ha lämnats före beslutet"),
        ({"decision_maker": " "}, "Fyll i det här"),
        ({"needs": "a\x00b"}, "tecken som inte går att spara"),
    ],
)
def test_what_does_not_go_together_is_told_and_everything_typed_kept(
    page: PageClient, person: Participant, change: dict[str, str], sentence: str
) -> None:
    shown = page.submit(address(person) + "/nytt", {**TYPED, **change})
    kept = shown.soup.select_one("textarea[name=wishes]")
    assert (shown.status, sentence in shown.words) == (422, True)
    assert kept is not None
    assert "hundar" in kept.get_text()
    assert db.session.scalars(select(Decision)).all() == []


def test_old_decision_can_have_template_hours_with_or_without_a_figure(
    page: PageClient, person: Participant
) -> None:
    typed = {**TYPED, "hours_basis": "template", "weekly_minutes": "", "days_per_week": ""}
    page.submit(address(person) + "/nytt", typed)
    extent = the_decision().extents[0]
    assert (extent.hours_basis, extent.weekly_minutes, extent.template_minutes) == ("template", None, None)


def test_decision_by_the_social_services_act_has_no_group(page: PageClient, person: Participant) -> None:
    page.submit(address(person) + "/nytt", {**TYPED, "law_basis": "sol", "eligibility_group": ""})
    assert the_decision().eligibility_group is None


def test_two_decisions_of_a_measure_never_hold_on_one_day(page: PageClient, person: Participant) -> None:
    a_decision(person, from_date=LAST_YEAR)
    db.session.commit()
    shown = page.submit(address(person) + "/nytt", TYPED)
    assert "Det finns redan ett beslut om daglig verksamhet" in shown.words
    assert shown.status == 422


def test_refused_overlap_names_the_days_of_the_other(page: PageClient, person: Participant) -> None:
    a_decision(person, from_date=LAST_YEAR, to_date=TOMORROW)
    db.session.commit()
    words = page.submit(address(person) + "/nytt", TYPED).words
    assert f"från {LAST_YEAR} till {TOMORROW}. Välj andra dagar." in words


def test_another_measure_may_hold_on_the_same_days(page: PageClient, person: Participant) -> None:
    a_decision(person, from_date=LAST_YEAR)
    db.session.commit()
    typed = {**TYPED, "support_measure": "companion", "law_basis": "lss_9"}
    assert page.submit(address(person) + "/nytt", typed).status == 200


SPANS = st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 30)), min_size=1, max_size=12)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPANS)
def test_no_overlap_ever_whatever_is_tried(
    session: Session, handler: Account, person: Participant, spans: list[tuple[int, int | None]]
) -> None:
    identity, start = act_as(handler), date(2025, 1, 1)
    outer = session.begin_nested()
    for offset, length in spans:
        first = start + timedelta(days=offset)
        last = None if length is None else first + timedelta(days=length)
        try:
            operations.decide(identity, person, facts(from_date=first, to_date=last))
        except DomainError:
            continue
    made = [period_of(one) for one in session.scalars(select(Decision)).all()]
    assert made
    assert not any(overlaps(one, other) for at, one in enumerate(made) for other in made[at + 1 :])
    outer.rollback()


# Succession


def test_successor_is_filled_in_from_the_one_before(page: PageClient, person: Participant) -> None:
    earlier = a_decision(person, from_date=LAST_YEAR, to_date=TODAY)
    earlier.wishes = "Vill sy."
    db.session.commit()
    form = page.get(f"{address(person)}/nytt?foljer={earlier.public_id}")
    start, wishes = form.soup.select_one("[name=from_date]"), form.soup.select_one("[name=wishes]")
    assert start is not None
    assert start["value"] == TOMORROW.isoformat()
    assert wishes is not None
    assert wishes.get_text().strip() == "Vill sy."


def test_successor_stands_in_line_after_the_one_before(page: PageClient, person: Participant) -> None:
    earlier = a_decision(person, from_date=LAST_YEAR, to_date=TODAY)
    db.session.commit()
    follow(page, person, earlier)
    later = db.session.scalars(select(Decision).where(Decision.follows_id == earlier.id)).one()
    words = page.get(address(person)).words
    assert f"Fortsätter beslutet från {LAST_YEAR}" in words
    assert f"Fortsätts av beslutet från {later.from_date}" in words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"from_date": TODAY.isoformat()}, "börjar efter det förra"),
        ({"support_measure": "companion", "law_basis": "lss_9"}, "gäller samma insats"),
        ({"weekly_minutes": ""}, "Fyll i det här."),
    ],
)
def test_successor_comes_after_with_granted_hours_of_the_same_measure(
    page: PageClient, person: Participant, typed: dict[str, str], sentence: str
) -> None:
    earlier = a_decision(person, from_date=LAST_YEAR, to_date=TODAY)
    db.session.commit()
    shown = follow(page, person, earlier, **typed)
    assert (shown.status, sentence in shown.words) == (422, True)


def test_successor_never_has_template_hours(handler: Account, person: Participant) -> None:
    earlier = a_decision(person, from_date=LAST_YEAR, to_date=TODAY)
    hours = operations.Hours(basis=HoursBasis.TEMPLATE)
    later = facts(hours=hours, from_date=TOMORROW)
    with pytest.raises(DomainError) as problem:
        operations.decide(act_as(handler), person, later, follows=earlier)
    assert problem.value.field == "hours_basis"


def test_decision_is_continued_once_only(page: PageClient, person: Participant) -> None:
    earlier = a_decision(person, from_date=LAST_YEAR, to_date=TODAY)
    db.session.commit()
    follow(page, person, earlier)
    shown = follow(page, person, earlier, from_date="2090-01-01")
    assert "Det finns redan ett beslut som fortsätter det här" in shown.words


def test_decision_without_an_end_has_to_be_ended_first(page: PageClient, person: Participant) -> None:
    earlier = a_decision(person, from_date=LAST_YEAR)
    db.session.commit()
    shown = follow(page, person, earlier, from_date=TOMORROW.isoformat())
    assert "gäller tills vidare. Avsluta det först" in shown.words


def test_decision_of_somebody_else_is_nothing_to_follow(
    page: PageClient, handler: Account, person: Participant
) -> None:
    other = a_participant()
    an_assignment(other, kind="handler", account=handler)
    theirs = a_decision(other, to_date=TODAY)
    db.session.commit()
    assert page.get(f"{address(person)}/nytt?foljer={theirs.public_id}").status == 404
    assert page.get(f"{address(person)}/nytt?foljer=%00").status == 404


# Reading


def test_list_has_what_holds_now_before_what_comes_and_what_was(
    page: PageClient, person: Participant
) -> None:
    a_decision(person, from_date=LAST_YEAR, to_date=LAST_YEAR + timedelta(days=9))
    a_decision(person, from_date=NEXT_YEAR)
    a_decision(person, from_date=YESTERDAY, to_date=TODAY)
    db.session.commit()
    tags = [tag.get_text().strip() for tag in page.get(address(person)).select("main .ds-tag")]
    assert tags == ["Gäller", "Kommande", "Har slutat gälla"]


def test_empty_list_says_what_to_do_first(page: PageClient, person: Participant) -> None:
    assert "Skriv in ett beslut" in page.get(address(person)).words


def test_page_of_a_decision_tells_everything_in_words(page: PageClient, person: Participant) -> None:
    page.submit(address(person) + "/nytt", TYPED)
    words = page.get(address(person, the_decision())).words
    for part in ("22,5 timmar i veckan, 4 dagar", "LSS 9 § 10", "Behöver stöd vid måltider.", "Gäller"):
        assert part in words


def test_other_handlers_people_are_missing(sign_in: SignIn, person: Participant) -> None:
    decision = a_decision(person)
    db.session.commit()
    stranger = sign_in(an_account(Role.LSS_HANDLER))
    acts = ("", "omvandla", "andra-tid", "avsluta", "avbrott", "bestall")
    ways = [address(person), address(person) + "/nytt", *(address(person, decision, act) for act in acts)]
    assert {stranger.get(way).status for way in ways} == {404}


def test_unit_sees_the_decisions_of_its_own_people_only(
    sign_in: SignIn, person: Participant, unit: Unit
) -> None:
    decision = a_decision(person)
    db.session.commit()
    here, elsewhere = (sign_in(an_account(Role.COORDINATOR, place)) for place in (unit, a_unit()))
    assert here.get(address(person, decision)).status == 200
    assert elsewhere.get(address(person, decision)).status == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.UNIT_MANAGER, Role.JOB_COACH])
def test_those_who_work_with_the_person_read_but_cannot_change(
    sign_in: SignIn, person: Participant, unit: Unit, role: Role
) -> None:
    reader = an_account(role, unit)
    if role is Role.JOB_COACH:
        an_assignment(person, kind="coach", account=reader, unit=unit)
    decision = a_decision(person)
    db.session.commit()
    browser = sign_in(reader)
    words = browser.get(address(person, decision)).words
    assert "Ändra beviljad tid" not in words
    assert "Avsluta beslutet" not in words
    assert browser.get(address(person, decision, "avsluta")).status == 403


def test_coach_reads_wishes_but_not_the_inquiry(sign_in: SignIn, person: Participant, unit: Unit) -> None:
    coach = an_account(Role.JOB_COACH, unit)
    an_assignment(person, kind="coach", account=coach, unit=unit)
    decision = a_decision(person, reason="SKÄL-1")
    decision.needs, decision.wishes, decision.goals = "BEHOV-1", "ÖNSKAN-1", "MÅL-1"
    db.session.commit()
    words = sign_in(coach).get(address(person, decision)).words
    assert "ÖNSKAN-1" in words
    assert not [hidden for hidden in ("BEHOV-1", "MÅL-1", "SKÄL-1", "Personkrets") if hidden in words]


def test_unit_is_shown_its_own_orders_only(sign_in: SignIn, person: Participant, unit: Unit) -> None:
    decision, other = a_decision(person), a_unit("Annan")
    an_order(decision, other, answer="declined", closed_on=TODAY)
    an_order(decision, unit)
    db.session.commit()
    words = sign_in(an_account(Role.COORDINATOR, unit)).get(address(person, decision)).words
    assert unit.name in words
    assert other.name not in words


def test_decision_of_another_person_is_missing(page: PageClient, person: Participant) -> None:
    other = a_decision(a_participant())
    db.session.commit()
    assert page.get(address(person, other)).status == 404
    with pytest.raises(MissingError):
        queries.get_decision(person.id, other.public_id)


def test_every_page_of_a_decision_is_traced_as_read(page: PageClient, person: Participant) -> None:
    decision = a_decision(person)
    db.session.commit()
    for way in (address(person), address(person, decision)):
        page.get(way)
    read = (AccessEntry.act == "lss_decision.read") & (AccessEntry.kind == "read")
    assert db.session.scalars(select(AccessEntry.participant_id).where(read)).all() == [person.id] * 2


@pytest.mark.parametrize("many", [2, 60])
def test_list_takes_as_many_statements_for_many_as_for_few(
    page: PageClient, person: Participant, queries: QueryCount, many: int
) -> None:
    for number in range(many):
        day = date(2020, 1, 1) + timedelta(days=number)
        a_decision(person, from_date=day, to_date=day)
    db.session.commit()
    queries.statements.clear()
    page.get(address(person))
    assert len(queries) <= 15


def test_page_of_a_decision_takes_as_many_statements_with_much_as_with_little(
    page: PageClient, handler: Account, person: Participant, queries: QueryCount
) -> None:
    bare, full = (
        a_decision(person, from_date=LAST_YEAR, support_measure=one) for one in ("housing", "companion")
    )
    identity = act_as(handler)
    for number in range(10):
        operations.change_hours(identity, full, change(TODAY + timedelta(days=number), minutes=600 + number))
        an_order(full, a_unit())
    db.session.commit()
    taken = []
    for decision in (bare, full):
        db.session.expire_all()
        queries.statements.clear()
        page.get(address(person, decision))
        taken.append(len(queries))
    assert taken[1] <= taken[0] + 2  # answers and coordinators are asked for where there are orders
