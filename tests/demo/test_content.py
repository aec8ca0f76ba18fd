"""Tests of the demo municipality's content: everything it names exists, and nothing contradicts itself."""

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

import pytest

from aktema.access.roles import Role
from aktema.demo import content
from aktema.demo.content import DemoEmployer, DemoPlacement
from aktema.employers.rules import Times, times_problems, weekday_bits
from aktema.employers.states import State
from aktema.employers.words import SECTORS
from aktema.steps.codes import WRITTEN_BY_HAND, Phase, StepPlace
from aktema.vocabulary.catalogue import Kind, read_catalogue
from aktema.vocabulary.localities import find_locality, kilometres_between

FICTION = re.compile(r"070-174 06 (0[5-9]|[1-9]\d)|08-465 004 \d\d|031-390 06 \d\d|040-628 04 \d\d")
PHONE_LIKE = re.compile(r"\d{2,4}-\d{2,3} ?\d{2,3}|\+46")
PLACEHOLDERS = {"first_name", "employer", "placement"}
EARLY, LATE = 7 * 60 + 30, 13 * 60
FARTHEST_KM = 50


@cache
def _codes(kind: Kind) -> set[str]:
    return {entry.code for entry in read_catalogue() if entry.kind is kind}


@cache
def _group_of() -> dict[str, str]:
    return {entry.code: entry.parent for entry in read_catalogue() if entry.kind is Kind.ACTIVITY}


def _groups(placement: DemoPlacement) -> set[str]:
    return {_group_of()[activity] for activity in placement.activities}


def _times(placement: DemoPlacement) -> Times:
    return Times(
        least_weekly_minutes=placement.least_weekly_minutes,
        most_weekly_minutes=placement.most_weekly_minutes,
        weekdays=weekday_bits(placement.weekdays),
        starts_at=placement.starts_at,
        ends_at=placement.ends_at,
        places=placement.places,
    )


def _minutes_held(placement: DemoPlacement) -> int:
    return len(placement.weekdays) * (placement.ends_at - placement.starts_at)


def _shortest_day(placement: DemoPlacement) -> float:
    return placement.least_weekly_minutes / len(placement.weekdays)


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _texts() -> list[str]:
    """Every sentence a person may come to read."""
    firms, places = content.employers(), content.placements()
    return [
        *(text for firm in firms for text in (firm.description, firm.access, firm.coach_note, firm.bus)),
        *(text for place in places for text in (place.title, place.description, place.supervision)),
        *(text for line in content.step_lines() for text in (line.text, line.next_step)),
        *(wish.text for wish in content.wishes()),
        *(reason.text for reason in content.reasons()),
    ]


def _employers_where(is_wrong: Callable[[DemoEmployer], bool]) -> list[str]:
    return [employer.key for employer in content.employers() if is_wrong(employer)]


def _placements_where(is_wrong: Callable[[DemoPlacement], bool]) -> list[str]:
    return [placement.key for placement in content.placements() if is_wrong(placement)]


@pytest.mark.parametrize(
    ("have", "at_least"),
    [
        (content.employers(), 60),
        (content.placements(), 150),
        (content.first_names(), 140),
        (content.surnames(), 140),
        (content.wishes(), 90),
        (content.step_lines(), 150),
        (content.reasons(), 30),
        (content.staff(), 12),
        (content.units(), 3),
    ],
    ids=["employers", "placements", "first", "last", "wishes", "steps", "reasons", "staff", "units"],
)
def test_there_is_enough_to_fill_a_municipality(have: tuple[object, ...], at_least: int) -> None:
    assert len(have) >= at_least


@pytest.mark.parametrize(
    "values",
    [
        [employer.key for employer in content.employers()],
        [employer.name for employer in content.employers()],
        [employer.phone for employer in content.employers()],
        [employer.description for employer in content.employers()],
        [employer.coach_note for employer in content.employers()],
        [placement.key for placement in content.placements()],
        [placement.title for placement in content.placements()],
        [placement.description for placement in content.placements()],
        [placement.supervision for placement in content.placements()],
        [first.name for first in content.first_names()],
        list(content.surnames()),
        [wish.text for wish in content.wishes()],
        [line.text for line in content.step_lines()],
        [reason.text for reason in content.reasons()],
    ],
)
def test_no_text_is_used_twice(values: list[str]) -> None:
    assert _repeated(values) == []


