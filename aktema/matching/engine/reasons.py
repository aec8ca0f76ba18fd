"""From contributions and gaps to reasons: message ids with arguments, the weightiest first."""

from collections.abc import Iterable, Sequence

from aktema.matching.engine.answers import Contribution, Feature, Gap, Part, Reason, ReasonId
from aktema.matching.engine.contributions import Meeting
from aktema.matching.engine.types import Person, Place

# Feature -> message when it speaks for the place, message when against, name of its key among the arguments.
_SIGNED = {
    Feature.ACTIVITY: (ReasonId.ACTIVITY_LIKED, ReasonId.ACTIVITY_DISLIKED, "activity"),
    Feature.GROUP: (ReasonId.GROUP_LIKED, ReasonId.GROUP_DISLIKED, "group"),
    Feature.KIND: (ReasonId.KIND_LIKED, ReasonId.KIND_DISLIKED, None),
    Feature.WORDS: (ReasonId.WORDS_MATCH, ReasonId.WORDS_MATCH, None),
    Feature.PREFERENCE: (ReasonId.PREFERENCE_AGREES, ReasonId.PREFERENCE_DIFFERS, "preference"),
}


def reasons_for(
    meeting: Meeting, contributions: Sequence[Contribution], gaps: Sequence[Gap]
) -> tuple[Reason, ...]:
    found = [
        *_signed(meeting.person, contributions),
        *_fit(meeting.place, contributions, gaps),
        *_practical(meeting, contributions),
    ]
    if not any(one.part is Part.WISH and one.feature is not Feature.BASE for one in contributions):
        found.append(Reason(message_id=ReasonId.WISH_UNKNOWN))
    return tuple(sorted(found, key=_importance))


def new_reason(place: Place, new_group: int | None, *, few_trials: int) -> Reason:
    """Say why a place stands in the list as something new."""
    if new_group is not None:
        return Reason(message_id=ReasonId.NEW_GROUP, args={"group": new_group})
    if place.earlier_trials <= few_trials:
        return Reason(message_id=ReasonId.NEW_FEW_TRIALS, args={"trials": place.earlier_trials})
    return Reason(message_id=ReasonId.NEW)


def _importance(reason: Reason) -> tuple[float, str, tuple[int, ...]]:
    return -round(abs(reason.weight), 12), reason.message_id, tuple(reason.args.values())


def _signed(person: Person, contributions: Iterable[Contribution]) -> Iterable[Reason]:
    for one in contributions:
        if one.feature in _SIGNED and one.value:
            speaks_for, speaks_against, name = _SIGNED[one.feature]
            args = {} if name is None or one.key is None else {name: one.key}
            if one.feature is Feature.PREFERENCE and one.key is not None:
                args["pole"] = person.preferences[one.key]
            message_id = speaks_for if one.value > 0 else speaks_against
            yield Reason(message_id=message_id, args=args, weight=one.value)


def _fit(place: Place, contributions: Sequence[Contribution], gaps: Sequence[Gap]) -> Iterable[Reason]:
    values = {one.key: one.value for one in contributions if one.feature is Feature.DIMENSION}
    demands = sum(demand >= 1 for demand in place.demands.values())
    short = {gap.dimension for gap in gaps}
    met = [value for key, value in values.items() if key not in short]
    yield _summary(demands, len(values), len(met), sum(met))
    for gap in gaps:
        yield _gap(gap, values[gap.dimension])


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


def _practical(meeting: Meeting, contributions: Iterable[Contribution]) -> Iterable[Reason]:
    person, place, facts, at = meeting.person, meeting.place, meeting.facts, meeting.at
    for one in contributions:
        if one.feature is Feature.TRAVEL:
            message_id = ReasonId.NEAR if facts.travel_term[at["spot"]] >= 0 else ReasonId.FAR
            args = {"minutes": int(facts.travel[at["spot"]])}
            yield Reason(message_id=message_id, args=args, weight=one.value)
        elif one.feature is Feature.HOURS:
            yield _hours(person.weekly_minutes or 0, place.max_minutes_per_week or 0, one.value)
        elif one.feature is Feature.DAYS:
            common = int(facts.common_days[at["days"]])
            message_id = ReasonId.FEWER_DAYS if common < len(person.weekdays or ()) else ReasonId.DAYS_FIT
            yield Reason(message_id=message_id, args={"days": common}, weight=one.value)


def _hours(wanted: int, most: int, weight: float) -> Reason:
    if most >= wanted:
        return Reason(message_id=ReasonId.HOURS_FIT, args={"minutes": wanted}, weight=weight)
    return Reason(message_id=ReasonId.FEWER_HOURS, args={"minutes": most}, weight=weight)
