"""The rival that a data scientist writes first: a pandas frame of all pairs through a scikit-learn pipeline.

It follows the user guide's example of a `ColumnTransformer` over numbers and text, and is not tuned. For one
that is, with everything of the places turned into matrices beforehand, see `engine_pairs`.

What is made beforehand: the table of places as one frame of plain columns as they come from a database (levels,
poles, hours, days, coordinates, title, description; NaN where unknown), and the fitted pipeline with one
`TfidfVectorizer` per text field that knows all places' words. What is given to it ready: what
votes say of an activity through its group and kind (`PersonSides`), a fraction of a millisecond per request.

A request:

- The person is one row of plain columns, and `merge(how="cross")` makes the pairs, eligible or not. Likings are
  looked up per activity. What both a feature and a gate need, minutes of journey and common days, is reckoned
  once.
- `predict_proba` over the pairs: a `FunctionTransformer` per part reckons its features from both sides' columns,
  by numpy over all rows, and a `StandardScaler` scales them. The places' texts are a column like any other, and
  so are vectorised in the pipeline; the wish, the same for all pairs, only once. Words are whole words, which
  are several times fewer than the n-grams that the engine reads. The regression's coefficients are the rules',
  so that the log-odds are their score.
- Gates as boolean columns, filter, sort.

Most of its time goes to vectorising texts that have not changed since the last request, and the more so the
more places there are; the prepared one shows what is left when that is avoided.

It gives no reasons, counts no excluded, asks no questions and draws nothing new.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from aktema.bench import engine_rivals as rules
from aktema.bench.engine_pairs import PRACTICAL_WEIGHTS, best_of, tell_rules
from aktema.bench.engine_rivals import Floats, PersonSide, PersonSides, RivalAbsentError, Scored, names
from aktema.matching.engine import Person, Place, Vocabulary

SAMPLE = 1_000
ACTIVITIES, LIKINGS = names("activity", rules.SLOTS), names("liking", rules.SLOTS)
OPEN_DAYS, FREE_DAYS = names("open_day", 7), names("free_day", 7)
TEXTS = ("title", "description")
PRACTICAL_COLUMNS = ["minutes", "max_week", "weekly_minutes", "common_days", "day_count"]
FACTS = (
    *("id", "readiness", "is_live", "places_left", "min_week", "max_week", "day_minutes", "min_days"),
    *("starts", "ends", "latitude", "longitude"),
)


class PlainPipeline:
    """One row per pair of the person and a place, through a pipeline."""

    name = "pair pipeline"

    def __init__(self, places: Iterable[Place], vocabulary: Vocabulary) -> None:
        try:
            import pandas as pd
        except ImportError as missing:
            raise RivalAbsentError("the pair pipeline needs pandas") from missing
        self._sides = PersonSides(vocabulary)
        dimensions, preferences = len(vocabulary.dimensions), len(vocabulary.preferences)
        self._demands, self._levels = names("demand", dimensions), names("level", dimensions)
        self._poles, self._wants = names("pole", preferences), names("want", preferences)
        count = len(vocabulary.constraints)
        self._met, self._needs = names("met", count), names("need", count)
        numbers = [*FACTS, *ACTIVITIES, *OPEN_DAYS, *self._demands, *self._poles, *self._met]
        rows = pd.DataFrame([_row(place) for place in places], columns=[*numbers, *TEXTS])
        self._places = pd.concat([rows[numbers].astype(float), rows[[*TEXTS]]], axis=1).astype({"id": int})
        self._pipeline = self._fitted()

    def suggest(self, person: Person, limit: int = 20) -> Scored:
        pairs = self._pairs(person)
        chance = self._pipeline.predict_proba(pairs)[:, 1]
        return best_of(pairs, chance, self._is_open(pairs, person), limit)

    def close(self) -> None:
        """Nothing outlives the object."""

    def _pairs(self, person: Person) -> Any:
        """The person with every place, and what both the features and the gates need of the two."""
        import pandas as pd

        side = self._sides.of(person)
        pairs = self._places.merge(pd.DataFrame([self._person_row(person, side)]), how="cross")
        liking = pd.Series(side.liking[:-1], index=range(1, len(side.liking)))
        return pairs.assign(
            **{name: pairs[slot].map(liking) for name, slot in zip(LIKINGS, ACTIVITIES, strict=True)},
            minutes=rules.minutes_between(
                pairs["home_latitude"], pairs["home_longitude"], pairs["latitude"], pairs["longitude"]
            ),
            common_days=(pairs[OPEN_DAYS].to_numpy() * pairs[FREE_DAYS].to_numpy()).sum(axis=1),
        )

    def _person_row(self, person: Person, side: PersonSide) -> dict[str, Any]:
        free = person.weekdays or frozenset()
        return {
            "wish": person.wish_text,
            "weekly_minutes": side.weekly_minutes,
            "daily_minutes": side.daily_minutes,
            "day_count": side.day_count,
            "earliest": side.earliest,
            "latest": side.latest,
            "travel_limit": np.nan if side.travel_limit is None else side.travel_limit,
            "home_latitude": side.latitude,
            "home_longitude": side.longitude,
            **{name: float(day in free) for day, name in enumerate(FREE_DAYS)},
            **{name: float(key in person.needs) for key, name in enumerate(self._needs, start=1)},
            **dict(zip(self._levels, side.capacities, strict=True)),
            **dict(zip(self._wants, side.poles, strict=True)),
        }

    def _is_open(self, pairs: Any, person: Person) -> Any:
        """Which pairs pass the gates; what is unknown lets none fall."""
        unmet = (pairs[self._met].to_numpy() == 0) & (pairs[self._needs].to_numpy() == 1)
        shared = np.minimum(pairs["ends"], pairs["latest"]) - np.maximum(pairs["starts"], pairs["earliest"])
        falls = (
            (pairs["is_live"] == 0)
            | (pairs["places_left"] < 1)
            | pairs["id"].isin(person.declined)
            | unmet.any(axis=1)
            | (pairs["min_week"] > pairs["weekly_minutes"])
            | (pairs["common_days"] < pairs["min_days"].clip(lower=1).fillna(1))
            | (pairs["day_minutes"] > pairs["daily_minutes"])
            | (shared.clip(lower=0) < pairs["day_minutes"].clip(lower=1).fillna(1))
            | (pairs["minutes"] > pairs["travel_limit"])
        )
        return ~falls

    def _fitted(self) -> Any:
        """The pipeline, fitted on random answers for its form and then given the rules' coefficients."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        features, pairs = self._features(), self._pairs(Person(id=0)).head(SAMPLE)
        answers = np.random.default_rng(0).permutation(np.arange(len(pairs)) % 2)
        pipeline = make_pipeline(features, LogisticRegression()).fit(pairs, answers)
        scalers = [features.named_transformers_[name][-1] for name, *_ in features.transformers]
        tell_rules(pipeline[-1], self._coefficients(), scalers)
        return pipeline

    def _features(self) -> Any:
        """What is reckoned from which columns; the vectorisers know all places' words."""
        from sklearn.compose import ColumnTransformer
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.frozen import FrozenEstimator

        words = {name: FrozenEstimator(TfidfVectorizer().fit(self._places[name])) for name in TEXTS}
        return ColumnTransformer(
            [
                ("wish", _scaled(_wish, **words), [*LIKINGS, *TEXTS, "wish"]),
                ("fit", _scaled(_fit), [*self._demands, *self._levels]),
                ("preferences", _scaled(_preferences), [*self._poles, *self._wants]),
                ("practical", _scaled(_practical), PRACTICAL_COLUMNS),
            ]
        )

    def _coefficients(self) -> list[float]:
        """What each feature counts for in the score of the rules, in the order of the blocks."""
        return [
            *[rules.WISH / 2] * 2,
            *[rules.FIT] * len(self._demands),
            *[rules.PREFERENCES / 2] * len(self._poles),
            *PRACTICAL_WEIGHTS,
        ]


