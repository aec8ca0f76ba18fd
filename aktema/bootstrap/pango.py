"""What PDFs are set with: Pango and its friends, which are no Python packages. Without them all else works."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from ctypes.util import find_library

from aktema.bootstrap.console import Runner, SetupError, run_visibly, say
from aktema.bootstrap.environment import install_debian_package

PACKAGES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
"""Libraries, and the Debian packages they come in."""


def ensure_pango(
    *,
    find: Callable[[str], str | None] = find_library,
    run: Runner = run_visibly,
    is_root: bool | None = None,
) -> bool:
    """Whether PDFs can be made here, after installing what is missing as root on Debian; says so where they cannot."""
    if (os.geteuid() == 0 if is_root is None else is_root) and shutil.which("apt-get"):
        _install(find, run)
    missing = [package for library, package in PACKAGES.items() if not find(library)]
    if missing:
        say(f"No PDF can be made here, for want of {', '.join(missing)} (Debian's names). All else works.")
    return not missing


def _install(find: Callable[[str], str | None], run: Runner) -> None:
    try:
        for library, package in PACKAGES.items():
            if not find(library):
                install_debian_package(package, run)
    except SetupError as problem:
        say(str(problem))
