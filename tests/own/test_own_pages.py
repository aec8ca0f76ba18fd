"""Min sida: the person sees their own, answers without writing, and nothing of staff's opens for them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access import audit
from aktema.access.guard import PUBLIC, access_of
from aktema.access.link_codes import Purpose
from aktema.access.models import AccessEntry, Account, ServerSession
from aktema.access.policy import Permission
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.own.models import PictureChoice
from aktema.own.permissions import READ_OWN
from aktema.pathway.models import Introduction
from aktema.pathway.operations import open_introduction
from aktema.people.models import InterestVote
from aktema.people.permissions import READ_IDENTITY
from aktema.plans.codes import PointAnswer, WorkPoint
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, log_step
from tests.conftest import QueryCount
from tests.robustness.world import build
from tests.support.employers import a_placement
from tests.support.introductions import a_question, answered, consented, employer_said, sent
from tests.support.lines import last_line
from tests.support.own import Someone, someone
from tests.support.page import Page, PageClient
from tests.support.people import act_as, an_account
from tests.support.plans import a_decision, a_follow_up
from tests.support.trials import a_trial

SignIn = Callable[[Account], PageClient]
TODAY = clock.today()
PICTURE_FILES = ("people.photo", "vocabulary.symbol_image")
"""Pictures that any page may show by reference: a person's own photos, and symbols that show nobody."""
PAGES = (
    "",
    "/personer",
    "/lasare",
    "/plan",
    "/plan/vanlig",
    "/plan/lattlast",
    "/plan/bilder",
    "/imorgon",
    "/bilder",
    "/bilder/tack",
    "/jobb",
    "/mitt-val",
    "/prata",
)


@pytest.fixture
def who(session: Session) -> Someone:
    return someone()


@pytest.fixture
def browser(sign_in: SignIn, who: Someone) -> PageClient:
    return sign_in(who.account)


def press(browser: PageClient, path: str, css: str = "main form", **values: str) -> Page:
    """Press a button of the form that holds it."""
    return browser.post(path, {**browser.get(path).hidden(css), **values})


def asked(who: Someone) -> Introduction:
    """The person has been asked about a job."""
    placement = a_placement()
    coach = act_as(who.coach)
    introduction = open_introduction(
        coach, who.person, placement_id=placement.id, placement_title=placement.title
    )
    db.session.commit()
    return introduction


# What opens


def test_the_start_page_of_a_participant_is_their_own(browser: PageClient, who: Someone) -> None:
    assert f"Hej {who.person.first_name}!" in browser.get("/").words


def test_there_is_no_menu(browser: PageClient, who: Someone) -> None:
    shown = browser.get(who.page())
    assert shown.select(".site-nav, .account") == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_leaves_a_trace_and_asks_few_questions(
    browser: PageClient, session: Session, queries: QueryCount, who: Someone, path: str
) -> None:
    browser.get(who.page(path))
    queries.statements.clear()
    assert browser.get(who.page(path)).status == 200
    assert len(queries) <= 12
    read = (AccessEntry.participant_id == who.person.id) & (AccessEntry.kind == audit.READ)
    assert session.scalars(
        select(AccessEntry.id).where(read, AccessEntry.account_id == who.account.id)
    ).first()


@pytest.mark.parametrize("path", PAGES)
def test_another_persons_page_is_missing(sign_in: SignIn, browser: PageClient, path: str) -> None:
    assert browser.get(someone(first_name="Bo").page(path)).status == 404


@pytest.mark.parametrize("path", PAGES)
def test_staff_do_not_open_a_persons_own_page(sign_in: SignIn, who: Someone, path: str) -> None:
    assert sign_in(who.coach).get(who.page(path)).status == 403


def test_everything_a_page_says_can_be_read_aloud(browser: PageClient, who: Someone) -> None:
    for path in PAGES:
        page = browser.get(who.page(path))
        room = page.soup.select_one("[data-read-aloud]")
        for aid in room.select("[data-speak-bar], .visually-hidden"):
            aid.decompose()
        aloud = "".join(one.get_text() for one in room.select("[data-sentence]"))
        assert "".join(aloud.split()) == "".join(room.get_text().split()), path


