"""Lists in order, searches that forgive, and the read model of matching in few statements."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from aktema.core import clock
from aktema.core.epochs import moments
from aktema.core.errors import MissingError
from aktema.core.ids import new_public_id
from aktema.core.paging import Cursor
from aktema.core.swedish import sort_key
from aktema.employers import employer_queries, placement_queries, queries
from aktema.employers.employer_queries import EmployerFilter
from aktema.employers.epochs import PLACEMENTS, PLACEMENTS_GONE
from aktema.employers.models import Placement, PlacementActivity, PlacementDemand, Workplace
from aktema.employers.placement_queries import PlacementFilter
from aktema.employers.states import State
from aktema.vocabulary.models import (
    Activity,
    ActivityGroup,
    Adaptation,
    Dimension,
    Preference,
    WorkConstraint,
)
from aktema.vocabulary.queries import vocabulary
from tests.conftest import QueryCount
from tests.support.employers import a_contact, a_locality, a_placement, a_workplace, an_employer, word_id

FIRST = Cursor()


def names(**chosen: object) -> list[str]:
    found = employer_queries.list_employers(EmployerFilter(**chosen), FIRST)  # type: ignore[arg-type]  # as given
    return [employer.name for employer in found.items]


def titles(**chosen: object) -> list[str]:
    found = placement_queries.list_placements(PlacementFilter(**chosen), FIRST)  # type: ignore[arg-type]  # as given
    return [placement.title for placement in found.items]


def test_employers_stand_in_swedish_order_without_the_closed(session: Session) -> None:
    for name in ("Örtagården", "Ängens kafé", "Zoohuset", "Åkeriet", "Axels bygg"):
        an_employer(name)
    an_employer("Stängda bolaget", closed_on=clock.today())
    assert names() == ["Axels bygg", "Zoohuset", "Åkeriet", "Ängens kafé", "Örtagården"]
    assert names(is_closed=True) == ["Stängda bolaget"]


@pytest.mark.parametrize("typed", ["åkeriet", "akeriet", "Åkeirjet", "5560360793", "556036-0793"])
def test_an_employer_is_found_with_slips_or_by_number(session: Session, typed: str) -> None:
    an_employer("Åkeriet i Lund", organisation_number="5560360793")
    an_employer("Bageriet")
    assert names(typed=typed) == ["Åkeriet i Lund"]


def test_employers_are_narrowed_by_sector(session: Session) -> None:
    an_employer("Kommunen", sector="municipal")
    an_employer("Bolaget")
    assert names(sector="municipal") == ["Kommunen"]


def test_published_placements_are_counted_per_employer(session: Session) -> None:
    employer, idle = an_employer(), an_employer("Utan")
    workplace = a_workplace(employer)
    for state in ("published", "published", "draft"):
        a_placement(workplace, state=state)
    assert employer_queries.count_published([employer, idle]) == {employer.id: 2}


def test_what_belongs_to_another_employer_is_missing(session: Session) -> None:
    employer, other = an_employer(), an_employer()
    contact, workplace = a_contact(employer), a_workplace(employer)
    with pytest.raises(MissingError):
        employer_queries.get_contact(other.public_id, contact.public_id)
    with pytest.raises(MissingError):
        employer_queries.get_workplace(other.public_id, workplace.public_id)


def test_placements_stand_in_swedish_order_without_the_closed(session: Session) -> None:
    workplace = a_workplace()
    for title in ("Öppna paket", "Ansa häckar", "Åka med budbilen"):
        a_placement(workplace, title=title)
    a_placement(workplace, title="Borta", state="closed")
    assert titles() == ["Ansa häckar", "Åka med budbilen", "Öppna paket"]
    assert titles(state=State.CLOSED) == ["Borta"]


@pytest.mark.parametrize("typed", ["städa", "stada", "städda", "hotellet", "lund", "städa lund"])
def test_a_placement_is_found_by_title_employer_or_locality(session: Session, typed: str) -> None:
    workplace = a_workplace(an_employer("Hotellet"), locality_id=a_locality("Lund").id)
    a_placement(workplace, title="Städa rum")
    a_placement(title="Baka bröd")
    assert titles(typed=typed) == ["Städa rum"]


def test_placements_are_narrowed_by_group_locality_employer_and_state(session: Session) -> None:
    lund = a_locality("Lund").id
    wanted = a_placement(
        a_workplace(locality_id=lund), title="Rätt", activities=("clean_office",), state="paused"
    )
    a_placement(title="Fel")
    cleaning = word_id(ActivityGroup, "cleaning")
    assert titles(activity_group_id=cleaning) == titles(locality_id=lund) == ["Rätt"]
    assert titles(employer_id=wanted.employer_id) == titles(state=State.PAUSED) == ["Rätt"]


def test_localities_are_those_of_placements_that_are_not_closed(session: Session) -> None:
    a_placement(a_workplace(locality_id=a_locality("Lund").id))
    a_placement(a_workplace(locality_id=a_locality("Arboga").id), state="draft")
    a_placement(a_workplace(locality_id=a_locality("Ystad").id), state="closed")
    a_placement(a_workplace(locality_id=1))
    assert [place.name for place in placement_queries.localities_of_placements()] == ["Arboga", "Lund"]


def test_a_missing_placement_or_employer_is_missing(session: Session) -> None:
    with pytest.raises(MissingError):
        placement_queries.get_placement(new_public_id())
    with pytest.raises(MissingError):
        employer_queries.get_employer(new_public_id())


def test_matching_reads_every_fact_of_a_placement(session: Session) -> None:
    placement = a_placement(
        demands={"focus": 3},
        preferences={"calm_lively": -2},
        constraints={"no_fur_animals": True, "no_heights": False},
        adaptations=("quiet_space",),
        places=3,
        to_date=date(2026, 6, 12),
    )
    (facts,) = queries.matchable_placements()
    assert (facts.id, facts.employer_id, facts.title) == (
        placement.id,
        placement.employer_id,
        placement.title,
    )
    assert facts.activity_ids == (word_id(Activity, "bake"),)
    assert facts.demands == {word_id(Dimension, "focus"): 3}
    assert facts.preferences == {word_id(Preference, "calm_lively"): -2}
    fur, heights = word_id(WorkConstraint, "no_fur_animals"), word_id(WorkConstraint, "no_heights")
    assert facts.constraints == {fur: True, heights: False}
    assert facts.adaptation_ids == {word_id(Adaptation, "quiet_space")}
    assert (facts.least_weekly_minutes, facts.most_weekly_minutes, facts.weekdays) == (600, 1500, 31)
    assert (facts.starts_at, facts.ends_at, facts.places) == (480, 960, 3)
    assert (facts.latitude, facts.longitude) == (a_locality().latitude, a_locality().longitude)
    assert facts.is_live(date(2026, 6, 12))
    assert not facts.is_live(date(2026, 6, 13))


def test_unknown_stays_unknown_for_matching(session: Session) -> None:
    a_placement(a_workplace(locality_id=1), activities=(), weekdays=None, starts_at=None)
    (facts,) = queries.matchable_placements()
    assert (facts.demands, facts.preferences, facts.constraints, facts.activity_ids) == ({}, {}, {}, ())
    assert (facts.weekdays, facts.starts_at, facts.latitude, facts.longitude) == (None, None, None, None)


def test_matching_reads_published_placements_or_those_it_asks_for(session: Session) -> None:
    workplace = a_workplace()
    draft, published, paused = (
        a_placement(workplace, state=state) for state in ("draft", "published", "paused")
    )
    assert [facts.id for facts in queries.matchable_placements()] == [published.id]
    asked = queries.matchable_placements([draft.id, paused.id])
    assert [(facts.id, facts.state) for facts in asked] == [
        (draft.id, State.DRAFT),
        (paused.id, State.PAUSED),
    ]


def test_what_changed_after_an_epoch_is_told_by_id(session: Session) -> None:
    placement, other = a_placement(), a_placement()
    before = moments()[PLACEMENTS].number
    assert queries.changed_after(before) == ()
    placement.state = "paused"
    session.flush()
    assert (queries.changed_after(before), moments()[PLACEMENTS].number) == ((placement.id,), before + 1)
    other.workplace.name = "Ett annat namn"
    session.flush()
    assert moments()[PLACEMENTS].number == before + 1


def test_a_placement_that_is_deleted_moves_an_epoch_of_its_own(session: Session) -> None:
    placement = a_placement()
    before = moments().get(PLACEMENTS_GONE)
    session.delete(placement)
    session.flush()
    assert moments()[PLACEMENTS_GONE] != before


def test_cards_show_what_a_suggestion_needs(session: Session, queries_sent: QueryCount) -> None:
    placement = a_placement(adaptations=("quiet_space",), activities=("bake", "fold_laundry"))
    others = [a_placement().id for _ in range(5)]
    vocabulary()
    queries_sent.statements.clear()
    cards = queries.cards_for([placement.id, *others, 10**6])
    assert len(queries_sent) == 1
    card = cards[placement.id]
    assert (card.employer_name, card.workplace_name, card.locality_name) == (
        "Lindas bageri",
        "Bageriet vid torget",
        "Norrköping",
    )
    assert {activity.code for activity in card.activities} == {"bake", "fold_laundry"}
    assert [adaptation.code for adaptation in card.adaptations] == ["quiet_space"]
    assert set(cards) == {placement.id, *others}


@pytest.fixture
def queries_sent(queries: QueryCount) -> QueryCount:
    return queries


def many_placements(session: Session, count: int) -> None:
    """So many published placements with two activities and six demands each, put in by the thousand."""
    workplaces = [a_workplace(name=f"Plats {number}") for number in range(20)]
    session.execute(insert(Placement), [_row(number, workplaces[number % 20]) for number in range(count)])
    ids = [
        facts[0] for facts in session.execute(Placement.__table__.select().with_only_columns(Placement.id))
    ]
    dimensions, activities = list(vocabulary().dimensions)[:6], list(vocabulary().activities)
    session.execute(
        insert(PlacementDemand),
        [{"placement_id": n, "dimension_id": one, "level": (n + one) % 5} for n in ids for one in dimensions],
    )
    session.execute(
        insert(PlacementActivity),
        [{"placement_id": n, "activity_id": activities[(n + step) % 100]} for n in ids for step in (0, 3)],
    )


def _row(number: int, workplace: Workplace) -> dict[str, object]:
    title = f"Plats nummer {number}"
    return {
        "public_id": new_public_id(),
        "employer_id": workplace.employer_id,
        "workplace_id": workplace.id,
        "title": title,
        "sort_key": sort_key(title),
        "state": "published",
        "weekdays": 31,
    }


def test_ten_thousand_placements_are_read_for_matching_at_once(
    session: Session, queries_sent: QueryCount
) -> None:
    many_placements(session, 10_000)
    queries_sent.statements.clear()
    facts = queries.matchable_placements()
    assert (len(facts), len(facts[0].demands)) == (10_000, 6)
    assert len(queries_sent) == 6


Listing = Callable[[], object]


@pytest.mark.parametrize("count", [50, 500])
def test_a_list_of_placements_costs_the_same_however_long_it_is(
    session: Session, queries_sent: QueryCount, count: int
) -> None:
    many_placements(session, count)
    session.expunge_all()
    queries_sent.statements.clear()
    page = placement_queries.list_placements(PlacementFilter(), FIRST)
    shown = [(one.title, one.employer.name, one.workplace.name, len(one.activities)) for one in page.items]
    assert len(shown) == 50
    assert len(queries_sent) == 2


@pytest.mark.parametrize("count", [50, 500])
def test_a_list_of_employers_costs_the_same_however_long_it_is(
    session: Session, queries_sent: QueryCount, count: int
) -> None:
    for number in range(count):
        a_workplace(an_employer(f"Bolag {number}"))
    session.expunge_all()
    queries_sent.statements.clear()
    page = employer_queries.list_employers(EmployerFilter(), FIRST)
    assert len([workplace.name for one in page.items for workplace in one.workplaces]) == 50
    assert len(queries_sent) == 2
