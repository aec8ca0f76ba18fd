"""The vocabulary as frozen values: what the other slices read. Tables are the import's business."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import has_request_context
from flask_babel import get_locale

EASY = "easy"
POLE_DASH = " – "


def reader_language() -> str:
    """`sv` or `en`, whichever the page is shown in; `sv` outside requests."""
    locale = get_locale() if has_request_context() else None
    return "en" if locale is not None and locale.language == "en" else "sv"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One word with its stable code, its texts, and an OpenMoji code or an empty string."""

    id: int
    code: str
    sort: int
    label_sv: str
    label_en: str
    label_easy: str
    picture: str

    def label(self, language: str | None = None) -> str:
        """The word in `sv`, `en` or `easy` (easy-read Swedish); without one, in the reader's language."""
        match language or reader_language():
            case "en":
                return self.label_en
            case "easy":
                return self.label_easy
            case _:
                return self.label_sv

    def __str__(self) -> str:
        return self.label()


@dataclass(frozen=True, kw_only=True, slots=True)
class SidedWord(Word):
    """A level: what it means for a person who can it and for a workplace that demands it."""

    capacity_sv: str
    capacity_en: str
    demand_sv: str
    demand_en: str

    def capacity(self, language: str | None = None) -> str:
        """What a person on the level does."""
        return self.capacity_en if (language or reader_language()) == "en" else self.capacity_sv

    def demand(self, language: str | None = None) -> str:
        """What a workplace on the level asks."""
        return self.demand_en if (language or reader_language()) == "en" else self.demand_sv


@dataclass(frozen=True, kw_only=True, slots=True)
class ScaleLevel(SidedWord):
    """A level of the common scale, or one of the two answers that are no level."""

    @property
    def level(self) -> int | None:
        """0 to 4, or None for "not known yet" and "does not apply"."""
        number = self.code.removeprefix("level_")
        return int(number) if number.isdigit() else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor(SidedWord):
    """What a level looks like in one dimension."""

    dimension_id: int
    level: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Adaptation(Word):
    """What closes a gap in one dimension."""

    dimension_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Dimension(Word):
    """Something a person can and a workplace demands, with its five anchors and its adaptations."""

    group_id: int
    is_core: bool
    icf: str
    anchors: tuple[Anchor, ...]
    adaptations: tuple[Adaptation, ...]

    def anchor(self, level: int) -> Anchor:
        """The anchor of a level from 0 to 4."""
        return self.anchors[level]


@dataclass(frozen=True, kw_only=True, slots=True)
class DimensionGroup(Word):
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity(Word):
    """Something one does at work. `demands` are the usual levels (1 to 4) by dimension id."""

    group_id: int
    riasec: str
    ssyk: str
    esco_hint: str
    demands: Mapping[int, int] = field(hash=False)

    @property
    def ssyk_codes(self) -> tuple[str, ...]:
        """The occupation groups in which the activity is usual, SSYK 2012 level 4."""
        return tuple(self.ssyk.split(";")) if self.ssyk else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityGroup(Word):
    activities: tuple[Activity, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Preference(Word):
    """Two poles: a vote from -2 (wholly the first) to +2 (wholly the second)."""

    def poles(self, language: str | None = None) -> tuple[str, str]:
        """The first and the second pole: ("Inne", "ute")."""
        text = self.label_en if (language or reader_language()) == "en" else self.label_sv
        first, _, second = text.partition(POLE_DASH)
        return first, second


@dataclass(frozen=True, kw_only=True, slots=True)
class Constraint(Word):
    """Something that must be met for the person to be there at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupation:
    """An occupation name with the SSYK group it belongs to."""

    id: int
    concept_id: str
    label: str
    ssyk: str
    group_label: str
    needs_no_education: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OccupationGroup:
    """An SSYK group with what it holds and asks for."""

    ssyk: str
    label: str
    definition: str
    occupations: tuple[Occupation, ...]
    skills: tuple[str, ...]
