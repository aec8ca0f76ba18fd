"""The pages of a question about a placement, for staff: from the person's answer to agreed or closed."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.editing import expect_version, is_saved, shown
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.pathway import introduction_operations as operations
from aktema.pathway import introduction_page, queries
from aktema.pathway.blueprint import bp
from aktema.pathway.codes import STATE_LABELS, STATE_TONES, Answer
from aktema.pathway.forms import AnswerForm
from aktema.pathway.introduction_forms import CloseForm, EmployerAnswerForm, SendForm, VisitForm
from aktema.pathway.introduction_queries import contacts_to_ask, find_trial_id, hold
from aktema.pathway.operations import ACTS, record_answer
from aktema.pathway.permissions import ADVANCE, BEGIN_TRIAL, PROPOSE, READ_INTRODUCTIONS, RECORD_ANSWER
from aktema.pathway.queries import IntroductionView
from aktema.pathway.states import IntroductionAct
from aktema.people.models import Participant
from aktema.people.queries import get_participant, may, reaching
from aktema.steps.codes import Actor

PATH = "/deltagare/<id:public_id>/fragor/<id:introduction_id>"


def read(
    permission: Permission, public_id: str, introduction_id: str
) -> tuple[Participant, IntroductionView]:
    """The person and the introduction, held where it is about to be changed. Raises MissingError."""
    participant = get_participant(current_identity(), permission, public_id)
    view = queries.get_introduction(participant.id, introduction_id)
    hold(view.introduction)
    return participant, view


@bp.get("/deltagare/<id:public_id>/fragor")
@permits(READ_INTRODUCTIONS)
def introductions(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_INTRODUCTIONS, public_id)
    return render_template(
        "pathway/introductions.html",
        participant=participant,
        views=queries.introductions_of(participant.id),
        may_answer=may(identity, RECORD_ANSWER, participant),
        labels=STATE_LABELS,
        tones=STATE_TONES,
    )


@bp.get(PATH)
@permits(READ_INTRODUCTIONS)
def introduction(public_id: str, introduction_id: str) -> ResponseReturnValue:
    participant, view = read(READ_INTRODUCTIONS, public_id, introduction_id)
    may_reach = reaching(current_identity(), participant, RECORD_ANSWER, ADVANCE, PROPOSE, BEGIN_TRIAL)
    return render_template(
        "pathway/introduction.html",
        participant=participant,
        view=view,
        acts=IntroductionAct,
        card=introduction_page.card_page(view.card) if view.card else None,
        facts=introduction_page.facts_of(view),
        waiting=introduction_page.waiting_text(view, clock.today()),
        may_answer=RECORD_ANSWER in may_reach,
        may_advance=ADVANCE in may_reach,
        may_send=PROPOSE in may_reach,
        may_begin=BEGIN_TRIAL in may_reach,
        trial_id=find_trial_id(view.introduction),
        labels=STATE_LABELS,
        tones=STATE_TONES,
    )


@bp.route(f"{PATH}/svar", methods=["GET", "POST"])
@permits(RECORD_ANSWER)
def answer(public_id: str, introduction_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant, view = read(RECORD_ANSWER, public_id, introduction_id)
    row, title = view.introduction, view.placement_title
    allowed = [one for one in Answer if view.may(ACTS[one])] or tuple(Answer)
    form = AnswerForm(answers=allowed)
    if is_saved(
        form,
        row.version,
        lambda: AnswerForm(answers=allowed, formdata=None, obj=row),
        lambda: record_answer(identity, participant, row, form.facts(), placement_title=title),
    ):
        flash(_("Svaret är sparat."), "success")
        return see("pathway.introduction", public_id=public_id, introduction_id=introduction_id)
    return shown(
        "pathway/answer.html",
        form,
        participant=participant,
        view=view,
        labels=STATE_LABELS,
        tones=STATE_TONES,
    )


@bp.route(f"{PATH}/skicka", methods=["GET", "POST"])
@permits(PROPOSE)
def send_introduction(public_id: str, introduction_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant, view = read(PROPOSE, public_id, introduction_id)
    contacts = contacts_to_ask(view.employer)
    form = SendForm(contacts=contacts)
    if is_saved(
        form,
        view.introduction.version,
        lambda: SendForm(contacts=contacts, formdata=None),
        lambda: operations.send(identity, participant, view, form.chosen),
    ):
        flash(_("Frågan är på väg till %(employer)s.", employer=view.employer_name), "success")
        return see("pathway.introduction", public_id=public_id, introduction_id=introduction_id)
    return shown(
        "pathway/send_introduction.html",
        form,
        participant=participant,
        view=view,
        has_contacts=bool(contacts),
        card=introduction_page.card_page(view.card) if view.card else None,
    )


@bp.route(f"{PATH}/arbetsgivarens-svar", methods=["GET", "POST"])
@permits(ADVANCE)
def employer_answer(public_id: str, introduction_id: str) -> ResponseReturnValue:
    participant, view = read(ADVANCE, public_id, introduction_id)
    form = EmployerAnswerForm()
    if is_saved(
        form,
        view.introduction.version,
        lambda: EmployerAnswerForm(formdata=None),
        lambda: operations.record_employer_answer(
            ADVANCE, view, form.reply(), actor=Actor.EMPLOYER, detail="by_staff"
        ),
    ):
        flash(_("Arbetsgivarens svar är sparat."), "success")
        return see("pathway.introduction", public_id=public_id, introduction_id=introduction_id)
    return shown("pathway/employer_answer.html", form, participant=participant, view=view)


@bp.route(f"{PATH}/besok", methods=["GET", "POST"])
@permits(ADVANCE)
def visit(public_id: str, introduction_id: str) -> ResponseReturnValue:
    participant, view = read(ADVANCE, public_id, introduction_id)
    form = VisitForm(obj=view.introduction)
    if is_saved(
        form,
        view.introduction.version,
        lambda: VisitForm(formdata=None, obj=view.introduction),
        lambda: operations.book_visit(view, form.day, form.visit_at.data),
    ):
        flash(_("Besöket är bokat."), "success")
        return see("pathway.introduction", public_id=public_id, introduction_id=introduction_id)
    return shown("pathway/visit.html", form, participant=participant, view=view)


@bp.post(f"{PATH}/overens")
@permits(ADVANCE)
def agree(public_id: str, introduction_id: str) -> ResponseReturnValue:
    _participant, view = read(ADVANCE, public_id, introduction_id)
    expect_version(view.introduction.version)
    form = BaseForm()
    attempted(form, lambda: operations.agree(view))
    for problem in form.form_errors:
        flash(problem, "warning")
    if not form.form_errors:
        flash(_("Ni är överens. Skriv överenskommelsen nu."), "success")
    return see("pathway.introduction", public_id=public_id, introduction_id=introduction_id)


@bp.route(f"{PATH}/avsluta", methods=["GET", "POST"])
@permits(ADVANCE)
def close_introduction(public_id: str, introduction_id: str) -> ResponseReturnValue:
    participant, view = read(ADVANCE, public_id, introduction_id)
    form = CloseForm()
    if is_saved(
        form,
        view.introduction.version,
        lambda: CloseForm(formdata=None),
        lambda: operations.close_by_hand(view, form.why, form.whose),
    ):
        flash(_("Frågan är avslutad. Arbetsgivaren ser inget mer."), "success")
        return see("pathway.introduction", public_id=public_id, introduction_id=introduction_id)
    return shown("pathway/close_introduction.html", form, participant=participant, view=view)
