"""Beginning, writing and closing a follow-up. What is closed stands: a correction is a new follow-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.people.models import Participant
from aktema.plans.codes import (
    ANSWERS_TO,
    Channel,
    Conclusion,
    FollowUpKind,
    PointAnswer,
    SupportMeasure,
    WorkPoint,
)
from aktema.plans.follow_up_queries import find_open, find_order_id, lacks_of
from aktema.plans.goal_operations import GoalFacts, write_results
from aktema.plans.goal_queries import goal_lacks_of
from aktema.plans.models import Decision, FollowUp, WorkPointAnswer
from aktema.plans.permissions import FOLLOW_UP


@dataclass(frozen=True, kw_only=True, slots=True)
class PointFacts:
    """The answer to one point. `words` is what the person said, the reason, or the next step and who does it."""

    point: WorkPoint
    answer: PointAnswer
    on_date: date | None = None
    channel: Channel | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpFacts:
    """What a follow-up says, but for its conclusion. Points that are left out have no answer."""

    held_on: date
    attendees: str = ""
    summary: str = ""
    own_words: str = ""
    own_words_channel: Channel | None = None
    points: Sequence[PointFacts] = ()
    goals: Sequence[GoalFacts] = ()


def in_two_lines(what: str, who: str) -> str:
    """The words of a next step: what on the first line, who does it on the second."""
    return f"{what}\n{who}" if who else what


def begin(
    identity: Identity,
    participant: Participant,
    decision: Decision,
    *,
    kind: FollowUpKind,
    held_on: date,
    attendees: str = "",
) -> FollowUp:
    """An open follow-up of the decision. Raises DomainError where one is open already or the day can't be."""
    if find_open(decision.id, kind) is not None:
        raise DomainError(_("Det finns redan en uppföljning som inte är avslutad. Fortsätt på den."))
    _check_day(decision, held_on)
    follow_up = FollowUp(
        participant_id=participant.id,
        decision_id=decision.id,
        order_id=find_order_id(decision.id) if kind is FollowUpKind.PLAN else None,
        kind=kind.value,
        has_work_points=SupportMeasure(decision.support_measure).has_work_points,
        held_on=held_on,
        account_id=identity.account_id,
    )
    follow_up.attendees = attendees
    db.session.add(follow_up)
    db.session.flush()  # the audit row needs its id
    _record(follow_up, "open")
    return follow_up


def write(follow_up: FollowUp, facts: FollowUpFacts) -> FollowUp:
    """Keep what is known so far, half done or not. Raises DomainError where it is closed or a day can't be."""
    _check_open(follow_up)
    _check_day(follow_up.decision, facts.held_on)
    _check_points(facts)
    follow_up.held_on, follow_up.attendees = facts.held_on, facts.attendees
    follow_up.summary, follow_up.own_words = facts.summary, facts.own_words
    follow_up.own_words_channel = facts.own_words_channel
    flag_modified(follow_up, "held_on")  # an answer that changes makes the follow-up another version
    _write_points(follow_up, facts.points if follow_up.has_work_points else ())
    if facts.goals:
        write_results(follow_up, facts.goals)
    _record(follow_up, "write")
    return follow_up


def close(follow_up: FollowUp, conclusion: Conclusion) -> FollowUp:
    """Close it for good. Raises DomainError, naming the goals and points, where one of them lacks something."""
    _check_open(follow_up)
    lacking = [
        *(lack.label for lack in goal_lacks_of(follow_up)),
        *(str(lack.point.label) for lack in lacks_of(follow_up)),
    ]
    if lacking:
        named = ", ".join(dict.fromkeys(lacking))
        raise DomainError(
            _("Uppföljningen går inte att avsluta än. Det som fattas: %(points)s.", points=named)
        )
    follow_up.conclusion, follow_up.closed_on = conclusion.value, clock.today()
    _record(follow_up, "close")
    return follow_up


def _write_points(follow_up: FollowUp, points: Sequence[PointFacts]) -> None:
    """The answers as they are now. An answer that is another one was given now."""
    rows = {row.point: row for row in follow_up.points}
    said = {one.point.value: one for one in points}
    for name in rows.keys() - said.keys():
        follow_up.points.remove(rows[name])
        db.session.delete(rows[name])
    for name, one in said.items():
        row = rows.get(name)
        if row is None:
            row = WorkPointAnswer(point=name)
            follow_up.points.append(row)
        if row.answer != one.answer.value:
            row.answer, row.created_at = one.answer.value, clock.now()
        row.on_date, row.words = one.on_date, one.words
        was_asked = one.answer is not PointAnswer.COULD_NOT_BE_ASKED
        row.channel = one.channel.value if one.channel and was_asked else None


def _check_open(follow_up: FollowUp) -> None:
    if follow_up.closed_on is not None:
        raise DomainError(_("Uppföljningen är avslutad. Skriv en ny om något ska rättas."))


def _check_day(decision: Decision, held_on: date) -> None:
    if not decision.from_date <= held_on <= clock.today():
        raise DomainError(
            _(
                "Skriv en dag som har varit, tidigast när beslutet började gälla: %(day)s.",
                day=decision.from_date,
            ),
            "held_on",
        )


def _check_points(facts: FollowUpFacts) -> None:
    for one in facts.points:
        if one.answer not in ANSWERS_TO[one.point]:
            raise DomainError(_("Svaret hör inte till frågan."), f"answer_{one.point}")
        if one.on_date is None:
            continue
        is_ahead = one.on_date > clock.today()
        if one.point is not WorkPoint.NEXT_STEP and is_ahead:
            raise DomainError(_("Skriv en dag som har varit."), f"on_{one.point}")
        if one.point is WorkPoint.NEXT_STEP and one.on_date < facts.held_on:
            raise DomainError(_("Nästa steg ligger efter uppföljningen."), f"on_{one.point}")


def _record(follow_up: FollowUp, detail: str) -> None:
    audit.record_write(
        FOLLOW_UP,
        participant_id=follow_up.participant_id,
        object_kind="follow_up",
        object_id=follow_up.id,
        detail=detail,
    )
