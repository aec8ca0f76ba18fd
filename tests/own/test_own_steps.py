"""What has happened on the way to work, told to the person; and what staff's timeline quotes."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import StepFacts, record_fact
from tests.support.own import Someone, a_representative, someone
from tests.support.page import PageClient

SignIn = Callable[[Account], PageClient]
LINE, EASY, OWN = "Frågade Bageriet genom Linda.", "Vi har frågat Bageriet.", "Jag vill baka."
THERE = "Du var på jobbet hela dagen."


@pytest.fixture
def who(session: Session) -> Someone:
    return someone()


def happens(who: Someone, kind: ContactType, own_line: str, actor: Actor = Actor.STAFF) -> None:
    facts = StepFacts(
        contact_type=kind,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=LINE,
        own_line=own_line,
    )
    record_fact(who.coach.id, who.person.id, facts, actor)


@pytest.fixture
def told(who: Someone, session: Session) -> Someone:
    happens(who, ContactType.EMPLOYER_ASKED, EASY)
    happens(who, ContactType.TALK_WITH_PERSON, OWN)
    session.commit()
    return who


def test_a_person_reads_in_easy_words_what_has_happened(sign_in: SignIn, told: Someone) -> None:
    browser = sign_in(told.account)
    words = browser.get(told.page("/hant")).words
    assert "Det här har hänt" in browser.get(told.page()).words
    assert (EASY in words, LINE in words, OWN in words) == (True, False, False)


def test_days_at_a_trial_show_only_where_they_are_asked_for(
    sign_in: SignIn, who: Someone, session: Session
) -> None:
    happens(who, ContactType.TRIAL_DAY, THERE, Actor.EMPLOYER)
    session.commit()
    browser = sign_in(who.account)
    folded, whole = browser.get(who.page("/hant")), browser.get(who.page("/hant?dagar=1"))
    assert (THERE in folded.words, THERE in whole.words) == (False, True)
    assert (folded.select("a[href$='hant?dagar=1']"), whole.select("a[href$='/hant']")) != ([], [])


def test_where_nothing_has_happened_the_page_says_so(sign_in: SignIn, who: Someone) -> None:
    assert "Inget har hänt än" in sign_in(who.account).get(who.page("/hant")).words


def test_whoever_looks_after_the_person_reads_it_too(
    sign_in: SignIn, told: Someone, session: Session
) -> None:
    _representative, account = a_representative(told.person)
    session.commit()
    assert EASY in sign_in(account).get(told.page("/hant")).words


def test_staff_see_as_a_quote_only_what_the_person_said(sign_in: SignIn, told: Someone) -> None:
    page = sign_in(told.coach).get(f"/deltagare/{told.person.public_id}/tidslinje")
    assert [quote.get_text() for quote in page.soup.select("blockquote")] == [OWN]
