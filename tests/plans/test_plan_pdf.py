"""The plan on paper: three forms made from one reading, without a fault that a machine can see."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.core.pdf import NoPdfError
from aktema.people.models import Participant
from aktema.plans import plan_print_views
from aktema.plans.plan_codes import PlanForm
from aktema.plans.plan_document import document_of
from aktema.plans.plan_models import Plan
from aktema.plans.plan_page import FORMS
from aktema.plans.plan_queries import get_plan
from aktema.plans.plan_reading import reading
from tests.support.page import PageClient
from tests.support.pdf import ReadPdf
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order

SignIn = Callable[[Account], PageClient]
TODAY, DAY = clock.today(), timedelta(days=1)
PATHS = ("/planer/{plan}/vanlig.pdf", "/planer/{plan}/lattlast.pdf", "/planer/{plan}/bilder.pdf")
OTHERS = ("/imorgon.pdf", "/imorgon.pdf?papper=a5", "/vecka.pdf")


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coordinator(unit: Unit) -> Account:
    return an_account(Role.COORDINATOR, unit)


@pytest.fixture
def person(session: Session) -> Participant:
    return a_participant(first_name="Åsa", last_name="Łukasz")


@pytest.fixture
def plan(person: Participant, unit: Unit, coordinator: Account) -> Plan:
    since = TODAY - 30 * DAY
    decision = a_decision(person, from_date=since)
    order = an_order(decision, unit, answer="accepted", coordinator=coordinator, first_day=since)
    order.need = "Lugn start på dagen."
    return a_plan(order, goals=2, activities=1, fixed_on=TODAY)


@pytest.fixture
def browser(sign_in: SignIn, coordinator: Account, plan: Plan) -> PageClient:
    return sign_in(coordinator)


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every PDF is an empty file: for tests of what is about it."""
    monkeypatch.setattr(plan_print_views, "make_pdf", lambda *_arguments, **_options: b"%PDF-1.7")


def address(plan: Plan, path: str) -> str:
    return f"/deltagare/{plan.participant.public_id}{path.format(plan=plan.public_id)}"


def printed(browser: PageClient, plan: Plan, path: str) -> ReadPdf:
    answer = browser.get(address(plan, path)).response
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return ReadPdf(answer.get_data())


@pytest.mark.parametrize("path", [*PATHS, *OTHERS])
def test_every_pdf_is_accessible_as_far_as_a_machine_can_see(
    browser: PageClient, plan: Plan, path: str
) -> None:
    assert printed(browser, plan, path).faults() == []


@pytest.mark.parametrize("written", FORMS)
def test_everything_a_form_says_is_on_paper(
    browser: PageClient, plan: Plan, person: Participant, written: str
) -> None:
    said = reading(document_of(get_plan(person.id, plan.public_id)), FORMS[written])
    text = _letters(printed(browser, plan, f"/planer/{{plan}}/{written}.pdf").text)
    lines = [
        line
        for part in said.sections
        for line in (part.title, *(x for b in part.blocks for x in (b.title, *b.lines, b.note)))
    ]
    assert [line for line in [said.title, said.lead, *lines] if _letters(line) not in text] == []


def _letters(text: str) -> str:
    """Without spaces: where lines break and how far letters stand apart is the paper's affair."""
    return "".join(text.split())


def test_every_picture_is_told_by_its_word(browser: PageClient, plan: Plan, person: Participant) -> None:
    said = reading(document_of(get_plan(person.id, plan.public_id)), PlanForm.PICTURES)
    words = [picture.word for block in said.blocks for picture in block.pictures]
    alts = printed(browser, plan, PATHS[2]).alts()
    assert words
    assert [alt for alt in alts if not alt.startswith("Klockan")] == words


def test_clocks_are_told_by_their_time(browser: PageClient, plan: Plan) -> None:
    alts = printed(browser, plan, PATHS[2]).alts()
    assert {alt for alt in alts if alt.startswith("Klockan")} == {"Klockan 09:00", "Klockan 12:00"}


