"""How it goes, told with one tap by both sides; who wants to talk; whether a placement could be a job."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import renewals
from aktema.access.models import AccessEntry, Account
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.core.markup import near_day
from aktema.core.outbox import OutboxMessage
from aktema.employers.models import Placement
from aktema.pathway.check_in_codes import CheckInAnswer, JobAnswer, ToldHow
from aktema.pathway.check_in_operations import CheckInFacts, answer_job_question, ask_employers, check_in
from aktema.pathway.check_in_page import check_in_tasks, check_ins_view, job_question_tasks
from aktema.pathway.check_in_queries import due_now, job_question_due, job_questions_of
from aktema.pathway.permissions import CHECK_IN
from aktema.pathway.rules.check_ins import CheckInDue
from aktema.pathway.trial_models import CheckIn, JobQuestion, Trial
from aktema.pathway.trial_states import Party
from aktema.steps.models import Step
from tests.conftest import QueryCount
from tests.support.employers import a_placement, a_workplace, an_employer
from tests.support.lines import last_line
from tests.support.page import PageClient
from tests.support.people import act_as
from tests.support.people_builders import an_assignment
from tests.support.signatures import Stay, a_stay
from tests.support.trials import a_trial, a_version, sign_all

SignIn = Callable[[Account], PageClient]
DAY = timedelta(days=1)
ASKED = "Frågade Linda Ask hur det går på ”Hjälpa till i bageriet”."
LONG_AGO = clock.today() - 190 * DAY


@pytest.fixture
def stay(session: Session) -> Stay:
    return a_stay(to_date=clock.today() + 60 * DAY)


def said(session: Session) -> list[tuple[str, str, str, str]]:
    session.expire_all()
    found = session.scalars(select(CheckIn).order_by(CheckIn.id))
    return [(one.due, one.party, one.answer, one.how) for one in found]


def talk(stay: Stay) -> CheckIn:
    facts = CheckInFacts(party=Party.EMPLOYER, answer=CheckInAnswer.TALK, how=ToldHow.LINK, words="Ring mig.")
    return check_in(stay.trial, facts, CHECK_IN)


def test_both_sides_answer_with_one_tap(
    sign_in: SignIn, page: PageClient, stay: Stay, session: Session
) -> None:
    sign_in(stay.who.account).submit(stay.own(), {"answer": "well"}, css="form:has(.picture-keys)")
    page.submit(f"/avstamning/{stay.link(Purpose.CHECK_IN)}", {"answer": "talk", "words": "Ring gärna."})
    assert said(session) == [("day_1", "person", "well", "own_page"), ("day_1", "employer", "talk", "link")]


def test_opening_the_link_answers_nothing(page: PageClient, stay: Stay, session: Session) -> None:
    page.get(f"/avstamning/{stay.link(Purpose.CHECK_IN)}")
    assert said(session) == []


def test_neither_button_is_no_answer(page: PageClient, stay: Stay, session: Session) -> None:
    answer = page.submit(f"/avstamning/{stay.link(Purpose.CHECK_IN)}", {"words": "Hej"})
    assert (answer.status, said(session)) == (422, [])


def test_a_later_tap_takes_the_place_of_the_first(page: PageClient, stay: Stay, session: Session) -> None:
    path = f"/avstamning/{stay.link(Purpose.CHECK_IN)}"
    page.submit(path, {"answer": "well"})
    answer = page.submit(path, {"answer": "talk"})
    assert said(session) == [("day_1", "employer", "talk", "link")]
    assert "Ert svar: vill prata" in answer.words


def test_whoever_wants_to_talk_is_a_task_until_somebody_has_talked(
    sign_in: SignIn, stay: Stay, session: Session
) -> None:
    identity, today = act_as(stay.coach), clock.today()
    talk(stay)
    session.commit()
    assert [task.tag for task in check_in_tasks(identity, today, 10)] == ["Vill prata"]
    sign_in(stay.coach).submit(stay.path(), {}, css='form[action$="/pratat"]')
    assert check_in_tasks(identity, today, 10) == []
    told = session.scalars(select(Step).order_by(Step.id.desc()).limit(1)).one()
    assert told.line == "Har pratat med arbetsgivaren om hur det går."


def test_a_check_in_is_a_line_in_two_wordings(stay: Stay, session: Session) -> None:
    act_as(stay.coach)
    talk(stay)
    step = session.scalars(select(Step).order_by(Step.id.desc())).first()
    assert step is not None
    assert (step.line, step.own_line) == (
        "Första dagen. Arbetsgivaren: vill prata.",
        "Jobbet ville prata med oss.",
    )
    assert step.actor == "employer"


NOTE = 'form[action$="/avstamning"]'


def test_a_coach_writes_down_what_was_told(sign_in: SignIn, stay: Stay, session: Session) -> None:
    sign_in(stay.coach).submit(stay.path(), {"party": "employer", "answer": "well"}, css=NOTE)
    assert said(session) == [("day_1", "employer", "well", "staff")]


def test_what_a_side_said_itself_stays_when_a_coach_presses_on_an_old_page(
    sign_in: SignIn, stay: Stay, session: Session
) -> None:
    coach = sign_in(stay.coach)
    stale = coach.get(stay.path()).hidden(NOTE)
    act_as(stay.coach)
    talk(stay)
    session.commit()
    answer = coach.post(stay.path("/avstamning"), {**stale, "party": "employer", "answer": "well"})
    assert "De har redan svarat själva." in answer.words
    assert said(session) == [("day_1", "employer", "talk", "link")]
    assert session.scalars(select(CheckIn)).one().words == "Ring mig."


def test_what_a_coach_wrote_down_can_be_written_down_anew(stay: Stay, session: Session) -> None:
    act_as(stay.coach)
    for answer in (CheckInAnswer.WELL, CheckInAnswer.TALK):
        check_in(stay.trial, CheckInFacts(party=Party.PERSON, answer=answer, how=ToldHow.STAFF), CHECK_IN)
    assert said(session) == [("day_1", "person", "talk", "staff")]


def test_what_nobody_can_say_is_left(sign_in: SignIn, stay: Stay, session: Session) -> None:
    answer = sign_in(stay.coach).submit(stay.path(), {"party": "coach", "answer": "well"}, css=NOTE)
    assert (answer.status, said(session)) == (200, [])


def test_nothing_is_asked_before_the_first_day(session: Session) -> None:
    stay = a_stay(from_date=clock.today() + 3 * DAY, to_date=clock.today() + 9 * DAY)
    act_as(stay.coach)
    with pytest.raises(DomainError):
        talk(stay)


def test_what_was_put_off_before_it_began_is_asked_about_from_its_own_first_day(session: Session) -> None:
    today = clock.today()
    stay = a_stay(from_date=today - 28 * DAY, to_date=today + 9 * DAY)
    a_version(stay.trial, from_date=today, to_date=today + 9 * DAY)
    sign_all(stay.trial)
    assert due_now(stay.trial, today) is CheckInDue.DAY_1
    found = check_ins_view(act_as(stay.coach), stay.trial, today)
    assert found is not None
    assert [row.day for row in found.rows] == [near_day(today)]


def test_both_sides_are_shown_beside_each_other(stay: Stay) -> None:
    identity = act_as(stay.coach)
    talk(stay)
    found = check_ins_view(identity, stay.trial, clock.today())
    assert found is not None
    assert [[str(voice.answer) for voice in row.voices] for row in found.rows] == [["", "Vill prata"]]
    assert [one.party for one in found.unanswered] == ["person"]


def test_the_supervisor_is_asked_once(stay: Stay, session: Session) -> None:
    for _hour in range(3):
        ask_employers()
        session.commit()
    messages = session.scalars(select(OutboxMessage)).all()
    assert [one.kind for one in messages] == ["check_in"]


def test_whoever_has_answered_is_not_asked(stay: Stay, session: Session) -> None:
    act_as(stay.coach)
    talk(stay)
    ask_employers()
    assert session.scalars(select(OutboxMessage)).all() == []


def test_of_somebody_kept_secret_nothing_is_asked(stay: Stay, session: Session) -> None:
    stay.person.has_protected_identity = True
    session.commit()
    ask_employers()
    assert session.scalars(select(OutboxMessage)).all() == []


def test_a_lost_link_is_sent_anew(stay: Stay, session: Session) -> None:
    stay.link(Purpose.CHECK_IN)
    renewals[Purpose.CHECK_IN](session.scalars(select(Link)).one())
    assert [one.kind for one in session.scalars(select(OutboxMessage))] == ["check_in"]
    assert last_line() == ("employer", ASKED, "Vi har frågat jobbet hur det går.")


def test_asking_the_supervisor_is_a_line_and_a_trace(stay: Stay, session: Session) -> None:
    ask_employers()
    assert last_line() == ("system", ASKED, "Vi har frågat jobbet hur det går.")
    traced = select(AccessEntry.detail).where(AccessEntry.participant_id == stay.person.id)
    assert session.scalars(traced).all() == ["check_in_link"]


def test_the_coach_sends_the_link_again(sign_in: SignIn, stay: Stay, session: Session) -> None:
    sign_in(stay.coach).submit(stay.path(), {}, css='form[action$="/avstamning/lank"]')
    assert [one.kind for one in session.scalars(select(OutboxMessage))] == ["check_in"]


def test_without_an_address_it_is_said_that_nothing_was_sent(
    sign_in: SignIn, stay: Stay, session: Session
) -> None:
    stay.supervisor.email = ""
    session.commit()
    answer = sign_in(stay.coach).submit(stay.path(), {}, css='form[action$="/avstamning/lank"]')
    assert "Ingen handledare med e-post" in answer.text


def test_the_link_shows_nothing_of_the_person(page: PageClient, session: Session) -> None:
    stay = a_stay(first_name="Zaida", last_name="Qvist")
    text = page.get(f"/avstamning/{stay.link(Purpose.CHECK_IN)}").text
    assert [word for word in ("Zaida", "Qvist", stay.person.public_id) if word in text] == []


def test_an_employer_answers_with_an_account(sign_in: SignIn, stay: Stay, session: Session) -> None:
    path = f"/min-arbetsplats/provplatser/{stay.trial.public_id}"
    sign_in(stay.employer_account()).submit(path, {"answer": "well"})
    assert said(session) == [("day_1", "employer", "well", "signed_in")]


@pytest.fixture
def long_stay(session: Session) -> Stay:
    return a_stay(kind="external_placement", from_date=LONG_AGO, to_date=clock.today() + 60 * DAY)


def test_half_a_year_without_pay_alarms(long_stay: Stay, queries: QueryCount) -> None:
    identity = act_as(long_stay.coach)
    queries.statements.clear()
    tasks = job_question_tasks(identity, clock.today(), 10)
    assert [(task.tone, task.due) for task in tasks] == [("danger", "efter 6 månader utan lön")]
    assert len(queries) == 4


def tasks_of(stay: Stay) -> list[str]:
    return [str(task.due) for task in job_question_tasks(act_as(stay.coach), clock.today(), 10)]


def placed(stay: Stay, first: int, last: int, *, at: Placement | None = None) -> Trial:
    """The person's placement, at the same place unless told, from so many days from today to so many."""
    today = clock.today()
    return a_trial(
        stay.person,
        at or stay.placement,
        kind="workplace_placement",
        from_date=today + first * DAY,
        to_date=today + last * DAY,
        days=False,
    )


