"""The calendar feed tells what to do and when, to whoever holds the key, and nothing about anybody."""

import string
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Membership, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.calendar_models import CalendarFeed
from aktema.plans.calendar_operations import begin_feed, end_feed
from aktema.plans.calendar_queries import HAPPENINGS
from aktema.plans.calendar_views import TITLES
from aktema.plans.rules.deadlines import DueKind
from aktema.steps.models import NextStep
from tests.support.deadlines import months_ago
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, an_order

SignIn = Callable[[Account], PageClient]
TODAY, DAY = clock.today(), timedelta(days=1)


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit)


@pytest.fixture
def coordinator(unit: Unit) -> Account:
    return an_account(Role.COORDINATOR, unit)


def a_next_step(session: Session, person: Participant, account: Account, on: date = TODAY) -> NextStep:
    step = NextStep(participant_id=person.id, account_id=account.id, due_on=on)
    step.line = "Ring Lindas bageri om astman"
    session.add(step)
    session.flush()
    return step


def feed_of(session: Session, account: Account) -> str:
    """The address of a new feed of the account."""
    token = begin_feed(act_as(account))
    session.commit()
    return f"/kalender/{token}.ics"


def fetched(page: PageClient, address: str) -> Calendar:
    answer = page.get(address).response
    assert answer.status_code == 200
    return Calendar.from_ical(answer.get_data())


def events(calendar: Calendar) -> list[tuple[str, date]]:
    return [(str(one["summary"]), one["dtstart"].dt) for one in calendar.walk("VEVENT")]


def the_feed(session: Session) -> CalendarFeed:
    return session.scalars(select(CalendarFeed)).one()


def test_a_coach_sees_the_next_steps_of_their_own_people(
    session: Session, coach: Account, unit: Unit, page: PageClient
) -> None:
    a_next_step(session, a_participant(coach=coach, unit=unit), coach, TODAY + DAY)
    a_next_step(session, a_participant(coach=an_account(Role.JOB_COACH, unit), unit=unit), coach)
    assert events(fetched(page, feed_of(session, coach))) == [("Aktema: nästa steg", TODAY + DAY)]


def test_a_coordinator_sees_what_is_theirs_to_do(
    session: Session, coordinator: Account, unit: Unit, page: PageClient
) -> None:
    decision = a_decision(a_participant(), from_date=months_ago(13))
    an_order(decision, unit, answer="accepted", coordinator=coordinator, first_day=months_ago(13))
    an_order(a_decision(a_participant()), unit)
    titles = {title for title, _on in events(fetched(page, feed_of(session, coordinator)))}
    assert {"Aktema: uppföljning", "Aktema: svara på en beställning"} <= titles


def test_what_others_owe_is_not_in_a_coordinators_feed(
    session: Session, coordinator: Account, unit: Unit, page: PageClient
) -> None:
    other = an_account(Role.COORDINATOR, unit)
    decision = a_decision(a_participant(), from_date=months_ago(13))
    an_order(decision, unit, answer="accepted", coordinator=other, first_day=months_ago(13))
    assert events(fetched(page, feed_of(session, coordinator))) == []


def test_whoever_has_a_protected_identity_is_left_out(
    session: Session, coach: Account, unit: Unit, page: PageClient
) -> None:
    person = a_participant(coach=coach, unit=unit, has_protected_identity=True)
    a_next_step(session, person, coach)
    assert events(fetched(page, feed_of(session, coach))) == []


def test_a_protected_person_is_not_in_a_coordinators_feed_either(
    session: Session, coordinator: Account, unit: Unit, page: PageClient
) -> None:
    decision = a_decision(a_participant(has_protected_identity=True), from_date=months_ago(13))
    an_order(decision, unit, answer="accepted", coordinator=coordinator, first_day=months_ago(13))
    assert events(fetched(page, feed_of(session, coordinator))) == []


NAMES = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S"]), min_size=4, max_size=20)
SAID_BY_THE_FEED = "".join(map(str, TITLES.values())) + string.ascii_letters


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(first=NAMES, last=NAMES, line=NAMES)
def test_no_name_no_number_and_no_words_about_anybody_ever_leave(
    session: Session, coach: Account, unit: Unit, page: PageClient, first: str, last: str, line: str
) -> None:
    first, last, line = (f"Qx{one}Xq" for one in (first, last, line))
    person = a_participant(coach=coach, unit=unit, first_name=first, last_name=last)
    step = a_next_step(session, person, coach)
    step.line = line
    sent = page.get(feed_of(session, coach)).response.get_data(as_text=True)
    unfolded = sent.replace("\r\n ", "")
    ids = (person.public_id, step.public_id, person.birth_date.isoformat(), f"{person.birth_date:%Y%m%d}")
    assert [one for one in (first, last, line, "Qx", *ids) if one in unfolded] == []
    person.closed_on = TODAY
    session.flush()


def test_an_event_says_no_more_than_its_title_and_day(
    session: Session, coach: Account, unit: Unit, page: PageClient
) -> None:
    a_next_step(session, a_participant(coach=coach, unit=unit), coach)
    (event,) = fetched(page, feed_of(session, coach)).walk("VEVENT")
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CLASS", "TRANSP"}
    assert str(event["description"]) == "Öppna Aktema för att se vad det gäller."


def test_an_event_takes_the_whole_day(session: Session, coach: Account, unit: Unit, page: PageClient) -> None:
    a_next_step(session, a_participant(coach=coach, unit=unit), coach)
    (event,) = fetched(page, feed_of(session, coach)).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (TODAY, TODAY + DAY)


