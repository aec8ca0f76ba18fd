"""A job coach's day with a new person, made by pointer, without scripts on a phone, and by keyboard alone."""

from collections.abc import Callable

import pytest

from aktema.core import clock
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
    coach.register(person)
    coach.tell_profile(person)
    coach.open_suggestions()
    assert "Vill gärna: baka." in coach.reasons.all_inner_texts()
    coach.let_travel_matter_most()
    title = coach.accept_first()
    coach.open_from_menu("Deltagare")
    coach.follow(person.name)
    coach.log_step("Berättade om platsen och visade bilder.", "Ring och boka ett besök", clock.today())
    coach.open_timeline()
    coach.says("Berättade om platsen och visade bilder.")
    coach.says(title)
    coach.open_from_menu("Idag")
    coach.says("Ring och boka ett besök")
    coach.says(person.name)
