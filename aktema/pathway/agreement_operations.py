"""Writing what is agreed about a trial: its content, its days, longer or shorter, and sent to be signed.

A version that has been sent to be signed is never changed: an edit makes the next one, which nobody has signed. What
all have signed holds meanwhile. Whoever writes holds the person first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import select

from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.employers.models import Contact
from aktema.pathway.agreement_words import easy_days, retold
from aktema.pathway.permissions import WRITE_TRIAL
from aktema.pathway.rules.kinds import Limit, Part, broken_limit, missing
from aktema.pathway.rules.schedule import DayTimes, first_overlap, prolong, within
from aktema.pathway.trial_codes import AgreementChange, EndReason, ExtendReason, Insurance, TrialGoal
from aktema.pathway.trial_models import Agreement, AgreementAdaptation, AgreementDay, Trial
from aktema.pathway.trial_operations import (
    check_act,
    check_first_day,
    check_last_day,
    check_stay,
    tell,
    trace,
)
from aktema.pathway.trial_queries import (
    days_of,
    in_force,
    is_changing,
    live_trials_of,
    newest,
    status,
    times_taken,
)
from aktema.pathway.trial_states import Act, TrialKind, TrialStatus
from aktema.steps.codes import ContactType
from aktema.vocabulary.models import Adaptation

PLAIN = (
    "from_date",
    "to_date",
    "supervisor",
    "goal",
    "insurance",
    "safety_introduction_on",
    "has_return_right",
)
SEALED = ("tasks", "support", "stop_rules", "safety", "easy")
LIMIT_TEXTS = {
    Limit.TOO_LONG: lambda: _("Tiden är längre än den kan vara för den här sorten."),
    Limit.TOO_MANY_DAYS: lambda: _("Det är fler dagar än den här sorten kan ha."),
    Limit.LONG_DAY: lambda: _("Någon dag är längre än åtta timmar."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What an agreement says, but for its days."""

    tasks: str
    goal: TrialGoal | None
    supervisor: Contact | None
    support: str
    safety: str
    safety_introduction_on: date | None
    insurance: Insurance | None
    stop_rules: str
    has_return_right: bool
    easy: str
    adaptation_ids: Collection[int] = ()
    change: AgreementChange | None = None


def edition(identity: Identity, trial: Trial, change: AgreementChange | None) -> Agreement:
    """The version to write in: the newest where nobody has been asked to sign it, else the next with the same in it.

    Raises DomainError where there is to be a new one, and nobody says what it is for.
    """
    last = newest(trial)
    if last.asked_at is None:
        if change and last.number > 1:
            last.change, last.change_reason, last.change_words = change.value, "", ""
        return last
    if change is None:
        raise DomainError(_("Välj vad du ändrar. Alla skriver under på nytt."), "change")
    following = Agreement(number=last.number + 1, account_id=identity.account_id, change=change.value)
    for name in (*PLAIN, *SEALED):
        setattr(following, name, getattr(last, name))
    following.days = [_row(one) for one in days_of(last)]
    following.adaptations = [
        AgreementAdaptation(adaptation_id=one.adaptation_id, dimension_id=one.dimension_id, gap=one.gap)
        for one in last.adaptations
    ]
    trial.agreements.append(following)
    return following


def _row(one: DayTimes) -> AgreementDay:
    times = one.times
    return AgreementDay(
        day=one.day, starts_at=times.starts_at, ends_at=times.ends_at, break_minutes=times.break_minutes
    )


def write_content(identity: Identity, trial: Trial, content: Content) -> Agreement:
    """What is agreed, but for the days. Raises DomainError by field."""
    check_act(trial, Act.EDIT)
    agreement = edition(identity, trial, content.change)
    agreement.goal = content.goal.value if content.goal else ""
    agreement.insurance = content.insurance.value if content.insurance else ""
    agreement.supervisor = content.supervisor
    agreement.safety_introduction_on = content.safety_introduction_on
    agreement.has_return_right = content.has_return_right
    for name in SEALED:
        setattr(agreement, name, getattr(content, name))
    _write_adaptations(agreement, content.adaptation_ids)
    trace(WRITE_TRIAL, trial, "content")
    return agreement


