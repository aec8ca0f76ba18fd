"""What the pages of outcomes and jobs say, and what waits to be written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from aktema.access.identity import Identity
from aktema.access.policy import is_granted
from aktema.core.errors import Message
from aktema.core.markup import hours, near_day
from aktema.pathway.outcome_codes import (
    END_LABELS,
    FORM_LABELS,
    ITEM_LABELS,
    OUTCOME_LABELS,
    OUTCOME_TONES,
    RESULT_LABELS,
    UnsettledReason,
)
from aktema.pathway.outcome_models import Employment, Outcome
from aktema.pathway.outcome_queries import (
    find_outcome,
    settled_of,
    subsidies_ending,
    trials_without_outcome,
    unfinished_jobs,
    unsettled_of,
)
from aktema.pathway.permissions import RECORD_OUTCOME
from aktema.pathway.retention_page import MomentRow, moments_of
from aktema.pathway.rules import outcome as rules
from aktema.pathway.rules import retention
from aktema.pathway.rules.benefits import BenefitItem
from aktema.pathway.rules.outcome import EmploymentEnd, EmploymentForm, OutcomeKind
from aktema.pathway.rules.retention import RetentionDue
from aktema.pathway.task import Task
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import status

SummaryRow = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class BenefitRow:
    """One item of the checklist: how it stands, in words."""

    label: Message
    text: str
    is_settled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeView:
    """An outcome as its page shows it. The rows of the job are empty, and the moments too, where there is none."""

    outcome: Outcome
    label: Message
    tone: str
    about: str
    words: str
    is_job: bool
    is_over: bool
    benefits: Sequence[BenefitRow]
    job: Sequence[SummaryRow]
    moments: Sequence[MomentRow]
    can_ask: bool
    """Whether it can be asked today how the job goes."""
    asked_from: date | None
    """From which day it can, where there is a job."""

    @property
    def needs_benefits(self) -> bool:
        return self.is_job and not self.is_over and not all(one.is_settled for one in self.benefits)


def view_of(outcome: Outcome, today: date) -> OutcomeView:
    kind, job = OutcomeKind(outcome.kind), outcome.employment
    return OutcomeView(
        outcome=outcome,
        label=OUTCOME_LABELS[kind],
        tone=OUTCOME_TONES[kind],
        about=_about(outcome),
        words=outcome.words or "",
        is_job=kind is OutcomeKind.JOB,
        is_over=job is not None and not rules.is_live(job.from_date, job.to_date, today),
        benefits=_benefits(outcome) if kind is OutcomeKind.JOB else (),
        job=_job_rows(job, today) if job else (),
        moments=moments_of(job, today) if job else (),
        can_ask=job is not None and retention.current(job.from_date, job.to_date, today) is not None,
        asked_from=retention.opens_on(job.from_date, RetentionDue.WEEK_1) if job else None,
    )


def _about(outcome: Outcome) -> str:
    """Hjälpa till i bageriet, Lindas bageri · måndag 9 mars · Kim Coach."""
    placement = outcome.trial.placement if outcome.trial else None
    place = f"{placement.title}, {placement.employer.name}" if placement else ""
    return " · ".join(filter(None, (place, near_day(outcome.happened_on), outcome.account.name)))


def _benefits(outcome: Outcome) -> Sequence[BenefitRow]:
    settled, missing = settled_of(outcome), unsettled_of(outcome)
    return [
        BenefitRow(
            label=ITEM_LABELS[item],
            text=_settled_text(outcome, item) if item in settled else _("Inte klart än"),
            is_settled=item not in missing,
        )
        for item in BenefitItem
    ]


def _settled_text(outcome: Outcome, item: BenefitItem) -> str:
    one = settled_of(outcome)[item]
    text = _("%(result)s %(day)s", result=RESULT_LABELS[one.result], day=one.on.isoformat())
    return _("%(text)s, efter första dagen", text=text) if item in unsettled_of(outcome) else text


def _job_rows(job: Employment, today: date) -> Sequence[SummaryRow]:
    rows = [
        (_("Arbetsplats"), job.workplace or ""),
        (_("Anställning"), str(FORM_LABELS[EmploymentForm(job.form)])),
        (_("Tid"), _("%(hours)s i veckan", hours=hours(job.weekly_minutes))),
        (_("Första dagen"), job.from_date.isoformat()),
        (_("Bidraget tar slut"), job.subsidy_until.isoformat() if job.subsidy_until else ""),
        (_("Facket har fått säga sitt"), _heard(job.is_union_heard)),
        (_("Sista dagen"), job.to_date.isoformat() if job.to_date else ""),
        (_("Varför det slutade"), str(END_LABELS[EmploymentEnd(job.end_reason)]) if job.end_reason else ""),
        (
            _("Börjar innan ersättningen är ordnad")
            if job.from_date > today
            else _("Började innan ersättningen var ordnad"),
            str(UnsettledReason(job.unsettled_reason).label) if job.unsettled_reason else "",
        ),
    ]
    return [(label, value) for label, value in rows if value]


def _heard(answer: bool | None) -> str:
    return "" if answer is None else _("Ja") if answer else _("Nej")


# On the page of a trial


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeSection:
    """What a trial led to, or the way to write it; `can_write` where the trial has come that far."""

    label: Message
    tone: str
    href: str
    can_write: bool


def outcome_section(identity: Identity, trial: Trial, today: date) -> OutcomeSection | None:
    """The part of a trial's page about what it led to; None where there is nothing to say or do yet."""
    person, outcome = trial.participant.public_id, find_outcome(trial.id)
    if outcome is not None:
        kind = OutcomeKind(outcome.kind)
        return OutcomeSection(
            label=OUTCOME_LABELS[kind],
            tone=OUTCOME_TONES[kind],
            href=url_for("pathway.outcome", public_id=person, outcome_id=outcome.public_id),
            can_write=False,
        )
    if not rules.outcomes_of(status(trial, today)) or not is_granted(identity, RECORD_OUTCOME):
        return None
    href = url_for("pathway.trial_outcome", public_id=person, trial_id=trial.public_id)
    return OutcomeSection(label="", tone="neutral", href=href, can_write=True)


