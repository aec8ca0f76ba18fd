"""The measurement of the text path on a handful of invented groups, and the learning of n-gram weights."""

import csv
import json
import random

import numpy as np
import pytest

from aktema.bench import ngrams, text, text_rivals
from aktema.bench.taxonomy import read_definitions, read_groups
from aktema.bench.text_tasks import inflected, make_tasks, misspelt
from aktema.cli import main
from aktema.matching.engine.ngrams import RAREST

GROUPS = [
    ("1000", "Bagare", "Bakar bröd och kakor.", ["Bagare", "Kakbagare"], ["Bakning", "Jäsning", "Degar"]),
    ("2000", "Hundskötare", "Sköter hundar.", ["Hundskötare", "Skötare hundar"], ["Rastning", "Hundar", "Pälsar"]),
    ("3000", "Packare", "Packar varor på lager.", ["Packare", "Lagerpackare"], ["Packning", "Truck", "Etiketter"]),
    ("4000", "Städare", "Städar hotell.", ["Städare", "Hotellstädare"], ["Moppning", "Tvätt", "Fönster"]),
]  # fmt: skip


def _concept(group, key, names):
    code, label, definition, *_rest = group
    related = [{"preferred_label": name} for name in names]
    return {
        "id": code,
        "ssyk_code_2012": code,
        "preferred_label": label,
        "definition": definition,
        key: related,
    }


@pytest.fixture
def folder(tmp_path):
    """Public data in miniature."""
    contents = {
        "ssyk-level-4-groups": [_concept(group, "none", ()) for group in reversed(GROUPS)],
        "ssyk-level-4-groups-with-related-occupations": [_concept(one, "narrower", one[3]) for one in GROUPS],
        "ssyk-level-4-groups-with-related-skills": [_concept(one, "related", one[4]) for one in GROUPS],
        "isco-level-4-groups": [_concept(group, "none", ()) for group in GROUPS],
    }
    (tmp_path / "jobtech-taxonomy").mkdir()
    for name, concepts in contents.items():
        path = tmp_path / "jobtech-taxonomy" / f"{name}.json"
        path.write_text(json.dumps({"data": {"concepts": concepts}}), "utf-8")
    return tmp_path


def test_groups_are_read_in_the_order_of_their_codes(folder):
    assert [group.label for group in read_groups(folder)] == [group[1] for group in GROUPS]
    assert read_groups(folder)[0].skills == ("Bakning", "Degar", "Jäsning")


def test_the_commoner_an_ngram_the_less_it_weighs():
    weights = ngrams.learn(["packa varor", "packa bröd", "packa blommor", "baka bröd", "köpa bröd", "packa"])
    assert weights["pac"] < weights["brö"] < RAREST
    assert "köp" not in weights


def test_the_learning_writes_ngrams_and_weights_and_no_text(folder, tmp_path):
    written = tmp_path / "weights.csv"
    assert ngrams.main([str(folder), "--to", str(written)]) == 0
    rows = list(csv.reader(written.read_text("utf-8").splitlines()))
    assert rows[0] == ["ngram", "weight"]
    assert all(3 <= len(gram) <= 5 for gram, _weight in rows[1:])
    expected = ngrams.learn([*(f"{one[1]} {one[2]}" for one in GROUPS), *read_definitions(folder)])
    assert {gram: int(weight) for gram, weight in rows[1:]} == expected


def test_the_same_groups_give_the_same_questions(folder):
    assert make_tasks(read_groups(folder)) == make_tasks(read_groups(folder))


def test_compounds_are_split_and_two_words_are_joined(folder):
    questions = make_tasks(read_groups(folder))["compound"]
    assert {"hundarskötare", "packare lager", "städare hotell"} <= {one.text for one in questions}


@pytest.mark.parametrize("seed", range(20))
def test_a_misspelling_is_one_letter_away(seed):
    wrong = misspelt("Köksbiträde", random.Random(seed))
    assert abs(len(wrong) - len("Köksbiträde")) <= 1


def test_words_of_a_letter_can_be_misspelt_too():
    assert misspelt("C", random.Random(1)) != ""


@pytest.mark.parametrize(("word", "forms"), [("Bagare", {"bagarna", "bagares", "bagaren"}), ("IT", {"it"})])
def test_longer_words_change_their_ending(word, forms):
    assert {inflected(word, random.Random(seed)) for seed in range(30)} == forms


@pytest.mark.parametrize("method", [text_rivals.tfidf, text_rivals.bm25])
def test_the_others_find_the_text_that_has_the_word(method):
    texts = ["bakar bröd", "sköter hundar och katter", "packar varor", ""]
    assert method(texts, text_rivals.words)(["Katter!", "qwx"]).argmax(axis=1).tolist() == [1, 0]


def test_the_others_find_other_forms_only_without_endings():
    asked, texts = ["hunden"], ["bakar bröd", "sköter hundar"]
    assert text_rivals.bm25(texts, text_rivals.words)(asked).max() == 0
    assert text_rivals.bm25(texts, text_rivals.stems)(asked).argmax() == 1


def test_a_stem_keeps_at_least_three_letters():
    assert text_rivals.stems("hundarna bar heterna") == ["hund", "bar", "het"]


def test_among_equals_the_right_one_stands_in_the_middle():
    scores = np.array([[3.0, 1, 2], [0, 0, 0]])
    assert text.reciprocal_ranks(scores, [2, 0]).tolist() == [1 / 2, 1 / 2]


def test_an_interval_holds_the_mean_and_is_wider_the_fewer_clusters():
    values = np.random.default_rng(0).random(400)
    few, many = text.interval(values, [at % 4 for at in range(400)]), text.interval(values, range(400))
    assert many[0] < values.mean() < many[1]
    assert few != many


def test_the_bench_has_figures_per_task_and_of_the_memory(folder):
    measured = text.measure(folder, places=50)
    names = [figure.name for figure in measured]
    assert sum(name.startswith("misspelt, ") for name in names) == 4
    assert names[-1] == "text of 50 placements"
    assert measured[-1].value < 1


def test_the_bench_asks_for_the_folder_where_nothing_says_it(monkeypatch, capsys):
    monkeypatch.delenv("AKTEMA_DATA", raising=False)
    assert main(["bench", "text"]) == 2
    assert "AKTEMA_DATA" in capsys.readouterr().out


@pytest.mark.data
def test_the_shipped_weights_are_what_the_data_folder_gives(data_folder, tmp_path):
    ngrams.main([str(data_folder), "--to", str(tmp_path / "weights.csv")])
    assert (tmp_path / "weights.csv").read_bytes() == ngrams.FILE.read_bytes()
