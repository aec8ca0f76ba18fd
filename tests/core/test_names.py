"""People are found by what others type, in an order that is always the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.core.names import best_matches, similar_names

NAMES = (
    (1, "Anna Berg"),
    (2, "Åsa Öberg"),
    (3, "Kristoffer Wahlström"),
    (4, "Hanna Berg"),
    (5, "Mohammed Ali"),
    (6, "Bo Ek"),
    (7, "Anna Berg"),
)
TEXTS = st.text(alphabet="abcåäö -éx", max_size=12)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("åsa", 2),
        ("asa oberg", 2),
        ("öberg åsa", 2),
        ("ÅS", 2),
        ("Christopher Valström", 3),
        ("Kristofer", 3),
        ("Wahlsrtöm", 3),
        ("Mohamed", 5),
        ("Muhammed", 5),
        ("bo", 6),
    ],
)
def test_the_person_meant_comes_first(query: str, found: int) -> None:
    assert best_matches(query, NAMES)[:1] == (found,)


@pytest.mark.parametrize("query", ["", "  ", "-", "xyz", "anna xyz", "qq"])
def test_what_fits_nobody_finds_nobody(query: str) -> None:
    assert best_matches(query, NAMES) == ()


def test_better_fits_come_first_and_equal_ones_by_id() -> None:
    assert best_matches("Anna Berg", reversed(NAMES)) == (1, 7, 4)


def test_limit_keeps_the_best() -> None:
    assert best_matches("Anna Berg", NAMES, limit=1) == (1,)


@given(st.data())
def test_one_slip_in_a_name_is_forgiven(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["Anders", "Birgitta", "Lindqvist", "Åkesson", "Eva"]))
    at = data.draw(st.integers(0, len(name) - 1))
    mistyped = name[:at] + data.draw(st.sampled_from("qxåj")) + name[at + 1 :]
    assert best_matches(mistyped, [(1, f"{name} Ek"), (2, "Mohammed Ali")]) == (1,)


@pytest.mark.parametrize(
    ("a", "b", "at_least"),
    [
        ("Åsa Öberg", "öberg, ÅSA", 1.0),
        ("Christopher Wahl", "Kristoffer Vahl", 0.9),
        ("Mattias Lindkvist", "Matthias Lindquist", 0.85),
        ("Anna Berg", "Anna Maria Berg", 0.95),
        ("Asa Oberg", "Åsa Öberg", 0.9),
        ("Anna Andersson", "Anna Anderson", 0.95),
    ],
)
def test_one_person_written_two_ways_is_seen(a: str, b: str, at_least: float) -> None:
    assert similar_names(a, b) >= at_least


@pytest.mark.parametrize(
    ("a", "b"), [("Anna Berg", "Bo Ek"), ("Anna Berg", "Anna Lund"), ("Anna", "Anna Berg")]
)
def test_two_people_are_told_apart(a: str, b: str) -> None:
    assert similar_names(a, b) < 0.9


@given(TEXTS, TEXTS)
def test_likeness_has_no_direction(a: str, b: str) -> None:
    assert similar_names(a, b) == similar_names(b, a)


@given(TEXTS, TEXTS)
def test_likeness_lies_between_nothing_and_one(a: str, b: str) -> None:
    assert 0.0 <= similar_names(a, b) <= 1.0


def test_the_nearest_of_a_whole_caseload_comes_first() -> None:
    names = [
        (number, f"{first} {last}{number}") for number, (first, last) in enumerate([("Åsa", "Öberg")] * 5_000)
    ]
    assert best_matches("asa oberg1", names)[0] == 1
