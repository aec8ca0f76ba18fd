"""What happens to a decision: made, converted, other hours, ended, interrupted. Hours are added, never rewritten."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError, Message
from aktema.people.models import Participant
from aktema.plans.codes import DecisionEnd, HoursBasis, InterruptionReason, LawBasis, SupportMeasure
from aktema.plans.decision_queries import others_of_measure, successor_of
from aktema.plans.models import Decision, DecisionExtent, Interruption
from aktema.plans.order_operations import close_orders_of
from aktema.plans.permissions import CONVERT, DECIDE, INTERRUPT
from aktema.plans.rules.extents import (
    ChangeProblem,
    EndProblem,
    Period,
    change_problem,
    end_problem,
    extent_on,
    is_to_convert,
    last_day,
    may_follow,
    overlapping,
    period_of,
)

EARLIEST = date(1982, 1, 1)
"""The day the first Socialtjänstlag (1980:620) came into force: no decision of ours can be older."""
LATEST = date(2100, 12, 31)
"""Beyond this a date stands for "until further notice", which is no date."""
MOST_WEEKLY, MOST_DAILY = 7 * 24 * 60, 24 * 60
LAWS: dict[bool, frozenset[LawBasis]] = {
    True: frozenset({LawBasis.LSS_9_10, LawBasis.SOL}),
    False: frozenset({LawBasis.LSS_9, LawBasis.SOL}),
}
"""Which law can grant day activity, and which the other measures: LSS (1993:387) 9 § 10 is day activity alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """How much a week: in fact granted, or an old standard that is still to be converted. Minutes."""

    basis: HoursBasis = HoursBasis.GRANTED
    weekly_minutes: int | None = None
    days_per_week: int | None = None
    template_minutes: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDecision:
    """What a decision says. Without `to_date` it holds until further notice."""

    support_measure: SupportMeasure
    law_basis: LawBasis
    eligibility_group: int | None
    hours: Hours
    from_date: date
    to_date: date | None
    decided_on: date
    decision_maker: str
    needs: str = ""
    wishes: str = ""
    goals: str = ""
    appeal_given_on: date | None = None

    @property
    def period(self) -> Period:
        return Period(self.from_date, self.to_date)


@dataclass(frozen=True, kw_only=True, slots=True)
class HoursChange:
    """Other hours from a day on, and why."""

    from_date: date
    hours: Hours
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """Days on which the support is not given, or only so many minutes a week of it (0 is nothing)."""

    from_date: date
    to_date: date | None
    weekly_minutes_left: int
    reason: InterruptionReason

    @property
    def period(self) -> Period:
        return Period(self.from_date, self.to_date)


def faults_of(facts: NewDecision) -> Iterator[DomainError]:
    """Everything that makes the facts contradict themselves, each with its field: the same for a form and a file."""
    yield from _law_faults(facts)
    yield from _hours_faults(facts.hours)
    yield from _date_faults(facts)


def _law_faults(facts: NewDecision) -> Iterator[DomainError]:
    if facts.law_basis not in LAWS[facts.support_measure is SupportMeasure.DAY_ACTIVITY]:
        yield DomainError(_("Lagrummet hör inte ihop med insatsen. Välj ett annat."), "law_basis")
    is_sol = facts.law_basis is LawBasis.SOL
    if is_sol and facts.eligibility_group is not None:
        message = _("Personkrets finns bara i LSS. Lämna tomt när beslutet är enligt socialtjänstlagen.")
        yield DomainError(message, "eligibility_group")
    if not is_sol and facts.eligibility_group is None:
        yield DomainError(
            _("Fyll i personkretsen. Ett beslut enligt LSS har alltid en."), "eligibility_group"
        )


