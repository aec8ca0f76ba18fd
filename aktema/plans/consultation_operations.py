"""Asking licensed staff, and writing down what came of it. What was answered stands; a new question is a new row."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.people.models import Participant
from aktema.plans.consultation_codes import Profession, QuestionArea
from aktema.plans.consultation_models import Consultation
from aktema.plans.permissions import CONSULT


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsultationFacts:
    """Who was asked about what, and the advice where it has come."""

    asked_on: date
    area: QuestionArea
    profession: Profession
    asked: str
    answered_on: date | None = None
    advice: str = ""


def ask(identity: Identity, participant: Participant, facts: ConsultationFacts) -> Consultation:
    """Log a consultation. Raises DomainError where a day can't be, or day and advice do not come together."""
    if facts.asked_on > clock.today():
        raise DomainError(_("Skriv en dag som har varit."), "asked_on")
    row = Consultation(
        participant_id=participant.id,
        asked_on=facts.asked_on,
        area=facts.area.value,
        profession=facts.profession.value,
        account_id=identity.account_id,
    )
    row.asked = facts.asked
    if facts.advice or facts.answered_on:
        _answer(row, facts.answered_on, facts.advice)
    db.session.add(row)
    db.session.flush()  # the audit row needs its id
    _record(row, "ask")
    return row


def answer(row: Consultation, answered_on: date | None, advice: str) -> None:
    """Write down what came of it. Raises DomainError where it has an answer, or the day can't be."""
    if row.answered_on is not None:
        raise DomainError(_("Svaret är redan inskrivet. Skriv en ny rådfrågning om något har ändrats."))
    _answer(row, answered_on, advice)
    _record(row, "answer")


def _answer(row: Consultation, answered_on: date | None, advice: str) -> None:
    if not advice:
        raise DomainError(_("Skriv vad ni kom fram till."), "advice")
    day = answered_on or clock.today()
    if not row.asked_on <= day <= clock.today():
        raise DomainError(_("Skriv en dag som har varit, tidigast när ni frågade."), "answered_on")
    row.answered_on, row.advice = day, advice


def _record(row: Consultation, detail: str) -> None:
    audit.record_write(
        CONSULT,
        participant_id=row.participant_id,
        object_kind="consultation",
        object_id=row.id,
        detail=detail,
    )
