"""Who is asking: an account with the posts it holds today. Plain values, loaded once per request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import g

from aktema.access.roles import Role
from aktema.core.errors import SignInNeededError


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One live membership: a role, and the unit it is held in where the role belongs to one."""

    role: Role
    unit_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    account_id: int
    public_id: str
    name: str
    session_id: int
    posts: tuple[Post, ...]
    is_on_lent_screen: bool = False
    """Whether a worker handed their screen over for this session: what is done in it says so."""

    def has(self, *roles: Role) -> bool:
        return any(post.role in roles for post in self.posts)

    def units(self, *roles: Role) -> tuple[int, ...]:
        """The units in which one of the roles (any role, if none is named) is held."""
        return tuple(
            sorted(
                {
                    post.unit_id
                    for post in self.posts
                    if post.unit_id is not None and (not roles or post.role in roles)
                }
            )
        )


def find_identity() -> Identity | None:
    """The signed-in identity of this request, or None."""
    identity: Identity | None = g.get("identity")
    return identity


def current_identity() -> Identity:
    """The signed-in identity; raises SignInNeededError where nobody is signed in."""
    identity = find_identity()
    if identity is None:
        raise SignInNeededError
    return identity


@contextmanager
def acting(identity: Identity) -> Iterator[None]:
    """What is done inside is done by the identity: for jobs, which run after the request that asked for them."""
    before = find_identity()
    g.identity = identity
    try:
        yield
    finally:
        g.identity = before
