"""Everybody around a trial, each signed in with a browser of their own, for tests of what all of them may do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import current_app

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.employers.models import Contact, Placement
from tests.support.employers import a_contact, a_placement
from tests.support.own import Someone, a_representative, someone
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import an_assignment

STAFF = ("coach", "coordinator")
LINK = "link"
"""Nobody who is signed in: they have what a mail led them to."""
OTHERS = ("manager", "stranger", "handler", "person", "representative", "employer", LINK)


@dataclass(frozen=True, kw_only=True, slots=True)
class Town:
    """A person, the place they may try, and browsers by who is at them: STAFF write, OTHERS have pages of their own."""

    who: Someone
    placement: Placement
    supervisor: Contact
    browsers: Mapping[str, PageClient]


def a_town(sign_in: Callable[[Account], PageClient]) -> Town:
    who, placement = someone(), a_placement(title="Bageriet")
    supervisor = a_contact(placement.employer, email="linda@bageriet.example")
    placement.supervisor = supervisor
    at_work = an_account(Role.EMPLOYER, name=supervisor.name)
    supervisor.account_id = at_work.id
    handler = an_account(Role.LSS_HANDLER)
    an_assignment(who.person, kind="handler", account=handler)
    accounts = {
        "coach": who.coach,
        "coordinator": who.coordinator,
        "manager": an_account(Role.UNIT_MANAGER, who.unit),
        "stranger": an_account(Role.JOB_COACH, a_unit()),
        "handler": handler,
        "person": who.account,
        "representative": a_representative(who.person)[1],
        "employer": at_work,
    }
    db.session.commit()
    browsers = {name: sign_in(account) for name, account in accounts.items()}
    browsers[LINK] = PageClient(current_app.test_client())
    return Town(who=who, placement=placement, supervisor=supervisor, browsers=browsers)
