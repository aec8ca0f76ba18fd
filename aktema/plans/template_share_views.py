"""The pages by which templates leave the house and come into it: our key, those we trust, files out and in."""

import base64
import binascii

from flask import flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.permissions import UPDATE_UNIT as UPDATE_SETTINGS
from aktema.core.editing import expect_version, shown
from aktema.core.errors import DomainError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.core.swedish import fold, to_ascii
from aktema.plans import template_queries as queries
from aktema.plans import template_share_operations as operations
from aktema.plans.blueprint import bp
from aktema.plans.permissions import SHARE_TEMPLATES
from aktema.plans.rules.template_content import TemplateError
from aktema.plans.rules.template_file import fingerprint_of, in_groups, read_key
from aktema.plans.template_forms import FileForm, SenderForm, TakeInForm
from aktema.plans.template_models import SharedTemplate
from aktema.plans.template_page import rows_of, words

LONGEST_FILE_NAME = 40


@bp.get("/mallar/<id:template_id>/dela")
@permits(SHARE_TEMPLATES)
def share_template(template_id: str) -> ResponseReturnValue:
    """Whether the template may leave the house, and how the file reaches others."""
    found = queries.get_template(template_id)
    try:
        operations.check_sharing(found)
        problem = ""
    except DomainError as error:
        problem = str(error.message)
    own = queries.find_own_key()
    return render_template(
        "plans/share_template.html",
        shared=found,
        problem=problem,
        has_key=own is not None,
        fingerprint=in_groups(fingerprint_of(bytes.fromhex(own.public_key))) if own else "",
    )


@bp.get("/mallar/<id:template_id>/fil")
@permits(SHARE_TEMPLATES)
def template_file(template_id: str) -> ResponseReturnValue:
    """The signed file; back to the page that says why, where there can be none."""
    found = queries.get_template(template_id)
    try:
        content = operations.export(found)
    except DomainError:
        return see("plans.share_template", template_id=template_id)
    answer = make_response(content)
    answer.headers["Content-Type"] = "application/json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{_file_name(found)}"'
    return answer


def _file_name(found: SharedTemplate) -> str:
    name = "".join(one if one.isascii() and one.isalnum() else "-" for one in to_ascii(fold(found.title)))
    return f"mall-{name[:LONGEST_FILE_NAME].strip('-') or 'utan-namn'}-v{found.number}.json"


@bp.route("/mallar/hamta", methods=["GET", "POST"])
@permits(SHARE_TEMPLATES)
def fetch_template() -> ResponseReturnValue:
    """Look into a file. Nothing is stored: the page shows what would come, and carries the file along."""
    form = FileForm()
    if form.validate_on_submit():
        content = form.content()
        incoming = attempted(form, lambda: operations.look_into(content, "file"))
        if incoming is not None:
            return _incoming_page(TakeInForm(formdata=None), incoming, content)
    return shown("plans/fetch_template.html", form, has_sender=bool(queries.list_senders()))


@bp.post("/mallar/hamta/in")
@permits(SHARE_TEMPLATES)
def take_in_template() -> ResponseReturnValue:
    """Store what the file brings, after looking into it once more."""
    form, identity = TakeInForm(), current_identity()
    content = _carried(form)
    made = attempted(form, lambda: operations.take_in(identity, content)) if form.validate() else None
    if made is None:
        again = FileForm(formdata=None)
        again.form_errors = [*form.form_errors, *form.file.errors]
        return shown("plans/fetch_template.html", again, has_sender=True)
    flash(_("Mallen är hämtad."), "success")
    return see("plans.template", template_id=made.public_id)


def _carried(form: TakeInForm) -> bytes:
    try:
        return base64.b64decode(form.file.data or "", validate=True)
    except (binascii.Error, ValueError):
        return b""


def _incoming_page(form: TakeInForm, incoming: operations.Incoming, content: bytes) -> ResponseReturnValue:
    form.file.data = base64.b64encode(content).decode()
    return render_template(
        "plans/incoming_template.html",
        form=form,
        incoming=incoming,
        rows=rows_of(incoming.changed),
        content=incoming.file.template,
        refs=queries.refs_of(incoming.file.template.all_pictures()),
        **words(),
    )


@bp.route("/mallar/avsandare", methods=["GET", "POST"])
@permits(UPDATE_SETTINGS)
def template_senders() -> ResponseReturnValue:
    form, identity = SenderForm(), current_identity()
    if form.validate_on_submit():
        name, key = form.name.data or "", form.public_key.data or ""
        made = attempted(form, lambda: operations.pin(identity, name=name, public_key=key))
        if made is not None:
            flash(_("Filer från %(name)s kan nu hämtas in.", name=made.name), "success")
            return see("plans.template_senders")
    return shown(
        "plans/template_senders.html",
        form,
        senders=queries.list_senders(),
        in_groups=in_groups,
        check_code=_check_code(form.public_key.data or ""),
    )


def _check_code(typed: str) -> str:
    """What the sender's page shows for the key that was typed; empty where it is no key."""
    try:
        return in_groups(fingerprint_of(read_key(typed)))
    except TemplateError:
        return ""


@bp.post("/mallar/avsandare/<id:sender_id>/aterkalla")
@permits(UPDATE_SETTINGS)
def withdraw_sender(sender_id: str) -> ResponseReturnValue:
    sender = queries.get_sender(sender_id)
    expect_version(sender.version)
    try:
        operations.withdraw(current_identity(), sender)
        flash(_("Nyckeln från %(name)s är återkallad.", name=sender.name), "success")
    except DomainError as problem:
        flash(str(problem.message), "warning")
    return see("plans.template_senders")


@bp.route("/mallar/nyckel", methods=["GET", "POST"])
@permits(UPDATE_SETTINGS)
def signing_key() -> ResponseReturnValue:
    """The key this installation signs with, to read aloud; making it, and making another."""
    form, own = BaseForm(), queries.find_own_key()
    if form.validate_on_submit():
        if own is not None and not form.expects(own.version):
            flash(_("Någon annan har bytt nyckeln. Så här är det nu."), "warning")
            return see("plans.signing_key")
        operations.make_key(current_identity())
        flash(_("Nyckeln är gjord."), "success")
        return see("plans.signing_key")
    if own is not None:
        form.carry(own.version)
    return shown(
        "plans/signing_key.html",
        form,
        own=own,
        public_key=in_groups(own.public_key) if own else "",
        fingerprint=in_groups(fingerprint_of(bytes.fromhex(own.public_key))) if own else "",
        back=url_for("plans.templates"),
    )