# What waits


def outcome_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """Trials whose end nobody has written, jobs to finish writing, subsidies that end: three statements at most.

    Nobody is recorded as read: whoever shows the tasks does that.
    """
    if not is_granted(identity, RECORD_OUTCOME):
        return ()
    jobs = [_unfinished(one, today) for one in unfinished_jobs(identity, RECORD_OUTCOME, limit)]
    trials = [_unwritten(one) for one in trials_without_outcome(identity, RECORD_OUTCOME, today, limit)]
    ending = [_ending(one) for one in subsidies_ending(identity, RECORD_OUTCOME, today, limit)]
    return [*jobs, *trials, *ending][:limit]


def _unfinished(outcome: Outcome, today: date) -> Task:
    person = outcome.participant
    title, due = _what_is_unfinished(outcome, person.first_name, today)
    return Task(
        participant=person,
        title=title,
        href=url_for("pathway.outcome", public_id=person.public_id, outcome_id=outcome.public_id),
        due=due,
        tone="warning",
    )


def _what_is_unfinished(outcome: Outcome, name: str, today: date) -> tuple[str, str]:
    """What to do, and when it was clear or begins."""
    job = outcome.employment
    if job is None:
        title = _("Ordna ersättningen och skriv in jobbet för %(name)s", name=name)
        return title, _("klart %(day)s", day=near_day(outcome.happened_on))
    if job.from_date < today:
        title = _("Ordna ersättningen för %(name)s, eller skriv varför jobbet började ändå", name=name)
        return title, _("började %(day)s", day=near_day(job.from_date))
    title = _("Ordna ersättningen för %(name)s före första dagen", name=name)
    return title, _("börjar %(day)s", day=near_day(job.from_date))


def _unwritten(trial: Trial) -> Task:
    person = trial.participant
    return Task(
        participant=person,
        title=_("Skriv vad ”%(title)s” ledde till", title=trial.placement.title),
        href=url_for("pathway.trial_outcome", public_id=person.public_id, trial_id=trial.public_id),
        due=_("provplatsen är slut"),
    )


def _ending(job: Employment) -> Task:
    person = job.participant
    return Task(
        participant=person,
        title=_("Bidraget till lönen tar slut: bestäm vad som kommer sedan"),
        href=url_for("pathway.outcome", public_id=person.public_id, outcome_id=job.outcome.public_id),
        due=near_day(job.subsidy_until),
        tone="warning",
    )
