"""What was said when a trial was over: by the person, the employer and the coach, each for itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aktema.core.db import db
from aktema.demo.days import moment, rng_for
from aktema.demo.introductions import Asked
from aktema.demo.journal import note
from aktema.pathway.review_codes import (
    EMPLOYER_QUESTIONS,
    AdaptationEffect,
    Completion,
    Question,
    ReviewedHow,
    Voice,
)
from aktema.pathway.review_models import AdaptationResult, Review, ReviewAnswer
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import newest
from aktema.steps.codes import Actor, ContactType

HOW: Mapping[Voice, tuple[ReviewedHow, Actor]] = {
    Voice.PERSON: (ReviewedHow.OWN_PAGE, Actor.PERSON),
    Voice.EMPLOYER: (ReviewedHow.LINK, Actor.EMPLOYER),
    Voice.COACH: (ReviewedHow.SIGNED_IN, Actor.STAFF),
}
LINES: Mapping[Voice, tuple[str, str]] = {
    Voice.PERSON: ("Personen har sagt hur det var på", "Du har sagt hur jobbet var."),
    Voice.EMPLOYER: ("Arbetsgivaren har utvärderat", "Platsen har sagt hur det gick."),
    Voice.COACH: ("Jobbcoachen har utvärderat", "Din coach har skrivit hur det gick."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """What a voice says: the same answer to all questions but those named."""

    usually: int = 3
    but: Mapping[Question, int]
    reason: EndReason = EndReason.PLANNED_END
    completion: Completion = Completion.COMPLETED
    words: str = ""


WELL: Mapping[Voice, Opinion] = {
    Voice.PERSON: Opinion(usually=4, but={Question.PACE: 3}, words="Roligt. Jag vill komma tillbaka."),
    Voice.EMPLOYER: Opinion(but={Question.COMPANY: 4}, words="Noggrann och alltid i tid."),
    Voice.COACH: Opinion(but={Question.SUPPORT: 4}, words="Klarade mer själv varje vecka."),
}
"""All say about the same."""
APART: Mapping[Voice, Opinion] = {
    Voice.PERSON: Opinion(usually=4, but={}, words="Det var jättebra!"),
    Voice.EMPLOYER: Opinion(
        usually=2, but={Question.PACE: 1, Question.AGAIN: 1}, words="Vi hann inte med så bra som vi ville."
    ),
    Voice.COACH: Opinion(
        but={Question.PACE: 2}, words="Trivs, men behöver någon bredvid när det är bråttom."
    ),
}
"""The person was happier than the employer."""
BROKEN_OFF: Mapping[Voice, Opinion] = {
    Voice.PERSON: Opinion(
        usually=2, but={Question.PACE: 0}, reason=EndReason.HIGH_PACE, completion=Completion.PARTLY
    ),
    Voice.EMPLOYER: Opinion(usually=2, but={}, reason=EndReason.PERSON_SAID_NO, completion=Completion.PARTLY),
    Voice.COACH: Opinion(
        usually=2,
        but={Question.PACE: 1},
        reason=EndReason.SUPPORT_MISSING,
        completion=Completion.PARTLY,
        words="Vi skulle ha varit med vid lunchen.",
    ),
}
"""It ended before its day, and each sees another reason."""


def review(asked: Asked, trial: Trial, opinions: Mapping[Voice, Opinion], days: Sequence[date]) -> None:
    """What the voices said, each on its day."""
    for (voice, opinion), day in zip(opinions.items(), days, strict=True):
        how, actor = HOW[voice]
        row = Review(
            trial_id=trial.id,
            voice=voice.value,
            how=how.value,
            completion=opinion.completion.value,
            reason=opinion.reason.value,
            reviewed_on=day,
            account_id=None if voice is Voice.EMPLOYER else trial.account_id,
            contact_id=asked.contact.id if voice is Voice.EMPLOYER else None,
            created_at=moment(day, rng_for("review", trial.participant_id, voice)),
        )
        row.words = opinion.words
        row.answers = [
            ReviewAnswer(question=question.value, answer=opinion.but.get(question, opinion.usually))
            for question in (EMPLOYER_QUESTIONS if voice is Voice.EMPLOYER else Question)
        ]
        db.session.add(row)
        line, own_line = LINES[voice]
        line = f"{line} ”{asked.placement.title}”"
        note(asked.life, day, ContactType.REVIEW, line, own_line, placement=asked.placement, actor=actor)
        if voice is Voice.COACH:
            _see_adaptations(trial, row)


def _see_adaptations(trial: Trial, row: Review) -> None:
    db.session.flush()  # the results name the review and the agreed adaptations by id
    effects = tuple(AdaptationEffect)
    db.session.add_all(
        AdaptationResult(
            review_id=row.id,
            agreement_adaptation_id=one.id,
            result=effects[(trial.participant_id + place) % 3].value,
        )
        for place, one in enumerate(newest(trial).adaptations)
    )
