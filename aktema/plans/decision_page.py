"""A decision in the words its pages show: periods, hours and their history, orders, interruptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.markup import hours
from aktema.plans.case_queries import Case
from aktema.plans.codes import (
    DecisionEnd,
    HoursBasis,
    InterruptionReason,
    LawBasis,
    OrderState,
    SupportMeasure,
)
from aktema.plans.decision_queries import Conversion
from aktema.plans.due_page import TITLES
from aktema.plans.due_queries import periods
from aktema.plans.models import Decision, DecisionExtent, Interruption, ServiceOrder
from aktema.plans.order_queries import state_of as order_state_of
from aktema.plans.rules.deadlines import Deadline, DueKind
from aktema.plans.rules.execution import deadlines_of_decision
from aktema.plans.rules.extents import (
    DecisionState,
    Period,
    extent_on,
    extents_after,
    is_to_convert,
    last_day,
    period_of,
    state_of,
)

STATE_LABELS: Mapping[DecisionState, Message] = {
    DecisionState.COMING: _l("Kommande"),
    DecisionState.IN_FORCE: _l("Gäller"),
    DecisionState.ENDED: _l("Har slutat gälla"),
}
STATE_TONES: Mapping[DecisionState, str] = {
    DecisionState.COMING: "info",
    DecisionState.IN_FORCE: "success",
    DecisionState.ENDED: "neutral",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    label: Message
    tone: str


ORDER_TAGS: Mapping[OrderState, Tag] = {
    OrderState.UNANSWERED: Tag(label=_l("Väntar på svar"), tone="warning"),
    OrderState.WAITING: Tag(label=_l("Väntelista"), tone="info"),
    OrderState.ACCEPTED: Tag(label=_l("Ska börja"), tone="info"),
    OrderState.RUNNING: Tag(label=_l("Pågår"), tone="success"),
    OrderState.DECLINED: Tag(label=_l("Fick nej"), tone="danger"),
    OrderState.CLOSED: Tag(label=_l("Avslutad"), tone="neutral"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """A decision as a list shows it. `hours` is what holds now, or first; `coming` what is decided to come."""

    public_id: str
    title: str
    period: str
    hours: str
    coming: Sequence[str]
    tags: Sequence[Tag]
    line: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Hours from a day on in the history, as components/timeline shows them."""

    date_text: str
    title: str
    text: str
    who: str
    icon: str = "clock"
    corrected: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One order or interruption: what, when, how it stands, and the id that opens or ends it where it can be."""

    public_id: str
    title: str
    text: str
    tag: Tag
    is_open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far the conversion has come in all, and by unit."""

    left: int
    converted: int
    units: Sequence[Conversion]

    @property
    def total(self) -> int:
        return self.left + self.converted

    @property
    def share(self) -> str:
        """The whole percents converted: 100 only when nothing is left."""
        return format_decimal(100 * self.converted // self.total if self.total else 100)


@dataclass(frozen=True, kw_only=True, slots=True)
class ToConvert:
    """One decision still to convert."""

    person_id: str
    decision_id: str
    name: str
    from_date: date
    hours: str
    unit: str


def title_of(decision: Decision) -> str:
    return str(SupportMeasure(decision.support_measure).label)


def period_words(period: Period) -> str:
    """2026-01-01 till 2026-12-31, or from the first day until further notice."""
    first = period.first.isoformat()
    if period.last is None:
        return _("Från %(first)s, tills vidare", first=first)
    return _("%(first)s till %(last)s", first=first, last=period.last.isoformat())


def hours_words(extent: DecisionExtent | None) -> str:
    """20 timmar i veckan, 4 dagar; template hours say that they are."""
    if extent is None:
        return ""
    if extent.hours_basis == HoursBasis.TEMPLATE:
        return _template_words(extent.template_minutes)
    amount = _("%(hours)s i veckan", hours=hours(extent.weekly_minutes))
    if extent.days_per_week is None:
        return amount
    days = ngettext("%(num)s dag", "%(num)s dagar", extent.days_per_week)
    return _("%(hours)s, %(days)s", hours=amount, days=days)


def _template_words(minutes: int | None) -> str:
    if minutes is None:
        return _("Schablontid, utan timmar")
    return _("Schablontid, räknad som %(hours)s i veckan", hours=hours(minutes))


def tags_of(decision: Decision, today: date) -> Sequence[Tag]:
    """How it stands, and whether its hours are still to convert."""
    state = state_of(decision, today)
    tags = [Tag(label=STATE_LABELS[state], tone=STATE_TONES[state])]
    if state is not DecisionState.ENDED and is_to_convert(decision.extents):
        tags.append(Tag(label=_("Schablontid"), tone="warning"))
    if state is DecisionState.IN_FORCE and interruption_now(decision, today) is not None:
        tags.append(Tag(label=_("Avbrott"), tone="warning"))
    return tags


def interruption_now(decision: Decision, today: date) -> Interruption | None:
    held = (one for one in decision.interruptions if Period(one.from_date, one.to_date).holds_on(today))
    return next(held, None)


def hours_now(decision: Decision, today: date) -> str:
    """What holds on the day; of a coming decision its first hours, of an ended one its last."""
    last = last_day(decision)
    day = max(today, decision.from_date)
    return hours_words(extent_on(decision.extents, day if last is None else min(day, last)))


def coming_hours(decision: Decision, today: date) -> Sequence[str]:
    """What is decided to hold later, with the day from which it does."""
    last = last_day(decision)
    coming = extents_after(decision.extents, max(today, decision.from_date))
    return [
        _("%(hours)s från %(day)s", hours=hours_words(one), day=one.from_date.isoformat())
        for one in coming
        if last is None or one.from_date <= last
    ]


def summaries(decisions: Sequence[Decision]) -> Sequence[Summary]:
    """The decisions of one person as their list shows them."""
    by_id = {one.id: one for one in decisions}
    followed = {one.follows_id: one for one in decisions if one.follows_id is not None}
    return [
        _summary(one, by_id.get(one.follows_id or 0), followed.get(one.id), clock.today())
        for one in decisions
    ]


def _summary(decision: Decision, earlier: Decision | None, later: Decision | None, today: date) -> Summary:
    line = []
    if earlier is not None:
        line.append(_("Fortsätter beslutet från %(day)s", day=earlier.from_date.isoformat()))
    if later is not None:
        line.append(_("Fortsätts av beslutet från %(day)s", day=later.from_date.isoformat()))
    return Summary(
        public_id=decision.public_id,
        title=title_of(decision),
        period=period_words(period_of(decision)),
        hours=hours_now(decision, today),
        coming=coming_hours(decision, today),
        tags=tags_of(decision, today),
        line=line,
    )


def facts_of(decision: Decision, *, shows_inquiry: bool) -> Sequence[tuple[str, str]]:
    """What the decision says, but for its hours and texts; rows without a value are left out."""
    group, given = decision.eligibility_group, decision.appeal_given_on
    rows = [
        (_("Gäller"), period_words(Period(decision.from_date, decision.to_date))),
        (_("Enligt"), str(LawBasis(decision.law_basis).label)),
        (_("Personkrets"), format_decimal(group) if group and shows_inquiry else ""),
        (_("Beslutat"), decision.decided_on.isoformat()),
        (_("Beslutsfattare"), decision.decision_maker),
        (_("Hur man överklagar"), given.isoformat() if given else _("Inte lämnat än")),
        (_("Avslutat"), _ended_words(decision)),
    ]
    return [(label, value) for label, value in rows if value]


def _ended_words(decision: Decision) -> str:
    if decision.ended_on is None or decision.end_reason is None:
        return ""
    reason = str(DecisionEnd(decision.end_reason).label)
    return _("Sista dagen %(day)s. %(reason)s.", day=decision.ended_on.isoformat(), reason=reason)


def texts_of(decision: Decision, *, shows_inquiry: bool) -> Sequence[tuple[str, str]]:
    """The person's wishes, then what was found out, as far as the reader may see it; empty ones are left out."""
    rows = [(_("Önskemål"), decision.wishes)]
    if shows_inquiry:
        rows = [(_("Behov"), decision.needs), *rows, (_("Mål"), decision.goals)]
    return [(label, text) for label, text in rows if text]


def history(decision: Decision, *, shows_inquiry: bool) -> Sequence[Entry]:
    """Every row of hours there has been, the newest first: from when, who wrote it, and why."""
    return [
        Entry(
            date_text=_("Från %(day)s", day=one.from_date.isoformat()),
            title=hours_words(one),
            text=(one.reason or "") if shows_inquiry else "",
            who=_(
                "%(who)s skrev in det %(day)s",
                who=one.account.name,
                day=clock.local(one.created_at).date().isoformat(),
            ),
        )
        for one in reversed(decision.extents)
    ]


def order_lines(
    orders: Sequence[ServiceOrder], coordinators: Mapping[int, str], today: date
) -> Sequence[Line]:
    """The orders, the newest first, with who co-ordinates each by its id."""
    return [_order_line(order, coordinators.get(order.id, ""), today) for order in reversed(orders)]


def _order_line(order: ServiceOrder, coordinator: str, today: date) -> Line:
    words = [_("Skickad %(day)s", day=order.sent_on.isoformat())]
    if order.first_day is not None:
        words.append(_("första dagen %(day)s", day=order.first_day.isoformat()))
    if coordinator:
        words.append(_("koordinator %(name)s", name=coordinator))
    state = order_state_of(order, today)
    return Line(
        public_id=order.public_id,
        title=order.unit.name,
        text=", ".join(words),
        tag=ORDER_TAGS[state],
        is_open=order.closed_on is None,
    )


def interruption_lines(decision: Decision, today: date) -> Sequence[Line]:
    """The interruptions, the newest first."""
    return [_interruption_line(one, today) for one in reversed(decision.interruptions)]


def _interruption_line(interruption: Interruption, today: date) -> Line:
    period = Period(interruption.from_date, interruption.to_date)
    left = interruption.weekly_minutes_left
    share = _("%(hours)s i veckan blir kvar", hours=hours(left)) if left else _("Allt uteblir")
    has_ended = period.last is not None and period.last < today
    is_coming = today < period.first
    label = _("Slut") if has_ended else _("Kommande") if is_coming else _("Pågår")
    return Line(
        public_id=interruption.public_id,
        title=str(InterruptionReason(interruption.reason).label),
        text=f"{period_words(period)}. {share}.",
        tag=Tag(label=label, tone="neutral" if has_ended else "info" if is_coming else "warning"),
        is_open=not has_ended,
    )


def progress_of(units: Sequence[Conversion]) -> Progress:
    """The sum of the units."""
    return Progress(
        left=sum(one.left for one in units), converted=sum(one.converted for one in units), units=units
    )


def rows_to_convert(decisions: Sequence[Decision], units: Mapping[int, str]) -> Sequence[ToConvert]:
    """The decisions as the work list shows them; people are loaded."""
    return [
        ToConvert(
            person_id=one.participant.public_id,
            decision_id=one.public_id,
            name=one.participant.name,
            from_date=one.from_date,
            hours=hours(one.extents[-1].template_minutes) or _("Vet inte"),
            unit=units.get(one.participant_id, "") or _("Utan enhet"),
        )
        for one in decisions
    ]


def likely_end(decision: Decision, today: date) -> date:
    """The last day that a form for ending the decision proposes: today, or the nearest day on which it holds."""
    day = max(today, decision.from_date)
    return day if decision.to_date is None else min(day, decision.to_date)


def due_rows(case: Case, today: date) -> Sequence[tuple[str, str]]:
    """What the decision asks for next and by when, the soonest first; what can't be done yet stands there too."""
    owed = sorted(deadlines_of_decision(case.facts, today, periods()), key=lambda one: one.due_on)
    return [(str(TITLES[one.kind]), _due_words(one, today)) for one in owed]


def _due_words(deadline: Deadline, today: date) -> str:
    day = deadline.due_on.isoformat()
    if deadline.kind is DueKind.NOT_EXECUTED:
        if deadline.is_late(today):
            return _("Ska rapporteras till IVO sedan %(day)s", day=day)
        return _("Ska rapporteras till IVO om det varar efter %(day)s", day=day)
    if deadline.is_late(today):
        return _("Skulle ha gjorts senast %(day)s", day=day)
    return _("Senast %(day)s", day=day)
