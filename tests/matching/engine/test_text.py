"""The words of a wish against the words of places."""

import math
import random
from collections import Counter

import numpy as np
import pytest

from aktema.matching.engine import MatchIndex, words
from aktema.matching.engine.ngrams import RAREST, code_of, weights_of, words_of
from aktema.matching.engine.words import TextIndex, prepare
from tests.matching.engine.worlds import VOCABULARY, make_person, make_place

TEXTS = [
    ("Packa varor på lager", "Du plockar varor och packar dem i kartonger."),
    ("Sköta hundar och katter", "Mata, rasta och borsta djuren. Städa burarna."),
    ("Baka bröd", "I vårt kök bakar vi bröd, bullar och kakor varje morgon"),
    ("Packning av brödkorgar", ""),
    ("", "Klippa gräs, kratta löv och plantera blommor i parken"),
    ("", ""),
]


def found_by(wish, texts=TEXTS):
    """The position of the text most like the wish, or None where nothing is alike."""
    match = TextIndex.of(texts).match(prepare(wish))
    return int(match.argmax()) if match.any() else None


def grams(text):
    padded = [f" {word} " for word in words_of(text)]
    return Counter(w[at : at + n] for w in padded for n in (3, 4, 5) for at in range(len(w) - n + 1))


def vector(text):
    return {
        gram: count * int(weights_of(np.array([code_of(gram)], dtype=np.uint64))[0])
        for gram, count in grams(text).items()
    }


def straight_cosine(one, other):
    length = math.sqrt(sum(value**2 for value in one.values()) * sum(value**2 for value in other.values()))
    return sum(value * other.get(gram, 0) for gram, value in one.items()) / length if length else 0.0


def straight_similarity(wish, title, description):
    parts = [(0.45, vector(title)), (0.55, vector(description))]
    filled = sum(weight for weight, text in parts if text)
    total = sum(weight * straight_cosine(vector(wish), text) for weight, text in parts)
    return total / filled if filled else 0.0


@pytest.mark.parametrize("wish", ["packa bröd och baka kakor", "hundar hundar hundar", "ananas", "bröd"])
def test_similarity_equals_the_cosine_of_ngrams_counted_one_by_one(wish):
    expected = [straight_similarity(wish, *text) for text in TEXTS]
    assert TextIndex.of(TEXTS).similarity(prepare(wish)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ("brödpackning", 3),  # a compound of words that stand apart or in another order
        ("hundskötare", 1),
        ("parkarbete bland blomsterplantor", 4),
        ("jag vill mata en hund", 1),  # inflection
        ("bakning", 2),
        ("plocka och packning i kartongerna", 0),
        ("kattter", 1),  # one letter wrong
        ("plntera blomor", 4),
        ("kartnoger", 0),
    ],
)
def test_compounds_inflections_and_misspellings_find_what_they_are_about(wish, text):
    assert found_by(wish) == text


def test_a_synonym_without_common_letters_is_not_found():
    assert found_by("jycke", [("Sköta hundar", "")]) is None


def test_a_synonym_is_found_through_the_words_of_the_activity():
    place = make_place(title="Sköta jyckar", activities=(11,))
    match = MatchIndex([place], vocabulary=VOCABULARY).explain(make_person(wish_text="syssla0"), 1)
    assert match.parts.wish > 0.5


def test_a_clear_vote_leaves_nothing_for_the_words_to_lift():
    index = MatchIndex([make_place(activities=(11,), title="packa")], vocabulary=VOCABULARY)
    disliked = make_person(votes={11: -2}, wish_text="packa")
    assert index.explain(disliked, 1).parts.wish == 0


def test_a_title_alone_counts_as_much_as_title_and_description_that_say_the_same():
    index = TextIndex.of([("packa varor", ""), ("packa varor", "packa varor"), ("", "packa varor"), ("", "")])
    assert index.match(prepare("packa varor")).tolist() == [1, 1, 1, 0]


@pytest.mark.parametrize("wish", ["", "!!", "qwxz", "jag vill jobba med"])
def test_words_that_say_nothing_match_nothing(wish):
    texts = [("packa", "varor"), ("jag vill jobba", "med och om"), ("", "")]
    assert np.all(TextIndex.of(texts).match(prepare(wish)) == 0)


@pytest.mark.parametrize("wish", ["östra KÖKET", "O\u0308stra ko\u0308ket"])
def test_case_punctuation_and_the_way_a_letter_is_composed_do_not_matter(wish):
    assert TextIndex.of([("ÖSTRA köket!", ""), ("annat", "")]).match(prepare(wish)).tolist() == [1, 0]


