"""What became of people's trials, and their jobs, for tests."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.pathway.outcome_models import BenefitCheck, Employment, Outcome
from aktema.pathway.outcome_operations import JobFacts, OutcomeFacts
from aktema.pathway.rules.benefits import BenefitItem
from aktema.pathway.rules.outcome import EmploymentForm, OutcomeKind
from aktema.pathway.trial_models import Trial
from aktema.people.models import Participant
from aktema.steps.models import Step
from tests.support.employers import a_contact, a_placement, a_workplace
from tests.support.people import an_account
from tests.support.trials import a_trial

TODAY, DAY = clock.today(), timedelta(days=1)
IN_A_MONTH = TODAY + 30 * DAY
JOB = {
    "workplace": "Lindas bageri",
    "form": "ordinary",
    "weekly_minutes": "20",
    "from_date": IN_A_MONTH.isoformat(),
}
"""What is typed of a job."""


def pages(person: Participant, path: str = "") -> str:
    return f"/deltagare/{person.public_id}/jobb{path}"


def of(outcome: Outcome, path: str = "") -> str:
    return pages(outcome.participant, f"/{outcome.public_id}{path}")


def lines(session: Session) -> list[tuple[str | None, str | None]]:
    return [(step.line, step.own_line) for step in session.scalars(select(Step).order_by(Step.id))]


def facts(kind: OutcomeKind, on: date = TODAY) -> OutcomeFacts:
    return OutcomeFacts(kind=kind, happened_on=on)


def job_facts(**changes: object) -> JobFacts:
    values = {
        "workplace": "Lindas bageri",
        "form": EmploymentForm.ORDINARY,
        "weekly_minutes": 1200,
        "from_date": IN_A_MONTH,
        **changes,
    }
    return JobFacts(**values)  # type: ignore[arg-type]  # the dataclass's own fields


def an_outcome(
    person: Participant,
    *,
    kind: str = "job",
    trial: Trial | None = None,
    account: Account | None = None,
    happened_on: date | None = None,
    settled: bool = False,
) -> Outcome:
    """An outcome of today, of no trial where none is given; `settled`: nothing is needed for the benefits."""
    worker = account or an_account()
    outcome = Outcome(
        participant=person,
        trial=trial,
        kind=kind,
        happened_on=happened_on or clock.today(),
        account_id=worker.id,
        benefits=[],
        employment=None,
    )
    db.session.add(outcome)
    db.session.flush()
    for item in BenefitItem if settled else ():
        outcome.benefits.append(a_settled_item(outcome, item))
    db.session.flush()
    return outcome


def a_settled_item(outcome: Outcome, item: BenefitItem) -> BenefitCheck:
    return BenefitCheck(
        participant_id=outcome.participant_id,
        outcome_id=outcome.id,
        item=item.value,
        result="not_needed",
        settled_on=clock.today(),
        account_id=outcome.account_id,
    )


def a_job(
    person: Participant,
    *,
    from_date: date | None = None,
    to_date: date | None = None,
    trial: Trial | None = None,
    account: Account | None = None,
    workplace: str = "Lindas bageri",
    subsidy_until: date | None = None,
) -> Employment:
    """A job of 20 hours a week that began a week ago where no day is given, with the benefits settled."""
    outcome = an_outcome(person, trial=trial, account=account, settled=True)
    job = Employment(
        participant=person,
        outcome=outcome,
        placement_id=trial.placement_id if trial else None,
        form="wage_subsidy" if subsidy_until else "ordinary",
        weekly_minutes=1200,
        from_date=from_date or clock.today() - timedelta(days=7),
        to_date=to_date,
        end_reason="as_planned" if to_date else None,
        subsidy_until=subsidy_until,
        account_id=outcome.account_id,
        checks=[],
    )
    job.workplace = workplace
    db.session.add(job)
    db.session.flush()
    return job


def with_a_supervisor(person: Participant, **values: object) -> Employment:
    """A job that grew out of a trial whose supervisor can be written to."""
    workplace = a_workplace()
    contact = a_contact(workplace.employer, email="linda@example.se")
    trial = a_trial(person, a_placement(workplace, supervisor=contact), from_date=TODAY - 40 * DAY)
    return a_job(person, trial=trial, **values)  # type: ignore[arg-type]  # the builder's own
