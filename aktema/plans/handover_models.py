"""What goes with a person to a new unit: chosen, said yes to, sent as it stood that day, and signed for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account, Unit
from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.people.models import Participant
from aktema.plans.handover_codes import HandoverState
from aktema.plans.models import ServiceOrder

RESTRICT = "RESTRICT"


class Handover(PublicIdMixin, CreatedMixin, Base):
    """A packet to the unit of one order, with the person's consent to just these groups of facts."""

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint(
            "(consented_on is null) = (consented_by is null)"
            " and (consented_on is null) = (consented_how is null)",
            name="consent",
        ),
        CheckConstraint("consented_by in ('person', 'representative')", name="consented_by"),
        CheckConstraint("(sent_on is null) = (packet_json_sealed is null)", name="packet"),
        CheckConstraint("sent_on is null or consented_on is not null", name="sent_with_consent"),
        CheckConstraint("(received_at is null) = (received_by_id is null)", name="receipt"),
        CheckConstraint("received_at is null or sent_on is not null", name="received_when_sent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("service_order.id", ondelete=RESTRICT), index=True)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete=RESTRICT))
    groups: Mapped[str]
    """Codes of `handover_codes.FieldGroup` with a space between."""
    purpose_sealed: Mapped[bytes | None]
    consented_on: Mapped[date | None]
    consented_by: Mapped[str | None]
    consented_how: Mapped[str | None]
    consent_words_sealed: Mapped[bytes | None]
    sent_on: Mapped[date | None]
    packet_json_sealed: Mapped[bytes | None]
    """What was sent, as it stood that day: JSON, a list of [title, list of [label, text]]."""
    received_at: Mapped[datetime | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    withdrawn_on: Mapped[date | None]
    """The day the person took the yes back, or said no."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    participant: Mapped[Participant] = relationship()
    order: Mapped[ServiceOrder] = relationship()
    from_unit: Mapped[Unit] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=account_id)
    received_by: Mapped[Account | None] = relationship(foreign_keys=received_by_id)
    __mapper_args__ = {"version_id_col": version}

    purpose = crypto.SealedText()
    consent_words = crypto.SealedText()
    packet_json = crypto.SealedText()

    @property
    def state(self) -> HandoverState:
        if self.withdrawn_on is not None:
            return HandoverState.REFUSED if self.consented_on is None else HandoverState.WITHDRAWN
        if self.received_at is not None:
            return HandoverState.RECEIVED
        if self.sent_on is not None:
            return HandoverState.SENT
        return HandoverState.CHOSEN if self.consented_on is None else HandoverState.CONSENTED
