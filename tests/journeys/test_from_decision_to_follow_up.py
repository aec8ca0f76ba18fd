"""From a decision to a plan in three forms and to a wish for work, the same whoever runs the unit."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

import pytest

from aktema.access.models import Account, Unit
from aktema.access.passwords import hash_password
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from tests.journeys.conftest import NewContext
from tests.journeys.pages import NewPerson
from tests.journeys.plan_pages import CaseHandler, Colleague, JobCoach
from tests.journeys.plan_writing import EASY_ACTIVITY, EASY_GOAL, GOAL, PlanWriter
from tests.journeys.served import SignIn, Site
from tests.support.access import PASSWORD
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment

Someone = TypeVar("Someone", bound=Colleague)
COORDINATOR = "Nima Koordinator"
WISH = "Jag vill jobba på bageriet, fast inte ensam."
HOW_IT_WAS_SAID = "Vill du arbeta? – skriv hur personen gav sitt svar."
LACKS = (
    f"{GOAL} – personens svar saknas.",
    f"{GOAL} – personalens bedömning saknas.",
    "Kontakt med arbetskonsulent eller jobbcoach – dagen saknas.",
    "Kontakt med Arbetsförmedlingen – svaret saknas.",
    "Kontakt med Försäkringskassan om ersättningen – svaret saknas.",
    "Vill du göra något annat på dagarna? – svaret saknas.",
    HOW_IT_WAS_SAID,
    "Nästa steg mot arbete – svaret saknas.",
)
"""What is missing when the person has only said that they want to work, and somebody that they met a coach."""


class Seat(Protocol):
    """Gives somebody a browser of their own."""

    def __call__(self, new_context: NewContext, site: Site, who: type[Someone]) -> Someone: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """A person without a decision, those who work with them, and the unit and its coordinator as they are chosen."""

    person: NewPerson
    handler: SignIn
    coordinator: SignIn
    coach: SignIn
    unit: str
    named_coordinator: str


def cast_of(site: Site, kind: str, provider: str) -> Cast:
    """Everybody, and a unit of the kind with two coordinators that nobody has ordered anything of."""
    person = NewPerson(first_name="Tindra")
    with site.app.test_request_context():
        unit = a_unit("Verkstan", kind)
        unit.provider = provider
        handler, coordinator, coach = _staff(unit)
        _register(person, handler, coach)
        cast = Cast(
            person=person,
            handler=SignIn(email=handler.email),
            coordinator=SignIn(email=coordinator.email),
            coach=SignIn(email=coach.email),
            unit=", ".join(filter(None, (unit.name, provider))),
            named_coordinator=f"{COORDINATOR}, {unit.name}",
        )
        db.session.commit()
        db.session.remove()
    return cast


def _staff(unit: Unit) -> tuple[Account, Account, Account]:
    """A case handler, a coordinator and a job coach who can sign in."""
    an_account(Role.COORDINATOR, unit, name="Ally Koordinator")
    handler = an_account(Role.LSS_HANDLER, name="Ester Handläggare")
    coordinator = an_account(Role.COORDINATOR, unit, name=COORDINATOR)
    coach = an_account(Role.JOB_COACH, a_unit("Jobbstödet"), name="Kim Coach")
    for account in (handler, coordinator, coach):
        account.password_hash = hash_password(PASSWORD)
    return handler, coordinator, coach


def _register(person: NewPerson, handler: Account, coach: Account) -> None:
    participant = a_participant(
        coach=coach,
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=date.fromisoformat(person.birth_date),
        communication="easy_read",
    )
    an_assignment(participant, kind="handler", account=handler)


def with_scripts(new_context: NewContext, site: Site, who: type[Someone]) -> Someone:
    return who(new_context(site))


def without_scripts_on_a_phone(new_context: NewContext, site: Site, who: type[Someone]) -> Someone:
    return who(new_context(site, javascript=False, width=320), has_scripts=False)


@pytest.mark.parametrize(
    ("kind", "provider"), [("municipal", ""), ("private", "Lönnlövet Omsorg")], ids=["municipal", "private"]
)
@pytest.mark.parametrize("seat", [with_scripts, without_scripts_on_a_phone])
def test_a_wish_for_work_reaches_the_coach_on_the_day_of_the_follow_up(
    browser_context: NewContext, site: Site, seat: Seat, kind: str, provider: str
) -> None:
    cast, today = cast_of(site, kind, provider), clock.today()
    handler = seat(browser_context, site, CaseHandler)
    handler.sign_in(cast.handler)
    handler.open_person(cast.person)
    handler.decide(cast.person, today - timedelta(days=14))
    handler.order_from(cast.unit, today)

    coordinator = seat(browser_context, site, PlanWriter)
    coordinator.sign_in(cast.coordinator)
    coordinator.find_order(cast.person)
    coordinator.accept(cast.named_coordinator, today)
    coordinator.write_first_day(today)
    coordinator.find_among_running(cast.person, COORDINATOR, today)

    write_plan(coordinator, today)
    has_said_yes_on_own_page(coordinator, cast)
    coordinator.fix_plan()

    handler.open_person(cast.person)
    handler.begin_follow_up("Tindra, god man, Nima")
    answer_too_little(handler)
    handler.is_refused_for(LACKS)
    handler.go_to_lack(HOW_IT_WAS_SAID, "Hur gav personen sitt svar?")
    answer_the_rest(handler)
    handler.close("Ska ändras")

    coach = seat(browser_context, site, JobCoach)
    coach.sign_in(cast.coach)
    coach.read_wish_of(cast.person, WISH)

    coordinator.open_person(cast.person)
    person = coordinator.hand_over_the_screen(cast.person.first_name)
    assert "Ja" in person.find_wish()


def write_plan(coordinator: PlanWriter, today: date) -> None:
    """Written once, and read in the three forms."""
    coordinator.begin_plan()
    coordinator.write_goal()
    coordinator.write_activity()
    coordinator.write_own_words()
    coordinator.write_work_part(today + timedelta(days=30))
    coordinator.write_who_took_part()
    coordinator.read_in_three_forms()


def has_said_yes_on_own_page(coordinator: PlanWriter, cast: Cast) -> None:
    """The screen goes over to the person and comes back by signing in alone."""
    coordinator.open_person(cast.person)
    person = coordinator.hand_over_the_screen(cast.person.first_name)
    person.say_yes_to_the_plan((EASY_GOAL, EASY_ACTIVITY))
    person.done()
    coordinator.sign_in(cast.coordinator)
    coordinator.open_person(cast.person)


def answer_too_little(handler: CaseHandler) -> None:
    handler.answer_point("Kontakt med arbetskonsulent eller jobbcoach", "Ja")
    handler.answer_point("Vill du arbeta?", "Ja", written={"Personens egna ord": WISH})


def answer_the_rest(handler: CaseHandler) -> None:
    today = clock.today().isoformat()
    met, reason = {"Vilken dag var kontakten?": today}, {"Orsak, eller vad som sades": "Vi ringer i vår."}
    visit = {
        "Vad ska göras?": "Besöka bageriet",
        "Vem gör det?": "Kim Coach",
        "Senast vilken dag?": today,
    }
    handler.answer_point("Kontakt med arbetskonsulent eller jobbcoach", "Ja", written=met)
    handler.answer_point("Kontakt med Arbetsförmedlingen", "Erbjöds, tackade nej")
    handler.answer_point(
        "Kontakt med Försäkringskassan om ersättningen", "Har inte erbjudits", written=reason
    )
    handler.answer_point("Vill du göra något annat på dagarna?", "Kanske", channel="Visade med bilder")
    handler.answer_point("Vill du arbeta?", "Ja", channel="Tecknade")
    handler.answer_point("Nästa steg mot arbete", "Ja", written=visit)
    handler.answer_goal("Nästan framme", "Visade med bilder", "Halvvägs")
