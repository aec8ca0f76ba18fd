"""Asking a person about a placement and writing down the answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError, MissingError
from aktema.employers.models import Placement
from aktema.pathway import operations, queries
from aktema.pathway.codes import Answer, Channel
from aktema.pathway.models import Introduction
from aktema.pathway.operations import AnswerFacts, GapToClose
from aktema.pathway.permissions import RECORD_ANSWER
from aktema.people.models import Participant
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.models import NextStep
from aktema.steps.operations import NextStepFacts, StepFacts, log_step
from aktema.steps.queries import find_next_step
from aktema.vocabulary.queries import dimension_by_code
from tests.support.employers import a_placement
from tests.support.lines import last_line
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


@pytest.fixture
def person(account: Account) -> Participant:
    return a_participant(coach=account)


@pytest.fixture
def placement(session: Session) -> Placement:
    return a_placement(title="Bageriet")


def opened(coach: Identity, person: Participant, placement: Placement, **more: object) -> Introduction:
    return operations.open_introduction(
        coach,
        person,
        placement_id=placement.id,
        placement_title=placement.title,
        **more,  # type: ignore[arg-type]  # only gaps
    )


def answered(
    coach: Identity, person: Participant, introduction: Introduction, answer: Answer, **more: object
) -> Introduction:
    values = {"channel": Channel.SPEECH, **more}
    facts = AnswerFacts(answer=answer, **values)  # type: ignore[arg-type]  # the dataclass's own fields
    return operations.record_answer(coach, person, introduction, facts, placement_title="Bageriet")


def test_an_introduction_begins_with_a_question_to_the_person(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    opened(coach, person, placement)
    assert [view.state for view in queries.introductions_of(person.id)] == ["asked"]


def test_asking_says_what_comes_next(coach: Identity, person: Participant, placement: Placement) -> None:
    opened(coach, person, placement)
    step = find_next_step(person.id)
    assert step is not None
    assert step.line == "Hör vad Alva svarar om ”Bageriet”"


def test_an_introduction_carries_the_gaps_of_the_suggestion(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    dimension = dimension_by_code("focus")
    gap = GapToClose(dimension_id=dimension.id, size=2, adaptation_id=dimension.adaptations[0].id)
    found = opened(coach, person, placement, gaps=[gap])
    assert [(g.dimension_id, g.size, g.adaptation_id) for g in found.gaps] == [
        (gap.dimension_id, 2, gap.adaptation_id)
    ]


def test_the_same_question_is_not_opened_twice(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    opened(coach, person, placement)
    with pytest.raises(DomainError, match="None"):
        opened(coach, person, placement)


def test_a_yes_is_taken_to_the_employer(coach: Identity, person: Participant, placement: Placement) -> None:
    answered(coach, person, opened(coach, person, placement), Answer.YES, words="Det vill jag!")
    step = find_next_step(person.id)
    assert step is not None
    assert step.line == "Kontakta arbetsgivaren om Bageriet"


def test_a_no_closes_and_leaves_nothing_waiting(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    introduction = answered(coach, person, opened(coach, person, placement), Answer.NO)
    assert (introduction.closed_reason, find_next_step(person.id)) == ("person_said_no", None)


def test_a_later_is_asked_again_on_the_day(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    again = clock.today() + timedelta(days=30)
    answered(coach, person, opened(coach, person, placement), Answer.LATER, ask_again_on=again)
    step = find_next_step(person.id)
    assert step is not None
    assert step.due_on == again


def planned(coach: Identity, person: Participant) -> None:
    """The coach has said by hand what comes next."""
    talk = StepFacts(
        contact_type=ContactType.TALK_WITH_PERSON,
        happened_on=clock.today(),
        minutes=10,
        place=StepPlace.OFFICE,
        line="Pratade om pengar.",
    )
    due_on = clock.today() + timedelta(days=2)
    log_step(coach, person, talk, next_step=NextStepFacts(line="Ring Försäkringskassan", due_on=due_on))


def next_line(person: Participant) -> str | None:
    step = find_next_step(person.id)
    return step.line if step else None


def open_steps(session: Session) -> int:
    return len(session.scalars(select(NextStep).where(NextStep.closed_on.is_(None))).all())


def test_asking_leaves_what_the_coach_has_planned(
    session: Session, coach: Identity, person: Participant, placement: Placement
) -> None:
    planned(coach, person)
    opened(coach, person, placement)
    assert (next_line(person), open_steps(session)) == ("Ring Försäkringskassan", 1)


@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("plans_first", [True, False])
def test_an_answer_leaves_what_the_coach_has_planned(
    session: Session,
    coach: Identity,
    person: Participant,
    placement: Placement,
    answer: Answer,
    plans_first: bool,
) -> None:
    if plans_first:
        planned(coach, person)
    introduction = opened(coach, person, placement)
    if not plans_first:
        planned(coach, person)
    again = clock.today() + timedelta(days=30)
    answered(coach, person, introduction, answer, channel=Channel.OWN_PAGE, ask_again_on=again)
    assert (next_line(person), open_steps(session)) == ("Ring Försäkringskassan", 1)


def test_an_answer_closes_nothing_of_a_question_about_another_place(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    opened(coach, person, placement)
    other = opened(coach, person, a_placement(title="Affären"))
    answered(coach, person, other, Answer.NO)
    assert next_line(person) == "Hör vad Alva svarar om ”Bageriet”"


@pytest.mark.parametrize("days", [None, 0, -1])
def test_a_later_needs_a_day_ahead(
    coach: Identity, person: Participant, placement: Placement, days: int | None
) -> None:
    again = None if days is None else clock.today() + timedelta(days=days)
    with pytest.raises(DomainError) as refused:
        answered(coach, person, opened(coach, person, placement), Answer.LATER, ask_again_on=again)
    assert refused.value.field == "ask_again_on"


def test_a_yes_can_be_taken_back(coach: Identity, person: Participant, placement: Placement) -> None:
    introduction = answered(coach, person, opened(coach, person, placement), Answer.YES)
    assert answered(coach, person, introduction, Answer.NO).answer == "no"


@pytest.mark.parametrize("channel", Channel)
def test_an_answer_from_the_own_page_is_the_persons_act_and_one_heard_is_written_by_staff(
    coach: Identity, person: Participant, placement: Placement, channel: Channel
) -> None:
    facts = AnswerFacts(answer=Answer.NO, channel=channel)
    operations.record_answer(
        coach, person, opened(coach, person, placement), facts, placement_title="Bageriet"
    )
    assert last_line()[0] == ("person" if channel in (Channel.OWN_PAGE, Channel.LENT_SCREEN) else "staff")


@pytest.mark.parametrize(
    ("answer", "words", "line", "easy"),
    [
        (Answer.YES, "", "Svar om Bageriet: Ja, jag vill prova", "Du sa ja till Bageriet."),
        (
            Answer.LATER,
            "Inte än!",
            "Svar om Bageriet: Inte nu, fråga igen. ”Inte än!”",
            "Du vill vänta med Bageriet.",
        ),
        (Answer.NO, "Aldrig.", "Svar om Bageriet: Nej. ”Aldrig.”", "Du sa nej till Bageriet."),
    ],
)
def test_an_answer_is_quoted_to_staff_and_told_to_the_person_in_easy_words(
    coach: Identity,
    person: Participant,
    placement: Placement,
    answer: Answer,
    words: str,
    line: str,
    easy: str,
) -> None:
    again = clock.today() + timedelta(days=30)
    answered(coach, person, opened(coach, person, placement), answer, words=words, ask_again_on=again)
    assert last_line() == ("staff", line, easy)


def test_a_no_stands(coach: Identity, person: Participant, placement: Placement) -> None:
    introduction = answered(coach, person, opened(coach, person, placement), Answer.NO)
    with pytest.raises(DomainError) as refused:
        answered(coach, person, introduction, Answer.YES)
    assert refused.value.field == "answer"


def test_an_answer_is_awaited_until_it_is_given(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    introduction = opened(coach, person, placement)
    before = len(queries.answers_awaited(coach, RECORD_ANSWER, clock.today(), 10))
    answered(coach, person, introduction, Answer.YES)
    assert (before, len(queries.answers_awaited(coach, RECORD_ANSWER, clock.today(), 10))) == (1, 0)


def test_another_persons_introduction_is_missing(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    introduction = opened(coach, person, placement)
    with pytest.raises(MissingError):
        queries.get_introduction(a_participant().id, introduction.public_id)


@pytest.fixture
def browser(sign_in: Callable[[Account], PageClient], account: Account, person: Participant) -> PageClient:
    return sign_in(account)


def test_a_person_nobody_asked_has_an_empty_page(browser: PageClient, person: Participant) -> None:
    assert "Ingen fråga om en plats än" in browser.get(f"/deltagare/{person.public_id}/fragor").words


def test_the_answer_page_stores_what_the_person_said(
    session: Session, browser: PageClient, coach: Identity, person: Participant, placement: Placement
) -> None:
    introduction = opened(coach, person, placement)
    session.commit()
    path = f"/deltagare/{person.public_id}/fragor/{introduction.public_id}/svar"
    browser.submit(path, {"answer": "yes", "channel": "pictures", "words": "Ja!"}, follow=False)
    stored = session.scalars(select(Introduction)).one()
    assert (stored.answer, stored.answer_channel, stored.words) == ("yes", "pictures", "Ja!")


def test_an_answer_without_a_choice_is_refused_and_kept(
    session: Session, browser: PageClient, coach: Identity, person: Participant, placement: Placement
) -> None:
    introduction = opened(coach, person, placement)
    session.commit()
    page = browser.submit(
        f"/deltagare/{person.public_id}/fragor/{introduction.public_id}/svar", {"words": "Kanske"}
    )
    assert page.status == 422
    assert page.soup.select_one("[name=words]").get_text().strip() == "Kanske"


def test_two_who_answer_at_once_see_each_other(
    session: Session, browser: PageClient, coach: Identity, person: Participant, placement: Placement
) -> None:
    introduction = opened(coach, person, placement)
    session.commit()
    path = f"/deltagare/{person.public_id}/fragor/{introduction.public_id}/svar"
    mine = browser.get(path).hidden()
    browser.submit(
        path, {"answer": "later", "ask_again_on": str(clock.today() + timedelta(days=9))}, follow=False
    )
    page = browser.post(path, {**mine, "answer": "no", "channel": "speech", "words": "Mina ord"})
    assert page.status == 409
    assert "Mina ord" in page.words


def test_the_list_shows_the_state_and_the_own_words(
    session: Session, browser: PageClient, coach: Identity, person: Participant, placement: Placement
) -> None:
    answered(coach, person, opened(coach, person, placement), Answer.YES, words="Gärna!")
    session.commit()
    words = browser.get(f"/deltagare/{person.public_id}/fragor").words
    assert "Vill prova" in words
    assert "Gärna!" in words
