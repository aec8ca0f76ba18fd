"""One place for one person as a suggestion with its gaps, questions and reasons."""

from aktema.matching.engine.answers import Suggestion
from aktema.matching.engine.contributions import fit_of, parts_of, practical_of, preferences_of, wish_of
from aktema.matching.engine.questions import questions_for
from aktema.matching.engine.reasons import reasons_for, why_new
from aktema.matching.engine.sides import PersonSide, PlaceSide

# From this gap on, choosing the place needs a reason; it keeps its rank.
NEEDS_REASON = 3


def suggestion_for(
    person: PersonSide,
    place: PlaceSide,
    *,
    words: float,
    score: float,
    rank: int,
    exploratory: bool = False,
) -> Suggestion:
    """Return the place as a suggestion; `words`: how clearly the wish is in its text, 0..1."""
    wish, fit = wish_of(person, place, words), fit_of(person, place)
    preferences, practical = preferences_of(person, place), practical_of(person, place)
    reasons = reasons_for(person, place, wish, fit, preferences, practical)
    features = (*wish[:4], *fit[:2], preferences.value, *practical[:3])
    base_wish, base_fit, base_preferences, base_practical = person.bases
    gaps = tuple([gap for gap, _ in fit.missed])
    return Suggestion(
        place_id=place.place.id,
        rank=rank,
        score=score,
        parts=parts_of(features),
        contributions=(
            base_wish,
            *wish.contributions(),
            base_fit,
            *fit.contributions,
            base_preferences,
            *preferences.contributions(),
            base_practical,
            *practical.contributions(),
        ),
        gaps=gaps,
        questions=questions_for(person, place),
        reasons=(why_new(person, place), *reasons) if exploratory else reasons,
        exploratory=exploratory,
        needs_reason=bool(gaps) and gaps[0].size >= NEEDS_REASON,
        features=features,
    )
