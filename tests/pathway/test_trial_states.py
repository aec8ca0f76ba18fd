"""The status of a trial follows from its facts, and from its status what may be done with it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.pathway.trial_codes import (
    CHANGE_LABELS,
    GOAL_LABELS,
    HOW_LABELS,
    INSURANCE_LABELS,
    KIND_LABELS,
    ON_BEHALF_LABELS,
    PARTY_LABELS,
    REASON_LABELS,
    STATUS_LABELS,
    STATUS_TONES,
    WHOSE_LABELS,
    AgreementChange,
    EndReason,
    Insurance,
    OnBehalfReason,
    SignedHow,
    TrialGoal,
)
from aktema.pathway.trial_states import (
    ALLOWED,
    DRAFT_LASTS,
    OVER,
    Act,
    Party,
    TrialFacts,
    TrialKind,
    TrialStatus,
    Whose,
    may,
    status_of,
)

DAY = timedelta(days=1)
TODAY = date(2026, 3, 9)
S = TrialStatus
DATES = st.dates(date(2026, 1, 1), date(2026, 12, 31))
MAYBE = st.one_of(st.none(), DATES)
FACTS = st.builds(
    TrialFacts,
    begun_on=DATES,
    from_date=MAYBE,
    to_date=MAYBE,
    is_asked=st.booleans(),
    is_signed=st.booleans(),
    cancelled_on=MAYBE,
    interrupted_on=MAYBE,
)


def facts(**values: object) -> TrialFacts:
    return TrialFacts(**{"begun_on": TODAY, **values})  # type: ignore[arg-type]  # the dataclass's own fields


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (facts(), S.DRAFT),
        (facts(is_asked=True), S.AWAITING_SIGNATURES),
        (facts(begun_on=TODAY - DRAFT_LASTS + DAY), S.DRAFT),
        (facts(begun_on=TODAY - DRAFT_LASTS), S.EXPIRED),
        (facts(begun_on=TODAY - DRAFT_LASTS, is_asked=True), S.EXPIRED),
        (facts(is_signed=True, from_date=TODAY + DAY, to_date=TODAY + DAY), S.READY),
        (facts(is_signed=True, from_date=TODAY, to_date=TODAY), S.RUNNING),
        (facts(is_signed=True, from_date=TODAY - DAY, to_date=TODAY - DAY), S.ENDED),
        (facts(begun_on=TODAY - DRAFT_LASTS, is_signed=True, from_date=TODAY, to_date=TODAY), S.RUNNING),
        (facts(is_signed=True, from_date=TODAY, to_date=TODAY, interrupted_on=TODAY), S.INTERRUPTED),
        (facts(is_signed=True, from_date=TODAY, to_date=TODAY, interrupted_on=TODAY + DAY), S.RUNNING),
        (facts(is_signed=True, from_date=TODAY, to_date=TODAY, cancelled_on=TODAY), S.CANCELLED),
        (facts(cancelled_on=TODAY), S.CANCELLED),
        (facts(is_signed=True), S.DRAFT),
    ],
)
def test_the_status_follows_from_the_facts(told: TrialFacts, status: S) -> None:
    assert status_of(told, TODAY) is status


@given(told=FACTS, day=DATES, later=st.integers(0, 400))
def test_what_is_over_stays_over(told: TrialFacts, day: date, later: int) -> None:
    assert status_of(told, day) not in OVER or status_of(told, day + later * DAY) in OVER


@given(told=FACTS, day=DATES)
def test_nothing_is_written_in_what_is_over(told: TrialFacts, day: date) -> None:
    status = status_of(told, day)
    writing = {Act.EDIT, Act.ASK_TO_SIGN, Act.SIGN, Act.EXTEND, Act.SHORTEN, Act.CANCEL, Act.INTERRUPT}
    assert status not in OVER or not any(may(act, status) for act in writing)


@pytest.mark.parametrize("status", S)
def test_a_trial_is_called_off_before_it_begins_and_broken_off_after(status: S) -> None:
    before = {S.DRAFT, S.AWAITING_SIGNATURES, S.READY}
    assert (may(Act.CANCEL, status), may(Act.INTERRUPT, status)) == (status in before, status is S.RUNNING)


def test_the_table_has_every_status() -> None:
    assert set(ALLOWED) == set(STATUS_LABELS) == set(STATUS_TONES) == set(S)


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (TrialKind, KIND_LABELS),
        (Party, PARTY_LABELS),
        (Whose, WHOSE_LABELS),
        (TrialGoal, GOAL_LABELS),
        (EndReason, REASON_LABELS),
        (AgreementChange, CHANGE_LABELS),
        (SignedHow, HOW_LABELS),
        (OnBehalfReason, ON_BEHALF_LABELS),
        (Insurance, INSURANCE_LABELS),
    ],
)
def test_every_code_has_its_words(codes: type, labels: dict[object, str]) -> None:
    assert set(labels) == set(codes)  # type: ignore[call-overload]  # an enum is what its members are
