"""The field of pictures: what is sent, what is kept while one searches, and what a script is given."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict

from aktema.access.roles import Role
from aktema.core.errorpages import shown
from aktema.core.forms import LineField, Required
from aktema.vocabulary.symbol_forms import PictureForm, PicturesField, open_chooser
from aktema.vocabulary.symbol_queries import ChosenPicture
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account

BREAD, HOUSE, DOOR = "moji:1F35E", "moji:1F3E0", "moji:1F6AA"
BOTH = [ChosenPicture(ref=BREAD, word="Bröd"), ChosenPicture(ref=HOUSE, word="Hem")]
Sent = Mapping[str, str | Sequence[str]]


class AForm(PictureForm):
    """Two fields of pictures, and a word that must be there."""

    title = LineField("Titel", [Required()])
    pictures = PicturesField("Bilder")
    cover = PicturesField("Omslag", most=1)


Posted = Callable[[Sent], AForm]


@pytest.fixture
def posted(app: Flask) -> Posted:
    """The form as it stands after this was sent."""

    def post(sent: Sent) -> AForm:
        app.config["WTF_CSRF_ENABLED"] = True
        with app.test_request_context("/", method="POST", data=MultiDict(dict(sent))):
            form = AForm(meta={"csrf": False})
            form.validate()
            return form

    return post


def sent(*pictures: ChosenPicture, title: str = "Min bok", **more: str) -> dict[str, str | list[str]]:
    words = {f"pictures-word:{picture.ref}": picture.word for picture in pictures}
    return {"title": title, "pictures": [picture.ref for picture in pictures], **words, **more}


def test_chosen_pictures_come_with_their_words(posted: Posted) -> None:
    form = posted(sent(*BOTH))
    assert (form.pictures.data, form.errors) == (tuple(BOTH), {})


def test_a_picture_chosen_twice_is_one(posted: Posted) -> None:
    assert posted(sent(*BOTH, *BOTH)).pictures.data == tuple(BOTH)


@pytest.mark.parametrize(
    "ref", ["", "x", "moji:", "moji:1f35e", "moji:1F35E/../x", "symbol:kort", "http://x", "\x00"]
)
def test_what_is_no_reference_is_let_go(posted: Posted, ref: str) -> None:
    assert posted(sent(ChosenPicture(ref=ref, word="Ord"))).pictures.data == ()


def test_more_pictures_than_can_be_read_in_a_row_are_refused(posted: Posted) -> None:
    four = [ChosenPicture(ref=f"moji:1F35{last}", word="Ord") for last in "BCDE"]
    assert posted(sent(*four)).errors == {"pictures": ["Välj högst 3 bilder."]}


def test_a_picture_without_a_word_is_refused_and_kept(posted: Posted) -> None:
    form = posted(sent(ChosenPicture(ref=BREAD, word=" ")))
    assert form.errors == {"pictures": ["Skriv ett ord till varje bild."]}
    assert form.pictures.data == (ChosenPicture(ref=BREAD, word=""),)


def test_odd_letters_and_long_words_are_made_fit_to_show(posted: Posted) -> None:
    form = posted(sent(ChosenPicture(ref=BREAD, word="  a\x00\x07 b\n" + "x" * 100)))
    assert form.pictures.data[0].word == "a b " + "x" * 56


def test_while_one_searches_the_form_is_neither_valid_nor_wrong(posted: Posted) -> None:
    form = posted({**sent(*BOTH, title=""), "pictures-q": "dörr", "search_picture": "pictures"})
    assert (form.errors, form.pictures.is_searching, form.cover.is_searching) == ({}, True, False)
    assert (form.pictures.data, form.pictures.typed) == (tuple(BOTH), "dörr")


SHOWN = (
    "{% from 'components/picture_field.html' import picture_field %}"
    "{{ picture_field(form.pictures, chooser) }}"
)


def rendered(app: Flask, form: AForm) -> str:
    with app.test_request_context("/"):
        return render_template_string(SHOWN, form=form, chooser=open_chooser())


def test_what_is_found_stands_under_the_box_without_what_is_chosen(app: Flask, posted: Posted) -> None:
    page = rendered(app, posted({**sent(*BOTH), "pictures-q": "bröd", "search_picture": "pictures"}))
    assert page.count(f'value="{BREAD}"') == 1
    assert 'value="bröd"' in page


def test_two_versions_are_compared_by_their_words(posted: Posted) -> None:
    assert shown(posted(sent(*BOTH)).pictures) == "Bröd, Hem"


def test_a_form_is_filled_from_what_has_reference_and_word(app: Flask) -> None:
    with app.test_request_context("/"):
        form = AForm(data={"pictures": BOTH}, formdata=None)
    assert (form.pictures.data, form.cover.data) == (tuple(BOTH), ())


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("pictures-q=br%C3%B6d", 'name="pictures" value="moji:1F35E"'),
        ("goals-0-pictures-q=hus&search_picture=x", 'name="goals-0-pictures"'),
        ("pictures-q=qqqq", "Ingen bild passar ordet qqqq."),
        ("pictures-q=", "Skriv ett ord och sök."),
        ("", "Skriv ett ord och sök."),
        ("%22%3E%3Cscript%3E-q=hus", "&#34;&gt;&lt;script&gt;"),
    ],
)
def test_a_script_is_given_what_is_found(sign_in: Callable[..., PageClient], asked: str, first: str) -> None:
    browser = sign_in(an_account(Role.JOB_COACH, a_unit()))
    answer = " ".join(browser.client.get(f"/bilder/val?{asked}").get_data(as_text=True).split())
    assert first in answer
