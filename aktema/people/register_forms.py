"""The forms by which a person is registered, step by step."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.validators import Optional, Regexp

from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.core.forms import BaseForm, DateField, LineField, PhoneField, Required, choices
from aktema.core.personal_number import PersonalNumber, PersonalNumberError, parse_personal_number
from aktema.people.codes import CameFrom, Communication, RepresentativeKind, Sex
from aktema.people.operations import Facts, Spokesperson, age_refusal
from aktema.people.queries import Holder
from aktema.vocabulary.localities import Locality, find_locality, suggest_localities

EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
DATE_HINT = _l("ÅÅÅÅ-MM-DD")
NO_AUTOFILL = {"autocomplete": "off"}
CHOOSE = _l("Välj ett av svaren.")


def read_number(field: LineField) -> PersonalNumber | None:
    """The number typed, or None where nothing is. Raises ValidationError where it is no number."""
    try:
        return parse_personal_number(field.data, clock.today()) if field.data else None
    except PersonalNumberError as problem:
        raise ValidationError(str(problem)) from problem


class NameForm(BaseForm):
    """Who the person is."""

    first_name = LineField(_l("Förnamn"), [Required()], longest=100, render_kw=NO_AUTOFILL)
    last_name = LineField(_l("Efternamn"), [Required()], longest=100, render_kw=NO_AUTOFILL)
    birth_date = DateField(_l("Födelsedatum"), [Required()], description=DATE_HINT, render_kw=NO_AUTOFILL)
    personal_number = LineField(
        _l("Personnummer"),
        description=_l("10 eller 12 siffror. Lämna tomt om du inte vet. Det visas aldrig i listor."),
        longest=20,
        render_kw=NO_AUTOFILL,
    )
    sex = RadioField(
        _l("Kön"),
        [Optional()],
        choices=choices([("", _l("Vill inte ange")), *Sex.pairs()]),
        default="",
        description=_l("Används bara i statistik."),
    )

    def validate_birth_date(self, field: DateField) -> None:
        birth_date: Any = field.data
        refusal = age_refusal(birth_date) if birth_date else None
        if refusal is not None:
            raise ValidationError(str(refusal))

    def validate_personal_number(self, field: LineField) -> None:
        number = read_number(field)
        if number is None or number.birth_date is None or self.birth_date.data is None:
            return
        if number.birth_date != self.birth_date.data:
            raise ValidationError(_("Personnumret börjar med ett annat födelsedatum. Kontrollera båda."))

    @property
    def digits(self) -> str:
        """The twelve digits of a valid number, or nothing."""
        number = read_number(self.personal_number)
        return "" if number is None else number.digits


class BackgroundForm(BaseForm):
    """Where the person comes from and how to talk with them."""

    came_from = RadioField(
        _l("Varifrån kommer personen?"), choices=choices(CameFrom.pairs()), validators=[Required(CHOOSE)]
    )
    communication = RadioField(
        _l("Hur vill personen få och ge information?"),
        choices=choices(Communication.pairs()),
        validators=[Required(CHOOSE)],
    )
    communication_note = LineField(
        _l("Något att tänka på när ni pratar"),
        description=_l("Till exempel: Vänta in svaret. Använder egen pratapparat."),
    )
    phone = PhoneField(_l("Personens telefon"), longest=40)


class LocalityForm(BaseForm):
    """Where the person lives. Where the name fits several places, the form asks which one."""

    locality = LineField(
        _l("Ort där personen bor"),
        description=_l("Räknas med när vi ser hur långt det är till en plats."),
        longest=100,
        render_kw=NO_AUTOFILL,
    )
    locality_choice = RadioField(_l("Vilken ort menar du?"), [Optional()], choices=[], validate_choice=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asking = {"hx-get": url_for("people.localities"), "hx-trigger": "input changed delay:200ms"}
        self.locality.render_kw = {**NO_AUTOFILL, **asking, "list": "localities", "hx-target": "#localities"}
        self.locality_choice.choices = choices([(str(place.id), place.label) for place in self._candidates()])

    def _candidates(self) -> Sequence[Locality]:
        typed = self.locality.data
        if not typed or find_locality(typed) is not None:
            return ()
        alike = suggest_localities(typed)
        named_so = [place for place in alike if place.name.casefold() == typed.casefold()]
        return named_so or alike

    @property
    def locality_id(self) -> int | None:
        """The place typed or chosen; None where nothing is typed or it is not clear which is meant."""
        if not self.locality.data:
            return None
        place = find_locality(self.locality.data)
        chosen = [one for one in self._candidates() if str(one.id) == self.locality_choice.data]
        return place.id if place else chosen[0].id if chosen else None

    def validate_locality(self, field: LineField) -> None:
        if not field.data or self.locality_id is not None:
            return
        if self.locality_choice.choices:
            raise ValidationError(_("Det finns flera orter som liknar den du skrev. Välj en av dem."))
        raise ValidationError(_("Vi hittar ingen ort som heter så. Kontrollera stavningen."))


class SpokespersonForm(BaseForm):
    """Somebody who speaks for the person, if somebody does."""

    kind = RadioField(
        _l("Vem företräder personen?"), [Optional()], choices=choices(RepresentativeKind.pairs())
    )
    name = LineField(_l("Företrädarens namn"), render_kw=NO_AUTOFILL)
    phone = PhoneField(_l("Företrädarens telefon"), longest=40)
    email = LineField(
        _l("Företrädarens e-post"),
        [Optional(), Regexp(EMAIL, message=_l("Skriv adressen som namn@exempel.se."))],
        render_kw=NO_AUTOFILL,
    )
    scope = LineField(
        _l("Vad uppdraget gäller"), description=_l("Till exempel: ekonomi, boende, kontakt med myndigheter.")
    )

    @property
    def spokesperson(self) -> Spokesperson | None:
        """Who speaks for the person, or None where nothing is filled in."""
        filled = {name: self[name].data or "" for name in ("kind", "name", "phone", "email", "scope")}
        return Spokesperson(**filled) if any(filled.values()) else None

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whoever begins to describe somebody is asked for the two facts that are needed."""
        is_valid = super().validate(extra_validators)
        if self.spokesperson is not None and not self.kind.data:
            self.reject(DomainError(_("Välj vem som företräder personen."), "kind"))
        if self.spokesperson is not None and not self.name.data:
            self.reject(DomainError(_("Skriv företrädarens namn."), "name"))
        return is_valid and not self.errors


