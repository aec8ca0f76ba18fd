"""What waits for coaches at employers: positions to look through, and colleagues to let in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from aktema.access.identity import Identity
from aktema.access.policy import is_granted
from aktema.core import clock
from aktema.core.markup import near_day
from aktema.employers.company_queries import colleagues_to_let_in, positions_to_look_through
from aktema.employers.permissions import UPDATE_PLACEMENT


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something to do about an employer: what, at which one, the page where it is done, and since when it waits."""

    title: str
    who: str
    href: str
    due: str
    tone: str = "neutral"
    tag: str = ""


def employer_tasks(identity: Identity, limit: int) -> Sequence[Task]:
    """What anybody who works with employers may do; whoever comes first does it. Two statements."""
    if not is_granted(identity, UPDATE_PLACEMENT):
        return ()
    return (*_colleagues(limit), *_positions(limit))[:limit]


def _colleagues(limit: int) -> Iterator[Task]:
    for contact in colleagues_to_let_in(limit):
        yield Task(
            title=_("Ge %(name)s inloggning", name=contact.name),
            who=contact.employer.name,
            href=url_for("employers.employer", employer_id=contact.employer.public_id),
            due=_("en kollega bad om det %(day)s", day=near_day(contact.asked_in_on)),
        )


def _positions(limit: int) -> Iterator[Task]:
    for placement in positions_to_look_through(limit):
        yield Task(
            title=_("Titta igenom ”%(title)s”", title=placement.title),
            who=placement.employer.name,
            href=url_for("employers.placement", placement_id=placement.public_id),
            due=_("arbetsgivaren skrev den %(day)s", day=near_day(clock.local(placement.created_at).date())),
        )
