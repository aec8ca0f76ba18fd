"""The screens an employer posts a position by, what they are filled with, and what has come of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from aktema.core.errors import Message
from aktema.core.forms import BaseForm
from aktema.employers import texts
from aktema.employers.company_queries import find_position
from aktema.employers.models import Contact, Employer, Placement
from aktema.employers.posting_forms import (
    PARTS_OF_DAY,
    WEEKLY,
    Choice,
    TasksForm,
    WhenForm,
    WhereForm,
    demands_form,
    read_span,
    written,
)
from aktema.employers.posting_operations import Posting
from aktema.employers.queries import locality_name
from aktema.employers.rules import weekdays_of
from aktema.vocabulary.queries import suggested_demands, vocabulary

Typed = Mapping[str, list[str]]
DONE, LEVELS, LIKE, VERSION = ".done", ".levels", ".like", ".version"
"""What a draft holds besides fields.

The screens filled in, the levels that were suggested, the position that is posted once more, the row's version.
"""
REVIEW = "granska"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What an employer has typed so far, by field name; `contact` is whom it was sent to, where it was."""

    employer: Employer
    typed: Typed
    contact: Contact | None = None

    def suggested(self) -> dict[int, int]:
        """The levels that are proposed, by dimension id: those of the position before, else those of the tasks."""
        kept = dict(pair.split(":") for pair in self.typed.get(LEVELS, ()))
        if kept:
            return {int(key): int(level) for key, level in kept.items()}
        return suggested_demands(int(one) for one in self.typed.get("activities", ()))

    def has(self, slug: str) -> bool:
        return slug in self.typed.get(DONE, ())


@dataclass(frozen=True, kw_only=True, slots=True)
class Screen:
    slug: str
    title: Message
    lead: Message
    form_of: Callable[[Sheet, dict[str, Any]], Any]

    @property
    def template(self) -> str:
        return f"employers/posting_{self.slug}.html"


def _when_form(sheet: Sheet, source: dict[str, Any]) -> WhenForm:
    return WhenForm(
        weekly=_kept(sheet.typed.get("weekly", ()), WEEKLY, texts.hours_text),
        parts_of_day=_kept(sheet.typed.get("part_of_day", ()), PARTS_OF_DAY, texts.day_text),
        **source,
    )


def _kept(
    typed: Sequence[str], usual: Sequence[Choice], told: Callable[[int | None, int | None], str]
) -> list[Choice]:
    """The span of a position before, where no usual choice is like it."""
    spans = [read_span(one) for one in typed]
    return [(span, told(*span)) for span in spans if span not in dict(usual)]


def _where_form(sheet: Sheet, source: dict[str, Any]) -> WhereForm:
    before = {"supervisor": sheet.contact.public_id} if sheet.contact else {}
    return WhereForm(employer=sheet.employer, data=before, **source)


SCREENS = (
    Screen(
        slug="sysslor",
        title=_l("Vad får man göra hos er?"),
        lead=_l("Tryck på en grupp och välj det som passar. Små uppgifter räknas också."),
        form_of=lambda _sheet, source: TasksForm(**source),
    ),
    Screen(
        slug="krav",
        title=_l("Hur är det att göra det hos er?"),
        lead=_l("Så här brukar det vara med de uppgifterna. Ändra det som inte stämmer hos er."),
        form_of=lambda sheet, source: demands_form(sheet.suggested())(**source),
    ),
    Screen(
        slug="tider",
        title=_l("När och hur mycket?"),
        lead=_l("Ungefär räcker. Exakta tider bestämmer ni tillsammans."),
        form_of=_when_form,
    ),
    Screen(
        slug="plats",
        title=_l("Var är det, och vem hjälper till?"),
        lead=_l("En person som visar och svarar på frågor betyder mest."),
        form_of=_where_form,
    ),
)
BY_SLUG: Mapping[str, Screen] = {screen.slug: screen for screen in SCREENS}
SLUGS = ",".join((*BY_SLUG, REVIEW))
STEPS = len(SCREENS) + 1


def form_of(screen: Screen, sheet: Sheet) -> Any:
    """The screen's form with what was sent; one that is only shown, with what was typed before."""
    if request.method == "POST":
        return screen.form_of(sheet, {})
    return screen.form_of(sheet, {"formdata": _formdata(screen, sheet)})


def _formdata(screen: Screen, sheet: Sheet) -> MultiDict[str, str] | None:
    return MultiDict(sheet.typed) if sheet.has(screen.slug) else None


def _read(screen: Screen, sheet: Sheet) -> Any:
    """The screen's form as it was sent once."""
    return screen.form_of(sheet, {"formdata": _formdata(screen, sheet), "meta": {"csrf": False}})


