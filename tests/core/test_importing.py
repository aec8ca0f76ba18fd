"""From a table to records and errors people can act on."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.core.import_cells import integer, text, yes_no
from aktema.core.importing import (
    MOST_ERRORS,
    CellError,
    Column,
    Record,
    check_rows,
    dry_run,
    guess_mapping,
    masked,
    missing_columns,
)
from aktema.core.tabular import Row, Table

FIRST_NAME = Column(
    key="first_name", label="Förnamn", parse=text(20), is_required=True, aliases=("tilltalsnamn",)
)
LAST_NAME = Column(key="last_name", label="Efternamn", parse=text(20))
PLACES = Column(key="places", label="Antal platser", parse=integer(1, 9))
OPEN = Column(key="is_open", label="Öppen", parse=yes_no)
SECRET = Column(key="secret", label="Hemligt", parse=integer(1, 9), is_sensitive=True)
COLUMNS: tuple[Column[object], ...] = (FIRST_NAME, LAST_NAME, PLACES, OPEN)
IN_ORDER = {"first_name": 0, "last_name": 1, "places": 2, "is_open": 3}


def table(
    *rows: Sequence[str], headings: Sequence[str] = ("Förnamn", "Efternamn", "Platser", "Öppen")
) -> Table:
    numbered = (Row(number=number, cells=tuple(cells)) for number, cells in enumerate(rows, start=2))
    return Table(headings=tuple(headings), rows=tuple(numbered))


@pytest.mark.parametrize(
    ("headings", "indexes"),
    [
        (["Förnamn", "Efternamn", "Antal platser", "Öppen"], [0, 1, 2, 3]),
        (["OPPEN", "antal_platser", "efter namn", "TILLTALSNAMN"], [3, 2, 1, 0]),
        (["Fornamn", "Efternman", "Antal plaster", "öppen "], [0, 1, 2, 3]),
        (["Skostorlek", "first_name"], [1, None, None, None]),
        ([], [None, None, None, None]),
    ],
)
def test_headings_are_recognised(headings: list[str], indexes: list[int | None]) -> None:
    assert list(guess_mapping(headings, COLUMNS).values()) == indexes


def test_exact_heading_goes_before_a_near_one() -> None:
    assert guess_mapping(["Förnam", "Förnamn"], COLUMNS)["first_name"] == 1


@given(st.lists(st.sampled_from(["Förnamn", "Efternamn", "Förnam", "Öppen", "x"]), max_size=6))
def test_no_heading_serves_two_columns(headings: list[str]) -> None:
    used = [index for index in guess_mapping(headings, COLUMNS).values() if index is not None]
    assert len(used) == len(set(used))


def test_missing_columns_are_the_required_ones_without_heading() -> None:
    assert missing_columns({"first_name": None, "last_name": None}, COLUMNS) == (FIRST_NAME,)


def test_sound_row_becomes_a_record() -> None:
    checked = dry_run(table(["Åsa", "Öberg", "3", "ja"]), IN_ORDER, COLUMNS)
    assert checked.records == (
        Record(row=2, values={"first_name": "Åsa", "last_name": "Öberg", "places": 3, "is_open": True}),
    )
    assert checked.is_clean


def test_record_gives_values_by_column() -> None:
    record = dry_run(table(["Åsa", "", "3", ""]), IN_ORDER, COLUMNS).records[0]
    assert (record.get(FIRST_NAME), record.find(LAST_NAME), record.get(PLACES)) == ("Åsa", None, 3)


def test_asking_for_an_empty_value_as_if_it_were_there_fails() -> None:
    record = dry_run(table(["Åsa", "", "", ""]), IN_ORDER, COLUMNS).records[0]
    with pytest.raises(LookupError):
        record.get(LAST_NAME)


def test_faulty_cell_is_named_with_what_to_do() -> None:
    checked = dry_run(table(["Åsa", "", "tre", ""]), IN_ORDER, COLUMNS)
    assert checked.errors == (
        CellError(
            row=2,
            column_letter="C",
            heading="Platser",
            value_shown="tre",
            message="Skriv ett heltal från 1 till 9.",
        ),
    )


def test_faulty_row_gives_no_record_and_all_its_errors() -> None:
    checked = dry_run(table(["", "", "tre", "kanske"], ["Bo", "", "", ""]), IN_ORDER, COLUMNS)
    assert [record.row for record in checked.records] == [3]
    assert [error.column_letter for error in checked.errors] == ["A", "C", "D"]


def test_required_column_without_heading_is_an_error_in_every_row() -> None:
    checked = dry_run(table(["Åsa", "", "", ""]), {}, COLUMNS)
    assert [(error.heading, error.message) for error in checked.errors] == [("Förnamn", "Fyll i Förnamn.")]


def test_only_the_first_errors_are_kept_and_the_rest_counted() -> None:
    checked = dry_run(table(*[["", "", "tre", ""]] * 150), IN_ORDER, COLUMNS)
    assert (len(checked.errors), checked.more_errors) == (MOST_ERRORS, 100)


def test_rows_are_checked_one_at_a_time() -> None:
    checks = check_rows(table(["Åsa", "", "", ""], ["", "", "", ""]), IN_ORDER, COLUMNS)
    assert [len(check.errors) for check in checks] == [0, 1]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("19900101-0017", "199001****"),
        ("900101 0017", "900101****"),
        ("Åsa 199001010017!", "Åsa 199001****!"),
        ("2026-03-09", "2026-03-09"),
        ("a" * 50, "a" * 39 + "…"),
    ],
)
def test_errors_never_show_a_personal_number_whole(value: str, shown: str) -> None:
    assert masked(value) == shown


def test_sensitive_cell_is_cut_whatever_it_holds() -> None:
    checked = dry_run(table(["9001o1-0017"], headings=["Hemligt"]), {"secret": 0}, (SECRET,))
    assert checked.errors[0].value_shown == "9001o1****"
