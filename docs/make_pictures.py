"""Makes the pictures of the README: starts the demo in a folder of its own and photographs it in Chromium.

From the root of the project, with the interpreter of the environment that `python3 -m aktema test` made:

    PYTHON -m docs.make_pictures

The demo municipality is drawn anew for the day it is made, so the pictures change from one day to the next.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import (  # deptry: ignore[DEP004]  # of the test group, as this is
    Page,
    sync_playwright,
)

from aktema.access.roles import Role
from aktema.bootstrap.chromium import ensure_chromium, launch_flags
from aktema.demo import content
from aktema.demo.accounts import PASSWORD, email_of

PICTURES = Path(__file__).parent / "pictures"
PORT = 8765
SECONDS_TO_START = 600  # a first start makes the environment
PUBLIC_ID = re.compile(r"[\w-]{22}")
LARGEST_BYTES = 250_000
EMPLOYER = "jonna@tassochtofs.example"
DESK, PHONE = (1280, 960), (390, 844)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """One picture: its name, the page's address, and the window in CSS pixels."""

    name: str
    path: str
    window: tuple[int, int] = DESK


@contextmanager
def running_demo() -> Iterator[str]:
    """The address of a demo that is stopped and thrown away afterwards. Raises RuntimeError if it does not start."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "aktema", "demo", f"--port={PORT}", f"--folder={folder}"]
        demo = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program
        try:
            yield _answering(demo, f"http://127.0.0.1:{PORT}")
        finally:
            demo.terminate()
            demo.wait()


def _answering(demo: subprocess.Popen[bytes], address: str) -> str:
    until = time.monotonic() + SECONDS_TO_START
    while demo.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address):  # noqa: S310  # the address is ours
                return address
        except URLError:
            time.sleep(0.5)
    raise RuntimeError("the demo did not start")


def photograph(address: str, folder: Path = PICTURES) -> None:
    """Write every picture of the demo at the address into the folder."""
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(ensure_chromium()), args=list(launch_flags())
        )
        page = browser.new_page(base_url=address, locale="sv-SE", reduced_motion="reduce")
        sign_in(page)
        for shot in shots(page):
            take(page, shot, folder)
        take_own_pages(page, folder)
        page.context.clear_cookies()
        take_employers_page(page, folder)
        browser.close()


def sign_in(page: Page, email: str = "") -> None:
    """Sign in with the address, else as the first job coach of the demo."""
    coach = next(one for one in content.staff() if one.role == Role.JOB_COACH)
    page.goto("/logga-in")
    page.fill("input[name=email]", email or email_of(coach.name))
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/logga-in" not in url)


def shots(page: Page) -> list[Shot]:
    """What to photograph, with a person who has both a task and suggestions, and their best placement."""
    person = _person_with_suggestions(page)
    page.goto(f"{person}/forslag")
    placement = _things(page, f"{person}/forslag")[0]
    return [
        Shot(name="today", path="/"),
        Shot(name="caseload", path="/deltagare"),
        Shot(name="participant", path=person),
        Shot(name="suggestions", path=f"{person}/forslag"),
        Shot(name="placement", path=f"/platser/{placement.rpartition('/')[2]}"),
        Shot(name="step-on-phone", path=f"{person}/steg", window=PHONE),
        Shot(name="vocabulary", path="/ordlista/intressen"),
        Shot(name="plan-easy", path=f"{_plan(page)}/las/lattlast"),
        Shot(name="review", path=_review(page)),
    ]


def _review(page: Page) -> str:
    """The path of what at least two have said of a trial. Raises RuntimeError where nobody has."""
    for person in _people(page):
        page.goto(f"{person}/provplatser")
        for path in _things(page, f"{person}/provplatser"):
            answer = page.goto(f"{path}/utvardering")
            if answer and answer.ok and page.locator("main blockquote").count() > 1:
                return f"{path}/utvardering"
    raise RuntimeError("nobody of the coach's people has a trial that two have reviewed")


def _plan(page: Page) -> str:
    """The path of a finalised plan of one of the coach's people. Raises RuntimeError where nobody has one."""
    for person in _people(page):
        page.goto(f"{person}/planer")
        fixed = page.locator(f"main table a[href^='{person}/planer/']")
        if fixed.count():
            return str(fixed.first.get_attribute("href")).split("?")[0]
    raise RuntimeError("none of the coach's people has a finalised plan")


def _people(page: Page) -> list[str]:
    """The paths of the people on the first page of the list."""
    page.goto("/deltagare")
    return _things(page, "/deltagare")


def _things(page: Page, folder: str) -> list[str]:
    """The paths the page links to that are a thing's own in the folder: its last part is a public id."""
    links = page.locator(f"main a[href^='{folder}/']").all()
    paths = [str(link.get_attribute("href")) for link in links]
    return [path for path in paths if PUBLIC_ID.fullmatch(path.removeprefix(f"{folder}/"))]


def take_own_pages(page: Page, folder: Path) -> None:
    """A person's own start page, on the screen that the coach hands over to them."""
    page.goto(f"{_people(page)[0]}/lamna-over")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/min-sida/**")
    take(page, Shot(name="own-pages", path=page.url), folder)


def take_employers_page(page: Page, folder: Path) -> None:
    """What an employer sees first on a telephone."""
    sign_in(page, EMPLOYER)
    take(page, Shot(name="employer-on-phone", path="/min-arbetsplats", window=PHONE), folder)


def _person_with_suggestions(page: Page) -> str:
    """The path of the first person with a task today to whom suggestions have been shown, else of the first."""
    page.goto("/")
    paths = _things(page, "/deltagare")
    for path in paths:
        page.goto(path)
        if len(_things(page, f"{path}/forslag")) > 1:
            return path
    return paths[0]


def take(page: Page, shot: Shot, folder: Path) -> None:
    """Write one picture, as PNG. Raises RuntimeError where there is no page, or more than one of text should take."""
    width, height = shot.window
    page.set_viewport_size({"width": width, "height": height})
    answer = page.goto(shot.path)
    if answer is None or not answer.ok:
        raise RuntimeError(f"{shot.name}: the page is not there")
    page.wait_for_load_state("networkidle")
    file = folder / f"{shot.name}.png"
    page.screenshot(path=file, scale="css", animations="disabled")
    if file.stat().st_size > LARGEST_BYTES:
        raise RuntimeError(f"{file.name} is larger than {LARGEST_BYTES} bytes")


if __name__ == "__main__":
    with running_demo() as address:
        photograph(address)
