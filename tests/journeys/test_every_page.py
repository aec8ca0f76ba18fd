"""Every page of every role: it opens, it is linked, and nothing about it shuts anybody out."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from flask import Flask
from playwright.sync_api import Browser

from aktema.access.guard import access_of
from aktema.access.link_codes import Purpose
from aktema.access.policy import Permission
from aktema.access.roles import Role
from aktema.demo.companies import company_sign_in
from aktema.employers.import_views import PLACEMENTS
from aktema.people.import_views import PARTICIPANTS
from aktema.people.permissions import CREATE
from aktema.plans.decision_views import DECISIONS
from aktema.plans.permissions import DECIDE
from aktema.vocabulary.operations import import_jobtech
from tests.journeys.browser import Watch
from tests.journeys.conftest import demo_site, staff_of
from tests.journeys.inspection import Finding, Flaw, Inspector
from tests.journeys.prepared import Sender, Unfinished, invite
from tests.journeys.served import SignIn, Site
from tests.journeys.walk import NOBODY, Visit, key_of, telling, walk
from tests.support.vocabulary import a_taxonomy_folder

WALKERS = (
    Role.JOB_COACH,
    Role.COORDINATOR,
    Role.LSS_HANDLER,
    Role.UNIT_MANAGER,
    Role.SYSTEM_ADMIN,
    Role.AUDITOR,
    Role.CONTROLLER,
    Role.EMPLOYER,
    Role.PARTICIPANT,
    Role.REPRESENTATIVE,
)
OWN_ROLES = (Role.PARTICIPANT, Role.REPRESENTATIVE)
DOORS = ("/", "/help/components", "/ordlista/yrken?q=Diskare")
UNFINISHED_FILES = {
    Role.COORDINATOR: (Unfinished.FAULTY, Unfinished.CHECKED),
    Role.UNIT_MANAGER: (Unfinished.CHOSEN, Unfinished.FAULTY),
}
NO_LINK_NEEDED = {
    "home.health": "is asked by machines and shows nothing",
    "home.theme": "is a style sheet that every page loads",
    "people.localities": "answers scripts while somebody types",
    "vocabulary.localities": "answers scripts while somebody types",
    "people.picture_choices": "answers scripts while somebody types",
    "vocabulary.picture_choices": "answers scripts while somebody types",
    "people.photo": "is a picture that pages show",
    "vocabulary.symbol_image": "is a picture that pages show",
    "vocabulary.pack": "is one of the packs, and the demo has none: their pictures are under others' licences",
    "home.components": "is for those who build pages",
    "plans.calendar_file": "is fetched by calendar programs, at an address that is shown once",
    "access.card_sign_in": "stands on the card, and nowhere else",
    "employers.analysis_part": "follows the button that begins a job analysis, page by page",
    "employers.asked_why": "shows where a question ran out, and the small demo may have none",
    "plans.close_follow_up": "follows the button that saves the answers to finish with them",
}
PLAN_STAGES = (
    *("handover", "handover_consent", "new_plan", "plan_changes", "fix_plan", "plan_part"),
    *("plan_participation", "remove_part", "choose_template", "use_template"),
)
"""Pages that are reached while a plan is written or a person is handed over; the journey of a plan looks at them."""
WAY_STAGES = (
    *(
        "send_introduction",
        "employer_answer",
        "visit",
        "card",
        "begin_trial",
        "extend_trial",
        "shorten_trial",
    ),
    *(
        "send_sign_link",
        "sign_on_behalf",
        "signed_paper",
        "trial_days",
        "job_question",
        "confirm_seen",
        "trial_outcome",
    ),
    *("outcome", "edit_outcome", "benefits", "job", "end_job", "retention_check"),
)
"""Pages of a question, a trial or a job at one stage; the journeys from yes to still there go through them."""
NO_LINK_FOR = {
    **{("own.work", role): "is about a job, and the card's owner has none yet" for role in OWN_ROLES},
    **{
        (f"pathway.{page}", role): "few people live in the demo of the tests: nobody of this one's is there"
        for role, pages in {
            Role.JOB_COACH: WAY_STAGES,
            Role.COORDINATOR: WAY_STAGES,
            Role.UNIT_MANAGER: ("outcome", "retention_check", "signed_paper", "trial_days"),
            Role.LSS_HANDLER: ("outcome",),
            Role.EMPLOYER: ("proposal_photo", "sign_as_employer"),
        }.items()
        for page in pages
    },
    **{
        (f"access.{page}", Role.PARTICIPANT): "has no menu and no password; staff look after the account"
        for page in ("own_account", "change_password", "notices")
    },
    **{
        (
            "own.own_words",
            role,
        ): "stands on the plan while a version is worked on: none may be in the small demo"
        for role in OWN_ROLES
    },
    **{
        ("own.card_code", role): "the demo's only card is that of a person of the first coach's"
        for role in (Role.COORDINATOR, Role.LSS_HANDLER)
    },
    **{
        (
            f"vocabulary.{page}",
            Role.SYSTEM_ADMIN,
        ): "comes after a pack is sent in: tests/vocabulary looks at it"
        for page in ("import_file", "import_columns")
    },
    ("employers.note", Role.UNIT_MANAGER): "reads the note on the employer's own page",
    **{
        (
            f"plans.{page}",
            Role.UNIT_MANAGER,
        ): "the demo's first manager leads the coaches' unit, sent no orders"
        for page in ("order", "answer_order", "first_day", "close_order")
    },
    **{
        (
            f"plans.{page}",
            role,
        ): "few people live in the demo of the tests: none may be at that stage with this one"
        for role, pages in {
            Role.COORDINATOR: (
                *("answer_order", "first_day", "end_interruption"),
                *("consultation", "received_handover", "new_handover", *PLAN_STAGES),
            ),
            Role.LSS_HANDLER: ("new_order", "end_interruption", "unexecuted_file", "consultation"),
            Role.UNIT_MANAGER: ("unexecuted_file", "received_handover"),
            Role.JOB_COACH: ("consultation", *PLAN_STAGES),
        }.items()
        for page in pages
    },
}


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo municipality with public occupations, so that every list has something in it."""
    taxonomy = a_taxonomy_folder(tmp_path_factory.mktemp("taxonomy"))
    with demo_site(tmp_path_factory.mktemp("full_site"), lambda: import_jobtech(taxonomy)) as site:
        yield site


