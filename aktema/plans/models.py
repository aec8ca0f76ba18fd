"""Decisions and their extent, orders, attendance, follow-ups. What was granted or answered is never overwritten."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account, Unit
from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.people.models import Participant

RESTRICT = "RESTRICT"


class Decision(PublicIdMixin, CreatedMixin, Base):
    """What the municipality has granted a person, from one day to another. Its extent lies in rows of their own."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("to_date is null or to_date >= from_date", name="dates"),
        CheckConstraint("ended_on is null or ended_on >= from_date", name="ended"),
        CheckConstraint("(ended_on is null) = (end_reason is null)", name="end_reason"),
        CheckConstraint("eligibility_group between 1 and 3", name="eligibility_group"),
        Index(None, "participant_id", "support_measure"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id", ondelete=RESTRICT), unique=True)
    """The decision this one continues."""
    support_measure: Mapped[str]
    law_basis: Mapped[str]
    eligibility_group: Mapped[int | None]
    needs_sealed: Mapped[bytes | None]
    wishes_sealed: Mapped[bytes | None]
    goals_sealed: Mapped[bytes | None]
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    decided_on: Mapped[date]
    decision_maker: Mapped[str]
    appeal_given_on: Mapped[date | None]
    """The day the person was told how to appeal."""
    ended_on: Mapped[date | None]
    """The last day, where it ended before its time."""
    end_reason: Mapped[str | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    participant: Mapped[Participant] = relationship()
    extents: Mapped[list["DecisionExtent"]] = relationship(
        back_populates="decision", order_by="DecisionExtent.from_date, DecisionExtent.id"
    )
    orders: Mapped[list["ServiceOrder"]] = relationship(back_populates="decision", order_by="ServiceOrder.id")
    interruptions: Mapped[list["Interruption"]] = relationship(
        back_populates="decision", order_by="Interruption.from_date, Interruption.id"
    )
    __mapper_args__ = {"version_id_col": version}

    needs = crypto.SealedText()
    wishes = crypto.SealedText()
    goals = crypto.SealedText()


class DecisionExtent(PublicIdMixin, CreatedMixin, Base):
    """How much is granted from a day on, and why it became so. Rows are added, never changed: hours have a history."""

    __tablename__ = "decision_extent"
    __table_args__ = (
        UniqueConstraint("decision_id", "from_date"),
        CheckConstraint("hours_basis in ('granted', 'template')", name="hours_basis"),
        CheckConstraint(
            "(hours_basis = 'granted') = (weekly_minutes is not null)", name="granted_hours_are_known"
        ),
        CheckConstraint("weekly_minutes between 1 and 10080", name="weekly_minutes"),
        CheckConstraint("template_minutes between 1 and 10080", name="template_minutes"),
        CheckConstraint("days_per_week between 1 and 7", name="days_per_week"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete=RESTRICT), index=True)
    from_date: Mapped[date]
    hours_basis: Mapped[str]
    weekly_minutes: Mapped[int | None]
    days_per_week: Mapped[int | None]
    template_minutes: Mapped[int | None]
    """What the old standard came to a week, where it is known."""
    reason_sealed: Mapped[bytes | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    decision: Mapped[Decision] = relationship(back_populates="extents")
    account: Mapped[Account] = relationship()

    reason = crypto.SealedText()


class Interruption(PublicIdMixin, CreatedMixin, Base):
    """Days on which the granted support is not given, or only so many minutes a week of it."""

    __tablename__ = "interruption"
    __table_args__ = (
        CheckConstraint("to_date is null or to_date >= from_date", name="dates"),
        CheckConstraint("weekly_minutes_left between 0 and 10080", name="weekly_minutes_left"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete=RESTRICT), index=True)
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    weekly_minutes_left: Mapped[int] = mapped_column(default=0)
    """0 is a whole interruption."""
    reason: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    decision: Mapped[Decision] = relationship(back_populates="interruptions")
    __mapper_args__ = {"version_id_col": version}


class ServiceOrder(PublicIdMixin, CreatedMixin, Base):
    """A decision sent to the unit that is to carry it out. Its state is computed from the dates and the answers."""

    __tablename__ = "service_order"
    __table_args__ = (
        CheckConstraint("closed_on is null or closed_on >= sent_on", name="closed"),
        Index(None, "unit_id", "closed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete=RESTRICT), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete=RESTRICT))
    sent_on: Mapped[date]
    wanted_from: Mapped[date]
    need_sealed: Mapped[bytes | None]
    """The assessed need, as the unit has to know it."""
    included_sealed: Mapped[bytes | None]
    goals_sealed: Mapped[bytes | None]
    transport_sealed: Mapped[bytes | None]
    risks_sealed: Mapped[bytes | None]
    first_day: Mapped[date | None]
    """The day the person was there for the first time: the decision is then carried out."""
    coordinator_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    closed_on: Mapped[date | None]
    close_reason: Mapped[str | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    decision: Mapped[Decision] = relationship(back_populates="orders")
    participant: Mapped[Participant] = relationship()
    unit: Mapped[Unit] = relationship()
    coordinator: Mapped[Account | None] = relationship(foreign_keys=coordinator_id)
    account: Mapped[Account] = relationship(foreign_keys=account_id)
    answers: Mapped[list["OrderReply"]] = relationship(back_populates="order", order_by="OrderReply.id")
    __mapper_args__ = {"version_id_col": version}

    need = crypto.SealedText()
    included = crypto.SealedText()
    goals = crypto.SealedText()
    transport = crypto.SealedText()
    risks = crypto.SealedText()


class OrderReply(PublicIdMixin, CreatedMixin, Base):
    """What the unit answered, and when. A later answer stands beside the earlier one."""

    __tablename__ = "order_reply"
    __table_args__ = (CheckConstraint("answer in ('accepted', 'declined', 'waiting')", name="answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("service_order.id", ondelete=RESTRICT), index=True)
    answer: Mapped[str]
    answered_on: Mapped[date]
    starts_on: Mapped[date | None]
    """From which day the unit means to receive the person."""
    reason_sealed: Mapped[bytes | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    order: Mapped[ServiceOrder] = relationship(back_populates="answers")
    account: Mapped[Account] = relationship()

    reason = crypto.SealedText()


class Attendance(CreatedMixin, Base):
    """How long somebody was there on a day, or why not. A later row for the same day counts instead of it.

    The day at the unit and that of each trial are days of their own, which add up.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("minutes between 0 and 1440", name="minutes"),
        CheckConstraint("(minutes > 0) or (absence is not null)", name="absence"),
        CheckConstraint("order_id is not null or trial_id is not null", name="whose"),
        CheckConstraint("source in ('staff', 'person', 'employer')", name="source"),
        Index(None, "order_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("service_order.id", ondelete=RESTRICT))
    """The order it was a day of; None for a day of a trial of somebody who is in no day activity then."""
    day: Mapped[date]
    minutes: Mapped[int]
    absence: Mapped[str | None]
    trial_id: Mapped[int | None] = mapped_column(index=True)
    """The trial it was a day of, in the slice that knows trials."""
    source: Mapped[str] = mapped_column(default="staff", server_default="staff")
    """Who said it: `staff`, `person` or `employer`; the account is who answers for the row."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    account: Mapped[Account] = relationship()


class FollowUp(PublicIdMixin, CreatedMixin, Base):
    """A talk about how it goes. It can't be closed before every point about work has an answer."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint("kind in ('decision', 'plan')", name="kind"),
        CheckConstraint("(closed_on is null) = (conclusion is null)", name="conclusion"),
        Index(None, "decision_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete=RESTRICT))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("service_order.id", ondelete=RESTRICT))
    """None where the case handler follows up the decision itself."""
    kind: Mapped[str]
    has_work_points: Mapped[bool]
    held_on: Mapped[date]
    attendees_sealed: Mapped[bytes | None]
    summary_sealed: Mapped[bytes | None]
    own_words_sealed: Mapped[bytes | None]
    """What the person said of how it goes, in own words."""
    own_words_channel: Mapped[str | None]
    """How the person said it."""
    conclusion: Mapped[str | None]
    closed_on: Mapped[date | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    participant: Mapped[Participant] = relationship()
    decision: Mapped[Decision] = relationship()
    account: Mapped[Account] = relationship()
    points: Mapped[list["WorkPointAnswer"]] = relationship(
        back_populates="follow_up", order_by="WorkPointAnswer.id"
    )
    __mapper_args__ = {"version_id_col": version}

    attendees = crypto.SealedText()
    summary = crypto.SealedText()
    own_words = crypto.SealedText()


class WorkPointAnswer(PublicIdMixin, CreatedMixin, Base):
    """What was answered to one of the points about work: one row each, the answer a code that can be counted."""

    __tablename__ = "work_point_answer"
    __table_args__ = (UniqueConstraint("follow_up_id", "point"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id", ondelete=RESTRICT), index=True)
    point: Mapped[str]
    answer: Mapped[str]
    on_date: Mapped[date | None]
    """When the contact was, or by when the next step is to be done."""
    channel: Mapped[str | None]
    """How the person answered."""
    words_sealed: Mapped[bytes | None]
    """The person's own words, the reason, or the next step and who does it."""
    follow_up: Mapped[FollowUp] = relationship(back_populates="points")

    words = crypto.SealedText()
