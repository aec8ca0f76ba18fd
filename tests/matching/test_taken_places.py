"""A placement is suggested as long as somebody new can be there: trials take its places and leave them."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.matching.current import current_index
from aktema.pathway.agreement_operations import drop_change
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import trial_by_id
from tests.support.employers import a_placement
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.trials import a_trial, a_version, sign_all

DAY, TODAY = timedelta(days=1), clock.today()
LONG = TODAY + 100 * DAY


@pytest.fixture
def placement(session: Session) -> Placement:
    act_as(an_account(Role.JOB_COACH, a_unit()))
    placement = a_placement(places=2)
    session.commit()
    assert left_at(placement) == 2
    return placement


def left_at(placement: Placement) -> int:
    return current_index().get_place(placement.id).places_left


def a_long_trial(placement: Placement, *, signed: bool = True) -> Trial:
    trial = a_trial(a_participant(), placement, kind="workplace_placement", to_date=LONG, signed=signed)
    db.session.commit()
    return trial


@pytest.mark.parametrize("signed", [True, False])
def test_a_trial_takes_a_place_also_while_its_agreement_is_written(
    placement: Placement, signed: bool
) -> None:
    a_long_trial(placement, signed=signed)
    assert left_at(placement) == 1


def test_the_last_place_taken_makes_the_placement_full(placement: Placement) -> None:
    for _one in range(2):
        a_long_trial(placement)
    assert left_at(placement) == 0


@pytest.mark.parametrize(
    ("column", "whose"), [("cancelled_on", "cancelled_by"), ("interrupted_on", "interrupted_by")]
)
def test_a_place_is_free_again_at_once(placement: Placement, column: str, whose: str) -> None:
    trial = a_long_trial(placement)
    taken = left_at(placement)
    setattr(trial, column, TODAY)
    setattr(trial, whose, "person")
    db.session.commit()
    assert (taken, left_at(placement)) == (1, 2)


def test_a_place_is_free_when_all_have_signed_that_the_trial_ends_sooner(placement: Placement) -> None:
    trial = a_long_trial(placement)
    a_version(trial, from_date=TODAY, to_date=TODAY + DAY)
    db.session.commit()
    unsigned = left_at(placement)
    sign_all(trial)
    db.session.commit()
    assert (unsigned, left_at(placement)) == (1, 2)


def test_a_change_that_is_thrown_away_takes_nothing(placement: Placement) -> None:
    trial = a_trial(a_participant(), placement, to_date=TODAY + DAY)
    a_version(trial, from_date=TODAY, to_date=LONG)
    db.session.commit()
    taken = left_at(placement)
    drop_change(trial_by_id(trial.id))
    db.session.commit()
    assert (taken, left_at(placement)) == (1, 2)


def test_whoever_is_gone_before_anybody_new_could_begin_stands_in_nobodys_way(placement: Placement) -> None:
    a_trial(a_participant(), placement, kind="study_visit", to_date=TODAY)
    db.session.commit()
    assert left_at(placement) == 2


def test_places_cut_below_those_who_are_there_leave_none(placement: Placement) -> None:
    for _one in range(2):
        a_long_trial(placement)
    placement.places = 1
    db.session.commit()
    assert left_at(placement) == 0
