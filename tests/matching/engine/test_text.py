import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from aktema.matching.engine import MatchIndex
from aktema.matching.engine.text import TextIndex, ngram_counts
from tests.matching.engine.worlds import VOCABULARY, make_person, make_place

TEXTS = ["packa varor på lager", "sköta hundar och katter", "baka bröd i kök", "packning av brödkorgar"]


def test_similarity_equals_the_standard_tfidf_of_character_ngrams():
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    expected = vectorizer.fit_transform(TEXTS) @ vectorizer.transform(["packa bröd"]).T
    field = TextIndex.of([(text, "") for text in TEXTS])._fields[0]
    assert field.similarity(ngram_counts(["packa bröd"])) == pytest.approx(
        expected.toarray().ravel(), abs=1e-9
    )


def test_a_compound_word_is_found_by_its_parts():
    match = TextIndex.of([(text, "") for text in TEXTS]).match("brödpackning")
    assert match.argmax() == 3


def test_a_title_alone_counts_as_much_as_title_and_description_that_say_the_same():
    index = TextIndex.of([("packa varor", ""), ("packa varor", "packa varor"), ("", "packa varor"), ("", "")])
    assert index.match("packa varor").tolist() == [1, 1, 1, 0]


@pytest.mark.parametrize("wish", ["", "!!", "qwxz"])
def test_words_that_say_nothing_match_nothing(wish):
    assert np.all(TextIndex.of([("packa", "varor"), ("", "")]).match(wish) == 0)


def test_case_and_punctuation_do_not_matter():
    index = TextIndex.of([("ÖSTRA köket!", ""), ("annat", "")])
    assert index.match("östra KÖKET").tolist() == [1, 0]


def test_the_words_of_the_activities_join_the_description():
    place = make_place(activities=(11,))
    match = MatchIndex([place], vocabulary=VOCABULARY).explain(make_person(wish_text="syssla0"), 1)
    assert match.parts.wish > 0.5


def test_a_clear_vote_leaves_nothing_for_the_words_to_lift():
    index = MatchIndex([make_place(activities=(11,), title="packa")], vocabulary=VOCABULARY)
    disliked = make_person(votes={11: -2}, wish_text="packa")
    assert index.explain(disliked, 1).parts.wish == 0
