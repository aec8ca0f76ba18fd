"""Tests of the localities: found by name, suggested while typing, measured in kilometres."""

import pytest

from aktema.vocabulary.localities import (
    Locality,
    find_locality,
    get_locality,
    kilometres_between,
    localities,
    suggest_localities,
)

SWEDISH_LETTERS = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y"})
COUNTIES = 21


def _found(name: str) -> Locality:
    place = find_locality(name)
    assert place is not None
    return place


def test_every_county_has_localities() -> None:
    assert len({place.county for place in localities()}) == COUNTIES


def test_ids_and_labels_are_unique() -> None:
    places = localities()
    assert len({place.id for place in places}) == len(places)
    assert len({place.label for place in places}) == len(places)


def test_names_stand_in_swedish_order() -> None:
    names = [place.name.casefold().translate(SWEDISH_LETTERS) for place in localities()]
    assert names == sorted(names)


def test_every_place_lies_in_sweden() -> None:
    outside = [p.label for p in localities() if not (55 < p.latitude < 69.1 and 10.9 < p.longitude < 24.2)]
    assert outside == []


def test_coordinates_have_at_most_four_decimals() -> None:
    assert all(
        round(p.latitude, 4) == p.latitude and round(p.longitude, 4) == p.longitude for p in localities()
    )


def test_a_locality_is_got_by_its_id() -> None:
    place = _found("Norrköping")
    assert get_locality(place.id) is place


def test_an_unknown_id_raises() -> None:
    with pytest.raises(KeyError):
        get_locality(-1)


@pytest.mark.parametrize("name", ["Åby", "åby", "  ÅBY ", "Åby (Östergötland)", "åby (östergötland)"])
def test_a_name_is_found_whatever_its_case_and_with_or_without_county(name: str) -> None:
    assert _found(name).county == "Östergötland"


def test_big_towns_bear_their_swedish_names() -> None:
    assert _found("Göteborg").county == "Västra Götaland"


def test_a_name_that_several_places_share_is_not_guessed() -> None:
    assert find_locality("Horn") is None


def test_the_county_settles_a_shared_name() -> None:
    assert _found("Horn (Östergötland)").county == "Östergötland"


@pytest.mark.parametrize("name", ["", "Ekbacka", "Åby (Skåne)"])
def test_a_name_nobody_bears_is_not_found(name: str) -> None:
    assert find_locality(name) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("norrk", "Norrköping"),
        ("NORRK", "Norrköping"),
        ("soderk", "Söderköping"),
        ("skarb", "Skärblacka"),
        ("åb", "Åby"),
        ("Norköping", "Norrköping"),
        ("finspong", "Finspång"),
        ("vi", "Vi"),
        ("Östra Husby (Ö", "Östra Husby"),
    ],
)
def test_a_half_typed_or_misspelled_name_suggests_the_place(typed: str, first: str) -> None:
    assert suggest_localities(typed)[0].name == first


def test_names_that_begin_so_come_before_names_that_contain_it() -> None:
    names = [place.name for place in suggest_localities("köping")]
    assert names[0] == "Köping"
    assert "Norrköping" in names


def test_suggestions_keep_to_the_limit_without_repeats() -> None:
    ids = [place.id for place in suggest_localities("by", limit=5)]
    assert len(ids) == len(set(ids)) == 5


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_suggests_nothing(typed: str) -> None:
    assert suggest_localities(typed) == ()


def test_the_distance_between_norrkoping_and_linkoping_is_right() -> None:
    assert kilometres_between(_found("Norrköping"), _found("Linköping")) == pytest.approx(39, abs=2)


def test_the_distance_is_the_same_both_ways_and_zero_to_itself() -> None:
    a, b = _found("Åby"), _found("Söderköping")
    assert kilometres_between(a, b) == kilometres_between(b, a)
    assert kilometres_between(a, a) == 0
