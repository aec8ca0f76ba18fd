"""The questions worth asking, as the page shows them."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.matching import cards
from aktema.matching.engine.asking import Asked, AskedKind
from aktema.matching.views import answered_at
from aktema.people.models import Participant
from aktema.vocabulary.queries import activity_by_code, dimension_by_code, preferences
from tests.support.employers import a_placement
from tests.support.page import PageClient

SignIn = Callable[[Account], PageClient]


def questions(person: Participant) -> str:
    return f"/deltagare/{person.public_id}/forslag/fragor"


def test_without_places_nothing_needs_to_be_asked(browser: PageClient, person: Participant) -> None:
    assert "Inget behöver frågas nu" in browser.get(questions(person)).words


def test_at_most_three_questions_lead_to_where_they_are_answered(
    browser: PageClient, person: Participant
) -> None:
    for number, activity in enumerate(["bake", "clean_office", "wash_dishes", "serve_cafe"] * 4):
        a_placement(title=f"Plats {number}", activities=[activity], demands={"focus": number % 4})
    page = browser.get(questions(person))
    links = [link["href"] for link in page.select("ol.ranked a")]
    assert len(links) == 3
    assert {browser.get(link).status for link in links} == {200}


def test_a_question_is_said_in_easy_words_too(browser: PageClient, person: Participant) -> None:
    a_placement(title="Svår", demands={"focus": 3})
    a_placement(title="Lätt")
    words = browser.get(questions(person)).words
    assert "Hur går det här för personen: hålla fokus?" in words
    assert "Hur länge kan du fortsätta med samma sak?" in words
    assert "ändra ordningen" in words


def test_the_suggestions_lead_to_the_questions(browser: PageClient, person: Participant) -> None:
    page = browser.get(f"/deltagare/{person.public_id}/forslag")
    assert page.select(f"a[href='{questions(person)}']")


def test_what_an_answer_can_change_is_said_in_places(session: Session) -> None:
    line = cards.asked_line(Asked(kind=AskedKind.JOURNEY, changed=5.8, moved=30.0))
    assert line.sentence == "Fråga personen hur lång resa som går bra."
    assert line.worth == "Svaret kan byta ut ungefär 3 av de första platserna."


@pytest.mark.parametrize("kind", list(AskedKind))
def test_every_kind_of_question_has_words_and_a_page(
    browser: PageClient, person: Participant, kind: AskedKind
) -> None:
    keys = {
        AskedKind.CAPACITY: dimension_by_code("focus").id,
        AskedKind.VOTE: activity_by_code("bake").id,
        AskedKind.PREFERENCE: preferences()[0].id,
    }
    asked = Asked(kind=kind, key=keys.get(kind), changed=2.0, moved=2.0)
    assert cards.asked_line(asked).sentence
    assert browser.get(answered_at(asked, person.public_id)).status == 200
