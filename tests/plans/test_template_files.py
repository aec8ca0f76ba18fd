"""The signed file: what is written is read, and nothing else is."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from aktema.plans.rules import template_file
from aktema.plans.rules.document import Pattern
from aktema.plans.rules.template_content import (
    ACTIVITY_FIELDS,
    GOAL_FIELDS,
    LIFE_AREAS,
    WEEK_PATTERNS,
    ActivityTemplate,
    Fault,
    GoalTemplate,
    Kind,
    Picture,
    Question,
    Scale,
    Template,
    TemplateError,
    Words,
)
from aktema.plans.rules.template_file import MOST_BYTES, fingerprint_of, in_groups, read, read_key
from tests.support.templates import (
    Sender,
    a_large_template,
    a_plan_template,
    a_question,
    a_question_set,
    a_sheet,
    an_activity,
)

SENDER = Sender()


def verify(_fingerprint: str, signed: bytes, signature: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(SENDER.public_key).verify(signature, signed)
    except InvalidSignature as error:
        raise TemplateError(Fault.CHANGED) from error


def fault_of(content: bytes) -> Fault:
    with pytest.raises(TemplateError) as raised:
        read(content, verify)
    return raised.value.fault


# What is written is read

letters = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn"))
texts = st.text(letters, max_size=40)
lines = texts.filter(lambda text: bool(text.strip()))
pictures = st.one_of(
    st.builds(Picture, word=lines, moji=st.sampled_from(["1F373", "1F468-200D-1F373"])),
    st.builds(Picture, word=lines, pack=lines, symbol=lines),
    st.builds(Picture, word=lines),
)
said = st.builds(Words, standard=texts, easy=texts, pictures=st.lists(pictures, max_size=3).map(tuple))
needed = st.builds(Words, standard=lines, easy=texts, pictures=st.lists(pictures, max_size=3).map(tuple))


def words_for(fields: tuple[str, ...]) -> st.SearchStrategy[dict[str, Words]]:
    return st.fixed_dictionaries({field: needed if field == fields[0] else said for field in fields})


times = st.one_of(
    st.tuples(st.none(), st.none()),
    st.tuples(st.integers(0, 700), st.none()),
    st.tuples(st.integers(0, 700), st.integers(701, 1440)),
)
patterns = st.builds(
    lambda days, weeks, hours: Pattern(
        weekdays=days, week_pattern=weeks, starts_at=hours[0], ends_at=hours[1]
    ),
    st.integers(0, 127),
    st.sampled_from(WEEK_PATTERNS),
    times,
)
activities = st.builds(
    ActivityTemplate,
    key=st.just(""),
    words=words_for(ACTIVITY_FIELDS),
    pattern=patterns,
    support_level=st.none() | st.integers(0, 4),
    is_toward_work=st.booleans(),
)


@st.composite
def plans(draw: Any) -> Template:
    keys = iter(f"key{number}" for number in range(100))
    goals = []
    for _number in range(draw(st.integers(1, 3))):
        parts = draw(st.lists(activities, max_size=2))
        goals.append(
            GoalTemplate(
                key=next(keys),
                life_area=draw(st.sampled_from(LIFE_AREAS)),
                words=draw(words_for(GOAL_FIELDS)),
                activities=tuple(_with_key(one, next(keys)) for one in parts),
            )
        )
    return Template(kind=Kind.PLAN, title=draw(lines), about=draw(texts), goals=tuple(goals))


def _with_key(activity: ActivityTemplate, key: str) -> ActivityTemplate:
    return an_activity(
        key,
        words=activity.words,
        pattern=activity.pattern,
        support_level=activity.support_level,
        is_toward_work=activity.is_toward_work,
    )


sheets = st.builds(
    Template,
    kind=st.just(Kind.PICTURES),
    title=lines,
    about=texts,
    columns=st.integers(2, 6),
    pictures=st.lists(pictures, min_size=1, max_size=24).map(tuple),
)
questions = st.builds(
    Template,
    kind=st.just(Kind.QUESTIONS),
    title=lines,
    questions=st.lists(
        st.builds(
            Question,
            key=st.uuids().map(str),
            text=lines,
            easy=texts,
            picture=st.none() | pictures,
            scale=st.sampled_from(Scale),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one.key,
    ).map(tuple),
)


@given(st.one_of(plans(), sheets, questions), st.integers(1, 100_000))
def test_every_template_that_is_written_is_read_as_it_was(template: Template, number: int) -> None:
    file = SENDER.file(template, number=number)
    assert read(template_file.written(file, SENDER.sign), verify) == file


@given(plans())
def test_a_stored_template_is_the_same_when_it_is_read_again(template: Template) -> None:
    assert template_file.unstored(template_file.stored(template)) == template


def test_a_file_is_the_same_whenever_it_is_written() -> None:
    assert SENDER.written() == SENDER.written()


# Every byte counts


def test_every_single_byte_changed_is_refused() -> None:
    content = SENDER.written(a_sheet(Picture(word="kök", moji="1F373")))
    kept = []
    for place in range(len(content)):
        for flipped in (1, 32, 255):
            changed = bytearray(content)
            changed[place] ^= flipped
            try:
                read(bytes(changed), verify)
            except TemplateError:
                continue
            kept.append((place, flipped))
    assert kept == []


def test_every_single_byte_taken_away_or_doubled_is_refused() -> None:
    content = SENDER.written(a_question_set())
    others = [content[:place] + content[place + 1 :] for place in range(len(content))]
    others += [
        content[:place] + content[place : place + 1] + content[place:] for place in range(len(content))
    ]
    assert [one for one in others if one != content and _is_read(one)] == []


def _is_read(content: bytes) -> bool:
    try:
        read(content, verify)
    except TemplateError:
        return False
    return True


@given(st.binary(max_size=400))
def test_no_bytes_whatever_make_anything_but_a_refusal(content: bytes) -> None:
    assert not _is_read(content)


# Files from somebody who means harm: signed by a key that is trusted, and yet no template


def signed(change: Callable[[dict[str, Any]], object], content: Template | None = None) -> bytes:
    """A file whose content was changed before it was signed, as a sender of bad faith would make it."""
    found = json.loads(SENDER.written(content))
    del found["signature"]
    change(found)
    said = {name: found.get(name) for name in template_file.CONTENT_KEYS}
    found["digest"] = template_file._digest(said)
    signature = SENDER.sign(template_file._canonical(found)).hex()
    return template_file._canonical({**found, "signature": signature}) + b"\n"


def goal(found: dict[str, Any]) -> dict[str, Any]:
    return found["content"]["goals"][0]  # type: ignore[no-any-return]  # what JSON holds is anything


def activity(found: dict[str, Any]) -> dict[str, Any]:
    return goal(found)["activities"][0]  # type: ignore[no-any-return]  # what JSON holds is anything


def nested(levels: int) -> list[Any]:
    found: list[Any] = []
    for _level in range(levels):
        found = [found]
    return found


HOSTILE: list[tuple[str, Callable[[dict[str, Any]], object], Fault]] = [
    ("another format version", lambda f: f.update(format_version=2), Fault.OTHER_VERSION),
    ("true for a version", lambda f: f.update(format_version=True), Fault.OTHER_VERSION),
    ("another format", lambda f: f.update(format="aktema-model"), Fault.NO_TEMPLATE),
    ("a key too many", lambda f: f.update(script="x"), Fault.UNKNOWN),
    ("a key too few", lambda f: f.pop("about"), Fault.MISSING),
    ("an unknown kind", lambda f: f.update(kind="virus"), Fault.OUT_OF_BOUNDS),
    ("a kind that is a list", lambda f: f.update(kind=["plan"]), Fault.WRONG_TYPE),
    ("a title that is a number", lambda f: f.update(title=1), Fault.WRONG_TYPE),
    ("an empty title", lambda f: f.update(title=" "), Fault.EMPTY),
    ("a long title", lambda f: f.update(title="x" * 121), Fault.TOO_LONG),
    ("writing turned round", lambda f: f.update(title="a\u202etxt"), Fault.BAD_LETTER),
    ("a zero byte", lambda f: f.update(about="a\x00b"), Fault.BAD_LETTER),
    ("content that is a text", lambda f: f.update(content="x"), Fault.WRONG_TYPE),
    ("no goals", lambda f: f["content"].update(goals=[]), Fault.EMPTY),
    ("a thousand goals", lambda f: f["content"].update(goals=[goal(f)] * 1000), Fault.OUT_OF_BOUNDS),
    ("a goal that is null", lambda f: f["content"].update(goals=[None]), Fault.WRONG_TYPE),
    ("a goal with an id of a person", lambda f: goal(f).update(participant_id=7), Fault.UNKNOWN),
    ("a life area that is none", lambda f: goal(f).update(life_area="d0"), Fault.OUT_OF_BOUNDS),
    ("the same key twice", lambda f: activity(f).update(key=goal(f)["key"]), Fault.TWICE),
    ("a key with a slash", lambda f: goal(f).update(key="../x"), Fault.OUT_OF_BOUNDS),
    ("a key that is a number", lambda f: goal(f).update(key=5), Fault.WRONG_TYPE),
    ("a goal without words", lambda f: goal(f)["text"].update(standard=""), Fault.EMPTY),
    (
        "a photo of somebody",
        lambda f: goal(f)["text"].update(pictures=[{"word": "jag", "photo": "a" * 22}]),
        Fault.UNKNOWN,
    ),
    (
        "a picture from elsewhere",
        lambda f: goal(f)["text"].update(pictures=[{"word": "x", "moji": "../../x"}]),
        Fault.WRONG_TYPE,
    ),
    ("four pictures", lambda f: goal(f)["text"].update(pictures=[{"word": "x"}] * 4), Fault.OUT_OF_BOUNDS),
    ("weekdays that never were", lambda f: activity(f).update(weekdays=128), Fault.OUT_OF_BOUNDS),
    ("weekdays that are true", lambda f: activity(f).update(weekdays=True), Fault.WRONG_TYPE),
    ("an end before the start", lambda f: activity(f).update(ends_at=1), Fault.OUT_OF_BOUNDS),
    ("an end without a start", lambda f: activity(f).update(starts_at=None), Fault.OUT_OF_BOUNDS),
    ("support beyond measure", lambda f: activity(f).update(support_level=5), Fault.OUT_OF_BOUNDS),
    ("toward work with a one", lambda f: activity(f).update(is_toward_work=1), Fault.WRONG_TYPE),
    ("version zero", lambda f: f.update(version=0), Fault.OUT_OF_BOUNDS),
    ("a version of ten thousand digits", lambda f: f.update(version=10**4000), Fault.OUT_OF_BOUNDS),
    ("a day that never was", lambda f: f.update(made_on="2026-02-30"), Fault.OUT_OF_BOUNDS),
    ("a day in words", lambda f: f.update(made_on="igår"), Fault.WRONG_TYPE),
    ("an id with letters of elsewhere", lambda f: f.update(id="å"), Fault.WRONG_TYPE),
    ("a sender without a name", lambda f: f["sender"].pop("name"), Fault.MISSING),
    ("a fingerprint of capitals", lambda f: f["sender"].update(fingerprint="AB" * 16), Fault.CHANGED),
    ("a fingerprint that is a list", lambda f: f["sender"].update(fingerprint=[]), Fault.WRONG_TYPE),
    ("lists in lists", lambda f: f.update(content=nested(30)), Fault.TOO_DEEP),
]


@pytest.mark.parametrize(
    ("change", "fault"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
def test_a_hostile_file_is_refused_though_its_signature_is_good(
    change: Callable[[dict[str, Any]], object], fault: Fault
) -> None:
    assert fault_of(signed(change)) is fault


def test_the_files_above_are_refused_for_what_was_changed_alone() -> None:
    assert read(signed(lambda _found: None), verify).template == a_plan_template()


BROKEN: list[tuple[str, bytes, Fault]] = [
    ("nothing", b"", Fault.NOT_JSON),
    ("no JSON", b"PK\x03\x04 a zip", Fault.NOT_JSON),
    ("not UTF-8", b'{"format": "\xff"}', Fault.NOT_JSON),
    ("another alphabet of bytes", '{"format": "aktema-template"}'.encode("utf-16"), Fault.NOT_JSON),
    ("a byte order mark", b"\xef\xbb\xbf" + SENDER.written(), Fault.NOT_JSON),
    ("a list", b"[]", Fault.WRONG_TYPE),
    ("a number", b"7", Fault.WRONG_TYPE),
    ("a fraction", b'{"format": 1.5}', Fault.WRONG_TYPE),
    ("no number", b'{"format": NaN}', Fault.WRONG_TYPE),
    ("endless", b'{"format": Infinity}', Fault.WRONG_TYPE),
    ("a number of ten thousand digits", b'{"format": ' + b"9" * 10_000 + b"}", Fault.NOT_JSON),
    ("something twice", b'{"format": 1, "format": 2}', Fault.TWICE),
    ("a hundred thousand lists in each other", b"[" * 100_000, Fault.TOO_DEEP),
    ("too large", b" " * (MOST_BYTES + 1), Fault.TOO_LARGE),
    ("written with spaces", json.dumps(json.loads(SENDER.written())).encode(), Fault.CHANGED),
    ("without its last line end", SENDER.written()[:-1], Fault.CHANGED),
    ("half a letter", b'{"format":"aktema-template","format_version":1,"x":"\\ud800"}', Fault.MISSING),
]


@pytest.mark.parametrize(
    ("content", "fault"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_what_is_no_file_of_ours_is_refused(content: bytes, fault: Fault) -> None:
    assert fault_of(content) is fault


def test_half_a_letter_in_a_text_is_refused() -> None:
    whole = SENDER.written(a_plan_template("Titeln")).replace(b"Titeln", b"\\ud800")
    assert fault_of(whole) is Fault.BAD_LETTER


def test_a_digest_of_something_else_is_refused() -> None:
    found = json.loads(SENDER.written())
    del found["signature"]
    found["digest"] = "0" * 64
    signature = SENDER.sign(template_file._canonical(found)).hex()
    content = template_file._canonical({**found, "signature": signature}) + b"\n"
    assert fault_of(content) is Fault.CHANGED


def test_a_template_that_would_be_too_large_is_not_written() -> None:
    with pytest.raises(TemplateError) as raised:
        SENDER.written(a_large_template())
    assert raised.value.fault is Fault.TOO_LARGE


def test_a_question_needs_its_text() -> None:
    with pytest.raises(TemplateError):
        template_file.stored(a_question_set(a_question(text="")))


# Keys


def test_a_fingerprint_is_read_aloud_in_eight_groups_of_four() -> None:
    assert [len(group) for group in in_groups(fingerprint_of(SENDER.public_key)).split()] == [4] * 8


@pytest.mark.parametrize("between", ["", " ", "-", "\n "])
def test_a_key_is_read_however_it_is_grouped(between: str) -> None:
    typed = between.join(in_groups(SENDER.public_key.hex()).split())
    assert read_key(typed.upper()) == SENDER.public_key


@pytest.mark.parametrize(
    "typed", ["", "ab", "zz" * 32, "ab" * 33, "å" * 64, base64.b64encode(b"k" * 32).decode()]
)
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(TemplateError):
        read_key(typed)
