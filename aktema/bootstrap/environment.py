"""Python environments, one per lock file and interpreter, installed by hash and never seen half made."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from aktema.bootstrap.console import Runner, SetupError, run_visibly, say
from aktema.bootstrap.places import ROOT, digest_of, homes, put_in_place, workshop, writable_home

# Compiling is left to all processors afterwards.
PIP_OPTIONS = ("--no-compile", "--only-binary=:all:", "--require-hashes")


def ensure_environment(kind: str, *, root: Path = ROOT, run: Runner = run_visibly) -> Path:
    """The folder of the environment for `requirements/<kind>.txt`, made if need be, or SetupError."""
    name = environment_name(kind, (root / "requirements" / f"{kind}.txt").read_text())
    for home in homes(root):
        if is_ready(home / name):
            return home / name
    ensure_venv(run=run)
    return _make(writable_home(root), name, root / "requirements" / f"{kind}.txt", run)


def environment_name(kind: str, lock: str) -> str:
    """A name that changes with the locked packages and with the interpreter they were installed for."""
    return f"{kind}-{digest_of(lock, sys.version, sys.base_prefix)}"


def python_of(environment: Path) -> Path:
    """The interpreter of an environment; its tools run as modules, since scripts name their first place."""
    return environment / "bin" / "python"


def is_ready(environment: Path) -> bool:
    """Whether the environment can be used: it is only ever moved here whole."""
    return os.access(python_of(environment), os.X_OK)


def _make(home: Path, name: str, lock: Path, run: Runner) -> Path:
    with workshop(home, name) as partial:
        if not is_ready(home / name):
            say(f"Preparing {home / name} (the first start takes a minute or two)")
            install(partial / "environment", lock, run)
            put_in_place(partial / "environment", home / name)
    return home / name


def install(environment: Path, lock: Path, run: Runner) -> None:
    """Make a virtual environment with exactly the locked wheels in it."""
    folder = environment.parent
    python = str(python_of(environment))
    run([sys.executable, "-m", "venv", str(environment)], doing="Making a Python environment", folder=folder)
    count = sum("==" in line for line in lock.read_text().splitlines())
    pip = [python, "-m", "pip", "install", "--progress-bar=off", *PIP_OPTIONS, "-r", str(lock)]
    run(pip, doing=f"Installing up to {count} Python packages", folder=folder)
    # Quiet, and whatever it returns: packages carry files that are not meant to compile.
    compile_all = "import compileall, sys; compileall.compile_dir(sys.prefix, quiet=2, workers=0)"
    run([python, "-c", compile_all], doing="Compiling them", folder=folder)


def ensure_venv(
    *,
    has_module: Callable[[str], object] = importlib.util.find_spec,
    run: Runner = run_visibly,
    is_root: bool | None = None,
) -> None:
    """See that this Python can make environments with pip in them, as root on Debian with the help of apt."""
    missing = [name for name in ("venv", "ensurepip") if not has_module(name)]
    if not missing:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if (os.geteuid() == 0 if is_root is None else is_root) and shutil.which("apt-get"):
        install_debian_package("python3-venv", run)
        importlib.invalidate_caches()
        missing = [name for name in missing if not has_module(name)]
    if missing:
        raise SetupError(
            f"This Python ({sys.executable}) cannot make environments, for want of {' and '.join(missing)}: "
            f"install what is missing (on Debian and Ubuntu: sudo apt-get install {package}) and start again."
        )


def install_debian_package(package: str, run: Runner) -> None:
    """Install a package with apt as root, fetching the lists first where they are missing or old."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", package]
    try:
        run(install, doing=f"Installing {package} with apt", folder=Path("/"))
    except SetupError:
        run(["apt-get", "update"], doing="Fetching apt's package lists", folder=Path("/"))
        run(install, doing=f"Installing {package} with apt", folder=Path("/"))
