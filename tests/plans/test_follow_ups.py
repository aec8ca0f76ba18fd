"""Following up: begun, written in peace, and closed when every point about work has an answer."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.drafts import find_draft
from aktema.core.errors import DomainError
from aktema.people.models import Participant
from aktema.plans import follow_up_operations as operations
from aktema.plans import follow_up_queries as queries
from aktema.plans.codes import Channel, Conclusion, FollowUpKind, PointAnswer, WorkPoint
from aktema.plans.follow_up_operations import FollowUpFacts, PointFacts
from aktema.plans.models import Decision, FollowUp
from tests.support.access import traces
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import ALL_ANSWERED, a_decision, a_follow_up, an_order

TODAY = clock.today().isoformat()
YESTERDAY = clock.today() - timedelta(days=1)
LONG_AGO = clock.today() - timedelta(days=400)
ALL = {**dict.fromkeys(WorkPoint, PointAnswer.NO), **ALL_ANSWERED}
ANSWERS = {
    "answer_job_consultant": "yes",
    "on_job_consultant": YESTERDAY.isoformat(),
    "answer_employment_service": "offered_no_thanks",
    "answer_social_insurance": "not_offered",
    "words_social_insurance": "Tas upp i höst.",
    "answer_other_occupation": "did_not_want_to_answer",
    "answer_wish_for_work": "maybe",
    "channel_wish_for_work": "pictures",
    "words_wish_for_work": "Med hundar.",
    "answer_next_step": "yes",
    "words_next_step": "Besöka hunddagiset",
    "who_next_step": "Kim Coach",
    "on_next_step": TODAY,
}


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
def decision(person: Participant) -> Decision:
    return a_decision(person, from_date=LONG_AGO)


@pytest.fixture
def follow_up(decision: Decision) -> FollowUp:
    return a_follow_up(decision, kind="plan")


@pytest.fixture
def browser(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, follow_up: FollowUp
) -> PageClient:
    session.commit()
    return sign_in(account)


def page_of(follow_up: FollowUp, rest: str = "") -> str:
    return f"/deltagare/{follow_up.participant.public_id}/uppfoljningar/{follow_up.public_id}{rest}"


def facts(answers: Mapping[WorkPoint, PointAnswer] | None = None, **values: object) -> FollowUpFacts:
    points = [PointFacts(point=point, answer=answer) for point, answer in (answers or {}).items()]
    return FollowUpFacts(**{"held_on": clock.today(), "points": points, **values})  # type: ignore[arg-type]  # its own fields


def newest(session: Session) -> FollowUp:
    session.expire_all()
    return session.scalars(select(FollowUp).order_by(FollowUp.id.desc())).first()  # type: ignore[return-value]  # there is one


# --- begun ---


def test_who_handles_the_case_follows_up_the_decision_and_others_the_plan(
    coach: Identity, person: Participant
) -> None:
    handler = an_account(Role.LSS_HANDLER)
    an_assignment(person, kind="handler", account=handler)
    kinds = [queries.kind_for(one, person) for one in (coach, act_as(handler))]
    assert kinds == [FollowUpKind.PLAN, FollowUpKind.DECISION]


def test_a_follow_up_of_a_plan_knows_the_order_it_is_about(
    coach: Identity, person: Participant, decision: Decision, account: Account
) -> None:
    order = an_order(decision, a_unit(), answer="accepted", coordinator=account)
    begun = operations.begin(coach, person, decision, kind=FollowUpKind.PLAN, held_on=clock.today())
    assert (begun.order_id, begun.has_work_points) == (order.id, True)


@pytest.mark.parametrize("day", [LONG_AGO - timedelta(days=1), clock.today() + timedelta(days=1)])
def test_a_follow_up_is_held_within_the_decision_and_not_ahead(
    coach: Identity, person: Participant, decision: Decision, day: object
) -> None:
    with pytest.raises(DomainError) as refused:
        operations.begin(coach, person, decision, kind=FollowUpKind.PLAN, held_on=day)  # type: ignore[arg-type]  # a date
    assert refused.value.field == "held_on"


def test_one_follow_up_of_a_kind_is_open_at_a_time(
    coach: Identity, person: Participant, decision: Decision, follow_up: FollowUp
) -> None:
    other = operations.begin(coach, person, decision, kind=FollowUpKind.DECISION, held_on=clock.today())
    assert other.kind == "decision"
    with pytest.raises(DomainError):
        operations.begin(coach, person, decision, kind=FollowUpKind.PLAN, held_on=clock.today())


def test_the_page_begins_a_follow_up_of_the_newest_decision(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, decision: Decision
) -> None:
    session.commit()
    path = f"/deltagare/{decision.participant.public_id}/uppfoljningar/ny"
    page = sign_in(account).submit(path, {"attendees": "Alva och Kim"})
    assert page.status == 200
    assert (newest(session).kind, newest(session).attendees) == ("plan", "Alva och Kim")


def test_without_a_decision_there_is_nothing_to_follow_up(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, person: Participant
) -> None:
    session.commit()
    page = sign_in(account).get(f"/deltagare/{person.public_id}/uppfoljningar/ny")
    assert "Det finns inget beslut att följa upp" in page.words


def test_a_second_open_follow_up_is_refused_with_a_sentence(browser: PageClient, follow_up: FollowUp) -> None:
    page = browser.submit(f"/deltagare/{follow_up.participant.public_id}/uppfoljningar/ny", {})
    assert page.status == 422
    assert "Det finns redan en uppföljning som inte är avslutad" in page.words


# --- written ---


def test_a_follow_up_is_saved_half_done(session: Session, browser: PageClient, follow_up: FollowUp) -> None:
    page = browser.submit(page_of(follow_up), {"summary": "Trivs", "answer_wish_for_work": "yes"})
    assert page.status == 200
    assert (newest(session).summary, newest(session).closed_on) == ("Trivs", None)
    assert [(one.point, one.answer) for one in newest(session).points] == [("wish_for_work", "yes")]


def test_what_is_written_is_there_the_next_time(browser: PageClient, follow_up: FollowUp) -> None:
    browser.submit(page_of(follow_up), {**ANSWERS, "own_words": "Bra!", "own_words_channel": "signs"})
    page = browser.get(page_of(follow_up))
    shown = {
        str(one["name"]): one.get("value")
        for one in page.select("main input[checked], main input[type=text]")
    }
    assert {name: shown.get(name) for name in ANSWERS if "words_w" not in name and "words_s" not in name} == {
        name: value for name, value in ANSWERS.items() if "words_w" not in name and "words_s" not in name
    }
    assert [one.get_text().strip() for one in page.select("#own_words, #words_wish_for_work")] == [
        "Bra!",
        "Med hundar.",
    ]


def test_words_without_an_answer_are_neither_saved_nor_lost(
    session: Session, browser: PageClient, follow_up: FollowUp
) -> None:
    page = browser.submit(page_of(follow_up), {"words_wish_for_work": "Med hundar."})
    assert page.status == 422
    assert "Välj ett svar också" in page.words
    assert "Med hundar." in browser.get(page_of(follow_up)).words


def test_an_answer_that_changes_is_given_anew(coach: Identity, follow_up: FollowUp) -> None:
    operations.write(follow_up, facts({WorkPoint.WISH_FOR_WORK: PointAnswer.NO}))
    given = follow_up.points[0].created_at
    operations.write(follow_up, facts({WorkPoint.WISH_FOR_WORK: PointAnswer.NO}))
    same = follow_up.points[0].created_at
    operations.write(follow_up, facts({WorkPoint.WISH_FOR_WORK: PointAnswer.YES}))
    assert same == given
    assert follow_up.points[0].created_at > given


def test_an_answer_left_out_is_taken_away(session: Session, coach: Identity, follow_up: FollowUp) -> None:
    operations.write(follow_up, facts({WorkPoint.WISH_FOR_WORK: PointAnswer.NO}))
    session.flush()
    operations.write(follow_up, facts())
    session.flush()
    assert newest(session).points == []


def test_who_could_not_be_asked_did_not_answer_in_any_way(coach: Identity, follow_up: FollowUp) -> None:
    said = PointFacts(
        point=WorkPoint.WISH_FOR_WORK,
        answer=PointAnswer.COULD_NOT_BE_ASKED,
        channel=Channel.SPEECH,
        words="Var sjuk.",
    )
    operations.write(follow_up, FollowUpFacts(held_on=clock.today(), points=[said]))
    assert (follow_up.points[0].channel, follow_up.points[0].words) == (None, "Var sjuk.")


@pytest.mark.parametrize(
    ("point", "answer", "day", "field"),
    [
        ("job_consultant", "yes", 1, "on_job_consultant"),
        ("next_step", "yes", -1, "on_next_step"),
        ("job_consultant", "maybe", 0, "answer_job_consultant"),
        ("wish_for_work", "not_offered", 0, "answer_wish_for_work"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(
    coach: Identity, follow_up: FollowUp, point: str, answer: str, day: int, field: str
) -> None:
    on = clock.today() + timedelta(days=day)
    said = PointFacts(point=WorkPoint(point), answer=PointAnswer(answer), on_date=on)
    with pytest.raises(DomainError) as refused:
        operations.write(follow_up, FollowUpFacts(held_on=clock.today(), points=[said]))
    assert refused.value.field == field


def test_a_follow_up_of_another_measure_has_no_points_and_closes_without(
    session: Session, coach: Identity, person: Participant
) -> None:
    decision = a_decision(person, support_measure="companion", law_basis="lss_9")
    begun = operations.begin(coach, person, decision, kind=FollowUpKind.PLAN, held_on=clock.today())
    operations.write(begun, facts({WorkPoint.WISH_FOR_WORK: PointAnswer.NO}))
    operations.close(begun, Conclusion.END)
    session.flush()
    assert (newest(session).conclusion, newest(session).points) == ("end", [])


def test_the_page_of_another_measure_asks_nothing_about_work(
    session: Session, browser: PageClient, person: Participant
) -> None:
    decision = a_decision(person, support_measure="companion", law_basis="lss_9")
    follow_up = a_follow_up(decision, kind="plan", has_work_points=False)
    session.commit()
    assert "Om arbete" not in browser.get(page_of(follow_up)).words


# --- nothing typed is lost ---


def test_what_is_typed_is_kept_while_typing_and_shown_when_the_session_has_ended(
    session: Session,
    sign_in: Callable[[Account], PageClient],
    account: Account,
    browser: PageClient,
    follow_up: FollowUp,
) -> None:
    held = browser.get(page_of(follow_up)).hidden()
    browser.post(
        page_of(follow_up, "/utkast"),
        {**held, "held_on": TODAY, "summary": "Hann inte", "answer_next_step": "no"},
    )
    page = sign_in(account).get(page_of(follow_up))
    assert "Här är det du skrev senast" in page.words
    assert "Hann inte" in page.words
    assert [one["value"] for one in page.select("[name=answer_next_step][checked]")] == ["no"]


def test_what_is_saved_needs_no_draft(browser: PageClient, account: Account, follow_up: FollowUp) -> None:
    held = browser.get(page_of(follow_up)).hidden()
    browser.post(page_of(follow_up, "/utkast"), {**held, "held_on": TODAY, "summary": "Hann inte"})
    browser.submit(page_of(follow_up), {"summary": "Hann"})
    assert find_draft(account.id, f"follow_up:{follow_up.public_id}") is None


def test_a_draft_can_be_left_for_what_is_saved(browser: PageClient, follow_up: FollowUp) -> None:
    held = browser.get(page_of(follow_up)).hidden()
    browser.post(page_of(follow_up, "/utkast"), {**held, "held_on": TODAY, "summary": "Hann inte"})
    assert "Hann inte" not in browser.get(page_of(follow_up, "?utkast=nej")).words


def test_a_draft_far_too_long_is_refused(browser: PageClient, follow_up: FollowUp) -> None:
    held = browser.get(page_of(follow_up)).hidden()
    page = browser.post(page_of(follow_up, "/utkast"), {**held, "summary": "a" * 200_000})
    assert page.status == 413


def test_two_who_write_at_once_see_both_and_lose_nothing(
    session: Session, browser: PageClient, follow_up: FollowUp
) -> None:
    mine = browser.get(page_of(follow_up)).hidden()
    browser.submit(page_of(follow_up), {"answer_wish_for_work": "yes"})
    page = browser.post(page_of(follow_up), {**mine, "held_on": TODAY, "summary": "Mina ord"})
    assert page.status == 409
    assert "Mina ord" in page.words
    again = browser.post(page_of(follow_up), {**page.hidden(), "held_on": TODAY, "summary": "Mina ord"})
    assert (again.status, newest(session).summary) == (200, "Mina ord")


def test_a_draft_typed_on_an_older_version_asks_before_it_is_saved(
    browser: PageClient, follow_up: FollowUp
) -> None:
    held = browser.get(page_of(follow_up)).hidden()
    browser.submit(page_of(follow_up), {"summary": "Den andras"})
    browser.post(page_of(follow_up, "/utkast"), {**held, "held_on": TODAY, "summary": "Mina ord"})
    assert browser.submit(page_of(follow_up), {}).status == 409


# --- closed ---


def test_an_unfinished_follow_up_says_what_is_missing_with_a_way_to_each_place(
    browser: PageClient, follow_up: FollowUp
) -> None:
    page = browser.submit(
        page_of(follow_up), {**ANSWERS, "who_next_step": "", "channel_wish_for_work": "", "go": "close"}
    )
    ways = [str(one["href"]).partition("#")[2] for one in page.select("main .notice a")]
    assert ways == ["channel_wish_for_work", "who_next_step"]
    target = browser.get(page_of(follow_up))
    assert [len(target.select(f"#{way}")) for way in ways] == [1, 1]


LEFT_OUT = [name for name in ANSWERS if not name.startswith("words_w")]


@pytest.mark.parametrize("left_out", LEFT_OUT)
def test_the_form_does_not_close_a_follow_up_that_lacks_anything(
    session: Session, browser: PageClient, follow_up: FollowUp, left_out: str
) -> None:
    sent = {name: value for name, value in ANSWERS.items() if name != left_out}
    point = left_out.partition("_")[2]
    if left_out.startswith("answer"):
        sent = {name: value for name, value in sent.items() if not name.endswith(point)}
    browser.submit(page_of(follow_up), sent)
    version = newest(session).version
    held = browser.get(page_of(follow_up)).hidden()
    page = browser.post(
        page_of(follow_up, "/avsluta"), {**held, "version": version, "conclusion": "continue"}
    )
    assert (page.status, newest(session).closed_on) == (422, None)
    assert str(WorkPoint(point).label) in page.words


def test_a_follow_up_with_every_answer_is_closed(
    session: Session, browser: PageClient, follow_up: FollowUp
) -> None:
    browser.submit(page_of(follow_up), ANSWERS)
    page = browser.submit(page_of(follow_up, "/avsluta"), {"conclusion": "change"})
    assert (newest(session).conclusion, newest(session).closed_on) == ("change", clock.today())
    assert "Avslutad" in page.words
    assert "Besöka hunddagiset" in page.words


def test_no_function_closes_a_follow_up_that_lacks_a_point(coach: Identity, decision: Decision) -> None:
    for left_out in WorkPoint:
        answers = {point: answer for point, answer in ALL.items() if point is not left_out}
        follow_up = a_follow_up(decision, answers=answers)
        with pytest.raises(DomainError) as refused:
            operations.close(follow_up, Conclusion.CONTINUE)
        assert str(left_out.label) in str(refused.value.message)


def test_closing_asks_how_it_will_be(browser: PageClient, follow_up: FollowUp) -> None:
    browser.submit(page_of(follow_up), ANSWERS)
    assert browser.submit(page_of(follow_up, "/avsluta"), {}).status == 422


def test_a_closed_follow_up_is_read_and_written_by_nobody(
    session: Session, browser: PageClient, decision: Decision
) -> None:
    closed = a_follow_up(decision, kind="plan", closed_on=clock.today())
    session.commit()
    assert browser.get(page_of(closed)).select("main form") == []
    token = browser.get(f"/deltagare/{closed.participant.public_id}/uppfoljningar/ny").hidden()
    page = browser.post(page_of(closed), {**token, "held_on": TODAY, "summary": "Nytt"})
    assert page.status == 422
    assert "Uppföljningen är avslutad" in page.words


def test_every_act_leaves_a_trace(browser: PageClient, follow_up: FollowUp) -> None:
    browser.submit(page_of(follow_up), ANSWERS)
    browser.submit(page_of(follow_up, "/avsluta"), {"conclusion": "change"})
    acts = [(act, detail) for act, kind, detail in traces("write") if kind == "follow_up"]
    assert acts == [("follow_up.create", "write"), ("follow_up.create", "close")]


# --- whose it is ---


def test_the_handlers_follow_up_is_read_but_not_written_by_the_coach(
    session: Session, browser: PageClient, decision: Decision, follow_up: FollowUp
) -> None:
    handlers = a_follow_up(decision, kind="decision", answers={WorkPoint.NEXT_STEP: PointAnswer.NO})
    session.commit()
    assert "Inte avslutad än" in browser.get(page_of(handlers)).words
    token = browser.get(page_of(follow_up)).hidden()
    assert browser.post(page_of(handlers), {**token, "held_on": TODAY}).status == 403


def test_another_persons_follow_up_is_missing(
    session: Session, browser: PageClient, person: Participant
) -> None:
    other = a_follow_up(a_decision(a_participant()), kind="plan")
    session.commit()
    theirs = page_of(other).replace(other.participant.public_id, person.public_id)
    assert [browser.get(path).status for path in (page_of(other), theirs)] == [404, 404]


def test_the_own_answers_are_asked_in_easy_words_and_said_to_be_the_persons(
    browser: PageClient, follow_up: FollowUp
) -> None:
    words = browser.get(page_of(follow_up)).words
    assert "Fråga så här: Vill du ha ett arbete?" in words
    assert words.count("Det här svaret är personens eget.") == 2
