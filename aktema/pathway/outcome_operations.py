"""Writing down what became of a trial, the job, and the way back. Nothing of it takes away what was before."""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale, pgettext
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.markup import hours
from aktema.core.swedish import LANGUAGE
from aktema.pathway.introduction_codes import CloseReason
from aktema.pathway.introduction_operations import close_others
from aktema.pathway.outcome_codes import (
    END_LABELS,
    FORM_LABELS,
    OUTCOME_EASY,
    OUTCOME_LABELS,
    SUBSIDY_FAULTS,
    UnsettledReason,
)
from aktema.pathway.outcome_models import Employment, Outcome
from aktema.pathway.outcome_queries import live_employments, settled_of
from aktema.pathway.permissions import RECORD_OUTCOME
from aktema.pathway.rules import outcome as rules
from aktema.pathway.rules.benefits import unsettled
from aktema.pathway.rules.outcome import EmploymentEnd, EmploymentForm, OutcomeKind
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_operations import EndFacts, cancel_trial
from aktema.pathway.trial_queries import in_force, listed, live_trials_of, running_clause, status
from aktema.pathway.trial_states import Whose
from aktema.people.models import Participant
from aktema.plans.rules.calendar import add_days
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, record_fact

CLOSED_BECAUSE = {
    OutcomeKind.JOB: CloseReason.GOT_JOB,
    OutcomeKind.LONGER_PLACEMENT: CloseReason.GOT_OTHER_PLACE,
    OutcomeKind.EDUCATION: CloseReason.OTHER,
}
"""With these the person has what they looked for: other employers need not answer any longer."""
CANCELLED_BECAUSE = {
    OutcomeKind.JOB: EndReason.LED_TO_JOB,
    OutcomeKind.LONGER_PLACEMENT: EndReason.LED_TO_LONGER,
    OutcomeKind.EDUCATION: EndReason.OTHER,
}
"""And a trial elsewhere that is not signed by all comes to nothing; one that is goes on until somebody ends it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeFacts:
    """What it led to, when that was clear, and the person's own words about it."""

    kind: OutcomeKind
    happened_on: date
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class JobFacts:
    """A paid job: minutes are a week's; `unsettled_reason` is why it begins before the benefits are settled."""

    workplace: str
    form: EmploymentForm
    weekly_minutes: int
    from_date: date
    subsidy_until: date | None = None
    is_union_heard: bool | None = None
    unsettled_reason: UnsettledReason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnFacts:
    """From which day the person is back, and why a job that goes on ends, where one does."""

    back_from: date
    reason: EmploymentEnd | None = None
    words: str = ""


def record_outcome(
    identity: Identity, participant: Participant, facts: OutcomeFacts, trial: Trial | None = None
) -> Outcome:
    """What the trial led to, or what the person came to without one. Raises DomainError by field."""
    _check_outcome(facts, trial)
    outcome = Outcome(
        participant_id=participant.id,
        trial_id=trial.id if trial else None,
        kind=facts.kind.value,
        happened_on=facts.happened_on,
        account_id=identity.account_id,
    )
    outcome.words = facts.words
    db.session.add(outcome)
    db.session.flush()  # the audit row needs its id
    _tell(identity, participant, facts.kind, trial)
    _trace(outcome, facts.kind)
    _close_others(participant, facts.kind, trial)
    return outcome


def change_outcome(
    identity: Identity, participant: Participant, outcome: Outcome, facts: OutcomeFacts
) -> None:
    """Say it otherwise. Raises DomainError by field; a job that is written stays a job."""
    _check_outcome(facts, outcome.trial)
    if outcome.employment is not None and facts.kind is not OutcomeKind.JOB:
        raise DomainError(_("Jobbet är redan inskrivet. Skriv att det har slutat i stället."), "kind")
    if outcome.kind != facts.kind:
        _tell(identity, participant, facts.kind, outcome.trial)
        _close_others(participant, facts.kind, outcome.trial)
    outcome.kind, outcome.happened_on, outcome.words = facts.kind.value, facts.happened_on, facts.words
    _trace(outcome, facts.kind)


def _check_outcome(facts: OutcomeFacts, trial: Trial | None) -> None:
    today = clock.today()
    if not add_days(today, -rules.OLDEST) <= facts.happened_on <= today:
        raise DomainError(_("Skriv en dag som har varit, högst ett år tillbaka."), "happened_on")
    if trial is None:
        return
    if facts.happened_on < trial.begun_on:
        raise DomainError(_("Dagen är före provplatsen."), "happened_on")
    allowed = rules.outcomes_of(status(trial, today))
    if not allowed:
        raise DomainError(_("Provplatsen har inte börjat. Det går inte att skriva vad den ledde till."))
    if facts.kind not in allowed:
        raise DomainError(_("Provplatsen pågår. Avbryt eller korta av den först."), "kind")


