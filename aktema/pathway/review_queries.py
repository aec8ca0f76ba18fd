"""Readers of reviews, and of trials that wait for one.

The person has been read, and the reading recorded, before the reviews of a trial of theirs are asked for.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from aktema.access.consent_models import Consent
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.pathway.models import Introduction
from aktema.pathway.review_codes import AdaptationEffect, Completion, Question, Voice
from aktema.pathway.review_models import AdaptationResult, Review, ReviewAnswer
from aktema.pathway.rules.reviews import LONGEST_WAIT, REMIND_AFTER, STEPS_APART, Said, last_day
from aktema.pathway.signature_queries import OPEN_AFTER_END, is_open_to_employer
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_queries import in_force, listed, signed_to, status
from aktema.pathway.trial_states import Act, TrialKind, may
from aktema.people.models import Participant
from aktema.people.queries import visible

MOST_DUE = 100
OWN_ASKED_FOR = timedelta(weeks=8)
"""So long after the end the person's page asks how it was."""


def ended_on(trial: Trial) -> date | None:
    """The last day somebody came, or is to come; None where nothing has been signed by all."""
    agreed = in_force(trial)
    if agreed is None or agreed.to_date is None:
        return None
    return last_day(agreed.to_date, trial.interrupted_on)


def may_be_reviewed(trial: Trial, today: date) -> bool:
    return may(Act.REVIEW, status(trial, today))


def may_employer_review(trial: Trial, today: date) -> bool:
    """Whether the employer gets to say how it went: while consent lives, until twelve weeks after the end."""
    return may_be_reviewed(trial, today) and is_open_to_employer(trial, today)


def reviews_of(trial: Trial) -> Mapping[Voice, Review]:
    """What each voice has said of the trial. Two statements."""
    given = select(Review).where(Review.trial_id == trial.id).options(selectinload(Review.answers))
    return {Voice(review.voice): review for review in db.session.scalars(given)}


def find_review(trial: Trial, voice: Voice) -> Review | None:
    """What the voice has said of the trial, or None."""
    return reviews_of(trial).get(voice)


def said_in(review: Review | None) -> Said | None:
    """What a review says, as the rules compare it."""
    if review is None:
        return None
    answers = {answer.question: answer.answer for answer in review.answers}
    return Said(completion=review.completion, reason=review.reason, answers=answers)


def effects_in(review: Review | None) -> Mapping[int, AdaptationEffect]:
    """What the coach saw of each agreed adaptation, by the adaptation's row in the agreement."""
    if review is None:
        return {}
    seen = select(AdaptationResult).where(AdaptationResult.review_id == review.id)
    return {row.agreement_adaptation_id: AdaptationEffect(row.result) for row in db.session.scalars(seen)}


def _ended_between(first: date, last: date) -> ColumnElement[bool]:
    """The where-clause over Trial of those that were agreed and ended on one of the days, as planned or before."""
    planned = Trial.interrupted_on.is_(None) & signed_to().between(first, last)
    broken_off = Trial.interrupted_on.between(first + timedelta(days=1), last + timedelta(days=1))
    # Spares the database most of the rest; asked of each trial, so that it begins with whose trials are looked for.
    lately = exists().where(Agreement.trial_id == Trial.id, Agreement.to_date >= first)
    is_agreed = lately & Trial.cancelled_on.is_(None) & signed_to().is_not(None)
    return is_agreed & or_(planned, broken_off)


def _has(*voices: Voice) -> ColumnElement[bool]:
    spoken = (Review.trial_id == Trial.id) & Review.voice.in_([voice.value for voice in voices])
    return select(Review.id).where(spoken).exists()


def _is_asked_of_employers() -> ColumnElement[bool]:
    """A visit of an hour is nothing to ask an employer five questions about."""
    return Trial.kind != TrialKind.STUDY_VISIT.value


def _is_consented(today: date) -> ColumnElement[bool]:
    """The where-clause over Trial of those an employer may be told of: as `is_open_to_employer` says of one."""
    live = (
        select(Consent.id)
        .join(Introduction, Introduction.consent_id == Consent.id)
        .where(
            Introduction.id == Trial.introduction_id,
            Consent.withdrawn_on.is_(None),
            Consent.from_date <= today,
            Consent.to_date >= today,
        )
    )
    return Trial.introduction_id.is_(None) | live.exists()


def letters_due(today: date) -> Sequence[Trial]:
    """Ended trials whose employer has said nothing yet, the longest ended first; for the chore that writes to them."""
    waiting = listed().where(
        _ended_between(today - timedelta(days=LONGEST_WAIT), today),
        _is_consented(today),
        ~_has(Voice.EMPLOYER),
        _is_asked_of_employers(),
    )
    return db.session.scalars(waiting.order_by(Trial.id)).all()


def reviews_open_to(employer_id: int, today: date) -> Mapping[Trial, bool]:
    """Ended trials at the employer whose review it can give or change, each with whether it is given; that last.

    It is for the employer's own page. What that may say about the person is `introduction.card`, and nothing else.
    """
    is_given = _has(Voice.EMPLOYER).label("is_given")
    there = listed().add_columns(is_given).join(Placement, Placement.id == Trial.placement_id)
    theirs = there.where(
        Placement.employer_id == employer_id,
        _ended_between(today - OPEN_AFTER_END, today),
        _is_consented(today),
        _is_asked_of_employers(),
    )
    found = db.session.execute(theirs.order_by(is_given, Trial.id).limit(MOST_DUE))
    return {trial: bool(is_answered) for trial, is_answered in found}


