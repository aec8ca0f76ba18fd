"""The step log: what happened to each person, what comes next, and what was corrected afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from aktema.core.db import db
from aktema.demo import content
from aktema.demo.content import StepLine
from aktema.demo.days import moment, next_workday, rng_for, spread, workday
from aktema.demo.decisions import Search
from aktema.demo.lives import PLANS, Arc, Life
from aktema.employers.models import Placement
from aktema.pathway.codes import Answer
from aktema.pathway.models import Introduction
from aktema.pathway.rules.introduction import DAYS_TO_ANSWER
from aktema.steps.codes import ContactType, Phase, StepPlace
from aktema.steps.models import NextStep, Step

CORRECTED = 0.015
MILESTONE_SHARE = 0.7
"""How many of the days that are told of by their number are written about, beside the first."""
ENDINGS = 2
UNANSWERED = "utan svar"
ANSWERED: Mapping[Answer, str] = {
    Answer.YES: "Du sa ja till {title}.",
    Answer.LATER: "Du vill vänta med {title}.",
    Answer.NO: "Du sa nej till {title}.",
}
WHEN_NEXT: Mapping[str, int] = {"overdue": 20, "today": 14, "ahead": 50, "nothing": 16}
"""When the next step of those on their way is due, in per cent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that happened, and what was to come next."""

    on: date
    phase: str
    contact_type: str
    place: str
    minutes: int
    line: str
    own_line: str = ""
    next_line: str = ""
    next_in_days: int = 0
    placement_id: int | None = None


class Notes:
    """The step notes of each phase, handed out so that the same one comes back late and in other company."""

    def __init__(self) -> None:
        self._rng = rng_for("notes")
        self._waiting: dict[str, list[StepLine]] = {phase.value: [] for phase in Phase}
        for line in content.step_lines():
            self._waiting[line.phase].append(line)
        self._openings = {phase: lines[0] for phase, lines in self._waiting.items()}

    def draw(self, phase: Phase, count: int, life: Life) -> list[StepLine]:
        """So many notes of the phase that can be about the person, one about its beginning first."""
        lines = self._waiting[phase]
        fitting = [line for line in lines if line.at_day is None and _can_be_about(line, life)]
        longest_waiting = fitting[: max(count, len(fitting) // 2)]
        drawn = self._rng.sample(longest_waiting, min(count, len(longest_waiting)))
        self._waiting[phase] = [line for line in lines if line not in drawn] + drawn
        return sorted(drawn, key=lambda line: line != self._openings[phase])


def _can_be_about(line: StepLine, life: Life) -> bool:
    return {
        "": True,
        "signs": life.uses_signs,
        "guardian": life.has_guardian,
        "ending": False,
    }[line.only_for]


def write_history(lives: Sequence[Life], searches: Sequence[Search], today: date) -> int:
    """The steps of everybody in the order of their days; returns how many."""
    notes = Notes()
    told = {
        life.number: _story(life, search, notes, today) for life, search in zip(lives, searches, strict=True)
    }
    written = [(life, event, _step(life, event)) for life in lives for event in told[life.number]]
    written.sort(key=lambda one: (one[1].on, one[0].number))
    db.session.add_all(step for _life, _event, step in written)
    db.session.flush()  # next steps and corrections name them
    steps = {(life.number, event): step for life, event, step in written}
    for life in lives:
        db.session.add_all(_next_steps(life, told[life.number], steps))
        db.session.add_all(_corrections(life, told[life.number], steps, today))
    return len(written)


def _story(life: Life, search: Search, notes: Notes, today: date) -> list[Event]:
    """Everything about one person, in order; who still is on the way has a next step."""
    rng = life.rng("history")
    events = [*_before_work(life, search, notes, rng), *_at_work(life, search, notes, rng)]
    asked = list(_questions(search))
    events = sorted([*events, *asked], key=lambda event: event.on)
    if events and life.arc is not Arc.CLOSED and not life.is_silent and events[-1] not in asked:
        events[-1] = _last(events, rng, today)
    return events


def _before_work(life: Life, search: Search, notes: Notes, rng: Random) -> Iterator[Event]:
    """The phases before the workplace, in order; those with an employer begin when the person has said yes."""
    answered = search.introduction.answered_on if search.introduction and search.chosen else None
    counts = [(phase, rng.randint(*PLANS[life.arc].phases.get(phase, (0, 0)))) for phase in Phase]
    looking = [line for phase, count in counts[:3] for line in notes.draw(phase, count, life)]
    days = spread(life.registered, answered or life.end_of_search, len(looking), rng)
    for turn, (line, on) in enumerate(zip(looking, days, strict=True)):
        yield _event(
            line, on, life, search.placements[turn % len(search.placements)] if search.placements else None
        )
    if answered is not None:
        meeting = notes.draw(Phase.EMPLOYER_ENGAGEMENT, counts[3][1], life)
        for line, on in zip(meeting, spread(answered, life.end_of_search, len(meeting), rng), strict=True):
            yield _event(line, on, life, search.chosen)


def _at_work(life: Life, search: Search, notes: Notes, rng: Random) -> Iterator[Event]:
    """From the first day at the workplace: days that are told of by their number, and others between them."""
    if life.first_day is None or search.chosen is None:
        return
    for line in content.step_lines():
        if line.at_day is None or (line.at_day and rng.random() > MILESTONE_SHARE):
            continue
        on = next_workday(life.first_day + timedelta(days=line.at_day))
        if on <= life.last_day:
            yield _event(line, on, life, search.chosen)
    between = notes.draw(Phase.SUPPORT, rng.randint(*PLANS[life.arc].phases[Phase.SUPPORT]), life)
    first = min(life.last_day, life.first_day + timedelta(days=3))
    for line, on in zip(between, spread(first, life.last_day, len(between), rng), strict=True):
        yield _event(line, on, life, search.chosen)
    if life.arc is Arc.CLOSED:
        endings = [line for line in content.step_lines() if line.only_for == "ending"]
        for line in sorted(rng.sample(endings, ENDINGS), key=endings.index):
            yield _event(line, life.last_day, life, search.chosen)


def _event(line: StepLine, on: date, life: Life, placement: Placement | None) -> Event:
    words = {
        "first_name": life.participant.first_name,
        "employer": placement.employer.name if placement else "arbetsgivaren",
        "placement": placement.title if placement else "platsen",
    }
    names_placement = "{placement}" in line.text or "{employer}" in line.text
    return Event(
        on=on,
        phase=line.phase,
        contact_type=line.contact_type,
        place=line.place,
        minutes=line.minutes,
        line=line.text.format(**words),
        next_line=line.next_step.format(**words),
        next_in_days=line.next_in_days,
        placement_id=placement.id if placement and names_placement else None,
    )


def _questions(search: Search) -> Iterator[Event]:
    """The question about a placement and its answer, as the log keeps them."""
    introduction = search.introduction
    if introduction is None:
        return
    placement = next(one for one in search.placements if one.id == introduction.placement_id)
    yield _fact(
        introduction.asked_on,
        ContactType.PLACEMENT_ASKED,
        f"Frågan är ställd: vill du prova ”{placement.title}”?",
        introduction,
        (f"Fråga om {placement.title}", DAYS_TO_ANSWER),
    )
    if introduction.answered_on is not None:
        answer, words = Answer(str(introduction.answer)), introduction.words
        yield _fact(
            introduction.answered_on,
            ContactType.PLACEMENT_ANSWERED,
            f"Svar om {placement.title}: {answer.label}{f'. ”{words}”' if words else ''}",
            introduction,
            _after(introduction, answer, placement.title),
            own_line=ANSWERED[answer].format(title=placement.title),
        )


def _after(introduction: Introduction, answer: Answer, title: str) -> tuple[str, int]:
    """What follows from an answer, and in how many days."""
    if answer is Answer.LATER and introduction.ask_again_on and introduction.answered_on:
        return f"Fråga igen om {title}", (introduction.ask_again_on - introduction.answered_on).days
    return (f"Kontakta arbetsgivaren om {title}", DAYS_TO_ANSWER) if answer is Answer.YES else ("", 0)


def _fact(
    on: date,
    kind: ContactType,
    line: str,
    introduction: Introduction,
    following: tuple[str, int],
    own_line: str = "",
) -> Event:
    next_line, next_in_days = following
    return Event(
        on=on,
        phase=Phase.JOB_FINDING.value,
        contact_type=kind.value,
        place=StepPlace.OFFICE.value,
        minutes=0,
        line=line,
        own_line=own_line,
        next_line=next_line,
        next_in_days=next_in_days,
        placement_id=introduction.placement_id,
    )


def _last(events: Sequence[Event], rng: Random, today: date) -> Event:
    """The last event, moved to the day that makes its next step overdue, due today or ahead; or without one."""
    event, yesterday = events[-1], workday(today - timedelta(days=1))
    match rng.choices(list(WHEN_NEXT), list(WHEN_NEXT.values()))[0]:
        case "nothing":
            return replace(event, next_line="")
        case "overdue":
            due = today - timedelta(days=rng.randint(1, 9))
        case "today":
            due = today
        case _:
            due = today + timedelta(days=rng.randint(1, 14))
    earliest = events[-2].on if len(events) > 1 else event.on
    return replace(event, on=max(earliest, min(yesterday, workday(due - timedelta(days=event.next_in_days)))))


def _step(life: Life, event: Event) -> Step:
    step = Step(
        participant_id=life.participant.id,
        account_id=life.writer.id,
        placement_id=event.placement_id,
        phase=event.phase,
        contact_type=event.contact_type,
        happened_on=event.on,
        minutes=event.minutes,
        place=event.place,
        was_reached=UNANSWERED not in event.line,
        created_at=moment(event.on, life.rng(event.line)),
    )
    step.line, step.own_line = event.line, event.own_line
    return step


Steps = Mapping[tuple[int, Event], Step]


def _next_steps(life: Life, events: Sequence[Event], steps: Steps) -> Iterator[NextStep]:
    """Each is done when the next thing happens; the last one is open unless the person has left."""
    followed_by = [*(event.on for event in events[1:]), life.last_day if life.arc is Arc.CLOSED else None]
    for event, closed_on in zip(events, followed_by, strict=False):
        if not event.next_line:
            continue
        step = steps[life.number, event]
        plan = NextStep(
            participant_id=step.participant_id,
            step_id=step.id,
            account_id=step.account_id,
            due_on=event.on + timedelta(days=event.next_in_days),
            closed_on=closed_on,
            created_at=step.created_at,
        )
        plan.line = event.next_line
        yield plan


def _corrections(life: Life, events: Sequence[Event], steps: Steps, today: date) -> Iterator[Step]:
    """Some steps took longer, or less long, than was written at first."""
    rng = life.rng("corrections")
    for event in events:
        if event.minutes and rng.random() < CORRECTED:
            step, on = steps[life.number, event], next_workday(event.on + timedelta(days=1))
            minutes = max(5, event.minutes + rng.choice((-15, 15, 30)))
            correction = _step(life, replace(event, minutes=minutes))
            correction.corrects_id, correction.created_at = step.id, moment(min(on, today), rng)
            yield correction
