"""The municipality's two colours turned into every colour the pages use, readable by computation.

The names are Designsystemet's colour tokens. Each step is placed by lightness in OKLCH; texts and borders are
then moved away from the surfaces until their contrast meets WCAG 2.2 (1.4.3: 4.5 for text, 1.4.11: 3 for
controls).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from aktema.core.colour import Oklch, contrast, from_hex, to_hex

TEXT_CONTRAST = 4.5
READING_CONTRAST = 8.0
CONTROL_CONTRAST = 3.0

STEPS = (
    "background-default",
    "background-tinted",
    "surface-default",
    "surface-tinted",
    "surface-hover",
    "surface-active",
    "border-subtle",
    "border-default",
    "border-strong",
    "text-subtle",
    "text-default",
    "base-default",
    "base-hover",
    "base-active",
    "base-contrast-subtle",
    "base-contrast-default",
)
_FIXED_COLOURS = {
    "neutral": "#6f6860",
    "info": "#2f6fae",
    "success": "#2e7d4f",
    "warning": "#c98a1b",
    "danger": "#b8322f",
}
_SURFACES = STEPS[:6]
_QUIET_SURFACES = STEPS[:4]
_LIGHTNESS_STEP = 0.005
_SURFACE_CHROMA = 0.3
"""How much of a colour's strength its surfaces keep: a calm colour has calm surfaces."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scheme:
    """Where light and dark differ: lightness of the surfaces, how coloured they are, which way texts move."""

    surfaces: tuple[float, ...]
    """Lightness of the six surfaces and of the subtle border, in the order of STEPS."""
    surface_chroma: tuple[float, ...]
    """Highest chroma of the same seven."""
    away: int
    """-1: texts are darker than surfaces; 1: lighter."""
    base_range: tuple[float, float]
    """Lightness a filled control may have."""
    base_chroma: float
    """Highest chroma of a filled control: strong colours glare in the dark."""
    plate: float
    """Lightness of the plate under pictures: their outlines are black, so it is light in the dark too."""


LIGHT = Scheme(
    surfaces=(0.985, 0.968, 1.0, 0.955, 0.928, 0.9, 0.875),
    surface_chroma=(0.006, 0.014, 0.0, 0.028, 0.042, 0.055, 0.06),
    away=-1,
    base_range=(0.3, 0.62),
    base_chroma=0.4,
    plate=0.955,
)
DARK = Scheme(
    surfaces=(0.2, 0.225, 0.243, 0.285, 0.325, 0.36, 0.43),
    surface_chroma=(0.008, 0.012, 0.01, 0.03, 0.036, 0.042, 0.045),
    away=1,
    base_range=(0.74, 0.86),
    base_chroma=0.12,
    plate=0.88,
)


def _moved_until_readable(colour: Oklch, *, away: int, against: tuple[str, ...], ratio: float) -> str:
    """Return the colour nearest to the given one whose contrast to each of `against` reaches the ratio."""
    lightness = colour.lightness
    while 0.0 < lightness < 1.0:
        candidate = to_hex(Oklch(lightness=lightness, chroma=colour.chroma, hue=colour.hue))
        if min(contrast(candidate, other) for other in against) >= ratio:
            return candidate
        lightness += away * _LIGHTNESS_STEP
    return "#000000" if away < 0 else "#ffffff"


def _surfaces(colour: Oklch, scheme: Scheme) -> dict[str, str]:
    placed = zip(STEPS, scheme.surfaces, scheme.surface_chroma, strict=False)
    return {
        step: to_hex(
            Oklch(lightness=lightness, chroma=min(colour.chroma * _SURFACE_CHROMA, most), hue=colour.hue)
        )
        for step, lightness, most in placed
    }


def _texts(colour: Oklch, scheme: Scheme, surfaces: Mapping[str, str]) -> dict[str, str]:
    """Borders and texts: quiet ones must be read on calm surfaces, texts also on a hovered or pressed one."""
    calm = tuple(surfaces[step] for step in _QUIET_SURFACES)
    every = tuple(surfaces[step] for step in _SURFACES)
    targets = {
        "border-default": (0.08, calm, CONTROL_CONTRAST),
        "border-strong": (0.09, calm, TEXT_CONTRAST),
        "text-subtle": (0.11, every, TEXT_CONTRAST),
        "text-default": (0.05, every, READING_CONTRAST),
    }
    start = 0.75 if scheme.away < 0 else 0.55
    return {
        step: _moved_until_readable(
            Oklch(lightness=start, chroma=min(colour.chroma, most), hue=colour.hue),
            away=scheme.away,
            against=against,
            ratio=ratio,
        )
        for step, (most, against, ratio) in targets.items()
    }


