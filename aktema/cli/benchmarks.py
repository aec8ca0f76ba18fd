"""`bench`: figures of speed, each a ratio of two things measured side by side in one run."""

import os
from argparse import Namespace, _SubParsersAction
from dataclasses import replace
from pathlib import Path
from typing import Any


def add_to(commands: "_SubParsersAction[Any]") -> None:
    parent = commands.add_parser("bench", help="measure speed")
    kinds = parent.add_subparsers(required=True, metavar="WHAT")
    pages = kinds.add_parser("pages", help="lists and suggestions against an empty page")
    pages.set_defaults(command=run_pages)
    imports = kinds.add_parser("imports", help="a file of five thousand participants")
    imports.set_defaults(command=run_imports)
    assignment = kinds.add_parser("assignment", help="a plan for many people against a dense solver")
    assignment.set_defaults(command=run_assignment)
    deadlines = kinds.add_parser("deadlines", help="what is due of ten thousand decisions")
    deadlines.set_defaults(command=run_deadlines)
    pdf = kinds.add_parser("pdf", help="a long plan with pictures as an accessible PDF")
    pdf.set_defaults(command=run_pdf)
    plans = kinds.add_parser("plans", help="saving one activity of a large plan against an empty page")
    plans.set_defaults(command=run_plans)
    way = kinds.add_parser("way", help="lists around many trials and jobs against an empty page")
    way.set_defaults(command=run_way)
    text = kinds.add_parser("text", help="how well words find what they are about, on public data")
    text.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=os.environ.get("AKTEMA_DATA"),
        help="of public data; or AKTEMA_DATA",
    )
    text.set_defaults(command=run_text)
    symbols = kinds.add_parser("symbols", help="a large pack of pictures")
    symbols.add_argument("folder", type=Path, help="with pictures, tables of words and the licence")
    symbols.set_defaults(command=run_symbols)
    learning = kinds.add_parser("learning", help="what learning gains over the rules, in invented towns")
    learning.set_defaults(command=run_learning)
    engine = kinds.add_parser("engine", help="suggestions against other ways to the same score")
    engine.add_argument("--quick", action="store_true", help="few places and people: minutes, not an hour")
    engine.add_argument("--sizes", type=_numbers, help="how many places, such as 1000,10000")
    engine.add_argument("--rivals-up-to", type=int, help="most places at which the rivals are measured too")
    engine.add_argument("--markdown", type=Path, help="write the tables into this document")
    engine.set_defaults(command=run_engine)
    for kind in (learning, text, pages, imports, symbols, assignment, deadlines, pdf, plans, way, engine):
        kind.add_argument("--json", type=Path, help="write the figures to this file")


def run_pages(arguments: Namespace) -> int:
    from aktema.bench.pages import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)


def run_imports(arguments: Namespace) -> int:
    from aktema.bench.imports import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)


def run_symbols(arguments: Namespace) -> int:
    from aktema.bench.report import write
    from aktema.bench.symbols import measure

    return write(measure(arguments.folder), arguments.json)


def run_assignment(arguments: Namespace) -> int:
    from aktema.bench.assignment import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)


def run_deadlines(arguments: Namespace) -> int:
    from aktema.bench.deadlines import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)


def run_pdf(arguments: Namespace) -> int:
    from aktema.bench.pdf import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)


def run_plans(arguments: Namespace) -> int:
    from aktema.bench.plans import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)


def run_way(arguments: Namespace) -> int:
    from aktema.bench.report import write
    from aktema.bench.way import measure

    return write(measure(), arguments.json)


def run_text(arguments: Namespace) -> int:
    from aktema.bench.report import write
    from aktema.bench.text import measure

    if arguments.folder is None:
        print("Say which folder holds the public data, or set AKTEMA_DATA.")
        return 2
    return write(measure(Path(arguments.folder)), arguments.json)


def run_learning(arguments: Namespace) -> int:
    from aktema.bench.learning import measure
    from aktema.bench.report import write

    return write(measure(), arguments.json)


def run_engine(arguments: Namespace) -> int:
    from aktema.bench.engine import QUICK, Scale, measure
    from aktema.bench.machine import write_section
    from aktema.bench.report import write

    asked = {"sizes": arguments.sizes, "rivals_up_to": arguments.rivals_up_to}
    scale = QUICK if arguments.quick else Scale()
    result = measure(replace(scale, **{name: value for name, value in asked.items() if value is not None}))
    if arguments.markdown:
        write_section(arguments.markdown, "engine", result.markdown())
    for line in result.lines():
        print(line)
    return write(result.figures, arguments.json)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))
