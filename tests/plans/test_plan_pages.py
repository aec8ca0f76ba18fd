"""The pages of plans: begun and written part by part; nothing typed is lost."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.drafts import find_draft
from aktema.people.models import Participant
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_models import Plan
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plan import a_plan
from tests.support.plan_pages import (
    activity_code,
    an_order_to_plan,
    fix,
    goal_code,
    newest,
    part_of,
    path_of,
)

SignIn = Callable[[Account], PageClient]
TODAY = clock.today()
MOST_STATEMENTS = 12


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.COORDINATOR, a_unit(), name="Omar Koordinator")


@pytest.fixture
def person(session: Session) -> Participant:
    return a_participant()


@pytest.fixture
def order(person: Participant, account: Account) -> ServiceOrder:
    return an_order_to_plan(person, account)


@pytest.fixture
def plan(order: ServiceOrder) -> Plan:
    return a_plan(order, activities=2, easy=False)


@pytest.fixture
def browser(session: Session, sign_in: SignIn, account: Account, plan: Plan) -> PageClient:
    session.commit()
    return sign_in(account)


# Begun


def test_a_plan_is_begun_on_the_only_order(
    session: Session, sign_in: SignIn, account: Account, order: ServiceOrder
) -> None:
    session.commit()
    start = f"/deltagare/{order.participant.public_id}/planer"
    browser = sign_in(account)
    assert "Ingen plan än" in browser.get(start).words
    page = browser.submit(f"{start}/ny", {})
    assert page.status == 200
    assert "Behöver en lugn start." in page.words
    assert newest(session).order_id == order.id


def test_without_an_accepted_order_there_is_nothing_to_plan(
    session: Session, sign_in: SignIn, account: Account, person: Participant
) -> None:
    an_assignment(person, kind="coordinator", account=account, unit=account.memberships[0].unit)
    session.commit()
    browser, start = sign_in(account), f"/deltagare/{person.public_id}/planer"
    assert "enheten har sagt ja till" in browser.get(start).words
    assert "Det finns ingen beställning" in browser.get(f"{start}/ny").words


def test_a_second_draft_is_refused_with_a_sentence(browser: PageClient, plan: Plan) -> None:
    page = browser.submit(f"/deltagare/{plan.participant.public_id}/planer/ny", {})
    assert page.status == 422
    assert "Det finns redan en arbetsversion" in page.words


# Written


def test_every_part_has_a_page_and_says_what_stands_there(browser: PageClient, plan: Plan) -> None:
    for code, text in (
        ("bestallning", "Behöver en lugn start."),
        ("ord", "own_words i planen"),
        ("arbete", "work_now i planen"),
        (goal_code(plan), "measure i planen"),
        (activity_code(plan), "how i planen"),
    ):
        assert text in browser.get(part_of(plan, code)).words


GOAL = {"life_area": "d8", "text": "Prova kafé", "text_easy": "Jag provar kafé.", "target_date": "2027-03-09"}


def test_a_new_goal_and_a_new_activity_stand_in_the_plan(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    page = browser.submit(part_of(plan, "mal"), GOAL)
    assert "Prova kafé" in page.words
    key = newest(session).goals[-1].key
    sent = {
        "what": "Diskar",
        "weekdays": ["0", "2"],
        "starts_at": "9",
        "ends_at": "11.30",
        "week_pattern": "odd",
        "support_level": "3",
        "is_toward_work": "y",
        "what_pictures": ["moji:1F331"],
        "what_pictures-word:moji:1F331": "diska",
    }
    page = browser.submit(part_of(plan, f"till-{key}"), sent)
    assert "måndag, onsdag, 09:00–11:30, udda veckor" in page.words
    written = next(one for one in newest(session).activities if one.goal_key == key)
    assert (written.weekdays, written.support_level, written.is_toward_work) == (5, 3, True)


def test_one_more_activity_follows_where_it_was_asked_for(browser: PageClient, plan: Plan) -> None:
    page = browser.submit(part_of(plan, activity_code(plan)), {"go": "more"})
    assert "Ny aktivitet" in page.words


def test_own_words_and_the_answer_about_work_are_written(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    browser.submit(part_of(plan, "ord"), {"own_words": "Jag vill!", "own_words_channel": "signs"})
    browser.submit(
        part_of(plan, "arbete"),
        {"work_wish": "could_not_be_asked", "work_not_asked": "Sjuk", "work_by": "2027-01-01"},
    )
    found = newest(session)
    assert (found.own_words_channel, found.work_wish, found.work_wish_channel) == (
        "signs",
        "could_not_be_asked",
        None,
    )


@pytest.mark.parametrize(
    ("code", "sent", "message"),
    [
        ("mal", {"life_area": "", "text": "Prova"}, "Välj ett livsområde"),
        ("mal", {"life_area": "d8", "text": " "}, "Skriv målet"),
        ("activity", {"starts_at": "25"}, "Skriv klockslaget"),
        ("activity", {"starts_at": "9", "ends_at": "8"}, "Sluttiden ska vara efter"),
        ("activity", {"what_easy": "a" * 1001}, "för lång"),
        ("activity", {"what": "Diskar\0"}, "tecken som inte går att spara"),
        ("activity", {"from_date": "i går"}, "Skriv datumet som"),
        ("ord", {"no_own_words": "Ville inte"}, "Personens egna ord finns"),
    ],
)
def test_what_cannot_be_is_shown_again_with_what_was_typed(
    browser: PageClient, plan: Plan, code: str, sent: dict[str, str], message: str
) -> None:
    code = activity_code(plan) if code == "activity" else code
    page = browser.submit(part_of(plan, code), {**sent, "measure": "Mina ord", "how": "Mina ord"})
    assert page.status == 422
    assert message in page.words
    if code != "ord":
        assert "Mina ord" in page.words


def test_an_old_easy_text_is_pointed_out_until_somebody_says_that_it_holds(
    browser: PageClient, plan: Plan
) -> None:
    code = part_of(plan, goal_code(plan))
    browser.submit(code, {"text": "Prova", "text_easy": "Jag provar."})
    assert "gammal" in browser.submit(code, {"text": "Prova kafé"}).words
    page = browser.get(code)
    assert "Den lättlästa texten är gammal" in page.words
    assert len(page.select("[name=text_holds]")) == 1
    assert "gammal" not in browser.submit(code, {"text_holds": "y"}).words


def test_easy_read_is_folded_open_for_who_reads_so(
    session: Session, sign_in: SignIn, account: Account, plan: Plan
) -> None:
    session.commit()
    browser = sign_in(account)
    closed = browser.get(part_of(plan, goal_code(plan))).select("main details[open]")
    plan.participant.communication = "easy_read"
    session.commit()
    opened = browser.get(part_of(plan, goal_code(plan))).select("main details[open]")
    assert (len(closed), len(opened)) == (0, 2)


def test_a_picture_is_searched_for_without_losing_what_was_typed(browser: PageClient, plan: Plan) -> None:
    sent = {"what": "Diskar koppar", "what_pictures-q": "hund", "search_picture": "what_pictures"}
    page = browser.submit(part_of(plan, activity_code(plan)), sent)
    assert page.status == 200
    assert [one["value"] for one in page.select("#what")] == ["Diskar koppar"]
    assert page.select(".picture-choices input")


def test_parts_are_moved_by_buttons(session: Session, browser: PageClient, plan: Plan) -> None:
    first, second = (one.key for one in plan.activities)
    browser.submit(path_of(plan), {"way": "down"}, css=f"form[action$='{activity_code(plan)}/flytta']")
    keys = [one.key for one in newest(session).activities]
    assert keys == [second, first]


def test_taking_a_goal_away_asks_first_and_says_what_goes_with_it(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    path = part_of(plan, goal_code(plan), "/ta-bort")
    page = browser.get(path)
    assert "text i planen" in page.words
    assert page.words.count("what i planen") == 2
    assert browser.submit(path, {}).status == 200
    assert (newest(session).goals, newest(session).activities) == ([], [])


def test_what_was_changed_while_somebody_asked_is_not_taken_away(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    path, code = part_of(plan, goal_code(plan), "/ta-bort"), part_of(plan, goal_code(plan))
    held = browser.get(path).hidden()
    browser.submit(code, {"text": "Nytt"})
    page = browser.post(path, held)
    assert page.status == 422
    assert "Så här är det nu" in page.words
    assert len(newest(session).goals) == 1


def test_who_took_part_is_listed_and_taken_away(session: Session, browser: PageClient, plan: Plan) -> None:
    path = path_of(plan, "/medverkan")
    assert browser.submit(path, {"role": "", "how": ""}, css="main form.form").status == 422
    page = browser.submit(
        path, {"role": "guardian", "how": "phone", "name": "Gode Man"}, css="main form.form"
    )
    assert "Gode Man" in page.words
    page = browser.submit(path, {}, css="main form[action$='/ta-bort']")
    assert [one.role for one in newest(session).participations] == ["guardian"]


@pytest.mark.parametrize("code", ["", "x", "mal-", "mal-kort", "aktivitet", "till", "ord-x", "arbete-a", "å"])
def test_a_part_that_is_not_there_is_a_missing_page(browser: PageClient, plan: Plan, code: str) -> None:
    assert browser.get(part_of(plan, code)).status == 404


def test_parts_without_a_row_are_neither_moved_nor_taken_away(browser: PageClient, plan: Plan) -> None:
    assert browser.get(part_of(plan, "ord", "/ta-bort")).status == 404
    held = browser.get(part_of(plan, "ord")).hidden()
    assert browser.post(part_of(plan, "ord", "/flytta"), held).status == 404


# Nothing typed is lost


def test_what_is_typed_is_kept_while_typing_and_shown_when_the_session_has_ended(
    sign_in: SignIn, account: Account, browser: PageClient, plan: Plan
) -> None:
    code = activity_code(plan)
    held = browser.get(part_of(plan, code)).hidden()
    kept = browser.post(part_of(plan, code, "/utkast"), {**held, "what": "Hann inte", "weekdays": ["4"]})
    page = sign_in(account).get(part_of(plan, code))
    assert kept.status == 200
    assert "Här är det du skrev senast" in page.words
    assert [one["value"] for one in page.select("#what, [name=weekdays][checked]")] == ["Hann inte", "4"]


def test_what_is_saved_needs_no_draft(browser: PageClient, account: Account, plan: Plan) -> None:
    held = browser.get(part_of(plan, "ord")).hidden()
    browser.post(part_of(plan, "ord", "/utkast"), {**held, "own_words": "Hann inte"})
    browser.submit(part_of(plan, "ord"), {"own_words": "Hann"})
    assert find_draft(account.id, f"plan:{plan.public_id}:ord") is None


def test_a_draft_can_be_left_for_what_is_saved(browser: PageClient, plan: Plan) -> None:
    held = browser.get(part_of(plan, "ord")).hidden()
    browser.post(part_of(plan, "ord", "/utkast"), {**held, "own_words": "Hann inte"})
    assert "Hann inte" not in browser.get(part_of(plan, "ord", "?utkast=nej")).words


def test_a_draft_far_too_long_is_refused(browser: PageClient, plan: Plan) -> None:
    held = browser.get(part_of(plan, "ord")).hidden()
    assert browser.post(part_of(plan, "ord", "/utkast"), {**held, "own_words": "a" * 200_000}).status == 413


def sent_from(page: Page, **typed: str) -> dict[str, str]:
    """What a browser sends of a page that was opened before."""
    return {**page.hidden(), "life_area": "d8", "measure": "measure i planen", **typed}


def test_two_who_write_the_same_part_see_both_texts(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    path = part_of(plan, goal_code(plan))
    mine = sent_from(browser.get(path), text="Mina ord")
    browser.submit(path, {"text": "Den andras ord"})
    page = browser.post(path, mine)
    assert page.status == 409
    assert "Mina ord" in page.words
    assert "Den andras ord" in page.words
    again = browser.post(path, {**mine, **page.hidden()})
    assert again.status == 200
    assert "Mina ord" in again.words


def test_two_who_write_different_parts_are_never_in_the_way(browser: PageClient, plan: Plan) -> None:
    goal = browser.get(part_of(plan, goal_code(plan)))
    own = browser.get(part_of(plan, "ord")).hidden()
    work = browser.get(part_of(plan, "arbete")).hidden()
    browser.submit(part_of(plan, activity_code(plan)), {"what": "Nytt"})
    browser.submit(path_of(plan), {"way": "down"}, css=f"form[action$='{activity_code(plan)}/flytta']")
    answers = [
        browser.post(part_of(plan, goal_code(plan)), sent_from(goal, text="Ett")),
        browser.post(part_of(plan, "ord"), {**own, "own_words": "Två"}),
        browser.post(part_of(plan, "arbete"), {**work, "work_now": "Tre"}),
    ]
    assert [one.status for one in answers] == [200, 200, 200]


@pytest.mark.parametrize("kind", ["mal", "aktivitet"])
def test_what_was_typed_in_a_part_that_is_gone_can_be_put_in_again(
    session: Session, browser: PageClient, plan: Plan, kind: str
) -> None:
    code = goal_code(plan) if kind == "mal" else activity_code(plan)
    held = browser.get(part_of(plan, code)).hidden()
    browser.submit(part_of(plan, code, "/ta-bort"), {})
    typed = {"life_area": "d8", "text": "Mina ord"} if kind == "mal" else {"what": "Mina ord"}
    page = browser.post(part_of(plan, code), {**held, **typed})
    assert page.status == 409
    assert "Mina ord" in page.words
    form = page.select("main form")[0]
    kept = {str(one["name"]): str(one.get("value", "")) for one in form.select("input")}
    assert "Mina ord" in browser.post(str(form["action"]), kept).words


def test_what_was_typed_while_the_plan_was_fixed_is_shown_and_kept(
    session: Session, browser: PageClient, account: Account, plan: Plan
) -> None:
    held = browser.get(part_of(plan, "ord")).hidden()
    fix(session, plan)
    page = browser.post(part_of(plan, "ord"), {**held, "own_words": "För sent"})
    assert page.status == 422
    assert "Planen är fastställd" in page.words
    assert "För sent" in page.words
    assert find_draft(account.id, f"plan:{plan.public_id}:ord") is not None
