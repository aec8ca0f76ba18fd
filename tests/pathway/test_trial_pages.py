"""The pages of trials: from a place to an agreement that can be signed, and what stands on them meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask_babel import format_date
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.markup import long_day, near_day
from aktema.employers.models import Placement
from aktema.pathway import trial_page, trial_queries
from aktema.pathway.models import Introduction
from aktema.pathway.rules.schedule import is_free
from aktema.pathway.trial_forms import BeginForm
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_states import TrialStatus
from aktema.people.models import Participant
from tests.support.employers import a_contact, a_placement
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant
from tests.support.plans import a_decision
from tests.support.trials import a_trial, at, path, sign_all

Browser = Callable[[Account], PageClient]
DAY = timedelta(days=1)
TODAY = clock.today()
NEXT_MONDAY = TODAY + (7 - TODAY.weekday()) * DAY
SATURDAY = (NEXT_MONDAY + 5 * DAY).isoformat()
TWO_WEEKS = {"from_date": NEXT_MONDAY.isoformat(), "to_date": (NEXT_MONDAY + 13 * DAY).isoformat()}


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit)


@pytest.fixture
def person(coach: Account) -> Participant:
    return a_participant(coach=coach)


@pytest.fixture
def placement(session: Session) -> Placement:
    placement = a_placement(title="Bageriet")
    placement.supervisor = a_contact(placement.employer, name="Linda Ask")
    return placement


def the_trial(person: Participant) -> Trial:
    db.session.expire_all()
    return trial_queries.trials_of(person.id)[0]


def begun(browser: PageClient, person: Participant, placement: Placement, kind: str = "taster") -> Trial:
    """A trial of two weeks from next Monday, begun by the browser."""
    browser.submit(path(person, "ny", placement.public_id), {"kind": kind, **TWO_WEEKS})
    return the_trial(person)


def fill_in(browser: PageClient, trial: Trial) -> Page:
    """Everything a taster asks for."""
    browser.submit(at(trial, "schema"), {"monday": "9-12", "wednesday": "13.30-15"})
    words = {
        "tasks": "Baka",
        "goal": "discover",
        "safety": "Ugnen",
        "insurance": "both",
        "stop_rules": "Säg stopp",
    }
    return browser.submit(at(trial, "overenskommelse"), words)


def press(browser: PageClient, trial: Trial, act: str) -> Page:
    shown = browser.get(at(trial))
    return browser.post(at(trial, act), shown.hidden(f"form[action$='{act}']"))


def says_yes(person: Participant, placement: Placement, coach: Account) -> None:
    ids = {"participant_id": person.id, "placement_id": placement.id, "account_id": coach.id}
    db.session.add(Introduction(asked_on=TODAY, answer="yes", answered_on=TODAY, **ids))


# From a place to a signature


def test_a_trial_goes_from_a_place_to_what_can_be_signed(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    fill_in(browser, trial)
    page = press(browser, trial, "be-om-underskrift")
    assert "Nu kan ni skriva under." in page.text
    assert trial_queries.status(the_trial(person), TODAY) is TrialStatus.AWAITING_SIGNATURES


def test_the_page_says_what_is_missing_and_leads_there(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    links = {a.get_text(): a["href"] for a in browser.get(at(trial)).select(".ds-alert a")}
    assert links["Dagar och tider"] == at(trial, "schema")
    assert links["Mål"] == f"{at(trial, 'overenskommelse')}#goal"


def test_whoever_said_yes_is_offered_the_place_at_once(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    says_yes(person, placement, coach)
    page = sign_in(coach).get(path(person, "ny"))
    assert path(person, "ny", placement.public_id) in {a["href"] for a in page.select("main a")}


def test_a_place_is_not_offered_again_once_its_trial_is_begun(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    says_yes(person, placement, coach)
    browser = sign_in(coach)
    begun(browser, person, placement)
    page = browser.get(path(person, "ny"))
    assert path(person, "ny", placement.public_id) not in {a["href"] for a in page.select("main a")}


def test_any_open_place_is_found_by_its_name(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    page = sign_in(coach).get(path(person, "ny?q=bageriet"))
    assert path(person, "ny", placement.public_id) in {a["href"] for a in page.select("main a")}


def test_a_place_that_is_not_there_is_said_to_be_missing(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    assert "Ingen öppen plats heter så" in sign_in(coach).get(path(person, "ny?q=xyzzy")).words


@pytest.mark.parametrize("today", ["2026-03-07", "2026-03-08", "2026-03-09"])
def test_the_first_day_that_is_proposed_is_a_working_day(
    session: Session, monkeypatch: pytest.MonkeyPatch, today: str
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(today))
    assert BeginForm(formdata=None).from_date.data == date(2026, 3, 16)


def test_a_refused_beginning_keeps_what_was_typed(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    data = {"kind": "study_visit", **TWO_WEEKS}
    page = sign_in(coach).submit(path(person, "ny", placement.public_id), data)
    assert page.status == 422
    assert page.select("[name=to_date]")[0]["value"] == TWO_WEEKS["to_date"]


def test_what_is_needed_before_it_is_signed_is_not_said_to_be_optional(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    page = browser.get(at(begun(browser, person, placement), "overenskommelse"))
    optional = {
        name: "frivilligt" in page.select(f"label[for={name}]")[0].text for name in ("safety", "support")
    }
    assert optional == {"safety": False, "support": True}


@pytest.mark.parametrize(("first", "told"), [(3, 3), (-3, 83), (100, 83)])
def test_a_draft_is_to_be_ready_before_its_first_day(
    person: Participant, placement: Placement, first: int, told: int
) -> None:
    from_date = TODAY + first * DAY
    trial = a_trial(person, placement, signed=False, from_date=from_date, begun_on=TODAY)
    assert trial_page.row_of(trial, TODAY).note == f"Lägg färdigt senast {near_day(TODAY + told * DAY)}."


def test_the_person_reads_words_that_were_begun_for_the_coach(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    easy = browser.get(at(trial, "overenskommelse")).select("[name=easy]")[0].get_text()
    assert "Linda Ask hjälper dig där." in easy


def test_a_study_visit_asks_for_little(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    visit = {"kind": "study_visit", "from_date": TWO_WEEKS["from_date"], "to_date": TWO_WEEKS["from_date"]}
    browser.submit(path(person, "ny", placement.public_id), visit)
    page = browser.get(at(the_trial(person), "overenskommelse"))
    assert not page.select("[name=insurance], [name=stop_rules], [name=has_return_right]")


# Days


def test_a_week_is_laid_out_over_the_period(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    browser.submit(at(trial, "schema"), {"monday": "9–12", "same": "y", "break_minutes": "15"})
    days = trial_queries.days_of(trial_queries.newest(trial_queries.trial_by_id(trial.id)))
    free = sum(is_free(NEXT_MONDAY + number * DAY) for number in range(14) if number % 7 < 5)
    assert {(one.times.starts_at, one.minutes) for one in days} == {(540, 165)}
    assert len(days) == 10 - free


@pytest.mark.parametrize(
    "typed",
    [
        {"monday": "nio"},
        {"monday": "12-9"},
        {"monday": "9-25"},
        {"monday": "0-24"},
        {"monday": "8-16.31", "break_minutes": "30"},
        {"monday": "9-9.30", "break_minutes": "30"},
        {},
        {"monday": "9-12", "from_date": SATURDAY, "to_date": SATURDAY},
    ],
)
def test_times_that_can_not_be_are_said_at_their_day(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, typed: dict[str, str]
) -> None:
    browser = sign_in(coach)
    page = browser.submit(at(begun(browser, person, placement), "schema"), typed)
    assert page.status == 422
    assert page.select("#monday-error")


def test_a_first_day_too_long_ago_is_told_from_which_day_it_can_be(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    typed = {"monday": "9-12", "from_date": (TODAY - 40 * DAY).isoformat()}
    page = browser.submit(at(begun(browser, person, placement), "schema"), typed)
    assert f"Skriv en första dag från {TODAY - 31 * DAY} till" in page.text


@pytest.mark.parametrize(
    ("minutes", "is_marked"), [(None, False), (60, True), (3 * 60 + 90, False), (3 * 60 + 89, True)]
)
def test_more_than_is_granted_is_marked(
    sign_in: Browser,
    coach: Account,
    person: Participant,
    placement: Placement,
    minutes: int | None,
    *,
    is_marked: bool,
) -> None:
    if minutes is not None:
        a_decision(person, weekly_minutes=minutes)
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    fill_in(browser, trial)
    assert ("Mer än beviljat" in browser.get(at(trial, "schema")).words) is is_marked


def test_one_week_can_be_another_and_the_rest_like_it(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    fill_in(browser, trial)
    week = at(trial, f"schema/{NEXT_MONDAY.isoformat()}")
    browser.submit(week, {"monday": "", "tuesday": "8-10", "copy_to": "rest"})
    days = trial_queries.days_of(trial_queries.newest(trial_queries.trial_by_id(trial.id)))
    assert {one.day.weekday() for one in days} == {1, 2}


@pytest.mark.parametrize("monday", ["2026-03-10", "x", "1999-01-04", "9999-12-27", "2026-02-30"])
def test_a_week_outside_the_trial_is_missing(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, monday: str
) -> None:
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    assert browser.get(at(trial, f"schema/{monday}")).status == 404


def test_of_weeks_that_have_been_only_the_times_are_shown(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    begins = NEXT_MONDAY - 21 * DAY
    trial = a_trial(person, placement, account=coach, from_date=begins, to_date=begins + 34 * DAY)
    browser = sign_in(coach)
    page = browser.get(at(trial, "schema"))
    opened = [link["href"] for link in page.select('main th a[href*="/schema/"]')]
    assert [path[-10:] for path in opened] == [
        (NEXT_MONDAY + 7 * week * DAY).isoformat() for week in (-1, 0, 1)
    ]
    assert [browser.get(path).status for path in opened] == [200, 200, 200]
    assert page.words.count("Har varit") == 2


# What was signed


def test_an_edit_of_what_was_signed_asks_what_is_changed_and_says_what_it_is(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, account=coach)
    browser = sign_in(coach)
    page = browser.submit(at(trial, "overenskommelse"), {"tasks": "Packa varor", "change": "tasks"})
    assert "Packa varor" in page.words
    assert "Fylla på hyllor och duka i fikarummet." in page.words
    assert "Pågår" in page.words


def test_an_edit_that_does_not_say_what_it_is_for_is_asked(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, account=coach)
    page = sign_in(coach).submit(at(trial, "overenskommelse"), {"tasks": "Packa varor"})
    assert page.status == 422
    assert page.select("#change-error")


def test_the_versions_tell_what_each_changed(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, account=coach, kind="workplace_placement")
    browser = sign_in(coach)
    longer = {"to_date": (TODAY + 20 * DAY).isoformat(), "reason": "more_to_learn", "words": "Kassan."}
    browser.submit(at(trial, "forlang"), longer)
    page = browser.get(at(trial, "versioner"))
    assert "Längre tid. Personen behöver mer tid att lära sig. Kassan." in page.words
    assert format_date(TODAY + 20 * DAY, "d MMMM y") in page.words


def test_a_change_can_be_thrown_away(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, account=coach)
    browser = sign_in(coach)
    browser.submit(at(trial, "korta"), {"to_date": (TODAY + DAY).isoformat(), "reason": "health"})
    press(browser, trial, "slang-andring")
    assert len(the_trial(person).agreements) == 1


@pytest.mark.parametrize("page", ["forlang", "korta"])
def test_a_change_that_all_have_not_signed_is_said_to_be_replaced(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, page: str
) -> None:
    trial = a_trial(person, placement)
    browser = sign_in(coach)
    assert "En ändring väntar redan" not in browser.get(at(trial, page)).text
    day = TODAY + 20 * DAY
    browser.submit(at(trial, "forlang"), {"to_date": day.isoformat(), "reason": "absence"})
    assert long_day(day) in browser.get(at(trial, page)).text


def test_a_trial_is_broken_off_and_says_whose_and_why(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, account=coach)
    page = sign_in(coach).submit(at(trial, "avsluta"), {"whose": "employer", "reason": "employer_changed"})
    assert "Avbruten" in page.words
    assert "Det ändrades hos arbetsgivaren. Vems beslut: arbetsgivarens." in page.words


def test_a_change_of_what_is_over_is_told_no_longer(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 9 * DAY, to_date=TODAY + 9 * DAY)
    browser = sign_in(coach)
    browser.submit(at(trial, "korta"), {"to_date": (TODAY + DAY).isoformat(), "reason": "health"})
    assert "Ändringen" in browser.get(at(trial)).words
    page = browser.submit(at(trial, "avsluta"), {"whose": "person", "reason": "health"})
    assert ("Ändringen" in page.words, "Det här gäller" in page.words) == (False, False)


def test_a_trial_is_called_off_before_it_begins(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, account=coach, from_date=TODAY + DAY)
    page = sign_in(coach).submit(at(trial, "avsluta"), {"whose": "person", "reason": "person_said_no"})
    assert "Blev inte av" in page.words


@pytest.mark.parametrize("page", ["overenskommelse", "schema"])
def test_what_is_over_is_not_written_in(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, page: str
) -> None:
    trial = a_trial(person, placement, account=coach, cancelled_on=TODAY, cancelled_by="person")
    assert sign_in(coach).get(at(trial, page)).status == 404


@pytest.mark.parametrize("page", ["forlang", "korta", "avsluta"])
def test_what_is_over_is_not_changed(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement, page: str
) -> None:
    trial = a_trial(person, placement, account=coach, cancelled_on=TODAY, cancelled_by="person")
    data = {"to_date": TODAY.isoformat(), "reason": "health", "whose": "person"}
    assert sign_in(coach).submit(at(trial, page), data).status == 422


# Typed meanwhile


def test_what_is_typed_is_kept_until_it_is_saved(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    form = browser.get(at(trial, "overenskommelse")).hidden()
    browser.post(at(trial, "overenskommelse/utkast"), {**form, "tasks": "Halvvägs"})
    assert "Halvvägs" in browser.get(at(trial, "overenskommelse")).text


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_ones_own(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser, other = sign_in(coach), sign_in(coach)
    trial = begun(browser, person, placement)
    old = browser.get(at(trial, "overenskommelse")).hidden()
    other.submit(at(trial, "overenskommelse"), {"tasks": "Deras ord"})
    page = browser.post(at(trial, "overenskommelse"), {**old, "tasks": "Mina ord", "easy": "x"})
    assert page.status == 409
    assert "Deras ord" in page.text
    assert "Mina ord" in page.text


def test_an_old_schedule_gets_the_page_of_conflicts(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    browser = sign_in(coach)
    trial = begun(browser, person, placement)
    old = browser.get(at(trial, "schema")).hidden()
    fill_in(browser, trial)
    assert browser.post(at(trial, "schema"), {**old, **TWO_WEEKS, "monday": "8-9"}).status == 409


def test_what_was_signed_is_stored_word_for_word(
    sign_in: Browser, coach: Account, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, account=coach)
    before = [(one.tasks, one.to_date, len(one.days)) for one in trial.agreements]
    browser = sign_in(coach)
    browser.submit(at(trial, "overenskommelse"), {"tasks": "Packa varor", "change": "tasks"})
    sign_all(trial_queries.trial_by_id(trial.id))
    after = [
        (one.tasks, one.to_date, len(one.days)) for one in trial_queries.trial_by_id(trial.id).agreements
    ]
    assert after[0] == before[0]
    assert db.session.scalar(select(func.count()).select_from(Agreement)) == 2
