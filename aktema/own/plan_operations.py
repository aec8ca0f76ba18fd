"""What the person, or who represents them, says of the plan: yes, otherwise, and in own words."""

from flask_babel import pgettext

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.own.permissions import ASK_TO_TALK, CONFIRM_PLAN, WRITE_OWN_WORDS
from aktema.own.queries import Own, helpers_of
from aktema.people.codes import AssignmentKind
from aktema.plans.codes import Channel
from aktema.plans.plan_codes import ConfirmedHow, PlanField
from aktema.plans.plan_document import document_of
from aktema.plans.plan_models import Plan
from aktema.plans.plan_operations import Confirmation, confirm
from aktema.plans.plan_part_operations import OwnFacts, Said, write_own
from aktema.plans.rules.document import Statement
from aktema.plans.rules.template_content import LONGEST_TEXT
from aktema.steps.talk_operations import ask_to_talk


def say_yes(identity: Identity, own: Own, draft: Plan) -> None:
    """The plan is as agreed, says the person, or the representative: the two are kept apart. Raises DomainError."""
    how = ConfirmedHow.LENT_SCREEN if identity.is_on_lent_screen else ConfirmedHow.OWN_PAGE
    said = Confirmation(on=clock.today(), is_by_person=own.is_self, how=how)
    confirm(draft, said)
    audit.record_write(
        CONFIRM_PLAN,
        participant_id=own.participant.id,
        object_kind="plan",
        object_id=draft.id,
        detail=own.said_by,
    )


def ask_for_change(identity: Identity, own: Own) -> str:
    """Somebody is told that the person wants the plan otherwise. Returns their name. Raises DomainError."""
    helpers = {one.kind: one.name for one in helpers_of(own.participant)}
    kind = AssignmentKind.COORDINATOR if AssignmentKind.COORDINATOR in helpers else AssignmentKind.COACH
    ask_to_talk(identity, ASK_TO_TALK, own.participant, kind, said_by=own.said_by)
    return helpers[kind]


def add_own_words(own: Own, draft: Plan, words: str) -> None:
    """Put the words after those that stand there; a representative's say whose they are. Raises DomainError."""
    said_before = (one for one in document_of(draft).statements if one.field == PlanField.OWN_WORDS)
    before = next(said_before, Statement(place="", field=PlanField.OWN_WORDS))
    said = words if own.is_self else _said_by(own.mandate, words)
    standard = "\n".join(filter(None, (before.standard, said)))
    if len(standard) > LONGEST_TEXT:  # whoever writes the plan could not save it
        raise DomainError(pgettext("easy", "Texten är för lång. Skriv färre ord."), "words")
    written = Said(
        field=PlanField.OWN_WORDS,
        standard=standard,
        easy=before.easy,
        pictures=before.pictures,
    )
    why_none = Said(field=PlanField.NO_OWN_WORDS)
    write_own(draft, OwnFacts(channel=_channel(draft), said=(written, why_none)))
    audit.record_write(
        WRITE_OWN_WORDS,
        participant_id=own.participant.id,
        object_kind="plan",
        object_id=draft.id,
        detail=own.said_by,
    )


def _said_by(mandate: str, words: str) -> str:
    """Each line says it: none of them is to pass as the person's."""
    lines = filter(None, map(str.strip, words.splitlines()))
    who = mandate.lower()
    return "\n".join(pgettext("easy", "Sagt av %(who)s: %(words)s", who=who, words=line) for line in lines)


def _channel(draft: Plan) -> Channel:
    """How the earlier words came; what is typed here is written."""
    return Channel(draft.own_words_channel) if draft.own_words_channel else Channel.WRITING
