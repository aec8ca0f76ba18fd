"""Idag where every list has something to say."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.bench.way import MOST_OF_COMPOSED
from aktema.core import clock
from aktema.pathway.operations import open_introduction
from aktema.pathway.review_codes import Question, Voice
from tests.conftest import QueryCount
from tests.support.employers import a_placement
from tests.support.outcomes import a_job, an_outcome
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.reviews import a_review, a_trial_over
from tests.support.trials import DAY, a_trial

SignIn = Callable[[Account], PageClient]
HALF_A_YEAR = timedelta(days=200)


def somebody_everything_waits_for(coach: Account) -> None:
    """A person with something due in each of the lists around trials and jobs."""
    today, person, placement = clock.today(), a_participant(coach=coach), a_placement()
    open_introduction(act_as(coach), person, placement_id=placement.id, placement_title="Bageriet")
    a_trial(person, placement, signed=False, from_date=today - 80 * DAY, to_date=today + DAY)
    to_sign = a_trial(person, placement, signed=False, from_date=today + DAY)
    to_sign.agreements[-1].asked_at = clock.now()
    lasting = {"kind": "external_placement", "from_date": today - HALF_A_YEAR, "to_date": today + 5 * DAY}
    a_trial(person, placement, days=False, **lasting)
    over = a_trial_over(coach=coach, person=person, placement=placement)
    a_review(over.trial, Voice.PERSON, answers={Question.PACE: 0})
    a_review(over.trial, Voice.EMPLOYER, answers={Question.PACE: 4})
    an_outcome(person, account=coach)
    a_job(person, account=coach)


def test_a_full_idag_asks_as_many_questions_for_five_people_as_for_one(
    sign_in: SignIn, session: Session, queries: QueryCount
) -> None:
    coach, counts = an_account(Role.JOB_COACH, a_unit()), []
    for more in (1, 4):
        for _number in range(more):
            somebody_everything_waits_for(coach)
        session.commit()
        browser = sign_in(coach)
        browser.get("/")
        queries.statements.clear()
        session.expire_all()
        page = browser.get("/")
        counts.append(len(queries))
    assert "Prata med Alva och arbetsgivaren" in page.words
    assert (counts[0], max(counts) <= MOST_OF_COMPOSED) == (counts[1], True)
