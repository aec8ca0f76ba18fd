"""What happens to placements: drafted, filled in step by step, published, paused, closed.

Each act leaves its trace.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from aktema.access import audit
from aktema.access.identity import find_identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.settings import Settings
from aktema.core.swedish import sort_key
from aktema.employers import words
from aktema.employers.models import (
    Contact,
    Employer,
    Placement,
    PlacementActivity,
    PlacementAdaptation,
    PlacementConstraint,
    PlacementDemand,
    PlacementPreference,
    PlacementStateChange,
    Workplace,
)
from aktema.employers.permissions import CREATE_PLACEMENT, UPDATE_EMPLOYER, UPDATE_PLACEMENT
from aktema.employers.rules import Readiness, Times, missing_needs, times_problems
from aktema.employers.states import Move, State, find_state_after
from aktema.vocabulary.words import Occupation

Levels = Mapping[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Basics:
    """What a placement is, where, and what one does there in own words."""

    workplace: Workplace
    title: str
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Start:
    """What a draft begins with beyond its basics: an occupation, activities, or all of another placement."""

    occupation: Occupation | None = None
    activity_ids: frozenset[int] = frozenset()
    like: Placement | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Support:
    """Who helps at the placement, and how. Ids of the vocabulary."""

    supervisor: Contact | None = None
    supervision: str = ""
    adaptation_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class By:
    """By which right a placement is acted on, and by which link where nobody is signed in: for the trace."""

    permission: Permission
    via: str = ""


STAFF = By(permission=UPDATE_PLACEMENT)


def draft_placement(basics: Basics, start: Start | None = None) -> Placement:
    """A new draft. Raises DomainError where the employer is closed."""
    employer = basics.workplace.employer
    if employer.closed_on is not None:
        raise DomainError(_("%(name)s är stängd. Öppna arbetsgivaren först.", name=employer.name))
    start = start or Start()
    placement = Placement(
        employer=employer, state=State.DRAFT, occupation_id=start.occupation.id if start.occupation else None
    )
    if start.like is not None:
        _copy(start.like, placement)
    _write_basics(placement, basics)
    chosen = start.activity_ids | {row.activity_id for row in placement.activities}
    placement.activities = [PlacementActivity(activity_id=number) for number in sorted(chosen)]
    db.session.add(placement)
    db.session.flush()  # the audit row needs its id
    enter(placement, State.DRAFT, By(permission=CREATE_PLACEMENT))
    return placement


def change_basics(placement: Placement, basics: Basics) -> None:
    """Raises DomainError where a published placement would lose what it needs."""
    _write_basics(placement, basics)
    _changed(placement, "basics")


def choose_activities(placement: Placement, activity_ids: Iterable[int]) -> None:
    """Raises DomainError where a published placement would be left without any."""
    placement.activities = [PlacementActivity(activity_id=number) for number in sorted(set(activity_ids))]
    _changed(placement, "activities")


def set_demands(placement: Placement, levels: Levels) -> None:
    """Levels 0-4 by dimension; a dimension that is left out is unstated."""
    placement.demands = [
        PlacementDemand(dimension_id=number, level=level) for number, level in sorted(levels.items())
    ]
    _changed(placement, "demands")


def set_times(placement: Placement, times: Times) -> None:
    """Raises DomainError, on its field, for the first thing that does not fit together."""
    for problem in times_problems(times):
        raise DomainError(words.TIMES_PROBLEMS[problem], problem.value)
    placement.least_weekly_minutes, placement.most_weekly_minutes = (
        times.least_weekly_minutes,
        times.most_weekly_minutes,
    )
    placement.weekdays, placement.starts_at, placement.ends_at = (
        times.weekdays,
        times.starts_at,
        times.ends_at,
    )
    placement.places, placement.from_date, placement.to_date = times.places, times.from_date, times.to_date
    _changed(placement, "times")


def set_support(placement: Placement, support: Support) -> None:
    """Raises DomainError where the supervisor works for another employer."""
    supervisor = support.supervisor
    if supervisor is not None and supervisor.employer_id != placement.employer_id:
        raise DomainError(_("Handledaren finns hos en annan arbetsgivare."), "supervisor")
    placement.supervisor_id, placement.supervision = (
        supervisor.id if supervisor else None,
        support.supervision,
    )
    placement.adaptations = [
        PlacementAdaptation(adaptation_id=number) for number in sorted(support.adaptation_ids)
    ]
    _changed(placement, "support")


def set_surroundings(placement: Placement, poles: Levels, met: Mapping[int, bool]) -> None:
    """Poles from -2 to +2 by preference, and which constraints are met; what is left out is unknown."""
    placement.preferences = [
        PlacementPreference(preference_id=number, pole=pole) for number, pole in sorted(poles.items())
    ]
    placement.constraints = [
        PlacementConstraint(constraint_id=number, is_met=is_met) for number, is_met in sorted(met.items())
    ]
    _changed(placement, "surroundings")


def move(placement: Placement, step: Move, by: By = STAFF) -> State:
    """The state the placement comes into; published, it holds from now on.

    Raises DomainError where the step is not open from here, or where something is missing to be published.
    """
    after = find_state_after(State(placement.state), step)
    if after is None:
        raise DomainError(_("Det går inte från läget platsen är i nu. Ladda om sidan."))
    if after is State.PUBLISHED:
        refuse_incomplete(placement)
        hold(placement)
    enter(placement, after, by)
    return after


def refresh(placement: Placement, by: By = STAFF) -> None:
    """Somebody says that the position still holds; one that was paused is shown again. Raises DomainError."""
    if placement.state == State.PAUSED:
        move(placement, Move.RESUME, by)
    elif placement.state == State.PUBLISHED:
        hold(placement)
        trace(placement, by, "refresh")
    else:
        raise DomainError(_("Platsen är inte ute längre. Lägg ut den på nytt."))


def hold(placement: Placement) -> None:
    """The position is shown from today for as long as the installation's settings say."""
    settings: Settings = current_app.extensions["settings"]
    placement.expires_on = clock.today() + timedelta(days=settings.position_days)


