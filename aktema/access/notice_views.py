"""What somebody wants to get by mail: chosen in the own account, or by the link that stands in every mail.

/konto/mejl      notices
/mejl/<token>    notices_by_link
"""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.blueprint import bp
from aktema.access.guard import by_link, permits
from aktema.access.identity import current_identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.notice_codes import EMPLOYER_KINDS, NoticeKind, kinds_for
from aktema.access.notice_forms import NoticesForm
from aktema.access.notice_operations import choose_notices
from aktema.access.notice_queries import Receiver, declined_by
from aktema.access.permissions import UPDATE_OWN


@bp.route("/konto/mejl", methods=["GET", "POST"])
@permits(UPDATE_OWN)
def notices() -> ResponseReturnValue:
    identity = current_identity()
    offered = kinds_for(post.role for post in identity.posts)
    return _choices(Receiver(account_id=identity.account_id), offered)


@bp.route("/mejl/<token>", methods=["GET", "POST"])
@by_link(Purpose.NOTICES)
def notices_by_link(link: Link) -> ResponseReturnValue:
    return _choices(Receiver(contact_id=link.contact_id), EMPLOYER_KINDS)


def _choices(receiver: Receiver, offered: Sequence[NoticeKind]) -> ResponseReturnValue:
    """The page, or back to it when the choice is stored. It is the same in the account and by the link."""
    declined = declined_by(receiver)
    wanted = [kind.value for kind in offered if kind not in declined]
    form = NoticesForm(offered=offered, kinds=wanted)
    if form.validate_on_submit():
        choose_notices(receiver, offered=offered, wanted=form.wanted)
        flash(_("Sparat. Du får bara de mejl du har valt."), "success")
        return redirect(request.path, 303)
    page = render_template("access/notices.html", form=form, offered=offered, has_account=receiver.account_id)
    return page, 422 if form.errors else 200
