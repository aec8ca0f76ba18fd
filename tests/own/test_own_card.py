"""Min sida: the person makes their own card, looks at it as the employer sees it, says yes, and takes it back."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.access.models import Account
from aktema.pathway.introduction_codes import CloseReason, EmployerAnswer, EmployerReason
from aktema.pathway.introduction_operations import EmployerReply, close
from aktema.pathway.trial_states import Whose
from aktema.steps.models import Step
from tests.conftest import QueryCount
from tests.support.introductions import Asked, a_question, answered, consented, employer_said, sent
from tests.support.own import Someone, a_representative, someone
from tests.support.page import Page, PageClient

SignIn = Callable[[Account], PageClient]
NO = EmployerReply(answer=EmployerAnswer.NO, reason=EmployerReason.NO_TIME)


@pytest.fixture
def who(session: Session) -> Someone:
    return someone()


@pytest.fixture
def browser(sign_in: SignIn, who: Someone) -> PageClient:
    return sign_in(who.account)


@pytest.fixture
def asked(session: Session, who: Someone) -> Asked:
    """The person has said yes to a placement."""
    found = answered(a_question(who.person, coach=who.coach))
    session.commit()
    return found


def job(asked: Asked) -> str:
    return f"/min-sida/{asked.person.public_id}/jobb/{asked.introduction.public_id}"


def pressed(browser: PageClient, page: Page, path: str, **values: str) -> Page:
    """What the page's form sends when the person presses a button of it."""
    return browser.post(path, {**page.hidden(f"main form[action='{path}']"), **values})


def given(browser: PageClient, asked: Asked, **values: str) -> Page:
    """The card is made, looked at and said yes to."""
    path = f"{job(asked)}/kort"
    chosen = {"called": "first_name", **values}
    preview = pressed(browser, browser.get(path), path, act="show", **chosen)
    return pressed(browser, preview, path, act="give")


def test_a_person_who_said_yes_is_shown_the_way_to_their_card(browser: PageClient, asked: Asked) -> None:
    assert f"{job(asked)}/kort" in {link["href"] for link in browser.get(job(asked)).select("a[href]")}


def test_a_person_makes_their_own_card(browser: PageClient, session: Session, asked: Asked) -> None:
    assert "Ditt kort är klart." in given(browser, asked, words="Jag gillar bröd.").words
    found = session.scalars(select(Consent)).one()
    assert (found.given_by, found.channel, found.fields) == ("person", "own_page", "first_name,words")


def test_the_card_is_shown_before_the_yes(browser: PageClient, session: Session, asked: Asked) -> None:
    path = f"{job(asked)}/kort"
    preview = pressed(browser, browser.get(path), path, act="show", called="code")
    assert preview.soup.select_one(".person-card") is not None
    assert session.scalars(select(Consent)).all() == []


def test_the_preview_is_what_staff_and_the_employer_see(
    browser: PageClient, sign_in: SignIn, asked: Asked
) -> None:
    path = f"{job(asked)}/kort"
    preview = pressed(browser, browser.get(path), path, act="show", called="first_name", words="Hej!")
    pressed(browser, preview, path, act="give")
    staff = sign_in(asked.coach).get(asked.path)
    assert str(staff.soup.select_one(".person-card")) == str(preview.soup.select_one(".person-card"))


def test_a_person_can_change_their_mind_about_the_card(browser: PageClient, asked: Asked) -> None:
    path = f"{job(asked)}/kort"
    preview = pressed(browser, browser.get(path), path, act="show", called="code", words="Hej!")
    again = pressed(browser, preview, path, act="change")
    assert [one.get_text().strip() for one in again.select("textarea[name=words]")] == ["Hej!"]


def test_a_card_that_is_changed_begins_as_it_is(browser: PageClient, asked: Asked) -> None:
    path = f"{job(asked)}/kort"
    given(browser, asked, called="code", words="Hej!", fields_shown="contact")
    page = browser.get(path)
    assert [one["value"] for one in page.select("main input[checked]")] == ["code", "contact"]
    assert [one.get_text().strip() for one in page.select("textarea[name=words]")] == ["Hej!"]


