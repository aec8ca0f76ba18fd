"""How it goes, told with one tap by either side; and the question whether an unpaid placement could be a job."""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale, lazy_pgettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access import audit
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import renews, revoke_links
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.jobs import register_chore
from aktema.core.swedish import LANGUAGE
from aktema.core.timed import once
from aktema.employers.letters import Letter, is_written_to, send_link
from aktema.employers.models import Contact
from aktema.pathway.check_in_codes import DUE_LABELS, CheckInAnswer, JobAnswer, ToldHow
from aktema.pathway.check_in_queries import begun_on, due_now, find_check_in, job_question_due, running
from aktema.pathway.permissions import CHECK_IN
from aktema.pathway.rules.check_ins import CheckInDue, letter_due
from aktema.pathway.signature_queries import find_supervisor, is_open_to_employer
from aktema.pathway.trial_codes import PARTY_LABELS
from aktema.pathway.trial_models import CheckIn, JobQuestion, Trial
from aktema.pathway.trial_operations import tell
from aktema.pathway.trial_queries import facts_of, trial_by_id
from aktema.pathway.trial_states import Party
from aktema.steps.codes import Actor, ContactType

CHECK_IN_PAGE = "pathway.check_in_by_link"
ACTORS = {Party.PERSON: Actor.PERSON, Party.EMPLOYER: Actor.EMPLOYER}


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckInFacts:
    """Which side said what, and how it came in. account_id: who was signed in."""

    party: Party
    answer: CheckInAnswer
    how: ToldHow
    words: str = ""
    account_id: int | None = None
    actor: Actor | None = None


def check_in(trial: Trial, facts: CheckInFacts, permission: Permission) -> CheckIn:
    """Keep what one side says now; an earlier answer to the same gives way. The trial is held by whoever calls.

    Raises DomainError where nothing is asked today, or a worker writes over what the side has said itself.
    """
    due = due_now(trial, clock.today())
    if due is None:
        raise DomainError(_("Just nu frågar vi inte hur det går."))
    found = find_check_in(trial, due, facts.party)
    if found is not None and facts.how is ToldHow.STAFF and found.how != ToldHow.STAFF:
        raise DomainError(_("De har redan svarat själva. Det svaret ska stå kvar som det är."))
    if found is None:
        found = CheckIn(trial_id=trial.id, due=due.value, party=facts.party.value)
        db.session.add(found)
    found.answer, found.how, found.answered_on = facts.answer.value, facts.how.value, clock.today()
    found.words, found.account_id, found.talked_on = facts.words, facts.account_id, None
    db.session.flush()  # the audit row needs its id
    _tell(trial, due, facts)
    audit.record_write(
        permission,
        participant_id=trial.participant_id,
        object_kind="check_in",
        object_id=found.id,
        detail=f"{due} {facts.party}",
    )
    return found


def _tell(trial: Trial, due: CheckInDue, facts: CheckInFacts) -> None:
    with force_locale(LANGUAGE):
        line = _(
            "%(due)s. %(party)s: %(answer)s.",
            due=DUE_LABELS[due],
            party=PARTY_LABELS[facts.party],
            answer=str(facts.answer.label).lower(),
        )
        own_line = {
            (Party.PERSON, CheckInAnswer.WELL): pgettext("easy", "Du sa att det går bra."),
            (Party.PERSON, CheckInAnswer.TALK): pgettext("easy", "Du ville prata."),
            (Party.EMPLOYER, CheckInAnswer.WELL): pgettext("easy", "Jobbet sa att det går bra."),
            (Party.EMPLOYER, CheckInAnswer.TALK): pgettext("easy", "Jobbet ville prata med oss."),
        }[facts.party, facts.answer]
    tell(trial, ContactType.CHECK_IN, line, own_line, facts.actor or ACTORS[facts.party])


def mark_talked(trial: Trial, found: CheckIn) -> None:
    """A worker has talked with whoever wanted to. Doing it twice changes nothing."""
    if found.talked_on is None:
        found.talked_on = clock.today()
        is_person = found.party == Party.PERSON.value
        with force_locale(LANGUAGE):
            line = _(
                "Har pratat med %(who)s om hur det går.", who=str(PARTY_LABELS[Party(found.party)]).lower()
            )
            own_line = (
                pgettext("easy", "Vi har pratat med dig.")
                if is_person
                else pgettext("easy", "Vi har pratat med jobbet.")
            )
        tell(trial, ContactType.CHECK_IN, line, own_line)
        audit.record_write(
            CHECK_IN,
            participant_id=trial.participant_id,
            object_kind="check_in",
            object_id=found.id,
            detail="talked",
        )


