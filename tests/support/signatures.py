"""A trial with everybody around it, for the tests of signatures, check-ins and days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from aktema.access.link_codes import Purpose
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Contact, Placement
from aktema.pathway.trial_models import Trial
from aktema.people.models import Participant
from tests.support.employers import a_contact, a_placement, a_workplace, an_employer
from tests.support.links import a_link
from tests.support.own import Someone, someone
from tests.support.people import an_account
from tests.support.trials import a_trial


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """A person with coach and own page, a supervisor with an address at a workplace, and the trial there."""

    who: Someone
    placement: Placement
    supervisor: Contact
    trial: Trial

    @property
    def person(self) -> Participant:
        return self.who.person

    @property
    def coach(self) -> Account:
        return self.who.coach

    def path(self, rest: str = "") -> str:
        """The trial's page for staff, or one below it."""
        return f"/deltagare/{self.person.public_id}/provplatser/{self.trial.public_id}{rest}"

    def own(self, rest: str = "") -> str:
        return self.who.page(f"/provplats/{self.trial.public_id}{rest}")

    @property
    def agreement_path(self) -> str:
        return self.who.page(f"/overenskommelse/{self.trial.public_id}")

    def link(self, purpose: Purpose) -> str:
        """The key of a link for the supervisor."""
        _link, token = a_link(purpose, self.trial.id, contact=self.supervisor, account=self.coach)
        db.session.commit()
        return token

    def employer_account(self) -> Account:
        """An account for the supervisor."""
        account = an_account(Role.EMPLOYER, name=self.supervisor.name)
        self.supervisor.account_id = account.id
        db.session.commit()
        return account


def a_stay(
    *,
    signed: bool = True,
    asked: bool = True,
    from_date: date | None = None,
    to_date: date | None = None,
    kind: str = "taster",
    **person: Any,
) -> Stay:
    """A trial from today for a week unless told; where it is not signed, everybody has been asked to."""
    who = someone(**person)
    employer = an_employer()
    supervisor = a_contact(employer, email="linda@lindas.example")
    placement = a_placement(a_workplace(employer), supervisor=supervisor)
    trial = a_trial(
        who.person,
        placement,
        kind=kind,
        signed=signed,
        from_date=from_date,
        to_date=to_date,
        account=who.coach,
    )
    if asked and not signed:
        trial.agreements[-1].asked_at = clock.now()
    db.session.commit()
    return Stay(who=who, placement=placement, supervisor=supervisor, trial=trial)
