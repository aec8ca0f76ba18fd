"""Questions about a placement at each stage of their way to an employer, for tests of every slice."""

from dataclasses import dataclass
from datetime import date, timedelta

import time_machine
from sqlalchemy import select

from aktema.access.identity import Identity
from aktema.access.link_codes import Purpose
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.core.outbox import OutboxMessage
from aktema.employers.models import Contact, Employer, Placement
from aktema.pathway import introduction_operations as operations
from aktema.pathway.codes import Answer, Channel
from aktema.pathway.consent_operations import share_card
from aktema.pathway.consent_queries import CardChoice, draw_card
from aktema.pathway.introduction_codes import EmployerAnswer, EmployerReason
from aktema.pathway.introduction_operations import EmployerReply
from aktema.pathway.introduction_queries import patience
from aktema.pathway.models import Introduction
from aktema.pathway.operations import AnswerFacts, open_introduction, record_answer
from aktema.pathway.permissions import ANSWER_PROPOSAL, RECORD_CONSENT
from aktema.pathway.queries import IntroductionView, get_introduction
from aktema.pathway.rules.card import CalledBy, Field
from aktema.pathway.rules.introduction import close_on, remind_on
from aktema.people.models import Participant
from aktema.steps.codes import Actor
from aktema.steps.models import Step
from tests.support.employers import a_contact, a_placement, a_workplace, an_employer
from tests.support.links import a_link
from tests.support.people import act_as, an_account
from tests.support.people_builders import a_participant

SHOWN = frozenset({Field.HOURS, Field.DAYS, Field.LIKES, Field.ADAPTATIONS, Field.CONTACT})
VISIT_DAY = timedelta(days=7)
NO = EmployerReply(answer=EmployerAnswer.NO, reason=EmployerReason.NO_TIME)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A person's question about a placement, with all who have to do with it."""

    coach: Account
    person: Participant
    employer: Employer
    contact: Contact
    placement: Placement
    introduction: Introduction

    @property
    def identity(self) -> Identity:
        return act_as(self.coach)

    @property
    def view(self) -> IntroductionView:
        """The question as it stands now."""
        return get_introduction(self.person.id, self.introduction.public_id)

    @property
    def path(self) -> str:
        """The address of its page for staff."""
        return f"/deltagare/{self.person.public_id}/fragor/{self.introduction.public_id}"

    def token(self) -> str:
        """The key of a link by which the contact answers."""
        _link, token = a_link(
            Purpose.ANSWER_INTRODUCTION, self.introduction.id, contact=self.contact, account=self.coach
        )
        db.session.commit()
        return token


def a_question(
    person: Participant | None = None, *, coach: Account | None = None, placement: Placement | None = None
) -> Asked:
    """A person is asked about a placement whose employer has somebody to write to."""
    coach = coach or an_account()
    person = person or a_participant(coach=coach)
    placement = placement or a_placement(a_workplace(an_employer()))
    employer = db.session.get_one(Employer, placement.employer_id)
    contact = a_contact(employer, email="linda@lindas.example")
    introduction = open_introduction(
        act_as(coach), person, placement_id=placement.id, placement_title=placement.title
    )
    return Asked(
        coach=coach,
        person=person,
        employer=employer,
        contact=contact,
        placement=placement,
        introduction=introduction,
    )


def answered(asked: Asked, answer: Answer = Answer.YES) -> Asked:
    facts = AnswerFacts(answer=answer, channel=Channel.SPEECH)
    record_answer(
        asked.identity, asked.person, asked.introduction, facts, placement_title=asked.placement.title
    )
    return asked


def a_choice(
    fields: frozenset[Field] = SHOWN,
    *,
    called: CalledBy = CalledBy.FIRST_NAME,
    words: str = "",
    photo: str = "",
    until: date | None = None,
) -> CardChoice:
    day = until or clock.today() + timedelta(days=90)
    shown = fields | {Field.WORDS} if words else fields
    return CardChoice(called=called, fields=shown, words=words, photo=photo, until=day)


def consented(asked: Asked, choice: CardChoice | None = None) -> Asked:
    """The person has said yes to the card, in speech."""
    choice = choice or a_choice()
    share_card(
        asked.identity,
        RECORD_CONSENT,
        asked.person,
        asked.view,
        choice,
        seen=draw_card(asked.person, asked.introduction, choice).digest(),
        given_by="person",
        channel=Channel.SPEECH,
    )
    return asked


def sent(asked: Asked) -> Asked:
    operations.send(asked.identity, asked.person, asked.view, asked.contact)
    db.session.flush()
    return asked


def employer_said(asked: Asked, reply: EmployerReply | None = None) -> Asked:
    """The employer has answered, yes where nothing else is said."""
    reply = reply or EmployerReply(answer=EmployerAnswer.YES)
    operations.record_employer_answer(ANSWER_PROPOSAL, asked.view, reply, actor=Actor.EMPLOYER)
    db.session.flush()
    return asked


def a_sent_question(choice: CardChoice | None = None, *, coach: Account | None = None) -> Asked:
    """A question that an employer has got, with the person's card."""
    return sent(consented(answered(a_question(coach=coach)), choice))


def an_agreed_question(*, coach: Account | None = None) -> Asked:
    asked = employer_said(a_sent_question(coach=coach))
    operations.book_visit(asked.view, clock.today() + VISIT_DAY, 9 * 60)
    operations.agree(asked.view)
    db.session.flush()
    return asked


def mails() -> list[OutboxMessage]:
    """What is to be sent, the oldest first."""
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def steps_of(asked: Asked) -> list[Step]:
    """The person's steps, the oldest first."""
    db.session.flush()
    theirs = select(Step).where(Step.participant_id == asked.person.id)
    return list(db.session.scalars(theirs.order_by(Step.id)))


def later(days: int) -> EmployerReply:
    return EmployerReply(answer=EmployerAnswer.NOT_NOW, not_before=clock.today() + timedelta(days=days))


def chased_on(day_of: str, asked: Asked, times: int = 1) -> None:
    """The clock moves to the day of the reminder or the closing, and the chore runs so many times."""
    sent_on = asked.introduction.sent_on
    assert sent_on is not None
    day = (remind_on if day_of == "reminder" else close_on)(sent_on, patience())
    with time_machine.travel(clock.now() + (day - clock.today()), tick=False):
        for _time in range(times):
            operations.chase_employers()
