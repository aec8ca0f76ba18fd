"""What can go wrong for a reason a person should hear."""

from typing import TypeAlias

from flask_babel.speaklater import LazyString

Message: TypeAlias = str | LazyString


class DomainError(Exception):
    """An act that a rule refuses. `field` names the form field the message belongs to, if one does."""

    def __init__(self, message: Message, field: str | None = None) -> None:
        super().__init__(str(field))
        self.message = message
        self.field = field


class MissingError(Exception):
    """The thing does not exist, or is not the reader's to see: the two answer alike, 404."""


class RefusedError(Exception):
    """The signed-in person's role has no right to the page at all: 403."""


class SignInNeededError(Exception):
    """Nobody is signed in."""
