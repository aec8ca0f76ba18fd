"""What a job coach does on Aktema's pages, in the words that stand on them."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from playwright.sync_api import BrowserContext, Locator, Page, expect

from aktema.core import clock
from tests.journeys.hands import Hands, Keyboard, Pointer
from tests.journeys.served import SignIn

PATIENCE = 10_000
_numbers = count(1)
SURNAMES = ("Alfors", "Brunnegård", "Cedermark", "Dagsberg", "Enbom", "Fridebo", "Grävlund", "Hjärpe")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPerson:
    """Somebody to register, and what they like best at work; no two are alike."""

    first_name: str
    likes: str = "Baka"
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def last_name(self) -> str:
        return f"{SURNAMES[self.number % len(SURNAMES)]}-{'i' * self.number}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def birth_date(self) -> str:
        return date(1975 + self.number % 25, 1 + self.number % 12, 3).isoformat()


class Reader:
    """Somebody before a page."""

    def __init__(
        self, context: BrowserContext, *, keyboard_only: bool = False, has_scripts: bool = True
    ) -> None:
        self.page: Page = context.new_page()
        self.has_scripts = has_scripts
        self.hands: Hands = Keyboard(self.page) if keyboard_only else Pointer()

    def is_at(self, heading: str, patience: float = PATIENCE) -> None:
        """Wait, at most so many milliseconds, for the page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=patience)

    def says(self, words: str) -> None:
        """Wait until the page says the words."""
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def link(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page.get_by_role("main")).get_by_role("link", name=name, exact=True)

    def follow(self, name: str) -> None:
        self.hands.press(self.link(name))

    def push(self, name: str) -> None:
        self.hands.press(self.page.get_by_role("main").get_by_role("button", name=name, exact=True))

    def open_from_menu(self, name: str) -> None:
        menu = self.page.get_by_role("navigation", name="Huvudmeny")
        self.hands.press(self.link(name, menu))
        self.is_at(name)

    def unfold(self, words: str) -> None:
        self.hands.press(self.page.locator("summary").filter(has_text=words))

    def write(self, label: str, text: str) -> None:
        self.hands.write(self.page.get_by_label(label), text)

    def answer(self, question: str, words: str) -> None:
        """Choose an answer under a question, both as they stand on the page."""
        group = self.page.get_by_role("group", name=re.compile(f"^{re.escape(question)}"))
        self.hands.choose(group.get_by_role("radio", name=words, exact=True))

    def tick(self, question: str, words: str) -> None:
        group = self.page.get_by_role("group", name=re.compile(f"^{re.escape(question)}"))
        self.hands.tick(group.get_by_role("checkbox", name=words, exact=True))

    def sign_in(self, sign_in: SignIn) -> None:
        self.page.goto("/logga-in")
        self.write("E-post", sign_in.email)
        self.write("Lösenord", sign_in.password)
        self.push("Logga in")
        expect(self.page.get_by_role("navigation", name="Huvudmeny")).to_be_visible()


