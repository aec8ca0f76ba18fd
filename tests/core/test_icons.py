"""Icons are drawn into the page, and a missing one is never an error."""

from pathlib import Path

import pytest

from aktema.core.icons import icon_svg

SOURCE = '<svg\n  class="icon-tabler"\n  width="24"\n>\n  <path d="M3 12h1" />\n</svg>'


def test_an_icon_is_inline_and_silent(tmp_path: Path) -> None:
    (tmp_path / "sun.svg").write_text(SOURCE)
    drawn = icon_svg("sun", tmp_path)
    assert '<path d="M3 12h1" />' in drawn
    assert 'aria-hidden="true"' in drawn


@pytest.mark.parametrize("name", ["not-installed", "../secret", "Sun", ""])
def test_an_icon_that_is_not_there_draws_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.svg").write_text(SOURCE)
    assert icon_svg(name, tmp_path) == ""
