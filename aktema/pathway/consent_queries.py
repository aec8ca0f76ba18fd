"""What a person's card for an employer would hold: drawn from what is known of them, of the chosen fields only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from aktema.access.consent_models import Consent
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.core.settings import Settings
from aktema.employers.queries import cards_for
from aktema.pathway.introduction_queries import trial_ends
from aktema.pathway.models import Introduction
from aktema.pathway.rules.card import MOST_LIKES, CalledBy, Card, Field, chosen_part, filled
from aktema.pathway.rules.introduction import ACCESS_AFTER_TRIAL, LONGEST_CONSENT
from aktema.people.codes import Source
from aktema.people.models import Participant
from aktema.people.photo_queries import list_photos
from aktema.people.profile import Profile, profile_of
from aktema.vocabulary.queries import vocabulary

CODE_LENGTH = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class CardChoice:
    """What the person chose that the employer sees, and until when. `photo`: the public id of one of their photos."""

    called: CalledBy
    fields: frozenset[Field]
    words: str
    photo: str
    until: date


def usual_until(introduction: Introduction) -> date:
    """The day to which a consent holds unless another is chosen: to the end of what it led to, at most a year."""
    settings: Settings = current_app.extensions["settings"]
    today = clock.today()
    ends = [end + ACCESS_AFTER_TRIAL for end in trial_ends([introduction.id], today).values()]
    last = max([today + timedelta(days=settings.consent_days), *ends])
    return min(last, today + timedelta(days=LONGEST_CONSENT))


def draw_card(participant: Participant, introduction: Introduction, choice: CardChoice) -> Card:
    """The card as the employer will see it. What was not chosen is not looked for."""
    return chosen_part(_whole(participant, introduction, choice), choice.fields)


def _whole(participant: Participant, introduction: Introduction, choice: CardChoice) -> Card:
    profile = profile_of(participant.id)
    times, photos = profile.times, {photo.public_id for photo in list_photos(participant)}
    return Card(
        called=_called(participant, introduction, choice.called),
        is_code=choice.called is CalledBy.CODE,
        weekly_minutes=times.weekly_minutes if times else None,
        daily_minutes=times.daily_minutes if times else None,
        weekdays=tuple(sorted(times.weekdays or ())) if times else (),
        earliest_start=times.earliest_start if times else None,
        latest_end=times.latest_end if times else None,
        likes=_likes(profile, introduction.placement_id),
        adaptations=_adaptations(introduction),
        contact=_contact(introduction),
        words=choice.words,
        photo=choice.photo if choice.photo in photos else "",
    )


def _called(participant: Participant, introduction: Introduction, called: CalledBy) -> str:
    """The first name; or letters of a random number, which say nothing."""
    if called is CalledBy.FIRST_NAME:
        return participant.first_name
    letters = [letter for letter in introduction.public_id if letter.isalnum()]
    return "".join(letters[:CODE_LENGTH]).upper()


def _likes(profile: Profile, placement_id: int) -> tuple[str, ...]:
    """What the person said themselves that they like: first what is done at the placement, then what they like most."""
    activities = vocabulary().activities
    own = {
        key: said.vote for key, said in profile.votes.items() if said.source is Source.OWN and said.vote > 0
    }
    there = {one.id for one in cards_for((placement_id,))[placement_id].activities}
    ranked = sorted(own, key=lambda key: (key not in there, -own[key], activities[key].sort))
    return tuple(activities[key].code for key in ranked[:MOST_LIKES])


def _adaptations(introduction: Introduction) -> tuple[str, ...]:
    """What was named to close the gaps of the suggestion, each once."""
    words = vocabulary().adaptations
    named = [words[gap.adaptation_id].code for gap in introduction.gaps if gap.adaptation_id is not None]
    return tuple(dict.fromkeys(named))


def _contact(introduction: Introduction) -> tuple[str, ...]:
    worker = db.session.get_one(Account, introduction.account_id)
    return worker.name, worker.email


def offered_fields(participant: Participant, introduction: Introduction) -> Sequence[Field]:
    """What is known that the person could show: words and photos are chosen beside."""
    everything = CardChoice(
        called=CalledBy.FIRST_NAME, fields=frozenset(Field), words="", photo="", until=clock.today()
    )
    return filled(draw_card(participant, introduction, everything))


def is_shut_out(participant: Participant, employer_id: int) -> bool:
    """Whether what the person said last of the employer was to take back that it sees anything of them."""
    newest = (
        select(Consent.withdrawn_on)
        .where(Consent.participant_id == participant.id, Consent.receiver_id == employer_id)
        .order_by(Consent.id.desc())
        .limit(1)
    )
    return db.session.scalar(newest) is not None


def find_consent(introduction: Introduction) -> Consent | None:
    """The consent that was given for the introduction's card, or None."""
    return db.session.get(Consent, introduction.consent_id) if introduction.consent_id else None
