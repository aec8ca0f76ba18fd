"""The easy-read form of a suggestion: the same facts in short sentences, said to the person."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.matching import easy_words, engine
from aktema.matching.engine import Gate, QuestionKind, ReasonId
from aktema.matching.engine.proposals import Change, ChangeKind
from aktema.matching.words import Whose
from aktema.people.codes import Source
from aktema.people.models import InterestVote, Participant, Rating
from aktema.vocabulary.queries import (
    activity_by_code,
    activity_groups,
    by_code,
    constraints,
    dimension_by_code,
    preferences,
)
from tests.support.employers import a_placement
from tests.support.page import PageClient

SignIn = Callable[[Account], PageClient]
LONGEST_SENTENCE = 12
OTHERS, OWN = Source.STAFF, Source.OWN


def easy(person: Participant, placement_id: str) -> str:
    return f"/deltagare/{person.public_id}/forslag/{placement_id}?form=lattlast"


def sentences() -> Iterator[str]:
    tables = (
        easy_words.REASONS,
        easy_words.SAID_BY_OTHERS,
        easy_words.QUESTIONS,
        easy_words.GATES,
        easy_words.CHANGES,
    )
    for table in tables:
        for text in table.values():
            yield from (part.strip() for part in str(text).replace("?", ".").split(".") if part.strip())


def test_no_easy_sentence_is_long(session: Session) -> None:
    assert [one for one in sentences() if len(one.split()) > LONGEST_SENTENCE] == []


def test_everything_that_can_be_said_can_be_said_easily() -> None:
    gaps = {ReasonId.GAP, ReasonId.GAP_WITH_ADAPTATION, ReasonId.GAP_COULD_BE_ADAPTED}
    questions = {QuestionKind.CAPACITY, QuestionKind.CAPACITY_DATED, QuestionKind.PREFERENCE}
    assert easy_words.REASONS.keys() == set(ReasonId) - gaps
    assert easy_words.QUESTIONS.keys() == set(QuestionKind) - questions
    assert easy_words.GATES.keys() == set(Gate)
    assert easy_words.CHANGES.keys() == set(ChangeKind)


def said(reason: engine.Reason, source: Source = OWN) -> str:
    whose = Whose(votes={activity_by_code("bake").id: source}, wish=source)
    return easy_words.easy_reason(reason, whose)


def test_whose_word_it_is_is_heard_in_easy_words_too(session: Session) -> None:
    reason = engine.Reason(message_id=ReasonId.ACTIVITY_LIKED, args={"activity": activity_by_code("bake").id})
    assert said(reason) == "Du tycker om det här: baka bröd och kakor."
    assert said(reason, OTHERS) == "Andra säger att du tycker om det här: baka bröd och kakor."


def test_a_wish_in_own_words_is_heard(session: Session) -> None:
    reason = engine.Reason(message_id=ReasonId.WORDS_MATCH)
    assert said(reason) == "Du har en önskan. Platsen skriver om samma sak."
    assert said(reason, OTHERS).startswith("Andra har sagt vad du önskar.")


def test_reasons_name_groups_poles_and_hours(session: Session) -> None:
    group, inside = activity_groups()[0], by_code(preferences())["indoors_outdoors"]
    reasons = [
        engine.Reason(message_id=ReasonId.GROUP_LIKED, args={"group": group.id}),
        engine.Reason(message_id=ReasonId.PREFERENCE_AGREES, args={"preference": inside.id, "pole": -2}),
        engine.Reason(message_id=ReasonId.FEWER_HOURS, args={"minutes": 600}),
    ]
    assert [said(reason) for reason in reasons] == [
        "Du tycker om saker som liknar: mat och kafé.",
        "Du vill ha: inne. Så är det här.",
        "Du får färre timmar än du vill: 10 timmar.",
    ]


def test_questions_are_put_to_the_person_or_said_to_go_to_the_place(session: Session) -> None:
    asked = [
        engine.Question(kind=QuestionKind.CAPACITY, key=dimension_by_code("focus").id),
        engine.Question(kind=QuestionKind.PREFERENCE, key=by_code(preferences())["indoors_outdoors"].id),
        engine.Question(kind=QuestionKind.VOTE, key=activity_by_code("bake").id),
        engine.Question(kind=QuestionKind.PLACE_PREFERENCE, key=preferences()[0].id),
        engine.Question(kind=QuestionKind.CONSTRAINT, key=by_code(constraints())["rest_room"].id),
        engine.Question(kind=QuestionKind.HOURS),
    ]
    assert [easy_words.easy_question(one) for one in asked] == [
        "Hur länge kan du fortsätta med samma sak?",
        "Vill du jobba inne eller ute?",
        "Vad tycker du om det här: baka bröd och kakor?",
        "Vi frågar platsen: inne – ute?",
        "Vi frågar platsen: vilrum?",
        "Hur många timmar i veckan vill du jobba?",
    ]


def test_gates_and_changes_are_said_easily(session: Session) -> None:
    rest = by_code(constraints())["rest_room"].id
    lifts = [
        engine.Lift(gate=Gate.CONSTRAINT, key=rest),
        engine.Lift(gate=Gate.HOURS, has=600, needed=1200),
        engine.Lift(gate=Gate.TRAVEL, has=30, needed=50),
    ]
    assert [easy_words.easy_lift(lift) for lift in lifts] == [
        "Du har sagt: Jag behöver ett rum att vila i. Det saknas på platsen.",
        "Platsen behöver 20 timmar i veckan. Du vill jobba 10 timmar.",
        "Resan tar 50 minuter. Du vill resa högst 30 minuter.",
    ]
    met = Change(kind=ChangeKind.CONSTRAINT_MET, key=rest)
    assert easy_words.easy_change(met) == "Platsen ordnar det här: vilrum."


def test_the_page_shows_pictures_and_easy_words(
    session: Session, account: Account, browser: PageClient, person: Participant
) -> None:
    about = {
        "participant_id": person.id,
        "source": "own",
        "said_on": clock.today(),
        "account_id": account.id,
    }
    session.add(InterestVote(activity_id=activity_by_code("bake").id, vote=2, **about))
    session.add(Rating(dimension_id=dimension_by_code("focus").id, level=0, **about))
    session.flush()
    placement = a_placement(activities=["bake"], demands={"focus": 3}, adaptations=["short_spells"])
    page = browser.get(easy(person, placement.public_id))
    assert "Du tycker om det här: baka bröd och kakor." in page.words
    assert "Det här kan vara svårt: hålla fokus. Du får jobba korta stunder och vila." in page.words
    assert page.select("main .picture-l")


def test_the_page_says_easily_what_stops_and_what_would_help(
    session: Session, browser: PageClient, person: Participant
) -> None:
    placement = a_placement(to_date=clock.today() - timedelta(days=1))
    words = browser.get(easy(person, placement.public_id)).words
    assert "Platsen får vänta just nu." in words
    assert "Platsen är stängd nu." in words


def test_the_two_forms_lead_to_each_other(browser: PageClient, person: Participant) -> None:
    address = easy(person, a_placement().public_id)
    plain = address.partition("?")[0]
    assert browser.get(address).select(f"a[href='{plain}']")
    assert browser.get(plain).select(f"a[href='{address}']")
