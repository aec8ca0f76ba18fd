"""The words of verdicts and weights."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message

VERDICTS: Mapping[str, Message] = {
    "accept": _l("Ja, fråga om den här platsen"),
    "not_now": _l("Inte nu"),
    "no": _l("Nej, inte den här"),
}
VERDICT_TAGS: Mapping[str, tuple[Message, str]] = {
    "accept": (_l("Ni sa ja"), "success"),
    "not_now": (_l("Ni sa inte nu"), "warning"),
    "no": (_l("Ni sa nej"), "neutral"),
}
REASONS: Mapping[str, Message] = {
    "person_wants": _l("Personen vill det själv"),
    "fits_well": _l("Passar det personen kan"),
    "worth_trying": _l("Värt att prova för att se"),
    "near_home": _l("Det är lätt att ta sig dit"),
    "needs_time": _l("Personen behöver mer tid"),
    "other_place_first": _l("En annan plats först"),
    "health": _l("Orken räcker inte just nu"),
    "waiting_for_answer": _l("Vi väntar på ett svar"),
    "wrong_season": _l("Fel tid på året"),
    "person_said_no": _l("Personen sa nej"),
    "wrong_tasks": _l("Fel uppgifter"),
    "wrong_place": _l("Platsen eller miljön passar inte"),
    "too_far": _l("För lång resa"),
    "wrong_times": _l("Fel dagar eller tider"),
    "too_hard": _l("För stora krav"),
    "employer_full": _l("Arbetsgivaren kan inte ta emot nu"),
    "other": _l("Annat, skriv vad"),
}
EMPHASES: Mapping[str, Message] = {
    "none": _l("Inget"),
    "little": _l("Lite"),
    "usual": _l("Som vanligt"),
    "much": _l("Mycket"),
}
