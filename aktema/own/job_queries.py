"""Readers of the jobs a person is asked about, told in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_pgettext, pgettext

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.markup import long_day
from aktema.employers.queries import PlacementCard, cards_for, get_card
from aktema.matching import cards, engine
from aktema.matching.gather import known_of
from aktema.matching.operations import explain
from aktema.pathway.introduction_codes import EASY_CLOSED, EASY_STATES, ENDED, CloseReason
from aktema.pathway.introduction_page import CardPage, card_page
from aktema.pathway.models import Introduction
from aktema.pathway.queries import IntroductionView, get_introduction, introductions_of
from aktema.pathway.states import AWAITING_PERSON, OPEN_STATES, IntroductionAct, IntroductionState, may
from aktema.pathway.trial_queries import status, trials_of
from aktema.pathway.trial_states import TrialStatus
from aktema.people.models import Participant

MOST_GOOD, MOST_HARD = 3, 2
VISITED: Message = lazy_pgettext("easy", "Du har besökt arbetsplatsen.")
NEVER_TRIED: Message = lazy_pgettext("easy", "Din provplats blir inget den här gången.")
EASY_TRIALS: Mapping[TrialStatus, Message] = {
    TrialStatus.RUNNING: lazy_pgettext("easy", "Du provar jobbet nu."),
    TrialStatus.ENDED: lazy_pgettext("easy", "Du har provat jobbet."),
    TrialStatus.INTERRUPTED: lazy_pgettext("easy", "Du har slutat på din provplats."),
    TrialStatus.CANCELLED: NEVER_TRIED,
    TrialStatus.EXPIRED: NEVER_TRIED,
}
"""How the trial that came of a question stands; before it begins what the question says holds."""
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class JobLine:
    """A job on the list: its picture, and how it stands; nothing is said where the person has not answered."""

    introduction_id: str
    title: str
    employer: str
    picture: str
    told: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A job to try: what is done there in pictures, what is good, what may be hard and can get help."""

    view: IntroductionView
    activities: Sequence[tuple[str, str]]
    good: Sequence[str]
    hard: Sequence[str]
    told: str
    """How it stands, or how it ended; empty where the person's answer is waited for."""

    @property
    def introduction(self) -> Introduction:
        return self.view.introduction

    @property
    def title(self) -> str:
        return self.view.placement_title

    @property
    def employer(self) -> str:
        return self.view.employer_name

    @property
    def is_asked(self) -> bool:
        """Whether the person's answer is waited for."""
        return self.view.state in AWAITING_PERSON

    @property
    def may_regret(self) -> bool:
        """Whether a yes can be taken back."""
        return not self.is_asked and may(IntroductionAct.ANSWER_NO, self.view.state)

    @property
    def may_make_card(self) -> bool:
        return may(IntroductionAct.CONSENT, self.view.state)

    @property
    def card(self) -> CardPage | None:
        """What the employer sees, or will see, while the person agrees to it."""
        return card_page(self.view.card) if self.view.card else None

    @property
    def visit_words(self) -> str:
        """When the visit is, or was; empty where none is booked, or the question is over."""
        day = self.introduction.visit_on
        if day is None or self.introduction.closed_on is not None:
            return ""
        if day < clock.today():
            return pgettext("easy", "Besöket var %(day)s.", day=long_day(day))
        return pgettext("easy", "Besöket är %(day)s.", day=long_day(day))


def jobs_of(participant_id: int) -> Sequence[JobLine]:
    """The jobs the person is asked about and has not said no to, those that wait for an answer first.

    What ended lately by somebody else's doing is there too: the person gets to know how.
    """
    shown = [view for view in introductions_of(participant_id) if _is_shown(view)]
    shown.sort(key=_turn)
    placements = cards_for([view.introduction.placement_id for view in shown])
    trials = _trials_by_question(shown)
    return [
        JobLine(
            introduction_id=view.introduction.public_id,
            title=view.placement_title,
            employer=view.employer_name,
            picture=_picture(placements.get(view.introduction.placement_id)),
            told=_told_of(view, trials.get(view.introduction.id)),
        )
        for view in shown
    ]


def _is_shown(view: IntroductionView) -> bool:
    """What is open, and for a time what has ended, unless the person ended it."""
    closed_on = view.introduction.closed_on
    if view.state in OPEN_STATES or closed_on is None:
        return view.state in OPEN_STATES
    is_own = view.introduction.closed_reason in (CloseReason.PERSON_SAID_NO, CloseReason.CONSENT_WITHDRAWN)
    return not is_own and clock.today() - closed_on <= TOLD_FOR


def _turn(view: IntroductionView) -> tuple[bool, bool]:
    return view.state not in OPEN_STATES, view.state not in AWAITING_PERSON


def _trials_by_question(views: Sequence[IntroductionView]) -> Mapping[int | None, TrialStatus]:
    """How the trials of the person stand, by the question they came of; not read where none is agreed on."""
    agreed = [view.introduction for view in views if view.state is IntroductionState.AGREED]
    trials = trials_of(agreed[0].participant_id) if agreed else ()
    return {trial.introduction_id: status(trial, clock.today()) for trial in trials}


def _told_of(view: IntroductionView, trial: TrialStatus | None) -> str:
    """How the question stands; once it is agreed on, how the trial stands that came of it."""
    reason, visit_on = view.introduction.closed_reason, view.introduction.visit_on
    if view.state not in OPEN_STATES and reason in set(CloseReason):
        return str(EASY_CLOSED.get(CloseReason(str(reason)), ENDED))
    if view.state is IntroductionState.AGREED and trial is not None and trial in EASY_TRIALS:
        return str(EASY_TRIALS[trial])
    if view.state is IntroductionState.VISIT and visit_on is not None and visit_on < clock.today():
        return str(VISITED)
    return str(EASY_STATES.get(view.state, ""))


def _picture(placement: PlacementCard | None) -> str:
    pictured = [one.picture for one in placement.activities if one.picture] if placement else []
    return pictured[0] if pictured else "1F9F0"


def get_job(participant: Participant, introduction_id: str) -> Job:
    """One job the person has been asked about. Raises MissingError where it is none of theirs."""
    view = get_introduction(participant.id, introduction_id)
    told = _told(participant, get_card(view.placement_public_id))
    return Job(
        view=view,
        activities=told.activities,
        good=told.good[:MOST_GOOD],
        hard=told.gaps[:MOST_HARD],
        told=_told_of(view, _trials_by_question([view]).get(view.introduction.id)),
    )


def _told(participant: Participant, placement: PlacementCard) -> cards.Easy:
    """Why the job may suit the person; only what is done there, where it is no longer among those compared."""
    known = known_of(participant.id)
    try:
        explained = explain(participant, placement.id, known=known)
    except engine.UnknownPlaceError:
        pictures = tuple((one.picture, one.label("easy")) for one in placement.activities)
        return cards.Easy(activities=pictures)
    return cards.easy(explained, None, placement, cards.whose_words(known.profile))
