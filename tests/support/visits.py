"""Rows of employers' logs for tests."""

from typing import Any

from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Employer, Placement
from aktema.employers.visit_models import EmployerVisit
from tests.support.people import an_account


def a_visit(
    employer: Employer, account: Account | None = None, *, kind: str = "phone", line: str = "", **values: Any
) -> EmployerVisit:
    """A call of today, where nothing else is said; `values` are columns of the model."""
    values = {"happened_on": clock.today(), "minutes": 15, **values}
    visit = EmployerVisit(employer=employer, account_id=(account or an_account()).id, kind=kind, **values)
    visit.line = line
    db.session.add(visit)
    db.session.flush()
    return visit


def an_analysis(placement: Placement, account: Account | None = None, **values: Any) -> EmployerVisit:
    """A visit of today on which the placement's demands were gone through."""
    return a_visit(placement.employer, account, kind="job_analysis", placement_id=placement.id, **values)
