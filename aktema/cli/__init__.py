"""The commands of an installation, inside its environment: `python3 -m aktema COMMAND`."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence

from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import OperationalError

from aktema.cli import administration, benchmarks, imports, models, serving, translation
from aktema.core.errors import DomainError

Command = Callable[[Namespace], int]


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code. What an operator can mend is said in one sentence."""
    os.umask(0o077)  # the database, its log and the keys are nobody else's to read
    parsed = parser().parse_args(arguments)
    command: Command = parsed.command
    try:
        return command(parsed)
    except ValidationError as error:
        return _say(f"The settings are not right: {_settings_errors(error)}")
    except SettingsError as error:
        return _say(f"The settings can't be read: {error}.")
    except OperationalError as error:
        return _say(f"The database can't be opened: {str(error.orig).strip()}.")
    except DomainError as error:
        return _say(str(error.message))


def parser() -> ArgumentParser:
    made = ArgumentParser(prog="aktema", description="From daglig verksamhet to work.")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for module in (serving, administration, imports, models, benchmarks, translation):
        module.add_to(commands)
    return made


def _settings_errors(error: ValidationError) -> str:
    return "; ".join(
        f"AKTEMA_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()
    )


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
