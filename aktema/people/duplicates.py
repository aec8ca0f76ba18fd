"""Whether a person is here already: by personal number, or by a name and a birth date that are much alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock, crypto
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.names import similar_names
from aktema.people.codes import AssignmentKind, NumberReason
from aktema.people.models import Participant, PersonalNumberSearch
from aktema.people.permissions import CREATE, READ_IDENTITY, SEARCH_BY_NUMBER
from aktema.people.queries import live_assignments, may, visible
from aktema.people.rules import is_near_birth_date

SEARCHES_PER_HOUR = 20
"""permissions.csv, participant.search_by_pnr: rate 20/h."""
ALIKE = 0.88
NEAR = timedelta(days=366)
REGISTRATION, CORRECTION = "registration", "correction"


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberAnswer:
    """What somebody may know who looks for a number.

    `is_known` says whether anybody here has it, `is_in_reach` whether they are in the reader's unit;
    `responsible` and `public_id` are filled only as far as the reader may see them.
    """

    is_known: bool = False
    is_in_reach: bool = False
    responsible: str = ""
    public_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Somebody who may be the same person. Name and address are empty where the reader may not see them."""

    name: str = ""
    public_id: str = ""


def number_index(digits: str) -> str:
    """What a personal number (twelve digits) is looked up by."""
    return crypto.blind_index(digits, "participant.personal_number")


def look_up_number(identity: Identity, digits: str, reason: NumberReason | str) -> NumberAnswer:
    """The answer to an exact search, which is counted and logged whatever it finds.

    Raises DomainError after twenty searches of the account in an hour.
    """
    _count_search(identity, str(reason))
    found = db.session.scalar(
        select(Participant).where(Participant.personal_number_index == number_index(digits))
    )
    audit.record(
        audit.READ,
        SEARCH_BY_NUMBER.code,
        participant_id=None if found is None else found.id,
        detail=str(reason),
    )
    return NumberAnswer() if found is None else _answer(identity, found)


def _count_search(identity: Identity, reason: str) -> None:
    lately = PersonalNumberSearch.at > clock.now() - timedelta(hours=1)
    mine = PersonalNumberSearch.account_id == identity.account_id
    if (
        db.session.scalar(select(func.count()).select_from(PersonalNumberSearch).where(mine, lately)) or 0
    ) >= SEARCHES_PER_HOUR:
        raise DomainError(
            _(
                "Du har sökt på personnummer %(most)s gånger den senaste timmen. Försök igen om en stund.",
                most=SEARCHES_PER_HOUR,
            ),
            "personal_number",
        )
    db.session.add(PersonalNumberSearch(account_id=identity.account_id, reason=reason))


def _answer(identity: Identity, found: Participant) -> NumberAnswer:
    if not may(identity, SEARCH_BY_NUMBER, found):
        return NumberAnswer(is_known=True)
    is_open = may(identity, READ_IDENTITY, found)
    return NumberAnswer(
        is_known=True,
        is_in_reach=True,
        responsible=responsible_for(found),
        public_id=found.public_id if is_open else "",
    )


def responsible_for(participant: Participant) -> str:
    """Who to ask about the person: the coach's name, else the coordinator's, else the case handler's."""
    order = (AssignmentKind.COACH, AssignmentKind.COORDINATOR, AssignmentKind.HANDLER)
    held = [a for kind in order for a in live_assignments(participant) if a.kind == kind and a.account]
    return held[0].account.name if held and held[0].account else ""


def people_alike(identity: Identity, name: str, birth_date: date) -> Sequence[Candidate]:
    """Those who may be the same person, best first; each of them is recorded as read."""
    near = Participant.birth_date.between(birth_date - NEAR, birth_date + NEAR)
    people = db.session.scalars(select(Participant).where(near)).all()
    scored = [
        (similar_names(name, person.name), person)
        for person in people
        if is_near_birth_date(person.birth_date, birth_date)
    ]
    alike = [
        person for score, person in sorted(scored, key=lambda pair: (-pair[0], pair[1].id)) if score >= ALIKE
    ]
    audit.record_reads(CREATE, [person.id for person in alike])
    return _as_far_as_seen(identity, alike)


def _as_far_as_seen(identity: Identity, alike: Sequence[Participant]) -> Sequence[Candidate]:
    ids = [person.id for person in alike]
    seen = set(
        db.session.scalars(
            select(Participant.id).where(Participant.id.in_(ids), visible(identity, READ_IDENTITY))
        )
    )
    return tuple(
        Candidate(name=person.name, public_id=person.public_id) if person.id in seen else Candidate()
        for person in alike
    )
