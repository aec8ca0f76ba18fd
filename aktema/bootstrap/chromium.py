"""A Chromium for the browser journeys: the machine's own, else apt's, else Playwright's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from aktema.bootstrap.console import Runner, SetupError, run_visibly
from aktema.bootstrap.environment import install_debian_package

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WHERE = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch_flags(*, is_root: bool | None = None) -> tuple[str, ...]:
    """Flags with which Chromium stays still and offline; as root it cannot have its sandbox."""
    as_root = os.geteuid() == 0 if is_root is None else is_root
    return (*FLAGS, "--no-sandbox") if as_root else FLAGS


def find_chromium(variables: Mapping[str, str] = os.environ) -> Path | None:
    """The browser that AKTEMA_CHROMIUM names, else one on this machine; a name without one is an error."""
    named = variables.get("AKTEMA_CHROMIUM")
    if named and not os.access(named, os.X_OK):
        raise SetupError(f"AKTEMA_CHROMIUM names {named}, which is not a program here.")
    found = named or next(filter(None, map(shutil.which, PROGRAMS)), None)
    return Path(found) if found else None


def ensure_chromium(*, run: Runner = run_visibly) -> Path:
    """A browser, installed if there is none; SetupError if none can be had."""
    found = find_chromium()
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        install_debian_package("chromium", run)
        found = find_chromium()
    return found or _from_playwright(run)


def _from_playwright(run: Runner) -> Path:
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    run(install, doing="Installing Playwright's Chromium", folder=Path("/"))
    done = subprocess.run([sys.executable, "-c", WHERE], capture_output=True, text=True, check=False)
    path = Path(done.stdout.strip() or "/nowhere")
    if not os.access(path, os.X_OK):
        raise SetupError(
            "There is no Chromium here, and none could be installed: set AKTEMA_CHROMIUM to one."
        )
    return path
