"""Tests of the demo municipality: it lives, it is the same for the same day, and it stays in demo mode."""

import json
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask, g
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access import sessions
from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.app import create_app
from aktema.core import clock
from aktema.core.db import Base, db
from aktema.core.personal_number import parse_personal_number
from aktema.core.settings import make_key
from aktema.demo import content, municipality
from aktema.demo.accounts import PASSWORD
from aktema.demo.contacts import LEADS
from aktema.demo.lives import Arc, courses
from aktema.demo.municipality import NotDemoError, fill, sign_ins
from aktema.demo.numbers import organisation_number, personal_number
from aktema.employers.models import Employer, Placement, PlacementActivity
from aktema.employers.operations import read_organisation_number
from aktema.home.queries import worklist
from aktema.matching.models import SuggestionRun, Verdict
from aktema.pathway.models import Introduction
from aktema.pathway.queries import facts_of
from aktema.pathway.states import AWAITING_PERSON, IntroductionState, state_of
from aktema.people.models import Participant, Rating
from aktema.people.rules import age_on
from aktema.steps.models import NextStep, Step
from aktema.vocabulary.models import Activity, ActivityGroup
from aktema.vocabulary.operations import load_vocabulary
from tests.conftest import settings_for_tests
from tests.support.database import fresh_database
from tests.support.page import PageClient
from tests.support.people import an_account

KEYS = {"secret_key": make_key(), "encryption_key": make_key()}
SMALL = 24
KEYS_OF_PARTS = {"key", "goal_key", "place"}  # public ids of the first version of what a plan says
RANDOM = {
    *("public_id", "password_hash", "token", "token_digest", "code_hash", "public_key"),
    *KEYS_OF_PARTS,
}


@contextmanager
def installation(folder: Path) -> Iterator[Flask]:
    """A demo's application on a database of its own, with the vocabulary."""
    with fresh_database(folder, f"demo_{secrets.token_hex(4)}") as url:
        app = create_app(settings_for_tests(folder, url, demo=True, **KEYS))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            load_vocabulary()
            db.session.commit()
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole municipality as a demo makes it."""
    with installation(tmp_path_factory.mktemp("demo")) as app:
        fill(progress=lambda _line: None)
        yield app


def _all(of: type[Any]) -> list[Any]:
    return list(db.session.scalars(select(of)))


def _act_as(role: Role) -> Identity:
    """The first of the role's accounts."""
    key = next(one.name for one in content.staff() if one.role == role)
    account = db.session.scalars(select(Account).where(Account.name == key)).one()
    g.identity = sessions.identity_of(account, 0)
    identity: Identity = g.identity
    return identity


def test_the_municipality_has_the_size_of_a_real_one(demo: Flask) -> None:
    counts = [len(_all(of)) for of in (Account, Participant, Employer, Placement)]
    assert counts == [15, 120, 60 + len(LEADS) + 1, len(content.placements())]  # one stands there twice
    assert len(_all(Step)) > 1000


def test_every_activity_group_has_placements(demo: Flask) -> None:
    held = select(Activity.group_id).join(PlacementActivity, PlacementActivity.activity_id == Activity.id)
    assert set(db.session.scalars(held)) == set(db.session.scalars(select(ActivityGroup.id)))


def test_every_participant_is_of_age(demo: Flask) -> None:
    ages = [age_on(person.birth_date, clock.today()) for person in _all(Participant)]
    assert 21 <= min(ages) < 30
    assert 55 < max(ages) <= 64


def test_every_personal_number_belongs_to_its_person_and_to_the_test_series(demo: Flask) -> None:
    known = [person for person in _all(Participant) if person.personal_number]
    numbers = [parse_personal_number(person.personal_number, clock.today()) for person in known]
    assert [number.birth_date for number in numbers] == [person.birth_date for person in known]
    assert {(number.sex, number.digits[8:11]) for number in numbers} == {("woman", "238"), ("man", "239")}


def test_the_test_series_holds_every_number_that_the_rule_gives(data_folder: Path) -> None:
    series = set(json.loads((data_folder / "personnummer" / "allPins.json").read_text("utf-8")))
    days = [date(1976, 1, 1) + timedelta(days=days) for days in range(365 * 37)]
    made = {personal_number(day, sex) for day in days for sex in ("woman", "man")}
    assert made - {None} <= series


@pytest.mark.parametrize("born", [date(1975, 12, 31), date(1990, 1, 1)])
def test_a_day_that_the_test_series_lacks_gives_no_number(born: date) -> None:
    assert personal_number(born, "woman") is None


def test_organisation_numbers_pass_the_check_and_are_in_no_group_that_exists(demo: Flask) -> None:
    numbers = [one.organisation_number for one in _all(Employer) if one.organisation_number]
    assert [read_organisation_number(number) for number in numbers] == numbers
    assert {number[0] for number in numbers} == {"4"}


def test_organisation_numbers_differ() -> None:
    assert len({organisation_number(serial) for serial in range(1, 500)}) == 499


def test_introductions_stand_in_every_state_a_person_can_answer(demo: Flask) -> None:
    states = {state_of(facts_of(one, is_consented=False)) for one in _all(Introduction)}
    assert states >= AWAITING_PERSON | {IntroductionState.YES, IntroductionState.NO}


def test_next_steps_are_overdue_due_today_and_ahead(demo: Flask) -> None:
    due = {next_step.due_on for next_step in _all(NextStep) if next_step.closed_on is None}
    today = clock.today()
    assert min(due) < today < max(due)
    assert today in due


