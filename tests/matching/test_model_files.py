"""Files of what was learned: whole, ours, and nothing that runs."""

import os
import pickle
import stat
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from skops import io

from aktema.matching import model_files
from aktema.matching.model_files import RefusedModelError
from tests.support.lists import what_was_learned


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return model_files.path_of(tmp_path, "choice-1")


def stored(file: Path, content: bytes) -> str:
    model_files.write(file, content)
    return model_files.digest_of(content)


def test_what_is_stored_is_read_to_the_last_bit(file: Path) -> None:
    learned = what_was_learned(travel=1 / 3)
    assert model_files.read(file, stored(file, model_files.packed(learned))) == learned


def test_a_file_is_nobody_elses_to_read(file: Path) -> None:
    stored(file, b"")
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_writing_leaves_nothing_beside_the_file(file: Path) -> None:
    stored(file, b"first")
    stored(file, b"second")
    assert [(one.name, one.read_bytes()) for one in file.parent.iterdir()] == [("choice-1.skops", b"second")]


def test_a_swapped_file_is_refused_however_well_made(file: Path) -> None:
    digest = stored(file, model_files.packed(what_was_learned()))
    stored(file, model_files.packed(what_was_learned(travel=9.0)))
    with pytest.raises(RefusedModelError, match="not the file"):
        model_files.read(file, digest)


def test_a_missing_file_is_refused(file: Path) -> None:
    with pytest.raises(RefusedModelError, match="cannot be read"):
        model_files.read(file, "0" * 64)


def test_a_huge_file_is_refused_unread(file: Path) -> None:
    digest = stored(file, b"0" * (model_files.MOST_BYTES + 1))
    with pytest.raises(RefusedModelError, match="too large"):
        model_files.read(file, digest)


def broken() -> object:
    """What was learned, with a coefficient below zero put in behind the class's back."""
    learned = replace(what_was_learned())
    object.__setattr__(learned, "coefficients", (-1.0,) * len(learned.features))
    return learned


def texts() -> object:
    learned = replace(what_was_learned())
    object.__setattr__(learned, "coefficients", ("1.0",) * len(learned.features))
    return learned


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps({"a": 1}),
        b"not a file of skops",
        io.dumps({"coefficients": [1.0]}),
        io.dumps(Decimal("1.5")),
        io.dumps(broken()),
        io.dumps(texts()),
    ],
    ids=["pickle", "garbage", "another type", "an untrusted type", "a negative coefficient", "texts"],
)
def test_what_is_not_to_be_trusted_is_refused_even_with_its_digest(file: Path, content: bytes) -> None:
    digest = stored(file, content)
    with pytest.raises(RefusedModelError, match="trusted"):
        model_files.read(file, digest)
