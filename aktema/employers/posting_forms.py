"""The screens by which an employer posts a position: taps where taps do, and nothing a coach can ask later."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField

from aktema.core.errors import Message
from aktema.core.forms import (
    BaseForm,
    LineField,
    ParagraphField,
    Required,
    WholeNumberField,
    choices,
)
from aktema.employers import words
from aktema.employers.models import Contact, Employer, Workplace
from aktema.employers.placement_forms import MOST_PLACES, SHORT_DESCRIPTION
from aktema.employers.rules import HIGHEST_LEVEL, Times, times_problems, weekday_bits
from aktema.vocabulary.fields import LocalityField
from aktema.vocabulary.queries import activities, adaptations, vocabulary
from aktema.vocabulary.words import Dimension

Span = tuple[int | None, int | None]
Choice = tuple[Span, Message]
WEEKLY: tuple[Choice, ...] = (
    ((None, 600), _l("Högst 10 timmar")),
    ((600, 1200), _l("10–20 timmar")),
    ((1200, 1800), _l("20–30 timmar")),
    ((1800, 2400), _l("30–40 timmar")),
    ((None, None), _l("Det varierar")),
)
"""Minutes a week, from least to most."""
PARTS_OF_DAY: tuple[Choice, ...] = (
    ((300, 600), _l("Tidig morgon, ungefär 5–10")),
    ((480, 720), _l("Förmiddag, ungefär 8–12")),
    ((480, 1020), _l("Dagtid, ungefär 8–17")),
    ((720, 1020), _l("Eftermiddag, ungefär 12–17")),
    ((960, 1260), _l("Kväll, ungefär 16–21")),
    ((None, None), _l("Det varierar")),
)
"""Minutes after midnight."""
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


class TasksForm(BaseForm):
    activities = SelectMultipleField(_l("Uppgifter"), [Required(_l("Välj minst en uppgift."))], coerce=int)
    description = ParagraphField(
        _l("Berätta kort med egna ord"),
        longest=SHORT_DESCRIPTION,
        description=_l("Hur ser en vanlig dag ut? Skriv som du pratar."),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.activities.choices = choices((str(one.id), str(one)) for one in activities())


class DemandsForm(BaseForm):
    """A choice for each demand that is suggested, named by the dimension's code: less, so, more, or unknown."""

    def levels(self, suggested: Mapping[int, int]) -> dict[int, int]:
        """The corrected levels by dimension id; what is unknown is left out."""
        known = vocabulary().dimensions
        answers = {key: self[known[key].code].data for key in suggested}
        return {key: suggested[key] + int(step) for key, step in answers.items() if step is not None}


def demands_form(suggested: Mapping[int, int]) -> type[DemandsForm]:
    known = vocabulary().dimensions
    fields = {one.code: _demand(one, suggested[one.id]) for one in known.values() if one.id in suggested}
    return cast("type[DemandsForm]", type("DemandsForm", (DemandsForm,), fields))


def _demand(dimension: Dimension, level: int) -> Any:
    steps = [
        ("-1", _l("Mindre"), level > 0),
        ("0", _l("Stämmer"), True),
        ("1", _l("Mer"), level < HIGHEST_LEVEL),
        ("", _l("Vet inte"), True),
    ]
    return RadioField(
        dimension.anchor(level).demand(),
        coerce=_step,
        choices=choices((value, label) for value, label, is_open in steps if is_open),
        default=0,
    )


def _step(value: object) -> int | None:
    return None if value in (None, "") else int(str(value))


def written(span: Span) -> str:
    """The span as a choice's value."""
    return "-".join("" if one is None else str(one) for one in span)


def read_span(text: str) -> Span:
    """The span of a choice's value."""
    least, _dash, most = text.partition("-")
    return (int(least) if least else None, int(most) if most else None)


