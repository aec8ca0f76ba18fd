"""Forms about an employer's wishes and its colleagues."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import Regexp

from aktema.core.forms import BaseForm, DateField, LineField, Required, WholeNumberField
from aktema.employers.company_operations import Wishes
from aktema.employers.forms import ADDRESS

MOST_A_MONTH = 99


class WishesForm(BaseForm):
    month_cap = WholeNumberField(
        _l("Högst så många frågor i månaden"),
        least=1,
        most=MOST_A_MONTH,
        description=_l("Lämna tomt om det inte spelar någon roll."),
    )
    not_before = DateField(
        _l("Inga frågor före"),
        description=_l("ÅÅÅÅ-MM-DD. Platserna ligger kvar och visas igen från den dagen."),
    )

    def wishes(self) -> Wishes:
        return Wishes(month_cap=self.month_cap.data, not_before=self.not_before.data)


class ColleagueForm(BaseForm):
    name = LineField(_l("Namn"), [Required(_l("Skriv vad kollegan heter."))])
    task = LineField(_l("Uppgift"), description=_l("Till exempel handledare."))
    email = LineField(
        _l("E-post"),
        [
            Required(_l("Skriv kollegans e-postadress.")),
            Regexp(ADDRESS, message=_l("Skriv en hel e-postadress, till exempel namn@foretag.se.")),
        ],
        render_kw={"type": "email"},
    )
