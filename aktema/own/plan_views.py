"""The person's own plan: in their own form, confirmed or not, with own words; and the day to come."""

from dataclasses import dataclass
from datetime import timedelta

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.core.editing import act_form
from aktema.core.errors import Message
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.own.blueprint import bp
from aktema.own.forms import OwnWordsForm
from aktema.own.own_page import shown
from aktema.own.permissions import ASK_TO_TALK, CONFIRM_PLAN, READ_OWN_PLAN, WRITE_OWN_WORDS
from aktema.own.plan_operations import add_own_words, ask_for_change, say_yes
from aktema.own.plan_queries import form_for, get_draft, own_plan
from aktema.own.queries import Own, get_own
from aktema.own.words import FORM_WORDS
from aktema.plans.plan_codes import PlanForm
from aktema.plans.plan_document import document_of
from aktema.plans.plan_page import FORMS
from aktema.plans.plan_queries import find_plan_in_force
from aktema.plans.plan_reading import reading
from aktema.plans.week import day_card

WRITTEN = {form: written for written, form in FORMS.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class FormDoor:
    """A way to the same plan in another form."""

    label: Message
    picture: str
    href: str


@bp.get("/min-sida/<id:public_id>/plan")
@permits(READ_OWN_PLAN)
def plan(public_id: str) -> ResponseReturnValue:
    own = get_own(current_identity(), READ_OWN_PLAN, public_id)
    return _plan_page(own, form_for(own.participant))


@bp.get("/min-sida/<id:public_id>/plan/<any(vanlig, lattlast, bilder):form>")
@permits(READ_OWN_PLAN)
def plan_in(public_id: str, form: str) -> ResponseReturnValue:
    own = get_own(current_identity(), READ_OWN_PLAN, public_id)
    return _plan_page(own, FORMS[form])


def _plan_page(own: Own, form: PlanForm) -> ResponseReturnValue:
    found = own_plan(own.participant.id)
    read = found.read
    return shown(
        "plan",
        own,
        act_form(read.version) if read is not None else None,
        found=found,
        reading=reading(document_of(read), form) if read is not None else None,
        forms=_forms(own.participant.public_id, form),
        confirm_permission=CONFIRM_PLAN,
    )


def _forms(public_id: str, current: PlanForm) -> list[FormDoor]:
    return [
        FormDoor(
            label=FORM_WORDS[form].word,
            picture=FORM_WORDS[form].picture,
            href=url_for("own.plan_in", public_id=public_id, form=WRITTEN[form]),
        )
        for form in PlanForm
        if form is not current
    ]


@bp.post("/min-sida/<id:public_id>/plan/ja")
@permits(CONFIRM_PLAN)
def confirm_plan(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    own = get_own(identity, CONFIRM_PLAN, public_id)
    draft, form = get_draft(own.participant.id), BaseForm()
    if form.validate() and form.expects(draft.version):
        attempted(form, lambda: say_yes(identity, own, draft))
        if not form.errors:
            flash(pgettext("easy", "Tack. Vi har sparat ditt ja."), "success")
            return see("own.plan", public_id=public_id)
    flash(pgettext("easy", "Planen är ny. Titta igen."), "warning")
    return see("own.plan", public_id=public_id)


@bp.post("/min-sida/<id:public_id>/plan/andra")
@permits(ASK_TO_TALK)
def change_plan(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    own, form = get_own(identity, ASK_TO_TALK, public_id), BaseForm()
    told = attempted(form, lambda: ask_for_change(identity, own)) if form.validate() else None
    if told is None:
        flash(pgettext("easy", "Fråga någon som du litar på om hjälp."), "warning")
    else:
        flash(pgettext("easy", "%(name)s har fått det. Ni pratar om planen.", name=told), "success")
    return see("own.plan", public_id=public_id)


@bp.route("/min-sida/<id:public_id>/plan/ord", methods=["GET", "POST"])
@permits(WRITE_OWN_WORDS)
def own_words(public_id: str) -> ResponseReturnValue:
    own = get_own(current_identity(), WRITE_OWN_WORDS, public_id)
    draft, form = get_draft(own.participant.id), OwnWordsForm()
    if form.validate_on_submit():
        attempted(form, lambda: add_own_words(own, draft, form.words.data or ""))
        if not form.errors:
            flash(pgettext("easy", "Tack. Vi har sparat dina ord."), "success")
            return see("own.plan", public_id=public_id)
    return shown("own_words", own, form)


@bp.get("/min-sida/<id:public_id>/imorgon")
@permits(READ_OWN_PLAN)
def tomorrow(public_id: str) -> ResponseReturnValue:
    own = get_own(current_identity(), READ_OWN_PLAN, public_id)
    in_force = find_plan_in_force(own.participant.id)
    documents = [document_of(in_force)] if in_force else []
    return shown("tomorrow", own, card=day_card(documents, clock.today() + timedelta(days=1)))