@pytest.fixture(scope="session")
def keys(full_site: Site) -> Mapping[str, str]:
    """The key of a session in each role; nobody has none."""
    return {role: key_of(full_site.app, sign_in_of(full_site.app, role)) for role in WALKERS}


def sign_in_of(app: Flask, role: Role) -> SignIn:
    """Who walks in the role: the demo's one employer with an account, or whom every journey takes."""
    if role is not Role.EMPLOYER:
        return staff_of(role)
    with app.app_context():
        return SignIn(email=company_sign_in().email)


@pytest.fixture(scope="session")
def visits(full_site: Site, keys: Mapping[str, str]) -> Sequence[Visit]:
    """Everything met by following links in each role, and signed out."""
    met = list(walk(full_site.app, NOBODY, "", ["/", "/ny-lank", invite(full_site.app)]))
    for role in WALKERS:
        doors = (
            ["/"]
            if role in (*OWN_ROLES, Role.EMPLOYER)
            else [*DOORS, *begun(full_site.app, role, keys[role])]
        )
        met += walk(full_site.app, role, keys[role], doors)
    return met


def begun(app: Flask, role: Role, key: str) -> Iterator[str]:
    """Pages that exist when somebody in the role has begun something."""
    sender = Sender(app, key)
    if role in CREATE.grants:
        yield sender.register_half()
    if role in DECIDE.grants:
        yield sender.bring_faulty(DECISIONS, "/beslut/import")
    if role in UNFINISHED_FILES:
        of_people, of_placements = UNFINISHED_FILES[role]
        yield from sender.bring_files(PARTICIPANTS, "/deltagare/import", of_people)
        yield from sender.bring_files(PLACEMENTS, "/platser/import", of_placements)


@pytest.fixture(scope="session")
def findings(
    chromium: Browser, full_site: Site, keys: Mapping[str, str], visits: Sequence[Visit]
) -> Sequence[Finding]:
    """What is wrong with the pages. A page that several roles see alike is looked at once."""
    found: list[Finding] = []
    chosen = telling(visits)
    for role in {visit.role for visit in chosen}:
        context = chromium.new_context(base_url=full_site.address, reduced_motion="reduce")
        if role in keys:
            context.add_cookies([{"name": "sid", "value": keys[role], "url": full_site.address}])
        watch, page = Watch(), context.new_page()
        watch.over(context)
        inspector = Inspector(page)
        for visit in chosen:
            if visit.role == role:
                inspector.show()
                page.goto(visit.path)
                found += inspector.inspect(f"{visit.path} ({role})")
        found += [Finding(flaw=Flaw.FAULT, path=role, what=fault) for fault in watch.faults]
        context.close()
    return found


def test_every_link_leads_to_a_page(visits: Sequence[Visit]) -> None:
    unanswered = [visit for visit in visits if visit.status not in (200, 302, 303)]
    assert sorted({f"{visit.endpoint}: {visit.status} for {visit.role}" for visit in unanswered}) == []


@pytest.mark.parametrize("role", WALKERS)
def test_links_lead_to_every_page_the_role_opens(
    full_site: Site, visits: Sequence[Visit], role: Role
) -> None:
    met = {visit.endpoint for visit in visits if visit.role in (role, NOBODY)}
    expected = {endpoint for endpoint in pages_of(full_site.app) if opens(full_site.app, endpoint, role)}
    excused = set(NO_LINK_NEEDED) | {endpoint for endpoint, whose in NO_LINK_FOR if whose is role}
    assert sorted(expected - met - excused) == []


def test_every_excuse_is_still_needed(full_site: Site) -> None:
    excused = {*NO_LINK_NEEDED, *(endpoint for endpoint, _role in NO_LINK_FOR)}
    assert excused <= set(pages_of(full_site.app))


@pytest.mark.parametrize("flaw", Flaw)
def test_no_page_shuts_anybody_out(findings: Sequence[Finding], flaw: Flaw) -> None:
    assert [str(finding) for finding in findings if finding.flaw is flaw] == []


def pages_of(app: Flask) -> Iterator[str]:
    """Every endpoint that can be opened by its address."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            yield rule.endpoint


def opens(app: Flask, endpoint: str, role: Role) -> bool:
    access = access_of(app, endpoint)
    if isinstance(access, Purpose):
        return False  # by its link alone: whoever holds one comes from a mail
    return role in access.grants if isinstance(access, Permission) else True
