"""Suggesting, weighing and deciding. What was shown is stored as it was shown: the ranker learns from it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import insert

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.ids import new_public_id
from aktema.matching import engine, features, rules
from aktema.matching.current import current_index
from aktema.matching.engine.feedback import propensity_at
from aktema.matching.gather import Known, engine_weights, known_of
from aktema.matching.models import MatchWeights, Suggestion, SuggestionRun, Verdict
from aktema.matching.permissions import DECIDE, WEIGH
from aktema.matching.queries import find_last_run_id, weights_for, weights_of_people
from aktema.matching.rules import PartWeights
from aktema.pathway.operations import GapToClose, open_introduction
from aktema.people.models import Participant


def suggest(
    identity: Identity,
    participant: Participant,
    *,
    limit: int,
    start: int = 0,
    known: Known | None = None,
    weights: PartWeights | None = None,
) -> engine.Answer:
    """The best placements for the person now, those from `start` to `limit` stored as shown."""
    known = known or known_of(participant.id)
    weights = weights or weights_for(participant.id)
    index = current_index()
    answer = index.suggest(known.person, limit=limit, weights=engine_weights(weights))
    shown = replace(answer, suggestions=answer.suggestions[start:])
    if shown.suggestions or not start:
        _store(identity, participant, shown, weights, index.ranker.version)
    return shown


def _store(
    identity: Identity, participant: Participant, answer: engine.Answer, weights: PartWeights, model: str
) -> None:
    run = SuggestionRun(
        public_id=new_public_id(),
        participant_id=participant.id,
        account_id=identity.account_id,
        model_version=model,
        considered=answer.considered,
        wish_weight=weights.wish,
        fit_weight=weights.fit,
        preferences_weight=weights.preferences,
        practical_weight=weights.practical,
    )
    db.session.add(run)
    db.session.flush()  # the suggestions need its id
    rows = [suggestion_row(run.id, suggestion) for suggestion in answer.suggestions]
    if rows:
        db.session.execute(insert(Suggestion), rows)


def suggestion_row(run_id: int, suggestion: engine.Suggestion) -> dict[str, object]:
    parts = suggestion.parts
    return {
        "run_id": run_id,
        "placement_id": suggestion.place_id,
        "rank": suggestion.rank,
        "score": suggestion.score,
        "wish": parts.wish,
        "fit": parts.fit,
        "preferences": parts.preferences,
        "practical": parts.practical,
        "is_exploratory": suggestion.exploratory,
        "propensity": propensity_at(suggestion.rank),
        "features": features.packed(suggestion.features) if suggestion.features else None,
    }


def explain(
    participant: Participant, placement_id: int, *, known: Known | None = None
) -> engine.Suggestion | engine.Excluded:
    """Why a placement stands where it stands for the person, or why it was left out. Nothing is stored."""
    weights = engine_weights(weights_for(participant.id))
    known = known or known_of(participant.id)
    return current_index().explain(known.person, placement_id, weights=weights)


def left_out(participant: Participant) -> Sequence[engine.Excluded]:
    """Every placement that was left out and why, those nearest to being possible first."""
    return current_index().excluded(known_of(participant.id).person, limit=None)


def people_for(placement_id: int, people: Sequence[Known]) -> engine.PeopleAnswer:
    """Which of these people the placement fits, each by what matters most for that person. Nothing is stored."""
    index = current_index()
    own = weights_of_people([known.person.id for known in people])
    groups: defaultdict[PartWeights, list[engine.Person]] = defaultdict(list)
    for known in people:
        groups[own.get(known.person.id, rules.USUAL)].append(known.person)
    answers = [
        index.people_for(placement_id, group, limit=None, weights=engine_weights(weights))
        for weights, group in groups.items()
    ]
    return _merged(answers)


def _merged(answers: Sequence[engine.PeopleAnswer]) -> engine.PeopleAnswer:
    """One order out of several, by score and then by id, with the ranks counted anew."""
    matches = [match for answer in answers for match in answer.matches]
    matches.sort(key=lambda match: (-match.suggestion.score, match.person_id))
    excluded: Counter[engine.Gate] = Counter()
    for answer in answers:
        excluded.update(answer.excluded)
    return engine.PeopleAnswer(
        matches=tuple(
            replace(match, suggestion=replace(match.suggestion, rank=rank))
            for rank, match in enumerate(matches, start=1)
        ),
        excluded=excluded,
        considered=sum(answer.considered for answer in answers),
    )


def move_weights(identity: Identity, participant: Participant, emphases: dict[str, str]) -> PartWeights:
    """Say what matters most for the person now; the earlier words stay as the log. Raises DomainError."""
    weights = rules.weights_of(emphases)
    if weights is None:
        raise DomainError(_("Något måste spela roll. Välj minst en del som ska räknas."))
    row = MatchWeights(
        participant_id=participant.id,
        account_id=identity.account_id,
        wish=weights.wish,
        fit=weights.fit,
        preferences=weights.preferences,
        practical=weights.practical,
    )
    db.session.add(row)
    db.session.flush()  # the audit row needs its id
    detail = " ".join(f"{part}={emphases.get(part, 'usual')}" for part in rules.PARTS)
    audit.record_write(
        WEIGH, participant_id=participant.id, object_kind="match_weights", object_id=row.id, detail=detail
    )
    return weights


def give_verdict(
    identity: Identity,
    participant: Participant,
    *,
    placement_id: int,
    placement_title: str,
    answer: str,
    reason: str,
    words: str,
) -> Verdict:
    """Store what was decided and why; accepting opens an introduction. Raises DomainError by field."""
    explained = explain(participant, placement_id)
    gaps = explained.gaps if isinstance(explained, engine.Suggestion) else ()
    _check(explained, answer, reason, words)
    verdict = Verdict(
        run_id=find_last_run_id(participant.id),
        participant_id=participant.id,
        placement_id=placement_id,
        account_id=identity.account_id,
        answer=answer,
        reason=reason,
    )
    verdict.words = words
    db.session.add(verdict)
    db.session.flush()  # the audit row needs its id
    audit.record_write(
        DECIDE,
        participant_id=participant.id,
        object_kind="verdict",
        object_id=verdict.id,
        detail=f"{answer} {reason}",
    )
    if answer == rules.ACCEPT:
        open_introduction(
            identity,
            participant,
            placement_id=placement_id,
            placement_title=placement_title,
            gaps=gaps_to_close(gaps),
        )
    return verdict


def _check(explained: engine.Suggestion | engine.Excluded, answer: str, reason: str, words: str) -> None:
    if not rules.reason_belongs(answer, reason):
        raise DomainError(_("Välj ett skäl som hör till svaret."), "reason")
    is_suggestion = isinstance(explained, engine.Suggestion)
    if answer == rules.ACCEPT and not is_suggestion and not _is_only_declined(explained):
        raise DomainError(_("Platsen går inte att välja nu. Läs varför längre upp på sidan."), "answer")
    has_large_gap = isinstance(explained, engine.Suggestion) and explained.needs_reason
    if rules.needs_words(answer, reason, has_large_gap=has_large_gap) and not words:
        raise DomainError(_("Skriv varför med egna ord."), "words")


def _is_only_declined(explained: engine.Suggestion | engine.Excluded) -> bool:
    """A no can be changed into a yes; every other gate stands."""
    return isinstance(explained, engine.Excluded) and {lift.gate for lift in explained.lifts} == {
        engine.Gate.DECLINED
    }


def gaps_to_close(gaps: Sequence[engine.Gap]) -> list[GapToClose]:
    """Each gap with the adaptation to try first: one the place offers, else one to ask for."""
    return [
        GapToClose(
            dimension_id=gap.dimension,
            size=gap.size,
            adaptation_id=gap.adaptations[0] if gap.adaptations else None,
        )
        for gap in gaps
    ]
