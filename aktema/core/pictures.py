"""Pictures made anew from what somebody sent: only the dots are kept, nothing that a camera or a program wrote."""

import io
import struct
import warnings
from dataclasses import dataclass

from flask_babel import gettext as _
from PIL import Image, ImageOps

from aktema.core.errors import DomainError

BROKEN = (
    OSError,  # UnidentifiedImageError is one
    ValueError,
    SyntaxError,  # what Pillow raises for a broken PNG
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    ZeroDivisionError,
    MemoryError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """Which formats are opened, how many dots one may unpack to, and the longest side of what is kept."""

    formats: tuple[str, ...]
    most_dots: int
    longest_side: int


def photo_from(content: bytes, bounds: Bounds) -> bytes:
    """The picture as a JPEG on white, turned the way it was held. Raises DomainError on `file`."""
    image = _opened(content, bounds)
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image.getchannel("A"))
    return _written(clean, "JPEG", quality=85)


def drawing_from(content: bytes, bounds: Bounds) -> bytes:
    """The picture as a PNG that keeps what is see-through. Raises DomainError on `file`."""
    image = _opened(content, bounds)
    clean = Image.new("RGBA", image.size)
    clean.paste(image)
    return _written(clean, "PNG")


def _opened(content: bytes, bounds: Bounds) -> Image.Image:
    """The first picture of the file, upright, within the bounds, with transparency."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=bounds.formats)
        if image.width * image.height > bounds.most_dots:
            raise DomainError(_("Bilden har för många bildpunkter. Gör den mindre och försök igen."), "file")
        image.draft("RGB", (bounds.longest_side, bounds.longest_side))
        image.thumbnail((bounds.longest_side, bounds.longest_side))
        upright: Image.Image = ImageOps.exif_transpose(image)
        return upright.convert("RGBA")
    except BROKEN as error:
        raise unreadable() from error


def unreadable() -> DomainError:
    """What is said of a file that is no picture of the formats asked for, or a broken one."""
    return DomainError(_("Filen går inte att läsa som en bild. Välj en annan fil."), "file")


def _written(image: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
