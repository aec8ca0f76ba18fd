"""The menu: only what the signed-in person's roles open."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import lazy_gettext as _l

from aktema.access.identity import Identity
from aktema.access.permissions import CREATE_STAFF, UPDATE_OWN
from aktema.access.policy import Permission, is_granted
from aktema.access.roles import Role
from aktema.core.errors import Message
from aktema.employers.permissions import LIST_PLACEMENTS, LIST_POSITIONS, READ_COMPANY
from aktema.matching.permissions import PLAN
from aktema.people.permissions import LIST
from aktema.plans.permissions import READ_DUE
from aktema.vocabulary.permissions import READ_VOCABULARY


@dataclass(frozen=True, kw_only=True, slots=True)
class NavItem:
    label: str
    href: str
    icon: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountMenu:
    """`account_url` is empty for whoever has an account but no post any more."""

    name: str
    account_url: str
    sign_out_url: str


@dataclass(frozen=True, slots=True)
class _Door:
    label: Message
    endpoint: str
    icon: str
    permission: Permission
    places: tuple[str, ...]
    """Blueprints and single endpoints behind the door."""


PEOPLE = "people.caseload"
ABOUT_PEOPLE = "/deltagare"
"""Whatever is about one person stands under this address, of whichever slice."""
EMPLOYERS = ("employers", "home.register", "home.register_employer")
FOLLOW_UPS = ("plans", "pathway.retention", "pathway.retention_check")
COMPANY = "home.my_workplace"
OWN_COMPANY = "/min-arbetsplats"
"""Whatever an employer does stands under this address, of whichever slice."""
COLLEAGUES = ("employers.colleagues", "employers.ask_in_colleague")
WORDS = "vocabulary.dimensions"
TEMPLATES = "/mallar"
"""Templates are reached from the words that all use, though plans are made with them."""


def _doors() -> tuple[_Door, ...]:
    return (
        _Door(_l("Idag"), "home.start", "home", LIST, ("home.start",)),
        _Door(_l("Deltagare"), PEOPLE, "users", LIST, ("people", "matching")),
        _Door(_l("Fördelning"), "matching_plan.plan", "adjustments", PLAN, ("matching_plan",)),
        _Door(_l("Uppföljning"), "plans.due", "clipboard-list", READ_DUE, FOLLOW_UPS),
        _Door(_l("Platser"), "employers.placements", "map-pin", LIST_PLACEMENTS, EMPLOYERS),
        _Door(_l("Min arbetsplats"), COMPANY, "building", LIST_POSITIONS, (COMPANY,)),
        _Door(_l("Kollegor"), "employers.colleagues", "users", READ_COMPANY, COLLEAGUES),
        _Door(_l("Ordlista"), WORDS, "list-check", READ_VOCABULARY, ("vocabulary",)),
        _Door(_l("Konton"), "access.accounts", "lock", CREATE_STAFF, ("access",)),
    )


def items_for(identity: Identity | None) -> list[NavItem]:
    """The doors of the menu that open for the identity; none for nobody."""
    if identity is None:
        return []
    return [_item(door) for door in _doors() if is_granted(identity, door.permission)]


def _item(door: _Door) -> NavItem:
    current = request.endpoint in door.places or request.blueprint in door.places
    if request.path.startswith(ABOUT_PEOPLE):
        current = door.endpoint == PEOPLE
    elif request.path.startswith(TEMPLATES):
        current = door.endpoint == WORDS
    elif request.path.startswith(OWN_COMPANY) and request.endpoint not in COLLEAGUES:
        current = door.endpoint == COMPANY
    return NavItem(label=str(door.label), href=url_for(door.endpoint), icon=door.icon, current=current)


def account_menu(identity: Identity | None) -> AccountMenu | None:
    """Whoever is signed in and how to sign out; a participant has a large door for that instead."""
    if identity is None or identity.has(Role.PARTICIPANT):
        return None
    account_url = url_for("access.own_account") if is_granted(identity, UPDATE_OWN) else ""
    return AccountMenu(name=identity.name, account_url=account_url, sign_out_url=url_for("access.sign_out"))
