"""What the pages of followed-up jobs say: one row for each moment, each voice in a column of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from aktema.access.identity import Identity
from aktema.access.policy import is_granted
from aktema.core.errors import Message
from aktema.core.markup import hours, near_day
from aktema.pathway.outcome_codes import DUE_LABELS, WELLBEING_LABELS, AnsweredHow
from aktema.pathway.outcome_models import Employment, RetentionCheck
from aktema.pathway.permissions import FOLLOW_UP_JOB
from aktema.pathway.retention_queries import Owed, find_check, owed_checks
from aktema.pathway.rules import retention as rules
from aktema.pathway.rules.retention import RetentionDue
from aktema.pathway.task import Task

NOT_WELL = 1
"""From this answer and down somebody is to call, whatever the day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MomentRow:
    """One moment: what was found out, what the person said and what the employer said. Nothing is reckoned from it."""

    label: Message
    day: str
    still: str
    tone: str
    hours: str
    person: str
    employer: str
    support: str


def moments_of(job: Employment, today: date) -> Sequence[MomentRow]:
    """The moments that have come, and the next one while the job goes on."""
    last = job.to_date or date.max
    come = [due for due in RetentionDue if rules.due_on(job.from_date, due) <= min(today, last)]
    ahead = [due for due in RetentionDue if today < rules.due_on(job.from_date, due) <= last]
    early = [due for due in ahead[1:] if find_check(job, due) is not None]
    return [_row(job, due, today) for due in (*come, *ahead[:1], *early)]


def _row(job: Employment, due: RetentionDue, today: date) -> MomentRow:
    check = find_check(job, due)
    still, tone = _still(job, check, due, today)
    return MomentRow(
        label=DUE_LABELS[due],
        day=rules.due_on(job.from_date, due).isoformat(),
        still=still,
        tone=tone,
        hours=hours(check.weekly_minutes) if check else "",
        person=person_says(check),
        employer=employer_says(check),
        support=(check.support or "") if check else "",
    )


def _still(job: Employment, check: RetentionCheck | None, due: RetentionDue, today: date) -> tuple[str, str]:
    """How it was, in words, and the tone of that."""
    if check is not None and check.is_still_employed is not None:
        return (_("Kvar"), "success") if check.is_still_employed else (_("Hade slutat"), "neutral")
    if rules.current(job.from_date, job.to_date, today) is due:
        return (
            (_("Fråga nu"), "warning") if rules.due_on(job.from_date, due) <= today else (_("Snart"), "info")
        )
    if rules.due_on(job.from_date, due) > today:
        return "", "neutral"
    reached = check is not None and check.was_reached
    return (_("Nådde ingen") if check is not None and not reached else _("Ingen frågade")), "neutral"


def person_says(check: RetentionCheck | None) -> str:
    """The person's own answer with how it was given; empty where they gave none."""
    if check is None or check.wellbeing is None:
        return ""
    return f"{WELLBEING_LABELS[check.wellbeing]} ({_how(check.wellbeing_how)})"


def employer_says(check: RetentionCheck | None) -> str:
    """The employer's answer with how it was given; empty where they gave none."""
    if check is None or check.employer_says_well is None:
        return ""
    answer = _("Det går bra") if check.employer_says_well else _("Vill prata")
    return f"{answer} ({_how(check.employer_how)})"


def _how(code: str | None) -> str:
    return str(AnsweredHow(code or AnsweredHow.TOLD).label).lower()


def retention_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """The jobs it falls to the reader to ask about now, the longest due first: two statements.

    Nobody is recorded as read: whoever shows the tasks does that.
    """
    if not is_granted(identity, FOLLOW_UP_JOB):
        return ()
    due = [one for one in owed_checks(identity, today) if one.due_on <= today or _title(one)[1]]
    return [task_of(one, today) for one in due[:limit]]


def task_of(one: Owed, today: date) -> Task:
    """The line of a list: whom to ask about which moment. Whoever said that it is not well comes out."""
    person, job = one.employment.participant, one.employment
    title, is_urgent = _title(one)
    is_late = rules.is_late(job.from_date, one.due, today)
    return Task(
        participant=person,
        title=title,
        href=url_for("pathway.retention_check", employment_id=job.public_id),
        due=near_day(one.due_on),
        tone="danger" if is_late or is_urgent else "neutral",
        tag=_("Viktigt") if is_urgent else _("Sen") if is_late else "",
    )


def _title(one: Owed) -> tuple[str, bool]:
    """What to do, and whether somebody waits for it."""
    check = find_check(one.employment, one.due)
    if check is not None and check.employer_says_well is False:
        return _("Arbetsgivaren vill prata om jobbet"), True
    if check is not None and check.wellbeing is not None and check.wellbeing <= NOT_WELL:
        return _("%(name)s har det inte bra på jobbet", name=one.employment.participant.first_name), True
    return _("Fråga hur det går på jobbet: %(moment)s", moment=str(DUE_LABELS[one.due]).lower()), False
