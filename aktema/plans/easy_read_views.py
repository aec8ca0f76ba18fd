"""Help with writing easy-read: a page with a text and what is hard in it, and the same answer while typing."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from aktema.access.guard import permits
from aktema.core.easy_read import LONGEST_TEXT, check, lix
from aktema.core.easy_read_advice import advice
from aktema.core.forms import BaseForm, ParagraphField, Required
from aktema.plans.blueprint import bp
from aktema.plans.permissions import WRITE_PLAN


class EasyReadForm(BaseForm):
    text = ParagraphField(_l("Din text"), [Required()], longest=LONGEST_TEXT)


@bp.get("/lattlast")
@permits(WRITE_PLAN)
def easy_read() -> ResponseReturnValue:
    return render_template("plans/easy_read_check.html", form=EasyReadForm(formdata=None), is_checked=False)


@bp.post("/lattlast")
@permits(WRITE_PLAN)
def look_through() -> ResponseReturnValue:
    """The page's own answer, without scripts. Nothing of the text is kept."""
    form = EasyReadForm()
    is_valid = form.validate()
    text = form.text.data or ""
    page = render_template(
        "plans/easy_read_check.html",
        form=form,
        is_checked=is_valid,
        findings=check(text),
        advice=advice,
        lix=lix(text),
    )
    return make_response(page, 200 if is_valid else 422)


@bp.post("/lattlast/granska")
@permits(WRITE_PLAN)
def check_easy_read() -> ResponseReturnValue:
    """What is hard in a text that is being typed: a list to show under its field. Nothing of it is kept."""
    text = request.form.get("text", "").strip()[:LONGEST_TEXT]
    return render_template("plans/easy_findings.html", text=text, findings=check(text), advice=advice)
