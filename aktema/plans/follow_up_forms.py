"""The forms of a follow-up. Its points about work are fields of their own, put together when they are asked."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField
from wtforms.validators import InputRequired, Optional

from aktema.core import clock
from aktema.core.forms import BaseForm, DateField, LineField, ParagraphField, Required, choices
from aktema.plans.codes import (
    ANSWERS_TO,
    EASY_QUESTIONS,
    Channel,
    Conclusion,
    PointAnswer,
    SupportMeasure,
    WorkPoint,
)
from aktema.plans.follow_up_operations import FollowUpFacts, PointFacts, in_two_lines
from aktema.plans.follow_up_queries import what_and_who
from aktema.plans.goal_forms import fields_of, goal_facts, refuse_words_without_answer, written_of
from aktema.plans.goal_queries import GoalToFollow, goals_of, results_of
from aktema.plans.models import Decision, FollowUp, WorkPointAnswer

LONGEST_LINE = 300
PARTS = ("channel", "words", "who", "on")
"""What can belong to an answer."""
CHANNELS = tuple((channel.value, channel.label) for channel in Channel)


class NewFollowUpForm(BaseForm):
    """Which decision, what day and who took part."""

    decision = RadioField(_l("Vilket beslut gäller det?"), [InputRequired(_l("Välj ett beslut."))])
    held_on = DateField(_l("Vilken dag träffades ni?"), [Required()], default=clock.today)  # type: ignore[arg-type]  # the data of a date field is a date
    attendees = LineField(
        _l("Vilka var med?"),
        longest=LONGEST_LINE,
        description=_l("Till exempel: Alva, god man, koordinator."),
    )

    def __init__(self, *, decisions: Sequence[Decision], **options: Any) -> None:
        super().__init__(**options)
        self.decision.choices = choices((one.public_id, decision_label(one)) for one in decisions)
        if not self.is_submitted() and decisions:
            self.decision.data = decisions[0].public_id

    @property
    def day(self) -> date:
        return cast("date", self.held_on.data)


def decision_label(decision: Decision) -> str:
    """What was granted, and from when."""
    measure = SupportMeasure(decision.support_measure).label
    return _("%(measure)s från %(day)s", measure=measure, day=decision.from_date)


class FollowUpForm(BaseForm):
    """What was said, and where there are points about work an answer to each. Half done is well begun."""

    held_on = DateField(_l("Vilken dag träffades ni?"), [Required()])
    attendees = LineField(_l("Vilka var med?"), longest=LONGEST_LINE)
    summary = ParagraphField(
        _l("Hur går det?"), description=_l("Kort, så att personen själv känner igen sig.")
    )
    own_words = ParagraphField(_l("Med personens egna ord"))
    own_words_channel = RadioField(_l("Hur sa personen det?"), [Optional()], choices=choices(CHANNELS))
    points: Sequence[WorkPoint] = ()
    goals: Sequence[GoalToFollow] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Words or a day without an answer have nowhere to be kept, and are not thrown away either."""
        is_valid = bool(super().validate(extra_validators))
        for point in self.points:
            answer = self[field_name("answer", point)]
            if not answer.data and any(field.data for field in self.parts_of(point)):
                answer.errors = [*answer.errors, _("Välj ett svar också, så sparas det du har skrivit.")]
                is_valid = False
        return not refuse_words_without_answer(self, self.goals) and is_valid

    def parts_of(self, point: WorkPoint) -> Iterator[Field]:
        """The fields of the point but for its answer, in the order they are asked."""
        own = tuple(field_name(part, point) for part in PARTS)
        return (field for field in self if field.name in own)

    def facts(self) -> FollowUpFacts:
        """What was typed; only after the form has been found valid."""
        answered = [point for point in self.points if self[field_name("answer", point)].data]
        return FollowUpFacts(
            held_on=cast("date", self.held_on.data),
            attendees=self.attendees.data or "",
            summary=self.summary.data or "",
            own_words=self.own_words.data or "",
            own_words_channel=_channel(self.own_words_channel.data),
            points=[self._point(point) for point in answered],
            goals=goal_facts(self, self.goals),
        )

    def _point(self, point: WorkPoint) -> PointFacts:
        typed = {part: self._typed(part, point) for part in ("answer", *PARTS)}
        return PointFacts(
            point=point,
            answer=PointAnswer(typed["answer"]),
            on_date=typed["on"],
            channel=_channel(typed["channel"]),
            words=in_two_lines(typed["words"] or "", typed["who"] or ""),
        )

    def _typed(self, part: str, point: WorkPoint) -> Any:
        name = field_name(part, point)
        return self[name].data if name in self else None


