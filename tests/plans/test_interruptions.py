"""Days on which somebody does not get what is granted, or only a part of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.errors import DomainError, MissingError
from aktema.people.models import Participant
from aktema.plans import decision_operations as operations
from aktema.plans import decision_queries as queries
from aktema.plans.codes import InterruptionReason
from aktema.plans.models import Interruption
from tests.support.decisions import (
    LAST_YEAR,
    NEXT_YEAR,
    TODAY,
    TOMORROW,
    YESTERDAY,
    address,
    interrupted,
    pause,
)
from tests.support.page import PageClient
from tests.support.people import act_as, an_account
from tests.support.plans import a_decision

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def page(sign_in: SignIn, handler: Account, person: Participant) -> PageClient:
    return sign_in(handler)


def test_interruption_of_a_part_says_what_is_left(page: PageClient, person: Participant) -> None:
    decision = a_decision(person)
    db.session.commit()
    interrupted(page, person, decision, share="partly", weekly_minutes_left="10")
    words = page.get(address(person, decision)).words
    assert "Det saknas personal" in words
    assert "10 timmar i veckan blir kvar" in words
    assert db.session.scalars(select(Interruption)).one().weekly_minutes_left == 600


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"from_date": YESTERDAY.isoformat()}, "Beslutet gäller inte den dagen"),
        ({"to_date": "2090-01-01"}, "Beslutet gäller inte den dagen"),
        ({"to_date": YESTERDAY.isoformat()}, "Sista dagen är före den första"),
        ({"share": "partly"}, "Fyll i hur många timmar som blir kvar"),
        ({"share": "whole", "weekly_minutes_left": "10"}, "Lämna tomt när allt uteblir"),
        ({"share": "partly", "weekly_minutes_left": "30"}, "Då är det inget avbrott"),
        ({"reason": ""}, "Välj ett av svaren"),
    ],
)
def test_interruption_that_cannot_be_is_refused_on_its_field(
    page: PageClient, person: Participant, typed: dict[str, str], sentence: str
) -> None:
    decision = a_decision(person, to_date=NEXT_YEAR)
    db.session.commit()
    shown = interrupted(page, person, decision, **typed)
    assert (shown.status, sentence in shown.words) == (422, True)


def test_two_interruptions_never_hold_on_one_day(page: PageClient, person: Participant) -> None:
    decision = a_decision(person)
    db.session.commit()
    interrupted(page, person, decision)
    shown = interrupted(page, person, decision, from_date=TOMORROW.isoformat())
    assert "Det finns redan ett avbrott" in shown.words


def test_interruption_goes_on_until_it_is_said_to_end(page: PageClient, person: Participant) -> None:
    decision = a_decision(person)
    db.session.commit()
    interrupted(page, person, decision)
    one = db.session.scalars(select(Interruption)).one()
    way = address(person, decision, f"avbrott/{one.public_id}/avsluta")
    page.submit(way, {"last_day": TOMORROW.isoformat()})
    assert one.to_date == TOMORROW


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        (YESTERDAY, "Avbrottet började senare"),
        (NEXT_YEAR + timedelta(days=1), "Beslutet gäller inte den dagen"),
        (NEXT_YEAR, "nästa avbrott redan börjat"),
    ],
)
def test_interruption_ends_within_the_decision_and_before_the_next(
    handler: Account, person: Participant, last: date, sentence: str
) -> None:
    identity, decision = act_as(handler), a_decision(person, to_date=NEXT_YEAR)
    operations.interrupt(identity, decision, pause(NEXT_YEAR))
    first = operations.interrupt(identity, decision, pause(TODAY, TODAY))
    with pytest.raises(DomainError) as problem:
        operations.end_interruption(first, last)
    assert sentence in str(problem.value.message)


def test_interruption_that_is_over_stays_as_it_was(handler: Account, person: Participant) -> None:
    decision = a_decision(person, from_date=LAST_YEAR)
    over = operations.interrupt(act_as(handler), decision, pause(LAST_YEAR, YESTERDAY))
    with pytest.raises(DomainError):
        operations.end_interruption(over, TODAY)
    assert over.to_date == YESTERDAY


def test_too_much_left_is_no_interruption_of_template_hours_either(
    handler: Account, person: Participant
) -> None:
    decision = a_decision(person, weekly_minutes=None)
    too_much = operations.Pause(
        from_date=TODAY, to_date=None, weekly_minutes_left=99999, reason=InterruptionReason.OTHER
    )
    with pytest.raises(DomainError) as problem:
        operations.interrupt(act_as(handler), decision, too_much)
    assert problem.value.field == "weekly_minutes_left"


def test_coordinator_writes_interruptions_of_the_units_people(
    sign_in: SignIn, person: Participant, unit: Unit
) -> None:
    decision = a_decision(person)
    db.session.commit()
    browser = sign_in(an_account(Role.COORDINATOR, unit))
    assert interrupted(browser, person, decision).status == 200
    assert browser.get(address(person, decision, "avbrott/" + "x" * 22 + "/avsluta")).status == 404


def test_interruption_of_another_decision_is_missing(handler: Account, person: Participant) -> None:
    decision = a_decision(person)
    with pytest.raises(MissingError):
        queries.get_interruption(decision, "nothing")
