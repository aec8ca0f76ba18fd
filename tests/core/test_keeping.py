"""What is kept: sealed texts, drafts, jobs, pages of lists, migrations' state."""

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Unit
from aktema.core import clock, jobs
from aktema.core.crypto import blind_index, seal, unseal
from aktema.core.drafts import drop_draft, find_draft, save_draft
from aktema.core.idempotency import SubmittedForm
from aktema.core.jobs import DONE, FAILED, RUNNING, WAITING, Job, Progress
from aktema.core.paging import Cursor, Keyset
from aktema.core.swedish import sort_key
from tests.support.people_builders import a_participant

UNITS = Keyset[Unit](public_id=Unit.public_id, order=(Unit.sort_key,))


def test_a_sealed_text_opens_where_it_belongs(session: Session) -> None:
    assert unseal(seal("Åsa", "row:1"), "row:1") == "Åsa"


def test_a_sealed_text_moved_to_another_row_does_not_open(session: Session) -> None:
    with pytest.raises(InvalidTag):
        unseal(seal("Åsa", "row:1"), "row:2")


def test_the_same_text_is_never_sealed_the_same(session: Session) -> None:
    assert seal("Åsa", "row:1") != seal("Åsa", "row:1")


def test_a_blind_index_finds_the_same_and_hides_it(session: Session) -> None:
    index = blind_index("199003091234", "personal_number")
    assert index == blind_index("199003091234", "personal_number")
    assert "1990" not in index


def test_an_index_for_another_purpose_is_another(session: Session) -> None:
    assert blind_index("1", "a") != blind_index("1", "b")


def test_a_sealed_property_is_bound_to_its_row(session: Session) -> None:
    one, other = a_participant(), a_participant()
    one.phone = "070-174 06 05"
    other.phone_sealed = one.phone_sealed
    with pytest.raises(InvalidTag):
        _ = other.phone


def test_an_empty_text_is_not_stored(session: Session) -> None:
    person = a_participant()
    person.phone = ""
    assert person.phone_sealed is None


def test_a_draft_is_kept_per_account_and_place(session: Session) -> None:
    save_draft(1, "step:a", {"line": ["hej"]})
    session.flush()
    assert find_draft(1, "step:a") == {"line": ["hej"]}
    assert find_draft(2, "step:a") is None


def test_a_draft_is_written_over_and_dropped(session: Session) -> None:
    save_draft(1, "x", {"line": ["ett"]})
    session.flush()
    save_draft(1, "x", {"line": ["två"]})
    session.flush()
    assert find_draft(1, "x") == {"line": ["två"]}
    drop_draft(1, "x")
    assert find_draft(1, "x") is None


def test_a_draft_has_a_limit(session: Session) -> None:
    with pytest.raises(ValueError, match="too long"):
        save_draft(1, "x", {"line": ["x" * 200_000]})


def some_units(session: Session, count: int) -> list[str]:
    names = [f"Enhet {number:03}" for number in range(count)]
    session.add_all(Unit(name=name, kind="municipal", sort_key=sort_key(name)) for name in names)
    session.flush()
    return names


def names_of(cursor: Cursor, size: int = 2) -> list[str]:
    return [unit.name for unit in UNITS.page(select(Unit), cursor, size).items]


def test_pages_follow_each_other_without_gap_or_repeat(session: Session) -> None:
    names, seen, cursor = some_units(session, 5), [], Cursor()
    for _page in range(3):
        page = UNITS.page(select(Unit), cursor, 2)
        seen += [unit.name for unit in page.items]
        cursor = Cursor(after=page.after)
    assert seen == names


def test_the_last_page_leads_nowhere_and_the_first_not_back(session: Session) -> None:
    some_units(session, 3)
    first = UNITS.page(select(Unit), Cursor(), 2)
    last = UNITS.page(select(Unit), Cursor(after=first.after), 2)
    assert (first.before, last.after) == (None, None)


def test_a_page_back_is_the_page_one_came_from(session: Session) -> None:
    names = some_units(session, 5)
    second = UNITS.page(select(Unit), Cursor(after=UNITS.page(select(Unit), Cursor(), 2).after), 2)
    assert names_of(Cursor(before=second.before)) == names[:2]


def test_a_cursor_that_is_gone_gives_the_first_page(session: Session) -> None:
    names = some_units(session, 3)
    assert names_of(Cursor(after="finns inte")) == names[:2]


def test_an_empty_list_has_one_empty_page(session: Session) -> None:
    page = UNITS.page(select(Unit), Cursor())
    assert (list(page.items), page.after, page.before) == ([], None, None)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    subjects: list[int] = []
    monkeypatch.setattr(jobs, "_kinds", {"count": lambda subject, _progress: subjects.append(subject)})
    return subjects


def test_a_job_is_run_once(session: Session, ran: list[int]) -> None:
    jobs.enqueue("count", 7)
    session.commit()
    assert (jobs.run_next(), jobs.run_next(), ran) == (True, False, [7])
    found = session.scalars(select(Job)).one()
    assert (found.state, found.is_over) == (DONE, True)


def test_a_job_that_breaks_is_marked_and_the_next_runs(
    session: Session, ran: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_subject: int, _progress: Progress) -> None:
        raise RuntimeError("boom")

    monkeypatch.setitem(jobs._kinds, "break", fail)
    jobs.enqueue("break", 1)
    session.flush()
    jobs.enqueue("count", 2)
    session.commit()
    assert (jobs.run_next(), jobs.run_next(), ran) == (True, True, [2])
    assert session.scalars(select(Job.state).order_by(Job.id)).all() == [FAILED, DONE]


def test_a_job_abandoned_by_its_worker_is_taken_over(session: Session, ran: list[int]) -> None:
    job = jobs.enqueue("count", 3)
    job.state, job.leased_until = RUNNING, clock.now() - timedelta(seconds=1)
    session.commit()
    assert jobs.run_next()
    assert ran == [3]


def test_a_job_under_lease_is_left_alone(session: Session, ran: list[int]) -> None:
    job = jobs.enqueue("count", 3)
    job.state, job.leased_until = RUNNING, clock.now() + timedelta(seconds=30)
    session.commit()
    assert not jobs.run_next()


def test_progress_is_there_for_others_to_see(session: Session) -> None:
    job = Job(kind="count", subject_id=1, state=WAITING)
    session.add(job)
    session.commit()
    Progress(job.id).report(3, 10)
    session.refresh(job)
    assert (job.done, job.total) == (3, 10)


def test_a_worker_stops_when_told(app: Flask) -> None:
    worker = jobs.Worker(app)
    worker.start()
    worker.stop()
    worker.join(5)
    assert not worker.is_alive()


def test_what_has_had_its_time_is_tidied_away(session: Session) -> None:
    old, new = SubmittedForm(key="old", location="/"), SubmittedForm(key="new", location="/")
    old.answered_at = clock.now() - timedelta(days=8)
    session.add_all([old, new])
    session.commit()
    jobs.do_chores()
    assert session.scalars(select(SubmittedForm.key)).all() == ["new"]
