"""Server-side sessions: the cookie holds a random key, this table says what it opens."""

from datetime import timedelta

from flask import Flask, current_app, g, request
from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from aktema.access import audit
from aktema.access.identity import Identity, Post
from aktema.access.models import Account, ServerSession
from aktema.access.tokens import digest, new_token
from aktema.core import clock
from aktema.core.db import db
from aktema.core.settings import Settings

LAST_SEEN_STEP = timedelta(minutes=1)
LONGEST_DEVICE = 200


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host, and needs HTTPS."""
    return "__Host-sid" if _settings().is_https else "sid"


def load_identity() -> None:
    """Put the identity of the request's session into `g`, or None. Every request starts here."""
    g.identity = None
    token = request.cookies.get(cookie_name(), "")
    if not token or request.endpoint == "static":
        return
    session = _find_live(token)
    if session is None:
        return
    moment = clock.now()
    if moment - session.last_seen_at >= LAST_SEEN_STEP:
        session.last_seen_at = moment
    g.identity = identity_of(
        session.account, session.id, is_on_lent_screen=session.handed_over_by_id is not None
    )
    g.language = session.account.language


def _find_live(token: str) -> ServerSession | None:
    settings, moment = _settings(), clock.now()
    found = (
        select(ServerSession)
        .join(ServerSession.account)
        .where(
            ServerSession.token_digest == digest(token),
            ServerSession.ended_at.is_(None),
            ServerSession.last_seen_at > moment - timedelta(minutes=settings.session_idle_minutes),
            ServerSession.created_at > moment - timedelta(hours=settings.session_hours),
            or_(ServerSession.expires_at.is_(None), ServerSession.expires_at > moment),
            Account.disabled_at.is_(None),
        )
        .options(joinedload(ServerSession.account).joinedload(Account.memberships))
    )
    return db.session.scalars(found).unique().one_or_none()


def identity_of(account: Account, session_id: int, *, is_on_lent_screen: bool = False) -> Identity:
    """The account with the posts that are live today."""
    today = clock.today()
    live = [membership for membership in account.memberships if membership.is_live(today)]
    posts = tuple(Post(role=membership.role, unit_id=membership.unit_id) for membership in live)
    return Identity(
        account_id=account.id,
        public_id=account.public_id,
        name=account.name,
        session_id=session_id,
        posts=posts,
        is_on_lent_screen=is_on_lent_screen,
    )


def begin(account: Account, *, lasts: timedelta | None = None, handed_over_by_id: int | None = None) -> str:
    """A new session for the account; returns the key for the cookie, which is stored nowhere.

    It ends after `lasts` at the latest, where that is given, whatever is done in it.
    """
    token = new_token()
    session = ServerSession(
        account_id=account.id,
        token_digest=digest(token),
        device=_device(),
        expires_at=None if lasts is None else clock.now() + lasts,
        handed_over_by_id=handed_over_by_id,
    )
    db.session.add(session)
    db.session.flush()  # the audit row and the identity need its id
    g.identity = identity_of(account, session.id)
    audit.record(audit.SESSION, "session.begin", object_kind="server_session", object_id=session.id)
    return token


def _device() -> str:
    return (request.headers.get("User-Agent") or "")[:LONGEST_DEVICE]


def end_all(account_id: int, *, but: int | None = None) -> None:
    """End the account's sessions, all or all but one."""
    ending = update(ServerSession).where(
        ServerSession.account_id == account_id, ServerSession.ended_at.is_(None)
    )
    if but is not None:
        ending = ending.where(ServerSession.id != but)
    db.session.execute(ending.values(ended_at=clock.now()))
    audit.record(
        audit.SESSION,
        "session.end",
        object_kind="account",
        object_id=account_id,
        detail="all" if but is None else "others",
    )


def end(session_id: int) -> None:
    """End one session: its cookie opens nothing from now on."""
    db.session.execute(
        update(ServerSession).where(ServerSession.id == session_id).values(ended_at=clock.now())
    )
    audit.record(audit.SESSION, "session.end", object_kind="server_session", object_id=session_id)


def give_cookie(response: Response, token: str) -> Response:
    response.set_cookie(
        cookie_name(), token, httponly=True, secure=_settings().is_https, samesite="Lax", path="/"
    )
    return response


def drop_cookie(response: Response) -> Response:
    response.delete_cookie(
        cookie_name(), path="/", secure=_settings().is_https, httponly=True, samesite="Lax"
    )
    return response


def install(app: Flask) -> None:
    app.before_request(load_identity)
