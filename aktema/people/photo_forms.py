"""The forms of a person's photos and of the pictures they surely know."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from aktema.core.forms import BaseForm, LineField, Required, choices
from aktema.people.codes import Source
from aktema.people.models import Participant
from aktema.people.photo_queries import find_pictures_for
from aktema.vocabulary.symbol_forms import LONGEST_WORD, PictureChooser, PictureForm, PicturesField

MOST_KNOWN = 200
SOURCES = (Source.OWN, Source.STAFF, Source.RELATIVE)


class PhotoForm(BaseForm):
    """A photo and the word under it."""

    file = FileField(
        _l("Foto"),
        [FileRequired(_l("Välj ett foto."))],
        description=_l(
            "JPEG, PNG eller WebP, högst 10 MB. Platsen och annat som kameran har skrivit in tas bort."
        ),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    word = LineField(
        _l("Ord under bilden"),
        [Required()],
        longest=LONGEST_WORD,
        description=_l("Det som personen själv säger, till exempel Bussen."),
    )


class KnownForm(PictureForm):
    """The pictures the person surely knows: all of them, to add to and take away from."""

    pictures = PicturesField(
        _l("Bilder som personen säkert känner igen"),
        most=MOST_KNOWN,
        description=_l("Ta bort krysset vid en bild som personen inte känner igen längre."),
    )
    source = RadioField(
        _l("Vem säger att personen känner igen de nya bilderna?"),
        choices=choices((source.value, source.label) for source in SOURCES),
        default=Source.OWN.value,
    )


def chooser_for(participant: Participant) -> PictureChooser:
    """The chooser of a form about the person: pictures they know first, then their photos, then all others."""
    return PictureChooser(
        url=url_for("people.picture_choices", public_id=participant.public_id),
        find=lambda typed: find_pictures_for(participant, typed),
    )
