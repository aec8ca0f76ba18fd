"""Every easy-read text that the product itself ships is easy-read by its own checker."""

import re
from collections.abc import Iterator

import pytest

from aktema.cli.translation import sentences
from aktema.core.easy_read import check
from aktema.core.easy_read_terms import TERMS
from aktema.vocabulary.catalogue import read_catalogue

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HOURS = frozenset({"hours", "before", "after", "needed", "has"})
NUMBERS = frozenset({"number", "minutes", "days", "met", "known", "demands", "n", "num", "count", "time"})


def filled(text: str) -> str:
    """The text with something short and easy in each of its places."""

    def put(place: re.Match[str]) -> str:
        return "20 timmar" if place[1] in HOURS else "20" if place[1] in NUMBERS else "Kim"

    return PLACEHOLDER.sub(put, text)


def shipped() -> Iterator[str]:
    for message in sentences():
        if message.context == "easy":
            forms = message.id if isinstance(message.id, tuple | list) else [message.id]
            yield from map(filled, forms)
    for entry in read_catalogue():
        yield entry.label_easy


@pytest.mark.parametrize("text", sorted(set(shipped())))
def test_a_shipped_easy_text_is_easy_read(text: str) -> None:
    assert [(found.code.value, found.words) for found in check(text)] == []


def test_there_are_many_of_them() -> None:
    assert len(set(shipped())) > 300


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_hard_word_is_not_explained_by_another_hard_one(term: str) -> None:
    hard = [
        found.words for found in check(TERMS[term]) if found.code in ("hard_word", "abbreviation", "passive")
    ]
    assert hard == []
