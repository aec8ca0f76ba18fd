"""Random keys that are stored as digests only."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, url-safe."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a token: a plain digest is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
