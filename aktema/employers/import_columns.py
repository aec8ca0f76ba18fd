"""The columns of a file of placements, each row with its employer and workplace."""

from flask_babel import lazy_gettext as _l

from aktema.core.errors import DomainError
from aktema.core.import_cells import clock_time, day, hours, integer, labelled, text, weekdays
from aktema.core.importing import CellProblem, Column, Columns
from aktema.employers import words
from aktema.employers.operations import read_organisation_number
from aktema.employers.placement_forms import asked_constraints
from aktema.employers.rules import weekday_bits
from aktema.employers.states import State
from aktema.vocabulary.import_cells import locality, word_list
from aktema.vocabulary.queries import activities, adaptations

LONGEST_LINE, LONGEST_TEXT = 200, 2000
MOST_HOURS, MOST_PLACES = 60, 99


def _organisation_number(cell: str) -> str:
    try:
        return read_organisation_number(cell) or ""
    except DomainError as problem:
        raise CellProblem(problem.message) from problem


def _minute_of_day(cell: str) -> int:
    at = clock_time(cell)
    return at.hour * 60 + at.minute


EMPLOYER = Column(
    key="employer",
    label=_l("Arbetsgivare"),
    parse=text(LONGEST_LINE),
    is_required=True,
    aliases=("företag", "organisation", "employer"),
    example="Lindas bageri",
    help=_l("En arbetsgivare som finns används, annars läggs den till."),
)
ORGANISATION_NUMBER = Column(
    key="organisation_number",
    label=_l("Organisationsnummer"),
    parse=_organisation_number,
    aliases=("orgnr", "org nr", "organisationsnr"),
    example="556036-0793",
    help=_l("Går före namnet när vi letar efter arbetsgivaren. Lämna tomt för enskild firma."),
)
SECTOR = Column(
    key="sector",
    label=_l("Slag av arbetsgivare"),
    parse=labelled(words.SECTORS),
    aliases=("sektor", "slag"),
    example="Privat företag",
    help=_l("För en ny arbetsgivare. Tomt betyder Privat företag."),
)
WORKPLACE = Column(
    key="workplace",
    label=_l("Arbetsplats"),
    parse=text(LONGEST_LINE),
    aliases=("arbetsställe", "workplace"),
    example="Bageriet vid torget",
    help=_l("Tomt betyder samma namn som arbetsgivaren."),
)
STREET = Column(
    key="street",
    label=_l("Gatuadress"),
    parse=text(LONGEST_LINE),
    aliases=("adress", "besöksadress"),
    example="Storgatan 3",
    help=_l("För en ny arbetsplats."),
)
LOCALITY = Column(
    key="locality",
    label=_l("Ort"),
    parse=locality,
    aliases=("postort", "arbetsplatsens ort"),
    example="Åby (Östergötland)",
    help=_l("Skriv länet efter när flera orter heter lika. Behövs för att publicera."),
)
TITLE = Column(
    key="title",
    label=_l("Platsens namn"),
    parse=text(LONGEST_LINE),
    is_required=True,
    aliases=("plats", "titel", "rubrik"),
    example="Hjälpa till i bageriet",
    help=_l("Kort och konkret."),
)
DESCRIPTION = Column(
    key="description",
    label=_l("Vad gör man?"),
    parse=text(LONGEST_TEXT),
    aliases=("beskrivning", "description"),
    example="Fylla på hyllor och plocka ihop beställningar.",
    help=_l("En vanlig dag från början till slut. Behövs för att publicera."),
)
ACTIVITIES = Column(
    key="activities",
    label=_l("Arbetsuppgifter"),
    parse=word_list(activities),
    aliases=("sysslor", "aktiviteter", "uppgifter"),
    example="Baka; Diska",
    help=_l("Ord ur ordlistan med semikolon mellan. Behövs för att publicera, om inget yrke ger dem."),
)
OCCUPATION = Column(
    key="occupation",
    label=_l("Yrke eller SSYK"),
    parse=text(LONGEST_LINE),
    aliases=("yrke", "ssyk", "ssyk-kod", "yrkesbenämning"),
    example="9412",
    help=_l("Ger arbetsuppgifter när de inte är ifyllda."),
)
LEAST_HOURS = Column(
    key="least_hours",
    label=_l("Minst timmar i veckan"),
    parse=hours(MOST_HOURS),
    aliases=("minst timmar", "timmar minst"),
    example="10",
    help=_l("Till exempel 10."),
)
MOST = Column(
    key="most_hours",
    label=_l("Mest timmar i veckan"),
    parse=hours(MOST_HOURS),
    aliases=("mest timmar", "timmar mest", "högst timmar i veckan"),
    example="25",
    help=_l("Till exempel 25."),
)
WEEKDAYS = Column(
    key="weekdays",
    label=_l("Dagar"),
    parse=lambda cell: weekday_bits(weekdays(cell)),
    aliases=("veckodagar", "arbetsdagar"),
    example="mån-fre",
    help=_l("mån-fre eller mån, ons."),
)
STARTS = Column(
    key="starts_at",
    label=_l("Från klockan"),
    parse=_minute_of_day,
    aliases=("tidigast från klockan", "börjar", "starttid"),
    example="08:00",
    help=_l("Tidigast, till exempel 08:30."),
)
ENDS = Column(
    key="ends_at",
    label=_l("Till klockan"),
    parse=_minute_of_day,
    aliases=("senast till klockan", "slutar", "sluttid"),
    example="16:00",
    help=_l("Senast, till exempel 15:00."),
)
PLACES = Column(
    key="places",
    label=_l("Antal platser"),
    parse=integer(1, MOST_PLACES),
    aliases=("platser", "antal"),
    example="1",
    help=_l("Hur många som kan vara där samtidigt. Tomt betyder 1."),
)
SUPERVISION = Column(
    key="supervision",
    label=_l("Handledning"),
    parse=text(LONGEST_TEXT),
    aliases=("hur får man stöd", "stöd"),
    example="Linda visar, och finns alltid nära.",
    help=_l("Hur man får stöd på platsen."),
)
ADAPTATIONS = Column(
    key="adaptations",
    label=_l("Anpassningar"),
    parse=word_list(adaptations),
    aliases=("det här kan platsen ordna",),
    help=_l("Det platsen kan ordna: ord ur ordlistan med semikolon mellan."),
)
MET = Column(
    key="met",
    label=_l("Finns på platsen"),
    parse=word_list(asked_constraints),
    aliases=("förutsättningar som finns", "uppfyllda förutsättningar"),
    help=_l("Förutsättningar ur ordlistan som finns, med semikolon mellan."),
)
NOT_MET = Column(
    key="not_met",
    label=_l("Saknas på platsen"),
    parse=word_list(asked_constraints),
    aliases=("förutsättningar som saknas", "ej uppfyllda förutsättningar"),
    help=_l("Förutsättningar ur ordlistan som inte finns, med semikolon mellan."),
)
STATE = Column(
    key="state",
    label=_l("Läge"),
    parse=labelled({state: words.STATES[state] for state in (State.DRAFT, State.PUBLISHED)}),
    aliases=("status",),
    example="Utkast",
    help=_l("Utkast eller Publicerad. Tomt betyder Utkast."),
)
FROM_DATE = Column(
    key="from_date",
    label=_l("Första dagen"),
    parse=day,
    aliases=("från datum", "startdatum"),
    example="2027-01-11",
    help=_l("ÅÅÅÅ-MM-DD. Lämna tomt om det går bra nu."),
)
TO_DATE = Column(
    key="to_date",
    label=_l("Sista dagen"),
    parse=day,
    aliases=("till datum", "slutdatum"),
    example="2027-06-18",
    help=_l("ÅÅÅÅ-MM-DD. Lämna tomt om det gäller tills vidare."),
)
COLUMNS: Columns = (
    EMPLOYER,
    ORGANISATION_NUMBER,
    SECTOR,
    WORKPLACE,
    STREET,
    LOCALITY,
    TITLE,
    DESCRIPTION,
    ACTIVITIES,
    OCCUPATION,
    LEAST_HOURS,
    MOST,
    WEEKDAYS,
    STARTS,
    ENDS,
    PLACES,
    SUPERVISION,
    ADAPTATIONS,
    MET,
    NOT_MET,
    STATE,
    FROM_DATE,
    TO_DATE,
)
