"""How far questions about a placement have come after the person's yes: the card, the employer's answer, a visit."""

from dataclasses import dataclass
from datetime import date, timedelta

from aktema.access.consent_models import Consent
from aktema.core.db import db
from aktema.demo.days import moment, next_workday, workday
from aktema.demo.journal import note
from aktema.demo.lives import Life
from aktema.employers.models import Contact, Placement
from aktema.pathway.consent_operations import PURPOSE
from aktema.pathway.consent_queries import CardChoice, draw_card
from aktema.pathway.introduction_codes import CloseReason, EmployerAnswer, EmployerReason
from aktema.pathway.models import Introduction
from aktema.pathway.rules.card import CalledBy, Field, filled
from aktema.pathway.rules.introduction import LONGEST_CONSENT
from aktema.pathway.states import IntroductionState as State
from aktema.pathway.trial_states import Whose
from aktema.steps.codes import Actor, ContactType

CHOSEN = frozenset({Field.HOURS, Field.DAYS, Field.LIKES, Field.ADAPTATIONS, Field.CONTACT})
CARD_BEFORE, ANSWER_AFTER, VISIT_AFTER, AGREED_AFTER, SILENT_AFTER = (
    timedelta(days=days) for days in (2, 3, 6, 8, 15)
)
"""When the others happen, seen from the day the employer was asked."""
VISIT_AT = 13 * 60
WITH_VISIT = (State.VISIT, State.AGREED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question to a person about a placement, to which they have said yes."""

    life: Life
    introduction: Introduction
    placement: Placement

    @property
    def contact(self) -> Contact:
        return self.placement.employer.contacts[0]


def advance(asked: Asked, state: State, sent: date, today: date) -> None:
    """Bring the question so far; `sent` is the day the employer was asked, on or after the person's answer."""
    share_card(asked, max(asked.introduction.answered_on or sent, workday(sent - CARD_BEFORE)))
    if state is State.CONSENTED:
        return
    _send(asked, sent)
    yesterday = workday(today - timedelta(days=1))
    if state is State.EMPLOYER_NOT_NOW:
        _answer(asked, EmployerAnswer.NOT_NOW, min(next_workday(sent + ANSWER_AFTER), yesterday))
        asked.introduction.employer_not_before = next_workday(today + timedelta(days=30))
    elif state is not State.SENT:
        _answer(asked, EmployerAnswer.YES, min(next_workday(sent + ANSWER_AFTER), yesterday))
    if state in WITH_VISIT:
        asked.introduction.visit_on = next_workday(sent + VISIT_AFTER)
        asked.introduction.visit_at = VISIT_AT
    if state is State.AGREED:
        _agree(asked, min(next_workday(sent + AGREED_AFTER), yesterday))


def share_card(asked: Asked, on: date) -> None:
    """The person's yes to what the employer sees."""
    introduction, person = asked.introduction, asked.life.participant
    until = on + timedelta(days=LONGEST_CONSENT - 1)
    choice = CardChoice(called=CalledBy.FIRST_NAME, fields=CHOSEN, words="", photo="", until=until)
    card = draw_card(person, introduction, choice)
    consent = Consent(
        participant_id=person.id,
        receiver_id=asked.placement.employer_id,
        purpose=PURPOSE,
        fields=",".join(sorted([choice.called.value, *(field.value for field in filled(card))])),
        from_date=on,
        to_date=until,
        given_by="person",
        channel=introduction.answer_channel or "speech",
        account_id=asked.life.writer.id,
        created_at=moment(on, asked.life.rng("consent")),
    )
    db.session.add(consent)
    db.session.flush()  # the introduction refers to it by id
    introduction.consent_id, introduction.card = consent.id, card.to_json()
    _note(
        asked,
        on,
        ContactType.CONSENT_GIVEN,
        f"Sa ja till att {_employer(asked)} ser kortet till {until}.",
        f"Du sa ja till ditt kort för {_employer(asked)}.",
    )


def _send(asked: Asked, on: date) -> None:
    asked.introduction.contact_id, asked.introduction.sent_on = asked.contact.id, on
    line = f"Frågade {_employer(asked)} genom {asked.contact.name}."
    own_line = f"Vi har frågat {_employer(asked)}. De har fått ditt kort."
    _note(asked, on, ContactType.EMPLOYER_ASKED, line, own_line)


def _answer(asked: Asked, answer: EmployerAnswer, on: date) -> None:
    introduction = asked.introduction
    introduction.employer_answer, introduction.employer_answered_on = answer.value, on
    said = {
        EmployerAnswer.YES: ("sa ja.", "sa ja!"),
        EmployerAnswer.NOT_NOW: ("vill vänta en månad.", "vill vänta lite."),
        EmployerAnswer.NO: ("sa nej: ingen hos oss kan vara handledare.", "sa nej den här gången."),
    }
    line, own_line = (f"{_employer(asked)} {words}" for words in said[answer])
    _note(asked, on, ContactType.EMPLOYER_ANSWERED, line, own_line, Actor.EMPLOYER)


def _agree(asked: Asked, on: date) -> None:
    asked.introduction.agreed_on = on
    line = f"Överens med {_employer(asked)}: det blir en provplats."
    _note(asked, on, ContactType.EMPLOYER_ANSWERED, line, f"Du ska få prova hos {_employer(asked)}!")


def refuse(asked: Asked, sent: date) -> None:
    """The employer was asked and said no, which ends the question."""
    advance(asked, State.SENT, sent, sent)
    on = next_workday(sent + ANSWER_AFTER)
    _answer(asked, EmployerAnswer.NO, on)
    asked.introduction.employer_reason = EmployerReason.NO_SUPERVISOR.value
    close(asked, on, CloseReason.EMPLOYER_SAID_NO, Whose.EMPLOYER)


def run_out(asked: Asked, sent: date) -> None:
    """The employer was asked and never answered."""
    advance(asked, State.SENT, sent, sent)
    on = next_workday(sent + SILENT_AFTER)
    close(asked, on, CloseReason.EMPLOYER_SILENT, Whose.EMPLOYER)
    line = f"{_employer(asked)} svarade inte i tid. Frågan är avslutad."
    own_line = f"{_employer(asked)} svarade aldrig. Vi söker vidare."
    _note(asked, on, ContactType.INTRODUCTION_CLOSED, line, own_line, Actor.SYSTEM)


def close(asked: Asked, on: date, reason: CloseReason, whose: Whose) -> None:
    """The question is over."""
    asked.introduction.closed_on, asked.introduction.closed_reason = on, reason.value
    asked.introduction.closed_by = whose.value


def _employer(asked: Asked) -> str:
    return asked.placement.employer.name


def _note(
    asked: Asked, on: date, kind: ContactType, line: str, own_line: str, actor: Actor = Actor.STAFF
) -> None:
    note(asked.life, on, kind, line, own_line, placement=asked.placement, actor=actor)
