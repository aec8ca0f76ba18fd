"""Links without sign-in: secret, for one purpose, ended by time and by newer ones, and harmless to open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from aktema.access.guard import MOST_MISSES
from aktema.access.link_codes import LIFETIMES, Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import make_link, mark_used, revoke_links
from aktema.access.link_queries import get_link, url_of
from aktema.access.models import AccessEntry, Account
from aktema.access.notice_codes import EMPLOYER_KINDS, NoticeKind
from aktema.access.notice_models import DeclinedNotice
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import MissingError
from aktema.core.idempotency import SubmittedForm
from aktema.employers.models import Contact
from tests.support.access import traces
from tests.support.employers import a_contact
from tests.support.imports import counts
from tests.support.links import a_link
from tests.support.page import PageClient, filled_in
from tests.support.people import a_unit, an_account

SignIn = Callable[[Account], PageClient]
UNKNOWN = "/mejl/" + "a" * 43


@pytest.fixture
def contact(session: Session) -> Contact:
    return a_contact(email="linda@bageriet.example")


@pytest.fixture
def address(session: Session, contact: Contact) -> str:
    """A page that a link opens."""
    _link, token = a_link(Purpose.NOTICES, contact.id, contact=contact)
    session.commit()
    return f"/mejl/{token}"


def opens(token: str, purpose: Purpose = Purpose.REVIEW) -> bool:
    try:
        get_link(purpose, token)
    except MissingError:
        return False
    return True


# The key


def test_a_key_holds_256_bits_and_no_row_holds_the_key(session: Session) -> None:
    link, token = a_link(Purpose.REVIEW, 7)
    stored = [str(getattr(link, column.key)) for column in inspect(Link).columns]
    assert len(token) == 43
    assert all(token not in value for value in stored)


def test_a_link_opens_for_its_purpose_only(session: Session) -> None:
    _link, token = a_link(Purpose.REVIEW, 7)
    assert [opens(token, purpose) for purpose in Purpose] == [one is Purpose.REVIEW for one in Purpose]


@pytest.mark.parametrize("purpose", Purpose)
def test_every_link_ends_by_itself(session: Session, purpose: Purpose) -> None:
    link, token = a_link(purpose, 7)
    link.expires_at = clock.now() + LIFETIMES[purpose] - LIFETIMES[purpose]
    session.flush()
    assert not opens(token, purpose)


def test_a_newer_link_ends_the_one_before_to_the_same_receiver(session: Session, contact: Contact) -> None:
    other = a_contact(contact.employer, name="Olle Ask")
    tokens = [a_link(Purpose.REVIEW, 7, contact=who)[1] for who in (contact, other, contact, None)]
    tokens.append(a_link(Purpose.REVIEW, 8, contact=contact)[1])
    assert [opens(token) for token in tokens] == [False, True, True, True, True]


def test_revoking_ends_every_link_about_the_matter(session: Session, contact: Contact) -> None:
    tokens = [a_link(Purpose.REVIEW, 7, contact=who)[1] for who in (contact, None)]
    _other, kept = a_link(Purpose.REVIEW, 8)
    revoke_links(Purpose.REVIEW, 7)
    assert [opens(token) for token in (*tokens, kept)] == [False, False, True]


def test_a_used_link_still_shows_its_page_and_keeps_when_it_was_used_first(session: Session) -> None:
    link, token = a_link(Purpose.REVIEW, 7)
    mark_used(link)
    first = link.used_at
    mark_used(link)
    session.flush()
    assert (opens(token), get_link(Purpose.REVIEW, token).used_at) == (True, first)


@pytest.mark.parametrize("token", ["", "å" * 43, "a" * 10_000, "\x00", "' OR 1=1 --"])
def test_odd_keys_open_nothing(session: Session, token: str) -> None:
    assert not opens(token)


def test_an_address_is_whole_outside_a_request_too(app: Flask) -> None:
    with app.app_context():
        assert url_of("access.notices_by_link", "x") == "http://127.0.0.1:8000/mejl/x"


# The page


def test_opening_changes_nothing_however_often(page: PageClient, address: str) -> None:
    before = counts()
    for _turn in range(3):
        page.get(address)
        page.client.head(address)
    assert counts() == before


@pytest.mark.parametrize("path", ["", "x"])
def test_the_key_travels_no_further_than_the_address(page: PageClient, address: str, path: str) -> None:
    headers = page.get(address + path).response.headers
    told = [headers[name] for name in ("Referrer-Policy", "Cache-Control", "X-Robots-Tag")]
    assert told == ["no-referrer", "no-store", "noindex, nofollow"]


def test_an_answer_and_a_broken_form_keep_the_key_as_well(page: PageClient, address: str) -> None:
    answers = [
        page.submit(address, {"kinds": kinds}, follow=False) for kinds in (["reminders"], ["nonsense"])
    ]
    assert [answer.status for answer in answers] == [303, 422]
    assert {answer.response.headers["Referrer-Policy"] for answer in answers} == {"no-referrer"}


def test_no_log_line_holds_the_key(page: PageClient, address: str) -> None:
    token = address.rpartition("/")[2]
    with capture_logs() as lines:
        page.submit(address, {"kinds": ["reminders"]})
        page.get(address + "x")
    assert lines
    assert token not in str(lines)


def test_a_dead_link_says_so_kindly_and_shows_the_way_on(page: PageClient, session: Session) -> None:
    _link, token = a_link(Purpose.NOTICES, 7, expired=True)
    session.commit()
    shown = page.get(f"/mejl/{token}")
    assert (shown.status, shown.hidden()["token"]) == (404, token)


def test_an_unknown_key_and_an_old_one_show_the_same(page: PageClient, session: Session) -> None:
    _link, token = a_link(Purpose.NOTICES, 7, expired=True)
    session.commit()
    assert page.get(f"/mejl/{token}").words == page.get(UNKNOWN).words


def test_whoever_is_signed_in_is_nobody_on_a_links_page(
    sign_in: SignIn, page: PageClient, address: str
) -> None:
    browser = sign_in(an_account(Role.JOB_COACH, a_unit()))
    shown = browser.get(address)
    assert shown.words == page.get(address).words
    assert shown.select(".site-nav, .account") == []


def test_what_is_done_by_link_is_traced_as_that_and_as_nobodys(
    sign_in: SignIn, address: str, session: Session
) -> None:
    sign_in(an_account(Role.JOB_COACH, a_unit())).submit(address, {"kinds": []})
    row = session.scalars(select(AccessEntry).where(AccessEntry.kind == "write")).one()
    assert (row.account_id, row.detail) == (None, "link:notices notices")


# Sent twice


def test_a_form_sent_twice_by_link_is_stored_once(page: PageClient, address: str, session: Session) -> None:
    form = filled_in(page.get(address).soup.select_one("main form"))
    answers = [page.post(address, {**form, "kinds": []}, follow=False) for _turn in range(2)]
    assert [answer.location for answer in answers] == [address, address]
    assert len(traces("write")) == 1


def test_what_is_kept_of_a_form_sent_by_link_holds_no_key(
    page: PageClient, address: str, session: Session
) -> None:
    page.submit(address, {"kinds": []})
    kept = session.scalars(select(SubmittedForm)).one()
    assert address.rpartition("/")[2] not in f"{kept.key} {kept.location}"


def test_anothers_key_answers_nothing(page: PageClient, address: str, session: Session) -> None:
    other = a_contact(name="Olle Ask")
    _link, token = a_link(Purpose.NOTICES, other.id, contact=other)
    session.commit()
    for path in (address, f"/mejl/{token}"):
        page.submit(path, {"kinds": [], "idempotency_key": "k" * 22})
    assert len(session.scalars(select(DeclinedNotice)).all()) == 2 * len(EMPLOYER_KINDS)


# Guessing


def test_after_many_wrong_keys_the_door_stays_shut_a_while(page: PageClient, address: str) -> None:
    statuses = [page.get(UNKNOWN).status for _turn in range(MOST_MISSES + 1)]
    assert (set(statuses[:-1]), statuses[-1]) == ({404}, 429)
    assert page.get(address).status == 200


def test_misses_are_forgotten_after_five_minutes(
    page: PageClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _turn in range(MOST_MISSES):
        page.get(UNKNOWN)
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert page.get(UNKNOWN).status == 404


# What somebody wants to get


def test_a_contact_chooses_by_link_what_to_get(
    page: PageClient, address: str, contact: Contact, session: Session
) -> None:
    page.submit(address, {"kinds": ["questions", "agreements"]})
    declined = set(
        session.scalars(select(DeclinedNotice.kind).where(DeclinedNotice.contact_id == contact.id))
    )
    assert declined == {"positions", "follow_ups", "reminders"}


def test_a_choice_is_shown_and_can_be_taken_back(page: PageClient, address: str, session: Session) -> None:
    page.submit(address, {"kinds": ["questions"]})
    ticked = [box["value"] for box in page.get(address).select("input[checked]")]
    page.submit(address, {"kinds": [kind.value for kind in EMPLOYER_KINDS]})
    assert (ticked, session.scalars(select(DeclinedNotice)).all()) == (["questions"], [])


def test_a_manager_chooses_in_the_account(sign_in: SignIn, session: Session) -> None:
    manager = an_account(Role.UNIT_MANAGER, a_unit())
    sign_in(manager).submit("/konto/mejl", {"kinds": []})
    chosen = session.execute(select(DeclinedNotice.account_id, DeclinedNotice.kind)).all()
    assert chosen == [(manager.id, NoticeKind.DIGEST.value)]


def test_whoever_gets_no_mail_is_told_so(sign_in: SignIn) -> None:
    shown = sign_in(an_account(Role.JOB_COACH, a_unit())).get("/konto/mejl")
    assert "Du får inga mejl härifrån" in shown.words


def test_a_link_is_made_by_whoever_answers_for_it(session: Session) -> None:
    coach = an_account()
    made = make_link(Purpose.SIGN_AGREEMENT, 3, account_id=coach.id, contact_id=4)
    session.flush()
    assert (made.link.account_id, made.link.contact_id, made.link.subject_id) == (coach.id, 4, 3)
