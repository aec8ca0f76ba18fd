"""What a person and an employer do on the way to a job, each on a telephone."""

from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from aktema.access.codes import CODE_PICTURES
from tests.journeys.pages import PATIENCE, Reader
from tests.journeys.way_cast import PERSON
from tests.support.own import CODE

WORDS = {picture.key: str(picture.word) for picture in CODE_PICTURES}
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNANSWERED = """() => {
  const form = document.querySelector("main form.form");
  const shown = [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit");
  const names = new Set(shown.map((one) => one.name));
  const sent = [...new FormData(form)].filter(([, value]) => value !== "").map(([name]) => name);
  return [...names].filter((name) => !sent.includes(name)).length;
}"""
"""How many of the screen's fields hold no answer when it opens."""
EMPLOYER_QUESTIONS = (
    "Gick uppgifterna bra?",
    "Fungerade tempot?",
    "Fungerade det med de andra på jobbet?",
    "Räckte stödet och anpassningarna?",
    "Skulle ni ta emot personen igen?",
)


class OnThePhone(Reader):
    """Somebody with a telephone: no page is wider than it."""

    def is_at(self, heading: str, patience: float = PATIENCE) -> None:
        super().is_at(heading, patience)
        assert self.page.evaluate(TOO_WIDE) <= 0, f"{heading} is wider than the screen"

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def card(self) -> str:
        """The words of the person's card, where the page shows one."""
        return self.main.locator(".person-card").inner_text()


class Person(OnThePhone):
    """On Min sida, by pictures."""

    def sign_in_by_card(self, path: str) -> None:
        self.page.goto(path)
        for number, key in enumerate(CODE, start=1):
            self.is_at(f"Bild {number} av 4")
            self.press(WORDS[key])
        self.is_at(f"Hej {PERSON}!")

    def home(self) -> None:
        self.page.goto("/min-sida")
        self.is_at(f"Hej {PERSON}!")

    def press(self, name: str) -> None:
        self.hands.press(self.main.get_by_role("button", name=name, exact=True))

    def open(self, door: str, heading: str = "") -> None:
        """Through one of the doors on the first page; its label is the heading behind it, where none is given."""
        self.hands.press(self.main.locator("a.door").filter(has_text=door))
        self.is_at(heading or door)

    def say_yes_to(self, title: str) -> None:
        self.open("Jobb att prova")
        self.open(title)
        self.press("Ja")
        self.says("Du har sagt ja.")

    def make_card(self, title: str, words: str, shown: Iterable[str]) -> str:
        """Choose what the employer may see, and agree to it as it looks; returns the words of the card."""
        self.open(title)
        self.follow("Gör mitt kort")
        self.is_at("Mitt kort")
        for one in (PERSON, *shown):
            self.hands.tick(self.page.get_by_label(one, exact=True))
        self.write("Vill du säga något till dem?", words)
        self.press("Visa mitt kort")
        self.says("Du kan ta tillbaka det när du vill.")
        seen = self.card
        self.press("Ja, de får se kortet")
        self.says("Tack. Ditt kort är klart.")
        return seen

    def sign_agreement(self, title: str) -> None:
        self.open(title)
        self.open("Det vi har bestämt")
        self.press("Ja, jag skriver under")
        self.says("Du har sagt ja.")

    def say_it_goes_well(self, title: str) -> None:
        self.open(title)
        self.press("Det går bra")
        self.says("Ditt svar")

    def review(self, *answers: str, words: str) -> None:
        """One picture at a time, and own words last."""
        self.hands.press(self.main.locator("a.door").filter(has_text="Hur var jobbet?"))
        for answer in answers:
            asked = self.page.get_by_role("heading", level=1).inner_text()
            self.press(answer)
            self.leaves(asked)
        self.write("Skriv vad du vill.", words)
        self.press("Spara")
        self.says("Tack")

    def leaves(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text(heading)


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """What it took to post a position: so many screens, and fields that held no answer before."""

    screens: int
    fields: int


class Boss(OnThePhone):
    """Somebody at an employer's, who has got a mail and nothing else."""

    def post_position(self, link: str) -> Posted:
        """The whole way through the screens, with everything a new employer has to say."""
        self.page.goto(link)
        unanswered = [self._begin("Vad får man göra hos er?")]
        self.unfold("Mat och kafé")
        self.tick("Uppgifter", "Baka")
        unanswered.append(self._go_on("Hur är det att göra det hos er?"))
        unanswered.append(self._go_on("När och hur mycket?"))
        self.answer("Hur mycket i veckan?", "10–20 timmar")
        self.answer("När på dagen?", "Förmiddag, ungefär 8–12")
        unanswered.append(self._go_on("Var är det, och vem hjälper till?"))
        self.write("Gatuadress", "Torget 1")
        self.hands.write(self.page.get_by_role("combobox", name="Ort", exact=True), "Norrköping")
        unanswered.append(self._go_on("Titta igenom"))
        self.push("Lägg ut platsen")
        self.is_at("Tack!")
        return Posted(screens=len(unanswered), fields=sum(unanswered))

    def _begin(self, heading: str) -> int:
        self.is_at(heading)
        return int(self.page.evaluate(UNANSWERED))

    def _go_on(self, heading: str) -> int:
        self.push("Fortsätt")
        return self._begin(heading)

    def meet(self, link: str) -> str:
        """Open the question; returns the words of the card."""
        self.page.goto(link)
        self.is_at("Någon vill prova hos er")
        return self.card

    def say_yes(self) -> None:
        self.push("Ja, kom gärna")
        self.says("Ni har svarat: Ja, kom gärna")

    def sign(self, link: str, name: str) -> None:
        self.page.goto(link)
        self.is_at("Överenskommelse om en provplats")
        self.write("Ditt namn", name)
        self.push("Jag skriver under för arbetsgivaren")
        self.says(f"Underskriven av {name}")

    def say_it_goes_well(self, link: str) -> None:
        self.page.goto(link)
        self.is_at("Hur går det?")
        self.push("Det går bra")
        self.says("Ert svar: det går bra")

    def write_first_day(self, link: str) -> None:
        """One tap for a day on which the person was there all the time."""
        self.page.goto(link)
        self.is_at("Hur går det?")
        self.push("Här hela tiden")
        self.says("Här hela tiden")

    def review(self, link: str, *, words: str) -> None:
        self.page.goto(link)
        self.is_at("Hur gick det?")
        self.answer("Hur länge höll det på?", "Hela tiden")
        for question in EMPLOYER_QUESTIONS:
            self.answer(question, "Ja")
        self.write("Vill ni säga något mer?", words)
        self.push("Skicka svaren")
        self.says("Vi har fått era svar")
