"""Readers of the jobs a person is asked about, told in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aktema.core import clock
from aktema.employers.queries import PlacementCard, cards_for, get_card
from aktema.matching import cards, engine
from aktema.matching.gather import known_of
from aktema.matching.operations import explain
from aktema.pathway.introduction_codes import EASY_CLOSED, EASY_STATES, ENDED, CloseReason
from aktema.pathway.introduction_page import CardPage, card_page
from aktema.pathway.models import Introduction
from aktema.pathway.queries import IntroductionView, get_introduction, introductions_of
from aktema.pathway.states import AWAITING_PERSON, OPEN_STATES, IntroductionAct, may
from aktema.people.models import Participant

MOST_GOOD, MOST_HARD = 3, 2
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
    def told(self) -> str:
        """How it stands, or how it ended; empty where the person's answer is waited for."""
        return _told_of(self.view)


def jobs_of(participant_id: int) -> Sequence[JobLine]:
    """The jobs the person is asked about and has not said no to, those that wait for an answer first.

    What ended lately by somebody else's doing is there too: the person gets to know how.
    """
    shown = [view for view in introductions_of(participant_id) if _is_shown(view)]
    shown.sort(key=_turn)
    placements = cards_for([view.introduction.placement_id for view in shown])
    return [
        JobLine(
            introduction_id=view.introduction.public_id,
            title=view.placement_title,
            employer=view.employer_name,
            picture=_picture(placements.get(view.introduction.placement_id)),
            told=_told_of(view),
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


def _told_of(view: IntroductionView) -> str:
    reason = view.introduction.closed_reason
    if view.state in OPEN_STATES or reason not in set(CloseReason):
        return str(EASY_STATES.get(view.state, ""))
    return str(EASY_CLOSED.get(CloseReason(str(reason)), ENDED))


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
