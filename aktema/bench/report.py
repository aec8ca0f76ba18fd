"""Figures with the bar each has to pass, as a table for people and as JSON for machines."""

import json
import operator
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """What was measured, and the bar: the value must stand to it as `op` (`<=`, `>=` or `==`) says.

    Where `op` is empty there is no bar: the figure is shown for what it is.
    """

    name: str
    value: float
    unit: str
    op: str
    bar: float

    @property
    def passes(self) -> bool:
        return not self.op or OPERATORS[self.op](self.value, self.bar)


def write(figures: Sequence[Figure], path: Path | None) -> int:
    """Print the figures, store them as a JSON list where a path is given; returns 1 if any fails, else 0."""
    width = max((len(figure.name) for figure in figures), default=0)
    for figure in figures:
        verdict = ("pass" if figure.passes else "FAIL") if figure.op else "    "
        bar = f"bar {figure.op} {figure.bar:g} {figure.unit}" if figure.op else "no bar"
        print(f"{verdict}  {figure.name:<{width}}  {figure.value:>9.2f} {figure.unit:<10} ({bar})")
    if path is not None:
        path.write_text(json.dumps([asdict(figure) for figure in figures], indent=2) + "\n", "utf-8")
    return 0 if all(figure.passes for figure in figures) else 1
