"""The form of a review: the same questions for every voice, each in the words of whoever reads it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional

from aktema.core.errors import Message
from aktema.core.forms import BaseForm, ParagraphField, choices
from aktema.pathway.review_codes import (
    COACH_AGAIN,
    EMPLOYER_QUESTIONS,
    EMPLOYER_REASONS,
    LEVEL_LABELS,
    OWN_REASONS,
    OWN_WORDINGS,
    STAFF_WORDINGS,
    AdaptationEffect,
    Completion,
    Question,
    Voice,
)
from aktema.pathway.review_models import Review
from aktema.pathway.review_operations import ReviewFacts
from aktema.pathway.review_queries import answers_in, effects_in
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_models import AgreementAdaptation
from aktema.vocabulary.queries import vocabulary

LONGEST = 2000
WORDINGS: Mapping[Voice, Mapping[Question, Message]] = {
    Voice.PERSON: OWN_WORDINGS,
    Voice.EMPLOYER: STAFF_WORDINGS,
    Voice.COACH: {**STAFF_WORDINGS, Question.AGAIN: COACH_AGAIN},
}
QUESTIONS: Mapping[Voice, Sequence[Question]] = {
    Voice.PERSON: tuple(Question),
    Voice.EMPLOYER: EMPLOYER_QUESTIONS,
    Voice.COACH: EMPLOYER_QUESTIONS,
}
REASONS: Mapping[Voice, Sequence[EndReason]] = {
    Voice.PERSON: (EndReason.PLANNED_END, *OWN_REASONS),
    Voice.EMPLOYER: EMPLOYER_REASONS,
    Voice.COACH: tuple(reason for reason in EndReason if reason is not EndReason.MISREGISTERED),
}
WORDS: Mapping[Voice, tuple[Message, Message]] = {
    Voice.PERSON: (_l("Personens egna ord"), ""),
    Voice.EMPLOYER: (
        _l("Vill ni säga något mer?"),
        _l("Till exempel vad som hjälpte. Skriv inget om sjukdom eller privatliv."),
    ),
    Voice.COACH: (_l("Det du vill lägga till"), ""),
}


class ReviewForm(BaseForm):
    """One field for each of the voice's questions, named by its code; nobody has to answer all."""

    questions: Sequence[Question] = ()
    effect_fields: Mapping[str, int] = {}
    """The agreement's adaptations by the name of their field."""
    completion = RadioField(
        _l("Hur länge höll det på?"),
        [Optional()],
        choices=choices((one.value, one.label) for one in Completion),
        description=_l("Kom det aldrig i gång räcker det att säga varför."),
    )
    reason = SelectField(_l("Varför blev det så?"), choices=[])
    words = ParagraphField(_l("Egna ord"), longest=LONGEST)

    def facts(self) -> ReviewFacts:
        """What was said; only after the form has been found valid."""
        answered = {one: self[one.value].data for one in self.questions}
        seen = {key: self[name].data for name, key in self.effect_fields.items()}
        return ReviewFacts(
            completion=Completion(self.completion.data) if self.completion.data else None,
            reason=EndReason(self.reason.data) if self.reason.data else None,
            answers={one: int(level) for one, level in answered.items() if level},
            words=self.words.data or "",
            effects={key: AdaptationEffect(effect) for key, effect in seen.items() if effect},
        )


def review_form(
    voice: Voice, before: Review | None, agreed: Sequence[AgreementAdaptation] = (), **options: Any
) -> ReviewForm:
    """The voice's form, filled in with what it said before; `agreed` are the adaptations to say something of."""
    label, hint = WORDS[voice]
    levels = [("4", 4), ("3", 3), ("2", 2), ("1", 1), ("0", 0)]
    faces = [*((value, LEVEL_LABELS[level]) for value, level in levels), ("", _("Hoppa över"))]
    fields: dict[str, Any] = {
        question.value: RadioField(WORDINGS[voice][question], [Optional()], choices=choices(faces))
        for question in QUESTIONS[voice]
    }
    fields["reason"] = SelectField(_l("Varför blev det så?"), choices=choices(_reasons(voice)))
    fields["words"] = ParagraphField(label, longest=LONGEST, description=hint)
    effects = {f"effect_{one.id}": one for one in agreed}
    fields |= {name: _effect_field(one) for name, one in effects.items()}
    fields |= {
        "questions": QUESTIONS[voice],
        "effect_fields": {name: one.id for name, one in effects.items()},
    }
    made = cast("type[ReviewForm]", type("ReviewForm", (ReviewForm,), fields))
    return made(data=_said(before), **options)


def _reasons(voice: Voice) -> list[tuple[str, Message]]:
    return [("", _("Välj om du vet")), *((one.value, one.label) for one in REASONS[voice])]


def _effect_field(one: AgreementAdaptation) -> Field:
    words = vocabulary()
    gap = words.dimensions[one.dimension_id].label() if one.dimension_id is not None else ""
    return RadioField(
        words.adaptations[one.adaptation_id].label(),
        [Optional()],
        choices=choices((effect.value, effect.label) for effect in AdaptationEffect),
        description=gap,
    )


def _said(before: Review | None) -> dict[str, str]:
    """What was said before, by the names of the fields."""
    if before is None:
        return {}
    answers = {question.value: str(level) for question, level in answers_in(before).items()}
    effects = {f"effect_{key}": effect.value for key, effect in effects_in(before).items()}
    said = {"completion": before.completion or "", "reason": before.reason or "", "words": before.words or ""}
    return {**answers, **effects, **said}


class SeenForm(BaseForm):
    """What the coach confirms of what was seen; nothing is chosen beforehand."""

    levels = SelectMultipleField(_l("Det här klarade personen"), choices=[], validate_choice=False)
    votes = SelectMultipleField(
        _l("Vad personen verkar tycka om uppgifterna"), choices=[], validate_choice=False
    )

    def __init__(
        self, *, levels: Sequence[tuple[str, str]], votes: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(**options)
        self.levels.choices, self.votes.choices = choices(levels), choices(votes)

    def has_level(self, dimension_id: int) -> bool:
        return str(dimension_id) in (self.levels.data or ())

    def has_vote(self, activity_id: int) -> bool:
        return str(activity_id) in (self.votes.data or ())
