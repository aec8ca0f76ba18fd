"""Help with easy-read on screen: a page that answers without scripts, and the same answer while typing."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account

PAGE, LIVE = "/lattlast", "/lattlast/granska"


@pytest.fixture
def browser(session: Session, sign_in: Callable[[Account], PageClient]) -> PageClient:
    return sign_in(an_account(Role.JOB_COACH, a_unit()))


def live(browser: PageClient, text: str) -> str:
    token = browser.get(PAGE).hidden()["csrf_token"]
    answer = browser.client.post(LIVE, data={"text": text}, headers={"X-CSRFToken": token})
    assert answer.status_code == 200
    return answer.get_data(as_text=True).strip()


def test_the_page_says_what_is_hard_and_keeps_the_text(browser: PageClient) -> None:
    page = browser.submit(PAGE, {"text": "Du ska inte springa."})
    assert (page.status, page.select("textarea")[0].get_text().strip()) == (200, "Du ska inte springa.")
    assert [one.get_text() for one in page.select(".easy-list li")] == [
        "”inte” är lätt att missa. Skriv vad som gäller eller vad man ska göra."
    ]


def test_the_page_says_that_a_good_text_is_easy_read(browser: PageClient) -> None:
    assert "Texten är lättläst." in browser.submit(PAGE, {"text": "Du bakar bröd."}).words


def test_an_empty_text_is_refused_in_words(browser: PageClient) -> None:
    page = browser.submit(PAGE, {"text": " "})
    assert (page.status, "Fyll i det här." in page.words, "Det här hittade vi" in page.words) == (
        422,
        True,
        False,
    )


def test_a_text_too_long_is_refused_in_words(browser: PageClient) -> None:
    page = browser.submit(PAGE, {"text": "a" * 6000})
    assert page.status == 422
    assert "för lång" in page.words


def test_the_answer_while_typing_is_the_pages_own(browser: PageClient) -> None:
    page = browser.submit(PAGE, {"text": "Kl. 9 blir du hämtad."})
    said = [one.get_text() for one in page.select(".easy-list li")]
    assert len(said) == 2
    assert all(one in live(browser, "Kl. 9 blir du hämtad.") for one in said)


def test_the_answer_while_typing_holds_no_letter_that_is_markup(browser: PageClient) -> None:
    assert "<script" not in live(browser, "ej <script>alert(1)</script> (ej <b>)")


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_typed_is_answered_with_nothing(browser: PageClient, text: str) -> None:
    assert live(browser, text) == ""


def test_without_its_token_nothing_is_answered(browser: PageClient) -> None:
    assert browser.client.post(LIVE, data={"text": "Hej."}).status_code in (400, 403)


def test_only_those_who_write_plans_get_help_with_it(
    session: Session, sign_in: Callable[[Account], PageClient]
) -> None:
    handler = sign_in(an_account(Role.LSS_HANDLER))
    assert handler.get(PAGE).status == 403
