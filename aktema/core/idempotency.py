"""A form sent twice acts once: its key is stored with where the first answer led."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Request, redirect
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response

from aktema.core.clock import now
from aktema.core.db import Base, db
from aktema.core.jobs import register_chore

FIELD = "idempotency_key"
KEY_HERE = "{key}"
"""Stands in a stored address where a link's key was: that is stored nowhere."""
KEPT = timedelta(days=7)


class SubmittedForm(Base):
    """A form that was answered with a redirect. The key names sender and endpoint too, so that it is nobody else's."""

    __tablename__ = "submitted_form"

    key: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str]
    answered_at: Mapped[datetime] = mapped_column(default=now)


def forget_old_keys() -> None:
    """Drop the keys of forms that nobody can still have open."""
    db.session.execute(delete(SubmittedForm).where(SubmittedForm.answered_at < now() - KEPT))


register_chore(forget_old_keys)


@dataclass(frozen=True, slots=True)
class Submission:
    key: str
    token: str = ""

    @classmethod
    def of(cls, request: Request, account_id: int | None, token: str = "") -> "Submission | None":
        """What was submitted, or None where the request carries no key or comes from nobody.

        Whoever comes by a link is its token, whoever else may be signed in in the same browser.
        """
        typed = request.form.get(FIELD, "") if request.method == "POST" else ""
        if not typed or len(typed) > 64 or "\0" in typed:
            return None
        if token:
            sender = hashlib.sha256(token.encode()).hexdigest()
            return cls(f"{sender}:{request.endpoint}:{typed}", token)
        return None if account_id is None else cls(f"{account_id}:{request.endpoint}:{typed}")

    def earlier_answer(self) -> Response | None:
        """The redirect the same form got the first time, or None."""
        location = db.session.scalar(select(SubmittedForm.location).where(SubmittedForm.key == self.key))
        return None if location is None else redirect(location.replace(KEY_HERE, self.token), 303)

    def remember(self, location: str) -> None:
        kept = location.replace(self.token, KEY_HERE) if self.token else location
        db.session.add(SubmittedForm(key=self.key, location=kept))
