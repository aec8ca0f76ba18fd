"""Readers of the trials a person has before them: what there is to sign, to answer and to tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aktema.core.errors import Message
from aktema.employers.queries import cards_for
from aktema.pathway.check_in_codes import DUE_LABELS, CheckInAnswer
from aktema.pathway.check_in_queries import due_now, find_check_in
from aktema.pathway.rules.schedule import DayTimes
from aktema.pathway.trial_day_queries import TrialDay, next_day, recent_days
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import awaits, in_force, live_trials_of, newest, status
from aktema.pathway.trial_states import Act, Party, TrialStatus, may

A_JOB = "1F9F0"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnTrial:
    """A trial as the person sees it.

    answered: what the person said at this check-in, or empty; None where nothing is asked. day: the newest day
    that nobody has written up. next_day: when the person is there next.
    """

    trial: Trial
    picture: str
    is_to_sign: bool
    due: Message
    answered: str | None
    day: TrialDay | None
    next_day: DayTimes | None

    @property
    def title(self) -> str:
        return self.trial.placement.title

    @property
    def has_question(self) -> bool:
        """Whether there is something for the person to answer."""
        return self.is_to_sign or self.answered == ""


def shown_trials(participant_id: int, today: date) -> Sequence[Trial]:
    """The person's trials that are not over and not a mere draft."""
    live = live_trials_of(participant_id, today)
    return [one for one in live if status(one, today) is not TrialStatus.DRAFT]


def own_trial(trial: Trial, today: date) -> OwnTrial:
    """The trial with what is asked of the person today."""
    due = due_now(trial, today)
    said = find_check_in(trial, due, Party.PERSON) if due else None
    can_tell = may(Act.ATTEND, status(trial, today))
    unwritten = [one for one in recent_days(trial, today) if one.standing is None] if can_tell else []
    return OwnTrial(
        trial=trial,
        picture=_picture(trial),
        is_to_sign=Party.PERSON in awaits(trial, today),
        due=DUE_LABELS[due] if due else "",
        answered=None if due is None else CheckInAnswer(said.answer).value if said else "",
        day=unwritten[0] if unwritten else None,
        next_day=next_day(trial, today),
    )


def is_readable(trial: Trial) -> bool:
    """Whether there is an agreement to read: somebody's draft is not shown."""
    return newest(trial).asked_at is not None or in_force(trial) is not None


def activities_of(trial: Trial) -> Sequence[tuple[str, str]]:
    """What is done there: a picture and its easy word."""
    card = cards_for([trial.placement_id]).get(trial.placement_id)
    return [(one.picture, one.label("easy")) for one in card.activities] if card else []


def _picture(trial: Trial) -> str:
    return next((picture for picture, _word in activities_of(trial) if picture), A_JOB)
