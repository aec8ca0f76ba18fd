"""Pictures made anew: nothing a camera wrote is left, and nothing unpacks to more than it may."""

import io
import struct
import zlib
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from aktema.core.errors import DomainError
from aktema.core.pictures import Bounds, drawing_from, photo_from
from tests.support.symbols import a_picture, a_png

PHOTOS = Bounds(formats=("JPEG", "PNG", "WEBP"), most_dots=1_000_000, longest_side=100)
CANARY = b"kanariefagel"
TURNED = 6
"""EXIF orientation: held with the right side up."""


@pytest.fixture(autouse=True)
def _in_swedish(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def with_everything_in_it() -> bytes:
    """A JPEG with place, time, camera, XMP, a colour profile and a comment, each holding the canary."""
    image, out, exif = Image.new("RGB", (60, 30), "green"), io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010F] = TURNED, CANARY.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (58.0, 35.0, 12.0)
    image.save(out, "JPEG", exif=exif, xmp=CANARY, icc_profile=CANARY, comment=CANARY)
    return out.getvalue()


def test_what_is_sent_holds_what_is_to_be_taken_away() -> None:
    assert with_everything_in_it().count(CANARY) == 4


def test_nothing_that_a_camera_or_a_program_wrote_is_kept() -> None:
    kept = photo_from(with_everything_in_it(), PHOTOS)
    assert CANARY not in kept
    assert (
        dict(opened(kept).getexif()),
        set(opened(kept).info) & {"exif", "icc_profile", "xmp", "comment"},
    ) == (
        {},
        set(),
    )


def test_a_photo_is_turned_the_way_it_was_held() -> None:
    assert opened(photo_from(with_everything_in_it(), PHOTOS)).size == (30, 60)


def test_a_large_photo_is_made_smaller_and_a_small_one_is_left() -> None:
    sizes = [
        opened(photo_from(a_picture("JPEG", "RGB", size), PHOTOS)).size for size in ((400, 200), (20, 10))
    ]
    assert sizes == [(100, 50), (20, 10)]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("WEBP", "RGB"),
    ],
)
def test_every_usual_kind_of_photo_becomes_a_jpeg(kind: str, mode: str) -> None:
    image = opened(photo_from(a_picture(kind, mode), PHOTOS))
    assert (image.format, image.mode) == ("JPEG", "RGB")


def test_texts_in_a_png_are_not_kept_and_what_is_see_through_is() -> None:
    info, out = PngInfo(), io.BytesIO()
    info.add_text("Author", CANARY.decode())
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG", pnginfo=info)
    kept = drawing_from(out.getvalue(), PHOTOS)
    assert (CANARY in kept, opened(kept).getpixel((0, 0))) == (False, (0, 0, 0, 0))


def a_png_that_says(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        a_picture("GIF", "P"),
        a_picture("BMP"),
        a_picture("TIFF"),
        a_picture("JPEG")[:200],
        a_png()[:60],
        a_png_that_says(2_000, 2_000),
        a_png_that_says(10_000, 10_000),
        a_png_that_says(60_000, 60_000),
        a_png_that_says(0, 1),
    ],
)
def test_what_is_no_photo_or_too_large_is_refused_at_its_field(content: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        photo_from(content, PHOTOS)
    assert refused.value.field == "file"
