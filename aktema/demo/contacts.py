"""The log of each employer, some names to follow up, and one organisation that stands there twice."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from aktema.access.models import Account
from aktema.core.db import db
from aktema.core.swedish import sort_key
from aktema.demo import content
from aktema.demo.content import DemoEmployer
from aktema.demo.days import moment, rng_for, workday
from aktema.employers.models import Contact, Employer, Placement, Workplace
from aktema.employers.visit_codes import VisitKind
from aktema.employers.visit_models import EmployerVisit, SeenDemand

LEADS = (
    ("Ramverkstan", "private", "Bygger cykelramar i gamla brandstationen. Tips från Kafé Solkatten."),
    ("Hembygdsgården", "association", "Behöver händer i trädgården från april. Ring Gunvor på kvällen."),
    ("Tvätteriet Lindö", "private", "Annonserar efter personal till manglingen varje höst."),
)
TWIN = "AB"
"""What is written after the name of the one that stands there twice."""
LINES: Mapping[VisitKind, Sequence[str]] = {
    VisitKind.VISIT: (
        "Gick runt en timme. De har mer att göra på förmiddagen än vi trodde.",
        "Träffade arbetslaget på rasten. De vill veta mer om hur mycket tid det tar.",
        "Tittade på entrén och omklädningsrummet. Allt ligger på samma plan.",
    ),
    VisitKind.JOB_ANALYSIS: (
        "Följde med ett helt pass och gick igenom vad arbetet kräver.",
        "Tittade på varje moment och frågade vad som går att göra på annat sätt.",
    ),
    VisitKind.PHONE: (
        "Pratade om hösten. De hör av sig när schemat är lagt.",
        "Frågade hur det går. Allt lugnt, de vill gärna fortsätta.",
        "De undrade över försäkringen. Mejlar svaret i morgon.",
    ),
}
KINDS: Mapping[str, VisitKind] = {
    "employer_visit": VisitKind.VISIT,
    "on_site_support": VisitKind.VISIT,
    "network_meeting": VisitKind.VISIT,
    "job_analysis": VisitKind.JOB_ANALYSIS,
}
"""What the log calls the last contact; whatever else it was, it was a call."""
MINUTES: Mapping[VisitKind, int] = {VisitKind.VISIT: 60, VisitKind.JOB_ANALYSIS: 120, VisitKind.PHONE: 10}
SEEN = 5
"""So many of a placement's demands were seen at each job analysis."""


def add_contacts(today: date, coaches: Sequence[Account]) -> int:
    """A first visit and the last contact of each employer, and the leads; returns how many rows of logs there are."""
    employers = _employers()
    visits = [
        visit for one in content.employers() for visit in _visits(one, employers[one.name], today, coaches)
    ]
    db.session.add_all([*visits, *_leads(today), _twin(employers)])
    db.session.flush()  # what was seen refers to visits by their ids
    return len(visits)


def _employers() -> dict[str, Employer]:
    query = select(Employer).options(selectinload(Employer.contacts))
    return {employer.name: employer for employer in db.session.scalars(query)}


def _visits(
    one: DemoEmployer, employer: Employer, today: date, coaches: Sequence[Account]
) -> list[EmployerVisit]:
    kind = KINDS.get(one.last_contact_type, VisitKind.PHONE)
    last = workday(today - timedelta(days=one.last_contact_days))
    first = workday(last - timedelta(days=rng_for("first visit", one.key).randrange(20, 60)))
    return [
        _visit(one.key, employer, VisitKind.VISIT, first, coaches),
        _visit(one.key, employer, kind, last, coaches),
    ]


def _visit(
    key: str, employer: Employer, kind: VisitKind, day: date, coaches: Sequence[Account]
) -> EmployerVisit:
    """Who is met is the first contact; a job analysis is of the first placement, or a visit where there is none."""
    rng = rng_for("visit", key, day)
    placement = _first_placement(employer) if kind is VisitKind.JOB_ANALYSIS else None
    if placement is None and kind is VisitKind.JOB_ANALYSIS:
        kind = VisitKind.VISIT
    visit = EmployerVisit(
        employer=employer,
        placement=placement,
        contact=employer.contacts[0],
        account_id=rng.choice(coaches).id,
        kind=kind.value,
        happened_on=day,
        minutes=MINUTES[kind],
        created_at=moment(day, rng),
    )
    visit.line = rng.choice(LINES[kind])
    if placement is not None:
        visit.seen_demands = [
            SeenDemand(dimension_id=row.dimension_id, level=row.level) for row in placement.demands[:SEEN]
        ]
    return visit


def _first_placement(employer: Employer) -> Placement | None:
    there = select(Placement).where(Placement.employer_id == employer.id).order_by(Placement.id)
    return db.session.scalars(there.options(selectinload(Placement.demands)).limit(1)).first()


def _leads(today: date) -> list[Employer]:
    return [
        Employer(
            name=name,
            sort_key=sort_key(name),
            sector=sector,
            internal_note=note,
            is_lead=True,
            created_at=moment(workday(today - timedelta(days=10)), rng_for("lead", name)),
        )
        for name, sector, note in LEADS
    ]


def _twin(employers: Mapping[str, Employer]) -> Workplace:
    """The first employer once more, as somebody wrote it down who did not find it."""
    one = content.employers()[0]
    known = employers[one.name]
    name = f"{one.name} {TWIN}"
    twin = Employer(name=name, sort_key=sort_key(name), sector=one.sector, created_at=known.created_at)
    twin.contacts = [Contact(name=one.contact_name, phone=one.phone, created_at=known.created_at)]
    return Workplace(employer=twin, name=name, locality_id=one.locality.id, created_at=known.created_at)
