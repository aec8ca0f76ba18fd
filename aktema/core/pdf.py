"""Accessible PDF (PDF/UA-1: tagged, titled, in a language) of our own print pages; nothing is fetched from anywhere."""

import re
import warnings
from collections import Counter
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import structlog
from flask_babel import gettext as _
from PIL import ImageFile

from aktema.core.errors import DomainError
from aktema.core.paths import STATIC, VENDOR
from aktema.core.pdf_margins import set_margins_apart
from aktema.core.svg_paths import straightened

PICTURE, FONT = "picture", "font"
_FONT_FILE = re.compile(r"[a-z0-9-]+\.woff2")
log = structlog.get_logger("aktema")


class NoPdfError(DomainError):
    """The installation lacks what PDFs are made with; the browser can still print the page."""


def make_pdf(html: str, *, title: str, lang: str = "sv", pictures: Mapping[str, bytes]) -> bytes:
    """The page as PDF/UA-1 (ISO 14289-1). `<img src="picture:<ref>">` shows the picture handed in under that ref.

    Whatever else the page refers to is left out, and the log says so. Raises NoPdfError where Pango is missing.
    """
    weasyprint, fonts = _weasyprint()
    shelf = _Shelf(pictures)
    kept = fonts.FontConfiguration()
    style = weasyprint.CSS(string=_style(), url_fetcher=shelf, font_config=kept)
    page = weasyprint.HTML(string=html, url_fetcher=shelf)
    document = page.render(font_config=kept, stylesheets=[style], pdf_variant="pdf/ua-1")
    document.metadata.title, document.metadata.lang = title, lang
    content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=set_margins_apart)
    if shelf.refused:
        log.warning("pdf_left_out", **shelf.refused)
    return content


@cache
def _weasyprint() -> tuple[Any, Any]:
    """The library and its fonts, loaded when the first PDF is made: it takes a second, and needs Pango."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about fonts and libraries that would be nice to have
            import weasyprint
            from weasyprint.text import fonts
        # WeasyPrint turns this on for everybody: broken photos would be let in.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    except OSError as error:
        raise NoPdfError(_("PDF kan inte göras här. Skriv ut sidan i stället.")) from error
    return weasyprint, fonts


@cache
def _style() -> str:
    return (STATIC / "css" / "pdf.css").read_text("utf-8")


@cache
def _font(name: str) -> bytes:
    """The font unpacked, once: left to the library it takes longer than all else in each short PDF."""
    from fontTools.ttLib import woff2

    unpacked = BytesIO()
    woff2.decompress(VENDOR / "fonts" / name, unpacked)
    return unpacked.getvalue()


def _drawable(picture: bytes) -> bytes:
    """The picture, its paths written so that the library draws them as they are meant."""
    is_drawing = picture[:1000].find(b"<svg") >= 0
    return straightened(picture.decode("utf-8", "replace")).encode() if is_drawing else picture


class _Shelf:
    """All that a page can refer to: the pictures handed in, and the fonts that came with the product."""

    _fail_on_errors = False  # asked for by the library: what is not here is left out

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures
        self.refused: Counter[str] = Counter()
        """How often something was asked for that is not here, by the scheme of its address."""

    def __call__(self, url: str) -> Any:
        """What the address stands for. Raises LookupError where it is none of ours."""
        from weasyprint.urls import URLFetcherResponse

        scheme, _colon, name = url.partition(":")
        try:
            return URLFetcherResponse(url, self._content(scheme, unquote(name)))
        except (LookupError, FileNotFoundError):
            self.refused[scheme.lower()] += 1
            raise LookupError(scheme) from None

    def _content(self, scheme: str, name: str) -> bytes:
        if scheme == PICTURE:
            return _drawable(self._pictures[name])
        if scheme == FONT and _FONT_FILE.fullmatch(name):
            return _font(name)
        raise LookupError(scheme)
