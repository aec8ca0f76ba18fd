"""What the ranker saw of a suggestion, as it is stored: ten numbers, float32, little-endian."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.rankers import FEATURES

STORED = np.dtype("<f4")
BYTES = len(FEATURES) * STORED.itemsize


def packed(features: Sequence[float]) -> bytes:
    """Return the features, in the order of FEATURES, as a column holds them."""
    return np.asarray(features, STORED).tobytes()


def unpacked(columns: Sequence[bytes]) -> NDArray[np.float64]:
    """Return one row per column that `packed` gave."""
    return np.frombuffer(b"".join(columns), STORED).reshape(-1, len(FEATURES)).astype(np.float64)
