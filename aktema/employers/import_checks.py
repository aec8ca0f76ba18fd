"""Placements from a file: what is wrong with a row beyond its single cells."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from aktema.access.importing.kinds import Problem, Sender
from aktema.core.importing import Record
from aktema.core.swedish import fold
from aktema.employers import import_columns as columns
from aktema.employers import words
from aktema.employers.import_plan import Line, Plan, WorkplaceKey, plan_of
from aktema.employers.rules import Need, Readiness, TimesProblem, missing_needs, times_problems
from aktema.employers.states import State

MENDED_IN: Mapping[Need, Any] = {
    Need.TITLE: columns.TITLE,
    Need.DESCRIPTION: columns.DESCRIPTION,
    Need.LOCALITY: columns.LOCALITY,
    Need.ACTIVITY: columns.ACTIVITIES,
    Need.OPEN_EMPLOYER: columns.EMPLOYER,
}
TIMES_IN: Mapping[TimesProblem, Any] = {
    TimesProblem.LESS_THAN_LEAST: columns.MOST,
    TimesProblem.ENDS_BEFORE_START: columns.ENDS,
    TimesProblem.DAYS_TOO_SHORT: columns.LEAST_HOURS,
    TimesProblem.PERIOD_ENDS_FIRST: columns.TO_DATE,
}


def check(records: Sequence[Record], _sender: Sender) -> Iterator[Problem]:
    """Everything wrong beyond single cells, row by row."""
    plan = plan_of(records)
    for line in plan.lines:
        yield from _place_problems(plan, line)
        yield from _own_problems(plan, line)
    yield from _stand_twice(plan)


def _problem(line: Line, column: Any, message: Any) -> Problem:
    return Problem(row=line.record.row, column=column, message=str(message))


def _place_problems(plan: Plan, line: Line) -> Iterator[Problem]:
    """Which employer and workplace it is must be clear, and so must where that is."""
    employer = plan.employers.get(line.employer)
    if employer is not None and not employer.is_alone:
        yield _problem(line, columns.EMPLOYER, _("Flera arbetsgivare heter så. Fyll i organisationsnumret."))
    if employer is not None and not employer.is_open:
        yield _problem(line, columns.EMPLOYER, words.NEEDS[Need.OPEN_EMPLOYER])
    said = line.record.find(columns.LOCALITY)
    known = plan.workplaces.get(line.workplace)
    if said is not None and known is not None and said != known.locality_id:
        message = _("Arbetsplatsen finns redan, med en annan ort. Ändra den där eller lämna tomt här.")
        yield _problem(line, columns.LOCALITY, message)
    elif said is not None and said != plan.localities[line.workplace]:
        yield _problem(line, columns.LOCALITY, _("Samma arbetsplats har en annan ort på en rad ovanför."))


def _own_problems(plan: Plan, line: Line) -> Iterator[Problem]:
    for problem in times_problems(line.times):
        yield _problem(line, TIMES_IN[problem], words.TIMES_PROBLEMS[problem])
    if not line.is_occupation_known:
        message = _("Vi hittar inte yrket. Skriv SSYK-kodens fyra siffror eller lämna tomt.")
        yield _problem(line, columns.OCCUPATION, message)
    if line.met & line.not_met:
        message = _("Samma sak står både som finns och saknas. Ta bort den på ett ställe.")
        yield _problem(line, columns.NOT_MET, message)
    if line.state is State.PUBLISHED:
        for need in missing_needs(_readiness(plan, line)):
            yield _problem(line, MENDED_IN[need], words.NEEDS[need])


def _readiness(plan: Plan, line: Line) -> Readiness:
    """What publishing asks about. A closed employer has been complained of already; the rest is only advice."""
    return Readiness(
        has_title=True,
        has_description=line.record.find(columns.DESCRIPTION) is not None,
        has_locality=line.workplace in plan.localities,
        has_activity=bool(line.activity_ids),
        has_open_employer=True,
        has_demands=True,
        has_hours=True,
        has_weekdays=True,
        has_supervision=True,
        has_constraints=True,
    )


def _stand_twice(plan: Plan) -> Iterator[Problem]:
    """The same placement on two rows, or one that is here already."""
    first: dict[tuple[WorkplaceKey, str], int] = {}
    for line in plan.lines:
        title, known = fold(line.record.get(columns.TITLE)), plan.workplaces.get(line.workplace)
        row = first.setdefault((line.workplace, title), line.record.row)
        if row != line.record.row:
            message = _("Samma plats står på rad %(row)s. Ta bort raden eller höj antalet platser.", row=row)
            yield _problem(line, columns.TITLE, message)
        elif known is not None and title in known.titles:
            yield _problem(line, columns.TITLE, _("Platsen finns redan på arbetsplatsen. Ta bort raden."))
