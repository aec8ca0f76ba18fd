"""What the demo's plans say: easy to read where it says so, with few pictures."""

from collections.abc import Iterator

import pytest

from aktema.core.easy_read import check
from aktema.demo.plan_texts import AIMS, OWN, SECOND_AIM, WORK, Line


def lines() -> Iterator[Line]:
    yield from OWN
    yield from WORK.values()
    for aim in (*AIMS, SECOND_AIM):
        yield from (aim.text, aim.measure)
        for doing in aim.doings:
            yield from doing.lines.values()


@pytest.mark.parametrize("line", list(lines()), ids=lambda line: line.easy)
def test_every_easy_text_of_the_demo_is_easy_to_read(line: Line) -> None:
    assert check(line.easy) == ()


@pytest.mark.parametrize("line", list(lines()), ids=lambda line: line.easy)
def test_a_statement_has_at_most_three_pictures_each_with_a_word(line: Line) -> None:
    assert len(line.pictures) <= 3
    assert all(code and word for code, word in line.pictures)