# What does not open


@pytest.mark.crawl
def test_a_participant_opens_no_page_of_staff(app: Flask, session: Session, sign_in: SignIn) -> None:
    """Every address that is not the person's own, with real ids of the person's own things in it."""
    world = build()
    participant = world.accounts[Role.PARTICIPANT]
    opened = {}
    for rule in app.url_map.iter_rules():
        mark, address = access_of(app, rule.endpoint), world.address(rule)
        own = rule.endpoint.startswith("own.") and str(rule).startswith("/min-sida")
        if address is None or rule.endpoint == "static" or mark == PUBLIC or own:
            continue
        if isinstance(mark, Purpose):
            continue  # opens by the link's key, whoever is signed in
        if isinstance(mark, Permission) and len(mark.grants) == len(Role):
            continue  # the own account, which everybody has
        if rule.endpoint in PICTURE_FILES:
            continue
        browser = sign_in(participant)
        token = browser.get(f"/min-sida/{world.ids['min-sida.public_id']}").hidden()["csrf_token"]
        for method in (rule.methods or set()) & {"GET", "POST"}:
            data = {"data": {"csrf_token": token}} if method == "POST" else {}
            status = browser.client.open(address, method=method, **data).status_code
            if status not in (403, 404):
                opened[f"{method} {rule.endpoint}"] = status
    assert opened == {}


def test_no_right_of_an_own_page_is_a_right_of_staff() -> None:
    from aktema.own.permissions import PERMISSIONS

    assert {role for one in PERMISSIONS for role in one.grants} == {Role.PARTICIPANT, Role.REPRESENTATIVE}


def test_an_account_that_is_only_linked_but_holds_no_post_opens_nothing(
    session: Session, sign_in: SignIn, who: Someone
) -> None:
    who.account.memberships[0].to_date = clock.today() - timedelta(days=1)
    who.account.memberships[0].from_date = clock.today() - timedelta(days=1)
    session.commit()
    assert sign_in(who.account).get(who.page()).status == 403


def test_the_own_scope_and_the_staff_scope_are_not_the_same() -> None:
    assert Role.PARTICIPANT in READ_OWN.grants
    assert Role.PARTICIPANT not in READ_IDENTITY.grants


# Pictures


def test_a_choice_is_kept_and_the_next_pair_is_another(
    browser: PageClient, session: Session, who: Someone
) -> None:
    before = browser.get(who.page("/bilder")).hidden()
    after = press(browser, who.page("/bilder"), outcome="first").hidden()
    assert session.scalars(select(PictureChoice.outcome)).all() == ["first"]
    assert {before["first"], before["second"]} != {after["first"], after["second"]}


def test_choices_become_own_votes_when_the_person_stops(
    browser: PageClient, session: Session, who: Someone
) -> None:
    for outcome in ("first", "both", "none"):
        press(browser, who.page("/bilder"), outcome=outcome)
    assert session.scalars(select(InterestVote)).all() == []
    browser.post(who.page("/bilder/klar"), browser.get(who.page("/bilder")).hidden())
    cast = session.scalars(select(InterestVote)).all()
    assert {vote.source for vote in cast} == {"own"}
    assert sorted(vote.vote for vote in cast if vote.vote is not None) == [-1, -1, 1, 1, 1]


def test_whoever_leaves_without_stopping_keeps_their_votes(
    browser: PageClient, session: Session, who: Someone
) -> None:
    press(browser, who.page("/bilder"), outcome="first")
    browser.post("/min-sida/klar", browser.get(who.page()).hidden())
    assert session.scalars(select(InterestVote.vote)).all() == [1]


