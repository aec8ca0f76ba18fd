"""Forms of those who look after accounts and units."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError
from wtforms.validators import Regexp

from aktema.access.models import Unit
from aktema.access.roles import UNIT_ROLES, Role
from aktema.core.forms import BaseForm, DateField, LineField, Required, choices

NO_UNIT = ""
ADDRESS = r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+\Z"
KINDS = (("municipal", _l("Kommunal")), ("private", _l("Privat")))


class PersonForm(BaseForm):
    """Who is invited; declared first, because forms show and name their fields in the order they are declared."""

    name = LineField(_l("Namn"), [Required()], render_kw={"autocomplete": "off"})
    email = LineField(
        _l("E-postadress"),
        [Required(), Regexp(ADDRESS, message=_l("Skriv en hel adress, till exempel kim@kommunen.se."))],
        description=_l("Adressen blir personens inloggningsnamn."),
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )


class RoleForm(BaseForm):
    """A role, and the unit it is held in where the role belongs to one."""

    role = RadioField(_l("Roll"), [Required(_l("Välj en roll."))])
    unit = SelectField(_l("Enhet"), default=NO_UNIT)

    def __init__(self, *, roles: Sequence[Role], units: Sequence[Unit], **options: Any) -> None:
        super().__init__(**options)
        self._units = {unit.public_id: unit.id for unit in units}
        self.role.choices = choices((role.value, role.label) for role in roles)
        named = ((unit.public_id, unit.name) for unit in units)
        self.unit.choices = choices([(NO_UNIT, _("Ingen enhet")), *named])
        self.unit.description = _(
            "Jobbcoach, koordinator och enhetschef hör till en enhet. Andra roller gör det inte."
        )

    def validate_unit(self, field: SelectField) -> None:
        known = {role.value for role in UNIT_ROLES}
        if self.role.data in known and field.data == NO_UNIT:
            raise ValidationError(_("Välj enheten där personen arbetar."))
        if self.role.data and self.role.data not in known and field.data != NO_UNIT:
            raise ValidationError(_("Den rollen hör inte till någon enhet. Välj Ingen enhet."))

    @property
    def chosen_role(self) -> Role:
        return Role(self.role.data)

    @property
    def chosen_unit_id(self) -> int | None:
        return self._units.get(self.unit.data)


class InviteForm(PersonForm, RoleForm):
    """Somebody new, with a first role."""


class UnitForm(BaseForm):
    """A unit of the municipality or of a private provider."""

    name = LineField(_l("Namn"), [Required()])
    kind = RadioField(_l("Vem driver enheten?"), [Required(_l("Välj en av dem."))], choices=choices(KINDS))
    provider = LineField(
        _l("Utförare"), description=_l("Företagets eller föreningens namn, om enheten är privat.")
    )


class ExistingUnitForm(UnitForm):
    closed_on = DateField(
        _l("Stängd från"),
        description=_l("En stängd enhet går inte längre att välja. Det som hänt där finns kvar."),
    )
