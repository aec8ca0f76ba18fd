"""A browser that notices everything that goes wrong while somebody uses it."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Response

OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
LEFT_BEHIND = "net::ERR_ABORTED"
"""How Chromium ends what was still loading when the reader went on to the next page."""


@dataclass
class Watch:
    """What went wrong in a browser: messages on the console (the content policy's too), scripts, requests."""

    faults: list[str] = field(default_factory=list)
    refusals: frozenset[int] = frozenset()
    """The statuses with which a page may be refused without a fault."""
    goes_offline: bool = False
    """Whether the network is taken away on purpose: what can't be reached then is no fault."""

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("page", self._opened)

    def _opened(self, page: Page) -> None:
        page.on("pageerror", self._broke)

    def _console(self, message: ConsoleMessage) -> None:
        is_refusal = any(f"status of {status} " in message.text for status in self.refusals)
        is_refusal |= self.goes_offline and OFFLINE in message.text
        if message.type in ("error", "warning") and not is_refusal:
            self.faults.append(f"console {message.type}: {message.text}")

    def _broke(self, error: Error) -> None:
        self.faults.append(f"script: {error}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT_BEHIND and not (self.goes_offline and request.failure == OFFLINE):
            self.faults.append(f"{request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.refusals:
            self.faults.append(f"{response.request.method} {response.url}: {response.status}")
