"""Choosing between pictures: each choice is kept as it is made; they become votes when the person stops."""

from flask_babel import pgettext
from sqlalchemy import select

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.own.models import PictureChoice
from aktema.own.permissions import CHOOSE_PICTURES
from aktema.own.picture_queries import choices_of, find_activity
from aktema.own.rules import Outcome, votes
from aktema.people.codes import Source
from aktema.people.models import Participant
from aktema.people.profile_operations import cast_interest_votes


def choose(
    identity: Identity, participant: Participant, first: str, second: str, outcome: Outcome
) -> PictureChoice:
    """Keep what was chosen between two activities, by their codes. Raises DomainError where one is none."""
    one, other = find_activity(first), find_activity(second)
    if one is None or other is None or one is other:
        raise DomainError(pgettext("easy", "Bilderna är borta. Här är 2 nya."))
    choice = PictureChoice(
        participant_id=participant.id,
        first_id=one.id,
        second_id=other.id,
        outcome=outcome.value,
        account_id=identity.account_id,
    )
    db.session.add(choice)
    audit.record_write(CHOOSE_PICTURES, participant_id=participant.id, object_kind="picture_choice")
    return choice


def count_choices(identity: Identity, participant: Participant) -> int:
    """Make the person's choices their own votes. Returns how many votes were new."""
    cast = votes(choices_of(participant.id))
    return cast_interest_votes(identity, participant, Source.OWN, dict(cast)) if cast else 0


def count_own_choices(identity: Identity) -> None:
    """The same for the signed-in participant, who leaves without having said that they stop."""
    mine = select(Participant).where(Participant.account_id == identity.account_id)
    participant = db.session.scalar(mine)
    if participant is not None:
        count_choices(identity, participant)