def test_an_event_is_the_same_in_a_new_feed(
    session: Session, coach: Account, unit: Unit, page: PageClient
) -> None:
    a_next_step(session, a_participant(coach=coach, unit=unit), coach)
    first, second = (
        [str(one["uid"]) for one in fetched(page, feed_of(session, coach)).walk("VEVENT")] for _ in range(2)
    )
    assert first == second


def test_two_accounts_know_the_same_event_by_different_names(
    session: Session, coach: Account, unit: Unit, page: PageClient
) -> None:
    person, other = a_participant(coach=coach, unit=unit), an_account(Role.JOB_COACH, unit)
    an_assignment(person, account=other, unit=unit)
    a_next_step(session, person, coach)
    mine, theirs = (
        str(fetched(page, feed_of(session, account)).walk("VEVENT")[0]["uid"]) for account in (coach, other)
    )
    assert mine != theirs


def test_every_reading_is_recorded_as_the_accounts_own(
    session: Session, coach: Account, unit: Unit, page: PageClient
) -> None:
    person = a_participant(coach=coach, unit=unit)
    a_next_step(session, person, coach)
    fetched(page, feed_of(session, coach))
    read = select(AccessEntry).where(AccessEntry.kind == "read", AccessEntry.act == "calendar_feed.read")
    (entry,) = session.scalars(read)
    assert (entry.account_id, entry.participant_id, entry.roles) == (coach.id, person.id, "job_coach")


def test_what_has_not_changed_is_not_sent_again(
    session: Session, coach: Account, unit: Unit, page: PageClient
) -> None:
    person = a_participant(coach=coach, unit=unit)
    a_next_step(session, person, coach)
    address = feed_of(session, coach)
    tag = page.get(address).response.headers["ETag"]
    assert page.get(address, headers={"If-None-Match": tag}).status == 304
    a_next_step(session, person, coach, TODAY + 2 * DAY)
    assert page.get(address, headers={"If-None-Match": tag}).status == 200


def as_a_missing_page(page: PageClient, answer: Page) -> bool:
    """Whether the answer is word for word that of a page there has never been."""
    missing = page.get("/kalender/" + "b" * 43 + ".ics")
    return answer.status == missing.status == 404 and answer.words == missing.words


def test_a_revoked_key_is_a_missing_page(session: Session, coach: Account, page: PageClient) -> None:
    address = feed_of(session, coach)
    end_feed(act_as(coach))
    session.commit()
    assert as_a_missing_page(page, page.get(address))


def test_a_key_opens_nothing_after_ninety_days(session: Session, coach: Account, page: PageClient) -> None:
    address = feed_of(session, coach)
    feed = the_feed(session)
    assert timedelta(days=89) < feed.expires_at - clock.now() <= timedelta(days=90)
    feed.expires_at = clock.now() - timedelta(seconds=1)
    session.commit()
    assert as_a_missing_page(page, page.get(address))


def test_a_new_address_ends_the_old_one(session: Session, coach: Account, page: PageClient) -> None:
    old, new = feed_of(session, coach), feed_of(session, coach)
    assert as_a_missing_page(page, page.get(old))
    assert page.get(new).status == 200


def test_whoever_may_no_more_has_no_feed(
    session: Session, coach: Account, unit: Unit, page: PageClient
) -> None:
    address = feed_of(session, coach)
    session.scalars(
        select(Membership).where(Membership.account_id == coach.id)
    ).one().role_code = "lss_handler"
    session.commit()
    assert as_a_missing_page(page, page.get(address))


def test_a_closed_account_has_no_feed(session: Session, coach: Account, page: PageClient) -> None:
    address = feed_of(session, coach)
    coach.disabled_at = clock.now()
    session.commit()
    assert as_a_missing_page(page, page.get(address))


@pytest.mark.parametrize("token", ["", "x", "å" * 43, "%00", "a" * 5000, "../../etc"])
def test_an_odd_key_is_a_missing_page(page: PageClient, session: Session, token: str) -> None:
    assert page.get(f"/kalender/{token}.ics").status == 404


def test_the_key_is_stored_as_a_digest_alone(session: Session, coach: Account) -> None:
    token = begin_feed(act_as(coach))
    session.flush()
    assert token not in " ".join(map(str, vars(the_feed(session)).values()))


@pytest.mark.parametrize("role", [Role.LSS_HANDLER, Role.UNIT_MANAGER])
def test_others_are_offered_no_feed(unit: Unit, sign_in: SignIn, role: Role) -> None:
    browser = sign_in(an_account(role, unit if role is Role.UNIT_MANAGER else None))
    assert browser.get("/konto/kalender").status == 403


def test_the_address_is_made_on_the_page_and_shown_once(
    session: Session, coach: Account, sign_in: SignIn
) -> None:
    browser = sign_in(coach)
    shown = browser.submit("/konto/kalender", {})
    (code,) = shown.select("main code")
    address = code.get_text().partition("/kalender/")[2]
    assert browser.get(f"/kalender/{address}").status == 200
    assert address not in browser.get("/konto/kalender").text


def test_the_address_can_be_taken_away_on_the_page(session: Session, coach: Account, sign_in: SignIn) -> None:
    browser = sign_in(coach)
    browser.submit("/konto/kalender", {})
    answer = browser.submit("/konto/kalender", {}, css="form[action$=ta-bort]")
    assert "Adressen är borttagen" in answer.text
    assert the_feed(session).revoked_at is not None


def test_the_list_of_what_is_due_leads_to_the_calendar(coach: Account, sign_in: SignIn) -> None:
    assert sign_in(coach).get("/uppfoljning").select('a[href="/konto/kalender"]')


def test_every_kind_of_deadline_has_a_title() -> None:
    assert {TITLES[HAPPENINGS[kind]] for kind in DueKind} <= set(TITLES.values())
