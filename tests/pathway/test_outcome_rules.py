"""The law of outcomes, benefits and retention, as tables and for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.pathway.rules import outcome as outcomes
from aktema.pathway.rules import retention
from aktema.pathway.rules.benefits import BenefitItem, BenefitResult, Settled, unsettled
from aktema.pathway.rules.outcome import EmploymentForm, OutcomeKind, SubsidyFault
from aktema.pathway.rules.retention import RetentionDue, Standing
from aktema.pathway.trial_states import TrialStatus

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
START, DAY = date(2026, 1, 31), timedelta(days=1)
DONE, NOT_NEEDED = BenefitResult.DONE, BenefitResult.NOT_NEEDED

# What a trial can lead to


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        (TrialStatus.DRAFT, set()),
        (TrialStatus.AWAITING_SIGNATURES, set()),
        (TrialStatus.READY, set()),
        (TrialStatus.CANCELLED, set()),
        (TrialStatus.EXPIRED, set()),
        (TrialStatus.ENDED, set(OutcomeKind)),
        (TrialStatus.INTERRUPTED, set(OutcomeKind)),
        (TrialStatus.RUNNING, set(OutcomeKind) - {OutcomeKind.BACK, OutcomeKind.NONE}),
    ],
)
def test_what_a_trial_can_lead_to_follows_from_how_it_stands(
    status: TrialStatus, kinds: set[OutcomeKind]
) -> None:
    assert outcomes.outcomes_of(status) == kinds


@pytest.mark.parametrize(
    ("form", "until", "fault"),
    [
        (EmploymentForm.ORDINARY, None, None),
        (EmploymentForm.ORDINARY, START, SubsidyFault.NOT_OF_THIS_FORM),
        (EmploymentForm.WAGE_SUBSIDY, None, SubsidyFault.MISSING),
        (EmploymentForm.WAGE_SUBSIDY, START - DAY, SubsidyFault.BEFORE_START),
        (EmploymentForm.WAGE_SUBSIDY, START, None),
        (EmploymentForm.NEW_START_JOB, None, SubsidyFault.MISSING),
        (EmploymentForm.PUBLIC_SHELTERED, None, None),
        (EmploymentForm.PUBLIC_SHELTERED, START, None),
        (EmploymentForm.SAMHALL, START, SubsidyFault.NOT_OF_THIS_FORM),
    ],
)
def test_a_subsidised_job_says_when_the_subsidy_ends(
    form: EmploymentForm, until: date | None, fault: SubsidyFault | None
) -> None:
    assert outcomes.subsidy_fault(form, START, until) is fault


def test_a_subsidy_is_asked_about_three_months_before_it_ends() -> None:
    assert outcomes.subsidy_ends_by(START) == START + 90 * DAY


@pytest.mark.parametrize(
    ("to_date", "today", "live"),
    [
        (None, START, True),
        (START, START, True),
        (START, START + DAY, False),
        (START + DAY, START - 9 * DAY, True),
    ],
)
def test_a_job_is_live_to_its_last_day(to_date: date | None, today: date, live: bool) -> None:
    assert outcomes.is_live(START, to_date, today) is live


@pytest.mark.parametrize(
    ("back_from", "last"), [(START + 5 * DAY, START + 4 * DAY), (START, START), (START - DAY, START)]
)
def test_a_job_ends_the_day_before_the_person_is_back(back_from: date, last: date) -> None:
    assert outcomes.last_working_day(START, back_from) == last


# Benefits


def test_nothing_is_settled_from_the_start() -> None:
    assert unsettled({}, None) == tuple(BenefitItem)


@pytest.mark.parametrize(
    ("settled", "first_paid_day", "is_settled"),
    [
        (Settled(result=DONE, on=START), None, True),
        (Settled(result=DONE, on=START), START + DAY, True),
        (Settled(result=DONE, on=START), START, False),
        (Settled(result=DONE, on=START + DAY), START, False),
        (Settled(result=NOT_NEEDED, on=START + DAY), START, True),
    ],
)
def test_what_has_to_be_done_has_to_be_done_before_the_first_paid_day(
    settled: Settled, first_paid_day: date | None, is_settled: bool
) -> None:
    left = unsettled({BenefitItem.SOCIAL_INSURANCE: settled}, first_paid_day)
    assert (BenefitItem.SOCIAL_INSURANCE not in left) is is_settled


@given(on=DAYS, first=DAYS, later=st.integers(0, 400))
def test_a_later_first_day_never_leaves_more_unsettled(on: date, first: date, later: int) -> None:
    settled = {item: Settled(result=DONE, on=on) for item in BenefitItem}
    assert set(unsettled(settled, first + later * DAY)) <= set(unsettled(settled, first))


# Retention


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (RetentionDue.WEEK_1, date(2026, 2, 7)),
        (RetentionDue.MONTH_1, date(2026, 2, 28)),
        (RetentionDue.MONTH_3, date(2026, 4, 30)),
        (RetentionDue.MONTH_6, date(2026, 7, 31)),
        (RetentionDue.MONTH_12, date(2027, 1, 31)),
        (RetentionDue.MONTH_24, date(2028, 1, 31)),
    ],
)
def test_the_moments_fall_a_week_and_whole_months_after_the_first_day(due: RetentionDue, day: date) -> None:
    assert retention.due_on(START, due) == day


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (START, None),
        (date(2026, 2, 3), None),
        (date(2026, 2, 4), RetentionDue.WEEK_1),
        (date(2026, 2, 14), RetentionDue.MONTH_1),
        (date(2026, 4, 15), RetentionDue.MONTH_1),
        (date(2026, 4, 16), RetentionDue.MONTH_3),
        (date(2027, 1, 17), RetentionDue.MONTH_12),
        (date(2039, 1, 1), RetentionDue.MONTH_24),
    ],
)
def test_the_newest_moment_that_has_opened_is_asked_about(today: date, due: RetentionDue | None) -> None:
    assert retention.current(START, None, today) is due


@given(start=DAYS, after=st.integers(0, 1500))
def test_moments_open_in_their_order(start: date, after: int) -> None:
    opened = [one for one in RetentionDue if retention.opens_on(start, one) <= start + after * DAY]
    assert opened == list(RetentionDue)[: len(opened)]


@given(today=DAYS, due=st.sampled_from(RetentionDue))
def test_the_latest_start_is_the_last_whose_moment_has_opened(today: date, due: RetentionDue) -> None:
    latest = retention.latest_start(due, today)
    assert retention.opens_on(latest, due) <= today < retention.opens_on(latest + DAY, due)


@given(start=DAYS, after=st.integers(0, 1500))
def test_what_was_answered_is_not_owed_again(start: date, after: int) -> None:
    today = start + after * DAY
    due = retention.current(start, None, today)
    assert retention.owed(start, None, [due] if due else [], today) is None


def test_a_moment_that_passed_unanswered_gives_way_to_the_next() -> None:
    assert retention.owed(START, None, [], date(2026, 5, 1)) is RetentionDue.MONTH_3


def test_nobody_is_asked_about_a_job_that_has_ended() -> None:
    last = date(2026, 3, 1)
    assert retention.owed(START, last, [], last) is RetentionDue.MONTH_1
    assert retention.owed(START, last, [], last + DAY) is None


@pytest.mark.parametrize(("late_by", "late"), [(0, False), (14, False), (15, True)])
def test_a_moment_is_late_two_weeks_after_its_day(late_by: int, late: bool) -> None:
    day = retention.due_on(START, RetentionDue.MONTH_3) + late_by * DAY
    assert retention.is_late(START, RetentionDue.MONTH_3, day) is late


@pytest.mark.parametrize(
    ("to_date", "still_at", "today", "standing"),
    [
        (None, {}, date(2026, 4, 29), None),
        (None, {}, date(2026, 5, 1), Standing.NOT_ASKED),
        (None, {"month_3": True}, date(2026, 5, 1), Standing.STILL),
        (None, {"month_1": True}, date(2026, 5, 1), Standing.NOT_ASKED),
        (None, {"month_6": True}, date(2026, 9, 1), Standing.STILL),
        (date(2026, 4, 29), {}, date(2026, 5, 1), Standing.ENDED),
        (date(2026, 4, 30), {}, date(2026, 5, 1), Standing.STILL),
    ],
)
def test_who_is_still_there_is_known_by_answers_and_ends_alone(
    to_date: date | None, still_at: dict[str, bool], today: date, standing: Standing | None
) -> None:
    assert retention.standing(START, to_date, still_at, RetentionDue.MONTH_3, today) is standing


def test_a_moment_that_has_not_come_counts_nowhere() -> None:
    found = retention.counted(RetentionDue.MONTH_3, [Standing.STILL, None, Standing.ENDED, Standing.STILL])
    assert (found.still, found.ended, found.not_asked) == (2, 1, 0)