@pytest.mark.parametrize(
    "sent", [{"first": "x"}, {"outcome": "x"}, {"second": ""}, {"first": "\x00"}, {"outcome": ""}]
)
def test_a_forged_choice_changes_nothing(
    browser: PageClient, session: Session, who: Someone, sent: dict[str, str]
) -> None:
    assert press(browser, who.page("/bilder"), **{"outcome": "first", **sent}).status in (200, 422)
    assert session.scalars(select(PictureChoice)).all() == []


# Answers


@pytest.mark.parametrize("answer", ["yes", "later", "no"])
def test_an_answer_about_a_job_is_the_persons_own(
    browser: PageClient, session: Session, who: Someone, answer: str
) -> None:
    introduction = asked(who)
    path = who.page(f"/jobb/{introduction.public_id}")
    page = press(browser, path, answer=answer)
    assert "Vi har sparat ditt svar" in page.words
    session.refresh(introduction)
    assert (introduction.answer, introduction.answer_channel) == (answer, "own_page")
    assert last_line()[0] == "person"


def test_a_job_is_told_in_few_plain_questions(browser: PageClient, queries: QueryCount, who: Someone) -> None:
    path = who.page(f"/jobb/{asked(who).public_id}")
    assert "Vill du prova?" in browser.get(path).words
    queries.statements.clear()
    browser.get(path)
    assert len(queries) <= 12


@pytest.mark.parametrize(
    ("first", "last", "values", "told"),
    [
        (1, 7, {}, "Du ska få prova!"),
        (-3, 3, {}, "Du provar jobbet nu."),
        (-9, -3, {}, "Du har provat jobbet."),
        (
            -3,
            3,
            {"interrupted_on": TODAY, "interrupted_by": "person", "end_reason": "health"},
            "Du har slutat",
        ),
        (
            1,
            7,
            {"cancelled_on": TODAY, "cancelled_by": "person", "end_reason": "health"},
            "blir inget den här",
        ),
    ],
)
def test_a_job_that_came_of_a_question_is_told_as_it_stands(
    browser: PageClient, who: Someone, first: int, last: int, values: dict[str, Any], told: str
) -> None:
    introduction = asked(who)
    introduction.answer, introduction.answered_on = "yes", TODAY
    introduction.agreed_on = TODAY
    placement = db.session.get_one(Placement, introduction.placement_id)
    days = {"from_date": TODAY + timedelta(days=first), "to_date": TODAY + timedelta(days=last)}
    trial = a_trial(who.person, placement, account=who.coach, **days, **values)
    trial.introduction = introduction
    db.session.commit()
    for page in ("/jobb", f"/jobb/{introduction.public_id}"):
        assert told in browser.get(who.page(page)).words


@pytest.mark.parametrize(("days", "told"), [(-1, "Besöket var"), (0, "Besöket är")])
def test_a_visit_is_told_as_it_was_or_is_to_be(
    browser: PageClient, who: Someone, days: int, told: str
) -> None:
    question = employer_said(sent(consented(answered(a_question(who.person, coach=who.coach)))))
    question.introduction.visit_on = TODAY + timedelta(days=days)
    db.session.commit()
    words = browser.get(who.page(f"/jobb/{question.introduction.public_id}")).words
    assert (told in words, "Du har besökt" in words) == (True, days < 0)


def test_another_persons_job_is_missing(browser: PageClient, who: Someone) -> None:
    assert browser.get(who.page(f"/jobb/{asked(someone()).public_id}")).status == 404


def test_a_wish_for_work_stands_on_the_coachs_idag(
    browser: PageClient, sign_in: SignIn, who: Someone
) -> None:
    press(browser, who.page("/mitt-val"), answer="yes")
    assert f"{who.person.first_name} vill arbeta" in sign_in(who.coach).get("/").words


def test_whoever_changes_their_mind_stands_there_no_longer(
    browser: PageClient, sign_in: SignIn, who: Someone
) -> None:
    press(browser, who.page("/mitt-val"), answer="maybe")
    press(browser, who.page("/mitt-val"), answer="no")
    assert "vill kanske arbeta" not in sign_in(who.coach).get("/").words


