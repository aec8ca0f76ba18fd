"""Opening an introduction and writing down what the person says about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import force_locale, lazy_pgettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.swedish import LANGUAGE
from aktema.pathway.codes import ON_OWN_PAGE, Answer, Channel
from aktema.pathway.consent_operations import end_sharing
from aktema.pathway.introduction_codes import CloseReason
from aktema.pathway.introduction_operations import thank_employer
from aktema.pathway.models import Introduction, IntroductionGap
from aktema.pathway.permissions import RECORD_ANSWER
from aktema.pathway.queries import facts_of, find_open
from aktema.pathway.rules.introduction import DAYS_TO_ANSWER, answer_by
from aktema.pathway.states import IntroductionAct, may, state_of
from aktema.pathway.trial_states import Whose
from aktema.people.models import Participant
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import NextStepFacts, StepFacts, log_step
from aktema.steps.rules import may_come_next

ACTS = {
    Answer.YES: IntroductionAct.ANSWER_YES,
    Answer.LATER: IntroductionAct.ANSWER_LATER,
    Answer.NO: IntroductionAct.ANSWER_NO,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class GapToClose:
    """A gap of the suggestion and the adaptation that is to close it, where one was named."""

    dimension_id: int
    size: int
    adaptation_id: int | None


def open_introduction(
    identity: Identity,
    participant: Participant,
    *,
    placement_id: int,
    placement_title: str,
    gaps: Sequence[GapToClose] = (),
) -> Introduction:
    """Take a suggestion further: the person is to be asked. Raises DomainError where the question is already open."""
    if find_open(participant.id, placement_id) is not None:
        raise DomainError(_("Frågan om den platsen är redan ställd. Öppna den under Frågade platser."))
    introduction = Introduction(
        participant_id=participant.id,
        placement_id=placement_id,
        account_id=identity.account_id,
        asked_on=clock.today(),
        answer_by=answer_by(clock.today()),
    )
    introduction.gaps = [
        IntroductionGap(dimension_id=g.dimension_id, size=g.size, adaptation_id=g.adaptation_id) for g in gaps
    ]
    db.session.add(introduction)
    db.session.flush()  # the audit row needs its id
    ask_by = answer_by(clock.today())
    line = _l("Frågan är ställd: vill du prova ”%(title)s”?", title=placement_title)
    next_step = NextStepFacts(
        line=_l("Hör vad %(name)s svarar om ”%(title)s”", name=participant.first_name, title=placement_title),
        due_on=ask_by,
    )
    own_line = lazy_pgettext("easy", "Vill du prova %(title)s? Vi har frågat dig.", title=placement_title)
    asked = _fact(ContactType.PLACEMENT_ASKED, line, placement_id, own_line)
    log_step(identity, participant, asked, next_step=next_step)
    audit.record_write(
        RECORD_ANSWER,
        participant_id=participant.id,
        object_kind="introduction",
        object_id=introduction.id,
        detail="open",
    )
    return introduction


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerFacts:
    """What the person said: the answer, how it was given, own words, and when to ask again after "later"."""

    answer: Answer
    channel: Channel
    words: str = ""
    ask_again_on: date | None = None


def record_answer(
    identity: Identity,
    participant: Participant,
    introduction: Introduction,
    facts: AnswerFacts,
    *,
    placement_title: str,
) -> Introduction:
    """Write down the person's answer. Raises DomainError where the state or the date does not allow it."""
    if not may(ACTS[facts.answer], state_of(facts_of(introduction, is_consented=False))):
        raise DomainError(
            _("Det svaret går inte att ge nu. Frågan är redan avslutad eller har samma svar."), "answer"
        )
    today = clock.today()
    if facts.answer is Answer.LATER and not _may_ask_again(facts.ask_again_on, today):
        raise DomainError(
            _("Skriv vilken dag ni ska fråga igen: från i morgon till om högst ett år."), "ask_again_on"
        )
    introduction.answer, introduction.answered_on = facts.answer.value, today
    introduction.answer_channel, introduction.words = facts.channel.value, facts.words
    introduction.ask_again_on = facts.ask_again_on if facts.answer is Answer.LATER else None
    if facts.answer is Answer.NO:
        introduction.closed_on, introduction.closed_by = today, Whose.PERSON.value
        introduction.closed_reason = CloseReason.PERSON_SAID_NO.value
        end_sharing(RECORD_ANSWER, introduction)
        thank_employer(introduction)
    _log_answer(identity, participant, introduction, facts, placement_title)
    audit.record_write(
        RECORD_ANSWER,
        participant_id=participant.id,
        object_kind="introduction",
        object_id=introduction.id,
        detail=facts.answer,
    )
    return introduction


def _may_ask_again(day: date | None, today: date) -> bool:
    return day is not None and day != today and may_come_next(day, today)


def _log_answer(
    identity: Identity, participant: Participant, introduction: Introduction, facts: AnswerFacts, title: str
) -> None:
    lines = _lines(facts, title)
    step = _fact(ContactType.PLACEMENT_ANSWERED, lines[0], introduction.placement_id, lines[1])
    actor = Actor.PERSON if facts.channel in ON_OWN_PAGE else Actor.STAFF
    log_step(identity, participant, step, next_step=_after(facts, title), is_next_done=True, actor=actor)


@force_locale(LANGUAGE)
def _lines(facts: AnswerFacts, title: str) -> tuple[str, str]:
    """The answer for staff, with the person's own words; and for the person, in easy ones."""
    line = _("Svar om %(title)s: %(answer)s", title=title, answer=facts.answer.label)
    own_line = {
        Answer.YES: pgettext("easy", "Du sa ja till %(title)s.", title=title),
        Answer.LATER: pgettext("easy", "Du vill vänta med %(title)s.", title=title),
        Answer.NO: pgettext("easy", "Du sa nej till %(title)s.", title=title),
    }[facts.answer]
    return f"{line}. ”{facts.words}”" if facts.words else line, own_line


def _after(facts: AnswerFacts, title: str) -> NextStepFacts | None:
    """What follows an answer by itself: a yes is to be taken to the employer, a later is to be asked again."""
    if facts.answer is Answer.YES:
        due_on = clock.today() + timedelta(days=DAYS_TO_ANSWER)
        return NextStepFacts(line=_l("Kontakta arbetsgivaren om %(title)s", title=title), due_on=due_on)
    if facts.answer is Answer.LATER and facts.ask_again_on is not None:
        return NextStepFacts(line=_l("Fråga igen om %(title)s", title=title), due_on=facts.ask_again_on)
    return None


def _fact(kind: ContactType, line: str, placement_id: int, own_line: str = "") -> StepFacts:
    return StepFacts(
        contact_type=kind,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=line,
        own_line=own_line,
        placement_id=placement_id,
    )
