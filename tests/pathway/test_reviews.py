"""What voices say of a trial is kept, each for itself, and asked for when the time has come."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.outbox import OutboxMessage
from aktema.employers import letters as letter_book
from aktema.pathway.consent_queries import offered_fields
from aktema.pathway.permissions import WRITE_REVIEW
from aktema.pathway.review_codes import AdaptationEffect, Completion, Question, ReviewedHow, Voice
from aktema.pathway.review_models import Review
from aktema.pathway.review_operations import (
    Giver,
    ReviewFacts,
    ask_for_reviews,
    give_review,
    keep_what_was_seen,
    remind_people,
    send_review_link,
)
from aktema.pathway.review_page import review_tasks, seen_at
from aktema.pathway.review_queries import (
    effects_in,
    find_review,
    own_reviews_due,
    reviews_awaited,
    reviews_of,
    reviews_open_to,
)
from aktema.pathway.rules.card import Field
from aktema.pathway.trial_codes import EndReason
from aktema.people.codes import Source
from aktema.people.models import InterestVote, Rating
from aktema.people.profile import profile_of
from aktema.people.profile_operations import cast_interest_votes
from aktema.people.profile_queries import newest_votes
from aktema.steps.codes import Actor
from aktema.steps.models import Step
from tests.conftest import QueryCount
from tests.support.lines import last_line
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.reviews import Over, a_card, a_review, a_trial_over, an_adaptation

WELL = ReviewFacts(completion=Completion.COMPLETED, answers={Question.TASKS: 4})


@pytest.fixture
def over(session: Session) -> Over:
    made = a_trial_over()
    made.act()
    return made


def a_giver(over: Over, voice: Voice, how: ReviewedHow = ReviewedHow.SIGNED_IN) -> Giver:
    is_link = how is ReviewedHow.LINK
    return Giver(
        voice=voice,
        how=how,
        permission=WRITE_REVIEW,
        actor=Actor.EMPLOYER if voice is Voice.EMPLOYER else Actor.STAFF,
        account_id=None if is_link else over.coach.id,
    )


def given(over: Over, voice: Voice, facts: ReviewFacts, how: ReviewedHow = ReviewedHow.SIGNED_IN) -> Review:
    return give_review(over.trial, a_giver(over, voice, how), facts)


def test_each_voice_is_kept_for_itself(over: Over) -> None:
    given(over, Voice.PERSON, ReviewFacts(answers={Question.PACE: 0}), ReviewedHow.OWN_PAGE)
    given(over, Voice.EMPLOYER, ReviewFacts(answers={Question.PACE: 4}), ReviewedHow.LINK)
    found = reviews_of(over.trial)
    assert [found[voice].answers[0].answer for voice in (Voice.PERSON, Voice.EMPLOYER)] == [0, 4]


def test_what_is_said_again_takes_the_place_of_what_was_said(over: Over) -> None:
    given(over, Voice.COACH, ReviewFacts(answers={Question.PACE: 0, Question.TASKS: 1}))
    given(over, Voice.COACH, ReviewFacts(answers={Question.PACE: 3}, words="Det vände."))
    review = db.session.scalars(select(Review)).one()
    assert ([(row.question, row.answer) for row in review.answers], review.words) == (
        [("pace", 3)],
        "Det vände.",
    )


def test_of_what_never_began_nothing_is_kept_of_how_it_was(over: Over) -> None:
    facts = ReviewFacts(completion=Completion.NEVER_STARTED, answers={Question.TASKS: 4})
    review = give_review(over.trial, a_giver(over, Voice.EMPLOYER), facts)
    assert (review.completion, review.answers) == ("never_started", [])


def test_a_review_without_a_word_is_refused(over: Over) -> None:
    with pytest.raises(DomainError):
        given(over, Voice.EMPLOYER, ReviewFacts(reason=EndReason.TRAVEL))


def test_the_coach_says_why_it_broke_off(over: Over) -> None:
    with pytest.raises(DomainError) as refused:
        given(over, Voice.COACH, ReviewFacts(completion=Completion.PARTLY))
    assert refused.value.field == "reason"


def test_a_trial_that_has_not_begun_has_no_review(session: Session) -> None:
    coming = a_trial_over(days_ago=-20)
    coming.act()
    with pytest.raises(DomainError):
        given(coming, Voice.COACH, WELL)


def test_a_trial_can_be_reviewed_before_its_last_day(session: Session) -> None:
    running = a_trial_over(days_ago=-3)
    running.act()
    assert given(running, Voice.COACH, WELL).completion == "completed"


def test_nobody_writes_down_over_what_the_employer_said_themselves(over: Over) -> None:
    given(over, Voice.EMPLOYER, WELL, ReviewedHow.LINK)
    with pytest.raises(DomainError):
        given(over, Voice.EMPLOYER, WELL, ReviewedHow.BY_PHONE)


def test_the_employer_corrects_what_was_written_down(over: Over) -> None:
    given(over, Voice.EMPLOYER, WELL, ReviewedHow.BY_PHONE)
    given(over, Voice.EMPLOYER, ReviewFacts(answers={Question.TASKS: 1}), ReviewedHow.LINK)
    review = find_review(over.trial, Voice.EMPLOYER)
    assert review is not None
    assert (review.how, review.answers[0].answer) == ("link", 1)


def test_the_coach_says_what_became_of_the_adaptations(over: Over) -> None:
    agreed = an_adaptation(over.trial, "short_spells", "focus")
    for effect in (AdaptationEffect.NO_HELP, AdaptationEffect.CLOSED):
        review = given(over, Voice.COACH, ReviewFacts(words="Så här.", effects={agreed.id: effect}))
    assert effects_in(review) == {agreed.id: AdaptationEffect.CLOSED}


def test_the_timeline_tells_it_in_two_wordings(over: Over) -> None:
    given(over, Voice.EMPLOYER, WELL, ReviewedHow.LINK)
    step = db.session.scalars(select(Step)).one()
    assert (step.actor, step.account_id, step.line, step.own_line) == (
        "employer",
        over.coach.id,
        "Arbetsgivaren har utvärderat ”Hjälpa till i bageriet”",
        "Platsen har sagt hur det gick.",
    )


def test_what_was_written_down_by_phone_says_so_on_the_timeline(over: Over) -> None:
    given(over, Voice.EMPLOYER, WELL, ReviewedHow.BY_PHONE)
    assert "nedskrivet av jobbcoachen" in (db.session.scalars(select(Step)).one().line or "")


def test_a_review_leaves_its_trace(over: Over) -> None:
    review = given(over, Voice.EMPLOYER, WELL, ReviewedHow.LINK)
    entry = db.session.scalars(select(AccessEntry).where(AccessEntry.object_kind == "review")).one()
    assert (entry.participant_id, entry.object_id, entry.detail) == (over.person.id, review.id, "link:review")


# Asking


def letters() -> Sequence[OutboxMessage]:
    return db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def test_an_employer_is_asked_once_for_each_of_its_times(session: Session) -> None:
    a_trial_over(days_ago=0)
    sent = []
    for days in (0, 0, 1, 3, 4, 10, 10, 12, 40):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            ask_for_reviews()
            sent.append(len(letters()))
    assert sent == [1, 1, 1, 2, 2, 3, 3, 3, 3]


def test_a_clock_that_is_set_back_sends_nothing_again(session: Session) -> None:
    a_trial_over(days_ago=3)
    ask_for_reviews()
    with time_machine.travel(clock.now() - timedelta(days=2), tick=False):
        ask_for_reviews()
        ask_for_reviews()
    ask_for_reviews()
    assert len(letters()) == 2


def test_who_has_answered_is_not_reminded(over: Over) -> None:
    a_review(over.trial, Voice.EMPLOYER)
    ask_for_reviews()
    assert letters() == []


def test_nobody_is_asked_by_mail_about_a_study_visit(session: Session) -> None:
    a_trial_over(kind="study_visit")
    ask_for_reviews()
    assert letters() == []


def test_nobody_is_asked_where_nobody_can_be_written_to(over: Over) -> None:
    over.contact.email = ""
    db.session.commit()
    ask_for_reviews()
    assert letters() == []


def test_nobody_is_asked_when_consent_has_ended(over: Over) -> None:
    a_card(over, to_date=clock.today() - timedelta(days=1))
    ask_for_reviews()
    assert (letters(), list(reviews_open_to(over.employer.id, clock.today()))) == ([], [])


def test_a_contact_who_wants_no_such_mail_is_to_be_rung(over: Over, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_book, "wants", lambda *_about: False)
    with pytest.raises(DomainError) as refused:
        send_review_link(over.trial, over.coach.id)
    assert "vill inte ha" in str(refused.value.message)


def test_the_letter_names_nobody(session: Session) -> None:
    over = a_trial_over(person=a_participant(first_name="Zelda", last_name="Quist"))
    ask_for_reviews()
    letter = letters()[0]
    told = f"{letter.subject} {letter.body}"
    assert "/utvardera/" in told
    assert not any(
        word in told for word in (over.person.first_name, over.person.last_name, over.person.public_id)
    )


def test_a_link_is_not_sent_to_a_supervisor_without_an_address(over: Over) -> None:
    over.contact.email = ""
    with pytest.raises(DomainError) as refused:
        send_review_link(over.trial, over.coach.id)
    assert "ingen e-postadress" in str(refused.value.message)


def test_a_link_is_not_sent_long_after_the_end(session: Session) -> None:
    old = a_trial_over(days_ago=90)
    old.act()
    with pytest.raises(DomainError) as refused:
        send_review_link(old.trial, old.coach.id)
    assert "inte svara med länk längre" in str(refused.value.message)


def with_an_account(over: Over) -> Over:
    over.person.account_id = an_account(Role.PARTICIPANT).id
    db.session.commit()
    return over


def test_who_has_no_page_of_their_own_is_not_reminded_on_it(session: Session) -> None:
    a_trial_over(days_ago=3)
    remind_people()
    assert session.scalars(select(Step)).all() == []


def test_a_person_is_reminded_once_on_day_3_and_once_on_day_10(session: Session) -> None:
    over = with_an_account(a_trial_over(days_ago=0))
    told = []
    for days in (0, 2, 3, 3, 4, 10, 11, 40):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            remind_people()
            told.append(len(db.session.scalars(select(Step)).all()))
    assert told == [0, 0, 1, 1, 1, 2, 2, 2]
    line = f"Påminde på Min sida om att säga hur ”{over.placement.title}” var"
    assert last_line() == ("system", line, "Berätta gärna hur jobbet var.")
    traced = select(AccessEntry.detail).where(AccessEntry.participant_id == over.person.id)
    assert set(db.session.scalars(traced)) == {"reminded:3", "reminded:10"}


def test_who_has_said_how_it_was_is_not_reminded(session: Session) -> None:
    a_review(with_an_account(a_trial_over(days_ago=3)).trial, Voice.PERSON)
    gone = with_an_account(a_trial_over(days_ago=3))
    gone.person.closed_on = clock.today()
    session.commit()
    remind_people()
    assert session.scalars(select(Step)).all() == []


# Who waits for whom


def test_a_coach_is_told_who_has_not_been_heard(over: Over) -> None:
    a_review(over.trial, Voice.COACH)
    waiting = reviews_awaited(over.act(), WRITE_REVIEW, clock.today(), 10)
    assert [one.missing for one in waiting] == [{Voice.PERSON, Voice.EMPLOYER}]


@pytest.mark.parametrize(
    ("heard", "begins"),
    [
        ([], "Utvärdera"),
        ([Voice.COACH], "Fråga Alva"),
        ([Voice.COACH, Voice.PERSON], "Ring"),
        (list(Voice), None),
    ],
)
def test_the_task_says_what_to_do_first(over: Over, heard: list[Voice], begins: str | None) -> None:
    for voice in heard:
        a_review(over.trial, voice)
    found = review_tasks(over.act(), clock.today(), 10)
    assert [one.title.startswith(begins or "") for one in found] == ([True] if begins else [])


def test_from_the_first_reminder_on_the_person_is_asked_first(session: Session) -> None:
    titles = [
        review_tasks(a_trial_over(days_ago=days).act(), clock.today(), 10)[0].title[:10] for days in (2, 3)
    ]
    assert titles == ["Utvärdera ", "Fråga Alva"]


def test_a_study_visit_does_not_wait_for_the_employer(session: Session) -> None:
    over = a_trial_over(kind="study_visit")
    a_review(over.trial, Voice.COACH)
    a_review(over.trial, Voice.PERSON)
    assert reviews_awaited(over.act(), WRITE_REVIEW, clock.today(), 10) == []


def test_another_coach_waits_for_nobody(over: Over) -> None:
    stranger = act_as(an_account(Role.JOB_COACH, a_unit()))
    assert reviews_awaited(stranger, WRITE_REVIEW, clock.today(), 10) == []


def test_the_list_takes_as_many_statements_for_ten_as_for_one(over: Over, queries: QueryCount) -> None:
    identity = over.act()
    review_tasks(identity, clock.today(), 50)
    alone = len(queries)
    for _number in range(9):
        a_trial_over(coach=over.coach, person=a_participant(coach=over.coach))
    over.act()
    db.session.expire_all()
    queries.statements.clear()
    assert len(review_tasks(over.act(), clock.today(), 50)) == 10
    assert len(queries) <= alone + 2  # the account itself is read anew


def test_a_broken_off_trial_is_due_from_the_day_it_was_broken_off(session: Session) -> None:
    today = clock.today()
    over = a_trial_over(days_ago=-5, interrupted_on=today, interrupted_by="person", end_reason="high_pace")
    assert [one.id for one in own_reviews_due(over.person.id, today)] == [over.trial.id]


@pytest.mark.parametrize(("days_ago", "is_due"), [(-1, False), (0, True), (50, True), (70, False)])
def test_the_person_is_asked_from_the_last_day_on_for_some_weeks(
    session: Session, days_ago: int, is_due: bool
) -> None:
    over = a_trial_over(days_ago=days_ago)
    assert bool(own_reviews_due(over.person.id, clock.today())) is is_due


def test_an_employers_page_lists_what_waits_for_their_word_and_what_they_said(over: Over) -> None:
    before = reviews_open_to(over.employer.id, clock.today())
    a_review(over.trial, Voice.EMPLOYER)
    after = reviews_open_to(over.employer.id, clock.today())
    assert (before, after) == ({over.trial: False}, {over.trial: True})


# What it showed


def test_what_was_seen_is_kept_as_seen_at_work_once_the_coach_says_so(session: Session) -> None:
    over = a_trial_over(demands={"focus": 3})
    a_review(over.trial, Voice.EMPLOYER, answers={Question.TASKS: 4})
    identity, trial = over.act(), over.again()
    seen = seen_at(trial)
    assert db.session.scalars(select(Rating)).all() == []
    keep_what_was_seen(identity, over.person, trial, shown=seen.levels, votes={})
    rating = db.session.scalars(select(Rating)).one()
    assert (rating.source, rating.level, rating.said_on) == (
        Source.OBSERVED,
        3,
        clock.today() - timedelta(days=2),
    )
    assert not seen_at(over.again())


def test_the_persons_face_is_kept_beside_their_own_votes_and_never_over_one(session: Session) -> None:
    over = a_trial_over()
    a_review(over.trial, Voice.PERSON, answers={Question.JOY: 4})
    identity, trial = over.act(), over.again()
    (baking,) = [row.activity_id for row in trial.placement.activities]
    cast_interest_votes(identity, over.person, Source.OWN, {baking: -1})
    keep_what_was_seen(identity, over.person, trial, shown=(), votes=seen_at(trial).votes)
    standing = newest_votes(InterestVote, over.person.id)
    assert [(source, word.value) for source, word in standing.standing(baking)] == [
        (Source.OWN, -1),
        (Source.OBSERVED, 2),
    ]
    assert (profile_of(over.person.id).votes[baking].vote, bool(seen_at(over.again()))) == (-1, False)


@pytest.mark.parametrize("source", [Source.OWN, Source.OBSERVED])
def test_a_vote_that_stands_already_is_not_proposed(session: Session, source: Source) -> None:
    over = a_trial_over()
    a_review(over.trial, Voice.PERSON, answers={Question.JOY: 4})
    identity, trial = over.act(), over.again()
    proposed = seen_at(trial).votes
    cast_interest_votes(identity, over.person, source, proposed)
    assert (len(proposed), bool(seen_at(over.again()))) == (1, False)


def test_a_face_that_was_taken_down_never_stands_among_what_the_person_says_they_like(
    session: Session,
) -> None:
    over = a_trial_over()
    introduction = a_card(over)
    a_review(over.trial, Voice.PERSON, answers={Question.JOY: 4}, how=ReviewedHow.IN_TALK)
    identity, trial = over.act(), over.again()
    keep_what_was_seen(identity, over.person, trial, shown=(), votes=seen_at(trial).votes)
    assert Field.LIKES not in offered_fields(over.person, introduction)


def test_what_was_kept_is_a_line_in_two_wordings(session: Session) -> None:
    over = a_trial_over()
    a_review(over.trial, Voice.PERSON, answers={Question.JOY: 4})
    identity, trial = over.act(), over.again()
    keep_what_was_seen(identity, over.person, trial, shown=(), votes=seen_at(trial).votes)
    step = db.session.scalars(select(Step).order_by(Step.id.desc()).limit(1)).one()
    assert step.line == "Det som syntes på ”Hjälpa till i bageriet” står nu i profilen."
    assert step.own_line == "Vi har skrivit upp vad du kan och tycker om."


def test_keeping_nothing_is_refused(over: Over) -> None:
    with pytest.raises(DomainError):
        keep_what_was_seen(over.act(), over.person, over.trial, shown=(), votes={})


def test_a_gap_that_no_adaptation_closed_shows_nothing(session: Session) -> None:
    over = a_trial_over(demands={"focus": 3})
    agreed = an_adaptation(over.trial, "short_spells", "focus")
    over.act()
    given(over, Voice.COACH, ReviewFacts(**_went_well(), effects={agreed.id: AdaptationEffect.NO_HELP}))
    assert not seen_at(over.again()).levels


def _went_well() -> dict[str, object]:
    return {"completion": Completion.COMPLETED, "answers": {Question.TASKS: 4}}
