"""A field says what it asks, what is wrong and whether it may be left out, to eyes and ears alike."""

import pytest
from bs4 import BeautifulSoup
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DecimalField,
    EmailField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TelField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from tests.components.conftest import Render

ONE_FIELD = '{% from "components/field.html" import field %}{{ field(f) }}'
WHOLE_FORM = (
    '{% from "components/form.html" import form_block %}{% call form_block(form, "/spara") %}{% endcall %}'
)
CHOICES = [SelectChoice("a", "Ja"), SelectChoice("b", "Nej")]


class _Inner(Form):
    phone = TelField("Telefon", [InputRequired("Skriv ett nummer.")])


class _EveryField(FlaskForm):
    class Meta:
        csrf = False

    text = StringField("Namn", [InputRequired("Skriv ett namn.")], description="För- och efternamn.")
    more = TextAreaField("Mer", [Optional(), Length(max=200)])
    password = PasswordField("Lösenord")
    mail = EmailField("E-post")
    whole = IntegerField("Antal")
    part = DecimalField("Andel")
    agreed = BooleanField("Jag går med")
    one = RadioField("Vill du?", [InputRequired("Välj ett svar.")], choices=CHOICES)
    town = SelectField("Ort", choices=CHOICES)
    some = SelectMultipleField("Vilka?", choices=CHOICES)
    paper = FileField("Papper")
    secret = HiddenField()
    inner = FormField(_Inner, "Handledare")
    several = FieldList(StringField("Namn"), "Fler", min_entries=2)
    send = SubmitField("Skicka")


@pytest.fixture
def form(request_context: None) -> _EveryField:
    return _EveryField(formdata=None, some=["b"])


@pytest.fixture
def wrong_form(request_context: None) -> _EveryField:
    wrong = _EveryField(formdata=MultiDict({"town": "a"}))
    wrong.validate()
    return wrong


def described(page: BeautifulSoup, element_id: str) -> str:
    element = page.find(id=element_id)
    assert element is not None
    ids = str(element.get("aria-describedby", "")).split()
    return " ".join(page.find(id=one).get_text(" ", strip=True) for one in ids)  # type: ignore[union-attr]  # every id must be there


@pytest.mark.parametrize(
    "name", [name for name in _EveryField.__dict__ if not name.startswith("_") and name != "Meta"]
)
def test_every_kind_of_field_is_valid_html_with_a_name(name: str, form: _EveryField, render: Render) -> None:
    page = render(ONE_FIELD, f=form[name])
    for control in page.select("input:not([type=hidden], [type=submit]), select, textarea"):
        assert control.find_parent("label") or page.find("label", attrs={"for": control["id"]})


def test_a_hint_is_read_with_its_field(form: _EveryField, render: Render) -> None:
    assert described(render(ONE_FIELD, f=form.text), "text") == "För- och efternamn."


def test_an_error_is_read_with_its_field_after_the_hint(wrong_form: _EveryField, render: Render) -> None:
    page = render(ONE_FIELD, f=wrong_form.text)
    assert described(page, "text") == "För- och efternamn. Skriv ett namn."
    assert page.find(id="text")["aria-invalid"] == "true"  # type: ignore[index]  # found the line above


def test_what_may_be_left_out_says_so_in_words(form: _EveryField, render: Render) -> None:
    assert "(frivilligt)" in render(ONE_FIELD, f=form.more).get_text()
    assert "(frivilligt)" not in render(ONE_FIELD, f=form.text).get_text()


def test_several_choices_are_boxes_with_the_chosen_ones_ticked(form: _EveryField, render: Render) -> None:
    boxes = render(ONE_FIELD, f=form.some).select("fieldset input[type=checkbox]")
    assert [(box["value"], box.has_attr("checked")) for box in boxes] == [("a", False), ("b", True)]


def test_a_choice_among_few_is_a_named_group(form: _EveryField, render: Render) -> None:
    page = render(ONE_FIELD, f=form.one)
    assert page.fieldset is not None
    assert page.fieldset.legend.get_text(strip=True) == "Vill du?"  # type: ignore[union-attr]  # a fieldset has a legend


def test_a_long_text_says_how_much_room_there_is(form: _EveryField, render: Render) -> None:
    assert render(ONE_FIELD, f=form.more).textarea["data-count"] == "200"  # type: ignore[index]  # the field is a textarea


def test_the_summary_links_to_every_wrong_field_also_the_inner_ones(
    wrong_form: _EveryField, render: Render
) -> None:
    summary = render(WHOLE_FORM, form=wrong_form).select_one(".ds-error-summary")
    assert summary is not None
    assert [link["href"] for link in summary.select("a")] == ["#text", "#one", "#inner-phone"]


def test_the_summary_names_the_field_beside_what_is_wrong(wrong_form: _EveryField, render: Render) -> None:
    assert render(WHOLE_FORM, form=wrong_form).select_one("a").get_text() == "Namn – Skriv ett namn."  # type: ignore[union-attr]  # there are errors


def test_a_form_without_errors_has_no_summary(form: _EveryField, render: Render) -> None:
    assert render(WHOLE_FORM, form=form).select_one(".ds-error-summary") is None


def test_a_form_that_saves_while_typing_says_so_aloud(form: _EveryField, render: Render) -> None:
    template = WHOLE_FORM.replace('"/spara"', '"/spara", autosave="/utkast"')
    page = render(template, form=form)
    assert page.form["data-autosave-url"] == "/utkast"  # type: ignore[index]  # there is one form
    assert page.select_one("form [role=status]") is not None


def test_a_rating_shows_what_each_level_means(form: _EveryField, render: Render) -> None:
    template = (
        '{% from "components/scale_field.html" import scale_field %}{{ scale_field(f, anchors=anchors) }}'
    )
    page = render(template, f=form.one, anchors={"a": "Klarar allt."})
    assert "Klarar allt." in page.select("label")[0].get_text()


@pytest.mark.parametrize("value", ["-2", "-1", "0", "1", "2"])
def test_a_vote_has_a_face_and_a_word(value: str, render: Render) -> None:
    class Vote(Form):
        bread = RadioField("Baka", choices=[SelectChoice(value, "Ett svar")])

    label = render(
        '{% from "components/vote_field.html" import vote_field %}{{ vote_field(f) }}', f=Vote().bread
    ).label
    assert label is not None
    assert label.img is not None
    assert label.get_text(strip=True) == "Ett svar"
