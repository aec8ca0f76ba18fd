"""What the person says of the own job: how it is there, and that they want back."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext, pgettext

from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.own.permissions import SAY_OWN_JOB
from aktema.own.queries import Own, helpers_of
from aktema.pathway.outcome_models import RetentionCheck
from aktema.pathway.retention_operations import say_how_it_is
from aktema.pathway.retention_queries import job_of_person
from aktema.people.codes import AssignmentKind
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import StepFacts, record_fact
from aktema.steps.talk_operations import TO_TALK_WITH, ask_to_talk
from aktema.steps.talk_queries import kinds_asked


def say_wellbeing(identity: Identity, own: Own, wellbeing: int) -> RetentionCheck:
    """How the person has it at work, 0 to 4. Raises DomainError where there is no job to ask about."""
    job = job_of_person(own.participant.id, clock.today())
    if job is None:
        raise DomainError(pgettext("easy", "Du har inget jobb att svara om nu."))
    return say_how_it_is(identity, SAY_OWN_JOB, job, wellbeing, actor=Actor.PERSON)


def ask_to_return(identity: Identity, own: Own) -> str:
    """Whoever works with the person is told that they want back. Returns their name. Raises DomainError.

    It is a wish: the job ends when the person and the worker have talked about it.
    """
    helpers = {one.kind: one.name for one in helpers_of(own.participant)}
    kind = AssignmentKind.COACH if AssignmentKind.COACH in helpers else AssignmentKind.COORDINATOR
    is_new = not set(TO_TALK_WITH) & set(kinds_asked(own.participant.id))
    ask_to_talk(identity, SAY_OWN_JOB, own.participant, kind, said_by=own.said_by)
    if is_new:
        _tell(identity, own)
    return helpers[kind]


def _tell(identity: Identity, own: Own) -> None:
    facts = StepFacts(
        contact_type=ContactType.OUTCOME,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=_l("Sa på Min sida: vill tillbaka till daglig verksamhet"),
        own_line=lazy_pgettext("easy", "Du har sagt att du vill tillbaka."),
    )
    record_fact(identity.account_id, own.participant.id, facts, Actor.PERSON)