def _hours_faults(hours: Hours) -> Iterator[DomainError]:
    if hours.basis is HoursBasis.TEMPLATE and hours.weekly_minutes is not None:
        message = _("Schablontid är inte beviljade timmar. Lämna tomt, eller välj faktisk beviljad tid.")
        yield DomainError(message, "weekly_minutes")
    if hours.basis is HoursBasis.GRANTED and hours.template_minutes is not None:
        message = _("Fyll bara i schablontimmar när beslutet har schablontid.")
        yield DomainError(message, "template_minutes")
    if hours.basis is HoursBasis.GRANTED and hours.weekly_minutes is None:
        yield DomainError(_("Fyll i hur många timmar i veckan som är beviljade."), "weekly_minutes")
    for name in ("weekly_minutes", "template_minutes"):
        minutes: int | None = getattr(hours, name)
        if minutes is not None and not 0 < minutes <= MOST_WEEKLY:
            yield DomainError(_("Skriv mer än 0 och högst 168 timmar."), name)
    if (hours.weekly_minutes or 0) > (hours.days_per_week or 7) * MOST_DAILY:
        yield DomainError(_("Så många timmar ryms inte på så få dagar."), "days_per_week")


def _date_faults(facts: NewDecision) -> Iterator[DomainError]:
    for name in ("from_date", "decided_on"):
        if not EARLIEST <= getattr(facts, name) <= LATEST:
            yield DomainError(_("Kontrollera året."), name)
    if facts.to_date is not None and facts.to_date > LATEST:
        yield DomainError(_("Lämna tomt när beslutet gäller tills vidare."), "to_date")
    if facts.to_date is not None and facts.to_date < facts.from_date:
        yield DomainError(_("Sista dagen är före den första. Kontrollera båda."), "to_date")
    if facts.decided_on > clock.today():
        yield DomainError(_not_yet(), "decided_on")
    given = facts.appeal_given_on
    if given is not None and given > clock.today():
        yield DomainError(_not_yet(), "appeal_given_on")
    if given is not None and given < facts.decided_on:
        message = _("Hur man överklagar kan inte ha lämnats före beslutet. Kontrollera båda dagarna.")
        yield DomainError(message, "appeal_given_on")


def _not_yet() -> str:
    return _("Datumet har inte varit än. Kontrollera året.")


def overlap_message(measure: SupportMeasure, period: Period) -> str:
    """What to say where another decision holds on some of the same days."""
    values = {"measure": str(measure.label).lower(), "first": period.first.isoformat()}
    if period.last is None:
        return _(
            "Det finns redan ett beslut om %(measure)s från %(first)s som gäller tills vidare. "
            "Avsluta det först, eller välj andra dagar.",
            **values,
        )
    return _(
        "Det finns redan ett beslut om %(measure)s från %(first)s till %(last)s. Välj andra dagar.",
        last=period.last.isoformat(),
        **values,
    )


def decide(
    identity: Identity, participant: Participant, facts: NewDecision, *, follows: Decision | None = None
) -> Decision:
    """A new decision about the person, who is held. Raises DomainError by field.

    No two decisions about one measure hold on the same day; one that continues another has granted hours.
    """
    for fault in faults_of(facts):
        raise fault
    if follows is not None:
        _check_succession(follows, facts)
    others = others_of_measure(participant.id, facts.support_measure)
    overlapped = overlapping(facts.period, [period_of(other) for other in others])
    if overlapped is not None:
        raise DomainError(overlap_message(facts.support_measure, overlapped), "from_date")
    decision = _new_decision(identity, participant, facts, follows)
    db.session.add(decision)
    db.session.flush()  # the audit row needs its id
    _trace(DECIDE, decision, "new")
    return decision


def _check_succession(earlier: Decision, facts: NewDecision) -> None:
    if earlier.support_measure != facts.support_measure:
        message = _("Ett nytt beslut som fortsätter ett annat gäller samma insats.")
        raise DomainError(message, "support_measure")
    if successor_of(earlier) is not None:
        raise DomainError(_("Det finns redan ett beslut som fortsätter det här."))
    if last_day(earlier) is not None and not may_follow(earlier, facts.from_date):
        message = _("Det nya beslutet börjar efter det förra. Välj en senare dag.")
        raise DomainError(message, "from_date")
    if facts.hours.basis is HoursBasis.TEMPLATE:
        message = _("Ett nytt beslut har faktisk beviljad tid. Schablontid finns bara i äldre beslut.")
        raise DomainError(message, "hours_basis")


