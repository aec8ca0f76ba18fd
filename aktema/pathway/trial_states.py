"""The status of a trial, computed from its facts: nobody sets one by hand.

The status follows the Norwegian labour administration's agreements on work training, where it is never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DRAFT_LASTS = timedelta(weeks=12)
"""An agreement that nobody has finished for so long has lost its ground."""


class TrialKind(StrEnum):
    STUDY_VISIT = "study_visit"
    TASTER = "taster"
    WORKPLACE_PLACEMENT = "workplace_placement"
    EXTERNAL_PLACEMENT = "external_placement"


class Party(StrEnum):
    """Who signs."""

    PERSON = "person"
    EMPLOYER = "employer"
    COACH = "coach"


class Whose(StrEnum):
    """Whose doing it was that something ended or never came to be."""

    PERSON = "person"
    EMPLOYER = "employer"
    COACH = "coach"
    NOBODY = "nobody"


class TrialStatus(StrEnum):
    DRAFT = "draft"
    AWAITING_SIGNATURES = "awaiting_signatures"
    READY = "ready"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    INTERRUPTED = "interrupted"


class Act(StrEnum):
    """What may be done with a trial."""

    EDIT = "edit"
    ASK_TO_SIGN = "ask_to_sign"
    SIGN = "sign"
    CANCEL = "cancel"
    INTERRUPT = "interrupt"
    EXTEND = "extend"
    SHORTEN = "shorten"
    ATTEND = "attend"
    CHECK_IN = "check_in"
    REVIEW = "review"


CHANGING = frozenset({Act.EDIT, Act.ASK_TO_SIGN, Act.SIGN, Act.EXTEND, Act.SHORTEN})
"""What everybody has signed can be written anew; it holds until everybody has signed that too."""
ALLOWED: Mapping[TrialStatus, frozenset[Act]] = {
    TrialStatus.DRAFT: frozenset({Act.EDIT, Act.ASK_TO_SIGN, Act.CANCEL}),
    TrialStatus.AWAITING_SIGNATURES: frozenset({Act.EDIT, Act.SIGN, Act.CANCEL}),
    TrialStatus.READY: CHANGING | {Act.CANCEL},
    TrialStatus.RUNNING: CHANGING | {Act.INTERRUPT, Act.ATTEND, Act.CHECK_IN, Act.REVIEW},
    TrialStatus.ENDED: frozenset({Act.ATTEND, Act.REVIEW}),
    TrialStatus.CANCELLED: frozenset(),
    TrialStatus.EXPIRED: frozenset(),
    TrialStatus.INTERRUPTED: frozenset({Act.ATTEND, Act.REVIEW}),
}
OVER = frozenset({TrialStatus.ENDED, TrialStatus.CANCELLED, TrialStatus.EXPIRED, TrialStatus.INTERRUPTED})


@dataclass(frozen=True, kw_only=True, slots=True)
class TrialFacts:
    """What a trial's status follows from.

    begun_on: when its draft was begun. from_date, to_date: of the version in force, and where there is none of the
    newest; None where not yet said. is_asked: the newest version has been sent to be signed. is_signed: some version
    bears all signatures. cancelled_on: before it began. interrupted_on: the first day nobody came any longer.
    """

    begun_on: date
    from_date: date | None = None
    to_date: date | None = None
    is_asked: bool = False
    is_signed: bool = False
    cancelled_on: date | None = None
    interrupted_on: date | None = None


def status_of(facts: TrialFacts, today: date) -> TrialStatus:
    """The status that the facts give on the day."""
    if facts.cancelled_on is not None:
        return TrialStatus.CANCELLED
    if facts.is_signed and facts.from_date is not None and facts.to_date is not None:
        return _signed(facts.from_date, facts.to_date, facts.interrupted_on, today)
    if today - facts.begun_on >= DRAFT_LASTS:
        return TrialStatus.EXPIRED
    return TrialStatus.AWAITING_SIGNATURES if facts.is_asked else TrialStatus.DRAFT


def _signed(from_date: date, to_date: date, interrupted_on: date | None, today: date) -> TrialStatus:
    if interrupted_on is not None and interrupted_on <= today:
        return TrialStatus.INTERRUPTED
    if today < from_date:
        return TrialStatus.READY
    return TrialStatus.RUNNING if today <= to_date else TrialStatus.ENDED


def may(act: Act, status: TrialStatus) -> bool:
    return act in ALLOWED[status]
