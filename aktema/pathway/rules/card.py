"""What an employer may come to see of a person: a card of the fields the person chose, from a fixed list of phrases.

A card holds codes of the vocabulary and plain numbers, copied when the person agreed to it. What was not chosen is
not on it, and nothing that is learnt about the person later reaches it.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any


class Field(StrEnum):
    """What can be on a card beside what the person is called."""

    HOURS = "hours"
    DAYS = "days"
    LIKES = "likes"
    ADAPTATIONS = "adaptations"
    CONTACT = "contact"
    WORDS = "words"
    PHOTO = "photo"


class CalledBy(StrEnum):
    """What the person is called: the surname is on no card."""

    FIRST_NAME = "first_name"
    CODE = "code"


MOST_LIKES = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What the employer sees. An empty part is not shown.

    called: the first name, or a code that means nothing (`is_code`). weekly_minutes, daily_minutes: how much the
    person wants to work. weekdays: 0 is Monday. earliest_start, latest_end: minutes after midnight. likes,
    adaptations: codes of the vocabulary. contact: name and e-mail address of the worker to ask. words: the person's
    own. photo: the public id of a photo of the person's own.
    """

    called: str
    is_code: bool = False
    weekly_minutes: int | None = None
    daily_minutes: int | None = None
    weekdays: tuple[int, ...] = ()
    earliest_start: int | None = None
    latest_end: int | None = None
    likes: tuple[str, ...] = ()
    adaptations: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    words: str = ""
    photo: str = ""

    def to_json(self) -> str:
        """The card as it is stored; equal for equal cards."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def digest(self) -> str:
        """Tells whether two cards are the same: what a person looked at, and what they say yes to."""
        return sha256(self.to_json().encode()).hexdigest()[:32]

    @classmethod
    def from_json(cls, text: str) -> "Card":
        """The stored card. Raises ValueError or TypeError where it is none."""
        stored: dict[str, Any] = json.loads(text)
        for key, value in stored.items():
            stored[key] = tuple(value) if isinstance(value, list) else value
        return cls(**stored)


def chosen_part(whole: Card, fields: Collection[Field]) -> Card:
    """The card with the chosen fields of the whole one, and nothing else of it."""
    kept = {name: getattr(whole, name) for field in fields for name in PARTS[field]}
    return replace(Card(called=whole.called, is_code=whole.is_code), **kept)


def filled(card: Card) -> Sequence[Field]:
    """The fields that have something to show, in order."""
    return [
        field for field in Field if any(getattr(card, name) not in (None, "", ()) for name in PARTS[field])
    ]


PARTS: dict[Field, tuple[str, ...]] = {
    Field.HOURS: ("weekly_minutes", "daily_minutes"),
    Field.DAYS: ("weekdays", "earliest_start", "latest_end"),
    Field.LIKES: ("likes",),
    Field.ADAPTATIONS: ("adaptations",),
    Field.CONTACT: ("contact",),
    Field.WORDS: ("words",),
    Field.PHOTO: ("photo",),
}
"""The parts of the card each field is."""
