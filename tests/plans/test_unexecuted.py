"""The quarterly list of decisions that were not carried out, and the file that goes to IVO."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.models import Decision, Interruption, ServiceOrder
from aktema.plans.rules.calendar import Quarter
from tests.conftest import QueryCount
from tests.support.deadlines import months_ago, running
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, an_order

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def handler(session: Session) -> Account:
    return an_account(Role.LSS_HANDLER, name="Ester Handläggare")


@pytest.fixture
def coordinator(unit: Unit) -> Account:
    return an_account(Role.COORDINATOR, unit, name="Omar Koordinator")


@pytest.fixture
def person(handler: Account) -> Participant:
    person = a_participant(first_name="Alva", last_name="Ek")
    an_assignment(person, kind="handler", account=handler)
    return person


def breaks(decision: Decision, since: date, left: int = 0, reason: str = "no_staff") -> None:
    decision.interruptions.append(
        Interruption(
            from_date=since,
            weekly_minutes_left=left,
            reason=reason,
            account_id=decision.account_id,
        )
    )


@pytest.fixture
def interrupted(session: Session, person: Participant, unit: Unit) -> Decision:
    """A decision of 30 hours of which 10 have been given for seven months."""
    decision = running(person, unit, months_ago(20))
    breaks(decision, months_ago(7), left=600)
    session.flush()
    return decision


def report(browser: PageClient, quarter: Quarter | None = None) -> str:
    quarter = quarter or Quarter.of(clock.today()).before()
    return browser.get(f"/uppfoljning/ej-verkstallda?kvartal={quarter.code}").words


def file_rows(browser: PageClient, quarter: Quarter) -> list[dict[str, str]]:
    answer = browser.client.get(f"/uppfoljning/ej-verkstallda.csv?kvartal={quarter.code}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))


def test_the_list_names_what_is_partly_interrupted_and_why(
    sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    words = report(sign_in(handler))
    for expected in ("Alva Ek", "Delvis", "Det saknas personal", f"sedan {months_ago(7).isoformat()}"):
        assert expected in words


def test_the_list_names_who_waits_and_when_it_is_to_begin(
    sign_in: SignIn, handler: Account, person: Participant, unit: Unit
) -> None:
    decision = a_decision(person, from_date=months_ago(9))
    an_order(decision, unit, wanted_from=date(2031, 5, 6))
    words = report(sign_in(handler))
    for expected in ("Alva Ek", "Helt", "Har inte börjat", "2031-05-06"):
        assert expected in words


def test_the_list_says_when_an_interruption_is_to_be_over(
    session: Session, sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    interrupted.interruptions[0].to_date = date(2031, 5, 5)
    session.flush()
    assert "2031-05-06" in report(sign_in(handler))


def test_a_decision_that_ends_before_anything_is_given_again_has_no_start(
    session: Session, sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    interrupted.to_date = date(2031, 5, 5)
    session.flush()
    assert "inte bestämd" in report(sign_in(handler))


def test_a_quarter_before_it_all_names_nobody(
    sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    assert "Inga beslut att rapportera" in report(sign_in(handler), Quarter.of(months_ago(16)))


def test_what_ended_in_the_quarter_is_named_with_its_last_day(
    session: Session, sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    ended = Quarter.of(clock.today()).before().last
    interrupted.interruptions[0].to_date = ended
    session.flush()
    assert f"till {ended.isoformat()}" in report(sign_in(handler))


def test_a_running_quarter_says_that_it_runs(
    sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    assert "Kvartalet pågår" in report(sign_in(handler), Quarter.of(clock.today()))


@pytest.mark.parametrize("typed", ["", "2026", "2026-5", "9999-1", "0000-1", "1999-4", "²026-1", "'; --"])
def test_an_odd_quarter_is_the_one_that_ended_last(sign_in: SignIn, handler: Account, typed: str) -> None:
    page = sign_in(handler).get("/uppfoljning/ej-verkstallda", query_string={"kvartal": typed})
    current = page.select(".tabs [aria-current=page]")
    before = Quarter.of(clock.today()).before()
    assert [one.get_text() for one in current] == [f"Kvartal {before.number} {before.year}"]


def test_the_list_shows_nobody_elses_people(sign_in: SignIn, interrupted: Decision) -> None:
    other = an_account(Role.UNIT_MANAGER, a_unit("Grannen"))
    assert "Alva" not in report(sign_in(other))


def test_everybody_on_the_list_and_in_the_file_is_recorded_as_read(
    session: Session, sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    browser = sign_in(handler)
    report(browser)
    file_rows(browser, Quarter.of(clock.today()).before())
    read = session.query(AccessEntry.participant_id, AccessEntry.act).filter_by(kind="read")
    acts = ("follow_up.read_due", "lss_decision.report")
    assert sorted(map(tuple, read)) == [(interrupted.participant_id, act) for act in acts]


def test_a_long_list_comes_in_pages_of_few_statements(
    session: Session, sign_in: SignIn, handler: Account, interrupted: Decision, queries: QueryCount
) -> None:
    for number in range(50):
        other = a_participant(first_name=f"Bo{number}")
        an_assignment(other, kind="handler", account=handler)
        a_decision(other, from_date=months_ago(9))
    session.flush()
    browser = sign_in(handler)
    report(browser)
    queries.statements.clear()
    assert "Visar 1–50 av 51" in report(browser)
    assert len(queries) <= 12


def test_the_file_is_ready_to_send(sign_in: SignIn, handler: Account, interrupted: Decision) -> None:
    rows = file_rows(sign_in(handler), Quarter.of(clock.today()).before())
    assert [list(row.values()) for row in rows] == [
        [
            "Alva Ek",
            "1996-03-09",
            "Daglig verksamhet",
            "LSS 9 § 10",
            months_ago(20).isoformat(),
            months_ago(7).isoformat(),
            "",
            "Delvis",
            "Det saknas personal",
            "",
            rows[0]["Enhet"],
        ]
    ]


def test_the_file_has_no_name_in_its_name_and_runs_no_formula(
    session: Session, sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    interrupted.participant.first_name = "=HYPERLINK(1)"
    session.flush()
    answer = sign_in(handler).client.get("/uppfoljning/ej-verkstallda.csv")
    quarter = Quarter.of(clock.today()).before()
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="ej-verkstallda-{quarter.code}.csv"'
    )
    assert "'=HYPERLINK(1) Ek" in answer.get_data(as_text=True)


def test_the_file_hides_who_has_a_protected_identity(
    session: Session, sign_in: SignIn, handler: Account, interrupted: Decision
) -> None:
    interrupted.participant.has_protected_identity = True
    session.flush()
    row = file_rows(sign_in(handler), Quarter.of(clock.today()).before())[0]
    assert (row["Namn"], row["Född"]) == ("Skyddade personuppgifter", "")


def test_a_coordinator_may_look_at_the_list_but_not_take_it_along(
    sign_in: SignIn, coordinator: Account, interrupted: Decision
) -> None:
    browser = sign_in(coordinator)
    assert "Ladda ner listan" not in report(browser)
    assert browser.client.get("/uppfoljning/ej-verkstallda.csv").status_code == 403


def test_an_order_that_was_closed_promises_no_start(
    session: Session, sign_in: SignIn, handler: Account, person: Participant, unit: Unit
) -> None:
    order = an_order(a_decision(person, from_date=months_ago(9)), unit, wanted_from=date(2031, 5, 6))
    session.get_one(ServiceOrder, order.id).closed_on = clock.today()
    session.flush()
    assert "2031-05-06" not in report(sign_in(handler))