@pytest.mark.parametrize("path", [*PATHS, *OTHERS])
def test_whose_it_is_and_when_it_was_printed_stands_on_every_page(
    browser: PageClient, plan: Plan, path: str
) -> None:
    read = printed(browser, plan, path)
    pages = [_letters(page.extract_text()) for page in read.reader.pages]
    assert [page for page in pages if "ÅsaŁukasz" not in page or str(TODAY.year) not in page] == []
    assert [f"Sida{at}av{read.pages}" in page for at, page in enumerate(pages, 1)] == [True] * read.pages


def test_each_subject_has_a_page_of_its_own_in_the_easy_form(browser: PageClient, plan: Plan) -> None:
    read = printed(browser, plan, PATHS[1])
    subjects = read.tags("/H2")
    assert len({tag.entries.raw_get("/Pg").idnum for tag in subjects}) == len(subjects)


def test_the_usual_form_is_a_table_whose_rows_have_headings(browser: PageClient, plan: Plan) -> None:
    read = printed(browser, plan, PATHS[0])
    assert len(read.tags("/TH")) == len(read.tags("/TD")) > 0


def test_the_card_can_be_printed_on_half_the_paper(browser: PageClient, plan: Plan) -> None:
    wide, small = (printed(browser, plan, path).reader.pages[0].mediabox.width for path in OTHERS[:2])
    assert (round(wide), round(small)) == (595, 420)


def test_the_week_lies_down(browser: PageClient, plan: Plan) -> None:
    box = printed(browser, plan, OTHERS[2]).reader.pages[0].mediabox
    assert box.width > box.height


@pytest.mark.parametrize("path", [*PATHS, *OTHERS])
def test_the_file_has_a_name_that_says_nothing_about_anybody(
    browser: PageClient, plan: Plan, path: str, blank: None
) -> None:
    named = browser.get(address(plan, path)).response.headers["Content-Disposition"]
    assert named.split("filename=")[1] in {'"genomforandeplan.pdf"', '"imorgon.pdf"', '"vecka.pdf"'}


def test_printing_is_recorded_as_reading(
    session: Session,
    browser: PageClient,
    plan: Plan,
    person: Participant,
    coordinator: Account,
    blank: None,
) -> None:
    assert browser.get(address(plan, PATHS[0])).status == 200
    read = select(AccessEntry).where(AccessEntry.route == "plans.plan_pdf", AccessEntry.kind == "read")
    (entry,) = session.scalars(read)
    assert (entry.participant_id, entry.account_id) == (person.id, coordinator.id)


@pytest.mark.parametrize("path", [*PATHS, *OTHERS])
def test_somebody_elses_person_is_missing(
    session: Session, sign_in: SignIn, plan: Plan, unit: Unit, path: str
) -> None:
    other = sign_in(an_account(Role.COORDINATOR, a_unit()))
    assert other.get(address(plan, path)).status == 404


def test_the_plan_of_another_person_is_missing(
    sign_in: SignIn, coordinator: Account, plan: Plan, unit: Unit
) -> None:
    other = a_participant()
    an_assignment(other, kind="coordinator", account=coordinator, unit=unit)
    browser = sign_in(coordinator)
    path = f"/deltagare/{other.public_id}/planer/{plan.public_id}/vanlig.pdf"
    assert browser.get(path).status == 404


def test_a_form_there_is_none_of_is_missing(browser: PageClient, plan: Plan) -> None:
    assert browser.get(address(plan, "/planer/{plan}/ljud.pdf")).status == 404


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (PATHS[1], "/planer/{plan}/las/lattlast"),
        (OTHERS[0], "/imorgon"),
        (OTHERS[2], "/vecka"),
    ],
)
def test_where_no_pdf_can_be_made_the_page_says_what_to_do(
    browser: PageClient, plan: Plan, path: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> bytes:
        raise NoPdfError("PDF kan inte göras här. Skriv ut sidan i stället.")

    monkeypatch.setattr(plan_print_views, "make_pdf", fail)
    answer = browser.get(address(plan, path), follow=False)
    assert answer.status == 303
    assert answer.location.split("?")[0] == address(plan, page)
    assert "Skriv ut sidan i stället" in browser.get(answer.location).text


def test_a_refusal_to_make_a_pdf_is_a_rules_refusal() -> None:
    assert issubclass(NoPdfError, DomainError)
