"""From "yes, I want to try" to "still there after two years", by all who have a part in it, each on a telephone."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from aktema.plans.rules.calendar import add_months
from tests.journeys.conftest import NewContext
from tests.journeys.way_cast import BEGINS, BOSS, EMPLOYER, LAST_NAME, PERSON, SIGNED_PLACE, Town, a_town
from tests.journeys.way_coach import WayCoach
from tests.journeys.way_pages import Boss, Person, Posted

NAME, TITLE = f"{PERSON} {LAST_NAME}", "Baka"
MOST_SCREENS, MOST_FIELDS, AT_ONCE = 5, 12, 1.0
WORDS = "Jag vill baka bröd."
JOB, BACK = "Ett jobb med lön", "Tillbaka till daglig verksamhet"
WEEK = timedelta(weeks=1)
VISIT, FIRST_DAY = BEGINS + WEEK, BEGINS + 2 * WEEK
LAST_DAY = FIRST_DAY + timedelta(days=25)
JOB_BEGINS = date(2027, 3, 1)
WRITTEN = {
    "Vad ska personen göra?": "Baka bullar och duka i fikarummet.",
    "Vem stöttar, och hur?": "Kim är med de tre första dagarna.",
    "Vad ska gås igenom så att det är säkert?": "Linda visar ugnarna och utgångarna.",
    "Vad gör ni när det inte fungerar?": "Alva säger stopp, då går vi hem.",
}
SIGNED = {"Personen": "På Min sida", "Arbetsgivaren": "Med länk", "Coachen": "Inloggad"}
GOOD = "Bra (berättat för den som frågade)"
STILL_THERE = {"Efter 3 månader": ("Kvar", GOOD), "Efter 24 månader": ("Kvar", GOOD)}
"""What is told of the job at the moments somebody asked: whether the person is there, and what they say."""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    with a_town(tmp_path, monkeypatch) as town:
        yield town


class Three:
    """The person, the coach and the employer, each with a telephone of their own."""

    def __init__(self, new_context: NewContext, town: Town) -> None:
        self.town = town
        self.person = Person(new_context(town.site, touch=True, width=320))
        self.coach = WayCoach(new_context(town.site, touch=True, width=390))
        self.boss = Boss(new_context(town.site, touch=True, width=360))

    def on(self, day: date) -> None:
        """A later day, on which those who have a way to sign in have signed in anew."""
        self.town.go_to(day)
        self.coach.sign_in(self.town.cast.coach)
        self.person.sign_in_by_card(self.town.cast.card)

    def post(self) -> tuple[Posted, float]:
        """The employer posts by a link; also the seconds until the coach sees it among the suggestions."""
        self.coach.send_posting_link(EMPLOYER, BOSS)
        self.coach.open_suggestions(NAME)
        posted = self.boss.post_position(self.town.site.mailed("/ny-plats/"))
        return posted, self.coach.find_suggested(TITLE)

    def ask(self) -> tuple[str, str]:
        """The person says yes and the employer says yes; returns the card as each of them saw it."""
        self.coach.ask_about(TITLE)
        self.person.home()
        self.person.say_yes_to(TITLE)
        agreed = self.person.make_card(TITLE, WORDS, ("Det jag tycker om", "Mina dagar och tider"))
        self.coach.open_question(NAME, TITLE)
        self.coach.send_question(TITLE, EMPLOYER)
        shown = self.boss.meet(self.town.site.mailed("/svara/"))
        self.boss.say_yes()
        return agreed, shown

    def agree(self) -> None:
        """From the visit to an agreement that all three have signed, each in their way."""
        self.coach.open_question(NAME, TITLE)
        self.coach.book_visit(TITLE, VISIT)
        self.on(VISIT)
        self.coach.open_question(NAME, TITLE)
        self.coach.agree()
        self.coach.begin_trial(TITLE, FIRST_DAY, LAST_DAY)
        self.coach.write_days()
        self.coach.write_agreement(TITLE, BOSS, WRITTEN)
        self.coach.ask_all_to_sign()
        self.coach.sign()
        self.person.home()
        self.person.sign_agreement(TITLE)
        self.boss.sign(self.town.site.mailed("/skriv-under/"), BOSS)

    def begin(self) -> None:
        """The first day, and the week after it."""
        self.on(FIRST_DAY)
        self.coach.open_trial(NAME, TITLE)
        self.coach.says("Pågår")
        self.boss.write_first_day(self.town.site.mailed("/avstamning/"))
        self.on(FIRST_DAY + WEEK)
        self.boss.say_it_goes_well(self.town.site.mailed("/avstamning/"))
        self.person.say_it_goes_well(TITLE)

    def review(self) -> None:
        self.on(LAST_DAY + timedelta(days=1))
        self.boss.review(self.town.site.mailed("/utvardera/"), words="Alva är noga.")
        self.person.review("Ja, alla dagar", *6 * ("Ja",), words="Det var roligt.")
        self.coach.open_trial(NAME, TITLE)
        self.coach.review("Alva klarar ugnen själv.")

    def get_job(self) -> None:
        """A job with wage subsidy, when the benefits are in order."""
        self.coach.open_trial(NAME, TITLE)
        self.coach.write_outcome(JOB)
        self.coach.settle_benefits(JOB, LAST_DAY)
        self.coach.write_job(JOB, JOB_BEGINS, date(2029, 6, 1))


def test_a_yes_becomes_a_job_that_lasts(browser_context: NewContext, town: Town) -> None:
    three = Three(browser_context, town)
    three.on(BEGINS)
    posted, seconds = three.post()
    agreed, shown = three.ask()
    three.agree()
    three.begin()
    three.review()
    three.get_job()
    for months in (3, 24):
        three.on(add_months(JOB_BEGINS, months))
        three.coach.follow_up_job(NAME)
    assert posted.screens <= MOST_SCREENS
    assert posted.fields <= MOST_FIELDS
    assert seconds < AT_ONCE
    assert agreed == shown
    three.coach.open_trial(NAME, TITLE)
    assert three.coach.signed_how() == SIGNED
    three.coach.open_outcome(NAME, JOB)
    assert three.coach.told_of_job() == STILL_THERE


def test_whoever_stops_comes_back_and_nothing_is_lost(browser_context: NewContext, town: Town) -> None:
    town.begin_trial(FIRST_DAY, LAST_DAY)
    three, stops = Three(browser_context, town), FIRST_DAY + timedelta(days=2)
    three.on(stops)
    three.coach.open_trial(NAME, SIGNED_PLACE)
    three.coach.interrupt(SIGNED_PLACE, stops, "Alva vill vara hemma.")
    three.person.home()
    three.person.review("Några dagar", *6 * ("Nej",), "Det gick för fort", words="Det var stressigt.")
    three.coach.open_person(NAME)
    three.coach.go_back(stops, "Jag vill vara med mina vänner.")
    assert three.coach.outcomes() == [BACK]
    three.coach.open_trial(NAME, SIGNED_PLACE)
    assert "Avbruten" in three.coach.main.inner_text()
    assert "Det gick för fort. Vems beslut: personens." in three.coach.main.inner_text()
    three.coach.follow("Läs och skriv")
    assert "Det var stressigt." in three.coach.main.inner_text()
