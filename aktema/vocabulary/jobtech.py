"""Files of the JobTech taxonomy (Arbetsförmedlingen, CC0), read into plain values and checked. Pure."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

OCCUPATIONS = "ssyk-level-4-groups-with-related-occupations.json"
SKILLS = "skills.json"
GROUP_SKILLS = "ssyk-level-4-groups-with-related-skills.json"
NO_EDUCATION = "occupations-with-no-edcuational-requirements.json"  # spelled so by its publisher

T = TypeVar("T")


class TaxonomyError(Exception):
    """What is wrong with the folder, in one sentence an operator can act on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """An SSYK group of level 4."""

    concept_id: str
    ssyk: str
    label: str
    definition: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """An occupation name with the concept id of its group."""

    concept_id: str
    label: str
    group: str
    needs_no_education: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Skill:
    concept_id: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A skill that a group asks for, by concept ids."""

    group: str
    skill: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Taxonomy:
    """What is imported, without doublets."""

    groups: tuple[Group, ...]
    occupations: tuple[Name, ...]
    skills: tuple[Skill, ...]
    links: tuple[Link, ...]


def read_taxonomy(folder: Path) -> Taxonomy:
    """The folder's four files. Raises TaxonomyError where one is missing or not what it should be."""
    if not folder.is_dir():
        raise TaxonomyError(f"There is no folder {folder}.")
    free = _read(folder / NO_EDUCATION, _ids_of_related)
    groups, names = _read(folder / OCCUPATIONS, lambda concepts: _groups(concepts, free))
    linked, links = _read(folder / GROUP_SKILLS, _links)
    known = {group.concept_id for group in groups}
    skills = {skill.concept_id: skill for skill in (*linked, *_read(folder / SKILLS, _skills))}
    return Taxonomy(
        groups=groups,
        occupations=names,
        skills=tuple(skills.values()),
        links=tuple(link for link in links if link.group in known),
    )


def _read(file: Path, take: Callable[[list[Any]], T]) -> T:
    try:
        return take(json.loads(file.read_text("utf-8"))["data"]["concepts"])
    except OSError:
        raise TaxonomyError(f"The file {file.name} is missing in {file.parent} or cannot be read.") from None
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise TaxonomyError(f"The file {file.name} is not JSON.") from None
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise TaxonomyError(f"The file {file.name} is not of the JobTech taxonomy: {error!r}.") from None


def _text(concept: dict[str, Any], name: str) -> str:
    """A text of the concept. Raises ValueError where it is none, empty, or holds what no database stores."""
    text = concept[name]
    if not isinstance(text, str) or not text.strip() or "\0" in text:
        raise ValueError(f"{name} is not a text")
    text.encode()  # half a surrogate pair is no text: UnicodeEncodeError is a ValueError
    return text.strip()


def _unique(values: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} {value} stands twice")
        seen.add(value)


def _ids_of_related(concepts: list[Any]) -> frozenset[str]:
    return frozenset(_text(related, "id") for concept in concepts for related in concept["related"])


def _groups(concepts: list[Any], free: frozenset[str]) -> tuple[tuple[Group, ...], tuple[Name, ...]]:
    """The groups and their occupations; `free` are the concept ids of those that need no education."""
    if not concepts:
        raise ValueError("it holds no groups")
    groups = tuple(_group(concept) for concept in concepts)
    names = tuple(_name(inner, concept["id"], free) for concept in concepts for inner in concept["narrower"])
    _unique((group.ssyk for group in groups), "SSYK code")
    _unique((group.concept_id for group in groups), "group")
    _unique((name.concept_id for name in names), "occupation")
    return groups, names


def _group(concept: dict[str, Any]) -> Group:
    code = _text(concept, "ssyk_code_2012")
    if not (len(code) == 4 and code.isascii() and code.isdigit()):
        raise ValueError(f"{code} is no SSYK code of level 4")
    return Group(
        concept_id=_text(concept, "id"),
        ssyk=code,
        label=_text(concept, "preferred_label"),
        definition=_text(concept, "definition") if concept.get("definition") else "",
    )


def _name(concept: dict[str, Any], group: str, free: frozenset[str]) -> Name:
    concept_id = _text(concept, "id")
    return Name(
        concept_id=concept_id,
        label=_text(concept, "preferred_label"),
        group=group,
        needs_no_education=concept_id in free,
    )


def _skills(concepts: list[Any]) -> tuple[Skill, ...]:
    return tuple(Skill(concept_id=_text(one, "id"), label=_text(one, "preferred_label")) for one in concepts)


def _links(concepts: list[Any]) -> tuple[tuple[Skill, ...], tuple[Link, ...]]:
    """The skills that groups ask for, and who asks for which."""
    asked = [(_text(concept, "id"), skill) for concept in concepts for skill in _skills(concept["related"])]
    links = dict.fromkeys(Link(group=group, skill=skill.concept_id) for group, skill in asked)
    return tuple(skill for _, skill in asked), tuple(links)
