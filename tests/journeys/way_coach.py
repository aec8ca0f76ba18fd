"""What a job coach does on the way to a job, on a telephone."""

from collections.abc import Mapping
from datetime import date
from time import perf_counter

from playwright.sync_api import expect

from tests.journeys.way_pages import OnThePhone

ENGINE_WAKES = 30_000
"""Milliseconds: the first list of a process waits for the engine to be made ready."""
HOW = ("På Min sida", "Med länk", "Inloggad")


class WayCoach(OnThePhone):
    """Goes the whole way with one person."""

    def send_posting_link(self, employer: str, contact: str) -> None:
        self.open_from_menu("Platser")
        self.follow("Arbetsgivare")
        self.is_at("Arbetsgivare")
        self.follow(employer)
        self.is_at(employer)
        self.push("Skicka länk för ny plats")
        self.is_at(f"Länk till {contact}")
        self.says(f"Vi har mejlat länken till {contact}.")

    def open_person(self, name: str) -> None:
        self.open_from_menu("Deltagare")
        self.follow(name)
        self.is_at(name)

    def open_suggestions(self, name: str) -> None:
        self.open_person(name)
        self.follow("Se förslag")
        self.is_at("Förslag", ENGINE_WAKES)

    def find_suggested(self, title: str) -> float:
        """Ask for the list anew; returns the seconds until the position stands there."""
        asked_at = perf_counter()
        self.page.reload(wait_until="commit")
        expect(self.link(title)).to_be_visible()
        return perf_counter() - asked_at

    def ask_about(self, title: str) -> None:
        self.follow(title)
        self.is_at(title)
        self.answer("Vad bestämmer ni?", "Ja, fråga om den här platsen")
        self.hands.select(self.page.get_by_label("Varför?"), "Personen vill det själv")
        self.push("Spara")
        self.is_at("Frågade platser")

    def open_question(self, name: str, title: str) -> None:
        self.open_person(name)
        self.hands.press(self.main.locator("a[href$='/fragor']").filter(has_text=title))
        self.is_at("Frågade platser")
        self.follow(title)
        self.is_at(title)

    def send_question(self, title: str, employer: str) -> None:
        self.follow("Fråga arbetsgivaren")
        self.is_at(f"Fråga {employer}")
        self.push("Skicka frågan")
        self.is_at(title)
        self.says(f"Frågan är på väg till {employer}.")

    def book_visit(self, title: str, day: date) -> None:
        self.follow("Boka besök")
        self.is_at("Besök på platsen")
        self.write("Vilken dag?", day.isoformat())
        self.write("Vilken tid?", "09:00")
        self.push("Spara besöket")
        self.is_at(title)

    def agree(self) -> None:
        self.push("Vi är överens")
        self.says("Ni är överens. Skriv överenskommelsen nu.")

    def begin_trial(self, title: str, first: date, last: date) -> None:
        """From the agreed question to the days and times."""
        self.follow("Skriv överenskommelsen")
        self.is_at(title)
        self.answer("Vad ska personen göra där?", "Prova på, högst 30 dagar")
        self.write("Första dagen", first.isoformat())
        self.write("Sista dagen", last.isoformat())
        self.push("Börja skriva")
        self.is_at("Dagar och tider")

    def write_days(self) -> None:
        self.write("Måndag", "9–12")
        self.hands.tick(self.page.get_by_label("Samma tider på alla vardagar som den första"))
        self.push("Lägg ut dagarna")
        self.is_at("Dagar och tider")
        self.follow("Vidare till överenskommelsen")

    def write_agreement(self, title: str, supervisor: str, written: Mapping[str, str]) -> None:
        self.is_at("Uppgifter, stöd och trygghet")
        for label, text in written.items():
            self.write(label, text)
        self.answer("Vad är målet?", "Pröva om jobbet passar")
        self.hands.select(self.page.get_by_label("Vem är handledare?"), supervisor)
        self.answer("Vilken försäkring gäller?", "Kommunens försäkring")
        self.push("Spara")
        self.is_at(title)

    def ask_all_to_sign(self) -> None:
        self.push("Be alla skriva under")
        self.says("Väntar på underskrift")

    def sign(self) -> None:
        self.push("Skriv under som coach")

    def open_trial(self, name: str, title: str) -> None:
        self.open_person(name)
        self.follow("Provplatser")
        self.is_at("Provplatser")
        self.follow(title)
        self.is_at(title)

    def review(self, words: str) -> None:
        """From the trial's page to the three voices beside each other."""
        self.follow("Läs och skriv")
        self.is_at("Utvärdering")
        self.follow("Skriv din utvärdering")
        self.is_at("Din utvärdering")
        self.answer("Hur länge höll det på?", "Hela tiden")
        self.write("Det du vill lägga till", words)
        self.push("Spara")
        self.is_at("Utvärdering")
        self.says(words)

    def interrupt(self, title: str, day: date, words: str) -> None:
        self.follow("Avbryt provplatsen")
        self.is_at("Avbryt provplatsen")
        self.answer("Vems beslut var det?", "Personens")
        self.hands.select(self.page.get_by_label("Varför?"), "Det gick för fort")
        self.write("Berätta mer", words)
        self.write("Första dagen som personen inte kom", day.isoformat())
        self.push("Avsluta provplatsen")
        self.is_at(title)

    def write_outcome(self, kind: str) -> None:
        """From the trial's page to that of what it led to."""
        self.follow("Skriv vad det blev")
        self.is_at("Vad blev det?")
        self.answer("Vad blev det?", kind)
        self.push("Spara")
        self.is_at(kind)

    def settle_benefits(self, kind: str, day: date) -> None:
        """What has to be in order before the first day with pay."""
        self.follow("Gå igenom ersättningen")
        self.is_at("Ersättning före första lönen")
        self.answer("Är det klart med Försäkringskassan?", "Klart")
        self.answer("Är det klart med Arbetsförmedlingen?", "Klart")
        self.answer("Är det klart med god man eller förvaltare?", "Behövs inte")
        for number in range(2):
            field = self.page.get_by_label("Vilken dag blev det klart?").nth(number)
            self.hands.write(field, day.isoformat())
        self.push("Spara")
        self.is_at(kind)

    def write_job(self, kind: str, first: date, subsidy_until: date) -> None:
        self.follow("Skriv in jobbet")
        self.is_at("Jobbet")
        self.hands.select(self.page.get_by_label("Vilken sorts anställning?"), "Lönebidrag för anställning")
        self.write("Hur många timmar i veckan?", "20")
        self.write("Första dagen med lön", first.isoformat())
        self.write("När tar bidraget till lönen slut?", subsidy_until.isoformat())
        self.push("Spara jobbet")
        self.is_at(kind)

    def follow_up_job(self, name: str) -> None:
        """From Idag to what is asked now, and an answer to it."""
        self.open_from_menu("Idag")
        task = self.page.get_by_role("listitem").filter(has_text=name).filter(has_text="jobbet")
        self.hands.press(task.get_by_role("link").first)
        self.is_at("Hur går det på jobbet?")
        self.answer("Är personen kvar på jobbet?", "Ja, personen är kvar")
        self.answer("Hur har personen det på jobbet", "Bra")
        self.push("Spara")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Hur går det på jobbet?")

    def go_back(self, day: date, words: str) -> None:
        self.follow("Jobb och vad det blev")
        self.is_at("Jobb och vad det blev")
        self.follow("Tillbaka till daglig verksamhet")
        self.is_at("Tillbaka till daglig verksamhet")
        self.write("Från vilken dag?", day.isoformat())
        self.write("Vad säger personen om det?", words)
        self.push("Spara")

    def open_outcome(self, name: str, kind: str) -> None:
        self.open_person(name)
        self.follow("Jobb och vad det blev")
        self.is_at("Jobb och vad det blev")
        self.follow(kind)
        self.is_at(kind)

    def outcomes(self) -> list[str]:
        """What it led to, as the list of the person's outcomes names it."""
        self.is_at("Jobb och vad det blev")
        return self.main.get_by_role("heading", level=2).all_inner_texts()

    def signed_how(self) -> Mapping[str, str]:
        """How each party signed, by the table on the trial's page."""
        self.unfold("Underskrifter")
        rows = self._rows("Underskrifter")
        return {row[0]: next(how for how in HOW if how in row[1]) for row in rows}

    def told_of_job(self) -> Mapping[str, tuple[str, str]]:
        """At each moment somebody asked: whether the person is still there, and what they say."""
        rows = self._rows("Uppföljning av jobbet")
        return {row[0].splitlines()[0]: (row[1], row[3]) for row in rows if row[3] != "–"}

    def _rows(self, table: str) -> list[list[str]]:
        """The words of each row, cell by cell."""
        rows = self.main.get_by_role("table", name=table).locator("tbody tr").all()
        return [row.locator("th, td").all_inner_texts() for row in rows]