def test_nobody_has_two_open_next_steps(demo: Flask) -> None:
    per_person = Counter(one.participant_id for one in _all(NextStep) if one.closed_on is None)
    assert set(per_person.values()) == {1}


def test_nothing_has_happened_today_or_later(demo: Flask) -> None:
    assert max(step.happened_on for step in _all(Step)) < clock.today()
    assert max(run.at for run in _all(SuggestionRun)) < clock.now()


def test_some_steps_were_corrected(demo: Flask) -> None:
    steps = {step.id: step for step in _all(Step)}
    corrections = [step for step in steps.values() if step.corrects_id]
    assert corrections
    assert all(step.minutes != steps[step.corrects_id].minutes for step in corrections)


def test_some_ratings_are_older_than_a_year_and_some_are_not_known(demo: Flask) -> None:
    ratings = _all(Rating)
    assert any(rating.said_on < clock.today() - timedelta(days=366) for rating in ratings)
    assert any(rating.level is None for rating in ratings)


def test_a_verdict_carries_a_reason_and_nobodys_words_are_used_twice(demo: Flask) -> None:
    words = [one.words for one in (*_all(Verdict), *_all(Introduction)) if one.words]
    assert len(words) > 10
    assert [text for text, times in Counter(words).items() if times > 1] == []


def test_no_note_stands_twice_about_one_person(demo: Flask) -> None:
    told = [step for step in _all(Step) if step.corrects_id is None and step.contact_type != "trial_day"]
    notes = Counter((step.participant_id, step.line) for step in told)
    assert [note for note, times in notes.items() if times > 1] == []


def test_no_name_and_no_telephone_number_is_given_to_two_people(demo: Flask) -> None:
    people = _all(Participant)
    phones = [person.phone for person in people if person.phone]
    assert len({person.name for person in people}) == len(people)
    assert len(set(phones)) == len(phones)


def test_no_placeholder_is_left_in_a_note(demo: Flask) -> None:
    lines = [one.line for one in (*_all(Step), *_all(NextStep))]
    assert [line for line in lines if "{" in line or "None" in line] == []


def test_a_coach_has_something_of_every_kind_to_do_today(demo: Flask) -> None:
    with demo.test_request_context("/"):
        work = worklist(_act_as(Role.JOB_COACH))
    assert all((work.due, work.answers, work.silent, work.unsuggested))


@pytest.mark.parametrize("role", sorted({*(one.role for one in content.staff()), Role.EMPLOYER.value}))
def test_each_role_can_sign_in_with_the_printed_password(demo: Flask, role: str) -> None:
    line = next(line for line in sign_ins() if line.startswith(str(Role(role).label)))
    email = next(word for word in line.split() if "@" in word)
    page = PageClient(demo.test_client()).submit("/logga-in", {"email": email, "password": PASSWORD})
    assert page.status == 200
    assert "/logga-ut" in page.text


def test_a_second_start_changes_nothing(demo: Flask) -> None:
    said: list[str] = []
    before = len(_all(Account))
    fill(progress=said.append)
    assert (len(_all(Account)), said) == (before, ["The demo municipality is in place."])


def _rows() -> dict[str, list[dict[str, Any]]]:
    """Every row but random ids and sealed bytes."""
    return {
        table.name: [
            {key: value for key, value in row.items() if key not in RANDOM and not key.endswith("_sealed")}
            for row in db.session.execute(select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in Base.metadata.sorted_tables
    }


def test_the_same_day_gives_the_same_municipality(tmp_path: Path) -> None:
    made = []
    for hour in (8, 15):
        with (
            time_machine.travel(datetime(2027, 3, 1, hour, tzinfo=UTC), tick=False),
            installation(tmp_path),
        ):
            fill(progress=lambda _line: None, people=SMALL)
            lines = [(one.participant_id, one.line) for one in (*_all(Step), *_all(NextStep))]
            made.append((_rows(), lines))
    assert made[0] == made[1]


@pytest.fixture
def demo_mode(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The tests' own empty database, as if in demo mode."""
    settings = app.extensions["settings"].model_copy(update={"demo": True})
    monkeypatch.setitem(app.extensions, "settings", settings)
    return session


def test_what_is_broken_off_leaves_nothing(demo_mode: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(municipality, "write_history", interrupt)
    with pytest.raises(KeyboardInterrupt):
        fill(progress=lambda _line: None, people=SMALL)
    assert _all(Account) + _all(Employer) == []


def test_a_database_with_other_accounts_is_left_alone(demo_mode: Session) -> None:
    an_account()
    with pytest.raises(NotDemoError):
        fill(progress=lambda _line: None)
    assert len(_all(Account)) == 1


def test_outside_demo_mode_nobody_is_added(session: Session) -> None:
    with pytest.raises(NotDemoError):
        fill(progress=lambda _line: None)
    assert _all(Account) == []


def test_outside_demo_mode_no_password_is_shown(session: Session) -> None:
    with pytest.raises(NotDemoError):
        sign_ins()


@pytest.mark.parametrize("count", [12, 24, 120, 400])
def test_every_arc_is_there_however_few_people(count: int) -> None:
    dealt = [course.arc for course in courses(count, date(2027, 3, 1))]
    assert len(dealt) == count
    assert set(dealt) == set(Arc)