class WhenForm(BaseForm):
    weekly = RadioField(_l("Hur mycket i veckan?"), [Required(_l("Välj hur mycket det är i veckan."))])
    weekdays = SelectMultipleField(
        _l("Vilka dagar?"),
        [Required(_l("Välj minst en dag."))],
        coerce=int,
        choices=choices((str(day), name) for day, name in enumerate(words.WEEKDAYS)),
        default=MONDAY_TO_FRIDAY,
    )
    part_of_day = RadioField(_l("När på dagen?"), [Required(_l("Välj när på dagen det är."))])
    places = WholeNumberField(
        _l("Hur många kan vara där samtidigt?"), [Required()], least=1, most=MOST_PLACES, default=1
    )

    def __init__(
        self, *, weekly: Sequence[Choice] = (), parts_of_day: Sequence[Choice] = (), **options: Any
    ) -> None:
        """What is offered besides the usual: the hours of a position that is posted again can be kept."""
        super().__init__(**options)
        self.weekly.choices = choices((written(span), label) for span, label in (*WEEKLY, *weekly))
        self.part_of_day.choices = choices(
            (written(span), label) for span, label in (*PARTS_OF_DAY, *parts_of_day)
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Days and times must hold the hours that are asked for."""
        if not super().validate(extra_validators):
            return False
        problems = times_problems(self.times())
        self.weekly.errors = [words.TIMES_PROBLEMS[problem] for problem in problems]
        return not problems

    def times(self) -> Times:
        least, most = read_span(str(self.weekly.data))
        starts_at, ends_at = read_span(str(self.part_of_day.data))
        return Times(
            least_weekly_minutes=least,
            most_weekly_minutes=most,
            weekdays=weekday_bits(self.weekdays.data or ()),
            starts_at=starts_at,
            ends_at=ends_at,
            places=self.places.data or 1,
        )


ELSEWHERE = ("", _l("En annan adress"))
SOMEBODY_ELSE = ("", _l("Någon annan"))


class WhereForm(BaseForm):
    workplace = RadioField(_l("Var är det?"))
    street = LineField(_l("Gatuadress"))
    locality_id = LocalityField(_l("Ort"), description=_l("Börja skriva och välj i listan."))
    supervisor = RadioField(_l("Vem visar och svarar på frågor?"))
    supervisor_name = LineField(_l("Namn, om det är någon annan"))
    adaptations = SelectMultipleField(_l("Det här kan vi ordna om någon behöver det"), coerce=int)

    def __init__(self, *, employer: Employer, **options: Any) -> None:
        super().__init__(**options)
        self.workplaces = {one.public_id: one for one in employer.workplaces}
        self.contacts = {one.public_id: one for one in employer.contacts if one.left_on is None}
        places = ((key, _place_label(one)) for key, one in self.workplaces.items())
        people = ((key, one.name) for key, one in self.contacts.items())
        self._choose("workplace", [*places, ELSEWHERE])
        self._choose("supervisor", [*people, SOMEBODY_ELSE])
        self.adaptations.choices = choices((str(one.id), str(one)) for one in adaptations())
        self.locality_id.flags.required = "workplace" not in self

    def _choose(self, name: str, offered: Iterable[tuple[str, Message]]) -> None:
        """A choice among one is none."""
        listed = list(offered)
        self[name].choices = choices(listed)
        if len(listed) == 1:
            del self[name]
        elif self[name].data is None:
            self[name].data = listed[0][0]

    def validate_locality_id(self, field: LocalityField) -> None:
        if self.chosen_workplace is None and field.data is None and not field.errors:
            field.errors = [_("Skriv vilken ort det är i.")]

    @property
    def chosen_workplace(self) -> Workplace | None:
        """None where it is at an address of which nothing is known yet."""
        return self.workplaces.get(str(self.workplace.data)) if "workplace" in self else None

    @property
    def chosen_supervisor(self) -> Contact | None:
        return self.contacts.get(str(self.supervisor.data)) if "supervisor" in self else None


def _place_label(workplace: Workplace) -> str:
    return f"{workplace.name}, {workplace.street}" if workplace.street else workplace.name
