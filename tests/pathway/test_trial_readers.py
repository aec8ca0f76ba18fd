"""Who reads the pages of trials, what they cost, and which trials stand on Idag."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.pathway import trial_page
from aktema.people.models import Participant
from tests.conftest import QueryCount
from tests.support.employers import a_placement
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.trials import a_trial, at, path

Browser = Callable[[Account], PageClient]
DAY = timedelta(days=1)
TODAY = clock.today()


# Who


@pytest.mark.parametrize("page", ["", "versioner"])
def test_the_manager_reads_and_does_not_write(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, page: str
) -> None:
    trial = a_trial(person, placement, account=coach)
    browser = sign_in(an_account(Role.UNIT_MANAGER, coach.memberships[0].unit))
    assert browser.get(at(trial, page)).status == 200
    assert not browser.get(at(trial)).select("main form")


@pytest.mark.parametrize(
    "page", ["overenskommelse", "schema", "forlang", "korta", "avsluta", "schema/2026-03-09"]
)
def test_the_manager_is_refused_what_writes(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, page: str
) -> None:
    trial = a_trial(person, placement, account=coach)
    assert (
        sign_in(an_account(Role.UNIT_MANAGER, coach.memberships[0].unit)).get(at(trial, page)).status == 403
    )


@pytest.mark.parametrize(
    "page", ["", "overenskommelse", "schema", "forlang", "korta", "avsluta", "versioner"]
)
def test_somebody_elses_coach_finds_nothing(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, page: str
) -> None:
    trial = a_trial(person, placement, account=coach)
    assert sign_in(an_account(Role.JOB_COACH, a_unit())).get(at(trial, page)).status == 404


def test_an_empty_list_says_what_to_do_first(sign_in: Browser, coach: Account, person: Participant) -> None:
    assert "Ingen provplats än" in sign_in(coach).get(path(person)).words


# How much it costs


def test_a_long_list_takes_no_more_statements_than_a_short_one(
    sign_in: Browser, coach: Account, person: Participant, queries: QueryCount
) -> None:
    browser, roomy = sign_in(coach), a_placement(places=99)
    counts = []
    for number in (2, 20):
        for _one in range(number):
            a_trial(person, roomy, account=coach)
        db.session.expire_all()
        queries.statements.clear()
        browser.get(path(person))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_the_page_of_days_takes_no_more_statements_for_more_weeks(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, queries: QueryCount
) -> None:
    browser = sign_in(coach)
    counts = []
    for weeks in (2, 20):
        trial = a_trial(
            person,
            a_placement(),
            kind="workplace_placement",
            from_date=TODAY + 200 * DAY,
            to_date=TODAY + 200 * DAY + timedelta(weeks=weeks),
            signed=False,
            account=coach,
        )
        db.session.flush()
        address = at(trial, "schema")
        db.session.expire_all()
        queries.statements.clear()
        browser.get(address)
        counts.append(len(queries))
        trial.cancelled_on, trial.cancelled_by = TODAY, "coach"
    assert counts[0] == counts[1]


# What is due


@pytest.mark.parametrize(
    ("values", "title"),
    [
        (
            {"signed": False, "begun_on": TODAY - timedelta(weeks=11)},
            "Gör klart överenskommelsen om Bageriet",
        ),
        ({"signed": False, "begun_on": TODAY - timedelta(weeks=10)}, None),
        ({"signed": False, "begun_on": TODAY - timedelta(weeks=12)}, None),
        ({"kind": "workplace_placement"}, "Bestäm vad som händer efter Bageriet"),
        ({"kind": "workplace_placement", "to_date": TODAY + 15 * DAY}, None),
        ({"kind": "taster"}, None),
    ],
)
def test_what_is_due_of_trials(
    coach: Account, person: Participant, placement: Placement, values: dict[str, object], title: str | None
) -> None:
    a_trial(person, placement, **values)  # type: ignore[arg-type]  # the builder's own arguments
    found = trial_page.trial_tasks(act_as(coach), TODAY, 10)
    assert [task.title for task in found] == ([title] if title else [])


def test_nobody_is_reminded_of_somebody_elses_trial(person: Participant, placement: Placement) -> None:
    a_trial(person, placement, kind="workplace_placement")
    stranger = act_as(an_account(Role.JOB_COACH, a_unit()))
    assert trial_page.trial_tasks(stranger, TODAY, 10) == []
