"""What the pages of orders say, and in what order; the pages themselves are templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.markup import hours, near_day
from aktema.plans.codes import OrderAnswer, OrderEnd, OrderState
from aktema.plans.due_queries import periods
from aktema.plans.models import OrderReply, ServiceOrder
from aktema.plans.order_queries import state_of
from aktema.plans.rules import deadlines
from aktema.plans.rules.calendar import is_working_day
from aktema.plans.rules.extents import extent_on, last_day

TONES = {
    OrderState.UNANSWERED: "warning",
    OrderState.WAITING: "info",
    OrderState.ACCEPTED: "info",
    OrderState.RUNNING: "success",
    OrderState.DECLINED: "danger",
    OrderState.CLOSED: "neutral",
}
ANSWER_ICONS = {
    OrderAnswer.ACCEPTED: "circle-check",
    OrderAnswer.DECLINED: "circle-x",
    OrderAnswer.WAITING: "clock",
}
SOON = 1
"""Working days left from which an unanswered order is marked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    label: Message
    href: str
    current: bool
    count: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderRow:
    """One order in a list. `tone` marks what somebody has to look at."""

    public_id: str
    name: str
    unit: str
    text: str
    note: str
    tone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something that happened to the order, as a timeline shows it."""

    date_text: str
    title: Message
    text: str
    who: str
    icon: str
    corrected: bool = False


def tabs(counts: Mapping[OrderState, int], chosen: OrderState) -> Sequence[Tab]:
    return [
        Tab(
            label=state.label,
            href=url_for("plans.orders", lage=state.value),
            current=state is chosen,
            count=counts[state],
        )
        for state in OrderState
    ]


def answer_tabs(order: ServiceOrder, chosen: OrderAnswer) -> Sequence[Tab]:
    """What the unit can answer, each with a form of its own."""
    return [
        Tab(
            label=answer.label,
            href=url_for("plans.answer_order", order_id=order.public_id, svar=answer.value),
            current=answer is chosen,
            count=None,
        )
        for answer in (OrderAnswer.ACCEPTED, OrderAnswer.WAITING, OrderAnswer.DECLINED)
    ]


def chosen_answer(asked: str) -> OrderAnswer:
    """The answer asked for; else a yes."""
    return OrderAnswer(asked) if asked in set(OrderAnswer) else OrderAnswer.ACCEPTED


def chosen_state(asked: str, counts: Mapping[OrderState, int]) -> OrderState:
    """The state asked for; else the first in which something waits, in the order somebody has to act."""
    if asked in set(OrderState):
        return OrderState(asked)
    return next((state for state in OrderState if counts[state]), OrderState.UNANSWERED)


def row_of(order: ServiceOrder, coordinator: str) -> OrderRow:
    """The order as its list shows it."""
    text, note, tone = _said_of(order, coordinator)
    return OrderRow(
        public_id=order.public_id,
        name=order.participant.name,
        unit=unit_name(order),
        text=text,
        note=note,
        tone=tone,
    )


def unit_name(order: ServiceOrder) -> str:
    """The unit with whose it is."""
    return ", ".join(filter(None, (order.unit.name, order.unit.provider)))


def _said_of(order: ServiceOrder, coordinator: str) -> tuple[str, str, str]:
    """What the list says of the order: what is so, what comes next, and the tone of that."""
    today = clock.today()
    wanted = _("Vill börja %(day)s", day=order.wanted_from.isoformat())
    match state_of(order, today):
        case OrderState.UNANSWERED:
            return wanted, *time_left(order, today)
        case OrderState.WAITING:
            return wanted, _("I kö sedan %(day)s", day=_waiting_since(order).isoformat()), "info"
        case OrderState.ACCEPTED:
            return coordinator, *_start_of(order, today)
        case OrderState.RUNNING:
            return coordinator, *_running(order)
        case OrderState.DECLINED:
            return wanted, _("Nej %(day)s", day=order.answers[-1].answered_on.isoformat()), "danger"
        case _:
            return _end_reason(order), _("Avslutad %(day)s", day=_iso(order.closed_on)), ""


def time_left(order: ServiceOrder, today: date) -> tuple[str, str]:
    """How long the unit still has to answer, and the tone of it; nothing where no answer is owed."""
    facts = deadlines.OrderFacts(sent_on=order.sent_on, wanted_from=order.wanted_from)
    due = deadlines.answer_order(facts, periods())
    if due is None or order.answers or order.closed_on is not None:
        return "", ""
    if due.is_late(today):
        return _("Skulle ha svarats %(day)s", day=due.due_on.isoformat()), "danger"
    ahead = (today + timedelta(days=number) for number in range(1, (due.due_on - today).days + 1))
    left = sum(map(is_working_day, ahead))
    if not left:
        return _("Svara idag"), "warning"
    words = ngettext("%(num)d arbetsdag kvar att svara", "%(num)d arbetsdagar kvar att svara", left)
    return words, "warning" if left <= SOON else "info"


def _waiting_since(order: ServiceOrder) -> date:
    return next(one.answered_on for one in order.answers if one.answer == OrderAnswer.WAITING)


def _start_of(order: ServiceOrder, today: date) -> tuple[str, str]:
    starts = order.answers[-1].starts_on or order.wanted_from
    if starts < today:
        return _("Skulle börja %(day)s", day=starts.isoformat()), "warning"
    return _("Börjar %(day)s", day=starts.isoformat()), "info"


def _running(order: ServiceOrder) -> tuple[str, str]:
    if order.closed_on is not None:
        return _("Slutar %(day)s", day=order.closed_on.isoformat()), "warning"
    return _("Började %(day)s", day=_iso(order.first_day)), ""


def _end_reason(order: ServiceOrder) -> str:
    return str(OrderEnd(order.close_reason).label) if order.close_reason else ""


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def facts_of(order: ServiceOrder, coordinator: str) -> list[tuple[str, str]]:
    """What the unit has to know of the person and the task, and no more."""
    person = order.participant
    rows = [
        (_("Namn"), person.name),
        (_("Född år"), str(person.birth_date.year)),
        (_("Omfattning"), extent_words(order)),
        (_("Beslutet gäller"), _period(order)),
        (_("Vill börja"), order.wanted_from.isoformat()),
        (_("Behov"), order.need or ""),
        (_("Det här ingår"), order.included or ""),
        (_("Mål"), order.goals or ""),
        (_("Resor"), order.transport or ""),
        (_("Risker"), order.risks or ""),
        (_("Enhet"), unit_name(order)),
        (_("Beställare"), order.account.name),
        (_("Koordinator"), coordinator),
        (_("Första dagen"), _iso(order.first_day)),
        (_("Sista dagen"), _iso(order.closed_on)),
        (_("Avslutades"), _end_reason(order)),
    ]
    return [(label, value) for label, value in rows if value]


def extent_words(order: ServiceOrder) -> str:
    """How much is granted: today, or when the decision begins."""
    day = max(clock.today(), order.decision.from_date)
    extent = extent_on(order.decision.extents, day)
    if extent is None or extent.weekly_minutes is None:
        return _("Schablontid, ska omvandlas")
    weekly = _("%(hours)s i veckan", hours=hours(extent.weekly_minutes))
    if extent.days_per_week is None:
        return weekly
    days = ngettext("%(num)d dag", "%(num)d dagar", extent.days_per_week)
    return _("%(weekly)s, %(days)s", weekly=weekly, days=days)


def _period(order: ServiceOrder) -> str:
    first, last = order.decision.from_date.isoformat(), last_day(order.decision)
    if last is None:
        return _("från %(first)s, tills vidare", first=first)
    return _("%(first)s till %(last)s", first=first, last=last.isoformat())


def history_of(order: ServiceOrder) -> Sequence[Entry]:
    """What has happened to the order, the newest first."""
    sent = Entry(
        date_text=near_day(order.sent_on),
        title=_("Beställningen skickades"),
        text="",
        who=order.account.name,
        icon="send",
    )
    return [*(_answered(one) for one in reversed(order.answers)), sent]


def _answered(reply: OrderReply) -> Entry:
    answer = OrderAnswer(reply.answer)
    return Entry(
        date_text=near_day(reply.answered_on),
        title=answer.label,
        text=" ".join(filter(None, (reply.reason, _day_of(answer, reply.starts_on)))),
        who=reply.account.name,
        icon=ANSWER_ICONS[answer],
    )


def _day_of(answer: OrderAnswer, day: date | None) -> str:
    if day is None:
        return ""
    if answer is OrderAnswer.WAITING:
        return _("Ser över listan igen %(day)s.", day=day.isoformat())
    return _("Kan börja %(day)s.", day=day.isoformat())
