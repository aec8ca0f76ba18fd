"""A person who takes back the yes to their card: the employer is asked nothing by link about the job either."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.access.link_codes import Purpose
from aktema.access.link_operations import renewals
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.outbox import OutboxMessage
from aktema.pathway.models import Introduction
from aktema.pathway.outcome_models import Employment, RetentionCheck
from aktema.people.models import Participant
from tests.support.employers import a_contact
from tests.support.links import a_link
from tests.support.outcomes import DAY, TODAY, with_a_supervisor
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]
ENDED_OR_TAKEN_BACK = pytest.mark.parametrize(
    ("withdrawn_on", "sent"), [(None, 1), (TODAY - 2 * DAY, 0)], ids=["ended", "taken back"]
)


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def person(coach: Account) -> Participant:
    return a_participant(coach=coach)


def on_a_consent(person: Participant, *, withdrawn_on: date | None) -> Employment:
    """A job that grew out of an introduction whose consent ended the other day."""
    job = with_a_supervisor(person)
    trial = job.outcome.trial
    assert trial is not None
    consent = Consent(
        participant_id=person.id,
        receiver_id=trial.placement.employer_id,
        purpose="introduction",
        fields="first_name",
        from_date=TODAY - 90 * DAY,
        to_date=TODAY - DAY,
        given_by="person",
        channel="speech",
        account_id=trial.account_id,
        withdrawn_on=withdrawn_on,
    )
    db.session.add(consent)
    db.session.flush()
    trial.introduction = Introduction(
        participant_id=person.id,
        placement_id=trial.placement_id,
        account_id=trial.account_id,
        asked_on=TODAY - 90 * DAY,
        consent_id=consent.id,
    )
    db.session.commit()
    return job


@ENDED_OR_TAKEN_BACK
def test_where_the_card_is_taken_back_the_employer_is_not_asked_about_the_job(
    sign_in: SignIn,
    coach: Account,
    person: Participant,
    session: Session,
    withdrawn_on: date | None,
    sent: int,
) -> None:
    job = on_a_consent(person, withdrawn_on=withdrawn_on)
    page = sign_in(coach).submit(
        f"/uppfoljning/jobb/{job.public_id}", {}, css="form[action$=fraga-arbetsgivaren]"
    )
    assert ("tagit tillbaka sitt ja till kortet" in page.words) is (sent == 0)
    assert len(session.scalars(select(OutboxMessage)).all()) == sent


@ENDED_OR_TAKEN_BACK
def test_where_the_card_is_taken_back_no_lost_link_is_sent_anew(
    coach: Account, person: Participant, session: Session, withdrawn_on: date | None, sent: int
) -> None:
    job = on_a_consent(person, withdrawn_on=withdrawn_on)
    link, _token = a_link(Purpose.RETENTION, job.id, contact=a_contact(email="ask@example.se"), account=coach)
    renewals[Purpose.RETENTION](link)
    assert len(session.scalars(select(OutboxMessage)).all()) == sent


def test_where_the_card_is_taken_back_the_employers_page_is_gone(
    page: PageClient, coach: Account, person: Participant, session: Session
) -> None:
    job = on_a_consent(person, withdrawn_on=None)
    _link, token = a_link(Purpose.RETENTION, job.id, account=coach)
    session.commit()
    seen = page.get(f"/jobbet/{token}")
    session.execute(update(Consent).values(withdrawn_on=TODAY))
    session.commit()
    pressed = page.post(f"/jobbet/{token}", {**seen.hidden("main form"), "answer": "well"})
    assert (seen.status, pressed.status, page.get(f"/jobbet/{token}").status) == (200, 404, 404)
    assert session.scalars(select(RetentionCheck)).all() == []
