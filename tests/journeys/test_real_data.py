"""The coach's day on real public data: JobTech's occupations, Swedish towns and the official test numbers."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload
from sqlalchemy import func, select

from aktema.access.models import Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.demo import content
from aktema.people.import_views import PARTICIPANTS
from aktema.people.models import Participant
from aktema.people.rules import age_on
from aktema.vocabulary.localities import Locality, find_locality, kilometres_between, localities
from aktema.vocabulary.models import Occupation, OccupationGroup
from aktema.vocabulary.operations import import_jobtech
from aktema.vocabulary.queries import activities_for_ssyk, vocabulary
from tests.journeys.browser import Watch
from tests.journeys.conftest import NewContext
from tests.journeys.pages import Coach, NewPerson, Reader
from tests.journeys.served import SignIn, Site, serve
from tests.support.employers import a_placement, a_workplace, an_employer
from tests.support.imports import csv_of
from tests.support.people import a_unit, an_account

pytestmark = pytest.mark.data

OCCUPATIONS, PARTICIPANTS_READ = 112, 500
YOUNGEST, OLDEST = 21, 64
LONGEST_WORK = 120_000
COACH, MANAGER = "coach@kommun.example", "chef@kommun.example"
MakeCoach = Callable[[NewContext, Site], Coach]
HOURS = ("10", "15", "20", "25", "30")


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Iterator[Site]:
    """A municipality whose placements are the occupations that ask for no education."""

    def fill() -> None:
        import_jobtech(data_folder / "jobtech-taxonomy")
        add_placements()
        db.session.commit()

    with serve(tmp_path_factory.mktemp("real_site"), fill) as site:
        yield site


def add_placements() -> None:
    """One published placement of each occupation, spread over the towns nearest to Norrköping."""
    asked = select(Occupation).where(Occupation.needs_no_education).order_by(Occupation.sort_key)
    occupations = db.session.scalars(asked).all()
    assert len(occupations) == OCCUPATIONS
    for occupation, town in zip(occupations, towns(), strict=False):
        employer = an_employer(f"{occupation.label} i {town.name}")
        workplace = a_workplace(employer, name=town.name, locality_id=town.id)
        a_placement(
            workplace,
            title=occupation.label,
            description=occupation.group.definition,
            occupation_id=occupation.id,
            activities=usual_activities(occupation.group),
            demands=usual_demands(occupation.group),
        )


def towns() -> list[Locality]:
    """Every Swedish locality, those nearest to Norrköping first."""
    centre = find_locality("Norrköping")
    assert centre is not None
    return sorted(localities(), key=lambda town: kilometres_between(centre, town))


def usual_activities(group: OccupationGroup) -> list[str]:
    return [activity.code for activity in activities_for_ssyk(group.ssyk)]


def usual_demands(group: OccupationGroup) -> Mapping[str, int]:
    """The highest level that any of the group's usual activities asks for, by dimension."""
    dimensions, levels = vocabulary().dimensions, dict[str, int]()
    for activity in activities_for_ssyk(group.ssyk):
        for key, level in activity.demands.items():
            code = dimensions[key].code
            levels[code] = max(level, levels.get(code, 0))
    return levels


@pytest.fixture(scope="session")
def manager(real_site: Site) -> SignIn:
    return real_site.add(lambda: an_account(Role.UNIT_MANAGER, a_unit("Aktema"), email=MANAGER))


@pytest.fixture(scope="session")
def coach_sign_in(real_site: Site, manager: SignIn) -> SignIn:
    """The job coach of the manager's unit."""
    return real_site.add(
        lambda: an_account(Role.JOB_COACH, db.session.scalars(select(Unit)).one(), email=COACH)
    )


@pytest.fixture(scope="session")
def caseload(
    chromium: Browser, real_site: Site, manager: SignIn, coach_sign_in: SignIn, data_folder: Path
) -> int:
    """How many participants the unit manager has read in from a file, through the pages."""
    with real_site.app.test_request_context():
        content = csv_of(PARTICIPANTS, participants(data_folder))
    context = chromium.new_context(base_url=real_site.address, locale="sv-SE")
    watch = Watch()
    watch.over(context)
    read_in(Reader(context), manager, content)
    context.close()
    assert watch.faults == []
    return PARTICIPANTS_READ


def participants(data_folder: Path) -> list[dict[str, str]]:
    """Rows of people of working age, each with an official test number and a town of their own."""
    numbers = numbers_of_working_age(data_folder)
    first_names = [one.name for one in content.first_names()]
    surnames = content.surnames()
    return [
        {
            "first_name": first_names[n % len(first_names)],
            "last_name": surnames[n * 7 % len(surnames)],
            "personal_number": number,
            "communication": "Tal",
            "came_from": "Daglig verksamhet",
            "locality": town.label,
            "coach_email": COACH,
            "weekly_hours": HOURS[n % len(HOURS)],
            "weekdays": "mån-fre",
            "travel_minutes": "60",
        }
        for n, (number, town) in enumerate(zip(numbers, towns(), strict=False))
    ]


def numbers_of_working_age(data_folder: Path) -> list[str]:
    """Test numbers of the Swedish Tax Agency, evenly spread over the years of birth."""
    listed = json.loads((data_folder / "personnummer" / "allPins.json").read_text("utf-8"))
    today = clock.today()
    numbers = [number for number in sorted(set(listed)) if YOUNGEST <= age_of(number, today) <= OLDEST]
    return numbers[:: len(numbers) // PARTICIPANTS_READ][:PARTICIPANTS_READ]


def age_of(number: str, today: date) -> int:
    return age_on(date.fromisoformat(number[:8]), today)


def read_in(reader: Reader, manager: SignIn, file: bytes) -> None:
    """From the list of participants, by the file's columns and its check, to everybody read in."""
    reader.sign_in(manager)
    reader.open_from_menu("Deltagare")
    reader.follow("Läs in från fil")
    reader.is_at("Läs in deltagare från fil")
    chosen = FilePayload(name="deltagare.csv", mimeType="text/csv", buffer=file)
    reader.page.locator("input[type=file]").set_input_files(chosen)
    reader.push("Fortsätt")
    reader.is_at("Vilken kolumn är vad?")
    reader.push("Kontrollera filen")
    reader.is_at("Filen är kontrollerad", patience=LONGEST_WORK)
    reader.says(f"{PARTICIPANTS_READ} personer")
    reader.push("Läs in")
    reader.is_at("Inläsningen är klar", patience=LONGEST_WORK)


def with_scripts(new_context: NewContext, site: Site) -> Coach:
    return Coach(new_context(site))


def without_scripts(new_context: NewContext, site: Site) -> Coach:
    return Coach(new_context(site, javascript=False), has_scripts=False)


@pytest.mark.parametrize("make_coach", [with_scripts, without_scripts])
def test_a_coach_finds_work_among_real_occupations(
    browser_context: NewContext, real_site: Site, coach_sign_in: SignIn, caseload: int, make_coach: MakeCoach
) -> None:
    coach = make_coach(browser_context, real_site)
    coach.sign_in(coach_sign_in)
    coach.take_to_a_first_question(NewPerson(first_name="Tilde", likes="Diska"))


def test_everybody_in_the_file_is_in_the_caseload(real_site: Site, caseload: int) -> None:
    with real_site.app.app_context():
        read = select(func.count()).where(Participant.personal_number_index.is_not(None))
        assert db.session.scalar(read) == caseload
