"""The import of a JobTech taxonomy: whole or not at all, and again without doublets."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.core.errors import DomainError
from aktema.vocabulary import jobtech
from aktema.vocabulary.models import Occupation, OccupationGroup, OccupationGroupSkill, Skill
from aktema.vocabulary.operations import JobtechReport, import_jobtech
from aktema.vocabulary.queries import activities, find_occupation_by_label, get_occupation_group
from tests.support.vocabulary import a_concept, a_group, a_taxonomy_folder, write_concepts

DRIVING = a_concept("s1", "Truckkort")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_taxonomy_folder(tmp_path)


def counts(session: Session) -> list[int]:
    models = (OccupationGroup, Occupation, Skill, OccupationGroupSkill)
    return [session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


def test_the_first_import_adds_everything(session: Session, folder: Path) -> None:
    assert import_jobtech(folder) == JobtechReport(added=8)
    assert counts(session) == [2, 3, 3, 2]


def test_the_same_import_again_changes_nothing(session: Session, folder: Path) -> None:
    import_jobtech(folder)
    assert import_jobtech(folder) == JobtechReport(unchanged=8)
    assert counts(session) == [2, 3, 3, 2]


def test_a_new_taxonomy_updates_adds_and_keeps_what_is_gone(session: Session, folder: Path) -> None:
    import_jobtech(folder)
    renamed, new = a_concept("o1", "Diskplockare"), a_concept("o4", "Kallskänka")
    kitchen = a_group("g1", "9412", "Restaurangbiträden", renamed, new)
    write_concepts(folder / jobtech.OCCUPATIONS, [kitchen])
    assert import_jobtech(folder) == JobtechReport(added=1, changed=1, unchanged=4, gone=3)


def test_an_occupation_that_moves_to_another_group_is_found_there(session: Session, folder: Path) -> None:
    import_jobtech(folder)
    kitchen, bakery = (
        a_group("g1", "9412", "Biträden"),
        a_group("g2", "7612", "Bagare", a_concept("o1", "Diskare")),
    )
    write_concepts(folder / jobtech.OCCUPATIONS, [kitchen, bakery])
    import_jobtech(folder)
    found = find_occupation_by_label("Diskare")
    assert found is not None
    assert found.ssyk == "7612"


def test_links_the_taxonomy_no_longer_has_are_taken_away(session: Session, folder: Path) -> None:
    import_jobtech(folder)
    write_concepts(folder / jobtech.GROUP_SKILLS, [a_concept("g1", "x", related=[DRIVING])])
    import_jobtech(folder)
    assert (get_occupation_group("9412").skills, get_occupation_group("7612").skills) == (("Truckkort",), ())


def test_links_of_groups_that_are_not_imported_are_left_out(session: Session, folder: Path) -> None:
    write_concepts(folder / jobtech.GROUP_SKILLS, [a_concept("g9", "x", related=[DRIVING])])
    import_jobtech(folder)
    assert counts(session)[3] == 0


def test_a_group_without_a_definition_is_taken(session: Session, folder: Path) -> None:
    bakery = a_concept("g1", "Bagare", ssyk_code_2012="7612", narrower=[])
    write_concepts(folder / jobtech.OCCUPATIONS, [bakery])
    import_jobtech(folder)
    assert get_occupation_group("7612").definition == ""


def test_a_folder_that_is_not_there_is_named(session: Session, tmp_path: Path) -> None:
    with pytest.raises(DomainError) as refused:
        import_jobtech(tmp_path / "nowhere")
    assert refused.value.message == f"There is no folder {tmp_path / 'nowhere'}."


@pytest.mark.parametrize(
    "name", [jobtech.OCCUPATIONS, jobtech.SKILLS, jobtech.GROUP_SKILLS, jobtech.NO_EDUCATION]
)
def test_a_missing_file_is_named_and_nothing_is_stored(session: Session, folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DomainError) as refused:
        import_jobtech(folder)
    assert refused.value.message == f"The file {name} is missing in {folder} or cannot be read."
    assert counts(session) == [0, 0, 0, 0]


def odd_groups(*groups: object) -> str:
    return json.dumps({"data": {"concepts": list(groups)}})


ONE = a_group("g1", "9412", "Biträden")
ODD = {
    "cut short": '{"data": {"concepts": [',
    "too deep": "[" * 100_000,
    "a list": "[]",
    "a number": "7",
    "no data": "{}",
    "concepts are none": '{"data": {"concepts": null}}',
    "no groups": odd_groups(),
    "a group is a text": odd_groups("g1"),
    "a group without a code": odd_groups(a_concept("g1", "Biträden", narrower=[])),
    "a code of three digits": odd_groups(a_group("g1", "941", "Biträden")),
    "a label that is a number": odd_groups({**ONE, "preferred_label": 7}),
    "an empty label": odd_groups({**ONE, "preferred_label": " "}),
    "a NUL": odd_groups({**ONE, "preferred_label": "a\0b"}),
    "half a letter": odd_groups({**ONE, "preferred_label": "\ud800"}),
    "a code twice": odd_groups(ONE, a_group("g2", "9412", "Andra")),
    "a group twice": odd_groups(ONE, a_group("g1", "9413", "Andra")),
    "an occupation twice": odd_groups(a_group("g1", "9412", "A", a_concept("o1", "A"), a_concept("o1", "B"))),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_file_is_named_and_nothing_is_stored(session: Session, folder: Path, text: str) -> None:
    (folder / jobtech.OCCUPATIONS).write_text(text, "utf-8")
    with pytest.raises(DomainError, match="None") as refused:
        import_jobtech(folder)
    assert str(refused.value.message).startswith(f"The file {jobtech.OCCUPATIONS} is not ")
    assert counts(session) == [0, 0, 0, 0]


def test_a_file_that_is_no_utf_8_is_refused(session: Session, folder: Path) -> None:
    (folder / jobtech.SKILLS).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DomainError) as refused:
        import_jobtech(folder)
    assert refused.value.message == f"The file {jobtech.SKILLS} is not JSON."


@pytest.fixture
def real(session: Session, data_folder: Path) -> Callable[[], JobtechReport]:
    return lambda: import_jobtech(data_folder / "jobtech-taxonomy")


@pytest.mark.data
def test_the_real_taxonomy_comes_in_whole(session: Session, real: Callable[[], JobtechReport]) -> None:
    assert real() == JobtechReport(added=400 + 2412 + 6657)
    assert counts(session) == [400, 2412, 6657, 17517]


@pytest.mark.data
def test_the_real_taxonomy_comes_in_again_unchanged(real: Callable[[], JobtechReport]) -> None:
    real()
    assert real() == JobtechReport(unchanged=400 + 2412 + 6657)


@pytest.mark.data
def test_the_real_taxonomy_marks_occupations_without_education(
    session: Session, real: Callable[[], JobtechReport]
) -> None:
    real()
    assert session.scalar(select(func.count()).where(Occupation.needs_no_education)) == 112


@pytest.mark.data
def test_every_occupation_group_our_activities_name_is_in_the_real_taxonomy(
    session: Session, real: Callable[[], JobtechReport]
) -> None:
    real()
    named = {code for activity in activities() for code in activity.ssyk_codes}
    assert named <= set(session.scalars(select(OccupationGroup.ssyk)))