def _base(colour: Oklch, scheme: Scheme, surfaces: Mapping[str, str]) -> dict[str, str]:
    """Filled controls: seen against calm surfaces, with text that can be read on them, pressed or not."""
    calm = tuple(surfaces[step] for step in _QUIET_SURFACES)
    low, high = scheme.base_range
    lightness = min(high, max(low, colour.lightness))
    default = _moved_until_readable(
        Oklch(lightness=lightness, chroma=min(colour.chroma, scheme.base_chroma), hue=colour.hue),
        away=scheme.away,
        against=(*calm, "#ffffff") if scheme.away < 0 else (*calm, "#000000"),
        ratio=TEXT_CONTRAST,
    )
    shown = from_hex(default)
    hover, active = (
        to_hex(Oklch(lightness=shown.lightness + scheme.away * step, chroma=shown.chroma, hue=shown.hue))
        for step in (0.05, 0.1)
    )
    text = "#ffffff" if scheme.away < 0 else "#0d0d0d"
    return {
        "base-default": default,
        "base-hover": hover,
        "base-active": active,
        "base-contrast-default": text,
        "base-contrast-subtle": _moved_until_readable(
            Oklch(
                lightness=0.88 if scheme.away < 0 else 0.3, chroma=min(colour.chroma, 0.04), hue=colour.hue
            ),
            away=-scheme.away,
            against=(default, hover, active),
            ratio=TEXT_CONTRAST,
        ),
    }


def palette(colour: str, scheme: Scheme) -> dict[str, str]:
    """Return step name → `#rrggbb` for the sixteen steps of one colour in one scheme."""
    wanted = from_hex(colour)
    surfaces = _surfaces(wanted, scheme)
    return surfaces | _texts(wanted, scheme, surfaces) | _base(wanted, scheme, surfaces)


def _declarations(colours: Mapping[str, str], accent: str, scheme: Scheme) -> str:
    """Every colour of one scheme as custom properties, and two of our own for pictures and decoration."""
    steps = {name: palette(colour, scheme) for name, colour in colours.items()}
    tokens = {
        f"--ds-color-{name}-{step}": value for name, found in steps.items() for step, value in found.items()
    }
    tokens["--ds-color-focus-inner"] = steps["neutral"]["background-default"]
    tokens["--ds-color-focus-outer"] = steps["neutral"]["text-default"]
    warm = from_hex(accent)
    tokens["--ak-warm"] = accent
    tokens["--ak-plate"] = to_hex(Oklch(lightness=scheme.plate, chroma=min(warm.chroma, 0.03), hue=warm.hue))
    return "".join(f"{token}:{value};" for token, value in tokens.items())


def _aliases(selector: str, name: str) -> str:
    """The nameless colours, which everything inside `selector` takes from the colour called `name`."""
    lines = "".join(f"--ds-color-{step}:var(--ds-color-{name}-{step});" for step in STEPS)
    return f"{selector}{{{lines}}}"


@lru_cache(maxsize=8)
def theme_css(primary: str, accent: str) -> str:
    """Return the style sheet with every colour token, from two colours as `#rrggbb`.

    Light unless the reader's system or choice says dark; paper is always light. Raises ValueError for a
    colour written in another way.
    """
    colours = {"accent": primary, "brand1": accent} | _FIXED_COLOURS
    light = f"color-scheme:light;{_declarations(colours, accent, LIGHT)}"
    dark = f"color-scheme:dark;{_declarations(colours, accent, DARK)}"
    named = "".join(_aliases(f'[data-color="{name}"]', name) for name in colours)
    return (
        "@layer ds.theme{"
        f':root,[data-color-scheme="light"]{{{light}}}'
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-color-scheme]){{{dark}}}}}"
        f'@media screen{{[data-color-scheme="dark"]{{{dark}}}}}'
        f"{_aliases(':root,[data-color-scheme]', 'accent')}{named}"
        "}"
    )
