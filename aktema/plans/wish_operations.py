"""Writing down what the person answers about work on their own page."""

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.people.models import Participant
from aktema.plans.codes import PointAnswer
from aktema.plans.wish_models import OwnWorkWish
from aktema.plans.wish_queries import find_own_wish


def say_work_wish(
    identity: Identity, permission: Permission, participant: Participant, answer: PointAnswer, *, said_by: str
) -> bool:
    """Keep the answer beside those before; False where it is the same as the last one.

    The same wish said again is no news, and would bring a wish that has been met back to the coach.
    """
    if find_own_wish(participant.id, said_by) is answer:
        return False
    wish = OwnWorkWish(
        participant_id=participant.id, answer=answer.value, said_by=said_by, account_id=identity.account_id
    )
    db.session.add(wish)
    audit.record_write(permission, participant_id=participant.id, object_kind="own_work_wish", detail=answer)
    return True
