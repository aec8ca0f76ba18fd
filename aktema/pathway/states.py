"""The states of an introduction, computed from its dates: nobody sets one by hand."""

from datetime import date
from enum import StrEnum


class IntroductionState(StrEnum):
    ASKED = "asked"
    YES = "yes"
    LATER = "later"
    NO = "no"
    CLOSED = "closed"


ALLOWED_ANSWERS: dict[IntroductionState, frozenset[str]] = {
    IntroductionState.ASKED: frozenset({"yes", "no", "later"}),
    IntroductionState.LATER: frozenset({"yes", "no", "later"}),
    IntroductionState.YES: frozenset({"no"}),
    IntroductionState.NO: frozenset(),
    IntroductionState.CLOSED: frozenset(),
}
"""What the person may answer from each state: a yes can be taken back, a no ends the matter."""

OPEN_STATES = frozenset({IntroductionState.ASKED, IntroductionState.YES, IntroductionState.LATER})


def state_of(answer: str | None, closed_on: date | None) -> IntroductionState:
    """The state the facts give."""
    if answer == "no":
        return IntroductionState.NO
    if closed_on is not None:
        return IntroductionState.CLOSED
    return IntroductionState.ASKED if answer is None else IntroductionState(answer)


def may_answer(answer: str | None, closed_on: date | None, new_answer: str) -> bool:
    return new_answer in ALLOWED_ANSWERS[state_of(answer, closed_on)]


def awaits_answer(answer: str | None, closed_on: date | None, ask_again_on: date | None, today: date) -> bool:
    """Whether somebody should ask the person (again): never answered, or "later" and the day has come."""
    state = state_of(answer, closed_on)
    return state is IntroductionState.ASKED or (
        state is IntroductionState.LATER and ask_again_on is not None and ask_again_on <= today
    )
