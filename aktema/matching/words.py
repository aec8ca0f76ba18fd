"""From the engine's codes to Swedish: reasons, questions and gates as sentences a person can read."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.core.markup import hours, minute_of_day
from aktema.employers.states import State
from aktema.employers.words import WEEKDAYS
from aktema.matching.engine import (
    Contribution,
    Feature,
    Gate,
    Lift,
    Part,
    Question,
    QuestionKind,
    Reason,
    ReasonId,
)
from aktema.matching.engine.asking import Asked, AskedKind
from aktema.matching.engine.proposals import Change, ChangeKind
from aktema.people.codes import Source
from aktema.vocabulary.queries import Vocabulary, vocabulary
from aktema.vocabulary.words import Word, reader_language

PARTS: Mapping[Part, Message] = {
    Part.WISH: _l("Vill"),
    Part.FIT: _l("Kan"),
    Part.PREFERENCES: _l("Trivs"),
    Part.PRACTICAL: _l("Praktiskt"),
}

_REASONS: Mapping[ReasonId, Message] = {
    ReasonId.ACTIVITY_LIKED: _l("Vill gärna: %(activity)s (%(source)s)."),
    ReasonId.ACTIVITY_DISLIKED: _l("Vill inte så gärna: %(activity)s (%(source)s)."),
    ReasonId.GROUP_LIKED: _l("Tycker om annat inom %(group)s."),
    ReasonId.GROUP_DISLIKED: _l("Har tackat nej till annat inom %(group)s."),
    ReasonId.KIND_LIKED: _l("Liknar annat som personen tycker om."),
    ReasonId.KIND_DISLIKED: _l("Liknar annat som personen inte tycker om."),
    ReasonId.WORDS_MATCH: _l("Personens egna ord om en önskan finns i platsens beskrivning."),
    ReasonId.WISH_UNKNOWN: _l("Personen har inte sagt vad den tycker om uppgifterna än."),
    ReasonId.NO_GAP: _l("Klarar allt som platsen kräver."),
    ReasonId.NO_KNOWN_GAP: _l("Klarar %(known)s av platsens %(demands)s krav. Resten vet vi inte än."),
    ReasonId.MEETS_SOME: _l(
        "Klarar %(met)s av %(known)s krav som vi vet något om. Platsen har %(demands)s krav."
    ),
    ReasonId.GAP_WITH_ADAPTATION: _l("Behöver stöd: %(dimension)s. Platsen erbjuder: %(adaptation)s."),
    ReasonId.GAP_COULD_BE_ADAPTED: _l("Behöver stöd: %(dimension)s. Fråga platsen om: %(adaptation)s."),
    ReasonId.GAP: _l("Behöver stöd: %(dimension)s."),
    ReasonId.FIT_UNKNOWN: _l("Vi vet inte än om personen klarar det som krävs."),
    ReasonId.FIT_UNSTATED: _l("Platsen har inte sagt vad den kräver."),
    ReasonId.PREFERENCE_AGREES: _l("Vill helst: %(preference)s. Så är det här."),
    ReasonId.PREFERENCE_DIFFERS: _l("Vill helst: %(preference)s. Så är det inte här."),
    ReasonId.NEAR: _l("Nära, ungefär %(minutes)s minuters resa."),
    ReasonId.FAR: _l("Långt, ungefär %(minutes)s minuters resa."),
    ReasonId.HOURS_FIT: _l("Timmarna räcker: %(hours)s i veckan."),
    ReasonId.FEWER_HOURS: _l("Platsen har färre timmar än personen vill: %(hours)s i veckan."),
    ReasonId.DAYS_FIT: _l("Dagarna stämmer."),
    ReasonId.FEWER_DAYS: _l("Bara %(days)s av dagarna stämmer."),
    ReasonId.NEW_GROUP: _l("Något nytt att fundera på: %(group)s."),
    ReasonId.NEW_FEW_TRIALS: _l("Något nytt: få har provat den här platsen."),
    ReasonId.NEW: _l("Något nytt att fundera på."),
}

_QUESTIONS: Mapping[QuestionKind, Message] = {
    QuestionKind.CONSTRAINT: _l("Fråga platsen: %(word)s?"),
    QuestionKind.CAPACITY: _l("Hur går det här för personen: %(word)s?"),
    QuestionKind.CAPACITY_DATED: _l("Fråga igen, svaret är över ett år gammalt: %(word)s."),
    QuestionKind.HOURS: _l("Fråga personen hur många timmar i veckan som passar."),
    QuestionKind.PLACE_HOURS: _l("Fråga platsen hur många timmar i veckan det gäller."),
    QuestionKind.DAYS: _l("Fråga personen vilka dagar som passar."),
    QuestionKind.PLACE_DAYS: _l("Fråga platsen vilka dagar det gäller."),
    QuestionKind.PLACE_DAY_LENGTH: _l("Fråga platsen hur korta dagar som går."),
    QuestionKind.PLACE_TIMES: _l("Fråga platsen vilka tider arbetet görs."),
    QuestionKind.LOCATION: _l("Fyll i var personen bor, så går resan att räkna ut."),
    QuestionKind.PLACE_LOCATION: _l("Fyll i var arbetsplatsen ligger, så går resan att räkna ut."),
    QuestionKind.VOTE: _l("Fråga personen: %(word)s?"),
    QuestionKind.PREFERENCE: _l("Fråga personen: %(word)s?"),
    QuestionKind.PLACE_PREFERENCE: _l("Fråga platsen: %(word)s?"),
}

GATES: Mapping[Gate, Message] = {
    Gate.NOT_LIVE: _l("Platsen är inte öppen nu"),
    Gate.FULL: _l("Platsen är full"),
    Gate.DECLINED: _l("Ett nej har redan sagts"),
    Gate.CONSTRAINT: _l("Ett villkor är inte uppfyllt"),
    Gate.HOURS: _l("Platsen behöver fler timmar"),
    Gate.DAYS: _l("Dagarna går inte ihop"),
    Gate.DAY_LENGTH: _l("Arbetsdagen är för lång"),
    Gate.TIMES: _l("Tiderna går inte ihop"),
    Gate.TRAVEL: _l("Resan är för lång"),
}

NOT_AMONG: Mapping[State, Message] = {
    State.DRAFT: _l("Platsen är ett utkast. Den föreslås först när någon har publicerat den."),
    State.PUBLISHED: _l("Platsen är nyss publicerad. Ladda om sidan om en liten stund."),
    State.PAUSED: _l("Platsen är pausad. Den föreslås inte förrän någon öppnar den igen."),
    State.CLOSED: _l("Platsen är stängd och föreslås inte."),
}
"""Why a placement is neither on the list nor left out: it is not among those that are compared."""

_CHANGES: Mapping[ChangeKind, Message] = {
    ChangeKind.ADAPTATION: _l("Fråga platsen om stöd: %(adaptation)s. Då kan det här gå: %(dimension)s."),
    ChangeKind.CONSTRAINT_MET: _l("Fråga platsen om det går att ordna: %(constraint)s."),
    ChangeKind.TAKE_BACK_NO: _l("Personen ändrar sitt nej till ett ja."),
    ChangeKind.HOURS: _l("Personen arbetar %(after)s i veckan i stället för %(before)s."),
    ChangeKind.DAY_MOVED: _l("Personen byter dag, från %(before)s till %(after)s."),
    ChangeKind.DAY_ADDED: _l("Personen arbetar en dag till: %(after)s."),
    ChangeKind.DAY_LENGTH: _l("Personen arbetar %(after)s om dagen i stället för %(before)s."),
    ChangeKind.EARLIER_START: _l("Personen börjar klockan %(after)s i stället för %(before)s."),
    ChangeKind.LATER_END: _l("Personen slutar klockan %(after)s i stället för %(before)s."),
    ChangeKind.JOURNEY: _l(
        "Personen övar på resan. Den tar ungefär %(after)s minuter, gränsen är %(before)s."
    ),
}
_OFFERED = _l("Använd stödet som platsen erbjuder: %(adaptation)s. Då kan det här gå: %(dimension)s.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Whose:
    """Who said what the reasons speak of: each vote by activity, and the wish in words."""

    votes: Mapping[int, Source]
    wish: Source


def reason_sentence(reason: Reason, whose: Whose) -> str:
    """The reason as one sentence that says whose word it stands on."""
    if reason.message_id is ReasonId.WORDS_MATCH and whose.wish is not Source.OWN:
        return _(
            "Det som sagts om personens önskan (%(source)s) finns i platsens beskrivning.",
            source=lower(str(whose.wish.label)),
        )
    words, args = vocabulary(), reason.args
    named = {name: _named(words, name, key) for name, key in args.items()}
    if "activity" in args:
        named["source"] = lower(str(whose.votes[args["activity"]].label))
    if "pole" in args:
        named["preference"] = lower(preferred_pole(args["preference"], args["pole"]))
    if "minutes" in args:
        named["hours"] = hours(args["minutes"])
    return str(_REASONS[reason.message_id]) % named


def _named(words: Vocabulary, name: str, key: int) -> str:
    tables: Mapping[str, Mapping[int, Word]] = {
        "activity": words.activities,
        "dimension": words.dimensions,
        "adaptation": words.adaptations,
        "preference": words.preferences,
        "group": {group.id: group for group in words.activity_groups},
    }
    return lower(tables[name][key].label()) if name in tables else str(key)


def preferred_pole(preference_id: int, pole: int) -> str:
    first, second = vocabulary().preferences[preference_id].poles()
    return first if pole < 0 else second


def lower(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]


def question_sentence(question: Question) -> str:
    """The question as one sentence, saying whom to ask."""
    return str(_QUESTIONS[question.kind]) % {"word": _word_of(question)}


def _word_of(question: Question) -> str:
    if question.key is None:
        return ""
    words = vocabulary()
    by_kind: Mapping[QuestionKind, Mapping[int, Word]] = {
        QuestionKind.CONSTRAINT: words.constraints,
        QuestionKind.CAPACITY: words.dimensions,
        QuestionKind.CAPACITY_DATED: words.dimensions,
        QuestionKind.VOTE: words.activities,
        QuestionKind.PREFERENCE: words.preferences,
        QuestionKind.PLACE_PREFERENCE: words.preferences,
    }
    return lower(by_kind[question.kind][question.key].label())


def lift_sentence(lift: Lift) -> str:
    """Which gate fell, and what would lift it."""
    match lift.gate:
        case Gate.CONSTRAINT if lift.key is not None:
            return _(
                "Platsen uppfyller inte: %(word)s.", word=lower(vocabulary().constraints[lift.key].label())
            )
        case Gate.HOURS:
            return _(
                "Platsen behöver minst %(needed)s i veckan, personen vill arbeta %(has)s.", **_amounts(lift)
            )
        case Gate.DAY_LENGTH | Gate.TIMES:
            return _("Arbetsdagen på platsen är %(needed)s, personen kan %(has)s.", **_amounts(lift))
        case Gate.DAYS if not lift.has:
            return _("Ingen dag passar både personen och platsen.")
        case Gate.DAYS:
            return _(
                "Platsen behöver minst %(needed)s dagar som passar båda, nu är de %(has)s.",
                needed=lift.needed,
                has=lift.has,
            )
        case Gate.TRAVEL:
            return _(
                "Resan tar ungefär %(needed)s minuter, gränsen är %(has)s minuter.",
                needed=lift.needed,
                has=lift.has,
            )
        case _:
            return f"{GATES[lift.gate]}."


def _amounts(lift: Lift) -> dict[str, str]:
    return {"needed": hours(lift.needed), "has": hours(lift.has)}


def change_sentence(change: Change, offered: Container[int]) -> str:
    """What would be changed; `offered` holds the adaptations that the place offers."""
    is_offered = change.kind is ChangeKind.ADAPTATION and change.key in offered
    sentence = _OFFERED if is_offered else _CHANGES[change.kind]
    return str(sentence) % (words_of_change(change) | amounts_of_change(change))


def words_of_change(change: Change, language: str | None = None) -> dict[str, str]:
    """The words of the vocabulary that the change names, the support in the language."""
    words = vocabulary()
    named: dict[str, str] = {}
    if change.dimension is not None:
        named["dimension"] = lower(words.dimensions[change.dimension].label())
    match change.kind:
        case ChangeKind.ADAPTATION if change.key is not None:
            named["adaptation"] = lower(words.adaptations[change.key].label(language))
        case ChangeKind.CONSTRAINT_MET if change.key is not None:
            named["constraint"] = lower(words.constraints[change.key].label())
    return named


def amounts_of_change(change: Change) -> dict[str, str]:
    """How it is before and after, the way people say it."""
    write: Callable[[int], str]
    match change.kind:
        case ChangeKind.HOURS | ChangeKind.DAY_LENGTH:
            write = hours
        case ChangeKind.DAY_MOVED | ChangeKind.DAY_ADDED:
            write = _weekday
        case ChangeKind.EARLIER_START | ChangeKind.LATER_END:
            write = minute_of_day
        case _:
            write = str
    return {"before": write(change.before), "after": write(change.after)}


def _weekday(day: int) -> str:
    name = str(WEEKDAYS[day])
    return lower(name) if reader_language() == "sv" else name


_ASKED: Mapping[AskedKind, QuestionKind] = {
    AskedKind.CAPACITY: QuestionKind.CAPACITY,
    AskedKind.VOTE: QuestionKind.VOTE,
    AskedKind.PREFERENCE: QuestionKind.PREFERENCE,
    AskedKind.HOURS: QuestionKind.HOURS,
    AskedKind.DAYS: QuestionKind.DAYS,
}


def find_question(asked: Asked) -> Question | None:
    """The question as suggestions ask it; None for the journey, which they do not ask about."""
    return Question(kind=_ASKED[asked.kind], key=asked.key) if asked.kind in _ASKED else None


def asked_sentence(asked: Asked) -> str:
    """What to ask the person."""
    question = find_question(asked)
    return question_sentence(question) if question else _("Fråga personen hur lång resa som går bra.")


def contribution_label(contribution: Contribution) -> str:
    """What one figure of the exact sum comes from."""
    words, key = vocabulary(), contribution.key
    match contribution.feature:
        case Feature.ACTIVITY if key is not None:
            return _("Uppgift: %(word)s", word=lower(words.activities[key].label()))
        case Feature.GROUP if key is not None:
            return _("Annat inom %(word)s", word=_named(words, "group", key))
        case Feature.DIMENSION if key is not None:
            return _("Krav: %(word)s", word=lower(words.dimensions[key].label()))
        case Feature.PREFERENCE if key is not None:
            return _("Önskemål: %(word)s", word=lower(words.preferences[key].label()))
        case other:
            return str(_PLAIN_FEATURES[other])


_PLAIN_FEATURES: Mapping[Feature, Message] = {
    Feature.BASE: _l("Utgångsläge när inget är känt"),
    Feature.KIND: _l("Liknande uppgifter"),
    Feature.WORDS: _l("Egna ord om en önskan"),
    Feature.TRAVEL: _l("Resan"),
    Feature.HOURS: _l("Timmarna"),
    Feature.DAYS: _l("Dagarna"),
}


def exact(value: float) -> str:
    """A figure of the exact sum with four decimals: +0,1125."""
    return f"{value:+.4f}".replace(".", ",").replace("-", "−")
