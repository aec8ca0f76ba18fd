"""Invented placements, as many as a measurement needs, the same every time."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from aktema.core.bulk import insert_rows
from aktema.core.epochs import move_on
from aktema.core.ids import new_public_id
from aktema.core.swedish import sort_key
from aktema.demo import content
from aktema.demo.content import DemoPlacement
from aktema.demo.days import rng_for
from aktema.employers.epochs import PLACEMENTS_GONE
from aktema.employers.models import (
    PUBLISHED,
    Employer,
    Placement,
    PlacementActivity,
    PlacementAdaptation,
    PlacementConstraint,
    PlacementDemand,
    PlacementPreference,
    Workplace,
)
from aktema.employers.rules import weekday_bits
from aktema.vocabulary.queries import suggested_demands, vocabulary

Row = dict[str, Any]
LAST_LEVEL = 4
PLACEMENTS_PER_EMPLOYER = 4


class Town:
    """Grows as asked; what was there stays as it was."""

    def __init__(self) -> None:
        self._rng = rng_for("town")
        self._placements = 0
        self._localities = sorted({employer.locality.id for employer in content.employers()})

    def grow_placements(self, until: int) -> None:
        """Add published placements until there are so many."""
        ids = range(self._placements + 1, until + 1)
        self._placements = until
        employers = [key for key in ids if key % PLACEMENTS_PER_EMPLOYER == 1]
        insert_rows(Employer, [self._employer(key) for key in employers])
        insert_rows(Workplace, [self._workplace(key) for key in employers])
        patterns = {key: self._rng.choice(content.placements()) for key in ids}
        activities = {key: self._chosen(vocabulary().activities, 1, 3) for key in ids}
        insert_rows(Placement, [self._placement(key, patterns[key], activities[key]) for key in ids])
        move_on(PLACEMENTS_GONE)  # rows written past the models are told of by nothing else
        for model, rows in self._parts(activities).items():
            insert_rows(model, rows)

    def _employer(self, key: int) -> Row:
        name = f"{self._rng.choice(content.surnames())}s {key}"
        return {
            "id": key,
            "public_id": new_public_id(),
            "name": name,
            "sort_key": sort_key(name),
            "sector": "private",
        }

    def _workplace(self, key: int) -> Row:
        locality = self._rng.choice(self._localities)
        return {
            "id": key,
            "public_id": new_public_id(),
            "employer_id": key,
            "name": "Huset",
            "locality_id": locality,
        }

    def _placement(self, key: int, pattern: DemoPlacement, activities: Sequence[int]) -> Row:
        employer = key - (key - 1) % PLACEMENTS_PER_EMPLOYER
        label = vocabulary().activities[activities[0]].label_sv
        title = f"{label} hos {self._rng.choice(content.surnames())} {key}"
        return {
            "id": key,
            "public_id": new_public_id(),
            "employer_id": employer,
            "workplace_id": employer,
            "title": title,
            "sort_key": sort_key(title),
            "description": self._description(pattern, activities),
            "least_weekly_minutes": pattern.least_weekly_minutes,
            "most_weekly_minutes": pattern.most_weekly_minutes,
            "weekdays": weekday_bits(pattern.weekdays),
            "starts_at": pattern.starts_at,
            "ends_at": pattern.ends_at,
            "places": pattern.places,
            "state": PUBLISHED,
        }

    def _description(self, pattern: DemoPlacement, activities: Sequence[int]) -> str:
        """Sentences of two placements in random order, with the words of the activities."""
        other = self._rng.choice(content.placements())
        sentences = [*pattern.description.split(". "), *other.description.split(". ")]
        labels = [vocabulary().activities[key].label_sv for key in activities]
        return ". ".join([*self._rng.sample(sentences, min(4, len(sentences))), *labels])

    def _parts(self, activities: Mapping[int, Sequence[int]]) -> dict[type[Any], list[Row]]:
        words, rng = vocabulary(), self._rng
        rows: dict[type[Any], list[Row]] = {
            PlacementActivity: [
                {"activity_id": one, "placement_id": key} for key, held in activities.items() for one in held
            ]
        }
        rows[PlacementDemand] = [
            {
                "placement_id": key,
                "dimension_id": one,
                "level": max(0, min(LAST_LEVEL, level + rng.choice((-1, 0, 1)))),
            }
            for key, held in activities.items()
            for one, level in suggested_demands(held).items()
        ]
        rows[PlacementPreference] = [
            {"placement_id": key, "preference_id": one, "pole": rng.randint(-2, 2)}
            for key in activities
            for one in self._chosen(words.preferences, 5, 10)
        ]
        rows[PlacementConstraint] = [
            {"placement_id": key, "constraint_id": one, "is_met": rng.random() < 0.7}
            for key in activities
            for one in self._chosen(words.constraints, 5, 10)
        ]
        rows[PlacementAdaptation] = [
            {"placement_id": key, "adaptation_id": one}
            for key in activities
            for one in self._chosen(words.adaptations, 1, 5)
        ]
        return rows

    def _chosen(self, of: Collection[int], least: int, most: int) -> list[int]:
        return sorted(self._rng.sample(list(of), self._rng.randint(least, most)))
