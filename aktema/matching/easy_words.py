"""Reasons, questions, gates and changes in easy-read Swedish, said to the person: short sentences, usual words."""

from collections.abc import Mapping

from flask_babel import lazy_pgettext, pgettext

from aktema.core.errors import Message
from aktema.core.markup import hours
from aktema.matching.engine import Gap, Gate, Lift, Question, QuestionKind, Reason, ReasonId
from aktema.matching.engine.proposals import Change, ChangeKind
from aktema.matching.words import Whose, amounts_of_change, lower, preferred_pole, words_of_change
from aktema.people.codes import Source
from aktema.vocabulary.queries import vocabulary
from aktema.vocabulary.words import EASY, Word, reader_language

REASONS: Mapping[ReasonId, Message] = {
    ReasonId.ACTIVITY_LIKED: lazy_pgettext("easy", "Du tycker om det här: %(activity)s."),
    ReasonId.ACTIVITY_DISLIKED: lazy_pgettext("easy", "Du vill slippa det här: %(activity)s."),
    ReasonId.GROUP_LIKED: lazy_pgettext("easy", "Du tycker om saker som liknar: %(group)s."),
    ReasonId.GROUP_DISLIKED: lazy_pgettext("easy", "Du vill slippa saker som liknar: %(group)s."),
    ReasonId.KIND_LIKED: lazy_pgettext("easy", "Det liknar annat som du tycker om."),
    ReasonId.KIND_DISLIKED: lazy_pgettext("easy", "Det liknar annat som du vill slippa."),
    ReasonId.WORDS_MATCH: lazy_pgettext("easy", "Du har en önskan. Platsen skriver om samma sak."),
    ReasonId.WISH_UNKNOWN: lazy_pgettext("easy", "Vi ska ta reda på vad du tycker om."),
    ReasonId.NO_GAP: lazy_pgettext("easy", "Du klarar allt som behövs här."),
    ReasonId.NO_KNOWN_GAP: lazy_pgettext(
        "easy", "Du klarar %(known)s av %(demands)s saker. Resten ska vi ta reda på."
    ),
    ReasonId.MEETS_SOME: lazy_pgettext("easy", "Du klarar %(met)s av %(known)s saker som vi vet."),
    ReasonId.FIT_UNKNOWN: lazy_pgettext("easy", "Vi ska ta reda på om du klarar det här."),
    ReasonId.FIT_UNSTATED: lazy_pgettext("easy", "Vi ska fråga platsen vad du behöver klara."),
    ReasonId.PREFERENCE_AGREES: lazy_pgettext("easy", "Du vill ha: %(preference)s. Så är det här."),
    ReasonId.PREFERENCE_DIFFERS: lazy_pgettext("easy", "Du vill ha: %(preference)s. Här är det tvärtom."),
    ReasonId.NEAR: lazy_pgettext("easy", "Det är nära. Resan tar ungefär %(minutes)s minuter."),
    ReasonId.FAR: lazy_pgettext("easy", "Det är långt. Resan tar ungefär %(minutes)s minuter."),
    ReasonId.HOURS_FIT: lazy_pgettext("easy", "Du får så många timmar som du vill."),
    ReasonId.FEWER_HOURS: lazy_pgettext("easy", "Du får färre timmar än du vill: %(hours)s."),
    ReasonId.DAYS_FIT: lazy_pgettext("easy", "Dagarna passar dig."),
    ReasonId.FEWER_DAYS: lazy_pgettext("easy", "%(days)s av dina dagar passar."),
    ReasonId.NEW_GROUP: lazy_pgettext("easy", "Det här är nytt: %(group)s."),
    ReasonId.NEW_FEW_TRIALS: lazy_pgettext("easy", "Få har provat den här platsen."),
    ReasonId.NEW: lazy_pgettext("easy", "Det här är något nytt."),
}
"""Gaps are missing: they have sentences of their own."""
SAID_BY_OTHERS: Mapping[ReasonId, Message] = {
    ReasonId.ACTIVITY_LIKED: lazy_pgettext("easy", "Andra säger att du tycker om det här: %(activity)s."),
    ReasonId.ACTIVITY_DISLIKED: lazy_pgettext(
        "easy", "Andra säger att du vill slippa det här: %(activity)s."
    ),
    ReasonId.WORDS_MATCH: lazy_pgettext(
        "easy", "Andra har sagt vad du önskar. Platsen skriver om samma sak."
    ),
}
QUESTIONS: Mapping[QuestionKind, Message] = {
    QuestionKind.CONSTRAINT: lazy_pgettext("easy", "Vi frågar platsen: %(word)s?"),
    QuestionKind.HOURS: lazy_pgettext("easy", "Hur många timmar i veckan vill du jobba?"),
    QuestionKind.PLACE_HOURS: lazy_pgettext("easy", "Vi frågar platsen hur många timmar det är."),
    QuestionKind.DAYS: lazy_pgettext("easy", "Vilka dagar vill du jobba?"),
    QuestionKind.PLACE_DAYS: lazy_pgettext("easy", "Vi frågar platsen vilka dagar det är."),
    QuestionKind.PLACE_DAY_LENGTH: lazy_pgettext("easy", "Vi frågar platsen hur långa dagarna är."),
    QuestionKind.PLACE_TIMES: lazy_pgettext("easy", "Vi frågar platsen vilka tider det är."),
    QuestionKind.LOCATION: lazy_pgettext("easy", "Var bor du? Då vet vi hur lång resan är."),
    QuestionKind.PLACE_LOCATION: lazy_pgettext("easy", "Vi tar reda på var platsen ligger."),
    QuestionKind.VOTE: lazy_pgettext("easy", "Vad tycker du om det här: %(word)s?"),
    QuestionKind.PLACE_PREFERENCE: lazy_pgettext("easy", "Vi frågar platsen: %(word)s?"),
}
"""Capacities and preferences are missing: their easy words are questions already."""
GATES: Mapping[Gate, Message] = {
    Gate.NOT_LIVE: lazy_pgettext("easy", "Platsen är stängd nu."),
    Gate.FULL: lazy_pgettext("easy", "Platsen är full."),
    Gate.DECLINED: lazy_pgettext("easy", "Du har sagt nej till platsen."),
    Gate.CONSTRAINT: lazy_pgettext("easy", "Du har sagt: %(word)s. Det saknas på platsen."),
    Gate.HOURS: lazy_pgettext("easy", "Platsen behöver %(needed)s i veckan. Du vill jobba %(has)s."),
    Gate.DAYS: lazy_pgettext("easy", "Platsen har andra dagar än du."),
    Gate.DAY_LENGTH: lazy_pgettext("easy", "En dag på platsen är %(needed)s. Du vill jobba %(has)s."),
    Gate.TIMES: lazy_pgettext("easy", "Platsen har andra tider än du."),
    Gate.TRAVEL: lazy_pgettext("easy", "Resan tar %(needed)s minuter. Du vill resa högst %(has)s minuter."),
}
CHANGES: Mapping[ChangeKind, Message] = {
    ChangeKind.ADAPTATION: lazy_pgettext("easy", "Det här kan hjälpa: %(adaptation)s."),
    ChangeKind.CONSTRAINT_MET: lazy_pgettext("easy", "Platsen ordnar det här: %(constraint)s."),
    ChangeKind.TAKE_BACK_NO: lazy_pgettext("easy", "Du ändrar ditt nej till ett ja."),
    ChangeKind.HOURS: lazy_pgettext("easy", "Du jobbar %(after)s i veckan. Nu är det %(before)s."),
    ChangeKind.DAY_MOVED: lazy_pgettext("easy", "Du jobbar på %(after)s i stället för på %(before)s."),
    ChangeKind.DAY_ADDED: lazy_pgettext("easy", "Du jobbar en dag till: %(after)s."),
    ChangeKind.DAY_LENGTH: lazy_pgettext("easy", "Du jobbar %(after)s om dagen. Nu är det %(before)s."),
    ChangeKind.EARLIER_START: lazy_pgettext("easy", "Du börjar klockan %(after)s."),
    ChangeKind.LATER_END: lazy_pgettext("easy", "Du slutar klockan %(after)s."),
    ChangeKind.JOURNEY: lazy_pgettext("easy", "Du övar på resan. Den tar %(after)s minuter."),
}


