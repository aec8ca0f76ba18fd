"""What is known of the participants: votes, ratings, preferences, needs, times and wishes, each with its day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from aktema.core.db import Base, db
from aktema.demo.days import Deck, moment, rng_for, workday
from aktema.demo.employers import Codes, codes
from aktema.demo.lives import Arc, Life
from aktema.people.codes import Source
from aktema.people.models import Availability, ConstraintMark, InterestVote, PreferenceVote, Rating, Wish
from aktema.people.rules import bits_of_days
from aktema.vocabulary.queries import vocabulary

LAST_LEVEL = 4
NEEDS: Mapping[str, float] = {
    "wheelchair_access": 0.07,
    "accessible_toilet": 0.09,
    "rest_room": 0.2,
    "personal_assistant_welcome": 0.05,
    "sign_support": 0.06,
    "no_food_allergens": 0.05,
    "no_fur_animals": 0.06,
    "no_pollen_dust": 0.07,
    "no_chemicals": 0.07,
    "no_machines": 0.1,
    "no_heights": 0.1,
    "no_lone_work": 0.35,
}
"""How common it is that each constraint must be met."""
NEED_NOTES: Mapping[str, tuple[str, ...]] = {
    "wheelchair_access": ("Elrullstol, 68 cm bred.", "Går korta bitar, rullstol resten."),
    "rest_room": ("En kvart efter lunch räcker.", "Behöver kunna stänga dörren.", "Vilar helst i mörkt rum."),
    "no_food_allergens": ("Nötter och mandel.", "Fisk och skaldjur, även ångor."),
    "no_fur_animals": ("Katt. Hund går bra utomhus.",),
    "no_pollen_dust": ("Björk i april och maj.", "Mjöldamm ger hosta."),
    "no_machines": ("Händerna skakar ibland.", "Gäller sågar och slipmaskiner."),
    "no_lone_work": ("Någon inom hörhåll hela tiden.", "Blir orolig när alla går på rast samtidigt."),
}
ANSWERED = 0.85
"""How much of what is asked gets an answer."""
OTHERS_SAY = 0.35
UNKNOWN = 0.07
SEEN_AGAIN = 0.25


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """Who said something about whom, and when."""

    life: Life
    source: Source
    on: date
    rng: Random

    def columns(self) -> dict[str, object]:
        return {
            "participant_id": self.life.participant.id,
            "source": self.source.value,
            "said_on": self.on,
            "account_id": self.life.writer.id,
            "created_at": moment(self.on, self.rng),
        }


def add_answers(lives: list[Life]) -> None:
    """The answers of everybody who has come far enough to be asked."""
    known = codes()
    notes = {code: Deck(texts, rng_for("need notes")) for code, texts in NEED_NOTES.items()}
    for life in lives:
        db.session.add_all(_answers(life, known, notes))
    db.session.flush()  # the suggestions read them


def _answers(life: Life, known: Codes, notes: Mapping[str, Deck[str]]) -> Iterator[Base]:
    rng = life.rng("answers")
    asked_on = _asked_on(life, rng)
    own = _Said(life=life, source=Source.OWN, on=asked_on, rng=rng)
    if life.arc is Arc.NEW:
        if rng.random() < OTHERS_SAY:
            yield from _own_votes(own, known, 6)
        return
    if life.wish is not None:
        wish = Wish(**own.columns())
        wish.words = life.wish.text
        yield wish
    yield from _own_votes(own, known, rng.randint(8, 22))
    yield from _others_votes(own, rng)
    yield from _ratings(life, rng, asked_on)
    yield from _preferences(own, rng)
    yield from _needs(own, known, notes)
    if rng.random() < ANSWERED:
        yield _times(own)


def _asked_on(life: Life, rng: Random) -> date:
    """Some weeks after the registration, never later than what was last written."""
    latest = (life.last_day - life.registered).days
    return workday(life.registered + timedelta(days=min(latest, rng.randint(3, 35))))


def _own_votes(own: _Said, known: Codes, count: int) -> Iterator[InterestVote]:
    """What the wish points to and away from, and what the person thought of other activities."""
    wish, rng = own.life.wish, own.rng
    votes: dict[int, int] = {}
    if wish is not None:
        votes |= {known.activities[code]: rng.choice((1, 2, 2)) for code in wish.liked}
        votes |= {known.activities[code]: rng.choice((-2, -2, -1)) for code in wish.disliked}
    liked_groups = {vocabulary().activities[key].group_id for key, vote in votes.items() if vote > 0}
    for key in rng.sample(list(vocabulary().activities), count):
        near = vocabulary().activities[key].group_id in liked_groups
        votes.setdefault(key, rng.choice((0, 1, 1, 2) if near else (-2, -1, -1, 0, 0, 1, 1, 2)))
    for key, vote in votes.items():
        yield InterestVote(activity_id=key, vote=vote, **own.columns())


def _others_votes(own: _Said, rng: Random) -> Iterator[InterestVote]:
    """What staff and relatives believe, where somebody has asked them."""
    for source in (Source.STAFF, Source.RELATIVE):
        if rng.random() < OTHERS_SAY:
            said = _Said(life=own.life, source=source, on=own.on, rng=rng)
            for key in rng.sample(list(vocabulary().activities), rng.randint(2, 6)):
                yield InterestVote(activity_id=key, vote=rng.choice((-1, 0, 1, 1, 2)), **said.columns())


def _ratings(life: Life, rng: Random, asked_on: date) -> Iterator[Rating]:
    """Levels that go together within a group of dimensions; some have been seen again later, at work."""
    for group in vocabulary().dimension_groups:
        usual = rng.choice((1, 2, 2, 3, 3, 4))
        for dimension in group.dimensions:
            if rng.random() > (ANSWERED if dimension.is_core else OTHERS_SAY):
                continue
            level = max(0, min(LAST_LEVEL, usual + rng.choice((-1, 0, 0, 0, 1))))
            said = _Said(
                life=life, source=rng.choice((Source.OWN, Source.STAFF, Source.STAFF)), on=asked_on, rng=rng
            )
            yield _rating(said, dimension.id, None if rng.random() < UNKNOWN else level)
            if life.first_day is not None and rng.random() < SEEN_AGAIN:
                on = workday(life.first_day + (life.last_day - life.first_day) // 2)
                seen = _Said(life=life, source=Source.OBSERVED, on=on, rng=rng)
                yield _rating(seen, dimension.id, min(LAST_LEVEL, level + rng.choice((0, 0, 1))))


def _rating(said: _Said, dimension_id: int, level: int | None) -> Rating:
    return Rating(
        dimension_id=dimension_id,
        level=level,
        with_aids=said.rng.random() < UNKNOWN,
        confidence=said.rng.choice((1, 2, 2, 3)),
        **said.columns(),
    )


def _preferences(own: _Said, rng: Random) -> Iterator[PreferenceVote]:
    for preference_id in vocabulary().preferences:
        if rng.random() < ANSWERED - OTHERS_SAY:
            vote = rng.choice((-2, -2, -1, -1, 0, 1, 1, 2, 2))
            yield PreferenceVote(preference_id=preference_id, vote=vote, **own.columns())


def _needs(own: _Said, known: Codes, notes: Mapping[str, Deck[str]]) -> Iterator[ConstraintMark]:
    for code, share in NEEDS.items():
        if own.rng.random() > ANSWERED:
            continue
        is_needed = own.life.uses_signs if code == "sign_support" else own.rng.random() < share
        mark = ConstraintMark(constraint_id=known.constraints[code], is_needed=is_needed, **own.columns())
        if is_needed and code in notes:
            mark.note = notes[code].draw()
        yield mark


def _times(own: _Said) -> Availability:
    """Hours and days that hold together: the days are long enough for the week."""
    rng = own.rng
    days = sorted(rng.sample(range(5), rng.choice((2, 3, 3, 4, 5, 5))))
    daily = rng.choice((120, 180, 180, 240, 240, 300, 360))
    start = rng.choice((480, 480, 510, 540, 540, 570, 600))
    return Availability(
        weekly_minutes=daily * len(days),
        daily_minutes=daily,
        weekdays=bits_of_days(days),
        earliest_start=start if rng.random() < ANSWERED else None,
        latest_end=start + daily + rng.choice((60, 120, 180)) if rng.random() < ANSWERED else None,
        travel_minutes=rng.choice((30, 45, 45, 60, 60, 75, 90)) if rng.random() < ANSWERED else None,
        **own.columns(),
    )
