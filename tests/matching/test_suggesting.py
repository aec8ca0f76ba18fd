"""From rows to a ranked list with reasons, and what is done with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.employers.models import Placement
from aktema.employers.queries import cards_for
from aktema.matching import engine, operations, queries
from aktema.matching.gather import all_known_of, known_of, weekday_set
from aktema.matching.models import MatchWeights, Suggestion, SuggestionRun, Verdict
from aktema.matching.permissions import READ_MATCHES
from aktema.pathway.models import Introduction
from aktema.people.models import Availability, InterestVote, Participant, Rating
from aktema.vocabulary.queries import activity_by_code, dimension_by_code
from tests.support.employers import a_placement
from tests.support.page import Page, PageClient
from tests.support.people import act_as, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


def says(
    session: Session, coach: Identity, person: Participant, activity: str, vote: int, source: str = "own"
) -> None:
    session.add(
        InterestVote(
            participant_id=person.id,
            activity_id=activity_by_code(activity).id,
            vote=vote,
            source=source,
            said_on=clock.today(),
            account_id=coach.account_id,
        )
    )
    session.flush()


def manages(
    session: Session, coach: Identity, person: Participant, dimension: str, level: int | None
) -> None:
    session.add(
        Rating(
            participant_id=person.id,
            dimension_id=dimension_by_code(dimension).id,
            level=level,
            source="staff",
            said_on=clock.today(),
            account_id=coach.account_id,
        )
    )
    session.flush()


def titles(answer: engine.Answer) -> list[str]:
    cards = cards_for([one.place_id for one in answer.suggestions])
    return [cards[one.place_id].title for one in answer.suggestions]


def test_what_the_person_likes_stands_first(session: Session, coach: Identity, person: Participant) -> None:
    a_placement(title="Städa", activities=["clean_office"])
    a_placement(title="Baka", activities=["bake"])
    says(session, coach, person, "bake", 2)
    says(session, coach, person, "clean_office", -2)
    assert titles(operations.suggest(coach, person, limit=10)) == ["Baka", "Städa"]


def test_a_list_is_stored_as_it_was_shown(session: Session, coach: Identity, person: Participant) -> None:
    a_placement(), a_placement()
    answer = operations.suggest(coach, person, limit=10)
    stored = session.scalars(select(Suggestion).order_by(Suggestion.rank)).all()
    assert [(s.placement_id, s.score) for s in stored] == [(s.place_id, s.score) for s in answer.suggestions]


def test_a_list_without_places_is_stored_too(session: Session, coach: Identity, person: Participant) -> None:
    operations.suggest(coach, person, limit=10)
    assert session.scalar(select(func.count()).select_from(SuggestionRun)) == 1


def test_a_new_placement_is_in_the_next_list(session: Session, coach: Identity, person: Participant) -> None:
    a_placement(title="Gammal")
    operations.suggest(coach, person, limit=10)
    a_placement(title="Ny")
    assert "Ny" in titles(operations.suggest(coach, person, limit=10))


def test_an_unknown_capacity_is_a_question_and_never_a_zero(
    session: Session, coach: Identity, person: Participant
) -> None:
    placement = a_placement(demands={"focus": 4})
    manages(session, coach, person, "focus", None)
    explained = operations.explain(person, placement.id)
    assert isinstance(explained, engine.Suggestion)
    assert explained.gaps == ()
    assert engine.QuestionKind.CAPACITY in {question.kind for question in explained.questions}


def test_contributions_sum_to_the_score(session: Session, coach: Identity, person: Participant) -> None:
    placement = a_placement(demands={"focus": 4, "multi_step": 2})
    manages(session, coach, person, "focus", 1)
    explained = operations.explain(person, placement.id)
    assert isinstance(explained, engine.Suggestion)
    assert sum(c.value for c in explained.contributions) == pytest.approx(explained.score, abs=1e-9)


def test_times_and_travel_come_along(session: Session, coach: Identity, person: Participant) -> None:
    session.add(
        Availability(
            participant_id=person.id,
            source="own",
            said_on=clock.today(),
            account_id=coach.account_id,
            weekly_minutes=600,
            weekdays=0b0010101,
            travel_minutes=30,
        )
    )
    session.flush()
    found = known_of(person.id).person
    assert (found.weekly_minutes, found.weekdays, found.max_travel_minutes) == (600, frozenset({0, 2, 4}), 30)
    assert found.latitude is not None


@pytest.mark.parametrize(("bits", "days"), [(None, None), (1, {0}), (64, {6}), (127, set(range(7)))])
def test_weekday_bits_become_days(bits: int | None, days: set[int] | None) -> None:
    assert weekday_set(bits) == days


def decide(
    coach: Identity, person: Participant, placement: Placement, answer: str, reason: str, words: str = ""
) -> Verdict:
    return operations.give_verdict(
        coach,
        person,
        placement_id=placement.id,
        placement_title=placement.title,
        answer=answer,
        reason=reason,
        words=words,
    )


def test_accepting_opens_an_introduction_with_the_gaps(
    session: Session, coach: Identity, person: Participant
) -> None:
    placement = a_placement(demands={"focus": 3})
    manages(session, coach, person, "focus", 2)
    decide(coach, person, placement, "accept", "person_wants")
    introduction = session.scalars(select(Introduction)).one()
    assert [gap.size for gap in introduction.gaps] == [1]


def test_a_no_takes_the_place_out_and_says_why(
    session: Session, coach: Identity, person: Participant
) -> None:
    placement = a_placement()
    decide(coach, person, placement, "no", "wrong_tasks")
    explained = operations.explain(person, placement.id)
    assert isinstance(explained, engine.Excluded)
    assert [lift.gate for lift in explained.lifts] == [engine.Gate.DECLINED]


def test_a_no_can_be_changed_into_a_yes(session: Session, coach: Identity, person: Participant) -> None:
    placement = a_placement()
    decide(coach, person, placement, "no", "wrong_tasks")
    decide(coach, person, placement, "accept", "person_wants")
    assert session.scalar(select(func.count()).select_from(Introduction)) == 1


def test_a_place_behind_a_gate_cannot_be_accepted(
    session: Session, coach: Identity, person: Participant
) -> None:
    placement = a_placement(
        to_date=clock.today() - timedelta(days=1), from_date=clock.today() - timedelta(days=9)
    )
    with pytest.raises(DomainError) as refused:
        decide(coach, person, placement, "accept", "person_wants")
    assert refused.value.field == "answer"


@pytest.mark.parametrize(
    ("answer", "reason", "field"),
    [("accept", "person_said_no", "reason"), ("no", "other", "words"), ("no", "", "reason")],
)
def test_a_verdict_needs_its_reason(
    coach: Identity, person: Participant, answer: str, reason: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        decide(coach, person, a_placement(), answer, reason)
    assert refused.value.field == field


def test_a_large_gap_needs_words_and_keeps_its_rank(
    session: Session, coach: Identity, person: Participant
) -> None:
    placement = a_placement(demands={"focus": 4})
    manages(session, coach, person, "focus", 0)
    with pytest.raises(DomainError) as refused:
        decide(coach, person, placement, "accept", "person_wants")
    assert refused.value.field == "words"
    assert (
        decide(coach, person, placement, "accept", "person_wants", "Vi provar med paus").words
        == "Vi provar med paus"
    )


def test_moved_weights_count_and_stay_as_a_log(
    session: Session, coach: Identity, person: Participant
) -> None:
    operations.move_weights(coach, person, {"wish": "none"})
    operations.move_weights(coach, person, {"practical": "much"})
    assert session.scalar(select(func.count()).select_from(MatchWeights)) == 2
    assert queries.weights_for(person.id).wish > 0


def test_weights_that_count_nothing_are_refused(coach: Identity, person: Participant) -> None:
    with pytest.raises(DomainError, match="None"):
        operations.move_weights(
            coach, person, dict.fromkeys(("wish", "fit", "preferences", "practical"), "none")
        )


def test_something_new_gets_its_turns_by_day(session: Session, coach: Identity, person: Participant) -> None:
    a_placement()
    operations.suggest(coach, person, limit=10)
    today = queries.remembered_of([person.id])[person.id].turns
    for run in session.scalars(select(SuggestionRun)):
        run.at -= timedelta(days=2)
    session.flush()
    shown = session.scalars(select(Suggestion).where(Suggestion.is_exploratory))
    days = {suggestion.placement_id: 1 for suggestion in shown}
    assert (today, queries.remembered_of([person.id])[person.id].turns) == ({}, days)


def test_people_without_a_list_wait_for_one(session: Session, coach: Identity, person: Participant) -> None:
    person.created_at = clock.now() - timedelta(days=90)
    session.flush()
    before = queries.without_list_since(coach, READ_MATCHES, clock.now() - timedelta(days=60), 10)
    operations.suggest(coach, person, limit=10)
    after = queries.without_list_since(coach, READ_MATCHES, clock.now() - timedelta(days=60), 10)
    assert ([found.id for found, _at in before], after) == ([person.id], [])


def at(person: Participant, rest: str = "") -> str:
    return f"/deltagare/{person.public_id}/forslag{rest}"


def test_without_places_the_page_says_what_to_do_first(browser: PageClient, person: Participant) -> None:
    assert "Det finns inga platser än" in browser.get(at(person)).words


def test_the_page_says_why(
    session: Session, browser: PageClient, coach: Identity, person: Participant
) -> None:
    a_placement(title="Bageriet", activities=["bake"], demands={"focus": 3})
    says(session, coach, person, "bake", 2)
    manages(session, coach, person, "focus", 1)
    words = browser.get(at(person)).words
    assert "Vill gärna: baka (personen själv)." in words
    assert "Hålla fokus" in words


def test_when_every_place_is_left_out_the_page_says_so(
    browser: PageClient, coach: Identity, person: Participant
) -> None:
    decide(coach, person, a_placement(), "no", "wrong_tasks")
    words = browser.get(at(person)).words
    assert "Ingen plats går att föreslå just nu" in words
    assert "Ett nej har redan sagts: 1" in words


def test_what_was_left_out_can_be_read_and_opened(
    browser: PageClient, coach: Identity, person: Participant
) -> None:
    placement = a_placement(title="Nejplatsen")
    decide(coach, person, placement, "no", "wrong_tasks")
    assert "Nejplatsen" in browser.get(at(person, "/bortvalda")).words
    assert "Platsen är bortvald" in browser.get(at(person, f"/{placement.public_id}")).words


def test_nothing_left_out_says_so(browser: PageClient, person: Participant) -> None:
    assert "Inget är bortvalt" in browser.get(at(person, "/bortvalda")).words


def test_the_exact_sum_can_be_read(browser: PageClient, person: Participant) -> None:
    placement = a_placement(demands={"focus": 3})
    words = browser.get(at(person, f"/{placement.public_id}")).words
    assert "Så räknades det ut" in words
    assert "Summa" in words


def test_weights_are_moved_on_the_page_and_remembered(browser: PageClient, person: Participant) -> None:
    a_placement()
    data = {"wish": "much", "fit": "little", "preferences": "usual", "practical": "usual"}
    page = browser.submit(at(person), data, css="form[action$=vikter]", action=at(person, "/vikter"))
    assert page.select("#wish-3[checked], [name=wish][value=much][checked]")


def test_weights_that_count_nothing_say_so_and_are_kept(browser: PageClient, person: Participant) -> None:
    data = dict.fromkeys(("wish", "fit", "preferences", "practical"), "none")
    page = browser.submit(at(person), data, css="form[action$=vikter]", action=at(person, "/vikter"))
    assert page.status == 422
    assert "Något måste spela roll." in page.words


def test_a_verdict_is_given_on_the_page(session: Session, browser: PageClient, person: Participant) -> None:
    placement = a_placement(title="Bageriet")
    page = browser.submit(
        at(person, f"/{placement.public_id}"), {"answer": "accept", "reason": "person_wants"}
    )
    assert "Frågan är ställd" in page.text
    assert session.scalars(select(Verdict.answer)).all() == ["accept"]


@pytest.mark.parametrize("answer", ["not_now", "no"])
def test_other_verdicts_lead_back_to_the_list(browser: PageClient, person: Participant, answer: str) -> None:
    placement = a_placement(title="Bageriet")
    reason = {"not_now": "health", "no": "too_far"}[answer]
    page = browser.submit(
        at(person, f"/{placement.public_id}"), {"answer": answer, "reason": reason}, follow=False
    )
    assert page.location == at(person)


def test_a_verdict_without_reason_keeps_what_was_typed(browser: PageClient, person: Participant) -> None:
    placement = a_placement()
    page = browser.submit(at(person, f"/{placement.public_id}"), {"answer": "no", "words": "Mina ord"})
    assert page.status == 422
    assert page.soup.select_one("[name=words]").get_text().strip() == "Mina ord"


def test_the_reverse_page_ranks_own_people_only(
    session: Session, browser: PageClient, person: Participant
) -> None:
    placement = a_placement()
    a_participant(first_name="Främling")
    words = browser.get(f"/platser/{placement.public_id}/personer").words
    assert person.first_name in words
    assert "Främling" not in words


def test_the_reverse_page_of_a_closed_placement_says_so(browser: PageClient) -> None:
    placement = a_placement(state="paused")
    assert "Platsen är inte öppen" in browser.get(f"/platser/{placement.public_id}/personer").words


@pytest.mark.parametrize("typed", ["", "x", "-1", "0", "9" * 30, "50", "٣"])
@pytest.mark.parametrize("rest", ["", "/bortvalda"])
def test_an_odd_page_number_is_no_error(
    browser: PageClient, person: Participant, typed: str, rest: str
) -> None:
    assert browser.get(at(person, rest), query_string={"sida": typed}).status == 200


def places_on(page: Page) -> list[str]:
    return [heading.get_text(strip=True) for heading in page.select("ol.ranked h2")]


def test_every_suggestion_is_on_some_page(browser: PageClient, person: Participant) -> None:
    for number in range(23):
        a_placement(title=f"Plats {number}")
    pages = [browser.get(at(person), query_string={"sida": str(number)}) for number in (1, 2, 3)]
    shown = [title for page in pages for title in places_on(page)]
    assert ([len(places_on(page)) for page in pages], len(set(shown))) == ([10, 10, 3], 23)


def test_a_page_beyond_the_list_leads_to_its_beginning(
    browser: PageClient, coach: Identity, person: Participant
) -> None:
    for number in range(12):
        decide(coach, person, a_placement(title=f"Nej {number}"), "no", "wrong_tasks")
    a_placement(title="Ja")
    assert "Ja" in browser.get(at(person), query_string={"sida": "2"}).words


def test_every_place_left_out_is_on_some_page(
    browser: PageClient, coach: Identity, person: Participant
) -> None:
    for number in range(12):
        decide(coach, person, a_placement(title=f"Nej {number}"), "no", "wrong_tasks")
    pages = [browser.get(at(person, "/bortvalda"), query_string={"sida": str(number)}) for number in (1, 2)]
    assert len({title for page in pages for title in places_on(page)}) == 12


def test_the_last_list_is_the_one_that_begins_with_the_best(browser: PageClient, person: Participant) -> None:
    for number in range(12):
        a_placement(title=f"Plats {number}")
    browser.get(at(person))
    browser.get(at(person), query_string={"sida": "2"})
    last = queries.find_last_list(person.id)
    assert last is not None
    assert last.suggestions[0].rank == 1


def test_a_reason_says_whose_word_it_stands_on(
    session: Session, browser: PageClient, coach: Identity, person: Participant
) -> None:
    a_placement(activities=["bake"])
    says(session, coach, person, "bake", 2, source="staff")
    assert "Vill gärna: baka (personal)." in browser.get(at(person)).words


def test_the_reverse_page_weighs_each_person_by_what_matters_to_them(
    session: Session, coach: Identity, account: Account, person: Participant
) -> None:
    other = a_participant(coach=account, first_name="Bo")
    placement = a_placement(activities=["bake"], demands={"focus": 4})
    for one in (person, other):
        says(session, coach, one, "bake", 2)
        manages(session, coach, one, "focus", 0)
    operations.move_weights(coach, other, {"wish": "none", "fit": "much"})
    answer = operations.people_for(placement.id, all_known_of([other.id, person.id]))
    assert [(m.person_id, m.suggestion.rank) for m in answer.matches] == [(person.id, 1), (other.id, 2)]
    alone = operations.explain(other, placement.id)
    assert isinstance(alone, engine.Suggestion)
    assert answer.matches[1].suggestion.score == alone.score


@pytest.mark.parametrize("rest", ["", "/bortvalda", "/varfor", "/fragor"])
def test_a_coach_without_assignment_gets_404(sign_in: SignIn, account: Account, rest: str) -> None:
    assert sign_in(account).get(at(a_participant(first_name="Bo"), rest)).status == 404


def test_a_handler_sees_no_suggestions(sign_in: SignIn, person: Participant) -> None:
    assert sign_in(an_account(Role.LSS_HANDLER)).get(at(person)).status == 403
