"""Attendance: a group's day in one tap, nothing overwritten, a person's weeks, and the month's file."""

from collections.abc import Callable, Iterable
from csv import reader
from datetime import date
from io import StringIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core.errors import DomainError
from aktema.people.models import Participant
from aktema.plans import attendance_operations, attendance_queries
from aktema.plans.codes import Absence
from aktema.plans.models import Attendance, ServiceOrder
from aktema.plans.permissions import RECORD_ATTENDANCE
from aktema.plans.rules.attendance import monday_of
from tests.conftest import QueryCount
from tests.support.attendance import BEGAN, DAY, SIX_HOURS, TODAY, somebody, weeks, write, written
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import an_assignment
from tests.support.plans import an_order

Browser = Callable[[Account], PageClient]


@pytest.fixture
def coordinator(unit: Unit) -> Account:
    return an_account(Role.COORDINATOR, unit)


@pytest.fixture
def order(unit: Unit, coordinator: Account) -> ServiceOrder:
    return somebody(unit, coordinator)


def save(browser: PageClient, order: ServiceOrder | None = None, how: str = "", hours: str = "") -> Page:
    """Save the day, with something said of one of the group."""
    typed = {} if order is None else {f"how_{order.public_id}": how, f"hours_{order.public_id}": hours}
    return browser.submit("/narvaro", typed, css="form.form")


# One tap


def test_one_tap_writes_everybody_as_there_all_day(
    sign_in: Browser, coordinator: Account, unit: Unit, session: Session
) -> None:
    for name in ("Alva", "Bo", "Cilla"):
        somebody(unit, coordinator, name)
    save(sign_in(coordinator))
    assert written(session) == [(SIX_HOURS, None)] * 3


