"""Fixtures of the journeys: one Chromium, one served demo municipality, and browsers that notice every fault."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from aktema.access.roles import Role
from aktema.bootstrap.chromium import find_chromium, launch_flags
from aktema.core.db import db
from aktema.demo import content
from aktema.demo.accounts import PASSWORD as DEMO_PASSWORD
from aktema.demo.accounts import email_of
from aktema.demo.municipality import fill
from aktema.demo.own_pages import CARD_ACCOUNT, REPRESENTATIVE
from tests.journeys.browser import Watch
from tests.journeys.served import SignIn, Site, serve

HERE = Path(__file__).parent
HEIGHT = 900
PEOPLE = 16
NewContext = Callable[..., BrowserContext]
Scheme = Literal["light", "dark"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser; where there is none, every journey is skipped and says so, but never in CI."""
    program = find_chromium()
    if program is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("There is no Chromium here (AKTEMA_CHROMIUM names one): no journey was made")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=list(launch_flags()))
        yield browser
        browser.close()


@contextmanager
def demo_site(folder: Path, fill_more: Callable[[], object] = lambda: None) -> Iterator[Site]:
    """A served demo municipality."""

    def fill_all() -> None:
        fill(progress=lambda _line: None, people=PEOPLE)
        fill_more()
        db.session.commit()

    with serve(folder, fill_all) as site:
        yield site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served demo municipality, the same for every journey: each brings its own people."""
    with demo_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def coach_sign_in(site: Site) -> SignIn:
    """A job coach of the demo municipality."""
    return staff_of(Role.JOB_COACH)


def staff_of(role: Role) -> SignIn:
    """The first of the demo's staff in the role; the one participant and the one representative who can sign in."""
    if role is Role.PARTICIPANT:
        return SignIn(email=CARD_ACCOUNT, password="")
    if role is Role.REPRESENTATIVE:
        return SignIn(email=email_of(REPRESENTATIVE), password=DEMO_PASSWORD)
    name = next(one.name for one in content.staff() if one.role == role)
    return SignIn(email=email_of(name), password=DEMO_PASSWORD)


@pytest.fixture
def browser_context(chromium: Browser) -> Iterator[NewContext]:
    """Makes browsers of their own; what went wrong in any of them fails the test."""
    watches, opened = list[Watch](), list[BrowserContext]()

    def make(
        site: Site,
        *,
        javascript: bool = True,
        touch: bool = False,
        width: int = 1280,
        scheme: Scheme = "light",
        refusals: Iterable[int] = (),
        goes_offline: bool = False,
    ) -> BrowserContext:
        watch = Watch(refusals=frozenset(refusals), goes_offline=goes_offline)
        context = chromium.new_context(
            base_url=site.address,
            java_script_enabled=javascript,
            has_touch=touch,
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="sv-SE",
        )
        context.set_default_timeout(10_000)
        watch.over(context)
        watches.append(watch)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []
