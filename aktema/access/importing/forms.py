"""The forms of an import: the file, and which of its columns is which."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import Optional

from aktema.access.importing.kinds import ImportKind, Said
from aktema.access.importing.models import ImportFile
from aktema.access.models import Unit
from aktema.core.errors import DomainError
from aktema.core.forms import BaseForm, Required, choices
from aktema.core.importing import Column
from aktema.core.tabular.model import column_letter

PREFIX = "column_"


class UploadForm(BaseForm):
    """The file, and the unit for whoever has more than one."""

    file = FileField(
        _l("Din fil"),
        [FileRequired(_l("Välj en fil."))],
        description=_l("Excel (.xlsx) eller CSV. Högst 10 000 rader och 10 MB."),
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )
    unit = SelectField(_l("Enhet"), description=_l("Enheten som de inlästa hör till."))

    def __init__(self, units: Sequence[Unit]) -> None:
        super().__init__()
        self._unit_ids = {unit.public_id: unit.id for unit in units}
        self.unit.choices = choices((unit.public_id, unit.name) for unit in units)
        if len(units) <= 1:
            del self.unit

    @property
    def said(self) -> Said:
        """What the form asks for beside the file."""
        return {}

    @property
    def unit_id(self) -> int | None:
        """The unit chosen, or the only one; None for whoever reads files in for no unit."""
        return self._unit_ids[self.unit.data] if self.unit else next(iter(self._unit_ids.values()), None)


class ColumnsForm(BaseForm):
    """A choice among the file's columns for each of ours."""

    def mapping(self, kind: ImportKind) -> dict[str, int | None]:
        chosen = {column.key: self[PREFIX + column.key].data for column in kind.columns}
        return {key: int(index) if index else None for key, index in chosen.items()}

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Something of the file is read, and nothing of it as two things."""
        super().validate(extra_validators)
        if not any(field.data for field in self.visible_fields()):
            first = next(self.visible_fields())
            self.reject(DomainError(_("Välj minst en kolumn."), first.name))
        takers: dict[str, str] = {}
        for field in self.visible_fields():
            other = takers.setdefault(field.data, str(field.label.text)) if field.data else ""
            if other not in ("", str(field.label.text)):
                self.reject(DomainError(_("Kolumnen är redan vald för %(other)s.", other=other), field.name))
        return not self.errors


def columns_form(kind: ImportKind, file: ImportFile) -> ColumnsForm:
    """The form for this file, filled in with what is chosen or guessed."""
    headings = [(str(index), f"{column_letter(index)}: {name}") for index, name in enumerate(file.headings)]
    fields = {PREFIX + column.key: _field(column, headings) for column in kind.columns}
    made = cast("type[ColumnsForm]", type("ColumnsForm", (ColumnsForm,), fields))
    chosen = {PREFIX + key: "" if index is None else str(index) for key, index in file.mapping.items()}
    return made(data=chosen)


def _field(column: Column[object], headings: Sequence[tuple[str, str]]) -> SelectField:
    nothing = ("", _("Välj kolumn") if column.is_required else _("Finns inte i filen"))
    need = Required(_("Den här kolumnen måste finnas i filen.")) if column.is_required else Optional()
    return SelectField(
        str(column.label), [need], description=column.help, choices=choices([nothing, *headings])
    )
