"""Hours of one day at the unit and on trials: they add up, and what puts one of them right touches no other."""

from collections.abc import Callable
from csv import reader
from datetime import date, timedelta
from io import StringIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.pathway.check_in_codes import DaySource, Presence
from aktema.pathway.permissions import RECORD_TRIAL_DAY
from aktema.pathway.trial_day_operations import DayMark, record_trial_day
from aktema.pathway.trial_day_queries import trial_days
from aktema.pathway.trial_models import Trial
from aktema.plans import attendance_operations, attendance_queries
from aktema.plans.attendance_operations import Mark
from aktema.plans.codes import Absence
from aktema.plans.models import Attendance, ServiceOrder
from tests.conftest import QueryCount
from tests.support.attendance import BEGAN, write
from tests.support.employers import a_placement
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as
from tests.support.plans import a_decision, an_order
from tests.support.signatures import Stay, a_stay
from tests.support.trials import a_trial

SignIn = Callable[[Account], PageClient]
TODAY, DAY = clock.today(), timedelta(days=1)
FIRST = TODAY - 6 * DAY
MORNING, AFTERNOON = 240, 180


@pytest.fixture
def stay(session: Session) -> Stay:
    return a_stay(from_date=FIRST, to_date=TODAY + 10 * DAY)


@pytest.fixture
def order(stay: Stay) -> ServiceOrder:
    """Their day activity, six hours a day, at the unit of the coordinator."""
    decision = a_decision(stay.person, from_date=BEGAN)
    coordinator = stay.who.coordinator
    return an_order(decision, stay.who.unit, answer="accepted", coordinator=coordinator, first_day=BEGAN)


def write_trial(stay: Stay, trial: Trial | None = None, minutes: int = AFTERNOON) -> None:
    """Write up the first day of the trial, three hours of which somebody was there for so many minutes."""
    act_as(stay.coach)
    chosen = trial or stay.trial
    presence = Presence.PRESENT if minutes == AFTERNOON else Presence.PART
    mark = DayMark(presence=presence, source=DaySource.EMPLOYER, account_id=stay.coach.id, minutes=minutes)
    record_trial_day(chosen, trial_days(chosen, TODAY)[-1], mark, RECORD_TRIAL_DAY)


def day_of(stay: Stay) -> date:
    return trial_days(stay.trial, TODAY)[-1].day


def write_unit(stay: Stay, minutes: int = MORNING, trial: Trial | None = None) -> None:
    """Write up, as the coordinator does, the unit's own row of the day, or that of a trial."""
    identity, day = act_as(stay.who.coordinator), day_of(stay)
    of = trial.id if trial else None
    (expected,) = (one for one in attendance_queries.group_of(identity, day) if one.trial_id == of)
    attendance_operations.record_day(identity, day, [Mark(expected=expected, minutes=minutes)])


def delivered(stay: Stay) -> int:
    weeks = attendance_queries.weeks_of(act_as(stay.coach), stay.person)
    return sum(week.delivered or 0 for week in weeks)


def another_trial(stay: Stay) -> Trial:
    return a_trial(stay.person, a_placement(), from_date=FIRST, to_date=TODAY + 10 * DAY, account=stay.coach)


def test_a_morning_at_the_unit_and_an_afternoon_on_a_trial_add_up(stay: Stay, order: ServiceOrder) -> None:
    write_unit(stay)
    write_trial(stay)
    assert delivered(stay) == MORNING + AFTERNOON


def test_the_unit_can_write_its_morning_after_the_trial_was_written_up(
    stay: Stay, order: ServiceOrder
) -> None:
    write_trial(stay)
    write_unit(stay)
    assert delivered(stay) == MORNING + AFTERNOON


def test_two_trials_of_one_day_add_up(stay: Stay, order: ServiceOrder) -> None:
    write_trial(stay)
    write_trial(stay, another_trial(stay), minutes=60)
    assert delivered(stay) == AFTERNOON + 60


@pytest.mark.parametrize("is_by_unit", [True, False])
def test_what_puts_one_of_them_right_touches_no_other(
    stay: Stay, order: ServiceOrder, is_by_unit: bool
) -> None:
    other = another_trial(stay)
    write_unit(stay)
    write_trial(stay)
    write_trial(stay, other, minutes=60)
    write_unit(stay, 30, other) if is_by_unit else write_trial(stay, other, minutes=30)
    assert delivered(stay) == MORNING + AFTERNOON + 30
    write_unit(stay, 120)
    assert delivered(stay) == 120 + AFTERNOON + 30


