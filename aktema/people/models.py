"""Participants and what is known of them. What somebody said or saw is added, never overwritten."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account, Unit
from aktema.core import crypto
from aktema.core.clock import now
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"


class Participant(PublicIdMixin, CreatedMixin, Base):
    """The person everything is about. Names are in clear for search and sorting; the number is sealed."""

    __tablename__ = "participant"
    __table_args__ = (
        Index(None, "sort_key", "public_id"),
        CheckConstraint("sex in ('woman', 'man')", name="sex"),
        {"sqlite_autoincrement": True},  # an id in the audit log means one person for ever
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_name: Mapped[str]
    last_name: Mapped[str]
    sort_key: Mapped[str]
    birth_date: Mapped[date] = mapped_column(index=True)
    sex: Mapped[str | None]
    personal_number_sealed: Mapped[bytes | None]
    personal_number_index: Mapped[str | None] = mapped_column(unique=True)
    communication: Mapped[str]
    communication_note_sealed: Mapped[bytes | None]
    came_from: Mapped[str]
    locality_id: Mapped[int | None]
    phone_sealed: Mapped[bytes | None]
    has_protected_identity: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT), unique=True)
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="participant", order_by="Assignment.id"
    )
    representatives: Mapped[list["Representative"]] = relationship(
        back_populates="participant", order_by="Representative.id"
    )
    __mapper_args__ = {"version_id_col": version}

    personal_number = crypto.SealedText()
    communication_note = crypto.SealedText()
    phone = crypto.SealedText()

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Assignment(CreatedMixin, Base):
    """Who works with a person from one day to another. The only row that scopes what anybody may read."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("to_date is null or to_date >= from_date", name="dates"),
        CheckConstraint(
            "account_id is not null or unit_id is not null or employer_id is not null", name="holder"
        ),
        CheckConstraint(
            "kind in ('coach', 'handler', 'coordinator', 'provider', 'placed_with')", name="kind"
        ),
        Index(None, "account_id", "kind"),
        Index(None, "unit_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    kind: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete=RESTRICT))
    employer_id: Mapped[int | None]
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    participant: Mapped[Participant] = relationship(back_populates="assignments")
    account: Mapped[Account | None] = relationship()
    unit: Mapped[Unit | None] = relationship()


class Representative(PublicIdMixin, CreatedMixin, Base):
    """Somebody who speaks for the person, within a scope and dates. Without seen proof it gives no right."""

    __tablename__ = "representative"
    __table_args__ = (UniqueConstraint("participant_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    phone_sealed: Mapped[bytes | None]
    email_sealed: Mapped[bytes | None]
    scope: Mapped[str] = mapped_column(default="")
    areas: Mapped[str] = mapped_column(default="")
    """Codes of `MandateArea`, with a comma between. Without one of them it opens nothing."""
    from_date: Mapped[date | None]
    to_date: Mapped[date | None]
    proof_seen_on: Mapped[date | None]
    proof_seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT), index=True)
    """Whom they sign in as, where they do."""
    participant: Mapped[Participant] = relationship(back_populates="representatives")

    phone = crypto.SealedText()
    email = crypto.SealedText()


class SaidMixin(CreatedMixin):
    """Something said or seen about a person: by whom, and who wrote it down when."""

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    source: Mapped[str]
    said_on: Mapped[date]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))


class Rating(SaidMixin, Base):
    """A capacity on the anchored 0-4 scale; None is the answer "not known yet", which is never zero."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("level between 0 and 4", name="level"),
        CheckConstraint("confidence between 1 and 3", name="confidence"),
        CheckConstraint("source in ('own', 'staff', 'relative', 'observed')", name="source"),
    )
    dimension_id: Mapped[int] = mapped_column(ForeignKey("dimension.id", ondelete=RESTRICT))
    level: Mapped[int | None]
    with_aids: Mapped[bool] = mapped_column(default=False)
    confidence: Mapped[int] = mapped_column(default=2)
    account: Mapped[Account] = relationship()


class InterestVote(SaidMixin, Base):
    """How much a person wants to do an activity, from -2 to +2; None takes an earlier vote back."""

    __tablename__ = "interest_vote"
    __table_args__ = (
        CheckConstraint("vote between -2 and 2", name="vote"),
        CheckConstraint("source in ('own', 'staff', 'relative', 'observed')", name="source"),
    )
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete=RESTRICT))
    vote: Mapped[int | None]


class PreferenceVote(SaidMixin, Base):
    """Which of two poles suits the person, from -2 (the first) to +2 (the second); None takes it back."""

    __tablename__ = "preference_vote"
    __table_args__ = (
        CheckConstraint("vote between -2 and 2", name="vote"),
        CheckConstraint("source in ('own', 'staff', 'relative')", name="source"),
    )
    preference_id: Mapped[int] = mapped_column(ForeignKey("preference.id", ondelete=RESTRICT))
    vote: Mapped[int | None]


class ConstraintMark(PublicIdMixin, SaidMixin, Base):
    """Whether something must be met for the person; the note says what exactly."""

    __tablename__ = "constraint_mark"
    __table_args__ = (CheckConstraint("source in ('own', 'staff', 'relative')", name="source"),)
    constraint_id: Mapped[int] = mapped_column(ForeignKey("work_constraint.id", ondelete=RESTRICT))
    is_needed: Mapped[bool]
    note_sealed: Mapped[bytes | None]

    note = crypto.SealedText()


class Wish(PublicIdMixin, SaidMixin, Base):
    """What the person wants, in words: whose words they are stands beside them."""

    __tablename__ = "wish"
    __table_args__ = (CheckConstraint("source in ('own', 'staff', 'relative')", name="source"),)
    words_sealed: Mapped[bytes | None]

    words = crypto.SealedText()


class Availability(SaidMixin, Base):
    """When and how much the person can work: minutes, minutes after midnight, weekdays as bits."""

    __tablename__ = "availability"
    __table_args__ = (CheckConstraint("weekdays between 1 and 127", name="weekdays"),)
    weekly_minutes: Mapped[int | None]
    daily_minutes: Mapped[int | None]
    weekdays: Mapped[int | None]
    earliest_start: Mapped[int | None]
    latest_end: Mapped[int | None]
    travel_minutes: Mapped[int | None]


class PersonalNumberSearch(Base):
    """A look-up by personal number: who asked when and why, for the hourly limit and the log."""

    __tablename__ = "personal_number_search"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT), index=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