def test_no_text_is_empty_or_carries_stray_blanks() -> None:
    assert [text for text in _texts() if not text or text != " ".join(text.split())] == []


def test_no_text_holds_a_telephone_number_or_an_address_on_the_web() -> None:
    assert [text for text in _texts() if PHONE_LIKE.search(text) or "www" in text or "http" in text] == []


def test_an_employer_is_reached_only_by_an_invented_number() -> None:
    assert _employers_where(lambda employer: not FICTION.fullmatch(employer.phone)) == []


def test_an_employer_is_reached_only_at_an_invented_address() -> None:
    assert (
        _employers_where(
            lambda employer: not re.fullmatch(rf"[a-z]+@{employer.key}\.example", employer.email)
        )
        == []
    )


def test_employers_use_the_products_own_codes() -> None:
    assert {employer.sector for employer in content.employers()} <= set(SECTORS)
    assert {employer.last_contact_type for employer in content.employers()} <= set(WRITTEN_BY_HAND)


def test_employers_lie_within_reach_of_the_town() -> None:
    town = find_locality("Norrköping")
    assert town is not None
    assert max(kilometres_between(employer.locality, town) for employer in content.employers()) < FARTHEST_KM


def test_every_employer_was_in_contact_within_the_year() -> None:
    assert _employers_where(lambda employer: not 0 < employer.last_contact_days < 366) == []


def test_every_employer_has_a_placement_and_every_placement_an_employer() -> None:
    assert {place.employer for place in content.placements()} == {
        employer.key for employer in content.employers()
    }


def test_placements_cover_every_activity_and_so_every_group() -> None:
    assert {activity for place in content.placements() for activity in place.activities} == _codes(
        Kind.ACTIVITY
    )


@pytest.mark.parametrize(
    ("kind", "named_by"),
    [
        (Kind.DIMENSION, lambda place: place.demands),
        (Kind.ADAPTATION, lambda place: place.adaptations),
        (Kind.PREFERENCE, lambda place: place.preferences),
        (Kind.CONSTRAINT, lambda place: place.constraints),
    ],
)
def test_placements_name_only_what_the_vocabulary_holds(
    kind: Kind, named_by: Callable[[DemoPlacement], Iterable[str]]
) -> None:
    assert {code for place in content.placements() for code in named_by(place)} <= _codes(kind)


def test_every_dimension_and_adaptation_of_the_vocabulary_is_met_with() -> None:
    met = {code for place in content.placements() for code in (*place.demands, *place.adaptations)}
    assert met == _codes(Kind.DIMENSION) | _codes(Kind.ADAPTATION)


def test_a_placement_states_one_to_four_activities_each_once() -> None:
    assert (
        _placements_where(lambda place: not 1 <= len(place.activities) == len(set(place.activities)) <= 4)
        == []
    )


def test_demands_keep_to_the_scale() -> None:
    assert {level for place in content.placements() for level in place.demands.values()} <= set(range(5))


def test_preferences_keep_between_their_poles() -> None:
    assert {pole for place in content.placements() for pole in place.preferences.values()} == set(
        range(-2, 3)
    )


def test_placements_are_in_every_state_and_mostly_published() -> None:
    states = Counter(place.state for place in content.placements())
    assert states.keys() == set(State)
    assert states[State.PUBLISHED] > 0.8 * states.total()


def test_the_hours_fit_into_the_days() -> None:
    assert _placements_where(lambda place: times_problems(_times(place)) != ()) == []
    assert _placements_where(lambda place: place.most_weekly_minutes > _minutes_held(place)) == []


def test_a_day_lies_between_five_in_the_morning_and_seven_in_the_evening() -> None:
    assert _placements_where(lambda place: not 5 * 60 <= place.starts_at < place.ends_at <= 19 * 60) == []


def test_an_early_start_is_called_early() -> None:
    assert _placements_where(lambda p: p.starts_at <= EARLY and p.preferences["early_late"] >= 0) == []


def test_a_late_start_is_called_late() -> None:
    assert _placements_where(lambda p: p.starts_at >= LATE and p.preferences["early_late"] <= 0) == []


def test_the_stamina_asked_for_is_enough_for_the_shortest_day() -> None:
    assert _placements_where(lambda p: _shortest_day(p) > 2 * 60 * max(1, p.demands["stamina"])) == []


