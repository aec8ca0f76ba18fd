"""The states of an introduction, computed from its facts: nobody sets one by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class IntroductionState(StrEnum):
    ASKED = "asked"
    LATER = "later"
    YES = "yes"
    CONSENTED = "consented"
    SENT = "sent"
    EMPLOYER_NOT_NOW = "employer_not_now"
    EMPLOYER_YES = "employer_yes"
    VISIT = "visit"
    AGREED = "agreed"
    NO = "no"
    CLOSED = "closed"


class IntroductionAct(StrEnum):
    """What may be done with an introduction."""

    ANSWER_YES = "answer_yes"
    ANSWER_LATER = "answer_later"
    ANSWER_NO = "answer_no"
    CONSENT = "consent"
    WITHDRAW = "withdraw"
    SEND = "send"
    EMPLOYER_ANSWER = "employer_answer"
    BOOK_VISIT = "book_visit"
    AGREE = "agree"
    CLOSE = "close"


State, Act = IntroductionState, IntroductionAct

ALLOWED: Mapping[IntroductionState, frozenset[IntroductionAct]] = {
    State.ASKED: frozenset({Act.ANSWER_YES, Act.ANSWER_LATER, Act.ANSWER_NO, Act.CLOSE}),
    State.LATER: frozenset({Act.ANSWER_YES, Act.ANSWER_LATER, Act.ANSWER_NO, Act.CLOSE}),
    State.YES: frozenset({Act.ANSWER_NO, Act.CONSENT, Act.CLOSE}),
    State.CONSENTED: frozenset({Act.ANSWER_NO, Act.CONSENT, Act.WITHDRAW, Act.SEND, Act.CLOSE}),
    State.SENT: frozenset(
        {Act.ANSWER_NO, Act.CONSENT, Act.WITHDRAW, Act.SEND, Act.EMPLOYER_ANSWER, Act.CLOSE}
    ),
    State.EMPLOYER_NOT_NOW: frozenset(
        {Act.ANSWER_NO, Act.CONSENT, Act.WITHDRAW, Act.SEND, Act.EMPLOYER_ANSWER, Act.CLOSE}
    ),
    State.EMPLOYER_YES: frozenset(
        {Act.ANSWER_NO, Act.CONSENT, Act.WITHDRAW, Act.EMPLOYER_ANSWER, Act.BOOK_VISIT, Act.AGREE, Act.CLOSE}
    ),
    State.VISIT: frozenset(
        {Act.ANSWER_NO, Act.CONSENT, Act.WITHDRAW, Act.EMPLOYER_ANSWER, Act.BOOK_VISIT, Act.AGREE, Act.CLOSE}
    ),
    State.AGREED: frozenset({Act.CONSENT, Act.WITHDRAW, Act.CLOSE}),
    State.NO: frozenset(),
    State.CLOSED: frozenset({Act.WITHDRAW}),
}
"""A yes of the person can be taken back until everybody has agreed; a no ends the matter.

The yes to the card can be given anew as long as the matter is open: it ends on a day, and a trial may last longer.
It can be taken back as long as it holds, also of what is closed: an employer reads the card for weeks after a trial.
"""

OVER = frozenset({State.NO, State.CLOSED})
OPEN_STATES = frozenset(State) - OVER
AWAITING_PERSON = frozenset({State.ASKED, State.LATER})
WITH_EMPLOYER = frozenset({State.SENT, State.EMPLOYER_NOT_NOW, State.EMPLOYER_YES, State.VISIT})
"""The employer has been asked, and it is not settled."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IntroductionFacts:
    """What an introduction's state follows from. `is_consented`: the person's consent to its card holds today."""

    answer: str | None = None
    is_consented: bool = False
    sent_on: date | None = None
    employer_answer: str | None = None
    visit_on: date | None = None
    agreed_on: date | None = None
    closed_on: date | None = None


def state_of(facts: IntroductionFacts) -> IntroductionState:
    """The state the facts give."""
    if facts.answer == "no":
        return State.NO
    if facts.closed_on is not None:
        return State.CLOSED
    if facts.answer != "yes":
        return State.ASKED if facts.answer is None else State.LATER
    if facts.agreed_on is not None:
        return State.AGREED
    return State.YES if facts.sent_on is None and not facts.is_consented else _with_card(facts)


def _with_card(facts: IntroductionFacts) -> IntroductionState:
    if facts.sent_on is None:
        return State.CONSENTED
    if facts.employer_answer == "yes":
        return State.EMPLOYER_YES if facts.visit_on is None else State.VISIT
    return State.SENT if facts.employer_answer is None else State.EMPLOYER_NOT_NOW


def may(act: IntroductionAct, state: IntroductionState) -> bool:
    return act in ALLOWED[state]
