"""The easy-read checker: what in a text is hard to read, where, and why. It says what to do and never rewrites.

The rules are those of Swedish handbooks for easy-read (MTM, FUB): short main clauses, one idea in a line, active
verbs, usual words explained where they are hard, no abbreviations, no negations, numbers in figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aktema.core.easy_read_clauses import Word, passives, two_ideas, words_of
from aktema.core.easy_read_terms import TERMS
from aktema.core.easy_read_words import ABBREVIATIONS, NEGATIONS, NUMBER_WORDS, UNITS
from aktema.core.sentences import sentences_of

MOST_WORDS = 12
"""Words in a sentence."""
MOST_LETTERS = 13
"""Letters in a word, or in each part of one that a hyphen divides."""
MOST_LIX = 30
"""Below this lie texts for children and beginners (Björnsson's readability index)."""
LEAST_WORDS_FOR_LIX = 25
"""An index of fewer words says more of chance than of the text."""
LONG_WORD_OF_LIX = 6
LONGEST_TEXT = 5000
"""Letters; what follows is not looked at."""


class Code(StrEnum):
    """What is hard about a place in a text."""

    LONG_SENTENCE = "long_sentence"
    LONG_WORD = "long_word"
    PASSIVE = "passive"
    ABBREVIATION = "abbreviation"
    NEGATION = "negation"
    TWO_IDEAS = "two_ideas"
    LIST_IN_LINE = "list_in_line"
    PARENTHESIS = "parenthesis"
    NUMBER = "number"
    HARD_WORD = "hard_word"
    HARD_TEXT = "hard_text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A place in the text and what is hard there. `instead` is an easier wording, where one is known."""

    start: int
    end: int
    code: Code
    words: str
    """What stands there."""
    instead: str = ""
    amount: int = 0
    """The words of a long sentence, the letters of a long word, the index of a hard text."""


def check(text: str) -> tuple[Finding, ...]:
    """What is hard to read in the text, in the order it stands there. Nothing where it is easy-read."""
    text = text[:LONGEST_TEXT]
    sentences = sentences_of(text)
    found = [*_of_abbreviations(text), *_of_numbers(text), *_of_signs(text), *_of_terms(text)]
    for start, end in sentences:
        found += _of_sentence(text, start, end)
    found += _of_whole(text, len(sentences))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.code)))


def _finding(text: str, start: int, end: int, code: Code, instead: str = "", amount: int = 0) -> Finding:
    return Finding(start=start, end=end, code=code, words=text[start:end], instead=instead, amount=amount)


def _of_sentence(text: str, start: int, end: int) -> Iterator[Finding]:
    words = words_of(text, start, end)
    if len(words) > MOST_WORDS:
        yield _finding(text, start, end, Code.LONG_SENTENCE, amount=len(words))
    for word in words:
        if (letters := _longest_part(word.text)) > MOST_LETTERS and not _is_name(word, words[0]):
            yield _finding(text, word.start, word.end, Code.LONG_WORD, amount=letters)
        if word.folded in NEGATIONS:
            yield _finding(text, word.start, word.end, Code.NEGATION)
    for first, last in passives(words):
        yield _finding(text, first.start, last.end, Code.PASSIVE)
    for joint in two_ideas(text, words):
        yield _finding(text, joint.start, joint.end, Code.TWO_IDEAS)


def _is_name(word: Word, first: Word) -> bool:
    """Whether the word is a name by its capital within a sentence: what has a name has no shorter one."""
    return word is not first and word.text[0].isupper() and not word.text.isupper()


def _longest_part(word: str) -> int:
    return max(len(part) for part in word.split("-"))


_PARENTHESIS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
_SEMICOLON = re.compile(";")
_LIST_IN_LINE = re.compile(r":[^\S\n]*[^:.!?\n]*?\w[^\S\n]*(?:,[^:.!?\n]*\w)+")


def _of_signs(text: str) -> Iterator[Finding]:
    for pattern, code in (
        (_PARENTHESIS, Code.PARENTHESIS),
        (_SEMICOLON, Code.TWO_IDEAS),
        (_LIST_IN_LINE, Code.LIST_IN_LINE),
    ):
        for place in pattern.finditer(text):
            yield _finding(text, place.start(), place.end(), code)


_BEGINS, _ENDS = r"(?<![\w.])", r"(?![\w])"
_ABBREVIATION = re.compile(
    _BEGINS
    + "("
    + "|".join(re.escape(one) for one in sorted(ABBREVIATIONS, key=len, reverse=True))
    + ")"
    + _ENDS,
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\d[^\S\n]?(" + "|".join(re.escape(one) for one in UNITS) + r")\.?(?![\w])", re.IGNORECASE
)
_CAPITALS = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{2,5}(?![\w])")
_EITHER_CASE = {short.casefold(): long for short, long in ABBREVIATIONS.items() if not short.isupper()}


