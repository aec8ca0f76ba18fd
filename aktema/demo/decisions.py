"""What was decided about suggestions, and what people answered when they were asked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from aktema.core.db import db
from aktema.demo import content
from aktema.demo.days import moment, next_workday, rng_for, workday
from aktema.demo.lives import Arc
from aktema.demo.suggestions import Shown
from aktema.employers.models import Placement
from aktema.matching import engine, rules
from aktema.matching.models import Verdict
from aktema.matching.operations import gaps_to_close
from aktema.pathway.codes import Answer, Channel
from aktema.pathway.models import Introduction, IntroductionGap
from aktema.people.codes import Communication
from aktema.vocabulary.queries import activity_groups, vocabulary

OUTCOMES: Mapping[str, int] = {"looked": 20, "asked": 22, "later": 30, "no": 18, "passed_over": 10}
"""What came of the suggestions for those still searching, in per cent."""
PASSED_OVER_SHARE = 0.5
ACCEPTED = ("person_wants", "person_wants", "fits_well", "worth_trying", "near_home")
WITHOUT_WORDS = {
    rules.NOT_NOW: ("needs_time", "other_place_first", "waiting_for_answer"),
    rules.NO: ("wrong_tasks", "wrong_times", "too_hard", "wrong_place"),
}
CHANNELS: Mapping[str, Channel] = {
    Communication.PICTURES: Channel.PICTURES,
    Communication.SIGNS: Channel.SIGNS,
    Communication.WRITING: Channel.WRITING,
    Communication.OTHER: Channel.INTERPRETED,
}
DAYS_TO_ANSWER = (1, 8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """What a person may work with, what was chosen, and the question that was asked about it."""

    placements: Sequence[Placement]
    chosen: Placement | None = None
    introduction: Introduction | None = None


class Desk:
    """What is handed out once: people's own words, and the places at placements."""

    def __init__(self) -> None:
        self._words = list(content.reasons())
        rng_for("own words").shuffle(self._words)
        self._taken: Counter[int] = Counter()

    def words(self, verdict: str, placement: Placement) -> content.VerdictReason | None:
        """Words that can be about the placement, or None when none are left."""
        groups = _groups(placement)
        fitting = (
            one
            for one in self._words
            if one.verdict == verdict and (not one.groups or groups & set(one.groups))
        )
        found = next(fitting, None)
        if found is not None:
            self._words.remove(found)
        return found

    def take(self, shown: Shown) -> int | None:
        """The rank (0 is the best) of the first suggestion with a place left, which is taken; None without any."""
        for rank, placement in enumerate(shown.placements):
            if self._taken[placement.id] < placement.places:
                self._taken[placement.id] += 1
                return rank
        return None


def _groups(placement: Placement) -> set[str]:
    names = {group.id: group.code for group in activity_groups()}
    known = vocabulary().activities
    return {names[known[row.activity_id].group_id] for row in placement.activities}


def decide(shown: Sequence[Shown], today: date) -> list[Search]:
    """The verdicts and questions of everybody, in the order of the lists."""
    desk = Desk()
    found = [_search(one, desk, today) for one in shown]
    db.session.flush()  # the steps name what was asked
    return found


def _search(shown: Shown, desk: Desk, today: date) -> Search:
    rng = shown.life.rng("decisions")
    outcome = _outcome(shown, rng)
    rank = desk.take(shown) if outcome in ("yes", "asked", "later", "no") else None
    if outcome == "passed_over" or (outcome != "looked" and rng.random() < PASSED_OVER_SHARE):
        _pass_over(shown, desk, rng, rank)
    if rank is None:
        return Search(placements=shown.placements)
    suggestion, placement = shown.answer.suggestions[rank], shown.placements[rank]
    _verdict(shown, placement, rules.ACCEPT, rng.choice(ACCEPTED), "", rng)
    introduction = new_introduction(shown, placement, suggestion)
    if outcome != "asked":
        _answer(introduction, shown, placement, Answer(outcome), desk, rng, today)
    db.session.add(introduction)
    return Search(
        placements=shown.placements,
        chosen=placement if outcome == "yes" else None,
        introduction=introduction,
    )


def _outcome(shown: Shown, rng: Random) -> str:
    if shown.run is None or shown.life.arc is Arc.EXPLORING or shown.life.is_silent:
        return "looked"
    if shown.life.arc is Arc.SEARCHING:
        return rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
    return "yes"


def _pass_over(shown: Shown, desk: Desk, rng: Random, but: int | None) -> None:
    """One or two other suggestions that the person did not want."""
    others = [placement for rank, placement in enumerate(shown.placements) if rank != but]
    for placement in rng.sample(others, min(len(others), rng.randint(1, 2))):
        answer = rng.choice((rules.NOT_NOW, rules.NO, rules.NO))
        words = desk.words(answer, placement) if rng.random() < PASSED_OVER_SHARE else None
        reason = words.reason if words else rng.choice(WITHOUT_WORDS[answer])
        _verdict(shown, placement, answer, reason, words.text if words else "", rng)


def _verdict(shown: Shown, placement: Placement, answer: str, reason: str, words: str, rng: Random) -> None:
    verdict = Verdict(
        run_id=shown.run.id if shown.run else None,
        participant_id=shown.life.participant.id,
        placement_id=placement.id,
        account_id=shown.life.writer.id,
        at=moment(shown.on, rng),
        answer=answer,
        reason=reason,
    )
    verdict.words = words
    db.session.add(verdict)


def new_introduction(
    shown: Shown, placement: Placement, suggestion: engine.Suggestion | None
) -> Introduction:
    """The question whether the person wants to try the placement, with the gaps that the suggestion showed."""
    introduction = Introduction(
        participant_id=shown.life.participant.id,
        placement_id=placement.id,
        account_id=shown.life.writer.id,
        asked_on=shown.on,
        created_at=moment(shown.on, shown.life.rng("introduction")),
    )
    introduction.gaps = [
        IntroductionGap(dimension_id=gap.dimension_id, size=gap.size, adaptation_id=gap.adaptation_id)
        for gap in (gaps_to_close(suggestion.gaps) if suggestion else ())
    ]
    return introduction


def _answer(
    introduction: Introduction,
    shown: Shown,
    placement: Placement,
    answer: Answer,
    desk: Desk,
    rng: Random,
    today: date,
) -> None:
    """What the person said, some days after the question; never later than yesterday."""
    asked_on = introduction.asked_on
    answered_on = next_workday(asked_on + timedelta(days=rng.randint(*DAYS_TO_ANSWER)))
    introduction.answer = answer.value
    introduction.answered_on = max(asked_on, min(answered_on, workday(today - timedelta(days=1))))
    introduction.answer_channel = CHANNELS.get(shown.life.participant.communication, Channel.SPEECH).value
    if answer is Answer.LATER:
        introduction.ask_again_on = next_workday(
            introduction.answered_on + timedelta(days=rng.randint(5, 60))
        )
    if answer is Answer.NO:
        introduction.closed_on, introduction.closed_reason = introduction.answered_on, "person_said_no"
    if answer is not Answer.YES:
        words = desk.words(rules.NO if answer is Answer.NO else rules.NOT_NOW, placement)
        introduction.words = words.text if words else None
