"""Whatever two colours a municipality chooses, everybody can read the pages."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aktema.core.colour import contrast, from_hex, parse_hex, to_hex
from aktema.core.theme import (
    CONTROL_CONTRAST,
    DARK,
    LIGHT,
    READING_CONTRAST,
    STEPS,
    TEXT_CONTRAST,
    Scheme,
    palette,
    theme_css,
)

COLOURS = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")
SCHEMES = st.sampled_from([LIGHT, DARK])
SURFACES = STEPS[:6]
CALM_SURFACES = STEPS[:4]


def least_contrast(steps: dict[str, str], name: str, others: tuple[str, ...]) -> float:
    return min(contrast(steps[name], steps[other]) for other in others)


@settings(deadline=None, max_examples=60)
@given(colour=COLOURS, scheme=SCHEMES)
def test_every_text_can_be_read_on_every_surface(colour: str, scheme: Scheme) -> None:
    steps = palette(colour, scheme)
    assert least_contrast(steps, "text-subtle", SURFACES) >= TEXT_CONTRAST
    assert least_contrast(steps, "text-default", SURFACES) >= READING_CONTRAST


@settings(deadline=None, max_examples=60)
@given(colour=COLOURS, scheme=SCHEMES)
def test_every_border_of_a_control_can_be_seen(colour: str, scheme: Scheme) -> None:
    steps = palette(colour, scheme)
    assert least_contrast(steps, "border-default", CALM_SURFACES) >= CONTROL_CONTRAST
    assert least_contrast(steps, "border-strong", CALM_SURFACES) >= CONTROL_CONTRAST


@settings(deadline=None, max_examples=60)
@given(colour=COLOURS, scheme=SCHEMES)
def test_a_button_can_be_seen_and_its_words_read_however_it_is_pressed(colour: str, scheme: Scheme) -> None:
    steps = palette(colour, scheme)
    pressed = ("base-default", "base-hover", "base-active")
    assert least_contrast(steps, "base-default", CALM_SURFACES) >= CONTROL_CONTRAST
    assert least_contrast(steps, "base-contrast-default", pressed) >= TEXT_CONTRAST
    assert least_contrast(steps, "base-contrast-subtle", pressed) >= TEXT_CONTRAST


@settings(deadline=None, max_examples=60)
@given(first=COLOURS, second=COLOURS, scheme=SCHEMES)
def test_words_of_one_colour_can_be_read_on_surfaces_of_another(
    first: str, second: str, scheme: Scheme
) -> None:
    words, surfaces = palette(first, scheme), palette(second, scheme)
    assert min(contrast(words["text-default"], surfaces[step]) for step in SURFACES) >= TEXT_CONTRAST


@settings(deadline=None, max_examples=100)
@given(colour=COLOURS)
def test_a_colour_survives_the_way_to_oklch_and_back(colour: str) -> None:
    there_and_back = parse_hex(to_hex(from_hex(colour)))
    assert there_and_back == pytest.approx(parse_hex(colour), abs=2 / 255)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54)]
)
def test_contrast_is_what_wcag_says_it_is(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("wrong", ["teal", "#12", "0f5c5a", "#12345g", "#0f5c5a;}"])
def test_what_is_not_a_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"#rrggbb|invalid literal"):
        theme_css(wrong, "#f2a65a")


def test_a_strong_enough_colour_of_the_municipality_is_used_as_it_is() -> None:
    assert palette("#0f5c5a", LIGHT)["base-default"] == "#0f5c5a"


@pytest.mark.parametrize("name", ["accent", "brand1", "neutral", "info", "success", "warning", "danger"])
def test_every_named_colour_has_every_step(name: str) -> None:
    css = theme_css("#0f5c5a", "#f2a65a")
    assert set(re.findall(rf"--ds-color-{name}-([a-z-]+):#", css)) == set(STEPS)


def test_dark_follows_the_system_unless_the_reader_chose_light() -> None:
    css = theme_css("#0f5c5a", "#f2a65a")
    assert (
        "@media screen and (prefers-color-scheme:dark){:root:not([data-color-scheme]){color-scheme:dark"
        in css
    )
