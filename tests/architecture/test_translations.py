"""The English catalogue says everything that the Swedish pages say."""

import re

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from aktema.cli.translation import CATALOGUE, sentences, written

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")


def texts(text: object) -> list[str]:
    """One text or its plural forms."""
    return [str(form) for form in text] if isinstance(text, tuple | list) else [str(text)]


def said(message: Message) -> list[str]:
    return texts(message.string)


def key(message: Message) -> str:
    return texts(message.id)[0]


def test_every_sentence_has_english_and_no_english_is_left_over() -> None:
    shown = {(message.context, message.id) for message in sentences() if message.id}
    translated = {(message.context, message.id) for message in written() if message.id and all(said(message))}
    assert translated == shown


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_every_translation_holds_the_same_facts() -> None:
    wrong = [m.id for m in written() if m.id and placeholders(said(m)[-1]) != placeholders(texts(m.id)[-1])]
    assert wrong == []


def test_what_is_read_at_run_time_is_what_is_written() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert {key(m): said(m) for m in compiled if m.id} == {key(m): said(m) for m in written() if m.id}
