from hypothesis import strategies as st

from aktema.matching.engine import MatchIndex, Settings
from tests.matching.engine.worlds import VOCABULARY, drawn, make_person, make_place, people, stocks


def ordinary_places(count=12):
    """Places 1..count: the lower the id, the better it suits somebody who likes activity 11."""
    return [
        make_place(number, activities=(11,), demands={1: 1}, earlier_trials=9, employer_readiness=-number)
        for number in range(1, count + 1)
    ]


LIKES_ONE = make_person(votes={11: 0})


def listed(places, person=LIKES_ONE, limit=20, **settings):
    index = MatchIndex(places, vocabulary=VOCABULARY, settings=Settings(**settings))
    return index.suggest(person, limit=limit).suggestions


@drawn(people, stocks, st.none() | st.integers(1, 12))
def test_a_list_has_exactly_one_something_new_when_any_place_is_open(person, stock, limit):
    suggestions = listed(stock, person, limit, exploratory_position=3)
    marked = [suggestion.rank for suggestion in suggestions if suggestion.exploratory]
    assert marked == ([min(3, len(suggestions))] if suggestions else [])


@drawn(people, stocks)
def test_no_place_stands_twice_and_ranks_are_positions(person, stock):
    suggestions = listed(stock, person, None, exploratory_position=2)
    assert len({one.place_id for one in suggestions}) == len(suggestions)
    assert [one.rank for one in suggestions] == list(range(1, len(suggestions) + 1))


@drawn(people, stocks)
def test_the_others_keep_the_order_of_the_shortlist(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    suggestions = index.suggest(person, limit=None).suggestions
    new = {one.place_id for one in suggestions if one.exploratory}
    shortlist = [one.place_id for one in index.shortlist(person, limit=None)]
    others = [one.place_id for one in suggestions if not one.exploratory]
    assert others == [place_id for place_id in shortlist if place_id not in new]


def test_a_group_the_person_has_not_voted_on_is_new():
    stock = [
        *ordinary_places(),
        make_place(50, activities=(14,), demands={1: 1}, earlier_trials=9, employer_readiness=-50),
    ]
    assert listed(stock)[9].place_id == 50


def test_a_place_with_few_earlier_trials_gets_its_turn():
    rare = make_place(50, activities=(11,), demands={1: 1}, earlier_trials=1, employer_readiness=-50)
    assert listed([*ordinary_places(), rare])[9].place_id == 50


def test_a_place_that_suits_much_worse_is_not_chosen_for_being_new():
    unwanted = make_place(50, activities=(14,), demands={1: 4}, earlier_trials=0)
    assert listed([*ordinary_places(), unwanted], make_person(votes={11: 1, 15: -2}))[9].place_id != 50


def test_the_one_shown_least_comes_first():
    rare = [
        make_place(
            number, activities=(11,), demands={1: 1}, earlier_trials=number - 50, employer_readiness=-50
        )
        for number in (50, 51)
    ]
    person = make_person(votes={11: 0}, seen={50: 2, 51: 1})
    assert listed([*ordinary_places(), *rare], person)[9].place_id == 51


def test_a_short_list_ends_with_something_new():
    assert [one.exploratory for one in listed(ordinary_places(), limit=3)] == [False, False, True]


def test_an_empty_list_stays_empty():
    assert listed(ordinary_places(), limit=0) == ()
