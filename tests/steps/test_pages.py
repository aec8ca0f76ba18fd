"""The step log as pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.models import NextStep, Step
from aktema.steps.operations import StepFacts, record_fact
from tests.conftest import QueryCount
from tests.support.page import PageClient, filled_in
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def person(coach: Account) -> Participant:
    return a_participant(coach=coach)


@pytest.fixture
def browser(sign_in: SignIn, coach: Account, person: Participant) -> PageClient:
    return sign_in(coach)


def of(person: Participant, path: str = "steg") -> str:
    return f"/deltagare/{person.public_id}/{path}"


def test_a_step_is_logged_with_one_line(session: Session, browser: PageClient, person: Participant) -> None:
    page = browser.submit(of(person), {"line": "Träffades på torget."}, follow=False)
    assert (page.status, session.scalar(select(func.count()).select_from(Step))) == (303, 1)


def test_a_next_step_needs_a_day(browser: PageClient, person: Participant) -> None:
    page = browser.submit(of(person), {"line": "Hej", "next_line": "Ring", "next_due_on": ""})
    assert page.status == 422
    assert "Skriv vilken dag nästa steg ska vara gjort." in page.words


def test_what_was_typed_is_kept_when_something_is_wrong(browser: PageClient, person: Participant) -> None:
    page = browser.submit(of(person), {"line": "Det här ska stå kvar", "minutes": "många"})
    assert page.soup.select_one("[name=line]")["value"] == "Det här ska stå kvar"
    assert page.soup.select_one("[name=minutes]")["value"] == "många"


def test_an_empty_line_is_refused_at_its_field(browser: PageClient, person: Participant) -> None:
    page = browser.submit(of(person), {"line": "  "})
    assert page.status == 422
    assert page.select('[name=line][aria-invalid="true"]')


def test_the_same_form_sent_twice_logs_one_step(
    session: Session, browser: PageClient, person: Participant
) -> None:
    hidden = browser.get(of(person)).hidden("main form")
    data = {
        **hidden,
        "contact_type": "care",
        "line": "En gång",
        "minutes": "5",
        "place": "phone",
        "happened_on": str(clock.today()),
        "phase": "",
    }
    for _time in range(2):
        browser.post(of(person), data, follow=False)
    assert session.scalar(select(func.count()).select_from(Step)) == 1


def typed(browser: PageClient, person: Participant, line: str) -> TestResponse:
    """What the page sends by itself in a pause of typing."""
    form = browser.get(of(person)).soup.select_one("main form")
    return browser.client.post(of(person, "steg/utkast"), data={**filled_in(form), "line": line})


def test_text_is_saved_while_typing_and_there_on_return(browser: PageClient, person: Participant) -> None:
    answer = typed(browser, person, "Halvfärdigt")
    assert answer.status_code == 200
    assert browser.get(of(person)).soup.select_one("[name=line]")["value"] == "Halvfärdigt"


def test_a_draft_is_gone_when_the_step_is_saved(browser: PageClient, person: Participant) -> None:
    typed(browser, person, "Halvfärdigt")
    browser.submit(of(person), {"line": "Färdigt"}, follow=False)
    assert browser.get(of(person)).soup.select_one("[name=line]").get("value", "") == ""


def test_a_draft_that_is_too_long_says_so(browser: PageClient, person: Participant) -> None:
    answer = typed(browser, person, "x" * 200_000)
    assert answer.status_code == 413


def test_a_step_is_corrected_and_the_first_version_stays(
    session: Session, browser: PageClient, person: Participant
) -> None:
    browser.submit(of(person), {"line": "Fel dag"}, follow=False)
    first = session.scalars(select(Step)).one()
    page = browser.submit(of(person, f"steg/{first.public_id}/ratta"), {"line": "Rätt dag"})
    assert "Rätt dag" in page.words
    assert session.scalar(select(func.count()).select_from(Step)) == 2


def test_the_correction_page_shows_what_stood_before(
    session: Session, browser: PageClient, person: Participant
) -> None:
    browser.submit(of(person), {"line": "Första versionen"}, follow=False)
    first = session.scalars(select(Step)).one()
    browser.submit(of(person, f"steg/{first.public_id}/ratta"), {"line": "Andra versionen"})
    second = session.scalars(select(Step).where(Step.corrects_id == first.id)).one()
    assert "Första versionen" in browser.get(of(person, f"steg/{second.public_id}/ratta")).words


def told(coach: Account, person: Participant, actor: Actor, kind: ContactType = ContactType.CHECK_IN) -> Step:
    facts = StepFacts(
        contact_type=kind,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line="Det går bra.",
    )
    return record_fact(coach.id, person.id, facts, actor)


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("kind", [ContactType.CHECK_IN, ContactType.TALK_WITH_PERSON])
def test_only_what_staff_wrote_themselves_is_put_in_other_words(
    session: Session,
    browser: PageClient,
    coach: Account,
    person: Participant,
    actor: Actor,
    kind: ContactType,
) -> None:
    step = told(coach, person, actor, kind)
    session.commit()
    path = of(person, f"steg/{step.public_id}/ratta")
    is_by_hand = actor is Actor.STAFF and kind is ContactType.TALK_WITH_PERSON
    link = browser.get(of(person, "tidslinje")).select(f"a[href='{path}']")
    assert (bool(link), browser.get(path).status) == (is_by_hand, 200 if is_by_hand else 404)


@pytest.mark.parametrize("actor", Actor)
def test_the_timeline_names_the_worker_where_staff_did_it(
    session: Session, browser: PageClient, coach: Account, person: Participant, actor: Actor
) -> None:
    told(coach, person, actor)
    session.commit()
    [who] = [one.get_text() for one in browser.get(of(person, "tidslinje")).select(".timeline-date")]
    is_staff = actor is Actor.STAFF
    assert (coach.name in who, str(actor.label) in who) == (is_staff, not is_staff)


def test_an_empty_timeline_says_what_will_stand_there(browser: PageClient, person: Participant) -> None:
    assert "Inga steg än" in browser.get(of(person, "tidslinje")).words


def test_a_next_step_can_be_ticked_off(session: Session, browser: PageClient, person: Participant) -> None:
    browser.submit(
        of(person),
        {"line": "Ett", "next_line": "Ring", "next_due_on": str(clock.today() + timedelta(days=2))},
    )
    browser.submit(of(person), {"line": "Två", "is_next_done": "y", "next_due_on": ""})
    assert session.scalars(select(NextStep)).one().closed_on == clock.today()


@pytest.mark.parametrize("path", ["steg", "tidslinje"])
def test_a_coach_without_assignment_gets_404(sign_in: SignIn, coach: Account, path: str) -> None:
    colleague_of = a_participant(first_name="Bo")
    assert sign_in(coach).get(of(colleague_of, path)).status == 404


def test_a_handler_reads_but_does_not_log(sign_in: SignIn, person: Participant) -> None:
    from tests.support.people_builders import an_assignment

    handler = an_account(Role.LSS_HANDLER)
    an_assignment(person, kind="handler", account=handler)
    browser = sign_in(handler)
    assert (browser.get(of(person, "tidslinje")).status, browser.get(of(person)).status) == (200, 403)


def test_the_timeline_asks_as_many_questions_of_twenty_steps_as_of_one(
    browser: PageClient, person: Participant, queries: QueryCount
) -> None:
    browser.submit(of(person), {"line": "Ett"}, follow=False)
    queries.statements.clear()
    browser.get(of(person, "tidslinje"))
    with_one = len(queries)
    for number in range(19):
        browser.submit(of(person), {"line": f"Steg {number}"}, follow=False)
    queries.statements.clear()
    browser.get(of(person, "tidslinje"))
    assert len(queries) == with_one <= 12


def test_two_who_correct_one_step_see_each_other(
    session: Session, browser: PageClient, person: Participant
) -> None:
    browser.submit(of(person), {"line": "Först"}, follow=False)
    path = of(person, f"steg/{session.scalars(select(Step)).one().public_id}/ratta")
    mine = filled_in(browser.get(path).soup.select_one("main form"))
    browser.submit(path, {"line": "Kollegans rättelse"}, follow=False)
    page = browser.post(path, {**mine, "line": "Min rättelse"})
    assert page.status == 409
    assert "Min rättelse" in page.words
    assert "Kollegans rättelse" in page.words
    again = {**filled_in(page.soup.select_one("main form")), "line": "Min rättelse"}
    assert browser.post(path, again, follow=False).status == 303
