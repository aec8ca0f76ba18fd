"""The demo municipality as a whole: filled in once, in one transaction, and only in demo mode."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from aktema.access.models import Account
from aktema.access.roles import STAFF_ROLES, Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.settings import Settings
from aktema.demo import content
from aktema.demo.accounts import PASSWORD, add_staff, email_of
from aktema.demo.answers import add_answers
from aktema.demo.companies import company_sign_in, open_company, set_terms
from aktema.demo.contacts import add_contacts
from aktema.demo.days import workday
from aktema.demo.decisions import decide
from aktema.demo.employers import add_employers
from aktema.demo.grants import grant
from aktema.demo.history import write_history
from aktema.demo.letters import count_as_written
from aktema.demo.own_pages import REPRESENTATIVE, card_holder, card_sign_in, open_own_pages
from aktema.demo.people import add_people
from aktema.demo.plan_templates import add_templates
from aktema.demo.plans import add_plans
from aktema.demo.stories import tell_stories
from aktema.demo.suggestions import show_suggestions

PEOPLE = 120
BEGAN = timedelta(days=560)
"""How long ago the municipality began; everything happens after it."""
TEMPLATES_AGE = timedelta(days=120)
"""How long ago the templates were made."""


class NotDemoError(RuntimeError):
    """The installation is no demo: accounts with a printed password must never be made in it."""


def fill(*, progress: Callable[[str], None], people: int = PEOPLE) -> None:
    """Fill the database with the demo municipality as of today, and commit; nothing where it is there already.

    Everything is stored in one transaction: what is broken off leaves nothing behind. The same day gives the
    same municipality, but for random ids. Raises NotDemoError outside demo mode and where the database holds
    accounts of somebody else.
    """
    _refuse_outside_demo()
    if _is_filled():
        progress("The demo municipality is in place.")
        return
    try:
        _fill(progress, people)
        db.session.commit()
    except BaseException:  # even Ctrl+C must leave nothing half done
        db.session.rollback()
        raise


def sign_ins() -> Sequence[str]:
    """One line for each role that has pages: role, name, and how to sign in. Raises NotDemoError.

    Whoever works, represents or employs has an e-mail address and the password; the participant has a card and its
    pictures.
    """
    _refuse_outside_demo()
    card = card_sign_in()
    first = {Role(one.role): one.name for one in reversed(content.staff()) if Role(one.role) in STAFF_ROLES}
    names = {**first, Role.REPRESENTATIVE: REPRESENTATIVE}
    accounts = {role: (name, email_of(name)) for role, name in names.items()}
    company = company_sign_in()
    accounts[Role.EMPLOYER] = company.name, company.email
    by_password = [
        f"{role.label!s:<20} {accounts[role][0]:<20} {accounts[role][1]:<38} {PASSWORD}"
        for role in Role
        if role in accounts
    ]
    return [f"{Role.PARTICIPANT.label!s:<20} {card.name:<20} {card.address}  ({card.pictures})", *by_password]


def _refuse_outside_demo() -> None:
    settings: Settings = current_app.extensions["settings"]
    if not settings.demo:
        raise NotDemoError("The demo municipality is made in demo mode only: start with the demo command.")


def _is_filled() -> bool:
    """Whether the demo is in the database. Raises NotDemoError where somebody else is."""
    addresses = set(db.session.scalars(select(Account.email)))
    if addresses and email_of(content.staff()[0].name) not in addresses:
        raise NotDemoError("The database holds accounts that are not the demo's: choose another folder.")
    return bool(addresses)


def _fill(progress: Callable[[str], None], people: int) -> None:
    today = clock.today()
    began = workday(today - BEGAN)
    staff = add_staff(began)
    coaches = staff.with_role(Role.JOB_COACH)
    placements = add_employers(began, today, coaches)
    progress(f"{len(content.employers())} employers with {len(placements)} placements are in place.")
    set_terms(placements, today)
    progress(f"{add_contacts(today, coaches)} contacts with them are in their logs.")
    lives = add_people(people, staff, today)
    add_answers(lives)
    progress(f"{people} participants have told what they want and can.")
    progress(f"{grant(lives, staff, today)} decisions are granted, ordered and followed up.")
    progress(f"{add_plans(lives, today)} versions of plans are written.")
    coach, administrator = (staff.with_role(role)[0] for role in (Role.JOB_COACH, Role.SYSTEM_ADMIN))
    made = add_templates(coach, administrator, workday(today - TEMPLATES_AGE))
    progress(f"{made} templates are there to begin from.")
    shown = show_suggestions(lives, placements, today)
    searches = decide(shown, today)
    steps = write_history(lives, searches, today)
    progress(f"{steps} steps of a year and a half are in the log.")
    holder = card_holder(lives, staff)
    told = tell_stories(shown, searches, holder, placements, today)
    progress(f"{told.trials} trials are agreed, under way or looked back on.")
    open_company(told.here_now or placements[0], today)
    open_own_pages(holder, today)
    count_as_written(today)
