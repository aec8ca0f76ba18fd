from __future__ import annotations

from pathlib import Path

import pytest

from aktema.bootstrap import places
from aktema.bootstrap.console import SetupError
from aktema.bootstrap.places import digest_of, homes, put_in_place, workshop, writable_home


def test_what_is_made_lies_beside_the_source_when_that_can_be_written(tmp_path: Path) -> None:
    assert writable_home(tmp_path, {"XDG_CACHE_HOME": str(tmp_path / "cache")}) == tmp_path / ".aktema"


def test_the_cache_is_used_and_named_when_the_source_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "root").write_text("a file, where no folder can be made")
    cache = tmp_path / "cache" / "aktema"
    assert writable_home(tmp_path / "root", {"XDG_CACHE_HOME": str(tmp_path / "cache")}) == cache
    assert str(cache) in capsys.readouterr().out


def test_no_writable_folder_is_one_sentence_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "is_writable", lambda folder: False)
    with pytest.raises(SetupError, match="set XDG_CACHE_HOME"):
        writable_home(tmp_path, {})


def test_the_cache_is_in_the_home_folder_unless_named(tmp_path: Path) -> None:
    assert homes(tmp_path, {})[1] == Path("~/.cache/aktema").expanduser()


def test_contents_that_only_join_alike_have_different_digests() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc")


def test_a_workshop_is_gone_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), workshop(tmp_path, "front-end") as partial:
        (partial / "never made").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["front-end.lock"]


def test_a_new_folder_replaces_the_old_one_whole(tmp_path: Path) -> None:
    old, new = tmp_path / "vendor", tmp_path / "partial" / "vendor"
    for folder, name in ((old, "old.js"), (new, "new.js")):
        folder.mkdir(parents=True)
        (folder / name).touch()
    put_in_place(new, old)
    assert [path.name for path in old.iterdir()] == ["new.js"]