@pytest.fixture
def second_stay(session: Session) -> Stay:
    """A placement that began five months ago."""
    today = clock.today()
    return a_stay(kind="workplace_placement", from_date=today - 150 * DAY, to_date=today + 20 * DAY)


def test_a_new_agreement_does_not_begin_the_half_year_anew(second_stay: Stay) -> None:
    assert tasks_of(second_stay) == []
    placed(second_stay, -310, -155)
    assert tasks_of(second_stay) == ["efter 6 månader utan lön"]


def test_another_placement_at_the_same_employer_goes_on_with_the_half_year(second_stay: Stay) -> None:
    placed(second_stay, -310, -155, at=a_placement(a_workplace(second_stay.placement.employer)))
    assert job_question_due(second_stay.trial, clock.today()) == 6


@pytest.mark.parametrize("last", [-182, -200])
def test_a_longer_break_begins_the_half_year_anew(second_stay: Stay, last: int) -> None:
    placed(second_stay, -310, last)
    assert tasks_of(second_stay) == []


def test_another_employers_placement_is_not_added(second_stay: Stay) -> None:
    placed(second_stay, -310, -155, at=a_placement(a_workplace(an_employer("Bokhyllan"))))
    assert tasks_of(second_stay) == []


def test_what_was_broken_off_early_is_not_added(second_stay: Stay) -> None:
    earlier = placed(second_stay, -310, -155)
    earlier.interrupted_on, earlier.interrupted_by = clock.today() - 300 * DAY, "person"
    assert tasks_of(second_stay) == []


