"""The English catalogue says everything that the Swedish pages say."""

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from aktema.cli.translation import CATALOGUE, sentences, written

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")


def said(message: Message) -> list[str]:
    """The texts of a message, one for each plural form."""
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def test_every_sentence_has_english_and_no_english_is_left_over() -> None:
    shown = {(message.context, message.id) for message in sentences() if message.id}
    translated = {(message.context, message.id) for message in written() if message.id and all(said(message))}
    assert translated == shown


@pytest.mark.parametrize("message", [m for m in written() if m.id], ids=lambda message: str(message.id)[:40])
def test_a_translation_holds_the_same_facts(message: Message) -> None:
    source = message.id[1] if isinstance(message.id, tuple | list) else message.id
    assert {*PLACEHOLDER.findall(said(message)[-1])} == {*PLACEHOLDER.findall(source)}


def test_what_is_read_at_run_time_is_what_is_written() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert {m.id: m.string for m in compiled if m.id} == {m.id: m.string for m in written() if m.id}
