"""What can go wrong for a reason a person should hear."""

from typing import TypeAlias

Message: TypeAlias = str
"""A text for a person. Lazy translations pass for str wherever one is asked for."""


class DomainError(Exception):
    """An act that a rule refuses. `field` names the form field the message belongs to, if one does."""

    def __init__(self, message: Message, field: str | None = None) -> None:
        super().__init__(str(field))
        self.message = message
        self.field = field


class MissingError(Exception):
    """The thing does not exist, or is not the reader's to see: the two answer alike, 404."""


class StaleActError(Exception):
    """A button was pressed on a page that somebody else's change has made old: nothing is done."""


class RefusedError(Exception):
    """The signed-in person's role has no right to the page at all: 403."""


class SignInNeededError(Exception):
    """Nobody is signed in."""
