"""What people's own files give: text in one canonical form."""

from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH

from aktema.core.tabular import FileRefused, Limits, Row, Table, read_table
from tests.core.workbooks import packed, saved, sheet_xml, workbook

HALF_PAST_EIGHT = datetime.combine(date(2026, 3, 9), time(8, 30))
NAMES = "Förnamn;Ort\nÅsa;Växjö\n"


def first_cell(value: object, number_format: str = "General") -> str:
    book = workbook([["Rubrik"], [value]], formats={"A2": number_format})
    return read_table(book).rows[0].cells[0]


def test_csv_becomes_headings_and_numbered_rows() -> None:
    table = read_table(NAMES.encode())
    assert table == Table(headings=("Förnamn", "Ort"), rows=(Row(number=2, cells=("Åsa", "Växjö")),))


def test_workbook_and_csv_with_the_same_content_give_the_same_table() -> None:
    assert read_table(workbook([["Förnamn", "Ort"], ["Åsa", "Växjö"]])) == read_table(NAMES.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_swedish_letters_survive_every_encoding_in_use(encoding: str) -> None:
    assert read_table(NAMES.encode(encoding)).rows[0].cells == ("Åsa", "Växjö")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_each_delimiter_is_found(delimiter: str) -> None:
    text = NAMES.replace(";", delimiter)
    assert read_table(text.encode()).headings == ("Förnamn", "Ort")


def test_decimal_commas_do_not_hide_the_semicolons() -> None:
    table = read_table(b"Namn;Timmar\nAnna;20,5\nBo;30,25\n")
    assert table.rows[1].cells == ("Bo", "30,25")


def test_one_column_needs_no_delimiter() -> None:
    assert read_table(b"Namn\nAnna\n").rows[0].cells == ("Anna",)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_each_line_ending_parts_the_rows(ending: str) -> None:
    text = NAMES.replace("\n", ending)
    assert len(read_table(text.encode()).rows) == 1


def test_newline_in_quotes_stays_in_its_cell() -> None:
    table = read_table(b'Namn,Text\nAnna,"rad ett\r\nrad; tv\xc3\xa5"\nBo,x\n')
    assert table.rows[0].cells == ("Anna", "rad ett\nrad; två")
    assert table.rows[1].number == 3


def test_long_quoted_text_does_not_hide_the_delimiter() -> None:
    text = 'Namn,Text\nAnna,"' + "rad;\n" * 40 + '"\n'
    assert read_table(text.encode()).headings == ("Namn", "Text")


def test_rows_keep_their_numbers_when_blank_rows_are_left_out() -> None:
    assert [row.number for row in read_table(b"\nNamn\n\nAnna\n;\nBo\n").rows] == [4, 6]


def test_short_rows_are_filled_up() -> None:
    assert read_table(b"A;B;C\n1\n2;;3\n").rows[0].cells == ("1", "", "")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3.0, "General", "3"),
        (37.5, "General", "37.5"),
        (0.1 + 0.2, "General", "0.3"),
        (-4, "General", "-4"),
        (199001011234, "General", "199001011234"),
        (0.00001, "General", "0.00001"),
        (True, "General", "ja"),
        (False, "General", "nej"),
        (date(2026, 3, 9), "yyyy-mm-dd", "2026-03-09"),
        (date(1900, 1, 31), "yyyy-mm-dd", "1900-01-31"),
        (HALF_PAST_EIGHT, "yyyy-mm-dd h:mm", "2026-03-09 08:30"),
        (HALF_PAST_EIGHT, "d/m/yy", "2026-03-09"),
        (date(2026, 3, 9), "mmm", "2026-03-09"),
        (time(8, 30), "h:mm", "08:30"),
        (timedelta(hours=37, minutes=30), "[h]:mm", "37:30"),
        (101011234, "000000-0000", "010101-1234"),
        (12345, "000 00", "123 45"),
        (123456, "000 00", "1234 56"),
        (25, '#,##0 "dagar"', "25"),
        (25, "[Red]0.00_-;-0.00", "25"),
        ("  Åsa  ", "General", "Åsa"),
        ("A\u030asa\u200b\xa0B", "General", "Åsa B"),
        ("_x0041_", "General", "A"),
    ],
)
def test_cells_become_what_they_show(value: object, number_format: str, text: str) -> None:
    assert first_cell(value, number_format) == text


def test_dates_of_old_mac_workbooks_are_counted_from_1904() -> None:
    book = Workbook()
    book.epoch = MAC_EPOCH
    book.active.append(["Datum"])
    book.active.append([date(2026, 3, 9)])
    assert read_table(saved(book)).rows[0].cells == ("2026-03-09",)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A2" t="d"><v>2026-03-09</v></c>', "2026-03-09"),
        ('<c r="A2" t="d"><v>2026-03-09T00:00:00</v></c>', "2026-03-09"),
        ('<c r="A2" t="d"><v>2026-03-09T08:30:00.000Z</v></c>', "2026-03-09 08:30"),
        ('<c t="inlineStr"><is><r><t>An</t></r><r><t>na</t></r></is></c>', "Anna"),
        ('<c r="A2"><v>2.0050101E11</v></c>', "200501010000"),
        ('<c r="A2" s="99"><v>7</v></c>', "7"),
    ],
)
def test_cells_of_other_programs_are_read(cell: str, text: str) -> None:
    rows = f'<row><c t="str"><v>Rubrik</v></c></row><row r="2">{cell}</row>'
    assert read_table(packed(sheet_xml(rows))).rows[0].cells == (text,)


def test_first_visible_sheet_is_the_one_read() -> None:
    book = Workbook()
    book.active.sheet_state = "hidden"
    book.active.append(["Dold"])
    shown = book.create_sheet("Synlig")
    shown.append(["Namn"])
    shown.append(["Anna"])
    assert read_table(saved(book)).headings == ("Namn",)


def test_list_to_choose_from_is_no_formula() -> None:
    rows = '<row><c t="str"><v>Namn</v></c></row><row><c t="str"><v>Anna</v></c></row>'
    choices = '<extLst><ext><f xmlns="urn:list">Blad2!A1:A5</f></ext></extLst>'
    assert read_table(packed(sheet_xml(rows, after=choices))).rows[0].cells == ("Anna",)


@pytest.mark.parametrize("cell", ["+46 70 123 45 67", "-3,5", "- bra på att laga mat", "'=1"])
def test_phone_numbers_and_dashes_are_plain_data(cell: str) -> None:
    assert read_table(f"Rubrik\n{cell}\n".encode()).rows[0].cells == (cell,)


def test_exactly_the_largest_table_is_read() -> None:
    limits = Limits(rows=3, columns=2)
    assert len(read_table(b"A;B\n1;1\n2;2\n3;3\n", limits=limits).rows) == 3


def test_refusal_carries_its_sentence() -> None:
    with pytest.raises(FileRefused) as refusal:
        read_table(b"")
    assert str(refusal.value.message).startswith("Filen är tom.")
