"""The lock files: exact versions and hashes, and no address of any registry in them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from aktema.bootstrap.console import Runner, SetupError, run_visibly
from aktema.bootstrap.places import ROOT

SOURCES = {
    "run": ("pyproject.toml",),
    "test": ("pyproject.toml", "--group", "test"),
    "node": ("requirements/node.in",),
}
OPTIONS = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-header")


def renew_locks(*, root: Path = ROOT, run: Runner = run_visibly) -> None:
    """Write every lock anew, with the newest that fit pyproject.toml, node.in and package.json."""
    uv, npm = shutil.which("uv"), shutil.which("npm")
    if not (uv and npm):
        raise SetupError("Renewing the locks needs uv and npm: install what is missing and put it on PATH.")
    for kind, source in SOURCES.items():
        target = f"requirements/{kind}.txt"
        command = [
            uv,
            "pip",
            "compile",
            "--quiet",
            "--upgrade",
            "--no-annotate",
            *OPTIONS,
            *source,
            "-o",
            target,
        ]
        run(command, doing=f"Locking {target}", folder=root)
    command = [npm, "install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"]
    run([*command, "--no-audit", "--no-fund"], doing="Locking package-lock.json", folder=root)
    _without_funding(root / "package-lock.json")


def _without_funding(lock: Path) -> None:
    """Take out the addresses where packages ask for gifts: nothing is installed by them."""
    content = json.loads(lock.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(content, indent=2) + "\n")
