"""The field by which a form takes pictures, each with its word, and the form of a pack to read in.

Without scripts "Sök bild" sends the whole form: `PictureForm` then says that it is not valid, without an error, and
the page is shown again with everything typed kept and the pictures found. With scripts only what is found is fetched.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, ValidationError
from wtforms.widgets import TextInput

from aktema.access.importing.forms import UploadForm
from aktema.access.importing.kinds import Said
from aktema.core.errors import Message
from aktema.core.forms import CONTROL_LETTERS, BaseForm, LineField, ParagraphField, Required
from aktema.core.ids import PUBLIC_ID_PATTERN
from aktema.vocabulary.symbol_queries import ChosenPicture, FoundPicture, find_pictures

MOST_IN_A_ROW = 3
LONGEST_WORD = 60
LONGEST_SEARCH = 60
LONGEST_NAME = 80
LONGEST_LICENCE = 4000
SEARCH_BUTTON = "search_picture"
_REF = re.compile(rf"moji:[0-9A-F]{{2,6}}(-[0-9A-F]{{2,6}}){{0,7}}|(symbol|photo):{PUBLIC_ID_PATTERN}")


@dataclass(frozen=True, kw_only=True, slots=True)
class PictureChooser:
    """Where a field finds its pictures: `find` on the page, `url` for scripts."""

    url: str
    find: Callable[[str], Sequence[FoundPicture]]

    def offered(self, field: "PicturesField") -> Sequence[FoundPicture]:
        """What is found for the text in the field's box, without what is chosen already."""
        if not field.is_searching:
            return ()
        chosen = {picture.ref for picture in field.data}
        return [picture for picture in self.find(field.typed) if picture.ref not in chosen]


def open_chooser() -> PictureChooser:
    """The chooser of built-in and imported pictures, where the form is about nobody."""
    return PictureChooser(url=url_for("vocabulary.picture_choices"), find=find_pictures)


class PicturesField(Field):
    """Up to `most` pictures, each with a word: `data` is a tuple of ChosenPicture.

    Shown by `picture_field(field, chooser)` of components/picture_field.html; filled from anything with `ref` and
    `word`. Whether a picture exists is not asked: a reference to none, or to somebody else's photo, shows nothing.
    """

    widget = TextInput()
    data: tuple[ChosenPicture, ...]

    def __init__(
        self, label: Message, validators: Any = None, *, most: int = MOST_IN_A_ROW, **options: Any
    ) -> None:
        self.most = most
        self.typed, self.is_searching = "", False
        self.shown: frozenset[str] = frozenset()
        super().__init__(label, validators, **options)

    def process(self, formdata: Any, data: Any = (), extra_filters: Any = None) -> None:  # noqa: ARG002  # WTForms names it
        """Take what was sent, or the pictures given where nothing was."""
        self.process_errors = []
        self.data = self.object_data = _chosen(data)
        if not formdata:
            return
        self.raw_data = formdata.getlist(self.name)
        self.typed = _printable(formdata.get(f"{self.name}-q", ""), LONGEST_SEARCH)
        self.is_searching = formdata.get(SEARCH_BUTTON) == self.name
        words = f"{self.name}-word:"
        self.shown = frozenset(key.removeprefix(words) for key in formdata if key.startswith(words))
        refs = [ref for ref in dict.fromkeys(self.raw_data) if _REF.fullmatch(ref)]
        self.data = tuple(
            ChosenPicture(ref=ref, word=_printable(formdata.get(self.word_name(ref), ""), LONGEST_SEARCH))
            for ref in refs
        )

    def word_name(self, ref: str) -> str:
        """What the input of a picture's word is called."""
        return f"{self.name}-word:{ref}"

    def _value(self) -> str:
        """The words, as a person compares two versions."""
        return ", ".join(picture.word for picture in self.data)

    def pre_validate(self, _form: object) -> None:
        """Not too many, and each with its word."""
        if len(self.data) > self.most:
            raise ValidationError(_("Välj högst %(most)s bilder.", most=self.most))
        if any(not picture.word for picture in self.data):
            raise ValidationError(_("Skriv ett ord till varje bild."))


class PictureForm(BaseForm):
    """A form with pictures: while one is searched for it is neither valid nor wrong."""

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether everything is right; False, with nothing pointed out, where "Sök bild" was pressed."""
        return not is_picture_search() and cast("bool", super().validate(extra_validators))


class PackForm(UploadForm):
    """A zip with pictures, what it is called here and what its terms are."""

    file = FileField(
        _l("Zip-fil med bilder"),
        [FileRequired(_l("Välj en fil."))],
        description=_l("SVG eller PNG och en tabell (CSV) med ord. Högst 10 MB."),
        render_kw={"accept": ".zip"},
    )
    name = LineField(_l("Paketets namn"), [Required()], longest=LONGEST_NAME)
    licence = ParagraphField(
        _l("Licens"),
        longest=LONGEST_LICENCE,
        description=_l("Villkoren för bilderna. Lämna tomt om de ligger i zip-filen."),
    )

    @property
    def said(self) -> Said:
        """The name, and the terms where they are typed."""
        return {"name": str(self.name.data), "licence": str(self.licence.data or "")}


def is_picture_search() -> bool:
    """Whether the form was sent by a field's "Sök bild"."""
    return SEARCH_BUTTON in request.form


def searched_for(arguments: Mapping[str, str]) -> tuple[str, str]:
    """The name of the field that a script asks for, and what is typed in its box."""
    for key, text in arguments.items():
        if key.endswith("-q"):
            return key.removesuffix("-q"), _printable(text, LONGEST_SEARCH)
    return "", ""


def _chosen(pictures: Iterable[Any] | None) -> tuple[ChosenPicture, ...]:
    if not pictures or callable(pictures):
        return ()
    return tuple(ChosenPicture(ref=picture.ref, word=picture.word) for picture in pictures)


def _printable(text: str, longest: int) -> str:
    return " ".join(CONTROL_LETTERS.sub(" ", text).split())[:longest].strip()
