"""The words of trials and their agreements."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.pathway.trial_states import Party, TrialKind, TrialStatus, Whose


class TrialGoal(StrEnum):
    """What a trial is for."""

    DISCOVER = "discover"
    CONFIRM = "confirm"
    TRAIN = "train"
    JOB = "job"

    @property
    def label(self) -> Message:
        return GOAL_LABELS[self]


class EndReason(StrEnum):
    """Why a trial went as it did; each voice says its own. Who has to leave is never the only answer."""

    PLANNED_END = "planned_end"
    LED_TO_JOB = "led_to_job"
    LED_TO_LONGER = "led_to_longer"
    WRONG_TASKS = "wrong_tasks"
    HIGH_PACE = "high_pace"
    ENVIRONMENT = "environment"
    TRAVEL = "travel"
    HEALTH = "health"
    RELATION = "relation"
    EMPLOYER_CHANGED = "employer_changed"
    PERSON_SAID_NO = "person_said_no"
    BENEFIT_RULES = "benefit_rules"
    SUPPORT_MISSING = "support_missing"
    MISREGISTERED = "misregistered"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return REASON_LABELS[self]


class AgreementChange(StrEnum):
    """What a version after the first is there for."""

    EXTENDED = "extended"
    SHORTENED = "shortened"
    HOURS = "hours"
    TASKS = "tasks"
    SUPPORT = "support"
    SUPERVISOR = "supervisor"
    CORRECTED = "corrected"

    @property
    def label(self) -> Message:
        return CHANGE_LABELS[self]


class ExtendReason(StrEnum):
    """Why a trial is made longer."""

    MORE_TO_LEARN = "more_to_learn"
    GOES_WELL = "goes_well"
    AWAITS_DECISION = "awaits_decision"
    ABSENCE = "absence"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return EXTEND_LABELS[self]


class Insurance(StrEnum):
    """Whose insurance holds while the person is there."""

    MUNICIPALITY = "municipality"
    EMPLOYER = "employer"
    BOTH = "both"

    @property
    def label(self) -> Message:
        return INSURANCE_LABELS[self]


class SignedHow(StrEnum):
    OWN_PAGE = "own_page"
    LENT_SCREEN = "lent_screen"
    SIGNED_IN = "signed_in"
    LINK = "link"
    PAPER = "paper"

    @property
    def label(self) -> Message:
        return HOW_LABELS[self]


class OnBehalfReason(StrEnum):
    """Why somebody else signed. There is no reason for the employer's: they get a link, or a paper."""

    CANNOT_USE_SCREEN = "cannot_use_screen"
    SAID_YES_TO_STAFF = "said_yes_to_staff"
    REPRESENTATIVE = "representative"
    WANTED_HELP = "wanted_help"

    @property
    def label(self) -> Message:
        return ON_BEHALF_LABELS[self]


CANCELLING = (
    EndReason.PERSON_SAID_NO,
    EndReason.EMPLOYER_CHANGED,
    EndReason.HEALTH,
    EndReason.TRAVEL,
    EndReason.BENEFIT_RULES,
    EndReason.SUPPORT_MISSING,
    EndReason.LED_TO_JOB,
    EndReason.MISREGISTERED,
    EndReason.OTHER,
)
"""Why a trial never came to be."""
INTERRUPTING = tuple(
    reason for reason in EndReason if reason not in (EndReason.PLANNED_END, EndReason.MISREGISTERED)
)
"""Why it ended before its day."""
EDITING = tuple(
    change
    for change in AgreementChange
    if change not in (AgreementChange.EXTENDED, AgreementChange.SHORTENED)
)

