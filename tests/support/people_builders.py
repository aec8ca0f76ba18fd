"""Participants and who works with them, for tests of every slice."""

from datetime import date
from typing import Any

from aktema.access.models import Account, Unit
from aktema.core import clock
from aktema.core.db import db
from aktema.core.swedish import sort_key
from aktema.people.models import Assignment, Participant

NORRKOPING = 2688368
"""The GeoNames id of a town for people to live in."""


def a_participant(
    *,
    coach: Account | None = None,
    unit: Unit | None = None,
    first_name: str = "Alva",
    last_name: str = "Ek",
    **values: Any,
) -> Participant:
    """A person of 1996, with the coach (and the unit) as live assignment where one is given."""
    participant = Participant(
        **{
            "first_name": first_name,
            "last_name": last_name,
            "sort_key": sort_key(f"{first_name} {last_name}"),
            "birth_date": date(1996, 3, 9),
            "communication": "speech",
            "came_from": "day_activity",
            "locality_id": NORRKOPING,
            **values,
        }
    )
    db.session.add(participant)
    db.session.flush()
    if coach is not None or unit is not None:
        an_assignment(participant, account=coach, unit=unit)
    return participant


def an_assignment(
    participant: Participant,
    *,
    kind: str = "coach",
    account: Account | None = None,
    unit: Unit | None = None,
    from_date: date | None = None,
    to_date: date | None = None,
) -> Assignment:
    """An assignment of the kind, live from today where no dates are given."""
    assignment = Assignment(
        participant=participant,
        kind=kind,
        account_id=account.id if account else None,
        unit_id=unit.id if unit else None,
        from_date=from_date or clock.today(),
        to_date=to_date,
    )
    db.session.add(assignment)
    db.session.flush()
    return assignment
