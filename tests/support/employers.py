"""Employers, workplaces and placements for tests. Words of the vocabulary are given by their codes."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.swedish import sort_key
from aktema.employers.models import (
    PUBLISHED,
    Contact,
    Employer,
    Placement,
    PlacementActivity,
    PlacementAdaptation,
    PlacementConstraint,
    PlacementDemand,
    PlacementPreference,
    Workplace,
)
from aktema.vocabulary.localities import Locality, localities
from aktema.vocabulary.models import Activity, Adaptation, Dimension, Preference, WordMixin, WorkConstraint
from tests.support.people import an_account

PART_TIME = {
    "least_weekly_minutes": 600,
    "most_weekly_minutes": 1500,
    "weekdays": 31,
    "starts_at": 480,
    "ends_at": 960,
}
"""10 to 25 hours a week, Monday to Friday, 08:00 to 16:00."""


def a_locality(name: str = "Norrköping") -> Locality:
    return next(place for place in localities() if place.name == name)


def word_id(model: type[WordMixin], code: str) -> int:
    """The id of the word with the code."""
    return db.session.scalars(select(model.id).where(model.code == code)).one()


def an_employer(name: str = "Lindas bageri", *, sector: str = "private", **values: Any) -> Employer:
    employer = Employer(name=name, sort_key=sort_key(name), sector=sector, **values)
    db.session.add(employer)
    db.session.flush()
    return employer


def a_contact(employer: Employer | None = None, *, name: str = "Linda Ask", **values: Any) -> Contact:
    contact = Contact(employer=employer or an_employer(), name=name, **values)
    db.session.add(contact)
    db.session.flush()
    return contact


def a_workplace(
    employer: Employer | None = None,
    *,
    name: str = "Bageriet vid torget",
    locality_id: int | None = None,
    **values: Any,
) -> Workplace:
    """A workplace, in Norrköping where no locality is given."""
    locality_id = locality_id or a_locality().id
    workplace = Workplace(employer=employer or an_employer(), name=name, locality_id=locality_id, **values)
    db.session.add(workplace)
    db.session.flush()
    return workplace


def a_placement(
    workplace: Workplace | None = None,
    *,
    title: str = "Hjälpa till i bageriet",
    description: str = "Fylla på hyllor och plocka ihop beställningar.",
    state: str = PUBLISHED,
    activities: Iterable[str] = ("bake",),
    demands: Mapping[str, int] | None = None,
    preferences: Mapping[str, int] | None = None,
    constraints: Mapping[str, bool] | None = None,
    adaptations: Iterable[str] = (),
    **values: Any,
) -> Placement:
    """A published placement with hours and one activity; `values` are columns of the model."""
    workplace = workplace or a_workplace()
    columns = {
        **PART_TIME,
        "title": title,
        "sort_key": sort_key(title),
        "description": description,
        "state": state,
        **values,
    }
    placement = Placement(employer_id=workplace.employer_id, workplace=workplace, **columns)
    placement.activities = [PlacementActivity(activity_id=word_id(Activity, code)) for code in activities]
    placement.demands = [
        PlacementDemand(dimension_id=word_id(Dimension, code), level=level)
        for code, level in (demands or {}).items()
    ]
    placement.preferences = [
        PlacementPreference(preference_id=word_id(Preference, code), pole=pole)
        for code, pole in (preferences or {}).items()
    ]
    placement.constraints = [
        PlacementConstraint(constraint_id=word_id(WorkConstraint, code), is_met=met)
        for code, met in (constraints or {}).items()
    ]
    placement.adaptations = [
        PlacementAdaptation(adaptation_id=word_id(Adaptation, code)) for code in adaptations
    ]
    db.session.add(placement)
    db.session.flush()
    return placement


def an_employer_account(employer: Employer | None = None, *, is_admin: bool = True) -> Account:
    """An account of somebody at the employer, who administers it unless said otherwise."""
    account = an_account(Role.EMPLOYER, name="Linda Ask")
    account.email = f"linda{account.id}@lindas.example"
    a_contact(employer, email=account.email, account_id=account.id, is_admin=is_admin)
    return account
