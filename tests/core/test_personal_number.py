"""Personal numbers, by hand-made cases and by the tax agency's own test numbers."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.core.personal_number import (
    PersonalNumber,
    PersonalNumberError,
    holds_personal_number,
    parse_personal_number,
)

TODAY = date(2026, 3, 9)
FORMS = ("long_format", "short_format", "separated_format", "separated_long")


def vectors(name: str) -> Any:
    if "AKTEMA_DATA" not in os.environ:
        pytest.skip("AKTEMA_DATA is not set: it names the folder of public data")
    return json.loads((Path(os.environ["AKTEMA_DATA"]) / "personnummer" / name).read_text())


def is_valid(text: str) -> bool:
    try:
        parse_personal_number(text, TODAY)
    except PersonalNumberError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    ["195704289999", "19570428-9999", "570428-9999", "5704289999", " 570428–9999 "],
)
def test_every_way_of_writing_gives_twelve_digits(text: str) -> None:
    assert parse_personal_number(text, TODAY).digits == "195704289999"


@pytest.mark.parametrize(
    ("text", "today", "digits"),
    [
        ("090527+1474", TODAY, "190905271474"),
        ("0905271474", TODAY, "200905271474"),
        ("090527-1474", date(2008, 12, 31), "190905271474"),
        ("090527+1474", date(2108, 12, 31), "190905271474"),
    ],
)
def test_century_follows_from_the_year_and_the_sign(text: str, today: date, digits: str) -> None:
    assert parse_personal_number(text, today).digits == digits


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Skriv personnumret som"),
        ("095704289999", "Skriv personnumret som"),
        ("Anna", "Skriv personnumret som"),
        ("19570428 9999", "Skriv personnumret som"),
        ("1957-04-28-9999", "Skriv personnumret som"),
        ("٥٧٠٤٢٨٩٩٩٩", "Skriv personnumret som"),
        ("19570428-999", "10 eller 12 siffror"),
        ("195704289998", "fyra sista siffrorna"),
        ("201509160006", "fyra sista siffrorna"),
        ("195702309999", "datum som inte finns"),
        ("195700289999", "datum som inte finns"),
        ("195704009999", "datum som inte finns"),
        ("195713609999", "datum som inte finns"),
        ("205704289999", "framtiden"),
        ("20000101-T220", "tillfälligt nummer"),
    ],
)
def test_refusal_says_what_is_wrong(text: str, sentence: str) -> None:
    with pytest.raises(PersonalNumberError, match=sentence):
        parse_personal_number(text, TODAY)


def test_number_knows_birth_date_and_sex() -> None:
    number = parse_personal_number("195704289999", TODAY)
    assert (number.birth_date, number.sex, number.is_coordination) == (date(1957, 4, 28), "man", False)


def test_coordination_number_gives_the_birth_date_behind_its_day() -> None:
    number = parse_personal_number("197302889931", TODAY)
    assert (number.birth_date, number.is_coordination) == (date(1973, 2, 28), True)


@pytest.mark.parametrize("digits", ["191500722390", "192004912380"])
def test_coordination_number_may_lack_a_real_birth_date(digits: str) -> None:
    assert PersonalNumber(digits).birth_date is None


def test_only_the_birth_date_is_shown_when_masked() -> None:
    assert PersonalNumber("199001010017").masked() == "19900101-****"


def test_number_never_shows_whole_in_a_log() -> None:
    assert "0017" not in repr(PersonalNumber("199001010017"))


@given(st.text(max_size=16))
def test_any_text_gives_a_number_or_a_sentence(text: str) -> None:
    assert is_valid(text) in (True, False)


def listed() -> Iterator[tuple[str, bool, bool]]:
    for vector in vectors("list.json"):
        yield from ((vector[form], vector["valid"], vector["isMale"]) for form in FORMS)


@pytest.mark.data
def test_listed_vectors_are_judged_as_expected() -> None:
    wrong = [text for text, valid, _ in listed() if is_valid(text) is not valid]
    assert wrong == []


@pytest.mark.data
def test_listed_vectors_have_the_sex_expected() -> None:
    numbers = [(parse_personal_number(text, TODAY), is_male) for text, valid, is_male in listed() if valid]
    assert all((number.sex == "man") is is_male for number, is_male in numbers)


@pytest.mark.data
@pytest.mark.parametrize("kind", ["ssn", "con"])
@pytest.mark.parametrize("form", ["string", "integer"])
@pytest.mark.parametrize("judgement", ["valid", "invalid"])
def test_structured_vectors_are_judged_as_expected(kind: str, form: str, judgement: str) -> None:
    numbers = vectors("structured.json")[kind][form][judgement]
    assert {is_valid(str(number)) for number in numbers} == {judgement == "valid"}


@pytest.mark.data
def test_temporary_numbers_are_never_taken() -> None:
    assert not any(is_valid(vector[form]) for vector in vectors("interim.json") for form in FORMS)


@pytest.mark.data
@pytest.mark.parametrize(("name", "is_coordination"), [("allPins.json", False), ("allCoords.json", True)])
def test_every_test_number_of_the_tax_agency_is_read(name: str, is_coordination: bool) -> None:
    numbers = vectors(name)
    read = [parse_personal_number(number, TODAY) for number in numbers]
    assert [(number.digits, number.is_coordination) for number in read] == [
        (n, is_coordination) for n in numbers
    ]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Ring om 900101-0017 på fredag.", True),
        ("19900101–0017", True),
        ("199001010017.", True),
        ("Ring 0701234567 eller 011-15 00 00.", False),
        ("Organisationsnummer 556036-0793", False),
        ("900101-0018", False),
        ("", False),
    ],
)
def test_a_personal_number_is_found_in_a_text(text: str, holds: bool) -> None:
    assert holds_personal_number(text, TODAY) is holds
