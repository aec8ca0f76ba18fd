"""Readers of introductions on their way to an employer: what the employer may see, and what waits for whom.

An employer sees the card that the person agreed to, while the consent holds, and nothing else of the person.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app, request
from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from aktema.access import audit
from aktema.access.consent_models import Consent
from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.ids import is_public_id
from aktema.core.settings import Settings
from aktema.employers.models import Contact, Employer, Placement
from aktema.pathway.introduction_codes import CloseReason
from aktema.pathway.models import Introduction
from aktema.pathway.permissions import READ_PROPOSAL
from aktema.pathway.queries import IntroductionView, viewed, views_of
from aktema.pathway.rules.card import Card
from aktema.pathway.rules.introduction import AccessFacts, Patience, close_on, may_employer_see
from aktema.pathway.states import OVER, IntroductionState
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_queries import facts_of, listed, live_clause, signed_to, status
from aktema.pathway.trial_states import DRAFT_LASTS, TrialStatus
from aktema.people.models import Participant
from aktema.people.queries import visible
from aktema.steps.codes import MEETINGS, ContactType
from aktema.steps.models import Step
from aktema.steps.queries import by_hand

SILENCE_COUNTS = timedelta(days=180)
"""So long an employer who never answered comes last among equals."""
TELL_WITHIN = timedelta(days=14)
MOST_CHASED = 500
CARD_ENDS_SOON = timedelta(days=14)
"""So long before a card ends while the trial goes on, somebody is to ask the person again."""
HAS_ENDED_WITHOUT_THEM = (CloseReason.EMPLOYER_SAID_NO.value, CloseReason.EMPLOYER_SILENT.value)
"""What ends by somebody else's doing: the person is to hear it from somebody they know."""
ENDED_BY = (ContactType.EMPLOYER_ANSWERED, ContactType.INTRODUCTION_CLOSED)
"""The steps that tell of such an end."""


