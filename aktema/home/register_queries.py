"""The employer register: what has been asked of each employer, and what became of it. Counts; it names no person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, case, exists, false, func, select
from sqlalchemy.orm import selectinload

from aktema.access.identity import Identity
from aktema.core.db import db
from aktema.core.markup import near_day
from aktema.core.paging import Cursor, Page
from aktema.employers.employer_page import Task
from aktema.employers.employer_queries import (
    EMPLOYERS,
    NOTHING_LAZY,
    EmployerFilter,
    count_published,
    narrowed,
)
from aktema.employers.models import Employer, Placement, Workplace
from aktema.employers.queries import find_place
from aktema.employers.states import State
from aktema.employers.visit_codes import VisitKind
from aktema.employers.visit_models import EmployerVisit
from aktema.pathway.introduction_codes import CloseReason, EmployerReason
from aktema.pathway.introduction_queries import SILENCE_COUNTS, silent_employers
from aktema.pathway.models import Introduction
from aktema.pathway.outcome_models import Employment
from aktema.pathway.permissions import ADVANCE
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_queries import number_in_force
from aktema.people.models import Participant
from aktema.people.queries import is_live_coach, visible
from aktema.vocabulary.localities import Locality, kilometres_between, localities

QUIET_AFTER = timedelta(days=90)
"""So long after the last contact somebody should call, so that the employer does not forget us."""
Employers = Collection[Employer]


class Look(StrEnum):
    """Which employers are looked for."""

    LEADS = "leads"
    NEVER_ASKED = "never_asked"
    SILENT = "silent"
    QUIET = "quiet"
    HAS_PLACES = "has_places"


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterFilter:
    """What narrows the register; empty narrows nothing. Within so many kilometres of a locality, as the crow flies."""

    typed: str = ""
    sector: str = ""
    look: Look | None = None
    near: Locality | None = None
    within_km: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What an employer and we have had to do with each other.

    published: places that are out. asked: questions sent. answered: of those. ran_out: left without an answer until
    they were closed; what still waits is neither. trials: begun. running: of those, on the day. hires: jobs that grew
    out of a place there. last_contact: when somebody there was last talked with, or answered.
    """

    published: int = 0
    asked: int = 0
    answered: int = 0
    ran_out: int = 0
    trials: int = 0
    running: int = 0
    hires: int = 0
    last_contact: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """An employer that let a question run out, since when, and nobody has asked why."""

    public_id: str
    name: str
    since: date


def list_register(chosen: RegisterFilter, cursor: Cursor, today: date) -> Page[Employer]:
    """Open employers by name with their workplaces. Five statements at most."""
    named = EmployerFilter(typed=chosen.typed, sector=chosen.sector)
    query = narrowed(select(Employer).options(selectinload(Employer.workplaces), NOTHING_LAZY), named)
    if chosen.look is not None:
        query = query.where(_is_looked_for(chosen.look, today))
    if chosen.near is not None and chosen.within_km is not None:
        there = Workplace.locality_id.in_(_ids_within(chosen.near, chosen.within_km))
        query = query.where(Employer.workplaces.any(there))
    return EMPLOYERS.page(query, cursor)


def figures_of(employers: Employers, today: date) -> Mapping[int, Figures]:
    """The figures of each employer by its id. Five statements, however many there are."""
    ids = [employer.id for employer in employers]
    published, asked = count_published(employers), _asked(ids)
    trials, hires, met = _trials(ids, today), _hires(ids), _met(ids)
    found = {}
    for number in ids:
        sent, answered, ran_out, answered_on = asked.get(number, (0, 0, 0, None))
        begun, running = trials.get(number, (0, 0))
        contacts = [day for day in (answered_on, met.get(number)) if day is not None]
        found[number] = Figures(
            published=published.get(number, 0),
            asked=sent,
            answered=answered,
            ran_out=ran_out,
            trials=begun,
            running=running,
            hires=hires.get(number, 0),
            last_contact=max(contacts, default=None),
        )
    return found


def refusals_of(employer: Employer) -> Mapping[EmployerReason, int]:
    """Why the employer has said no, and how often; the most usual first."""
    said = (
        select(Introduction.employer_reason, func.count())
        .join(Placement, Placement.id == Introduction.placement_id)
        .where(Placement.employer_id == employer.id, Introduction.employer_reason.is_not(None))
        .group_by(Introduction.employer_reason)
        .order_by(func.count().desc(), Introduction.employer_reason)
    )
    return {EmployerReason(str(reason)): count for reason, count in db.session.execute(said)}


def silences(identity: Identity, today: date, limit: int) -> Sequence[Silence]:
    """Employers that let a question run out, and whom nobody has asked why. Two statements.

    It falls to those who lead the ways of whomever the question was about now; where nobody has the person any longer,
    to the one who asked.
    """
    has_coach = exists().where(is_live_coach())
    is_left = (Introduction.account_id == identity.account_id) & ~has_coach
    asked_since = exists().where(
        EmployerVisit.employer_id == Employer.id,
        EmployerVisit.kind == VisitKind.ASKED_WHY,
        EmployerVisit.happened_on >= Introduction.closed_on,
    )
    since = func.max(Introduction.closed_on)
    ran_out = (
        select(Employer.public_id, Employer.name, since)
        .join(Placement, Placement.employer_id == Employer.id)
        .join(Introduction, Introduction.placement_id == Placement.id)
        .join(Participant, Participant.id == Introduction.participant_id)
        .where(
            Introduction.closed_reason == CloseReason.EMPLOYER_SILENT,
            Introduction.closed_on >= today - SILENCE_COUNTS,
            visible(identity, ADVANCE) | is_left,
            Employer.id.in_(silent_employers(today)),
            Employer.closed_on.is_(None),
            ~asked_since,
        )
        .group_by(Employer.id, Employer.public_id, Employer.name)
        .order_by(since, Employer.public_id)
    )
    rows = db.session.execute(ran_out.limit(limit))
    return [Silence(public_id=public_id, name=name, since=day) for public_id, name, day in rows if day]


