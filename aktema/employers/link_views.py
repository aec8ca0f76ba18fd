"""A new link for whoever lost one. The answer is the same whether there was anything to send or not.

/ny-lank    new_link
"""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from aktema.access.guard import public
from aktema.core.editing import shown
from aktema.employers.blueprint import bp
from aktema.employers.link_forms import NewLinkForm
from aktema.employers.link_operations import send_all_to, send_instead_of


@bp.route("/ny-lank", methods=["GET", "POST"])
@public
def new_link() -> ResponseReturnValue:
    """Asked for by the button on the page of a link that opens nothing, or by an address that is typed."""
    token = request.form.get("token")
    form = NewLinkForm()
    if token:
        send_instead_of(token)
    elif form.validate_on_submit():
        send_all_to(str(form.email.data))
    else:
        return shown("employers/new_link.html", form)
    return render_template("employers/new_link_sent.html")
