"""From shares of the score and gaps to reasons: message ids with arguments, the weightiest first."""

from collections.abc import Sequence

from aktema.matching.engine.answers import Gap, Reason, ReasonId
from aktema.matching.engine.contributions import (
    FIT,
    GROUP,
    HOURS,
    KIND,
    OWN,
    PREFERENCES,
    TRAVEL,
    WORDS,
    Meeting,
    Share,
)
from aktema.matching.engine.types import Person, Place

# Number of the feature -> message when it speaks for the place, message when against, name of its key.
_SIGNED = {
    OWN: (ReasonId.ACTIVITY_LIKED, ReasonId.ACTIVITY_DISLIKED, "activity"),
    GROUP: (ReasonId.GROUP_LIKED, ReasonId.GROUP_DISLIKED, "group"),
    KIND: (ReasonId.KIND_LIKED, ReasonId.KIND_DISLIKED, None),
    WORDS: (ReasonId.WORDS_MATCH, ReasonId.WORDS_MATCH, None),
    PREFERENCES: (ReasonId.PREFERENCE_AGREES, ReasonId.PREFERENCE_DIFFERS, "preference"),
}


def reasons_for(meeting: Meeting, shares: Sequence[Share], gaps: Sequence[Gap]) -> tuple[Reason, ...]:
    found = _fit(meeting.place, shares, gaps)
    for share in shares:
        if share[0] in _SIGNED:
            if share[2]:
                found.append(_signed(meeting.person, *share))
        elif share[0] != FIT:
            found.append(_practical(meeting, share[0], share[2]))
    if not any(share[0] <= WORDS for share in shares):
        found.append(Reason(message_id=ReasonId.WISH_UNKNOWN))
    found.sort(key=_importance)
    return tuple(found)


def new_reason(place: Place, new_group: int | None, *, few_trials: int) -> Reason:
    """Say why a place stands in the list as something new."""
    if new_group is not None:
        return Reason(message_id=ReasonId.NEW_GROUP, args={"group": new_group})
    if place.earlier_trials <= few_trials:
        return Reason(message_id=ReasonId.NEW_FEW_TRIALS, args={"trials": place.earlier_trials})
    return Reason(message_id=ReasonId.NEW)


def _importance(reason: Reason) -> float:
    """The weightiest first; those of one weight stay in the order of the features and their keys."""
    return -round(abs(reason.weight), 12)


def _signed(person: Person, number: int, key: int | None, weight: float) -> Reason:
    speaks_for, speaks_against, name = _SIGNED[number]
    args = {} if name is None or key is None else {name: key}
    if number == PREFERENCES and key is not None:
        args["pole"] = person.preferences[key]
    return Reason(message_id=speaks_for if weight > 0 else speaks_against, args=args, weight=weight)


def _fit(place: Place, shares: Sequence[Share], gaps: Sequence[Gap]) -> list[Reason]:
    values = {key: weight for number, key, weight in shares if number == FIT}
    demands = sum([1 for demand in place.demands.values() if demand])
    missed = {gap.dimension: values[gap.dimension] for gap in gaps}
    met = sum([weight for key, weight in values.items() if key not in missed])
    summary = _summary(demands, len(values), len(values) - len(gaps), met)
    return [summary, *[_gap(gap, missed[gap.dimension]) for gap in gaps]]


def _summary(demands: int, known: int, met: int, weight: float) -> Reason:
    """Say in one reason how many of the stated demands the person meets."""
    if not demands:
        return Reason(message_id=ReasonId.FIT_UNSTATED)
    if not known:
        return Reason(message_id=ReasonId.FIT_UNKNOWN, args={"demands": demands})
    if met < known:
        return Reason(
            message_id=ReasonId.MEETS_SOME,
            args={"met": met, "known": known, "demands": demands},
            weight=weight,
        )
    if known < demands:
        args = {"known": known, "demands": demands}
        return Reason(message_id=ReasonId.NO_KNOWN_GAP, args=args, weight=weight)
    return Reason(message_id=ReasonId.NO_GAP, args={"demands": demands}, weight=weight)


def _gap(gap: Gap, weight: float) -> Reason:
    args = {"dimension": gap.dimension, "size": gap.size}
    if not gap.adaptations:
        return Reason(message_id=ReasonId.GAP, args=args, weight=weight)
    offered = bool(gap.offered)
    message_id = ReasonId.GAP_WITH_ADAPTATION if offered else ReasonId.GAP_COULD_BE_ADAPTED
    return Reason(message_id=message_id, args={**args, "adaptation": gap.adaptations[0]}, weight=weight)


def _practical(meeting: Meeting, number: int, weight: float) -> Reason:
    person, place, facts, at = meeting.person, meeting.place, meeting.facts, meeting.at
    if number == TRAVEL:
        message_id = ReasonId.NEAR if facts.travel_term[at["spot"]] >= 0 else ReasonId.FAR
        return Reason(message_id=message_id, args={"minutes": int(facts.travel[at["spot"]])}, weight=weight)
    if number == HOURS:
        return _hours(person.weekly_minutes or 0, place.max_minutes_per_week or 0, weight)
    common = int(facts.common_days[at["days"]])
    message_id = ReasonId.FEWER_DAYS if common < len(person.weekdays or ()) else ReasonId.DAYS_FIT
    return Reason(message_id=message_id, args={"days": common}, weight=weight)


def _hours(wanted: int, most: int, weight: float) -> Reason:
    if most >= wanted:
        return Reason(message_id=ReasonId.HOURS_FIT, args={"minutes": wanted}, weight=weight)
    return Reason(message_id=ReasonId.FEWER_HOURS, args={"minutes": most}, weight=weight)
