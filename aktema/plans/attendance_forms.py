"""The group of one day on one page: everybody is filled in, so that one tap saves all."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField

from aktema.core.errors import Message
from aktema.core.forms import BaseForm, DateField, HoursField, choices
from aktema.plans.attendance_operations import Mark
from aktema.plans.attendance_queries import Expected
from aktema.plans.codes import Absence

HERE, PART = "here", "part"
MOST_HOURS = 24
AT_PLACE: tuple[tuple[str, Message], ...] = (
    (HERE, _l("Här hela dagen")),
    (PART, _l("Del av dagen")),
    (Absence.ELSEWHERE.value, Absence.ELSEWHERE.label),
)
AWAY = tuple(one for one in Absence if one not in (Absence.ELSEWHERE, Absence.NOT_PLANNED))
WHOLE_DAY = (HERE, Absence.ELSEWHERE.value)
"""What comes to a whole day where no hours are typed."""


class DayForm(Form):
    """Which day, from the address."""

    dag = DateField(_l("Dag"))


class AttendanceForm(BaseForm):
    """How it was with each of the group."""

    group: Sequence[Expected] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Also whether the hours are there wherever they have to be typed; otherwise the field says so."""
        return super().validate(extra_validators) and self._has_hours()

    def _has_hours(self) -> bool:
        lacking = [one for one in self.group if self._lacks_hours(one)]
        for one in lacking:
            self[hours_name(one)].errors = [_("Skriv hur många timmar.")]
        return not lacking

    def marks(self) -> list[Mark]:
        """What was written of each; only after the form has been found valid."""
        return [self._mark(one) for one in self.group]

    def _lacks_hours(self, one: Expected) -> bool:
        how, typed = self[how_name(one)].data, self[hours_name(one)].data
        return not typed and (how == PART or (how in WHOLE_DAY and not one.planned))

    def _mark(self, one: Expected) -> Mark:
        how, typed = self[how_name(one)].data, self[hours_name(one)].data
        whole = one.planned or 0 if how in WHOLE_DAY else 0
        absence = None if how in (HERE, PART) else Absence(how)
        return Mark(expected=one, minutes=whole if typed is None else typed, absence=absence)


def how_name(one: Expected) -> str:
    return f"how_{_key(one)}"


def hours_name(one: Expected) -> str:
    return f"hours_{_key(one)}"


def _key(one: Expected) -> str:
    order = one.order.public_id
    return order if one.trial_id is None else f"{order}_{one.trial_id}"


def attendance_form(group: Sequence[Expected], **options: Any) -> AttendanceForm:
    """Two fields for each of the group, filled in with what stands, else with a whole day."""
    fields: dict[str, Any] = {"group": group}
    listed = _choices()
    for one in group:
        fields |= _fields(one, listed)
    return cast("AttendanceForm", type("GroupForm", (AttendanceForm,), fields)(**options))


def _fields(one: Expected, listed: list[Any]) -> Mapping[str, Any]:
    how, hours = _filled_in(one)
    presence, length = _labels(one)
    return {
        how_name(one): SelectField(presence, choices=listed, default=how),
        hours_name(one): HoursField(length, default=hours, most_hours=MOST_HOURS),
    }


def _labels(one: Expected) -> tuple[str, str]:
    name = one.order.participant.name
    if one.trial_id is None:
        return _("Närvaro för %(name)s", name=name), _("Timmar för %(name)s", name=name)
    return (
        _("Närvaro på provplats för %(name)s", name=name),
        _("Timmar på provplats för %(name)s", name=name),
    )


def _choices() -> list[Any]:
    away = choices(((one.value, one.label) for one in AWAY), group=_("Borta"))
    off = [(Absence.NOT_PLANNED.value, Absence.NOT_PLANNED.label)]
    return [*choices(AT_PLACE, group=_("Här")), *away, *choices(off, group=_("Inte planerat"))]


def _filled_in(one: Expected) -> tuple[str, int | None]:
    """How the row is filled in, with its hours where they are not what goes without saying."""
    standing = one.standing
    if standing is None:
        usual = one.usual.minutes if one.usual is not None and not one.planned else None
        return (Absence.NOT_PLANNED.value if one.is_off else HERE), usual or None
    is_whole = standing.minutes == one.planned or not (one.planned or one.trial_id)
    how = standing.absence or (HERE if is_whole else PART)
    silent = (one.planned or 0) if how in WHOLE_DAY else 0
    return how, None if standing.minutes == silent else standing.minutes
