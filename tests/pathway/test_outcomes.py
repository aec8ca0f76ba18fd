"""What became of a trial: written down, what is settled before a job, what waits, and who sees it."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError, MissingError
from aktema.employers.models import Placement
from aktema.pathway import outcome_operations as operations
from aktema.pathway import outcome_queries as queries
from aktema.pathway.benefit_operations import settle
from aktema.pathway.operations import open_introduction
from aktema.pathway.outcome_models import BenefitCheck, Employment, Outcome
from aktema.pathway.outcome_page import outcome_section, outcome_tasks
from aktema.pathway.permissions import RECORD_OUTCOME
from aktema.pathway.queries import introductions_of
from aktema.pathway.rules.benefits import BenefitItem, BenefitResult, Settled
from aktema.pathway.rules.outcome import EmploymentEnd, OutcomeKind
from aktema.pathway.states import IntroductionState
from aktema.pathway.trial_operations import begin_trial
from aktema.pathway.trial_states import Party
from aktema.people.models import Participant
from tests.support.access import traces
from tests.support.introductions import an_agreed_question, mails
from tests.support.outcomes import (
    DAY,
    IN_A_MONTH,
    JOB,
    TODAY,
    a_job,
    an_outcome,
    facts,
    job_facts,
    lines,
    of,
    pages,
)
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.signatures import a_stay
from tests.support.trials import a_trial, begin_facts, sign

SignIn = Callable[[Account], PageClient]

# What it led to


def test_what_a_trial_led_to_is_written_once_and_on_the_timeline_in_two_wordings(
    browser: PageClient, person: Participant, placement: Placement, session: Session
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 20 * DAY, to_date=TODAY - DAY)
    session.commit()
    path = f"/deltagare/{person.public_id}/provplatser/{trial.public_id}/resultat"
    page = browser.submit(path, {"kind": "education", "words": "Jag vill lära mig mer"})
    assert "Jag vill lära mig mer" in page.words
    assert lines(session) == [("”Bageriet” ledde till: Utbildning", "Du ska börja en kurs eller en skola.")]
    assert browser.get(path).soup.select_one("h1").get_text(strip=True) == "Utbildning"


@pytest.mark.parametrize(
    ("first", "last", "kind", "field"),
    [
        (1, 5, OutcomeKind.JOB, None),
        (-5, 5, OutcomeKind.BACK, "kind"),
        (-5, 5, OutcomeKind.NONE, "kind"),
    ],
)
def test_a_trial_that_has_not_come_so_far_leads_to_nothing(
    coach: Account,
    person: Participant,
    placement: Placement,
    first: int,
    last: int,
    kind: OutcomeKind,
    field: str,
) -> None:
    trial = a_trial(person, placement, from_date=TODAY + first * DAY, to_date=TODAY + last * DAY)
    with pytest.raises(DomainError) as refused:
        operations.record_outcome(act_as(coach), person, facts(kind), trial)
    assert refused.value.field == field


@pytest.mark.parametrize("on", [TODAY + DAY, TODAY - 400 * DAY])
def test_an_outcome_has_happened_within_a_year(coach: Account, person: Participant, on: date) -> None:
    with pytest.raises(DomainError):
        operations.record_outcome(act_as(coach), person, facts(OutcomeKind.JOB, on))


def test_an_outcome_is_not_older_than_the_trial(
    coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 5 * DAY)
    with pytest.raises(DomainError):
        operations.record_outcome(act_as(coach), person, facts(OutcomeKind.JOB, TODAY - 6 * DAY), trial)


@pytest.mark.parametrize(
    ("kind", "open_questions"),
    [
        (OutcomeKind.JOB, 0),
        (OutcomeKind.EDUCATION, 0),
        (OutcomeKind.OTHER_PLACEMENT, 1),
        (OutcomeKind.BACK, 1),
    ],
)
def test_who_has_what_they_looked_for_is_asked_about_nothing_more(
    coach: Account, person: Participant, placement: Placement, kind: OutcomeKind, open_questions: int
) -> None:
    identity = act_as(coach)
    open_introduction(identity, person, placement_id=placement.id, placement_title="Bageriet")
    operations.record_outcome(identity, person, facts(kind))
    left = [view for view in introductions_of(person.id) if view.introduction.closed_on is None]
    assert len(left) == open_questions


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (OutcomeKind.JOB, "Provplatsen blev inte av: Det blev ett jobb."),
        (OutcomeKind.LONGER_PLACEMENT, "Provplatsen blev inte av: Det blev en längre placering."),
        (OutcomeKind.EDUCATION, "Provplatsen blev inte av: Något annat."),
    ],
)
def test_a_trial_elsewhere_that_is_not_signed_comes_to_nothing_and_its_employer_is_told(
    session: Session, kind: OutcomeKind, line: str
) -> None:
    stay = a_stay(signed=False)
    sign(stay.trial.agreements[0], Party.PERSON)
    operations.record_outcome(act_as(stay.coach), stay.person, facts(kind))
    assert (stay.trial.cancelled_on, stay.trial.cancelled_by) == (TODAY, "nobody")
    assert (line, "Din provplats blir inget den här gången.") in lines(session)
    assert ("trial.end", "trial", "cancelled") in traces("write")
    assert [one.kind for one in mails()] == ["trial_stopped"]


@pytest.mark.parametrize("asked", [True, False])
def test_an_employer_who_said_yes_is_told_once_whether_or_not_they_were_to_sign(
    session: Session, asked: bool
) -> None:
    question = an_agreed_question()
    trial = begin_trial(question.identity, question.person, question.placement, begin_facts())
    trial.agreements[-1].supervisor = question.contact
    trial.agreements[-1].asked_at = clock.now() if asked else None
    before = len(mails())
    operations.record_outcome(question.identity, question.person, facts(OutcomeKind.JOB))
    told = "trial_stopped" if asked else "introduction_closed"
    assert [one.kind for one in mails()[before:]] == [told]
    assert (trial.cancelled_on, question.introduction.closed_reason) == (TODAY, "got_job")


@pytest.mark.parametrize("first", [-3, 3])
def test_a_signed_trial_elsewhere_goes_on_with_its_question_open(session: Session, first: int) -> None:
    question = an_agreed_question()
    trial = a_trial(question.person, question.placement, from_date=TODAY + first * DAY)
    trial.introduction = question.introduction
    operations.record_outcome(question.identity, question.person, facts(OutcomeKind.JOB))
    assert (trial.cancelled_on, question.view.state) == (None, IntroductionState.AGREED)


def test_what_is_being_written_at_the_same_placement_stays(
    coach: Account, person: Participant, placement: Placement
) -> None:
    over = a_trial(person, placement, from_date=TODAY - 20 * DAY, to_date=TODAY - DAY)
    longer = a_trial(person, placement, signed=False, kind="workplace_placement")
    operations.record_outcome(act_as(coach), person, facts(OutcomeKind.LONGER_PLACEMENT), over)
    assert longer.cancelled_on is None


def test_another_place_to_try_cancels_nothing(session: Session) -> None:
    stay = a_stay(signed=False)
    operations.record_outcome(act_as(stay.coach), stay.person, facts(OutcomeKind.OTHER_PLACEMENT))
    assert stay.trial.cancelled_on is None


def test_another_persons_outcome_is_missing(person: Participant) -> None:
    other = an_outcome(a_participant())
    with pytest.raises(MissingError):
        queries.get_outcome(person.id, other.public_id)


def test_an_outcome_can_be_said_otherwise(browser: PageClient, person: Participant, session: Session) -> None:
    outcome = an_outcome(person)
    session.commit()
    browser.submit(of(outcome, "/andra"), {"kind": "education"})
    assert session.scalars(select(Outcome.kind)).all() == ["education"]
    assert lines(session)[-1][0] == "Det blev: Utbildning"


def test_a_job_that_is_written_stays_a_job(coach: Account, person: Participant) -> None:
    job = a_job(person)
    with pytest.raises(DomainError):
        operations.change_outcome(act_as(coach), person, job.outcome, facts(OutcomeKind.NONE))


def test_every_act_leaves_a_trace(coach: Account, person: Participant, session: Session) -> None:
    identity = act_as(coach)
    outcome = operations.record_outcome(identity, person, facts(OutcomeKind.JOB))
    settled = {item: Settled(result=BenefitResult.NOT_NEEDED, on=TODAY) for item in BenefitItem}
    settle(identity, person, outcome, settled)
    job = operations.save_job(identity, person, outcome, job_facts(from_date=TODAY))
    operations.end_job(identity, job, TODAY, EmploymentEnd.HEALTH)
    written = select(AccessEntry.object_kind, AccessEntry.detail).where(
        AccessEntry.act == RECORD_OUTCOME.code
    )
    assert [kind for kind, _detail in session.execute(written.order_by(AccessEntry.id))] == [
        "outcome",
        "benefit_check",
        "employment",
        "employment",
    ]


# Benefits


def test_a_job_that_began_before_the_benefits_were_settled_is_refused_with_the_way_on(
    browser: PageClient, person: Participant, session: Session
) -> None:
    outcome = an_outcome(person)
    session.commit()
    page = browser.submit(of(outcome, "/anstallning"), {**JOB, "from_date": TODAY.isoformat()})
    assert (page.status, "Ersättningen är inte ordnad före den dagen" in page.words) == (422, True)
    assert page.select(f"main a[href='{of(outcome, '/ersattning')}']")


def test_a_job_to_come_is_written_and_the_benefits_wait_to_be_settled(
    browser: PageClient, coach: Account, person: Participant, session: Session
) -> None:
    outcome = an_outcome(person)
    session.commit()
    page = browser.submit(of(outcome, "/anstallning"), JOB)
    assert "Ordna ersättningen före första dagen med lön" in page.words
    assert tasks(coach) == ["Ordna ersättningen för Alva före första dagen"]


def test_a_job_that_began_with_something_unsettled_waits_for_that_or_for_a_reason(
    coach: Account, person: Participant, session: Session
) -> None:
    job = a_job(person, from_date=TODAY - DAY)
    job.outcome.benefits[0].result = "done"
    session.flush()
    assert tasks(coach) == ["Ordna ersättningen för Alva, eller skriv varför jobbet började ändå"]


@pytest.mark.parametrize(("day", "told"), [(IN_A_MONTH, "Börjar innan"), (TODAY, "Började innan")])
def test_a_job_can_begin_all_the_same_with_a_reason_that_stays(
    browser: PageClient, person: Participant, session: Session, day: date, told: str
) -> None:
    outcome = an_outcome(person)
    session.commit()
    typed = {**JOB, "from_date": day.isoformat(), "unsettled_reason": "applied"}
    assert f"{told} ersättningen" in browser.submit(of(outcome, "/anstallning"), typed).words
    assert session.scalars(select(Employment.unsettled_reason)).all() == ["applied"]


def test_a_reason_nobody_needed_is_not_kept(coach: Account, person: Participant) -> None:
    outcome = an_outcome(person, settled=True)
    reason = operations.UnsettledReason.APPLIED
    job = operations.save_job(act_as(coach), person, outcome, job_facts(unsettled_reason=reason))
    assert job.unsettled_reason is None


def test_what_is_settled_after_the_first_day_does_not_count(coach: Account, person: Participant) -> None:
    identity, outcome = act_as(coach), an_outcome(person, settled=True)
    done_today = {BenefitItem.SOCIAL_INSURANCE: Settled(result=BenefitResult.DONE, on=TODAY)}
    settle(identity, person, outcome, done_today)
    with pytest.raises(DomainError) as refused:
        operations.save_job(identity, person, outcome, job_facts(from_date=TODAY))
    assert refused.value.field == "from_date"


def test_the_checklist_is_answered_item_by_item(
    browser: PageClient, person: Participant, session: Session
) -> None:
    outcome = an_outcome(person)
    session.commit()
    page = browser.submit(of(outcome, "/ersattning"), {"guardian": "not_needed"})
    assert "Ersättning" in page.words
    browser.submit(
        of(outcome, "/ersattning"), {"social_insurance": "done", "social_insurance_on": TODAY.isoformat()}
    )
    found = select(BenefitCheck.item, BenefitCheck.result).order_by(BenefitCheck.item)
    assert [tuple(row) for row in session.execute(found)] == [
        ("guardian", "not_needed"),
        ("social_insurance", "done"),
    ]
    assert len(lines(session)) == 2


@pytest.mark.parametrize("day", ["", (TODAY + DAY).isoformat(), "i går"])
def test_what_is_done_was_done_on_a_day_that_has_been(
    browser: PageClient, person: Participant, session: Session, day: str
) -> None:
    outcome = an_outcome(person)
    session.commit()
    page = browser.submit(of(outcome, "/ersattning"), {"guardian": "done", "guardian_on": day})
    assert page.status == 422


def test_benefits_are_settled_for_jobs_alone(
    browser: PageClient, coach: Account, person: Participant, session: Session
) -> None:
    outcome = an_outcome(person, kind="education")
    session.commit()
    assert browser.get(of(outcome, "/ersattning")).status == 404
    with pytest.raises(DomainError):
        settle(act_as(coach), person, outcome, {})


# What waits, and who sees what


def tasks(coach: Account) -> list[str]:
    return [one.title for one in outcome_tasks(act_as(coach), TODAY, 25)]


def test_a_trial_that_is_over_waits_for_what_it_led_to(
    coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 20 * DAY, to_date=TODAY - DAY)
    assert tasks(coach) == ["Skriv vad ”Bageriet” ledde till"]
    an_outcome(person, kind="none", trial=trial)
    assert tasks(coach) == []


@pytest.mark.parametrize(
    ("values", "waits"),
    [
        ({"to_date": TODAY}, 0),
        ({"to_date": TODAY - DAY}, 1),
        ({"interrupted_on": TODAY, "interrupted_by": "person", "end_reason": "health"}, 1),
        ({"to_date": TODAY + 5 * DAY, "interrupted_on": TODAY + DAY, "interrupted_by": "person"}, 0),
        ({"to_date": TODAY - DAY, "signed": False}, 0),
        ({"to_date": TODAY - DAY, "cancelled_on": TODAY - 15 * DAY, "cancelled_by": "person"}, 0),
    ],
)
def test_only_a_trial_that_took_place_leads_to_something(
    coach: Account, person: Participant, placement: Placement, values: dict[str, object], waits: int
) -> None:
    a_trial(person, placement, from_date=TODAY - 10 * DAY, **values)  # type: ignore[arg-type]  # the builder's own
    assert len(tasks(coach)) == waits


def test_a_job_waits_until_it_is_written_and_settled(coach: Account, person: Participant) -> None:
    identity, outcome = act_as(coach), an_outcome(person)
    assert tasks(coach) == ["Ordna ersättningen och skriv in jobbet för Alva"]
    reason = operations.UnsettledReason.APPLIED
    operations.save_job(identity, person, outcome, job_facts(unsettled_reason=reason))
    assert tasks(coach) == []


def test_a_job_moved_before_what_was_settled_waits_again(
    coach: Account, person: Participant, session: Session
) -> None:
    job = a_job(person, from_date=TODAY)
    assert tasks(coach) == []
    job.outcome.benefits[0].result = "done"
    session.flush()
    assert tasks(coach) == ["Ordna ersättningen för Alva före första dagen"]


@pytest.mark.parametrize(("days", "waits"), [(-1, 0), (0, 1), (90, 1), (91, 0)])
def test_a_subsidy_that_ends_soon_is_told(coach: Account, person: Participant, days: int, waits: int) -> None:
    a_job(person, subsidy_until=TODAY + days * DAY)
    assert len(tasks(coach)) == waits


def test_nobody_elses_people_wait(person: Participant) -> None:
    an_outcome(person)
    assert tasks(an_account(Role.JOB_COACH, a_unit())) == []


def test_a_trials_page_says_what_it_led_to_or_where_to_write_it(
    coach: Account, person: Participant, placement: Placement
) -> None:
    identity = act_as(coach)
    trial = a_trial(person, placement, from_date=TODAY - 9 * DAY, to_date=TODAY - DAY)
    before = outcome_section(identity, trial, TODAY)
    an_outcome(person, kind="education", trial=trial)
    after = outcome_section(identity, trial, TODAY)
    assert before is not None
    assert after is not None
    assert (before.can_write, after.can_write, str(after.label)) == (True, False, "Utbildning")


def test_a_trial_that_has_not_begun_has_led_to_nothing(
    coach: Account, person: Participant, placement: Placement
) -> None:
    assert outcome_section(act_as(coach), a_trial(person, placement, signed=False), TODAY) is None


@pytest.mark.parametrize(
    ("role", "kind", "reads", "writes"),
    [
        (Role.COORDINATOR, "coordinator", True, True),
        (Role.LSS_HANDLER, "handler", True, False),
        (Role.UNIT_MANAGER, "provider", True, False),
    ],
)
def test_who_reads_and_who_writes(
    sign_in: SignIn,
    coach: Account,
    person: Participant,
    session: Session,
    role: Role,
    kind: str,
    reads: bool,
    writes: bool,
) -> None:
    unit = None if role is Role.LSS_HANDLER else coach.memberships[0].unit
    other = an_account(role, unit)
    an_assignment(person, kind=kind, account=other if kind != "provider" else None, unit=unit)
    outcome = an_outcome(person)
    session.commit()
    page: Page = sign_in(other).get(of(outcome))
    assert (page.status == 200, "Skriv in jobbet" in page.words) == (reads, writes)


def test_the_page_of_all_says_what_to_do_first(browser: PageClient, person: Participant) -> None:
    assert "Inget inskrivet än" in browser.get(pages(person)).words


def test_a_job_without_a_trial_is_written_too(
    browser: PageClient, person: Participant, session: Session
) -> None:
    page = browser.submit(pages(person, "/nytt"), {"kind": "job"})
    assert "Gå igenom ersättningen" in page.words
    assert session.scalars(select(Outcome.trial_id)).all() == [None]
