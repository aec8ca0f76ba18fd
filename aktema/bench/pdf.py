"""How long it takes to make a long plan with pictures into an accessible PDF."""

import io
import time

from flask import render_template
from pypdf import PdfReader

from aktema.bench.installation import temporary_installation
from aktema.bench.report import Figure
from aktema.core import clock
from aktema.core.paths import VENDOR
from aktema.core.pdf import make_pdf
from aktema.people.models import Participant
from aktema.plans.plan_codes import ACTIVITY_FIELDS, FROM_ORDER, GOAL_FIELDS, OWN_FIELDS, PlanField, PlanForm
from aktema.plans.plan_print_views import Paper
from aktema.plans.plan_reading import Reading, reading
from aktema.plans.rules.document import ActivityPart, Document, GoalPart, Pattern, Picture, Statement

FEWEST_PAGES, MOST_SECONDS, TRIES = 40, 5, 3
GOALS, ACTIVITIES, PICTURES = 5, 2, 3
TEXT = "Du bakar bröd på bageriet. Linda visar dig hur. Ni börjar med en enkel deg."


def measure(goals: int = GOALS) -> list[Figure]:
    """The figures of a plan in pictures, the form with most to draw, once the library has been loaded."""
    pictures = {f"moji:{file.stem}": file.read_bytes() for file in (VENDOR / "openmoji").glob("*.svg")}
    with temporary_installation() as app, app.test_request_context("/"):
        read = reading(_document(goals, sorted(pictures)), PlanForm.PICTURES)
        make_pdf("<h1>Aktema</h1>", title="Aktema", pictures={})
        tries = [_printed(read, pictures) for _try in range(TRIES)]
    pages = len(PdfReader(io.BytesIO(tries[0][0])).pages)
    seconds = min(seconds for _made, seconds in tries)
    return [
        Figure(name="a plan in pictures", value=pages, unit="pages", op=">=", bar=FEWEST_PAGES),
        Figure(name="the plan as tagged PDF", value=seconds, unit="seconds", op="<=", bar=MOST_SECONDS),
    ]


def _printed(read: Reading, pictures: dict[str, bytes]) -> tuple[bytes, float]:
    """The PDF, and how many seconds it took."""
    begun = time.perf_counter()
    page = render_template("plans/print/plan.html", paper=_paper(read), reading=read)
    made = make_pdf(page, title=read.title, pictures=pictures)
    return made, time.perf_counter() - begun


def _paper(read: Reading) -> Paper:
    person = Participant(first_name="Alva", last_name="Ek")
    return Paper(title=read.title, person=person, file_name="", page_url="", printed_on=clock.today())


def _document(goals: int, refs: list[str]) -> Document:
    """A plan that lacks nothing, each statement with as many pictures as one may have."""
    return Document(
        number=1,
        person="Alva Ek",
        unit="Solrosen",
        coordinator="Omar Karlsson",
        from_order=_statements("", FROM_ORDER, refs),
        statements=_statements("", OWN_FIELDS, refs),
        goals=tuple(_goal(f"goal{number}", refs) for number in range(goals)),
        participants=(),
        work_wish="yes",
        work_wish_channel="speech",
        own_words_channel="speech",
        work_by=clock.today(),
        has_work_part=True,
        confirmed_on=None,
        confirmed_by="",
        confirmed_how="",
        fixed_on=None,
    )


def _goal(key: str, refs: list[str]) -> GoalPart:
    return GoalPart(
        key=key,
        life_area="d8",
        target_date=clock.today(),
        statements=_statements(key, GOAL_FIELDS, refs),
        activities=tuple(_activity(f"{key}.{number}", refs) for number in range(ACTIVITIES)),
    )


def _activity(key: str, refs: list[str]) -> ActivityPart:
    return ActivityPart(
        key=key,
        statements=_statements(key, ACTIVITY_FIELDS, refs),
        pattern=Pattern(weekdays=0b10101, starts_at=540, ends_at=720),
        support_level=2,
        is_toward_work=True,
    )


def _statements(place: str, fields: tuple[PlanField, ...], refs: list[str]) -> tuple[Statement, ...]:
    return tuple(_statement(place, field, refs) for field in fields)


def _statement(place: str, field: PlanField, refs: list[str]) -> Statement:
    """With pictures of its own, so that many different ones are drawn."""
    first = sum(map(ord, place + field)) % len(refs)
    chosen = [refs[(first + number) % len(refs)] for number in range(PICTURES)]
    pictures = tuple(Picture(ref=ref, word="bröd") for ref in chosen)
    return Statement(place=place, field=field.value, standard=TEXT, easy=TEXT, told=TEXT, pictures=pictures)
