"""What the show-all page of components needs: a form with every field, and made-up things for the rest."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from aktema.core.errors import Message
from aktema.core.forms import (
    BaseForm,
    DateField,
    HoursField,
    LineField,
    ParagraphField,
    PhoneField,
    Required,
    TimeOfDayField,
    TimeSpanField,
    WholeNumberField,
)

_DAYS = [
    SelectChoice("mon", _l("Måndag")),
    SelectChoice("tue", _l("Tisdag")),
    SelectChoice("wed", _l("Onsdag")),
]
_LEVELS = [
    SelectChoice("", _l("Vet inte än")),
    SelectChoice("0", _l("Behöver att någon annan gör det")),
    SelectChoice("1", _l("Med mycket stöd")),
    SelectChoice("2", _l("Med visst stöd")),
    SelectChoice("3", _l("Med lite stöd")),
    SelectChoice("4", _l("Klarar det på egen hand")),
]
_VOTES = [
    SelectChoice("-2", _l("Nej, inte alls")),
    SelectChoice("-1", _l("Helst inte")),
    SelectChoice("0", _l("Spelar ingen roll")),
    SelectChoice("1", _l("Gärna")),
    SelectChoice("2", _l("Mycket gärna")),
    SelectChoice("", _l("Vet inte")),
]


class _ContactForm(Form):
    name = LineField(_l("Namn"), [Required()])
    phone = PhoneField(_l("Telefon"))


class GalleryForm(BaseForm):
    """One field of every kind."""

    name = LineField(_l("Arbetsplatsens namn"), [Required(_l("Skriv vad arbetsplatsen heter."))])
    start_on = DateField(_l("Första dagen"), [Required()], description=_l("Skriv som ÅÅÅÅ-MM-DD."))
    hours = HoursField(_l("Timmar i veckan"), description=_l("Till exempel 20 eller 20,5."))
    places = WholeNumberField(_l("Hur många kan vara där samtidigt?"), least=1, most=99)
    begins_at = TimeOfDayField(_l("Börjar klockan"))
    monday = TimeSpanField(_l("Måndag"), description=_l("Skriv tiderna som 9–12 eller 08.30–15."))
    password = PasswordField(_l("Lösenord"), [Required()], render_kw={"autocomplete": "current-password"})
    tasks = ParagraphField(_l("Vad ska man göra?"), longest=500, description=_l("Skriv med egna ord."))
    town = SelectField(_l("Ort"), choices=[SelectChoice("n", "Norrköping"), SelectChoice("l", "Linköping")])
    contact_by = RadioField(
        _l("Hur vill ni bli kontaktade?"),
        [Required(_l("Välj hur ni vill bli kontaktade."))],
        choices=[SelectChoice("phone", _l("Telefon")), SelectChoice("mail", _l("E-post"))],
    )
    days = SelectMultipleField(_l("Vilka dagar passar?"), [Required(_l("Välj minst en dag."))], choices=_DAYS)
    agreed = BooleanField(_l("Vi har läst vad som gäller"))
    paper = FileField(_l("Underskriven överenskommelse"))
    level = RadioField(_l("Hålla reda på tiden"), choices=_LEVELS, validate_choice=False)
    vote = RadioField(_l("Baka bröd"), choices=_VOTES, validate_choice=False)
    contact = FormField(_ContactForm, _l("Handledare"))
    helpers = FieldList(LineField(_l("Namn")), _l("Andra som hjälper till"), min_entries=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One of the parts a suggestion's order is made of."""

    label: Message
    value: float | None
    text: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One step in a timeline."""

    date_text: str
    title: Message
    text: Message
    who: str
    icon: str
    corrected: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    """One part of a subject."""

    label: Message
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPicture:
    """A picture to choose, with its word."""

    ref: str
    word: Message
    is_known: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbours:
    """Where a list goes on."""

    previous_url: str | None
    next_url: str | None
    count_text: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class Gallery:
    """What the show-all page shows."""

    form: GalleryForm
    wrong_form: GalleryForm
    parts: tuple[Part, ...]
    entries: tuple[Entry, ...]
    tabs: tuple[Tab, ...]
    pictures: tuple[FoundPicture, ...]
    page: Neighbours


def build_gallery() -> Gallery:
    """Return made-up content for every component; needs a request, as forms do."""
    wrong = GalleryForm(
        formdata=MultiDict({"wrong-start_on": "9 mars", "wrong-hours": "många", "wrong-town": "n"}),
        prefix="wrong-",
    )
    wrong.validate()
    wrong.csrf_token.errors = ()  # nobody sent it: only the fields are to be wrong here
    return Gallery(
        form=GalleryForm(formdata=None, level="3", vote="2", contact_by="phone", days=["mon"]),
        wrong_form=wrong,
        parts=_PARTS,
        entries=_ENTRIES,
        tabs=_TABS,
        pictures=_PICTURES,
        page=Neighbours(previous_url="#list", next_url="#list", count_text=_l("Visar 51–100 av 212")),
    )


_PARTS = (
    Part(label=_l("Önskan"), value=0.92, text=_l("Linda vill mycket gärna baka.")),
    Part(label=_l("Förmåga"), value=0.61, text=_l("Två saker behöver anpassas.")),
    Part(label=_l("Trivsel"), value=0.3, text=_l("Det är livligare än hon vill ha det.")),
    Part(label=_l("Praktiskt"), value=None, text=_l("Vi vet inte om bussen passar.")),
)
_ENTRIES = (
    Entry(
        date_text="2026-03-09",
        title=_l("Provdag"),
        text=_l("Bakade bullar hela förmiddagen. Vill komma tillbaka."),
        who="Sara Ask",
        icon="walk",
        corrected=False,
    ),
    Entry(
        date_text="2026-03-04",
        title=_l("Samtal med arbetsgivaren"),
        text="",
        who="Sara Ask",
        icon="phone",
        corrected=True,
    ),
    Entry(
        date_text="2026-03-02",
        title=_l("Sa ja till presentationen"),
        text="",
        who="",
        icon="thumb-up",
        corrected=False,
    ),
)
_TABS = (
    Tab(label=_l("Översikt"), href="#tabs", current=True),
    Tab(label=_l("Förslag"), href="#tabs", current=False, count=12),
    Tab(label=_l("Händelser"), href="#tabs", current=False, count=0),
)
_PICTURES = (
    FoundPicture(ref="moji:1F35E", word=_l("Bröd"), is_known=True),
    FoundPicture(ref="moji:1F3E0", word=_l("Hem")),
    FoundPicture(ref="", word=_l("En bild som inte finns längre")),
)
