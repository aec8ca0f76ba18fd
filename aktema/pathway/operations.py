"""Opening an introduction and writing down what the person says about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.pathway.codes import Answer, Channel
from aktema.pathway.models import Introduction, IntroductionGap
from aktema.pathway.permissions import RECORD_ANSWER
from aktema.pathway.queries import find_open
from aktema.pathway.states import may_answer
from aktema.people.models import Participant
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import NextStepFacts, StepFacts, log_step

DAYS_TO_ANSWER = 7


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
    )
    introduction.gaps = [
        IntroductionGap(dimension_id=g.dimension_id, size=g.size, adaptation_id=g.adaptation_id) for g in gaps
    ]
    db.session.add(introduction)
    db.session.flush()  # the audit row needs its id
    ask_by = clock.today() + timedelta(days=DAYS_TO_ANSWER)
    line = _("Frågan är ställd: vill du prova ”%(title)s”?", title=placement_title)
    next_step = NextStepFacts(
        line=_("Hör vad %(name)s svarar om ”%(title)s”", name=participant.first_name, title=placement_title),
        due_on=ask_by,
    )
    log_step(
        identity, participant, _fact(ContactType.PLACEMENT_ASKED, line, placement_id), next_step=next_step
    )
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
    if not may_answer(introduction.answer, introduction.closed_on, facts.answer):
        raise DomainError(
            _("Det svaret går inte att ge nu. Frågan är redan avslutad eller har samma svar."), "answer"
        )
    today = clock.today()
    if facts.answer is Answer.LATER and (facts.ask_again_on is None or facts.ask_again_on <= today):
        raise DomainError(_("Skriv vilken dag ni ska fråga igen. Den ska ligga framåt."), "ask_again_on")
    introduction.answer, introduction.answered_on = facts.answer.value, today
    introduction.answer_channel, introduction.words = facts.channel.value, facts.words
    introduction.ask_again_on = facts.ask_again_on if facts.answer is Answer.LATER else None
    if facts.answer is Answer.NO:
        introduction.closed_on, introduction.closed_reason = today, "person_said_no"
    _log_answer(identity, participant, introduction, facts, placement_title)
    audit.record_write(
        RECORD_ANSWER,
        participant_id=participant.id,
        object_kind="introduction",
        object_id=introduction.id,
        detail=facts.answer,
    )
    return introduction


def _log_answer(
    identity: Identity, participant: Participant, introduction: Introduction, facts: AnswerFacts, title: str
) -> None:
    line = _("Svar om %(title)s: %(answer)s", title=title, answer=facts.answer.label)
    step = _fact(ContactType.PLACEMENT_ANSWERED, line, introduction.placement_id, own_line=facts.words)
    log_step(identity, participant, step, next_step=_after(facts, title), is_next_done=True)


def _after(facts: AnswerFacts, title: str) -> NextStepFacts | None:
    """What follows an answer by itself: a yes is to be taken to the employer, a later is to be asked again."""
    if facts.answer is Answer.YES:
        due_on = clock.today() + timedelta(days=DAYS_TO_ANSWER)
        return NextStepFacts(line=_("Kontakta arbetsgivaren om %(title)s", title=title), due_on=due_on)
    if facts.answer is Answer.LATER and facts.ask_again_on is not None:
        return NextStepFacts(line=_("Fråga igen om %(title)s", title=title), due_on=facts.ask_again_on)
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
