"""Every act from every state: what the table allows is done, everything else is refused and changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.pathway import introduction_operations as operations
from aktema.pathway.codes import Answer
from aktema.pathway.consent_operations import take_back_card
from aktema.pathway.introduction_codes import CloseReason, EmployerAnswer, EmployerReason
from aktema.pathway.introduction_operations import EmployerReply
from aktema.pathway.permissions import REVOKE_CONSENT
from aktema.pathway.states import IntroductionAct as Act
from aktema.pathway.states import IntroductionState as State
from aktema.pathway.states import may
from aktema.pathway.trial_states import Whose
from tests.support.introductions import (
    Asked,
    a_question,
    a_sent_question,
    an_agreed_question,
    answered,
    consented,
    employer_said,
    sent,
)

IN_A_MONTH = timedelta(days=30)


def told_to_wait() -> Asked:
    """The day they wanted to wait for has come."""
    later = EmployerReply(answer=EmployerAnswer.NOT_NOW, not_before=clock.today() + IN_A_MONTH)
    asked = employer_said(a_sent_question(), later)
    asked.introduction.employer_not_before = clock.today()
    return asked


def visited() -> Asked:
    asked = employer_said(a_sent_question())
    operations.book_visit(asked.view, clock.today(), None)
    return asked


def asked_later() -> Asked:
    asked = a_question()
    asked.introduction.answer, asked.introduction.answered_on = "later", clock.today()
    asked.introduction.ask_again_on = clock.today() + IN_A_MONTH
    return asked


def closed() -> Asked:
    asked = a_sent_question()
    operations.close(asked.view, CloseReason.PLACE_GONE, Whose.NOBODY)
    return asked


STATES: dict[State, Callable[[], Asked]] = {
    State.ASKED: a_question,
    State.LATER: asked_later,
    State.YES: lambda: answered(a_question()),
    State.CONSENTED: lambda: consented(answered(a_question())),
    State.SENT: a_sent_question,
    State.EMPLOYER_NOT_NOW: told_to_wait,
    State.EMPLOYER_YES: lambda: employer_said(a_sent_question()),
    State.VISIT: visited,
    State.AGREED: an_agreed_question,
    State.NO: lambda: answered(a_question(), Answer.NO),
    State.CLOSED: closed,
}
ACTS: dict[Act, Callable[[Asked], object]] = {
    Act.ANSWER_YES: answered,
    Act.ANSWER_NO: lambda asked: answered(asked, Answer.NO),
    Act.CONSENT: consented,
    Act.WITHDRAW: lambda asked: take_back_card(REVOKE_CONSENT, asked.person, asked.view),
    Act.SEND: sent,
    Act.EMPLOYER_ANSWER: lambda asked: employer_said(
        asked, EmployerReply(answer=EmployerAnswer.NO, reason=EmployerReason.TAKEN)
    ),
    Act.BOOK_VISIT: lambda asked: operations.book_visit(asked.view, clock.today(), None),
    Act.AGREE: lambda asked: operations.agree(asked.view),
    Act.CLOSE: lambda asked: operations.close(asked.view, CloseReason.OTHER, Whose.COACH),
}


@pytest.mark.parametrize("state", State)
def test_each_state_comes_of_its_facts(session: Session, state: State) -> None:
    assert STATES[state]().view.state is state


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", State)
def test_an_act_is_done_where_the_table_allows_it_and_nowhere_else(
    session: Session, state: State, act: Act
) -> None:
    asked = STATES[state]()
    db.session.flush()
    before = asked.introduction.version
    try:
        ACTS[act](asked)
    except DomainError:
        db.session.flush()
        assert (may(act, state), asked.introduction.version) == (False, before)
    else:
        assert may(act, state)
