"""What a case handler, a unit's coordinator and a job coach do on the pages of decisions, orders and follow-ups."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from playwright.sync_api import Locator, expect

from tests.journeys.inspection import Inspector
from tests.journeys.pages import NewPerson, Reader

DAY_ACTIVITY = "Daglig verksamhet"
GRANTED = "22,5 timmar i veckan, 4 dagar"
NEED = "Att komma igång på morgonen."
FOLLOW_UP = "Uppföljning av beslutet"
CLOSING = "Avsluta uppföljningen"


class Colleague(Reader):
    """Somebody who works with the person."""

    def look(self) -> None:
        """Look for what shuts somebody out; without scripts the page is built the same."""
        if self.has_scripts:
            inspector = Inspector(self.page)
            assert inspector.inspect(urlsplit(self.page.url).path) == []
            inspector.show()

    def arrive(self, heading: str) -> None:
        """Wait for the page with this heading, and look at it."""
        self.is_at(heading)
        self.look()

    def open_person(self, person: NewPerson) -> None:
        self.open_from_menu("Deltagare")
        self.follow(person.name)
        self.is_at(person.name)


class CaseHandler(Colleague):
    """Decides, orders and follows up."""

    def decide(self, person: NewPerson, from_date: date) -> None:
        """From the person's page to the page of the decision."""
        self.follow("Alla beslut")
        self.arrive("Beslut")
        self.follow("Skriv in ett beslut")
        self.arrive("Nytt beslut")
        self.answer("Insats", DAY_ACTIVITY)
        self.answer("Tid", "Faktisk beviljad tid")
        self.write("Beviljade timmar i veckan", "22,5")
        self.write("Dagar i veckan", "4")
        self.write("Från och med", from_date.isoformat())
        self.write("Beslutat den", from_date.isoformat())
        self.push("Spara beslutet")
        self.arrive(DAY_ACTIVITY)
        self.says(f"Beslut för {person.name}")
        self.says(GRANTED)

    def order_from(self, unit: str, wanted_from: date) -> None:
        """From the page of the decision to that of the order."""
        self.follow("Beställ plats")
        self.arrive("Beställ av en enhet")
        self.hands.select(self.page.get_by_label("Vilken enhet?"), unit)
        self.write("När vill personen börja?", wanted_from.isoformat())
        self.write("Vad behöver personen stöd med?", NEED)
        self.write("Vad ingår i uppdraget?", "Arbete i köket fyra dagar i veckan.")
        self.write("Vilka mål ska enheten arbeta mot?", "Prova två andra sysslor före sommaren.")
        self.push("Skicka beställningen")
        self.arrive("Beställning")
        self.says("Väntar på svar")

    def begin_follow_up(self, attendees: str) -> None:
        """From the person's page to the follow-up that is to be written."""
        self.follow("Uppföljningar")
        self.arrive("Uppföljningar")
        self.follow("Ny uppföljning")
        self.arrive(FOLLOW_UP)
        self.write("Vilka var med?", attendees)
        self.push("Börja uppföljningen")
        self.says("Du kan spara halvfärdigt och fortsätta en annan dag.")
        self.look()

    def answer_point(
        self, point: str, words: str, *, channel: str = "", written: Mapping[str, str] | None = None
    ) -> None:
        """Answer a question about work, with how the person said it and what is written to it, by label."""
        question = self.page.get_by_role("group", name=point, exact=True)
        card = self.page.locator(".card").filter(has=question)
        self._choose(card, point, words)
        if channel:
            self._choose(card, "Hur gav personen sitt svar?", channel)
        for label, text in (written or {}).items():
            self.hands.write(card.get_by_label(label), text)

    def answer_goal(self, said: str, channel: str, judged: str) -> None:
        """What the person says of their first goal, and what staff have seen, side by side."""
        card = self.page.locator(".card").filter(has_text="Mål 1:")
        self._choose(card, "Hur gav personen sitt svar?", channel)
        for whose, answer in (("Personen", said), ("Personalen", judged)):
            group = card.get_by_role("group", name=re.compile(f"^{whose} om mål 1"))
            self.hands.choose(group.get_by_role("radio", name=re.compile(f"^{answer}")))

    def _choose(self, card: Locator, question: str, words: str) -> None:
        group = card.get_by_role("group", name=question, exact=True)
        self.hands.choose(group.get_by_role("radio", name=words, exact=True))

    def is_refused_for(self, lacks: Sequence[str]) -> None:
        """It can't be closed: the page names what is missing, those and no others."""
        self.push("Spara och avsluta")
        self.arrive(CLOSING)
        self.says("Det här fattas")
        named = self.page.locator(".ds-alert").get_by_role("listitem")
        expect(named).to_have_text(lacks)
        expect(self.page.get_by_role("button", name=CLOSING)).to_have_count(0)

    def go_to_lack(self, lack: str, question: str) -> None:
        """Follow what is missing to where it is asked."""
        self.follow(lack)
        self.is_at(FOLLOW_UP)
        place = self.page.locator(":target")
        expect(place).to_contain_text(question)
        expect(place).to_be_in_viewport()

    def close(self, conclusion: str) -> None:
        self.push("Spara och avsluta")
        self.arrive(CLOSING)
        self.answer("Hur blir det nu?", conclusion)
        self.push(CLOSING)
        self.arrive(FOLLOW_UP)
        self.says(f"{conclusion}, idag")