def test_what_was_called_off_or_never_signed_is_not_added(second_stay: Stay) -> None:
    earlier = placed(second_stay, -310, -155)
    earlier.cancelled_on, earlier.cancelled_by = clock.today() - 310 * DAY, "person"
    a_trial(
        second_stay.person,
        second_stay.placement,
        signed=False,
        kind="workplace_placement",
        from_date=earlier.begun_on,
        to_date=clock.today() - 155 * DAY,
    )
    assert tasks_of(second_stay) == []


@pytest.mark.parametrize(("days_ago", "tasks"), [(100, []), (250, ["efter 6 månader utan lön"])])
def test_an_answer_about_the_placement_before_counts_where_it_was_due(
    second_stay: Stay, session: Session, days_ago: int, tasks: list[str]
) -> None:
    earlier, asked_on = placed(second_stay, -310, -155), clock.today() - days_ago * DAY
    answer = JobQuestion(trial_id=earlier.id, month=6, answer="later", asked_on=asked_on)
    answer.account_id = second_stay.coach.id
    session.add(answer)
    assert tasks_of(second_stay) == tasks


def test_a_break_written_afterwards_lets_the_same_month_come_again(session: Session) -> None:
    today = clock.today()
    stay = a_stay(kind="workplace_placement", from_date=today - 370 * DAY, to_date=today + 20 * DAY)
    earlier = placed(stay, -540, -371)
    answer = JobQuestion(trial_id=stay.trial.id, month=12, answer="later", asked_on=today - 160 * DAY)
    answer.account_id = stay.coach.id
    session.add(answer)
    assert tasks_of(stay) == []
    earlier.interrupted_on, earlier.interrupted_by = today - 530 * DAY, "person"
    assert tasks_of(stay) == ["efter 12 månader utan lön"]
    answer_job_question(stay.trial, JobAnswer.YES, "", account_id=stay.coach.id)
    assert [one.answer for one in job_questions_of(stay.trial)] == ["yes", "later"]
    assert tasks_of(stay) == []


