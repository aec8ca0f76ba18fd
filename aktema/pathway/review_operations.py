"""What is said of a trial when it is over: each voice for itself; asking for it, and what it shows of the person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import force_locale, lazy_pgettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import make_link, renews
from aktema.access.link_queries import url_of
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.jobs import register_chore
from aktema.core.swedish import LANGUAGE
from aktema.core.timed import once
from aktema.employers.letters import Letter, is_written_to, write_to
from aktema.employers.models import Contact
from aktema.pathway.permissions import WRITE_REVIEW
from aktema.pathway.review_codes import (
    TAKEN_DOWN,
    AdaptationEffect,
    Completion,
    Question,
    ReviewedHow,
    Voice,
)
from aktema.pathway.review_models import AdaptationResult, Review, ReviewAnswer
from aktema.pathway.review_queries import (
    ended_on,
    find_review,
    letters_due,
    may_be_reviewed,
    may_employer_review,
    people_silent,
)
from aktema.pathway.rules.reviews import Shown, letter_due
from aktema.pathway.signature_queries import OPEN_AFTER_END, find_supervisor
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_operations import tell
from aktema.pathway.trial_queries import trial_by_id
from aktema.people.codes import Confidence, Source
from aktema.people.models import Participant
from aktema.people.profile_operations import NewRating, cast_interest_votes, rate_capacities
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import StepFacts, record_fact

LINK_ENDPOINT = "pathway.review_by_link"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewFacts:
    """What a voice says: how far it came and why, answers 0 to 4, own words. A question left out was not answered.

    `effects` says what became of agreed adaptations, by their row in the agreement; only the coach's review has any.
    """

    completion: Completion | None = None
    reason: EndReason | None = None
    answers: Mapping[Question, int] = field(default_factory=dict)
    words: str = ""
    effects: Mapping[int, AdaptationEffect] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self.completion is None and not self.answers and not self.words


@dataclass(frozen=True, kw_only=True, slots=True)
class Giver:
    """Whose voice it is, how it came, and who is signed in; nobody where a link was enough."""

    voice: Voice
    how: ReviewedHow
    permission: Permission
    actor: Actor
    account_id: int | None = None
    contact_id: int | None = None


def give_review(trial: Trial, giver: Giver, facts: ReviewFacts) -> Review:
    """Keep what the voice says; said again it takes the place of what was said before. Raises DomainError by field."""
    review = find_review(trial, giver.voice)
    _check(trial, giver, facts, review)
    is_new = review is None
    if review is None:
        review = Review(trial_id=trial.id, voice=giver.voice.value)
        db.session.add(review)
    _write(review, giver, facts)
    db.session.flush()  # the adaptations' results and the audit row need its id
    if giver.voice is Voice.COACH:
        _keep_effects(review, facts.effects)
    record_fact(
        giver.account_id or trial.account_id, trial.participant_id, _step(trial, giver, is_new), giver.actor
    )
    audit.record_write(
        giver.permission,
        participant_id=trial.participant_id,
        object_kind="review",
        object_id=review.id,
        detail=f"{giver.voice}:{giver.how}" if giver.how is not ReviewedHow.LINK else "link:review",
    )
    return review


def _check(trial: Trial, giver: Giver, facts: ReviewFacts, before: Review | None) -> None:
    if not may_be_reviewed(trial, clock.today()):
        raise DomainError(
            _("Provplatsen går inte att utvärdera nu. Den har inte börjat, eller blev inte av.")
        )
    if facts.is_empty:
        raise DomainError(_("Svara på minst en fråga."))
    is_early = facts.completion not in (None, Completion.COMPLETED)
    if giver.voice is Voice.COACH and is_early and facts.reason is None:
        raise DomainError(_("Välj varför det blev så."), "reason")
    if giver.how in TAKEN_DOWN and before is not None and ReviewedHow(before.how) not in TAKEN_DOWN:
        raise DomainError(_("De har redan svarat själva. Det svaret ska stå kvar som det är."))


def _write(review: Review, giver: Giver, facts: ReviewFacts) -> None:
    review.how, review.reviewed_on = giver.how.value, clock.today()
    if review.id is not None:
        flag_modified(review, "reviewed_on")  # other answers on the same day are another version too
    review.completion = facts.completion.value if facts.completion else None
    review.reason = facts.reason.value if facts.reason else None
    review.words = facts.words
    review.account_id, review.contact_id = giver.account_id, giver.contact_id
    before = {row.question: row for row in review.answers}
    has_begun = facts.completion is not Completion.NEVER_STARTED
    answers = facts.answers if has_begun else {}  # how something was that never was
    review.answers = [_answer(before.get(key.value), key, value) for key, value in answers.items()]


def _answer(row: ReviewAnswer | None, question: Question, answer: int) -> ReviewAnswer:
    """The row of the question there is already, with the new answer: its key is the same."""
    if row is None:
        return ReviewAnswer(question=question.value, answer=answer)
    row.answer = answer
    return row


def _keep_effects(review: Review, effects: Mapping[int, AdaptationEffect]) -> None:
    db.session.execute(delete(AdaptationResult).where(AdaptationResult.review_id == review.id))
    db.session.add_all(
        AdaptationResult(review_id=review.id, agreement_adaptation_id=key, result=effect.value)
        for key, effect in effects.items()
    )


@force_locale(LANGUAGE)
def _step(trial: Trial, giver: Giver, is_new: bool) -> StepFacts:
    title = trial.placement.title
    lines = {
        Voice.PERSON: _("Personen har sagt hur det var på ”%(title)s”", title=title),
        Voice.EMPLOYER: _("Arbetsgivaren har utvärderat ”%(title)s”", title=title),
        Voice.COACH: _("Jobbcoachen har utvärderat ”%(title)s”", title=title),
    }
    own = {
        Voice.PERSON: pgettext("easy", "Du har sagt hur jobbet var."),
        Voice.EMPLOYER: pgettext("easy", "Platsen har sagt hur det gick."),
        Voice.COACH: pgettext("easy", "Din coach har skrivit hur det gick."),
    }
    line = lines[giver.voice] if is_new else _("%(line)s, på nytt", line=lines[giver.voice])
    return StepFacts(
        contact_type=ContactType.REVIEW,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=line if giver.how not in TAKEN_DOWN else f"{line} ({giver.how.label})",
        own_line=own[giver.voice],
        placement_id=trial.placement_id,
    )


def send_review_link(trial: Trial, account_id: int) -> Contact:
    """Ask the employer by a link how it went. Raises DomainError where nobody can be written to, or it is too late."""
    contact = find_supervisor(trial)
    if contact is None or not contact.email:
        raise DomainError(_("Handledaren har ingen e-postadress. Ring och skriv ner svaren i stället."))
    if not may_employer_review(trial, clock.today()):
        raise DomainError(
            _("Arbetsgivaren kan inte svara med länk längre. Ring och skriv ner svaren i stället.")
        )
    if not _ask(trial, contact, Letter.REVIEW, account_id, Actor.STAFF):
        raise DomainError(_("Handledaren vill inte ha sådana mejl. Ring och skriv ner svaren i stället."))
    return contact


def _ask(trial: Trial, contact: Contact, letter: Letter, account_id: int, actor: Actor) -> bool:
    """Whether a mail is on its way, which is then a line and a trace too: the contact may not want any."""
    if not is_written_to(contact, letter):
        return False
    made = make_link(Purpose.REVIEW, trial.id, account_id=account_id, contact_id=contact.id)
    ended = ended_on(trial) or clock.today()
    until = min(clock.local(made.link.expires_at).date(), ended + OPEN_AFTER_END)
    write_to(contact, letter, url=url_of(LINK_ENDPOINT, made.token), until=until)
    line = _l("Frågade %(name)s hur det gick på ”%(title)s”", name=contact.name, title=trial.placement.title)
    tell(trial, ContactType.REVIEW, line, lazy_pgettext("easy", "Vi har frågat jobbet hur det gick."), actor)
    _trace_asking(trial, letter.value)
    return True


def _trace_asking(trial: Trial, detail: str) -> None:
    audit.record_write(
        WRITE_REVIEW,
        participant_id=trial.participant_id,
        object_kind="trial",
        object_id=trial.id,
        detail=detail,
    )


def ask_for_reviews() -> None:
    """Write to employers whose trial has ended and who have said nothing: on the last day, 3 and 10 days after it.

    Each letter goes once for a last day, however many processes look and whatever the clock does.
    """
    today = clock.today()
    for trial in letters_due(today):
        ended, contact = ended_on(trial), find_supervisor(trial)
        stage = None if ended is None else letter_due(ended, today)
        letter = Letter.REVIEW_REMINDER if stage else Letter.REVIEW
        is_asked = stage is not None and contact is not None and may_employer_review(trial, today)
        if contact is None or not is_asked or not is_written_to(contact, letter):
            continue
        if once(f"review:{trial.public_id}:{stage}", since=ended):
            _ask(trial, contact, letter, trial.account_id, Actor.SYSTEM)


register_chore(ask_for_reviews)


def remind_people() -> None:
    """Remind those who have not said how it was, 3 and 10 days after the last day: on their own page, once each."""
    today = clock.today()
    for trial in people_silent(today):
        ended = ended_on(trial)
        stage = None if ended is None else letter_due(ended, today)
        if stage is not None and once(f"review-own:{trial.public_id}:{stage}"):
            _remind(trial, stage)


def _remind(trial: Trial, stage: int) -> None:
    line = _l("Påminde på Min sida om att säga hur ”%(title)s” var", title=trial.placement.title)
    own_line = lazy_pgettext("easy", "Berätta gärna hur jobbet var.")
    tell(trial, ContactType.REVIEW, line, own_line, Actor.SYSTEM)
    _trace_asking(trial, f"reminded:{stage}")


register_chore(remind_people)


@renews(Purpose.REVIEW)
def send_lost_link(lost: Link) -> None:
    """A new link to whoever lost theirs, while the employer still gets to say how it went."""
    trial = trial_by_id(lost.subject_id)
    contact = find_supervisor(trial)
    if contact is not None and contact.id == lost.contact_id and may_employer_review(trial, clock.today()):
        _ask(trial, contact, Letter.REVIEW, lost.account_id, Actor.EMPLOYER)


def keep_what_was_seen(
    identity: Identity,
    participant: Participant,
    trial: Trial,
    *,
    shown: Sequence[Shown],
    votes: Mapping[int, int],
) -> int:
    """What the trial showed, as the coach has confirmed it: levels as seen at work, votes beside the person's own.

    Returns how many were kept. Raises DomainError where nothing was chosen.
    """
    if not shown and not votes:
        raise DomainError(_("Välj det som stämmer, eller gå tillbaka."))
    seen_on = min(ended_on(trial) or clock.today(), clock.today())
    ratings = [
        NewRating(
            dimension_id=one.dimension_id,
            level=one.level,
            source=Source.OBSERVED,
            said_on=seen_on,
            with_aids=one.with_aids,
            confidence=int(Confidence.HIGH.value),
        )
        for one in shown
    ]
    kept = rate_capacities(identity, participant, ratings) if ratings else 0
    kept += cast_interest_votes(identity, participant, Source.OBSERVED, votes)
    line = _l("Det som syntes på ”%(title)s” står nu i profilen.", title=trial.placement.title)
    tell(
        trial, ContactType.REVIEW, line, lazy_pgettext("easy", "Vi har skrivit upp vad du kan och tycker om.")
    )
    return kept
