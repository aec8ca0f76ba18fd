"""The forms of signatures: by the employer, on paper, for the person, and the way to a link."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField

from aktema.core import clock
from aktema.core.forms import BaseForm, DateField, LineField, Required, choices
from aktema.employers.models import Contact
from aktema.pathway.trial_codes import OnBehalfReason

BY_STAFF = tuple(reason for reason in OnBehalfReason if reason is not OnBehalfReason.REPRESENTATIVE)
"""Why staff sign for the person; a representative signs in, or signs on paper."""


class EmployerSignForm(BaseForm):
    """The employer's yes: a name and a button."""

    name = LineField(
        _l("Ditt namn"),
        [Required(_l("Skriv ditt namn."))],
        description=_l("Det står på överenskommelsen."),
        render_kw={"autocomplete": "name"},
    )


class PaperForm(BaseForm):
    """What was signed on paper, with the paper itself where somebody scanned it."""

    name = LineField(_l("Vem skrev under?"), [Required()])
    signed_on = DateField(_l("Vilken dag?"), [Required()], description=_l("ÅÅÅÅ-MM-DD"))
    file = FileField(
        _l("Foto eller skannat papper"),
        description=_l("Kan vänta. JPEG, PNG, WebP eller PDF, högst 5 MB. Filen krypteras."),
        render_kw={"accept": "image/jpeg,image/png,image/webp,application/pdf"},
    )

    def __init__(self, *, name: str, **options: Any) -> None:
        super().__init__(data={"name": name, "signed_on": clock.today()}, **options)

    @property
    def day(self) -> date:
        """The day on the paper; only after the form has been found valid."""
        day: date = self.signed_on.data
        return day

    @property
    def content(self) -> bytes:
        """The scan; empty where none was sent."""
        content: bytes = self.file.data.read() if self.file.data else b""
        return content


class OnBehalfForm(BaseForm):
    """Why staff sign for the person."""

    reason = RadioField(
        _l("Varför skriver du under åt personen?"),
        [Required(_l("Välj varför."))],
        choices=choices((reason.value, reason.label) for reason in BY_STAFF),
    )


class SendLinkForm(BaseForm):
    """To whom at the employer the way to sign is sent."""

    contact = SelectField(_l("Vem ska skriva under?"), [Required(_l("Välj vem."))], choices=[])

    def __init__(self, *, contacts: Sequence[Contact], **options: Any) -> None:
        super().__init__(**options)
        self.contact.choices = choices((one.public_id, _contact_label(one)) for one in contacts)
        self.contacts = {one.public_id: one for one in contacts}


def _contact_label(contact: Contact) -> str:
    if contact.email:
        return f"{contact.name}, {contact.email}"
    return _("%(name)s (har ingen e-postadress)", name=contact.name)
