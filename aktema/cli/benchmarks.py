"""`bench`: figures of speed, each a ratio of two things measured side by side in one run."""

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any


def add_to(commands: "_SubParsersAction[Any]") -> None:
    parent = commands.add_parser("bench", help="measure speed")
    kinds = parent.add_subparsers(required=True, metavar="WHAT")
    pages = kinds.add_parser("pages", help="lists and suggestions against an empty page")
    pages.set_defaults(command=run_pages)
    imports = kinds.add_parser("imports", help="a file of five thousand participants")
    imports.set_defaults(command=run_imports)
    for kind in (pages, imports):
        kind.add_argument("--json", type=Path, help="write the figures to this file")


def run_pages(arguments: Namespace) -> int:
    from aktema.bench.pages import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)


def run_imports(arguments: Namespace) -> int:
    from aktema.bench.imports import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)
