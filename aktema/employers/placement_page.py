"""What a placement's page shows, put together from the row and the vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from aktema.core.errors import Message
from aktema.core.markup import moment
from aktema.employers import words
from aktema.employers.models import Placement
from aktema.employers.placement_forms import asked_constraints, asked_preferences, pole_words
from aktema.employers.placement_operations import readiness_of
from aktema.employers.rules import Advice, Need, missing_advice, missing_needs
from aktema.employers.states import State
from aktema.employers.texts import day_text, hours_text, period_text, weekdays_text
from aktema.employers.visit_queries import SeenBy
from aktema.vocabulary.queries import vocabulary
from aktema.vocabulary.words import Activity, Adaptation, Constraint, Dimension

PART_OF_NEED: Mapping[Need, str] = {
    Need.TITLE: "uppgifter",
    Need.DESCRIPTION: "uppgifter",
    Need.ACTIVITY: "sysslor",
}
PART_OF_ADVICE: Mapping[Advice, str] = {
    Advice.DEMANDS: "krav",
    Advice.HOURS: "tider",
    Advice.WEEKDAYS: "tider",
    Advice.SUPERVISION: "stod",
    Advice.CONSTRAINTS: "miljo",
}
UNKNOWN = "–"


@dataclass(frozen=True, kw_only=True, slots=True)
class ToDo:
    """Something that is missing, with the page where it is filled in."""

    text: Message
    href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A state in the placement's history, as the timeline shows it."""

    date_text: str
    title: Message
    who: str
    text: str = ""
    icon: str = "point"
    corrected: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    label: Message
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """The constraints that are met, not met, and not known."""

    met: tuple[Constraint, ...]
    not_met: tuple[Constraint, ...]
    unknown: tuple[Constraint, ...]


def activities_of(placement: Placement) -> tuple[Activity, ...]:
    """In the vocabulary's order."""
    chosen = {row.activity_id for row in placement.activities}
    return tuple(one for number, one in vocabulary().activities.items() if number in chosen)


def adaptations_of(placement: Placement) -> tuple[Adaptation, ...]:
    chosen = {row.adaptation_id for row in placement.adaptations}
    return tuple(one for number, one in vocabulary().adaptations.items() if number in chosen)


def times_of(placement: Placement) -> tuple[Fact, ...]:
    """When and how much, in words; what is unknown is a dash."""
    facts = (
        (_("Timmar"), hours_text(placement.least_weekly_minutes, placement.most_weekly_minutes)),
        (_("Dagar"), weekdays_text(placement.weekdays)),
        (_("Klockan"), day_text(placement.starts_at, placement.ends_at)),
        (_("Period"), period_text(placement.from_date, placement.to_date)),
        (_("Antal samtidigt"), str(placement.places)),
    )
    return tuple(Fact(label=label, value=value or UNKNOWN) for label, value in facts)


def demands_of(placement: Placement, seen: Mapping[int, SeenBy]) -> tuple[Fact, ...]:
    """Each stated demand with what its level means, and when somebody saw just that at the workplace."""
    levels = {row.dimension_id: row.level for row in placement.demands}
    known = (one for number, one in vocabulary().dimensions.items() if number in levels)
    return tuple(
        Fact(
            label=str(one),
            value=" · ".join(filter(None, _said_of(one, levels[one.id], seen.get(one.id)))),
        )
        for one in known
    )


def _said_of(dimension: Dimension, level: int, seen: SeenBy | None) -> tuple[str, str]:
    words = _("%(words)s (nivå %(level)s av 4)", words=dimension.anchor(level).demand(), level=level)
    return words, seen_text(seen, level)


def seen_text(seen: SeenBy | None, value: int) -> str:
    """When and by whom the value was seen at the workplace; nothing where nobody saw it, or saw another."""
    if seen is None or seen.value != value:
        return ""
    return _("sett på plats %(day)s av %(name)s", day=seen.on.isoformat(), name=seen.name)


def demand_texts_of(placement: Placement) -> tuple[str, ...]:
    """What each stated demand means, without numbers."""
    levels = {row.dimension_id: row.level for row in placement.demands}
    known = vocabulary().dimensions.items()
    return tuple(one.anchor(levels[key]).demand() for key, one in known if key in levels)


def poles_of(placement: Placement) -> tuple[Fact, ...]:
    """Where the placement stands between the poles that are answered."""
    poles = {row.preference_id: str(row.pole) for row in placement.preferences}
    return tuple(
        Fact(label=str(one), value=str(pole_words(one)[poles[one.id]]))
        for one in asked_preferences()
        if one.id in poles
    )


def constraints_of(placement: Placement) -> Answers:
    answers = {row.constraint_id: row.is_met for row in placement.constraints}
    met, not_met, unknown = (
        tuple(one for one in asked_constraints() if answers.get(one.id) is answer)
        for answer in (True, False, None)
    )
    return Answers(met=met, not_met=not_met, unknown=unknown)


def history_of(placement: Placement) -> tuple[Entry, ...]:
    """The states, newest first."""
    return tuple(
        Entry(
            date_text=moment(change.created_at),
            title=words.STATES[State(change.state)],
            who=change.account.name if change.account else "",
        )
        for change in reversed(placement.state_changes)
    )


def needs_of(placement: Placement) -> tuple[ToDo, ...]:
    """What must be filled in before the placement can be published."""
    return tuple(
        ToDo(text=words.NEEDS[need], href=_where_needed(placement, need))
        for need in missing_needs(readiness_of(placement))
    )


def _where_needed(placement: Placement, need: Need) -> str:
    employer_id, workplace_id = placement.employer.public_id, placement.workplace.public_id
    if need is Need.OPEN_EMPLOYER:
        return url_for("employers.employer", employer_id=employer_id)
    if need is Need.LOCALITY:
        return url_for("employers.edit_workplace", employer_id=employer_id, workplace_id=workplace_id)
    return part_url(placement, PART_OF_NEED[need])


def advice_of(placement: Placement) -> tuple[ToDo, ...]:
    """What would be good to know."""
    return tuple(
        ToDo(text=words.ADVICE[advice], href=part_url(placement, PART_OF_ADVICE[advice]))
        for advice in missing_advice(readiness_of(placement))
    )


def part_url(placement: Placement, slug: str) -> str:
    return url_for("employers.edit_placement", placement_id=placement.public_id, slug=slug)
