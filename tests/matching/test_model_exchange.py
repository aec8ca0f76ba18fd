"""The file that carries what was learned to another municipality: what it holds, and what is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from aktema.core.errors import DomainError
from aktema.matching import model_exchange
from aktema.matching.engine.rankers import FEATURES
from tests.support.lists import what_was_learned

Change = Callable[[dict[str, Any]], object]


def sealed(change: Change = lambda content: None) -> bytes:
    """A file with a change in it, its digest made anew."""
    content = json.loads(model_exchange.written(what_was_learned()))
    del content["digest"]
    change(content)
    return json.dumps({**content, "digest": model_exchange._digest(content)}).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(DomainError) as refused:
        model_exchange.read(content)
    return str(refused.value.message)


def test_what_is_written_is_read() -> None:
    learned = what_was_learned(travel=1.2345)
    assert model_exchange.read(model_exchange.written(learned).encode()) == learned


def test_a_file_holds_coefficients_and_counts_and_nothing_else() -> None:
    content = json.loads(model_exchange.written(what_was_learned()))
    assert content.keys() == {
        "format",
        "format_version",
        "kind",
        "coefficients",
        "decisions",
        "answers",
        "sources",
        "strength",
        "prior",
        "digest",
    }


def test_too_few_decisions_behind_a_coefficient_are_not_written() -> None:
    counts = [60] * len(FEATURES)
    counts[FEATURES.index("words")] = 49
    with pytest.raises(DomainError) as refused:
        model_exchange.written(what_was_learned(counts=counts))
    assert "words (49)" in str(refused.value.message)


def test_fifty_decisions_are_enough() -> None:
    assert model_exchange.written(what_was_learned(counts=[50] * len(FEATURES)))


def test_a_file_changed_after_it_was_written_is_refused() -> None:
    changed = model_exchange.written(what_was_learned()).replace('"travel": 2.0', '"travel": 9.0')
    assert "digest" in refusal(changed.encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 60_000, "not JSON"),
        (b"[]", "no JSON object"),
        (b"{}", '"format"'),
        (b'{"format": "aktema-model", "format": "aktema-model"}', "twice"),
        (b'{"strength": NaN}', "NaN"),
        (b'{"strength": -Infinity}', "-Infinity"),
        (b" " * 70_000, "larger than 64 KiB"),
        (b'{"format": ' + b"9" * 5000 + b"}", "not JSON"),
    ],
)
def test_what_is_no_model_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    assert said in refusal(content)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c.update(format_version=2), "format version"),
        (lambda c: c.update(format_version="1"), "format version"),
        (lambda c: c.update(kind="pickle"), "kind"),
        (lambda c: c.update(prior=""), '"prior"'),
        (lambda c: c.update(prior="rules\x1b[2J"), '"prior"'),
        (lambda c: c.pop("coefficients"), '"coefficients"'),
        (lambda c: c["coefficients"].update(sex=1.0), "'sex'"),
        (lambda c: c["coefficients"].pop("own"), "lack own"),
        (lambda c: c["coefficients"].update(own=-0.1), "between 0 and 100"),
        (lambda c: c["coefficients"].update(own=1e400), "Infinity"),
        (lambda c: c["coefficients"].update(own=10**400), "between 0 and 100"),
        (lambda c: c["coefficients"].update(own="1"), "not a number"),
        (lambda c: c["coefficients"].update(own=True), "not a number"),
        (lambda c: c["coefficients"].update(own=None), "not a number"),
        (lambda c: c["decisions"].update(own=49), "own (49)"),
        (lambda c: c["decisions"].update(own=-1), "number of own"),
        (lambda c: c["decisions"].update(own=60.0), "number of own"),
        (lambda c: c["decisions"].update(age=60), "'age'"),
        (lambda c: c.pop("answers"), "number of answers"),
        (lambda c: c.update(sources=2**31), "number of sources"),
        (lambda c: c.update(strength=None), "strength"),
        (lambda c: c.update(strength=-1), "strength"),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(change: Change, said: str) -> None:
    assert said in refusal(sealed(change))
