"""Whoever was to receive somebody reads that it ends before its day, and nothing about whom or why."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.core import clock
from aktema.core.outbox import OutboxMessage
from aktema.pathway import trial_operations as operations
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_operations import EndFacts
from aktema.pathway.trial_states import DRAFT_LASTS, Party, Whose
from tests.support.people import act_as
from tests.support.signatures import Stay, a_stay
from tests.support.trials import sign

WHY = EndFacts(whose=Whose.PERSON, reason=EndReason.HEALTH, words="Mår dåligt")


def mails(session: Session) -> list[tuple[str, str | None]]:
    session.flush()
    return [(one.kind, one.address) for one in session.scalars(select(OutboxMessage))]


def acted(**stay: object) -> Stay:
    made = a_stay(**stay)  # type: ignore[arg-type]  # each value is what a_stay takes by that name
    act_as(made.coach)
    return made


def cancel(trial: Trial) -> None:
    operations.cancel_trial(trial, WHY)


def interrupt(trial: Trial) -> None:
    operations.interrupt_trial(trial, WHY, clock.today())


@pytest.mark.parametrize(("signed", "end"), [(False, cancel), (True, interrupt)])
def test_whoever_knows_of_it_is_told_that_it_is_over(
    session: Session, signed: bool, end: Callable[[Trial], None]
) -> None:
    trial = acted(signed=signed).trial
    if not signed:
        sign(trial.agreements[0], Party.PERSON)
    end(trial)
    assert mails(session) == [("trial_stopped", "linda@lindas.example")]


def test_the_mail_says_neither_who_nor_why(session: Session) -> None:
    stay = acted()
    interrupt(stay.trial)
    message = session.scalars(select(OutboxMessage)).one()
    said = f"{message.subject} {message.body}"
    assert [word for word in (stay.person.first_name, "Mår dåligt", "Hälsan") if word in said] == []


@pytest.mark.parametrize("asked", [True, False])
def test_an_employer_is_told_nothing_of_what_the_person_never_signed(session: Session, asked: bool) -> None:
    cancel(acted(signed=False, asked=asked).trial)
    assert mails(session) == []


def test_nothing_leaves_of_somebody_kept_secret(session: Session) -> None:
    stay = acted(signed=False)
    sign(stay.trial.agreements[0], Party.PERSON)
    stay.person.has_protected_identity = True
    cancel(stay.trial)
    assert mails(session) == []


def test_an_agreement_that_nobody_finished_is_told_once(session: Session) -> None:
    stay = acted(signed=False)
    sign(stay.trial.agreements[0], Party.PERSON)
    stay.trial.begun_on = clock.today() - DRAFT_LASTS - timedelta(days=1)
    session.flush()
    operations.tell_of_ends()
    operations.tell_of_ends()
    assert mails(session) == [("trial_stopped", "linda@lindas.example")]
