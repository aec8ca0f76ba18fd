"""Our own vocabulary file comes in whole, once, and comes in again without doublets."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.core.db import Base
from aktema.vocabulary import models
from aktema.vocabulary.catalogue import FILE, Kind, UsualDemand, read_catalogue
from aktema.vocabulary.operations import load_vocabulary
from aktema.vocabulary.queries import vocabulary

SIZES = [
    (models.ScaleLevel, 7),
    (models.DimensionGroup, 5),
    (models.Dimension, 23),
    (models.LevelAnchor, 115),
    (models.Adaptation, 25),
    (models.ActivityGroup, 16),
    (models.Activity, 106),
    (models.Preference, 12),
    (models.WorkConstraint, 17),
]


def count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(("model", "size"), SIZES)
def test_loading_twice_leaves_every_row_once(session: Session, model: type[Base], size: int) -> None:
    load_vocabulary()
    assert count(session, model) == size


def test_loading_again_mends_a_changed_word(session: Session) -> None:
    session.scalars(select(models.Activity).where(models.Activity.code == "bake")).one().label_sv = "Backa"
    session.flush()
    load_vocabulary()
    assert session.scalar(select(models.Activity.label_sv).where(models.Activity.code == "bake")) == "Baka"


def test_loading_again_takes_away_a_demand_the_file_no_longer_says(session: Session) -> None:
    before = count(session, models.ActivityDemand)
    bake = session.scalars(select(models.Activity).where(models.Activity.code == "bake")).one()
    held = set(session.scalars(select(models.ActivityDemand.dimension_id).filter_by(activity_id=bake.id)))
    other = session.scalars(
        select(models.Dimension.id).where(models.Dimension.id.not_in(held)).limit(1)
    ).one()
    session.add(models.ActivityDemand(activity_id=bake.id, dimension_id=other, level=4))
    session.flush()
    load_vocabulary()
    assert count(session, models.ActivityDemand) == before


def test_loading_makes_readers_read_again(session: Session) -> None:
    kept = vocabulary()
    load_vocabulary()
    assert vocabulary() is not kept


def test_level_anchors_carry_dimension_and_level_in_their_code(session: Session) -> None:
    anchor = session.scalars(
        select(models.LevelAnchor).where(models.LevelAnchor.code == "learn_tasks.3")
    ).one()
    assert (anchor.dimension.code, anchor.level) == ("learn_tasks", 3)


def test_the_catalogue_reads_usual_demands_from_their_short_form() -> None:
    bake = next(entry for entry in read_catalogue() if entry.code == "bake")
    assert bake.demands[0] == UsualDemand("multi_step", 3)


def test_every_parent_and_every_usual_demand_names_a_row_of_the_file() -> None:
    entries = read_catalogue()
    codes = {entry.code for entry in entries}
    named = {entry.parent for entry in entries if entry.parent}
    named |= {demand.dimension for entry in entries for demand in entry.demands}
    assert named <= codes


def test_every_word_is_there_in_swedish_english_and_easy_swedish() -> None:
    assert all(entry.label_sv and entry.label_en and entry.label_easy for entry in read_catalogue())


def test_a_row_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text(FILE.read_text("utf-8").replace(Kind.CONSTRAINT, "law"), "utf-8")
    with pytest.raises(ValueError, match="law"):
        read_catalogue(odd)
