"""A person's consent that somebody outside sees something: given for exactly this, and taken back at any time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.consent_models import Consent
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentFacts:
    """What is agreed to: which fields, seen by whom, what for, until when; who said it, and how they said it."""

    participant_id: int
    receiver_id: int
    purpose: str
    fields: Collection[str]
    until: date
    given_by: str
    channel: str


def give(identity: Identity, permission: Permission, facts: ConsentFacts) -> Consent:
    """Keep the consent, from today. Raises DomainError on `until` for a day that has been."""
    today = clock.today()
    if facts.until < today:
        raise DomainError(_("Skriv en dag som ligger framåt."), "until")
    consent = Consent(
        participant_id=facts.participant_id,
        receiver_id=facts.receiver_id,
        purpose=facts.purpose,
        fields=",".join(sorted(facts.fields)),
        from_date=today,
        to_date=facts.until,
        given_by=facts.given_by,
        channel=facts.channel,
        account_id=identity.account_id,
    )
    db.session.add(consent)
    db.session.flush()  # what it is given for names it, and the audit row needs its id
    _trace(permission, consent, consent.fields)
    return consent


def withdraw(permission: Permission, consent: Consent) -> None:
    """From now on nothing is seen by it. A consent that is withdrawn already stays as it is."""
    if consent.withdrawn_on is None:
        consent.withdrawn_on = clock.today()
        _trace(permission, consent, "withdrawn")


def _trace(permission: Permission, consent: Consent, detail: str) -> None:
    audit.record_write(
        permission,
        participant_id=consent.participant_id,
        object_kind="consent",
        object_id=consent.id,
        detail=detail,
    )