class UnitCoordinator(Colleague):
    """Answers the order and carries it out."""

    def find_order(self, person: NewPerson) -> None:
        """From Idag to the order, which is all that the unit reaches of the person yet."""
        self.open_from_menu("Idag")
        self.look()
        self.says(person.name)
        self.follow("Svara på beställningen")
        self.arrive("Beställning")
        self.says(NEED)
        self.says(GRANTED)
        expect(self.link(person.name)).to_have_count(0)

    def accept(self, coordinator: str, starts_on: date) -> None:
        self.follow("Svara")
        self.arrive("Svara på beställningen")
        self.hands.select(self.page.get_by_label("Vem blir koordinator?"), coordinator)
        self.write("När kan personen börja?", starts_on.isoformat())
        self.push("Ja, vi tar emot")
        self.arrive("Beställning")
        self.says("Ska börja")

    def write_first_day(self, day: date) -> None:
        self.follow("Skriv första dagen")
        self.arrive("Första dagen")
        self.write("Vilken dag var personen där för första gången?", day.isoformat())
        self.push("Spara")
        self.arrive("Beställning")
        self.says("Pågår")

    def find_among_running(self, person: NewPerson, coordinator: str, first_day: date) -> None:
        """By Uppföljning to the orders that the unit carries out, and on to the person, who is now theirs too."""
        menu = self.page.get_by_role("navigation", name="Huvudmeny")
        self.hands.press(self.link("Uppföljning", menu))
        self.arrive("Att följa upp")
        self.follow("Beställningar")
        self.arrive("Beställningar")
        self.says(coordinator)
        self.says(f"Började {first_day.isoformat()}")
        self.open_person(person)


class JobCoach(Colleague):
    """Is told who wants to work."""

    def read_wish_of(self, person: NewPerson, wish: str) -> None:
        """From Idag to what the person said today, in their own words."""
        self.open_from_menu("Idag")
        self.look()
        title = f"{person.first_name} vill arbeta"
        task = self.page.get_by_role("listitem").filter(
            has=self.page.get_by_role("link", name=title, exact=True)
        )
        expect(task).to_contain_text(f"{person.name} · sa det idag")
        self.follow(title)
        self.arrive(person.name)
        self.follow("Uppföljningar")
        self.arrive("Uppföljningar")
        self.follow("idag")
        self.arrive(FOLLOW_UP)
        self.says(wish)