def silent_employer_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """The employers to ask why they do not answer, the longest silent first. Two statements."""
    return [
        Task(
            title=_("Fråga varför de inte svarar"),
            who=one.name,
            href=url_for("employers.asked_why", employer_id=one.public_id),
            due=_("frågan stängdes utan svar %(day)s", day=near_day(one.since)),
        )
        for one in silences(identity, today, limit)
    ]


def kilometres_to(employer: Employer, near: Locality) -> float | None:
    """How far it is to the nearest of the employer's workplaces; None where no locality is known."""
    places = (find_place(workplace.locality_id) for workplace in employer.workplaces)
    return min((kilometres_between(near, place) for place in places if place), default=None)


def _ids_within(near: Locality, kilometres: int) -> list[int]:
    return [place.id for place in localities() if kilometres_between(near, place) <= kilometres]


def _is_looked_for(look: Look, today: date) -> ColumnElement[bool]:
    match look:
        case Look.LEADS:
            return Employer.is_lead.is_(True)
        case Look.NEVER_ASKED:
            return Employer.id.not_in(_introduced(Introduction.sent_on.is_not(None)))
        case Look.SILENT:
            return Employer.id.in_(silent_employers(today))
        case Look.QUIET:
            return _is_quiet(today - QUIET_AFTER)
        case Look.HAS_PLACES:
            return Employer.id.in_(select(Placement.employer_id).where(Placement.state == State.PUBLISHED))


def _introduced(where: ColumnElement[bool]) -> Select[int]:
    """The employers to whom introductions of the kind have been made."""
    return (
        select(Placement.employer_id)
        .join(Introduction, Introduction.placement_id == Placement.id)
        .where(where)
    )


def _is_quiet(since: date) -> ColumnElement[bool]:
    met = select(EmployerVisit.employer_id).where(
        EmployerVisit.happened_on >= since, EmployerVisit.was_reached
    )
    answered = _introduced(Introduction.employer_answered_on >= since)
    return Employer.id.not_in(met) & Employer.id.not_in(answered)


def _asked(ids: Collection[int]) -> dict[int, tuple[int, int, int, date | None]]:
    """Questions sent, answered and run out, and the day of the last answer, by the employer's id."""
    ran_out = func.count(case((Introduction.closed_reason == CloseReason.EMPLOYER_SILENT, 1)))
    sent = (
        select(
            Placement.employer_id,
            func.count(),
            func.count(Introduction.employer_answer),
            ran_out,
            func.max(Introduction.employer_answered_on),
        )
        .join(Introduction, Introduction.placement_id == Placement.id)
        .where(Placement.employer_id.in_(ids), Introduction.sent_on.is_not(None))
        .group_by(Placement.employer_id)
    )
    rows = db.session.execute(sent)
    return {number: (asked, answered, silent, on) for number, asked, answered, silent, on in rows}


def _trials(ids: Collection[int], today: date) -> dict[int, tuple[int, int]]:
    """Trials that have begun, and those that run on the day, by the employer's id: as `status_of` tells them."""
    is_interrupted = func.coalesce(Trial.interrupted_on <= today, false())
    has_begun = is_interrupted | (Agreement.from_date <= today)
    is_running = ~is_interrupted & (Agreement.from_date <= today) & (Agreement.to_date >= today)
    agreed = (Agreement.trial_id == Trial.id) & (Agreement.number == number_in_force())
    counted = (
        select(Placement.employer_id, func.count(case((has_begun, 1))), func.count(case((is_running, 1))))
        .join(Trial, Trial.placement_id == Placement.id)
        .join(Agreement, agreed)
        .where(Placement.employer_id.in_(ids), Trial.cancelled_on.is_(None))
        .group_by(Placement.employer_id)
    )
    return {number: (begun, running) for number, begun, running in db.session.execute(counted)}


def _hires(ids: Collection[int]) -> dict[int, int]:
    counted = (
        select(Placement.employer_id, func.count())
        .join(Employment, Employment.placement_id == Placement.id)
        .where(Placement.employer_id.in_(ids))
        .group_by(Placement.employer_id)
    )
    return dict(db.session.execute(counted).all())


def _met(ids: Collection[int]) -> dict[int, date]:
    """When somebody at the employer was last reached, by the employer's id."""
    last = (
        select(EmployerVisit.employer_id, func.max(EmployerVisit.happened_on))
        .where(EmployerVisit.employer_id.in_(ids), EmployerVisit.was_reached)
        .group_by(EmployerVisit.employer_id)
    )
    return dict(db.session.execute(last).all())
