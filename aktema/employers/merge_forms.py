"""The form that makes two rows of one organisation one."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField

from aktema.core.forms import BaseForm, Required, choices
from aktema.employers.models import Employer


class MergeForm(BaseForm):
    """Which of two, each with its label, stays. The other's version comes along: either may have changed meanwhile."""

    kept = RadioField(_l("Vilken ska vara kvar?"), [Required(_l("Välj vilken som ska vara kvar."))])
    other_version = HiddenField(default="")

    def __init__(self, *, employers: Sequence[tuple[Employer, str]], **options: Any) -> None:
        super().__init__(**options)
        self._employers = {one.public_id: one for one, _label in employers}
        self.kept.choices = choices((one.public_id, label) for one, label in employers)

    def kept_and_gone(self) -> tuple[Employer, Employer]:
        """Only after the form has been found valid."""
        kept = self._employers[str(self.kept.data)]
        return kept, next(one for one in self._employers.values() if one is not kept)
