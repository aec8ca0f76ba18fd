"""A suggestion as the page shows it: words, bars and the exact sum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from aktema.employers.placement_forms import DEPENDS_ON_THE_PERSON
from aktema.employers.queries import PlacementCard
from aktema.matching import engine
from aktema.matching.easy_words import (
    easy_change,
    easy_gap,
    easy_label,
    easy_lift,
    easy_question,
    easy_reason,
)
from aktema.matching.engine.asking import Asked
from aktema.matching.engine.proposals import FIXED_GATES, Change
from aktema.matching.models import Verdict
from aktema.matching.rules import PartWeights
from aktema.matching.words import (
    GATES,
    NOT_AMONG,
    PARTS,
    Whose,
    asked_sentence,
    change_sentence,
    contribution_label,
    exact,
    find_question,
    lift_sentence,
    lower,
    question_sentence,
    reason_sentence,
)
from aktema.people.codes import Source
from aktema.people.profile import Profile
from aktema.vocabulary.queries import vocabulary

MOST_REASONS = 5
MOST_QUESTIONS = 3
SHORTFALLS = frozenset({engine.ReasonId.FEWER_HOURS, engine.ReasonId.FEWER_DAYS})
"""Speak against a place, although they lift its sum a little: less than was wished for is not nothing."""
UNKNOWN = frozenset({engine.ReasonId.WISH_UNKNOWN, engine.ReasonId.FIT_UNKNOWN, engine.ReasonId.FIT_UNSTATED})
"""Speak neither for nor against: they are there to be found out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One part of the score, 0..1; `text` says what it weighs, where that is shown."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GapLine:
    """A gap in words: what is needed, how large it is, and what closes it."""

    dimension: str
    demand: str
    capacity: str
    size: int
    offered: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    part: str
    label: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One suggestion of the list."""

    placement: PlacementCard
    rank: int
    bars: tuple[Bar, ...]
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    gaps: tuple[GapLine, ...]
    questions: tuple[str, ...]
    figures: tuple[Figure, ...]
    total: str
    is_new: bool
    needs_reason: bool
    verdict: Verdict | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A placement that was left out, with each gate that fell and what would lift it."""

    placement: PlacementCard
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """What would make a placement fit, and where it would stand then; no sentences where nothing small does."""

    sentences: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Easy:
    """A suggestion in easy-read: what is done there, what speaks for and against it, what helps and what to ask."""

    activities: tuple[tuple[str, str], ...]
    """Picture and words."""
    good: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where a placement stands for a person: on the list, left out, or not among those that are compared."""

    placement: PlacementCard
    label: str
    tone: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedLine:
    """A question worth asking, in easy words where there are some, and what its answer can do."""

    sentence: str
    easy: str
    worth: str


def whose_words(profile: Profile) -> Whose:
    """Who said what the reasons speak of."""
    return Whose(
        votes={key: said.source for key, said in profile.votes.items()},
        wish=profile.wish.source if profile.wish else Source.OWN,
    )


def cards(
    suggestions: Iterable[engine.Suggestion],
    placements: Mapping[int, PlacementCard],
    weights: PartWeights,
    verdicts: Mapping[int, Verdict],
    whose: Whose,
) -> list[Card]:
    """The suggestions whose placements are still there, in their order, with the weightiest reasons."""
    shown = [one for one in suggestions if one.place_id in placements]
    names = _Names()
    return [
        card(
            one, placements[one.place_id], weights, verdicts.get(one.place_id), whose, short=True, names=names
        )
        for one in shown
    ]


class _Names:
    """What parts and figures are called: put into words once, though many cards name them."""

    def __init__(self) -> None:
        self.parts = {part: str(label) for part, label in PARTS.items()}
        self._labels: dict[tuple[engine.Feature, int | None], str] = {}

    def figure(self, one: engine.Contribution) -> Figure:
        about = one.feature, one.key
        if about not in self._labels:
            self._labels[about] = contribution_label(one)
        return Figure(part=self.parts[one.part], label=self._labels[about], value=exact(one.value))


def card(
    suggestion: engine.Suggestion,
    placement: PlacementCard,
    weights: PartWeights,
    verdict: Verdict | None,
    whose: Whose,
    *,
    short: bool,
    names: _Names | None = None,
) -> Card:
    names = names or _Names()
    reasons = [one for one in suggestion.reasons if not _is_about_a_gap(one)][
        : MOST_REASONS if short else None
    ]
    return Card(
        placement=placement,
        rank=suggestion.rank,
        bars=_bars(suggestion.parts, None if short else weights, names),
        reasons_for=tuple(reason_sentence(one, whose) for one in reasons if _speaks_for(one)),
        reasons_against=tuple(reason_sentence(one, whose) for one in reasons if _speaks_against(one)),
        gaps=tuple(_gap_line(gap) for gap in suggestion.gaps),
        questions=(
            *(reason_sentence(one, whose) for one in reasons if one.message_id in UNKNOWN),
            *(question_sentence(one) for one in _askable(suggestion)[: MOST_QUESTIONS if short else None]),
        ),
        figures=tuple(names.figure(one) for one in suggestion.contributions),
        total=exact(suggestion.score),
        is_new=suggestion.exploratory,
        needs_reason=suggestion.needs_reason,
        verdict=verdict,
    )


def _speaks_against(reason: engine.Reason) -> bool:
    return reason.weight < 0 or reason.message_id in SHORTFALLS or reason.args.get("met") == 0


def _speaks_for(reason: engine.Reason) -> bool:
    return reason.message_id not in UNKNOWN and not _speaks_against(reason)


def _askable(suggestion: engine.Suggestion) -> list[engine.Question]:
    """The questions somebody can answer: no workplace knows what is near or new for this very person."""
    asked, preferences = engine.QuestionKind.PLACE_PREFERENCE, vocabulary().preferences
    return [
        one
        for one in suggestion.questions
        if one.kind is not asked or one.key is None or preferences[one.key].code not in DEPENDS_ON_THE_PERSON
    ]


def _is_about_a_gap(reason: engine.Reason) -> bool:
    """Gaps have lines of their own on the card."""
    ids = engine.ReasonId
    return reason.message_id in (ids.GAP, ids.GAP_WITH_ADAPTATION, ids.GAP_COULD_BE_ADAPTED)


def _bars(parts: engine.Parts, weights: PartWeights | None, names: _Names) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            label=label,
            value=getattr(parts, part),
            text=_("räknas till %(share)s %%", share=round(100 * getattr(weights, part))) if weights else "",
        )
        for part, label in names.parts.items()
    )


def _gap_line(gap: engine.Gap) -> GapLine:
    words = vocabulary()
    dimension = words.dimensions[gap.dimension]
    return GapLine(
        dimension=dimension.label(),
        demand=dimension.anchor(gap.demand).demand(),
        capacity=dimension.anchor(gap.capacity).capacity(),
        size=gap.size,
        offered=tuple(lower(words.adaptations[key].label()) for key in gap.offered),
        others=tuple(
            lower(words.adaptations[key].label()) for key in gap.adaptations if key not in gap.offered
        ),
    )


def left_out(excluded: Iterable[engine.Excluded], placements: Mapping[int, PlacementCard]) -> list[LeftOut]:
    return [
        LeftOut(
            placement=placements[one.place_id], sentences=tuple(lift_sentence(lift) for lift in one.lifts)
        )
        for one in excluded
        if one.place_id in placements
    ]


TOP = 10
"""How many places a coach looks at first."""


def way(
    explained: engine.Suggestion | engine.Excluded,
    changes: Sequence[Change] | None,
    rank: int | None,
    placement: PlacementCard,
) -> Way:
    """The proposal in words; `rank` is where the placement would stand once the changes are made."""
    offered = {one.id for one in placement.adaptations}
    if changes is None:
        return Way(sentences=(), outcome=_why_nothing_does(explained))
    return Way(
        sentences=tuple(change_sentence(change, offered) for change in changes),
        outcome=_("Då står platsen som nummer %(rank)s på listan.", rank=rank),
    )


def _why_nothing_does(explained: engine.Suggestion | engine.Excluded) -> str:
    if isinstance(explained, engine.Suggestion):
        return _("Ingen liten ändring lyfter platsen till de %(top)s första. Ni kan välja den ändå.", top=TOP)
    if any(lift.gate in FIXED_GATES for lift in explained.lifts):
        return _("Det här går inte att ändra från er sida. Fråga arbetsgivaren om platsen öppnar igen.")
    return _("Ingen liten ändring räcker. Läs ovanför vad som stoppar.")


def easy(
    explained: engine.Suggestion | engine.Excluded,
    changes: Iterable[Change] | None,
    placement: PlacementCard,
    whose: Whose,
) -> Easy:
    """The same in easy-read."""
    activities = tuple((one.picture, easy_label(one)) for one in placement.activities)
    proposed = tuple(easy_change(change) for change in changes or ())
    if isinstance(explained, engine.Excluded):
        harder = tuple(easy_lift(lift) for lift in explained.lifts)
        return Easy(activities=activities, harder=harder, changes=proposed)
    reasons = [one for one in explained.reasons if not _is_about_a_gap(one)]
    return Easy(
        activities=activities,
        good=tuple(easy_reason(one, whose) for one in reasons if _speaks_for(one)),
        harder=tuple(easy_reason(one, whose) for one in reasons if _speaks_against(one)),
        gaps=tuple(easy_gap(gap) for gap in explained.gaps),
        questions=(
            *(easy_reason(one, whose) for one in reasons if one.message_id in UNKNOWN),
            *(easy_question(one) for one in _askable(explained)[:MOST_QUESTIONS]),
        ),
        changes=proposed,
    )


def standing(placement: PlacementCard, rank: int | None, excluded: engine.Excluded | None) -> Standing:
    """Where the placement stands; with neither rank nor exclusion it is not among those compared."""
    if rank is not None:
        label = _("Nummer %(rank)s på listan", rank=rank)
        return Standing(placement=placement, label=label, tone="success", sentences=())
    if excluded is not None:
        lifts = tuple(lift_sentence(lift) for lift in excluded.lifts)
        label = str(GATES[excluded.lifts[0].gate])
        return Standing(placement=placement, label=label, tone="warning", sentences=lifts)
    not_among = (str(NOT_AMONG[placement.state]),)
    return Standing(placement=placement, label=_("Inte öppen"), tone="neutral", sentences=not_among)


def asked_line(asked: Asked) -> AskedLine:
    question, places = find_question(asked), round(asked.changed / 2)
    worth = ngettext(
        "Svaret kan byta ut ungefär %(num)s av de första platserna.",
        "Svaret kan byta ut ungefär %(num)s av de första platserna.",
        places,
    )
    return AskedLine(
        sentence=asked_sentence(asked),
        easy=easy_question(question) if question else "",
        worth=worth if places else _("Svaret kan ändra ordningen bland de första platserna."),
    )