def _of_abbreviations(text: str) -> Iterator[Finding]:
    """Those of the list, units after a number, and words of capitals in a text that is not all in capitals."""
    for place in _ABBREVIATION.finditer(text):
        if (long := _EITHER_CASE.get(place[1].casefold())) is not None:
            yield _finding(text, place.start(1), place.end(1), Code.ABBREVIATION, long)
    for place in _UNIT.finditer(text):
        yield _finding(text, place.start(1), place.end(1), Code.ABBREVIATION, UNITS[place[1].casefold()])
    if not text.isupper():
        for place in _CAPITALS.finditer(text):
            if place[0] not in TERMS and place[0].casefold() not in _EITHER_CASE:
                long = ABBREVIATIONS.get(place[0], "")
                yield _finding(text, place.start(), place.end(), Code.ABBREVIATION, long)


_NUMBER_WORD = re.compile(r"\b(" + "|".join(NUMBER_WORDS) + r")\b", re.IGNORECASE)
_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b\d{1,2}/\d{1,2}\b")
_CLOCK = re.compile(r"(?<![\d-])(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)")
_RANGE = re.compile(r"(?<![\d.:-])(\d{1,4}(?:[.:]\d\d)?)[^\S\n]?[-–][^\S\n]?(\d{1,4}(?:[.:]\d\d)?)(?![\d-])")
_FRACTION = re.compile(r"(?<![\d,])\d+,\d+(?!\d)|[½¼¾]")
WEEKDAYS = "måndag tisdag onsdag torsdag fredag lördag söndag"
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"


def _of_numbers(text: str) -> Iterator[Finding]:
    """Numbers in letters, dates and times in signs, from-to with a dash, parts of a whole."""
    for place in _NUMBER_WORD.finditer(text):
        yield _finding(text, *place.span(), Code.NUMBER, NUMBER_WORDS[place[0].casefold()])
    for place in _DATE.finditer(text):
        yield _finding(text, *place.span(), Code.NUMBER, _written_day(place))
    for place in _RANGE.finditer(text):
        yield _finding(text, *place.span(), Code.NUMBER, f"{_time(place[1])} till {_time(place[2])}")
    for place in _CLOCK.finditer(text):
        if not any(one.start() <= place.start() < one.end() for one in _RANGE.finditer(text)):
            yield _finding(text, *place.span(), Code.NUMBER, f"klockan {_time(place[0])}")
    for place in _FRACTION.finditer(text):
        yield _finding(text, *place.span(), Code.NUMBER)


def _time(typed: str) -> str:
    """9.30 for 09:30, 9 for 09:00; another number as it stands."""
    hour, colon, minute = typed.replace(".", ":").partition(":")
    whole = str(int(hour)) if colon else hour
    return whole if minute in ("", "00") else f"{whole}.{minute[:2]}"


def _written_day(place: re.Match[str]) -> str:
    try:
        day = date(int(place[1]), int(place[2]), int(place[3]))
    except (TypeError, ValueError):
        return ""
    return f"{WEEKDAYS.split()[day.weekday()]} {day.day} {MONTHS.split()[day.month - 1]} {day.year}"


_INFLECTED = "(?:en|et|n|t|na|a|ar|er|or|r|s|ns|ts|arna|erna|orna|as|de|des|erat|erar|erade)?"
_STEMS = {(term[:-1] if len(term) > 4 and term.endswith("a") else term).casefold(): term for term in TERMS}
_TERM = re.compile(
    r"(?<![\w-])("
    + "|".join(re.escape(stem) for stem in sorted(_STEMS, key=len, reverse=True))
    + ")"
    + _INFLECTED
    + r"\b",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"[^\S\n]*(?:är|betyder|heter|innebär)\b")


def _of_terms(text: str) -> Iterator[Finding]:
    """Hard words, each once, unless the text itself goes on to say what the word means."""
    seen = set()
    for place in _TERM.finditer(text):
        term = _STEMS[place[1].casefold()]
        if term not in seen and not _EXPLAINS.match(text, place.end()):
            yield _finding(text, *place.span(), Code.HARD_WORD, TERMS[term])
        seen.add(term)


def _of_whole(text: str, sentences: int) -> Iterator[Finding]:
    words = words_of(text, 0, len(text))
    if len(words) >= LEAST_WORDS_FOR_LIX and (index := round(_lix(words, sentences))) > MOST_LIX:
        yield _finding(text, 0, len(text), Code.HARD_TEXT, amount=index)


def lix(text: str) -> int:
    """Björnsson's readability index: words per sentence and words of more than six letters in a hundred."""
    words = words_of(text, 0, len(text))
    return round(_lix(words, len(sentences_of(text)))) if words else 0


def _lix(words: Sequence[Word], sentences: int) -> float:
    long = sum(len(word.text) > LONG_WORD_OF_LIX for word in words)
    return len(words) / max(1, sentences) + 100 * long / len(words)
