"""What people write in cells, and what it is taken for."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.core import import_cells as cells
from aktema.core.importing import CellProblem

TODAY = date(2026, 3, 9)
PARSERS: dict[str, Callable[[str], object]] = {
    "text": cells.text(10),
    "day": cells.day,
    "integer": cells.integer(1, 40),
    "choice": cells.choice({"Heltid": "full", "Del tid": "part"}),
    "yes_no": cells.yes_no,
    "hours": cells.hours(40),
    "clock": cells.clock_time,
    "weekdays": cells.weekdays,
    "person": cells.personal_number(TODAY),
    "organisation": cells.organisation_number,
    "email": cells.email,
    "phone": cells.phone,
}
WORKDAYS = (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("parser", "cell", "value"),
    [
        ("text", "Åsa", "Åsa"),
        ("day", "2026-03-09", date(2026, 3, 9)),
        ("day", "20260309", date(2026, 3, 9)),
        ("day", "2026-03-09 08:30", date(2026, 3, 9)),
        ("integer", "40", 40),
        ("integer", "+ 4", 4),
        ("choice", "heltid", "full"),
        ("choice", "DELTID", "part"),
        ("yes_no", "Ja", True),
        ("yes_no", "x", True),
        ("yes_no", "0", False),
        ("hours", "20", 1200),
        ("hours", "20,5", 1230),
        ("hours", "20.5", 1230),
        ("hours", "20:30", 1230),
        ("hours", "20,33", 1220),
        ("hours", "40 timmar/vecka", 2400),
        ("hours", "8h", 480),
        ("clock", "8", time(8)),
        ("clock", "08:30", time(8, 30)),
        ("clock", "8.30", time(8, 30)),
        ("clock", "kl. 8:30", time(8, 30)),
        ("clock", "08:30:00", time(8, 30)),
        ("weekdays", "mån-fre", WORKDAYS),
        ("weekdays", "Måndag – Fredag", WORKDAYS),
        ("weekdays", "mån till fre", WORKDAYS),
        ("weekdays", "vardagar", WORKDAYS),
        ("weekdays", "Alla dagar", (*WORKDAYS, 5, 6)),
        ("weekdays", "mån, ons", (0, 2)),
        ("weekdays", "ons/mån/ons", (0, 2)),
        ("weekdays", "tisdagar och torsdagar", (1, 3)),
        ("weekdays", "to", (3,)),
        ("weekdays", "lör.", (5,)),
        ("weekdays", "fre-mån", (0, 4, 5, 6)),
        ("person", "570428-9999", "195704289999"),
        ("person", "19730288-9931", "197302889931"),
        ("organisation", "556036-0793", "5560360793"),
        ("organisation", "165560360793", "5560360793"),
        ("email", "asa@exempel.se", "asa@exempel.se"),
        ("phone", "070-123 45 67", "0701234567"),
        ("phone", "+46 (0)70-123 45 67", "+46701234567"),
        ("phone", "0046 8 12 34 56", "+468123456"),
        ("phone", "701234567", "0701234567"),
    ],
)
def test_cell_is_understood(parser: str, cell: str, value: object) -> None:
    assert PARSERS[parser](cell) == value


@pytest.mark.parametrize(
    ("parser", "cell", "advice"),
    [
        ("text", "a" * 11, "högst 10 tecken"),
        ("day", "9/3 2026", "ÅÅÅÅ-MM-DD"),
        ("day", "2026-0309", "ÅÅÅÅ-MM-DD"),
        ("day", "45292", "ÅÅÅÅ-MM-DD"),
        ("day", "2026-02-29", "finns inte"),
        ("integer", "0", "från 1 till 40"),
        ("integer", "3,5", "från 1 till 40"),
        ("integer", "9" * 5000, "från 1 till 40"),
        ("choice", "halvtid", "Heltid, Del tid"),
        ("yes_no", "kanske", "ja eller nej"),
        ("hours", "40:01", "högst 40 timmar"),
        ("hours", "heltid", "20,5"),
        ("hours", "20:60", "20,5"),
        ("clock", "25:00", "08:30"),
        ("clock", "8.5", "08:30"),
        ("weekdays", "ibland", "mån-fre"),
        ("weekdays", ",", "mån-fre"),
        ("weekdays", "m", "mån-fre"),
        ("person", "570428-9998", "stämmer inte"),
        ("organisation", "556036-0794", "556036-0793"),
        ("organisation", "ABC", "556036-0793"),
        ("email", "asa@exempel", "namn@exempel.se"),
        ("email", "Åsa <asa@exempel.se>", "namn@exempel.se"),
        ("phone", "123 45 67", "riktnummer"),
        ("phone", "ring mig", "riktnummer"),
    ],
)
def test_refusal_says_what_to_write(parser: str, cell: str, advice: str) -> None:
    with pytest.raises(CellProblem, match=advice):
        PARSERS[parser](cell)


@pytest.mark.parametrize("parser", PARSERS)
@given(cell=st.text(min_size=1, max_size=20) | st.text(alphabet="0123456789+-.,: åmnotis@", min_size=1))
def test_any_cell_gives_a_value_or_a_cell_problem(parser: str, cell: str) -> None:
    with suppress(CellProblem):
        assert PARSERS[parser](cell) is not None
