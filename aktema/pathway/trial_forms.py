"""The forms by which a trial is begun, made longer or shorter, and ended before its day."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField
from wtforms.validators import InputRequired

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.forms import BaseForm, DateField, LineField, ParagraphField, Required, choices
from aktema.pathway.trial_codes import (
    CANCELLING,
    INTERRUPTING,
    KIND_LABELS,
    KIND_LENGTHS,
    WHOSE_LABELS,
    EndReason,
    ExtendReason,
)
from aktema.pathway.trial_operations import BeginFacts, EndFacts
from aktema.pathway.trial_states import TrialKind, Whose
from aktema.plans.rules.calendar import add_working_days

DAY_HINT = _l("ÅÅÅÅ-MM-DD")
WEEK, ONE_DAY = timedelta(weeks=1), timedelta(days=1)
LONGEST = 1000


def reason_choices(reasons: Sequence[EndReason | ExtendReason]) -> list[Any]:
    empty: tuple[str, Message] = ("", _l("Välj"))
    return [*choices([empty]), *choices((reason.value, reason.label) for reason in reasons)]


class PlaceSearchForm(Form):
    """Which placement, from the address: placements are about nobody."""

    q = LineField(_l("Sök plats eller arbetsgivare"))


class BeginForm(BaseForm):
    """What kind of trial, and from when to when."""

    kind = RadioField(
        _l("Vad ska personen göra där?"),
        [InputRequired(_l("Välj vad det är."))],
        choices=[],
    )
    from_date = DateField(_l("Första dagen"), [Required()], description=DAY_HINT)
    to_date = DateField(_l("Sista dagen"), [Required()], description=DAY_HINT)

    def __init__(self, **options: Any) -> None:
        day = add_working_days(clock.today() + WEEK - ONE_DAY, 1)
        super().__init__(data={"kind": TrialKind.TASTER.value, "from_date": day}, **options)
        self.kind.choices = choices(
            (kind.value, f"{KIND_LABELS[kind]}, {KIND_LENGTHS[kind]}") for kind in TrialKind
        )

    def facts(self) -> BeginFacts:
        """What was typed; only after the form has been found valid."""
        return BeginFacts(
            kind=TrialKind(self.kind.data), from_date=self.from_date.data, to_date=self.to_date.data
        )


class EndForm(BaseForm):
    """Whose doing, why, and in words."""

    whose = RadioField(
        _l("Vems beslut var det?"), [InputRequired(_l("Välj vems beslut det var."))], choices=[]
    )
    reason = SelectField(_l("Varför?"), [Required(_l("Välj varför."))], choices=[])
    words = ParagraphField(_l("Berätta mer"), longest=LONGEST, description=_l("Bara det som behövs."))

    def __init__(self, *, reasons: Sequence[EndReason], **options: Any) -> None:
        super().__init__(**options)
        self.whose.choices = choices((whose.value, WHOSE_LABELS[whose]) for whose in Whose)
        self.reason.choices = reason_choices(reasons)

    def facts(self) -> EndFacts:
        """What was typed; only after the form has been found valid."""
        return EndFacts(
            whose=Whose(self.whose.data), reason=EndReason(self.reason.data), words=self.words.data or ""
        )


class CancelForm(EndForm):
    """It does not come to be."""

    def __init__(self, **options: Any) -> None:
        super().__init__(reasons=CANCELLING, **options)


class InterruptForm(EndForm):
    """It ends before its day."""

    day = DateField(
        _l("Första dagen som personen inte kom"),
        [Required()],
        description=_l("ÅÅÅÅ-MM-DD. Slutar det längre fram, så korta tiden i stället."),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(reasons=INTERRUPTING, data={"day": clock.today()}, **options)


class LastDayForm(BaseForm):
    """Another last day, and why."""

    to_date = DateField(_l("Ny sista dag"), [Required()], description=DAY_HINT)
    reason = SelectField(_l("Varför?"), [Required(_l("Välj varför."))], choices=[])
    words = ParagraphField(_l("Berätta mer"), longest=LONGEST, description=_l("Bara det som behövs."))

    def __init__(self, *, reasons: Sequence[EndReason | ExtendReason], **options: Any) -> None:
        super().__init__(**options)
        self.reason.choices = reason_choices(reasons)


class ExtendForm(LastDayForm):
    """How long it goes on."""

    def __init__(self, **options: Any) -> None:
        super().__init__(reasons=tuple(ExtendReason), **options)


class ShortenForm(LastDayForm):
    """It is to end earlier."""

    def __init__(self, **options: Any) -> None:
        super().__init__(reasons=INTERRUPTING, **options)
