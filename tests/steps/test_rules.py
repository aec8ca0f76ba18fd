"""When a step may have happened, what comes next, and where a contact belongs."""

from datetime import date, timedelta

import pytest

from aktema.steps import rules
from aktema.steps.codes import ICONS, WRITTEN_BY_HAND, ContactType, Phase, StepPlace

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize("kind", list(ContactType))
def test_every_contact_belongs_to_one_of_the_five_steps(kind: ContactType) -> None:
    assert rules.phase_of(kind) in {phase.value for phase in Phase}


@pytest.mark.parametrize("code", [*ContactType, *Phase, *StepPlace])
def test_every_code_has_words(code: ContactType | Phase | StepPlace) -> None:
    assert code.label


def test_every_contact_has_an_icon() -> None:
    assert ICONS.keys() == set(ContactType)


def test_facts_of_other_slices_are_not_chosen_by_hand() -> None:
    assert {ContactType.PLACEMENT_ASKED, ContactType.PLACEMENT_ANSWERED}.isdisjoint(WRITTEN_BY_HAND)


@pytest.mark.parametrize(
    ("days", "may"), [(0, True), (1, True), (366, True), (367, False), (-1, False)], ids=str
)
def test_a_step_is_logged_afterwards_and_within_a_year(days: int, may: bool) -> None:
    assert rules.may_have_happened(TODAY - timedelta(days=days), TODAY) is may


@pytest.mark.parametrize(
    ("days", "may"), [(0, True), (1, True), (366, True), (367, False), (-1, False)], ids=str
)
def test_a_next_step_lies_ahead_and_within_a_year(days: int, may: bool) -> None:
    assert rules.may_come_next(TODAY + timedelta(days=days), TODAY) is may


def test_thirty_days_of_silence_are_counted_back_from_today() -> None:
    assert rules.silent_since(TODAY, 30) == date(2026, 2, 7)
