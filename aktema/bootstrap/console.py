"""What the bootstrap tells the person at the terminal, and how it runs other programs in their sight."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

LAST_LINES = 12
SECONDS_BETWEEN_LINES = 10.0


class SetupError(Exception):
    """Something is missing or failed; the text is the whole message for the person at the terminal."""


class Runner(Protocol):
    """How a program is run; tests put their own in its place."""

    def __call__(self, command: Sequence[str], *, doing: str, folder: Path) -> None:
        """Run the command in the folder, or raise SetupError."""


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def is_ci(variables: Mapping[str, str] = os.environ) -> bool:
    """Whether this run is a continuous-integration run, where nothing may be skipped for want of a tool."""
    return variables.get("CI", "").lower() not in {"", "0", "false"}


def run_visibly(command: Sequence[str], *, doing: str, folder: Path) -> None:
    """Run a program with its progress in sight; raise SetupError with its last lines if it fails."""
    began = time.monotonic()
    tail: deque[str] = deque(maxlen=LAST_LINES)
    try:
        code = _run(command, folder, tail, _Progress(doing))
    except OSError as error:
        raise SetupError(f"{doing} failed: {command[0]} could not be started ({error.strerror}).") from error
    if code:
        raise SetupError(f"{doing} failed (exit code {code}). The last lines were:\n{_indented(tail)}")
    say(f"{doing}: done in {time.monotonic() - began:.0f} s")


def _run(command: Sequence[str], folder: Path, tail: deque[str], progress: _Progress) -> int:
    with subprocess.Popen(
        command,
        cwd=folder,
        env=unattended(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as program:
        assert program.stdout is not None  # noqa: S101 - tells the type checker what PIPE means
        reader = threading.Thread(target=_keep_last, args=(program.stdout, tail), daemon=True)
        reader.start()
        while reader.is_alive():
            reader.join(timeout=0.5)
            progress.show(tail[-1] if tail else "")
        progress.end()
        return program.wait()


def _keep_last(lines: Iterable[str], tail: deque[str]) -> None:
    tail.extend(line.strip() for line in lines if line.strip())


def _indented(lines: Iterable[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)


def unattended(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables with which pip, npm and apt ask nothing; the machine's own settings for them stand."""
    return {
        **variables,
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_USER": "0",
        "DEBIAN_FRONTEND": "noninteractive",
    }


class _Progress:
    """One moving line on a terminal; elsewhere a line now and then."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self.began = self.shown = time.monotonic()
        self.is_terminal = sys.stdout.isatty()

    def show(self, line: str) -> None:
        now = time.monotonic()
        text = f"{self.doing}: {now - self.began:.0f} s  {line}"
        if self.is_terminal:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{text[:width]:<{width}}", end="", flush=True)
        elif now - self.shown >= SECONDS_BETWEEN_LINES:
            self.shown = now
            say(text[:110])

    def end(self) -> None:
        if self.is_terminal:
            print("\r" + " " * (shutil.get_terminal_size().columns - 1), end="\r", flush=True)
