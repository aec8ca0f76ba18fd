"""What the pages say of a trial's days: to staff, and to the employer, who sees no more of the person than the card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from aktema.access.identity import Identity
from aktema.core.errors import Message
from aktema.core.markup import hours, minute_of_day, near_day
from aktema.pathway.agreement_page import period_words
from aktema.pathway.check_in_codes import CheckInAnswer, DaySource, Presence, absence_label
from aktema.pathway.check_in_page import due_label, url_of
from aktema.pathway.check_in_queries import due_now, find_check_in
from aktema.pathway.permissions import RECORD_TRIAL_DAY
from aktema.pathway.signature_queries import card_of, is_employers_turn
from aktema.pathway.trial_day_queries import TrialDay, recent_days, trial_days
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import awaits, in_force, newest, status
from aktema.pathway.trial_states import Act, Party
from aktema.pathway.trial_states import may as allows
from aktema.people.queries import may
from aktema.plans.codes import Absence

SHOWN = 10
TONES = {Presence.PRESENT: "success", Presence.PART: "info", Presence.ABSENT: "warning"}


@dataclass(frozen=True, kw_only=True, slots=True)
class DayRow:
    """A day in words, and where it is written up; `said` is empty where nothing is written of it."""

    label: str
    times: str
    said: str
    tone: str
    note: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """The days of a trial that have come, the newest first, and what they come to."""

    rows: Sequence[DayRow]
    planned: str
    attended: str
    is_written: bool
    unwritten: int
    all_url: str


def days_view(identity: Identity, trial: Trial, today: date, *, most: int = SHOWN) -> Days | None:
    """The days as the trial's page shows them; None before the first of them."""
    days = trial_days(trial, today)
    if not days:
        return None
    can_write = allows(Act.ATTEND, status(trial, today)) and may(
        identity, RECORD_TRIAL_DAY, trial.participant
    )

    def address(day: str) -> str:
        return url_of("write_trial_day", trial, day=day)

    written = [one for one in days if one.standing is not None]
    return Days(
        rows=[row_of(one, address if can_write else None) for one in days[:most]],
        planned=hours(sum(one.minutes for one in written)),
        attended=hours(sum(one.standing.minutes for one in written if one.standing)),
        is_written=bool(written),
        unwritten=len(days) - len(written),
        all_url=url_of("trial_days", trial) if len(days) > most else "",
    )


def row_of(one: TrialDay, address: Callable[[str], str] | None) -> DayRow:
    """The day in words; `address` gives the page where it is written up."""
    times = one.planned.times
    return DayRow(
        label=near_day(one.day),
        times=f"{minute_of_day(times.starts_at)}–{minute_of_day(times.ends_at)}",
        said=_said(one),
        tone=TONES[presence_of(one)] if one.standing else "neutral",
        note=_who(one),
        url="" if address is None else address(one.day.isoformat()),
    )


def presence_of(one: TrialDay) -> Presence:
    """How somebody was there by what stands; a whole day where nothing does."""
    if one.standing is None or one.is_whole:
        return Presence.PRESENT
    return Presence.PART if one.standing.minutes else Presence.ABSENT


def _said(one: TrialDay) -> str:
    if one.standing is None:
        return ""
    presence, why = presence_of(one), one.standing.absence
    label = str(presence.label)
    if presence is Presence.PART:
        label = f"{label}, {hours(one.standing.minutes)}"
    return f"{label}: {str(absence_label(Absence(why))).lower()}" if why else label


def _who(one: TrialDay) -> str:
    if one.standing is None:
        return ""
    source = DaySource(one.standing.source)
    who = one.standing.account.name if source is DaySource.STAFF else str(source.label).lower()
    return _("Enligt %(who)s", who=who)


@dataclass(frozen=True, kw_only=True, slots=True)
class EmployerSide:
    """A trial as the employer sees it: the card's name for the person, what is asked now, and the last days.

    answered: what the employer has said at this check-in; empty where nothing.
    """

    title: str
    called: str
    period: str
    due: Message
    answered: Message
    days: Sequence[DayRow]
    has_unwritten: bool
    is_to_sign: bool


def employer_side(trial: Trial, today: date, address: Callable[[str], str]) -> EmployerSide:
    """`address` gives the page where a day is written up. Nothing of the person but the card reaches it."""
    card, due = card_of(trial, today), due_now(trial, today)
    said = find_check_in(trial, due, Party.EMPLOYER) if due else None
    days = recent_days(trial, today) if allows(Act.ATTEND, status(trial, today)) else ()
    return EmployerSide(
        title=trial.placement.title,
        called=card.called if card else "",
        period=period_words(in_force(trial) or newest(trial)),
        due=due_label(due),
        answered=CheckInAnswer(said.answer).label if said else "",
        days=[row_of_employer(one, address) for one in days],
        has_unwritten=any(one.standing is None for one in days),
        is_to_sign=Party.EMPLOYER in awaits(trial, today) and is_employers_turn(trial),
    )


def row_of_employer(one: TrialDay, address: Callable[[str], str]) -> DayRow:
    """The day as the employer sees it: what others have said of it is only that it is written."""
    row = row_of(one, address)
    if one.standing is None or one.standing.source == DaySource.EMPLOYER:
        return row
    return DayRow(
        label=row.label,
        times=row.times,
        said=str(presence_of(one).label),
        tone=row.tone,
        note=row.note if one.standing.source == DaySource.PERSON else "",
        url=row.url,
    )
