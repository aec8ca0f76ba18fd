"""What stands on a person's timeline is in the municipality's language, whichever the worker reads in."""

from datetime import timedelta

from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.core import clock
from aktema.pathway.agreement_operations import ask_to_sign
from aktema.pathway.agreement_page import easy_text
from aktema.pathway.agreement_words import easy_days, tells
from aktema.pathway.introduction_codes import CloseReason, EmployerAnswer, EmployerReason
from aktema.pathway.introduction_operations import EmployerReply, book_visit, close
from aktema.pathway.outcome_codes import OutcomeKind
from aktema.pathway.outcome_operations import OutcomeFacts, record_outcome
from aktema.pathway.permissions import WRITE_REVIEW
from aktema.pathway.review_codes import Completion, ReviewedHow, Voice
from aktema.pathway.review_operations import Giver, ReviewFacts, give_review
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_operations import EndFacts, cancel_trial, interrupt_trial
from aktema.pathway.trial_states import Whose
from aktema.steps.codes import Actor
from aktema.steps.models import Step
from tests.support.introductions import a_sent_question, employer_said
from tests.support.people import act_as
from tests.support.signatures import a_stay

DAY = timedelta(days=1)
END = EndFacts(whose=Whose.PERSON, reason=EndReason.HEALTH)


def a_question_comes_and_goes() -> None:
    asked = a_sent_question()
    employer_said(asked, EmployerReply(answer=EmployerAnswer.NOT_NOW, not_before=clock.today() + 9 * DAY))
    employer_said(asked, EmployerReply(answer=EmployerAnswer.YES))
    act_as(asked.coach)
    book_visit(asked.view, clock.today() + DAY, 9 * 60)
    close(asked.view, CloseReason.TRAVEL, Whose.NOBODY)
    employer_said(a_sent_question(), EmployerReply(answer=EmployerAnswer.NO, reason=EmployerReason.NO_TIME))


def trials_come_and_go() -> None:
    stay = a_stay(signed=False, asked=False)
    act_as(stay.coach)
    ask_to_sign(stay.trial)
    cancel_trial(stay.trial, END)
    other = a_stay()
    identity = act_as(other.coach)
    interrupt_trial(other.trial, END, clock.today())
    giver = Giver(voice=Voice.COACH, how=ReviewedHow.SIGNED_IN, permission=WRITE_REVIEW, actor=Actor.STAFF)
    give_review(other.trial, giver, ReviewFacts(completion=Completion.COMPLETED))
    facts = OutcomeFacts(kind=OutcomeKind.EDUCATION, happened_on=clock.today())
    record_outcome(identity, other.person, facts, other.trial)


def lines(session: Session, language: str) -> list[tuple[str | None, str | None]]:
    """What the same acts write on the timeline where those who do them read in the language."""
    before = session.scalars(select(Step.id)).all()
    with force_locale(language):
        assert gettext("Spara") == {"sv": "Spara", "en": "Save"}[language]
        a_question_comes_and_goes()
        trials_come_and_go()
    steps = session.scalars(select(Step).where(Step.id.not_in(before)).order_by(Step.id))
    return [(step.line, step.own_line) for step in steps]


def test_whoever_reads_english_writes_the_same_lines(session: Session) -> None:
    swedish = lines(session, "sv")
    assert ("Besök bokat hos" in str(swedish), len(swedish) > 12) == (True, True)
    assert lines(session, "en") == swedish


def test_whoever_reads_english_gives_the_person_the_same_text(session: Session) -> None:
    """Else its days would not be found again when they change."""
    trial = a_stay().trial
    swedish = easy_text(trial, trial.agreements[0])
    with force_locale("en"):
        assert easy_text(trial, trial.agreements[0]) == swedish
        assert tells(swedish, easy_days(trial.agreements[0]))
