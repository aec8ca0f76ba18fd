"""The forms of a plan, one for each part. A statement has standard words, easy-read words and pictures together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, TypeVar, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from aktema.core.forms import (
    BaseForm,
    DateField,
    LineField,
    ParagraphField,
    Required,
    TimeOfDayField,
    choices,
)
from aktema.people.codes import Weekday
from aktema.plans.codes import ANSWERS_TO, EASY_QUESTIONS, Channel, PointAnswer, WorkPoint
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_codes import (
    ACTIVITY_FIELDS,
    FROM_ORDER,
    GOAL_FIELDS,
    ON_OWN_PAGE,
    OWN_FIELDS,
    SUPPORT_LABELS,
    WORK_FIELDS,
    ConfirmedHow,
    LifeArea,
    PartHow,
    PartRole,
    PlanField,
    WeekPattern,
)
from aktema.plans.plan_operations import Confirmation
from aktema.plans.plan_part_operations import ActivityFacts, GoalFacts, OwnFacts, Said, WorkFacts
from aktema.plans.rules.document import Pattern, Picture, Statement
from aktema.plans.rules.plan import fingerprint
from aktema.vocabulary.symbol_forms import PictureForm, PicturesField

F = TypeVar("F", bound="PartForm")
LONGEST_LINE, LONGEST_TEXT, LONGEST_EASY = 300, 2000, 1000
IN_ONE_LINE = (PlanField.WHAT, PlanField.WHO, PlanField.WHERE, PlanField.WORK_WHO)
NEEDED = {PlanField.TEXT: _l("Skriv målet."), PlanField.WHAT: _l("Skriv vad ni ska göra.")}
"""What a goal and an activity are called by."""
BOOKKEEPING = ("csrf_token", "version", "idempotency_key")
CHANNELS = tuple((one.value, one.label) for one in Channel)
DAY_HINT = _l("ÅÅÅÅ-MM-DD")
HINTS = {
    PlanField.TEXT: _l("Det som ska bli annorlunda för personen, inte det ni gör. Ett mål i taget."),
    PlanField.MEASURE: _l("Vad kan personen göra då som inte går idag?"),
    PlanField.WHAT: _l("Till exempel: Dukar och diskar i kaféet."),
    PlanField.WHO: _l("Vem ansvarar för att det blir av?"),
    PlanField.HOW: _l("Hur gör ni för att det ska fungera? Till exempel: samma person möter varje morgon."),
    PlanField.OWN_WORDS: _l("Så som personen sa eller visade det, inte omskrivet."),
    PlanField.NO_OWN_WORDS: _l("Fylls i bara när personen inte ville eller kunde säga något."),
    PlanField.DISAGREEMENT: _l("Skriv vad personen, en företrädare eller någon annan tycker annorlunda om."),
    PlanField.WORK_NOT_ASKED: _l("Behövs bara när svaret är att det inte gick att fråga."),
}


def easy_name(field: PlanField) -> str:
    return f"{field.value}_easy"


def holds_name(field: PlanField) -> str:
    return f"{field.value}_holds"


def pictures_name(field: PlanField) -> str:
    return f"{field.value}_pictures"


class PartForm(PictureForm):
    """A part of a plan with the statements it makes, `says`, in the order they are written."""

    says: ClassVar[tuple[PlanField, ...]] = ()
    has_standard: ClassVar[bool] = True
    """Whether the standard words are written here; else they are the order's."""

    def said(self) -> list[Said]:
        """The statements as they were typed."""
        return [self._said(field) for field in self.says]

    def _said(self, field: PlanField) -> Said:
        chosen = self[pictures_name(field)].data
        return Said(
            field=field,
            standard=(self[field.value].data or "") if self.has_standard else "",
            easy=self[easy_name(field)].data or "",
            pictures=[Picture(ref=one.ref, word=one.word) for one in chosen],
            still_holds=bool(self[holds_name(field)].data),
        )

    def content(self) -> int:
        """The version of a part that is shown by this form: another number where it says anything else."""
        return fingerprint(
            sorted((field.name, field.data) for field in self if field.name not in BOOKKEEPING)
        )


