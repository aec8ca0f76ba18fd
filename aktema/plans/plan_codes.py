"""The words of implementation plans."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from aktema.core.errors import Message


class LifeArea(StrEnum):
    """The nine chapters of activity and participation in the ICF, and felt safety, as IBIC has them."""

    LEARNING = "d1"
    TASKS = "d2"
    COMMUNICATION = "d3"
    MOBILITY = "d4"
    SELF_CARE = "d5"
    HOME_LIFE = "d6"
    RELATIONS = "d7"
    WORK = "d8"
    COMMUNITY = "d9"
    SAFETY = "safety"

    @property
    def label(self) -> Message:
        return AREA_LABELS[self]

    @property
    def easy(self) -> Message:
        return AREA_EASY[self]


class PlanField(StrEnum):
    """What a statement of a plan is about, in the order it is read."""

    NEED = "need"
    INCLUDED = "included"
    ORDER_GOALS = "order_goals"
    OWN_WORDS = "own_words"
    NO_OWN_WORDS = "no_own_words"
    DISAGREEMENT = "disagreement"
    WORK_NOT_ASKED = "work_not_asked"
    WORK_NOW = "work_now"
    WORK_NEXT = "work_next"
    WORK_WHO = "work_who"
    TEXT = "text"
    MEASURE = "measure"
    WHAT = "what"
    WHY = "why"
    WHO = "who"
    WHERE = "where"
    HOW = "how"

    @property
    def label(self) -> Message:
        return FIELD_LABELS[self]

    @property
    def easy(self) -> Message:
        return FIELD_EASY[self]


FROM_ORDER = (PlanField.NEED, PlanField.INCLUDED, PlanField.ORDER_GOALS)
OWN_FIELDS = (PlanField.OWN_WORDS, PlanField.NO_OWN_WORDS, PlanField.DISAGREEMENT)
WORK_FIELDS = (PlanField.WORK_NOT_ASKED, PlanField.WORK_NOW, PlanField.WORK_NEXT, PlanField.WORK_WHO)
GOAL_FIELDS = (PlanField.TEXT, PlanField.MEASURE)
ACTIVITY_FIELDS = (PlanField.WHAT, PlanField.WHY, PlanField.WHO, PlanField.WHERE, PlanField.HOW)


class PlanForm(StrEnum):
    """The three forms of one plan."""

    STANDARD = "standard"
    EASY = "easy"
    PICTURES = "pictures"

    @property
    def label(self) -> Message:
        return FORM_LABELS[self]


class PlanState(StrEnum):
    """Computed from what is fixed and what came after."""

    DRAFT = "draft"
    FIXED = "fixed"
    REPLACED = "replaced"

    @property
    def label(self) -> Message:
        return STATE_LABELS[self]


class PartRole(StrEnum):
    """Who took part in making the plan."""

    PERSON = "person"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    COORDINATOR = "coordinator"
    JOB_COACH = "job_coach"
    HANDLER = "handler"
    STAFF = "staff"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return ROLE_LABELS[self]


class PartHow(StrEnum):
    """How somebody took part."""

    MET = "met"
    PHONE = "phone"
    WRITING = "writing"
    PICTURES = "pictures"
    SIGNS = "signs"
    THROUGH_OTHERS = "through_others"
    DID_NOT_WANT = "did_not_want"

    @property
    def label(self) -> Message:
        return HOW_LABELS[self]


class ConfirmedHow(StrEnum):
    """How the person, or whoever speaks for the person, said that the plan is as agreed."""

    SIGNATURE = "signature"
    SPOKEN = "spoken"
    PICTURES = "pictures"
    OWN_PAGE = "own_page"
    LENT_SCREEN = "lent_screen"
    NOT_POSSIBLE = "not_possible"
    DID_NOT_WANT = "did_not_want"

    @property
    def label(self) -> Message:
        return CONFIRMED_LABELS[self]


class WeekPattern(StrEnum):
    """In which weeks, by ISO week number, something is done."""

    EVERY = "every"
    ODD = "odd"
    EVEN = "even"

    @property
    def label(self) -> Message:
        return PATTERN_LABELS[self]


ON_OWN_PAGE = (ConfirmedHow.OWN_PAGE, ConfirmedHow.LENT_SCREEN)
"""What is said on the person's own page, and never written down by staff."""
AREA_LABELS: dict[LifeArea, Message] = {
    LifeArea.LEARNING: _l("Lärande och att tillämpa kunskap"),
    LifeArea.TASKS: _l("Allmänna uppgifter och krav"),
    LifeArea.COMMUNICATION: _l("Kommunikation"),
    LifeArea.MOBILITY: _l("Förflyttning"),
    LifeArea.SELF_CARE: _l("Personlig vård"),
    LifeArea.HOME_LIFE: _l("Hemliv"),
    LifeArea.RELATIONS: _l("Mellanmänskliga relationer"),
    LifeArea.WORK: _l("Utbildning, arbete och ekonomi"),
    LifeArea.COMMUNITY: _l("Samhällsgemenskap och fritid"),
    LifeArea.SAFETY: _l("Känsla av trygghet"),
}
AREA_EASY: dict[LifeArea, Message] = {
    LifeArea.LEARNING: lazy_pgettext("easy", "Att lära sig saker"),
    LifeArea.TASKS: lazy_pgettext("easy", "Att göra uppgifter"),
    LifeArea.COMMUNICATION: lazy_pgettext("easy", "Att prata och förstå"),
    LifeArea.MOBILITY: lazy_pgettext("easy", "Att ta sig fram"),
    LifeArea.SELF_CARE: lazy_pgettext("easy", "Att ta hand om sig själv"),
    LifeArea.HOME_LIFE: lazy_pgettext("easy", "Saker hemma"),
    LifeArea.RELATIONS: lazy_pgettext("easy", "Att vara med andra"),
    LifeArea.WORK: lazy_pgettext("easy", "Arbete, skola och pengar"),
    LifeArea.COMMUNITY: lazy_pgettext("easy", "Fritid och vänner"),
    LifeArea.SAFETY: lazy_pgettext("easy", "Att känna sig trygg"),
}
FIELD_LABELS: dict[PlanField, Message] = {
    PlanField.NEED: _l("Behov enligt beställningen"),
    PlanField.INCLUDED: _l("Det här ingår"),
    PlanField.ORDER_GOALS: _l("Mål i beslutet"),
    PlanField.OWN_WORDS: _l("Med egna ord"),
    PlanField.NO_OWN_WORDS: _l("Därför finns inga egna ord"),
    PlanField.DISAGREEMENT: _l("Det vi inte är överens om"),
    PlanField.WORK_NOT_ASKED: _l("Därför gick det inte att fråga om arbete"),
    PlanField.WORK_NOW: _l("Det här gör vi nu på vägen mot arbete"),
    PlanField.WORK_NEXT: _l("Nästa steg mot arbete"),
    PlanField.WORK_WHO: _l("Vem ser till att steget tas"),
    PlanField.TEXT: _l("Mål"),
    PlanField.MEASURE: _l("Så märker vi att målet är nått"),
    PlanField.WHAT: _l("Vad"),
    PlanField.WHY: _l("Varför"),
    PlanField.WHO: _l("Vem"),
    PlanField.WHERE: _l("Var"),
    PlanField.HOW: _l("Hur"),
}
FIELD_EASY: dict[PlanField, Message] = {
    PlanField.NEED: lazy_pgettext("easy", "Det här behöver du"),
    PlanField.INCLUDED: lazy_pgettext("easy", "Det här får du"),
    PlanField.ORDER_GOALS: lazy_pgettext("easy", "Mål i ditt beslut"),
    PlanField.OWN_WORDS: lazy_pgettext("easy", "Dina egna ord"),
    PlanField.NO_OWN_WORDS: lazy_pgettext("easy", "Därför saknas mina egna ord"),
    PlanField.DISAGREEMENT: lazy_pgettext("easy", "Här tycker vi olika"),
    PlanField.WORK_NOT_ASKED: lazy_pgettext("easy", "Därför saknas mitt svar om jobb"),
    PlanField.WORK_NOW: lazy_pgettext("easy", "Det här gör vi nu"),
    PlanField.WORK_NEXT: lazy_pgettext("easy", "Nästa steg mot jobb"),
    PlanField.WORK_WHO: lazy_pgettext("easy", "Den här personen hjälper dig"),
    PlanField.TEXT: lazy_pgettext("easy", "Ditt mål"),
    PlanField.MEASURE: lazy_pgettext("easy", "Då är målet klart"),
    PlanField.WHAT: lazy_pgettext("easy", "Vad"),
    PlanField.WHY: lazy_pgettext("easy", "Varför"),
    PlanField.WHO: lazy_pgettext("easy", "Vem"),
    PlanField.WHERE: lazy_pgettext("easy", "Var"),
    PlanField.HOW: lazy_pgettext("easy", "Hur"),
}
FORM_LABELS: dict[PlanForm, Message] = {
    PlanForm.STANDARD: _l("Vanlig text"),
    PlanForm.EASY: _l("Lättläst"),
    PlanForm.PICTURES: _l("Bilder"),
}
STATE_LABELS: dict[PlanState, Message] = {
    PlanState.DRAFT: _l("Arbetsversion"),
    PlanState.FIXED: _l("Fastställd"),
    PlanState.REPLACED: _l("Ersatt"),
}
ROLE_LABELS: dict[PartRole, Message] = {
    PartRole.PERSON: _l("Personen själv"),
    PartRole.GUARDIAN: _l("God man eller förvaltare"),
    PartRole.RELATIVE: _l("Anhörig"),
    PartRole.COORDINATOR: _l("Koordinator"),
    PartRole.JOB_COACH: _l("Jobbcoach"),
    PartRole.HANDLER: _l("LSS-handläggare"),
    PartRole.STAFF: _l("Personal"),
    PartRole.OTHER: _l("Någon annan"),
}
HOW_LABELS: dict[PartHow, Message] = {
    PartHow.MET: _l("Var med på mötet"),
    PartHow.PHONE: _l("På telefon"),
    PartHow.WRITING: _l("Skrev"),
    PartHow.PICTURES: _l("Med bilder"),
    PartHow.SIGNS: _l("Med tecken"),
    PartHow.THROUGH_OTHERS: _l("Genom någon som tolkade"),
    PartHow.DID_NOT_WANT: _l("Ville inte vara med"),
}
CONFIRMED_LABELS: dict[ConfirmedHow, Message] = {
    ConfirmedHow.SIGNATURE: _l("Skrev under på papper"),
    ConfirmedHow.SPOKEN: _l("Sa ja"),
    ConfirmedHow.PICTURES: _l("Visade ja med bilder"),
    ConfirmedHow.OWN_PAGE: _l("Sa ja på Min sida"),
    ConfirmedHow.LENT_SCREEN: _l("Sa ja på Min sida, på personalens skärm"),
    ConfirmedHow.NOT_POSSIBLE: _l("Kunde inte svara"),
    ConfirmedHow.DID_NOT_WANT: _l("Ville inte godkänna"),
}
PATTERN_LABELS: dict[WeekPattern, Message] = {
    WeekPattern.EVERY: _l("Varje vecka"),
    WeekPattern.ODD: _l("Udda veckor"),
    WeekPattern.EVEN: _l("Jämna veckor"),
}
SUPPORT_LABELS: dict[int, Message] = {
    0: _l("Klarar det på egen hand"),
    1: _l("Någon påminner"),
    2: _l("Någon visar eller hjälper till att komma igång"),
    3: _l("Någon hjälper till medan det görs"),
    4: _l("Någon är med hela tiden"),
}
"""How much support an activity needs, from none to all the time."""
SUPPORT_EASY: dict[int, Message] = {
    0: lazy_pgettext("easy", "Du gör det själv"),
    1: lazy_pgettext("easy", "Någon påminner dig"),
    2: lazy_pgettext("easy", "Någon visar dig"),
    3: lazy_pgettext("easy", "Någon hjälper dig"),
    4: lazy_pgettext("easy", "Någon är med dig hela tiden"),
}
