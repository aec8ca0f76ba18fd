"""One participant with a card and one representative who sign in, so that the person's own pages can be tried."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import select

from aktema.access.card_models import PersonalCard
from aktema.access.card_operations import NO_ADDRESS, code_hash_of, make_person_account
from aktema.access.codes import CODE_PICTURES
from aktema.access.models import Account, Membership
from aktema.access.passwords import hash_password
from aktema.access.roles import Role
from aktema.access.tokens import digest
from aktema.core.db import db
from aktema.core.settings import Settings
from aktema.core.swedish import sort_key
from aktema.demo.accounts import PASSWORD, Staff, email_of
from aktema.demo.days import at, workday
from aktema.demo.lives import Arc, Life
from aktema.pathway.models import Introduction
from aktema.people.codes import AssignmentKind, Communication, RepresentativeKind
from aktema.people.models import Participant, Representative
from aktema.plans.plan_models import Plan

CODE = ("cat", "house", "strawberry", "bicycle")
REPRESENTATIVE = "Gunvor Stensson"
CARD_ACCOUNT = f"demo@{NO_ADDRESS}"
KNOWN_FOR, HOLDS_FOR = timedelta(days=14), timedelta(days=365)
"""How long ago the card was made and the mandate seen, and for how long the mandate holds."""


def demo_token() -> str:
    """The key of the demo's card: the same at every start, since it is printed; made from the secret key."""
    settings: Settings = current_app.extensions["settings"]
    key = settings.secret_key.get_secret_value().encode()
    return base64.urlsafe_b64encode(hmac.new(key, b"demo card", hashlib.sha256).digest()).decode().rstrip("=")


def open_own_pages(life: Life, today: date) -> None:
    """Give the one who has most to see on their own page a card, and somebody who represents them."""
    participant, maker = life.participant, _coach_id(life)
    since = workday(today - KNOWN_FOR)
    opened = at(since, time(8))
    account = make_person_account(participant.first_name)
    account.email, account.created_at = CARD_ACCOUNT, opened
    account.memberships[0].created_at = opened
    participant.account_id = account.id
    db.session.add(
        PersonalCard(
            account_id=account.id,
            token_digest=digest(demo_token()),
            made_by_id=maker,
            code_hash=code_hash_of(CODE),
            created_at=opened,
        )
    )
    _add_representative(participant, maker, since, opened)


def card_holder(lives: Sequence[Life], staff: Staff) -> Life:
    """One of the first coach's, so that both sides can be seen; the one who has most to see."""
    first_coach_id = staff.with_role(Role.JOB_COACH)[0].id
    asked = set(db.session.scalars(select(Introduction.participant_id).where(Introduction.answer.is_(None))))
    planned = set(db.session.scalars(select(Plan.participant_id).where(Plan.fixed_on.is_not(None))))
    proposed = set(db.session.scalars(select(Plan.participant_id).where(Plan.fixed_on.is_(None))))
    with_coach = [life for life in lives if life.arc is not Arc.CLOSED and _coach_id(life)]

    def richness(life: Life) -> tuple[bool, bool, bool, bool, bool, int]:
        person = life.participant
        return (
            _coach_id(life) == first_coach_id,
            person.id in proposed,
            person.id in planned,
            person.id in asked,
            person.communication == Communication.PICTURES,
            -life.number,
        )

    return max(with_coach, key=richness)


def _coach_id(life: Life) -> int:
    coaches = (one for one in life.participant.assignments if one.kind == AssignmentKind.COACH)
    return next((one.account_id for one in coaches if one.account_id and one.to_date is None), 0)


def _add_representative(participant: Participant, seen_by_id: int, since: date, opened: datetime) -> None:
    account = Account(
        name=REPRESENTATIVE,
        email=email_of(REPRESENTATIVE),
        sort_key=sort_key(REPRESENTATIVE),
        password_hash=hash_password(PASSWORD),
        created_at=opened,
        memberships=[Membership(role_code=Role.REPRESENTATIVE.value, from_date=since, created_at=opened)],
    )
    db.session.add(account)
    db.session.flush()  # the representative refers to it by id
    db.session.add(
        Representative(
            participant_id=participant.id,
            kind=RepresentativeKind.GUARDIAN.value,
            name=REPRESENTATIVE,
            scope="Bevaka rätt, sörja för person",
            areas="rights,person",
            from_date=since,
            to_date=since + HOLDS_FOR,
            proof_seen_on=since,
            proof_seen_by_id=seen_by_id,
            account_id=account.id,
            created_at=opened,
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class CardSignIn:
    """How the demo's participant signs in."""

    name: str
    address: str
    pictures: str


def card_sign_in() -> CardSignIn:
    """The participant's name, the address on the card, and the pictures in order."""
    settings: Settings = current_app.extensions["settings"]
    words = {picture.key: str(picture.word) for picture in CODE_PICTURES}
    held = select(Participant.first_name, Participant.last_name).join(
        PersonalCard, PersonalCard.account_id == Participant.account_id
    )
    first, last = db.session.execute(held.where(PersonalCard.token_digest == digest(demo_token()))).one()
    return CardSignIn(
        name=f"{first} {last}",
        address=f"{settings.base_url.rstrip('/')}/kort/{demo_token()}",
        pictures=", ".join(words[key] for key in CODE),
    )
