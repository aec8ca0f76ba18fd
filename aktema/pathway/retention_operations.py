"""Asking how it is at work: what the worker finds out, what the person says, what the employer says, each apart."""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale, lazy_pgettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import mark_used, renews
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.swedish import LANGUAGE
from aktema.employers.letters import Letter, send_link
from aktema.employers.models import Contact
from aktema.pathway.outcome_codes import DUE_LABELS, AnsweredHow
from aktema.pathway.outcome_models import Employment, RetentionCheck
from aktema.pathway.outcome_operations import end_job
from aktema.pathway.permissions import FOLLOW_UP_JOB
from aktema.pathway.retention_queries import (
    employment_by_id,
    find_check,
    is_taken_back,
    may_be_asked_about,
    owed_now,
)
from aktema.pathway.rules import retention as rules
from aktema.pathway.rules.outcome import EmploymentEnd
from aktema.pathway.rules.retention import RetentionDue
from aktema.pathway.signature_queries import find_supervisor
from aktema.pathway.trial_queries import trial_by_id
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import StepFacts, record_fact

BY_LINK = f"link:{Purpose.RETENTION.value}"
LINK_ENDPOINT = "pathway.retention_by_link"


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckFacts:
    """What was found out. None is what nobody said; with `is_still` False come the last day and why."""

    was_reached: bool
    is_still: bool | None = None
    weekly_minutes: int | None = None
    wellbeing: int | None = None
    employer_says_well: bool | None = None
    support: str = ""
    last_day: date | None = None
    reason: EmploymentEnd | None = None


def record_check(identity: Identity, job: Employment, due: RetentionDue, facts: CheckFacts) -> RetentionCheck:
    """Write down how it is at work. Raises DomainError by field, also where the moment has passed or is answered.

    Whoever was not reached stays on the list. What the person or the employer said themselves is not written over.
    """
    _check(job, due, facts)
    check = _check_of(job, due, identity.account_id)
    check.asked_on, check.was_reached = clock.today(), facts.was_reached
    check.account_id = identity.account_id
    if facts.was_reached:
        _write(check, facts)
    if facts.was_reached and facts.is_still is False and facts.last_day and facts.reason:
        end_job(identity, job, facts.last_day, facts.reason, FOLLOW_UP_JOB)
    _tell(identity.account_id, job, _line(due, facts), _own_line(facts))
    _trace(FOLLOW_UP_JOB, job, check, due.value if facts.was_reached else f"{due.value}:not_reached")
    return check


def _check(job: Employment, due: RetentionDue, facts: CheckFacts) -> None:
    if owed_now(job) is not due:
        raise DomainError(_("Den uppföljningen är redan gjord, eller har blivit en senare. Ladda om sidan."))
    if not facts.was_reached:
        return
    if facts.is_still is None:
        raise DomainError(_("Svara på om personen är kvar på jobbet."), "is_still")
    if facts.is_still is False:
        _check_end(facts)


def _check_end(facts: CheckFacts) -> None:
    if facts.last_day is None:
        raise DomainError(_("Skriv vilken dag som var den sista."), "last_day")
    if facts.last_day > clock.today():
        raise DomainError(_("Sista dagen ska ha varit. Annars är personen kvar."), "last_day")
    if facts.reason is None:
        raise DomainError(_("Välj varför det slutade."), "reason")


def _check_of(job: Employment, due: RetentionDue, account_id: int) -> RetentionCheck:
    """The row of the moment, made where nobody has said anything yet."""
    check = find_check(job, due)
    if check is None:
        check = RetentionCheck(
            employment=job, due=due.value, asked_on=clock.today(), was_reached=False, account_id=account_id
        )
        db.session.add(check)
        db.session.flush()  # the audit row needs its id
    return check


def _write(check: RetentionCheck, facts: CheckFacts) -> None:
    check.is_still_employed, check.weekly_minutes = facts.is_still, facts.weekly_minutes
    check.support = facts.support
    if check.wellbeing_how in (None, AnsweredHow.TOLD):
        check.wellbeing = facts.wellbeing
        check.wellbeing_how = None if facts.wellbeing is None else AnsweredHow.TOLD.value
    if check.employer_how in (None, AnsweredHow.TOLD):
        check.employer_says_well = facts.employer_says_well
        check.employer_how = None if facts.employer_says_well is None else AnsweredHow.TOLD.value


@force_locale(LANGUAGE)
def _line(due: RetentionDue, facts: CheckFacts) -> str:
    moment = DUE_LABELS[due]
    if not facts.was_reached:
        return _("Uppföljning av jobbet, %(moment)s: nådde ingen", moment=str(moment).lower())
    if facts.is_still:
        return _("Uppföljning av jobbet, %(moment)s: är kvar", moment=str(moment).lower())
    return _("Uppföljning av jobbet, %(moment)s: har slutat", moment=str(moment).lower())


