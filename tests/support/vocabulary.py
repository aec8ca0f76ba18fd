"""A small JobTech taxonomy of our own, written as its publisher writes it."""

import json
from pathlib import Path
from typing import Any

from aktema.vocabulary import jobtech

Concept = dict[str, Any]


def a_concept(concept_id: str, label: str, **more: Any) -> Concept:
    return {"id": concept_id, "preferred_label": label, **more}


def a_group(concept_id: str, ssyk: str, label: str, *occupations: Concept) -> Concept:
    about = {
        "definition": f"Arbetar som {label.lower()}.",
        "ssyk_code_2012": ssyk,
        "narrower": list(occupations),
    }
    return a_concept(concept_id, label, **about)


def write_concepts(file: Path, concepts: list[Concept]) -> None:
    file.write_text(json.dumps({"data": {"concepts": concepts}}), "utf-8")


def a_taxonomy_folder(folder: Path) -> Path:
    """Two groups, three occupations, three skills, of which two are asked for."""
    driving, washing, baking = (
        a_concept("s1", "Truckkort"),
        a_concept("s2", "Diskning"),
        a_concept("s3", "Bakning"),
    )
    kitchen = a_group(
        "g1", "9412", "Restaurangbiträden", a_concept("o1", "Diskare"), a_concept("o2", "Köksbiträde")
    )
    bakery = a_group("g2", "7612", "Bagare", a_concept("o3", "Ångbagare"))
    write_concepts(folder / jobtech.OCCUPATIONS, [kitchen, bakery])
    write_concepts(folder / jobtech.SKILLS, [driving, washing, baking])
    asking = [
        a_concept("g1", "Restaurangbiträden", related=[washing]),
        a_concept("g2", "Bagare", related=[baking]),
    ]
    write_concepts(folder / jobtech.GROUP_SKILLS, asking)
    write_concepts(
        folder / jobtech.NO_EDUCATION, [a_concept("c1", "Utan krav", related=[a_concept("o1", "Diskare")])]
    )
    return folder