KIND_LABELS: dict[TrialKind, Message] = {
    TrialKind.STUDY_VISIT: _l("Studiebesök"),
    TrialKind.TASTER: _l("Prova på"),
    TrialKind.WORKPLACE_PLACEMENT: _l("Praktik på en arbetsplats"),
    TrialKind.EXTERNAL_PLACEMENT: _l("Extern placering"),
}
KIND_LENGTHS: dict[TrialKind, Message] = {
    TrialKind.STUDY_VISIT: _l("en dag"),
    TrialKind.TASTER: _l("högst 30 dagar"),
    TrialKind.WORKPLACE_PLACEMENT: _l("högst ett halvår"),
    TrialKind.EXTERNAL_PLACEMENT: _l("högst ett år i taget"),
}
"""How long it may be, as `rules.kinds` has it."""
STATUS_LABELS: dict[TrialStatus, Message] = {
    TrialStatus.DRAFT: _l("Utkast"),
    TrialStatus.AWAITING_SIGNATURES: _l("Väntar på underskrift"),
    TrialStatus.READY: _l("Klar att börja"),
    TrialStatus.RUNNING: _l("Pågår"),
    TrialStatus.ENDED: _l("Slut"),
    TrialStatus.CANCELLED: _l("Blev inte av"),
    TrialStatus.EXPIRED: _l("Hann inte bli klar"),
    TrialStatus.INTERRUPTED: _l("Avbruten"),
}
STATUS_TONES: dict[TrialStatus, str] = {
    TrialStatus.DRAFT: "neutral",
    TrialStatus.AWAITING_SIGNATURES: "warning",
    TrialStatus.READY: "info",
    TrialStatus.RUNNING: "success",
    TrialStatus.ENDED: "neutral",
    TrialStatus.CANCELLED: "neutral",
    TrialStatus.EXPIRED: "neutral",
    TrialStatus.INTERRUPTED: "neutral",
}
PARTY_LABELS: dict[Party, Message] = {
    Party.PERSON: _l("Personen"),
    Party.EMPLOYER: _l("Arbetsgivaren"),
    Party.COACH: _l("Coachen"),
}
WHOSE_LABELS: dict[Whose, Message] = {
    Whose.PERSON: _l("Personens"),
    Whose.EMPLOYER: _l("Arbetsgivarens"),
    Whose.COACH: _l("Vårt"),
    Whose.NOBODY: _l("Ingens"),
}
GOAL_LABELS: dict[TrialGoal, Message] = {
    TrialGoal.DISCOVER: _l("Se hur jobbet är"),
    TrialGoal.CONFIRM: _l("Pröva om jobbet passar"),
    TrialGoal.TRAIN: _l("Träna på uppgifterna"),
    TrialGoal.JOB: _l("Få jobb där"),
}
REASON_LABELS: dict[EndReason, Message] = {
    EndReason.PLANNED_END: _l("Det tog slut som planerat"),
    EndReason.LED_TO_JOB: _l("Det blev ett jobb"),
    EndReason.LED_TO_LONGER: _l("Det blev en längre placering"),
    EndReason.WRONG_TASKS: _l("Uppgifterna passade inte"),
    EndReason.HIGH_PACE: _l("Det gick för fort"),
    EndReason.ENVIRONMENT: _l("För mycket ljud, ljus, folk eller annat runt omkring"),
    EndReason.TRAVEL: _l("Resan dit fungerade inte"),
    EndReason.HEALTH: _l("Hälsan"),
    EndReason.RELATION: _l("Det fungerade inte med någon på jobbet"),
    EndReason.EMPLOYER_CHANGED: _l("Det ändrades hos arbetsgivaren"),
    EndReason.PERSON_SAID_NO: _l("Personen ville inte"),
    EndReason.BENEFIT_RULES: _l("Reglerna för ersättning"),
    EndReason.SUPPORT_MISSING: _l("Stödet räckte inte"),
    EndReason.MISREGISTERED: _l("Det skrevs in av misstag"),
    EndReason.OTHER: _l("Något annat"),
}
CHANGE_LABELS: dict[AgreementChange, Message] = {
    AgreementChange.EXTENDED: _l("Längre tid"),
    AgreementChange.SHORTENED: _l("Kortare tid"),
    AgreementChange.HOURS: _l("Andra dagar eller tider"),
    AgreementChange.TASKS: _l("Andra uppgifter"),
    AgreementChange.SUPPORT: _l("Annat stöd"),
    AgreementChange.SUPERVISOR: _l("Annan handledare"),
    AgreementChange.CORRECTED: _l("Något var fel skrivet"),
}
EXTEND_LABELS: dict[ExtendReason, Message] = {
    ExtendReason.MORE_TO_LEARN: _l("Personen behöver mer tid att lära sig"),
    ExtendReason.GOES_WELL: _l("Det går bra och båda vill fortsätta"),
    ExtendReason.AWAITS_DECISION: _l("Väntar på ett jobb eller ett beslut"),
    ExtendReason.ABSENCE: _l("Frånvaro tog dagar"),
    ExtendReason.OTHER: _l("Något annat"),
}
INSURANCE_LABELS: dict[Insurance, Message] = {
    Insurance.MUNICIPALITY: _l("Kommunens försäkring"),
    Insurance.EMPLOYER: _l("Arbetsgivarens försäkring"),
    Insurance.BOTH: _l("Både kommunens och arbetsgivarens försäkring"),
}
HOW_LABELS: dict[SignedHow, Message] = {
    SignedHow.OWN_PAGE: _l("På Min sida"),
    SignedHow.LENT_SCREEN: _l("På Min sida, på personalens skärm"),
    SignedHow.SIGNED_IN: _l("Inloggad"),
    SignedHow.LINK: _l("Med länk"),
    SignedHow.PAPER: _l("På papper"),
}
ON_BEHALF_LABELS: dict[OnBehalfReason, Message] = {
    OnBehalfReason.CANNOT_USE_SCREEN: _l("Personen kan inte skriva under på en skärm"),
    OnBehalfReason.SAID_YES_TO_STAFF: _l("Personen sa eller visade ja för personalen"),
    OnBehalfReason.REPRESENTATIVE: _l("En företrädare skriver under"),
    OnBehalfReason.WANTED_HELP: _l("Personen ville ha hjälp"),
}
