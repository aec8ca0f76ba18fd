"""Two ways to use a page: with a pointer, and with the keyboard alone."""

from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 250
MOST_ARROWS = 40
IS_FOCUSED = "element => element === document.activeElement"
GROUP_IS_FOCUSED = "element => element.type === 'radio' && document.activeElement.name === element.name"
CHOSEN = "element => element.selectedOptions[0].label"


class Hands(Protocol):
    """How somebody follows a link, presses a button, types, chooses and ticks."""

    def press(self, target: Locator) -> None:
        """Follow a link, press a button, or unfold what it opens."""

    def write(self, field: Locator, text: str) -> None:
        """Make this the text of a field."""

    def choose(self, answer: Locator) -> None:
        """Choose one of several answers, by its radio button."""

    def tick(self, box: Locator) -> None:
        """Tick a box that is not ticked."""

    def select(self, field: Locator, label: str) -> None:
        """Choose from a list that unfolds."""


class Pointer:
    """A mouse or a finger, with a keyboard for the words."""

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, answer: Locator) -> None:
        answer.check()

    def tick(self, box: Locator) -> None:
        box.check()

    def select(self, field: Locator, label: str) -> None:
        field.select_option(label=label)


class Keyboard:
    """Tab, Enter, Space, arrows and letters; nothing is ever clicked."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        self._go_to(target)
        self._page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self._go_to(field)
        self._page.keyboard.press("Control+a")
        self._page.keyboard.type(text)

    def choose(self, answer: Locator) -> None:
        """Tab reaches the group, at its chosen answer or its first one; the arrows move within it."""
        self._go_to(answer, GROUP_IS_FOCUSED)
        self._page.keyboard.press("Space")
        self._arrow_until(answer.is_checked)

    def tick(self, box: Locator) -> None:
        self._go_to(box)
        self._page.keyboard.press("Space")
        assert box.is_checked()

    def select(self, field: Locator, label: str) -> None:
        self._go_to(field)
        self._arrow_until(lambda: field.evaluate(CHOSEN) == label)

    def _go_to(self, target: Locator, is_there: str = IS_FOCUSED) -> None:
        for _tab in range(MOST_TABS):
            if target.evaluate(is_there):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def _arrow_until(self, is_done: "Condition") -> None:
        for _arrow in range(MOST_ARROWS):
            if is_done():
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError("the arrows never reach the answer")


class Condition(Protocol):
    def __call__(self) -> bool: ...
