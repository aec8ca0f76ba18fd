"""The profile as its overview shows it: answers in words, whose they are, and what is still to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.core.markup import hours, minute_of_day
from aktema.people.codes import VOTE_LABELS, Source, Weekday
from aktema.people.models import ConstraintMark
from aktema.people.profile import Capacity, Profile, Times
from aktema.people.profile_forms import pole_words
from aktema.people.rules import Completeness, Part, PartDone
from aktema.vocabulary.queries import vocabulary
from aktema.vocabulary.words import Dimension

PART_LABELS: dict[Part, Message] = {
    Part.INTERESTS: _l("Intressen"),
    Part.CAPACITIES: _l("Förmågor"),
    Part.PREFERENCES: _l("Trivsel"),
    Part.NEEDS: _l("Det som måste fungera"),
    Part.TIMES: _l("Tider och resor"),
    Part.WISH: _l("Önskan med egna ord"),
}
PART_ENDPOINTS = {
    Part.INTERESTS: "people.interests",
    Part.CAPACITIES: "people.capacities",
    Part.PREFERENCES: "people.preferences",
    Part.NEEDS: "people.needs",
    Part.TIMES: "people.times",
    Part.WISH: "people.wish",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One answer: what about, what was said, by whom and when, and whether it is too old to lean on."""

    about: str
    said: str
    source: str
    said_on: str
    picture: str = ""
    is_dated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CapacityRow:
    """What has been rated in one dimension without aids and with them; None where nobody has."""

    about: str
    code: str
    without_aids: Line | None
    with_aids: Line | None


def completeness(profile: Profile) -> Completeness:
    """How far each part of the profile has come."""
    words = vocabulary()
    groups = {words.activities[key].group_id for key in profile.votes if key in words.activities}
    core = {one.id for one in words.dimensions.values() if one.is_core}
    return Completeness(
        (
            PartDone(part=Part.INTERESTS, done=len(groups), total=len(words.activity_groups)),
            PartDone(part=Part.CAPACITIES, done=len(core & profile.capacities.keys()), total=len(core)),
            PartDone(part=Part.PREFERENCES, done=len(profile.preferences), total=len(words.preferences)),
            PartDone(part=Part.NEEDS, done=len(profile.answered_constraints), total=len(words.constraints)),
            PartDone(part=Part.TIMES, done=int(profile.times is not None), total=1),
            PartDone(part=Part.WISH, done=int(profile.wish is not None), total=1),
        )
    )


def interest_lines(profile: Profile, votes: Iterable[int]) -> Sequence[Line]:
    """The activities with one of these votes, the strongest first."""
    wanted, words = set(votes), vocabulary().activities
    found = [
        (words[key], vote) for key, vote in profile.votes.items() if vote.vote in wanted and key in words
    ]
    found.sort(key=lambda pair: (-pair[1].vote, pair[0].group_id, pair[0].sort))
    return [
        Line(
            about=activity.label(),
            said=str(VOTE_LABELS[vote.vote]),
            source=str(vote.source.label),
            said_on=vote.said_on.isoformat(),
            picture=activity.picture,
        )
        for activity, vote in found
    ]


def capacity_rows(profile: Profile) -> Sequence[CapacityRow]:
    """What has been rated, in the vocabulary's order."""
    rated = [one for one in vocabulary().dimensions.values() if one.id in profile.ratings]
    return [_capacity_row(one, profile.ratings[one.id]) for one in rated]


def _capacity_row(dimension: Dimension, ratings: Iterable[Capacity]) -> CapacityRow:
    lines = {
        one.with_aids: Line(
            about=dimension.label(),
            said=level_words(one.level),
            source=str(one.source.label),
            said_on=one.said_on.isoformat(),
            is_dated=one.is_dated,
        )
        for one in ratings
    }
    return CapacityRow(
        about=dimension.label(),
        code=dimension.code,
        without_aids=lines.get(False),
        with_aids=lines.get(True),
    )


def level_words(level: int | None) -> str:
    """The scale's word for a level; "not known yet" for none."""
    scale = vocabulary().scale
    return next(
        (one.label() for one in scale if one.level == level and level is not None), str(_("Vet inte än"))
    )


def who_and_how(capacity: Capacity) -> str:
    """Whose rating it is, and whether aids were in use."""
    who = str(capacity.source.label)
    if capacity.with_aids:
        return str(_("%(who)s, med hjälpmedel", who=who))
    return str(_("%(who)s, utan hjälpmedel", who=who))


def preference_lines(profile: Profile) -> Sequence[Line]:
    """What suits the person, in the vocabulary's order."""
    answered = [
        (one, profile.preferences[one.id])
        for one in vocabulary().preferences.values()
        if one.id in profile.preferences
    ]
    return [
        Line(
            about=one.label(),
            said=pole_words(one, vote.vote),
            source=str(vote.source.label),
            said_on=vote.said_on.isoformat(),
            picture=one.picture,
        )
        for one, vote in answered
    ]


def need_lines(profile: Profile, marks: Mapping[int, ConstraintMark]) -> Sequence[Line]:
    """What must be met, what exactly and whose word it is, in the vocabulary's order."""
    needed = [
        (one.label(), marks[key]) for key, one in vocabulary().constraints.items() if key in profile.needs
    ]
    return [
        Line(
            about=f"{label}: {mark.note}" if mark.note else label,
            said=str(_("Behövs")),
            source=str(Source(mark.source).label),
            said_on=mark.said_on.isoformat(),
        )
        for label, mark in needed
    ]


def time_rows(times: Times) -> list[tuple[str, str]]:
    """The times in words, without what is not known."""
    days = ", ".join(
        str(day.label).lower() for day in Weekday if times.weekdays and int(day) in times.weekdays
    )
    travel = times.travel_minutes
    rows = [
        (_("I veckan"), hours(times.weekly_minutes)),
        (_("Högst per dag"), hours(times.daily_minutes)),
        (_("Dagar"), days),
        (_("Tidigast från"), minute_of_day(times.earliest_start)),
        (_("Senast till"), minute_of_day(times.latest_end)),
        (_("Längsta resa"), "" if travel is None else _("%(n)s minuter", n=format_decimal(travel))),
    ]
    return [(label, value) for label, value in rows if value]