def people_silent(today: date) -> Sequence[Trial]:
    """Trials that ended long enough ago that whoever tried is reminded to say how it was, the oldest first.

    Who has no account has no page to be reminded on.
    """
    waiting = listed().where(
        _ended_between(today - timedelta(days=LONGEST_WAIT), today - timedelta(days=REMIND_AFTER[0])),
        Trial.participant.has(Participant.closed_on.is_(None) & Participant.account_id.is_not(None)),
        ~_has(Voice.PERSON),
    )
    return db.session.scalars(waiting.order_by(Trial.id)).all()


def is_reminded(trial: Trial, today: date) -> bool:
    """Whether the trial ended so long ago that the person has been reminded."""
    ended = ended_on(trial)
    return ended is not None and (today - ended).days >= REMIND_AFTER[0]


def own_reviews_due(participant_id: int, today: date) -> Sequence[Trial]:
    """The person's ended trials of which they have not said how it was."""
    theirs = listed().where(
        Trial.participant_id == participant_id,
        _ended_between(today - OWN_ASKED_FOR, today),
        ~_has(Voice.PERSON),
    )
    return db.session.scalars(theirs.order_by(Trial.id.desc()).limit(MOST_DUE)).all()


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingReview:
    """An ended trial with the voices that have not been heard.

    is_apart: person and employer differ, and the coach has not spoken since.
    """

    participant: Participant
    trial: Trial
    ended_on: date
    missing: frozenset[Voice]
    is_apart: bool


def reviews_awaited(
    identity: Identity, permission: Permission, today: date, limit: int
) -> Sequence[WaitingReview]:
    """Ended trials of people in reach that want a word from somebody: first those where two differ.

    Of these the longest ended first, then of those of which some voice has not been heard. Nobody is recorded as read:
    whoever shows it does that. A constant number of statements.
    """
    is_apart = _wants_a_talk().label("is_apart")
    waiting = (
        listed()
        .add_columns(is_apart)
        .join(Participant, Participant.id == Trial.participant_id)
        .where(
            visible(identity, permission),
            _ended_between(today - OPEN_AFTER_END, today),
            ~_has(Voice.COACH)
            | ~_has(Voice.PERSON)
            | (~_has(Voice.EMPLOYER) & _is_asked_of_employers())
            | _wants_a_talk(),
        )
        .order_by(is_apart.desc(), signed_to(), Trial.id)
        .limit(limit)
    )
    found = db.session.execute(waiting).all()
    heard = _heard([trial.id for trial, _is_apart in found])
    return [_waiting(trial, heard[trial.id], is_apart=bool(differ)) for trial, differ in found]


def _wants_a_talk() -> ColumnElement[bool]:
    """The where-clause over Trial of those whose two voices differ, as `apart` says, with no later one of the coach."""
    person, employer, coach = aliased(Review), aliased(Review), aliased(Review)
    one, other = aliased(ReviewAnswer), aliased(ReviewAnswer)
    far = exists().where(
        one.review_id == person.id,
        other.review_id == employer.id,
        one.question == other.question,
        func.abs(one.answer - other.answer) >= STEPS_APART,
    )
    is_talked_over = exists().where(
        coach.trial_id == person.trial_id,
        coach.voice == Voice.COACH.value,
        _is_later(coach, person),
        _is_later(coach, employer),
    )
    return exists().where(
        (person.trial_id == Trial.id) & (person.voice == Voice.PERSON.value),
        (employer.trial_id == Trial.id) & (employer.voice == Voice.EMPLOYER.value),
        or_(person.completion != employer.completion, person.reason != employer.reason, far),
        ~is_talked_over,
    )


def _is_later(coach: type[Review], other: type[Review]) -> ColumnElement[bool]:
    """Whether the coach's review is of a later day; of the same day, whether it began later or has been rewritten."""
    same_day = coach.reviewed_on == other.reviewed_on
    is_newer = (coach.created_at > other.created_at) | (coach.version > 1)
    return (coach.reviewed_on > other.reviewed_on) | (same_day & is_newer)


def _heard(trial_ids: Sequence[int]) -> Mapping[int, set[Voice]]:
    heard: defaultdict[int, set[Voice]] = defaultdict(set)
    given = select(Review.trial_id, Review.voice).where(Review.trial_id.in_(trial_ids))
    for trial_id, voice in db.session.execute(given):
        heard[trial_id].add(Voice(voice))
    return heard


def _waiting(trial: Trial, heard: set[Voice], *, is_apart: bool) -> WaitingReview:
    ended = ended_on(trial)
    if ended is None:
        raise RuntimeError("a trial that ended without having been agreed")
    is_visit = trial.kind == TrialKind.STUDY_VISIT
    asked = frozenset(Voice) - ({Voice.EMPLOYER} if is_visit else frozenset())
    return WaitingReview(
        participant=trial.participant,
        trial=trial,
        ended_on=ended,
        missing=asked - frozenset(heard),
        is_apart=is_apart,
    )


def completion_of(review: Review | None) -> Completion | None:
    return Completion(review.completion) if review is not None and review.completion else None


def reason_of(review: Review | None) -> EndReason | None:
    return EndReason(review.reason) if review is not None and review.reason else None


def answers_in(review: Review | None) -> Mapping[Question, int]:
    """The answers 0 to 4 by question; nothing where it was not answered."""
    return {} if review is None else {Question(one.question): one.answer for one in review.answers}
