"""Forms of a placement's parts. Fields that the vocabulary names are made from it."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField

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
from aktema.employers import words
from aktema.employers.models import Contact, Employer, Workplace
from aktema.employers.placement_operations import Basics, Support
from aktema.employers.rules import Times, weekday_bits
from aktema.vocabulary.queries import activities, adaptations, constraints, dimensions, preferences
from aktema.vocabulary.words import Constraint, Dimension, Preference

MOST_PLACES = 99
SHORT_DESCRIPTION = 2000
DEPENDS_ON_THE_PERSON = frozenset(
    {
        "near_far",
        "known_new",
        "max_hours_per_day",
        "fixed_days",
        "transport_limit",
        "no_contact_with_person",
    }
)
"""Preferences and constraints that a placement has no answer to: they compare it with one person's life."""
UNKNOWN = ("", _l("Vet inte än"))


class BasicsForm(BaseForm):
    workplace = SelectField(_l("Arbetsplats"))
    title = LineField(
        _l("Vad kallas platsen?"),
        [Required(_l("Skriv vad platsen kallas."))],
        description=_l("Kort och konkret, till exempel Fylla på i butiken."),
    )
    description = ParagraphField(
        _l("Vad gör man?"),
        longest=SHORT_DESCRIPTION,
        description=_l("Med egna ord: en vanlig dag från början till slut."),
    )

    def __init__(self, *, employer: Employer, **options: Any) -> None:
        super().__init__(**options)
        self._workplaces = {workplace.public_id: workplace for workplace in employer.workplaces}
        self.workplace.choices = choices((key, _place_label(one)) for key, one in self._workplaces.items())

    def basics(self) -> Basics:
        return Basics(
            workplace=self._workplaces[str(self.workplace.data)],
            title=str(self.title.data),
            description=self.description.data or "",
        )


def _place_label(workplace: Workplace) -> str:
    return f"{workplace.name}, {workplace.street}" if workplace.street else workplace.name


class ActivitiesForm(BaseForm):
    activities = SelectMultipleField(_l("Arbetsuppgifter"), coerce=int)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.activities.choices = choices((str(one.id), str(one)) for one in activities())


class TimesForm(BaseForm):
    least_weekly_minutes = HoursField(_l("Minst timmar i veckan"), description=_l("Till exempel 10."))
    most_weekly_minutes = HoursField(_l("Mest timmar i veckan"), description=_l("Till exempel 25."))
    weekdays = SelectMultipleField(
        _l("Dagar"), coerce=int, choices=choices((str(day), name) for day, name in enumerate(words.WEEKDAYS))
    )
    starts_at = TimeOfDayField(_l("Tidigast från klockan"), description=_l("Till exempel 8.30."))
    ends_at = TimeOfDayField(_l("Senast till klockan"), description=_l("Till exempel 15."))
    places = WholeNumberField(
        _l("Hur många kan vara där samtidigt?"), [Required()], least=1, most=MOST_PLACES, default=1
    )
    from_date = DateField(_l("Första dagen"), description=_l("ÅÅÅÅ-MM-DD. Lämna tomt om det går bra nu."))
    to_date = DateField(
        _l("Sista dagen"), description=_l("ÅÅÅÅ-MM-DD. Lämna tomt om det gäller tills vidare.")
    )

    def times(self) -> Times:
        return Times(
            least_weekly_minutes=self.least_weekly_minutes.data,
            most_weekly_minutes=self.most_weekly_minutes.data,
            weekdays=weekday_bits(self.weekdays.data or ()),
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            places=self.places.data,
            from_date=self.from_date.data,
            to_date=self.to_date.data,
        )