def test_the_longest_without_pay_come_first_and_those_answered_take_nobodys_place(
    session: Session, queries: QueryCount
) -> None:
    newer, older, answered = (
        a_stay(kind="external_placement", from_date=clock.today() - days * DAY, to_date=clock.today())
        for days in (190, 250, 300)
    )
    for one in (older, answered):
        an_assignment(one.person, account=newer.coach)
    identity = act_as(newer.coach)
    answer_job_question(answered.trial, JobAnswer.LATER, "", account_id=newer.coach.id)
    session.expire_all()
    queries.statements.clear()
    assert [task.participant for task in job_question_tasks(identity, clock.today(), 1)] == [older.person]
    assert len(queries) == 4


def test_the_answer_ends_the_alarm(sign_in: SignIn, long_stay: Stay, session: Session) -> None:
    browser = sign_in(long_stay.coach)
    assert "Praktik utan lön i mer än 6 månader" in browser.get(long_stay.path()).words
    page = browser.submit(long_stay.path("/jobbfragan"), {"answer": "later", "words": "Efter sommaren."})
    assert ("Kanske längre fram. Efter sommaren." in page.words, "utan lön i mer än" in page.words) == (
        True,
        False,
    )
    one = session.scalars(select(JobQuestion)).one()
    assert (one.month, one.answer) == (6, "later")


def test_the_question_has_one_answer_each_half_year(long_stay: Stay) -> None:
    act_as(long_stay.coach)
    answer_job_question(long_stay.trial, JobAnswer.YES, "", account_id=long_stay.coach.id)
    with pytest.raises(DomainError):
        answer_job_question(long_stay.trial, JobAnswer.YES, "", account_id=long_stay.coach.id)
