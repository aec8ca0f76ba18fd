"""Arbetsförmedlingen's occupations, read from a folder of public data to learn from and to measure on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = "jobtech-taxonomy"


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group of occupations: what it is called, what is done in it, its occupations and its skills."""

    label: str
    definition: str
    occupations: tuple[str, ...]
    skills: tuple[str, ...]


def read_groups(folder: Path) -> tuple[Group, ...]:
    """Return the groups of SSYK's fourth level in the order of their codes.

    Raises OSError or ValueError where the folder holds no such files.
    """
    occupations = _related(folder, "ssyk-level-4-groups-with-related-occupations", "narrower")
    skills = _related(folder, "ssyk-level-4-groups-with-related-skills", "related")
    concepts = sorted(_concepts(folder, "ssyk-level-4-groups"), key=lambda one: str(one["ssyk_code_2012"]))
    return tuple(
        Group(
            label=one["preferred_label"],
            definition=one["definition"],
            occupations=occupations.get(one["id"], ()),
            skills=skills.get(one["id"], ()),
        )
        for one in concepts
    )


def read_definitions(folder: Path) -> tuple[str, ...]:
    """Return label and definition of every group of the international classification (ISCO-08), in Swedish."""
    concepts = _concepts(folder, "isco-level-4-groups")
    return tuple(f"{one['preferred_label']} {one['definition']}" for one in concepts)


def _related(folder: Path, name: str, key: str) -> dict[str, tuple[str, ...]]:
    return {
        one["id"]: tuple(sorted(other["preferred_label"] for other in one.get(key, ())))
        for one in _concepts(folder, name)
    }


def _concepts(folder: Path, name: str) -> list[dict[str, Any]]:
    content = json.loads((folder / FOLDER / f"{name}.json").read_text("utf-8"))
    concepts: list[dict[str, Any]] = content["data"]["concepts"]
    return concepts
