"""The application: the one module that knows every slice."""

from dataclasses import dataclass
from functools import cache
from wsgiref.headers import Headers

from flask import Flask, current_app, g, url_for
from flask_babel import Babel
from flask_babel import gettext as _
from flask_wtf import CSRFProtect
from whitenoise import WhiteNoise

from aktema.access import guard, sessions
from aktema.access import permissions as access_permissions
from aktema.access import views as access_views
from aktema.access.identity import Identity, find_identity
from aktema.access.policy import Permission, is_granted
from aktema.core import delivery, errorpages, icons, logs, markup, security, transaction
from aktema.core.crypto import blind_index
from aktema.core.db import db
from aktema.core.editing import act_form
from aktema.core.ids import PublicIdConverter
from aktema.core.paths import STATIC, TEMPLATES, TRANSLATIONS, VENDOR
from aktema.core.settings import Settings
from aktema.employers import permissions as employers_permissions
from aktema.employers import views as employers_views
from aktema.home import navigation
from aktema.home import permissions as home_permissions
from aktema.home import views as home_views
from aktema.matching import permissions as matching_permissions
from aktema.matching import plan_views as matching_plan_views
from aktema.matching import views as matching_views
from aktema.own import permissions as own_permissions
from aktema.own import views as own_views
from aktema.pathway import permissions as pathway_permissions
from aktema.pathway import views as pathway_views
from aktema.people import permissions as people_permissions
from aktema.people import views as people_views
from aktema.plans import permissions as plans_permissions
from aktema.plans import views as plans_views
from aktema.steps import permissions as steps_permissions
from aktema.steps import views as steps_views
from aktema.steps.permissions import CREATE_STEP
from aktema.vocabulary import permissions as vocabulary_permissions
from aktema.vocabulary import views as vocabulary_views

VIEWS = (
    access_views,
    vocabulary_views,
    people_views,
    employers_views,
    steps_views,
    plans_views,
    pathway_views,
    matching_views,
    matching_plan_views,
    home_views,
    own_views,
)
PERMISSIONS: tuple[Permission, ...] = (
    *access_permissions.PERMISSIONS,
    *vocabulary_permissions.PERMISSIONS,
    *people_permissions.PERMISSIONS,
    *employers_permissions.PERMISSIONS,
    *steps_permissions.PERMISSIONS,
    *plans_permissions.PERMISSIONS,
    *pathway_permissions.PERMISSIONS,
    *matching_permissions.PERMISSIONS,
    *home_permissions.PERMISSIONS,
    *own_permissions.PERMISSIONS,
)
"""The whole permission table, in the order the slices are built on each other."""

MEGABYTE = 1024 * 1024
LARGEST_REQUEST = 12 * MEGABYTE
LARGEST_FORM = 2 * MEGABYTE
MOST_FORM_PARTS = 2000


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the footer."""

    label: str
    href: str


def create_app(settings: Settings) -> Flask:
    """The WSGI application for these settings. Raises RuntimeError where a route declares no access."""
    logs.configure(json_logs=settings.json_logs)
    app = Flask("aktema", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    _configure(app, settings)
    db.init_app(app)
    delivery.install(app)
    Babel(app, locale_selector=_language, default_translation_directories=str(TRANSLATIONS))
    _install_layers(app)
    for views in VIEWS:
        app.register_blueprint(views.bp)
    _install_templates(app)
    guard.check_routes(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.url_map.converters["id"] = PublicIdConverter
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS={} if settings.database.startswith("sqlite") else {"pool_pre_ping": True},
        SESSION_COOKIE_NAME="__Host-form" if settings.is_https else "form",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.is_https,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        BABEL_DEFAULT_LOCALE="sv",
        BABEL_DEFAULT_TIMEZONE="Europe/Stockholm",
    )


def _install_layers(app: Flask) -> None:
    """What happens around every request. Answers pass through the list from the bottom up."""
    guard.install(app)  # a refusal is traced when the transaction is over
    security.install(app)
    logs.install(app)
    sessions.install(app)
    CSRFProtect(app)
    transaction.install(app)
    errorpages.install(app)


def _install_templates(app: Flask) -> None:
    markup.install(app)
    app.jinja_env.globals.update(asset=_asset, icon_svg=icons.icon_svg, act_form=act_form)
    app.context_processor(_frame)
    files = WhiteNoise(app.wsgi_app, allow_all_origins=False, add_headers_function=_guard_file)
    files.add_files(str(STATIC), prefix="static/")
    if not VENDOR.is_relative_to(STATIC):
        files.add_files(str(VENDOR), prefix="static/vendor/")
    app.wsgi_app = files  # type: ignore[method-assign]  # how Flask puts on WSGI layers


def _guard_file(headers: Headers, _path: str, _address: str) -> None:
    """Files get the same protection as pages."""
    for name, value in security.HEADERS.items():
        headers[name] = value


def _asset(path: str) -> str:
    """The address of a static file; its age is in the address, so that a new version is fetched at once."""
    return url_for("static", filename=path, v=_age(path))


@cache
def _age(path: str) -> int:
    """Looked up once: files change when a new version is installed, and then the server begins anew."""
    vendor = path.removeprefix("vendor/")
    file = STATIC / path if vendor == path else VENDOR / vendor
    return int(file.stat().st_mtime) if file.exists() else 0


def _language() -> str:
    return g.get("language") or "sv"


def _frame() -> dict[str, object]:
    """What the base template shows around every page."""
    identity = find_identity()
    return {
        "lang": _language(),
        "theme_url": url_for("home.theme"),
        "nav_items": navigation.items_for(identity),
        "account_menu": navigation.account_menu(identity),
        "footer_links": [
            Link(_("Tillgänglighet"), url_for("home.accessibility")),
            Link(_("Om Aktema"), url_for("home.about")),
        ],
        "home_url": url_for("home.start"),
        "step_queue": _step_queue(identity),
        "demo_mode": current_app.extensions["settings"].demo,
    }


@dataclass(frozen=True, slots=True)
class StepQueue:
    """What a page needs to keep steps that were written without network, and to send them.

    `key` seals them in the browser, for this worker alone; it is empty where nobody is signed in.
    """

    key: str
    door: str
    probe: str


def _step_queue(identity: Identity | None) -> StepQueue | None:
    """Where steps may wait: on the pages of those who write them, and on the way to signing in."""
    if identity is not None and not is_granted(identity, CREATE_STEP):
        return None
    key = blind_index(identity.public_id, "step-queue") if identity else ""
    return StepQueue(key, url_for("access.sign_in"), _asset("favicon.svg"))
