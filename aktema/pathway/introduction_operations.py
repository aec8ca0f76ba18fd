"""What happens to an introduction after the person's yes: sent, answered, visited, agreed, closed, or run out.

Every act writes one line to the person's steps. Whoever changes an introduction holds it first
(`introduction_queries.hold`), so that of two answers one stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import force_locale, lazy_pgettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import make_link, renews, revoke_links
from aktema.access.link_queries import url_of
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.jobs import register_chore
from aktema.core.markup import minute_of_day, near_day
from aktema.core.swedish import LANGUAGE
from aktema.core.timed import once
from aktema.employers.company_operations import wait_until
from aktema.employers.letters import Letter, is_reachable, is_written_to, write_to
from aktema.employers.models import Contact
from aktema.pathway import introduction_queries as queries
from aktema.pathway.introduction_codes import EASY_CLOSED, ENDED, CloseReason, EmployerAnswer, EmployerReason
from aktema.pathway.models import Introduction
from aktema.pathway.permissions import ADVANCE, PROPOSE
from aktema.pathway.queries import IntroductionView
from aktema.pathway.rules.introduction import Quota, close_on, may_be_asked, remind_on
from aktema.pathway.states import IntroductionAct
from aktema.pathway.trial_states import Whose
from aktema.people.models import Participant
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import StepFacts, close_next_step, record_fact

ANSWER_PAGE = "pathway.answer_by_link"
FURTHEST = timedelta(days=366)
EARLIEST_VISIT, LATEST_VISIT = 6 * 60, 22 * 60
"""Nobody visits a place at night. Minutes of the day."""


def send(identity: Identity, participant: Participant, view: IntroductionView, contact: Contact) -> None:
    """Ask the contact at the employer, by a link in a mail. Raises DomainError by field."""
    _check_sending(participant, view, contact)
    introduction, today = view.introduction, clock.today()
    revoke_links(Purpose.ANSWER_INTRODUCTION, introduction.id)
    introduction.contact_id, introduction.sent_on = contact.id, today
    introduction.employer_answer = introduction.employer_answered_on = None
    introduction.employer_not_before = introduction.employer_reason = introduction.employer_words = None
    if not _write(view, contact, Letter.INTRODUCTION, identity.account_id) and not contact.account_id:
        raise DomainError(
            _("Kontakten vill inte få sådana mejl. Ring i stället, eller välj någon annan."), "contact"
        )
    _see_no_more_to(introduction)
    line = _l("Frågade %(employer)s genom %(name)s.", employer=view.employer_name, name=contact.name)
    own_line = lazy_pgettext(
        "easy", "Vi har frågat %(employer)s. De har fått ditt kort.", employer=view.employer_name
    )
    _tell(introduction, ContactType.EMPLOYER_ASKED, line, own_line)
    _trace(PROPOSE, introduction, "sent")


def _check_sending(participant: Participant, view: IntroductionView, contact: Contact) -> None:
    today = clock.today()
    if participant.has_protected_identity:
        raise DomainError(_("Personen har skyddade personuppgifter. Då går ingen fråga genom Aktema."))
    if not view.may(IntroductionAct.SEND) or not view.is_consented:
        raise DomainError(_("Frågan går inte att skicka nu. Personen behöver först säga ja till kortet."))
    waits = view.introduction.employer_not_before
    if waits is not None and waits > today:
        raise DomainError(_("De vill vänta till %(day)s. Fråga igen då.", day=waits.isoformat()))
    employer = queries.hold_employer(view.employer.id)
    if employer.closed_on is not None:
        raise DomainError(_("%(name)s är stängd. Öppna arbetsgivaren först.", name=employer.name))
    quota = Quota(month_cap=employer.month_cap, not_before=employer.not_before)
    if not may_be_asked(quota, queries.count_asked(employer.id, today), today):
        raise DomainError(_("Arbetsgivaren vill inte ha fler frågor nu. Läs vad de har sagt på deras sida."))
    if contact.employer_id != employer.id or not is_reachable(contact):
        raise DomainError(_("Välj en kontakt som har en e-postadress."), "contact")


def _write(view: IntroductionView, contact: Contact, letter: Letter, account_id: int) -> bool:
    """Mail a link to answer by; whether the contact gets it. Only then the earlier link to them opens nothing."""
    if not is_written_to(contact, letter):
        return False
    asked, today = view.introduction.id, clock.today()
    made = make_link(Purpose.ANSWER_INTRODUCTION, asked, account_id=account_id, contact_id=contact.id)
    last = max(today, queries.answer_by(view, today))
    return write_to(contact, letter, url=url_of(ANSWER_PAGE, made.token), until=last)


@renews(Purpose.ANSWER_INTRODUCTION)
def _send_again(link: Link) -> None:
    """A new link instead of a lost one, while whoever lost it is asked and may see the card."""
    for view in queries.views_by_id(link.subject_id):
        introduction = view.introduction
        is_asked = link.contact_id is not None and link.contact_id == introduction.contact_id
        if is_asked and view.may(IntroductionAct.EMPLOYER_ANSWER) and _is_open(introduction):
            contact = db.session.get_one(Contact, link.contact_id)
            if _write(view, contact, Letter.INTRODUCTION, link.account_id):
                _tell_again(view, contact)


def _tell_again(view: IntroductionView, contact: Contact) -> None:
    line = _l("%(name)s fick en ny länk att svara med.", name=contact.name)
    own_line = lazy_pgettext(
        "easy", "%(employer)s har fått vår fråga en gång till.", employer=view.employer_name
    )
    _tell(view.introduction, ContactType.EMPLOYER_ASKED, line, own_line, Actor.EMPLOYER)
    _trace(PROPOSE, view.introduction, "sent again")


def _is_open(introduction: Introduction) -> bool:
    """Whether the employer may see the card today."""
    return introduction.id in queries.cards_for_employer([introduction.id], clock.today())


@dataclass(frozen=True, kw_only=True, slots=True)
class EmployerReply:
    """What the employer answered: a day to ask again with "not now", a reason with "no"; words where they want to.

    is_for_all: nobody else is to be asked about there before the day either.
    """

    answer: EmployerAnswer
    not_before: date | None = None
    is_for_all: bool = False
    reason: EmployerReason | None = None
    words: str = ""


def record_employer_answer(
    permission: Permission,
    view: IntroductionView,
    reply: EmployerReply,
    *,
    actor: Actor,
    detail: str = "",
) -> None:
    """Keep the employer's answer; a no ends the question. Raises DomainError by field.

    `detail` says in codes how it came where nobody was signed in, for the trace.
    """
    _check_reply(view, reply)
    introduction, today = view.introduction, clock.today()
    waits = reply.not_before if reply.answer is EmployerAnswer.NOT_NOW else None
    earlier, introduction.employer_not_before = introduction.employer_not_before, waits
    freed = None if earlier is None or queries.is_named_by_another(view, earlier) else earlier
    wait_until(view.employer, waits if reply.is_for_all else None, permission, instead_of=freed)
    introduction.employer_answer, introduction.employer_answered_on = reply.answer.value, today
    introduction.employer_reason = reply.reason.value if reply.reason else None
    introduction.employer_words = reply.words or None
    if reply.answer is not EmployerAnswer.YES:
        introduction.visit_on = introduction.visit_at = None
    if reply.answer is EmployerAnswer.NO:
        _close(introduction, CloseReason.EMPLOYER_SAID_NO, Whose.EMPLOYER)
    line, own_line = _said(view, reply)
    _tell(introduction, ContactType.EMPLOYER_ANSWERED, line, own_line, actor)
    _trace(permission, introduction, " ".join(filter(None, (detail, reply.answer.value))))


def _check_reply(view: IntroductionView, reply: EmployerReply) -> None:
    today = clock.today()
    if not view.may(IntroductionAct.EMPLOYER_ANSWER):
        raise DomainError(_("Frågan är inte öppen längre. Tack för att du ville svara."))
    if reply.answer is EmployerAnswer.NO and reply.reason is None:
        raise DomainError(_("Välj varför det inte går."), "reason")
    if reply.answer is EmployerAnswer.NOT_NOW:
        day = reply.not_before
        if day is None or not today < day <= today + FURTHEST:
            raise DomainError(_("Skriv en dag som ligger framåt, inom ett år."), "not_before")


@force_locale(LANGUAGE)
def _said(view: IntroductionView, reply: EmployerReply) -> tuple[str, str]:
    """The answer for staff, and for the person."""
    employer = view.employer_name
    words = _(" De skrev: ”%(words)s”", words=reply.words) if reply.words else ""
    if reply.answer is EmployerAnswer.YES:
        return _("%(employer)s sa ja.", employer=employer) + words, pgettext(
            "easy", "%(employer)s sa ja!", employer=employer
        )
    if reply.answer is EmployerAnswer.NOT_NOW and reply.not_before is not None:
        line = _("%(employer)s vill vänta till %(day)s.", employer=employer, day=reply.not_before.isoformat())
        return line + words, pgettext("easy", "%(employer)s vill vänta lite.", employer=employer)
    reason = str(reply.reason.label).lower() if reply.reason else ""
    line = _("%(employer)s sa nej: %(reason)s.", employer=employer, reason=reason)
    return line + words, pgettext("easy", "%(employer)s sa nej den här gången.", employer=employer)


def book_visit(view: IntroductionView, day: date, minute: int | None) -> None:
    """Keep when the person visits the placement. Raises DomainError by field."""
    today = clock.today()
    _require(view, IntroductionAct.BOOK_VISIT)
    if not today <= day <= today + FURTHEST:
        raise DomainError(_("Skriv en dag som ligger framåt, inom ett år."), "visit_on")
    if minute is not None and not EARLIEST_VISIT <= minute <= LATEST_VISIT:
        raise DomainError(_("Skriv en tid mellan 06.00 och 22.00."), "visit_at")
    introduction = view.introduction
    introduction.visit_on, introduction.visit_at = day, minute
    when = _when(day, minute)
    line = _l("Besök bokat hos %(employer)s %(when)s.", employer=view.employer_name, when=when)
    own_line = lazy_pgettext(
        "easy", "Du ska besöka %(employer)s %(when)s.", employer=view.employer_name, when=when
    )
    _tell(introduction, ContactType.PLACEMENT_VISIT, line, own_line)
    _trace(ADVANCE, introduction, "visit")


@force_locale(LANGUAGE)
def _when(day: date, minute: int | None) -> str:
    return " ".join(filter(None, (near_day(day), minute_of_day(minute))))


def agree(view: IntroductionView) -> None:
    """The person and the employer want the same: an agreement can be written. Raises DomainError."""
    _require(view, IntroductionAct.AGREE)
    introduction = view.introduction
    introduction.agreed_on = clock.today()
    line = _l("Överens med %(employer)s: det blir en provplats.", employer=view.employer_name)
    own_line = lazy_pgettext("easy", "Du ska få prova hos %(employer)s!", employer=view.employer_name)
    _tell(introduction, ContactType.EMPLOYER_ANSWERED, line, own_line)
    _trace(ADVANCE, introduction, "agreed")


def settle(introduction: Introduction) -> None:
    """A trial begins: what was asked is agreed, however the employer said yes, and nobody is reminded of it."""
    if introduction.agreed_on is not None:
        return
    today = clock.today()
    if introduction.sent_on is not None and introduction.employer_answer != EmployerAnswer.YES:
        introduction.employer_answer, introduction.employer_answered_on = EmployerAnswer.YES.value, today
        introduction.employer_not_before = introduction.employer_reason = introduction.employer_words = None
    introduction.agreed_on = today
    _see_no_more_to(introduction)
    _trace(ADVANCE, introduction, "agreed")


def close(view: IntroductionView, reason: CloseReason, whose: Whose) -> None:
    """End the question, with why and whose doing it was. Raises DomainError."""
    _require(view, IntroductionAct.CLOSE)
    introduction = view.introduction
    if not queries.is_known_by_trial(introduction, clock.today()):
        thank_employer(introduction)
    _close(introduction, reason, whose)
    line = _l(
        "Frågan om %(title)s är avslutad: %(reason)s.", title=view.placement_title, reason=_lower(reason)
    )
    _tell(introduction, ContactType.INTRODUCTION_CLOSED, line, _own_ending(reason))
    _trace(ADVANCE, introduction, "closed")


def close_by_hand(view: IntroductionView, reason: CloseReason, whose: Whose) -> None:
    """End the question as somebody decides. Raises DomainError, also where it led to a trial: that is what is ended."""
    if queries.find_trial_id(view.introduction):
        raise DomainError(
            _("Frågan ledde till en provplats. Avsluta provplatsen, så avslutas frågan av sig själv.")
        )
    close(view, reason, whose)


def close_others(participant_id: int, reason: CloseReason | str, *, but: int | None = None) -> int:
    """End every other open question of the person that no signed trial goes on from; returns how many those were.

    Whoever has been asked gets a mail that it is over, and reads the same on the link's page. `but`: what stays.
    """
    found = queries.questions_to_end(participant_id, clock.today())
    views = [one for one in found if one.introduction.id != but]
    for view in views:
        close(view, CloseReason(reason), Whose.NOBODY)
    return len(views)


def _require(view: IntroductionView, act: IntroductionAct) -> None:
    if not view.may(act):
        raise DomainError(_("Det går inte nu. Ladda om sidan och se hur frågan står."))


def _close(introduction: Introduction, reason: CloseReason, whose: Whose) -> None:
    introduction.closed_on, introduction.closed_reason = clock.today(), reason.value
    introduction.closed_by = whose.value
    _see_no_more_to(introduction)


def _see_no_more_to(introduction: Introduction) -> None:
    """What the question itself brought for staff to do next is done."""
    close_next_step(introduction.participant_id, asked_about=introduction.placement_id)


@force_locale(LANGUAGE)
def _lower(reason: CloseReason) -> str:
    label = str(reason.label)
    return label[:1].lower() + label[1:]


@force_locale(LANGUAGE)
def _own_ending(reason: CloseReason) -> str:
    return str(EASY_CLOSED.get(reason, ENDED))


def _tell(
    introduction: Introduction, kind: ContactType, line: str, own_line: str, actor: Actor = Actor.STAFF
) -> None:
    facts = StepFacts(
        contact_type=kind,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=line,
        own_line=own_line,
        placement_id=introduction.placement_id,
    )
    record_fact(introduction.account_id, introduction.participant_id, facts, actor)


def thank_employer(introduction: Introduction) -> None:
    """Tell whoever was asked at the employer that the question is over, whatever ended it: the mail does not say."""
    if introduction.sent_on is not None and introduction.contact_id is not None:
        contact = db.session.get_one(Contact, introduction.contact_id)
        write_to(contact, Letter.INTRODUCTION_CLOSED, url="", until=clock.today())


def _trace(permission: Permission, introduction: Introduction, detail: str) -> None:
    audit.record_write(
        permission,
        participant_id=introduction.participant_id,
        object_kind="introduction",
        object_id=introduction.id,
        detail=detail,
    )


def chase_employers() -> None:
    """Remind employers who have not answered, once; close what they have not answered in time; end what is over."""
    today = clock.today()
    _remind_and_close(queries.unanswered(), today)
    for view in queries.agreed_and_over(today):
        if once(f"introduction-over:{view.introduction.id}"):
            _close(view.introduction, CloseReason.TRIAL_OVER, Whose.NOBODY)
            _trace(ADVANCE, view.introduction, f"closed {CloseReason.TRIAL_OVER}")


def _remind_and_close(views: Sequence[IntroductionView], today: date) -> None:
    for view in views:
        introduction, patience = view.introduction, queries.patience()
        sent_on = introduction.sent_on
        if sent_on is None or today < remind_on(sent_on, patience):
            continue
        if today >= close_on(sent_on, patience):
            if once(f"introduction-close:{introduction.id}:{sent_on}") and _is_still_unanswered(introduction):
                _run_out(view)
        elif once(f"introduction-remind:{introduction.id}:{sent_on}"):
            _remind(view)


def _is_still_unanswered(introduction: Introduction) -> bool:
    """Whether nobody has answered in the moment before; the row is held from here on."""
    held = select(Introduction).where(Introduction.id == introduction.id).with_for_update()
    row = db.session.scalars(held.execution_options(populate_existing=True)).one()
    return row.employer_answer is None and row.closed_on is None


def _remind(view: IntroductionView) -> None:
    introduction = view.introduction
    contact = db.session.get(Contact, introduction.contact_id) if introduction.contact_id else None
    if contact is None or not _is_open(introduction):
        return
    if _write(view, contact, Letter.INTRODUCTION_REMINDER, introduction.account_id):
        line = _l("Påminde %(employer)s, som inte har svarat.", employer=view.employer_name)
        own_line = lazy_pgettext(
            "easy", "Vi har frågat %(employer)s en gång till.", employer=view.employer_name
        )
        _tell(introduction, ContactType.EMPLOYER_ASKED, line, own_line, Actor.SYSTEM)
        _trace(ADVANCE, introduction, "reminded")


def _run_out(view: IntroductionView) -> None:
    """Nobody answered in time: the question is closed, and everybody concerned gets to know.

    An employer who can no longer open the card was not silent: it is nobody's doing.
    """
    introduction, could_answer = view.introduction, _is_open(view.introduction)
    reason = CloseReason.EMPLOYER_SILENT if could_answer else CloseReason.OTHER
    _close(introduction, reason, Whose.EMPLOYER if could_answer else Whose.NOBODY)
    thank_employer(introduction)
    line, own_line = _ran_out(view) if could_answer else _could_not_answer(view)
    _tell(introduction, ContactType.INTRODUCTION_CLOSED, line, own_line, Actor.SYSTEM)
    _trace(ADVANCE, introduction, f"closed {reason}")


@force_locale(LANGUAGE)
def _ran_out(view: IntroductionView) -> tuple[str, str]:
    """That the employer was silent, for staff and for the person."""
    return (
        _("%(employer)s svarade inte i tid. Frågan är avslutad.", employer=view.employer_name),
        pgettext("easy", "%(employer)s har varit tyst. Vi söker vidare.", employer=view.employer_name),
    )


@force_locale(LANGUAGE)
def _could_not_answer(view: IntroductionView) -> tuple[str, str]:
    """That the employer saw the card no longer, for staff and for the person."""
    line = _("%(employer)s ser inte kortet längre. Frågan är avslutad.", employer=view.employer_name)
    return line, _own_ending(CloseReason.OTHER)


register_chore(chase_employers)