def saying(*fields: PlanField) -> Callable[[type[F]], type[F]]:
    """A form of a part that makes these statements."""

    def add_fields(form: type[F]) -> type[F]:
        form.says = fields
        for field in fields:
            for name, made in _fields_of(field, has_standard=form.has_standard):
                setattr(form, name, made)
        return form

    return add_fields


def _fields_of(field: PlanField, *, has_standard: bool) -> Iterator[tuple[str, Any]]:
    label = field.label
    if has_standard:
        yield field.value, _standard_field(field)
    easy = _l("%(label)s, lättläst", label=label)
    yield easy_name(field), ParagraphField(easy, longest=LONGEST_EASY)
    yield holds_name(field), BooleanField(_l("Den lättlästa texten stämmer fortfarande"))
    yield pictures_name(field), PicturesField(_l("%(label)s, bilder", label=label))


def _standard_field(field: PlanField) -> Any:
    hint, needed = HINTS.get(field, ""), NEEDED.get(field)
    validators = [Required(needed)] if needed else None
    if field in IN_ONE_LINE:
        return LineField(field.label, validators, longest=LONGEST_LINE, description=hint)
    return ParagraphField(field.label, validators, longest=LONGEST_TEXT, description=hint)


def said_data(statements: Sequence[Statement]) -> Mapping[str, Any]:
    """The statements by field name, as a part's form is filled in with them."""
    data: dict[str, Any] = {}
    for one in statements:
        field = PlanField(one.field)
        data |= {one.field: one.standard, easy_name(field): one.easy, pictures_name(field): one.pictures}
    return data


@saying(*FROM_ORDER)
class OrderLinesForm(PartForm):
    """What the order says, told in easy-read and pictures. The order's own texts are not written here."""

    has_standard = False


@saying(*OWN_FIELDS)
class OwnForm(PartForm):
    own_words_channel = RadioField(_l("Hur sa personen det?"), [Optional()], choices=choices(CHANNELS))

    def facts(self) -> OwnFacts:
        """What was typed; only after the form has been found valid."""
        return OwnFacts(channel=channel_of(self.own_words_channel.data), said=self.said())


@saying(*WORK_FIELDS)
class WorkForm(PartForm):
    """The answers are those of a follow-up's point about work, so that they can be counted together."""

    work_wish = RadioField(
        WorkPoint.WISH_FOR_WORK.label,
        [Optional()],
        choices=choices((one.value, one.label) for one in ANSWERS_TO[WorkPoint.WISH_FOR_WORK]),
        description=_l("Fråga så här: %(question)s", question=EASY_QUESTIONS[WorkPoint.WISH_FOR_WORK]),
    )
    work_wish_channel = RadioField(_l("Hur gav personen sitt svar?"), [Optional()], choices=choices(CHANNELS))
    work_by = DateField(_l("När ska nästa steg vara taget?"), description=DAY_HINT)

    def facts(self) -> WorkFacts:
        """What was typed; only after the form has been found valid."""
        answer = self.work_wish.data
        return WorkFacts(
            wish=PointAnswer(answer) if answer else None,
            channel=channel_of(self.work_wish_channel.data),
            by=cast("date | None", self.work_by.data),
            said=self.said(),
        )


def channel_of(code: str | None) -> Channel | None:
    return Channel(code) if code else None


@saying(*GOAL_FIELDS)
class GoalForm(PartForm):
    life_area = SelectField(
        _l("Livsområde"),
        [InputRequired(_l("Välj ett livsområde."))],
        choices=choices((("", _l("Välj")), *((one.value, one.label) for one in LifeArea))),
    )
    target_date = DateField(_l("När ska målet vara nått?"), description=DAY_HINT)

    def facts(self) -> GoalFacts:
        """What was typed; only after the form has been found valid."""
        return GoalFacts(
            life_area=LifeArea(self.life_area.data),
            target_date=cast("date | None", self.target_date.data),
            said=self.said(),
        )


