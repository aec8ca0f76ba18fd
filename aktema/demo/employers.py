"""The municipality's employers, with the people to talk to, the workplaces and the placements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from aktema.access.models import Account
from aktema.core.db import db
from aktema.core.swedish import sort_key
from aktema.demo import content
from aktema.demo.content import DemoEmployer, DemoPlacement
from aktema.demo.days import moment, rng_for, workday
from aktema.demo.numbers import organisation_number
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
from aktema.employers.rules import weekday_bits
from aktema.employers.states import State
from aktema.vocabulary.queries import by_code, suggested_demands, vocabulary

BACKGROUND_CHECK = "background_check"
WEEKS_BEFORE_START = (3, 10)
"""How long before its first day a placement is registered."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Codes:
    """The vocabulary's ids by code."""

    activities: Mapping[str, int]
    dimensions: Mapping[str, int]
    preferences: Mapping[str, int]
    constraints: Mapping[str, int]
    adaptations: Mapping[str, int]


def codes() -> Codes:
    words = vocabulary()
    kinds = {
        "activities": words.activities,
        "dimensions": words.dimensions,
        "preferences": words.preferences,
        "constraints": words.constraints,
        "adaptations": words.adaptations,
    }
    return Codes(
        **{name: {code: one.id for code, one in by_code(of.values()).items()} for name, of in kinds.items()}
    )


def add_employers(began: date, today: date, coaches: Sequence[Account]) -> list[Placement]:
    """All employers and placements; those open today, closed ones and drafts."""
    known = codes()
    workplaces = {
        one.key: _workplace(serial, one, began) for serial, one in enumerate(content.employers(), start=1)
    }
    placements = [_placement(one, workplaces[one.employer], known, today) for one in content.placements()]
    db.session.add_all([*workplaces.values(), *placements])
    db.session.flush()  # what follows refers to them by id
    db.session.add_all(change for placement in placements for change in _changes(placement, coaches))
    return placements


def _workplace(serial: int, one: DemoEmployer, began: date) -> Workplace:
    """The employer's workplace, and with it the employer and the one to call."""
    rng = rng_for("employer", one.key)
    met_on = moment(workday(began + timedelta(days=rng.randrange(5, 90))), rng)
    employer = Employer(
        name=one.name,
        sort_key=sort_key(one.name),
        organisation_number=organisation_number(serial),
        sector=one.sector,
        description=one.description,
        internal_note=one.coach_note,
        created_at=met_on,
    )
    employer.contacts = [
        Contact(
            name=one.contact_name, task=one.contact_role, phone=one.phone, email=one.email, created_at=met_on
        )
    ]
    return Workplace(
        employer=employer,
        name=one.name,
        street=one.street,
        locality_id=one.locality.id,
        access_facts="\n".join(_access(one)),
        created_at=met_on,
    )


def _access(one: DemoEmployer) -> Iterator[str]:
    yield one.access
    yield f"Kollektivtrafik: {one.bus}."
    if one.has_parking:
        yield "Det finns parkering."


def _placement(one: DemoPlacement, workplace: Workplace, known: Codes, today: date) -> Placement:
    rng = rng_for("placement", one.key)
    registered = _registered_at(one, today, rng)
    return Placement(
        employer=workplace.employer,
        workplace=workplace,
        supervisor=_supervisor(one, workplace.employer, registered),
        title=one.title,
        sort_key=sort_key(one.title),
        description=one.description,
        least_weekly_minutes=one.least_weekly_minutes,
        most_weekly_minutes=one.most_weekly_minutes,
        weekdays=weekday_bits(one.weekdays),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        places=one.places,
        supervision=one.supervision,
        state=one.state,
        from_date=today + timedelta(days=one.starts_in_days),
        to_date=None if one.ends_in_days is None else today + timedelta(days=one.ends_in_days),
        created_at=registered,
        changed_at=min(
            registered + timedelta(days=rng.randrange(1, 14)), moment(today - timedelta(days=1), rng)
        ),
        **_parts(one, known),
    )


def _registered_at(one: DemoPlacement, today: date, rng: Random) -> datetime:
    """Some weeks before the first day, and before today."""
    ahead = timedelta(weeks=rng.randint(*WEEKS_BEFORE_START))
    first_day = today + timedelta(days=one.starts_in_days)
    return moment(workday(min(first_day - ahead, today - timedelta(days=2))), rng)


def _supervisor(one: DemoPlacement, employer: Employer, registered: datetime) -> Contact:
    """The employer's contact of that name, or a new one."""
    found = next((contact for contact in employer.contacts if contact.name == one.supervisor_name), None)
    if found is None:
        found = Contact(name=one.supervisor_name, task=one.supervisor_role, created_at=registered)
        employer.contacts.append(found)
    return found


def _parts(one: DemoPlacement, known: Codes) -> dict[str, list[object]]:
    """The rows beside a placement, as the vocabulary's ids."""
    activities = sorted(known.activities[code] for code in one.activities)
    demands = {
        **suggested_demands(activities),
        **{known.dimensions[code]: level for code, level in one.demands.items()},
    }
    met = {known.constraints[code]: is_met for code, is_met in one.constraints.items() if is_met is not None}
    if one.requires_background_check:
        met[known.constraints[BACKGROUND_CHECK]] = True
    poles = {known.preferences[code]: pole for code, pole in one.preferences.items()}
    adaptations = sorted(known.adaptations[code] for code in one.adaptations)
    return {
        "activities": [PlacementActivity(activity_id=key) for key in activities],
        "demands": [PlacementDemand(dimension_id=key, level=level) for key, level in sorted(demands.items())],
        "preferences": [
            PlacementPreference(preference_id=key, pole=pole) for key, pole in sorted(poles.items())
        ],
        "constraints": [
            PlacementConstraint(constraint_id=key, is_met=is_met) for key, is_met in sorted(met.items())
        ],
        "adaptations": [PlacementAdaptation(adaptation_id=key) for key in adaptations],
    }


def _changes(placement: Placement, coaches: Sequence[Account]) -> Iterator[PlacementStateChange]:
    """The way to the state the placement is in."""
    coach = coaches[placement.id % len(coaches)]
    first, last = placement.created_at, placement.changed_at
    steps = [(State.DRAFT, first)]
    if placement.state != State.DRAFT:
        steps.append((State.PUBLISHED, first + (last - first) / 2))
    if placement.state not in (State.DRAFT, State.PUBLISHED):
        steps.append((State(placement.state), last))
    for state, at in steps:
        yield PlacementStateChange(placement_id=placement.id, state=state, account_id=coach.id, created_at=at)
