"""Mail to contacts: neutral, only where wanted, and a new link for whoever lost one, whatever they ask."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access import link_operations
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.notice_codes import NoticeKind
from aktema.access.notice_models import DeclinedNotice
from aktema.core import clock
from aktema.core.outbox import OutboxMessage
from aktema.employers import letters
from aktema.employers.company_operations import let_in, shut_out
from aktema.employers.letters import WORDS, Letter, send_link, write_to
from aktema.employers.models import Contact
from aktema.employers.operations import ContactFacts, change_contact, mark_contact_left
from tests.support.employers import a_contact, an_employer
from tests.support.links import a_link
from tests.support.mail import post
from tests.support.page import PageClient
from tests.support.people import act_as, an_account

EMAIL = "linda@bageriet.example"
SAID = "Titta i din e-post"
UNTIL = clock.today() + timedelta(days=14)


@pytest.fixture
def contact(session: Session) -> Contact:
    return a_contact(an_employer("Lindas bageri"), name="Linda Ask", email=EMAIL)


@pytest.fixture
def renewed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The subjects about which a new link was sent, of matters that are open."""
    asked: list[int] = []
    for purpose in (Purpose.REVIEW, Purpose.SIGN_AGREEMENT):
        monkeypatch.setitem(link_operations.renewals, purpose, lambda link: asked.append(link.subject_id))
    return asked


def test_every_letter_has_its_words_and_every_purpose_its_renewal() -> None:
    assert set(WORDS) == set(Letter)
    assert set(link_operations.renewals) == set(Purpose)


@pytest.mark.parametrize("letter", Letter)
def test_a_letter_names_nobody_and_says_until_when(
    session: Session, contact: Contact, letter: Letter
) -> None:
    assert write_to(contact, letter, url="http://127.0.0.1/svara/x", until=UNTIL)
    session.commit()
    (sent,) = post().parcels
    assert sent.address == EMAIL
    assert "http://127.0.0.1/svara/x" in sent.body
    assert all(word not in sent.subject + sent.body for word in ("Linda", "Ask", "bageri"))


@pytest.mark.parametrize(
    "changed", [{"email": ""}, {"left_on": clock.today()}], ids=["no address", "has left"]
)
def test_nobody_is_written_to_who_cannot_be(
    session: Session, contact: Contact, changed: dict[str, object]
) -> None:
    for name, value in changed.items():
        setattr(contact, name, value)
    assert not write_to(contact, Letter.REVIEW, url="x", until=UNTIL)
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def test_nobody_is_written_to_at_a_closed_employer(session: Session, contact: Contact) -> None:
    contact.employer.closed_on = clock.today()
    assert not write_to(contact, Letter.REVIEW, url="x", until=UNTIL)


def test_nobody_is_written_to_who_was_shut_out(session: Session, contact: Contact) -> None:
    account = an_account()
    contact.account_id = account.id
    shut_out(contact)
    assert not write_to(contact, Letter.REVIEW, url="x", until=UNTIL)
    let_in(contact)
    assert write_to(contact, Letter.REVIEW, url="x", until=UNTIL)


@pytest.mark.parametrize(
    ("letter", "is_sent"), [(Letter.REVIEW_REMINDER, False), (Letter.REVIEW, True), (Letter.NOTICES, True)]
)
def test_what_was_declined_is_not_sent(
    session: Session, contact: Contact, letter: Letter, is_sent: bool
) -> None:
    session.add(DeclinedNotice(contact_id=contact.id, kind=NoticeKind.REMINDERS.value))
    assert write_to(contact, letter, url="x", until=UNTIL) is is_sent


def test_a_contact_with_an_account_chooses_there(session: Session, contact: Contact) -> None:
    account = an_account()
    contact.account_id = account.id
    session.add(DeclinedNotice(account_id=account.id, kind=NoticeKind.REMINDERS.value))
    write_to(contact, Letter.REVIEW, url="x", until=UNTIL)
    refused = write_to(contact, Letter.REVIEW_REMINDER, url="x", until=UNTIL)
    session.commit()
    assert (refused, "/konto/mejl" in post().parcels[0].body) == (False, True)


def test_a_letter_is_written_in_the_receivers_language(session: Session, contact: Contact) -> None:
    account = an_account()
    account.language = "en"
    contact.account_id = account.id
    assert (letters._language(contact), letters._language(a_contact())) == ("en", "sv")


def test_a_link_that_was_sent_opens_its_page(session: Session, contact: Contact, page: PageClient) -> None:
    endpoint = "access.notices_by_link"
    coach = an_account()
    send_link(contact, Letter.NOTICES, Purpose.NOTICES, contact.id, endpoint=endpoint, account_id=coach.id)
    session.commit()
    assert page.get(post().path("/mejl/")).status == 200


