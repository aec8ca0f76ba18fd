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
from aktema.core.outbox import OutboxMessage
from aktema.pathway.check_in_codes import CheckInAnswer, JobAnswer, ToldHow
from aktema.pathway.check_in_operations import CheckInFacts, answer_job_question, ask_employers, check_in
from aktema.pathway.check_in_page import check_in_tasks, check_ins_view, job_question_tasks
from aktema.pathway.permissions import CHECK_IN
from aktema.pathway.trial_models import CheckIn, JobQuestion
from aktema.pathway.trial_states import Party
from aktema.steps.models import Step
from tests.conftest import QueryCount
from tests.support.lines import last_line
from tests.support.page import PageClient
from tests.support.people import act_as
from tests.support.signatures import Stay, a_stay

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


def test_what_nobody_can_say_is_left(sign_in: SignIn, stay: Stay, session: Session) -> None:
    answer = sign_in(stay.coach).submit(stay.path(), {"party": "coach", "answer": "well"}, css=NOTE)
    assert (answer.status, said(session)) == (200, [])


def test_nothing_is_asked_before_the_first_day(session: Session) -> None:
    stay = a_stay(from_date=clock.today() + 3 * DAY, to_date=clock.today() + 9 * DAY)
    act_as(stay.coach)
    with pytest.raises(DomainError):
        talk(stay)


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
    assert len(queries) <= 5


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