def _new_decision(
    identity: Identity, participant: Participant, facts: NewDecision, follows: Decision | None
) -> Decision:
    decision = Decision(participant_id=participant.id, account_id=identity.account_id)
    decision.follows_id = None if follows is None else follows.id
    write_decision(decision, facts)
    decision.extents.append(new_extent(identity, facts.from_date, facts.hours))
    return decision


def write_decision(decision: Decision, facts: NewDecision) -> None:
    """Put the facts into a new row, all but its hours."""
    decision.support_measure, decision.law_basis = facts.support_measure.value, facts.law_basis.value
    decision.eligibility_group = facts.eligibility_group
    decision.from_date, decision.to_date = facts.from_date, facts.to_date
    decision.decided_on, decision.decision_maker = facts.decided_on, facts.decision_maker
    decision.needs, decision.wishes, decision.goals = facts.needs, facts.wishes, facts.goals
    decision.appeal_given_on = facts.appeal_given_on


def new_extent(identity: Identity, first: date, hours: Hours, reason: str = "") -> DecisionExtent:
    """Hours from a day on, as a row of its own."""
    extent = DecisionExtent(
        from_date=first,
        hours_basis=hours.basis.value,
        weekly_minutes=hours.weekly_minutes,
        days_per_week=hours.days_per_week,
        template_minutes=hours.template_minutes,
        account_id=identity.account_id,
    )
    extent.reason = reason
    return extent


def convert(identity: Identity, decision: Decision, change: HoursChange) -> DecisionExtent:
    """Granted hours instead of template hours from a day on; what stood before stays. Raises DomainError by field."""
    if not is_to_convert(decision.extents):
        raise DomainError(_("Beslutet är redan omvandlat."))
    return _add_hours(identity, CONVERT, decision, change)


def change_hours(identity: Identity, decision: Decision, change: HoursChange) -> DecisionExtent:
    """Other granted hours from a day on; what stood before stays. Raises DomainError by field."""
    if is_to_convert(decision.extents):
        raise DomainError(_("Beslutet har schablontid. Omvandla den först."))
    held = extent_on(decision.extents, change.from_date)
    if held is not None and _says_the_same(held, change.hours):
        raise DomainError(_("Så många timmar gäller redan."), "weekly_minutes")
    return _add_hours(identity, DECIDE, decision, change)


def _says_the_same(extent: DecisionExtent, hours: Hours) -> bool:
    return (extent.weekly_minutes, extent.days_per_week) == (hours.weekly_minutes, hours.days_per_week)


def _add_hours(
    identity: Identity, permission: Permission, decision: Decision, change: HoursChange
) -> DecisionExtent:
    for fault in _hours_faults(change.hours):
        raise fault
    problem = change_problem(decision, decision.extents, change.from_date)
    if problem is not None:
        raise DomainError(CHANGE_PROBLEMS[problem], "from_date")
    extent = new_extent(identity, change.from_date, change.hours, change.reason)
    decision.extents.append(extent)
    db.session.flush()  # two that add hours from one day meet here, not after the answer
    _trace(permission, decision, "hours")
    return extent


CHANGE_PROBLEMS: dict[ChangeProblem, Message] = {
    ChangeProblem.BEFORE_DECISION: _l("Då gäller inte beslutet än. Välj en senare dag."),
    ChangeProblem.AFTER_DECISION: _l("Då gäller inte beslutet längre. Välj en tidigare dag."),
    ChangeProblem.NOT_AFTER_NEWEST: _l(
        "De nya timmarna börjar efter dem som redan är beslutade. Välj en senare dag."
    ),
}


def end(decision: Decision, last: date, reason: DecisionEnd) -> int:
    """The decision holds on the day for the last time, and what units carry out of it ends with it.

    Returns how many orders that were. Raises DomainError by field.
    """
    problem = end_problem(decision, last)
    if problem is not None:
        raise DomainError(END_PROBLEMS[problem], "last_day")
    decision.ended_on, decision.end_reason = last, reason.value
    _trace(DECIDE, decision, f"end {reason.value}")
    return close_orders_of(decision, last)


