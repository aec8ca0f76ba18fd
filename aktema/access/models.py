"""Accounts and what they may be, sessions that can be ended, and the trace of every use."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.roles import Role
from aktema.core.clock import now
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

WIDE = BigInteger().with_variant(Integer, "sqlite")


class Unit(PublicIdMixin, CreatedMixin, Base):
    """A place of a provider, municipal or private."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("kind in ('municipal', 'private')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    sort_key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    provider: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Account(PublicIdMixin, CreatedMixin, Base):
    """Somebody who can sign in. The e-mail address is stored in lower case and is the sign-in name."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(index=True)
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="sv")
    disabled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="account", order_by="Membership.id")
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class Membership(CreatedMixin, Base):
    """A role held from one day to another, in a unit where the role belongs to one."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint("to_date is null or to_date >= from_date", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"), index=True)
    role_code: Mapped[str]
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    account: Mapped[Account] = relationship(back_populates="memberships")
    unit: Mapped[Unit | None] = relationship()

    @property
    def role(self) -> Role:
        return Role(self.role_code)

    def is_live(self, on: date) -> bool:
        return self.from_date <= on and self.is_open(on)

    def is_open(self, on: date) -> bool:
        """Whether it has not ended: it holds on the day, or will hold later."""
        return self.to_date is None or on <= self.to_date


class Invitation(CreatedMixin, Base):
    """A link by which an account sets its password. Only the link's digest is stored; it works once."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()


class ServerSession(PublicIdMixin, CreatedMixin, Base):
    """A sign-in that lives here, not in the cookie: ending the row ends the session everywhere."""

    __tablename__ = "server_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    device: Mapped[str] = mapped_column(default="")
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    """When it ends at the latest, where that is earlier than for everybody."""
    handed_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    """The worker who handed their screen over to a participant."""
    ended_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship(foreign_keys=account_id)


class SignInAttempt(Base):
    """A sign-in that was tried, by a keyed digest of the address typed: throttling without a list of names."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "email_digest", "at"),)

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    email_digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class AccessEntry(Base):
    """One use of a right: who, in which role, what, about whom, allowed or not. Rows are only ever added."""

    __tablename__ = "access_entry"
    __table_args__ = (Index(None, "participant_id", "at"), Index(None, "account_id", "at"))

    id: Mapped[int] = mapped_column(WIDE, primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    account_id: Mapped[int | None]
    roles: Mapped[str] = mapped_column(default="")
    unit_ids: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    act: Mapped[str]
    participant_id: Mapped[int | None]
    object_kind: Mapped[str] = mapped_column(default="")
    object_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(default="")
    route: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(default="")
    seal: Mapped[bytes | None] = mapped_column(LargeBinary)
