"""Icons drawn into the page, so that they take the text's colour and need no request."""

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

from aktema.core.paths import VENDOR

_ICON_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OPENING_TAG = (
    '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" \
stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
)


@cache
def icon_svg(name: str, folder: Path = VENDOR / "icons") -> Markup:
    """Return the outline icon as decorative inline SVG, or nothing where the icon is not installed."""
    if not _ICON_NAME.fullmatch(name):
        return Markup()
    try:
        source = (folder / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return Markup()
    paths = re.search(r"<svg[^>]*>(.*?)</svg>", source, re.DOTALL)
    drawing = re.sub(r"\s+", " ", paths[1]).strip() if paths else ""
    return Markup(f"{_OPENING_TAG}{drawing}</svg>")  # noqa: S704  (files of the pinned icon package, not user text)