@force_locale(LANGUAGE)
def _tell(identity: Identity, participant: Participant, kind: OutcomeKind, trial: Trial | None) -> None:
    label = OUTCOME_LABELS[kind]
    line = (
        _("”%(title)s” ledde till: %(kind)s", title=trial.placement.title, kind=label)
        if trial
        else _("Det blev: %(kind)s", kind=label)
    )
    _record(identity, participant.id, line, str(OUTCOME_EASY[kind]), trial.placement_id if trial else None)


def _record(
    identity: Identity, participant_id: int, line: str, own_line: str, placement_id: int | None = None
) -> None:
    facts = StepFacts(
        contact_type=ContactType.OUTCOME,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=line,
        own_line=own_line,
        placement_id=placement_id,
    )
    record_fact(identity.account_id, participant_id, facts)


def _close_others(participant: Participant, kind: OutcomeKind, trial: Trial | None) -> None:
    """Whoever else was asked is told that the matter is closed."""
    reason = CLOSED_BECAUSE.get(kind)
    if reason is None:
        return
    for other in live_trials_of(participant.id, clock.today()):
        is_elsewhere = trial is None or other.placement_id != trial.placement_id
        if is_elsewhere and in_force(other) is None:
            cancel_trial(other, EndFacts(whose=Whose.NOBODY, reason=CANCELLED_BECAUSE[kind]))
    close_others(participant.id, reason, but=trial.introduction_id if trial else None)


# The job


def save_job(identity: Identity, participant: Participant, outcome: Outcome, facts: JobFacts) -> Employment:
    """Write the job, or change what stands of it. Raises DomainError by field.

    A first day that has come before the benefits are settled is refused, unless a reason is given; until it comes
    they can be settled still, and the task for that stands.
    """
    if outcome.kind != OutcomeKind.JOB.value:
        raise DomainError(_("Det ledde till något annat än ett jobb."))
    _check_job(outcome, facts)
    job = outcome.employment
    is_new, before = job is None, _agreed(job)
    if job is None:
        job = Employment(participant_id=participant.id, outcome=outcome, account_id=identity.account_id)
        job.placement_id = outcome.trial.placement_id if outcome.trial else None
    _write(job, facts, bool(unsettled(settled_of(outcome), facts.from_date)))
    db.session.add(job)
    db.session.flush()  # the audit row needs its id
    if before != _agreed(job):
        _tell_job(identity, job, is_new=is_new)
    _trace_job(job, "new" if is_new else "changed")
    return job


def _agreed(job: Employment | None) -> tuple[object, ...]:
    """What is told of a job, and told anew when it changes."""
    return () if job is None else (job.from_date, job.form, job.weekly_minutes)


def _write(job: Employment, facts: JobFacts, is_unsettled: bool) -> None:
    job.workplace, job.form = facts.workplace, facts.form.value
    job.weekly_minutes, job.from_date = facts.weekly_minutes, facts.from_date
    job.subsidy_until, job.is_union_heard = facts.subsidy_until, facts.is_union_heard
    reason = facts.unsettled_reason if is_unsettled else None
    job.unsettled_reason = reason.value if reason else None


def _check_job(outcome: Outcome, facts: JobFacts) -> None:
    today = clock.today()
    if not add_days(today, -rules.OLDEST_JOB) <= facts.from_date <= add_days(today, rules.FURTHEST):
        raise DomainError(_("Skriv en dag högst tre år tillbaka och högst ett år fram."), "from_date")
    _check_against_the_end(outcome.employment, facts)
    fault = rules.subsidy_fault(facts.form, facts.from_date, facts.subsidy_until)
    if fault is not None:
        raise DomainError(SUBSIDY_FAULTS[fault], "subsidy_until")
    has_come = facts.from_date <= today
    if has_come and facts.unsettled_reason is None and unsettled(settled_of(outcome), facts.from_date):
        raise DomainError(
            _(
                "Ersättningen är inte ordnad före den dagen. Välj en senare dag, "
                "eller välj längst ner varför jobbet börjar ändå."
            ),
            "from_date",
        )


def _check_against_the_end(job: Employment | None, facts: JobFacts) -> None:
    """What was asked while the job went on, and the day it ended, stand fast."""
    if job is None:
        return
    if job.to_date is not None and job.to_date < facts.from_date:
        raise DomainError(_("Jobbet slutade före den dagen."), "from_date")
    if job.checks and job.from_date != facts.from_date:
        raise DomainError(_("Jobbet är redan uppföljt. Första dagen går inte att ändra."), "from_date")


