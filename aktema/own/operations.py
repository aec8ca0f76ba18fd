"""What happens from a participant's own pages, and how staff let somebody in to them."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import exists, select, update

from aktema.access import audit
from aktema.access.card_operations import make_person_account
from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.operations import create_account, held_posts, new_invitation
from aktema.access.permissions import LET_IN_REPRESENTATIVE
from aktema.access.queries import find_account_by_email
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.own.job_queries import Job
from aktema.pathway.codes import Answer, Channel
from aktema.pathway.models import Introduction
from aktema.pathway.operations import AnswerFacts, record_answer
from aktema.people.models import Participant, Representative

ASK_AGAIN = timedelta(days=14)
"""When somebody who said "later" is asked again: the person need not choose a day."""


def answer_job(identity: Identity, participant: Participant, job: Job, answer: Answer) -> Introduction:
    """The person's answer, given on their own page. Raises DomainError where the question is closed."""
    again = clock.today() + ASK_AGAIN if answer is Answer.LATER else None
    channel = Channel.LENT_SCREEN if identity.is_on_lent_screen else Channel.OWN_PAGE
    facts = AnswerFacts(answer=answer, channel=channel, ask_again_on=again)
    return record_answer(identity, participant, job.introduction, facts, placement_title=job.title)


def account_of(participant: Participant) -> Account:
    """The person's account, made where there is none yet. It bears the first name alone."""
    if participant.account_id is None:
        participant.account_id = make_person_account(participant.first_name).id
    return db.session.get_one(Account, participant.account_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class LetIn:
    """A representative's account, and the key of the link to its password where it was made now."""

    account: Account
    token: str


def let_in(participant: Participant, representative: Representative, email: str) -> LetIn:
    """Let a representative sign in to the person's pages. Raises DomainError by field."""
    _check_mandate(participant, representative)
    account, token = find_account_by_email(email), ""
    if account is None:
        account = create_account(
            name=representative.name, email=email, role=Role.REPRESENTATIVE, unit_id=None
        )
        token = new_invitation(account)
    elif {post.role for post in held_posts(account)} != {Role.REPRESENTATIVE}:
        raise DomainError(_("Adressen hör till ett annat slags konto. Be om en annan adress."), "email")
    elif account.password_hash is None:
        _check_is_not_anothers(participant, account)
        token = new_invitation(account)
    _link(participant, representative, account)
    audit.record_write(
        LET_IN_REPRESENTATIVE,
        participant_id=participant.id,
        object_kind="representative",
        object_id=representative.id,
    )
    return LetIn(account=account, token=token)


def _check_is_not_anothers(participant: Participant, account: Account) -> None:
    """Raises DomainError where the account opens somebody else's pages: a link would let whoever holds it in to them.

    Once the representative has a password of their own, no link is made, and the account can be used here too.
    """
    of_others = (Representative.account_id == account.id) & (Representative.participant_id != participant.id)
    if db.session.scalar(select(exists().where(of_others))):
        raise DomainError(
            _("Adressen har redan fått en länk. Företrädaren behöver välja sitt lösenord först."),
            "email",
        )


def _link(participant: Participant, representative: Representative, account: Account) -> None:
    """An earlier mandate of theirs gives the account to this one."""
    others = (Representative.participant_id == participant.id) & (Representative.account_id == account.id)
    db.session.execute(update(Representative).where(others).values(account_id=None))
    representative.account_id = account.id


def _check_mandate(participant: Participant, representative: Representative) -> None:
    if participant.has_protected_identity:
        raise DomainError(_("Personen har skyddad identitet. Ingen företrädare kan logga in nu."))
    ends = representative.to_date
    if representative.proof_seen_on is None or (ends is not None and ends < clock.today()):
        raise DomainError(_("Företrädaren behöver ett beslut som någon har sett och som gäller idag."))
