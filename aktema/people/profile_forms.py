"""Forms of the profile. Their questions are the vocabulary's, so each is put together when it is asked."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.forms import (
    BaseForm,
    DateField,
    HoursField,
    LineField,
    ParagraphField,
    Required,
    TimeOfDayField,
    WholeNumberField,
    choices,
)
from aktema.people.codes import VOICES, VOTE_LABELS, Confidence, Source, Weekday
from aktema.people.models import Availability, ConstraintMark, SaidMixin, Wish
from aktema.people.profile_operations import Mark, NewRating, NewTimes
from aktema.people.profile_queries import Votes
from aktema.people.rules import days_of_bits
from aktema.vocabulary.queries import scale_levels
from aktema.vocabulary.words import Activity, Constraint, Dimension, Preference

F = TypeVar("F", bound=BaseForm)
UNKNOWN = "unknown"
SAME_AS_ABOVE = ("", _l("Som ovan"))
VOICE_CHOICES = [(source.value, source.label) for source in VOICES]


class VotesForm(BaseForm):
    """A vote about each of some things; a thing skipped has none."""

    def votes(self, keys: Mapping[str, int]) -> dict[int, int | None]:
        """The votes by id, of the fields named; None where the thing was skipped."""
        return {key: int(self[name].data) if self[name].data else None for name, key in keys.items()}


def interest_form(activities: Sequence[Activity], votes: Votes, source: Source, **options: Any) -> VotesForm:
    """Five faces about each activity, filled in with the source's own votes; earlier votes stand beside."""
    faces = [*((str(vote), label) for vote, label in VOTE_LABELS.items()), ("", _("Hoppa över"))]
    fields = {
        vote_name(activity.code): _vote_field(
            activity.label(), faces, earlier_votes(votes, activity.id), votes.value(activity.id, source)
        )
        for activity in activities
    }
    return _form(VotesForm, fields, **options)


def preference_form(
    preferences: Sequence[Preference], votes: Votes, source: Source, **options: Any
) -> VotesForm:
    """Five steps between two poles, filled in with the source's own votes."""
    fields = {
        vote_name(one.code): _vote_field(
            one.label(), _pole_choices(one), earlier_poles(votes, one), votes.value(one.id, source)
        )
        for one in preferences
    }
    return _form(VotesForm, fields, **options)


def _pole_choices(preference: Preference) -> list[tuple[str, Message]]:
    first, second = (pole.lower() for pole in preference.poles())
    return [
        ("-2", _("Helst %(pole)s", pole=first)),
        ("-1", _("Hellre %(pole)s", pole=first)),
        ("0", _("Spelar ingen roll")),
        ("1", _("Hellre %(pole)s", pole=second)),
        ("2", _("Helst %(pole)s", pole=second)),
        ("", _("Hoppa över")),
    ]


def pole_words(preference: Preference, vote: int) -> str:
    """What a vote between two poles says."""
    return str(dict(_pole_choices(preference))[str(vote)])


def earlier_votes(votes: Votes, key: int) -> str:
    """Whose votes stand about the thing, in words; nothing where nobody has voted."""
    said = [
        f"{source.label}: {VOTE_LABELS[word.value or 0]} ({word.said_on})"
        for source, word in votes.standing(key)
    ]
    return " · ".join(said)


def earlier_poles(votes: Votes, preference: Preference) -> str:
    standing = votes.standing(preference.id)
    said = [
        f"{source.label}: {pole_words(preference, word.value or 0)} ({word.said_on})"
        for source, word in standing
    ]
    return " · ".join(said)


def _vote_field(
    label: str, faces: Sequence[tuple[str, Message]], earlier: str, vote: int | None
) -> RadioField:
    standing = "" if vote is None else str(vote)
    return RadioField(label, [Optional()], choices=choices(faces), default=standing, description=earlier)


def vote_name(code: str) -> str:
    return f"vote_{code}"


class RatingsForm(BaseForm):
    """Levels in some dimensions, and once for all of them who saw it, when, with what help and how surely."""

    source = SelectField(
        _l("Vem säger eller har sett det?"), choices=choices(Source.pairs()), default=Source.STAFF.value
    )
    said_on = DateField(
        _l("Vilken dag?"),
        [Required()],
        default=clock.today,  # type: ignore[arg-type]  # the stubs know only fields of text
        description=_l("ÅÅÅÅ-MM-DD"),
    )
    with_aids = BooleanField(_l("Med hjälpmedel eller stöd som personen brukar ha"))
    confidence = SelectField(
        _l("Hur säkert är det?"), choices=choices(Confidence.pairs()), default=Confidence.MEDIUM.value
    )

    def ratings(self, dimensions: Sequence[Dimension]) -> list[NewRating]:
        """The ratings of the dimensions that were answered."""
        return [self._rating(one) for one in dimensions if self[f"level_{one.code}"].data]

    def _rating(self, dimension: Dimension) -> NewRating:
        level = self[f"level_{dimension.code}"].data
        aids = self[f"aids_{dimension.code}"].data
        said_on: Any = self.said_on.data
        return NewRating(
            dimension_id=dimension.id,
            level=None if level == UNKNOWN else int(level),
            source=Source(self[f"source_{dimension.code}"].data or self.source.data),
            said_on=said_on,
            with_aids=aids == "yes" if aids else bool(self.with_aids.data),
            confidence=int(self[f"confidence_{dimension.code}"].data or self.confidence.data),
        )


