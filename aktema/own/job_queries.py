"""Readers of the jobs a person is asked about, told in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

from aktema.employers.queries import PlacementCard, cards_for, get_card
from aktema.matching import cards, engine
from aktema.matching.gather import known_of
from aktema.matching.operations import explain
from aktema.pathway.models import Introduction
from aktema.pathway.queries import get_introduction, introductions_of
from aktema.pathway.states import OPEN_STATES, IntroductionState
from aktema.people.models import Participant

MOST_GOOD, MOST_HARD = 3, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class JobLine:
    """A job on the list: its picture, and whether the person has said yes already."""

    introduction_id: str
    title: str
    employer: str
    picture: str
    is_yes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A job to try: what is done there in pictures, what is good, what may be hard and can get help."""

    introduction: Introduction
    title: str
    employer: str
    activities: Sequence[tuple[str, str]]
    good: Sequence[str]
    hard: Sequence[str]

    @property
    def is_asked(self) -> bool:
        return self.introduction.closed_on is None


def jobs_of(participant_id: int) -> Sequence[JobLine]:
    """The jobs the person is asked about and has not said no to, those that wait for an answer first."""
    open_ones = [view for view in introductions_of(participant_id) if view.state in OPEN_STATES]
    open_ones.sort(key=lambda view: view.state is IntroductionState.YES)
    placements = cards_for([view.introduction.placement_id for view in open_ones])
    return [
        JobLine(
            introduction_id=view.introduction.public_id,
            title=view.placement_title,
            employer=view.employer_name,
            picture=_picture(placements.get(view.introduction.placement_id)),
            is_yes=view.state is IntroductionState.YES,
        )
        for view in open_ones
    ]


def _picture(placement: PlacementCard | None) -> str:
    pictured = [one.picture for one in placement.activities if one.picture] if placement else []
    return pictured[0] if pictured else "1F9F0"


def get_job(participant: Participant, introduction_id: str) -> Job:
    """One job the person has been asked about. Raises MissingError where it is none of theirs."""
    view = get_introduction(participant.id, introduction_id)
    told = _told(participant, get_card(view.placement_public_id))
    return Job(
        introduction=view.introduction,
        title=view.placement_title,
        employer=view.employer_name,
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
