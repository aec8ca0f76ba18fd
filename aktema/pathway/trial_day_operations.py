"""Writing up a day of a trial: a row beside those of day activity, so that the hours flow into what is delivered."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import force_locale, lazy_pgettext
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError, Message
from aktema.core.markup import hours
from aktema.core.swedish import LANGUAGE
from aktema.pathway.check_in_codes import DaySource, Presence, absence_label
from aktema.pathway.trial_day_queries import SOON, TrialDay
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_operations import tell
from aktema.pathway.trial_queries import status
from aktema.pathway.trial_states import Act, may
from aktema.plans.attendance_queries import day_orders_of, serving
from aktema.plans.codes import Absence
from aktema.plans.models import Attendance
from aktema.steps.codes import Actor, ContactType

OLDEST = timedelta(days=366)
ACTORS = {
    DaySource.STAFF: Actor.STAFF,
    DaySource.PERSON: Actor.PERSON,
    DaySource.EMPLOYER: Actor.EMPLOYER,
}
OWN_LINES: dict[Presence, Message] = {
    Presence.PRESENT: lazy_pgettext("easy", "Du var på jobbet hela dagen."),
    Presence.PART: lazy_pgettext("easy", "Du var på jobbet en del av dagen."),
    Presence.ABSENT: lazy_pgettext("easy", "Du var borta från jobbet."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DayMark:
    """How it was with somebody on an agreed day: minutes count where they were there for a part of it."""

    presence: Presence
    source: DaySource
    account_id: int
    """Who answers for the row: whoever is signed in as staff, else the worker who began the trial."""
    minutes: int | None = None
    absence: Absence | None = None


def record_trial_day(trial: Trial, day: TrialDay, mark: DayMark, permission: Permission) -> None:
    """Write the day up, and a line about it; nothing is added where the same already stands from the same side.

    Another side's word is always a row of its own: an employer would else see by its own row whether staff wrote the
    same reason. Raises DomainError by field.
    """
    _check(trial, day, mark)
    minutes = _minutes(day, mark)
    absence = mark.absence.value if mark.absence and mark.presence is not Presence.PRESENT else None
    standing = day.standing
    is_same = standing is not None and (standing.minutes, standing.absence) == (minutes, absence)
    if standing is not None and is_same and standing.source == mark.source:
        return
    db.session.add(
        Attendance(
            participant_id=trial.participant_id,
            order_id=_order_id(trial, day),
            trial_id=trial.id,
            day=day.day,
            minutes=minutes,
            absence=absence,
            source=mark.source.value,
            account_id=mark.account_id,
        )
    )
    line = _line(trial, mark, minutes, is_changed=standing is not None and not is_same)
    tell(trial, ContactType.TRIAL_DAY, line, OWN_LINES[mark.presence], ACTORS[mark.source], on=day.day)
    audit.record_write(
        permission,
        participant_id=trial.participant_id,
        object_kind="trial",
        object_id=trial.id,
        detail=day.day.isoformat(),
    )


def _order_id(trial: Trial, day: TrialDay) -> int | None:
    """The order the hours flow into: what puts a day right stays where the day was, or both would count."""
    if day.standing is not None and day.standing.order_id is not None:
        return day.standing.order_id
    order = serving(day_orders_of(trial.participant_id), day.day)
    return order.id if order else None


@force_locale(LANGUAGE)
def _line(trial: Trial, mark: DayMark, minutes: int, *, is_changed: bool) -> str:
    """Where, how it was, for how long, and why not; a day that is put right says so."""
    is_away = mark.presence is not Presence.PRESENT
    parts = (
        str(mark.presence.label),
        hours(minutes) if mark.presence is Presence.PART else "",
        str(absence_label(mark.absence)).lower() if is_away and mark.absence else "",
        _("ändrat efteråt") if is_changed else "",
    )
    said = ", ".join(filter(None, parts))
    return _("%(title)s. %(said)s.", title=trial.placement.title, said=said)


def _check(trial: Trial, day: TrialDay, mark: DayMark) -> None:
    today = clock.today()
    if not may(Act.ATTEND, status(trial, today)):
        raise DomainError(_("Det går inte att skriva närvaro på den här provplatsen nu."))
    oldest = OLDEST if mark.source is DaySource.STAFF else SOON
    if not today - oldest <= day.day <= today:
        raise DomainError(_("Så gamla eller kommande dagar går inte att skriva här."))
    if mark.presence is Presence.ABSENT and mark.absence is None:
        raise DomainError(_("Välj varför."), "absence")
    if mark.presence is Presence.PART and not 0 < (mark.minutes or 0) < day.minutes:
        raise DomainError(_("Skriv hur länge, mindre än hela dagen."), "minutes")


def _minutes(day: TrialDay, mark: DayMark) -> int:
    if mark.presence is Presence.ABSENT:
        return 0
    return day.minutes if mark.presence is Presence.PRESENT else mark.minutes or 0
