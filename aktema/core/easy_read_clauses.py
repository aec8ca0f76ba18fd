"""Words of a sentence, and what they tell of it: who does it, and whether it says one thing or two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from aktema.core.easy_read_words import (
    ADJECTIVES,
    BETWEEN,
    FINITE_VERBS,
    NO_PASSIVE_ENDS,
    NO_PASSIVES,
    PARTICIPLES,
    PASSIVE_ENDS,
    PASSIVE_FORMS,
    PASSIVE_PREFIXES,
    POSTURES,
    SUBJECTS,
    TO_BE,
)

SHORT_ADDITION = 3
"""Words that may follow "och" or "som" and still belong to the same idea: "saker som du gillar"."""
REACH = 4
"""How many words after a joining word its verb is looked for among."""
SHORTEST_PASSIVE = 5
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_KNOWN_ENDS = tuple(form for form in PASSIVE_FORMS if len(form) > SHORTEST_PASSIVE)
_PREFIX = re.compile("^(?:" + "|".join(PASSIVE_PREFIXES) + ")")
_JOINING = frozenset({"eftersom", "medan", "fastän", "emedan", "varvid"})
_TOGETHER = (("därför", "att"), ("trots", "att"), ("så", "att"), ("även", "om"), ("i", "och", "med"))
_LIKE = frozenset({"så", "lika", "samma", "sådan", "sådana", "sådant"})
_VERB_ENDS = ("r", "de", "te")
_BEGIN_ANEW = frozenset({"som", "att", "när", "om", "vad", "hur", "vem"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word as it stands, small, and where."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def is_verb(self) -> bool:
        return self.folded in FINITE_VERBS


def words_of(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words between two places of the text; what hyphens join is one."""
    return tuple(
        Word(text=place[0], folded=place[0].casefold(), start=place.start(), end=place.end())
        for place in _WORD.finditer(text, start, end)
    )


def passives(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """First and last word of each place where something is done and nobody does it."""
    for at, word in enumerate(words):
        if _is_passive_form(word):
            yield word, word
        elif word.folded in TO_BE:
            follows = next(
                (one for one in words[at + 1 : at + 4] if one.folded not in BETWEEN | SUBJECTS), None
            )
            if follows is not None and _is_participle(follows.folded):
                yield word, follows


def _is_passive_form(word: Word) -> bool:
    """A verb's form in -s. A name or the first word of a sentence is none: passives don't begin statements."""
    small = word.folded
    if word.text[0].isupper() or small in NO_PASSIVES or small.endswith(NO_PASSIVE_ENDS):
        return False
    if {small, _PREFIX.sub("", small)} & PASSIVE_FORMS or small.endswith(_KNOWN_ENDS):
        return True
    return len(small) >= SHORTEST_PASSIVE and small.endswith(PASSIVE_ENDS)


def _is_participle(small: str) -> bool:
    if small in ADJECTIVES:
        return False
    return small in PARTICIPLES or (len(small) > 4 and small.endswith(("ad", "at", "ade")))


def two_ideas(text: str, words: Sequence[Word]) -> Iterator[Word]:
    """The words that join a second clause to a first."""
    for at, word in enumerate(words):
        after, before = words[at + 1 :], words[:at]
        match word.folded:
            case "och" if _joins(before, after):
                yield word
            case "men" if before and any(one.is_verb for one in after):
                yield word
            case "som" if _is_long_relative(text, before, after):
                yield word
            case small if small in _JOINING or _stands(words, at):
                yield word


def _stands(words: Sequence[Word], at: int) -> bool:
    """Whether a joining expression of several words begins here."""
    return any(tuple(one.folded for one in words[at : at + len(phrase)]) == phrase for phrase in _TOGETHER)


def _joins(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether "och" stands between two clauses, each with its verb: not within "sitter och vilar"."""
    if not after or not any(one.is_verb for one in before):
        return False
    if after[0].is_verb:
        return before[-1].folded not in POSTURES and len(after) > SHORT_ADDITION
    near = _until(after[:REACH], _BEGIN_ANEW)
    if near and near[0].folded in SUBJECTS and len(near) > 1:
        return near[1].folded.endswith(_VERB_ENDS) or near[1].is_verb
    return any(one.is_verb for one in near)


def _is_long_relative(text: str, before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether "som" begins a clause that is more than a few words that say which one is meant.

    There are two clauses only where the sentence has a verb of its own: a heading has none.
    """
    clause = _of_clause(text, after)
    around = (*before, *after[len(clause) :])
    if len(clause) <= SHORT_ADDITION or any(one.folded in _LIKE for one in before[-3:]):
        return False
    return any(one.is_verb for one in clause[:REACH]) and any(one.is_verb for one in around)


def _of_clause(text: str, words: Sequence[Word]) -> Sequence[Word]:
    """The words until the next comma or colon, or until the verb of the clause around them."""
    verbs = 0
    for at, (one, following) in enumerate(pairwise(words), start=1):
        verbs += one.is_verb
        if set(text[one.end : following.start]) & set(",:–") or (verbs and following.is_verb):
            return words[:at]
    return words


def _until(words: Sequence[Word], ends: frozenset[str]) -> Sequence[Word]:
    return words[: next((at for at, one in enumerate(words) if one.folded in ends), len(words))]
