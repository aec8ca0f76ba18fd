"""The columns of a file of participants."""

from flask_babel import lazy_gettext as _l

from aktema.core import clock, import_cells
from aktema.core.import_cells import day, hours, integer, labelled, phone, text, weekdays, yes_no
from aktema.core.importing import Column, Columns
from aktema.people.codes import CameFrom, Communication, Sex
from aktema.people.rules import bits_of_days
from aktema.vocabulary.import_cells import locality

LONGEST_NAME, LONGEST_WISH = 100, 2000
MOST_HOURS, MOST_TRAVEL = 60, 240


def _number(cell: str) -> str:
    return import_cells.personal_number(clock.today())(cell)


FIRST_NAME = Column(
    key="first_name",
    label=_l("Förnamn"),
    parse=text(LONGEST_NAME),
    is_required=True,
    aliases=("tilltalsnamn", "first name"),
    example="Alva",
    help=_l("Namnet som personen vill bli kallad."),
)
LAST_NAME = Column(
    key="last_name",
    label=_l("Efternamn"),
    parse=text(LONGEST_NAME),
    is_required=True,
    aliases=("last name", "surname"),
    example="Ek",
)
BIRTH_DATE = Column(
    key="birth_date",
    label=_l("Födelsedatum"),
    parse=day,
    aliases=("född", "birth date"),
    example="1996-03-09",
    help=_l("ÅÅÅÅ-MM-DD. Går att lämna tomt när personnumret finns."),
)
PERSONAL_NUMBER = Column(
    key="personal_number",
    label=_l("Personnummer"),
    parse=_number,
    is_sensitive=True,
    aliases=("pnr", "personnr", "samordningsnummer"),
    example="ÅÅÅÅMMDD-NNNN",
    help=_l("10 eller 12 siffror. Sparas krypterat och visas aldrig i listor."),
)
SEX = Column(
    key="sex",
    label=_l("Kön"),
    parse=labelled({one.value: one.label for one in Sex}),
    aliases=("juridiskt kön",),
    example="Kvinna",
    help=_l("Kvinna eller Man. Används bara i statistik."),
)
COMMUNICATION = Column(
    key="communication",
    label=_l("Pratar bäst med"),
    parse=labelled({one.value: one.label for one in Communication}),
    is_required=True,
    aliases=("kommunikation", "kommunikationssätt"),
    example="Tal",
    help=_l("Tal, Lättläst text, Bilder, Tecken, Skrift eller På annat sätt."),
)
CAME_FROM = Column(
    key="came_from",
    label=_l("Kommer från"),
    parse=labelled({one.value: one.label for one in CameFrom}),
    is_required=True,
    aliases=("sysselsättning", "nuvarande sysselsättning"),
    example="Daglig verksamhet",
    help=_l("Skola, Arbete, Daglig verksamhet, Ingen sysselsättning eller Något annat."),
)
LOCALITY = Column(
    key="locality",
    label=_l("Ort"),
    parse=locality,
    aliases=("bostadsort", "hemort", "postort"),
    example="Åby (Östergötland)",
    help=_l("Orten där personen bor. Skriv länet efter när flera orter heter lika."),
)
PHONE = Column(
    key="phone",
    label=_l("Telefon"),
    parse=phone,
    aliases=("mobil", "mobilnummer", "telefonnummer", "phone"),
    example="070-123 45 67",
    help=_l("Med riktnummer."),
)
WISH = Column(
    key="wish",
    label=_l("Önskan med egna ord"),
    parse=text(LONGEST_WISH),
    aliases=("önskan", "önskemål", "personens önskan"),
    example="Jag vill jobba med hundar.",
    help=_l("Så som personen säger det."),
)
COACH = Column(
    key="coach_email",
    label=_l("Jobbcoachens e-post"),
    parse=import_cells.email,
    aliases=("jobbcoach", "coach", "e-post jobbcoach"),
    example="kim@exempel.se",
    help=_l("Adressen som jobbcoachen i enheten loggar in med. Går att välja senare."),
)
WEEKLY_HOURS = Column(
    key="weekly_hours",
    label=_l("Timmar i veckan"),
    parse=hours(MOST_HOURS),
    aliases=("timmar per vecka", "veckotimmar", "timmar"),
    example="20",
    help=_l("Så mycket som personen vill arbeta."),
)
WEEKDAYS = Column(
    key="weekdays",
    label=_l("Dagar"),
    parse=lambda cell: bits_of_days(weekdays(cell)),
    aliases=("veckodagar", "arbetsdagar"),
    example="mån-fre",
    help=_l("Dagar som går bra: mån-fre eller mån, ons."),
)
TRAVEL = Column(
    key="travel_minutes",
    label=_l("Längsta resa i minuter"),
    parse=integer(0, MOST_TRAVEL),
    aliases=("restid", "max restid", "längsta resa"),
    example="45",
    help=_l("En väg, hela minuter."),
)
IS_ANOTHER = Column(
    key="is_another",
    label=_l("Inte samma person"),
    parse=yes_no,
    example="ja",
    help=_l("Skriv ja när raden har samma namn och födelsedatum som någon annan men är en annan person."),
)
COLUMNS: Columns = (
    FIRST_NAME,
    LAST_NAME,
    BIRTH_DATE,
    PERSONAL_NUMBER,
    SEX,
    COMMUNICATION,
    CAME_FROM,
    LOCALITY,
    PHONE,
    WISH,
    COACH,
    WEEKLY_HOURS,
    WEEKDAYS,
    TRAVEL,
    IS_ANOTHER,
)
