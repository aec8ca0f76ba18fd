"""Learns how much each n-gram tells, from definitions of occupations, and writes the file the engine reads.

`python -m aktema.bench.ngrams FOLDER` reads the folder of public data and replaces the engine's file. Only n-grams
and their weights are kept, no text.
"""

import csv
import math
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from aktema.bench.taxonomy import read_definitions, read_groups
from aktema.matching.engine import ngrams
from aktema.matching.engine.plain import SIZES

# Chosen on the half of the groups that `bench text` does not report on.
SHARPNESS = 1.5
FEWEST_TEXTS = 3
FILE = Path(ngrams.__file__).parent / "data" / ngrams.FILE


def learn(texts: Iterable[str]) -> dict[str, int]:
    """Return 1..254 per n-gram found in at least FEWEST_TEXTS texts; an n-gram never met would have 255."""
    holding: Counter[str] = Counter()
    count = 0
    for text in texts:
        holding.update(_grams(text))
        count += 1
    return {
        gram: _weight(texts_with, count)
        for gram, texts_with in sorted(holding.items())
        if texts_with >= FEWEST_TEXTS
    }


def write(weights: Mapping[str, int], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["ngram", "weight"])
        rows.writerows(weights.items())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(prog="python -m aktema.bench.ngrams", description="learn the weights of n-grams")
    parser.add_argument("folder", type=Path, help="the folder of public data")
    parser.add_argument("--to", type=Path, default=FILE, help="the file to write")
    given = parser.parse_args(arguments)
    groups = [f"{group.label} {group.definition}" for group in read_groups(given.folder)]
    write(learn([*groups, *read_definitions(given.folder)]), given.to)
    return 0


def _grams(text: str) -> set[str]:
    padded = {f" {word} " for word in ngrams.words_of(text)}
    return {word[at : at + size] for word in padded for size in SIZES for at in range(len(word) - size + 1)}


def _weight(texts_with: int, count: int) -> int:
    """The inverse document frequency, smoothed, sharpened, and a whole number."""
    share = (math.log((1 + count) / (1 + texts_with)) + 1) / (math.log(1 + count) + 1)
    return max(1, min(ngrams.RAREST - 1, round(ngrams.RAREST * math.pow(share, SHARPNESS))))


if __name__ == "__main__":
    raise SystemExit(main())