def _write_adaptations(agreement: Agreement, chosen: Collection[int]) -> None:
    """Those that stay keep the gap they are to close; a new one is about its own dimension, and no gap was shown."""
    kept = [one for one in agreement.adaptations if one.adaptation_id in chosen]
    added = set(chosen) - {one.adaptation_id for one in kept}
    found = db.session.scalars(select(Adaptation).where(Adaptation.id.in_(added)).order_by(Adaptation.id))
    agreement.adaptations = [
        *kept,
        *(AgreementAdaptation(adaptation=one, dimension_id=one.dimension_id) for one in found),
    ]


def write_days(
    identity: Identity,
    trial: Trial,
    days: Sequence[DayTimes],
    *,
    from_date: date,
    to_date: date,
    change: AgreementChange | None = None,
) -> Agreement:
    """When the person is there, within the period. Raises DomainError by field.

    Once the trial runs, what has been stays as it was agreed.
    """
    check_act(trial, Act.EDIT)
    check_period(trial, from_date, to_date)
    agreement = edition(identity, trial, change)
    _write_period(trial, agreement, days, from_date, to_date)
    trace(WRITE_TRIAL, trial, "days")
    return agreement


def check_period(trial: Trial, first: date, last: date) -> None:
    """Raises DomainError by field where a trial of the kind can't be from the one day to the other."""
    check_first_day(trial.begun_on, first)
    check_last_day(TrialKind(trial.kind), first, last)


def _write_period(
    trial: Trial, agreement: Agreement, days: Sequence[DayTimes], first: date, last: date
) -> None:
    inside = within(_with_past(trial, days, first), first, last)
    check_no_overlap(trial, inside)
    kept, told = {row.day: row for row in agreement.days}, easy_days(agreement)
    agreement.from_date, agreement.to_date = first, last
    agreement.days = [_same_or_new(kept.get(one.day), one) for one in inside]
    agreement.easy = retold(agreement.easy or "", told, easy_days(agreement))
    check_stay(trial)


def _with_past(trial: Trial, days: Sequence[DayTimes], first: date) -> Sequence[DayTimes]:
    """The days, with those that have been as they were agreed. Raises DomainError where it has begun on another day."""
    agreed, today = in_force(trial), clock.today()
    if agreed is None or status(trial, today) is not TrialStatus.RUNNING:
        return days
    if first != agreed.from_date:
        raise DomainError(_("Provplatsen har redan börjat. Första dagen går inte att ändra."), "from_date")
    been = [one for one in days_of(agreed) if one.day < today]
    return [*been, *(one for one in days if one.day >= today)]


def _same_or_new(row: AgreementDay | None, one: DayTimes) -> AgreementDay:
    """The day's own row with the times: a row of a day is not added while the old one is still there."""
    if row is None:
        return _row(one)
    row.starts_at, row.ends_at = one.times.starts_at, one.times.ends_at
    row.break_minutes = one.times.break_minutes
    return row


def check_no_overlap(trial: Trial, days: Sequence[DayTimes]) -> None:
    """Raises DomainError where the person is already somewhere else at the same time."""
    for other in live_trials_of(trial.participant_id, clock.today(), but=trial.id):
        met = first_overlap(days, times_taken(other))
        if met is not None:
            raise DomainError(
                _(
                    "Personen är på %(place)s den %(day)s vid samma tid.",
                    place=other.placement.title,
                    day=met.day.isoformat(),
                ),
                "days",
            )


def told_parts(agreement: Agreement) -> frozenset[Part]:
    """What the version says something about."""
    values = {part: getattr(agreement, part.value) for part in Part}
    return frozenset(part for part, value in values.items() if value)


def lacking(trial: Trial) -> tuple[Part, ...]:
    """What the newest version needs before it can be signed, in the order of its form."""
    return missing(TrialKind(trial.kind), told_parts(newest(trial)))


