"""Messages are stored with the act, delivered once, tried for a day and a night, and then shown as given up."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.core import clock, delivery, jobs
from aktema.core.db import db
from aktema.core.delivery import CARRIERS, LEASE, WAITS, Postman, deliver_waiting
from aktema.core.mail import Fault, TryAgainError, UndeliverableError
from aktema.core.outbox import Channel, OutboxMessage, send
from tests.support.mail import LetterBox, letter_box
from tests.support.smtp import mail_server

ADDRESS = "linda@bageriet.example"


@pytest.fixture
def box(session: Session) -> Iterator[LetterBox]:
    with letter_box() as opened:
        yield opened


def a_message(session: Session, **values: object) -> OutboxMessage:
    message = send("review", channel=Channel.EMAIL, address=ADDRESS, subject="Fem frågor", body="Hej!")
    session.flush()  # a column's own beginning would stand instead of None
    for name, value in values.items():
        setattr(message, name, value)
    session.commit()
    return message


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(delivery, "now", lambda: moment)


def test_a_message_arrives_once(session: Session, box: LetterBox) -> None:
    a_message(session)
    deliver_waiting()
    deliver_waiting()
    assert [parcel.address for parcel in box.parcels] == [ADDRESS]


def test_a_text_message_goes_by_its_own_carrier(session: Session, box: LetterBox) -> None:
    telephone = LetterBox()
    current_app.extensions[CARRIERS] = {Channel.EMAIL: box, Channel.SMS: telephone}
    a_message(session, channel=Channel.SMS.value, address="070-174 06 05")
    deliver_waiting()
    assert ([one.address for one in telephone.parcels], box.parcels) == (["070-174 06 05"], [])


def test_what_has_arrived_keeps_neither_address_nor_text(session: Session, box: LetterBox) -> None:
    message = a_message(session)
    deliver_waiting()
    session.refresh(message)
    assert (message.address, message.body, message.next_try_at) == (None, None, None)
    assert message.sent_at is not None


def test_address_and_text_are_not_stored_as_they_are(session: Session) -> None:
    message = a_message(session)
    assert ADDRESS.encode() not in bytes(message.address_sealed or b"")


def test_what_was_rolled_back_is_never_sent(session: Session, box: LetterBox) -> None:
    send("review", channel=Channel.EMAIL, address=ADDRESS, subject="Fem frågor", body="Hej!")
    session.rollback()
    deliver_waiting()
    assert box.parcels == []


def test_the_waits_make_a_day_and_a_night() -> None:
    assert sum(WAITS) == 24 * 60
    assert list(WAITS[:4]) == [1, 2, 4, 8]


def test_a_message_is_tried_for_24_hours_and_then_given_up(
    session: Session, box: LetterBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, began = a_message(session), clock.now()
    box.problem = TryAgainError(Fault.UNREACHABLE)
    moment = began + timedelta(seconds=1)
    while message.given_up_at is None:
        at(monkeypatch, moment)
        deliver_waiting()
        session.refresh(message)
        moment = message.next_try_at or moment
    assert (box.tries, message.fault) == (14, "unreachable")
    assert message.given_up_at - began == timedelta(days=1, seconds=1)


def test_a_message_is_not_tried_before_its_time(session: Session, box: LetterBox) -> None:
    message = a_message(session)
    box.problem = TryAgainError(Fault.REFUSED_FOR_NOW)
    deliver_waiting()
    deliver_waiting()
    session.refresh(message)
    assert (box.tries, message.tries) == (1, 1)


def test_what_is_given_up_can_still_be_sent(session: Session, box: LetterBox) -> None:
    message = a_message(session)
    box.problem = UndeliverableError(Fault.BAD_ADDRESS)
    deliver_waiting()
    session.refresh(message)
    assert (message.given_up_at is not None, message.address) == (True, ADDRESS)


def test_a_message_in_another_process_hands_is_left_alone(session: Session, box: LetterBox) -> None:
    a_message(session, leased_until=clock.now() + timedelta(minutes=1))
    assert deliver_waiting() == 0


def test_a_message_whose_process_died_is_taken_over(session: Session, box: LetterBox) -> None:
    a_message(session, leased_until=clock.now() - timedelta(seconds=1))
    assert deliver_waiting() == 1


def test_a_lease_outlasts_the_slowest_server() -> None:
    """Ten answers are waited for at most: greeting, EHLO, STARTTLS, EHLO, AUTH twice, MAIL, RCPT, DATA and the text."""
    from aktema.core.mail import SECONDS_TO_WAIT

    assert timedelta(seconds=10 * SECONDS_TO_WAIT) < LEASE


def test_who_lost_the_lease_writes_nothing(session: Session, box: LetterBox) -> None:
    message = a_message(session)

    class Slow:
        def carry(self, _parcel: object, /) -> None:
            message.leased_until = clock.now() + timedelta(minutes=3)
            session.commit()

    current_app.extensions[CARRIERS] = {Channel.EMAIL: Slow()}
    deliver_waiting()
    session.refresh(message)
    assert message.sent_at is None


def test_no_transaction_is_open_while_the_server_is_waited_for(session: Session, box: LetterBox) -> None:
    a_message(session)
    held: list[bool] = []

    class Looking:
        def carry(self, _parcel: object, /) -> None:
            held.append(session.in_transaction())

    current_app.extensions[CARRIERS] = {Channel.EMAIL: Looking()}
    deliver_waiting()
    assert held == [False]


def test_a_letter_passes_a_real_server(session: Session, box: LetterBox) -> None:
    a_message(session)
    with mail_server() as server:
        current_app.extensions[CARRIERS] = {Channel.EMAIL: server.carrier}
        assert deliver_waiting() == 1
    assert server.letters[0]["To"] == ADDRESS


@pytest.mark.database
def test_two_processes_at_once_deliver_every_message_once(apart: tuple[Flask, Flask]) -> None:
    box = LetterBox()
    with apart[0].app_context():
        for number in range(20):
            send("digest", channel=Channel.EMAIL, address=f"{number}@b.se", subject="Läget", body="Hej!")
        db.session.commit()
        db.session.remove()

    def deliver(app: Flask) -> None:
        app.extensions[CARRIERS] = {Channel.EMAIL: box}
        with app.app_context():
            deliver_waiting()
            db.session.remove()

    threads = [threading.Thread(target=deliver, args=(app,)) for app in apart]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(parcel.address for parcel in box.parcels) == sorted(f"{n}@b.se" for n in range(20))


def test_old_messages_are_forgotten(session: Session) -> None:
    a_message(session, created_at=clock.now() - timedelta(days=91), next_try_at=None)
    kept = a_message(session)
    jobs.do_chores()
    assert session.scalars(select(OutboxMessage.id)).all() == [kept.id]


def test_the_postman_takes_what_waits(app: Flask, session: Session, box: LetterBox) -> None:
    a_message(session)
    Postman(app)._look()
    assert len(box.parcels) == 1


def test_the_postman_goes_on_when_the_database_is_away_a_moment(
    app: Flask, session: Session, box: LetterBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down() -> int:
        raise OSError

    a_message(session)
    with monkeypatch.context() as away:
        away.setattr(delivery, "deliver_waiting", break_down)
        Postman(app)._look()
    Postman(app)._look()
    assert len(box.parcels) == 1


def test_the_postman_stops_when_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SECONDS_BETWEEN_LOOKS", 0.01)
    looked = threading.Event()
    monkeypatch.setattr(Postman, "_look", lambda _self: looked.set())
    postman = Postman(app)
    postman.start()
    looked.wait(5)
    postman.stop()
    postman.join(5)
    assert (looked.is_set(), postman.is_alive()) == (True, False)
