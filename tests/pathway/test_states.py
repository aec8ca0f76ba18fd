"""The table of an introduction's states."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.pathway.codes import STATE_LABELS, STATE_TONES, Answer, Channel
from aktema.pathway.introduction_codes import (
    CALLED_LABELS,
    EASY_FIELD_LABELS,
    FIELD_LABELS,
    CloseReason,
    EmployerAnswer,
    EmployerReason,
)
from aktema.pathway.rules.card import CalledBy, Field
from aktema.pathway.states import (
    ALLOWED,
    AWAITING_PERSON,
    OPEN_STATES,
    OVER,
    IntroductionFacts,
    IntroductionState,
    may,
    state_of,
)
from aktema.pathway.states import IntroductionAct as Act

DAY = date(2026, 3, 9)
S = IntroductionState
ASKED = IntroductionFacts()
YES = replace(ASKED, answer="yes")
CONSENTED = replace(YES, is_consented=True)
SENT = replace(CONSENTED, sent_on=DAY)
EMPLOYER_YES = replace(SENT, employer_answer="yes")
VISIT = replace(EMPLOYER_YES, visit_on=DAY)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (ASKED, S.ASKED),
        (replace(ASKED, closed_on=DAY), S.CLOSED),
        (YES, S.YES),
        (replace(YES, closed_on=DAY), S.CLOSED),
        (replace(ASKED, answer="later"), S.LATER),
        (replace(ASKED, answer="later", closed_on=DAY), S.CLOSED),
        (replace(ASKED, answer="no"), S.NO),
        (replace(ASKED, answer="no", closed_on=DAY), S.NO),
        (CONSENTED, S.CONSENTED),
        (SENT, S.SENT),
        (replace(SENT, is_consented=False), S.SENT),
        (replace(SENT, employer_answer="not_now"), S.EMPLOYER_NOT_NOW),
        (replace(SENT, employer_answer="no", closed_on=DAY), S.CLOSED),
        (EMPLOYER_YES, S.EMPLOYER_YES),
        (VISIT, S.VISIT),
        (replace(VISIT, agreed_on=DAY), S.AGREED),
        (replace(EMPLOYER_YES, agreed_on=DAY), S.AGREED),
        (replace(VISIT, agreed_on=DAY, closed_on=DAY), S.CLOSED),
        (replace(VISIT, answer="no", closed_on=DAY), S.NO),
    ],
)
def test_the_state_follows_from_the_facts(facts: IntroductionFacts, state: S) -> None:
    assert state_of(facts) is state


@pytest.mark.parametrize("act", [Act.ANSWER_YES, Act.ANSWER_LATER])
@pytest.mark.parametrize("state", S)
def test_only_who_has_not_said_yes_is_asked(state: S, act: Act) -> None:
    assert may(act, state) is (state in AWAITING_PERSON)


@pytest.mark.parametrize("state", OPEN_STATES - {S.AGREED})
def test_a_person_can_say_no_until_everybody_has_agreed(state: S) -> None:
    assert may(Act.ANSWER_NO, state)


@pytest.mark.parametrize("state", S)
def test_nothing_is_sent_without_the_persons_yes_and_card(state: S) -> None:
    assert may(Act.SEND, state) is (state in {S.CONSENTED, S.SENT, S.EMPLOYER_NOT_NOW})


@pytest.mark.parametrize("state", OPEN_STATES)
def test_what_is_open_can_be_closed(state: S) -> None:
    assert may(Act.CLOSE, state)


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_stays_as_it_is_but_for_the_card(state: S) -> None:
    assert ALLOWED[state] <= {Act.WITHDRAW}


@pytest.mark.parametrize("state", S)
def test_a_card_can_be_taken_back_wherever_there_may_be_one(state: S) -> None:
    assert may(Act.WITHDRAW, state) is (state not in AWAITING_PERSON | {S.YES, S.NO})


@given(
    st.builds(
        IntroductionFacts,
        answer=st.sampled_from([None, "later"]),
        is_consented=st.booleans(),
        sent_on=st.none() | st.just(DAY),
        agreed_on=st.none() | st.just(DAY),
    )
)
def test_nothing_goes_to_an_employer_before_the_person_has_said_yes(facts: IntroductionFacts) -> None:
    assert state_of(facts) in AWAITING_PERSON


def test_every_state_has_moves_words_and_a_tone() -> None:
    assert set(ALLOWED) == set(STATE_LABELS) == set(STATE_TONES) == set(S)


@pytest.mark.parametrize("code", [*Answer, *Channel, *EmployerAnswer, *EmployerReason, *CloseReason])
def test_every_code_has_words(code: Answer | Channel | EmployerAnswer | EmployerReason | CloseReason) -> None:
    assert code.label


def test_every_field_of_the_card_has_words_for_staff_and_for_the_person() -> None:
    assert set(FIELD_LABELS) == set(EASY_FIELD_LABELS) == set(Field)
    assert set(CALLED_LABELS) == set(CalledBy)