def field_name(part: str, point: WorkPoint) -> str:
    """The name of a point's field, which is its place on the page too."""
    return f"{part}_{point.value}"


def _channel(code: str | None) -> Channel | None:
    return Channel(code) if code else None


def follow_up_form(follow_up: FollowUp, **options: Any) -> FollowUpForm:
    """The form with the plan's goals and the points about work, filled in with what is written so far."""
    points = tuple(WorkPoint) if follow_up.has_work_points else ()
    goals = goals_of(follow_up)
    fields: dict[str, Any] = {"points": points, "goals": goals, **dict(fields_of(goals))}
    for point in points:
        fields |= _fields(point)
    made = cast("type[FollowUpForm]", type("FollowUpForm", (FollowUpForm,), fields))
    written = _written(follow_up) | (written_of(results_of(follow_up)) if goals else {})
    return made(data=written, **options)


def _fields(point: WorkPoint) -> dict[str, Field]:
    answers = choices((answer.value, answer.label) for answer in ANSWERS_TO[point])
    say_it = _("Fråga så här: %(question)s", question=EASY_QUESTIONS[point])
    fields: dict[str, Field] = {
        "answer": RadioField(point.label, [Optional()], choices=answers, description=say_it)
    }
    if point.is_own_answer:
        fields["channel"] = RadioField(
            _("Hur gav personen sitt svar?"), [Optional()], choices=choices(CHANNELS)
        )
        fields["words"] = ParagraphField(
            _("Personens egna ord"),
            description=_("Gick det inte att fråga? Skriv varför i stället."),
            longest=1000,
        )
    elif point is WorkPoint.NEXT_STEP:
        fields["words"] = LineField(
            _("Vad ska göras?"),
            longest=LONGEST_LINE,
            description=_("Gick det inte att fråga? Skriv varför i stället."),
        )
        fields["who"] = LineField(_("Vem gör det?"), longest=LONGEST_LINE)
        fields["on"] = DateField(_("Senast vilken dag?"), description=_("Behövs när svaret är ja."))
    else:
        day_needed, reason_needed = (
            _("Behövs när svaret är ja."),
            _("Behövs när det inte har erbjudits eller inte gick att fråga."),
        )
        fields["on"] = DateField(_("Vilken dag var kontakten?"), description=day_needed)
        fields["words"] = ParagraphField(
            _("Orsak, eller vad som sades"), description=reason_needed, longest=1000
        )
    return {field_name(part, point): field for part, field in fields.items()}


def _written(follow_up: FollowUp) -> dict[str, Any]:
    """What is written so far, by field name."""
    names = ("held_on", "attendees", "summary", "own_words", "own_words_channel")
    written = {name: getattr(follow_up, name) for name in names}
    for row in follow_up.points:
        written |= _written_in(WorkPoint(row.point), row)
    return written


def _written_in(point: WorkPoint, row: WorkPointAnswer) -> dict[str, Any]:
    words, who = row.words or "", ""
    if point is WorkPoint.NEXT_STEP:
        words, who = what_and_who(row)
    parts = {"answer": row.answer, "channel": row.channel, "words": words, "who": who, "on": row.on_date}
    return {field_name(part, point): value for part, value in parts.items()}


class CloseForm(BaseForm):
    """What comes of it. Once it is closed it stands."""

    conclusion = RadioField(
        _l("Hur blir det nu?"),
        [InputRequired(_l("Välj hur det blir."))],
        choices=choices((one.value, one.label) for one in Conclusion),
    )
