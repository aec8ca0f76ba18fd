"""Public identifiers: 128 random bits, 22 url-safe letters."""

import re
import secrets

from werkzeug.routing import BaseConverter

PUBLIC_ID_PATTERN = "[A-Za-z0-9_-]{22}"


def new_public_id() -> str:
    return secrets.token_urlsafe(16)


def is_public_id(text: str) -> bool:
    """Whether the text could be a public id at all."""
    return re.fullmatch(PUBLIC_ID_PATTERN, text) is not None


class PublicIdConverter(BaseConverter):
    """`<id:name>` in a route; anything else is a missing page."""

    regex = PUBLIC_ID_PATTERN
