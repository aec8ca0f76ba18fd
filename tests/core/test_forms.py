"""The typed fields: what they read, what they refuse, and that nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Field

from aktema.core.errors import DomainError
from aktema.core.forms import (
    BaseForm,
    DateField,
    HoursField,
    LineField,
    ParagraphField,
    Required,
    TimeOfDayField,
    TimeSpanField,
    WholeNumberField,
)


class Sample(BaseForm):
    day = DateField("Dag")
    number = WholeNumberField("Antal", least=1, most=99)
    hours = HoursField("Timmar", most_hours=40)
    clock = TimeOfDayField("Tid")
    span = TimeSpanField("Tider")
    line = LineField("Rad", [Required()], longest=10)
    text = ParagraphField("Text", longest=20)


def filled(app: Flask, **typed: str) -> Sample:
    with app.test_request_context("/", method="POST"):
        form = Sample(formdata=MultiDict(typed), meta={"csrf": False})
        form.validate()
        return form


def shown(typed: str) -> str:
    """What a page can show of what was typed: letters that HTML can't hold are shown as a sign for them."""
    return "".join("\ufffd" if letter in "\x00\ud800" else letter for letter in typed)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("day", "2026-03-09", date(2026, 3, 9)),
        ("day", "20260309", date(2026, 3, 9)),
        ("day", " 2028-02-29 ", date(2028, 2, 29)),
        ("day", "", None),
        ("number", "7", 7),
        ("number", "099", 99),
        ("hours", "20", 1200),
        ("hours", "20,5", 1230),
        ("hours", "20.25", 1215),
        ("hours", "20:30", 1230),
        ("hours", "40", 2400),
        ("clock", "8", 480),
        ("clock", "8.30", 510),
        ("clock", "23:59", 1439),
        ("span", "9-12", (540, 720)),
        ("span", "08.30–15", (510, 900)),
        ("span", "0:00 - 24", (0, 1440)),
        ("line", "  hej  ", "hej"),
    ],
)
def test_what_is_typed_as_people_type_it_is_read(app: Flask, field: str, typed: str, value: object) -> None:
    assert filled(app, **{field: typed})[field].data == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day", "9 mars"),
        ("day", "2026-02-30"),
        ("day", "2026-13-01"),
        ("day", "26-03-09"),
        ("number", "0"),
        ("number", "100"),
        ("number", "-3"),
        ("number", "NaN"),
        ("number", "1e3"),
        ("number", "9" * 5000),
        ("hours", "41"),
        ("hours", "-1"),
        ("hours", "tjugo"),
        ("clock", "24:00"),
        ("clock", "8:60"),
        ("span", "9"),
        ("span", "12-9"),
        ("span", "9-9"),
        ("span", "9-24:30"),
        ("span", "9-12-15"),
        ("line", "   "),
        ("line", "elva bokstäver"),
        ("line", "a\x00b"),
        ("text", "\ud800"),
        ("text", "x" * 21),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field_and_kept(app: Flask, field: str, typed: str) -> None:
    found: Field = filled(app, **{"line": "ok", field: typed})[field]
    assert found.errors
    assert str(found._value()).strip() == shown(typed).strip()


@given(typed=st.text(max_size=200))
def test_no_text_breaks_a_field(typed: str, app: Flask) -> None:
    form = filled(app, day=typed, number=typed, hours=typed, clock=typed, span=typed, line=typed, text=typed)
    assert isinstance(form.errors, dict)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("hours", 1230, "20:30"),
        ("hours", 1200, "20"),
        ("clock", 510, "08:30"),
        ("day", date(2026, 3, 9), "2026-03-09"),
    ],
)
def test_a_value_is_shown_as_it_is_typed(app: Flask, field: str, value: Any, shown: str) -> None:
    with app.test_request_context("/"):
        assert Sample(formdata=None, data={field: value}, meta={"csrf": False})[field]._value() == shown


def test_a_refused_act_hangs_on_its_field(app: Flask) -> None:
    form = filled(app, line="ok")
    form.reject(DomainError("Fel rad", "line"))
    assert list(form.line.errors) == ["Fel rad"]


def test_a_refusal_without_a_field_hangs_on_the_form(app: Flask) -> None:
    form = filled(app, line="ok")
    form.reject(DomainError("Allt är fel"))
    assert form.form_errors == ["Allt är fel"]


@pytest.mark.parametrize(("typed", "expects"), [("3", True), ("", True), ("2", False), ("x", False)])
def test_a_form_expects_the_version_it_was_drawn_from(app: Flask, typed: str, expects: bool) -> None:
    assert filled(app, line="ok", version=typed).expects(3) is expects


def test_every_form_carries_its_own_key(app: Flask) -> None:
    assert filled(app).idempotency_key.data != filled(app).idempotency_key.data


@pytest.mark.parametrize("typed", ["15-9", "9-9"])
def test_times_that_end_before_they_begin_are_told_so(app: Flask, typed: str) -> None:
    assert filled(app, span=typed).span.errors == ["Sluttiden måste komma efter starttiden."]
