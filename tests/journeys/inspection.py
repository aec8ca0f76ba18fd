"""What can be wrong with a page as it stands in the browser: for machines that read it aloud, and for eyes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page

USUAL, PHONE, TABLET = 1280, 320, 640
HEIGHT = 900
USUAL_TEXT, LARGE_TEXT = 16, 32
BREACHES = "async (rules) => (await axe.run({ resultTypes: ['violations'], ...rules })).violations"
"""What is in order is hundreds of times longer, and nobody reads it."""
EVERY_RULE: dict[str, Any] = {}
COLOUR_RULES: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""The colours are all that differs between light and dark."""
BEYOND_THE_EDGE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) { return []; }
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > room + 1)
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
    .slice(-3);
}"""
"""The innermost elements that reach beyond the window, where the page scrolls sideways."""
WITHOUT_VISIBLE_FOCUS = """() => {
  const look = (element) => {
    const looks = [];
    for (let one = element; one && looks.length < 4; one = one.parentElement) {
      const style = getComputedStyle(one);
      looks.push([style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor].join());
    }
    return looks.join();
  };
  const asks = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const kinds = new Set();
  return [...document.querySelectorAll(asks)].filter((element) => {
    if (element.disabled || !element.checkVisibility({ visibilityProperty: true })) { return false; }
    const kind = [element, element.parentElement].map((one) => `${one.tagName}.${one.className}`).join();
    if (kinds.has(kind)) { return false; }
    kinds.add(kind);
    document.activeElement?.blur();
    const before = look(element);
    element.focus();
    return document.activeElement !== element || look(element) === before;
  }).map((element) => element.outerHTML.slice(0, 120));
}"""

"""One element of every kind that looks the same with and without focus, or cannot be given it."""
NEXT_PICTURE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Flaw(StrEnum):
    FAULT = "makes the browser complain"
    ACCESS = "breaks a rule of axe"
    DARK = "breaks a rule of axe in dark mode"
    PHONE = "scrolls sideways on a phone of 320 pixels"
    LARGE_TEXT = "scrolls sideways with text twice as large"
    FOCUS = "hides where the focus is"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    flaw: Flaw
    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class Inspector:
    """Looks at what a browser page shows, in every way that matters."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._devtools: CDPSession = page.context.new_cdp_session(page)

    def inspect(self, path: str) -> list[Finding]:
        """Everything wrong with the page that is open; the window is narrow afterwards."""
        found = [
            *((Flaw.ACCESS, what) for what in self.violations()),
            *((Flaw.DARK, what) for what in self._in_the_dark()),
            *((Flaw.FOCUS, what) for what in self._without_visible_focus()),
            *((Flaw.PHONE, what) for what in self._beyond_the_edge(PHONE, USUAL_TEXT)),
            *((Flaw.LARGE_TEXT, what) for what in self._beyond_the_edge(TABLET, LARGE_TEXT)),
        ]
        return [Finding(flaw=flaw, path=path, what=what) for flaw, what in found]

    def show(self, width: int = USUAL, text: int = USUAL_TEXT) -> None:
        """Make the window so wide and the usual text so large, in pixels."""
        self._page.set_viewport_size({"width": width, "height": HEIGHT})
        sizes = {"standard": text, "fixed": text * 13 // 16}
        self._devtools.send("Page.setFontSizes", {"fontSizes": sizes})

    def violations(self) -> list[str]:
        """What breaks a rule of axe on the page as it stands."""
        self._page.evaluate(AXE_SCRIPT)
        return self._breaches(EVERY_RULE)

    def _breaches(self, rules: dict[str, Any]) -> list[str]:
        return [
            f"{breach['id']}: {node['html'][:200]}"
            for breach in self._page.evaluate(BREACHES, rules)
            for node in breach["nodes"][:3]
        ]

    def _in_the_dark(self) -> list[str]:
        self._page.emulate_media(color_scheme="dark")
        self._page.evaluate(NEXT_PICTURE)
        found = self._breaches(COLOUR_RULES)
        self._page.emulate_media(color_scheme="light")
        return found

    def _beyond_the_edge(self, width: int, text: int) -> list[str]:
        self.show(width, text)
        found: list[str] = self._page.evaluate(BEYOND_THE_EDGE)
        return found

    def _without_visible_focus(self) -> list[str]:
        self._page.keyboard.press("Tab")  # from here on the browser shows focus as it does for the keyboard
        found: list[str] = self._page.evaluate(WITHOUT_VISIBLE_FOCUS)
        return found
