"""A trial on Min sida: the agreement read in the own form and signed, how it goes, and how the days were."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.pathway.trial_models import CheckIn, Signature
from aktema.plans.models import Attendance
from tests.support.own import a_representative
from tests.support.page import PageClient
from tests.support.signatures import Stay, a_stay
from tests.support.trials import a_version

SignIn = Callable[[Account], PageClient]
DAY = timedelta(days=1)
ANSWERS = "form:has(.picture-keys)"
SIGN = ".picture-row form"


@pytest.fixture
def unsigned(session: Session) -> Stay:
    return a_stay(signed=False)


@pytest.fixture
def running(session: Session) -> Stay:
    return a_stay()


def test_a_door_leads_to_the_trial_and_says_that_something_waits(sign_in: SignIn, unsigned: Stay) -> None:
    page = sign_in(unsigned.who.account).get(unsigned.who.page())
    assert unsigned.placement.title in page.words
    assert "Du har en fråga att svara på." in page.words


def test_a_draft_is_not_shown(sign_in: SignIn, session: Session) -> None:
    stay = a_stay(signed=False, asked=False)
    browser = sign_in(stay.who.account)
    assert stay.placement.title not in browser.get(stay.who.page()).words
    assert browser.get(stay.own()).status == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("vanlig", "Fylla på hyllor och duka i fikarummet."),
        ("lattlast", "Dina dagar"),
        ("bilder", "Dina dagar"),
    ],
)
def test_the_agreement_is_read_in_three_forms(
    sign_in: SignIn, unsigned: Stay, session: Session, form: str, said: str
) -> None:
    page = sign_in(unsigned.who.account).get(f"{unsigned.agreement_path}/{form}")
    assert (page.status, said in page.words) == (200, True)


def test_the_easy_words_are_those_that_were_written(
    sign_in: SignIn, unsigned: Stay, session: Session
) -> None:
    unsigned.trial.agreements[0].easy = "Du får prova ett jobb.\nLinda hjälper dig där."
    session.commit()
    words = sign_in(unsigned.who.account).get(unsigned.agreement_path).words
    assert ("Du får prova ett jobb." in words, "Linda hjälper dig där." in words) == (True, True)


def test_one_press_signs(sign_in: SignIn, unsigned: Stay, session: Session) -> None:
    page = sign_in(unsigned.who.account).submit(unsigned.agreement_path, {}, css=SIGN)
    assert "Tack. Vi har sparat ditt ja." in page.text
    assert [(one.party, one.how) for one in session.scalars(select(Signature))] == [("person", "own_page")]
    assert "Du har sagt ja." in page.words


def test_a_page_of_an_older_version_signs_nothing(sign_in: SignIn, unsigned: Stay, session: Session) -> None:
    browser = sign_in(unsigned.who.account)
    opened = browser.get(unsigned.agreement_path)
    today = clock.today()
    a_version(unsigned.trial, from_date=today, to_date=today + 9 * DAY).asked_at = clock.now()
    session.commit()
    page = browser.post(f"{unsigned.agreement_path}/ja", opened.hidden(SIGN))
    assert "Något är nytt. Titta igen." in page.text
    assert session.scalars(select(Signature)).all() == []


def test_a_representative_signs_in_their_own_name(sign_in: SignIn, unsigned: Stay, session: Session) -> None:
    _row, account = a_representative(unsigned.person)
    sign_in(account).submit(unsigned.agreement_path, {}, css=SIGN)
    one = session.scalars(select(Signature)).one()
    assert (one.name, one.on_behalf_reason) == ("Gode Man", "representative")


def test_how_it_goes_is_one_press(sign_in: SignIn, running: Stay, session: Session) -> None:
    page = sign_in(running.who.account).submit(running.own(), {"answer": "talk"}, css=ANSWERS)
    assert "Din coach pratar med dig snart." in page.text
    assert [(one.party, one.answer) for one in session.scalars(select(CheckIn))] == [("person", "talk")]


def test_what_is_no_answer_is_left(sign_in: SignIn, running: Stay, session: Session) -> None:
    page = sign_in(running.who.account).submit(running.own(), {"answer": "maybe"}, css=ANSWERS)
    assert "Något är nytt" in page.text
    assert session.scalars(select(CheckIn)).all() == []


def test_a_representative_does_not_say_how_it_goes(sign_in: SignIn, running: Stay) -> None:
    _row, account = a_representative(running.person)
    page = sign_in(account).get(running.own())
    assert (page.status, "Hur går det på jobbet?" in page.words) == (200, False)


def written(session: Session) -> list[tuple[int, str | None, str]]:
    return [(row.minutes, row.absence, row.source) for row in session.scalars(select(Attendance))]


def day_path(stay: Stay) -> str:
    return stay.own(f"/dag/{clock.today().isoformat()}")


def test_a_whole_day_is_one_press(sign_in: SignIn, running: Stay, session: Session) -> None:
    browser = sign_in(running.who.account)
    assert "Var du på jobbet idag?" in browser.get(running.own()).words
    page = browser.submit(day_path(running), {"presence": "present"}, css=ANSWERS)
    assert written(session) == [(180, None, "person")]
    assert "Var du på jobbet idag?" not in page.words


@pytest.mark.parametrize(
    ("first", "asked", "second", "stored"),
    [
        ("part", "Hur länge var du där?", {"minutes": "120"}, (120, None, "person")),
        ("absent", "Varför var du borta?", {"absence": "ill"}, (0, "ill", "person")),
    ],
)
def test_a_part_of_a_day_or_none_asks_one_thing_more(
    sign_in: SignIn,
    running: Stay,
    session: Session,
    first: str,
    asked: str,
    second: dict[str, str],
    stored: tuple[int, str | None, str],
) -> None:
    browser = sign_in(running.who.account)
    page = browser.submit(day_path(running), {"presence": first}, css=ANSWERS)
    assert (asked in page.words, written(session)) == (True, [])
    browser.post(day_path(running), {**page.hidden(ANSWERS), **second})
    assert written(session) == [stored]


@pytest.mark.parametrize(
    "sent",
    [{"presence": "never"}, {"presence": "part", "minutes": "9999"}, {"presence": "absent", "absence": "x"}],
)
def test_strange_answers_are_asked_again(
    sign_in: SignIn, running: Stay, session: Session, sent: dict[str, str]
) -> None:
    page = sign_in(running.who.account).submit(day_path(running), sent, css=ANSWERS)
    assert (page.status in (200, 422), written(session)) == (True, [])


def test_what_others_have_written_is_not_the_persons_to_change(
    sign_in: SignIn, running: Stay, session: Session
) -> None:
    session.add(
        Attendance(
            participant_id=running.person.id,
            trial_id=running.trial.id,
            day=clock.today(),
            minutes=60,
            source="employer",
            account_id=running.coach.id,
        )
    )
    session.commit()
    assert sign_in(running.who.account).get(day_path(running)).status == 404


def test_somebody_elses_trial_is_missing(sign_in: SignIn, running: Stay) -> None:
    other = a_stay()
    path = running.who.page(f"/provplats/{other.trial.public_id}")
    assert sign_in(running.who.account).get(path).status == 404
