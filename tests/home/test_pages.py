"""Today's work and a participant on one page."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Membership
from aktema.access.roles import STAFF_ROLES, UNIT_ROLES, Role
from aktema.core import clock
from aktema.home.queries import worklist
from aktema.pathway.operations import open_introduction
from aktema.people.models import Participant
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import NextStepFacts, StepFacts, log_step
from tests.conftest import QueryCount
from tests.support.employers import a_placement
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.trials import a_trial

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


def logged(coach: Account, person: Participant, due: int, line: str = "Ring bageriet") -> None:
    facts = StepFacts(
        contact_type=ContactType.CARE, happened_on=clock.today(), minutes=5, place=StepPlace.PHONE, line="Hej"
    )
    due_on = clock.today() + timedelta(days=due)
    log_step(act_as(coach), person, facts, next_step=NextStepFacts(line=line, due_on=due_on))


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_every_role_of_staff_has_a_start_page(sign_in: SignIn, role: Role) -> None:
    account = an_account(role, a_unit() if role in UNIT_ROLES else None)
    assert sign_in(account).get("/").status == 200


def test_nobody_signed_in_sees_what_it_is(page: PageClient) -> None:
    assert "Från daglig verksamhet till arbete" in page.get("/").words


def test_a_day_without_work_says_so(sign_in: SignIn, coach: Account) -> None:
    assert "Inget väntar på dig idag" in sign_in(coach).get("/").words


def test_what_is_due_today_stands_on_idag(sign_in: SignIn, coach: Account) -> None:
    logged(coach, a_participant(coach=coach), 0)
    assert "Ring bageriet" in sign_in(coach).get("/").words


def test_what_is_due_tomorrow_waits_till_then(sign_in: SignIn, coach: Account) -> None:
    logged(coach, a_participant(coach=coach), 1)
    assert "Ring bageriet" not in sign_in(coach).get("/").words


def test_a_colleagues_work_is_not_mine(sign_in: SignIn, coach: Account) -> None:
    colleague = an_account(Role.JOB_COACH, a_unit())
    logged(colleague, a_participant(coach=colleague), 0)
    assert "Ring bageriet" not in sign_in(coach).get("/").words


def test_an_awaited_answer_stands_on_idag(sign_in: SignIn, coach: Account) -> None:
    person, placement = a_participant(coach=coach), a_placement(title="Bageriet")
    open_introduction(act_as(coach), person, placement_id=placement.id, placement_title="Bageriet")
    assert "Vill Alva prova ”Bageriet”?" in sign_in(coach).get("/").words


@pytest.mark.parametrize(
    ("answer_by", "ask_again_on", "tone"),
    [
        (0, None, "neutral"),
        (-1, None, "danger"),
        (-30, 0, "neutral"),
        (-30, -1, "danger"),
        (None, None, "neutral"),
    ],
)
def test_an_awaited_answer_is_late_once_its_day_has_passed(
    coach: Account, answer_by: int | None, ask_again_on: int | None, tone: str
) -> None:
    person, placement = a_participant(coach=coach), a_placement(title="Bageriet")
    identity = act_as(coach)
    asked = open_introduction(identity, person, placement_id=placement.id, placement_title="Bageriet")
    asked.answer_by = _day(answer_by)
    if ask_again_on is not None:
        asked.answer, asked.answered_on, asked.ask_again_on = "later", clock.today(), _day(ask_again_on)
    (task,) = worklist(identity).answers
    assert (task.tone, task.tag) == (tone, "Sen" if tone == "danger" else "")


def _day(days: int | None) -> date | None:
    return None if days is None else clock.today() + timedelta(days=days)


def test_silence_and_missing_suggestions_stand_on_idag(sign_in: SignIn, coach: Account) -> None:
    person = a_participant(coach=coach)
    person.created_at = clock.now() - timedelta(days=100)
    words = sign_in(coach).get("/").words
    assert "Hör av dig till Alva" in words
    assert "Titta på förslag tillsammans med Alva" in words


def test_a_long_list_of_reminders_folds_behind_the_first_four(sign_in: SignIn, coach: Account) -> None:
    for _ in range(6):
        a_participant(coach=coach).created_at = clock.now() - timedelta(days=100)
    assert "Visa 2 till" in sign_in(coach).get("/").words


@pytest.mark.parametrize(("days", "is_told"), [(52, False), (54, True)])
def test_a_coach_is_told_before_sixty_days_without_suggestions_have_gone(
    sign_in: SignIn, coach: Account, days: int, is_told: bool
) -> None:
    a_participant(coach=coach).created_at = clock.now() - timedelta(days=days)
    assert ("Titta på förslag tillsammans med Alva" in sign_in(coach).get("/").words) is is_told


@pytest.mark.parametrize(("days", "is_told"), [(59, False), (61, True)])
def test_a_manager_is_told_when_sixty_days_without_suggestions_have_gone(
    session: Session, sign_in: SignIn, days: int, is_told: bool
) -> None:
    unit = a_unit()
    a_participant(unit=unit).created_at = clock.now() - timedelta(days=days)
    page = sign_in(an_account(Role.UNIT_MANAGER, unit)).get("/")
    assert ("Be någon titta på förslag med Alva" in page.words) is is_told


def test_a_manager_who_coaches_the_person_is_told_once(session: Session, sign_in: SignIn) -> None:
    unit = a_unit()
    account = an_account(Role.UNIT_MANAGER, unit)
    account.memberships.append(
        Membership(role_code=Role.JOB_COACH.value, unit_id=unit.id, from_date=clock.today())
    )
    a_participant(coach=account, unit=unit).created_at = clock.now() - timedelta(days=100)
    words = sign_in(account).get("/").words
    assert "Titta på förslag tillsammans med Alva" in words
    assert "Be någon titta på förslag" not in words


def test_everybody_named_on_idag_leaves_a_trace(session: Session, sign_in: SignIn, coach: Account) -> None:
    person = a_participant(coach=coach)
    logged(coach, person, 0)
    sign_in(coach).get("/")
    assert (
        person.id
        in session.scalars(select(AccessEntry.participant_id).where(AccessEntry.kind == "read")).all()
    )


def test_idag_asks_as_many_questions_for_ten_people_as_for_one(
    sign_in: SignIn, coach: Account, queries: QueryCount
) -> None:
    logged(coach, a_participant(coach=coach), 0)
    browser = sign_in(coach)
    browser.get("/")
    queries.statements.clear()
    browser.get("/")
    with_one = len(queries)
    for number in range(9):
        logged(coach, a_participant(coach=coach, first_name=f"Person{number}"), 0)
    queries.statements.clear()
    browser.get("/")
    # Some twenty lists stand on the page, with one or two questions for each.
    assert len(queries) == with_one <= 30


def test_a_new_participants_page_says_what_is_missing(sign_in: SignIn, coach: Account) -> None:
    person = a_participant(coach=coach)
    words = sign_in(coach).get(f"/deltagare/{person.public_id}").words
    assert "Inget nästa steg är bestämt." in words
    assert "Ingen har tittat på förslag än." in words
    assert "Inga steg än." in words


def test_a_participants_page_gathers_step_suggestion_and_question(sign_in: SignIn, coach: Account) -> None:
    person, placement = a_participant(coach=coach), a_placement(title="Bageriet")
    logged(coach, person, 3)
    open_introduction(act_as(coach), person, placement_id=placement.id, placement_title="Bageriet")
    browser = sign_in(coach)
    browser.get(f"/deltagare/{person.public_id}/forslag")
    words = browser.get(f"/deltagare/{person.public_id}").words
    assert "Ring bageriet" in words
    assert "Frågan är ställd" in words


def test_a_participants_page_says_how_their_trials_stand(sign_in: SignIn, coach: Account) -> None:
    person = a_participant(coach=coach)
    a_trial(person, a_placement(title="Bageriet"))
    words = sign_in(coach).get(f"/deltagare/{person.public_id}").words
    assert ("Bageriet" in words, "Pågår" in words) == (True, True)


def test_a_handler_sees_the_person_without_suggestions(sign_in: SignIn, session: Session) -> None:
    from tests.support.people_builders import an_assignment

    handler, person = an_account(Role.LSS_HANDLER), a_participant()
    an_assignment(person, kind="handler", account=handler)
    words = sign_in(handler).get(f"/deltagare/{person.public_id}").words
    assert "Nästa steg" in words
    assert "Förslag" not in words


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR, Role.CONTROLLER])
def test_roles_without_people_open_nobody(sign_in: SignIn, role: Role) -> None:
    assert sign_in(an_account(role)).get(f"/deltagare/{a_participant().public_id}").status == 403


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_every_door_of_the_menu_opens(sign_in: SignIn, role: Role) -> None:
    browser = sign_in(an_account(role, a_unit() if role in UNIT_ROLES else None))
    doors = [link["href"] for link in browser.get("/").select("nav a[href]")]
    assert [browser.get(door).status for door in doors] == [200] * len(doors)


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_the_gallery_of_components_opens_for_staff(sign_in: SignIn, role: Role) -> None:
    account = an_account(role, a_unit() if role in UNIT_ROLES else None)
    assert sign_in(account).get("/help/components").status == 200


def test_the_gallery_is_not_for_participants(sign_in: SignIn) -> None:
    assert sign_in(an_account(Role.PARTICIPANT)).get("/help/components").status == 403
