"""What the other slices read of the vocabulary."""

from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy.orm import Session

from aktema.core.errors import MissingError
from aktema.vocabulary import queries as words
from aktema.vocabulary.operations import import_jobtech
from tests.conftest import QueryCount
from tests.support.vocabulary import a_taxonomy_folder


@pytest.fixture
def taxonomy(session: Session, tmp_path: Path) -> Session:
    import_jobtech(a_taxonomy_folder(tmp_path))
    return session


def test_the_ten_minute_start_asks_fifteen_of_the_twenty_three_dimensions(session: Session) -> None:
    assert (len(words.dimensions(core_only=True)), len(words.dimensions())) == (15, 23)


def test_every_dimension_has_an_anchor_for_each_level_in_order(session: Session) -> None:
    assert {tuple(anchor.level for anchor in one.anchors) for one in words.dimensions()} == {(0, 1, 2, 3, 4)}


def test_groups_hold_every_dimension_and_activity_once(session: Session) -> None:
    dimensions = [one.id for group in words.dimension_groups() for one in group.dimensions]
    activities = [one.id for group in words.activity_groups() for one in group.activities]
    assert (sorted(dimensions), sorted(activities)) == (
        sorted(words.vocabulary().dimensions),
        sorted(words.vocabulary().activities),
    )


def test_words_are_kept_in_memory_after_the_first_reading(session: Session, queries: QueryCount) -> None:
    words.vocabulary()
    queries.statements.clear()
    words.dimensions()
    words.suggested_demands([words.activity_by_code("bake").id])
    assert len(queries) == 0


def test_an_empty_vocabulary_is_not_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    words.forget_vocabulary()
    with monkeypatch.context() as patched:
        patched.setattr(words, "_rows", lambda _model: [])
        assert words.scale_levels() == ()
    assert len(words.scale_levels()) == 7


def test_the_scale_ends_with_two_answers_that_are_no_level(session: Session) -> None:
    assert [one.level for one in words.scale_levels()] == [0, 1, 2, 3, 4, None, None]


def test_suggested_demands_are_the_highest_of_the_activities(session: Session) -> None:
    bake, cook = words.activity_by_code("bake"), words.activity_by_code("cook_lunch")
    hands = words.dimension_by_code("hand_skill").id
    assert (bake.demands[hands], words.suggested_demands([bake.id, cook.id])[hands]) == (2, 3)


def test_an_unknown_activity_suggests_no_demand(session: Session) -> None:
    assert words.suggested_demands([10**9]) == {}


@pytest.mark.parametrize(
    ("language", "label"), [("sv", "Baka"), ("en", "Baking"), ("easy", "Baka bröd och kakor"), (None, "Baka")]
)
def test_a_word_is_said_in_the_language_asked_for(session: Session, language: str | None, label: str) -> None:
    assert words.activity_by_code("bake").label(language) == label


@pytest.mark.parametrize(("language", "label"), [("en", "Baking"), ("sv", "Baka"), ("fi", "Baka")])
def test_a_word_without_a_language_follows_the_page(session: Session, language: str, label: str) -> None:
    with force_locale(language):
        assert str(words.activity_by_code("bake")) == label


def test_outside_a_request_words_are_swedish(app: Flask) -> None:
    with app.app_context():
        assert words.activity_by_code("bake").label() == "Baka"


def test_a_preference_has_two_poles_in_both_languages(session: Session) -> None:
    first = words.preferences()[0]
    assert (first.poles("sv"), first.poles("en")) == (("Inne", "ute"), ("Indoors", "outdoors"))


def test_an_anchor_says_both_sides_in_both_languages(session: Session) -> None:
    anchor = words.dimension_by_code("learn_tasks").anchor(1)
    assert [anchor.capacity("sv"), anchor.demand("sv"), anchor.capacity("en"), anchor.demand("en")] == [
        "Lär sig ett nytt moment efter många upprepningar",
        "Lära sig ett nytt moment efter många upprepningar",
        "Learns one new step after many repetitions",
        "Learn one new step after many repetitions",
    ]


def test_every_adaptation_stands_at_its_dimension(session: Session) -> None:
    held = [one for dimension in words.dimensions() for one in dimension.adaptations]
    assert sorted(one.id for one in held) == sorted(one.id for one in words.adaptations())


def test_constraints_come_in_the_order_of_the_file(session: Session) -> None:
    assert [one.code for one in words.constraints()][:2] == ["wheelchair_access", "accessible_toilet"]


def test_activities_are_suggested_by_the_occupation_group(session: Session) -> None:
    assert "bake" in {activity.code for activity in words.activities_for_ssyk("7612")}
    assert words.activities_for_ssyk("0000") == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("disk", ["Diskare"]),
        ("BITR", ["Köksbiträde"]),
        ("kök", ["Köksbiträde"]),
        ("ång", ["Ångbagare"]),
        ("köks biträde", ["Köksbiträde"]),
        ("", []),
        ("%", []),
        ("_", []),
        ("ledare", []),
        ("kare", ["Diskare"]),
    ],
)
def test_occupations_are_found_by_any_part(taxonomy: Session, typed: str, found: list[str]) -> None:
    assert [occupation.label for occupation in words.search_occupations(typed)] == found


def test_occupations_that_begin_with_what_was_typed_come_first(taxonomy: Session) -> None:
    assert [one.label for one in words.search_occupations("a")] == ["Diskare", "Ångbagare"]
    assert words.search_occupations("a", limit=1)[0].label == "Diskare"


def test_an_occupation_names_its_group_and_whether_it_needs_education(taxonomy: Session) -> None:
    (washer,) = words.search_occupations("diskare")
    assert (washer.ssyk, washer.needs_no_education) == ("9412", True)
    assert washer.group_label == "Restaurangbiträden"


def test_an_occupation_is_found_by_id_and_by_exact_name(taxonomy: Session) -> None:
    washer = words.find_occupation_by_label("diskare")
    assert washer is not None
    assert words.find_occupation(washer.id) == washer


def test_an_occupation_that_is_not_there_is_none(taxonomy: Session) -> None:
    assert (words.find_occupation(10**9), words.find_occupation_by_label("Disk")) == (None, None)


def test_a_group_shows_its_occupations_and_skills(taxonomy: Session) -> None:
    group = words.get_occupation_group("9412")
    assert [one.label for one in group.occupations] == ["Diskare", "Köksbiträde"]
    assert group.skills == ("Diskning",)


def test_a_group_that_is_not_imported_is_missing(session: Session) -> None:
    with pytest.raises(MissingError):
        words.get_occupation_group("9412")


def test_it_is_known_whether_occupations_are_imported(session: Session, tmp_path: Path) -> None:
    before = words.has_occupations()
    import_jobtech(a_taxonomy_folder(tmp_path))
    assert (before, words.has_occupations()) == (False, True)
