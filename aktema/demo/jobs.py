"""What trials led to: nothing yet, something longer, or a job that somebody asks about; and one who came back."""

from datetime import date, timedelta

from aktema.core.db import db
from aktema.demo.days import moment, next_workday, workday
from aktema.demo.journal import note
from aktema.demo.lives import Life
from aktema.employers.models import Placement
from aktema.pathway.outcome_codes import AnsweredHow
from aktema.pathway.outcome_models import BenefitCheck, Employment, Outcome, RetentionCheck
from aktema.pathway.rules.benefits import BenefitItem, BenefitResult
from aktema.pathway.rules.outcome import EmploymentEnd, EmploymentForm, OutcomeKind
from aktema.pathway.rules.retention import RetentionDue, due_on
from aktema.pathway.trial_models import Trial
from aktema.steps.codes import ContactType

FORMS = (
    EmploymentForm.WAGE_SUBSIDY,
    EmploymentForm.DEVELOPMENT_EMPLOYMENT,
    EmploymentForm.ORDINARY,
    EmploymentForm.SECURE_EMPLOYMENT,
)
HOURS = (10, 15, 20, 12)
SUBSIDY_LEFT = (timedelta(days=45), timedelta(days=300))
"""How long a subsidy goes on from today, for every other job."""
LINES = {
    OutcomeKind.JOB: ("ett jobb med lön", "Du har fått ett jobb."),
    OutcomeKind.LONGER_PLACEMENT: ("en längre tid på samma plats", "Du stannar längre på din plats."),
    OutcomeKind.BACK: ("tillbaka till daglig verksamhet", "Du är tillbaka på dina vanliga dagar."),
    OutcomeKind.NONE: ("inget bestämt än", "Du har provat färdigt."),
}


def lead_to(
    life: Life, kind: OutcomeKind, on: date, *, placement: Placement | None = None, trial: Trial | None = None
) -> Outcome:
    """Write what it led to."""
    outcome = Outcome(
        participant_id=life.participant.id,
        trial=trial,
        kind=kind.value,
        happened_on=on,
        account_id=life.writer.id,
        created_at=moment(on, life.rng(f"outcome {kind}")),
    )
    db.session.add(outcome)
    line, own_line = LINES[kind]
    title = f"”{placement.title}” ledde till: {line}" if placement else f"Det blev: {line}"
    note(life, on, ContactType.OUTCOME, title, own_line, placement=placement)
    return outcome


def employ(
    life: Life, placement: Placement, first: date, today: date, *, trial: Trial | None = None
) -> Employment:
    """A job from the day, with what was settled before it."""
    agreed = workday(first - timedelta(days=12))
    outcome = lead_to(life, OutcomeKind.JOB, agreed, placement=placement, trial=trial)
    outcome.benefits = [_settled(life, item, workday(first - timedelta(days=4))) for item in BenefitItem]
    form = FORMS[life.number % len(FORMS)]
    left = SUBSIDY_LEFT[life.number % len(SUBSIDY_LEFT)]
    job = Employment(
        participant_id=life.participant.id,
        outcome=outcome,
        placement_id=placement.id,
        form=form.value,
        weekly_minutes=60 * HOURS[life.number % len(HOURS)],
        from_date=first,
        subsidy_until=None if form is EmploymentForm.ORDINARY else today + left,
        is_union_heard=True,
        account_id=life.writer.id,
        created_at=moment(agreed, life.rng("job")),
    )
    job.workplace = placement.employer.name
    db.session.add(job)
    line = f"Jobb från {first} hos {placement.employer.name}"
    note(life, agreed, ContactType.OUTCOME, line, f"Du börjar jobba {first}.", placement=placement)
    return job


def _settled(life: Life, item: BenefitItem, on: date) -> BenefitCheck:
    is_needed = item is not BenefitItem.GUARDIAN or life.has_guardian
    return BenefitCheck(
        participant_id=life.participant.id,
        item=item.value,
        result=(BenefitResult.DONE if is_needed else BenefitResult.NOT_NEEDED).value,
        settled_on=on,
        account_id=life.writer.id,
        created_at=moment(on, life.rng(f"benefit {item}")),
    )


def follow_up(life: Life, job: Employment, today: date, *, is_newest_open: bool) -> None:
    """What was answered at each moment that has come; the newest one waits where that is left open."""
    moments = [(due, next_workday(due_on(job.from_date, due))) for due in RetentionDue]
    last = min(today, job.to_date or today)
    come = [(due, day) for due, day in moments if day < last]
    for due, day in come[:-1] if is_newest_open else come:
        check = RetentionCheck(
            employment=job,
            due=due.value,
            asked_on=day,
            was_reached=True,
            is_still_employed=True,
            weekly_minutes=job.weekly_minutes,
            wellbeing=3 + life.number % 2,
            wellbeing_how=AnsweredHow.TOLD.value,
            employer_says_well=True,
            employer_how=AnsweredHow.TOLD.value,
            account_id=life.writer.id,
            created_at=moment(day, life.rng(f"retention {due}")),
        )
        check.support = "En telefontid varannan vecka räcker."
        db.session.add(check)
        line = f"Uppföljning av jobbet {day}: är kvar"
        note(life, day, ContactType.RETENTION_CHECK, line, "Du är kvar på ditt jobb.")


def come_back(life: Life, placement: Placement, today: date) -> None:
    """Somebody who had a job for a while and is back in day activity, looking for another."""
    days = (life.last_day - life.registered).days
    first = workday(life.registered + timedelta(days=int(days * 0.3)))
    last = workday(life.registered + timedelta(days=int(days * 0.7)))
    job = employ(life, placement, first, today)
    job.to_date, job.end_reason = last, EmploymentEnd.TOO_FAST.value
    job.form, job.subsidy_until = EmploymentForm.HOLIDAY_JOB.value, None
    follow_up(life, job, today, is_newest_open=False)
    line = f"Jobbet slutar {last}: det gick för fort"
    note(life, last, ContactType.OUTCOME, line, f"Jobbet slutar {last}.", placement=placement)
    lead_to(life, OutcomeKind.BACK, next_workday(last + timedelta(days=3)))