@saying(*ACTIVITY_FIELDS)
class ActivityForm(PartForm):
    weekdays = SelectMultipleField(_l("Vilka dagar?"), choices=choices(Weekday.pairs()))
    week_pattern = RadioField(
        _l("Vilka veckor?"),
        [Optional()],
        choices=choices((one.value, one.label) for one in WeekPattern),
        default=WeekPattern.EVERY.value,
    )
    starts_at = TimeOfDayField(_l("Börjar klockan"))
    ends_at = TimeOfDayField(_l("Slutar klockan"))
    from_date = DateField(_l("Från och med"), description=DAY_HINT)
    to_date = DateField(_l("Till och med"), description=DAY_HINT)
    support_level = RadioField(
        _l("Hur mycket stöd behövs?"),
        [Optional()],
        choices=choices((str(level), label) for level, label in SUPPORT_LABELS.items()),
    )
    is_toward_work = BooleanField(_l("Det här är ett steg mot arbete"))

    def facts(self) -> ActivityFacts:
        """What was typed; only after the form has been found valid."""
        level = self.support_level.data
        return ActivityFacts(
            pattern=self._pattern(),
            support_level=int(level) if level else None,
            is_toward_work=bool(self.is_toward_work.data),
            said=self.said(),
        )

    def _pattern(self) -> Pattern:
        return Pattern(
            weekdays=sum(1 << int(day) for day in set(self.weekdays.data or ())),
            week_pattern=self.week_pattern.data or WeekPattern.EVERY.value,
            starts_at=cast("int | None", self.starts_at.data),
            ends_at=cast("int | None", self.ends_at.data),
            from_date=cast("date | None", self.from_date.data),
            to_date=cast("date | None", self.to_date.data),
        )


class ParticipationForm(BaseForm):
    """Somebody who took part, and how."""

    role = SelectField(
        _l("Vem?"),
        [InputRequired(_l("Välj vem det var."))],
        choices=choices((("", _l("Välj")), *((one.value, one.label) for one in PartRole))),
    )
    name = LineField(_l("Namn"), longest=LONGEST_LINE)
    how = SelectField(
        _l("Hur?"),
        [InputRequired(_l("Välj hur."))],
        choices=choices((("", _l("Välj")), *((one.value, one.label) for one in PartHow))),
    )


class NewPlanForm(BaseForm):
    """Which order the plan is about."""

    order = RadioField(_l("Vilken beställning gäller planen?"), [InputRequired(_l("Välj en beställning."))])

    def __init__(self, *, orders: Sequence[ServiceOrder], **options: Any) -> None:
        super().__init__(**options)
        self.order.choices = choices((one.public_id, order_label(one)) for one in orders)
        if not self.is_submitted() and orders:
            self.order.data = orders[0].public_id


def order_label(order: ServiceOrder) -> str:
    """The unit, and since when it was asked."""
    return _("%(unit)s, beställt %(day)s", unit=order.unit.name, day=order.sent_on.isoformat())


class ConfirmForm(BaseForm):
    """That the plan is as agreed: who said so, when and how. Min sida has a button of its own."""

    confirmed_on = DateField(_l("Vilken dag?"), [Required()], description=DAY_HINT)
    confirmed_by = RadioField(
        _l("Vem godkände planen?"),
        [InputRequired(_l("Välj vem."))],
        choices=choices(
            (("person", _l("Personen själv")), ("representative", _l("God man eller annan företrädare")))
        ),
    )
    confirmed_how = RadioField(
        _l("Hur?"),
        [InputRequired(_l("Välj hur."))],
        choices=choices((one.value, one.label) for one in ConfirmedHow if one not in ON_OWN_PAGE),
    )

    def confirmation(self) -> Confirmation:
        """What was typed; only after the form has been found valid."""
        return Confirmation(
            on=cast("date", self.confirmed_on.data),
            is_by_person=self.confirmed_by.data == "person",
            how=ConfirmedHow(self.confirmed_how.data),
        )
