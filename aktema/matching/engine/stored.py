"""An index in files: one per array, read only as far as needed, by all processes from the same memory."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from aktema.matching.engine.columns import Columns
from aktema.matching.engine.ranking import Stock
from aktema.matching.engine.words import TextIndex

COLUMNS, TEXTS = "columns", "texts"


def save(stock: Stock, folder: Path) -> None:
    """Write into a new folder, whole or not at all: made aside and renamed. An existing one is left alone."""
    aside = Path(mkdtemp(prefix=".index-", dir=folder.parent))
    try:
        for name, arrays in ((COLUMNS, stock.columns.arrays()), (TEXTS, stock.texts.arrays())):
            (aside / name).mkdir()
            for key, array in arrays.items():
                np.save(aside / name / f"{key}.npy", array, allow_pickle=False)
        if not folder.exists():
            aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def load(folder: Path) -> Stock:
    """Raises FileNotFoundError."""
    columns, texts = (
        {
            path.stem: np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
            for path in (folder / name).iterdir()
        }
        for name in (COLUMNS, TEXTS)
    )
    return Stock(Columns(**columns), TextIndex.from_arrays(texts))
