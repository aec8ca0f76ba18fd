"""From shares of the score and gaps to reasons: message ids with arguments, the weightiest first."""

from operator import sub

from aktema.matching.engine.answers import Gap, Reason, ReasonId, new_reason
from aktema.matching.engine.contributions import Fit, Practical, Preferences, Wish
from aktema.matching.engine.sides import GROUP, HOURS, KIND, OWN, TRAVEL, WORDS, PersonSide, PlaceSide

# Weights are compared to so many decimals, so that equal ones reckoned in another way still are a tie.
DECIMALS = 12
CLOSE = 2 * 10.0**-DECIMALS
# Number of the feature -> message when it speaks for the place, message when against, name of its key.
_SIGNED = {
    OWN: (ReasonId.ACTIVITY_LIKED, ReasonId.ACTIVITY_DISLIKED, "activity"),
    GROUP: (ReasonId.GROUP_LIKED, ReasonId.GROUP_DISLIKED, "group"),
    KIND: (ReasonId.KIND_LIKED, ReasonId.KIND_DISLIKED, None),
    WORDS: (ReasonId.WORDS_MATCH, ReasonId.WORDS_MATCH, None),
}
_AGREES, _DIFFERS = ReasonId.PREFERENCE_AGREES, ReasonId.PREFERENCE_DIFFERS
_NEAR, _FAR = ReasonId.NEAR, ReasonId.FAR
_HOURS_FIT, _FEWER_HOURS = ReasonId.HOURS_FIT, ReasonId.FEWER_HOURS
_DAYS_FIT, _FEWER_DAYS = ReasonId.DAYS_FIT, ReasonId.FEWER_DAYS
_WISH_UNKNOWN = Reason(message_id=ReasonId.WISH_UNKNOWN)


def reasons_for(
    person: PersonSide,
    place: PlaceSide,
    wish: Wish,
    fit: Fit,
    preferences: Preferences,
    practical: Practical,
) -> tuple[Reason, ...]:
    args = person.pole_args
    found = [_summary(len(place.demands), fit), *[_gap(gap, weight) for gap, weight in fit.missed]]
    found += [_wish(number, key, weight) for number, key, weight in wish.shares if weight]
    found += [
        new_reason(_AGREES if share > 0 else _DIFFERS, args[key], share)
        for key, share in preferences.shares
        if share
    ]
    found += [_practical(person, place, number, weight) for number, weight in practical.shares]
    if not wish.shares:
        found.append(_WISH_UNKNOWN)
    return _in_order(found)


def why_new(person: PersonSide, place: PlaceSide) -> Reason:
    """Say why a place stands in the list as something new."""
    is_new, trials = person.leanings.is_new, place.place.earlier_trials
    groups = [group for _, position, group in place.activities if is_new[position]]
    if groups:
        return Reason(message_id=ReasonId.NEW_GROUP, args={"group": min(groups)})
    if trials <= person.few_trials:
        return Reason(message_id=ReasonId.NEW_FEW_TRIALS, args={"trials": trials})
    return Reason(message_id=ReasonId.NEW)


def _in_order(reasons: list[Reason]) -> tuple[Reason, ...]:
    """The weightiest first; those of one weight stay in the order of the features and their keys."""
    weights = [abs(reason.weight) for reason in reasons]
    # Rounding takes as long as all the rest, and only close weights can change places by it.
    if _has_close(weights):
        weights = [round(weight, DECIMALS) for weight in weights]
    order = sorted(range(len(weights)), key=weights.__getitem__, reverse=True)
    return tuple([reasons[at] for at in order])


def _has_close(weights: list[float]) -> bool:
    """Say whether two weights differ, but may be equal when rounded."""
    ascending = sorted(set(weights))
    return min(map(sub, ascending[1:], ascending), default=1.0) < CLOSE


def _wish(number: int, key: int | None, weight: float) -> Reason:
    speaks_for, speaks_against, name = _SIGNED[number]
    args = {} if name is None or key is None else {name: key}
    return new_reason(speaks_for if weight > 0 else speaks_against, args, weight)


def _summary(demands: int, fit: Fit) -> Reason:
    """Say in one reason how many of the stated demands the person meets."""
    met, known, weight = len(fit.met), len(fit.contributions), sum(fit.met)
    if not demands:
        return Reason(message_id=ReasonId.FIT_UNSTATED)
    if not known:
        return Reason(message_id=ReasonId.FIT_UNKNOWN, args={"demands": demands})
    if met < known:
        return new_reason(ReasonId.MEETS_SOME, {"met": met, "known": known, "demands": demands}, weight)
    if known < demands:
        return new_reason(ReasonId.NO_KNOWN_GAP, {"known": known, "demands": demands}, weight)
    return new_reason(ReasonId.NO_GAP, {"demands": demands}, weight)


def _gap(gap: Gap, weight: float) -> Reason:
    args = {"dimension": gap.dimension, "size": gap.size}
    if not gap.adaptations:
        return new_reason(ReasonId.GAP, args, weight)
    message_id = ReasonId.GAP_WITH_ADAPTATION if gap.offered else ReasonId.GAP_COULD_BE_ADAPTED
    return new_reason(message_id, {**args, "adaptation": gap.adaptations[0]}, weight)


def _practical(person: PersonSide, place: PlaceSide, number: int, weight: float) -> Reason:
    facts, at = person.facts, place.at
    if number == TRAVEL:
        message_id = _NEAR if facts.travel_term.item(at["spot"]) >= 0 else _FAR
        return new_reason(message_id, {"minutes": int(facts.travel.item(at["spot"]))}, weight)
    if number == HOURS:
        return _hours(person.person.weekly_minutes or 0, place.place.max_minutes_per_week or 0, weight)
    common = int(facts.common_days.item(at["days"]))
    message_id = _FEWER_DAYS if common < len(person.person.weekdays or ()) else _DAYS_FIT
    return new_reason(message_id, {"days": common}, weight)


def _hours(wanted: int, most: int, weight: float) -> Reason:
    if most >= wanted:
        return new_reason(_HOURS_FIT, {"minutes": wanted}, weight)
    return new_reason(_FEWER_HOURS, {"minutes": most}, weight)