def test_a_wish_is_met_when_the_coach_has_met_the_person(
    browser: PageClient, session: Session, sign_in: SignIn, who: Someone
) -> None:
    press(browser, who.page("/mitt-val"), answer="yes")
    talked(who)
    assert "vill arbeta" not in sign_in(who.coach).get("/").words


def test_the_answer_given_before_is_marked_in_words(browser: PageClient, who: Someone) -> None:
    page = press(browser, who.page("/mitt-val"), answer="maybe")
    said = page.select("button[data-said]")
    assert [one.get_text(" ", strip=True) for one in said] == ["Kanske Ditt svar"]


def test_what_was_answered_in_a_follow_up_stands_on_the_own_page(browser: PageClient, who: Someone) -> None:
    answers = {WorkPoint.WISH_FOR_WORK: PointAnswer.MAYBE}
    a_follow_up(a_decision(who.person), answers=answers)
    db.session.commit()
    assert "Kanske" in browser.get(who.page("/mitt-val")).select("[data-said]")[0].get_text(" ")


# Talking


def talked(who: Someone) -> None:
    facts = StepFacts(
        contact_type=ContactType.TALK_WITH_PERSON,
        happened_on=clock.today(),
        minutes=10,
        place=StepPlace.OFFICE,
        line="Vi pratade",
    )
    log_step(act_as(who.coach), who.person, facts)


def test_one_press_tells_the_one_who_was_chosen(browser: PageClient, sign_in: SignIn, who: Someone) -> None:
    page = press(browser, who.page("/prata"), kind="coach")
    assert "Kim Coach har fått det" in page.words
    assert f"{who.person.first_name} vill prata med dig" in sign_in(who.coach).get("/").words
    assert "vill prata med dig" not in sign_in(who.coordinator).get("/").words


def test_a_talk_that_was_had_is_asked_for_no_longer(
    browser: PageClient, session: Session, sign_in: SignIn, who: Someone
) -> None:
    press(browser, who.page("/prata"), kind="coach")
    talked(who)
    session.commit()
    assert "vill prata" not in sign_in(who.coach).get("/").words
    assert "har fått det" not in browser.get(who.page("/prata")).words


@pytest.mark.parametrize("kind", ["handler", "provider", "x", "", "\x00"])
def test_only_a_coach_or_coordinator_can_be_asked(
    browser: PageClient, session: Session, who: Someone, kind: str
) -> None:
    assert "har fått det" not in press(browser, who.page("/prata"), kind=kind).words


# Who has read


def test_who_has_read_is_told_by_role_unit_and_day_without_name(
    browser: PageClient, sign_in: SignIn, who: Someone
) -> None:
    sign_in(who.coach).get(f"/deltagare/{who.person.public_id}")
    page = browser.get(who.page("/lasare"))
    assert f"Jobbcoach, {who.unit.name}" in page.words
    assert "Kim Coach" not in page.words


def test_own_visits_are_one_number(browser: PageClient, who: Someone) -> None:
    for _visit in range(3):
        page = browser.get(who.page("/lasare"))
    assert "Du har själv varit här 1 dag." in page.words
    assert "Deltagare" not in page.words


def test_readings_of_long_ago_are_not_told(browser: PageClient, sign_in: SignIn, who: Someone) -> None:
    sign_in(who.coach).get(f"/deltagare/{who.person.public_id}")
    with time_machine.travel(clock.now() + timedelta(days=91)):
        later = sign_in_again(sign_in, who).get(who.page("/lasare"))
    assert "Jobbcoach" not in later.words


def sign_in_again(sign_in: SignIn, who: Someone) -> PageClient:
    return sign_in(who.account)


# The end of a visit


def test_klar_ends_the_session_and_leaves_nothing_behind(browser: PageClient, who: Someone) -> None:
    answer = browser.post("/min-sida/klar", browser.get(who.page()).hidden(), follow=False)
    assert answer.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.get(who.page(), follow=False).location.startswith("/logga-in")


