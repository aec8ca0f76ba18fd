"""A small municipality in which somebody is about to look for a job, and a clock that can be moved for all in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

import pytest
from sqlalchemy import select

from aktema.access.models import Account
from aktema.access.passwords import hash_password
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.jobs import do_chores
from aktema.employers.models import Placement
from aktema.own.operations import account_of
from aktema.people.codes import Source
from aktema.people.models import Participant
from aktema.people.profile_operations import NewTimes, cast_interest_votes, say_times
from aktema.vocabulary.models import Activity
from tests.journeys.served import SignIn, Site, serve
from tests.support.access import PASSWORD
from tests.support.employers import a_contact, a_placement, a_workplace, an_employer, word_id
from tests.support.own import Someone, a_card
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.plans import a_decision, an_order
from tests.support.trials import a_trial

BEGINS = date(2027, 1, 11)
"""A Monday, with ordinary weeks after it."""
PERSON, LAST_NAME, COACH, BOSS, EMPLOYER = "Alva", "Ek", "Kim Coach", "Linda Ask", "Lindas bageri"
MORNING = time(9)
LIKES_A_LOT = 2
SIGNED_PLACE = "Diska i köket"
OTHER_PLACES = {"Sortera post": "sort_mail", SIGNED_PLACE: "wash_dishes"}


@dataclass
class MovedClock:
    """Stands in for the class that tells the moment, so many hours ahead of it."""

    ahead: timedelta = timedelta()

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) + self.ahead

    def go_to(self, day: date, at: time = MORNING) -> None:
        self.ahead = datetime.combine(day, at, clock.STOCKHOLM) - datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """How the coach signs in, and the key on the person's card."""

    coach: SignIn
    card: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Town:
    """A served municipality whose days are turned by hand."""

    site: Site
    cast: Cast
    clock: MovedClock

    def go_to(self, day: date) -> None:
        """A later day, on which everything that the clock asks for has been done."""
        self.clock.go_to(day)
        with self.site.app.test_request_context():
            do_chores()
            db.session.remove()

    def begin_trial(self, first: date, last: date) -> None:
        """A trial that all have signed, for the one there is to go the way."""
        with self.site.app.test_request_context():
            person = db.session.scalars(select(Participant)).one()
            placement = db.session.scalars(select(Placement).where(Placement.title == SIGNED_PLACE)).one()
            coach = db.session.scalars(select(Account).where(Account.email == self.cast.coach.email)).one()
            a_trial(person, placement, from_date=first, to_date=last, account=coach)
            db.session.commit()
            db.session.remove()


@contextmanager
def a_town(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Served until the block ends; the clock stands in the morning of the day it begins."""
    moved, made = MovedClock(), list[Cast]()
    moved.go_to(BEGINS)
    patch.setattr(clock, "datetime", moved)
    with serve(folder, lambda: None) as site:
        with site.app.test_request_context():
            made.append(_cast())
            db.session.commit()
            db.session.remove()
        yield Town(site=site, cast=made[0], clock=moved)


def _cast() -> Cast:
    unit, workshop = a_unit("Jobbstödet"), a_unit("Verkstan")
    coach = an_account(Role.JOB_COACH, unit, name=COACH)
    coach.password_hash = hash_password(PASSWORD)
    coordinator = an_account(Role.COORDINATOR, workshop, name="Nima Koordinator")
    handler = an_account(Role.LSS_HANDLER, name="Ester Handläggare")
    person = a_participant(
        coach=coach, unit=unit, first_name=PERSON, last_name=LAST_NAME, communication="easy_read"
    )
    decision = a_decision(person, handler, from_date=BEGINS - timedelta(days=200))
    an_order(decision, workshop, answer="accepted", coordinator=coordinator, first_day=decision.from_date)
    _tell_profile(person, coach)
    _employers()
    who = Someone(person=person, account=account_of(person), coach=coach, coordinator=coordinator, unit=unit)
    return Cast(coach=SignIn(email=coach.email), card=a_card(who).path)


def _tell_profile(person: Participant, coach: Account) -> None:
    identity = act_as(coach)
    cast_interest_votes(identity, person, Source.OWN, {word_id(Activity, "bake"): LIKES_A_LOT})
    times = NewTimes(weekly_minutes=15 * 60, weekdays=frozenset(range(5)), travel_minutes=60)
    say_times(identity, person, Source.OWN, times)


def _employers() -> None:
    """One that has posted before, and one that nobody has asked yet."""
    workplace = a_workplace(an_employer("Hamnens varuhus"), name="Hamnens varuhus")
    for title, code in OTHER_PLACES.items():
        a_placement(workplace, title=title, activities=(code,))
    a_contact(an_employer(EMPLOYER, is_lead=True), name=BOSS, email="linda@lindas.example")
