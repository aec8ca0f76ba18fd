"""Which loops over rows are in use: compiled ones where numba is installed, else those of numpy."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

COMPILER = "numba"


@cache
def loops() -> ModuleType:
    """Return the module with the loops; see `plain` for what each answers."""
    name = "plain" if find_spec(COMPILER) is None else "compiled"
    return import_module(f"{__package__}.{name}")
