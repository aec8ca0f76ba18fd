"""The front door: `python3 -m aktema COMMAND`, also as the installed program `aktema`.

Only the standard library is used here and in `aktema.bootstrap`, and this file stays readable to old Pythons,
so that a machine that lacks something gets a sentence instead of a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

MINIMUM_PYTHON = (3, 11)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    if sys.version_info[:2] < MINIMUM_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        print(f"Aktema needs Python 3.11 or newer; this is Python {found}.", file=sys.stderr)
        return 1
    if os.name != "posix":
        print("Aktema runs on Linux and macOS; on Windows, start it inside WSL.", file=sys.stderr)
        return 1
    from aktema.bootstrap.start import start

    return start(sys.argv[1:] if arguments is None else list(arguments))


if __name__ == "__main__":
    sys.exit(main())
