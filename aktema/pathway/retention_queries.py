"""Who is to be asked how it is at work, and by whom: whoever has the person now, however much has changed since.

A job is followed up by the person's coach; where nobody is, by the coordinator; where nobody is either, by the manager
of the unit that had the person last; where that unit has none, or there was no unit, by any of the municipality's own
managers. That somebody was closed, or left every unit, takes nobody off the list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from aktema.access import audit
from aktema.access.consent_models import Consent
from aktema.access.identity import Identity, Post
from aktema.access.models import Account, Membership, Unit
from aktema.access.policy import Permission
from aktema.access.queries import live_membership, units_by_id
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.pathway.models import Introduction
from aktema.pathway.outcome_models import Employment, RetentionCheck
from aktema.pathway.permissions import FOLLOW_UP_JOB
from aktema.pathway.rules import retention as rules
from aktema.pathway.rules.retention import RetentionDue
from aktema.pathway.trial_models import Trial
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment, Participant
from aktema.people.queries import live_assignment, visible

MOST_OWED = 500
MUNICIPAL = "municipal"
FOLLOWED_UP_BY = ((Role.JOB_COACH, AssignmentKind.COACH), (Role.COORDINATOR, AssignmentKind.COORDINATOR))
"""Who follows up, in the order in which it falls to them; after these managers do."""


def owed_by(identity: Identity) -> ColumnElement[bool]:
    """The where-clause over Participant of the people whom it falls to the identity to ask."""
    return or_(false(), *(_falls_to(identity, post) for post in identity.posts))


def _falls_to(identity: Identity, post: Post) -> ColumnElement[bool]:
    someone_before: list[ColumnElement[bool]] = []
    for role, kind in FOLLOWED_UP_BY:
        held = exists().where(Assignment.participant_id == Participant.id, _holds(role, kind))
        if post.role is role:
            in_unit = Assignment.unit_id.is_(None) | (Assignment.unit_id == post.unit_id)
            mine = held.where(Assignment.account_id == identity.account_id, in_unit)
            return mine & ~or_(false(), *someone_before)
        someone_before.append(held)
    if post.role is Role.UNIT_MANAGER:
        everybodys = ~_is_managed() & _is_municipal(post.unit_id)
        return ((_last_unit() == post.unit_id) | everybodys) & ~or_(*someone_before)
    return false()


def _holds(role: Role, kind: AssignmentKind) -> ColumnElement[bool]:
    """The where-clause over Assignment, with Account and Membership, of those who work with the person in the role.

    Whoever was named once and has left the post, or can't sign in any longer, asks nobody.
    """
    return and_(
        Assignment.kind == kind.value,
        live_assignment(),
        Assignment.account_id == Account.id,
        Account.disabled_at.is_(None),
        Membership.account_id == Account.id,
        Membership.role_code == role.value,
        live_membership(),
        Assignment.unit_id.is_(None) | (Assignment.unit_id == Membership.unit_id),
    )


def _is_managed() -> ColumnElement[bool]:
    """Whether the last unit of the person has a manager; not where there was no unit."""
    return exists().where(Membership.unit_id == _last_unit(), _manages())


def _manages() -> ColumnElement[bool]:
    """The where-clause over Membership, with Account, of unit managers who can sign in today."""
    return and_(
        Membership.role_code == Role.UNIT_MANAGER.value,
        live_membership(),
        Membership.account_id == Account.id,
        Account.disabled_at.is_(None),
    )


def _is_municipal(unit_id: int | ColumnElement[int | None] | None) -> ColumnElement[bool]:
    """Whether the unit is the municipality's own: a private provider sees nobody who never was there."""
    return exists().where(Unit.id == unit_id, Unit.kind == MUNICIPAL)


def _last_unit() -> ColumnElement[int | None]:
    """The unit that has the person, or had them last."""
    there = (Assignment.participant_id == Participant.id) & Assignment.unit_id.is_not(None)
    newest = (func.coalesce(Assignment.to_date, date.max).desc(), Assignment.id.desc())
    return (
        select(Assignment.unit_id)
        .where(there)
        .order_by(*newest)
        .limit(1)
        .correlate(Participant)
        .scalar_subquery()
    )


def _owed(today: date) -> ColumnElement[bool]:
    """The where-clause over Employment of jobs with an unanswered moment: the same as `rules.owed`."""
    newest_first = list(reversed(RetentionDue))
    moment = case(
        *((Employment.from_date <= rules.latest_start(one, today), one.value) for one in newest_first)
    )
    answered = exists().where(
        RetentionCheck.employment_id == Employment.id,
        RetentionCheck.due == moment,
        RetentionCheck.is_still_employed.is_not(None),
    )
    goes_on = Employment.to_date.is_(None) | (Employment.to_date >= today)
    return goes_on & moment.is_not(None) & ~answered


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """A job whose moment has come, or comes soon."""

    employment: Employment
    due: RetentionDue
    due_on: date


def owed_checks(identity: Identity, today: date) -> Sequence[Owed]:
    """What it falls to the identity to ask about, the longest due first. Nobody is recorded as read."""
    mine = (
        _loaded()
        .where(owed_by(identity), _owed(today))
        .order_by(Employment.from_date, Employment.id)
        .limit(MOST_OWED)
    )
    found = [_moment(job, today) for job in db.session.scalars(mine).unique()]
    return sorted(found, key=lambda one: one.due_on)


