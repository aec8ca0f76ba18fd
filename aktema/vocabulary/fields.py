"""The form field for a locality: typed with suggestions, chosen among the near ones when it is none."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from wtforms import StringField

from aktema.core.errors import Message
from aktema.core.forms import LINE_LENGTH
from aktema.vocabulary.localities import Locality, find_locality, get_locality, suggest_localities

MOST_OFFERED = 6


class LocalityField(StringField):
    """A locality's name or label, read as its GeoNames id; the text is kept when it is no locality.

    `offered` are the localities the text may have meant. They are shown as choices of the same name below it,
    so of several values sent the last counts.
    """

    offered: tuple[Locality, ...] = ()
    data: Any  # None or the id

    def __init__(self, label: Message, validators: Any = None, **options: Any) -> None:
        options["render_kw"] = {"autocomplete": "off", **options.get("render_kw", {})}
        super().__init__(label, validators, **options)

    def __call__(self, **attributes: Any) -> Any:
        """The input, with what asks for suggestions while it is typed in."""
        asking = {
            "list": f"{self.id}-list",
            "hx-get": url_for("vocabulary.localities"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": f"#{self.id}-list",
        }
        return super().__call__(**{**asking, **attributes})

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[-1])[:LINE_LENGTH] if valuelist else ""
        text = "".join(letter for letter in typed if letter.isprintable()).strip()
        self.raw_data = [text]
        self.data = None
        if not text:
            return
        place = find_locality(text)
        if place is None:
            self.offered = suggest_localities(text, MOST_OFFERED)
            raise ValueError(self._problem())
        self.data = place.id

    def _problem(self) -> str:
        if self.offered:
            return _("Den orten finns inte i listan. Välj en av orterna nedanför eller skriv om.")
        return _("Den orten finns inte i listan. Kontrollera stavningen, eller skriv närmaste större ort.")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        try:
            return "" if self.data is None else get_locality(self.data).label
        except KeyError:
            return ""
