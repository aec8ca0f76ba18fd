"""What the demo's plans say: goals with activities, in usual words, in easy-read and in pictures."""

from collections.abc import Mapping
from dataclasses import dataclass

from aktema.plans.plan_codes import LifeArea, PlanField

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 4, 8
EVERY_DAY = 0b11111


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One statement. `before` is what stood there when the easy-read text was written, where that can be told."""

    standard: str
    easy: str
    pictures: tuple[tuple[str, str], ...] = ()
    before: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Doing:
    """An activity: its words, when it is done, and with how much support."""

    lines: Mapping[PlanField, Line]
    weekdays: int
    starts_at: int
    ends_at: int
    support_level: int
    week_pattern: str = "every"
    is_toward_work: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Aim:
    """A goal with its activities; `days` is how long it takes."""

    area: LifeArea
    text: Line
    measure: Line
    days: int
    doings: tuple[Doing, ...]


TRY_WORK = Aim(
    area=LifeArea.WORK,
    days=180,
    text=Line(
        standard="Har provat minst en arbetsplats utanför verksamheten och kan berätta hur det var.",
        easy="Jag provar ett riktigt jobb. Jag berättar hur det var.",
        pictures=(("1F3E2", "arbetsplats"), ("1F4AC", "berätta")),
    ),
    measure=Line(
        standard="Har varit på en arbetsplats minst fyra förmiddagar och valt om det ska bli fler.",
        easy="Jag har jobbat 4 dagar. Sedan väljer jag.",
        before="Har varit på en arbetsplats minst två förmiddagar.",
    ),
    doings=(
        Doing(
            weekdays=TUESDAY | THURSDAY,
            starts_at=540,
            ends_at=690,
            support_level=3,
            is_toward_work=True,
            lines={
                PlanField.WHAT: Line(
                    standard="Dukar, diskar och torkar bord i kaféet.",
                    easy="Jag dukar bord. Jag diskar.",
                    pictures=(("1F37D", "duka"), ("1F9F9", "städa")),
                ),
                PlanField.WHY: Line(
                    standard="För att känna hur det är att arbeta med gäster och i ett högre tempo.",
                    easy="Jag vill veta hur det känns.",
                ),
                PlanField.WHO: Line(
                    standard="Jobbcoachen är med de två första veckorna, sedan kaféets handledare.",
                    easy="Min jobbcoach är med mig.",
                    pictures=(("1F465", "tillsammans"),),
                ),
                PlanField.WHERE: Line(
                    standard="Enhetens kafé, från andra månaden ett kafé på stan.", easy="På ett kafé."
                ),
                PlanField.HOW: Line(
                    standard="Samma person möter varje gång. En bildlista vid disken visar ordningen.",
                    easy="Jag tittar på bilderna. De visar vad jag gör.",
                    pictures=(("2615", "kafé"),),
                    before="Samma person möter varje gång.",
                ),
            },
        ),
        Doing(
            weekdays=WEDNESDAY,
            starts_at=600,
            ends_at=660,
            support_level=2,
            week_pattern="odd",
            is_toward_work=True,
            lines={
                PlanField.WHAT: Line(
                    standard="Tittar på platser i Aktema och väljer vilka som verkar roliga.",
                    easy="Jag tittar på jobb. Jag väljer det jag gillar.",
                    pictures=(("1F44D", "välja"),),
                ),
                PlanField.WHO: Line(standard="Jobbcoachen.", easy="Min jobbcoach hjälper mig."),
                PlanField.HOW: Line(
                    standard="Med bilder, två platser i taget. Personen väljer själv när det räcker.",
                    easy="Jag ser 2 bilder. Jag väljer 1.",
                    before="Med bilder.",
                ),
            },
        ),
    ),
)
CALM_MORNING = Aim(
    area=LifeArea.TASKS,
    days=120,
    text=Line(
        standard="Kommer igång på morgonen utan att någon behöver påminna mer än en gång.",
        easy="Jag börjar min dag själv.",
        pictures=(("23F0", "morgon"),),
    ),
    measure=Line(
        standard="Fyra av fem morgnar i rad under en månad.",
        easy="Jag gör det 4 dagar i veckan.",
        before="Tre av fem morgnar i rad.",
    ),
    doings=(
        Doing(
            weekdays=EVERY_DAY,
            starts_at=510,
            ends_at=540,
            support_level=1,
            lines={
                PlanField.WHAT: Line(
                    standard="Går igenom dagens schema vid tavlan.",
                    easy="Jag tittar på min dag.",
                    pictures=(("1F5D3", "schema"),),
                ),
                PlanField.WHO: Line(standard="Den som öppnar.", easy="Någon ur personalen är med."),
                PlanField.HOW: Line(
                    standard="Bilderna tas ner en och en när det är gjort. Vänta, påminn en gång.",
                    easy="Jag tar ner bilden. Då är det klart.",
                    before="Bilderna tas ner en och en.",
                ),
            },
        ),
    ),
)
TAKE_THE_BUS = Aim(
    area=LifeArea.MOBILITY,
    days=150,
    text=Line(
        standard="Åker buss till verksamheten och hem på egen hand.",
        easy="Jag åker buss själv.",
        pictures=(("1F68C", "buss"),),
    ),
    measure=Line(
        standard="Har åkt själv i två veckor utan att ringa.",
        easy="Jag åker själv i 2 veckor.",
        before="Har åkt själv i en vecka.",
    ),
    doings=(
        Doing(
            weekdays=MONDAY | THURSDAY,
            starts_at=480,
            ends_at=525,
            support_level=3,
            lines={
                PlanField.WHAT: Line(
                    standard="Övar på resan, först tillsammans och sedan med någon vid hållplatsen.",
                    easy="Jag övar på att åka buss.",
                    pictures=(("1F68C", "buss"),),
                ),
                PlanField.WHO: Line(standard="Koordinatorn.", easy="Min koordinator hjälper mig."),
                PlanField.HOW: Line(
                    standard="Ett steg i taget. Telefonnumret finns på ett kort i plånboken.",
                    easy="Vi övar lite varje vecka. Jag har ett kort med numret.",
                    before="Ett steg i taget.",
                ),
            },
        ),
    ),
)
AIMS = (TRY_WORK, CALM_MORNING)
SECOND_AIM = TAKE_THE_BUS
OWN = (
    Line(
        standard="Jag vill jobba. Inte för tidigt på morgonen.", easy="Jag vill jobba. Jag vill börja sent."
    ),
    Line(standard="Det är bra här. Jag vill göra mer i köket.", easy="Det är bra här. Jag vill laga mat."),
    Line(standard="Jag vill vara där det finns hundar.", easy="Jag vill vara med hundar."),
)
WORK: Mapping[PlanField, Line] = {
    PlanField.WORK_NOW: Line(
        standard="Två förmiddagar i veckan i kaféet, och samtal med jobbcoachen varannan vecka.",
        easy="Jag jobbar i kaféet. Jag pratar med min jobbcoach.",
        pictures=(("2615", "kafé"),),
    ),
    PlanField.WORK_NEXT: Line(
        standard="Studiebesök på två arbetsplatser som personen har valt.",
        easy="Jag besöker 2 jobb.",
        pictures=(("1F3E2", "besöka"),),
    ),
    PlanField.WORK_WHO: Line(
        standard="Jobbcoachen, tillsammans med koordinatorn.",
        easy="Min jobbcoach hjälper mig.",
        before="Jobbcoachen.",
    ),
}
