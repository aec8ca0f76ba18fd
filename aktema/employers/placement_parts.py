"""The parts a placement is filled in by, each a short page: its words, its form, the act that saves it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.employers import placement_operations as operations
from aktema.employers.models import Placement
from aktema.employers.placement_forms import (
    ActivitiesForm,
    BasicsForm,
    SupportForm,
    TimesForm,
    WordsForm,
    asked_constraints,
    asked_preferences,
    demands_form,
    surroundings_form,
)
from aktema.employers.rules import weekdays_of
from aktema.employers.states import State
from aktema.vocabulary.queries import dimensions, suggested_demands


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One page of a placement's editing. `form_of` gives its form with what is stored.

    Asked for `current`, the form leaves aside what the request carries.
    """

    slug: str
    label: Message
    lead: Message
    form_of: Callable[[Placement, bool], Any]
    save: Callable[[Placement, Any], None]

    @property
    def template(self) -> str:
        return f"employers/part_{self.slug}.html"


def _source(current: bool, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a form is made with: the stored data, and for a `current` one nothing of what was sent."""
    return {"data": data, "formdata": None} if current else {"data": data}


def basics_form_of(placement: Placement, current: bool) -> BasicsForm:
    data = {
        "workplace": placement.workplace.public_id,
        "title": placement.title,
        "description": placement.description,
    }
    return BasicsForm(employer=placement.employer, **_source(current, data))


def activities_form_of(placement: Placement, current: bool) -> ActivitiesForm:
    return ActivitiesForm(
        **_source(current, {"activities": [row.activity_id for row in placement.activities]})
    )


def suggested_for(placement: Placement) -> dict[int, int]:
    """The levels that the placement's activities usually demand, by dimension id."""
    return suggested_demands(row.activity_id for row in placement.activities)


def demands_form_of(placement: Placement, current: bool) -> WordsForm:
    """Stored levels; a draft in which nothing is stated yet begins with what is suggested."""
    suggested = suggested_for(placement)
    stored = {row.dimension_id: row.level for row in placement.demands}
    shown = stored or (suggested if placement.state == State.DRAFT else {})
    data = {one.code: shown.get(one.id) for one in dimensions()}
    return demands_form(suggested)(**_source(current, data))


def times_form_of(placement: Placement, current: bool) -> TimesForm:
    names = (
        "least_weekly_minutes",
        "most_weekly_minutes",
        "starts_at",
        "ends_at",
        "places",
        "from_date",
        "to_date",
    )
    data = {name: getattr(placement, name) for name in names}
    return TimesForm(**_source(current, {**data, "weekdays": list(weekdays_of(placement.weekdays))}))


def support_form_of(placement: Placement, current: bool) -> SupportForm:
    data = {
        "supervisor": placement.supervisor.public_id if placement.supervisor else "",
        "supervision": placement.supervision,
        "adaptations": [row.adaptation_id for row in placement.adaptations],
    }
    return SupportForm(employer=placement.employer, **_source(current, data))


def surroundings_form_of(placement: Placement, current: bool) -> WordsForm:
    poles = {row.preference_id: row.pole for row in placement.preferences}
    met = {row.constraint_id: int(row.is_met) for row in placement.constraints}
    data = {one.code: poles.get(one.id) for one in asked_preferences()}
    return surroundings_form()(
        **_source(current, {**data, **{one.code: met.get(one.id) for one in asked_constraints()}})
    )


def _save_surroundings(placement: Placement, form: WordsForm) -> None:
    met = {number: bool(answer) for number, answer in form.answers(asked_constraints()).items()}
    operations.set_surroundings(placement, form.answers(asked_preferences()), met)


PARTS = (
    Part(
        slug="uppgifter",
        label=_l("Om platsen"),
        lead=_l("Var platsen finns och vad man gör där."),
        form_of=basics_form_of,
        save=lambda placement, form: operations.change_basics(placement, form.basics()),
    ),
    Part(
        slug="sysslor",
        label=_l("Arbetsuppgifter"),
        lead=_l("Välj allt som man kan få göra. Öppna en grupp för att se vad den innehåller."),
        form_of=activities_form_of,
        save=lambda placement, form: operations.choose_activities(placement, form.activities.data or ()),
    ),
    Part(
        slug="krav",
        label=_l("Vad arbetet kräver"),
        lead=_l("Ändra förslagen så att de stämmer just här. Det du inte vet kan du lämna."),
        form_of=demands_form_of,
        save=lambda placement, form: operations.set_demands(placement, form.answers(dimensions())),
    ),
    Part(
        slug="tider",
        label=_l("Tider"),
        lead=_l("Det som inte är bestämt lämnar du tomt."),
        form_of=times_form_of,
        save=lambda placement, form: operations.set_times(placement, form.times()),
    ),
    Part(
        slug="stod",
        label=_l("Stöd"),
        lead=_l("Vem hjälper till, och vad kan platsen ordna?"),
        form_of=support_form_of,
        save=lambda placement, form: operations.set_support(placement, form.support()),
    ),
    Part(
        slug="miljo",
        label=_l("Hur det är där"),
        lead=_l("Svara på det du vet. Det andra blir frågor att ta med till arbetsgivaren."),
        form_of=surroundings_form_of,
        save=_save_surroundings,
    ),
)
BY_SLUG: Mapping[str, Part] = {part.slug: part for part in PARTS}


def part_after(part: Part) -> Part | None:
    """The part that comes next when a draft is filled in; None after the last."""
    following = PARTS[PARTS.index(part) + 1 :]
    return following[0] if following else None
