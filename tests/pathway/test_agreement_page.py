"""What the pages of an agreement say in words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.core.easy_read import check
from aktema.pathway.agreement_page import change_words, differences, easy_text, habit_words, period_words
from aktema.pathway.rules.schedule import DayTimes, Times, lay_out, put
from aktema.pathway.schedule_page import granted_minutes, week_label
from aktema.pathway.trial_models import Agreement
from tests.support.employers import a_contact, a_placement
from tests.support.page import PageClient
from tests.support.people_builders import a_participant
from tests.support.plans import a_decision
from tests.support.signatures import a_stay
from tests.support.trials import a_trial, a_version

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 9)
MORNING, LONG = Times(starts_at=540, ends_at=720), Times(starts_at=480, ends_at=960, break_minutes=30)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        (lay_out(dict.fromkeys(range(5), MORNING), MONDAY, MONDAY + 11 * DAY), "måndag–fredag 09:00–12:00"),
        (lay_out({0: MORNING, 1: MORNING}, MONDAY, MONDAY + DAY), "måndag och tisdag 09:00–12:00"),
        (
            lay_out(dict.fromkeys((0, 1, 3), MORNING), MONDAY, MONDAY + 4 * DAY),
            "måndag, tisdag och torsdag 09:00–12:00",
        ),
        (
            lay_out({0: MORNING, 1: MORNING, 2: MORNING, 3: LONG, 4: MORNING}, MONDAY, MONDAY + 4 * DAY),
            "måndag–onsdag och fredag 09:00–12:00, torsdag 08:00–16:00 med 30 minuters rast",
        ),
        (
            lay_out({0: MORNING, 2: LONG}, MONDAY, MONDAY + 9 * DAY),
            "måndag 09:00–12:00, onsdag 08:00–16:00 med 30 minuters rast",
        ),
        (
            lay_out(dict.fromkeys(range(5), MORNING), MONDAY + DAY, MONDAY + 7 * DAY),
            "måndag–fredag 09:00–12:00",
        ),
        (
            put(lay_out({0: MORNING}, MONDAY, MONDAY + 14 * DAY), DayTimes(day=MONDAY, times=LONG)),
            "måndag 09:00–12:00, men inte alla veckor är lika",
        ),
    ],
)
def test_days_are_told_as_the_week_they_follow(
    session: Session, days: tuple[DayTimes, ...], words: str
) -> None:
    assert habit_words(days) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, ""),
        (MONDAY, None, ""),
        (MONDAY, MONDAY, "måndag 9 mars 2026"),
        (MONDAY, MONDAY + DAY, "9 mars till 10 mars 2026"),
    ],
)
def test_a_period_is_told_as_its_days(
    session: Session, first: date | None, last: date | None, words: str
) -> None:
    assert period_words(Agreement(from_date=first, to_date=last)) == words


@pytest.mark.parametrize(
    ("monday", "label"),
    [(MONDAY, "Vecka 11, 9–15 mars"), (date(2026, 12, 28), "Vecka 53, 28 december–3 januari")],
)
def test_a_week_is_named_by_its_number_and_days(session: Session, monday: date, label: str) -> None:
    assert week_label(monday) == label


def test_a_version_tells_only_what_it_changed(session: Session) -> None:
    trial = a_trial(a_participant(), a_placement(), from_date=MONDAY, to_date=MONDAY + 4 * DAY)
    later = a_version(
        trial, from_date=MONDAY, to_date=MONDAY + 4 * DAY, tasks="Packa", has_return_right=False
    )
    told = {one.label: (one.before, one.after) for one in differences(trial.agreements[0], later)}
    assert told == {
        "Uppgifter": ("Fylla på hyllor och duka i fikarummet.", "Packa"),
        "Daglig verksamhet": ("Platsen finns kvar", "Platsen finns inte kvar"),
    }


@pytest.mark.parametrize(
    ("change", "reason", "told"),
    [
        ("extended", "awaits_decision", "Längre tid. Väntar på ett jobb eller ett beslut. Till maj."),
        ("extended", "", "Längre tid. Till maj."),
        ("shortened", "health", "Kortare tid. Hälsan. Till maj."),
    ],
)
def test_a_version_says_why_it_is_longer_or_shorter(
    session: Session, change: str, reason: str, told: str
) -> None:
    version = Agreement(number=2, change=change, change_reason=reason)
    version.change_words = "Till maj."
    assert change_words(version) == told


@pytest.mark.parametrize(("page", "days"), [("forlang", 20), ("korta", 1)])
def test_a_new_last_day_needs_a_reason(
    sign_in: Callable[[Account], PageClient], session: Session, page: str, days: int
) -> None:
    stay = a_stay()
    day = (clock.today() + days * DAY).isoformat()
    answer = sign_in(stay.coach).submit(stay.path(f"/{page}"), {"to_date": day})
    assert (answer.status, len(answer.select("#reason-error"))) == (422, 1)
    assert session.scalars(select(Agreement.number)).all() == [1]


def test_few_changed_days_are_told_one_by_one(session: Session) -> None:
    trial = a_trial(a_participant(), a_placement(), from_date=MONDAY, to_date=MONDAY + 4 * DAY)
    later = a_version(trial, from_date=MONDAY, to_date=MONDAY + 3 * DAY)
    told = {one.label: (one.before, one.after) for one in differences(trial.agreements[0], later)}
    assert told["fredag 13 mars 2026"] == ("09:00–12:00", "Ledig")


def test_many_changed_days_are_told_together(session: Session) -> None:
    trial = a_trial(a_participant(), a_placement(), from_date=MONDAY, to_date=MONDAY + 4 * DAY)
    later = a_version(trial, from_date=MONDAY, to_date=MONDAY + 18 * DAY)
    told = {one.label: (one.before, one.after) for one in differences(trial.agreements[0], later)}
    assert told["10 dagar är annorlunda"] == ("Ledig", "måndag–fredag 09:00–12:00")


def test_what_the_person_reads_is_easy_to_read(session: Session) -> None:
    placement = a_placement()
    placement.supervisor = a_contact(placement.employer)
    trial = a_trial(a_participant(), placement, from_date=MONDAY, to_date=MONDAY + 4 * DAY)
    assert check(easy_text(trial, trial.agreements[0])) == ()


@pytest.mark.parametrize(
    ("values", "minutes"),
    [
        ({"weekly_minutes": 600}, 600),
        ({"weekly_minutes": None, "template_minutes": 900}, 900),
        ({"weekly_minutes": None}, None),
        ({"weekly_minutes": 600, "support_measure": "companion"}, None),
        ({"weekly_minutes": 600, "to_date": MONDAY - DAY}, None),
    ],
)
def test_what_is_granted_in_a_week(session: Session, values: dict[str, object], minutes: int | None) -> None:
    person = a_participant()
    a_decision(person, from_date=MONDAY - 30 * DAY, **values)  # type: ignore[arg-type]  # the builder's own arguments
    assert granted_minutes(person.id, [MONDAY]).get(MONDAY) == minutes
