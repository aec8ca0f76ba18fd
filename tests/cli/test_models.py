"""`retrain` and `model`, as an operator types them."""

import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from aktema.access.models import AccessEntry
from aktema.access.roles import Role
from aktema.app import create_app
from aktema.cli import main
from aktema.core.db import Base, db, reading
from aktema.matching import model_exchange
from aktema.matching.models import ModelVersion
from aktema.vocabulary.operations import load_vocabulary
from tests.conftest import settings_for_tests
from tests.support.database import fresh_database
from tests.support.employers import a_placement, a_workplace
from tests.support.lists import a_list, a_verdict, what_was_learned
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

pytestmark = pytest.mark.database


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The installation the commands work on, with a vocabulary and nobody in it."""
    with fresh_database(tmp_path, f"aktema_cli_{secrets.token_hex(4)}") as url:
        app = create_app(settings_for_tests(tmp_path, url))
        monkeypatch.setattr("aktema.cli.models.installation", lambda: app)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            load_vocabulary()
            db.session.commit()
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "model.json"
    file.write_text(model_exchange.written(what_was_learned()), "utf-8")
    return file


def versions() -> list[str]:
    with reading():
        found = list(db.session.scalars(select(ModelVersion.version)))
        db.session.rollback()
    return found


def traces() -> list[str]:
    with reading():
        found = [entry.detail.split()[0] for entry in db.session.scalars(select(AccessEntry))]
        db.session.rollback()
    return found


def in_use(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    main(["model", "list"])
    return next(line for line in capsys.readouterr().out.splitlines() if "(in use)" in line).split()[0]


def test_a_dry_run_reports_and_stores_nothing_but_its_trace(
    installed: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    places = [a_placement(a_workplace()) for _ in range(2)]
    a_verdict(a_list(a_participant(coach=coach), coach, {place: {} for place in places}), places[0])
    a_verdict(a_list(a_participant(coach=coach), coach, dict.fromkeys(places)), places[0])
    db.session.commit()
    assert main(["retrain"]) == 0
    said = capsys.readouterr().out
    assert "1 lists with 1 verdicts" in said
    assert "1 older lists are left out" in said
    assert "do not justify leaving the prior, rules-1" in said
    assert "of 2 people, 0 would have another place first" in said
    assert versions() == []
    assert traces() == ["dry_run"]


def test_keeping_the_prior_is_said_and_not_stored(
    installed: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retrain", "--save"]) == 0
    assert "Nothing was stored." in capsys.readouterr().out


def test_an_import_is_tried_stored_used_and_taken_back(
    installed: Flask, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["model", "import", str(file)]) == 0
    assert versions() == []
    assert main(["model", "import", str(file), "--save"]) == 0
    version = what_was_learned().version
    assert versions() == [version]
    assert in_use(capsys) == "rules-1"
    assert main(["retrain", "--switch", version]) == 0
    assert in_use(capsys) == version
    assert main(["retrain", "--roll-back"]) == 0
    assert in_use(capsys) == "rules-1"


def test_an_export_holds_what_was_imported(installed: Flask, file: Path, tmp_path: Path) -> None:
    main(["model", "import", str(file), "--save"])
    out = tmp_path / "out.json"
    assert main(["model", "export", str(out), "--version", what_was_learned().version]) == 0
    assert json.loads(out.read_text("utf-8")) == json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["retrain", "--switch", "choice-0"], "no model 'choice-0'"),
        (["retrain", "--roll-back"], "nothing to go back to"),
        (["retrain", "--prior", "choice-0"], "no model"),
        (["model", "export", "out.json"], "same everywhere"),
        (["model", "import", "/nowhere/model.json"], "can't be read"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    installed: Flask, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(arguments) == 2
    words = capsys.readouterr().err.splitlines()
    assert len(words) == 1
    assert said in words[0]


def test_a_file_that_cannot_be_written_is_said(
    installed: Flask, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["model", "import", str(file), "--save"])
    version = what_was_learned().version
    assert main(["model", "export", "/nowhere/model.json", "--version", version]) == 2
    assert "can't be written" in capsys.readouterr().err