def find_unfinished(sheet: Sheet) -> Screen | None:
    """The first screen that is still to be filled in, or filled in with what no longer holds."""
    for screen in SCREENS:
        if not sheet.has(screen.slug) or not _read(screen, sheet).validate():
            return screen
    return None


def keep(sheet: Sheet, screen: Screen, form: BaseForm) -> Typed:
    """What has been typed, with the screen just sent. Other tasks bring other demands."""
    names = [field.name for field in form.visible_fields()]
    sent = {name: request.form.getlist(name) for name in names}
    before, done = dict(sheet.typed), {*sheet.typed.get(DONE, ()), screen.slug}
    if set(sent.get("activities", ())) != set(before.get("activities", ())) and "activities" in sent:
        before.pop(LEVELS, None)
        done.discard("krav")
    return {**before, **sent, DONE: sorted(done)}


def posting_of(sheet: Sheet) -> Posting:
    """What the employer says of the position, out of a sheet in which nothing is unfinished."""
    tasks, demands, when, where = (_read(screen, sheet) for screen in SCREENS)
    for form in (tasks, demands, when, where):
        form.validate()
    return Posting(
        activity_ids=frozenset(tasks.activities.data),
        description=tasks.description.data or "",
        levels=demands.levels(sheet.suggested()),
        times=when.times(),
        workplace=where.chosen_workplace,
        street=where.street.data or "",
        locality_id=where.locality_id.data,
        supervisor=where.chosen_supervisor,
        supervisor_name=where.supervisor_name.data or "",
        adaptation_ids=frozenset(where.adaptations.data or ()),
        like=next((find_position(sheet.employer, one) for one in sheet.typed.get(LIKE, ())), None),
    )


def typed_again(placement: Placement) -> Typed:
    """A sheet filled in with a position, to post it once more."""
    return {**typed_of(placement), LIKE: [placement.public_id]}


def typed_of(placement: Placement) -> Typed:
    """A sheet filled in with a position, to change it."""
    levels = {row.dimension_id: row.level for row in placement.demands}
    known = vocabulary().dimensions
    return {
        "activities": [str(row.activity_id) for row in placement.activities],
        "description": [placement.description],
        **{known[key].code: ["0"] for key in levels},
        "weekly": [written((placement.least_weekly_minutes, placement.most_weekly_minutes))],
        "weekdays": [str(day) for day in weekdays_of(placement.weekdays)],
        "part_of_day": [written((placement.starts_at, placement.ends_at))],
        "places": [str(placement.places)],
        "workplace": [placement.workplace.public_id],
        "supervisor": [placement.supervisor.public_id if placement.supervisor else ""],
        "adaptations": [str(row.adaptation_id) for row in placement.adaptations],
        LEVELS: [f"{key}:{level}" for key, level in levels.items()],
        VERSION: [str(placement.version)],
        DONE: [screen.slug for screen in SCREENS if levels or screen.slug != "krav"],
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the last screen reads out of one screen before it."""

    screen: Screen
    lines: Sequence[str]
    pictures: Sequence[Any] = ()


def told(posting: Posting) -> Sequence[Told]:
    """The whole position in words, screen by screen, before it is posted."""
    words = vocabulary()
    tasks = [one for key, one in words.activities.items() if key in posting.activity_ids]
    offered = [one for key, one in words.adaptations.items() if key in posting.adaptation_ids]
    demands = [
        one.anchor(posting.levels[key]).demand()
        for key, one in words.dimensions.items()
        if key in posting.levels
    ]
    what, how, when, where = SCREENS
    return (
        Told(screen=what, lines=[posting.description] if posting.description else [], pictures=tasks),
        Told(screen=how, lines=demands),
        Told(screen=when, lines=_when_lines(posting)),
        Told(screen=where, lines=_where_lines(posting), pictures=offered),
    )


def _when_lines(posting: Posting) -> list[str]:
    times = posting.times
    lines = (
        texts.hours_text(times.least_weekly_minutes, times.most_weekly_minutes),
        texts.weekdays_text(times.weekdays),
        texts.day_text(times.starts_at, times.ends_at),
        texts.places_text(times.places),
    )
    return [line for line in lines if line]


def _where_lines(posting: Posting) -> list[str]:
    place = posting.workplace
    street = place.street or place.name if place else posting.street
    town = locality_name(place.locality_id if place else posting.locality_id)
    who = posting.supervisor.name if posting.supervisor else posting.supervisor_name
    return [line for line in (", ".join(filter(None, (street, town))), who) if line]
