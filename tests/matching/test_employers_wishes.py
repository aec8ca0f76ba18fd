"""What employers want counts in what is suggested: how many questions a month, and none before a day."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.employers.company_operations import Wishes, set_wishes
from aktema.employers.models import Employer, Placement
from aktema.employers.permissions import UPDATE_EMPLOYER
from aktema.matching.current import current_index
from aktema.matching.plan_queries import employers_asked_enough
from aktema.pathway.models import Introduction
from aktema.people.models import Participant
from tests.support.employers import a_placement, a_workplace, an_employer
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant

TODAY = clock.today()


@pytest.fixture
def coach(session: Session) -> Account:
    account = an_account(Role.JOB_COACH, a_unit())
    act_as(account)
    return account


def a_question(session: Session, coach: Account, placement: Placement, sent_on: date) -> Introduction:
    """A person's question that was sent to the placement's employer on the day."""
    person: Participant = a_participant()
    consent = Consent(
        participant_id=person.id,
        receiver_id=placement.employer_id,
        purpose="introduction",
        fields="name",
        from_date=sent_on,
        to_date=sent_on + timedelta(days=60),
        given_by="person",
        channel="speech",
        account_id=coach.id,
    )
    session.add(consent)
    session.flush()
    asked = Introduction(
        participant_id=person.id,
        placement_id=placement.id,
        account_id=coach.id,
        asked_on=sent_on,
        consent_id=consent.id,
        sent_on=sent_on,
    )
    asked.card = "{}"
    session.add(asked)
    session.flush()
    return asked


def live_ids() -> list[int]:
    return [place.id for place in current_index() if place.is_live]


def wanting(cap: int | None) -> tuple[Employer, Placement]:
    employer = an_employer(month_cap=cap)
    return employer, a_placement(a_workplace(employer))


def test_an_employer_is_suggested_until_it_has_been_asked_enough(session: Session, coach: Account) -> None:
    _employer, placement = wanting(2)
    session.commit()
    shown = []
    for _question in range(2):
        shown.append(live_ids())
        a_question(session, coach, placement, TODAY)
        session.commit()
    assert (shown, live_ids()) == ([[placement.id], [placement.id]], [])


def test_who_sets_no_limit_is_never_asked_enough(session: Session, coach: Account) -> None:
    _employer, placement = wanting(None)
    for _question in range(5):
        a_question(session, coach, placement, TODAY)
    session.commit()
    assert live_ids() == [placement.id]


def test_a_question_counts_for_every_placement_of_the_employer(session: Session, coach: Account) -> None:
    employer, placement = wanting(1)
    a_placement(placement.workplace, title="En till")
    a_question(session, coach, placement, TODAY)
    session.commit()
    assert employers_asked_enough(TODAY) == {employer.id}
    assert live_ids() == []


def test_a_new_month_begins_anew(session: Session, coach: Account) -> None:
    employer, placement = wanting(1)
    a_question(session, coach, placement, date(2026, 3, 31))
    assert employers_asked_enough(date(2026, 3, 31)) == {employer.id}
    assert employers_asked_enough(date(2026, 4, 1)) == frozenset()


def test_a_wish_holds_from_the_next_list_on(session: Session, coach: Account) -> None:
    employer, placement = wanting(None)
    session.commit()
    assert live_ids() == [placement.id]
    set_wishes(employer, Wishes(not_before=TODAY + timedelta(days=1)), UPDATE_EMPLOYER)
    session.commit()
    assert live_ids() == []
    set_wishes(employer, Wishes(), UPDATE_EMPLOYER)
    session.commit()
    assert live_ids() == [placement.id]
