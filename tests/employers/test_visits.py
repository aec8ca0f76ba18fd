"""Leads, the log of an employer, and what was seen at a workplace."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError, MissingError
from aktema.core.paging import Cursor
from aktema.employers import visit_operations as operations
from aktema.employers.models import Contact, Employer, Placement, Workplace
from aktema.employers.placement_queries import get_placement
from aktema.employers.visit_codes import SilenceReason, VisitKind
from aktema.employers.visit_models import EmployerVisit
from aktema.employers.visit_operations import LeadFacts, Seen, VisitFacts
from aktema.employers.visit_queries import get_analysis, get_visit, log_of, seen_at
from aktema.vocabulary.models import Adaptation, Dimension
from tests.support.employers import a_contact, a_locality, a_placement, an_employer, word_id
from tests.support.people import a_unit, act_as, an_account
from tests.support.visits import a_visit, an_analysis

TODAY = clock.today()


@pytest.fixture(autouse=True)
def coach(session: Session) -> None:
    act_as(an_account(Role.JOB_COACH, a_unit()))


def called(**changes: object) -> VisitFacts:
    return VisitFacts(**{"kind": VisitKind.PHONE, "happened_on": TODAY, "line": "Ring i mars.", **changes})  # type: ignore[arg-type]  # the fields as the test names them


def test_a_call_is_kept_with_who_made_it() -> None:
    employer = an_employer()
    operations.write_visit(employer, called(minutes=10))
    (visit,) = log_of(employer.id, Cursor(), 50).items
    assert (visit.kind, visit.minutes, visit.line) == ("phone", 10, "Ring i mars.")
    assert visit.account.name == "Kim Coach"


def test_what_is_written_is_not_readable_in_the_database() -> None:
    visit = operations.write_visit(an_employer(), called())
    assert b"mars" not in (visit.line_sealed or b"")


def test_a_log_is_read_newest_first() -> None:
    employer = an_employer()
    for days in (3, 1, 2):
        a_visit(employer, happened_on=TODAY - timedelta(days=days))
    days_ago = [(TODAY - visit.happened_on).days for visit in log_of(employer.id, Cursor(), 50).items]
    assert days_ago == [1, 2, 3]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"happened_on": TODAY + timedelta(days=1)}, "happened_on"),
        ({"happened_on": TODAY - timedelta(days=6 * 365)}, "happened_on"),
        ({"line": "Pratade om 19900101-0017."}, "line"),
    ],
)
def test_what_has_not_happened_or_names_a_person_is_refused(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        operations.write_visit(an_employer(), called(**wrong))
    assert refusal.value.field == field
    db.session.rollback()


@pytest.mark.parametrize(("was_reached", "is_lead"), [(True, False), (False, True)])
def test_a_lead_is_one_until_somebody_has_been_reached(was_reached: bool, is_lead: bool) -> None:
    employer = an_employer(is_lead=True)
    operations.write_visit(employer, called(was_reached=was_reached))
    assert employer.is_lead is is_lead


def test_a_lead_needs_no_more_than_a_name(session: Session) -> None:
    employer = operations.register_lead(LeadFacts(name="Åkeriet", sector="private"))
    assert employer.is_lead
    assert session.scalars(select(Workplace)).all() == []


def test_a_lead_keeps_whatever_is_known(session: Session) -> None:
    place = a_locality()
    facts = LeadFacts(
        name="Åkeriet", sector="private", locality_id=place.id, contact="Per", phone="011-1", line="Grannen"
    )
    employer = operations.register_lead(facts)
    assert employer.internal_note == "Grannen"
    assert session.scalars(select(Workplace.locality_id)).one() == place.id
    assert session.scalars(select(Contact.name)).one() == "Per"


def test_asking_why_keeps_the_reason_and_when_they_want_to_be_asked() -> None:
    employer, later = an_employer(), date(2030, 1, 7)
    facts = called(kind=VisitKind.ASKED_WHY, reason=SilenceReason.NOT_NOW)
    visit = operations.ask_why(employer, facts, later)
    assert (visit.reason, employer.not_before) == ("not_now", later)


def test_asking_why_without_a_day_changes_no_day() -> None:
    employer = an_employer(not_before=TODAY)
    operations.ask_why(employer, called(kind=VisitKind.ASKED_WHY, reason=SilenceReason.NO_TIME), None)
    assert employer.not_before == TODAY


def test_a_row_of_another_employers_log_is_missing() -> None:
    visit = a_visit(an_employer())
    with pytest.raises(MissingError):
        get_visit(an_employer("Åkeriet").public_id, visit.public_id)


@pytest.fixture
def placement() -> Placement:
    found = a_placement(demands={"focus": 1, "multi_step": 2}, adaptations=["short_spells"])
    return get_placement(found.public_id)


def saw(visit: EmployerVisit, placement: Placement, levels: dict[str, int], **answers: bool) -> None:
    seen = Seen(
        levels={word_id(Dimension, code): level for code, level in levels.items()},
        adaptations={word_id(Adaptation, code): answer for code, answer in answers.items()},
    )
    operations.note_seen(visit, placement, seen)


def levels_of(placement: Placement) -> dict[int, int]:
    return {row.dimension_id: row.level for row in placement.demands}


def test_what_was_seen_stands_in_the_placement_and_the_rest_stays(placement: Placement) -> None:
    saw(an_analysis(placement), placement, {"focus": 3})
    assert levels_of(placement) == {word_id(Dimension, "focus"): 3, word_id(Dimension, "multi_step"): 2}


def test_an_adaptation_is_offered_or_not_as_it_was_answered(placement: Placement) -> None:
    saw(an_analysis(placement), placement, {}, short_spells=False, picture_list=True)
    assert {row.adaptation_id for row in placement.adaptations} == {word_id(Adaptation, "picture_list")}


def test_it_is_known_when_and_by_whom_a_demand_was_seen(placement: Placement) -> None:
    day = TODAY - timedelta(days=4)
    saw(an_analysis(placement, happened_on=day), placement, {"focus": 3}, short_spells=True)
    seen = seen_at(placement)
    mark = seen.demands[word_id(Dimension, "focus")]
    assert (mark.on, mark.name, mark.value) == (day, "Kim Coach", 3)
    assert seen.adaptations[word_id(Adaptation, "short_spells")].value == 1
    assert word_id(Dimension, "multi_step") not in seen.demands


def test_the_newest_visit_tells(placement: Placement) -> None:
    for days, level in ((9, 1), (2, 4), (5, 2)):
        visit = an_analysis(placement, happened_on=TODAY - timedelta(days=days))
        saw(visit, placement, {"focus": level})
    assert seen_at(placement).demands[word_id(Dimension, "focus")].value == 4


def test_seeing_again_on_the_same_visit_changes_what_was_seen(placement: Placement) -> None:
    visit = an_analysis(placement)
    saw(visit, placement, {"focus": 1}, short_spells=True)
    saw(visit, placement, {"focus": 2}, short_spells=False)
    assert [row.level for row in visit.seen_demands] == [2]
    assert [row.is_possible for row in visit.seen_adaptations] == [False]


def test_an_analysis_begins_with_its_visit(placement: Placement, session: Session) -> None:
    visit = operations.begin_analysis(placement, called(kind=VisitKind.JOB_ANALYSIS))
    assert get_analysis(placement, visit.public_id) is visit
    traced = select(AccessEntry.object_id).where(AccessEntry.act == "placement.analyse")
    assert session.scalars(traced).all() == [visit.id]


def test_an_analysis_of_another_placement_is_missing(placement: Placement) -> None:
    other = a_placement()
    with pytest.raises(MissingError):
        get_analysis(placement, an_analysis(other).public_id)


def test_who_has_left_is_still_named_in_the_log() -> None:
    employer = an_employer()
    contact = a_contact(employer, left_on=TODAY)
    a_visit(employer, contact_id=contact.id)
    (visit,) = log_of(employer.id, Cursor(), 50).items
    assert visit.contact is not None
    assert visit.contact.name == "Linda Ask"


def test_an_employer_registered_as_such_is_no_lead() -> None:
    assert db.session.scalars(select(Employer.is_lead).where(Employer.id == an_employer().id)).one() is False
