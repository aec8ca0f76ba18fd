"""A mail server that is down, slow, refuses, or dies after the text: what the carrier makes of it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from aktema.core import clock, mail
from aktema.core.delivery import carriers_for
from aktema.core.mail import (
    ConsoleCarrier,
    Fault,
    NoCarrier,
    Parcel,
    SmtpCarrier,
    TryAgainError,
    UndeliverableError,
)
from aktema.core.outbox import Channel
from aktema.core.settings import Settings, SmtpTls, make_key
from tests.support.smtp import MailServer, mail_server

PARCEL = Parcel(
    public_id="a" * 22,
    address="linda@bageriet.example",
    subject="En fråga om en provplats hos er",
    body="Hej!\n\nhttps://aktema.ekbacka.example/svara/x\n",
    written_at=clock.now(),
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def test_a_letter_arrives_with_an_id_that_stays_the_same(server: MailServer) -> None:
    server.carrier.carry(PARCEL)
    server.carrier.carry(PARCEL)
    ids = {letter["Message-ID"] for letter in server.letters}
    assert (len(server.letters), ids) == (2, {f"<{'a' * 22}@aktema.ekbacka.example>"})


def test_a_letter_says_that_no_machine_need_answer_it(server: MailServer) -> None:
    server.carrier.carry(PARCEL)
    assert server.letters[0]["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("command", "answer", "fault"),
    [
        ("RCPT", "550 ingen sådan", Fault.REFUSED),
        (".", "554 nej", Fault.REFUSED),
    ],
)
def test_a_refusal_for_good_is_not_tried_again(
    server: MailServer, command: str, answer: str, fault: Fault
) -> None:
    server.answers[command] = answer
    with pytest.raises(UndeliverableError) as problem:
        server.carrier.carry(PARCEL)
    assert problem.value.fault is fault


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("CONNECT", "554 inte idag"),
        ("EHLO", "421 senare"),
        ("MAIL", "550 okänd avsändare"),
        ("RCPT", "450 senare"),
        ("DATA", "451 senare"),
        (".", "452 fullt"),
    ],
)
def test_whatever_may_be_mended_is_tried_again(server: MailServer, command: str, answer: str) -> None:
    server.answers |= {command: answer, "HELO": answer} if command == "EHLO" else {command: answer}
    with pytest.raises(TryAgainError):
        server.carrier.carry(PARCEL)


def test_a_server_that_dies_after_the_text_is_tried_again_with_the_same_id(server: MailServer) -> None:
    server.dies_after = "."
    with pytest.raises(TryAgainError) as problem:
        server.carrier.carry(PARCEL)
    server.dies_after = ""
    server.carrier.carry(PARCEL)
    ids = [letter["Message-ID"] for letter in server.letters]
    assert (problem.value.fault, ids) == (Fault.BROKEN_OFF, [ids[0]] * 2)


def test_a_server_that_dies_after_taking_it_has_taken_it(server: MailServer) -> None:
    server.dies_after = "QUIT"
    server.carrier.carry(PARCEL)
    assert len(server.letters) == 1


def test_a_slow_server_is_not_waited_for_for_ever(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SECONDS_TO_WAIT", 0.2)
    server.keeps_quiet_after = "MAIL"
    with pytest.raises(TryAgainError) as problem:
        server.carrier.carry(PARCEL)
    assert problem.value.fault is Fault.TOO_SLOW


def test_a_server_that_is_down_is_unreachable() -> None:
    with mail_server() as server:
        carrier = server.carrier
    with pytest.raises(TryAgainError) as problem:
        carrier.carry(PARCEL)
    assert problem.value.fault is Fault.UNREACHABLE


def test_encryption_that_the_server_lacks_is_never_left_out(server: MailServer) -> None:
    carrier = replace(server.carrier, tls=SmtpTls.STARTTLS)
    with pytest.raises(TryAgainError) as problem:
        carrier.carry(PARCEL)
    assert (problem.value.fault, server.letters) == (Fault.NOT_LET_IN, [])


@pytest.mark.parametrize("address", ["a@b.se\nBcc: alla@b.se", "", "åke@b.se", "@", "\x00"])
def test_what_is_no_address_is_given_up_at_once(server: MailServer, address: str) -> None:
    with pytest.raises(UndeliverableError):
        server.carrier.carry(replace(PARCEL, address=address))


def test_the_console_shows_what_would_be_sent(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleCarrier().carry(PARCEL)
    assert PARCEL.body in capsys.readouterr().out


def a_setting(tmp_path: object, **values: object) -> Settings:
    keys = {"data_folder": tmp_path, "secret_key": make_key(), "encryption_key": make_key()}
    return Settings.model_validate({**keys, **values})


@pytest.mark.parametrize(
    ("values", "carrier"),
    [
        ({}, NoCarrier),
        ({"demo": True}, ConsoleCarrier),
        ({"smtp_host": "post.example", "mail_from": "a@b.se"}, SmtpCarrier),
    ],
)
def test_what_carries_mail_follows_the_settings(
    tmp_path: object, values: dict[str, object], carrier: type
) -> None:
    assert type(carriers_for(a_setting(tmp_path, **values))[Channel.EMAIL]) is carrier


def test_a_mail_server_without_a_sender_is_refused_at_start(tmp_path: object) -> None:
    with pytest.raises(ValueError, match="MAIL_FROM"):
        a_setting(tmp_path, smtp_host="post.example")
