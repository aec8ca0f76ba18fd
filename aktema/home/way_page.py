"""What is due on people's ways to work, and with employers: gathered from the slice that knows each fact."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import is_granted
from aktema.employers.employer_page import Task as EmployerTask
from aktema.employers.employer_page import employer_tasks
from aktema.employers.permissions import UPDATE_EMPLOYER
from aktema.home.register_queries import silent_employer_tasks
from aktema.pathway.check_in_page import check_in_tasks, job_question_tasks
from aktema.pathway.introduction_page import introduction_tasks
from aktema.pathway.outcome_page import outcome_tasks
from aktema.pathway.permissions import WRITE_TRIAL
from aktema.pathway.retention_page import retention_tasks
from aktema.pathway.review_page import review_tasks
from aktema.pathway.signature_page import signature_tasks
from aktema.pathway.task import Task
from aktema.pathway.trial_page import trial_tasks
from aktema.people.permissions import LIST

Finder = Callable[[Identity, date, int], Sequence[Task]]
ON_THE_WAY: tuple[Finder, ...] = (introduction_tasks, signature_tasks, trial_tasks)
AT_TRIALS: tuple[Finder, ...] = (check_in_tasks, job_question_tasks, review_tasks)
JOBS: tuple[Finder, ...] = (outcome_tasks, retention_tasks)


@dataclass(frozen=True, kw_only=True, slots=True)
class WayTasks:
    """What is due, by where the person stands; and what employers wait for, which is about nobody."""

    on_the_way: Sequence[Task]
    at_trials: Sequence[Task]
    jobs: Sequence[Task]
    employers: Sequence[EmployerTask]

    @property
    def is_empty(self) -> bool:
        return not any((self.on_the_way, self.at_trials, self.jobs, self.employers))


def way_tasks(identity: Identity, today: date, limit: int) -> WayTasks:
    """At most so many of each. Whoever is named leaves a trace of being read."""
    may_lead = is_granted(identity, WRITE_TRIAL)
    found = WayTasks(
        on_the_way=_of(ON_THE_WAY, identity, today, limit) if may_lead else (),
        at_trials=_of(AT_TRIALS, identity, today, limit) if may_lead else (),
        jobs=_of(JOBS, identity, today, limit),
        employers=_employers(identity, today, limit),
    )
    named = {one.participant.id for one in (*found.on_the_way, *found.at_trials, *found.jobs)}
    audit.record_reads(LIST, sorted(named))
    return found


def _of(finders: Sequence[Finder], identity: Identity, today: date, limit: int) -> Sequence[Task]:
    return [task for find in finders for task in find(identity, today, limit)][:limit]


def _employers(identity: Identity, today: date, limit: int) -> Sequence[EmployerTask]:
    if not is_granted(identity, UPDATE_EMPLOYER):
        return ()
    return [*employer_tasks(identity, limit), *silent_employer_tasks(identity, today, limit)][:limit]
