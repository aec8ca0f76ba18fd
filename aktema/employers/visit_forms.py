"""Forms of an employer's log, of leads, and of a job analysis at the workplace."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.forms import (
    BaseForm,
    DateField,
    LineField,
    ParagraphField,
    PhoneField,
    Required,
    WholeNumberField,
    choices,
)
from aktema.employers.forms import SECTORS
from aktema.employers.models import Employer
from aktema.employers.visit_codes import CHOSEN_BY_HAND, SilenceReason, VisitKind
from aktema.employers.visit_operations import LeadFacts, Seen, VisitFacts
from aktema.vocabulary.fields import LocalityField
from aktema.vocabulary.queries import scale_levels
from aktema.vocabulary.words import Adaptation, Dimension

MOST_MINUTES = 1440
LONGEST_LINE = 1000
NO_CONTACT = ("", _l("Ingen särskild"))
NOT_SEEN = ("", _l("Såg jag inte"))
NO_NAMES = _l("Skriv aldrig om deltagare här, inte ens ett förnamn. Det skriver du i deltagarens steg.")


class LogForm(BaseForm):
    """What every row of the log has: who there, which day, a line."""

    contact = SelectField(_l("Vem hos dem?"), [Optional()])
    line = ParagraphField(_l("Vad sa ni?"), longest=LONGEST_LINE, description=NO_NAMES)
    happened_on = DateField(_l("Dag"), [Required()], default=clock.today)  # type: ignore[arg-type]  # the data of a date field is a date

    def __init__(self, *, employer: Employer, **options: Any) -> None:
        super().__init__(**options)
        chosen = self.contact.data
        staying = [one for one in employer.contacts if one.left_on is None or one.public_id == chosen]
        self._contacts = {one.public_id: one for one in staying}
        people = ((key, one.name) for key, one in self._contacts.items())
        self.contact.choices = choices([NO_CONTACT, *people])

    def _facts(self, **more: Any) -> VisitFacts:
        return VisitFacts(
            happened_on=self.happened_on.data,
            contact=self._contacts.get(str(self.contact.data)),
            line=self.line.data or "",
            **more,
        )


class VisitForm(LogForm):
    """A contact with the employer."""

    kind = RadioField(
        _l("Vad gjorde du?"),
        choices=choices((kind.value, kind.label) for kind in CHOSEN_BY_HAND),
        default=VisitKind.PHONE.value,
    )
    minutes = WholeNumberField(
        _l("Hur många minuter?"),
        [Required()],
        most=MOST_MINUTES,
        default=15,
        render_kw={"inputmode": "numeric"},
    )
    was_reached = BooleanField(_l("Jag fick tag på någon"), default=True)

    def facts(self) -> VisitFacts:
        """The typed contact; only after the form has been found valid."""
        kind, minutes = VisitKind(self.kind.data), self.minutes.data
        return self._facts(kind=kind, minutes=minutes, was_reached=self.was_reached.data)


class AskedWhyForm(LogForm):
    """Why an employer had not answered, as it says itself."""

    reason = RadioField(
        _l("Varför har de inte svarat?"),
        [Required(_l("Välj det som ligger närmast."))],
        choices=choices((reason.value, reason.label) for reason in SilenceReason),
    )
    not_before = DateField(
        _l("Fråga dem inte före"), description=_l("ÅÅÅÅ-MM-DD. Lämna tomt om det går bra att fråga nu.")
    )

    def facts(self) -> VisitFacts:
        return self._facts(kind=VisitKind.ASKED_WHY, reason=SilenceReason(self.reason.data))


class AnalysisForm(LogForm):
    """The visit on which a job analysis is made."""

    minutes = WholeNumberField(
        _l("Hur många minuter?"),
        [Required()],
        most=MOST_MINUTES,
        default=60,
        render_kw={"inputmode": "numeric"},
    )

    def facts(self) -> VisitFacts:
        return self._facts(kind=VisitKind.JOB_ANALYSIS, minutes=self.minutes.data)


def log_form_of(kind: VisitKind) -> type[VisitForm | AskedWhyForm | AnalysisForm]:
    """The form with which rows of the kind are written."""
    own: dict[VisitKind, type[VisitForm | AskedWhyForm | AnalysisForm]] = {
        VisitKind.ASKED_WHY: AskedWhyForm,
        VisitKind.JOB_ANALYSIS: AnalysisForm,
    }
    return own.get(kind, VisitForm)


class LeadForm(BaseForm):
    """A name to follow up, written down in half a minute."""

    name = LineField(_l("Vad heter de?"), [Required(_l("Skriv vad arbetsgivaren heter."))])
    sector = RadioField(_l("Typ"), choices=SECTORS, default="private")
    locality_id = LocalityField(_l("Ort"), [Optional()], description=_l("Börja skriva och välj i listan."))
    contact = LineField(_l("Vem kan man prata med?"))
    phone = PhoneField(_l("Telefon"))
    line = ParagraphField(
        _l("Varför just de?"),
        longest=LONGEST_LINE,
        description=_l("Till exempel vem som tipsade, eller vad man kan få göra där. Inget om deltagare."),
    )

    def facts(self) -> LeadFacts:
        return LeadFacts(
            name=str(self.name.data),
            sector=str(self.sector.data),
            locality_id=self.locality_id.data,
            contact=self.contact.data or "",
            phone=self.phone.data or "",
            line=self.line.data or "",
        )


class SeenForm(BaseForm):
    """A field for the level of each dimension, named by its code, and one for each adaptation."""

    def seen(self, asked: Iterable[Dimension]) -> Seen:
        """What was seen; what was not is left out."""
        levels = {one.id: self[one.code].data for one in asked}
        answers = {word.id: self[_name(word)].data for one in asked for word in one.adaptations}
        return Seen(
            levels={key: int(level) for key, level in levels.items() if level},
            adaptations={key: answer == "1" for key, answer in answers.items() if answer},
        )


def seen_form(
    asked: Iterable[Dimension], seen: Seen, standing: Mapping[int, int], **options: Any
) -> SeenForm:
    """Filled in with what was seen on this visit; beside each dimension stands what the placement says now."""
    fields: dict[str, Any] = {}
    for one in asked:
        fields[one.code] = _level_field(one, seen.levels.get(one.id), standing.get(one.id))
        fields |= {
            _name(word): _answer_field(word, seen.adaptations.get(word.id)) for word in one.adaptations
        }
    return cast("type[SeenForm]", type("SeenForm", (SeenForm,), fields))(**options)


def _level_field(dimension: Dimension, seen: int | None, stands: int | None) -> RadioField:
    names = [(str(one.level), one.demand()) for one in scale_levels() if one.level is not None]
    now: Message = "" if stands is None else _("Nu står det nivå %(level)s.", level=stands)
    return RadioField(
        str(dimension),
        [Optional()],
        choices=choices([*names, NOT_SEEN]),
        default="" if seen is None else str(seen),
        description=now,
    )


def _answer_field(adaptation: Adaptation, answer: bool | None) -> SelectField:
    return SelectField(
        _("Går det att ordna: %(adaptation)s?", adaptation=str(adaptation).lower()),
        choices=choices([("", _("Frågade jag inte")), ("1", _("Ja")), ("0", _("Nej"))]),
        default="" if answer is None else str(int(answer)),
    )


def _name(adaptation: Adaptation) -> str:
    return f"adaptation_{adaptation.code}"


def adaptation_field_of(form: SeenForm, adaptation: Adaptation) -> Any:
    return form[_name(adaptation)]
