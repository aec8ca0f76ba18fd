"""The columns of a file of decisions. A column's key is the name of the field of the form that says the same."""

from flask_babel import lazy_gettext as _l

from aktema.core import clock, import_cells
from aktema.core.import_cells import day, hours, integer, labelled, text
from aktema.core.importing import Column, Columns
from aktema.plans.codes import HoursBasis, LawBasis, SupportMeasure

LONGEST_NAME, LONGEST_TEXT = 200, 5000
MOST_HOURS, MOST_DAYS, MOST_GROUP = 168, 7, 3


def _number(cell: str) -> str:
    return import_cells.personal_number(clock.today())(cell)


PERSONAL_NUMBER = Column(
    key="personal_number",
    label=_l("Personnummer"),
    parse=_number,
    is_sensitive=True,
    aliases=("pnr", "personnr", "samordningsnummer"),
    example="ÅÅÅÅMMDD-NNNN",
    help=_l("Vem beslutet gäller. Går att lämna tomt när namn och födelsedatum finns."),
)
NAME = Column(
    key="name",
    label=_l("Namn"),
    parse=text(LONGEST_NAME),
    aliases=("för- och efternamn", "personens namn", "brukare"),
    example="Alva Ek",
    help=_l("För- och efternamn, så som personen heter i Aktema."),
)
BIRTH_DATE = Column(
    key="birth_date",
    label=_l("Födelsedatum"),
    parse=day,
    aliases=("född", "birth date"),
    example="1996-03-09",
    help=_l("ÅÅÅÅ-MM-DD. Behövs när personnumret saknas."),
)
SUPPORT_MEASURE = Column(
    key="support_measure",
    label=_l("Insats"),
    parse=labelled({one: one.label for one in SupportMeasure}),
    is_required=True,
    aliases=("beviljad insats", "insatstyp"),
    example="Daglig verksamhet",
    help=_l(
        "Daglig verksamhet, Ledsagarservice, Kontaktperson, Korttidsvistelse eller Bostad med särskild service."
    ),
)
LAW_BASIS = Column(
    key="law_basis",
    label=_l("Enligt"),
    parse=labelled({one: one.label for one in LawBasis}),
    is_required=True,
    aliases=("lagrum", "lag", "lagstöd"),
    example="LSS 9 § 10",
    help=_l("LSS 9 § 10, LSS 9 §, annan insats eller Socialtjänstlagen."),
)
ELIGIBILITY_GROUP = Column(
    key="eligibility_group",
    label=_l("Personkrets"),
    parse=integer(1, MOST_GROUP),
    aliases=("personkretsgrupp", "pk"),
    example="1",
    help=_l("1, 2 eller 3. Behövs när beslutet är enligt LSS."),
)
HOURS_BASIS = Column(
    key="hours_basis",
    label=_l("Tid"),
    parse=labelled({one: one.label for one in HoursBasis}),
    is_required=True,
    aliases=("typ av tid", "tidsform"),
    example="Faktisk beviljad tid",
    help=_l("Faktisk beviljad tid eller Schablontid, ska omvandlas."),
)
WEEKLY_MINUTES = Column(
    key="weekly_minutes",
    label=_l("Timmar i veckan"),
    parse=hours(MOST_HOURS),
    aliases=("timmar per vecka", "beviljade timmar", "veckotimmar", "timmar"),
    example="20",
    help=_l("Så många timmar som är beviljade. Lämna tomt för schablontid."),
)
DAYS_PER_WEEK = Column(
    key="days_per_week",
    label=_l("Dagar i veckan"),
    parse=integer(1, MOST_DAYS),
    aliases=("dagar per vecka", "dagar"),
    example="4",
    help=_l("1 till 7."),
)
TEMPLATE_MINUTES = Column(
    key="template_minutes",
    label=_l("Schablontimmar i veckan"),
    parse=hours(MOST_HOURS),
    aliases=("schablontimmar", "schablontid", "schablon"),
    example="",
    help=_l("Så många timmar som schablonen räknas som. Bara för schablontid."),
)
FROM_DATE = Column(
    key="from_date",
    label=_l("Från och med"),
    parse=day,
    is_required=True,
    aliases=("från", "startdatum", "fr.o.m.", "from"),
    example="2025-01-01",
    help=_l("ÅÅÅÅ-MM-DD."),
)
TO_DATE = Column(
    key="to_date",
    label=_l("Till och med"),
    parse=day,
    aliases=("till", "slutdatum", "t.o.m.", "tom"),
    example="2026-12-31",
    help=_l("Lämna tomt när beslutet gäller tills vidare."),
)
DECIDED_ON = Column(
    key="decided_on",
    label=_l("Beslutat den"),
    parse=day,
    is_required=True,
    aliases=("beslutsdatum", "beslutsdag", "beslutat"),
    example="2024-12-10",
    help=_l("ÅÅÅÅ-MM-DD."),
)
DECISION_MAKER = Column(
    key="decision_maker",
    label=_l("Beslutsfattare"),
    parse=text(LONGEST_NAME),
    is_required=True,
    aliases=("handläggare", "beslutad av"),
    example="Ester Åkerlund",
    help=_l("Namn, eller nämnd och delegat."),
)
NEEDS = Column(
    key="needs",
    label=_l("Behov"),
    parse=text(LONGEST_TEXT),
    aliases=("behovsbeskrivning", "bedömt behov"),
    example="",
    help=_l("Vad personen behöver stöd med."),
)
WISHES = Column(
    key="wishes",
    label=_l("Önskemål"),
    parse=text(LONGEST_TEXT),
    aliases=("önskan", "egna önskemål"),
    example="",
    help=_l("Vad personen själv vill."),
)
COLUMNS: Columns = (
    PERSONAL_NUMBER,
    NAME,
    BIRTH_DATE,
    SUPPORT_MEASURE,
    LAW_BASIS,
    ELIGIBILITY_GROUP,
    HOURS_BASIS,
    WEEKLY_MINUTES,
    DAYS_PER_WEEK,
    TEMPLATE_MINUTES,
    FROM_DATE,
    TO_DATE,
    DECIDED_ON,
    DECISION_MAKER,
    NEEDS,
    WISHES,
)
BY_KEY = {column.key: column for column in COLUMNS}
