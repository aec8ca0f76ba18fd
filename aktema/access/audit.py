"""The trace of every use of a right, written in the request's own transaction.

A row holds ids and codes, never a name, a number or a text about somebody. When a row cannot be written the
request fails, so nothing about a person is ever shown untraced.
"""

from collections.abc import Iterable
from typing import Any

from flask import g, has_app_context, has_request_context, request
from sqlalchemy import insert

from aktema.access.identity import find_identity
from aktema.access.models import AccessEntry
from aktema.access.policy import Permission
from aktema.core.clock import now
from aktema.core.db import db

READ, WRITE, REFUSED, SESSION = "read", "write", "refused", "session"


def record_read(permission: Permission, participant_id: int) -> None:
    """One person was shown."""
    record_reads(permission, (participant_id,))


def record_reads(permission: Permission, participant_ids: Iterable[int]) -> None:
    """These people were shown in a list: a row each, in one statement."""
    rows = [_entry(READ, permission.code, participant_id=number) for number in participant_ids]
    if rows:
        db.session.execute(insert(AccessEntry), rows)


def record_write(
    permission: Permission,
    *,
    participant_id: int | None = None,
    object_kind: str = "",
    object_id: int | None = None,
    detail: str = "",
) -> None:
    """Something was changed. `detail` is a code or a list of field names, never what they hold."""
    record(
        WRITE,
        permission.code,
        participant_id=participant_id,
        object_kind=object_kind,
        object_id=object_id,
        detail=detail,
    )


def record_writes(
    permission: Permission, ids: Iterable[int], *, object_kind: str = "", detail: str = ""
) -> None:
    """One act changed many: people, or things of the kind where one is named. A row each, in one statement."""
    column = "object_id" if object_kind else "participant_id"
    about = {"object_kind": object_kind, "detail": detail}
    rows = [_entry(WRITE, permission.code, **about, **{column: number}) for number in ids]
    if rows:
        db.session.execute(insert(AccessEntry), rows)


def record(kind: str, act: str, **about: Any) -> None:
    """Any other trace: refusals and what happens to sessions."""
    db.session.execute(insert(AccessEntry), [_entry(kind, act, **about)])


def _entry(kind: str, act: str, **about: Any) -> dict[str, Any]:
    entry = {
        "at": now(),
        "kind": kind,
        "act": act,
        "participant_id": None,
        "object_kind": "",
        "object_id": None,
        "detail": "",
    }
    return {**entry, **_who(), **_where(), **about, "detail": _by_link(str(about.get("detail", "")))}


def _by_link(detail: str) -> str:
    """What is done by a link is done by no account: the trace says which kind of link it was."""
    link = g.get("link") if has_app_context() else None
    return detail if link is None or detail.startswith("link:") else f"link:{link.purpose} {detail}".strip()


def _who() -> dict[str, Any]:
    identity = find_identity() if has_app_context() else None
    if identity is None:
        return {"account_id": None, "roles": "", "unit_ids": ""}
    return {
        "account_id": identity.account_id,
        "roles": " ".join(sorted({post.role.value for post in identity.posts})),
        "unit_ids": " ".join(map(str, identity.units())),
    }


def _where() -> dict[str, Any]:
    if not has_request_context():
        return {"route": "", "request_id": ""}
    return {"route": request.endpoint or "", "request_id": g.get("request_id", "")}
