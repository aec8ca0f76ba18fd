"""The words of outcomes, jobs, benefits and retention."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from aktema.core.errors import Message
from aktema.pathway.rules.benefits import BenefitItem, BenefitResult
from aktema.pathway.rules.outcome import EmploymentEnd, EmploymentForm, OutcomeKind, SubsidyFault
from aktema.pathway.rules.retention import RetentionDue


class UnsettledReason(StrEnum):
    """Why a job begins before everything about the person's income is settled."""

    APPLIED = "applied"
    ALREADY_BEGUN = "already_begun"
    PERSONS_CHOICE = "persons_choice"

    @property
    def label(self) -> Message:
        return UNSETTLED_LABELS[self]


class AnsweredHow(StrEnum):
    """How somebody gave their own answer about the job."""

    OWN_PAGE = "own_page"
    LENT_SCREEN = "lent_screen"
    LINK = "link"
    TOLD = "told"

    @property
    def label(self) -> Message:
        return ANSWERED_LABELS[self]


class YesNo(StrEnum):
    """An answer that may be missing: the empty choice beside these is that nobody knows."""

    YES = "yes"
    NO = "no"

    @property
    def label(self) -> Message:
        return YES_NO_LABELS[self]


YES_NO_LABELS: dict[YesNo, Message] = {YesNo.YES: _l("Ja"), YesNo.NO: _l("Nej")}
OUTCOME_LABELS: dict[OutcomeKind, Message] = {
    OutcomeKind.JOB: _l("Ett jobb med lön"),
    OutcomeKind.LONGER_PLACEMENT: _l("En längre tid på samma plats"),
    OutcomeKind.OTHER_PLACEMENT: _l("En annan plats att prova"),
    OutcomeKind.EDUCATION: _l("Utbildning"),
    OutcomeKind.BACK: _l("Tillbaka till daglig verksamhet"),
    OutcomeKind.NONE: _l("Inget bestämt än"),
}
OUTCOME_EASY: dict[OutcomeKind, Message] = {
    OutcomeKind.JOB: lazy_pgettext("easy", "Du har fått ett jobb."),
    OutcomeKind.LONGER_PLACEMENT: lazy_pgettext("easy", "Du stannar längre på din plats."),
    OutcomeKind.OTHER_PLACEMENT: lazy_pgettext("easy", "Du ska prova en annan plats."),
    OutcomeKind.EDUCATION: lazy_pgettext("easy", "Du ska börja en kurs eller en skola."),
    OutcomeKind.BACK: lazy_pgettext("easy", "Du är tillbaka på dina vanliga dagar."),
    OutcomeKind.NONE: lazy_pgettext("easy", "Du har provat färdigt."),
}
"""The same to the person, for their own timeline."""
OUTCOME_TONES: dict[OutcomeKind, str] = {
    OutcomeKind.JOB: "success",
    OutcomeKind.LONGER_PLACEMENT: "info",
    OutcomeKind.OTHER_PLACEMENT: "info",
    OutcomeKind.EDUCATION: "success",
    OutcomeKind.BACK: "neutral",
    OutcomeKind.NONE: "neutral",
}
FORM_LABELS: dict[EmploymentForm, Message] = {
    EmploymentForm.ORDINARY: _l("Vanlig anställning"),
    EmploymentForm.NEW_START_JOB: _l("Nystartsjobb"),
    EmploymentForm.WAGE_SUBSIDY: _l("Lönebidrag för anställning"),
    EmploymentForm.DEVELOPMENT_EMPLOYMENT: _l("Lönebidrag för utveckling i anställning"),
    EmploymentForm.SECURE_EMPLOYMENT: _l("Lönebidrag för trygghet i anställning"),
    EmploymentForm.PUBLIC_SHELTERED: _l("Offentligt skyddat arbete"),
    EmploymentForm.SAMHALL: _l("Samhall"),
    EmploymentForm.SAMHALL_LFU: _l("Lönebidrag för utveckling hos Samhall"),
    EmploymentForm.HOLIDAY_JOB: _l("Feriejobb"),
    EmploymentForm.OWN_BUSINESS: _l("Eget företag"),
}
END_LABELS: dict[EmploymentEnd, Message] = {
    EmploymentEnd.AS_PLANNED: _l("Det tog slut som planerat"),
    EmploymentEnd.OTHER_JOB: _l("Ett annat jobb"),
    EmploymentEnd.EDUCATION: _l("Utbildning"),
    EmploymentEnd.WRONG_TASKS: _l("Uppgifterna passade inte"),
    EmploymentEnd.TOO_FAST: _l("Det gick för fort"),
    EmploymentEnd.SURROUNDINGS: _l("För mycket ljud, ljus, folk eller annat runt omkring"),
    EmploymentEnd.TRAVEL: _l("Resan dit fungerade inte"),
    EmploymentEnd.HEALTH: _l("Hälsan"),
    EmploymentEnd.RELATIONS: _l("Det fungerade inte med någon på jobbet"),
    EmploymentEnd.EMPLOYER_CHANGED: _l("Det ändrades hos arbetsgivaren"),
    EmploymentEnd.SUBSIDY_ENDED: _l("Bidraget till lönen tog slut"),
    EmploymentEnd.BENEFIT_RULES: _l("Reglerna för ersättning"),
    EmploymentEnd.SUPPORT_MISSING: _l("Stödet räckte inte"),
    EmploymentEnd.PERSON_SAID_NO: _l("Personen ville sluta"),
    EmploymentEnd.OTHER: _l("Något annat"),
}
ITEM_LABELS: dict[BenefitItem, Message] = {
    BenefitItem.SOCIAL_INSURANCE: _l("Försäkringskassan"),
    BenefitItem.EMPLOYMENT_SERVICE: _l("Arbetsförmedlingen"),
    BenefitItem.GUARDIAN: _l("God man eller förvaltare"),
}
ITEM_QUESTIONS: dict[BenefitItem, Message] = {
    BenefitItem.SOCIAL_INSURANCE: _l("Är det klart med Försäkringskassan?"),
    BenefitItem.EMPLOYMENT_SERVICE: _l("Är det klart med Arbetsförmedlingen?"),
    BenefitItem.GUARDIAN: _l("Är det klart med god man eller förvaltare?"),
}
ITEM_HINTS: dict[BenefitItem, Message] = {
    BenefitItem.SOCIAL_INSURANCE: _l(
        "Har personen aktivitetsersättning eller sjukersättning? "
        "Ansök om att den ska vila innan jobbet börjar. Efteråt är för sent."
    ),
    BenefitItem.EMPLOYMENT_SERVICE: _l(
        "Ska staten betala en del av lönen? Då måste beslutet finnas före första dagen."
    ),
    BenefitItem.GUARDIAN: _l("Vet den som sköter pengarna att lönen kommer, och när?"),
}
RESULT_LABELS: dict[BenefitResult, Message] = {
    BenefitResult.DONE: _l("Klart"),
    BenefitResult.NOT_NEEDED: _l("Behövs inte"),
}
UNSETTLED_LABELS: dict[UnsettledReason, Message] = {
    UnsettledReason.APPLIED: _l("Ansökan är inskickad i tid, men svaret har inte kommit"),
    UnsettledReason.ALREADY_BEGUN: _l("Jobbet hade redan börjat när vi fick veta det"),
    UnsettledReason.PERSONS_CHOICE: _l("Personen vill börja ändå och vet vad det kan betyda"),
}
SUBSIDY_FAULTS: dict[SubsidyFault, Message] = {
    SubsidyFault.MISSING: _l("Skriv vilken dag bidraget tar slut. Det står i beslutet."),
    SubsidyFault.NOT_OF_THIS_FORM: _l("Den här anställningen har inget bidrag. Ta bort dagen."),
    SubsidyFault.BEFORE_START: _l("Bidraget kan inte ta slut innan jobbet börjar."),
}
DUE_LABELS: dict[RetentionDue, Message] = {
    RetentionDue.WEEK_1: _l("Efter 1 vecka"),
    RetentionDue.MONTH_1: _l("Efter 1 månad"),
    RetentionDue.MONTH_3: _l("Efter 3 månader"),
    RetentionDue.MONTH_6: _l("Efter 6 månader"),
    RetentionDue.MONTH_12: _l("Efter 12 månader"),
    RetentionDue.MONTH_24: _l("Efter 24 månader"),
}
ANSWERED_LABELS: dict[AnsweredHow, Message] = {
    AnsweredHow.OWN_PAGE: _l("På Min sida"),
    AnsweredHow.LENT_SCREEN: _l("På Min sida, på personalens skärm"),
    AnsweredHow.LINK: _l("Med länk"),
    AnsweredHow.TOLD: _l("Berättat för den som frågade"),
}
WELLBEING_LABELS: dict[int, Message] = {
    4: _l("Mycket bra"),
    3: _l("Bra"),
    2: _l("Sådär"),
    1: _l("Dåligt"),
    0: _l("Mycket dåligt"),
}
