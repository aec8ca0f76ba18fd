"""The lists of suggestions that were shown, as the engine gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sqlalchemy import insert

from aktema.core.db import db
from aktema.core.ids import new_public_id
from aktema.demo.days import moment, workday
from aktema.demo.lives import Arc, Life
from aktema.employers.models import Placement
from aktema.matching import engine, rules
from aktema.matching.current import current_index
from aktema.matching.engine.rankers import RULES_VERSION
from aktema.matching.gather import all_known_of, engine_weights
from aktema.matching.models import MatchWeights, Suggestion, SuggestionRun
from aktema.matching.operations import suggestion_row

SHOWN = 10
NEVER_SHOWN: Mapping[Arc, float] = {Arc.NEW: 1.0, Arc.EXPLORING: 0.6, Arc.SEARCHING: 0.12}
"""How many of each arc nobody has looked at suggestions with."""
WEIGHED_SHARE, STALE_SHARE, LOOKED_AGAIN_SHARE = 0.12, 0.15, 0.7
EMPHASES: Sequence[Mapping[str, str]] = (
    {"wish": "much"},
    {"practical": "much"},
    {"fit": "much", "preferences": "little"},
    {"preferences": "much"},
)
BEFORE_DECISION = 0.6
"""How much of the time before an employer, or before today, has passed when a list leads somewhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What the engine suggests for a person, and the last list that was shown, if any was."""

    life: Life
    answer: engine.Answer
    placements: Sequence[Placement]
    run: SuggestionRun | None
    on: date


def show_suggestions(lives: Sequence[Life], placements: Sequence[Placement], today: date) -> list[Shown]:
    """Store the lists that coaches looked at with people, the last of them on the day it may have led on."""
    by_id = {placement.id: placement for placement in placements}
    people = [known.person for known in all_known_of([life.participant.id for life in lives])]
    return [_shown(life, person, by_id, today) for life, person in zip(lives, people, strict=True)]


def _shown(life: Life, person: engine.Person, by_id: Mapping[int, Placement], today: date) -> Shown:
    rng = life.rng("suggestions")
    weights = _weights(life, rng)
    answer = current_index().suggest(person, limit=SHOWN, weights=engine_weights(weights))
    days = [] if rng.random() < NEVER_SHOWN.get(life.arc, 0.0) else _days(life, rng, today)
    runs = [_run(life, answer, weights, day, rng) for day in days]
    if days and days[-1] < life.last_day and not life.is_silent and rng.random() < LOOKED_AGAIN_SHARE:
        _run(life, answer, weights, life.last_day, rng)
    return Shown(
        life=life,
        answer=answer,
        placements=[by_id[one.place_id] for one in answer.suggestions],
        run=runs[-1] if runs else None,
        on=days[-1] if days else life.last_day,
    )


def _weights(life: Life, rng: Random) -> rules.PartWeights:
    """What matters most, moved by the coach for some."""
    weights = rules.weights_of(rng.choice(EMPHASES)) if rng.random() < WEIGHED_SHARE else None
    if weights is None:
        return rules.USUAL
    db.session.add(
        MatchWeights(
            participant_id=life.participant.id,
            account_id=life.writer.id,
            at=moment(life.registered + timedelta(days=1), rng),
            wish=weights.wish,
            fit=weights.fit,
            preferences=weights.preferences,
            practical=weights.practical,
        )
    )
    return weights


def _days(life: Life, rng: Random, today: date) -> list[date]:
    """One to three days in order. The last one is recent for those who search, but for some."""
    if life.arc in (Arc.EXPLORING, Arc.SEARCHING):
        is_stale = life.is_silent or rng.random() < STALE_SHARE
        last = min(life.last_day, today - timedelta(days=61)) if is_stale else life.last_day
    else:
        last = life.registered + timedelta(
            days=int((life.end_of_search - life.registered).days * BEFORE_DECISION)
        )
    last = workday(max(last, life.registered))
    earlier = {workday(last - timedelta(days=rng.randint(14, 80))) for _ in range(rng.randint(0, 2))}
    return [*sorted(day for day in earlier if life.registered < day < last), last]


def _run(
    life: Life, answer: engine.Answer, weights: rules.PartWeights, on: date, rng: Random
) -> SuggestionRun:
    run = SuggestionRun(
        public_id=new_public_id(),
        participant_id=life.participant.id,
        account_id=life.writer.id,
        at=moment(on, rng),
        model_version=RULES_VERSION,
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
    return run
