"""Settings and database of the installation a command works on."""

import json
import os
from pathlib import Path

from flask import Flask

from aktema.app import create_app
from aktema.core import schema
from aktema.core.db import db
from aktema.core.settings import Settings, make_key
from aktema.vocabulary.operations import load_vocabulary


def installation_settings() -> Settings:
    """The settings the environment gives. Raises pydantic's ValidationError naming what is missing or wrong."""
    return Settings()  # type: ignore[call-arg]  # what is required comes from the environment


def demo_settings(folder: Path | None, port: int) -> Settings:
    """Settings of the demo: an SQLite file in a folder of its own, with keys made once.

    What the environment says of an installation does not count here.
    """
    folder = folder or Path(os.environ.get("AKTEMA_DEMO_FOLDER") or Path.cwd() / ".aktema" / "demo")
    folder.mkdir(parents=True, exist_ok=True)
    keys = _demo_keys(folder / "keys.json")
    return Settings.model_validate(
        {
            **keys,
            "data_folder": folder,
            "base_url": f"http://127.0.0.1:{port}",
            "demo": True,
            "json_logs": False,
            "municipality": "Ekbacka kommun",
        }
    )


def _demo_keys(file: Path) -> dict[str, str]:
    if not file.exists():
        aside = file.with_suffix(".partial")
        aside.write_text(json.dumps({"secret_key": make_key(), "encryption_key": make_key()}), "utf-8")
        aside.chmod(0o600)
        aside.rename(file)
    keys: dict[str, str] = json.loads(file.read_text("utf-8"))
    return keys


def prepare_database() -> None:
    """The schema at its newest and the vocabulary loaded. Needs an app context."""
    schema.upgrade()
    load_vocabulary()
    db.session.commit()


def installation() -> Flask:
    """The application of the installation, for commands that serve nothing."""
    return create_app(installation_settings())
