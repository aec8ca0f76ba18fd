"""Forms of employers, contacts and workplaces, and the two lists' filters."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, RadioField, SelectField
from wtforms.validators import Optional, Regexp

from aktema.core.forms import BaseForm, LineField, ParagraphField, PhoneField, Required, choices
from aktema.employers import words
from aktema.employers.employer_queries import EmployerFilter
from aktema.employers.operations import ContactFacts, EmployerFacts, WorkplaceFacts
from aktema.employers.placement_queries import PlacementFilter
from aktema.employers.states import State
from aktema.vocabulary.fields import LocalityField

ALL = ("", _l("Alla"))
SECTORS = choices(words.SECTORS.items())
ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+\Z"
Choices = list[tuple[str, Any]]


class EmployerForm(BaseForm):
    name = LineField(_l("Namn"), [Required(_l("Skriv vad arbetsgivaren heter."))])
    sector = RadioField(_l("Typ"), [Required(_l("Välj vilken typ av arbetsgivare det är."))], choices=SECTORS)
    organisation_number = LineField(
        _l("Organisationsnummer"), description=_l("Tio siffror. Lämna tomt för enskild firma."), longest=20
    )
    description = ParagraphField(_l("Om arbetsgivaren"), description=_l("Vad gör de? Hur många arbetar där?"))

    def facts(self) -> EmployerFacts:
        return EmployerFacts(
            name=str(self.name.data),
            sector=str(self.sector.data),
            organisation_number=self.organisation_number.data or "",
            description=self.description.data or "",
        )


class NoteForm(BaseForm):
    internal_note = ParagraphField(
        _l("Anteckning"), description=_l("Bra för kollegor att veta. Skriv aldrig om deltagare här.")
    )


class ContactForm(BaseForm):
    name = LineField(_l("Namn"), [Required(_l("Skriv vad personen heter."))])
    task = LineField(_l("Uppgift"), description=_l("Till exempel chef eller handledare."))
    phone = PhoneField(_l("Telefon"))
    email = LineField(
        _l("E-post"),
        [Optional(), Regexp(ADDRESS, message=_l("Skriv en hel e-postadress, till exempel namn@foretag.se."))],
        render_kw={"type": "email"},
    )

    def facts(self) -> ContactFacts:
        return ContactFacts(
            name=str(self.name.data),
            task=self.task.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
        )


class WorkplaceForm(BaseForm):
    name = LineField(_l("Arbetsplatsens namn"), [Required(_l("Skriv vad arbetsplatsen kallas."))])
    street = LineField(_l("Gatuadress"))
    locality_id = LocalityField(
        _l("Ort"),
        [Required(_l("Skriv vilken ort arbetsplatsen ligger i."))],
        description=_l("Börja skriva och välj i listan."),
    )
    access_facts = ParagraphField(
        _l("Att komma fram och in"),
        description=_l("Till exempel hållplats, trappor, hiss, dörrar, toalett och var man samlas."),
    )

    def facts(self) -> WorkplaceFacts:
        return WorkplaceFacts(
            name=str(self.name.data),
            street=self.street.data or "",
            locality_id=self.locality_id.data,
            access_facts=self.access_facts.data or "",
        )


class EmployerFilterForm(Form):
    """Sent with GET: it is about companies, not people."""

    q = LineField(_l("Namn eller organisationsnummer"))
    sector = SelectField(_l("Typ"), choices=choices([ALL, *words.SECTORS.items()]), default="")
    closed = BooleanField(_l("Visa stängda"))

    def chosen(self) -> EmployerFilter:
        """What the filter asks for; one that cannot be read narrows nothing."""
        if not self.validate():
            return EmployerFilter()
        closed = bool(self.closed.data)
        return EmployerFilter(typed=self.q.data or "", sector=self.sector.data or "", is_closed=closed)


class PlacementFilterForm(Form):
    """Sent with GET: it is about placements, not people."""

    q = LineField(_l("Plats, arbetsgivare eller ort"))
    state = SelectField(
        _l("Läge"), choices=choices([("", _l("Alla öppna")), *words.STATES.items()]), default=""
    )
    group = SelectField(_l("Arbetsuppgifter"), default="")
    locality = SelectField(_l("Ort"), default="")

    def __init__(self, formdata: Any, *, groups: Choices, localities: Choices) -> None:
        super().__init__(formdata)
        self.group.choices = choices([ALL, *groups])
        self.locality.choices = choices([ALL, *localities])

    def chosen(self) -> PlacementFilter:
        """What the filter asks for; one that cannot be read narrows nothing."""
        if not self.validate():
            return PlacementFilter()
        return PlacementFilter(
            typed=self.q.data or "",
            state=State(self.state.data) if self.state.data else None,
            activity_group_id=int(self.group.data) if self.group.data else None,
            locality_id=int(self.locality.data) if self.locality.data else None,
        )
