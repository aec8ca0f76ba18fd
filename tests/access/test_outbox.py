"""What did not arrive is shown to system administrators, without address, and can be sent once more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.outbox import Channel, OutboxMessage, send
from tests.conftest import QueryCount
from tests.support.access import traces
from tests.support.mail import post
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account

SignIn = Callable[[Account], PageClient]
ADDRESS = "linda@bageriet.example"


def a_message(session: Session, *, given_up: bool = True) -> OutboxMessage:
    message = send("review", channel=Channel.EMAIL, address=ADDRESS, subject="Fem frågor", body="Hej!")
    session.flush()  # a column's own beginning would stand instead of None
    if given_up:
        message.given_up_at, message.next_try_at = clock.now(), None
        message.tries, message.fault = 14, "unreachable"
    session.commit()
    return message


@pytest.fixture
def admin(sign_in: SignIn, session: Session) -> PageClient:
    return sign_in(an_account(Role.SYSTEM_ADMIN))


def test_what_did_not_arrive_is_shown_with_why_and_without_to_whom(
    admin: PageClient, session: Session
) -> None:
    a_message(session)
    shown = admin.get("/utskick")
    assert "E-postservern gick inte att nå" in shown.words
    assert ADDRESS not in shown.text


def test_what_waits_is_shown_by_itself(admin: PageClient, session: Session) -> None:
    a_message(session, given_up=False)
    assert "Allt har kommit fram" in admin.get("/utskick").words
    assert "Fem frågor" in admin.get("/utskick?visa=vantar").words


def test_an_empty_box_says_so(admin: PageClient) -> None:
    assert "Inget väntar" in admin.get("/utskick?visa=vantar").words


def test_a_message_that_is_sent_again_arrives(admin: PageClient, session: Session) -> None:
    message = a_message(session)
    admin.submit("/utskick", {}, css=f"form[action$='{message.public_id}/igen']")
    assert [parcel.address for parcel in post().parcels] == [ADDRESS]
    assert traces("write") == [("outbox.manage", "outbox_message", "again")]


def test_a_message_that_is_sent_again_gets_another_day_and_night(admin: PageClient, session: Session) -> None:
    message = a_message(session)
    admin.submit("/utskick", {}, css=f"form[action$='{message.public_id}/igen']")
    session.refresh(message)
    assert (message.tries, message.given_up_at) == (0, None)


def test_all_are_sent_again_at_once(admin: PageClient, session: Session) -> None:
    for _turn in range(3):
        a_message(session)
    admin.submit("/utskick", {}, css="form[action='/utskick/igen']")
    assert len(post().parcels) == 3


def test_what_has_arrived_meanwhile_is_not_sent_again(admin: PageClient, session: Session) -> None:
    message = a_message(session)
    message.given_up_at, message.sent_at = None, clock.now()
    session.commit()
    token = admin.get("/konto").hidden()["csrf_token"]
    answer = admin.client.post(f"/utskick/{message.public_id}/igen", data={"csrf_token": token})
    assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.JOB_COACH])
def test_nobody_else_sees_what_is_sent(sign_in: SignIn, session: Session, role: Role) -> None:
    assert sign_in(an_account(role, a_unit())).get("/utskick").status == 403


def test_the_page_takes_as_many_queries_with_many_messages_as_with_few(
    admin: PageClient, session: Session, queries: QueryCount
) -> None:
    sent: list[int] = []
    for number in (1, 60):
        for turn in range(number):
            a_message(session).created_at = clock.now() - timedelta(minutes=turn)
        session.commit()
        queries.statements.clear()
        admin.get("/utskick")
        sent.append(len(queries))
    assert sent[0] == sent[1] <= 12
