"""The pages of follow-ups: the person's list, a new one, writing it, closing it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.core.drafts import drop_draft
from aktema.core.editing import is_saved, shown
from aktema.core.errors import Message, RefusedError
from aktema.core.forms import ConflictError, attempted
from aktema.core.http import see
from aktema.core.markup import near_day
from aktema.core.paging import cursor_of_request
from aktema.core.typed import answer_typing, keep_what_fits, typed_before
from aktema.people.models import Participant
from aktema.people.queries import get_participant, hold, may
from aktema.plans import follow_up_operations as operations
from aktema.plans import follow_up_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.codes import Channel, Conclusion, FollowUpKind, PointAnswer, WorkPoint
from aktema.plans.follow_up_forms import (
    CloseForm,
    FollowUpForm,
    NewFollowUpForm,
    decision_label,
    field_name,
    follow_up_form,
)
from aktema.plans.goal_forms import goal_field
from aktema.plans.goal_page import aim_of, goals_shown
from aktema.plans.goal_queries import Followed, followed_goals, goal_lacks_of
from aktema.plans.models import FollowUp, WorkPointAnswer
from aktema.plans.permissions import FOLLOW_UP, READ_FOLLOW_UPS

CLOSE, WITHOUT_DRAFT = "close", "nej"


@bp.get("/deltagare/<id:public_id>/uppfoljningar")
@permits(READ_FOLLOW_UPS)
def follow_ups(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_FOLLOW_UPS, public_id)
    return render_template(
        "plans/follow_ups.html",
        participant=participant,
        still_open=queries.open_follow_ups(participant.id),
        page=queries.closed_follow_ups(participant.id, cursor_of_request()),
        last_tried=queries.find_last_tried(participant.id),
        may_add=may(identity, FOLLOW_UP, participant),
        **_words(),
    )


def _words() -> dict[str, object]:
    """What templates write follow-ups with."""
    return {"kind_of": FollowUpKind, "conclusion_of": Conclusion, "decision_label": decision_label}


@bp.route("/deltagare/<id:public_id>/uppfoljningar/ny", methods=["GET", "POST"])
@permits(FOLLOW_UP)
def new_follow_up(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = _held(identity, public_id)
    kind, decisions = queries.kind_for(identity, participant), queries.begun_decisions(participant.id)
    form = NewFollowUpForm(decisions=decisions)
    if form.validate_on_submit():
        decision = next(one for one in decisions if one.public_id == form.decision.data)
        made = attempted(
            form,
            lambda: operations.begin(
                identity,
                participant,
                decision,
                kind=kind,
                held_on=form.day,
                attendees=form.attendees.data or "",
            ),
        )
        if made is not None:
            return see("plans.follow_up", public_id=public_id, follow_up_id=made.public_id)
    return shown(
        "plans/new_follow_up.html", form, participant=participant, kind=kind, has_decision=bool(decisions)
    )


def _held(identity: Identity, public_id: str) -> Participant:
    """The person, held where something about them is about to be changed."""
    participant = get_participant(identity, FOLLOW_UP, public_id)
    if request.method == "POST":
        hold(participant)
    return participant


@bp.get("/deltagare/<id:public_id>/uppfoljningar/<id:follow_up_id>")
@permits(READ_FOLLOW_UPS)
def follow_up(public_id: str, follow_up_id: str) -> ResponseReturnValue:
    """To be written by those who may while it is open, to be read by the others and for ever after."""
    identity = current_identity()
    participant = get_participant(identity, READ_FOLLOW_UPS, public_id)
    found = queries.get_follow_up(participant.id, follow_up_id)
    if found.closed_on is not None or not _may_write(identity, participant, found):
        return _read_page(participant, found)
    typed = (
        None
        if request.args.get("utkast") == WITHOUT_DRAFT
        else typed_before(identity.account_id, _place(found))
    )
    if typed:
        return _form_page(participant, found, follow_up_form(found, formdata=typed), is_draft=True)
    form = follow_up_form(found, formdata=None)
    form.carry(found.version)
    return _form_page(participant, found, form)


def _may_write(identity: Identity, participant: Participant, found: FollowUp) -> bool:
    """Whether the follow-up is of the kind that is the reader's to write."""
    is_own_kind = queries.kind_for(identity, participant).value == found.kind
    return is_own_kind and may(identity, FOLLOW_UP, participant)


def _to_write(public_id: str, follow_up_id: str) -> tuple[Participant, FollowUp]:
    """The person and the follow-up. Raises RefusedError where it is somebody else's kind to write."""
    identity = current_identity()
    participant = _held(identity, public_id)
    found = queries.get_follow_up(participant.id, follow_up_id)
    if not _may_write(identity, participant, found):
        raise RefusedError(FOLLOW_UP.code)
    return participant, found


