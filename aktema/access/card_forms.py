"""The forms of a code of pictures: one picture is pressed at a time, those before go along."""

from collections.abc import Sequence

from wtforms import HiddenField

from aktema.access.codes import CODE_KEYS, CODE_LENGTH
from aktema.core.forms import BaseForm

LONGEST = 100


class PictureCodeForm(BaseForm):
    """One press of a picture. `chosen` holds the keys pressed before, `picture` is the button that was pressed."""

    chosen = HiddenField(default="")
    picture = HiddenField()

    @property
    def keys(self) -> tuple[str, ...]:
        """The pictures so far, in order; none where what was sent is no code's beginning."""
        sent = f"{self.chosen.data or ''} {self.picture.data or ''}"[:LONGEST].split()
        return tuple(sent) if len(sent) <= CODE_LENGTH and CODE_KEYS.issuperset(sent) else ()

    def carry_on(self, keys: Sequence[str]) -> None:
        """Make the form ready for the press after these."""
        self.chosen.data, self.picture.data = " ".join(keys), None
