"""`import`: what comes from files that an operator has on the server."""

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from aktema.cli.installation import installation
from aktema.core.db import db
from aktema.vocabulary.operations import import_jobtech


def add_to(commands: "_SubParsersAction[Any]") -> None:
    parent = commands.add_parser("import", help="read public data into the vocabulary")
    kinds = parent.add_subparsers(required=True, metavar="KIND")
    jobtech = kinds.add_parser("jobtech", help="occupations, SSYK groups and skills of the JobTech taxonomy")
    jobtech.add_argument("folder", type=Path)
    jobtech.set_defaults(command=run_jobtech)


def run_jobtech(arguments: Namespace) -> int:
    with installation().app_context():
        report = import_jobtech(arguments.folder)
        db.session.commit()
    print(f"Added {report.added}, changed {report.changed}, unchanged {report.unchanged}.")
    return 0
