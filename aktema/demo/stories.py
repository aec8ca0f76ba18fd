"""Who has come how far: every way a question can go, a trial can stand and a job can begin, given to somebody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from aktema.core.db import db
from aktema.demo import trial_days
from aktema.demo.days import moment, next_workday, workday
from aktema.demo.decisions import Search, new_introduction
from aktema.demo.introductions import Asked, advance, close, refuse, run_out
from aktema.demo.jobs import come_back, employ, follow_up, lead_to
from aktema.demo.lives import Arc, Life
from aktema.demo.reviews import APART, BROKEN_OFF, WELL, review
from aktema.demo.suggestions import Shown
from aktema.demo.trials import NOBODY, Places, Stretch, begin, cancel, interrupt, prolong
from aktema.employers.models import Placement
from aktema.pathway.codes import Answer, Channel
from aktema.pathway.introduction_codes import CloseReason
from aktema.pathway.models import Introduction
from aktema.pathway.rules.check_ins import CheckInDue
from aktema.pathway.rules.outcome import OutcomeKind
from aktema.pathway.states import IntroductionState as State
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_states import Party, TrialKind, Whose
from aktema.plans.models import ServiceOrder

DAY = timedelta(days=1)
BEFORE_TRIAL = timedelta(days=14)
"""So long before a trial the employer was asked."""
TO_ANSWER = timedelta(days=3)
LONG_ENOUGH = timedelta(days=80)
"""Whoever came later has no time behind them to have tried anything in."""
EXTERNAL_LASTS, PRACTICE_LASTS, FIRST_PRACTICE_LASTS = (timedelta(days=days) for days in (359, 180, 120))
JOB_AGO = timedelta(days=40)
"""The latest last day of a placement that led to a job."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What was made: the trial the card's owner is in now, and how many trials there are."""

    here_now: Placement | None
    trials: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """What every story needs: today, the places that are taken, and whose days belong to which order."""

    today: date
    places: Places
    orders: Mapping[int, int]
    trials: list[Trial]

    def ago(self, days: int) -> date:
        return workday(self.today - days * DAY)

    def ahead(self, days: int) -> date:
        return next_workday(self.today + days * DAY)

    def begin(self, asked: Asked, stretch: Stretch) -> Trial:
        """A trial after a question that all agreed about."""
        sent = workday(min(stretch.first - BEFORE_TRIAL, self.today - BEFORE_TRIAL))
        advance(asked, State.AGREED, max(sent, asked.introduction.answered_on or sent), self.today)
        self.places.take(asked.placement.id, asked.placement.places, stretch.first, stretch.last)
        trial = begin(asked, stretch, self.today)
        self.trials.append(trial)
        return trial

    def lasted(self, asked: Asked, trial: Trial) -> None:
        """What was told from day to day."""
        trial_days.attend(asked, trial, self.orders.get(trial.participant_id), self.today)

    def over(self, asked: Asked, on: date) -> None:
        close(asked, on, CloseReason.TRIAL_OVER, Whose.NOBODY)


def tell_stories(
    shown: Sequence[Shown],
    searches: Sequence[Search],
    holder: Life,
    everywhere: Sequence[Placement],
    today: date,
) -> Told:
    """Give those who have said yes, and some who search, what comes after it."""
    lives = [one.life for one in shown]
    teller = Teller(today=today, places=Places(), orders=_orders(lives), trials=[])
    chosen = [
        Asked(life=one.life, introduction=search.introduction, placement=search.chosen)
        for one, search in zip(shown, searches, strict=True)
        if search.introduction is not None and search.chosen is not None and one.life is not holder
    ]
    for turn, asked in enumerate(one for one in chosen if one.life.first_day):
        _at_work(teller, asked, turn)
    free = [
        (one, search)
        for one, search in zip(shown, searches, strict=True)
        if search.introduction is None and one.life is not holder and _may_try(one.life, today)
    ]
    here_now = _of_holder(teller, next(one for one in shown if one.life is holder), everywhere)
    _tell_first(teller, [one for one in chosen if not one.life.first_day], free, here_now)
    _tell_who_came_back(shown, holder, today)
    db.session.flush()
    return Told(here_now=here_now, trials=len(teller.trials))


