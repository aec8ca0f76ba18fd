"""Sealed columns (AES-256-GCM bound to table, column and row) and blind indexes for looking them up."""

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, overload

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

if TYPE_CHECKING:
    from aktema.core.db import PublicIdMixin

NONCE_BYTES = 12


def _key(purpose: bytes) -> bytes:
    """A key for one purpose derived from the installation's encryption key."""
    master = base64.urlsafe_b64decode(current_app.extensions["settings"].encryption_key.get_secret_value())
    return hmac.digest(master, purpose, hashlib.sha256)


def seal(text: str, bound_to: str) -> bytes:
    """The text encrypted; it opens only with the same `bound_to` (table, column and public id)."""
    return seal_bytes(text.encode(), bound_to)


def unseal(sealed: bytes, bound_to: str) -> str:
    """The text; raises cryptography's InvalidTag where the bytes were moved or changed."""
    return unseal_bytes(sealed, bound_to).decode()


def seal_bytes(content: bytes, bound_to: str) -> bytes:
    """A file's content encrypted, as `seal` does texts."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key(b"seal")).encrypt(nonce, content, bound_to.encode())


def unseal_bytes(sealed: bytes, bound_to: str) -> bytes:
    """The content; raises cryptography's InvalidTag where the bytes were moved or changed."""
    return AESGCM(_key(b"seal")).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())


def blind_index(text: str, purpose: str) -> str:
    """A keyed digest by which an encrypted value can be looked up but not read."""
    return hmac.new(_key(b"index:" + purpose.encode()), text.encode(), hashlib.sha256).hexdigest()


class SealedText:
    """A property over a binary column `<name>_sealed`; a column type never sees its row, so it cannot bind the id."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._column = f"{name}_sealed"

    def _bound_to(self, row: "PublicIdMixin") -> str:
        return f"{type(row).__name__}.{self._column}:{row.public_id}"

    @overload
    def __get__(self, row: None, owner: type) -> "SealedText": ...
    @overload
    def __get__(self, row: "PublicIdMixin", owner: type) -> str | None: ...
    def __get__(self, row: "PublicIdMixin | None", owner: type) -> "SealedText | str | None":
        if row is None:
            return self
        sealed: bytes | None = getattr(row, self._column)
        return None if sealed is None else unseal(sealed, self._bound_to(row))

    def __set__(self, row: "PublicIdMixin", text: str | None) -> None:
        setattr(row, self._column, None if not text else seal(text, self._bound_to(row)))