def test_saving_again_unchanged_adds_nothing(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    browser = sign_in(coordinator)
    for _time in range(3):
        save(browser)
    assert len(written(session)) == 1


def test_a_later_save_adds_a_row_and_the_newest_counts(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    browser = sign_in(coordinator)
    save(browser)
    save(browser, order, "ill")
    assert written(session) == [(SIX_HOURS, None), (0, "ill")]
    assert browser.get("/narvaro").select("option[selected]")[0]["value"] == "ill"


@pytest.mark.parametrize(
    ("how", "hours", "row"),
    [
        ("here", "", (360, None)),
        ("here", "4", (240, None)),
        ("part", "2,5", (150, None)),
        ("elsewhere", "", (360, "elsewhere")),
        ("elsewhere", "3", (180, "elsewhere")),
        ("ill", "", (0, "ill")),
        ("ill", "1", (60, "ill")),
        ("not_planned", "", (0, "not_planned")),
        *(
            (one.value, "", (0, one.value))
            for one in Absence
            if one not in ("elsewhere", "ill", "not_planned")
        ),
    ],
)
def test_what_is_written_is_what_was_said_and_stands_so_on_the_page(
    sign_in: Browser,
    coordinator: Account,
    order: ServiceOrder,
    session: Session,
    how: str,
    hours: str,
    row: tuple[int, str | None],
) -> None:
    browser = sign_in(coordinator)
    save(browser, order, how, hours)
    save(browser)
    assert written(session) == [row]


@pytest.mark.parametrize(
    ("how", "hours"), [("part", ""), ("part", "0"), ("part", "25"), ("here", "x"), ("nonsense", "")]
)
def test_what_can_not_be_is_told_and_nothing_written(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session, how: str, hours: str
) -> None:
    page = save(sign_in(coordinator), order, how, hours)
    assert (page.status, written(session)) == (422, [])


def test_where_the_hours_are_unknown_they_have_to_be_typed(
    sign_in: Browser, coordinator: Account, unit: Unit, session: Session
) -> None:
    order = somebody(unit, coordinator, weekly_minutes=None)
    browser = sign_in(coordinator)
    assert "Skriv hur många timmar" in save(browser).words
    save(browser, order, "here", "5")
    assert written(session) == [(300, None)]


@pytest.mark.parametrize(("days", "minutes"), [(None, 360), (3, 600), (5, 360)])
def test_a_whole_day_is_the_weeks_hours_over_its_days(
    coordinator: Account, unit: Unit, days: int | None, minutes: int
) -> None:
    somebody(unit, coordinator, days_per_week=days)
    assert attendance_queries.group_of(act_as(coordinator), TODAY)[0].planned == minutes


def test_a_template_counts_until_it_is_converted(coordinator: Account, unit: Unit) -> None:
    somebody(unit, coordinator, weekly_minutes=None, template_minutes=1500)
    assert attendance_queries.group_of(act_as(coordinator), TODAY)[0].planned == 300


def test_whoever_was_not_to_come_last_week_is_not_filled_in_as_here(
    sign_in: Browser, coordinator: Account, order: ServiceOrder
) -> None:
    write(order, TODAY - 7 * DAY, 0, "not_planned")
    page = sign_in(coordinator).get("/narvaro")
    assert page.select("option[selected]")[0]["value"] == "not_planned"


def test_hours_of_the_same_weekday_are_filled_in_where_no_others_are_known(
    sign_in: Browser, coordinator: Account, unit: Unit
) -> None:
    order = somebody(unit, coordinator, weekly_minutes=None)
    write(order, TODAY - 7 * DAY, 270)
    page = sign_in(coordinator).get("/narvaro")
    assert page.select("input[name^=hours]")[0]["value"] == "4:30"


def test_of_two_who_save_one_day_the_second_is_asked(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    browser = sign_in(coordinator)
    held = browser.get("/narvaro").hidden("form.form")
    save(browser)
    typed = {f"how_{order.public_id}": "ill", f"hours_{order.public_id}": ""}
    assert browser.post(f"/narvaro?dag={TODAY}", {**held, **typed}).status == 409
    assert len(written(session)) == 1


# Which day, and who


@pytest.mark.parametrize("asked", ["", "igår", "2026-13-01", "%00", "0001-01-01", "9999-12-31"])
def test_an_odd_day_breaks_nothing(sign_in: Browser, coordinator: Account, asked: str) -> None:
    assert sign_in(coordinator).get(f"/narvaro?dag={asked}").status == 200


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY - 400 * DAY])
def test_only_a_day_that_has_been_can_be_written(coordinator: Account, session: Session, day: date) -> None:
    with pytest.raises(DomainError):
        attendance_operations.record_day(act_as(coordinator), day, [])


def test_who_reported_last_stands_by_the_day_and_by_the_week(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    first = an_account(Role.COORDINATOR, a_unit(), name="Robin Först")
    write(order, TODAY, 300, account_id=first.id)
    session.commit()
    browser = sign_in(coordinator)
    assert "Robin Först" in browser.get("/narvaro").words
    save(browser, order, "ill")
    hours = f"/deltagare/{order.participant.public_id}/narvaro"
    for path in ("/narvaro", hours):
        told = browser.get(path).words
        assert (coordinator.name in told, "Robin Först" in told) == (True, False), path


def test_a_week_of_two_reporters_names_both_once(
    coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    other = an_account(Role.COORDINATOR, a_unit(), name="Robin Andra")
    monday = monday_of(TODAY) - 7 * DAY
    for number, account in enumerate((coordinator, other, coordinator)):
        write(order, monday + number * DAY, 300, account_id=account.id)
    assert weeks(order, coordinator)[-2].reporters == [coordinator.name, "Robin Andra"]


def names(group: Iterable[attendance_queries.Expected]) -> list[str]:
    return [one.order.participant.first_name for one in group]


def test_the_group_of_a_day_is_those_who_had_begun_and_had_not_ended(
    coordinator: Account, unit: Unit, session: Session
) -> None:
    begins, ends = somebody(unit, coordinator, "Börjar"), somebody(unit, coordinator, "Slutar")
    somebody(unit, coordinator, "Ledsagas", support_measure="companion")
    unbegun = somebody(unit, coordinator, "Väntar")
    unbegun.first_day = None
    begins.first_day, ends.closed_on = TODAY, TODAY
    session.flush()
    identity = act_as(coordinator)
    assert names(attendance_queries.group_of(identity, TODAY)) == ["Börjar", "Slutar"]
    assert names(attendance_queries.group_of(identity, TODAY - DAY)) == ["Slutar"]


def test_a_unit_writes_of_its_own_people_alone(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    other_unit = a_unit("Björken", "private")
    other = an_account(Role.COORDINATOR, other_unit)
    somebody(other_unit, other, "Nils")
    assert names(attendance_queries.group_of(act_as(coordinator), TODAY)) == ["Alva"]
    assert names(attendance_queries.group_of(act_as(other), TODAY)) == ["Nils"]


def test_two_units_of_one_person_write_their_own_hours(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    unit = a_unit("Björken", "private")
    other = an_account(Role.COORDINATOR, unit)
    an_order(order.decision, unit, answer="accepted", coordinator=other, first_day=BEGAN)
    save(sign_in(coordinator))
    assert [one.standing for one in attendance_queries.group_of(act_as(other), TODAY)] == [None]
    assert "6 timmar" not in delivered_cells(sign_in(other), order.participant)


def delivered_cells(browser: PageClient, person: Participant) -> list[str]:
    page = browser.get(f"/deltagare/{person.public_id}/narvaro")
    return [cell.get_text().strip() for cell in page.select("td[data-label=Utfört]")]


def test_a_coach_writes_of_the_own_caseload(sign_in: Browser, order: ServiceOrder, session: Session) -> None:
    coach = an_account(Role.JOB_COACH, a_unit("Aktema"))
    an_assignment(order.participant, account=coach)
    save(sign_in(coach))
    assert written(session) == [(SIX_HOURS, None)]


@pytest.mark.parametrize("role", [Role.LSS_HANDLER, Role.UNIT_MANAGER, Role.CONTROLLER, Role.SYSTEM_ADMIN])
def test_others_do_not_write_attendance(sign_in: Browser, unit: Unit, role: Role) -> None:
    account = an_account(role, unit if role is Role.UNIT_MANAGER else None)
    assert sign_in(account).get("/narvaro").status == 403


@pytest.mark.parametrize("path", ["/narvaro", "/narvaro/underlag.csv", "/bestallningar"])
def test_the_controller_gets_no_page_with_names(sign_in: Browser, session: Session, path: str) -> None:
    assert sign_in(an_account(Role.CONTROLLER)).get(path).status == 403


def test_everybody_written_of_leaves_a_trace(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    save(sign_in(coordinator))
    traced = select(AccessEntry.participant_id).where(
        AccessEntry.act == RECORD_ATTENDANCE.code, AccessEntry.kind == "write"
    )
    assert session.scalars(traced).all() == [order.participant_id]


def test_an_empty_group_says_what_to_do_first(sign_in: Browser, coordinator: Account) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    assert "skrivit första dagen på en beställning" in sign_in(coordinator).get("/narvaro").words
    assert "När koordinatorn har skrivit" in sign_in(coach).get("/narvaro").words


# The month's file


def file_of(browser: PageClient, month: str = "") -> list[list[str]]:
    page = browser.get(f"/narvaro/underlag.csv?manad={month}")
    text = page.response.get_data().decode("utf-8-sig")
    return list(reader(StringIO(text), delimiter=";"))[1:]


def test_the_file_counts_days_of_five_hours_and_days_of_less(
    sign_in: Browser, coordinator: Account, order: ServiceOrder
) -> None:
    first = TODAY.replace(day=1) - DAY
    for number, minutes in enumerate((300, 299, 480, 1, 0)):
        write(order, first.replace(day=number + 1), minutes, "ill" if not minutes else None)
    write(order, first.replace(day=1), 60)
    write(order, TODAY.replace(day=1), 480)
    assert file_of(sign_in(coordinator), f"{first:%Y-%m}") == [
        ["Alva Ek", "1996-03-09", f"{first:%Y-%m}", "1", "3"]
    ]


def test_days_at_two_units_are_one_day(sign_in: Browser, coordinator: Account, order: ServiceOrder) -> None:
    handler = an_account(Role.LSS_HANDLER)
    an_assignment(order.participant, kind="handler", account=handler)
    second = an_order(order.decision, a_unit("Björken"), answer="accepted", first_day=BEGAN)
    for one in (order, second):
        write(one, TODAY, 150)
    assert [row[3:] for row in file_of(sign_in(handler))] == [["1", "0"]]
    assert [row[3:] for row in file_of(sign_in(coordinator))] == [["0", "1"]]


def test_the_file_holds_no_formula(sign_in: Browser, coordinator: Account, unit: Unit) -> None:
    write(somebody(unit, coordinator, "=1+1"), TODAY, 300)
    assert file_of(sign_in(coordinator))[0][0] == "'=1+1 Ek"


@pytest.mark.parametrize(("ended", "rows"), [(TODAY.replace(day=1), 1), (TODAY - 70 * DAY, 0)])
def test_whoever_left_lately_is_still_paid(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, session: Session, ended: date, rows: int
) -> None:
    write(order, TODAY.replace(day=1), 300)
    order.closed_on = ended
    session.flush()
    assert len(file_of(sign_in(coordinator))) == rows


def test_another_units_file_has_no_row_of_the_person(sign_in: Browser, order: ServiceOrder) -> None:
    write(order, TODAY, 300)
    assert file_of(sign_in(an_account(Role.COORDINATOR, a_unit("Björken")))) == []


@pytest.mark.parametrize("month", ["2026", "2026-13", "0000-01", "2026-1", "x", "%00", "9999-12"])
def test_an_odd_month_breaks_nothing(sign_in: Browser, coordinator: Account, month: str) -> None:
    assert sign_in(coordinator).get(f"/narvaro/underlag.csv?manad={month}").status in (200, 404)


# How much it takes


@pytest.mark.parametrize("amount", [50, 500])
def test_the_pages_take_a_constant_number_of_statements(
    sign_in: Browser,
    coordinator: Account,
    unit: Unit,
    session: Session,
    queries: QueryCount,
    amount: int,
) -> None:
    for number in range(amount):
        order = somebody(unit, coordinator, f"Person{number:03}")
        write(order, TODAY, 300)
    session.commit()
    browser = sign_in(coordinator)
    for path in ("/narvaro", "/narvaro/underlag.csv", f"/deltagare/{order.participant.public_id}/narvaro"):
        session.expire_all()
        queries.statements.clear()
        assert browser.get(path).status == 200
        assert len(queries) <= 12, (path, queries.statements)
    rows = session.scalar(select(func.count()).select_from(Attendance))
    assert rows == amount
