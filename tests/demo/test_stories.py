"""Tests of what comes after a yes in the demo: it stands in every state, and its past has sent no mail."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from aktema.access.link_models import Link
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.core.outbox import OutboxMessage
from aktema.demo.companies import company_sign_in
from aktema.demo.municipality import fill
from aktema.demo.own_pages import CARD_ACCOUNT
from aktema.employers.company_queries import positions_to_look_through
from aktema.employers.models import Contact, Placement
from aktema.pathway.check_in_operations import ask_employers
from aktema.pathway.check_in_queries import due_now
from aktema.pathway.introduction_operations import chase_employers
from aktema.pathway.introduction_queries import proposals_to, silent_employers
from aktema.pathway.outcome_models import Employment, Outcome, RetentionCheck
from aktema.pathway.queries import viewed, views_of
from aktema.pathway.review_codes import Voice
from aktema.pathway.review_models import Review
from aktema.pathway.review_operations import ask_for_reviews, remind_people
from aktema.pathway.review_queries import own_reviews_due, reviews_of, reviews_open_to, said_in
from aktema.pathway.rules.outcome import OutcomeKind
from aktema.pathway.rules.places import has_room
from aktema.pathway.rules.retention import current
from aktema.pathway.rules.reviews import apart
from aktema.pathway.states import IntroductionState
from aktema.pathway.trial_models import CheckIn, Signature, Trial
from aktema.pathway.trial_queries import awaits, days_of, missing_parties, newest, status, stay_of
from aktema.pathway.trial_states import Party, TrialKind, TrialStatus
from aktema.people.models import Participant
from aktema.plans.models import Attendance
from aktema.steps.models import Step
from tests.demo.test_municipality import installation

STAFF_ONLY = {TrialStatus.EXPIRED}
"""A draft nobody finished is nothing to show anybody."""


@pytest.fixture(scope="module", params=[16, 120])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The municipality, as small as the journeys make it and as a demo does."""
    with installation(tmp_path_factory.mktemp("told")) as app:
        fill(progress=lambda _line: None, people=request.param)
        with app.test_request_context("/"):
            yield app


@pytest.fixture(autouse=True)
def _fresh(told: Flask) -> Iterator[None]:
    """What one test has read or changed stays with it."""
    yield
    db.session.rollback()
    db.session.expunge_all()


WHOLE = pytest.mark.parametrize("told", [120], indirect=True)
"""Few people have no room for every story."""


def _all(of: type[Any]) -> list[Any]:
    return list(db.session.scalars(select(of)))


def _holder() -> Participant:
    held = select(Participant).join(Account, Account.id == Participant.account_id)
    return db.session.scalars(held.where(Account.email == CARD_ACCOUNT)).one()


def _statuses(trials: list[Trial]) -> set[TrialStatus]:
    return {status(trial, clock.today()) for trial in trials}


def _trials_of(person: Participant) -> list[Trial]:
    return [trial for trial in _all(Trial) if trial.participant_id == person.id]


@WHOLE
def test_introductions_stand_in_every_state() -> None:
    assert {view.state for view in views_of(viewed())} >= set(IntroductionState) - {IntroductionState.YES}


@WHOLE
def test_trials_are_of_every_kind_and_stand_in_every_status() -> None:
    assert {trial.kind for trial in _all(Trial)} == set(TrialKind)
    assert _statuses(_all(Trial)) == set(TrialStatus) - STAFF_ONLY


def test_the_cards_owner_has_a_trial_that_runs_one_to_look_back_on_and_something_to_sign() -> None:
    trials, today = _trials_of(_holder()), clock.today()
    assert _statuses(trials) >= {TrialStatus.RUNNING, TrialStatus.ENDED}
    assert own_reviews_due(_holder().id, today)
    assert [trial for trial in trials if Party.PERSON in awaits(trial, today)]


def test_the_cards_owner_is_asked_how_it_goes() -> None:
    assert [trial for trial in _trials_of(_holder()) if due_now(trial, clock.today())]


