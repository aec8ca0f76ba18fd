"""Trials that are over, and what voices said of them, for tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aktema.access.consent_models import Consent
from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Contact, Employer, Placement
from aktema.pathway.models import Introduction
from aktema.pathway.review_codes import AdaptationEffect, Completion, Question, ReviewedHow, Voice
from aktema.pathway.review_models import AdaptationResult, Review, ReviewAnswer
from aktema.pathway.rules.card import Card
from aktema.pathway.trial_models import AgreementAdaptation, Trial
from aktema.pathway.trial_queries import get_trial
from aktema.people.models import Participant
from aktema.vocabulary.models import Adaptation, Dimension
from tests.support.employers import a_contact, a_placement, a_workplace, an_employer, word_id
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.trials import a_trial

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Over:
    """A trial that ended some days ago, with those it is about."""

    coach: Account
    person: Participant
    employer: Employer
    contact: Contact
    placement: Placement
    trial: Trial

    @property
    def page(self) -> str:
        """The address of the review's page for staff."""
        return f"/deltagare/{self.person.public_id}/provplatser/{self.trial.public_id}/utvardering"

    def act(self) -> Identity:
        return act_as(self.coach)

    def again(self) -> Trial:
        """The trial as it is stored now."""
        db.session.expire_all()
        return get_trial(self.person.id, self.trial.public_id)


def a_trial_over(
    *,
    days_ago: int = 2,
    person: Participant | None = None,
    coach: Account | None = None,
    placement: Placement | None = None,
    demands: Mapping[str, int] | None = None,
    **values: Any,
) -> Over:
    """A taster of ten days at a bakery whose last day was so many days ago; its supervisor can be written to."""
    coach = coach or an_account(Role.JOB_COACH, a_unit())
    person = person or a_participant(coach=coach)
    employer = placement.employer if placement else an_employer()
    contact = (placement.supervisor if placement else None) or a_contact(
        employer, email="linda@bageriet.example"
    )
    placement = placement or a_placement(
        a_workplace(employer), title="Hjälpa till i bageriet", supervisor=contact, demands=demands
    )
    last = clock.today() - days_ago * DAY
    trial = a_trial(
        person, placement, from_date=last - 9 * DAY, to_date=last, days=False, account=coach, **values
    )
    db.session.commit()
    return Over(
        coach=coach, person=person, employer=employer, contact=contact, placement=placement, trial=trial
    )


def a_card(over: Over, called: str = "Alva", *, to_date: date | None = None, **values: Any) -> Introduction:
    """The introduction that the trial grew out of, with the card the employer may see."""
    today = clock.today()
    consent = Consent(
        participant_id=over.person.id,
        receiver_id=over.employer.id,
        purpose="introduction",
        fields="",
        from_date=today - 60 * DAY,
        to_date=to_date or today + 60 * DAY,
        given_by="person",
        channel="speech",
        account_id=over.coach.id,
    )
    db.session.add(consent)
    db.session.flush()
    introduction = Introduction(
        participant_id=over.person.id,
        placement_id=over.placement.id,
        account_id=over.coach.id,
        asked_on=today - 40 * DAY,
        sent_on=today - 38 * DAY,
        consent_id=consent.id,
        contact_id=over.contact.id,
    )
    introduction.card = Card(called=called, **values).to_json()
    db.session.add(introduction)
    db.session.flush()
    over.trial.introduction_id = introduction.id
    db.session.commit()
    return introduction


def a_review(
    trial: Trial,
    voice: Voice,
    *,
    completion: Completion | None = Completion.COMPLETED,
    reason: str | None = None,
    answers: Mapping[Question, int] | None = None,
    how: ReviewedHow = ReviewedHow.SIGNED_IN,
    words: str = "",
) -> Review:
    """What the voice has said; that it lasted to its end where nothing else is given."""
    review = Review(
        trial_id=trial.id,
        voice=voice.value,
        how=how.value,
        completion=completion.value if completion else None,
        reason=reason,
        reviewed_on=clock.today(),
    )
    review.words = words
    review.answers = [
        ReviewAnswer(question=key.value, answer=value) for key, value in (answers or {}).items()
    ]
    db.session.add(review)
    db.session.commit()
    return review


def an_adaptation(trial: Trial, code: str, dimension: str) -> AgreementAdaptation:
    """An adaptation that was agreed for a gap in the dimension."""
    row = AgreementAdaptation(
        adaptation_id=word_id(Adaptation, code), dimension_id=word_id(Dimension, dimension), gap=2
    )
    trial.agreements[-1].adaptations.append(row)
    db.session.commit()
    return row


def a_result(review: Review, agreed: AgreementAdaptation, effect: AdaptationEffect) -> None:
    """What became of the adaptation."""
    db.session.add(
        AdaptationResult(review_id=review.id, agreement_adaptation_id=agreed.id, result=effect.value)
    )
    db.session.commit()
