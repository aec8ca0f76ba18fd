"""The person's own plan on their own page: in their form, confirmed by one press, with words of their own."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.own.plan_queries import own_plan
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_codes import PlanField
from aktema.plans.plan_models import Plan, PlanLine
from tests.conftest import QueryCount
from tests.support.own import Someone, a_representative, someone
from tests.support.page import Page, PageClient
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order

SignIn = Callable[[Account], PageClient]
BEGAN = timedelta(days=60)


@pytest.fixture
def who(session: Session) -> Someone:
    return someone(communication="easy_read")


@pytest.fixture
def order(who: Someone) -> ServiceOrder:
    start = clock.today() - BEGAN
    decision = a_decision(who.person, from_date=start)
    accepted = an_order(decision, who.unit, answer="accepted", coordinator=who.coordinator, first_day=start)
    accepted.need = "Stöd att komma igång"
    return accepted


@pytest.fixture
def draft(order: ServiceOrder) -> Plan:
    plan = a_plan(order)
    db.session.commit()
    return plan


def fixed(order: ServiceOrder, **values: object) -> Plan:
    plan = a_plan(
        order,
        confirmed_on=clock.today(),
        confirmed_by="person",
        confirmed_how="spoken",
        fixed_on=clock.today(),
        fixed_by_id=order.coordinator_id,
        **values,
    )
    db.session.commit()
    return plan


def press(browser: PageClient, who: Someone, action: str) -> Page:
    """Press the button whose form is sent to the address."""
    page = browser.get(who.page("/plan"))
    return browser.post(who.page(action), page.hidden(f'main form[action="{who.page(action)}"]'))


@pytest.mark.parametrize(
    ("communication", "form"), [("pictures", "pictures"), ("easy_read", "easy"), ("writing", "standard")]
)
def test_the_plan_is_shown_in_the_persons_own_form(
    sign_in: SignIn, session: Session, who: Someone, draft: Plan, communication: str, form: str
) -> None:
    who.person.communication = communication
    session.commit()
    assert len(sign_in(who.account).get(who.page("/plan")).select(f".reading-{form}")) == 1


@pytest.mark.parametrize(
    ("path", "form"), [("vanlig", "standard"), ("lattlast", "easy"), ("bilder", "pictures")]
)
def test_another_form_is_one_press_away(
    sign_in: SignIn, who: Someone, draft: Plan, path: str, form: str
) -> None:
    assert len(sign_in(who.account).get(who.page(f"/plan/{path}")).select(f".reading-{form}")) == 1


def test_a_plan_asks_few_questions_of_the_database(
    sign_in: SignIn, queries: QueryCount, who: Someone, order: ServiceOrder
) -> None:
    fixed(order)
    browser = sign_in(who.account)
    for path in ("/plan", "/imorgon"):
        browser.get(who.page(path))
        queries.statements.clear()
        browser.get(who.page(path))
        assert len(queries) <= 12, path


def test_a_proposal_asks_few_questions_of_the_database(
    sign_in: SignIn, queries: QueryCount, who: Someone, draft: Plan
) -> None:
    browser = sign_in(who.account)
    browser.get(who.page("/plan"))
    queries.statements.clear()
    browser.get(who.page("/plan"))
    assert len(queries) <= 12


def test_yes_is_kept_as_the_persons_own_on_the_draft(
    sign_in: SignIn, session: Session, who: Someone, draft: Plan
) -> None:
    page = press(sign_in(who.account), who, "/plan/ja")
    session.refresh(draft)
    assert (draft.confirmed_on, draft.confirmed_by, draft.confirmed_how) == (
        clock.today(),
        "person",
        "own_page",
    )
    assert "Du har sagt ja till planen." in page.words


def test_a_yes_on_a_screen_that_staff_handed_over_says_so(
    sign_in: SignIn, session: Session, who: Someone, draft: Plan
) -> None:
    screen = sign_in(who.coach)
    screen.submit(f"/deltagare/{who.person.public_id}/lamna-over", {})
    press(screen, who, "/plan/ja")
    session.refresh(draft)
    assert (draft.confirmed_by, draft.confirmed_how) == ("person", "lent_screen")


def test_a_representatives_yes_is_theirs(
    sign_in: SignIn, session: Session, who: Someone, draft: Plan
) -> None:
    _row, account = a_representative(who.person)
    press(sign_in(account), who, "/plan/ja")
    session.refresh(draft)
    assert draft.confirmed_by == "representative"


def test_yes_to_a_plan_that_has_changed_meanwhile_is_no_yes(
    sign_in: SignIn, session: Session, who: Someone, draft: Plan
) -> None:
    browser = sign_in(who.account)
    held = browser.get(who.page("/plan")).hidden(f'main form[action="{who.page("/plan/ja")}"]')
    draft.work_by = date(2030, 1, 1)
    session.commit()
    assert "Titta igen" in browser.post(who.page("/plan/ja"), held).words
    session.refresh(draft)
    assert draft.confirmed_on is None


def test_a_plan_that_is_still_being_written_is_not_shown(
    sign_in: SignIn, session: Session, who: Someone, draft: Plan
) -> None:
    draft.work_wish = None
    session.commit()
    browser = sign_in(who.account)
    assert browser.get(who.page("/plan")).select(".reading") == []


def test_a_proposal_goes_before_the_plan_in_force(who: Someone, order: ServiceOrder) -> None:
    before = fixed(order)
    assert own_plan(who.person.id).read is before
    after = a_plan(order, number=2, follows_id=before.id)
    db.session.commit()
    found = own_plan(who.person.id)
    assert (found.read, found.is_proposal) == (after, True)


def test_wanting_it_otherwise_takes_one_press_and_reaches_the_coordinator(
    sign_in: SignIn, who: Someone, draft: Plan
) -> None:
    page = press(sign_in(who.account), who, "/plan/andra")
    assert "Robin Koordinator har fått det" in page.words
    assert "vill prata med dig" in sign_in(who.coordinator).get("/").words


def own_words(session: Session, draft: Plan) -> str:
    line = session.scalars(
        select(PlanLine).where(PlanLine.plan_id == draft.id, PlanLine.field == PlanField.OWN_WORDS.value)
    ).one()
    session.refresh(line)
    return line.standard or ""


def test_own_words_come_after_those_that_stand(
    sign_in: SignIn, session: Session, who: Someone, draft: Plan
) -> None:
    before = own_words(session, draft)
    sign_in(who.account).submit(who.page("/plan/ord"), {"words": "Jag vill baka."})
    assert own_words(session, draft) == f"{before}\nJag vill baka."


def test_a_representatives_words_say_whose_they_are(
    sign_in: SignIn, session: Session, who: Someone, draft: Plan
) -> None:
    _row, account = a_representative(who.person)
    sign_in(account).submit(who.page("/plan/ord"), {"words": "Hon behöver lugn."})
    assert own_words(session, draft).endswith("Sagt av god man: Hon behöver lugn.")


def test_words_need_a_plan_to_come_into(sign_in: SignIn, who: Someone) -> None:
    assert sign_in(who.account).get(who.page("/plan/ord")).status == 404


def test_words_that_are_no_words_are_asked_for_again(sign_in: SignIn, who: Someone, draft: Plan) -> None:
    assert sign_in(who.account).submit(who.page("/plan/ord"), {"words": " "}).status == 422


def test_everything_the_plan_says_can_be_read_aloud(sign_in: SignIn, who: Someone, draft: Plan) -> None:
    for form in ("vanlig", "lattlast", "bilder"):
        room = sign_in(who.account).get(who.page(f"/plan/{form}")).soup.select_one("[data-read-aloud]")
        for aid in room.select("[data-speak-bar]"):
            aid.decompose()
        aloud = "".join(one.get_text() for one in room.select("[data-sentence]"))
        assert "".join(aloud.split()) == "".join(room.get_text().split())
