"""The words of templates and of the files they travel in."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.core.errors import DomainError, Message
from aktema.plans.plan_codes import PlanField
from aktema.plans.rules.template_changes import Aspect, Finding, Move, Part, Place, Private
from aktema.plans.rules.template_content import Fault, Kind, Scale, TemplateError

KINDS: Mapping[str, Message] = {
    Kind.PLAN: _l("Planmall"),
    Kind.PICTURES: _l("Bildkarta"),
    Kind.QUESTIONS: _l("Frågor"),
}
KINDS_IN_PLURAL: Mapping[str, Message] = {
    Kind.PLAN: _l("Planmallar"),
    Kind.PICTURES: _l("Bildkartor"),
    Kind.QUESTIONS: _l("Frågor"),
}
KIND_TEXTS: Mapping[str, Message] = {
    Kind.PLAN: _l("Mål och aktiviteter att börja en plan med."),
    Kind.PICTURES: _l("Bilder med ord, i rutor att peka på."),
    Kind.QUESTIONS: _l("Frågor att ställa, med lättläst text, bild och svar att välja bland."),
}
KIND_PICTURES: Mapping[str, str] = {Kind.PLAN: "1F9ED", Kind.PICTURES: "1F33B", Kind.QUESTIONS: "1F4AC"}
SCALES: Mapping[str, Message] = {
    Scale.YES_NO: _l("Ja eller nej"),
    Scale.YES_MAYBE_NO: _l("Ja, kanske eller nej"),
    Scale.FACES: _l("Fem ansikten, från ledsen till glad"),
    Scale.OWN_WORDS: _l("Egna ord"),
}
FIELDS: Mapping[str, Message] = {
    **{field.value: field.label for field in PlanField},
    "title": _l("Namn"),
    "about": _l("Vad mallen är till för"),
    "life_area": _l("Livsområde"),
    "when": _l("När"),
    "support_level": _l("Hur mycket stöd"),
    "is_toward_work": _l("På vägen mot arbete"),
    "columns": _l("Rutor i bredd"),
    "pictures": _l("Bilder"),
    "scale": _l("Så svarar man"),
}
QUESTION_TEXT = _l("Fråga")
ASPECTS: Mapping[str, Message] = {Aspect.EASY: _l("lättläst"), Aspect.PICTURES: _l("bilder")}
MOVES: Mapping[str, Message] = {
    Move.ADDED: _l("Nytt"),
    Move.REMOVED: _l("Borttaget"),
    Move.CHANGED: _l("Ändrat"),
}
MOVE_TONES: Mapping[str, str] = {Move.ADDED: "success", Move.REMOVED: "warning", Move.CHANGED: "info"}
PRIVATE: Mapping[str, Message] = {
    Private.PERSONAL_NUMBER: _l("ser ut som ett personnummer"),
    Private.EMAIL: _l("ser ut som en e-postadress"),
    Private.PHONE: _l("ser ut som ett telefonnummer"),
}
FAULTS: Mapping[Fault, Message] = {
    Fault.TOO_LARGE: _l("Filen är för stor för att vara en mall. Högst 1 MB."),
    Fault.NOT_JSON: _l("Filen går inte att läsa som en mall. Välj filen som avsändaren skickade."),
    Fault.TOO_DEEP: _l("Filen är inte byggd som en mall. Be avsändaren göra den igen."),
    Fault.TWICE: _l("Mallen säger samma sak två gånger. Be avsändaren göra filen igen."),
    Fault.NO_TEMPLATE: _l("Filen är ingen mall från Aktema."),
    Fault.OTHER_VERSION: _l(
        "Filen är skriven på ett sätt som den här versionen av Aktema inte kan läsa. En av er behöver uppdatera."
    ),
    Fault.CHANGED: _l(
        "Filen har ändrats eller skadats efter att den gjordes. Be avsändaren skicka den igen."
    ),
    Fault.MISSING: _l("Något fattas i mallen."),
    Fault.UNKNOWN: _l("Något i mallen hör inte hemma i en mall."),
    Fault.WRONG_TYPE: _l("Något i mallen är skrivet på fel sätt."),
    Fault.OUT_OF_BOUNDS: _l("Något i mallen ligger utanför det som går att välja, eller är för många."),
    Fault.TOO_LONG: _l("En text i mallen är för lång."),
    Fault.BAD_LETTER: _l("En text i mallen innehåller tecken som inte går att spara."),
    Fault.EMPTY: _l("En text som behövs i mallen är tom."),
}


def refusal(error: TemplateError, field: str | None = None) -> DomainError:
    """What is wrong with a template, as a sentence for a person, with the place where it can be named."""
    text = FAULTS[error.fault]
    said = _("%(what)s Stället: %(where)s.", what=text, where=error.where) if error.where else str(text)
    return DomainError(said, field)


def name_of(place: Place) -> str:
    """What the part of a template is called where it is told what changed in it."""
    names = {
        Part.TEMPLATE: _("Hela mallen"),
        Part.GOAL: _("Målet ”%(name)s”", name=place.name),
        Part.ACTIVITY: _("Aktiviteten ”%(name)s”", name=place.name),
        Part.QUESTION: _("Frågan ”%(name)s”", name=place.name),
    }
    return names[place.part]


def field_of(place: Place) -> str:
    """What is said there, and in which form where it is not the standard one."""
    is_question = place.part is Part.QUESTION and place.field == "text"
    label = QUESTION_TEXT if is_question else FIELDS[place.field]
    aspect = ASPECTS.get(place.aspect) if place.field != "pictures" else None
    return f"{label}, {aspect}" if aspect else str(label)


def finding_text(finding: Finding) -> str:
    """Where something looks as if it were about a person, and what it looks like; never the text itself."""
    place = finding.place
    return _(
        "%(part)s, %(field)s: %(what)s.",
        part=name_of(place) if place.part is Part.TEMPLATE or not _is_named_by(place) else _("En rubrik"),
        field=field_of(place),
        what=PRIVATE[finding.kind],
    )


def _is_named_by(place: Place) -> bool:
    """Whether the text found is what the part is called."""
    return place.field in ("text", "what") and place.aspect is Aspect.STANDARD