class SupportForm(BaseForm):
    supervisor = SelectField(_l("Handledare på platsen"))
    supervision = ParagraphField(
        _l("Hur får man stöd?"), description=_l("Vem visar, hur ofta, vem frågar man när det kör ihop sig?")
    )
    adaptations = SelectMultipleField(_l("Det här kan platsen ordna"), coerce=int)

    def __init__(self, *, employer: Employer, **options: Any) -> None:
        super().__init__(**options)
        staying = [contact for contact in employer.contacts if contact.left_on is None]
        self._contacts = {contact.public_id: contact for contact in staying}
        people = ((key, _contact_label(one)) for key, one in self._contacts.items())
        self.supervisor.choices = choices([UNKNOWN, *people])
        self.adaptations.choices = choices((str(one.id), str(one)) for one in adaptations())

    def support(self) -> Support:
        return Support(
            supervisor=self._contacts.get(str(self.supervisor.data)),
            supervision=self.supervision.data or "",
            adaptation_ids=frozenset(self.adaptations.data or ()),
        )


def _contact_label(contact: Contact) -> str:
    return f"{contact.name}, {contact.task}" if contact.task else contact.name


class MoveForm(BaseForm):
    """A button that moves a placement from one state to another."""

    move = RadioField(choices=choices(words.MOVES.items()))


class WordsForm(BaseForm):
    """A field for each word of a part of the vocabulary, named by the word's code."""

    def answers(self, asked: Iterable[Dimension | Preference | Constraint]) -> dict[int, int]:
        """The answers by the word's id; what is not known is left out."""
        given = {word.id: self[word.code].data for word in asked}
        return {number: answer for number, answer in given.items() if answer is not None}


def _number(value: object) -> int | None:
    """A choice's value as it is kept: the empty one is None, unknown. Raises ValueError for no number."""
    return None if value in (None, "") else int(str(value))


def _made_of(fields: Mapping[str, Any]) -> type[WordsForm]:
    return cast("type[WordsForm]", type("WordsForm", (WordsForm,), dict(fields)))


def demands_form(suggested: Mapping[int, int]) -> type[WordsForm]:
    """A choice of level for each dimension; the level that the activities suggest says so."""
    return _made_of({one.code: _demand_field(one, suggested.get(one.id)) for one in dimensions()})


def _demand_field(dimension: Dimension, suggested: int | None) -> Any:
    asked = ((anchor.level, anchor.demand()) for anchor in dimension.anchors)
    levels = [(str(level), _level_label(text, level, suggested)) for level, text in asked]
    return SelectField(str(dimension), coerce=_number, choices=choices([UNKNOWN, *levels]))


def _level_label(text: str, level: int, suggested: int | None) -> str:
    if level != suggested:
        return f"{level}: {text}"
    return _("%(level)s: %(text)s (förslag)", level=level, text=text)


def asked_preferences() -> tuple[Preference, ...]:
    return tuple(one for one in preferences() if one.code not in DEPENDS_ON_THE_PERSON)


def asked_constraints() -> tuple[Constraint, ...]:
    return tuple(one for one in constraints() if one.code not in DEPENDS_ON_THE_PERSON)


def surroundings_form() -> type[WordsForm]:
    """A choice between two poles for each preference, and met or not for each constraint."""
    poles = {one.code: _pole_field(one) for one in asked_preferences()}
    return _made_of({**poles, **{one.code: _constraint_field(one) for one in asked_constraints()}})


def _pole_field(preference: Preference) -> Any:
    return SelectField(
        str(preference), coerce=_number, choices=choices([UNKNOWN, *pole_words(preference).items()])
    )


def pole_words(preference: Preference) -> dict[str, Message]:
    """What the five steps from the first pole to the second are called, by their number."""
    first, second = (pole[:1].upper() + pole[1:] for pole in preference.poles())
    return {
        "-2": first,
        "-1": _("Mest: %(pole)s", pole=first.lower()),
        "0": _("Både och"),
        "1": _("Mest: %(pole)s", pole=second.lower()),
        "2": second,
    }


def _constraint_field(constraint: Constraint) -> Any:
    answers = [UNKNOWN, ("1", _("Ja")), ("0", _("Nej"))]
    return SelectField(str(constraint), coerce=_number, choices=choices(answers))