def look_through(placement: Placement) -> None:
    """A coach has read what the employer posted."""
    placement.reviewed_on = clock.today()
    trace(placement, STAFF, "review")


def publish(placement: Placement) -> None:
    """Make a draft ready to be suggested. Raises DomainError naming what is missing."""
    move(placement, Move.PUBLISH)


def close_employer(employer: Employer) -> int:
    """Close an employer and every placement there that is not closed; returns how many those were."""
    employer.closed_on = clock.today()
    still_open = select(Placement).where(
        Placement.employer_id == employer.id, Placement.state != State.CLOSED
    )
    placements = db.session.scalars(still_open).all()
    for placement in placements:
        move(placement, Move.CLOSE)
    audit.record_write(UPDATE_EMPLOYER, object_kind="employer", object_id=employer.id, detail="close")
    return len(placements)


def readiness_of(placement: Placement) -> Readiness:
    """What is filled in of the placement, for the rules of publishing."""
    return Readiness(
        has_title=bool(placement.title),
        has_description=bool(placement.description),
        has_locality=placement.workplace.locality_id is not None,
        has_activity=bool(placement.activities),
        has_open_employer=placement.employer.closed_on is None,
        has_demands=bool(placement.demands),
        has_hours=placement.least_weekly_minutes is not None or placement.most_weekly_minutes is not None,
        has_weekdays=placement.weekdays is not None,
        has_supervision=placement.supervisor_id is not None or bool(placement.supervision),
        has_constraints=bool(placement.constraints),
    )


def _write_basics(placement: Placement, basics: Basics) -> None:
    placement.employer, placement.workplace = basics.workplace.employer, basics.workplace
    placement.title, placement.sort_key, placement.description = (
        basics.title,
        sort_key(basics.title),
        basics.description,
    )


def _copy(source: Placement, target: Placement) -> None:
    """All but the basics, the period and the state. The supervisor comes along within the same employer."""
    for name in (
        "least_weekly_minutes",
        "most_weekly_minutes",
        "weekdays",
        "starts_at",
        "ends_at",
        "places",
    ):
        setattr(target, name, getattr(source, name))
    copy_unasked(source, target)
    if source.employer_id == target.employer.id:
        target.supervisor_id = source.supervisor_id
    target.activities = [PlacementActivity(activity_id=row.activity_id) for row in source.activities]
    target.demands = [
        PlacementDemand(dimension_id=row.dimension_id, level=row.level) for row in source.demands
    ]
    target.adaptations = [PlacementAdaptation(adaptation_id=row.adaptation_id) for row in source.adaptations]


def copy_unasked(source: Placement, target: Placement) -> None:
    """What a coach finds out, and an employer who posts a position is not asked about."""
    target.supervision, target.occupation_id = source.supervision, source.occupation_id
    target.preferences = [
        PlacementPreference(preference_id=row.preference_id, pole=row.pole) for row in source.preferences
    ]
    target.constraints = [
        PlacementConstraint(constraint_id=row.constraint_id, is_met=row.is_met) for row in source.constraints
    ]


def _changed(placement: Placement, detail: str) -> None:
    if placement.state in (State.PUBLISHED, State.PAUSED):
        refuse_incomplete(placement)
    trace(placement, STAFF, detail)


def refuse_incomplete(placement: Placement) -> None:
    """Raises DomainError naming what is missing to be published."""
    missing = missing_needs(readiness_of(placement))
    if missing:
        raise DomainError(" ".join(str(words.NEEDS[need]) for need in missing))


def enter(placement: Placement, state: State, by: By) -> None:
    """Into the state, whatever the one before was, with its line in the history."""
    identity = find_identity()
    placement.state = state
    account_id = identity.account_id if identity else None
    db.session.add(PlacementStateChange(placement_id=placement.id, state=state, account_id=account_id))
    trace(placement, by, f"state {state}")


def trace(placement: Placement, by: By, detail: str) -> None:
    placement.changed_at = clock.now()  # rows beside it may be all that changed
    told = f"{by.via} {detail}".strip()
    audit.record_write(by.permission, object_kind="placement", object_id=placement.id, detail=told)