def answer_job_question(trial: Trial, answer: JobAnswer, words: str, *, account_id: int) -> JobQuestion:
    """Whether the placement could be a job, as person and employer said it. Raises DomainError where none waits."""
    today = clock.today()
    month = job_question_due(trial, today)
    if month is None:
        raise DomainError(_("Frågan är redan besvarad, eller ska inte ställas än."))
    row = JobQuestion(
        trial_id=trial.id, month=month, answer=answer.value, asked_on=today, account_id=account_id
    )
    row.words = words
    db.session.add(row)
    db.session.flush()  # the audit row needs its id
    with force_locale(LANGUAGE):
        line = _("Kan det bli ett jobb, efter %(n)s månader: %(answer)s.", n=month, answer=answer.label)
        own_line = pgettext("easy", "Vi pratade om att platsen kan bli ett jobb.")
    tell(trial, ContactType.CHECK_IN, line, own_line)
    audit.record_write(
        CHECK_IN,
        participant_id=trial.participant_id,
        object_kind="job_question",
        object_id=row.id,
        detail=str(month),
    )
    return row


def ask_employers() -> None:
    """Send each supervisor the way to the check-in that is due, and later to the days, once for each."""
    today = clock.today()
    for trial in running(today):
        key = _letter_key(trial, today)
        if key is not None and _receiver(trial, today) is not None and once(key):
            send_check_in_link(trial, account_id=trial.account_id, actor=Actor.SYSTEM)


def _letter_key(trial: Trial, today: date) -> str | None:
    """What a letter is due for; None where none is, or what it asks has been answered."""
    first, last = begun_on(trial), facts_of(trial).to_date
    code = letter_due(first, last, today) if first is not None and last is not None else None
    due = due_now(trial, today)
    is_answered = due is not None and find_check_in(trial, due, Party.EMPLOYER) is not None
    return None if code is None or is_answered else f"check_in:{trial.id}:{code}"


register_chore(ask_employers)


def send_check_in_link(trial: Trial, *, account_id: int, actor: Actor = Actor.STAFF) -> Contact | None:
    """Mail the supervisor the way to the check-ins and days of the trial; returns who got it, None where nobody did.

    What an earlier supervisor was sent opens nothing any more.
    """
    contact = _receiver(trial, clock.today())
    if contact is None:
        return None
    revoke_links(Purpose.CHECK_IN, trial.id)
    _mail(trial, contact, account_id)
    line = _l("Frågade %(name)s hur det går på ”%(title)s”.", name=contact.name, title=trial.placement.title)
    own_line = lazy_pgettext("easy", "Vi har frågat jobbet hur det går.")
    tell(trial, ContactType.CHECK_IN, line, own_line, actor)
    audit.record_write(
        CHECK_IN,
        participant_id=trial.participant_id,
        object_kind="contact",
        object_id=contact.id,
        detail="check_in_link",
    )
    return contact


def _receiver(trial: Trial, today: date) -> Contact | None:
    """The supervisor, where the employer reaches the trial and they get such mail; else None."""
    contact = find_supervisor(trial)
    if contact is None or not is_open_to_employer(trial, today):
        return None
    return contact if is_written_to(contact, Letter.CHECK_IN) else None


def _mail(trial: Trial, contact: Contact, account_id: int) -> None:
    send_link(
        contact, Letter.CHECK_IN, Purpose.CHECK_IN, trial.id, endpoint=CHECK_IN_PAGE, account_id=account_id
    )


@renews(Purpose.CHECK_IN)
def renew_check_in_link(lost: Link) -> None:
    """The supervisor's lost link is sent anew as long as the employer reaches the trial."""
    trial = trial_by_id(lost.subject_id)
    contact = find_supervisor(trial)
    if contact is not None and contact.id == lost.contact_id:
        send_check_in_link(trial, account_id=lost.account_id, actor=Actor.EMPLOYER)