def _moment(job: Employment, today: date) -> Owed:
    due = rules.current(job.from_date, job.to_date, today) or RetentionDue.WEEK_1
    return Owed(employment=job, due=due, due_on=rules.due_on(job.from_date, due))


def _loaded() -> Select[Employment]:
    return (
        select(Employment)
        .join(Employment.participant)
        .options(
            contains_eager(Employment.participant),
            joinedload(Employment.outcome).options(raiseload("*")),
            selectinload(Employment.checks).options(joinedload(RetentionCheck.account), raiseload("*")),
            raiseload("*"),
        )
    )


def late_in_reach(identity: Identity, today: date) -> int:
    """How many jobs in reach nobody has asked about for too long. One statement; nobody is recorded as read."""
    owed = select(Employment.from_date, Employment.to_date).join(Employment.participant)
    jobs = db.session.execute(owed.where(_reached(identity), _owed(today)))
    return sum(_is_late(first, last, today) for first, last in jobs)


def _is_late(first: date, last: date | None, today: date) -> bool:
    due = rules.current(first, last, today)
    return due is not None and rules.is_late(first, due, today)


def _reached(identity: Identity) -> ColumnElement[bool]:
    return visible(identity, FOLLOW_UP_JOB) | owed_by(identity)


def get_followed_up(identity: Identity, public_id: str) -> Employment:
    """A job in reach, the read recorded: the reader has the person, or it falls to them. Raises MissingError."""
    found = db.session.scalar(_loaded().where(Employment.public_id == public_id, _reached(identity)))
    if found is None:
        raise MissingError
    audit.record_read(FOLLOW_UP_JOB, found.participant_id)
    return found


def find_check(job: Employment, due: RetentionDue) -> RetentionCheck | None:
    """What has been answered about the moment, by whomever, or None."""
    return next((one for one in job.checks if one.due == due.value), None)


def owed_now(job: Employment) -> RetentionDue | None:
    """The moment that has yet to be answered, or None."""
    answered = [one.due for one in job.checks if one.is_still_employed is not None]
    return rules.owed(job.from_date, job.to_date, answered, clock.today())


def may_be_asked_about(job: Employment) -> bool:
    """Whether an employer may be asked by link: not of somebody kept secret, nor where the yes is taken back."""
    return not (job.participant.has_protected_identity or is_taken_back(job))


def is_taken_back(job: Employment) -> bool:
    """Whether the person has taken back the consent that the job's introduction stood on."""
    taken_back = (
        select(Consent.id)
        .join(Introduction, Introduction.consent_id == Consent.id)
        .join(Trial, Trial.introduction_id == Introduction.id)
        .where(Trial.id == job.outcome.trial_id, Consent.withdrawn_on.is_not(None))
    )
    return db.session.scalar(taken_back) is not None


def who_asks(participant: Participant) -> str:
    """The name of whoever it falls to, or of the unit whose manager it is, or that it is any manager.

    Empty where there is nobody at all.
    """
    for role, kind in FOLLOWED_UP_BY:
        theirs = select(Account.name).where(Assignment.participant_id == participant.id, _holds(role, kind))
        name = db.session.scalar(theirs.order_by(Assignment.id).limit(1))
        if name is not None:
            return name
    unit_id = db.session.scalar(select(_last_unit()).where(Participant.id == participant.id, _is_managed()))
    if unit_id is not None:
        return units_by_id([unit_id])[0].name
    somebody = exists().where(_manages(), _is_municipal(Membership.unit_id.expression))
    return _("Någon av enhetscheferna") if db.session.scalar(select(somebody)) else ""


def counts(identity: Identity, permission: Permission, today: date) -> Sequence[rules.Count]:
    """Of the jobs of people in reach, how many are still there at each moment that is counted. Two statements."""
    in_reach = Employment.participant_id.in_(select(Participant.id).where(visible(identity, permission)))
    jobs = db.session.execute(
        select(Employment.id, Employment.from_date, Employment.to_date).where(in_reach)
    ).all()
    said = _still_there(in_reach)
    return [
        rules.counted(
            due, [rules.standing(first, last, said.get(key, {}), due, today) for key, first, last in jobs]
        )
        for due in rules.COUNTED
    ]


def _still_there(in_reach: ColumnElement[bool]) -> Mapping[int, Mapping[str, bool]]:
    found: dict[int, dict[str, bool]] = {}
    answers = (
        select(RetentionCheck.employment_id, RetentionCheck.due, RetentionCheck.is_still_employed)
        .join(Employment, Employment.id == RetentionCheck.employment_id)
        .where(in_reach, RetentionCheck.is_still_employed.is_not(None))
    )
    for employment_id, due, is_still in db.session.execute(answers):
        found.setdefault(employment_id, {})[due] = bool(is_still)
    return found


def job_of_person(participant_id: int, today: date) -> Employment | None:
    """The job the person has today, or begins next; None where there is none."""
    theirs = _loaded().where(
        Employment.participant_id == participant_id,
        Employment.to_date.is_(None) | (Employment.to_date >= today),
    )
    return db.session.scalars(theirs.order_by(Employment.from_date, Employment.id)).unique().first()


def employment_by_id(employment_id: int) -> Employment:
    """The job a link is about. Raises MissingError."""
    found = db.session.scalars(_loaded().where(Employment.id == employment_id)).unique().one_or_none()
    if found is None:
        raise MissingError
    return found