@force_locale(LANGUAGE)
def _own_line(facts: CheckFacts) -> str:
    if not facts.was_reached:
        return pgettext("easy", "Vi ville fråga hur jobbet går. Vi nådde ingen.")
    if facts.is_still:
        return pgettext("easy", "Du är kvar på ditt jobb.")
    return pgettext("easy", "Du har slutat på ditt jobb.")


def say_how_it_is(
    identity: Identity, permission: Permission, job: Employment, wellbeing: int, *, actor: Actor
) -> RetentionCheck:
    """The person's own answer, 0 to 4, on their own page. Raises DomainError where nothing is asked now.

    The worker still has to find out the rest: the moment stays on the list.
    """
    due = rules.current(job.from_date, job.to_date, clock.today())
    if due is None:
        raise DomainError(pgettext("easy", "Du kan svara när du har börjat."))
    check = _check_of(job, due, identity.account_id)
    how = AnsweredHow.LENT_SCREEN if identity.is_on_lent_screen else AnsweredHow.OWN_PAGE
    check.wellbeing, check.wellbeing_how = wellbeing, how.value
    own_line = lazy_pgettext("easy", "Du har svarat på hur jobbet är.")
    _tell(identity.account_id, job, _l("Svarade själv på hur det är på jobbet"), own_line, actor)
    _trace(permission, job, check, f"{due.value}:own")
    return check


def ask_employer(identity: Identity, job: Employment) -> Contact:
    """Ask whoever was the supervisor by a link. Returns them. Raises DomainError where nobody can be written to."""
    contact = _contact_of(job)
    if owed_now(job) is None:
        raise DomainError(_("Det är inte dags att fråga än."))
    if is_taken_back(job):
        raise DomainError(
            _(
                "Personen har tagit tillbaka sitt ja till kortet. Ingen länk skickas. Ring, eller låt det vara."
            )
        )
    if contact is None or not may_be_asked_about(job) or not _send(job, contact, identity.account_id):
        raise DomainError(
            _("Det finns ingen att mejla hos arbetsgivaren. Ring och skriv ner svaret i stället.")
        )
    return contact


def _contact_of(job: Employment) -> Contact | None:
    trial_id = job.outcome.trial_id
    return None if trial_id is None else find_supervisor(trial_by_id(trial_id))


def _send(job: Employment, contact: Contact, account_id: int, actor: Actor = Actor.STAFF) -> bool:
    """Whether a mail with the one question is on its way, which is then a line and a trace too."""
    is_sent = send_link(
        contact,
        Letter.RETENTION,
        Purpose.RETENTION,
        job.id,
        endpoint=LINK_ENDPOINT,
        account_id=account_id,
    )
    if is_sent:
        line = _l("Frågade %(name)s hur det går på jobbet", name=contact.name)
        _tell(account_id, job, line, lazy_pgettext("easy", "Vi har frågat jobbet hur det går."), actor)
        audit.record_write(
            FOLLOW_UP_JOB,
            participant_id=job.participant_id,
            object_kind="employment",
            object_id=job.id,
            detail=Letter.RETENTION.value,
        )
    return is_sent


@renews(Purpose.RETENTION)
def _send_again(link: Link) -> None:
    """A new link instead of a lost one, while there is something to answer."""
    job, contact = employment_by_id(link.subject_id), db.session.get(Contact, link.contact_id)
    if contact is not None and owed_now(job) is not None and may_be_asked_about(job):
        _send(job, contact, link.account_id, Actor.EMPLOYER)


def answer_by_link(link: Link, job: Employment, *, is_well: bool) -> RetentionCheck:
    """The employer's one tap. Raises DomainError where nothing is asked any longer."""
    due = owed_now(job)
    if due is None:
        raise DomainError(_("Frågan gäller inte längre. Tack ändå."))
    check = _check_of(job, due, link.account_id)
    check.employer_says_well, check.employer_how = is_well, AnsweredHow.LINK.value
    line, own_line = (
        (_l("Arbetsgivaren säger att det går bra"), lazy_pgettext("easy", "Jobbet sa att det går bra."))
        if is_well
        else (
            _l("Arbetsgivaren vill prata om jobbet"),
            lazy_pgettext("easy", "Jobbet ville prata med oss."),
        )
    )
    _tell(link.account_id, job, line, own_line, Actor.EMPLOYER)
    _trace(FOLLOW_UP_JOB, job, check, BY_LINK)
    mark_used(link)
    return check


def _tell(account_id: int, job: Employment, line: str, own_line: str, actor: Actor = Actor.STAFF) -> None:
    facts = StepFacts(
        contact_type=ContactType.RETENTION_CHECK,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=line,
        own_line=own_line,
        placement_id=job.placement_id,
    )
    record_fact(account_id, job.participant_id, facts, actor)


def _trace(permission: Permission, job: Employment, check: RetentionCheck, detail: str) -> None:
    audit.record_write(
        permission,
        participant_id=job.participant_id,
        object_kind="retention_check",
        object_id=check.id,
        detail=detail,
    )
