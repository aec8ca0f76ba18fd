"""What a link without sign-in may be for, and how long each opens its page."""

from datetime import timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """The one thing that whoever holds a link can do by it."""

    POST_PLACEMENT = "post_placement"
    REFRESH_PLACEMENT = "refresh_placement"
    ANSWER_INTRODUCTION = "answer_introduction"
    SIGN_AGREEMENT = "sign_agreement"
    CHECK_IN = "check_in"
    REVIEW = "review"
    RETENTION = "retention"
    NOTICES = "notices"

    @property
    def lifetime(self) -> timedelta:
        return LIFETIMES[self]


LIFETIMES: dict[Purpose, timedelta] = {
    Purpose.POST_PLACEMENT: timedelta(days=30),
    Purpose.REFRESH_PLACEMENT: timedelta(days=30),
    Purpose.ANSWER_INTRODUCTION: timedelta(days=28),
    Purpose.SIGN_AGREEMENT: timedelta(days=30),
    Purpose.CHECK_IN: timedelta(days=30),
    Purpose.REVIEW: timedelta(days=30),
    Purpose.RETENTION: timedelta(days=30),
    Purpose.NOTICES: timedelta(days=90),
}
"""Long enough for holidays, and never longer than the matter is talked about. A lost or old one is sent anew."""