def patience() -> Patience:
    """How long employers are waited for in this municipality."""
    settings: Settings = current_app.extensions["settings"]
    return Patience(
        remind_after=settings.introduction_reminder_working_days,
        close_after=settings.introduction_close_working_days,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What an employer reads of a question to them. `answer_by` is the last day on which they can answer."""

    view: IntroductionView
    card: Card
    answer_by: date

    @property
    def public_id(self) -> str:
        return self.view.introduction.public_id

    @property
    def state(self) -> IntroductionState:
        return self.view.state

    @property
    def is_answered(self) -> bool:
        return self.view.introduction.employer_answer is not None


def proposals_to(employer_id: int, today: date) -> Sequence[Proposal]:
    """The questions to the employer that are not settled, those without an answer first, then the oldest."""
    asked = viewed().where(
        Placement.employer_id == employer_id,
        Introduction.sent_on.is_not(None),
        Introduction.closed_on.is_(None),
        Introduction.agreed_on.is_(None),
    )
    found = _shown(views_of(asked.order_by(Introduction.sent_on, Introduction.id).limit(100)), today)
    audit.record_reads(READ_PROPOSAL, [one.view.introduction.participant_id for one in found])
    return sorted(found, key=lambda one: one.is_answered)


def get_proposal(employer_id: int, public_id: str, today: date) -> Proposal:
    """One question to the employer, the reading recorded. Raises MissingError where it is not theirs to see."""
    if not is_public_id(public_id):  # PostgreSQL refuses some letters, NUL for one
        raise MissingError
    named = (Introduction.public_id == public_id) & (Placement.employer_id == employer_id)
    return _read(named, today)


def get_linked(introduction_id: int, today: date, *, detail: str) -> Proposal:
    """The question a link is about; `detail` goes to the trace, as nobody is signed in. Raises MissingError."""
    return _read(Introduction.id == introduction_id, today, detail=detail)


def _read(where: ColumnElement[bool], today: date, *, detail: str = "") -> Proposal:
    for proposal in _shown(views_of(viewed().where(where)), today):
        number = proposal.view.introduction.participant_id
        audit.record(audit.READ, READ_PROPOSAL.code, participant_id=number, detail=detail)
        return proposal
    raise MissingError


def _shown(views: Sequence[IntroductionView], today: date) -> list[Proposal]:
    """The introductions that the employer may see on the day."""
    cards = _open_cards(views, today)
    return [
        Proposal(
            view=view,
            card=cards[view.introduction.id],
            answer_by=answer_by(view, today),
        )
        for view in views
        if view.introduction.id in cards and view.introduction.sent_on is not None
    ]


def answer_by(view: IntroductionView, today: date) -> date:
    """The last day on which the employer can answer: the question stands open, and the card to see."""
    last = close_on(view.introduction.sent_on or today, patience()) - timedelta(days=1)
    return min(last, view.consent.to_date) if view.consent else last


def cards_for_employer(introduction_ids: Collection[int], today: date) -> Mapping[int, Card]:
    """The cards an employer may see on the day, by introduction: also while the person is there, and a while after."""
    return _open_cards(views_by_id(*introduction_ids), today)


def _open_cards(views: Sequence[IntroductionView], today: date) -> dict[int, Card]:
    secret = _kept_secret([view.introduction.participant_id for view in views])
    ends = trial_ends([view.introduction.id for view in views], today)
    found: dict[int, Card] = {}
    for view in views:
        facts = AccessFacts(
            is_sent=view.introduction.sent_on is not None or view.introduction.agreed_on is not None,
            is_consented=view.is_consented,
            is_kept_secret=view.introduction.participant_id in secret,
            is_closed=view.employer.closed_on is not None,
            is_over=view.state in OVER,
            trial_ends_on=ends.get(view.introduction.id),
        )
        if (card := view.card) is not None and may_employer_see(facts, today):
            found[view.introduction.id] = card
    return found


def _kept_secret(participant_ids: Collection[int]) -> frozenset[int]:
    """Those of whom nothing leaves: a protected identity, or a record that is closed."""
    secret = or_(Participant.has_protected_identity, Participant.closed_on.is_not(None))
    return frozenset(
        db.session.scalars(select(Participant.id).where(Participant.id.in_(participant_ids), secret))
    )


def trial_ends(introduction_ids: Collection[int], today: date) -> dict[int, date]:
    """The last day of the trial each introduction led to, where it led to one that has or will have an end."""
    trials = db.session.scalars(listed().where(Trial.introduction_id.in_(introduction_ids)))
    ends = {trial.introduction_id: end_of(trial, today) for trial in trials}
    return {number: end for number, end in ends.items() if number is not None and end is not None}


def end_of(trial: Trial, today: date) -> date | None:
    """The last day of the trial, or that on which nobody waited for it any longer; None where none is written."""
    facts = facts_of(trial)
    if status(trial, today) is TrialStatus.EXPIRED:
        return facts.begun_on + DRAFT_LASTS
    ends = (facts.cancelled_on, facts.interrupted_on, facts.to_date)
    return min((day for day in ends if day is not None), default=None)


def find_trial_id(introduction: Introduction) -> str | None:
    """The public id of the trial it led to, or None."""
    return db.session.scalar(select(Trial.public_id).where(Trial.introduction_id == introduction.id))


def hold(introduction: Introduction) -> None:
    """Nobody else who holds the introduction writes until this request is done."""
    if request.method == "POST":
        held = select(Introduction).where(Introduction.id == introduction.id)
        db.session.execute(held.with_for_update().execution_options(populate_existing=True))


def hold_employer(employer_id: int) -> Employer:
    """The employer; nobody else counts what it has been asked until this request is done."""
    held = select(Employer).where(Employer.id == employer_id).with_for_update()
    return db.session.scalars(held.execution_options(populate_existing=True)).one()


def views_by_id(*introduction_ids: int) -> Sequence[IntroductionView]:
    """The introductions with these row ids: whoever asks has been let in to them before."""
    return views_of(viewed().where(Introduction.id.in_(introduction_ids)))


def is_known_by_trial(introduction: Introduction, today: date) -> bool:
    """Whether the employer hears how it goes from the trial it led to: one that is not over, or they were to sign."""
    asked = exists().where(Agreement.trial_id == Trial.id, Agreement.asked_at.is_not(None))
    led_to = select(Trial.id).where(Trial.introduction_id == introduction.id, live_clause(today) | asked)
    return db.session.scalar(led_to) is not None


def questions_to_end(participant_id: int, today: date) -> Sequence[IntroductionView]:
    """The person's open introductions, but for those whose trial is signed by all and not over: it needs its card."""
    theirs = (Introduction.participant_id == participant_id) & Introduction.closed_on.is_(None)
    signed = signed_to().is_not(None)
    goes_on = exists().where(Trial.introduction_id == Introduction.id, live_clause(today), signed)
    return views_of(viewed().where(theirs, ~goes_on).order_by(Introduction.id))


def is_named_by_another(view: IntroductionView, day: date) -> bool:
    """Whether the employer wants to wait to the same day with another question that is open."""
    others = viewed().where(
        Placement.employer_id == view.employer.id,
        Introduction.id != view.introduction.id,
        Introduction.closed_on.is_(None),
        Introduction.employer_not_before == day,
    )
    return db.session.scalar(others.with_only_columns(Introduction.id).limit(1)) is not None


def contacts_to_ask(employer: Employer) -> Sequence[Contact]:
    """Those at the employer who can be written to, who are not shut out of it."""
    there = (Contact.employer_id == employer.id) & Contact.left_on.is_(None) & (Contact.email != "")
    shut_out = exists().where(Account.id == Contact.account_id, Account.disabled_at.is_not(None))
    return db.session.scalars(select(Contact).where(there, ~shut_out).order_by(Contact.id)).all()


def count_asked(employer_id: int, today: date) -> int:
    """How many questions the employer has got this month."""
    first = today.replace(day=1)
    asked = (
        select(func.count(Introduction.id))
        .join(Placement, Placement.id == Introduction.placement_id)
        .where(Placement.employer_id == employer_id, Introduction.sent_on >= first)
    )
    return db.session.scalar(asked) or 0


def unanswered() -> Sequence[IntroductionView]:
    """Every question that an employer has and has not answered, the oldest first."""
    waiting = (
        Introduction.sent_on.is_not(None),
        Introduction.employer_answer.is_(None),
        Introduction.answer == "yes",
        Introduction.closed_on.is_(None),
    )
    return views_of(viewed().where(*waiting).order_by(Introduction.sent_on).limit(MOST_CHASED))


def agreed_and_over(today: date) -> Sequence[IntroductionView]:
    """Agreed introductions whose trial is over: they stand open no longer."""
    is_open = Introduction.agreed_on.is_not(None) & Introduction.closed_on.is_(None)
    led_to = Trial.introduction_id == Introduction.id
    is_over = exists().where(led_to, ~live_clause(today)) & ~exists().where(led_to, live_clause(today))
    return views_of(viewed().where(is_open, is_over).order_by(Introduction.id).limit(MOST_CHASED))


def silent_employers(today: date) -> frozenset[int]:
    """The employers who let the last question run out, and have answered none since. One statement."""
    was_silent = Introduction.closed_reason == CloseReason.EMPLOYER_SILENT
    ran_out = func.max(case((was_silent, Introduction.closed_on)))
    answered = func.max(Introduction.employer_answered_on)
    asked = select(Placement.employer_id).join(Introduction, Introduction.placement_id == Placement.id)
    # Most employers answer: only those who have not are looked at whole.
    lately = asked.where(was_silent, Introduction.closed_on >= today - SILENCE_COUNTS)
    silent = (
        asked.where(Introduction.sent_on.is_not(None), Placement.employer_id.in_(lately))
        .group_by(Placement.employer_id)
        .having(or_(answered.is_(None), answered < ran_out))
    )
    return frozenset(db.session.scalars(silent))


def waiting_for_staff(
    identity: Identity, permission: Permission, today: date, limit: int
) -> Sequence[tuple[Participant, IntroductionView]]:
    """People in reach with an introduction to take further, the longest waiting first. Four statements."""
    reached = select(Participant.id).where(visible(identity, permission), Participant.closed_on.is_(None))
    query = viewed().where(Introduction.participant_id.in_(reached), _needs_somebody(today))
    views = views_of(query.order_by(Introduction.answered_on, Introduction.id).limit(limit))
    ids = {view.introduction.participant_id for view in views}
    people = {one.id: one for one in db.session.scalars(select(Participant).where(Participant.id.in_(ids)))}
    return [(people[view.introduction.participant_id], view) for view in views]


def _needs_somebody(today: date) -> ColumnElement[bool]:
    """Over Introduction: the person said yes and it is staff's turn; or it ended, and nobody has told the person."""
    remind_from = today - timedelta(days=patience().remind_after)
    is_open = and_(
        Introduction.closed_on.is_(None), Introduction.agreed_on.is_(None), Introduction.answer == "yes"
    )
    turn = or_(
        Introduction.sent_on.is_(None),
        Introduction.employer_answer.is_(None) & (Introduction.sent_on <= remind_from),
        Introduction.employer_not_before <= today,
        (Introduction.employer_answer == "yes")
        & or_(Introduction.visit_on.is_(None), Introduction.visit_on < today),
    )
    told = exists().where(
        Step.participant_id == Introduction.participant_id,
        by_hand(),
        Step.was_reached,
        Step.contact_type.in_([kind.value for kind in MEETINGS]),
        Step.happened_on >= Introduction.closed_on,
        ~_ended_later_that_day(),
    )
    untold = and_(
        Introduction.closed_reason.in_(HAS_ENDED_WITHOUT_THEM),
        Introduction.closed_on >= today - TELL_WITHIN,
        ~told,
    )
    return or_(is_open & turn, untold, _card_ends(today))


def _card_ends(today: date) -> ColumnElement[bool]:
    """Over Introduction: the yes to its card ends before the trial does, and the employer then sees nothing more.

    Of a closed one it cannot be given anew.
    """
    ends = exists().where(
        Trial.introduction_id == Introduction.id,
        live_clause(today),
        Consent.id == Introduction.consent_id,
        Consent.withdrawn_on.is_(None),
        Consent.to_date <= today + CARD_ENDS_SOON,
        Consent.to_date < signed_to(),
    )
    return Introduction.closed_on.is_(None) & ends


def _ended_later_that_day() -> ColumnElement[bool]:
    """Over Step, of the day on which the Introduction was closed: whether it was written before that happened."""
    ended = aliased(Step)
    written = exists().where(
        ended.participant_id == Step.participant_id,
        ended.placement_id == Introduction.placement_id,
        ended.contact_type.in_([kind.value for kind in ENDED_BY]),
        ended.happened_on == Step.happened_on,
        ended.created_at > Step.created_at,
    )
    return (Step.happened_on == Introduction.closed_on) & written.correlate(Step, Introduction)