def ask_to_sign(trial: Trial) -> Agreement:
    """The newest version is ready to be signed: nobody changes it from here on. Raises DomainError."""
    check_act(trial, Act.ASK_TO_SIGN)
    agreement = newest(trial)
    if agreement.asked_at is not None:
        raise DomainError(_("Den är redan skickad för underskrift."))
    if lacking(trial):
        raise DomainError(_("Överenskommelsen är inte klar. Fyll i det som saknas."))
    _check_whole(trial, agreement)
    agreement.asked_at = clock.now()
    if agreement.number == 1:
        line = _l("Överenskommelsen om ”%(title)s” är klar att skriva under.", title=trial.placement.title)
        tell(
            trial, ContactType.TRIAL_TO_SIGN, line, lazy_pgettext("easy", "Nu kan du läsa om din provplats.")
        )
    else:
        line = _l("Ändring av överenskommelsen: %(change)s.", change=AgreementChange(agreement.change).label)
        tell(
            trial,
            ContactType.TRIAL_CHANGED,
            line,
            lazy_pgettext("easy", "Din provplats blir lite annorlunda."),
        )
    trace(WRITE_TRIAL, trial, "asked")
    return agreement


def _check_whole(trial: Trial, agreement: Agreement) -> None:
    """Raises DomainError where its days break a limit, collide with something else, or have no place left."""
    first, last = _period(agreement)
    today = clock.today()
    if last < today:
        raise DomainError(_("Sista dagen har redan varit. Skriv nya dagar först."))
    _write_period(trial, agreement, days_of(agreement), first, last)
    broken = broken_limit(TrialKind(trial.kind), first, last, days_of(agreement), today)
    if broken is not None:
        raise DomainError(LIMIT_TEXTS[broken]())


def extend(identity: Identity, trial: Trial, last: date, reason: ExtendReason, words: str = "") -> Agreement:
    """A version that goes on as the last week did, and why. Raises DomainError by field."""
    check_act(trial, Act.EXTEND)
    first, until = _first_and_agreed_last(trial)
    if last <= until:
        raise DomainError(_("Skriv en dag efter %(day)s.", day=until.isoformat()), "to_date")
    check_last_day(TrialKind(trial.kind), first, last)
    days = prolong(days_of(newest(trial)), last)
    agreement = edition(identity, trial, AgreementChange.EXTENDED)
    agreement.change_reason, agreement.change_words = reason.value, words
    _write_period(trial, agreement, days, first, last)
    trace(WRITE_TRIAL, trial, "extended")
    return agreement


def shorten(identity: Identity, trial: Trial, last: date, reason: EndReason, words: str = "") -> Agreement:
    """A version that ends earlier. Raises DomainError by field."""
    check_act(trial, Act.SHORTEN)
    first, until = _first_and_agreed_last(trial)
    earliest = max(first, clock.today())
    if not earliest <= last < until:
        raise DomainError(
            _(
                "Skriv en dag från %(first)s och före %(day)s.",
                first=earliest.isoformat(),
                day=until.isoformat(),
            ),
            "to_date",
        )
    days = prolong(days_of(newest(trial)), last)
    agreement = edition(identity, trial, AgreementChange.SHORTENED)
    agreement.change_reason, agreement.change_words = reason.value, words
    _write_period(trial, agreement, days, first, last)
    trace(WRITE_TRIAL, trial, "shortened")
    return agreement


def _first_and_agreed_last(trial: Trial) -> tuple[date, date]:
    """The first day as it is written now, and the last that all have signed: longer and shorter are than that."""
    agreed = in_force(trial) or newest(trial)
    return _period(newest(trial))[0], _period(agreed)[1]


def _period(agreement: Agreement) -> tuple[date, date]:
    if agreement.from_date is None or agreement.to_date is None:
        raise DomainError(_("Överenskommelsen är inte klar. Fyll i det som saknas."))
    return agreement.from_date, agreement.to_date


def drop_change(trial: Trial) -> None:
    """Throw away what was written after what holds, before anybody was asked to sign it. Raises DomainError."""
    check_act(trial, Act.EDIT)
    last = newest(trial)
    if not is_changing(trial) or last.asked_at is not None:
        raise DomainError(_("Det finns ingen påbörjad ändring."))
    trial.agreements.remove(last)
    db.session.delete(last)
    trace(WRITE_TRIAL, trial, "change_dropped")
