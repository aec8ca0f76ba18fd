"""Questions with a known answer: from somebody's words to the group of occupations they belong to.

From each group: lists of its skills, a wish with two of them, and its occupations' names, as they are, misspelt by
one letter, inflected, and with compounds split or made.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aktema.bench.taxonomy import Group

SEED = 7
DRAWS = 3  # lists of skills per group
LETTERS = "abcdefghijklmnoprstuvyåäö"
LEAST_LETTERS_IN_PART = 4
# Endings of a basic form, and what may stand instead; the first that fits counts.
ENDINGS = (
    ("are", ("arna", "ares", "aren")),
    ("ning", ("ningar", "ningen")),
    ("ör", ("örer", "ören")),
    ("or", ("orna",)),
    ("ar", ("arna",)),
    ("er", ("erna",)),
    ("ist", ("ister", "isten")),
    ("else", ("elsen", "elser")),
    ("a", ("an", "or")),
    ("e", ("en", "ar")),
    ("", ("en", "et", "er")),
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked, and the position of the group that answers it."""

    text: str
    group: int


def make_tasks(groups: Sequence[Group]) -> dict[str, tuple[Question, ...]]:
    """Return the questions of each kind; the same groups give the same questions."""
    rng = random.Random(SEED)  # noqa: S311 - draws questions, keeps no secret
    names = [
        Question(text=name, group=at) for at, group in enumerate(groups) for name in sorted(group.occupations)
    ]
    parts = _parts(groups)
    compounds = ((_recombined(one.text, parts), one.group) for one in names)
    return {
        "skills": tuple(_skills(groups, rng, 5, "{}")),
        "wish": tuple(_skills(groups, rng, 2, "jag vill gärna jobba med {}")),
        "occupation": tuple(names),
        "misspelt": tuple(Question(text=misspelt(one.text, rng), group=one.group) for one in names),
        "inflected": tuple(Question(text=inflected(one.text, rng), group=one.group) for one in names),
        "compound": tuple(Question(text=text, group=group) for text, group in compounds if text),
    }


def misspelt(text: str, rng: random.Random) -> str:
    """Return the text with one letter of a word left out, put in, changed, or exchanged with the one before it."""
    words = list(_WORD.finditer(text))
    chosen = rng.choice([word for word in words if len(word.group()) > LEAST_LETTERS_IN_PART] or words)
    word, letter = chosen.group(), rng.choice(LETTERS)
    at = rng.randrange(1, max(len(word), 2))
    wrong = rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :],
        ]
    )
    return text[: chosen.start()] + wrong + text[chosen.end() :]


def inflected(text: str, rng: random.Random) -> str:
    """Return the text in small letters with every longer word in another form."""

    def other_form(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) < LEAST_LETTERS_IN_PART:
            return word
        ending, forms = next(pair for pair in ENDINGS if word.endswith(pair[0]))
        return word.removesuffix(ending) + rng.choice(forms)

    return _WORD.sub(other_form, text.casefold())


def _recombined(name: str, parts: frozenset[str]) -> str | None:
    """Two words as one, or a compound as its two parts, the last first; None where it is neither."""
    match _WORD.findall(name.casefold()):
        case [word]:
            return next(_splits(word, parts), None)
        case [first, second] if min(len(first), len(second)) >= LEAST_LETTERS_IN_PART:
            return f"{second}{first}"
    return None


def _splits(word: str, parts: frozenset[str]) -> Iterator[str]:
    for at in range(len(word) - LEAST_LETTERS_IN_PART, LEAST_LETTERS_IN_PART - 1, -1):
        first, second = word[:at], word[at:]
        if second in parts and not parts.isdisjoint({first, first.removesuffix("s")}):
            yield f"{second} {first if first in parts else first.removesuffix('s')}"


def _parts(groups: Sequence[Group]) -> frozenset[str]:
    texts = [
        text
        for group in groups
        for text in (group.label, group.definition, *group.occupations, *group.skills)
    ]
    return frozenset(
        word
        for text in texts
        for word in _WORD.findall(text.casefold())
        if len(word) >= LEAST_LETTERS_IN_PART
    )


def _skills(groups: Sequence[Group], rng: random.Random, count: int, frame: str) -> Iterator[Question]:
    for at, group in enumerate(groups):
        if len(group.skills) >= DRAWS:
            for _ in range(DRAWS):
                drawn = rng.sample(group.skills, min(count, len(group.skills)))
                yield Question(text=frame.format(" och ".join(drawn)), group=at)