# The screen handed over


def test_a_worker_hands_over_the_screen_and_is_signed_out(
    sign_in: SignIn, session: Session, who: Someone
) -> None:
    path = f"/deltagare/{who.person.public_id}/lamna-over"
    worker = sign_in(who.coach)
    page = worker.submit(path, {})
    assert f"Hej {who.person.first_name}!" in page.words
    assert worker.get(f"/deltagare/{who.person.public_id}").status == 403
    held = select(ServerSession).where(ServerSession.account_id == who.account.id)
    assert session.scalars(held).one().handed_over_by_id == who.coach.id


def test_a_screen_handed_over_closes_after_half_an_hour(sign_in: SignIn, who: Someone) -> None:
    worker = sign_in(who.coach)
    worker.submit(f"/deltagare/{who.person.public_id}/lamna-over", {})
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert worker.get(who.page(), follow=False).location.startswith("/logga-in")


def test_that_a_screen_was_handed_over_is_in_the_log_as_the_workers(
    sign_in: SignIn, session: Session, who: Someone
) -> None:
    sign_in(who.coach).submit(f"/deltagare/{who.person.public_id}/lamna-over", {})
    handed = (AccessEntry.act == "session.hand_over") & (AccessEntry.kind == audit.WRITE)
    row = session.scalars(select(AccessEntry).where(handed)).one()
    assert (row.account_id, row.participant_id) == (who.coach.id, who.person.id)


def test_nobody_hands_over_to_a_person_they_do_not_work_with(sign_in: SignIn, who: Someone) -> None:
    other = someone(first_name="Bo")
    assert sign_in(other.coach).get(f"/deltagare/{who.person.public_id}/lamna-over").status == 404


# Cards, made by staff


def test_a_worker_makes_a_card_and_the_person_chooses_pictures(
    sign_in: SignIn, page: PageClient, who: Someone
) -> None:
    path = f"/deltagare/{who.person.public_id}/kort"
    worker = sign_in(who.coach)
    made = worker.post(f"{path}/nytt", worker.get(path).hidden())
    address = str(made.select("code")[0].get_text())
    assert len(made.select("svg.qr")) == 1
    chosen = choose(worker, f"{path}/kod", ("cat", "cow", "cat", "car"))
    assert "Bildkoden är sparad" in chosen.words
    assert page.get("/" + address.split("/", 3)[3]).status == 200


def choose(worker: PageClient, path: str, code: Sequence[str]) -> Page:
    shown = worker.get(path)
    for key in code:
        shown = worker.post(path, {**shown.hidden("main form"), "picture": key})
    return worker.post(path, shown.hidden("main form"))


def test_a_card_of_a_protected_person_bears_no_name(sign_in: SignIn, session: Session) -> None:
    who = someone(first_name="Kanariefågel", has_protected_identity=True)
    path = f"/deltagare/{who.person.public_id}/kort"
    worker = sign_in(who.coach)
    made = worker.post(f"{path}/nytt", worker.get(path).hidden())
    assert "Kanariefågel" not in made.select(".personal-card")[0].get_text()


def test_a_card_is_closed_by_staff(sign_in: SignIn, session: Session, who: Someone) -> None:
    path = f"/deltagare/{who.person.public_id}/kort"
    worker = sign_in(who.coach)
    worker.post(f"{path}/nytt", worker.get(path).hidden())
    closed = worker.post(f"{path}/stang", worker.get(path).hidden())
    assert "Kortet är stängt" in closed.words


@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.SYSTEM_ADMIN, Role.AUDITOR, Role.CONTROLLER])
def test_roles_that_do_not_work_with_the_person_make_no_card(
    sign_in: SignIn, who: Someone, role: Role
) -> None:
    account = an_account(role, who.unit if role is Role.UNIT_MANAGER else None)
    assert sign_in(account).get(f"/deltagare/{who.person.public_id}/kort").status == 403
