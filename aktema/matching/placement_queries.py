"""Readers of placements to ask about. They are not about people: whoever may read one may read all."""

from sqlalchemy import select

from aktema.core.db import db
from aktema.employers.employer_queries import ids_fitting
from aktema.employers.models import Employer, Placement


def placements_fitting(typed: str) -> tuple[int, ...]:
    """The placements, in whatever state, whose title or employer fits what was typed. One statement."""
    named = select(Placement.id, Placement.title, Employer.name).join(
        Employer, Placement.employer_id == Employer.id
    )
    texts = [(number, f"{title} {employer}") for number, title, employer in db.session.execute(named)]
    return ids_fitting(typed, texts)
