"""Colour arithmetic: sRGB hex, OKLCH and WCAG contrast. Pure, standard library only."""

from dataclasses import dataclass
from functools import cache
from math import atan2, cos, degrees, hypot, radians, sin

_GAMUT_TOLERANCE = 1e-4
_CHROMA_STEPS = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Oklch:
    """A colour as lightness 0..1, chroma 0..0.4 and hue in degrees (OKLCH, CSS Color 4)."""

    lightness: float
    chroma: float
    hue: float


def parse_hex(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue in 0..1 of `#rrggbb`. Raises ValueError for anything else."""
    digits = colour.removeprefix("#")
    if len(digits) != 6 or not colour.startswith("#"):
        raise ValueError(f"not a colour as #rrggbb: {colour!r}")
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _from_linear(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)


@cache
def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0..1 (WCAG 2.2, definition)."""
    red, green, blue = (_to_linear(channel) for channel in parse_hex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1..21 (WCAG 2.2, definition)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def from_hex(colour: str) -> Oklch:
    """Return `#rrggbb` as OKLCH. Matrices: Ottosson 2020, "A perceptual color space for image processing"."""
    red, green, blue = (_to_linear(channel) for channel in parse_hex(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness=lightness, chroma=hypot(a, b), hue=degrees(atan2(b, a)) % 360)


def _linear_channels(colour: Oklch) -> tuple[float, float, float]:
    a = colour.chroma * cos(radians(colour.hue))
    b = colour.chroma * sin(radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_displayable(colour: Oklch) -> bool:
    return all(-_GAMUT_TOLERANCE <= channel <= 1 + _GAMUT_TOLERANCE for channel in _linear_channels(colour))


def _in_gamut(colour: Oklch) -> Oklch:
    """Keep lightness and hue, lower chroma until a screen can show the colour."""
    if _is_displayable(colour):
        return colour
    low, high = 0.0, colour.chroma
    for _ in range(_CHROMA_STEPS):
        middle = (low + high) / 2
        candidate = Oklch(lightness=colour.lightness, chroma=middle, hue=colour.hue)
        low, high = (middle, high) if _is_displayable(candidate) else (low, middle)
    return Oklch(lightness=colour.lightness, chroma=low, hue=colour.hue)


def to_hex(colour: Oklch) -> str:
    """Return the nearest displayable `#rrggbb` of the same lightness and hue."""
    channels = _linear_channels(_in_gamut(colour))
    rounded = (round(255 * _from_linear(min(1.0, max(0.0, channel)))) for channel in channels)
    return "#" + "".join(f"{value:02x}" for value in rounded)
