"""The forms of a handover, one for each step."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from aktema.core import clock
from aktema.core.forms import BaseForm, DateField, LineField, ParagraphField, Required, choices
from aktema.plans.codes import Channel
from aktema.plans.handover_codes import ConsentBy, FieldGroup
from aktema.plans.handover_operations import Consent
from aktema.plans.models import ServiceOrder

LONGEST = 1000


class HandoverForm(BaseForm):
    """To which unit, what and why."""

    order = RadioField(_l("Vilken enhet ska få det?"), [InputRequired(_l("Välj en enhet."))])
    groups = SelectMultipleField(_l("Vad ska följa med?"), [InputRequired(_l("Välj minst en sak."))])
    purpose = LineField(
        _l("Varför?"),
        [Required()],
        longest=300,
        description=_l("Till exempel: Så att den nya enheten vet hur Alva vill ha det från första dagen."),
    )

    def __init__(self, *, orders: Sequence[ServiceOrder], is_protected: bool, **options: Any) -> None:
        super().__init__(**options)
        groups = [one for one in FieldGroup if not (is_protected and one is FieldGroup.CONTACT)]
        self.order.choices = choices((one.public_id, _named(one)) for one in orders)
        self.groups.choices = choices((one.value, one.label) for one in groups)
        if not self.is_submitted() and len(orders) == 1:
            self.order.data = orders[0].public_id

    @property
    def chosen(self) -> list[FieldGroup]:
        return [FieldGroup(code) for code in self.groups.data or ()]


def _named(order: ServiceOrder) -> str:
    return _("%(unit)s, från %(day)s", unit=order.unit.name, day=order.wanted_from)


class ConsentForm(BaseForm):
    """The yes: whose it is, how it was said and when. Nobody else's yes counts."""

    by = RadioField(
        _l("Vem sa ja?"),
        [InputRequired(_l("Välj vem som sa ja."))],
        choices=choices((one.value, one.label) for one in ConsentBy),
    )
    how = RadioField(
        _l("Hur?"),
        [InputRequired(_l("Välj hur det sades."))],
        choices=choices((one.value, one.label) for one in Channel),
    )
    on = DateField(_l("Vilken dag?"), [Required()], default=clock.today)  # type: ignore[arg-type]  # the data of a date field is a date
    words = ParagraphField(_l("Med egna ord"), longest=LONGEST)

    @property
    def given(self) -> Consent:
        on: Any = self.on.data
        return Consent(
            by=ConsentBy(self.by.data), how=Channel(self.how.data), on=on, words=self.words.data or ""
        )
