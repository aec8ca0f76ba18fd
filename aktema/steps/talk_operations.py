"""Asking to talk with somebody: one tap, nothing to write."""

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.people.codes import AssignmentKind
from aktema.people.models import Participant
from aktema.people.queries import live_assignments
from aktema.steps.talk_models import TalkRequest
from aktema.steps.talk_queries import kinds_asked

TO_TALK_WITH = (AssignmentKind.COACH, AssignmentKind.COORDINATOR)


def ask_to_talk(
    identity: Identity,
    permission: Permission,
    participant: Participant,
    kind: AssignmentKind,
    *,
    said_by: str,
) -> None:
    """Tell whoever is the person's coach or coordinator; told once, however often it is asked.

    Raises DomainError where nobody holds the post.
    """
    held = {one.kind for one in live_assignments(participant) if one.account_id is not None}
    if kind not in TO_TALK_WITH or kind not in held:
        raise DomainError(_("Den personen finns inte kvar. Välj någon annan."))
    if kind in kinds_asked(participant.id):
        return
    talk = TalkRequest(
        participant_id=participant.id, kind=kind.value, said_by=said_by, account_id=identity.account_id
    )
    db.session.add(talk)
    audit.record_write(permission, participant_id=participant.id, object_kind="talk_request", detail=kind)
