"""Forms about who a person is: corrections, representatives, responsibles, and finding somebody."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired

from aktema.access.models import Account, Unit
from aktema.core.errors import Message
from aktema.core.forms import BaseForm, DateField, LineField, Required, choices
from aktema.people.caseload import Filters
from aktema.people.codes import CameFrom, MandateArea, NumberReason, RepresentativeKind
from aktema.people.models import Participant, Representative
from aktema.people.operations import Mandate
from aktema.people.queries import Holder, locality_name
from aktema.people.register_forms import (
    CHOOSE,
    DATE_HINT,
    NO_AUTOFILL,
    BackgroundForm,
    LocalityForm,
    NameForm,
    SpokespersonForm,
    read_number,
)

NUMBER_DIGITS = 12


class RepresentativeForm(SpokespersonForm):
    """Somebody new who speaks for the person."""

    kind = RadioField(
        _l("Vem är det?"), choices=choices(RepresentativeKind.pairs()), validators=[Required(CHOOSE)]
    )
    name = LineField(_l("Namn"), [Required()], render_kw=NO_AUTOFILL)


class IdentityForm(NameForm, BackgroundForm, LocalityForm):
    """Who the person is, corrected. The number is never filled in: what is typed replaces it."""

    def __init__(self, participant: Participant, **options: Any) -> None:
        values = {
            name: getattr(participant, name)
            for name in (
                "first_name",
                "last_name",
                "birth_date",
                "came_from",
                "communication",
                "communication_note",
                "phone",
            )
        }
        place = locality_name(participant.locality_id, in_full=True)
        super().__init__(data={**values, "sex": participant.sex or "", "locality": place}, **options)
        self._born = participant.birth_date
        if participant.personal_number_sealed:
            self.personal_number.description = _("Lämna tomt för att behålla det som finns.")

    def validate_birth_date(self, field: DateField) -> None:
        """Who has grown too old for the ages is still whom they were registered as."""
        if field.data != self._born:
            super().validate_birth_date(field)


class ProofForm(BaseForm):
    """Proof of what a representative may do."""

    seen_on = DateField(_l("Dag då du såg beslutet"), [Required()], description=DATE_HINT)
    to_date = DateField(_l("Uppdraget gäller till och med"), [Required()], description=DATE_HINT)
    areas = SelectMultipleField(
        _l("Vad omfattar uppdraget?"),
        [InputRequired(_l("Välj minst en del."))],
        choices=choices(MandateArea.pairs()),
        description=_l("Det bestämmer vad företrädaren ser av personens egen sida."),
    )
    scope = LineField(_l("Vad uppdraget gäller"), [Required()])

    @classmethod
    def of(cls, representative: Representative, *, seen_on: date | None, **options: Any) -> "ProofForm":
        """The form filled in with what is known of the mandate."""
        areas = representative.areas.split(",") if representative.areas else []
        known = {"to_date": representative.to_date, "scope": representative.scope, "areas": areas}
        return cls(data={**known, "seen_on": seen_on}, **options)

    @property
    def mandate(self) -> Mandate:
        seen_on: Any = self.seen_on.data
        to_date: Any = self.to_date.data
        areas = self.areas.data or ()
        return Mandate(seen_on=seen_on, to_date=to_date, scope=self.scope.data or "", areas=areas)


class ReasonForm(BaseForm):
    """Why a personal number is shown."""

    reason = SelectField(_l("Varför behöver du se det?"), choices=choices(NumberReason.pairs()))


class NumberSearchForm(BaseForm):
    """An exact search by personal number."""

    personal_number = LineField(
        _l("Personnummer"),
        [Required()],
        description=_l("Alla 12 siffror."),
        longest=20,
        render_kw=NO_AUTOFILL,
    )
    reason = SelectField(_l("Varför söker du?"), choices=choices(NumberReason.pairs()))

    def validate_personal_number(self, field: LineField) -> None:
        if field.data and sum(map(str.isdigit, field.data)) != NUMBER_DIGITS:
            raise ValidationError(_("Skriv alla 12 siffror: ÅÅÅÅMMDD-NNNN."))
        read_number(field)

    @property
    def digits(self) -> str:
        number = read_number(self.personal_number)
        return "" if number is None else number.digits


class AssignForm(BaseForm):
    """Who works with the person from today."""

    holder = SelectField(_l("Vem?"), choices=[], validators=[Required(_l("Välj en person i listan."))])

    def __init__(self, *, holders: Sequence[Holder], **options: Any) -> None:
        super().__init__(**options)
        self.holder.choices = choices([("", _("Välj")), *((holder.code, holder.label) for holder in holders)])
        self.holders = {holder.code: holder for holder in holders}


class SearchForm(BaseForm):
    """A name, or a part of one."""

    name = LineField(_l("Sök på namn"), longest=100, render_kw={"autocomplete": "off", "type": "search"})


class FilterForm(Form):
    """What the list is narrowed to, from the address. What it doesn't know narrows nothing."""

    enhet = SelectField(_l("Enhet"), validate_choice=False)
    coach = SelectField(_l("Jobbcoach"), validate_choice=False)
    kom_fran = SelectField(_l("Kommer från"), validate_choice=False)
    visa = SelectField(_l("Visa"), validate_choice=False)

    def __init__(self, formdata: Any, *, units: Sequence[Unit], coaches: Sequence[Account]) -> None:
        super().__init__(formdata)
        every: list[tuple[str, Message]] = [("", _("Alla"))]
        self.enhet.choices = choices([*every, *((unit.public_id, unit.name) for unit in units)])
        self.coach.choices = choices([*every, *((coach.public_id, coach.name) for coach in coaches)])
        self.kom_fran.choices = choices([*every, *CameFrom.pairs()])
        self.visa.choices = choices(
            [
                ("", _("Pågående")),
                ("utan_coach", _("Utan jobbcoach")),
                ("avslutade", _("Avslutade")),
            ]
        )

    @property
    def filters(self) -> Filters:
        return Filters(
            unit=_known(self.enhet),
            coach=_known(self.coach),
            came_from=_known(self.kom_fran),
            without_coach=self.visa.data == "utan_coach",
            closed=self.visa.data == "avslutade",
        )


def _known(field: SelectField) -> str:
    known = {str(choice[0]) for choice in field.iter_choices()}
    return field.data if field.data in known else ""
