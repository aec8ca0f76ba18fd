"""What the person chooses for their card: the same on their own page and with the coach."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from aktema.core.forms import BaseForm, DateField, ParagraphField, Required, choices
from aktema.pathway.codes import HEARD, Channel
from aktema.pathway.consent_queries import CardChoice
from aktema.pathway.introduction_codes import CALLED_LABELS, FIELD_LABELS
from aktema.pathway.rules.card import CalledBy, Card, Field, filled
from aktema.people.photo_models import Photo

TICKED = (Field.HOURS, Field.DAYS, Field.LIKES, Field.ADAPTATIONS, Field.CONTACT)
"""What is chosen by a tick; words are written and a photo picked."""
WORDS_LENGTH = 300


class CardForm(BaseForm):
    """What the employer sees. `seen`: the digest of the card that was looked at; empty until one has been shown.

    usual_until: the day it holds to where none is chosen.
    """

    called = RadioField(
        _l("Vad får arbetsgivaren kalla personen?"),
        [InputRequired(_l("Välj förnamnet eller en kod."))],
        choices=choices((one.value, label) for one, label in CALLED_LABELS.items()),
    )
    fields_shown = SelectMultipleField(_l("Vad mer får arbetsgivaren se?"), [Optional()])
    words = ParagraphField(_l("Personens egna ord till arbetsgivaren"), longest=WORDS_LENGTH)
    photo = RadioField(_l("Ett foto"), [Optional()], default="")
    seen = HiddenField(default="")

    def __init__(
        self, *, offered: Sequence[Field], usual_until: date, photos: Sequence[Photo] = (), **options: Any
    ) -> None:
        super().__init__(**options)
        self.usual_until = usual_until
        self.offered = [field for field in TICKED if field in offered]
        self.fields_shown.choices = choices((field.value, FIELD_LABELS[field]) for field in self.offered)
        none = ("", _l("Inget foto"))
        self.photo.choices = choices([none, *((one.public_id, one.word or "") for one in photos)])
        self.photo_ids = [one.public_id for one in photos]
        self.has_photos = bool(photos)
        if not self.has_photos:
            del self.photo

    def begin_from(self, card: Card | None) -> None:
        """Show the card as it is, to be changed; what it becomes is agreed to anew."""
        if card is None:
            return
        self.called.data = CalledBy.CODE.value if card.is_code else CalledBy.FIRST_NAME.value
        there = filled(card)
        self.fields_shown.data = [field.value for field in self.offered if field in there]
        self.words.data = card.words
        if card.photo in self.photo_ids:
            self.photo.data = card.photo

    @property
    def chosen_photo(self) -> str:
        return str(self.photo.data or "") if self.has_photos else ""

    def choice(self) -> CardChoice:
        """What was chosen; only after the form has been found valid."""
        words = "\n".join(
            str(self.words.data or "").splitlines()
        )  # browsers write ends of lines each in their way
        chosen = {Field(code) for code in self.fields_shown.data or ()}
        beside = {Field.WORDS: bool(words), Field.PHOTO: bool(self.chosen_photo)}
        return CardChoice(
            called=CalledBy(self.called.data),
            fields=frozenset(chosen | {field for field, is_there in beside.items() if is_there}),
            words=words,
            photo=self.chosen_photo,
            until=self.last_day(),
        )

    def last_day(self) -> date:
        return self.usual_until


class StaffCardForm(CardForm):
    """The same taken down by a worker: how the person said it, who said it, and until when."""

    until = DateField(_l("Till och med"), [Required()], description=_l("Då slutar arbetsgivaren se kortet."))
    channel = RadioField(
        _l("Hur sa personen ja?"),
        [InputRequired(_l("Välj hur personen sa ja."))],
        choices=choices((channel.value, channel.label) for channel in HEARD),
    )
    given_by = RadioField(
        _l("Vem sa ja?"),
        choices=choices([("person", _l("Personen själv")), ("representative", _l("Personens företrädare"))]),
        default="person",
    )

    def last_day(self) -> date:
        day: date = self.until.data
        return day

    def heard(self) -> Channel:
        return Channel(str(self.channel.data))
