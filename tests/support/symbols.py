"""Zips with pictures, and their way in, for tests of packs."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from aktema.access.models import Account
from aktema.core.db import db
from aktema.core.files import store
from aktema.core.jobs import run_next
from aktema.vocabulary.symbol_models import Symbol, SymbolPack
from aktema.vocabulary.symbol_queries import search_key_of
from tests.support.imports import press
from tests.support.page import Page, PageClient, filled_in

PREFIX = "/symboler/ny"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M1 1h8v8z" fill="#e30"/></svg>'
)
LABELS = "fil;sv;en\nbuss.svg;Buss;Bus\nhund.svg;Hund;Dog\n"


def svg(inner: str = "", outer: str = "") -> bytes:
    """A drawing with something in it, and attributes on its root."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {outer}><rect width="9" height="9"/>{inner}</svg>'.encode()
    )


def a_png(size: tuple[int, int] = (12, 12)) -> bytes:
    return a_picture("PNG", "RGBA", size)


def a_picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (12, 12)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "green").save(out, kind)
    return out.getvalue()


def a_zip(files: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def a_pack(changes: Mapping[str, bytes | str | None] | None = None) -> bytes:
    """A bus and a dog with words and terms, with some of the files changed; None leaves one out."""
    files: dict[str, bytes | str | None] = {
        "svg/buss.svg": DRAWING,
        "svg/hund.svg": DRAWING,
        "labels.csv": LABELS,
        "LICENSE.txt": "CC BY-SA 4.0",
        **(changes or {}),
    }
    return a_zip({name: content for name, content in files.items() if content is not None})


def send_pack(page: PageClient, content: bytes, **typed: str) -> Page:
    """Choose the zip on the first page; the answer is the page of languages, or the first with what is wrong."""
    form = filled_in(page.get(PREFIX).soup.select_one("main form"))
    file = FileStorage(io.BytesIO(content), "bilder.zip", "file")
    fields = {**form, "file": file, "name": "Kommunens bilder", **typed}
    boundary, body = encode_multipart(fields)  # a large body would else lie in a file that nobody closes
    return page.post(PREFIX, body, content_type=f'multipart/form-data; boundary="{boundary}"')


def check_pack(page: PageClient, content: bytes) -> str:
    """Send, keep the guessed columns and let the dry run finish; returns the file's address."""
    columns = send_pack(page, content)
    assert columns.status == 200, columns.words
    working = page.post(columns.response.request.path, filled_in(columns.soup.select_one("main form")))
    run_next()
    return str(working.response.request.path)


def read_in_pack(page: PageClient, content: bytes) -> str:
    """The whole way to the end; returns the file's address."""
    address = check_pack(page, content)
    press(page, address, "las-in")
    run_next()
    return address


def a_symbol(account: Account, word: str = "Buss", pack: SymbolPack | None = None) -> Symbol:
    """A picture in a pack of its own, or in this one."""
    held = pack or SymbolPack(
        name="Kommunens bilder", licence="CC BY-SA 4.0", symbol_count=1, account_id=account.id
    )
    words = {"label_sv": word, "label_en": "", "label_fi": ""}
    symbol = Symbol(
        pack=held, file=store(DRAWING, "image/svg+xml"), search_key=search_key_of([word]), **words
    )
    db.session.add(symbol)
    db.session.flush()
    return symbol
