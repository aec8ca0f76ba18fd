"""What a person wants to do: whose vote it is, and whose counts."""

from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.core import clock
from aktema.people.codes import Source
from aktema.people.models import InterestVote, Participant
from aktema.people.profile import profile_of
from aktema.people.profile_operations import cast_interest_votes
from aktema.vocabulary.queries import activities, activity_groups
from tests.support.profile import Browser, count, page_of


def test_the_persons_own_vote_stands_whatever_staff_says_later(
    session: Session, writer: Identity, person: Participant
) -> None:
    bake = activities()[0].id
    cast_interest_votes(writer, person, Source.OWN, {bake: 2})
    cast_interest_votes(writer, person, Source.STAFF, {bake: -2})
    session.flush()
    vote = profile_of(person.id).votes[bake]
    assert (vote.vote, vote.source) == (2, Source.OWN)


def test_a_vote_taken_back_lets_the_others_count(
    session: Session, writer: Identity, person: Participant
) -> None:
    bake = activities()[0].id
    for source, vote in ((Source.STAFF, -1), (Source.OWN, 2), (Source.OWN, None)):
        cast_interest_votes(writer, person, source, {bake: vote})
        session.flush()
    assert profile_of(person.id).votes[bake].vote == -1


def test_a_vote_nobody_has_any_longer_is_no_vote(
    session: Session, writer: Identity, person: Participant
) -> None:
    bake = activities()[0].id
    for vote in (2, None):
        cast_interest_votes(writer, person, Source.OWN, {bake: vote})
        session.flush()
    assert bake not in profile_of(person.id).votes


def test_the_same_vote_again_is_not_written_twice(
    session: Session, writer: Identity, person: Participant
) -> None:
    votes = {activities()[0].id: 1, activities()[1].id: None}
    assert [
        cast_interest_votes(writer, person, Source.OWN, votes) + 0 * count(session, InterestVote)
        for _ in range(2)
    ] == [1, 0]


def test_history_is_kept(session: Session, writer: Identity, person: Participant) -> None:
    for vote in (1, 2, -1):
        cast_interest_votes(writer, person, Source.OWN, {activities()[0].id: vote})
        session.flush()
    assert count(session, InterestVote) == 3


def test_votes_are_cast_by_pictures_group_by_group(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    page = sign_in(coach).submit(page_of(person, "intressen/food"), {"vote_bake": "2"}, follow=False)
    group = activity_groups()[1].code
    assert page.location == f"{page_of(person, f'intressen/{group}')}?vem=own"
    assert profile_of(person.id).votes[activities()[0].id].source is Source.OWN


def test_the_last_group_leads_back_to_the_groups(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    last = activity_groups()[-1].code
    page = sign_in(coach).submit(page_of(person, f"intressen/{last}"), {}, follow=False)
    assert page.location == f"{page_of(person, 'intressen')}?vem=own"


def test_whose_vote_it_is_stands_beside_it(sign_in: Browser, coach: Account, person: Participant) -> None:
    browser = sign_in(coach)
    browser.submit(f"{page_of(person, 'intressen/food')}?vem=relative", {"vote_bake": "-2"})
    page = browser.get(page_of(person, "intressen/food"))
    assert f"Anhörig: Nej ({clock.today()})" in page.words
    assert profile_of(person.id).votes[activities()[0].id].source is Source.RELATIVE


def test_a_voice_from_nowhere_is_the_persons_own(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    sign_in(coach).submit(f"{page_of(person, 'intressen/food')}?vem=observed", {"vote_bake": "1"})
    assert profile_of(person.id).votes[activities()[0].id].source is Source.OWN


def test_a_group_that_is_not_there_is_missing(sign_in: Browser, coach: Account, person: Participant) -> None:
    browser = sign_in(coach)
    assert browser.get(page_of(person, "intressen/rymden")).status == 404
    assert browser.get(page_of(person, "formagor/rymden")).status == 404
    assert browser.get(page_of(person, "formagor/historik/rymden")).status == 404


def test_progress_counts_the_groups_with_answers(
    sign_in: Browser, coach: Account, person: Participant
) -> None:
    browser = sign_in(coach)
    browser.submit(page_of(person, "intressen/food"), {"vote_bake": "2"})
    assert "1 av 16" in browser.get(page_of(person, "intressen")).words
