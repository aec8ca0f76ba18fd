"""What matters most, and what was decided."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired

from aktema.core.forms import BaseForm, LineField, ParagraphField, choices
from aktema.matching import codes, rules

_EMPHASES = choices(codes.EMPHASES.items())
_WORDS = 1000


class WeightsForm(BaseForm):
    """How much each part counts for this person now."""

    wish = RadioField(_l("Vill: det personen tycker om att göra"), choices=_EMPHASES, default="usual")
    fit = RadioField(_l("Kan: det personen klarar"), choices=_EMPHASES, default="usual")
    preferences = RadioField(_l("Trivs: hur personen vill ha det"), choices=_EMPHASES, default="usual")
    practical = RadioField(_l("Praktiskt: resa, dagar och timmar"), choices=_EMPHASES, default="usual")

    def emphases(self) -> dict[str, str]:
        return {part: str(self[part].data) for part in rules.PARTS}


class VerdictForm(BaseForm):
    answer = RadioField(
        _l("Vad bestämmer ni?"),
        [InputRequired(_l("Välj ett svar."))],
        choices=choices(codes.VERDICTS.items()),
    )
    reason = SelectField(_l("Varför?"), choices=[])
    words = ParagraphField(_l("Med egna ord"), longest=_WORDS)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.reason.choices = choices([("", _("Välj ett skäl"))])
        for answer, reasons in rules.REASONS.items():
            self.reason.choices += choices(
                ((one, codes.REASONS[one]) for one in reasons), str(codes.VERDICTS[answer])
            )

    def validate_reason(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("Välj varför."))


class PlacementSearchForm(Form):
    """Sent with GET: it is about placements, not people."""

    q = LineField(_l("Platsens namn eller arbetsgivaren"))
