"""What every use of a right leaves behind, and the door every route has."""

from collections.abc import Callable

import pytest
from flask import Flask, g
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access import audit, guard
from aktema.access.identity import acting, current_identity, find_identity
from aktema.access.models import AccessEntry, Account
from aktema.access.permissions import READ_ACCOUNTS, UPDATE_ROLE
from aktema.access.queries import holders_of
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import SignInNeededError
from tests.conftest import QueryCount
from tests.support.access import also
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account, identity_for


def entries(session: Session) -> list[AccessEntry]:
    return list(session.scalars(select(AccessEntry).order_by(AccessEntry.id)))


def test_a_list_leaves_a_row_for_each_person_in_one_statement(session: Session, queries: QueryCount) -> None:
    act_as(an_account(unit=a_unit()))
    queries.statements.clear()
    audit.record_reads(READ_ACCOUNTS, [7, 8, 9])
    assert len(queries) == 1
    assert [(one.kind, one.participant_id) for one in entries(session)] == [
        ("read", 7),
        ("read", 8),
        ("read", 9),
    ]


@pytest.mark.parametrize("record", [audit.record_reads, audit.record_writes])
def test_an_empty_list_leaves_nothing(session: Session, record: Callable[..., None]) -> None:
    record(READ_ACCOUNTS, [])
    assert entries(session) == []


def test_one_person_read_leaves_one_row(session: Session) -> None:
    audit.record_read(READ_ACCOUNTS, 7)
    (entry,) = entries(session)
    assert (entry.kind, entry.act, entry.participant_id) == ("read", "user.list", 7)


@pytest.mark.parametrize(("kind", "person", "thing"), [("", 7, None), ("account", None, 7)])
def test_one_act_on_many_names_people_or_things(
    session: Session, kind: str, person: int | None, thing: int | None
) -> None:
    audit.record_writes(UPDATE_ROLE, [7], object_kind=kind, detail="give")
    (entry,) = entries(session)
    assert (entry.kind, entry.participant_id, entry.object_id) == ("write", person, thing)


def test_a_row_says_in_which_roles_and_units_somebody_acted(session: Session) -> None:
    unit = a_unit()
    account = also(an_account(Role.UNIT_MANAGER, unit), Role.AUDITOR)
    act_as(account)
    audit.record_write(UPDATE_ROLE)
    (entry,) = entries(session)
    assert (entry.account_id, entry.roles, entry.unit_ids) == (
        account.id,
        "auditor unit_manager",
        str(unit.id),
    )


def test_what_the_command_line_does_is_nobodys(app: Flask) -> None:
    with app.app_context():
        assert audit._entry(audit.WRITE, "user.update_role")["account_id"] is None


def test_a_page_of_ones_own_asks_to_sign_in(session: Session) -> None:
    g.identity = None
    with pytest.raises(SignInNeededError):
        guard.signed_in(lambda: "shown")()


def test_a_page_of_ones_own_is_shown_to_whoever_is_signed_in(session: Session) -> None:
    act_as(an_account())
    assert guard.signed_in(lambda: "shown")() == "shown"


def test_an_application_with_an_open_door_does_not_start() -> None:
    app = Flask("bare")
    app.add_url_rule("/bare", "bare", lambda: "shown")
    with pytest.raises(RuntimeError, match="bare"):
        guard.check_routes(app)


def test_a_job_acts_as_whoever_asked_for_it(session: Session) -> None:
    before, asked = act_as(an_account()), identity_for(an_account())
    with acting(asked):
        during = current_identity()
    assert (during, find_identity()) == (asked, before)


def test_an_unknown_address_leaves_no_trace(page: PageClient, session: Session) -> None:
    page.get("/finns-inte")
    assert entries(session) == []


def test_holders_of_a_role_are_those_who_hold_it_today_in_the_unit(session: Session) -> None:
    here, there = a_unit(), a_unit()
    coach, _other = an_account(unit=here), an_account(unit=there)
    gone = an_account(unit=here)
    gone.disabled_at = clock.now()
    session.flush()
    assert holders_of(Role.JOB_COACH, [here.id]) == [coach]


def test_holders_without_units_are_those_of_the_whole_house(session: Session) -> None:
    accounts: set[Account] = {an_account(Role.AUDITOR), an_account(Role.AUDITOR)}
    assert set(holders_of(Role.AUDITOR)) == accounts
