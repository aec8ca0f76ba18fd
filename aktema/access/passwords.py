"""Passwords: argon2id, and one constant amount of work whether the account exists or not."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

LONGEST = 256


@lru_cache
def _hasher(memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=3 if memory_kib > 1024 else 1, memory_cost=memory_kib, parallelism=1)


def _current() -> PasswordHasher:
    return _hasher(current_app.extensions["settings"].password_memory_kib)


@lru_cache
def _nobodys_hash(memory_kib: int) -> str:
    return _hasher(memory_kib).hash("nobody has this password")


def hash_password(password: str) -> str:
    return _current().hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is the account's. An account without one costs the same time as a wrong one."""
    memory = current_app.extensions["settings"].password_memory_kib
    try:
        return (
            _current().verify(password_hash or _nobodys_hash(memory), password[:LONGEST])
            and password_hash is not None
        )
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    return _current().check_needs_rehash(password_hash)
