"""What has been signed and who is still to sign, and whom at an employer a trial is to be talked about with."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased, undefer

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.files import StoredFile
from aktema.employers.models import Contact, Placement
from aktema.pathway.introduction_queries import cards_for_employer, end_of
from aktema.pathway.rules.card import Card
from aktema.pathway.trial_models import Agreement, Signature, Trial
from aktema.pathway.trial_queries import in_force, listed, live_clause, newest, trial_by_id
from aktema.pathway.trial_states import Party
from aktema.people.models import Participant
from aktema.people.queries import hold, visible

OPEN_AFTER_END = timedelta(weeks=12)
"""How long after a trial the employer still reaches its pages."""


def held_trial(trial_id: int) -> Trial:
    """The trial as it is now; nobody else who holds its person writes until this request is done."""
    hold(trial_by_id(trial_id).participant)
    db.session.expire_all()
    return trial_by_id(trial_id)


def signature_of(agreement: Agreement, party: str) -> Signature | None:
    """The party's signature on the version, or None."""
    return next((one for one in agreement.signatures if one.party == party), None)


def read_by_employer(trial: Trial) -> Agreement | None:
    """The newest version that the person has signed. What it says of their support is no employer's before that."""
    signed = (one for one in reversed(trial.agreements) if signature_of(one, Party.PERSON))
    return next(signed, None)


def get_signature(trial: Trial, public_id: str) -> Signature:
    """A signature on one of the trial's versions. Raises MissingError."""
    for agreement in trial.agreements:
        for one in agreement.signatures:
            if one.public_id == public_id:
                return one
    raise MissingError


def paper_of(signature: Signature) -> StoredFile:
    """The scan of the paper it stands on. Raises MissingError where none was kept."""
    kept = select(StoredFile).where(StoredFile.id == signature.file_id)
    found = db.session.scalar(kept.options(undefer(StoredFile.content_sealed)))
    if found is None:
        raise MissingError
    return found


def contacts_at(trial: Trial) -> Sequence[Contact]:
    """Those still at the employer: first whom the trial is talked about with, then the others by age of the row."""
    there = Contact.employer_id == trial.placement.employer_id
    found = db.session.scalars(
        select(Contact).where(there, Contact.left_on.is_(None)).order_by(Contact.id)
    ).all()
    last, introduction = newest(trial), trial.introduction
    wanted = (introduction.contact_id if introduction else None, last.supervisor_id)
    return sorted(found, key=lambda one: (one.id not in wanted, one.id))


def find_supervisor(trial: Trial) -> Contact | None:
    """Who at the employer is asked while it runs: the supervisor, else whoever was asked at first; None is nobody."""
    agreed = in_force(trial) or newest(trial)
    asked = trial.introduction.contact_id if trial.introduction else None
    for contact_id in (agreed.supervisor_id, asked):
        found = None if contact_id is None else db.session.get(Contact, contact_id)
        if found is not None and found.left_on is None:
            return found
    return None


def card_of(trial: Trial, today: date) -> Card | None:
    """What the employer may see of the person today; None where nothing is open to it."""
    asked = trial.introduction_id
    return cards_for_employer([asked], today).get(asked) if asked is not None else None


def is_open_to_employer(trial: Trial, today: date) -> bool:
    """Whether the employer reaches the trial's pages: while the consent lives, and twelve weeks after the end.

    Where no question led to the trial there is no card: the person's signature opens it. Of somebody kept secret
    nothing leaves at all.
    """
    if trial.introduction_id is not None:
        return card_of(trial, today) is not None
    person = trial.participant
    ended = end_of(trial, today)
    is_over = ended is not None and today > ended + OPEN_AFTER_END
    is_shut = is_over or person.has_protected_identity or person.closed_on is not None
    return read_by_employer(trial) is not None and not is_shut


def get_company_trial(employer_id: int, public_id: str, today: date) -> Trial:
    """A trial at the employer, open to it today. Raises MissingError."""
    named = select(Trial.id).join(Placement, Placement.id == Trial.placement_id)
    found = db.session.scalar(named.where(Trial.public_id == public_id, Placement.employer_id == employer_id))
    if found is None:
        raise MissingError
    return open_trial(found, today)


def open_trial(trial_id: int, today: date) -> Trial:
    """The trial, where the employer still reaches it; a draft is nobody's to read yet. Raises MissingError."""
    trial = trial_by_id(trial_id)
    is_draft = newest(trial).asked_at is None and in_force(trial) is None
    if is_draft or not is_open_to_employer(trial, today):
        raise MissingError
    return trial


def awaiting_in_reach(identity: Identity, permission: Permission, today: date, limit: int) -> Sequence[Trial]:
    """Live trials of people in reach that have been sent to be signed and lack somebody's yes, the oldest first.

    Three statements, whatever their number.
    """
    waiting = (
        listed()
        .join(Participant, Participant.id == Trial.participant_id)
        .where(visible(identity, permission), live_clause(today), _lacks_somebody())
        .order_by(Trial.id)
        .limit(limit)
    )
    return db.session.scalars(waiting).all()


def awaiting_employer(employer_id: int, today: date) -> Sequence[Trial]:
    """Live trials at the employer that the person has signed and that lack its own yes, the oldest first.

    What the employer's page may say about the person is the card, and nothing else of the row.
    """
    there = select(Placement.id).where(Placement.employer_id == employer_id)
    waiting = listed().where(Trial.placement_id.in_(there), live_clause(today), _lacks_somebody())
    found = db.session.scalars(waiting.order_by(Trial.id)).all()
    return [trial for trial in found if is_employers_turn(trial)]


def is_employers_turn(trial: Trial) -> bool:
    """Whether the newest version has the person's yes and not yet the employer's."""
    last = newest(trial)
    return read_by_employer(trial) is last and signature_of(last, Party.EMPLOYER) is None


def _lacks_somebody() -> ColumnElement[bool]:
    """The where-clause over Trial of those whose newest version was sent to be signed and is not signed by all."""
    later = aliased(Agreement)
    is_newest = ~exists().where(later.trial_id == Agreement.trial_id, later.number > Agreement.number)
    signed = select(func.count()).where(Signature.agreement_id == Agreement.id).correlate(Agreement)
    lacks = signed.scalar_subquery() < len(Party)
    return exists().where(Agreement.trial_id == Trial.id, Agreement.asked_at.is_not(None), is_newest, lacks)