def ratings_form(dimensions: Sequence[Dimension], standing: Mapping[int, str]) -> RatingsForm:
    """A question about each dimension; `standing` says in words what is known, by dimension id."""
    fields: dict[str, Field] = {}
    for one in dimensions:
        fields[f"level_{one.code}"] = RadioField(
            one.label(), [Optional()], choices=choices(level_choices()), description=standing.get(one.id, "")
        )
        fields[f"source_{one.code}"] = SelectField(
            _("Vem säger det?"), choices=choices([SAME_AS_ABOVE, *Source.pairs()])
        )
        fields[f"confidence_{one.code}"] = SelectField(
            _("Hur säkert?"), choices=choices([SAME_AS_ABOVE, *Confidence.pairs()])
        )
        aids = [SAME_AS_ABOVE, ("yes", _("Med hjälpmedel")), ("no", _("Utan hjälpmedel"))]
        fields[f"aids_{one.code}"] = SelectField(_("Hjälpmedel?"), choices=choices(aids))
    return _form(RatingsForm, fields)


def level_choices() -> list[tuple[str, Message]]:
    """The five levels and "not known yet", which is an answer of its own."""
    levels = [(str(one.level), one.label()) for one in scale_levels() if one.level is not None]
    return [*levels, (UNKNOWN, _("Vet inte än"))]


class NeedsForm(BaseForm):
    """What must be met for the person to be there at all."""

    source = SelectField(_l("Vem säger det?"), choices=choices(VOICE_CHOICES), default=Source.OWN.value)

    def marks(self, constraints: Sequence[Constraint]) -> dict[int, Mark]:
        """The answers by constraint id."""
        answered = [one for one in constraints if self[f"need_{one.code}"].data]
        return {
            one.id: Mark(
                is_needed=self[f"need_{one.code}"].data == "yes", note=self[f"note_{one.code}"].data or ""
            )
            for one in answered
        }


def needs_form(
    constraints: Sequence[Constraint], standing: Mapping[int, ConstraintMark], **options: Any
) -> NeedsForm:
    """A question about each constraint with room for what exactly, filled in with what was last said."""
    fields: dict[str, Field] = {}
    for one in constraints:
        mark = standing.get(one.id)
        answers = [
            ("yes", _("Behövs")),
            ("no", _("Behövs inte")),
            *([] if mark else [("", _("Vet inte än"))]),
        ]
        answer = "" if mark is None else "yes" if mark.is_needed else "no"
        fields[f"need_{one.code}"] = RadioField(
            one.label(), [Optional()], choices=choices(answers), default=answer, description=said_by(mark)
        )
        note = (mark.note or "") if mark else ""
        fields[f"note_{one.code}"] = LineField(
            _("%(what)s: vad behövs, mer precist?", what=one.label()), default=note, longest=500
        )
    return _form(NeedsForm, fields, **options)


def said_by(said: SaidMixin | None) -> str:
    """Whose word it is and since when; nothing where nobody has said anything."""
    return "" if said is None else f"{Source(said.source).label}, {said.said_on}"


class TimesForm(BaseForm):
    """When and how much the person can and wants to work."""

    NUMBERS: ClassVar = ("weekly_minutes", "daily_minutes", "earliest_start", "latest_end", "travel_minutes")
    source = SelectField(_l("Vem säger det?"), choices=choices(VOICE_CHOICES), default=Source.OWN.value)
    weekly_minutes = HoursField(
        _l("Timmar i veckan"), [Optional()], description=_l("Till exempel 20 eller 7,5.")
    )
    daily_minutes = HoursField(_l("Högst så många timmar per dag"), [Optional()], most_hours=12)
    weekdays = SelectMultipleField(
        _l("Dagar som går bra"),
        choices=choices(Weekday.pairs()),
        description=_l("Låt alla vara tomma om det inte spelar någon roll."),
    )
    earliest_start = TimeOfDayField(_l("Tidigast från klockan"), [Optional()])
    latest_end = TimeOfDayField(_l("Senast till klockan"), [Optional()])
    travel_minutes = WholeNumberField(_l("Längsta resa i minuter, en väg"), [Optional()], most=240)

    @classmethod
    def of(cls, said: Availability | None, **options: Any) -> "TimesForm":
        """The form filled in with what was last said."""
        if said is None:
            return cls(**options)
        days = [str(day) for day in sorted(days_of_bits(said.weekdays or 0))]
        return cls(
            data={
                **{name: getattr(said, name) for name in cls.NUMBERS},
                "source": said.source,
                "weekdays": days,
            },
            **options,
        )

    @property
    def times(self) -> NewTimes:
        numbers: dict[str, Any] = {name: self[name].data for name in self.NUMBERS}
        days = frozenset(map(int, self.weekdays.data or ()))
        return NewTimes(**numbers, weekdays=days or None)


class WishForm(BaseForm):
    """What the person wants, in words."""

    source = SelectField(_l("Vems ord är det?"), choices=choices(VOICE_CHOICES), default=Source.OWN.value)
    words = ParagraphField(
        _l("Önskan"),
        description=_l(
            "Skriv som personen säger det. Till exempel: Jag vill jobba med hundar och slippa sitta still."
        ),
    )

    @classmethod
    def of(cls, said: Wish | None, **options: Any) -> "WishForm":
        """The form filled in with what was last said."""
        return cls(data={"words": said.words, "source": said.source} if said else None, **options)


def _form(base: type[F], fields: Mapping[str, Field], **options: Any) -> F:
    """A form of the base with these fields too."""
    return cast("type[F]", type(base.__name__, (base,), dict(fields)))(**options)
