"""A position that an employer posts or changes itself. Each act leaves its trace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.swedish import sort_key
from aktema.employers.models import (
    Contact,
    Employer,
    Placement,
    PlacementActivity,
    PlacementAdaptation,
    PlacementDemand,
    Workplace,
)
from aktema.employers.placement_operations import By, copy_unasked, enter, hold, refuse_incomplete, trace
from aktema.employers.rules import Times
from aktema.employers.states import State
from aktema.vocabulary.queries import vocabulary

IN_A_TITLE = 2


class PostedBy(StrEnum):
    """Who wrote a position first, as it is stored; a coach's are `staff`."""

    LINK = "link"
    EMPLOYER = "employer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Posting:
    """What an employer says of a position. Ids and levels 0-4 of the vocabulary; what is unknown is left out.

    Where no workplace is chosen, street and locality are those of a new one; where no supervisor is, the name is that
    of a new contact. `like`: the position of theirs that is posted once more.
    """

    activity_ids: frozenset[int]
    description: str = ""
    levels: Mapping[int, int]
    times: Times
    workplace: Workplace | None = None
    street: str = ""
    locality_id: int | None = None
    supervisor: Contact | None = None
    supervisor_name: str = ""
    adaptation_ids: frozenset[int] = frozenset()
    like: Placement | None = None


def post(employer: Employer, posting: Posting, by: By, posted_by: PostedBy) -> Placement:
    """A published position, suggested from now on. Raises DomainError naming what is missing."""
    if employer.closed_on is not None:
        raise DomainError(
            _("%(name)s är stängd. Hör av dig till din kontakt på kommunen.", name=employer.name)
        )
    placement = Placement(
        employer=employer, state=State.DRAFT, posted_by=posted_by.value, title="", sort_key=""
    )
    if posting.like is not None:
        _begin_like(posting.like, placement, posting.activity_ids)
    _fill_in(placement, posting)
    refuse_incomplete(placement)
    hold(placement)
    employer.is_lead = False
    db.session.add(placement)
    db.session.flush()  # the history and the audit row need its id
    enter(placement, State.PUBLISHED, by)
    return placement


def change(placement: Placement, posting: Posting, by: By) -> None:
    """What the employer says of its position now. A coach looks through it again.

    Raises DomainError naming what is missing.
    """
    _fill_in(placement, posting)
    refuse_incomplete(placement)
    placement.reviewed_on = None
    trace(placement, by, "change")


def _begin_like(source: Placement, placement: Placement, activity_ids: frozenset[int]) -> None:
    """What the employer is not asked about is as it was; so is the title, where the tasks are the same."""
    copy_unasked(source, placement)
    if activity_ids == {row.activity_id for row in source.activities}:
        placement.title, placement.sort_key = source.title, source.sort_key


def _fill_in(placement: Placement, posting: Posting) -> None:
    title = title_of(row.activity_id for row in placement.activities)
    if placement.title in ("", title):  # a coach may have found a better one
        placement.title = title_of(posting.activity_ids)
        placement.sort_key = sort_key(placement.title)
    placement.description = posting.description or description_of(posting.activity_ids)
    placement.workplace = posting.workplace or _new_workplace(placement.employer, posting)
    placement.supervisor = posting.supervisor or _new_supervisor(placement.employer, posting)
    _set_times(placement, posting.times)
    placement.activities = [PlacementActivity(activity_id=one) for one in sorted(posting.activity_ids)]
    placement.demands = [
        PlacementDemand(dimension_id=key, level=level) for key, level in sorted(posting.levels.items())
    ]
    placement.adaptations = [PlacementAdaptation(adaptation_id=one) for one in sorted(posting.adaptation_ids)]


def _set_times(placement: Placement, times: Times) -> None:
    placement.least_weekly_minutes = times.least_weekly_minutes
    placement.most_weekly_minutes = times.most_weekly_minutes
    placement.weekdays, placement.places = times.weekdays, times.places
    placement.starts_at, placement.ends_at = times.starts_at, times.ends_at


def _new_workplace(employer: Employer, posting: Posting) -> Workplace:
    name = posting.street or employer.name
    return Workplace(employer=employer, name=name, street=posting.street, locality_id=posting.locality_id)


def _new_supervisor(employer: Employer, posting: Posting) -> Contact | None:
    name = posting.supervisor_name
    return Contact(employer=employer, name=name, task=_("Handledare")) if name else None


def title_of(activity_ids: Iterable[int]) -> str:
    """What a position is called by its tasks: Baka och diska. Empty where there are none."""
    labels = _labels(activity_ids)
    if not labels:
        return ""
    rest = [label[:1].lower() + label[1:] for label in labels[1:IN_A_TITLE]]
    return _(" och ").join([labels[0], *rest])


def description_of(activity_ids: Iterable[int]) -> str:
    """What one does there, where the employer has written nothing."""
    tasks = ", ".join(label[:1].lower() + label[1:] for label in _labels(activity_ids))
    return _("Man får vara med och %(tasks)s.", tasks=tasks) if tasks else ""


def _labels(activity_ids: Iterable[int]) -> list[str]:
    chosen = set(activity_ids)
    return [one.label("sv") for key, one in vocabulary().activities.items() if key in chosen]
