"""Goals and their results as pages tell them: the person and the staff side by side, and where they differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from aktema.core.errors import Message
from aktema.core.markup import near_day
from aktema.plans.codes import Channel
from aktema.plans.goal_codes import GoalAnswer
from aktema.plans.goal_queries import Followed, GoalToFollow


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalRow:
    """A goal with both answers in words. `difference` is empty where they agree or one of them is no level."""

    text: str
    aim: str
    person: Message
    channel: Message
    words: str
    staff: Message
    staff_words: str
    difference: str


def goals_shown(followed: Followed) -> Sequence[GoalRow]:
    """What is said of each goal."""
    return list(_rows(followed))


def _rows(followed: Followed) -> Iterator[GoalRow]:
    for goal in followed.goals:
        row = followed.results.get(goal.key)
        person, staff = (
            GoalAnswer(code) if code else None for code in ((row.person, row.staff) if row else (None, None))
        )
        yield GoalRow(
            text=goal.text,
            aim=aim_of(goal),
            person=person.label if person else _("Inget svar än"),
            channel=Channel(row.channel).label if row and row.channel else "",
            words=(row.words if row else None) or "",
            staff=staff.staff_label if staff else _("Inget svar än"),
            staff_words=(row.staff_words if row else None) or "",
            difference=_difference(person, staff),
        )


def aim_of(goal: GoalToFollow) -> str:
    """How the goal is noticed to be reached, and by when."""
    by = _("Ska vara nått %(day)s.", day=near_day(goal.target_date)) if goal.target_date else ""
    return " ".join(filter(None, (goal.measure, by)))


def _difference(person: GoalAnswer | None, staff: GoalAnswer | None) -> str:
    if person is None or staff is None or person.level is None or staff.level is None:
        return ""
    steps = person.level - staff.level
    if steps == 0:
        return ""
    apart = ngettext("%(num)s steg isär", "%(num)s steg isär", abs(steps))
    return (
        _("Personen ser mer framsteg än personalen, %(apart)s.", apart=apart)
        if steps > 0
        else _("Personalen ser mer framsteg än personen, %(apart)s.", apart=apart)
    )
