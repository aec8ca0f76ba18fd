"""What a coordinator and the person do with a plan: written once, read in three forms, said yes to, fixed."""

import re
from collections.abc import Sequence
from datetime import date

from playwright.sync_api import expect

from tests.journeys.plan_pages import Colleague, UnitCoordinator

PLAN = "Genomförandeplan"
GOAL, EASY_GOAL = "Tindra bakar tre sorters bröd på egen hand.", "Jag bakar tre bröd själv."
ACTIVITY, EASY_ACTIVITY = "Bakar tillsammans med bagaren", "Jag bakar med bagaren."
NOW, NEXT = "Vi besöker bageriet en förmiddag.", "Boka ett besök på bageriet."
OWN_WORDS = "Jag vill lukta på bröd varje dag."
PICTURE_WORD = "bröd"
FORMS = ("Vanlig text", "Lättläst", "Bilder")


class PlanWriter(UnitCoordinator):
    """A coordinator who writes the plan together with the person."""

    def begin_plan(self) -> None:
        """From the person's page to a plan that holds nothing but what the order says."""
        self.follow(PLAN)
        self.arrive(PLAN)
        self.follow("Börja på planen")
        self.arrive("Börja på en plan")
        self.push("Börja")
        self.arrive(PLAN)
        self.says("Det här fattas innan planen kan fastställas")

    def write_goal(self) -> None:
        self.follow("Lägg till ett mål")
        self.arrive("Nytt mål")
        self.hands.select(self.page.get_by_label("Livsområde"), "Utbildning, arbete och ekonomi")
        self._write("Mål", GOAL)
        self._write("Mål, lättläst", EASY_GOAL)
        self._choose_picture("Mål, bilder")
        self._save()
        self.says(GOAL)

    def _choose_picture(self, group: str) -> None:
        """Search by a word and take the first picture that is found."""
        pictures = self.page.get_by_role("group", name=group, exact=True)
        self.hands.write(pictures.get_by_label("Skriv ett ord och sök en bild"), PICTURE_WORD)
        if not self.has_scripts:
            self.hands.press(pictures.get_by_role("button", name="Sök bild"))
        found = pictures.locator("[data-picture-found]").get_by_role("checkbox").first
        self.hands.tick(found)

    def write_activity(self) -> None:
        self.follow("Lägg till en aktivitet")
        self.arrive("Ny aktivitet")
        self._write("Vad", ACTIVITY)
        self._write("Vad, lättläst", EASY_ACTIVITY)
        self._write("Vem", "Nima")
        self._write("Var", "Bageriet")
        self._write("Hur", "En sak i taget, och paus när klockan ringer.")
        for day in ("Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag"):
            self.tick("Vilka dagar?", day)
        self._write("Börjar klockan", "09:00")
        self._write("Slutar klockan", "12:00")
        self._save()
        self.says(ACTIVITY)

    def write_own_words(self) -> None:
        self.follow("Skriv personens ord")
        self.arrive("Personens egna ord")
        self._write("Med egna ord", OWN_WORDS)
        self.answer("Hur sa personen det?", "Sa det")
        self._save()
        self.says(OWN_WORDS)

    def write_work_part(self, by: date) -> None:
        self.follow("Skriv om arbete")
        self.arrive("Arbete")
        self.answer("Vill du arbeta?", "Kanske")
        self.answer("Hur gav personen sitt svar?", "Visade med bilder")
        self._write("Det här gör vi nu på vägen mot arbete", NOW)
        self._write("Nästa steg mot arbete", NEXT)
        self._write("Vem ser till att steget tas", "Nima")
        self._write("När ska nästa steg vara taget?", by.isoformat())
        self._save()
        self.says(NEXT)

    def write_who_took_part(self) -> None:
        self.follow("Skriv vilka som var med")
        self.arrive("Vilka som var med")
        self.hands.select(self.page.get_by_label("Vem?"), "Personen själv")
        self.hands.select(self.page.get_by_label("Hur?"), "Var med på mötet")
        self.push("Lägg till")
        self.follow("Planen")
        self.arrive(PLAN)

    def read_in_three_forms(self) -> None:
        """Each form says the goal in its own way, and what has no easy words yet is not left out of any."""
        self.follow(FORMS[0])
        for form, words in zip(
            FORMS, ((GOAL, NEXT), (EASY_GOAL, NEXT), (EASY_GOAL, PICTURE_WORD)), strict=True
        ):
            self.hands.press(
                self.page.get_by_role("navigation", name="Planens tre former").get_by_role("link", name=form)
            )
            expect(self.page.locator("[aria-current]").filter(has_text=form)).to_be_visible()
            for one in words:
                self.says(one)
            self.look()
        self.follow("Planen")
        self.is_at(PLAN)

    def hand_over_the_screen(self, first_name: str) -> "OwnPages":
        """The person goes on where the coordinator was, and only there."""
        self.follow("Lämna över skärmen")
        self.arrive("Lämna över skärmen")
        self.push("Lämna över skärmen")
        self.is_at(f"Hej {first_name}!")
        return OwnPages.in_place_of(self)

    def fix_plan(self) -> None:
        self.follow(PLAN)
        self.follow("Version 1")
        self.follow("Godkänn och fastställ")
        self.arrive("Godkänn och fastställ")
        self.says("Sa ja på Min sida, på personalens skärm")
        self.push("Fastställ planen")
        self.arrive(PLAN)
        self.says("Fastställd")
        expect(self.link("Lägg till ett mål")).to_have_count(0)

    def _write(self, label: str, text: str) -> None:
        """In the field of just this label: others begin with the same words."""
        whole = re.compile(rf"^\s*{re.escape(label)}(\s*\(frivilligt\))?\s*$")
        self.hands.write(self.page.get_by_label(whole), text)

    def _save(self) -> None:
        self.push("Spara")
        self.arrive(PLAN)


class OwnPages(Colleague):
    """The person, on pages of their own."""

    @classmethod
    def in_place_of(cls, worker: Colleague) -> "OwnPages":
        """In the same browser, at the page where it stands."""
        here = cls.__new__(cls)
        here.page, here.has_scripts, here.hands = worker.page, worker.has_scripts, worker.hands
        return here

    def say_yes_to_the_plan(self, words: Sequence[str]) -> None:
        self._open("Min plan")
        for one in words:
            self.says(one)
        self.look()
        self.push("Ja, så är det")
        self.says("Du har sagt ja till planen.")

    def find_wish(self) -> str:
        """What the person's own page says was answered in the follow-up."""
        self._open("Vill jag jobba?")
        self.look()
        return self.page.locator("[data-said]").inner_text()

    def done(self) -> None:
        self.push("Klar")
        self.is_at("Från daglig verksamhet till arbete")

    def _open(self, door: str) -> None:
        doors = self.page.get_by_role("main").get_by_role("link", name=re.compile(f"^{re.escape(door)}"))
        self.hands.press(doors)
