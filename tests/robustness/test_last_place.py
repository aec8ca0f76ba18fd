"""Many at once want the last place, sign twice, or write in the same agreement: on a real database with threads."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from aktema.access import sessions
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.pathway.trial_models import Agreement, Trial
from aktema.people.models import Participant
from tests.robustness.test_races import AT_ONCE, ROUNDS, a_browser, answers_at_once, at_once, poster
from tests.support.employers import a_placement
from tests.support.page import Page, PageClient, filled_in
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant
from tests.support.trials import a_trial

pytestmark = pytest.mark.database
BUSY = 503
DAY = timedelta(days=1)


def a_coach_with(live: Flask, people: int, places: int = 1) -> tuple[PageClient, list[str], str]:
    """A browser of a coach, the public ids of their people, and that of a placement."""
    with live.test_request_context("/"):
        coach = an_account(Role.JOB_COACH, a_unit())
        persons = [a_participant(coach=coach, first_name=f"Alva{n}").public_id for n in range(people)]
        placement = a_placement(places=places).public_id
        key = sessions.begin(coach)
        db.session.commit()
    return a_browser(live, key), persons, placement


def forms_at(browser: PageClient, paths: Sequence[str]) -> list[dict[str, object]]:
    return [filled_in(Page(browser.client.get(path)).soup.select_one("main form")) for path in paths]


@pytest.mark.parametrize("places", [1, 3])
def test_the_last_place_is_taken_exactly_once(live: Flask, places: int) -> None:
    day = clock.today() + DAY
    typed = {"kind": "taster", "from_date": day.isoformat(), "to_date": (day + 6 * DAY).isoformat()}
    for _round in range(ROUNDS):
        browser, people, placement = a_coach_with(live, AT_ONCE, places)
        paths = [f"/deltagare/{person}/provplatser/ny/{placement}" for person in people]
        forms = forms_at(browser, paths)
        acts = [
            poster(live, browser, path, {**form, **typed}) for path, form in zip(paths, forms, strict=True)
        ]
        statuses = at_once(acts)
        with live.app_context():
            taken = db.session.scalar(
                select(func.count())
                .select_from(Trial)
                .join(Trial.placement)
                .where(Trial.placement.has(public_id=placement))
            )
        assert (taken, statuses.count(303)) == (places, places)
        assert set(statuses) <= {303, 422, BUSY}


def test_a_trial_begun_twice_at_once_is_begun_once(live: Flask) -> None:
    day = clock.today() + DAY
    typed = {"kind": "taster", "from_date": day.isoformat(), "to_date": (day + 6 * DAY).isoformat()}
    for begun in range(1, ROUNDS + 1):
        browser, (person,), placement = a_coach_with(live, 1)
        path = f"/deltagare/{person}/provplatser/ny/{placement}"
        (form,) = forms_at(browser, [path])
        statuses = at_once([poster(live, browser, path, {**form, **typed}) for _one in range(AT_ONCE)])
        with live.app_context():
            trials = db.session.scalar(select(func.count()).select_from(Trial))
        assert (trials, set(statuses)) == (begun, {303})


def test_changing_a_placement_and_taking_a_place_there_wait_in_no_ring(live: Flask) -> None:
    """Both hold the placement before the epoch; a ring would be broken by PostgreSQL with an error."""
    day = clock.today() + DAY
    typed = {"kind": "taster", "from_date": day.isoformat(), "to_date": (day + 6 * DAY).isoformat()}
    for _round in range(ROUNDS):
        browser, people, placement = a_coach_with(live, AT_ONCE // 2, AT_ONCE)
        begin = [f"/deltagare/{person}/provplatser/ny/{placement}" for person in people]
        change = [f"/platser/{placement}/uppgifter"] * len(begin)
        begun = [poster(live, browser, path, {**form, **typed}) for path, form in with_forms(browser, begin)]
        changed = [
            poster(live, browser, path, {**form, "title": f"Köket {number}"})
            for number, (path, form) in enumerate(with_forms(browser, change))
        ]
        statuses = set(at_once([act for pair in zip(begun, changed, strict=True) for act in pair]))
        with live.app_context():
            is_sqlite = db.engine.dialect.name == "sqlite"
        assert statuses <= ({303, 409, BUSY} if is_sqlite else {303, 409})


def with_forms(browser: PageClient, paths: Sequence[str]) -> list[tuple[str, dict[str, object]]]:
    return list(zip(paths, forms_at(browser, paths), strict=True))


def test_of_many_who_write_in_one_agreement_one_is_kept_and_the_others_are_asked(live: Flask) -> None:
    for _round in range(ROUNDS):
        browser, path = an_agreement_to_write_in(live)
        acts = [
            poster(live, browser, path, {**form, "change": "tasks", "tasks": own_text(number)})
            for number, form in enumerate(forms_at(browser, [path] * AT_ONCE))
        ]
        answers = answers_at_once(acts)
        losers = [(number, page) for number, (status, page) in enumerate(answers) if status == 409]
        kept = next(number for number, (status, _page) in enumerate(answers) if status == 303)
        assert (len(losers), texts_in_force(live, path)) == (AT_ONCE - 1, [own_text(kept)])
        assert [number for number, page in losers if text_kept_on(page) != own_text(number)] == []


def an_agreement_to_write_in(live: Flask) -> tuple[PageClient, str]:
    """A browser of a coach, and the page where an agreement that all have signed is changed."""
    browser, (person,), _placement = a_coach_with(live, 1)
    with live.test_request_context("/"):
        found = db.session.scalars(select(Participant).where(Participant.public_id == person)).one()
        trial = a_trial(found, a_placement()).public_id
        db.session.commit()
    return browser, f"/deltagare/{person}/provplatser/{trial}/overenskommelse"


def own_text(number: int) -> str:
    return f"Ord {number}"


def texts_in_force(live: Flask, path: str) -> list[str | None]:
    """What the versions after the signed one say of the tasks."""
    with live.app_context():
        trial = select(Trial.id).where(Trial.public_id == path.split("/")[-2])
        later = select(Agreement).where(Agreement.trial_id == trial.scalar_subquery(), Agreement.number > 1)
        return [agreement.tasks for agreement in db.session.scalars(later.order_by(Agreement.number))]


def text_kept_on(conflict_page: str) -> str | None:
    """What the page shows as one's own text and carries to be sent again; None where they are not the same."""
    soup = BeautifulSoup(conflict_page, "html.parser")
    carried = soup.select_one('main input[name="tasks"]')
    shown = [cell.get_text(strip=True) for cell in soup.select("main td")]
    return str(carried["value"]) if carried is not None and carried["value"] in shown else None