@force_locale(LANGUAGE)
def _tell_job(identity: Identity, job: Employment, *, is_new: bool) -> None:
    facts = {
        "day": job.from_date.isoformat(),
        "form": FORM_LABELS[EmploymentForm(job.form)],
        "hours": hours(job.weekly_minutes),
    }
    if is_new:
        line = _("Jobb från %(day)s: %(form)s, %(hours)s i veckan", **facts)
        own_line = pgettext("easy", "Du börjar jobba %(day)s.", **facts)
    else:
        line = _("Jobbet är ändrat. Från %(day)s: %(form)s, %(hours)s i veckan", **facts)
        own_line = pgettext(
            "easy",
            "Något är nytt med ditt jobb. Första dagen är %(day)s. Du jobbar %(hours)s i veckan.",
            **facts,
        )
    _record(identity, job.participant_id, line, own_line, job.placement_id)


def end_job(
    identity: Identity,
    job: Employment,
    last_day: date,
    reason: EmploymentEnd,
    permission: Permission = RECORD_OUTCOME,
) -> None:
    """The job ends with the day; where it has ended, day and reason are put right. Raises DomainError by field."""
    is_over = not rules.is_live(job.from_date, job.to_date, clock.today())
    _check_last_day(job, last_day)
    if (job.to_date, job.end_reason) == (last_day, reason.value):
        return
    job.to_date, job.end_reason = last_day, reason.value
    _tell_end(identity, job, last_day, reason, is_put_right=is_over)
    _trace_job(job, "end_put_right" if is_over else "ended", permission)


def _check_last_day(job: Employment, last_day: date) -> None:
    if last_day < job.from_date:
        raise DomainError(_("Sista dagen kan inte vara före första dagen."), "last_day")
    if last_day > add_days(clock.today(), rules.FURTHEST):
        raise DomainError(_("Skriv en dag inom ett år."), "last_day")


@force_locale(LANGUAGE)
def _tell_end(
    identity: Identity, job: Employment, last_day: date, reason: EmploymentEnd, *, is_put_right: bool
) -> None:
    facts = {"day": last_day.isoformat(), "why": END_LABELS[reason]}
    if is_put_right:
        line = _("Jobbets slut är rättat. Sista dagen är %(day)s: %(why)s", **facts)
        own_line = pgettext("easy", "Något är nytt med ditt jobb. Sista dagen är %(day)s.", **facts)
    else:
        line = _("Jobbet slutar %(day)s: %(why)s", **facts)
        own_line = pgettext("easy", "Jobbet slutar %(day)s.", **facts)
    _record(identity, job.participant_id, line, own_line, job.placement_id)


def return_to_day_activity(identity: Identity, participant: Participant, facts: ReturnFacts) -> Outcome:
    """The person is back in day activity: jobs end, all that was stays. Raises DomainError by field."""
    today = clock.today()
    if not add_days(today, -rules.OLDEST) <= facts.back_from <= add_days(today, rules.FURTHEST):
        raise DomainError(_("Skriv en dag högst ett år bort."), "back_from")
    _check_has_left(participant, max(today, facts.back_from))
    for job in live_employments(participant.id, today):
        if facts.reason is None:
            raise DomainError(_("Välj varför jobbet slutar."), "reason")
        last_day = rules.last_working_day(job.from_date, facts.back_from)
        end_job(identity, job, min(last_day, job.to_date or last_day), facts.reason)
    outcome_facts = OutcomeFacts(
        kind=OutcomeKind.BACK, happened_on=min(today, facts.back_from), words=facts.words
    )
    return record_outcome(identity, participant, outcome_facts)


def _check_has_left(participant: Participant, on: date) -> None:
    """Whoever goes back has left every trial first, as `rules.FROM_A_RUNNING_TRIAL` says. Raises DomainError."""
    running = listed().where(Trial.participant_id == participant.id, running_clause(on))
    trial = db.session.scalars(running.order_by(Trial.id)).first()
    if trial is not None:
        title = trial.placement.title
        raise DomainError(
            _("”%(title)s” pågår den dagen. Avbryt eller korta av provplatsen först.", title=title),
            "back_from",
        )


def _trace(outcome: Outcome, kind: OutcomeKind) -> None:
    audit.record_write(
        RECORD_OUTCOME,
        participant_id=outcome.participant_id,
        object_kind="outcome",
        object_id=outcome.id,
        detail=kind.value,
    )


def _trace_job(job: Employment, detail: str, permission: Permission = RECORD_OUTCOME) -> None:
    audit.record_write(
        permission,
        participant_id=job.participant_id,
        object_kind="employment",
        object_id=job.id,
        detail=detail,
    )