END_PROBLEMS: dict[EndProblem, Message] = {
    EndProblem.ENDED_ALREADY: _l("Beslutet är redan avslutat."),
    EndProblem.BEFORE_DECISION: _l("Då gällde inte beslutet än. Välj en senare dag."),
    EndProblem.AFTER_DECISION: _l(
        "Beslutet slutar tidigare än så. Ska det gälla längre behövs ett nytt beslut."
    ),
}


def interrupt(identity: Identity, decision: Decision, pause: Pause) -> Interruption:
    """The support is not given, or not all of it. Raises DomainError by field."""
    _check_days(decision, pause)
    _check_what_is_left(decision, pause)
    interruption = Interruption(
        from_date=pause.from_date,
        to_date=pause.to_date,
        weekly_minutes_left=pause.weekly_minutes_left,
        reason=pause.reason.value,
        account_id=identity.account_id,
    )
    decision.interruptions.append(interruption)
    db.session.flush()  # the audit row needs its id
    _trace_interruption(interruption, f"interrupt {pause.reason.value}")
    return interruption


def _check_days(decision: Decision, pause: Pause) -> None:
    if pause.to_date is not None and pause.to_date < pause.from_date:
        raise DomainError(_("Sista dagen är före den första. Kontrollera båda."), "to_date")
    held = period_of(decision)
    if not held.holds_on(pause.from_date):
        raise DomainError(_("Beslutet gäller inte den dagen. Välj en annan."), "from_date")
    if pause.to_date is not None and not held.holds_on(pause.to_date):
        raise DomainError(_("Beslutet gäller inte den dagen. Välj en annan."), "to_date")
    others = [Period(one.from_date, one.to_date) for one in decision.interruptions]
    if overlapping(pause.period, others) is not None:
        message = _("Det finns redan ett avbrott på några av de dagarna. Avsluta det först.")
        raise DomainError(message, "from_date")


def _check_what_is_left(decision: Decision, pause: Pause) -> None:
    extent = extent_on(decision.extents, pause.from_date)
    granted = extent.weekly_minutes if extent is not None else None
    if not 0 <= pause.weekly_minutes_left <= MOST_WEEKLY:
        raise DomainError(_("Skriv högst 168 timmar."), "weekly_minutes_left")
    if granted is not None and pause.weekly_minutes_left >= granted:
        message = _("Det är lika mycket som är beviljat, eller mer. Då är det inget avbrott.")
        raise DomainError(message, "weekly_minutes_left")


def end_interruption(interruption: Interruption, last: date) -> None:
    """The interruption goes on until the day. Raises DomainError on `last_day`."""
    if interruption.to_date is not None and interruption.to_date < clock.today():
        raise DomainError(_("Avbrottet är redan avslutat."), "last_day")
    if last < interruption.from_date:
        raise DomainError(_("Avbrottet började senare. Välj en senare dag."), "last_day")
    decision = interruption.decision
    if not period_of(decision).holds_on(last):
        raise DomainError(_("Beslutet gäller inte den dagen. Välj en annan."), "last_day")
    others = [Period(one.from_date, one.to_date) for one in decision.interruptions if one is not interruption]
    if overlapping(Period(interruption.from_date, last), others) is not None:
        raise DomainError(_("Då har nästa avbrott redan börjat. Välj en tidigare dag."), "last_day")
    interruption.to_date = last
    _trace_interruption(interruption, "end")


def _trace(permission: Permission, decision: Decision, detail: str) -> None:
    audit.record_write(
        permission,
        participant_id=decision.participant_id,
        object_kind="decision",
        object_id=decision.id,
        detail=detail,
    )


def _trace_interruption(interruption: Interruption, detail: str) -> None:
    audit.record_write(
        INTERRUPT,
        participant_id=interruption.decision.participant_id,
        object_kind="interruption",
        object_id=interruption.id,
        detail=detail,
    )
