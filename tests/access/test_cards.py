"""Signing in with a personal card: a key in the address, four pictures in order, rest after five wrong ones."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access import card_operations
from aktema.access.card_models import PersonalCard
from aktema.access.codes import CODE_PICTURES
from aktema.access.models import AccessEntry, Account, ServerSession
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from tests.support.access import PASSWORD, traces, try_to_sign_in
from tests.support.own import CODE, OTHER_CODE, Held, Someone, a_card, someone
from tests.support.page import Page, PageClient
from tests.support.people import act_as, an_account

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def who(session: Session) -> Someone:
    return someone()


def press(page: PageClient, path: str, code: Sequence[str]) -> Page:
    """Press the pictures one after the other, each on the page that the one before led to."""
    shown = page.get(path)
    for key in code:
        held = shown.hidden("main form")
        shown = page.post(path, {**held, "picture": key}, follow=False)
    return shown


def is_at_own_page(page: PageClient, who: Someone) -> bool:
    return page.get(who.page(), follow=False).status == 200


def test_four_right_pictures_in_order_open_the_persons_own_page(page: PageClient, who: Someone) -> None:
    assert press(page, a_card(who).path, CODE).location == "/"
    assert is_at_own_page(page, who)


def test_the_same_pictures_in_another_order_open_nothing(page: PageClient, who: Someone) -> None:
    assert press(page, a_card(who).path, CODE[::-1]).status == 422
    assert not is_at_own_page(page, who)


def test_every_step_shows_twelve_pictures_to_press(page: PageClient, who: Someone) -> None:
    shown = press(page, a_card(who).path, CODE[:2])
    assert "Bild 3 av 4" in shown.words
    assert len(shown.select("main button[name=picture]")) == len(CODE_PICTURES) == 12


def test_which_pictures_were_pressed_is_not_shown(page: PageClient, who: Someone) -> None:
    first = page.get(a_card(who).path)
    second = press(page, a_card(who).path, CODE[:1])
    assert _pictures(first) == _pictures(second)


def _pictures(page: Page) -> list[str]:
    return [img["src"] for img in page.select("main form img")]


def unknown(who: Someone) -> str:
    return "/kort/" + "x" * 43


def ended(who: Someone) -> str:
    held = a_card(who)
    card_operations.end_card(held.card, who.person.id)
    return held.path


def replaced(who: Someone) -> str:
    held = a_card(who)
    a_card(who)
    return held.path


def without_code(who: Someone) -> str:
    return a_card(who, code=None).path


def of_a_closed_account(who: Someone) -> str:
    held = a_card(who)
    who.account.disabled_at = clock.now()
    return held.path


def much_too_long(who: Someone) -> str:
    return "/kort/" + "x" * 3000


@pytest.mark.parametrize("path", [unknown, ended, replaced, without_code, of_a_closed_account, much_too_long])
def test_a_card_that_opens_nothing_gets_one_answer_whatever_the_reason(
    page: PageClient, session: Session, who: Someone, path: Callable[[Someone], str]
) -> None:
    address = path(who)
    session.commit()
    answer, nobodys = page.get(address), page.get(unknown(who))
    assert (answer.status, answer.words) == (404, nobodys.words)


def test_the_answer_to_an_unknown_card_says_whom_to_ask(page: PageClient, session: Session) -> None:
    assert "Fråga den som gav dig kortet" in page.get("/kort/abc").words


def test_five_wrong_codes_make_the_card_rest_for_a_quarter_of_an_hour(page: PageClient, who: Someone) -> None:
    held = a_card(who)
    for _try in range(5):
        press(page, held.path, OTHER_CODE)
    assert "vilar" in page.get(held.path).words
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert press(page, held.path, CODE).location == "/"


def test_a_resting_card_is_not_opened_by_the_right_code(session: Session, who: Someone) -> None:
    held = a_card(who)
    held.card.locked_until = clock.now() + timedelta(minutes=5)
    with pytest.raises(DomainError):
        card_operations.sign_in_by_card(held.card, CODE)


def test_four_wrong_codes_and_a_right_one_start_the_count_anew(page: PageClient, who: Someone) -> None:
    held = a_card(who)
    for _try in range(4):
        press(page, held.path, OTHER_CODE)
    assert press(page, held.path, CODE).location == "/"
    assert held.card.wrong_tries == 0


def test_wrong_codes_on_one_card_leave_another_alone(page: PageClient, who: Someone) -> None:
    other = someone(first_name="Bo")
    held, free = a_card(who), a_card(other)
    for _try in range(5):
        press(page, held.path, OTHER_CODE)
    assert press(page, free.path, CODE).location == "/"


def test_a_wrong_code_leaves_a_trace(page: PageClient, who: Someone) -> None:
    press(page, a_card(who).path, OTHER_CODE)
    assert ("session.begin", "personal_card", "") in traces("refused")


@pytest.mark.parametrize("chosen", ["dragon cat cat", "cat " * 9, "cat cat cat cat", "\x00", "å" * 500])
def test_a_forged_beginning_of_a_code_starts_over(page: PageClient, who: Someone, chosen: str) -> None:
    path = a_card(who).path
    held = page.get(path).hidden("main form")
    answer = page.post(path, {**held, "chosen": chosen, "picture": "cat"}, follow=False)
    assert (answer.status, "Bild 1 av 4" in answer.words) == (200, True)


def test_neither_key_nor_pictures_are_stored(session: Session, who: Someone) -> None:
    held = a_card(who)
    row = session.scalars(select(PersonalCard)).one()
    stored = f"{row.token_digest} {row.code_hash}"
    assert held.token not in stored
    assert not any(key in stored for key in CODE)


def test_the_address_of_a_card_travels_on_in_no_referer(page: PageClient, who: Someone) -> None:
    response = page.get(a_card(who).path).response
    assert response.headers["Referrer-Policy"] == "strict-origin"


def test_a_session_by_card_ends_after_its_time_whatever_is_done(page: PageClient, who: Someone) -> None:
    press(page, a_card(who).path, CODE)
    begun = clock.now()
    for minutes in (20, 40):
        with time_machine.travel(begun + timedelta(minutes=minutes)):
            assert is_at_own_page(page, who)
    with time_machine.travel(begun + timedelta(minutes=46)):
        assert not is_at_own_page(page, who)


def test_signing_in_by_card_ends_the_session_that_was_in_the_browser(
    sign_in: SignIn, session: Session, who: Someone
) -> None:
    held, browser = a_card(who), sign_in(who.coach)
    press(browser, held.path, CODE)
    ended_ones = select(ServerSession.ended_at).where(ServerSession.account_id == who.coach.id)
    assert session.scalars(ended_ones).one() is not None


def test_ending_a_card_signs_out_whoever_is_in_by_it(
    page: PageClient, session: Session, who: Someone
) -> None:
    held = a_card(who)
    press(page, held.path, CODE)
    act_as(who.coach)
    card_operations.end_card(held.card, who.person.id)
    session.commit()
    assert not is_at_own_page(page, who)


def test_a_new_card_keeps_the_code_the_person_knows(page: PageClient, who: Someone) -> None:
    a_card(who)
    assert press(page, a_card(who, code=None).path, CODE).location == "/"


def test_an_account_made_for_a_card_is_opened_by_no_password(page: PageClient, who: Someone) -> None:
    assert who.account.email.endswith("@kort.invalid")
    assert try_to_sign_in(page, who.account.email, PASSWORD).status == 422


def test_whoever_looks_after_accounts_sees_no_participant(sign_in: SignIn, who: Someone) -> None:
    admin = sign_in(an_account(Role.SYSTEM_ADMIN))
    assert who.account.name not in admin.get("/konton").words
    assert admin.get(f"/konton/{who.account.public_id}").status == 404


def test_the_log_of_requests_holds_no_key(
    page: PageClient, who: Someone, capfd: pytest.CaptureFixture[str]
) -> None:
    held = a_card(who)
    press(page, held.path, CODE)
    assert held.token not in capfd.readouterr().err


def test_no_trace_holds_a_key(session: Session, page: PageClient, who: Someone) -> None:
    held: Held = a_card(who)
    press(page, held.path, CODE)
    rows = session.scalars(select(AccessEntry)).all()
    assert all(held.token not in f"{row.detail}{row.route}{row.act}" for row in rows)


def test_the_card_needs_no_script_and_no_pointer(app: Flask, page: PageClient, who: Someone) -> None:
    """Every choice is a button of a form: Tab and Enter reach and press it, and it is sent without scripts."""
    shown = page.get(a_card(who).path)
    buttons = shown.select("main form button[name=picture]")
    assert all(button["type"] == "submit" and button.get("tabindex") is None for button in buttons)
