"""The pages of templates: making them, their versions, and beginning a plan with one."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.permissions import UPDATE_UNIT as UPDATE_SETTINGS
from aktema.access.policy import is_granted
from aktema.core.drafts import drop_draft
from aktema.core.editing import expect_version, shown
from aktema.core.errors import DomainError, MissingError
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.core.paging import cursor_of_request
from aktema.core.typed import answer_typing, typed_before
from aktema.people.queries import get_participant, hold
from aktema.plans import template_operations as operations
from aktema.plans import template_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.permissions import READ_TEMPLATES, SHARE_TEMPLATES, WRITE_PLAN, WRITE_TEMPLATES
from aktema.plans.plan_forms import HINTS
from aktema.plans.plan_queries import get_plan
from aktema.plans.rules.template_content import Kind
from aktema.plans.template_forms import ADD, REMOVE, TemplateForm, UseForm, template_form
from aktema.plans.template_models import SharedTemplate
from aktema.plans.template_page import (
    KIND_NAMES,
    NAMES_OF_KINDS,
    changes_between,
    tabs,
    words,
)
from aktema.vocabulary.symbol_forms import SEARCH_BUTTON, open_chooser

NOT_KEPT = ("csrf_token", "idempotency_key", ADD, REMOVE, SEARCH_BUTTON)
WITHOUT_DRAFT = "nej"


@bp.get("/mallar")
@permits(READ_TEMPLATES)
def templates() -> ResponseReturnValue:
    identity, kind = current_identity(), _kind(request.args.get("slag", "planer"))
    return render_template(
        "plans/templates.html",
        page=queries.list_templates(kind, cursor_of_request()),
        kind=kind,
        kind_name=NAMES_OF_KINDS[kind],
        tabs=tabs(kind),
        may_write=is_granted(identity, WRITE_TEMPLATES),
        may_share=is_granted(identity, SHARE_TEMPLATES),
        may_set=is_granted(identity, UPDATE_SETTINGS),
        **words(),
    )


def _kind(name: str) -> Kind:
    if name not in KIND_NAMES:
        raise MissingError
    return KIND_NAMES[name]


@bp.route("/mallar/ny", methods=["GET", "POST"])
@permits(WRITE_TEMPLATES)
def new_template() -> ResponseReturnValue:
    if "slag" not in request.args:
        return render_template("plans/template_kinds.html", names=NAMES_OF_KINDS, **words())
    identity, kind = current_identity(), _kind(request.args["slag"])
    draft = _draft(_place(kind))
    form = template_form(kind, formdata=draft) if draft else template_form(kind)
    if form.validate_on_submit():
        made = attempted(form, lambda: operations.create(identity, form.template()))
        if made is not None:
            drop_draft(identity.account_id, _place(kind))
            flash(_("Mallen är sparad."), "success")
            return see("plans.template", template_id=made.public_id)
    return _form_page(form, None, is_draft=draft is not None)


@bp.get("/mallar/<id:template_id>")
@permits(READ_TEMPLATES)
def template(template_id: str) -> ResponseReturnValue:
    found = queries.get_template(template_id)
    versions = queries.versions_of(found)
    content = queries.content_of(versions[0])
    refs, identity = queries.refs_of(content.all_pictures()), current_identity()
    return render_template(
        "plans/template.html",
        shared=found,
        versions=versions,
        content=content,
        refs=refs,
        missing=queries.missing_pictures(content, refs),
        kind_name=NAMES_OF_KINDS[content.kind],
        may_write=is_granted(identity, WRITE_TEMPLATES),
        may_share=is_granted(identity, SHARE_TEMPLATES),
        **words(),
    )


@bp.get("/mallar/<id:template_id>/versioner/<int(max=100000):number>")
@permits(READ_TEMPLATES)
def template_version(template_id: str, number: int) -> ResponseReturnValue:
    """An earlier version as it was, and what it changed."""
    found = queries.get_template(template_id)
    version, before = queries.get_versions(found, number)
    content = queries.content_of(version)
    return render_template(
        "plans/template_version.html",
        shared=found,
        version=version,
        before=before,
        rows=changes_between(version, before),
        content=content,
        refs=queries.refs_of(content.all_pictures()),
        **words(),
    )


@bp.route("/mallar/<id:template_id>/andra", methods=["GET", "POST"])
@permits(WRITE_TEMPLATES)
def edit_template(template_id: str) -> ResponseReturnValue:
    found = queries.get_template(template_id)
    if found.sender_id is not None:
        raise MissingError
    content = queries.content_of(queries.newest(found))
    draft = _draft(_place(content.kind, found))
    form = (
        template_form(content.kind, content, formdata=draft)
        if draft
        else template_form(content.kind, content)
    )
    if not form.is_submitted() and draft is None:
        form.carry(found.version)
    elif form.is_submitted() and form.validate() and _is_saved(form, found):
        drop_draft(current_identity().account_id, _place(content.kind, found))
        flash(_("Version %(number)s av mallen är sparad.", number=found.number), "success")
        return see("plans.template", template_id=template_id)
    return _form_page(form, queries.get_template(template_id), is_draft=draft is not None)


def _is_saved(form: TemplateForm, found: SharedTemplate) -> bool:
    """Whether a new version was saved. Where somebody saved one in between, it is told and can be saved anyway."""
    if not form.expects(found.version):
        form.carry(found.version)
        text = _(
            "Någon annan har sparat version %(number)s medan du skrev. Jämför gärna först. "
            "Sparar du igen blir det du har skrivit nästa version. Inget försvinner.",
            number=found.number,
        )
        form.reject(DomainError(text))
        return False
    identity = current_identity()
    return attempted(form, lambda: operations.save(identity, found, form.template())) is not None


def _form_page(
    form: TemplateForm, found: SharedTemplate | None, *, is_draft: bool = False
) -> ResponseReturnValue:
    at: dict[str, Any] = {"template_id": found.public_id} if found else {"slag": NAMES_OF_KINDS[form.kind]}
    here = "plans.edit_template" if found else "plans.new_template"
    drafts = "plans.save_template_draft" if found else "plans.save_new_draft"
    return shown(
        "plans/template_form.html",
        form,
        shared=found,
        kind=form.kind,
        is_draft=is_draft,
        back=url_for("plans.template", **at) if found else url_for("plans.new_template"),
        action=url_for(here, **at),
        draft_url=url_for(drafts, **at),
        without_draft=url_for(here, **at, utkast=WITHOUT_DRAFT),
        chooser=open_chooser(),
        hints={field.value: hint for field, hint in HINTS.items()},
        add=ADD,
        remove=REMOVE,
        **words(),
    )


@bp.post("/mallar/ny/utkast")
@permits(WRITE_TEMPLATES)
def save_new_draft() -> ResponseReturnValue:
    """What is typed so far in a template that is not there yet: a session may end, nothing is lost."""
    return answer_typing(
        current_identity().account_id, _place(_kind(request.args.get("slag", ""))), *NOT_KEPT
    )


@bp.post("/mallar/<id:template_id>/utkast")
@permits(WRITE_TEMPLATES)
def save_template_draft(template_id: str) -> ResponseReturnValue:
    """The same of a change, with the version it was typed on."""
    found = queries.get_template(template_id)
    return answer_typing(current_identity().account_id, _place(Kind(found.kind), found), *NOT_KEPT)


def _place(kind: Kind, found: SharedTemplate | None = None) -> str:
    return f"template:{found.public_id if found else kind.value}"


def _draft(place: str) -> MultiDict[str, str] | None:
    """What was typed earlier and not saved; None where the page is asked for without it, or is being answered."""
    if request.method == "POST" or request.args.get("utkast") == WITHOUT_DRAFT:
        return None
    return typed_before(current_identity().account_id, place)


@bp.post("/mallar/<id:template_id>/kopiera")
@permits(WRITE_TEMPLATES)
def copy_template(template_id: str) -> ResponseReturnValue:
    made = operations.copy(current_identity(), queries.get_template(template_id))
    flash(_("Nu finns en egen kopia. Ändra i den som du vill."), "success")
    return see("plans.template", template_id=made.public_id)


@bp.post("/mallar/<id:template_id>/lagg-undan")
@permits(WRITE_TEMPLATES)
def retire_template(template_id: str) -> ResponseReturnValue:
    """Take it from the lists, or bring it back where it is put away."""
    found = queries.get_template(template_id)
    expect_version(found.version)
    if found.retired_on is None:
        operations.retire(found)
        flash(_("Mallen är undanlagd. Planer som har börjat med den är som förut."), "success")
    else:
        operations.restore(found)
        flash(_("Mallen är tillbaka i listan."), "success")
    return see("plans.template", template_id=template_id)


@bp.get("/deltagare/<id:public_id>/planer/<id:plan_id>/mallar")
@permits(WRITE_PLAN)
def choose_template(public_id: str, plan_id: str) -> ResponseReturnValue:
    """The templates that a plan can be begun with."""
    participant = get_participant(current_identity(), WRITE_PLAN, public_id)
    plan = get_plan(participant.id, plan_id)
    return render_template(
        "plans/choose_template.html",
        participant=participant,
        plan=plan,
        templates=queries.templates_to_choose(Kind.PLAN),
    )


@bp.route("/deltagare/<id:public_id>/planer/<id:plan_id>/mallar/<id:template_id>", methods=["GET", "POST"])
@permits(WRITE_PLAN)
def use_template(public_id: str, plan_id: str, template_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), WRITE_PLAN, public_id)
    if request.method == "POST":
        hold(participant)
    plan, found = get_plan(participant.id, plan_id), queries.get_template(template_id)
    content = queries.content_of(queries.newest(found))
    form = UseForm(template=content)
    if form.validate_on_submit():
        count = attempted(form, lambda: operations.put_into_plan(plan, found, form.goals.data or ()))
        if count is not None:
            flash(_("Målen är med i planen. Skriv om dem så att de passar personen."), "success")
            return see("plans.plan", public_id=public_id, plan_id=plan_id)
    return shown(
        "plans/use_template.html",
        form,
        participant=participant,
        plan=plan,
        shared=found,
        content=content,
        refs=queries.refs_of(content.all_pictures()),
        **words(),
    )