def test_a_card_that_was_taken_back_is_chosen_anew(browser: PageClient, asked: Asked) -> None:
    pressed(browser, given(browser, asked, words="Hej!"), f"{job(asked)}/kort/ta-tillbaka")
    page = browser.get(f"{job(asked)}/kort")
    assert page.select("main input[checked]") == []
    assert [one.get_text().strip() for one in page.select("textarea[name=words]")] == [""]


def test_without_a_name_or_a_code_the_person_is_asked_again(browser: PageClient, asked: Asked) -> None:
    path = f"{job(asked)}/kort"
    page = pressed(browser, browser.get(path), path, act="show")
    assert (page.status, "Välj ditt namn eller en kod." in page.words) == (422, True)


def test_a_person_takes_their_card_back(browser: PageClient, session: Session, asked: Asked) -> None:
    path = f"{job(asked)}/kort/ta-tillbaka"
    pressed(browser, given(browser, asked), path)
    assert session.scalars(select(Consent)).one().withdrawn_on is not None


def test_a_person_takes_the_card_back_of_what_is_over(
    browser: PageClient, session: Session, asked: Asked
) -> None:
    sent(consented(asked))
    close(asked.view, CloseReason.OTHER, Whose.NOBODY)
    session.commit()
    page = pressed(browser, browser.get(job(asked)), f"{job(asked)}/kort/ta-tillbaka")
    assert "Ingen ser ditt kort nu." in page.words
    assert page.soup.select_one(".person-card") is None


def test_what_the_person_does_is_theirs_on_the_timeline(
    browser: PageClient, session: Session, asked: Asked
) -> None:
    given(browser, asked)
    step = session.scalars(select(Step).where(Step.contact_type == "consent_given")).one()
    assert (step.actor, step.own_line) == ("person", "Du sa ja till ditt kort för Lindas bageri.")


def test_a_card_of_another_question_is_missing(browser: PageClient, asked: Asked) -> None:
    other = answered(a_question())
    assert (
        browser.get(f"/min-sida/{asked.person.public_id}/jobb/{other.introduction.public_id}/kort").status
        == 404
    )


@pytest.mark.parametrize(("areas", "status"), [("rights,person", 200), ("rights", 404)])
def test_a_representative_says_yes_within_the_mandate(
    session: Session, sign_in: SignIn, asked: Asked, areas: str, status: int
) -> None:
    _row, account = a_representative(asked.person, areas=areas)
    assert sign_in(account).get(f"{job(asked)}/kort").status == status


def test_a_representatives_yes_is_theirs(session: Session, sign_in: SignIn, asked: Asked) -> None:
    _row, account = a_representative(asked.person)
    given(sign_in(account), asked)
    assert session.scalars(select(Consent.given_by)).all() == ["representative"]


def test_a_person_reads_how_their_question_stands(
    browser: PageClient, session: Session, asked: Asked
) -> None:
    employer_said(sent(consented(asked)))
    session.commit()
    assert "Arbetsplatsen sa ja!" in browser.get(job(asked)).words


def test_a_person_reads_how_it_ended(browser: PageClient, session: Session, asked: Asked) -> None:
    employer_said(sent(consented(asked)), NO)
    session.commit()
    assert "Platsen sa nej den här gången." in browser.get(f"/min-sida/{asked.person.public_id}/jobb").words


def test_a_person_can_still_say_no(browser: PageClient, session: Session, asked: Asked) -> None:
    sent(consented(asked))
    session.commit()
    pressed(browser, browser.get(job(asked)), job(asked))
    session.refresh(asked.introduction)
    assert asked.introduction.answer == "no"


def test_the_day_until_which_the_person_may_think_is_shown(
    browser: PageClient, session: Session, who: Someone
) -> None:
    found = a_question(who.person, coach=who.coach)
    session.commit()
    assert "Du kan tänka till" in browser.get(job(found)).words


def test_the_card_costs_few_questions(browser: PageClient, queries: QueryCount, asked: Asked) -> None:
    path = f"{job(asked)}/kort"
    browser.get(path)
    queries.statements.clear()
    browser.get(path)
    assert len(queries) <= 16
