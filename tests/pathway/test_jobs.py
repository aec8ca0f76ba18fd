"""A job: what is written of it, how it ends, and the way back to day activity."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.core.errors import DomainError
from aktema.employers.models import Placement
from aktema.pathway import outcome_operations as operations
from aktema.pathway.outcome_models import Employment, Outcome
from aktema.pathway.outcome_operations import ReturnFacts
from aktema.pathway.retention_operations import CheckFacts, record_check
from aktema.pathway.rules.outcome import EmploymentEnd, EmploymentForm
from aktema.pathway.rules.retention import RetentionDue
from aktema.people.models import Participant
from tests.support.lines import last_line
from tests.support.outcomes import (
    DAY,
    IN_A_MONTH,
    JOB,
    TODAY,
    a_job,
    an_outcome,
    job_facts,
    lines,
    of,
)
from tests.support.page import PageClient
from tests.support.people import act_as
from tests.support.people_builders import a_participant
from tests.support.trials import a_trial

SignIn = Callable[[Account], PageClient]

# The job


def test_a_job_with_a_subsidy_says_until_when(
    browser: PageClient, person: Participant, session: Session
) -> None:
    outcome = an_outcome(person, settled=True)
    session.commit()
    typed = {**JOB, "form": "wage_subsidy"}
    assert "Skriv vilken dag bidraget tar slut" in browser.submit(of(outcome, "/anstallning"), typed).words
    until = (IN_A_MONTH + 365 * DAY).isoformat()
    page = browser.submit(of(outcome, "/anstallning"), {**typed, "subsidy_until": until, "union": "yes"})
    assert until in page.words
    assert lines(session)[-1] == (
        f"Jobb från {IN_A_MONTH.isoformat()}: Lönebidrag för anställning, 20 timmar i veckan",
        f"Du börjar jobba {IN_A_MONTH.isoformat()}.",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"from_date": TODAY + 400 * DAY},
        {"from_date": TODAY - 1200 * DAY},
        {"subsidy_until": IN_A_MONTH},
    ],
)
def test_a_job_that_can_not_be_is_refused(
    coach: Account, person: Participant, changes: dict[str, object]
) -> None:
    outcome = an_outcome(person, settled=True)
    with pytest.raises(DomainError):
        operations.save_job(act_as(coach), person, outcome, job_facts(**changes))


@pytest.mark.parametrize(
    "typed", [{"weekly_minutes": "0"}, {"weekly_minutes": "49"}, {"workplace": " "}, {"form": "x"}]
)
def test_a_job_that_is_typed_wrong_keeps_what_was_typed(
    browser: PageClient, person: Participant, session: Session, typed: dict[str, str]
) -> None:
    outcome = an_outcome(person, settled=True)
    session.commit()
    page = browser.submit(of(outcome, "/anstallning"), {**JOB, **typed})
    assert (page.status, IN_A_MONTH.isoformat() in page.text) == (422, True)


def test_only_a_job_is_written_as_a_job(coach: Account, person: Participant) -> None:
    outcome = an_outcome(person, kind="back")
    with pytest.raises(DomainError):
        operations.save_job(act_as(coach), person, outcome, job_facts())


def test_a_job_of_a_trial_takes_over_its_place(
    coach: Account, person: Participant, placement: Placement
) -> None:
    outcome = an_outcome(person, trial=a_trial(person, placement), settled=True)
    job = operations.save_job(act_as(coach), person, outcome, job_facts())
    assert job.placement_id == placement.id


def test_a_change_of_the_job_is_no_second_job(coach: Account, person: Participant, session: Session) -> None:
    job = a_job(person)
    operations.save_job(
        act_as(coach), person, job.outcome, job_facts(weekly_minutes=600, from_date=job.from_date)
    )
    assert session.scalars(select(Employment.weekly_minutes)).all() == [600]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"from_date": IN_A_MONTH + DAY, "weekly_minutes": 1200}, 1),
        ({"weekly_minutes": 600}, 1),
        ({"form": EmploymentForm.SAMHALL}, 1),
        ({"workplace": "Ettans bageri"}, 0),
    ],
    ids=["day", "hours", "form", "name"],
)
def test_a_changed_job_is_told_anew_where_day_form_or_hours_differ(
    coach: Account, person: Participant, session: Session, changes: dict[str, object], told: int
) -> None:
    job = a_job(person, from_date=IN_A_MONTH)
    operations.save_job(act_as(coach), person, job.outcome, job_facts(**changes))
    assert len(lines(session)) == told


def test_a_changed_job_is_told_in_easy_words(coach: Account, person: Participant) -> None:
    job, day = a_job(person, from_date=IN_A_MONTH), IN_A_MONTH + DAY
    operations.save_job(act_as(coach), person, job.outcome, job_facts(from_date=day, weekly_minutes=600))
    assert last_line() == (
        "staff",
        f"Jobbet är ändrat. Från {day}: Vanlig anställning, 10 timmar i veckan",
        f"Något är nytt med ditt jobb. Första dagen är {day}. Du jobbar 10 timmar i veckan.",
    )


def test_a_first_day_after_the_last_is_refused(coach: Account, person: Participant) -> None:
    job = a_job(person, from_date=TODAY - 30 * DAY, to_date=TODAY)
    with pytest.raises(DomainError):
        operations.save_job(act_as(coach), person, job.outcome, job_facts())


def test_an_older_form_asks_before_it_writes(
    browser: PageClient, person: Participant, session: Session
) -> None:
    job = a_job(person)
    session.commit()
    held = browser.get(of(job.outcome, "/anstallning")).hidden()
    page = browser.post(of(job.outcome, "/anstallning"), {**held, **JOB, "version": "9"})
    assert page.status == 409


# The end, and the way back


def test_a_job_ends_with_its_reason(browser: PageClient, person: Participant, session: Session) -> None:
    job = a_job(person, from_date=TODAY - 60 * DAY)
    session.commit()
    page = browser.submit(
        of(job.outcome, "/slut"), {"last_day": (TODAY - DAY).isoformat(), "reason": "too_fast"}
    )
    assert "Det gick för fort" in page.words
    assert "Tillbaka till daglig verksamhet" in page.words


@pytest.mark.parametrize("last_day", [TODAY - 8 * DAY, TODAY + 400 * DAY])
def test_a_last_day_before_the_first_or_far_ahead_is_refused(
    coach: Account, person: Participant, last_day: date
) -> None:
    with pytest.raises(DomainError):
        operations.end_job(act_as(coach), a_job(person), last_day, EmploymentEnd.OTHER)


def test_a_wrong_last_day_is_put_right(browser: PageClient, person: Participant, session: Session) -> None:
    job = a_job(person, from_date=TODAY - 60 * DAY, to_date=TODAY - 30 * DAY)
    session.commit()
    shown = browser.get(of(job.outcome, "/slut"))
    assert (
        "Rätta sista dagen" in shown.words,
        "Rätta sista dagen" in browser.get(of(job.outcome)).words,
    ) == (
        True,
        True,
    )
    assert shown.select(f'input[value="{(TODAY - 30 * DAY).isoformat()}"]')
    last_day = (TODAY - DAY).isoformat()
    browser.submit(of(job.outcome, "/slut"), {"last_day": last_day, "reason": "health"})
    assert session.execute(select(Employment.to_date, Employment.end_reason)).one() == (TODAY - DAY, "health")
    assert lines(session)[-1] == (
        f"Jobbets slut är rättat. Sista dagen är {last_day}: Hälsan",
        f"Något är nytt med ditt jobb. Sista dagen är {last_day}.",
    )
    traced = select(AccessEntry.detail).where(AccessEntry.object_kind == "employment")
    assert session.scalars(traced).all() == ["end_put_right"]


def test_the_same_end_again_is_no_line(coach: Account, person: Participant, session: Session) -> None:
    job = a_job(person, from_date=TODAY - 30 * DAY, to_date=TODAY - DAY)
    operations.end_job(act_as(coach), job, TODAY - DAY, EmploymentEnd.AS_PLANNED)
    assert lines(session) == []


def test_the_way_back_ends_the_job_and_keeps_all_that_was(
    browser: PageClient, person: Participant, session: Session
) -> None:
    job = a_job(person, from_date=TODAY - 60 * DAY)
    session.commit()
    path = f"/deltagare/{person.public_id}/tillbaka"
    page = browser.submit(path, {"back_from": TODAY.isoformat(), "reason": "health", "words": "Skönt"})
    assert page.words.count("Lindas bageri") == 1
    assert session.execute(select(Employment.to_date, Employment.end_reason)).one() == (TODAY - DAY, "health")
    kinds = session.scalars(select(Outcome.kind).order_by(Outcome.id)).all()
    assert (kinds, lines(session)[-1][1]) == (["job", "back"], "Du är tillbaka på dina vanliga dagar.")
    assert job.outcome_id is not None


def test_the_way_back_asks_why_where_a_job_ends(
    browser: PageClient, person: Participant, session: Session
) -> None:
    a_job(person)
    session.commit()
    page = browser.submit(f"/deltagare/{person.public_id}/tillbaka", {"back_from": TODAY.isoformat()})
    assert (page.status, "Välj varför jobbet slutar" in page.words) == (422, True)
    assert session.scalar(select(func.count()).select_from(Outcome)) == 1


def test_the_way_back_is_open_without_a_job_too(coach: Account, person: Participant) -> None:
    back = ReturnFacts(back_from=TODAY + 7 * DAY)
    outcome = operations.return_to_day_activity(act_as(coach), person, back)
    assert (outcome.kind, outcome.happened_on) == ("back", TODAY)


def test_a_job_that_ends_earlier_anyway_keeps_its_day(coach: Account, person: Participant) -> None:
    job = a_job(person, to_date=TODAY + DAY)
    back = ReturnFacts(back_from=TODAY + 30 * DAY, reason=EmploymentEnd.AS_PLANNED)
    operations.return_to_day_activity(act_as(coach), person, back)
    assert job.to_date == TODAY + DAY


def test_where_no_job_is_written_none_can_end(
    browser: PageClient, person: Participant, session: Session
) -> None:
    outcome = an_outcome(person)
    session.commit()
    assert browser.get(of(outcome, "/slut")).status == 404


def test_a_first_day_stands_once_the_job_was_followed_up(coach: Account, person: Participant) -> None:
    identity, job = act_as(coach), a_job(person)
    record_check(identity, job, RetentionDue.WEEK_1, CheckFacts(was_reached=True, is_still=True))
    with pytest.raises(DomainError):
        operations.save_job(identity, person, job.outcome, job_facts(from_date=TODAY))


@pytest.mark.parametrize(
    ("until", "values", "back_from", "is_refused"),
    [
        (TODAY + 9 * DAY, {}, TODAY, True),
        (TODAY + 9 * DAY, {}, TODAY - DAY, True),
        (TODAY + 9 * DAY, {}, TODAY + 9 * DAY, True),
        (TODAY + 9 * DAY, {}, TODAY + 10 * DAY, False),
        (TODAY - DAY, {}, TODAY, False),
        (TODAY + 9 * DAY, {"interrupted_on": TODAY, "interrupted_by": "person"}, TODAY, False),
    ],
    ids=["today", "yesterday", "its last day", "after it", "ended", "interrupted"],
)
def test_whoever_goes_back_has_left_the_trial_first(
    coach: Account,
    person: Participant,
    placement: Placement,
    until: date,
    values: dict[str, object],
    back_from: date,
    is_refused: bool,
) -> None:
    a_trial(person, placement, from_date=TODAY - 9 * DAY, to_date=until, days=False, **values)
    if is_refused:
        with pytest.raises(DomainError) as refused:
            operations.return_to_day_activity(act_as(coach), person, ReturnFacts(back_from=back_from))
        assert refused.value.field == "back_from"
    else:
        operations.return_to_day_activity(act_as(coach), person, ReturnFacts(back_from=back_from))


def test_somebody_elses_trial_keeps_nobody_from_going_back(
    coach: Account, person: Participant, placement: Placement
) -> None:
    a_trial(a_participant(first_name="Bo"), placement)
    back = ReturnFacts(back_from=TODAY)
    assert operations.return_to_day_activity(act_as(coach), person, back).kind == "back"


def test_a_way_back_long_ago_or_far_ahead_is_refused(coach: Account, person: Participant) -> None:
    for back_from in (TODAY - 400 * DAY, TODAY + 400 * DAY):
        with pytest.raises(DomainError):
            operations.return_to_day_activity(act_as(coach), person, ReturnFacts(back_from=back_from))
