"""The pictures of a card's code: unlike each other in shape and colour, and known to most."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message


@dataclass(frozen=True, kw_only=True, slots=True)
class CodePicture:
    """A picture with the word under it. `key` is what a form sends and what is hashed: it never changes."""

    key: str
    moji: str
    word: Message


CODE_LENGTH = 4
CODE_PICTURES = (
    CodePicture(key="cat", moji="1F408", word=_l("Katt")),
    CodePicture(key="house", moji="1F3E0", word=_l("Hus")),
    CodePicture(key="strawberry", moji="1F353", word=_l("Jordgubbe")),
    CodePicture(key="bicycle", moji="1F6B2", word=_l("Cykel")),
    CodePicture(key="flower", moji="1F33B", word=_l("Blomma")),
    CodePicture(key="ball", moji="26BD", word=_l("Boll")),
    CodePicture(key="horse", moji="1F40E", word=_l("Häst")),
    CodePicture(key="coffee", moji="2615", word=_l("Kaffe")),
    CodePicture(key="guitar", moji="1F3B8", word=_l("Gitarr")),
    CodePicture(key="car", moji="1F697", word=_l("Bil")),
    CodePicture(key="bread", moji="1F35E", word=_l("Bröd")),
    CodePicture(key="cow", moji="1F404", word=_l("Ko")),
)
"""Four in order out of twelve, each as often as one likes: 20 736 codes, behind a key of 256 bits."""
CODE_KEYS = frozenset(picture.key for picture in CODE_PICTURES)