def _orders(lives: Sequence[Life]) -> Mapping[int, int]:
    """By participant, the order whose days the trial's days are."""
    people = {life.participant.id for life in lives}
    running = select(ServiceOrder.participant_id, ServiceOrder.id).where(
        ServiceOrder.participant_id.in_(people),
        ServiceOrder.first_day.is_not(None),
        ServiceOrder.closed_on.is_(None),
    )
    return {row.participant_id: row.id for row in db.session.execute(running.order_by(ServiceOrder.id))}


def _may_try(life: Life, today: date) -> bool:
    return life.arc is Arc.SEARCHING and not life.is_silent and life.registered <= today - LONG_ENOUGH


def _tell_first(
    teller: Teller,
    chosen: Sequence[Asked],
    free: Sequence[tuple[Shown, Search]],
    here_now: Placement | None,
) -> None:
    """One story each: first to those who had said yes, then to some who search, asked anew."""
    for asked, story in zip(chosen, (*BEGUN, *ASKED), strict=False):
        story(teller, asked)
    for (one, search), story in zip(free, (_runs, *HERE_NOW, *BEGUN[3:], *ASKED), strict=False):
        is_here = here_now is not None and story in HERE_NOW
        placement = here_now if is_here else _room_for(teller, search.placements)
        if placement is not None:
            story(teller, _ask(teller, one, placement, 44))


def _room_for(teller: Teller, placements: Sequence[Placement]) -> Placement | None:
    """The first of the placements that has room these weeks; the place is taken."""
    first, last = teller.ago(40), teller.ahead(40)
    return next((one for one in placements if teller.places.take(one.id, one.places, first, last)), None)


def _ask(teller: Teller, shown: Shown, placement: Placement, days_ago: int) -> Asked:
    """A question so many days ago to which the person said yes."""
    suggestion = next((one for one in shown.answer.suggestions if one.place_id == placement.id), None)
    introduction = new_introduction(shown, placement, suggestion)
    introduction.asked_on = teller.ago(days_ago)
    introduction.created_at = moment(introduction.asked_on, shown.life.rng(f"asked {placement.id}"))
    introduction.answer, introduction.answer_channel = Answer.YES.value, Channel.SPEECH.value
    introduction.answered_on = next_workday(introduction.asked_on + TO_ANSWER)
    db.session.add(introduction)
    db.session.flush()  # the card and the trial refer to it by id
    return Asked(life=shown.life, introduction=introduction, placement=placement)


# At work since long


def _at_work(teller: Teller, asked: Asked, turn: int) -> None:
    """In turn: a job, a placement of a year, one that ended; whoever has left the service has a job."""
    if asked.life.arc is Arc.CLOSED or turn % 3 == 0:
        _got_job(teller, asked, turn)
    elif turn % 3 == 1:
        _stays_on(teller, asked, turn)
    else:
        _has_ended(teller, asked, turn)


def _first_day(asked: Asked) -> date:
    return asked.life.first_day or asked.life.last_day


def _got_job(teller: Teller, asked: Asked, turn: int) -> None:
    first, today = _first_day(asked), teller.today
    is_closed = asked.life.arc is Arc.CLOSED
    latest = asked.life.last_day if is_closed else today - JOB_AGO
    last = workday(min(first + FIRST_PRACTICE_LASTS, latest))
    trial = teller.begin(asked, Stretch(kind=TrialKind.WORKPLACE_PLACEMENT, first=first, last=last))
    teller.lasted(asked, trial)
    _say_how_it_was(teller, asked, trial, last)
    begins = next_workday((asked.life.last_day if is_closed else last) + DAY)
    job = employ(asked.life, asked.placement, begins, today, trial=trial)
    follow_up(asked.life, job, today, is_newest_open=turn % 2 == 0)


