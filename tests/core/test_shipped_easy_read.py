"""Every easy-read text that the product itself ships is easy-read by its own checker."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from flask import Flask
from werkzeug.datastructures import MultiDict

from aktema.cli.translation import KEYWORDS, sentences
from aktema.core.easy_read import check
from aktema.core.easy_read_terms import TERMS
from aktema.core.paths import PACKAGE, TEMPLATES
from aktema.own.forms import OwnWordsForm
from aktema.vocabulary.catalogue import read_catalogue

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HOURS = frozenset({"hours", "before", "after", "needed", "has"})
NUMBERS = frozenset({"number", "minutes", "days", "met", "known", "demands", "n", "num", "count", "time"})
FRAMES = ("own/_page.html", "access/_card_frame.html")
PARTS = (*FRAMES, "own/_parts.html", "access/_picture_code.html", "plans/_speak.html")
CODE = (
    "access/card_operations.py",
    "access/codes.py",
    "own/agreement_views.py",
    "own/answer_views.py",
    "own/outcome_views.py",
    "own/picture_operations.py",
    "own/picture_views.py",
    "own/plan_operations.py",
    "own/plan_views.py",
    "own/review_codes.py",
    "own/review_forms.py",
    "own/review_views.py",
    "own/talk_views.py",
    "own/trial_views.py",
    "own/trial_words.py",
    "own/views.py",
    "own/words.py",
)
"""What only the person's own pages and the card's say: all of it is to be easy-read, marked so or not."""


def filled(text: str) -> str:
    """The text with something short and easy in each of its places."""

    def put(place: re.Match[str]) -> str:
        return "20 timmar" if place[1] in HOURS else "20" if place[1] in NUMBERS else "Kim"

    return PLACEHOLDER.sub(put, text)


def forms_of(message: str | tuple[str, ...] | list[str]) -> Iterator[str]:
    yield from map(filled, [message] if isinstance(message, str) else filter(None, message))


def shipped() -> Iterator[str]:
    for message in sentences():
        if message.context == "easy":
            yield from forms_of(message.id)
    for entry in read_catalogue():
        yield entry.label_easy


def own_files() -> Iterator[Path]:
    """The files of the pages before and after a person has signed in with a card."""
    extends = tuple(f'{{% extends "{frame}" %}}' for frame in FRAMES)
    yield from (page for page in TEMPLATES.rglob("*.html") if page.read_text("utf-8").startswith(extends))
    yield from (TEMPLATES / name for name in PARTS)
    yield from (PACKAGE / name for name in CODE)


def said_in(file: Path) -> Iterator[tuple[str, str | None]]:
    """Each sentence of the file with its context."""
    method = "python" if file.suffix == ".py" else "jinja2"
    for _line, message, _comments, context in extract_from_file(method, file, keywords=KEYWORDS):
        yield from ((text, context) for text in forms_of(message))


def flaws(text: str) -> list[tuple[str, str]]:
    return [(found.code.value, found.words) for found in check(text)]


def flawed(texts: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    return {text: found for text in texts if (found := flaws(text))}


# Each looks at all texts at once: reading them takes seconds, which every process would spend on naming its tests.
def test_every_shipped_easy_text_is_easy_read() -> None:
    texts = set(shipped())
    assert len(texts) > 300
    assert flawed(texts) == {}


def test_what_a_persons_own_pages_say_is_easy_read() -> None:
    texts = {text for file in own_files() for text, _context in said_in(file)}
    assert len(texts) > 80
    assert flawed(texts) == {}


MARKED = sorted({page for page in own_files() if page.name not in ("_speak.html", "codes.py")})
"""Not the buttons of reading aloud, which the staff's pages have too, nor the single words under pictures."""


@pytest.mark.parametrize("page", MARKED, ids=lambda page: str(page.name))
def test_a_text_of_a_persons_own_pages_is_marked_so_that_english_is_easy_too(page: Path) -> None:
    assert [text for text, context in said_in(page) if context != "easy"] == []


@pytest.mark.parametrize("typed", ["", "ord " * 1000])
def test_what_is_wrong_with_own_words_is_said_easily(app: Flask, typed: str) -> None:
    with app.test_request_context("/", method="POST"):
        form = OwnWordsForm(formdata=MultiDict({"words": typed}), meta={"csrf": False})
        form.validate()
        assert [flaws(str(problem)) for problem in form.words.errors] == [[]]


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_hard_word_is_explained_easily(term: str) -> None:
    assert flaws(TERMS[term]) == []
