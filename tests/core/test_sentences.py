"""Where sentences begin and end: nothing is lost between them, and abbreviations end nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.core.sentences import sentences_in, sentences_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("   \n ", ()),
        ("Du bakar", ("Du bakar",)),
        ("Du bakar. Du diskar.", ("Du bakar.", "Du diskar.")),
        ("Vad? Ja! Nej…", ("Vad?", "Ja!", "Nej…")),
        ("Vi ses kl. 9. Kom då.", ("Vi ses kl. 9.", "Kom då.")),
        ("Du kan t.ex. Baka.", ("Du kan t.ex. Baka.",)),
        ("Du kan bl.a. baka.", ("Du kan bl.a. baka.",)),
        ("Mitt mål\nJag vill jobba", ("Mitt mål", "Jag vill jobba")),
        ("Du går hem\nmed bussen.", ("Du går hem\nmed bussen.",)),
        ("Ett\n\ntvå", ("Ett", "två")),
        ("- Du dukar\n- Du diskar", ("- Du dukar", "- Du diskar")),
        ("Klockan 9.30 går du.", ("Klockan 9.30 går du.",)),
        ("”Jag vill.” Så sa du.", ("”Jag vill.”", "Så sa du.")),
    ],
)
def test_a_sentence_ends_at_its_stop_or_where_a_line_begins_anew(
    text: str, expected: tuple[str, ...]
) -> None:
    assert sentences_in(text) == expected


@given(st.text(max_size=300))
def test_nothing_but_space_lies_between_sentences(text: str) -> None:
    rest, last = "", 0
    for start, end in sentences_of(text):
        rest, last = rest + text[last:start], end
    assert (rest + text[last:]).strip() == ""
