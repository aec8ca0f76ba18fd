"""Hostile, odd and broken files: a sentence or a table comes out, soon and in little memory."""

import io
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktema.core.tabular import FileRefused, Table, read_table
from tests.core.hostile import FILES, Hostile
from tests.core.workbooks import workbook

ROOT = Path(__file__).parents[2]
SOUND_ROWS: list[list[object]] = [
    ["Förnamn", "Född", "Timmar"],
    *([f"Åsa {number}", "1990-01-01", number / 2] for number in range(40)),
]
SOUND_WORKBOOK = workbook(SOUND_ROWS)
SOUND_CSV = "\n".join(";".join(f'"{cell}"' for cell in row) for row in SOUND_ROWS).encode()
STORED_WORKBOOK = io.BytesIO()
with zipfile.ZipFile(STORED_WORKBOOK, "w") as stored, zipfile.ZipFile(io.BytesIO(SOUND_WORKBOOK)) as sound:
    for member in sound.namelist():
        stored.writestr(member, sound.read(member))

MEASURE = """
import multiprocessing, resource, time
from tests.core.hostile import FILES
from aktema.core.tabular import FileRefused, read_table

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def make(number):
    return FILES[number].make()

def read(data):
    before, started = peak(), time.process_time()
    try:
        read_table(data)
    except FileRefused:
        pass
    return time.process_time() - started, peak() - before

with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
    for number, file in enumerate(FILES):
        seconds, risen = pool.apply(read, (pool.apply(make, (number,)),))
        if seconds > 2 or risen > 100:
            print(f"{file.name}: {seconds:.1f} s, {risen} MB")
"""


def outcome(data: bytes) -> Table | None:
    with suppress(FileRefused):
        return read_table(data)
    return None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_hostile_file_is_refused_in_words(file: Hostile) -> None:
    with pytest.raises(FileRefused) as refusal:
        read_table(file.make())
    assert file.sentence in str(refusal.value.message)


def test_no_hostile_file_takes_two_seconds_or_a_hundred_megabytes() -> None:
    command = [sys.executable, "-c", MEASURE]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603  # our own text
    assert result.stdout == ""


@settings(max_examples=200, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize(
    "good", [SOUND_WORKBOOK, STORED_WORKBOOK.getvalue(), SOUND_CSV], ids=["xlsx", "stored", "csv"]
)
def test_broken_copies_give_a_refusal_or_a_table(good: bytes, data: st.DataObject) -> None:
    broken = bytearray(good[: data.draw(st.integers(0, len(good)))])
    for place in data.draw(st.lists(st.integers(0, max(len(broken) * 8 - 1, 0)), max_size=8)):
        if broken:
            broken[place // 8] ^= 1 << (place % 8)
    outcome(bytes(broken))


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_flipped_bits_alone_give_a_refusal_or_a_table(data: st.DataObject) -> None:
    good = STORED_WORKBOOK.getvalue()
    broken = bytearray(good)
    for place in data.draw(st.lists(st.integers(0, len(good) * 8 - 1), min_size=1, max_size=8)):
        broken[place // 8] ^= 1 << (place % 8)
    outcome(bytes(broken))


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(lambda text: f"Namn;Ort\n{text}".encode("utf-8", "replace"))
)
def test_any_bytes_give_a_refusal_or_a_table(data: bytes) -> None:
    table = outcome(data)
    assert table is None or all(len(row.cells) == len(table.headings) for row in table.rows)


@pytest.mark.parametrize(
    "good", [SOUND_WORKBOOK, STORED_WORKBOOK.getvalue(), SOUND_CSV], ids=["xlsx", "stored", "csv"]
)
def test_the_unbroken_files_are_read(good: bytes) -> None:
    assert len(read_table(good).rows) == 40