def test_a_text_is_scored_the_same_whatever_stands_beside_it():
    query, alone = prepare("baka bröd och packa"), [TextIndex.of([text]) for text in TEXTS]
    together = TextIndex.of(TEXTS).match(query)
    assert together.tolist() == [float(one.match(query)[0]) for one in alone]


def test_chosen_rows_get_what_they_get_among_all():
    index, query = TextIndex.of(TEXTS), prepare("baka bröd och packa varor")
    rows = np.array([5, 0, 3, 3])
    assert index.match(query, rows).tolist() == index.match(query)[rows].tolist()


def test_no_rows_give_no_scores():
    index = TextIndex.of(TEXTS)
    assert len(index.match(prepare("bröd"), np.array([], dtype=np.int64))) == 0


def test_an_index_of_nothing_answers_and_grows():
    nothing = TextIndex.of([])
    assert len(nothing.match(prepare("bröd"))) == 0
    assert same(nothing.joined(TextIndex.of(TEXTS)), TextIndex.of(TEXTS))


def same(one, other):
    """Whether two indexes are the same bit for bit."""
    pairs = zip(one.arrays().items(), other.arrays().items(), strict=True)
    return all(a == b and x.dtype == y.dtype and x.tobytes() == y.tobytes() for (a, x), (b, y) in pairs)


def random_texts(rng, count):
    stock = words_of(" ".join(f"{title} {description}" for title, description in TEXTS))
    return [
        (" ".join(rng.choices(stock, k=rng.randrange(4))), " ".join(rng.choices(stock, k=rng.randrange(9))))
        for _ in range(count)
    ]


@pytest.mark.parametrize("rows", [[], [0], [5, 4, 3], [0, 1, 2, 3, 4, 5], [2, 2, 3]])
def test_rows_taken_are_an_index_built_of_their_texts(rows):
    taken = TextIndex.of(TEXTS).take(np.array(rows, dtype=np.int64))
    assert same(taken, TextIndex.of([TEXTS[row] for row in rows]))


@pytest.mark.parametrize("seed", range(5))
def test_rows_taken_and_joined_are_an_index_built_anew(seed):
    rng = random.Random(seed)
    first, second = random_texts(rng, 12), random_texts(rng, rng.randrange(5))
    kept = sorted(rng.sample(range(12), 7), key=lambda _row: rng.random())
    changed = TextIndex.of(first).take(np.array(kept)).joined(TextIndex.of(second))
    assert same(changed, TextIndex.of([*(first[row] for row in kept), *second]))


def test_rows_whose_words_are_known_already_join_like_any_other():
    index = TextIndex.of(TEXTS)
    assert same(index.joined(TextIndex.of(TEXTS[2:4])), TextIndex.of([*TEXTS, *TEXTS[2:4]]))


def test_many_rows_are_worked_on_in_blocks(monkeypatch):
    whole, query = TextIndex.of(TEXTS), prepare("baka bröd")
    expected = whole.match(query)
    monkeypatch.setattr(words, "_BLOCK", 2)
    assert same(TextIndex.of(TEXTS), whole)
    assert TextIndex.of(TEXTS).match(query).tolist() == expected.tolist()


def test_an_index_of_mapped_read_only_files_answers_the_same(tmp_path):
    index, query = TextIndex.of(TEXTS), prepare("packa bröd")
    for name, array in index.arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {name: np.load(tmp_path / f"{name}.npy", mmap_mode="r") for name in index.arrays()}
    assert TextIndex.from_arrays(mapped).match(query).tolist() == index.match(query).tolist()


def test_its_size_is_that_of_its_arrays():
    index = TextIndex.of(TEXTS)
    assert index.nbytes == sum(array.nbytes for array in index.arrays().values())


def test_the_words_of_a_place_cannot_be_read_from_its_index():
    kept = b"".join(array.tobytes() for array in TextIndex.of([("hemlighet", "")]).arrays().values())
    assert not any("hemlighet".encode(code) in kept for code in ("utf-8", "utf-16-le", "utf-32-le"))


def test_a_wish_is_scored_once_per_index():
    index, query = TextIndex.of(TEXTS), prepare("packa bröd")
    assert query.scores(index.lexicon) is query.scores(index.lexicon)


def test_ngrams_no_text_of_the_learning_had_weigh_most():
    often, never = weights_of(np.array([code_of("ning "), code_of("qxzwq")], dtype=np.uint64)).tolist()
    assert 0 < often < never == RAREST


def test_ngrams_do_not_cross_from_one_word_to_the_next():
    assert TextIndex.of([("ab cd", "")]).similarity(prepare("bc"))[0] == 0
