"""The managers' mail on Mondays: figures of the own unit, no names, once a week, and only where it is wanted."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.access.models import Account, Unit
from aktema.access.notice_codes import NoticeKind
from aktema.access.notice_models import DeclinedNotice
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.outbox import OutboxMessage
from aktema.home.digest import Figures, figures_for, send_digests
from aktema.pathway.models import Introduction
from aktema.pathway.retention_operations import CheckFacts, record_check
from aktema.pathway.rules.retention import RetentionDue
from aktema.people.models import Participant
from aktema.plans.rules.calendar import add_months
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.models import NextStep
from aktema.steps.operations import StepFacts, record_fact
from tests.conftest import QueryCount
from tests.support.employers import a_placement
from tests.support.mail import post
from tests.support.outcomes import a_job
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.trials import a_trial

MONDAY = datetime(2027, 3, 8, 8, 0, tzinfo=UTC)
TODAY, DAY = clock.today(), timedelta(days=1)
Clock = Callable[[datetime], None]


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def manager(unit: Unit) -> Account:
    return an_account(Role.UNIT_MANAGER, unit)


@pytest.fixture
def person(unit: Unit) -> Participant:
    """Somebody registered long ago."""
    found = a_participant(coach=an_account(Role.JOB_COACH, unit), unit=unit, first_name="Kanariefågel")
    found.created_at = clock.now() - timedelta(days=90)
    return found


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.kind)))


# When


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (MONDAY.replace(hour=4), 0),
        (MONDAY, 1),
        (MONDAY + timedelta(days=3), 1),
    ],
)
def test_it_is_sent_from_monday_morning_on(
    session: Session, manager: Account, set_clock: Clock, moment: datetime, sent: int
) -> None:
    set_clock(moment)
    send_digests()
    assert len(kinds(session)) == sent


def test_it_is_sent_once_a_week(session: Session, manager: Account, set_clock: Clock) -> None:
    for hours in (0, 1, 24, 24 * 7):
        set_clock(MONDAY + timedelta(hours=hours))
        send_digests()
    assert kinds(session) == ["digest", "digest"]


def test_whoever_does_not_want_it_gets_none(session: Session, manager: Account, set_clock: Clock) -> None:
    session.add(DeclinedNotice(account_id=manager.id, kind=NoticeKind.DIGEST.value))
    set_clock(MONDAY)
    send_digests()
    assert kinds(session) == []


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.COORDINATOR])
def test_only_managers_get_it(session: Session, unit: Unit, set_clock: Clock, role: Role) -> None:
    an_account(role, unit)
    set_clock(MONDAY)
    send_digests()
    assert kinds(session) == []


def test_it_names_nobody(session: Session, manager: Account, person: Participant, set_clock: Clock) -> None:
    set_clock(MONDAY)
    send_digests()
    (parcel,) = post().parcels
    assert "1 person har ingen träffat på 30 dagar" in parcel.body
    assert "0 platser utan lön väntar på frågan om de kan bli ett jobb" in parcel.body
    assert "Kanariefågel" not in parcel.body


# What is counted


def figures(manager: Account) -> Figures:
    return figures_for(act_as(manager), TODAY)


def a_step(person: Participant, kind: ContactType, place: StepPlace, days_ago: int = 3) -> None:
    facts = StepFacts(
        contact_type=kind, happened_on=TODAY - days_ago * DAY, minutes=5, place=place, line="Hej"
    )
    record_fact(person.assignments[0].account_id or 0, person.id, facts)


@pytest.mark.parametrize(
    ("kind", "place", "days_ago", "unmet"),
    [
        (ContactType.TALK_WITH_PERSON, StepPlace.OFFICE, 3, 0),
        (ContactType.ON_SITE_SUPPORT, StepPlace.WORKPLACE, 30, 0),
        (ContactType.TALK_WITH_PERSON, StepPlace.OFFICE, 31, 1),
        (ContactType.TALK_WITH_PERSON, StepPlace.PHONE, 3, 1),
        (ContactType.EMPLOYER_VISIT, StepPlace.WORKPLACE, 3, 1),
        (ContactType.EMPLOYER_ANSWERED, StepPlace.OFFICE, 3, 1),
    ],
)
def test_met_is_who_was_there(
    manager: Account, person: Participant, kind: ContactType, place: StepPlace, days_ago: int, unmet: int
) -> None:
    a_step(person, kind, place, days_ago)
    assert figures(manager).unmet == unmet


def test_another_units_people_are_not_counted(session: Session, manager: Account) -> None:
    elsewhere = a_unit()
    other = a_participant(coach=an_account(Role.JOB_COACH, elsewhere), unit=elsewhere)
    other.created_at = clock.now() - timedelta(days=90)
    session.flush()
    assert figures(manager) == Figures(overdue=0, silent=0, unmet=0, unasked=0)


@pytest.mark.parametrize(("due_on", "overdue"), [(TODAY - DAY, 1), (TODAY, 0)])
def test_late_next_steps_are_counted(
    session: Session, manager: Account, person: Participant, due_on: date, overdue: int
) -> None:
    step = NextStep(participant_id=person.id, account_id=person.assignments[0].account_id or 0, due_on=due_on)
    step.line = "Ring"
    session.add(step)
    session.flush()
    assert figures(manager).overdue == overdue


@pytest.mark.parametrize(("days", "overdue"), [(14, 0), (15, 1)])
def test_follow_ups_at_work_that_are_late_are_counted(
    manager: Account, person: Participant, days: int, overdue: int
) -> None:
    job = a_job(person, from_date=add_months(TODAY, -4))
    today = add_months(job.from_date, 3) + days * DAY
    assert figures_for(act_as(manager), today).overdue == overdue


def test_a_follow_up_at_work_that_falls_to_the_manager_is_counted(
    session: Session, manager: Account, person: Participant
) -> None:
    a_job(person, from_date=add_months(TODAY, -4))
    for one in person.assignments:
        one.from_date, one.to_date = TODAY - 9 * DAY, TODAY - DAY
    session.flush()
    assert figures(manager).overdue == 1


def test_answered_ended_and_other_units_jobs_are_not_late(
    session: Session, manager: Account, person: Participant
) -> None:
    there = a_unit()
    elsewhere = a_participant(coach=an_account(Role.JOB_COACH, there), unit=there)
    a_job(elsewhere, from_date=add_months(TODAY, -4))
    a_job(person, from_date=add_months(TODAY, -4), to_date=TODAY - DAY)
    answered = a_job(person, from_date=add_months(TODAY, -4))
    coach = session.get_one(Account, person.assignments[0].account_id)
    still = CheckFacts(was_reached=True, is_still=True)
    record_check(act_as(coach), answered, RetentionDue.MONTH_3, still)
    assert figures(manager).overdue == 0


@pytest.mark.parametrize(("months", "unasked"), [(5, 0), (6, 1), (9, 1)])
def test_places_without_pay_whose_question_waits_are_counted(
    manager: Account, person: Participant, months: int, unasked: int
) -> None:
    first = add_months(TODAY, -months)
    a_trial(person, a_placement(), kind="workplace_placement", from_date=first, to_date=TODAY + DAY)
    assert figures(manager).unasked == unasked


def test_the_figures_take_a_constant_number_of_statements(
    session: Session, manager: Account, unit: Unit, queries: QueryCount
) -> None:
    found = []
    coach = an_account(Role.JOB_COACH, unit)
    for amount in (2, 8):
        for _number in range(amount):
            one = a_participant(coach=coach, unit=unit)
            a_job(one, from_date=add_months(TODAY, -4))
            a_trial(
                one,
                a_placement(),
                kind="workplace_placement",
                from_date=add_months(TODAY, -7),
                to_date=TODAY + DAY,
            )
        identity = act_as(manager)
        session.flush()
        queries.statements.clear()
        figures_for(identity, TODAY)
        found.append(len(queries))
    assert found[0] == found[1]


def a_question(session: Session, person: Participant, sent_on: date, **values: Any) -> None:
    """A question sent to an employer, with the person's consent."""
    coach_id, placement = person.assignments[0].account_id or 0, a_placement()
    consent = Consent(
        participant_id=person.id,
        receiver_id=placement.employer_id,
        purpose="introduction",
        fields="name",
        from_date=sent_on,
        to_date=TODAY,
        given_by="person",
        channel="speech",
        account_id=coach_id,
    )
    session.add(consent)
    session.flush()
    asked = Introduction(
        participant_id=person.id,
        placement_id=placement.id,
        account_id=coach_id,
        asked_on=sent_on,
        consent_id=consent.id,
        sent_on=sent_on,
        **values,
    )
    asked.card = "{}"
    session.add(asked)
    session.flush()


@pytest.mark.parametrize(
    ("values", "silent"),
    [
        ({"sent_on": TODAY}, 0),
        ({"sent_on": TODAY - 9 * DAY}, 1),
        ({"sent_on": TODAY - 9 * DAY, "employer_answer": "yes", "employer_answered_on": TODAY}, 0),
        ({"sent_on": TODAY - 20 * DAY, "closed_on": TODAY - DAY, "closed_reason": "employer_silent"}, 1),
        ({"sent_on": TODAY - 30 * DAY, "closed_on": TODAY - 9 * DAY, "closed_reason": "employer_silent"}, 0),
    ],
)
def test_employers_who_have_not_answered_are_counted(
    session: Session, manager: Account, person: Participant, values: dict[str, Any], silent: int
) -> None:
    a_question(session, person, **values)
    assert figures(manager).silent == silent