def test_a_place_with_animals_says_there_is_fur() -> None:
    assert (
        _placements_where(lambda p: "animals" in _groups(p) and p.constraints["no_fur_animals"] is not False)
        == []
    )


def test_a_place_with_food_never_promises_to_be_free_of_allergens() -> None:
    assert (
        _placements_where(lambda p: "food" in _groups(p) and p.constraints.get("no_food_allergens") is True)
        == []
    )


def test_a_place_at_a_machine_says_so() -> None:
    at_machines = {"operate_packing_machine", "metal_work", "mow_lawn"}
    assert (
        _placements_where(
            lambda p: not at_machines.isdisjoint(p.activities) and p.constraints["no_machines"] is not False
        )
        == []
    )


def test_working_with_children_asks_for_a_background_check() -> None:
    with_children = {"preschool_help", "coach_sport"}
    assert (
        _placements_where(
            lambda p: not with_children.isdisjoint(p.activities) and not p.requires_background_check
        )
        == []
    )


def test_closed_placements_have_ended_and_no_others_have() -> None:
    ended = _placements_where(lambda place: place.ends_in_days is not None and place.ends_in_days < 0)
    assert ended == _placements_where(lambda place: place.state == State.CLOSED)


def test_every_supervisor_has_name_and_role() -> None:
    assert all(place.supervisor_name and place.supervisor_role for place in content.placements())


def test_staff_hold_the_roles_the_demo_signs_in_with() -> None:
    assert Counter(member.role for member in content.staff()) == {
        Role.JOB_COACH: 3,
        Role.COORDINATOR: 2,
        Role.LSS_HANDLER: 2,
        Role.UNIT_MANAGER: 2,
        Role.SYSTEM_ADMIN: 1,
        Role.CONTROLLER: 1,
        Role.AUDITOR: 1,
    }


def test_staff_of_a_unit_belong_to_one_that_exists() -> None:
    assert {member.unit for member in content.staff() if member.unit} == {
        unit.key for unit in content.units()
    }


def test_two_units_are_the_municipalitys_and_one_is_private() -> None:
    assert Counter(unit.kind for unit in content.units()) == {"municipal": 2, "private": 1}


def test_names_come_in_both_sexes_and_all_generations() -> None:
    assert Counter((first.sex, first.generation) for first in content.first_names()).keys() == {
        (sex, age) for sex in ("woman", "man") for age in ("young", "middle", "older")
    }


def test_wishes_point_only_to_activities_that_exist() -> None:
    named = {activity for wish in content.wishes() for activity in (*wish.liked, *wish.disliked)}
    assert named <= _codes(Kind.ACTIVITY)


def test_no_wish_likes_and_dislikes_the_same() -> None:
    assert [wish.text for wish in content.wishes() if set(wish.liked) & set(wish.disliked)] == []


def test_wishes_reach_every_group() -> None:
    assert {_group_of()[activity] for wish in content.wishes() for activity in wish.liked} == set(
        _group_of().values()
    )


def test_step_notes_use_the_step_logs_own_codes() -> None:
    lines = content.step_lines()
    assert {line.phase for line in lines} == set(Phase)
    assert {line.contact_type for line in lines} == set(WRITTEN_BY_HAND)
    assert {line.place for line in lines} == set(StepPlace)


def test_step_notes_hold_only_known_placeholders() -> None:
    fields = {name for line in content.step_lines() for name in _fields(line.text) | _fields(line.next_step)}
    assert fields == PLACEHOLDERS


def test_a_name_in_a_step_note_is_never_inflected() -> None:
    assert [
        line.text for line in content.step_lines() if re.search(r"\}\w", line.text + line.next_step)
    ] == []


def test_a_next_step_lies_ahead_and_within_half_a_year() -> None:
    assert all(1 <= line.next_in_days <= 183 and line.next_step for line in content.step_lines())


def test_a_step_takes_between_five_minutes_and_three_hours() -> None:
    assert all(5 <= line.minutes <= 180 for line in content.step_lines())


def test_a_phone_call_is_short() -> None:
    assert all(line.minutes <= 30 for line in content.step_lines() if line.place == StepPlace.PHONE)


def test_reasons_exist_for_not_now_and_for_no() -> None:
    counts = Counter(reason.verdict for reason in content.reasons())
    assert counts.keys() == {"not_now", "no"}
    assert min(counts.values()) >= 15


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
