"""The lock-in radar: who has been in day activity for how long, and when anybody last asked about work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.paging import PAGE_SIZE, NumberedPage
from aktema.plans import lock_in_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.lock_in_queries import Order, Stay, UnitOrder
from aktema.plans.permissions import READ_DUE
from aktema.plans.rules.lock_in import Sign, whole_years

LABELS: dict[Order, Message] = {
    Order.TRIED: _l("Provat arbete"),
    Order.SINCE: _l("Tid i daglig verksamhet"),
    Order.ASKED: _l("Frågad om arbete"),
    Order.COACH: _l("Jobbcoach"),
    Order.EMPLOYMENT_SERVICE: _l("Arbetsförmedlingen"),
    Order.SOCIAL_INSURANCE: _l("Försäkringskassan"),
    Order.NAME: _l("Namn"),
}
UNIT_LABELS: dict[UnitOrder, Message] = {
    UnitOrder.NEVER: _l("Aldrig provat"),
    UnitOrder.PEOPLE: _l("Personer"),
    UnitOrder.ASKED: _l("Frågade"),
    UnitOrder.TRIED: _l("Provat"),
    UnitOrder.NAME: _l("Namn"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    label: Message
    href: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A person in the list, with the sentences that say why they stand out."""

    name: str
    public_id: str
    stayed: str
    tried_on: date | None
    asked_on: date | None
    contacts: Sequence[tuple[Message, date | None]]
    why: Sequence[str]
    is_untried: bool
    """Never tried work, for years or ever since school."""


@bp.get("/uppfoljning/inlasning")
@permits(READ_DUE)
def lock_in() -> ResponseReturnValue:
    identity, order, unit_order = current_identity(), _order(), _unit_order()
    units = queries.units(identity, unit_order)
    chosen = next((one for one in units if one.public_id == request.args.get("enhet")), None)
    unit = chosen.public_id if chosen else ""
    counts = queries.counts(identity, unit)
    page = NumberedPage.of_request(PAGE_SIZE, counts.people)
    found = queries.stays(identity, order, page.start, page.size, unit)
    return render_template(
        "plans/lock_in.html",
        counts=counts,
        rows=[_row(one, clock.today()) for one in found],
        tabs=list(_tabs(order, unit)),
        units=units,
        chosen=chosen,
        unit_tabs=list(_unit_tabs(unit_order)),
        page=page,
    )


def _order() -> Order:
    """What the address says to order by; anything odd gives the usual order."""
    typed = request.args.get("ordning", "")
    return Order(typed) if typed in tuple(Order) else Order.TRIED


def _unit_order() -> UnitOrder:
    typed = request.args.get("enheter", "")
    return UnitOrder(typed) if typed in tuple(UnitOrder) else UnitOrder.NEVER


def _tabs(chosen: Order, unit: str) -> Iterator[Tab]:
    """The people's orders, of the unit where one is chosen."""
    for order, label in LABELS.items():
        href = url_for("plans.lock_in", ordning=order.value, enhet=unit or None)
        yield Tab(label=label, href=href, current=order is chosen)


def _unit_tabs(chosen: UnitOrder) -> Iterator[Tab]:
    for order, label in UNIT_LABELS.items():
        yield Tab(label=label, href=url_for("plans.lock_in", enheter=order.value), current=order is chosen)


def _row(one: Stay, today: date) -> Row:
    years, signs = whole_years(one.since, today), one.signs(today)
    return Row(
        name=one.participant.name,
        public_id=one.participant.public_id,
        stayed=ngettext("%(num)s år", "%(num)s år", years) if years else _("Mindre än ett år"),
        tried_on=one.tried_on,
        asked_on=one.asked_on,
        contacts=[
            (LABELS[Order.COACH], one.coach_on),
            (LABELS[Order.EMPLOYMENT_SERVICE], one.employment_service_on),
            (LABELS[Order.SOCIAL_INSURANCE], one.social_insurance_on),
        ],
        why=[str(_sentence(sign, years)) for sign in signs],
        is_untried=not {Sign.YEARS_UNTRIED, Sign.SCHOOL_UNTRIED}.isdisjoint(signs),
    )


def _sentence(sign: Sign, years: int) -> Message:
    match sign:
        case Sign.YEARS_UNTRIED:
            return _("%(years)s år utan att ha fått prova arbete.", years=years)
        case Sign.SCHOOL_UNTRIED:
            return _("Kom direkt från skolan, har aldrig fått prova arbete.")
        case Sign.NEVER_ASKED:
            return _("Har inte fått frågan om arbete.")