def _row(place: Place) -> dict[str, Any]:
    """What is known of the place, as plain columns."""
    days = {} if place.weekdays is None else {name: d in place.weekdays for d, name in enumerate(OPEN_DAYS)}
    return {
        "id": place.id,
        "title": place.title,
        "description": place.description,
        "readiness": place.employer_readiness,
        "is_live": place.is_live,
        "places_left": place.places_left,
        "min_week": place.min_minutes_per_week,
        "max_week": place.max_minutes_per_week,
        "day_minutes": place.minutes_per_day,
        "min_days": place.min_days,
        "starts": place.start_minute,
        "ends": place.end_minute,
        "latitude": place.latitude,
        "longitude": place.longitude,
        **days,
        **dict(zip(ACTIVITIES, place.activities, strict=False)),
        **dict(_numbered("demand", place.demands)),
        **dict(_numbered("pole", place.preferences)),
        **dict(_numbered("met", place.constraints)),
    }


def _numbered(what: str, values: Mapping[int, int]) -> Iterator[tuple[str, Any]]:
    return ((f"{what}{key}", value) for key, value in values.items())


def _scaled(reckon: Callable[..., Floats], **given: Any) -> Any:
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer, StandardScaler

    return make_pipeline(FunctionTransformer(reckon, kw_args=given), StandardScaler())


def _wish(pairs: Any, **vectorisers: Any) -> Floats:
    """What votes say of the place's activities, and what own words add to that."""
    leaning = pairs[LIKINGS].mean(axis=1).fillna(0.0).to_numpy()
    wish = pairs["wish"].iloc[:1]
    cosines = [
        (words.transform(pairs[name]) @ words.transform(wish).T).toarray()[:, 0]
        for name, words in vectorisers.items()
    ]
    alike = np.clip((np.mean(cosines, axis=0) - rules.CHANCE) / (rules.CLEAR - rules.CHANCE), 0, 1)
    return np.column_stack([leaning, rules.WORDS_REACH * (1 - np.abs(leaning)) * alike])


def _fit(pairs: Any) -> Floats:
    """By dimension, how much of the demand is met."""
    demands, levels = np.hsplit(pairs.to_numpy(), 2)
    is_stated = demands > 0
    gain = 1 - (demands - levels).clip(min=0) / (rules.LEVELS - 1) - rules.FIT_NEUTRAL
    stated = is_stated.sum(axis=1, keepdims=True).clip(min=1)
    return np.asarray(np.where(is_stated, np.nan_to_num(gain), 0.0) / stated)


def _preferences(pairs: Any) -> Floats:
    """By preference, whether both want the same."""
    poles, wants = np.hsplit(pairs.to_numpy(), 2)
    agreement = np.nan_to_num(poles * wants) / rules.STRONGEST_POLES
    return np.asarray(agreement / (rules.PULL_HALF + np.abs(agreement.sum(axis=1, keepdims=True))))


def _practical(pairs: Any) -> Floats:
    """Journey, hours and days, each -0.5 to 0.5."""
    span = rules.FAR_MINUTES - rules.BASE_MINUTES
    shares = [
        (rules.FAR_MINUTES - pairs["minutes"]) / span,
        pairs["max_week"] / pairs["weekly_minutes"],
        pairs["common_days"] / pairs["day_count"],
    ]
    return np.asarray(np.nan_to_num(np.column_stack(shares).clip(0, 1), nan=0.5) - 0.5)
