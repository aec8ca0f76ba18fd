"""The pages of leads, of the log, and of a job analysis, as a coach uses them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.employers.models import Contact, Employer, PlacementDemand
from aktema.employers.visit_models import EmployerVisit, SeenAdaptation, SeenDemand
from aktema.vocabulary.queries import dimension_groups
from tests.support.employers import a_contact, a_placement, an_employer
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.visits import a_visit, an_analysis

SignIn = Callable[[Account], PageClient]
TODAY = clock.today()


@pytest.fixture
def coach(sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.JOB_COACH, a_unit()))


def where(employer: Employer, rest: str = "") -> str:
    return f"/arbetsgivare/{employer.public_id}{rest}"


def test_an_empty_log_says_what_to_do_first(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    page = coach.get(where(employer, "/logg"))
    assert "Inget är skrivet än" in page.words
    assert page.select(f"a[href='{where(employer, '/logg/ny')}']")


def test_a_call_is_written_down_and_stands_in_the_log(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    contact = a_contact(employer)
    typed = {"kind": "visit", "contact": contact.public_id, "line": "De söker någon till disken."}
    page = coach.submit(where(employer, "/logg/ny"), typed)
    for word in ("Besökte arbetsplatsen", "Linda Ask", "De söker någon till disken.", "Kim Coach"):
        assert word in page.words


def test_the_field_says_that_no_participant_is_named(coach: PageClient, session: Session) -> None:
    assert "Skriv aldrig om deltagare här" in coach.get(where(an_employer(), "/logg/ny")).words


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"line": "900101-0017"}, "Här får inget personnummer stå."),
        ({"happened_on": (TODAY + timedelta(days=1)).isoformat()}, "Dagen har inte varit än."),
        ({"minutes": "många"}, "Skriv ett helt tal"),
        ({"line": "x" * 50_000}, "Texten är för lång."),
        ({"line": "a\x00b"}, "Texten innehåller tecken"),
    ],
)
def test_wrong_input_is_told_and_nothing_is_written(
    coach: PageClient, session: Session, typed: dict[str, str], message: str
) -> None:
    page = coach.submit(where(an_employer(), "/logg/ny"), typed)
    assert page.status == 422
    assert message in page.words
    assert session.scalars(select(EmployerVisit)).all() == []


def test_a_row_can_be_mended(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    visit = a_visit(employer, line="Rign i mars.")
    page = coach.submit(where(employer, f"/logg/{visit.public_id}"), {"line": "Ring i mars."})
    assert "Ring i mars." in page.words
    assert visit.line == "Ring i mars."


@pytest.mark.parametrize("kind", ["asked_why", "job_analysis"])
def test_rows_of_other_kinds_stay_of_their_kind_when_mended(
    coach: PageClient, session: Session, kind: str
) -> None:
    placement = a_placement()
    own = {"reason": "no_time"} if kind == "asked_why" else {"placement_id": placement.id}
    visit = a_visit(placement.employer, kind=kind, **own)
    coach.submit(where(placement.employer, f"/logg/{visit.public_id}"), {"line": "Mer."})
    assert (visit.kind, visit.line) == (kind, "Mer.")


def test_why_they_are_silent_is_written_with_when_to_ask_again(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    a_contact(employer, phone="011-12 34 56")
    page = coach.submit(
        where(employer, "/logg/tystnad"), {"reason": "wrong_person", "not_before": "2030-01-07"}
    )
    assert "Lägg till rätt kontakt" in page.soup.get_text()
    assert str(employer.not_before) == "2030-01-07"


@pytest.mark.parametrize("reason", ["not_received", "no_longer", "no_time"])
def test_whatever_the_reason_somebody_is_thanked_or_told_what_helps(
    coach: PageClient, session: Session, reason: str
) -> None:
    page = coach.submit(where(an_employer(), "/logg/tystnad"), {"reason": reason})
    assert "Sparat." in page.soup.get_text()


def test_why_they_are_silent_cannot_be_left_out(coach: PageClient, session: Session) -> None:
    page = coach.submit(where(an_employer(), "/logg/tystnad"), {})
    assert page.status == 422
    assert "Välj det som ligger närmast." in page.words


def test_a_lead_is_written_down_with_little(coach: PageClient, session: Session) -> None:
    page = coach.submit("/arbetsgivare/tips", {"name": "Åkeriet", "locality_id": "Norrköping"})
    assert "Åkeriet är sparad som tips." in page.soup.get_text()
    assert session.scalars(select(Employer.is_lead)).one() is True


def test_a_lead_that_may_stand_there_already_is_told_of(coach: PageClient, session: Session) -> None:
    an_employer()
    page = coach.submit("/arbetsgivare/tips", {"name": "Lindas Bageri AB"})
    assert "nästan samma namn" in page.soup.get_text()


def test_a_number_in_a_lead_is_kept_with_whoever_answers_it(coach: PageClient, session: Session) -> None:
    lead = {"name": "Åkeriet", "phone": "011-15 00 00"}
    page = coach.submit("/arbetsgivare/tips", lead)
    assert page.status == 422
    assert "Skriv vem som svarar på numret." in page.words
    coach.submit("/arbetsgivare/tips", lead | {"contact": "Växeln"})
    assert session.scalars(select(Contact.phone)).one() == "011-15 00 00"


@pytest.mark.parametrize("field", ["/arbetsgivare/tips", "kontakter/ny"])
def test_what_holds_no_number_is_no_telephone(coach: PageClient, session: Session, field: str) -> None:
    address = field if field.startswith("/") else where(an_employer(), f"/{field}")
    page = coach.submit(address, {"name": "Åkeriet", "contact": "Per", "phone": "abc"})
    assert page.status == 422
    assert "Skriv ett telefonnummer" in page.words


def test_a_lead_with_a_personal_number_is_refused(coach: PageClient, session: Session) -> None:
    page = coach.submit("/arbetsgivare/tips", {"name": "Åkeriet", "line": "900101-0017"})
    assert page.status == 422
    assert session.scalars(select(Employer)).all() == []


def test_a_manager_reads_the_log_and_writes_nothing(sign_in: SignIn, session: Session) -> None:
    employer = an_employer()
    a_visit(employer, line="Ring i mars.")
    manager = sign_in(an_account(Role.UNIT_MANAGER, a_unit()))
    page = manager.get(where(employer, "/logg"))
    assert "Ring i mars." in page.words
    assert not page.select("main a[href*='/logg/']")
    assert manager.get(where(employer, "/logg/ny")).status == 403


def test_a_handler_does_not_read_the_log(sign_in: SignIn, session: Session) -> None:
    employer = an_employer()
    handler = sign_in(an_account(Role.LSS_HANDLER))
    assert handler.get(where(employer, "/logg")).status == 403
    assert not handler.get(where(employer)).select("main a[href$='/logg']")


def test_the_employers_page_says_when_somebody_was_last_there(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    a_visit(employer, kind="visit")
    assert "Senast: besökte arbetsplatsen" in coach.get(where(employer)).words


def test_an_analysis_goes_through_every_group_and_ends_at_the_placement(
    coach: PageClient, session: Session
) -> None:
    placement = a_placement(demands={"focus": 1}, adaptations=["short_spells"])
    start = f"/platser/{placement.public_id}/arbetsanalys"
    page = coach.submit(start, {"line": "Gick med en hel dag."})
    visit = session.scalars(select(EmployerVisit)).one()
    for group in dimension_groups():
        assert str(group) in page.words
        page = coach.submit(f"{start}/{visit.public_id}/{group.code}", {})
    assert page.select("h1")[0].get_text(strip=True) == placement.title
    assert session.scalars(select(SeenDemand)).all() == []


def test_what_was_seen_is_marked_on_the_placement(coach: PageClient, session: Session) -> None:
    placement = a_placement(demands={"focus": 1}, adaptations=["short_spells"])
    visit = an_analysis(placement)
    group = next(g for g in dimension_groups() if any(one.code == "focus" for one in g.dimensions))
    address = f"/platser/{placement.public_id}/arbetsanalys/{visit.public_id}/{group.code}"
    assert "Nu står det nivå 1." in coach.get(address).words
    coach.submit(address, {"focus": "3", "adaptation_short_spells": "1"})
    page = coach.get(f"/platser/{placement.public_id}")
    assert page.words.count(f"sett på plats {TODAY.isoformat()} av Kim Coach") == 2
    assert session.scalars(select(PlacementDemand.level)).one() == 3
    assert session.scalars(select(SeenAdaptation.is_possible)).one() is True


def test_a_level_changed_at_the_desk_is_no_longer_marked_as_seen(coach: PageClient, session: Session) -> None:
    placement = a_placement(demands={"focus": 1})
    visit = an_analysis(placement)
    visit.seen_demands.append(SeenDemand(dimension_id=placement.demands[0].dimension_id, level=3))
    session.flush()
    assert "sett på plats" not in coach.get(f"/platser/{placement.public_id}").words


def test_what_was_seen_can_be_looked_at_again(coach: PageClient, session: Session) -> None:
    placement = a_placement()
    visit = an_analysis(placement)
    group = dimension_groups()[0]
    address = f"/platser/{placement.public_id}/arbetsanalys/{visit.public_id}/{group.code}"
    code = group.dimensions[0].code
    coach.submit(address, {code: "2"})
    assert coach.get(address).select(f"input[name={code}][value='2'][checked]")


@pytest.mark.parametrize("rest", ["nonsense", "nonsense%00"])
def test_a_group_that_is_none_is_missing(coach: PageClient, session: Session, rest: str) -> None:
    placement = a_placement()
    visit = an_analysis(placement)
    assert coach.get(f"/platser/{placement.public_id}/arbetsanalys/{visit.public_id}/{rest}").status == 404
