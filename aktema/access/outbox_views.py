"""What is on its way out, and what did not arrive, for system administrators.

/utskick                outbox
/utskick/igen           try_all_again
/utskick/<id>/igen      try_again
"""

from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import outbox_operations as operations
from aktema.access import outbox_queries as queries
from aktema.access.blueprint import bp
from aktema.access.guard import permits
from aktema.access.permissions import MANAGE_OUTBOX
from aktema.core.http import see
from aktema.core.mail import Fault
from aktema.core.paging import cursor_of_request

WAITING = "vantar"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    """A part of the page, and how many messages are in it."""

    label: str
    href: str
    count: int
    current: bool


@bp.get("/utskick")
@permits(MANAGE_OUTBOX)
def outbox() -> ResponseReturnValue:
    shows_waiting = request.args.get("visa") == WAITING
    page = (queries.waiting if shows_waiting else queries.given_up)(cursor_of_request())
    counts = queries.counts()
    tabs = [
        _tab(_("Kom inte fram"), counts.given_up, current=not shows_waiting, visa=None),
        _tab(_("Väntar"), counts.waiting, current=shows_waiting, visa=WAITING),
    ]
    return render_template(
        "access/outbox.html",
        page=page,
        tabs=tabs,
        shows_waiting=shows_waiting,
        faults={fault.value: fault.label for fault in Fault},
    )


def _tab(label: str, count: int, *, current: bool, visa: str | None) -> Tab:
    return Tab(label=label, count=count, current=current, href=url_for("access.outbox", visa=visa))


@bp.post("/utskick/igen")
@permits(MANAGE_OUTBOX)
def try_all_again() -> ResponseReturnValue:
    operations.try_all_again()
    flash(_("Allt som inte kom fram skickas igen."), "success")
    return see("access.outbox", visa=WAITING)


@bp.post("/utskick/<id:public_id>/igen")
@permits(MANAGE_OUTBOX)
def try_again(public_id: str) -> ResponseReturnValue:
    operations.try_again(queries.get_given_up(public_id))
    flash(_("Meddelandet skickas igen."), "success")
    return see("access.outbox", visa=WAITING)
