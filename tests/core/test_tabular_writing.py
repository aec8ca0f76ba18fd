"""Files we hand out open as text in a spreadsheet and come back unchanged."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.core.tabular import neutralise, read_table, write_csv

CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "-"],
)
def test_what_could_run_is_neutralised(cell: str) -> None:
    assert neutralise(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Åsa", "-3,5", "+46 70 123 45 67", "08:30", "a=b", "1990-01-01"])
def test_harmless_text_is_left_alone(cell: str) -> None:
    assert neutralise(cell) == cell


def test_csv_opens_in_swedish_excel() -> None:
    assert write_csv(["Namn", "Ort"], [["Åsa", "Växjö; ej Ö"]]) == (
        b'\xef\xbb\xbfNamn;Ort\r\n\xc3\x85sa;"V\xc3\xa4xj\xc3\xb6; ej \xc3\x96"\r\n'
    )


def test_written_file_is_read_back() -> None:
    table = read_table(write_csv(["Namn", "Text"], [["Åsa", 'rad "ett"\nrad; två']]))
    assert table.rows[0].cells == ("Åsa", 'rad "ett"\nrad; två')


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_no_written_cell_begins_like_a_formula(row: list[str]) -> None:
    text = write_csv(["A"], [row]).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1]
    unsafe = [cell for cell in cells if cell.lstrip(" ")[:1] in ("=", "@", "\t", "\r")]
    assert unsafe == []