def test_a_letter_with_a_link_shows_where_to_choose(
    session: Session, contact: Contact, page: PageClient
) -> None:
    a_link(Purpose.REVIEW, 7, contact=contact)
    write_to(contact, Letter.REVIEW, url="http://127.0.0.1/utvardera/x", until=UNTIL)
    session.commit()
    assert page.get(post().path("/mejl/")).status == 200


# A new link instead of a lost one


def age(session: Session) -> None:
    """Let the links have been made an hour ago."""
    for link in session.scalars(select(Link)):
        link.created_at = clock.now() - timedelta(hours=1)
    session.commit()


def test_a_lost_link_is_sent_anew_by_its_key(
    session: Session, contact: Contact, page: PageClient, renewed: list[int]
) -> None:
    _link, token = a_link(Purpose.REVIEW, 7, contact=contact, expired=True)
    age(session)
    answer = page.submit("/ny-lank", {"token": token})
    assert (SAID in answer.words, renewed) == (True, [7])


@pytest.mark.parametrize("typed", [EMAIL, f" {EMAIL.upper()} "])
def test_lost_links_are_sent_anew_by_address(
    session: Session, contact: Contact, page: PageClient, renewed: list[int], typed: str
) -> None:
    for subject in (7, 8):
        a_link(Purpose.REVIEW, subject, contact=contact, expired=True)
    a_link(Purpose.SIGN_AGREEMENT, 9, contact=a_contact(email="olle@ask.example"))
    age(session)
    page.submit("/ny-lank", {"email": typed})
    assert renewed == [7, 8]


@pytest.mark.parametrize("typed", [{"token": "a" * 43}, {"email": "nobody@b.se"}, {"token": "\x00å"}])
def test_whoever_asks_finds_out_nothing(
    session: Session, contact: Contact, page: PageClient, renewed: list[int], typed: dict[str, str]
) -> None:
    a_link(Purpose.REVIEW, 7, contact=contact)
    age(session)
    known, unknown = page.submit("/ny-lank", {"email": EMAIL}), page.submit("/ny-lank", typed)
    assert (unknown.status, unknown.words) == (known.status, known.words)
    assert renewed == [7]


def test_a_mailbox_is_no_bell(
    session: Session, contact: Contact, page: PageClient, renewed: list[int]
) -> None:
    _link, token = a_link(Purpose.REVIEW, 7, contact=contact)
    session.commit()
    page.submit("/ny-lank", {"token": token})
    assert renewed == []


def test_who_has_left_is_sent_nothing_by_address(
    session: Session, contact: Contact, page: PageClient, renewed: list[int]
) -> None:
    a_link(Purpose.REVIEW, 7, contact=contact)
    contact.left_on = clock.today()
    age(session)
    page.submit("/ny-lank", {"email": EMAIL})
    assert renewed == []


def test_an_address_is_asked_for_where_none_is_given(page: PageClient, session: Session) -> None:
    assert page.submit("/ny-lank", {"email": ""}).status == 422


def test_a_lost_choice_of_mail_is_sent_anew_by_its_key_alone(
    session: Session, contact: Contact, page: PageClient
) -> None:
    _link, token = a_link(Purpose.NOTICES, contact.id, contact=contact, expired=True)
    age(session)
    page.submit("/ny-lank", {"email": EMAIL})
    page.submit("/ny-lank", {"token": token})
    assert [parcel.subject for parcel in post().parcels] == ["Välj vilka mejl du vill få"]


# Whoever is no longer the receiver


def test_a_link_opens_nothing_once_its_address_was_wrong_or_its_receiver_left(
    session: Session, contact: Contact, page: PageClient
) -> None:
    act_as(an_account())
    gone = a_contact(contact.employer, email="olle@ask.example")
    tokens = [a_link(Purpose.NOTICES, who.id, contact=who)[1] for who in (contact, gone)]
    facts = ContactFacts(name=contact.name, email="linda.ask@bageriet.example")
    change_contact(contact, facts)
    mark_contact_left(gone, clock.today())
    session.commit()
    assert [page.get(f"/mejl/{token}").status for token in tokens] == [404, 404]


def test_a_link_goes_on_when_only_the_telephone_changes(
    session: Session, contact: Contact, page: PageClient
) -> None:
    act_as(an_account())
    _link, token = a_link(Purpose.NOTICES, contact.id, contact=contact)
    change_contact(contact, ContactFacts(name=contact.name, email=EMAIL, phone="011-15 00 00"))
    session.commit()
    assert page.get(f"/mejl/{token}").status == 200
