"""A rival tuned for speed: a scikit-learn pipeline over pairs with all of the places' side prepared.

The one written first and not tuned is in `engine_pipeline`. This one answers as it does, keeps words apart
from the pipeline, and is fast enough to be the reference of `engine_exact`.

What is included, and what is given to it for nothing:

- The places' side of the frame (one row per place, numbers in numpy columns, weekdays and constraints as
  bits) and a word-level `TfidfVectorizer` per text field with the matrix turned for fast queries are built
  beforehand. The person's own tables (`PersonSides`) are reckoned per request, a fraction of a millisecond.
- A request makes the frame of all pairs of the person, eligible or not, with one column per feature that a
  reason could be given for: four of the wish (own votes, group, kind, own words), one per dimension, one per
  preference, travel, hours, days, and whether the gates are open. All of it is vectorised over the rows.
- `ColumnTransformer` scales the columns, `LogisticRegression.predict_proba` gives every pair its chance, the
  ineligible are filtered out and the rest sorted. The regression's coefficients are those of the rules, so
  that the log-odds are the rules' score to the last digits (the words' part by words, not by n-grams).
- It gives no reasons, counts no excluded, asks no questions and draws nothing new.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from aktema.bench import engine_rivals as rules
from aktema.bench.engine_rivals import Floats, PersonSide, PersonSides, RivalAbsentError, Scored
from aktema.matching.engine import Person, Place, Vocabulary

SAMPLE = 1_000
TIE_DIGITS = 12  # what differs by less is a tie, as in the engine
LIKINGS = ("own", "group", "kind")
PRACTICAL = ("travel", "hours", "days")
PRACTICAL_WEIGHTS = tuple(
    rules.PRACTICAL * share for share in (rules.TRAVEL_SHARE, rules.HOURS_SHARE, rules.DAYS_SHARE)
)


class PairPipeline:
    """One row per pair of the person and a place, scored by a pipeline."""

    name = "pair pipeline, prepared"

    def __init__(self, places: Iterable[Place], vocabulary: Vocabulary) -> None:
        try:
            import pandas as pd
        except ImportError as missing:
            raise RivalAbsentError("the pair pipeline needs pandas") from missing
        self._columns = rules.columns_for(vocabulary)
        self._sides = PersonSides(vocabulary)
        texts: list[tuple[int, str, str]] = []
        rows = rules.rows_of(rules.noting_texts(places, texts), vocabulary)
        self._places = pd.DataFrame(rows, columns=list(self._columns.all))
        fields = [title for _, title, _ in texts], [description for _, _, description in texts]
        self._texts = [_Texts(field) for field in fields]
        self._weights = self._coefficients()
        self._pipeline = self._fitted()

    def suggest(self, person: Person, limit: int = 20) -> Scored:
        side = self._sides.of(person)
        features = {**self._wish(side, person.wish_text), **self._preferences(side), **self._practical(side)}
        pairs = self._places[["id", "readiness"]].assign(person_id=person.id, **features)
        chance = self._pipeline.predict_proba(pairs.join(self._fits(side)))[:, 1]
        return best_of(pairs, chance, self._is_open(side), limit)

    def close(self) -> None:
        """Nothing outlives the object."""

    def _wish(self, side: PersonSide, wish: str) -> dict[str, Floats]:
        slots = self._places[list(self._columns.activities)].to_numpy() - 1
        count = self._places["activity_count"].to_numpy()
        likings = {name: getattr(side, name)[slots].sum(axis=1) / count for name in LIKINGS}
        alike = np.mean([text.similarity(wish) for text in self._texts], axis=0)
        words = np.clip((alike - rules.CHANCE) / (rules.CLEAR - rules.CHANCE), 0, 1)
        leaning = sum(likings.values())
        return {**likings, "words": rules.WORDS_REACH * (1 - np.abs(leaning)) * words}

    def _fits(self, side: PersonSide) -> Any:
        demands = self._places[list(self._columns.demands)]
        gap = (demands - side.capacities).clip(lower=0)
        gain = 1 - gap / (rules.LEVELS - 1) - rules.FIT_NEUTRAL
        return gain.where(demands > 0).fillna(0.0).div(self._places["stated"], axis=0)

    def _preferences(self, side: PersonSide) -> dict[str, Floats]:
        agreement = self._places[list(self._columns.poles)] * side.poles / rules.STRONGEST_POLES
        scaled = agreement.div(rules.PULL_HALF + agreement.sum(axis=1).abs(), axis=0)
        return {name: scaled[name].to_numpy() for name in self._columns.poles}

    def _practical(self, side: PersonSide) -> dict[str, Any]:
        span = rules.FAR_MINUTES - rules.BASE_MINUTES
        travel = ((rules.FAR_MINUTES - self._minutes_to(side)) / span).clip(0, 1)
        hours = (self._places["max_week"] / side.weekly_minutes).clip(0, 1)
        days = self._common_days(side) / side.day_count
        return {
            "travel": travel.fillna(0.5) - 0.5,
            "hours": hours.fillna(0.5) - 0.5,
            "days": days.fillna(0.5) - 0.5,
        }

    def _is_open(self, side: PersonSide) -> Any:
        places = self._places
        shared = places["ends"].clip(upper=side.latest) - places["starts"].clip(lower=side.earliest)
        falls = (
            (places["is_live"] == 0)
            | (places["places_left"] < 1)
            | places["id"].isin(side.declined)
            | ((places["unmet"] & side.needs) != 0)
            | (places["min_week"] > side.weekly_minutes)
            | (self._common_days(side) < places["min_days"])
            | (places["day_minutes"] > side.daily_minutes)
            | (shared.clip(lower=0) < np.fmax(places["day_minutes"], 1))
        )
        if side.travel_limit is not None:
            falls |= self._minutes_to(side) > side.travel_limit
        return ~falls

    def _common_days(self, side: PersonSide) -> Any:
        weekdays = self._places["weekdays"]
        common = np.bitwise_count(weekdays.fillna(0).astype(np.int64) & side.weekdays)
        return common.where(weekdays.notna())

    def _minutes_to(self, side: PersonSide) -> Any:
        places = self._places
        return rules.minutes_between(side.latitude, side.longitude, places["latitude"], places["longitude"])

    def _coefficients(self) -> dict[str, float]:
        """What each feature counts for in the score of the rules."""
        return {
            **dict.fromkeys((*LIKINGS, "words"), rules.WISH / 2),
            **dict.fromkeys(self._columns.demands, rules.FIT),
            **dict.fromkeys(self._columns.poles, rules.PREFERENCES / 2),
            **dict(zip(PRACTICAL, PRACTICAL_WEIGHTS, strict=True)),
        }

    def _fitted(self) -> Any:
        """The pipeline, fitted on random answers for its form and then given the rules' coefficients."""
        import pandas as pd
        from sklearn.compose import ColumnTransformer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        rng = np.random.default_rng(0)
        frame = pd.DataFrame({name: rng.random(SAMPLE) for name in self._weights})
        blocks = {"wish": [*LIKINGS, "words"], "fit": [*self._columns.demands]}
        blocks |= {"preferences": [*self._columns.poles], "practical": [*PRACTICAL]}
        scale = ColumnTransformer([(name, StandardScaler(), block) for name, block in blocks.items()])
        pipeline = make_pipeline(scale, LogisticRegression()).fit(frame, rng.integers(0, 2, SAMPLE))
        scalers = [scale.named_transformers_[name] for name in blocks]
        tell_rules(pipeline[-1], list(self._weights.values()), scalers)
        return pipeline


