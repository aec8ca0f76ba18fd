"""The filter of the employer register. It is sent with GET: it is about employers, not people."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField
from wtforms.validators import Optional

from aktema.core.errors import Message
from aktema.core.forms import LineField, choices
from aktema.employers.words import SECTORS
from aktema.home.register_queries import Look, RegisterFilter
from aktema.vocabulary.fields import LocalityField
from aktema.vocabulary.localities import Locality, get_locality

KILOMETRES = (10, 25, 50, 100)
LOOKS: dict[Look, Message] = {
    Look.NEVER_ASKED: _l("Har aldrig fått en fråga"),
    Look.HAS_PLACES: _l("Har platser ute"),
    Look.LEADS: _l("Tips, ingen har pratat med dem"),
    Look.QUIET: _l("Ingen kontakt på 90 dagar"),
    Look.SILENT: _l("Svarade inte på sista frågan"),
}


class RegisterFilterForm(Form):
    q = LineField(_l("Namn eller organisationsnummer"))
    look = SelectField(
        _l("Vilka"),
        choices=choices([("", _l("Alla")), *((one.value, label) for one, label in LOOKS.items())]),
        default="",
    )
    sector = SelectField(_l("Typ"), choices=choices([("", _l("Alla")), *SECTORS.items()]), default="")
    near = LocalityField(_l("Räkna avstånd från"), [Optional()])
    km = SelectField(
        _l("Högst så långt bort"),
        choices=choices([("", _l("Hur långt som helst")), *((str(n), f"{n} km") for n in KILOMETRES)]),
        default="",
    )

    def chosen(self) -> RegisterFilter:
        """What the filter asks for; one that cannot be read narrows nothing."""
        if not self.validate():
            return RegisterFilter()
        return RegisterFilter(
            typed=self.q.data or "",
            sector=self.sector.data or "",
            look=Look(self.look.data) if self.look.data else None,
            near=self._near(),
            within_km=int(self.km.data) if self.km.data else None,
        )

    def _near(self) -> Locality | None:
        return None if self.near.data is None else get_locality(self.near.data)
