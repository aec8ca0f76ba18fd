"""The kinds of mail that somebody may get and may say no to."""

from collections.abc import Iterable
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from aktema.access.roles import Role
from aktema.core.errors import Message


class NoticeKind(StrEnum):
    POSITIONS = "positions"
    QUESTIONS = "questions"
    AGREEMENTS = "agreements"
    FOLLOW_UPS = "follow_ups"
    REMINDERS = "reminders"
    DIGEST = "digest"

    @property
    def label(self) -> Message:
        return LABELS[self]


LABELS: dict[NoticeKind, Message] = {
    NoticeKind.POSITIONS: _l("Mina platser: länk till en ny plats, och när en plats snart slutar visas"),
    NoticeKind.QUESTIONS: _l("Frågor om någon kan prova en plats hos oss"),
    NoticeKind.AGREEMENTS: _l("Överenskommelser att skriva under"),
    NoticeKind.FOLLOW_UPS: _l("Avstämningar och utvärderingar"),
    NoticeKind.REMINDERS: _l("Påminnelser när jag inte har svarat"),
    NoticeKind.DIGEST: _l("Veckans läge på min enhet, varje måndag"),
}
EMPLOYER_KINDS = tuple(kind for kind in NoticeKind if kind is not NoticeKind.DIGEST)
KINDS_OF_ROLES: dict[Role, tuple[NoticeKind, ...]] = {
    Role.EMPLOYER: EMPLOYER_KINDS,
    Role.UNIT_MANAGER: (NoticeKind.DIGEST,),
}


def kinds_for(roles: Iterable[Role]) -> tuple[NoticeKind, ...]:
    """What is mailed to whoever holds the roles; most get nothing."""
    offered = {kind for role in roles for kind in KINDS_OF_ROLES.get(role, ())}
    return tuple(kind for kind in NoticeKind if kind in offered)
