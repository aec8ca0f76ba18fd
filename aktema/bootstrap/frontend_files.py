"""Which files of the front-end packages the pages use, and what they are called in the vendor folder."""

from __future__ import annotations

import csv
from pathlib import Path

FONT = "atkinson-hyperlegible-next"
FONT_FACES = tuple(
    f"{FONT}-{part}-{weight}-normal.woff2" for part in ("latin", "latin-ext") for weight in (400, 600, 700)
)

ICONS = (
    "accessible",
    "adjustments",
    "alert-circle",
    "alert-octagon",
    "alert-triangle",
    "arrow-left",
    "arrow-right",
    "briefcase",
    "building",
    "bulb",
    "bus",
    "calendar",
    "chart-bar",
    "check",
    "chevron-down",
    "chevron-right",
    "circle-check",
    "circle-x",
    "clipboard-list",
    "clock",
    "copy",
    "dots",
    "download",
    "edit",
    "external-link",
    "eye",
    "file-import",
    "help",
    "history",
    "home",
    "info-circle",
    "language",
    "link",
    "list-check",
    "lock",
    "lock-open",
    "logout",
    "mail",
    "map-pin",
    "menu-2",
    "message",
    "moon",
    "note",
    "pencil",
    "phone",
    "player-pause",
    "player-play",
    "player-stop",
    "plus",
    "point",
    "progress",
    "refresh",
    "search",
    "send",
    "settings",
    "shield-check",
    "star",
    "sun",
    "thumb-down",
    "thumb-up",
    "trash",
    "upload",
    "user",
    "user-circle",
    "user-plus",
    "users",
    "walk",
    "world",
    "x",
)

# Pictures that pages use beside those of the vocabulary.
EXTRA_PICTURES = (
    *("1F408", "1F353", "1F6B2", "26BD", "1F40E", "2615", "1F3B8", "1F697", "1F404"),  # the code of a card
    *(
        "1F44B",
        "1F465",
        "1F4B3",
        "1F4C5",
        "1F4CB",
        "1F4D5",
        "1F4DD",
        "1F50D",
        "1F5BC",
        "1F64B",
        "1F9F0",
        "23F3",
        "2753",
    ),
    "1F33B",  # sunflower
    "1F35E",  # bread
    "1F3E0",  # house
    "1F3E2",  # office building
    "1F44D",  # thumb up
    "1F44E",  # thumb down
    "1F4AC",  # speech balloon
    "1F4DE",  # telephone receiver
    "1F603",  # broadly smiling face
    "1F610",  # neutral face
    "1F615",  # puzzled face
    "1F641",  # frowning face
    "1F642",  # smiling face
    "1F6D1",  # stop sign
    "1F9ED",  # compass
    "2705",  # check mark
    "274C",  # cross mark
)

FIXED = (
    ("@digdir/designsystemet-css/dist/src/index.css", "designsystemet/index.css"),
    ("htmx.org/dist/htmx.min.js", "htmx/htmx.min.js"),
    ("@digdir/designsystemet-css/LICENSE", "licences/designsystemet.txt"),
    ("htmx.org/LICENSE", "licences/htmx.txt"),
    (f"@fontsource/{FONT}/LICENSE", f"licences/{FONT}.txt"),
    ("@tabler/icons/LICENSE", "licences/tabler-icons.txt"),
    ("openmoji/LICENSE.txt", "licences/openmoji.txt"),
)


def picture_codes(vocabulary: Path) -> tuple[str, ...]:
    """The OpenMoji codes that the vocabulary names, sorted; none where there is no vocabulary."""
    if not vocabulary.exists():
        return ()
    with vocabulary.open(encoding="utf-8", newline="") as file:
        return tuple(sorted({row["openmoji"] for row in csv.DictReader(file)} - {""}))


def wanted_files(codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Every file to keep, as (path among the packages, path in the vendor folder)."""
    pictures = sorted({*codes, *EXTRA_PICTURES})
    return (
        *FIXED,
        *((f"@fontsource/{FONT}/files/{face}", f"fonts/{face}") for face in FONT_FACES),
        *((f"@tabler/icons/icons/outline/{icon}.svg", f"icons/{icon}.svg") for icon in ICONS),
        *((f"openmoji/color/svg/{code}.svg", f"openmoji/{code}.svg") for code in pictures),
    )
