"""The step log of a person.

/steg                                      choose_person
/deltagare/<id>/steg                       log (the form), POST logs
/deltagare/<id>/steg/utkast                save_draft (POST, while typing)
/deltagare/<id>/steg/<id>/ratta            correct
/deltagare/<id>/tidslinje                  timeline
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.policy import is_granted
from aktema.core.drafts import drop_draft
from aktema.core.errors import MissingError
from aktema.core.forms import ConflictError, attempted
from aktema.core.http import see
from aktema.core.markup import near_day
from aktema.core.paging import cursor_of_request
from aktema.core.typed import answer_typing, typed_before
from aktema.people.models import Participant
from aktema.people.queries import get_participant
from aktema.steps import operations, queries
from aktema.steps.codes import ICONS, WRITTEN_BY_HAND, Actor, ContactType, StepPlace
from aktema.steps.forms import LogStepForm, StepForm
from aktema.steps.models import Step
from aktema.steps.permissions import CREATE_STEP, READ_STEPS

bp = Blueprint("steps", __name__)
MOST_PEOPLE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A step as the timeline shows it."""

    date_text: str
    title: str
    text: str
    who: str
    icon: str
    corrected: bool
    own_words: str
    href: str


def entry_of(step: Step, href: str = "") -> Entry:
    """The step as an entry; `href` is where it can be corrected, for those who may."""
    kind = ContactType(step.contact_type)
    unreached = "" if step.was_reached else _(" (nådde inte)")
    facts = _("%(place)s, %(minutes)s minuter", place=StepPlace(step.place).label, minutes=step.minutes)
    return Entry(
        date_text=near_day(step.happened_on),
        title=f"{kind.label}{unreached}",
        text=step.line or "",
        who=f"{_who(step)} · {facts}" if step.minutes else _who(step),
        icon=ICONS[kind],
        corrected=step.corrects_id is not None,
        own_words=(step.own_line or "") if kind in WRITTEN_BY_HAND else "",
        href=href,
    )


def _who(step: Step) -> str:
    """Who did it: by name only where staff did, for the account is else that of whoever answers for the row."""
    return step.account.name if step.is_of_staff else str(Actor(step.actor).label)


def entries_of(participant: Participant, steps: Sequence[Step], *, may_correct: bool) -> list[Entry]:
    """The steps as entries of the person's timeline."""
    return [
        entry_of(step, _correction(participant, step) if may_correct and step.is_by_hand else "")
        for step in steps
    ]


def _correction(participant: Participant, step: Step) -> str:
    return url_for("steps.correct", public_id=participant.public_id, step_id=step.public_id)


def _place_of_draft(participant: Participant) -> str:
    return f"step:{participant.public_id}"


@bp.get("/steg")
@permits(CREATE_STEP)
def choose_person() -> ResponseReturnValue:
    people = queries.people_to_log(current_identity(), MOST_PEOPLE + 1)
    shown = people[:MOST_PEOPLE]
    audit.record_reads(CREATE_STEP, sorted(person.id for person in shown))
    return render_template("steps/choose_person.html", people=shown, has_more=len(people) > MOST_PEOPLE)


@bp.route("/deltagare/<id:public_id>/steg", methods=["GET", "POST"])
@permits(CREATE_STEP)
def log(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, CREATE_STEP, public_id)
    form = _form(identity.account_id, participant)
    if form.validate_on_submit():
        is_done = form.is_next_done.data
        if attempted(
            form,
            lambda: operations.log_step(
                identity, participant, form.facts(), next_step=form.next_step(), is_next_done=is_done
            ),
        ):
            drop_draft(identity.account_id, _place_of_draft(participant))
            flash(_("Steget är sparat."), "success")
            return see("home.participant", public_id=public_id)
    next_step = queries.find_next_step(participant.id)
    page = render_template("steps/log.html", form=form, participant=participant, next_step=next_step)
    return page, 422 if form.errors else 200


def _form(account_id: int, participant: Participant) -> LogStepForm:
    """The form as sent, or filled with what was typed earlier and never sent."""
    if request.method == "POST":
        return LogStepForm()
    return LogStepForm(formdata=typed_before(account_id, _place_of_draft(participant)))


@bp.post("/deltagare/<id:public_id>/steg/utkast")
@permits(CREATE_STEP)
def save_step_draft(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, CREATE_STEP, public_id)
    return answer_typing(identity.account_id, _place_of_draft(participant), "version")


@bp.route("/deltagare/<id:public_id>/steg/<id:step_id>/ratta", methods=["GET", "POST"])
@permits(CREATE_STEP)
def correct(public_id: str, step_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, CREATE_STEP, public_id)
    step = queries.find_standing(queries.get_step(participant.id, step_id))
    if not step.is_by_hand:
        raise MissingError  # what another page knows, or somebody else did or said, is not put in other words
    form = StepForm(obj=step)
    if form.is_submitted() and not form.expects(step.id):
        raise ConflictError(form, StepForm(formdata=None, obj=step), step.id)
    form.carry(step.id)
    if form.validate_on_submit() and attempted(
        form, lambda: operations.correct_step(identity, participant, step, form.facts())
    ):
        flash(_("Rättelsen är sparad. Det som stod förut finns kvar."), "success")
        return see("steps.timeline", public_id=public_id)
    versions = [entry_of(version) for version in queries.earlier_versions(step)]
    page = render_template(
        "steps/correct.html", form=form, participant=participant, step=step, versions=versions
    )
    return page, 422 if form.errors else 200


@bp.get("/deltagare/<id:public_id>/tidslinje")
@permits(READ_STEPS)
def timeline(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_STEPS, public_id)
    with_days = "dagar" in request.args
    page = queries.timeline(participant.id, cursor_of_request(), with_days=with_days)
    may_log = is_granted(identity, CREATE_STEP)
    entries = entries_of(participant, page.items, may_correct=may_log)
    return render_template(
        "steps/timeline.html",
        participant=participant,
        page=page,
        entries=entries,
        may_log=may_log,
        has_days=queries.has_days(participant.id),
        with_days=with_days,
    )
