"""A small application with the templates alone: no database, the real content policy, strict about names."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import html5lib
import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template, render_template_string
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined

from aktema.core.editing import act_form
from aktema.core.gallery import build_gallery
from aktema.core.icons import icon_svg
from aktema.core.paths import STATIC, TEMPLATES
from aktema.core.theme import theme_css

Render = Callable[..., BeautifulSoup]
NAVIGATION = [SimpleNamespace(label="Idag", href="/", current=True, icon="sun")]


def _frame() -> dict[str, object]:
    return {
        "lang": "sv",
        "theme_url": "/tema.css",
        "home_url": "/",
        "demo_mode": True,
        "step_queue": SimpleNamespace(key="", door="/logga-in", probe="/health"),
        "nav_items": NAVIGATION,
        "account_menu": SimpleNamespace(name="Sara Ask", account_url="/konto", sign_out_url="/ut"),
        "footer_links": [SimpleNamespace(label="Hjälp", href="/hjalp")],
    }


@pytest.fixture(scope="session")
def kit() -> Flask:
    kit = Flask("kit", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    kit.config.update(SECRET_KEY="only in tests", SERVER_NAME="kit.test")
    Babel(kit, default_locale="sv")
    CSRFProtect(kit)
    kit.jinja_env.undefined = StrictUndefined
    kit.jinja_env.trim_blocks = kit.jinja_env.lstrip_blocks = True
    kit.jinja_env.globals.update(act_form=act_form, icon_svg=icon_svg, asset=lambda path: f"/static/{path}")
    kit.jinja_env.globals.update(picture_url=lambda ref: ref and f"/static/{ref}.svg")
    kit.context_processor(_frame)
    kit.add_url_rule(
        "/",
        view_func=lambda: render_template("help/components.html", gallery=build_gallery()),
        endpoint="all",
    )
    kit.add_url_rule(
        "/tema.css",
        view_func=lambda: (theme_css("#0f5c5a", "#f2a65a"), {"Content-Type": "text/css"}),
        endpoint="theme",
    )
    return kit


@pytest.fixture
def request_context(kit: Flask) -> Iterator[None]:
    with kit.test_request_context():
        yield


@pytest.fixture
def render(request_context: None) -> Render:
    """Renders a piece of template; the answer is parsed, and markup that breaks a rule of HTML fails."""

    def run(template: str, **context: object) -> BeautifulSoup:
        html = render_template_string(template, **context)
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(html) if "<!DOCTYPE" in html else parser.parseFragment(html)
        return BeautifulSoup(html, "html5lib")

    return run