@bp.post("/deltagare/<id:public_id>/uppfoljningar/<id:follow_up_id>")
@permits(FOLLOW_UP)
def save_follow_up(public_id: str, follow_up_id: str) -> ResponseReturnValue:
    """Keep what is known so far; on to closing it where that button was pressed."""
    identity = current_identity()
    participant, found = _to_write(public_id, follow_up_id)
    form = follow_up_form(found)
    if form.validate():
        if not form.expects(found.version):
            keep_what_fits(identity.account_id, _place(found), "go")
            raise ConflictError(form, follow_up_form(found, formdata=None), found.version)
        attempted(form, lambda: operations.write(found, form.facts()))
    if form.errors:
        keep_what_fits(identity.account_id, _place(found), "go")
        return _form_page(participant, queries.get_follow_up(participant.id, follow_up_id), form)
    drop_draft(identity.account_id, _place(found))
    flash(_("Uppföljningen är sparad."), "success")
    goes_on = request.form.get("go") == CLOSE
    endpoint = "plans.close_follow_up" if goes_on else "plans.follow_up"
    return see(endpoint, public_id=public_id, follow_up_id=follow_up_id)


@bp.post("/deltagare/<id:public_id>/uppfoljningar/<id:follow_up_id>/utkast")
@permits(FOLLOW_UP)
def save_follow_up_draft(public_id: str, follow_up_id: str) -> ResponseReturnValue:
    """What is typed so far, with the version it was typed on: a session may end, nothing is lost."""
    _participant, found = _to_write(public_id, follow_up_id)
    return answer_typing(current_identity().account_id, _place(found), "go")


def _place(found: FollowUp) -> str:
    return f"follow_up:{found.public_id}"


@bp.route("/deltagare/<id:public_id>/uppfoljningar/<id:follow_up_id>/avsluta", methods=["GET", "POST"])
@permits(FOLLOW_UP)
def close_follow_up(public_id: str, follow_up_id: str) -> ResponseReturnValue:
    participant, found = _to_write(public_id, follow_up_id)
    form = CloseForm()
    if is_saved(
        form,
        found.version,
        lambda: CloseForm(formdata=None),
        lambda: operations.close(found, Conclusion(form.conclusion.data)),
    ):
        flash(_("Uppföljningen är avslutad."), "success")
        return see("plans.follow_up", public_id=public_id, follow_up_id=follow_up_id)
    found = queries.get_follow_up(participant.id, follow_up_id)  # a refused act has set the row back
    followed = followed_goals(found)
    return shown(
        "plans/close_follow_up.html",
        form,
        participant=participant,
        follow_up=found,
        missing=list(_missing(participant, found, followed)),
        goals=goals_shown(followed),
        points=list(_answers(found)),
        **_words(),
    )


def _missing(participant: Participant, found: FollowUp, followed: Followed) -> Iterator[tuple[str, str]]:
    """What is missing, and the places on the page where it is written."""
    page = url_for("plans.follow_up", public_id=participant.public_id, follow_up_id=found.public_id)
    for goal in goal_lacks_of(found, followed):
        yield str(goal.text), f"{page}#{goal_field(goal.part, goal.key)}"
    for lack in queries.lacks_of(found):
        yield str(lack.text), f"{page}#{field_name(lack.part, lack.point)}"


def _form_page(
    participant: Participant, found: FollowUp, form: FollowUpForm, *, is_draft: bool = False
) -> ResponseReturnValue:
    pid, fid = participant.public_id, found.public_id
    return shown(
        "plans/follow_up.html",
        form,
        participant=participant,
        follow_up=found,
        is_draft=is_draft,
        action=url_for("plans.save_follow_up", public_id=pid, follow_up_id=fid, utkast=WITHOUT_DRAFT),
        field_name=field_name,
        goal_field=goal_field,
        aim_of=aim_of,
        last_tried=queries.find_last_tried(participant.id),
        **_words(),
    )


def _read_page(participant: Participant, found: FollowUp) -> ResponseReturnValue:
    return render_template(
        "plans/read_follow_up.html",
        participant=participant,
        follow_up=found,
        channel_of=Channel,
        goals=goals_shown(followed_goals(found)),
        points=list(_answers(found)),
        last_tried=queries.find_last_tried(participant.id),
        **_words(),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """A point as it is read: the answer, and what belongs to it."""

    label: Message
    answer: Message
    is_own: bool
    facts: str
    words: str


def _answers(found: FollowUp) -> Iterator[Answered]:
    """Every point about work in the order they are asked; without an answer where none is written."""
    given = {row.point: row for row in found.points}
    for point in WorkPoint if found.has_work_points else ():
        row = given.get(point.value)
        yield Answered(
            label=point.label,
            answer=PointAnswer(row.answer).label if row else _("Inget svar än"),
            is_own=point.is_own_answer,
            facts=_facts(point, row) if row else "",
            words=(row.words or "") if row else "",
        )


def _facts(point: WorkPoint, row: WorkPointAnswer) -> str:
    """When it was or is to be, and how the person said it."""
    on = near_day(row.on_date)
    day = _("senast %(day)s", day=on) if on and point is WorkPoint.NEXT_STEP else on
    return " · ".join(filter(None, (day, str(Channel(row.channel).label) if row.channel else "")))