class HomeForm(LocalityForm, SpokespersonForm):
    """Where the person lives, and who speaks for them if somebody does."""


class ReviewForm(BaseForm):
    """The last step: who will be the coach, and that it is nobody who is here already."""

    coach = SelectField(_l("Vem blir jobbcoach?"), choices=[])
    is_another = BooleanField(_l("Det är inte samma person"))

    def __init__(self, *, coaches: Sequence[Holder], own_account_id: int, may_wait: bool) -> None:
        own = next((holder.code for holder in coaches if holder.account_id == own_account_id), "")
        super().__init__(data={"coach": own})
        nobody = [("", _("Ingen än"))] if may_wait else [("", _("Välj jobbcoach"))] if not own else []
        self.coach.choices = choices([*nobody, *((holder.code, holder.label) for holder in coaches)])
        self._coaches = {holder.code: holder for holder in coaches}

    @property
    def holder(self) -> Holder | None:
        return self._coaches.get(self.coach.data)


def facts_of(names: NameForm, background: BackgroundForm, home: LocalityForm) -> Facts:
    """What valid forms say of the person."""
    birth_date: Any = names.birth_date.data
    return Facts(
        first_name=names.first_name.data or "",
        last_name=names.last_name.data or "",
        birth_date=birth_date,
        personal_number=names.digits,
        sex=names.sex.data or None,
        came_from=background.came_from.data,
        communication=background.communication.data,
        communication_note=background.communication_note.data or "",
        phone=background.phone.data or "",
        locality_id=home.locality_id,
    )
