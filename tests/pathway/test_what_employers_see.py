"""What an employer sees of a person is the card the person agreed to: nothing else changes a byte of it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.pathway.consent_queries import draw_card
from aktema.pathway.introduction_operations import chase_employers
from aktema.pathway.models import IntroductionGap
from aktema.pathway.rules.card import CalledBy, Field
from aktema.people.models import Availability, InterestVote, Participant, Rating, Wish
from aktema.vocabulary.models import Activity, Dimension
from aktema.vocabulary.queries import dimension_by_code
from tests.support.employers import an_employer_account, word_id
from tests.support.introductions import (
    Asked,
    a_choice,
    a_question,
    a_sent_question,
    answered,
    consented,
    mails,
    sent,
)
from tests.support.page import PageClient

NOISE = re.compile(r'(?<=value=")[^"]*(?=")|nonce="[^"]*"')
"""What differs from one showing of a page to the next: keys of forms."""

HIDDEN: dict[str, st.SearchStrategy[Any]] = {
    "last_name": st.sampled_from(["Berg", "Åkesson", "af Ugglas"]),
    "birth_date": st.dates(date(1960, 1, 1), date(2004, 12, 31)),
    "sex": st.sampled_from([None, "woman", "man"]),
    "communication": st.sampled_from(["speech", "signs", "pictures"]),
    "communication_note": st.text("abcåäö ", max_size=20),
    "came_from": st.sampled_from(["day_activity", "school"]),
    "locality_id": st.sampled_from([None, 2688368, 2673730]),
    "phone": st.sampled_from([None, "070-123 45 67"]),
    "personal_number": st.sampled_from([None, "199603092382"]),
}


def seen(page: PageClient, path: str) -> str:
    """Every byte of the page but the keys of its form."""
    return NOISE.sub("", page.get(path).text)


def change(person: Participant, attribute: str, value: Any) -> None:
    setattr(person, attribute, value)
    db.session.commit()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(data=st.data())
def test_a_hidden_attribute_changes_no_byte_of_an_employers_page(
    session: Session, page: PageClient, data: st.DataObject
) -> None:
    asked = a_sent_question(a_choice(frozenset(Field) - {Field.PHOTO}, words="Jag gillar bröd."))
    path = f"/svara/{asked.token()}"
    before = seen(page, path)
    attribute = data.draw(st.sampled_from(sorted(HIDDEN)))
    change(asked.person, attribute, data.draw(HIDDEN[attribute]))
    assert seen(page, path) == before


def learn_more(asked: Asked) -> None:
    """Everything that can be learnt about a person is learnt."""
    said = {
        "participant_id": asked.person.id,
        "source": "own",
        "said_on": clock.today(),
        "account_id": asked.coach.id,
    }
    wish = Wish(**said)
    wish.words = "Jag vill jobba med djur."
    db.session.add_all(
        [
            wish,
            Rating(dimension_id=word_id(Dimension, "focus"), level=1, **said),
            InterestVote(activity_id=word_id(Activity, "bake"), vote=2, **said),
            Availability(weekly_minutes=600, weekdays=31, earliest_start=540, **said),
        ]
    )
    db.session.commit()


def test_what_is_learnt_after_the_yes_changes_no_byte(session: Session, page: PageClient) -> None:
    asked = a_sent_question(a_choice(frozenset(Field) - {Field.PHOTO}))
    path = f"/svara/{asked.token()}"
    before = seen(page, path)
    learn_more(asked)
    assert seen(page, path) == before


def test_what_is_learnt_changes_no_byte_for_whoever_is_signed_in(
    session: Session, sign_in: Callable[[Account], PageClient]
) -> None:
    asked = a_sent_question()
    browser = sign_in(an_employer_account(asked.employer))
    path = f"/min-arbetsplats/fragor/{asked.introduction.public_id}"
    before = seen(browser, path)
    learn_more(asked)
    change(asked.person, "last_name", "Åkesson")
    assert seen(browser, path) == before


@pytest.mark.parametrize("called", CalledBy)
def test_a_card_with_nothing_chosen_is_the_same_for_everybody_of_the_name(
    session: Session, called: CalledBy
) -> None:
    asked, choice = answered(a_question()), a_choice(frozenset(), called=called)
    before = draw_card(asked.person, asked.introduction, choice)
    learn_more(asked)
    change(asked.person, "last_name", "Åkesson")
    assert draw_card(asked.person, asked.introduction, choice) == before


def test_no_mail_holds_anything_that_differs_between_people(session: Session) -> None:
    asked = a_sent_question()
    sent_on = asked.introduction.sent_on
    assert sent_on is not None
    asked.introduction.sent_on = sent_on - timedelta(days=6)
    session.flush()
    chase_employers()
    other = a_sent_question()
    change(other.person, "last_name", "Åkesson")
    other.introduction.sent_on = sent_on - timedelta(days=6)
    session.flush()
    chase_employers()
    told = [re.sub(r"/[\w-]{43}", "/KEY", f"{mail.subject} {mail.body}") for mail in mails()]
    assert sorted(told[:2]) == sorted(told[2:])


def test_a_card_taken_back_looks_like_one_that_never_was(session: Session, page: PageClient) -> None:
    gone, other = a_sent_question(), a_sent_question()
    tokens = gone.token(), other.token()
    gone.person.has_protected_identity = True
    other.person.closed_on = clock.today()
    session.commit()
    assert len({seen(page, f"/svara/{token}") for token in tokens}) == 1


def test_the_person_and_the_coach_look_at_what_the_employer_sees(
    session: Session, page: PageClient, sign_in: Callable[[Account], PageClient]
) -> None:
    asked = a_sent_question(a_choice(frozenset(Field) - {Field.PHOTO}, words="Jag gillar bröd."))
    token = asked.token()
    shown = [page.get(f"/svara/{token}"), sign_in(asked.coach).get(asked.path)]
    assert len({str(one.soup.select_one(".person-card")) for one in shown}) == 1


def test_a_card_is_told_in_phrases_of_a_fixed_list(session: Session, page: PageClient) -> None:
    asked = answered(a_question())
    dimension = dimension_by_code("focus")
    helps = dimension.adaptations[0]
    asked.introduction.gaps = [
        IntroductionGap(dimension_id=dimension.id, size=1, adaptation_id=helps.id),
        IntroductionGap(dimension_id=dimension.id, size=2, adaptation_id=None),
    ]
    learn_more(asked)
    token = sent(consented(asked, a_choice(frozenset(Field)))).token()
    shown = page.get(f"/svara/{token}").soup.select_one(".person-card")
    told = "" if shown is None else " ".join(shown.get_text(" ").split())
    phrases = ("10 timmar i veckan", "måndag–fredag", "tidigast 09:00", "Baka", helps.label(), "Kim Coach")
    assert [one for one in phrases if one not in told] == []


def test_a_code_is_shown_in_place_of_the_name(session: Session, page: PageClient) -> None:
    asked = a_sent_question(a_choice(frozenset(), called=CalledBy.CODE))
    words = page.get(f"/svara/{asked.token()}").words
    assert ("Person " in words, asked.person.first_name in words) == (True, False)