def _stays_on(teller: Teller, asked: Asked, turn: int) -> None:
    """A placement of a year that runs; after six months somebody asked whether it could be a job, or nobody did."""
    first = _first_day(asked)
    kind, lasts = TrialKind.EXTERNAL_PLACEMENT, EXTERNAL_LASTS
    if first + PRACTICE_LASTS > teller.today:
        kind, lasts = TrialKind.WORKPLACE_PLACEMENT, PRACTICE_LASTS
    trial = teller.begin(asked, Stretch(kind=kind, first=first, last=next_workday(first + lasts)))
    teller.lasted(asked, trial)
    trial_days.check_in(asked, trial, teller.today)
    if turn % 2 == 1:
        trial_days.ask_about_job(asked, trial, first, teller.today)


def _has_ended(teller: Teller, asked: Asked, turn: int) -> None:
    """It ended as planned; every other time person and employer saw it differently."""
    first = _first_day(asked)
    last = workday(min(first + FIRST_PRACTICE_LASTS, teller.today - 12 * DAY))
    trial = teller.begin(asked, Stretch(kind=TrialKind.WORKPLACE_PLACEMENT, first=first, last=last))
    teller.lasted(asked, trial)
    opinions = WELL if turn % 2 else APART
    review(asked, trial, opinions, _days_after(last, teller.today))
    kind = OutcomeKind.LONGER_PLACEMENT if turn % 2 else OutcomeKind.NONE
    lead_to(asked.life, kind, _days_after(last, teller.today)[-1], placement=asked.placement, trial=trial)
    teller.over(asked, next_workday(last + DAY))


def _say_how_it_was(teller: Teller, asked: Asked, trial: Trial, last: date) -> None:
    trial_days.check_in(asked, trial, teller.today)
    review(asked, trial, WELL, _days_after(last, teller.today))
    teller.over(asked, min(next_workday(last + DAY), teller.ago(1)))


def _days_after(last: date, today: date) -> Sequence[date]:
    """The days on which the person, the employer and the coach spoke."""
    yesterday = workday(today - DAY)
    return [min(next_workday(last + days * DAY), yesterday) for days in (1, 3, 6)]


# The card's owner, who has one of each


def _of_holder(teller: Teller, shown: Shown, everywhere: Sequence[Placement]) -> Placement | None:
    """One taster that ended and waits to be looked back on, and one that runs and is to last longer."""
    known = {one.placement_id for one in _introductions_of(shown)}
    open_now = [one for one in everywhere if one.state == "published" and one.id not in known]
    liked = [one for one in shown.placements if one.id not in known]
    rooms = (*liked, *(one for one in open_now if one not in liked))
    ended, running = _room_for(teller, rooms), None
    if ended is not None:
        running = _room_for(teller, [one for one in rooms if one.id != ended.id])
        _tried(teller, _ask(teller, shown, ended, 48))
    if running is not None:
        _is_to_last_longer(teller, _ask(teller, shown, running, 30))
    return running


def _introductions_of(shown: Shown) -> Sequence[Introduction]:
    asked = select(Introduction).where(Introduction.participant_id == shown.life.participant.id)
    return db.session.scalars(asked).all()


def _tried(teller: Teller, asked: Asked) -> None:
    first, last = teller.ago(22), teller.ago(12)
    trial = teller.begin(asked, Stretch(kind=TrialKind.TASTER, first=first, last=last))
    teller.lasted(asked, trial)
    trial_days.check_in(asked, trial, teller.today)
    teller.over(asked, next_workday(last + DAY))


def _is_to_last_longer(teller: Teller, asked: Asked) -> None:
    first = teller.ago(7)
    trial = teller.begin(asked, Stretch(kind=TrialKind.TASTER, first=first, last=teller.ahead(9)))
    teller.lasted(asked, trial)
    trial_days.check_in(asked, trial, teller.today, is_newest_open=True)
    longer = Stretch(
        kind=TrialKind.TASTER, first=first, last=workday(first + 27 * DAY), signed=frozenset({Party.COACH})
    )
    prolong(asked, trial, longer, teller.today)


# On the way there


