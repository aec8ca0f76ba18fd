"""What the person says of a trial, one picture at a time: the answers so far follow along in the form."""

from collections.abc import Sequence
from typing import cast

from flask_babel import lazy_pgettext
from wtforms import HiddenField

from aktema.core.forms import BaseForm, ParagraphField
from aktema.own.review_codes import COMPLETION_CHOICES, FACE_CHOICES, REASON_CHOICES
from aktema.own.words import PictureAnswer
from aktema.pathway.review_codes import Completion, Question
from aktema.pathway.review_operations import ReviewFacts
from aktema.pathway.trial_codes import EndReason

COMPLETION, REASON, WORDS = "completion", "reason", "words"
CHOICES: dict[str, Sequence[PictureAnswer]] = {
    COMPLETION: COMPLETION_CHOICES,
    **dict.fromkeys(Question, FACE_CHOICES),
    REASON: REASON_CHOICES,
}
"""What there is to press at each question, in the order they are asked; own words come last."""


def _asked_after(completion: str | None) -> Sequence[str]:
    """What there is to ask: why only of what broke off, and of no day nothing but why."""
    if completion == Completion.NEVER_STARTED:
        return (COMPLETION, REASON)
    return [name for name in CHOICES if name != REASON or completion == Completion.PARTLY]


class OwnReviewForm(BaseForm):
    """`stop` where the person ends it; what was answered by then is kept."""

    stop = HiddenField(default="")
    words = ParagraphField(lazy_pgettext("easy", "Mina egna ord"), longest=1000)

    def given(self) -> dict[str, str]:
        """What was pressed, by question: an answer, or that it was passed over. What is no answer was not given."""
        sent = {name: self[name].data for name in CHOICES}
        return {name: code for name, code in sent.items() if code in [one.code for one in CHOICES[name]]}

    def next_question(self) -> str | None:
        """What is asked next; None where everything has been."""
        given = self.given()
        left = [name for name in _asked_after(given.get(COMPLETION)) if name not in given]
        if left:
            return left[0]
        return None if self.words.raw_data else WORDS

    def facts(self) -> ReviewFacts:
        """What was said; only after the form has been found valid."""
        given = self.given()
        completion, reason = given.get(COMPLETION), given.get(REASON)
        return ReviewFacts(
            completion=Completion(completion) if completion in tuple(Completion) else None,
            reason=EndReason(reason) if reason in tuple(EndReason) else None,
            answers={one: int(given[one]) for one in Question if given.get(one, "").isdigit()},
            words=self.words.data or "",
        )


def own_review_form() -> OwnReviewForm:
    """The form with its questions."""
    fields = {str(name): HiddenField(default="") for name in CHOICES}
    return cast("type[OwnReviewForm]", type("OwnReviewForm", (OwnReviewForm,), fields))()
