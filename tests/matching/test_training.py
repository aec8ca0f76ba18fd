"""From lists that were shown, and what was decided about them, to what a ranker learns from."""

from datetime import date

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.matching import features, operations
from aktema.matching.engine.rankers import FEATURES
from aktema.matching.models import SuggestionRun
from aktema.matching.training import lessons
from aktema.pathway.models import Introduction
from aktema.people.models import Participant
from tests.conftest import QueryCount
from tests.support.employers import a_locality, a_placement, a_workplace
from tests.support.lists import a_list, a_verdict
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant

TRAVEL, OWN = FEATURES.index("travel"), FEATURES.index("own")


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def person(coach: Account) -> Participant:
    return a_participant(coach=coach)


@pytest.fixture
def places(session: Session) -> list[Placement]:
    workplace = a_workplace()
    return [a_placement(workplace) for _ in range(3)]


def asked(person: Participant, placement: Placement, coach: Account, answer: str | None) -> None:
    db.session.add(
        Introduction(
            participant_id=person.id,
            placement_id=placement.id,
            account_id=coach.id,
            asked_on=clock.today(),
            answer=answer,
            answered_on=clock.today() if answer else None,
            ask_again_on=date(2030, 1, 1) if answer == "later" else None,
        )
    )
    db.session.flush()


def test_stored_features_come_back() -> None:
    known = [0.5, -0.25, *([0.0] * 8)]
    assert features.unpacked([features.packed(known)]).tolist() == [known]


def test_features_are_stored_alike_on_every_machine() -> None:
    assert features.packed([1.0] + [0.0] * 9) == b"\x00\x00\x80\x3f" + b"\x00" * 36


def test_without_decisions_there_is_nothing_to_learn(session: Session) -> None:
    known = lessons()
    assert (len(known.choices), known.choices.x.shape, known.verdicts) == (0, (0, len(FEATURES)), 0)


def test_a_list_in_which_nothing_was_decided_teaches_nothing(
    coach: Account, person: Participant, places: list[Placement]
) -> None:
    a_list(person, coach, {place: {} for place in places})
    assert len(lessons().choices) == 0


def test_the_accepted_place_stands_against_all_that_were_shown(
    coach: Account, person: Participant, places: list[Placement]
) -> None:
    run = a_list(person, coach, {place: {"own": 0.1 * number} for number, place in enumerate(places)})
    a_verdict(run, places[1])
    known = lessons().choices
    assert known.y.tolist() == [0, 1, 0]
    assert known.x[:, OWN].tolist() == pytest.approx([0, 0.1, 0.2])


def test_only_the_newest_verdict_counts(coach: Account, person: Participant, places: list[Placement]) -> None:
    run = a_list(person, coach, {place: {} for place in places})
    a_verdict(run, places[0])
    a_verdict(run, places[0], "no")
    known = lessons()
    assert (known.choices.y.sum(), known.verdicts) == (0, 1)


def test_a_verdict_belongs_to_the_last_list_that_showed_the_place(
    coach: Account, person: Participant, places: list[Placement]
) -> None:
    first = a_list(person, coach, {places[0]: {}, places[1]: {}})
    second_page = a_list(person, coach, {places[2]: {}})
    a_verdict(second_page, places[0])
    assert set(lessons().choices.lists) == {first.id}


def test_another_persons_list_is_never_taken_for_it(
    coach: Account, person: Participant, places: list[Placement]
) -> None:
    a_list(a_participant(coach=coach), coach, {place: {} for place in places})
    own = a_list(person, coach, {places[0]: {}})
    a_verdict(own, places[1])
    assert len(lessons().choices) == 0


def test_old_lists_without_features_are_counted_and_left_out(
    coach: Account, person: Participant, places: list[Placement]
) -> None:
    a_verdict(a_list(person, coach, dict.fromkeys(places)), places[0])
    known = lessons()
    assert (len(known.choices), known.skipped) == (0, 1)


def test_weights_that_were_moved_are_in_the_features(
    coach: Account, person: Participant, places: list[Placement]
) -> None:
    moved = {"wish_weight": 0.9, "fit_weight": 0.0, "preferences_weight": 0.05, "practical_weight": 0.05}
    shown = {place: {"own": 0.25, "travel": 0.5, "fit": -0.5} for place in places}
    a_verdict(a_list(person, coach, shown, **moved), places[0])
    row = dict(zip(FEATURES, lessons().choices.x[0], strict=True))
    assert (row["own"], row["travel"], row["fit"]) == pytest.approx((0.5, 0.25, 0))


def test_the_source_of_a_choice_is_the_coach_who_decided(
    coach: Account, person: Participant, places: list[Placement]
) -> None:
    other = an_account(Role.JOB_COACH, a_unit())
    a_verdict(a_list(person, coach, {place: {} for place in places}), places[0], coach=other)
    assert set(lessons().choices.source) == {other.id}


@pytest.mark.parametrize(("answer", "taught"), [("yes", [1.0]), ("no", [0.0]), ("later", []), (None, [])])
def test_what_the_person_answered_is_the_outcome(
    coach: Account, person: Participant, places: list[Placement], answer: str | None, taught: list[float]
) -> None:
    a_verdict(a_list(person, coach, {place: {} for place in places}), places[0])
    asked(person, places[0], coach, answer)
    assert lessons().outcomes.y.tolist() == taught


def test_the_source_of_an_outcome_is_the_employer(
    coach: Account, person: Participant, places: list[Placement]
) -> None:
    a_verdict(a_list(person, coach, {place: {} for place in places}), places[0])
    asked(person, places[0], coach, "yes")
    assert lessons().outcomes.source.tolist() == [places[0].employer_id]


def test_many_lists_take_no_more_statements_than_one(
    coach: Account, places: list[Placement], queries: QueryCount
) -> None:
    for _ in range(20):
        a_verdict(a_list(a_participant(coach=coach), coach, {place: {} for place in places}), places[0])
    queries.statements.clear()
    assert len(lessons().choices) == 20
    assert len(queries) == 3


def test_everything_is_a_number(coach: Account, person: Participant, places: list[Placement]) -> None:
    a_verdict(a_list(person, coach, {place: {"own": 0.3} for place in places}), places[0])
    known = lessons().choices
    assert np.isfinite(known.x).all()
    assert known.propensity.tolist() == [1.0, 1.0, 1.0]


def test_a_list_that_is_shown_stores_what_the_ranker_saw(coach: Account, person: Participant) -> None:
    near, far = a_placement(a_workplace()), a_placement(a_workplace(locality_id=a_locality("Linköping").id))
    answer = operations.suggest(act_as(coach), person, limit=10)
    run = db.session.scalars(select(SuggestionRun)).one()
    a_verdict(run, near)
    known = lessons().choices
    seen = {one.place_id: one.features[TRAVEL] for one in answer.suggestions}
    assert known.x[:, TRAVEL].tolist() == pytest.approx([seen[one.place_id] for one in answer.suggestions])
    assert seen[near.id] > seen[far.id]
    assert run.model_version == "rules-1"