def _awaits_signatures(teller: Teller, asked: Asked) -> None:
    stretch = Stretch(
        kind=TrialKind.TASTER,
        first=teller.ahead(8),
        last=teller.ahead(30),
        signed=frozenset({Party.PERSON}),
    )
    teller.begin(asked, stretch)


def _runs(teller: Teller, asked: Asked) -> None:
    """A taster in its second week; the person wants to talk."""
    first = teller.ago(9)
    trial = teller.begin(asked, Stretch(kind=TrialKind.TASTER, first=first, last=teller.ahead(12)))
    teller.lasted(asked, trial)
    trial_days.check_in(asked, trial, teller.today, is_newest_open=True)
    trial_days.want_to_talk(asked, trial, CheckInDue.WEEK_1, teller.ago(2))


def _is_draft(teller: Teller, asked: Asked) -> None:
    stretch = Stretch(
        kind=TrialKind.TASTER, first=teller.ahead(14), last=teller.ahead(35), signed=NOBODY, is_asked=False
    )
    teller.begin(asked, stretch)


def _is_ready(teller: Teller, asked: Asked) -> None:
    stretch = Stretch(kind=TrialKind.WORKPLACE_PLACEMENT, first=teller.ahead(5), last=teller.ahead(95))
    teller.begin(asked, stretch)


def _broke_off(teller: Teller, asked: Asked) -> None:
    first, broken = teller.ago(22), teller.ago(10)
    trial = teller.begin(asked, Stretch(kind=TrialKind.TASTER, first=first, last=teller.ahead(3)))
    interrupt(asked, trial, broken)
    teller.lasted(asked, trial)
    trial_days.check_in(asked, trial, teller.today)
    review(asked, trial, BROKEN_OFF, _days_after(broken, teller.today))
    teller.over(asked, next_workday(broken + DAY))


def _never_came_to_be(teller: Teller, asked: Asked) -> None:
    trial = teller.begin(asked, Stretch(kind=TrialKind.TASTER, first=teller.ahead(3), last=teller.ahead(20)))
    cancel(asked, trial, teller.ago(1))
    teller.over(asked, teller.ago(1))


def _visited(teller: Teller, asked: Asked) -> None:
    day = teller.ago(6)
    teller.begin(asked, Stretch(kind=TrialKind.STUDY_VISIT, first=day, last=day))
    teller.over(asked, next_workday(day + DAY))


def _is_sent(teller: Teller, asked: Asked) -> None:
    advance(asked, State.SENT, teller.ago(2), teller.today)


def _to(state: State) -> Callable[[Teller, Asked], None]:
    def story(teller: Teller, asked: Asked) -> None:
        advance(asked, state, teller.ago(7), teller.today)

    return story


def _is_to_visit(teller: Teller, asked: Asked) -> None:
    advance(asked, State.VISIT, teller.ago(7), teller.today)
    asked.introduction.visit_on = teller.ahead(2)


def _was_refused(teller: Teller, asked: Asked) -> None:
    refuse(asked, teller.ago(15))


def _ran_out(teller: Teller, asked: Asked) -> None:
    run_out(asked, teller.ago(25))


Story = Callable[[Teller, Asked], None]
BEGUN: Sequence[Story] = (
    _awaits_signatures,
    _is_to_visit,
    _runs,
    _broke_off,
    _is_draft,
    _is_ready,
    _never_came_to_be,
    _visited,
)
ASKED: Sequence[Story] = (
    _is_sent,
    _ran_out,
    _to(State.EMPLOYER_YES),
    _to(State.CONSENTED),
    _was_refused,
    _to(State.EMPLOYER_NOT_NOW),
)


HERE_NOW: Sequence[Story] = (_is_sent, _tried)
"""What happens where the card's owner is, so that the employer who signs in has something of each."""


def _tell_who_came_back(shown: Sequence[Shown], holder: Life, today: date) -> None:
    """The one of those who search, with no question to an employer, who came first."""
    searching = [
        one for one in shown if one.life is not holder and _may_try(one.life, today) and one.placements
    ]
    if searching:
        first = min(searching, key=lambda one: (one.life.registered, one.life.number))
        come_back(first.life, first.placements[-1], today)
