"""From the person's yes to agreed or closed: the acts, what they refuse, and what everybody gets to know."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access import link_operations
from aktema.access.consent_models import Consent
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.models import AccessEntry
from aktema.access.notice_codes import NoticeKind
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError, MissingError
from aktema.core.markup import long_day
from aktema.employers import letters
from aktema.employers.company_operations import shut_out
from aktema.employers.placement_operations import close_employer
from aktema.pathway import introduction_operations as operations
from aktema.pathway import introduction_queries as queries
from aktema.pathway.codes import Answer
from aktema.pathway.consent_operations import take_back_card
from aktema.pathway.introduction_codes import CloseReason, EmployerAnswer
from aktema.pathway.introduction_operations import EmployerReply
from aktema.pathway.permissions import REVOKE_CONSENT
from aktema.pathway.rules.introduction import close_on
from aktema.pathway.states import IntroductionState
from aktema.pathway.trial_states import Whose
from aktema.steps.queries import find_next_step
from tests.support.employers import a_contact, a_placement, a_workplace
from tests.support.introductions import (
    NO,
    Asked,
    a_choice,
    a_question,
    a_sent_question,
    an_agreed_question,
    answered,
    chased_on,
    consented,
    employer_said,
    later,
    mails,
    sent,
    steps_of,
)
from tests.support.lines import last_line
from tests.support.links import a_link
from tests.support.people import act_as, an_account
from tests.support.trials import a_trial

pytestmark = pytest.mark.usefixtures("session")


# To the employer


def test_a_question_goes_out_with_a_link_and_nothing_about_the_person() -> None:
    asked = a_sent_question()
    (mail,) = mails()
    assert mail.address == asked.contact.email
    assert "/svara/" in (mail.body or "")
    assert asked.person.first_name not in f"{mail.subject} {mail.body}"


def test_nothing_is_sent_without_a_consent() -> None:
    with pytest.raises(DomainError):
        sent(answered(a_question()))


def test_nothing_is_sent_once_the_person_has_a_protected_identity() -> None:
    asked = consented(answered(a_question()))
    asked.person.has_protected_identity = True
    with pytest.raises(DomainError):
        sent(asked)


@pytest.mark.parametrize("pause", [{"month_cap": 0}, {"not_before": clock.today() + timedelta(days=1)}])
def test_an_employer_who_wants_no_more_questions_gets_none(pause: dict[str, object]) -> None:
    asked = consented(answered(a_question()))
    for name, value in pause.items():
        setattr(asked.employer, name, value)
    with pytest.raises(DomainError):
        sent(asked)


def test_a_closed_employer_is_asked_nothing() -> None:
    asked = consented(answered(a_question()))
    close_employer(asked.employer)
    with pytest.raises(DomainError) as refused:
        sent(asked)
    assert str(refused.value.message) == "Lindas bageri är stängd. Öppna arbetsgivaren först."


def test_who_was_shut_out_of_the_employer_is_not_asked() -> None:
    asked = consented(answered(a_question()))
    asked.contact.account_id = an_account(Role.EMPLOYER).id
    shut_out(asked.contact)
    assert queries.contacts_to_ask(asked.employer) == []
    with pytest.raises(DomainError) as refused:
        sent(asked)
    assert refused.value.field == "contact"


def test_only_contacts_of_the_employer_with_an_address_are_asked() -> None:
    asked = consented(answered(a_question()))
    with pytest.raises(DomainError) as refused:
        operations.send(asked.identity, asked.person, asked.view, a_contact(email="nagon@annan.example"))
    assert refused.value.field == "contact"


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (EmployerReply(answer=EmployerAnswer.YES), IntroductionState.EMPLOYER_YES),
        (later(30), IntroductionState.EMPLOYER_NOT_NOW),
        (NO, IntroductionState.CLOSED),
    ],
    ids=["yes", "not now", "no"],
)
def test_an_answer_of_the_employer_moves_the_question(reply: EmployerReply, state: IntroductionState) -> None:
    assert employer_said(a_sent_question(), reply).view.state is state


def test_a_no_of_the_employer_is_the_employers() -> None:
    row = employer_said(a_sent_question(), NO).introduction
    assert (row.closed_reason, row.closed_by, row.employer_reason) == (
        "employer_said_no",
        "employer",
        "no_time",
    )


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        (replace(NO, reason=None), "reason"),
        (replace(later(1), not_before=None), "not_before"),
        (later(0), "not_before"),
        (later(400), "not_before"),
    ],
)
def test_a_not_now_has_a_day_and_a_no_a_reason(reply: EmployerReply, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        employer_said(a_sent_question(), reply)
    assert refused.value.field == field


def test_nobody_answers_a_question_that_was_not_sent() -> None:
    with pytest.raises(DomainError):
        employer_said(consented(answered(a_question())))


def test_an_employer_who_wanted_to_wait_is_asked_anew_when_the_day_has_come() -> None:
    asked = employer_said(a_sent_question(), later(30))
    with pytest.raises(DomainError) as refused:
        sent(asked)
    assert "De vill vänta till" in str(refused.value.message)
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        sent(asked)
    assert (asked.view.state, asked.introduction.employer_not_before) == (IntroductionState.SENT, None)


def test_a_day_named_twice_for_all_holds_until_both_are_taken_back() -> None:
    first = a_sent_question()
    second = sent(consented(answered(a_question(coach=first.coach, placement=first.placement))))
    wait = replace(later(90), is_for_all=True)
    days = []
    for asked, reply in ((first, wait), (second, wait), (first, None), (second, None)):
        employer_said(asked, reply)
        days.append(first.employer.not_before)
    assert days == [wait.not_before] * 3 + [None]


@pytest.mark.parametrize("days", [-1, 400])
def test_a_visit_lies_ahead_within_a_year(days: int) -> None:
    asked = employer_said(a_sent_question())
    with pytest.raises(DomainError) as refused:
        operations.book_visit(asked.view, clock.today() + timedelta(days=days), None)
    assert refused.value.field == "visit_on"


def test_a_visit_is_booked_only_with_an_employer_who_said_yes() -> None:
    with pytest.raises(DomainError):
        operations.book_visit(a_sent_question().view, clock.today(), None)


def test_a_person_may_change_their_mind_after_the_employers_yes(session: Session) -> None:
    asked = answered(employer_said(a_sent_question()), Answer.NO)
    assert asked.view.state is IntroductionState.NO
    assert session.scalars(select(Consent)).one().withdrawn_on == clock.today()


def test_what_is_closed_says_why_and_whose_doing_it_was() -> None:
    asked = a_sent_question()
    operations.close(asked.view, CloseReason.PLACE_GONE, Whose.EMPLOYER)
    assert (asked.introduction.closed_reason, asked.introduction.closed_by) == ("place_gone", "employer")


def test_what_is_over_is_not_closed_again() -> None:
    with pytest.raises(DomainError):
        operations.close(employer_said(a_sent_question(), NO).view, CloseReason.OTHER, Whose.NOBODY)


def test_a_job_closes_the_other_questions_and_not_its_own() -> None:
    stays = an_agreed_question()
    other = a_question(stays.person, coach=stays.coach, placement=a_placement(a_workplace()))
    assert operations.close_others(stays.person.id, "got_job", but=stays.introduction.id) == 1
    assert (other.view.state, stays.view.state) == (IntroductionState.CLOSED, IntroductionState.AGREED)


def test_what_a_question_brought_to_do_is_done_when_the_employer_is_asked_or_it_is_over() -> None:
    asked = consented(answered(a_question()))
    before = find_next_step(asked.person.id)
    sent(asked)
    assert (before is None, find_next_step(asked.person.id)) == (False, None)
    unanswered = a_question()
    operations.close(unanswered.view, CloseReason.ASKED_BY_MISTAKE, Whose.COACH)
    assert find_next_step(unanswered.person.id) is None


def test_every_act_is_a_line_for_staff_and_one_for_the_person() -> None:
    asked = an_agreed_question()
    operations.close(asked.view, CloseReason.GOT_JOB, Whose.NOBODY)
    told = [step for step in steps_of(asked) if step.contact_type != "placement_asked"]
    assert [step.contact_type for step in told] == [
        "placement_answered",
        "consent_given",
        "employer_asked",
        "employer_answered",
        "placement_visit",
        "employer_answered",
        "introduction_closed",
    ]
    assert all(step.own_line for step in told)


def test_a_line_names_the_worker_who_did_it_and_not_whoever_asked_first() -> None:
    asked, colleague = a_sent_question(), an_account()
    act_as(colleague)
    operations.close(asked.view, CloseReason.GOT_JOB, Whose.NOBODY)
    assert steps_of(asked)[-1].account_id == colleague.id != asked.coach.id


def test_every_act_leaves_a_trace(session: Session) -> None:
    asked = an_agreed_question()
    session.flush()
    about = (AccessEntry.participant_id == asked.person.id) & (AccessEntry.object_kind == "introduction")
    written = select(AccessEntry.detail).where(about, AccessEntry.kind == "write")
    details = session.scalars(written.order_by(AccessEntry.id)).all()
    assert details == ["open", "yes", "sent", "yes", "visit", "agreed"]


def test_an_employer_with_whom_it_was_agreed_is_told_too_that_it_comes_to_nothing() -> None:
    asked = an_agreed_question()
    operations.close_others(asked.person.id, CloseReason.OTHER)
    assert mails()[-1].kind == "introduction_closed"


def test_who_wants_no_reminders_keeps_the_link_they_have(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = a_sent_question()
    link = db.session.scalars(select(Link).where(Link.purpose == Purpose.ANSWER_INTRODUCTION)).one()
    monkeypatch.setattr(letters, "wants", lambda _who, kind: kind is not NoticeKind.REMINDERS)
    chased_on("reminder", asked)
    db.session.refresh(link)
    assert (len(mails()), link.revoked_at) == (1, None)


@pytest.mark.parametrize("ending", ["person", "card", "coach", "silence", "job"])
def test_an_employer_who_was_asked_is_told_that_it_is_over_and_not_why(ending: str) -> None:
    asked = a_sent_question()
    if ending == "person":
        answered(asked, Answer.NO)
    elif ending == "card":
        take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    elif ending == "coach":
        operations.close(asked.view, CloseReason.HEALTH, Whose.NOBODY)
    elif ending == "silence":
        chased_on("closing", asked)
    else:
        operations.close_others(asked.person.id, CloseReason.GOT_JOB)
    last = mails()[-1]
    assert (last.kind, last.subject) == ("introduction_closed", "Frågan om en provplats är avslutad")


def test_an_employer_who_could_not_open_the_card_was_not_silent() -> None:
    asked = a_sent_question(a_choice(until=clock.today() + timedelta(days=1)))
    chased_on("closing", asked)
    row, step = asked.introduction, steps_of(asked)[-1]
    assert (row.closed_reason, row.closed_by, mails()[-1].kind) == ("other", "nobody", "introduction_closed")
    assert step.line == "Lindas bageri ser inte kortet längre. Frågan är avslutad."
    assert "tyst" not in (step.own_line or "")
    assert queries.silent_employers(clock.today() + timedelta(days=60)) == frozenset()


@pytest.mark.parametrize(("days", "told"), [(3, 3), (90, None)], ids=["card", "patience"])
def test_an_employer_is_told_to_answer_while_they_can(days: int, told: int | None) -> None:
    asked = a_sent_question(a_choice(until=clock.today() + timedelta(days=days)))
    (proposal,) = queries.proposals_to(asked.employer.id, clock.today())
    last = close_on(clock.today(), queries.patience()) - timedelta(days=1)
    by = last if told is None else clock.today() + timedelta(days=told)
    assert proposal.answer_by == by
    assert f"Gör det senast {long_day(by)}" in (mails()[0].body or "")


def test_an_employer_who_was_never_asked_hears_nothing() -> None:
    operations.close(consented(answered(a_question())).view, CloseReason.OTHER, Whose.COACH)
    assert mails() == []


# What the employer sees, and for how long


def proposals(asked: Asked) -> int:
    return len(queries.proposals_to(asked.employer.id, clock.today()))


def test_an_employer_sees_what_was_sent_to_them() -> None:
    assert proposals(a_sent_question()) == 1


def test_another_employer_does_not() -> None:
    asked, other = a_sent_question(), a_sent_question()
    with pytest.raises(MissingError):
        queries.get_proposal(other.employer.id, asked.introduction.public_id, clock.today())


def test_an_employer_sees_nothing_that_was_not_sent() -> None:
    assert proposals(consented(answered(a_question()))) == 0


@pytest.mark.parametrize("ends", ["consent", "protected", "record", "no", "employer"])
def test_an_employers_view_closes_at_once(ends: str) -> None:
    asked = a_sent_question()
    if ends == "consent":
        take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    elif ends == "protected":
        asked.person.has_protected_identity = True
    elif ends == "record":
        asked.person.closed_on = clock.today()
    elif ends == "employer":
        close_employer(asked.employer)
    else:
        answered(asked, Answer.NO)
    with pytest.raises(MissingError):
        queries.get_linked(asked.introduction.id, clock.today(), detail="link")


def cards_on(asked: Asked, days: int) -> int:
    return len(queries.cards_for_employer([asked.introduction.id], clock.today() + timedelta(days=days)))


def test_a_card_stays_for_twelve_weeks_after_the_trial_and_no_longer(session: Session) -> None:
    choice = a_choice(until=clock.today() + timedelta(days=300))
    asked = employer_said(a_sent_question(choice))
    operations.agree(asked.view)
    last = clock.today() + timedelta(days=10)
    trial = a_trial(asked.person, asked.placement, to_date=last, account=asked.coach)
    trial.introduction = asked.introduction
    session.flush()
    assert (cards_on(asked, 10 + 84), cards_on(asked, 10 + 85)) == (1, 0)


def test_what_was_agreed_is_closed_when_its_trial_is_over() -> None:
    asked = an_agreed_question()
    first = clock.today() - timedelta(days=20)
    trial = a_trial(
        asked.person, asked.placement, from_date=first, to_date=first + timedelta(days=5), account=asked.coach
    )
    trial.introduction = asked.introduction
    operations.chase_employers()
    assert asked.introduction.closed_reason == "trial_over"


# Silence


def test_an_employer_is_reminded_once() -> None:
    asked = a_sent_question()
    chased_on("reminder", asked, times=3)
    assert [mail.kind for mail in mails()] == ["introduction", "introduction_reminder"]


def test_a_reminder_stands_on_the_timeline_in_two_wordings() -> None:
    asked = a_sent_question()
    chased_on("reminder", asked, times=2)
    told = [(step.line, step.own_line) for step in steps_of(asked) if step.actor == "system"]
    name = asked.placement.employer.name
    assert told == [(f"Påminde {name}, som inte har svarat.", f"Vi har frågat {name} en gång till.")]


def test_nobody_is_reminded_of_what_they_answered() -> None:
    asked = employer_said(a_sent_question())
    chased_on("reminder", asked)
    assert [mail.kind for mail in mails()] == ["introduction"]


def test_nobody_is_reminded_once_the_consent_is_gone() -> None:
    asked = a_sent_question(a_choice(until=clock.today() + timedelta(days=1)))
    chased_on("reminder", asked)
    assert [mail.kind for mail in mails()] == ["introduction"]


def test_a_question_nobody_answers_is_closed_and_everybody_told() -> None:
    asked = a_sent_question()
    chased_on("closing", asked, times=2)
    assert (asked.introduction.closed_reason, asked.introduction.closed_by) == ("employer_silent", "employer")
    assert [step.actor for step in steps_of(asked)].count("system") == 1


def test_a_silent_employer_comes_last_until_they_answer() -> None:
    asked = a_sent_question()
    chased_on("closing", asked)
    silent = queries.silent_employers(clock.today() + timedelta(days=30))
    assert asked.employer.id in silent


def test_an_employer_who_answers_is_not_silent() -> None:
    asked = employer_said(a_sent_question(), NO)
    assert asked.employer.id not in queries.silent_employers(clock.today())


@pytest.mark.parametrize(("is_open", "sent_anew"), [(True, 1), (False, 0)], ids=["open", "over"])
def test_a_lost_link_is_sent_anew_while_the_question_is_open(is_open: bool, sent_anew: int) -> None:
    asked = a_sent_question() if is_open else employer_said(a_sent_question(), NO)
    link, _token = a_link(Purpose.ANSWER_INTRODUCTION, asked.introduction.id, contact=asked.contact)
    before = len(mails())
    link_operations.renewals[Purpose.ANSWER_INTRODUCTION](link)
    assert len(mails()) - before == sent_anew
    line = f"{asked.contact.name} fick en ny länk att svara med."
    assert (last_line()[:2] == ("employer", line)) is is_open
