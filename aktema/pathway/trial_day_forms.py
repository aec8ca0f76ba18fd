"""The form of one day of a trial: there, there a part of it, or not and why."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from aktema.core.forms import BaseForm, HoursField, Required, choices
from aktema.pathway.check_in_codes import ABSENT_BY, TOLD_ABSENCES, WHOSE_REASON, DaySource, Presence
from aktema.pathway.trial_day_operations import DayMark
from aktema.pathway.trial_day_queries import TrialDay
from aktema.plans.codes import Absence

MOST_HOURS = 24


class TrialDayForm(BaseForm):
    presence = RadioField(
        _l("Hur var det?"),
        [Required(_l("Välj hur det var."))],
        choices=choices((one.value, one.label) for one in Presence),
    )
    minutes = HoursField(
        _l("Hur många timmar?"),
        most_hours=MOST_HOURS,
        description=_l("Bara för en del av dagen. Till exempel 2 eller 2,5."),
    )
    absence = SelectField(_l("Varför inte?"), choices=[], description=_l("Bara om något fattades."))

    def __init__(self, *, day: TrialDay, **options: Any) -> None:
        super().__init__(data=_filled_in(day), **options)
        listed = [("", _("Välj"))]
        self.absence.choices = choices(listed)
        for whose, absences in ABSENT_BY.items():
            group = str(WHOSE_REASON[whose])
            self.absence.choices += choices(
                ((one.value, TOLD_ABSENCES[one]) for one in absences), group=group
            )

    def mark(self, source: DaySource, account_id: int) -> DayMark:
        """What was written; only after the form has been found valid."""
        absence = self.absence.data
        return DayMark(
            presence=Presence(self.presence.data),
            source=source,
            account_id=account_id,
            minutes=self.minutes.data,
            absence=Absence(absence) if absence else None,
        )


def _filled_in(day: TrialDay) -> dict[str, Any]:
    standing = day.standing
    if standing is None:
        return {"absence": ""}
    part = None if day.is_whole or not standing.minutes else standing.minutes
    presence = Presence.PRESENT if day.is_whole else Presence.PART if part else Presence.ABSENT
    return {"presence": presence.value, "minutes": part, "absence": standing.absence or ""}