def test_the_months_file_holds_the_sum_of_the_day(
    sign_in: SignIn, stay: Stay, order: ServiceOrder, session: Session
) -> None:
    write_unit(stay)
    write_trial(stay)
    session.commit()
    page = sign_in(stay.who.coordinator).get(f"/narvaro/underlag.csv?manad={day_of(stay):%Y-%m}")
    row = list(reader(StringIO(page.response.get_data().decode("utf-8-sig")), delimiter=";"))[1]
    assert row[3:] == ["1", "0"]


def test_that_somebody_was_away_on_a_trial_adds_nothing_to_the_trials_own_day(
    stay: Stay, order: ServiceOrder
) -> None:
    write(order, day_of(stay), 360, Absence.ELSEWHERE)
    assert delivered(stay) == 360
    write_trial(stay)
    assert delivered(stay) == AFTERNOON


def test_what_puts_a_trials_day_right_stays_with_the_order_the_day_was_of(
    stay: Stay, order: ServiceOrder, session: Session
) -> None:
    decision = order.decision
    write_trial(stay)
    an_order(decision, a_unit("Björken"), answer="accepted", first_day=BEGAN)
    write_trial(stay, minutes=60)
    assert session.scalars(select(Attendance.order_id).distinct()).all() == [order.id]


# The coordinator's page


def save(browser: PageClient, stay: Stay, typed: dict[str, str] | None = None) -> Page:
    return browser.submit(f"/narvaro?dag={day_of(stay)}", typed or {}, css="form.form")


def rows(session: Session) -> list[tuple[int | None, int, str | None]]:
    session.expire_all()
    found = session.scalars(select(Attendance).order_by(Attendance.id))
    return [(row.trial_id, row.minutes, row.absence) for row in found]


def test_whoever_was_on_a_trial_is_not_filled_in_as_at_the_unit_all_day(
    sign_in: SignIn, stay: Stay, order: ServiceOrder, session: Session
) -> None:
    write_trial(stay)
    session.commit()
    save(sign_in(stay.who.coordinator), stay)
    assert rows(session) == [(stay.trial.id, AFTERNOON, None), (None, 0, "not_planned")]


def test_the_page_has_a_row_for_the_unit_and_one_for_the_trial(
    sign_in: SignIn, stay: Stay, order: ServiceOrder, session: Session
) -> None:
    write_trial(stay)
    session.commit()
    browser = sign_in(stay.who.coordinator)
    page = browser.get(f"/narvaro?dag={day_of(stay)}")
    assert ("Inte sparad än" in page.words, "Provplats" in page.words) == (True, True)
    name = stay.person.name
    labels = [one["aria-label"] for one in page.select("table select")]
    assert labels == [f"Närvaro för {name}", f"Närvaro på provplats för {name}"]
    trial, own = f"{order.public_id}_{stay.trial.id}", order.public_id
    save(
        browser,
        stay,
        {f"how_{own}": "part", f"hours_{own}": "4", f"how_{trial}": "part", f"hours_{trial}": "2"},
    )
    assert rows(session)[1:] == [(None, MORNING, None), (stay.trial.id, 120, None)]


def test_a_trials_whole_day_is_not_known_to_the_unit(
    sign_in: SignIn, stay: Stay, order: ServiceOrder, session: Session
) -> None:
    write_trial(stay)
    session.commit()
    key = f"{order.public_id}_{stay.trial.id}"
    page = save(sign_in(stay.who.coordinator), stay, {f"how_{key}": "here", f"hours_{key}": ""})
    assert (page.status, "Skriv hur många timmar" in page.words) == (422, True)


def test_trials_cost_no_statements_of_their_own(
    stay: Stay, order: ServiceOrder, session: Session, queries: QueryCount
) -> None:
    identity, day = act_as(stay.who.coordinator), day_of(stay)
    for _number in range(3):
        write_trial(stay, another_trial(stay))
        session.flush()
        queries.statements.clear()
        attendance_queries.group_of(identity, day)
        assert len(queries) == 4