class _Texts:
    """One field of all places as TF-IDF of its words."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectoriser = TfidfVectorizer(dtype=np.float32)
        self._by_word = self._vectoriser.fit_transform(texts).T.tocsr()

    def similarity(self, wish: str) -> Floats:
        """Cosine of every place with the wish."""
        row = self._vectoriser.transform([wish]) @ self._by_word
        return np.asarray(row.toarray()[0], dtype=np.float64)


def best_of(pairs: Any, chance: Floats, is_open: Any, limit: int) -> Scored:
    """The best of the open pairs by log-odds, then readiness, then id."""
    score = np.log(chance / (1 - chance)).round(TIE_DIGITS)
    eligible = pairs[["id", "readiness"]].assign(score=score)[is_open]
    best = eligible.sort_values(["score", "readiness", "id"], ascending=[False, False, True]).head(limit)
    return list(zip(best["id"].tolist(), best["score"].tolist(), strict=True))


def tell_rules(regression: Any, coefficients: Sequence[float], scalers: Sequence[Any]) -> None:
    """Make the log-odds of a fitted regression the rules' score, whatever its scalers learned."""
    scales, means = (np.concatenate([getattr(one, name) for one in scalers]) for name in ("scale_", "mean_"))
    regression.coef_ = (coefficients * scales)[None, :]
    regression.intercept_ = np.array([coefficients @ means + _neutral_score()])


def _neutral_score() -> float:
    return (
        rules.WISH * rules.WISH_NEUTRAL
        + rules.FIT * rules.FIT_NEUTRAL
        + rules.PREFERENCES * rules.PREFERENCES_NEUTRAL
        + rules.PRACTICAL * rules.PRACTICAL_NEUTRAL
    )
