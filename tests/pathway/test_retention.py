"""The queue of jobs: who is to ask whom, whatever happens to those who asked; each voice for itself."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.link_operations import renewals
from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.core.outbox import OutboxMessage
from aktema.pathway import retention_operations as operations
from aktema.pathway import retention_queries as queries
from aktema.pathway.outcome_models import Employment, RetentionCheck
from aktema.pathway.permissions import FOLLOW_UP_JOB, READ_OUTCOMES
from aktema.pathway.retention_operations import CheckFacts
from aktema.pathway.retention_page import moments_of, retention_tasks
from aktema.pathway.rules.outcome import EmploymentEnd
from aktema.pathway.rules.retention import RetentionDue
from aktema.people.models import Participant
from aktema.plans.rules.calendar import add_months
from aktema.steps.models import Step
from tests.conftest import QueryCount
from tests.support.employers import a_contact
from tests.support.lines import last_line
from tests.support.links import a_link
from tests.support.outcomes import a_job, with_a_supervisor
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment

SignIn = Callable[[Account], PageClient]
TODAY, DAY = clock.today(), timedelta(days=1)
QUEUE = "/uppfoljning/jobb"
STILL = CheckFacts(was_reached=True, is_still=True, weekly_minutes=1200)


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit, name="Kim Coach")


@pytest.fixture
def person(coach: Account, unit: Unit) -> Participant:
    return a_participant(coach=coach, unit=unit)


@pytest.fixture
def job(person: Participant) -> Employment:
    """A job of a week: its first moment is due today."""
    return a_job(person)


def of(job: Employment, path: str = "") -> str:
    return f"{QUEUE}/{job.public_id}{path}"


def owed(account: Account, today: date = TODAY) -> list[str]:
    return [one.due.value for one in queries.owed_checks(act_as(account), today)]


# Whose it is


def test_the_coach_asks_while_there_is_one(coach: Account, unit: Unit, job: Employment) -> None:
    coordinator, manager = an_account(Role.COORDINATOR, unit), an_account(Role.UNIT_MANAGER, unit)
    an_assignment(job.participant, kind="coordinator", account=coordinator, unit=unit)
    assert (owed(coach), owed(coordinator), owed(manager)) == (["week_1"], [], [])
    assert queries.who_asks(job.participant) == "Kim Coach"


def test_the_coordinator_asks_where_the_coach_has_left(
    coach: Account, unit: Unit, job: Employment, session: Session
) -> None:
    coordinator = an_account(Role.COORDINATOR, unit, name="Robin")
    an_assignment(job.participant, kind="coordinator", account=coordinator, unit=unit)
    job.participant.assignments[0].to_date = TODAY - DAY
    job.participant.assignments[0].from_date = TODAY - 9 * DAY
    session.flush()
    assert (owed(coach), owed(coordinator), queries.who_asks(job.participant)) == ([], ["week_1"], "Robin")


def ways_to_leave(coach: Account, unit: Unit, person: Participant) -> dict[str, Callable[[], None]]:
    def ends() -> None:
        person.assignments[0].from_date = TODAY - 9 * DAY
        person.assignments[0].to_date = TODAY - DAY

    def is_shut_out() -> None:
        coach.disabled_at = clock.now()

    def loses_the_post() -> None:
        coach.memberships[0].from_date = TODAY - 9 * DAY
        coach.memberships[0].to_date = TODAY - DAY

    def person_is_closed() -> None:
        ends()
        person.closed_on = TODAY

    def unit_is_closed() -> None:
        ends()
        unit.closed_on = TODAY

    return {
        "ends": ends,
        "is_shut_out": is_shut_out,
        "loses_the_post": loses_the_post,
        "person_is_closed": person_is_closed,
        "unit_is_closed": unit_is_closed,
    }


@pytest.mark.parametrize(
    "way", ["ends", "is_shut_out", "loses_the_post", "person_is_closed", "unit_is_closed"]
)
def test_the_manager_of_the_last_unit_asks_where_nobody_else_is_left(
    coach: Account, unit: Unit, job: Employment, session: Session, way: str
) -> None:
    manager, elsewhere = an_account(Role.UNIT_MANAGER, unit), an_account(Role.UNIT_MANAGER, a_unit())
    ways_to_leave(coach, unit, job.participant)[way]()
    session.flush()
    assert (owed(manager), owed(elsewhere)) == (["week_1"], [])
    assert queries.who_asks(job.participant) == unit.name


def leaves(manager: Account) -> None:
    manager.memberships[0].from_date = TODAY - 9 * DAY
    manager.memberships[0].to_date = TODAY - DAY


def is_disabled(manager: Account) -> None:
    manager.disabled_at = clock.now()


@pytest.mark.parametrize("goes", [leaves, is_disabled])
@pytest.mark.parametrize("way", ["ends", "unit_is_closed"])
def test_every_manager_asks_where_the_last_unit_has_none(
    coach: Account, unit: Unit, job: Employment, session: Session, way: str, goes: Callable[[Account], None]
) -> None:
    gone = an_account(Role.UNIT_MANAGER, unit)
    others = [an_account(Role.UNIT_MANAGER, a_unit()) for _number in range(2)]
    stranger = an_account(Role.COORDINATOR, a_unit())
    ways_to_leave(coach, unit, job.participant)[way]()
    goes(gone)
    session.flush()
    assert [owed(one) for one in (*others, stranger)] == [["week_1"], ["week_1"], []]
    assert queries.who_asks(job.participant) == "Någon av enhetscheferna"


@pytest.mark.parametrize(
    ("kind", "asked"), [("municipal", (["week_1"], "Någon av enhetscheferna")), ("private", ([], ""))]
)
def test_the_municipalitys_managers_ask_about_somebody_who_never_had_a_unit(
    session: Session, kind: str, asked: tuple[list[str], str]
) -> None:
    job, manager = a_job(a_participant()), an_account(Role.UNIT_MANAGER, a_unit(kind=kind))
    session.commit()
    assert (owed(manager), queries.who_asks(job.participant)) == asked


def test_no_other_manager_asks_while_a_coach_without_a_unit_does(session: Session) -> None:
    coach = an_account(Role.JOB_COACH, a_unit(), name="Kim Coach")
    job = a_job(a_participant(coach=coach))
    manager = an_account(Role.UNIT_MANAGER, a_unit())
    assert (owed(coach), owed(manager), queries.who_asks(job.participant)) == (["week_1"], [], "Kim Coach")


def test_where_nobody_manages_anything_nobody_is_named(
    coach: Account, unit: Unit, job: Employment, session: Session
) -> None:
    ways_to_leave(coach, unit, job.participant)["ends"]()
    session.flush()
    assert (owed(coach), queries.who_asks(job.participant)) == ([], "")


def test_the_queue_follows_the_person_to_another_provider(
    coach: Account, unit: Unit, job: Employment, session: Session
) -> None:
    there = a_unit("Björken", "private")
    old, new = an_account(Role.UNIT_MANAGER, unit), an_account(Role.UNIT_MANAGER, there)
    coach.disabled_at = clock.now()
    job.participant.assignments[0].from_date = TODAY - 9 * DAY
    job.participant.assignments[0].to_date = TODAY - DAY
    an_assignment(job.participant, kind="provider", unit=there)
    session.flush()
    assert (owed(old), owed(new)) == ([], ["week_1"])


def test_a_closed_person_is_asked_all_the_same(coach: Account, job: Employment, session: Session) -> None:
    job.participant.closed_on = TODAY
    session.flush()
    assert owed(coach) == ["week_1"]


def test_the_manager_who_has_to_ask_can_write_it_though_the_person_is_in_no_unit(
    sign_in: SignIn, coach: Account, unit: Unit, job: Employment, session: Session
) -> None:
    manager = an_account(Role.UNIT_MANAGER, unit)
    ways_to_leave(coach, unit, job.participant)["person_is_closed"]()
    session.commit()
    browser = sign_in(manager)
    assert "Alva Ek" in browser.get(QUEUE).words
    browser.submit(of(job), {"situation": "still", "weekly_minutes": "15"})
    assert session.execute(select(RetentionCheck.is_still_employed, RetentionCheck.weekly_minutes)).one() == (
        True,
        900,
    )


def test_a_stranger_finds_nothing(sign_in: SignIn, job: Employment, session: Session) -> None:
    session.commit()
    browser = sign_in(an_account(Role.JOB_COACH, a_unit()))
    assert (browser.get(of(job)).status, "Alva" in browser.get(QUEUE).words) == (404, False)


# When


@pytest.mark.parametrize(
    ("months", "due"), [(1, "month_1"), (3, "month_3"), (6, "month_6"), (12, "month_12"), (24, "month_24")]
)
def test_the_queue_asks_again_at_every_moment(coach: Account, job: Employment, months: int, due: str) -> None:
    day = add_months(job.from_date, months)
    assert owed(coach, day) == [due]


def test_the_queue_agrees_with_the_rule_on_every_day(coach: Account, job: Employment) -> None:
    for number in range(0, 800, 13):
        day = job.from_date + number * DAY
        due = queries.rules.owed(job.from_date, job.to_date, [], day)
        assert owed(coach, day) == ([due.value] if due else []), day


def test_an_answered_moment_leaves_the_queue_until_the_next(coach: Account, job: Employment) -> None:
    operations.record_check(act_as(coach), job, RetentionDue.WEEK_1, STILL)
    assert (owed(coach), owed(coach, add_months(job.from_date, 1))) == ([], ["month_1"])


def test_who_was_not_reached_stays_in_the_queue(coach: Account, job: Employment, session: Session) -> None:
    operations.record_check(act_as(coach), job, RetentionDue.WEEK_1, CheckFacts(was_reached=False))
    assert (owed(coach), session.scalars(select(RetentionCheck.was_reached)).all()) == (["week_1"], [False])
    assert last_line()[2] == "Vi ville fråga hur jobbet går. Vi nådde ingen."
    operations.record_check(act_as(coach), job, RetentionDue.WEEK_1, STILL)
    assert owed(coach) == []


def test_an_ended_job_is_asked_about_no_more(coach: Account, person: Participant) -> None:
    a_job(person, from_date=TODAY - 40 * DAY, to_date=TODAY - DAY)
    assert owed(coach) == []


def test_the_longest_due_comes_first_and_the_late_are_marked(coach: Account, person: Participant) -> None:
    a_job(person)
    a_job(person, from_date=add_months(TODAY - 20 * DAY, -3))
    found = retention_tasks(act_as(coach), TODAY, 25)
    assert [one.tag for one in found] == ["Sen", ""]


def test_what_comes_soon_can_be_asked_already_and_is_no_task_yet(coach: Account, person: Participant) -> None:
    a_job(person, from_date=add_months(TODAY + 10 * DAY, -3))
    assert (owed(coach), retention_tasks(act_as(coach), TODAY, 25)) == (["month_3"], [])


# What was found out


def test_a_job_that_has_ended_is_ended_by_the_answer(
    coach: Account, job: Employment, session: Session
) -> None:
    ended = CheckFacts(was_reached=True, is_still=False, last_day=TODAY - DAY, reason=EmploymentEnd.TRAVEL)
    operations.record_check(act_as(coach), job, RetentionDue.WEEK_1, ended)
    assert (job.to_date, job.end_reason, owed(coach, add_months(TODAY, 3))) == (TODAY - DAY, "travel", [])
    assert len(session.scalars(select(Step)).all()) == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (CheckFacts(was_reached=True), "is_still"),
        (CheckFacts(was_reached=True, is_still=False), "last_day"),
        (CheckFacts(was_reached=True, is_still=False, last_day=TODAY + DAY), "last_day"),
        (CheckFacts(was_reached=True, is_still=False, last_day=TODAY), "reason"),
    ],
)
def test_half_an_answer_is_refused(coach: Account, job: Employment, facts: CheckFacts, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        operations.record_check(act_as(coach), job, RetentionDue.WEEK_1, facts)
    assert refused.value.field == field


def test_a_moment_is_answered_once_and_no_other_for_it(coach: Account, job: Employment) -> None:
    identity = act_as(coach)
    with pytest.raises(DomainError):
        operations.record_check(identity, job, RetentionDue.MONTH_3, STILL)
    operations.record_check(identity, job, RetentionDue.WEEK_1, STILL)
    with pytest.raises(DomainError):
        operations.record_check(identity, job, RetentionDue.WEEK_1, STILL)


def test_the_form_keeps_what_was_typed_where_something_lacks(
    sign_in: SignIn, coach: Account, job: Employment, session: Session
) -> None:
    session.commit()
    page = sign_in(coach).submit(of(job), {"situation": "ended", "support": "Ringer varje vecka"})
    assert (page.status, "Ringer varje vecka" in page.text) == (422, True)
    assert "Skriv vilken dag som var den sista" in page.words


def test_who_opens_the_moment_leaves_a_trace(
    sign_in: SignIn, coach: Account, job: Employment, session: Session
) -> None:
    session.commit()
    sign_in(coach).get(of(job))
    read = select(AccessEntry.participant_id).where(AccessEntry.act == FOLLOW_UP_JOB.code)
    assert session.scalars(read).all() == [job.participant_id]


def test_before_the_first_moment_there_is_nothing_to_answer(
    sign_in: SignIn, coach: Account, person: Participant, session: Session
) -> None:
    job = a_job(person, from_date=TODAY)
    session.commit()
    assert sign_in(coach).get(of(job)).status == 404


def test_a_job_that_has_not_begun_says_from_when_it_is_asked_about(
    sign_in: SignIn, coach: Account, person: Participant, session: Session
) -> None:
    job = a_job(person, from_date=TODAY + 10 * DAY)
    session.commit()
    page = sign_in(coach).get(f"/deltagare/{person.public_id}/jobb/{job.outcome.public_id}")
    assert not page.select("a[href*='/uppfoljning/jobb/']")
    assert "Det går att fråga hur det går från" in page.words


# The voices


def test_what_the_employer_tapped_stands_beside_what_the_person_said(
    sign_in: SignIn, page: PageClient, coach: Account, person: Participant, session: Session
) -> None:
    job = with_a_supervisor(person)
    _link, token = a_link(Purpose.RETENTION, job.id, account=coach)
    session.commit()
    answered = page.submit(f"/jobbet/{token}", {"answer": "talk"})
    assert "Ni har svarat att ni vill prata" in answered.words
    assert last_line() == ("employer", "Arbetsgivaren vill prata om jobbet", "Jobbet ville prata med oss.")
    browser = sign_in(coach)
    assert "Arbetsgivaren vill prata om jobbet" in browser.get(QUEUE).words
    browser.submit(of(job), {"situation": "still", "wellbeing": "4"})
    row = moments_of(job, TODAY)[0]
    assert (row.person, row.employer) == (
        "Mycket bra (berättat för den som frågade)",
        "Vill prata (med länk)",
    )


def test_opening_the_employers_page_changes_nothing(
    page: PageClient, coach: Account, person: Participant, session: Session
) -> None:
    job = with_a_supervisor(person)
    _link, token = a_link(Purpose.RETENTION, job.id, account=coach)
    session.commit()
    words = page.get(f"/jobbet/{token}").words
    assert ("Lindas bageri" in words, "Alva" in words) == (True, False)
    assert session.scalars(select(RetentionCheck)).all() == []


def test_that_the_employers_page_was_opened_leaves_a_trace(
    page: PageClient, coach: Account, person: Participant, session: Session
) -> None:
    job = with_a_supervisor(person)
    _link, token = a_link(Purpose.RETENTION, job.id, account=coach)
    session.commit()
    page.get(f"/jobbet/{token}")
    read = select(AccessEntry).where(AccessEntry.kind == "read", AccessEntry.participant_id == person.id)
    entry = session.scalars(read).one()
    assert (entry.act, entry.account_id, entry.detail) == ("outcome.follow_up", None, "link:retention")


def test_an_employer_who_is_too_late_is_thanked(
    page: PageClient, coach: Account, person: Participant, session: Session
) -> None:
    job = with_a_supervisor(person, from_date=TODAY - 40 * DAY, to_date=TODAY - DAY)
    link, token = a_link(Purpose.RETENTION, job.id, account=coach)
    session.commit()
    assert "Frågan gäller inte längre" in page.get(f"/jobbet/{token}").words
    with pytest.raises(DomainError):
        operations.answer_by_link(link, job, is_well=True)


def test_the_supervisor_is_asked_by_mail_and_the_mail_names_nobody(
    sign_in: SignIn, coach: Account, person: Participant, session: Session
) -> None:
    job = with_a_supervisor(person)
    session.commit()
    page = sign_in(coach).submit(of(job), {}, css="form[action$=fraga-arbetsgivaren]")
    assert "Länken är på väg till Linda Ask" in page.words
    message = session.scalars(select(OutboxMessage)).one()
    assert "/jobbet/" in str(message.body)
    assert "Alva" not in f"{message.subject} {message.body}"


def test_a_lost_link_is_sent_anew_while_there_is_something_to_answer(
    coach: Account, person: Participant, session: Session
) -> None:
    job = with_a_supervisor(person)
    contact = a_contact(email="ask@example.se")
    link, _token = a_link(Purpose.RETENTION, job.id, contact=contact, account=coach)
    renewals[Purpose.RETENTION](link)
    asked = f"Frågade {contact.name} hur det går på jobbet"
    assert last_line() == ("employer", asked, "Vi har frågat jobbet hur det går.")
    operations.record_check(act_as(coach), job, RetentionDue.WEEK_1, STILL)
    renewals[Purpose.RETENTION](link)
    assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_before_the_first_moment_no_employer_is_asked(coach: Account, person: Participant) -> None:
    with pytest.raises(DomainError):
        operations.ask_employer(act_as(coach), with_a_supervisor(person, from_date=TODAY))


def test_a_link_about_no_job_opens_nothing(page: PageClient, coach: Account, session: Session) -> None:
    _link, token = a_link(Purpose.RETENTION, 999_999, account=coach)
    session.commit()
    assert page.get(f"/jobbet/{token}").status == 404


def test_of_somebody_protected_nothing_is_sent(coach: Account, person: Participant) -> None:
    job = with_a_supervisor(person)
    person.has_protected_identity = True
    with pytest.raises(DomainError):
        operations.ask_employer(act_as(coach), job)


def test_where_nobody_can_be_written_to_the_coach_calls(coach: Account, job: Employment) -> None:
    with pytest.raises(DomainError):
        operations.ask_employer(act_as(coach), job)


def test_what_was_said_by_themselves_is_not_written_over(
    coach: Account, job: Employment, session: Session
) -> None:
    check = RetentionCheck(
        employment=job,
        due="week_1",
        asked_on=TODAY,
        was_reached=False,
        wellbeing=1,
        wellbeing_how="own_page",
        employer_says_well=False,
        employer_how="link",
        account_id=coach.id,
    )
    session.add(check)
    told = CheckFacts(was_reached=True, is_still=True, wellbeing=4, employer_says_well=True)
    operations.record_check(act_as(coach), job, RetentionDue.WEEK_1, told)
    assert (check.wellbeing, check.employer_says_well, check.is_still_employed) == (1, False, True)


# Figures


def test_the_figures_count_and_never_average(coach: Account, person: Participant) -> None:
    a_job(person, from_date=add_months(TODAY, -4), to_date=add_months(TODAY, -2))
    a_job(person, from_date=add_months(TODAY, -4))
    still = a_job(person, from_date=add_months(TODAY, -3))
    operations.record_check(act_as(coach), still, RetentionDue.MONTH_3, STILL)
    found = queries.counts(act_as(coach), READ_OUTCOMES, TODAY)
    assert [(one.still, one.ended, one.not_asked) for one in found] == [
        (1, 1, 1),
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
    ]


@pytest.mark.parametrize("amount", [20, 80])
def test_the_queue_takes_a_constant_number_of_statements(
    sign_in: SignIn, coach: Account, session: Session, queries: QueryCount, amount: int
) -> None:
    for number in range(amount):
        a_job(a_participant(coach=coach, first_name=f"Person{number}"), account=coach)
    session.commit()
    session.expire_all()
    browser = sign_in(coach)
    queries.statements.clear()
    page = browser.get(QUEUE)
    assert (page.status, len(page.select("li.task"))) == (200, amount)
    assert len(queries) <= 12, queries.statements
