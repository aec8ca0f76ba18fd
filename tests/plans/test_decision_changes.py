"""What is done to a decision later: other hours, its end, and that its hours have a history."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.people.models import Participant
from aktema.plans import decision_operations as operations
from aktema.plans.codes import DecisionEnd, HoursBasis
from aktema.plans.models import DecisionExtent, Interruption, ServiceOrder
from tests.support.decisions import (
    LAST_YEAR,
    NEXT_YEAR,
    TODAY,
    TOMORROW,
    YESTERDAY,
    address,
    change,
    follow,
    interrupted,
)
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, an_order

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def page(sign_in: SignIn, handler: Account, person: Participant) -> PageClient:
    return sign_in(handler)


# Hours


def test_new_hours_hold_from_their_day_and_the_old_ones_stay(page: PageClient, person: Participant) -> None:
    decision = a_decision(person, from_date=LAST_YEAR)
    db.session.commit()
    typed = {"weekly_minutes": "35", "from_date": TOMORROW.isoformat(), "reason": "Orkar mer."}
    page.submit(address(person, decision, "andra-tid"), typed)
    words = page.get(address(person, decision)).words
    assert "30 timmar i veckan" in words
    assert f"35 timmar i veckan från {TOMORROW}" in words
    assert "Orkar mer." in words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"from_date": LAST_YEAR.isoformat()}, "börjar efter dem som redan är beslutade"),
        ({"from_date": "1999-01-01"}, "Då gäller inte beslutet än"),
        ({"from_date": "2090-01-01"}, "Då gäller inte beslutet längre"),
        ({"weekly_minutes": "30"}, "Så många timmar gäller redan"),
        ({"weekly_minutes": "0"}, "Skriv mer än 0"),
        ({"reason": ""}, "Fyll i det här"),
    ],
)
def test_hours_that_cannot_be_are_refused_on_their_field(
    page: PageClient, person: Participant, typed: dict[str, str], sentence: str
) -> None:
    decision = a_decision(person, from_date=LAST_YEAR, to_date=NEXT_YEAR)
    db.session.commit()
    usual = {"weekly_minutes": "35", "from_date": TODAY.isoformat(), "reason": "Orkar mer."}
    shown = page.submit(address(person, decision, "andra-tid"), {**usual, **typed})
    assert (shown.status, sentence in shown.words) == (422, True)


def test_template_hours_are_converted_and_not_changed(handler: Account, person: Participant) -> None:
    decision = a_decision(person, weekly_minutes=None, from_date=LAST_YEAR)
    with pytest.raises(DomainError) as problem:
        operations.change_hours(act_as(handler), decision, change(TODAY))
    assert "Omvandla den först" in str(problem.value.message)


@pytest.mark.parametrize("act", ["andra-tid", "avsluta", "avbrott"])
def test_form_drawn_before_somebody_else_changed_the_decision_asks_first(
    page: PageClient, handler: Account, person: Participant, act: str
) -> None:
    decision = a_decision(person, from_date=LAST_YEAR)
    db.session.commit()
    way = address(person, decision, act)
    held = page.get(way).hidden()
    operations.change_hours(act_as(handler), decision, change(TODAY))
    db.session.commit()
    typed = {
        "weekly_minutes": "35",
        "from_date": TOMORROW.isoformat(),
        "last_day": TODAY.isoformat(),
        "reason": {"andra-tid": "Min text", "avsluta": "moved", "avbrott": "no_staff"}[act],
        "share": "whole",
    }
    shown = page.post(way, {**held, **typed, "weekly_minutes_left": ""})
    assert (shown.status, "Någon annan har ändrat samma sak" in shown.text) == (409, True)


# Ending


def test_decision_ends_with_its_last_day_and_says_why(page: PageClient, person: Participant) -> None:
    decision = a_decision(person, from_date=LAST_YEAR)
    db.session.commit()
    page.submit(address(person, decision, "avsluta"), {"last_day": YESTERDAY.isoformat(), "reason": "moved"})
    words = page.get(address(person, decision)).words
    assert f"Sista dagen {YESTERDAY}. Flyttade." in words
    assert "Har slutat gälla" in words


def test_ending_closes_the_orders_and_takes_the_unit_from_the_person(
    sign_in: SignIn, page: PageClient, handler: Account
) -> None:
    unit, someone = a_unit("Ny"), a_participant()
    an_assignment(someone, kind="handler", account=handler)
    decision = a_decision(someone, from_date=LAST_YEAR)
    coordinator = an_account(Role.COORDINATOR, unit)
    an_order(decision, unit, answer="accepted", coordinator=coordinator, first_day=LAST_YEAR)
    db.session.commit()
    browser = sign_in(coordinator)
    assert browser.get(address(someone, decision)).status == 200
    page.submit(address(someone, decision, "avsluta"), {"last_day": YESTERDAY.isoformat(), "reason": "work"})
    assert db.session.scalars(select(ServiceOrder)).one().closed_on == YESTERDAY
    assert browser.get(address(someone, decision)).status == 404


def test_decision_replaced_by_a_new_one_leads_straight_to_it(page: PageClient, person: Participant) -> None:
    decision = a_decision(person, from_date=LAST_YEAR)
    db.session.commit()
    shown = page.submit(
        address(person, decision, "avsluta"), {"last_day": TODAY.isoformat(), "reason": "new_decision"}
    )
    start = shown.soup.select_one("[name=from_date]")
    assert start is not None
    assert start["value"] == TOMORROW.isoformat()


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        (LAST_YEAR - timedelta(days=1), "Då gällde inte beslutet än"),
        (NEXT_YEAR + timedelta(days=1), "Ska det gälla längre behövs ett nytt beslut"),
    ],
)
def test_last_day_is_one_of_the_decisions_own(
    page: PageClient, person: Participant, last: date, sentence: str
) -> None:
    decision = a_decision(person, from_date=LAST_YEAR, to_date=NEXT_YEAR)
    db.session.commit()
    typed = {"last_day": last.isoformat(), "reason": "moved"}
    shown = page.submit(address(person, decision, "avsluta"), typed)
    assert (shown.status, sentence in shown.words) == (422, True)


def test_decision_is_ended_once(handler: Account, person: Participant) -> None:
    decision = a_decision(person)
    act_as(handler)
    operations.end(decision, TODAY, DecisionEnd.MOVED)
    with pytest.raises(DomainError) as problem:
        operations.end(decision, TODAY, DecisionEnd.WORK)
    assert "redan avslutat" in str(problem.value.message)


def test_decision_without_an_end_is_replaced_by_ending_it(page: PageClient, person: Participant) -> None:
    decision = a_decision(person)
    db.session.commit()
    shown = page.get(address(person, decision))
    way = next(a["href"] for a in shown.select("main a") if "Ersätt med ett nytt beslut" in a.get_text())
    chosen = page.get(str(way)).soup.select_one("[name=reason][checked]")
    assert chosen is not None
    assert chosen["value"] == "new_decision"


# Hours have a history


@pytest.fixture
def changed(session: Session) -> Iterator[list[str]]:
    """The statements that changed or took away rows of hours."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("UPDATE decision_extent", "DELETE FROM decision_extent")):
            found.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_nothing_done_to_a_decision_changes_or_takes_away_hours(
    page: PageClient, person: Participant, changed: list[str]
) -> None:
    decision = a_decision(person, weekly_minutes=None, from_date=LAST_YEAR)
    db.session.commit()
    for act, minutes, day in (("omvandla", "20", YESTERDAY), ("andra-tid", "25", TODAY)):
        typed = {"weekly_minutes": minutes, "from_date": day.isoformat(), "reason": "Orkar mer."}
        assert page.submit(address(person, decision, act), typed).status == 200
    interrupted(page, person, decision)
    one = db.session.scalars(select(Interruption)).one()
    way = address(person, decision, f"avbrott/{one.public_id}/avsluta")
    page.submit(way, {"last_day": TODAY.isoformat()})
    page.submit(address(person, decision, "avsluta"), {"last_day": TODAY.isoformat(), "reason": "moved"})
    follow(page, person, decision)
    minutes_of = select(DecisionExtent.weekly_minutes).where(DecisionExtent.decision_id == decision.id)
    assert db.session.scalars(minutes_of.order_by(DecisionExtent.from_date)).all() == [None, 1200, 1500]
    assert changed == []


def test_every_basis_of_hours_is_one_the_rules_know() -> None:
    assert {basis.value for basis in HoursBasis} == {"granted", "template"}
