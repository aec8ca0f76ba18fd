"""Participants who sign in to their own pages, and those who represent them, for tests."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aktema.access import card_operations
from aktema.access.card_models import PersonalCard
from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.own.operations import account_of
from aktema.people.models import Participant, Representative
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment

CODE = ("cat", "house", "cat", "ball")
OTHER_CODE = ("cow", "cow", "cow", "cow")


@dataclass(frozen=True, kw_only=True, slots=True)
class Someone:
    """A person with an account of their own, their coach, their coordinator and the unit where both work."""

    person: Participant
    account: Account
    coach: Account
    coordinator: Account
    unit: Unit

    def page(self, path: str = "") -> str:
        """The address of one of the person's own pages."""
        return f"/min-sida/{self.person.public_id}{path}"


def someone(**values: Any) -> Someone:
    unit = a_unit()
    coach = an_account(Role.JOB_COACH, unit, name="Kim Coach")
    coordinator = an_account(Role.COORDINATOR, unit, name="Robin Koordinator")
    person = a_participant(coach=coach, unit=unit, **values)
    an_assignment(person, kind="coordinator", account=coordinator, unit=unit)
    an_assignment(person, kind="provider", unit=unit)
    account = account_of(person)
    db.session.commit()
    return Someone(person=person, account=account, coach=coach, coordinator=coordinator, unit=unit)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A card with the key that is printed on it."""

    card: PersonalCard
    token: str

    @property
    def path(self) -> str:
        return f"/kort/{self.token}"


def a_card(who: Someone, code: tuple[str, ...] | None = CODE) -> Held:
    """The person's card, with a code where one is given."""
    made = card_operations.make_card(act_as(who.coach), who.account, who.person.id)
    if code is not None:
        card_operations.choose_code(made.card, who.person.id, code)
    db.session.commit()
    return Held(card=made.card, token=made.token)


def a_representative(
    person: Participant,
    *,
    proof_seen_on: date | None = None,
    to_date: date | None = None,
    is_proved: bool = True,
    account: Account | None = None,
    areas: str = "rights,person",
) -> tuple[Representative, Account]:
    """Somebody with an account who represents the person; proof seen and a year to go unless told."""
    account = account or an_account(Role.REPRESENTATIVE, name="Gode Man")
    row = Representative(
        participant=person,
        kind="guardian",
        name="Gode Man",
        from_date=clock.today() - timedelta(days=400),
        to_date=to_date or clock.today() + timedelta(days=365),
        proof_seen_on=(proof_seen_on or clock.today() - timedelta(days=30)) if is_proved else None,
        account_id=account.id,
        areas=areas,
    )
    db.session.add(row)
    db.session.commit()
    return row, account