def test_the_employer_who_signs_in_has_a_question_and_a_trial_to_look_back_on() -> None:
    contact = db.session.scalars(select(Contact).where(Contact.account_id == company_sign_in().id)).one()
    today = clock.today()
    assert proposals_to(contact.employer_id, today)
    assert False in reviews_open_to(contact.employer_id, today).values()


def test_the_demos_past_sends_no_mail() -> None:
    lines = len(_all(Step))
    for chore in (chase_employers, ask_employers, ask_for_reviews, remind_people):
        chore()
    assert _all(OutboxMessage) + _all(Link) == []
    assert len(_all(Step)) == lines


def test_no_placement_has_more_people_than_places() -> None:
    live = [trial for trial in _all(Trial) if trial.cancelled_on is None]
    stays = [(trial.placement, trial.id, stay_of(trial)) for trial in live]
    for placement, number, stay in stays:
        others = [one for there, other, one in stays if there is placement and other != number]
        assert has_room(placement.places, stay, others)


def test_nobody_is_at_two_placements_on_one_day() -> None:
    days = Counter((trial.participant_id, one.day) for trial in _all(Trial) for one in days_of(newest(trial)))
    assert set(days.values()) == {1}


def test_every_trial_that_has_begun_bears_all_signatures() -> None:
    begun = [trial for trial in _all(Trial) if status(trial, clock.today()) is TrialStatus.RUNNING]
    assert all(not missing_parties(trial.agreements[0]) for trial in begun)


def test_nothing_was_signed_told_or_seen_today_or_later() -> None:
    days = [
        *(one.signed_on for one in _all(Signature)),
        *(one.answered_on for one in _all(CheckIn)),
        *(one.reviewed_on for one in _all(Review)),
        *(one.asked_on for one in _all(RetentionCheck)),
        *(one.happened_on for one in _all(Outcome)),
        *(one.day for one in _all(Attendance)),
        *(one.happened_on for one in _all(Step)),
    ]
    assert max(days) < clock.today()


def test_what_happened_to_a_question_happened_in_order() -> None:
    for view in views_of(viewed()):
        one = view.introduction
        days = (one.asked_on, one.answered_on, one.sent_on, one.employer_answered_on, one.agreed_on)
        known = [day for day in days if day is not None]
        assert all(earlier <= later for earlier, later in pairwise(known))


def test_somebody_wants_to_talk_and_nobody_has_talked_with_them() -> None:
    assert [one for one in _all(CheckIn) if one.answer == "talk" and one.talked_on is None]


@WHOLE
def test_two_voices_say_clearly_different_things_about_some_trial() -> None:
    said = [{voice: said_in(one) for voice, one in reviews_of(trial).items()} for trial in _all(Trial)]
    assert any(apart(one.get(Voice.PERSON), one.get(Voice.EMPLOYER)).questions for one in said)


@WHOLE
def test_retention_is_asked_about_done_and_due() -> None:
    today = clock.today()
    jobs = [job for job in _all(Employment) if job.to_date is None]
    done = [current(job.from_date, None, today) in {check.due for check in job.checks} for job in jobs]
    assert {True, False} <= set(done)
    assert any(job.subsidy_until and job.subsidy_until < today + timedelta(days=90) for job in jobs)


def test_somebody_had_a_job_and_came_back() -> None:
    back = [one.participant_id for one in _all(Outcome) if one.kind == OutcomeKind.BACK]
    assert [job for job in _all(Employment) if job.participant_id in back and job.to_date is not None]


@WHOLE
def test_some_employer_has_been_silent() -> None:
    assert silent_employers(clock.today())


def test_a_position_sent_in_by_a_link_waits_for_a_coach() -> None:
    assert [one.posted_by for one in positions_to_look_through(10)] == ["link"]


def test_positions_hold_for_a_time_and_one_has_run_out() -> None:
    ends = [one.expires_on for one in _all(Placement) if one.expires_on]
    assert min(ends) < clock.today() < max(ends)


def test_every_agreement_has_an_easy_text_without_gaps() -> None:
    easy = [line for trial in _all(Trial) for line in (newest(trial).easy or "").splitlines()]
    assert easy
    assert [line for line in easy if "None" in line or "%(" in line] == []