class Coach(Reader):
    """A job coach at work with one person."""

    def take_to_a_first_question(self, person: NewPerson) -> None:
        """The whole way with a new person, from signed in to the step that stands on the timeline and on Idag."""
        self.register(person)
        self.tell_profile(person)
        self.open_suggestions()
        expect(self.reasons.filter(has_text=f"Vill gärna: {person.likes.lower()}").first).to_be_visible()
        self.let_travel_matter_most()
        title = self.accept_first()
        self.open_from_menu("Deltagare")
        self.find(person)
        self.log_step("Berättade om platsen och visade bilder.", "Ring och boka ett besök", clock.today())
        self.open_timeline()
        self.says("Berättade om platsen och visade bilder.")
        self.says(title)
        self.open_from_menu("Idag")
        self.says("Ring och boka ett besök")
        self.says(person.name)

    def find(self, person: NewPerson) -> None:
        """Search for the person among all the coach's."""
        self.write("Sök på namn", person.last_name)
        self.push("Sök")
        self.is_at("Sök deltagare")
        self.follow(person.name)
        self.is_at(person.name)

    def register(self, person: NewPerson, *, town: str = "Norrköping") -> None:
        """From the list of participants, by the three steps and the one to check, to the person's page."""
        self.open_from_menu("Deltagare")
        self.follow("Ny deltagare")
        self.is_at("Vem är det?")
        self.write("Förnamn", person.first_name)
        self.write("Efternamn", person.last_name)
        self.write("Födelsedatum", person.birth_date)
        self.push("Nästa")
        self.is_at("Nu och hur ni pratar")
        self.answer("Varifrån kommer personen?", "Daglig verksamhet")
        self.answer("Hur vill personen få och ge information?", "Bilder")
        self.push("Nästa")
        self.is_at("Hemort och företrädare")
        self.write("Ort där personen bor", town)
        self.push("Nästa")
        self.is_at("Stämmer det här?")
        self.push("Registrera")
        self.is_at(person.name)

    def tell_profile(self, person: NewPerson) -> None:
        """Every part of the profile, from the person's page and back to it."""
        self.follow("Hela profilen")
        self.is_at("Profil")
        self.tell_interests(person)
        self.rate_capacities(person)
        self.tell_preferences(person)
        self.tell_times(person)
        self.tell_wish(person)
        self.follow(person.name)
        self.is_at(person.name)

    def tell_interests(self, person: NewPerson) -> None:
        self.follow("Intressen")
        self.is_at(f"Vad vill {person.first_name} göra?")
        self.follow("Mat och kafé")
        self.is_at("Mat och kafé")
        self.answer(person.likes, "Jättegärna")
        self.answer("Servera i kafé", "Nej")
        self.push("Spara och gå vidare")
        self.is_at("Städ och tvätt")
        self._back_to_profile("Alla grupper", f"Vad vill {person.first_name} göra?")

    def rate_capacities(self, person: NewPerson) -> None:
        self.follow("Förmågor")
        self.is_at(f"Vad klarar {person.first_name} idag?")
        first = self.page.get_by_role("main").get_by_role("heading", level=2).first
        group = first.inner_text()
        self.follow(group)
        self.is_at(group)
        question = self.page.locator("fieldset").filter(has=self.page.locator(".scale")).first
        self.hands.choose(question.get_by_role("radio").nth(3))
        self.push("Spara och gå vidare")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text(group)
        self._back_to_profile("Förmågor", f"Vad klarar {person.first_name} idag?")

    def tell_preferences(self, person: NewPerson) -> None:
        self.follow("Trivsel")
        self.is_at(f"Var trivs {person.first_name}?")
        self.answer("Lugnt – livligt", "Helst lugnt")
        self.push("Spara")
        self.is_at("Profil")

    def tell_times(self, person: NewPerson) -> None:
        self.follow("Tider och resor")
        self.is_at(f"När kan {person.first_name} jobba?")
        self.write("Timmar i veckan", "15")
        self.tick("Dagar som går bra", "Måndag")
        self.tick("Dagar som går bra", "Tisdag")
        self.tick("Dagar som går bra", "Onsdag")
        self.write("Längsta resa i minuter", "60")
        self.push("Spara")
        self.is_at("Profil")

    def tell_wish(self, person: NewPerson) -> None:
        self.follow("Önskan med egna ord")
        self.is_at(f"Vad önskar {person.first_name}?")
        self.write("Önskan", "Jag vill baka bröd och ha det lugnt omkring mig.")
        self.push("Spara")
        self.is_at("Profil")

    def _back_to_profile(self, back: str, heading: str) -> None:
        self.follow(back)
        self.is_at(heading)
        self.follow("Profil")
        self.is_at("Profil")

    def open_suggestions(self) -> None:
        self.follow("Se förslag")
        self.is_at("Förslag")

    @property
    def suggested(self) -> Locator:
        """The titles in the order the list has them."""
        return self._cards.get_by_role("heading", level=2)

    @property
    def reasons(self) -> Locator:
        """What the list says about its suggestions."""
        return self._cards.get_by_role("listitem")

    @property
    def _cards(self) -> Locator:
        return self.page.locator("#suggestions-list > ol > li")

    def let_travel_matter_most(self) -> None:
        """Move the weights. Scripts show the new order at once, and it is kept; without them a button shows it."""
        before = self.suggested.all_inner_texts()
        self.unfold("Vad betyder mest just nu?")
        self.answer("Vill:", "Inget")
        self.answer("Praktiskt:", "Mycket")
        if not self.has_scripts:
            self.push("Visa ny ordning")
        expect(self.suggested).not_to_have_text(before)
        if self.has_scripts:
            expect(self.page.locator(".htmx-request")).to_have_count(0)
            self.page.reload()
            expect(self.suggested).not_to_have_text(before)

    def accept_first(self) -> str:
        """Ask the person about the first suggestion; returns its title."""
        title = self.suggested.first.inner_text()
        self.hands.press(self._cards.first.get_by_role("link", name=title, exact=True))
        self.is_at(title)
        self.answer("Vad bestämmer ni?", "Ja, fråga om den här platsen")
        self.hands.select(self.page.get_by_label("Varför?"), "Personen vill det själv")
        self.write("Med egna ord", "Vi pratade länge om det, och svaret var ja.")
        self.push("Spara")
        self.is_at("Frågade platser")
        return title

    def log_step(self, line: str, next_line: str, due: date) -> None:
        self.follow("Skriv ett steg")
        self.is_at("Skriv ett steg")
        self.answer("Vad gjorde du?", "Samtal med personen")
        self.write("Vad hände? En rad räcker.", line)
        self.write("Nästa steg", next_line)
        self.write("Senast den", due.isoformat())
        self.push("Spara steget")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Skriv ett steg")

    def open_timeline(self) -> None:
        self.follow("Hela tidslinjen")
        self.is_at("Tidslinje")
