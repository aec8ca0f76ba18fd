"""How well somebody's words find what they are about, against other ways, on half the groups of occupations.

The other half, and the international definitions, are what the sizes, weights and scale were chosen on. A second
set of weights is learned here without the reported half, to show what it is worth that the shipped ones have met it.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from aktema.bench.engine_words import running_words
from aktema.bench.ngrams import learn
from aktema.bench.report import Figure
from aktema.bench.taxonomy import Group, read_definitions, read_groups
from aktema.bench.text_rivals import Method, Scores, bm25, stems, tfidf, words
from aktema.bench.text_tasks import Question, make_tasks
from aktema.matching.engine import ngrams
from aktema.matching.engine.words import CHANCE, TextIndex, Weigh, prepare

SEED, RESAMPLES = 11, 2_000
TOP = 10
OURS = "n-grams"
HALF = "n-grams, weights learned without these"
LARGE, WORDS, MOST_MIB = 100_000, 100, 150
MEASURES = ("MRR", "found in ten")


def measure(folder: Path, places: int = LARGE) -> list[Figure]:
    """The figures of each task, and the memory of `places` placements; prints every method with its interval.

    Raises OSError or ValueError where the folder holds no taxonomy.
    """
    groups = read_groups(folder)
    tasks = {
        name: tuple(question for question in questions if is_reported(question.group))
        for name, questions in make_tasks(groups).items()
    }
    methods = _methods(groups, read_definitions(folder))
    figures = [figure for name in tasks for figure in _compare(name, tasks[name], methods)]
    return [*figures, _chance(groups, tasks["wish"]), _memory(places)]


def is_reported(group: int) -> bool:
    """Every other group; the rest was for choosing."""
    return group % 2 == 1


def reciprocal_ranks(scores: Scores, targets: Sequence[int]) -> Scores:
    """Return 1 / rank of each row's target; among equals it stands in the middle."""
    own = scores[np.arange(len(scores)), list(targets)][:, None]
    ranks: Scores = (scores > own).sum(axis=1) + ((scores == own).sum(axis=1) + 1) / 2
    return 1 / ranks


def interval(values: Scores, clusters: Sequence[int]) -> tuple[float, float]:
    """Return the middle 95 % of the mean when whole clusters are drawn again and again."""
    _, places = np.unique(clusters, return_inverse=True)
    sums, counts = np.bincount(places, values), np.bincount(places)
    drawn = np.random.default_rng(SEED).integers(len(sums), size=(RESAMPLES, len(sums)))
    low, high = np.percentile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [2.5, 97.5])
    return float(low), float(high)


def _methods(groups: Sequence[Group], definitions: Sequence[str]) -> dict[str, Method]:
    fields = [(group.label, group.definition) for group in groups]
    texts = [f"{label} {definition}" for label, definition in fields]
    half = learn([*(text for at, text in enumerate(texts) if not is_reported(at)), *definitions])
    return {
        OURS: _ours(fields, ngrams.weights_of, TextIndex.similarity),
        "n-grams, cut at chance": _ours(fields, ngrams.weights_of, TextIndex.match),
        HALF: _ours(fields, weigh_by(half), TextIndex.similarity),
        "TF-IDF": tfidf(texts, words),
        "BM25": bm25(texts, words),
        "TF-IDF, stems": tfidf(texts, stems),
        "BM25, stems": bm25(texts, stems),
    }


def weigh_by(weights: Mapping[str, int]) -> Weigh:
    """Return what weighs n-grams by these instead of the shipped weights."""
    table = {ngrams.code_of(gram): weight for gram, weight in weights.items()}
    return lambda codes: np.array([table.get(code, ngrams.RAREST) for code in codes.tolist()], dtype=np.int64)


def _ours(fields: Sequence[tuple[str, str]], weigh: Weigh, match: Callable[..., Scores]) -> Method:
    index = TextIndex.of(fields, weigh=weigh)
    return lambda asked: np.array([match(index, prepare(text, weigh=weigh)) for text in asked])


def _compare(task: str, questions: Sequence[Question], methods: Mapping[str, Method]) -> list[Figure]:
    texts, targets = [one.text for one in questions], [one.group for one in questions]
    ranks = {name: reciprocal_ranks(method(texts), targets) for name, method in methods.items()}
    print(f"{task}: {len(questions)} questions")
    for name, found in ranks.items():
        print(f"  {name:<40}" + "".join(_told(label, found, targets) for label in MEASURES))
    rivals = {name: found for name, found in ranks.items() if not name.startswith(OURS)}
    return [figure for label in MEASURES for figure in _figures(task, label, ranks[OURS], rivals, targets)]


def _figures(
    task: str, label: str, ours: Scores, rivals: Mapping[str, Scores], targets: Sequence[int]
) -> list[Figure]:
    own = _measured(label, ours)
    others = {name: _measured(label, found) for name, found in rivals.items()}
    best = max(others, key=lambda name: float(others[name].mean()))
    low, _ = interval(own - others[best], targets)
    name = f"{task}, {label}"
    return [
        Figure(
            name=f"{name}, bar {best}",
            value=float(own.mean()),
            unit="share",
            op=">=",
            bar=float(others[best].mean()),
        ),
        Figure(name=f"{name}, lower end of the difference", value=low, unit="share", op=">=", bar=0),
    ]


def _measured(label: str, found: Scores) -> Scores:
    return found if label == MEASURES[0] else (found >= 1 / TOP).astype(np.float64)


def _told(label: str, found: Scores, targets: Sequence[int]) -> str:
    values = _measured(label, found)
    low, high = interval(values, targets)
    return f"  {label} {values.mean():.3f} ({low:.3f}-{high:.3f})"


def _chance(groups: Sequence[Group], questions: Sequence[Question]) -> Figure:
    """How many of the wishes' pairs with groups they are not about count as alike at all."""
    index = TextIndex.of([(group.label, group.definition) for group in groups])
    alike = np.array([index.similarity(prepare(one.text)) for one in questions])
    unrelated = np.arange(len(groups))[None, :] != np.array([one.group for one in questions])[:, None]
    share = float((alike[unrelated] > CHANCE).mean())
    return Figure(name="unrelated texts that count as alike", value=100 * share, unit="%", op="<=", bar=5)


def _memory(places: int) -> Figure:
    """The size of an index of descriptions of WORDS words, two of them found in no other place."""
    rng = np.random.default_rng(SEED)
    texts = [
        (" ".join(running_words(rng, 3)), " ".join([*running_words(rng, WORDS - 2), *_rare(rng, number)]))
        for number in range(places)
    ]
    mib = TextIndex.of(texts).nbytes / 2**20
    return Figure(name=f"text of {places} placements", value=mib, unit="MiB", op="<=", bar=MOST_MIB)


def _rare(rng: np.random.Generator, number: int) -> list[str]:
    return [f"{''.join(running_words(rng, 2))[:10]}{number:x}{letter}" for letter in "ab"]
