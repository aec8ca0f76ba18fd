"""Files to read in, and the way through the pages of an import."""

import io
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from stdnum import luhn

from aktema.access.importing.kinds import ImportKind
from aktema.core.db import Base, db
from aktema.core.jobs import run_next
from aktema.core.tabular import write_csv
from tests.support.page import Page, PageClient, filled_in

BOOKKEEPING = {"access_entry", "epoch", "import_file", "job", "submitted_form", "server_session"}
Rows = Sequence[Mapping[str, str]]


def number_for(born: date, order: int = 980) -> str:
    """A personal number of the series 980-999, which is given to nobody, with its right last digit."""
    nine = f"{born:%y%m%d}{order}"
    return f"{born:%Y%m%d}-{order}{luhn.calc_check_digit(nine)}"


def table_of(kind: ImportKind, rows: Rows) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of rows given by column key."""
    keys = [column.key for column in kind.columns]
    return [str(column.label) for column in kind.columns], [
        [row.get(key, "") for key in keys] for row in rows
    ]


def csv_of(kind: ImportKind, rows: Rows) -> bytes:
    return write_csv(*table_of(kind, rows))


def upload(page: PageClient, prefix: str, content: bytes, name: str = "lista.csv") -> Page:
    """Choose the file on the first page; the answer is the page of columns, or the first page with what is wrong."""
    return page.submit(prefix, {"file": (io.BytesIO(content), name)})


def check(page: PageClient, prefix: str, content: bytes, name: str = "lista.csv") -> str:
    """Upload, keep the guessed columns, and let the dry run finish; returns the file's address."""
    columns = upload(page, prefix, content, name)
    assert columns.status == 200, columns.words
    path = columns.response.request.path
    working = page.submit(path, {})
    run_next()
    return str(working.response.request.path)


def read_in(page: PageClient, prefix: str, content: bytes, name: str = "lista.csv") -> str:
    """The whole way to the end; returns the file's address."""
    address = check(page, prefix, content, name)
    press(page, address, "las-in")
    run_next()
    return address


def press(page: PageClient, address: str, act: str) -> Page:
    """Press the page's button that leads to the act."""
    shown = page.get(address)
    form = shown.soup.select_one(f"form[action='{address}/{act}']")
    assert form is not None, f"no {act} on {address}: {shown.words[:200]}"
    return page.post(f"{address}/{act}", filled_in(form))


def counts() -> dict[str, int]:
    """How many rows every table holds, but for those that only keep the books of requests."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in BOOKKEEPING]
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
