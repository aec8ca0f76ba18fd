"""The forms of orders: sent, answered, begun, ended. The same for every unit, whoever runs it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.forms import BaseForm, DateField, ParagraphField, Required, choices
from aktema.people.queries import Holder
from aktema.plans.codes import OrderAnswer, OrderEnd
from aktema.plans.models import Decision, ServiceOrder
from aktema.plans.order_operations import ACCEPTED, Need, Reply
from aktema.plans.order_queries import OrderUnit, state_of

LONGEST = 2000
DAY_HINT = _l("ÅÅÅÅ-MM-DD")


class OrderForm(BaseForm):
    """What one unit is asked to do. It holds what the unit has to know, and no more."""

    unit = SelectField(_l("Vilken enhet?"), [Required(_l("Välj en enhet."))], choices=[])
    need = ParagraphField(
        _l("Vad behöver personen stöd med?"),
        [Required()],
        longest=LONGEST,
        description=_l("Skriv det enheten måste veta för att kunna svara, inte mer."),
    )
    included = ParagraphField(_l("Vad ingår i uppdraget?"), [Required()], longest=LONGEST)
    goals = ParagraphField(
        _l("Vilka mål ska enheten arbeta mot?"),
        [Required()],
        longest=LONGEST,
        description=_l("Skriv målen så att det går att se om ni kommer närmare."),
    )
    wanted_from = DateField(_l("När vill personen börja?"), [Required()], description=DAY_HINT)
    transport = ParagraphField(
        _l("Hur tar sig personen dit?"),
        longest=LONGEST,
        description=_l("Till exempel: åker buss själv, behöver skjuts."),
    )
    risks = ParagraphField(
        _l("Finns det risker att känna till?"),
        longest=LONGEST,
        description=_l("Till exempel: kramper, känslig för ljud."),
    )

    def __init__(self, *, units: Sequence[OrderUnit], decision: Decision, **options: Any) -> None:
        wanted = max(clock.today(), decision.from_date)
        super().__init__(data={"goals": decision.goals or "", "wanted_from": wanted}, **options)
        listed = sorted(((unit.public_id, _unit_label(unit)) for unit in units), key=lambda pair: pair[1])
        self.unit.choices = choices([("", _("Välj")), *listed])
        self.units = {unit.public_id: unit for unit in units}

    def need_facts(self) -> Need:
        """What was typed; only after the form has been found valid."""
        return Need(
            need=str(self.need.data),
            included=str(self.included.data),
            goals=str(self.goals.data),
            wanted_from=self.wanted_from.data,
            transport=self.transport.data or "",
            risks=self.risks.data or "",
        )


def _unit_label(unit: OrderUnit) -> Message:
    """The unit with whose it is, and whether anybody there can answer."""
    name = ", ".join(filter(None, (unit.name, unit.provider)))
    return name if unit.can_answer else _("%(unit)s (ingen kan svara än)", unit=name)


class AcceptForm(BaseForm):
    """The unit takes the person in: who co-ordinates, and from when."""

    coordinator = SelectField(
        _l("Vem blir koordinator?"), [Required(_l("Välj vem på enheten som blir koordinator."))], choices=[]
    )
    starts_on = DateField(
        _l("När kan personen börja?"),
        [Required(_l("Skriv vilken dag personen kan börja."))],
        description=DAY_HINT,
    )

    def __init__(
        self, *, order: ServiceOrder, coordinators: Sequence[Holder], own_account: int, **options: Any
    ) -> None:
        mine = next((one.code for one in coordinators if one.account_id == own_account), "")
        only = coordinators[0].code if len(coordinators) == 1 else ""
        day = max(clock.today(), order.wanted_from)
        super().__init__(data={"coordinator": mine or only, "starts_on": day}, **options)
        named = [(one.code, one.label) for one in coordinators]
        self.coordinator.choices = choices([("", _("Välj")), *named])
        self.coordinators = {one.code: one for one in coordinators}

    def reply(self) -> Reply:
        """What was answered; only after the form has been found valid."""
        return Reply(
            answer=OrderAnswer.ACCEPTED,
            day=self.starts_on.data,
            coordinator=self.coordinators[self.coordinator.data],
        )


class DeclineForm(BaseForm):
    """The unit can't: why."""

    reason = ParagraphField(
        _l("Varför?"),
        [Required(_l("Skriv varför, så att handläggaren kan gå vidare."))],
        longest=LONGEST,
        description=_l("Handläggaren läser det du skriver."),
    )

    def reply(self) -> Reply:
        """What was answered; only after the form has been found valid."""
        return Reply(answer=OrderAnswer.DECLINED, reason=str(self.reason.data))


class WaitingForm(DeclineForm):
    """The unit can't yet: why, and when it looks again."""

    look_again_on = DateField(_l("När ser ni över väntelistan igen?"), description=DAY_HINT)

    def reply(self) -> Reply:
        """What was answered; only after the form has been found valid."""
        return Reply(answer=OrderAnswer.WAITING, day=self.look_again_on.data, reason=str(self.reason.data))


class FirstDayForm(BaseForm):
    first_day = DateField(
        _l("Vilken dag var personen där för första gången?"), [Required()], description=DAY_HINT
    )

    @classmethod
    def of(cls, order: ServiceOrder, **options: Any) -> "FirstDayForm":
        """The form with the day there is, else the day that was agreed where it has been."""
        return cls(data={"first_day": order.first_day or _agreed(order)}, **options)


def _agreed(order: ServiceOrder) -> date:
    today = clock.today()
    agreed = order.answers[-1].starts_on if order.answers else None
    return min(today, agreed or today)


class CloseOrderForm(BaseForm):
    """The last day and why. An order that nobody has accepted is taken back, at once."""

    last_day = DateField(_l("Sista dagen"), [Required()], description=DAY_HINT)
    reason = SelectField(_l("Varför?"), [Required(_l("Välj varför."))], choices=[])

    def __init__(self, *, order: ServiceOrder, **options: Any) -> None:
        last = order.closed_on or clock.today()
        super().__init__(data={"last_day": last, "reason": order.close_reason or ""}, **options)
        accepted = state_of(order, clock.today()) in ACCEPTED
        unsaid = (OrderEnd.WITHDRAWN, OrderEnd.DECLINED)
        reasons = [one for one in OrderEnd if one not in unsaid] if accepted else [OrderEnd.WITHDRAWN]
        empty = [("", _("Välj"))] if accepted else []
        self.reason.choices = choices([*empty, *((one.value, one.label) for one in reasons)])
        if not accepted:
            del self.last_day

    @property
    def last(self) -> date:
        """The last day; today where there is none to choose."""
        return self.last_day.data if "last_day" in self else clock.today()
