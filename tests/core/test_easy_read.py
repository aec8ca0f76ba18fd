"""The easy-read checker: what it finds, where, and that it finds nothing in good texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.core.easy_read import (
    LONGEST_TEXT,
    MOST_LETTERS,
    MOST_WORDS,
    Code,
    Finding,
    check,
    lix,
)
from aktema.core.easy_read_advice import ADVICE, advice
from aktema.core.easy_read_terms import TERMS
from tests.core.easy_read_corpus import BAD, GOOD


def codes(text: str) -> set[str]:
    return {found.code.value for found in check(text)}


def the_one(text: str) -> Finding:
    found = check(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("text", GOOD)
def test_nothing_is_found_in_a_good_text(text: str) -> None:
    assert check(text) == ()


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_what_is_bad_in_a_bad_text_is_found(text: str, expected: frozenset[str]) -> None:
    assert codes(text) == expected


def test_the_corpus_is_large_and_holds_each_code() -> None:
    assert len(GOOD) >= 40
    assert len(BAD) >= 60
    assert {code for _, expected in BAD for code in expected} == set(Code)


# --- limits ---


def test_a_sentence_may_have_twelve_words_and_no_more() -> None:
    words = ["du"] * MOST_WORDS
    assert check(" ".join(words)) == ()
    found = the_one(" ".join([*words, "du"]))
    assert (found.code, found.amount) == (Code.LONG_SENTENCE, MOST_WORDS + 1)


def test_a_word_may_have_thirteen_letters_and_no_more() -> None:
    assert check("x" * MOST_LETTERS) == ()
    found = the_one("x" * (MOST_LETTERS + 1))
    assert (found.code, found.amount) == (Code.LONG_WORD, MOST_LETTERS + 1)


def test_a_hyphen_divides_a_long_word() -> None:
    assert codes("Vi gör en funktions-bedömning.") == set()


def test_a_name_has_no_shorter_word() -> None:
    assert codes("Du ringer Arbetsförmedlingen.") == set()


def test_the_index_is_words_a_sentence_and_long_words_in_a_hundred() -> None:
    assert lix("Du bakar bröd. Kim plockar äpplen.") == 3 + round(100 / 6)
    assert lix("") == 0


# --- where and what instead ---


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("Vi ses kl. 9.", "kl.", "klockan"),
        ("Du jobbar 30 min. Sedan vilar du.", "min", "minuter"),
        ("AF ringer dig.", "AF", "Arbetsförmedlingen"),
        ("Du ser på XYZ nu.", "XYZ", ""),
        ("Du jobbar två dagar.", "två", "2"),
        ("Du jobbar 9-12 på måndag.", "9-12", "9 till 12"),
        ("Du jobbar 09:00–11:30 på måndag.", "09:00–11:30", "9 till 11.30"),
        ("Du börjar 09:30 på måndag.", "09:30", "klockan 9.30"),
        ("Mötet är 2026-03-09 på kontoret.", "2026-03-09", "måndag 9 mars 2026"),
        ("Mötet är 2026-02-30 på kontoret.", "2026-02-30", ""),
        ("Vi behöver ditt samtycke.", "samtycke", TERMS["samtycke"]),
        ("Vi gör flera utredningar.", "utredningar", TERMS["utredning"]),
        ("Planen är redan skriven.", "är redan skriven", ""),
    ],
)
def test_a_finding_has_its_place_and_an_easier_wording_where_one_is_known(
    text: str, words: str, instead: str
) -> None:
    found = the_one(text)
    assert (text[found.start : found.end], found.words, found.instead) == (words, words, instead)


def test_a_hard_word_is_found_once_and_not_where_the_text_explains_it() -> None:
    assert codes("Samtycke betyder att du säger ja. Vi behöver ditt samtycke.") == set()
    assert len(check("Vi vill ha samtycke. Ge oss ditt samtycke.")) == 1


def test_capitals_are_no_abbreviations_in_a_text_of_capitals() -> None:
    assert codes("VI SES PÅ MÅNDAG.") == set()


# --- never fails, never rewrites ---


@given(st.text(max_size=400))
def test_any_text_is_looked_through_and_each_place_lies_in_it(text: str) -> None:
    for found in check(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.words == text[found.start : found.end]


def test_a_very_long_text_is_looked_through_to_its_limit() -> None:
    assert all(found.end <= LONGEST_TEXT for found in check("Du ska inte springa. " * 1000))


# --- what it says ---


def test_every_code_has_its_advice() -> None:
    assert set(ADVICE) == set(Code)


@pytest.mark.parametrize(("text", "_codes"), BAD)
def test_advice_says_what_to_do(text: str, _codes: frozenset[str]) -> None:
    for found in check(text):
        said = advice(found)
        assert said.endswith(".")
        assert any(
            word in said.split() for word in ("Skriv", "Dela", "Välj", "Sätt", "Använd", "skriv", "ta")
        ), said
