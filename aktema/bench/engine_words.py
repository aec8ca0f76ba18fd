"""Running text as long as real descriptions and as unevenly spread as real words: Zipf's law over our own."""

import re
from collections import Counter
from functools import cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from aktema.demo import content

COMPOUNDS = 20_000
LEAST_LETTERS_IN_COMPOUND = 4
OFFSET = 2.7  # Mandelbrot's form of Zipf's law, with the exponent 1
SEED = 20_260
_WORD = re.compile(r"[^\W\d]+")


def running_words(rng: Generator, count: int) -> list[str]:
    """So many words, the common ones often."""
    words, reach = _lexicon()
    drawn: list[str] = words[np.searchsorted(reach, rng.random(count))].tolist()
    return drawn


@cache
def _lexicon() -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    """The words from the commonest on, and how far the shares of all words up to each one reach."""
    counted = Counter(_WORD.findall(" ".join(_texts()).casefold()))
    own = [word for word, _times in counted.most_common()]
    words = np.array([*own, *_compounds(own)], dtype=object)
    shares = 1 / (np.arange(1, len(words) + 1) + OFFSET)
    return words, np.cumsum(shares) / shares.sum()


def _texts() -> list[str]:
    placements = [f"{one.title} {one.description} {one.supervision}" for one in content.placements()]
    employers = [f"{one.description} {one.access}" for one in content.employers()]
    return [*placements, *employers, *(wish.text for wish in content.wishes())]


def _compounds(own: list[str]) -> list[str]:
    """New long words out of two, as Swedish makes them."""
    parts = [word for word in own if len(word) >= LEAST_LETTERS_IN_COMPOUND]
    pairs = np.random.default_rng(SEED).integers(len(parts), size=(COMPOUNDS, 2)).tolist()
    return list(dict.fromkeys(f"{parts[first]}{parts[second]}" for first, second in pairs))