def easy_label(word: Word) -> str:
    """The easy words; easy-read is Swedish, so readers of another language get the usual ones."""
    return word.label(EASY) if reader_language() == "sv" else word.label()


def easy_reason(reason: Reason, whose: Whose) -> str:
    """A reason that is not about a gap."""
    words, args = vocabulary(), reason.args
    named = {name: str(value) for name, value in args.items()}
    if "activity" in args:
        named["activity"] = lower(easy_label(words.activities[args["activity"]]))
    if "group" in args:
        groups = {group.id: group for group in words.activity_groups}
        named["group"] = lower(easy_label(groups[args["group"]]))
    if "pole" in args:
        named["preference"] = lower(preferred_pole(args["preference"], args["pole"]))
    if "minutes" in args:
        named["hours"] = hours(args["minutes"])
    said = SAID_BY_OTHERS if _is_said_by_others(reason, whose) else REASONS
    return str(said.get(reason.message_id, REASONS[reason.message_id])) % named


def _is_said_by_others(reason: Reason, whose: Whose) -> bool:
    if "activity" in reason.args:
        return whose.votes[reason.args["activity"]] is not Source.OWN
    return reason.message_id is ReasonId.WORDS_MATCH and whose.wish is not Source.OWN


def easy_gap(gap: Gap) -> str:
    """What is harder here, and what can help."""
    words = vocabulary()
    harder = pgettext(
        "easy",
        "Det här kan vara svårt: %(dimension)s.",
        dimension=lower(words.dimensions[gap.dimension].label()),
    )
    help_of = [easy_label(words.adaptations[key]) for key in gap.adaptations[:1]]
    return " ".join([harder, *(f"{sentence}." for sentence in help_of)])


def easy_question(question: Question) -> str:
    """A question to the person, or what somebody else will be asked."""
    words, key = vocabulary(), question.key or 0
    match question.kind:
        case QuestionKind.CAPACITY | QuestionKind.CAPACITY_DATED:
            return easy_label(words.dimensions[key])
        case QuestionKind.PREFERENCE:
            return easy_label(words.preferences[key])
        case QuestionKind.VOTE:
            word = easy_label(words.activities[key])
        case QuestionKind.PLACE_PREFERENCE:
            word = words.preferences[key].label()
        case QuestionKind.CONSTRAINT:
            word = words.constraints[key].label()
        case _:
            word = ""
    return str(QUESTIONS[question.kind]) % {"word": lower(word)}


def easy_lift(lift: Lift) -> str:
    """Which gate fell."""
    in_minutes = lift.gate is Gate.TRAVEL
    has, needed = (str(one) if in_minutes else hours(one) for one in (lift.has, lift.needed))
    word = easy_label(vocabulary().constraints[lift.key]) if lift.key is not None else ""
    return str(GATES[lift.gate]) % {"has": has, "needed": needed, "word": word}


def easy_change(change: Change) -> str:
    """What would be changed."""
    language = EASY if reader_language() == "sv" else None
    return str(CHANGES[change.kind]) % (words_of_change(change, language) | amounts_of_change(change))
