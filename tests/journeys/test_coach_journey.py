"""A job coach's day with a new person, made by pointer, without scripts on a phone, and by keyboard alone."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import NewContext
from tests.journeys.pages import Coach, NewPerson
from tests.journeys.served import SignIn, Site

MakeCoach = Callable[[NewContext, Site], Coach]


def with_scripts(new_context: NewContext, site: Site) -> Coach:
    return Coach(new_context(site))


def without_scripts_on_a_phone(new_context: NewContext, site: Site) -> Coach:
    return Coach(new_context(site, javascript=False, width=320), has_scripts=False)


def by_keyboard_alone(new_context: NewContext, site: Site) -> Coach:
    return Coach(new_context(site), keyboard_only=True)


@pytest.mark.parametrize("make_coach", [with_scripts, without_scripts_on_a_phone, by_keyboard_alone])
def test_a_coach_takes_a_new_person_to_a_first_question(
    browser_context: NewContext, site: Site, coach_sign_in: SignIn, make_coach: MakeCoach
) -> None:
    coach, person = make_coach(browser_context, site), NewPerson(first_name="Tilde")
    coach.sign_in(coach_sign_in)
    coach.take_to_a_first_question(person)
