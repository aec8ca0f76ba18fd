"""What the pages of deadlines say, and the file that goes to IVO."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access.roles import Role
from aktema.core.errors import Message
from aktema.core.markup import near_day
from aktema.core.tabular import write_csv
from aktema.people.models import Participant
from aktema.plans.due_queries import Due, Unexecuted
from aktema.plans.rules.calendar import Quarter
from aktema.plans.rules.deadlines import DueKind

SOON = timedelta(days=14)
"""What is due later than this can be done already, but need not be yet."""
QUARTERS_OFFERED = 6
FIRST_YEAR = 2000

TITLES: dict[DueKind, Message] = {
    DueKind.ANSWER_ORDER: _l("Svara på beställningen"),
    DueKind.FIRST_DAY: _l("Skriv in första dagen"),
    DueKind.PLAN: _l("Gör genomförandeplanen"),
    DueKind.FOLLOW_UP_DECISION: _l("Följ upp beslutet"),
    DueKind.FOLLOW_UP_PLAN: _l("Följ upp planen"),
    DueKind.DECISION_ENDS: _l("Beslutet tar slut: bestäm vad som kommer sedan"),
    DueKind.NOT_EXECUTED: _l("Personen får inte allt som är beviljat"),
}
OTHERS_TITLES: dict[DueKind, Message] = {
    DueKind.ANSWER_ORDER: _l("Beställningen har inte fått något svar"),
    DueKind.FIRST_DAY: _l("Första dagen är inte inskriven"),
    DueKind.PLAN: _l("Genomförandeplanen är inte gjord"),
    DueKind.FOLLOW_UP_DECISION: _l("Beslutet är inte uppföljt"),
    DueKind.FOLLOW_UP_PLAN: _l("Planen är inte uppföljd"),
    DueKind.DECISION_ENDS: _l("Beslutet har gått ut"),
    DueKind.NOT_EXECUTED: _l("Personen får inte allt som är beviljat"),
}
"""What somebody else has to do, for who sees to it that it is done."""
OWERS: dict[Role, Message] = {
    Role.LSS_HANDLER: _l("handläggaren ska göra det"),
    Role.COORDINATOR: _l("koordinatorn ska göra det"),
    Role.UNIT_MANAGER: _l("enhetschefen ska göra det"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    title: str
    who: str
    href: str
    due: str
    tone: str
    tag: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    title: str
    lead: str
    tasks: Sequence[Task]


def groups(found: Sequence[Due], today: date) -> Sequence[Group]:
    """What is late, what is to be done within two weeks, and what can be done already; empty groups left out."""
    late = [one for one in found if one.is_late]
    now = [one for one in found if not one.is_late and one.due_on <= today + SOON]
    later = [one for one in found if one.due_on > today + SOON]
    every = (
        Group(title=_("Försenat"), lead=_("Det här skulle redan ha varit gjort."), tasks=_tasks(late)),
        Group(title=_("Nu"), lead=_("Gör det här inom två veckor."), tasks=_tasks(now)),
        Group(
            title=_("Snart"),
            lead=_("Det här går att göra redan, men det är inte bråttom."),
            tasks=_tasks(later),
        ),
    )
    return [group for group in every if group.tasks]


def _tasks(found: Sequence[Due]) -> Sequence[Task]:
    return [task_of(one) for one in found]


def task_of(one: Due) -> Task:
    """The line of a list: what to do about whom, where, and by when."""
    is_own_act = one.is_mine and not _is_reminder(one)
    parts = (
        one.unit_name,
        "" if one.is_mine else str(OWERS[one.owes]),
        _("senast %(day)s", day=near_day(one.due_on)),
    )
    return Task(
        title=str((TITLES if is_own_act else OTHERS_TITLES)[one.kind]),
        who=one.participant.name,
        href=place_of(one),
        due=" · ".join(filter(None, parts)),
        tone="danger" if one.is_late else "neutral",
        tag=_("Sen") if one.is_late else "",
    )


def _is_reminder(one: Due) -> bool:
    """A case handler does not answer an order: they ask the unit."""
    return one.kind is DueKind.ANSWER_ORDER and one.owes is Role.LSS_HANDLER


def place_of(one: Due) -> str:
    """The page where it is done, or where the reader sees how it stands."""
    person = one.participant.public_id
    if one.kind is DueKind.PLAN and one.is_mine and one.owes is Role.COORDINATOR:
        return url_for("plans.plans", public_id=person)
    if one.order_id is not None and one.kind is not DueKind.FOLLOW_UP_PLAN:
        return url_for("plans.order", order_id=one.order_id)
    holds_talks = one.is_mine and one.owes in (Role.LSS_HANDLER, Role.COORDINATOR)
    if one.kind in (DueKind.FOLLOW_UP_DECISION, DueKind.FOLLOW_UP_PLAN) and holds_talks:
        if one.follow_up_id is not None:
            return url_for("plans.follow_up", public_id=person, follow_up_id=one.follow_up_id)
        return url_for("plans.new_follow_up", public_id=person)
    return url_for("plans.decision", public_id=person, decision_id=one.decision_id)


# The quarter's report


@dataclass(frozen=True, kw_only=True, slots=True)
class QuarterTab:
    label: str
    href: str
    current: bool


def quarter_asked(typed: str, today: date) -> Quarter:
    """The quarter of the address, 2026-4; anything odd or not begun asks for the one that ended last."""
    found = re.fullmatch(r"([0-9]{4})-([1-4])", typed)
    newest = Quarter.of(today)
    quarter = Quarter(int(found[1]), int(found[2])) if found else newest.before()
    return quarter if Quarter(FIRST_YEAR, 1) <= quarter <= newest else newest.before()


def quarter_name(quarter: Quarter) -> str:
    return _("Kvartal %(number)s %(year)s", number=quarter.number, year=quarter.year)


def quarter_tabs(chosen: Quarter, today: date) -> Sequence[QuarterTab]:
    """The newest quarters, and the chosen one where it is older."""
    newest = [Quarter.of(today)]
    while len(newest) < QUARTERS_OFFERED:
        newest.append(newest[-1].before())
    offered = sorted({*newest, chosen}, reverse=True)
    return [
        QuarterTab(
            label=quarter_name(one),
            href=url_for("plans.unexecuted", kvartal=one.code),
            current=one == chosen,
        )
        for one in offered
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One decision of the report, in words."""

    person_id: str
    decision_id: str
    name: str
    born: str
    measure: str
    law: str
    decided_on: str
    since: str
    until: str
    how_much: str
    why: str
    planned: str
    unit: str
    is_protected: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many decisions the report names, and of them how many are partly carried out and how many are over."""

    total: int
    partial: int
    ended: int


def counts(found: Sequence[Unexecuted], today: date) -> Counts:
    return Counts(
        total=len(found),
        partial=sum(one.is_partial for one in found),
        ended=sum(_has_ended(one, today) for one in found),
    )


def _has_ended(one: Unexecuted, today: date) -> bool:
    return one.until is not None and one.until < today


def report_rows(found: Sequence[Unexecuted], people: Mapping[int, Participant], today: date) -> Sequence[Row]:
    return [_row(one, people[one.participant_id], today) for one in found]


def _row(one: Unexecuted, person: Participant, today: date) -> Row:
    return Row(
        person_id=person.public_id,
        decision_id=one.decision_id,
        name=person.name,
        born=person.birth_date.isoformat(),
        measure=str(one.support_measure.label),
        law=str(one.law_basis.label),
        decided_on=one.decided_on.isoformat(),
        since=one.since.isoformat(),
        until=one.until.isoformat() if one.until and _has_ended(one, today) else "",
        how_much=_("Delvis") if one.is_partial else _("Helt"),
        why=", ".join(str(reason.label) for reason in one.reasons) or _("Har inte börjat"),
        planned=one.planned_start.isoformat() if one.planned_start else "",
        unit=one.unit_name,
        is_protected=person.has_protected_identity,
    )


def report_file(rows: Sequence[Row]) -> bytes:
    """The report as a table for Excel. Whoever has a protected identity stands in it without name and birth date."""
    headings = (
        _("Namn"),
        _("Född"),
        _("Insats"),
        _("Lagrum"),
        _("Beslutat den"),
        _("Inte verkställt sedan"),
        _("Till och med"),
        _("Helt eller delvis"),
        _("Skäl"),
        _("Planerad start"),
        _("Enhet"),
    )
    return write_csv(headings, (_cells(row) for row in rows))


def _cells(row: Row) -> Sequence[str]:
    return (
        _("Skyddade personuppgifter") if row.is_protected else row.name,
        "" if row.is_protected else row.born,
        row.measure,
        row.law,
        row.decided_on,
        row.since,
        row.until,
        row.how_much,
        row.why,
        row.planned,
        row.unit,
    )
