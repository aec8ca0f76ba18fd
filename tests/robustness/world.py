"""One of each thing, so that every route has something to work on."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from werkzeug.routing import Rule

from aktema.access.guard import access_of
from aktema.access.models import Account, Unit
from aktema.access.policy import Permission
from aktema.access.roles import UNIT_ROLES, Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.ids import new_public_id
from aktema.pathway.operations import open_introduction
from aktema.people.models import Participant, Representative
from aktema.plans.models import Decision, Interruption
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, log_step
from aktema.vocabulary.queries import activity_groups, dimension_groups
from tests.support.employers import a_contact, a_placement, a_workplace, an_employer
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, a_follow_up, an_order

READERS = (Role.JOB_COACH, Role.COORDINATOR, Role.LSS_HANDLER, Role.UNIT_MANAGER, Role.SYSTEM_ADMIN)


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """The accounts by role, and what the variable parts of addresses stand for."""

    accounts: dict[Role, Account]
    ids: dict[str, str]

    def address(self, rule: Rule) -> str | None:
        """The rule's address with this world's things in it; None where the world has none."""
        values = {name: self._value(rule, name) for name in rule.arguments}
        if any(value is None for value in values.values()):
            return None
        path = rule.build({name: value for name, value in values.items() if value}, append_unknown=False)
        return None if path is None else path[1]

    def _value(self, rule: Rule, name: str) -> str | None:
        section = str(rule).split("/")[1]
        if "formagor" in str(rule) and name == "group_code":
            return self.ids["capacity_group"]
        return self.ids.get(f"{section}.{name}") or self.ids.get(name)

    def permitted(self, app: Flask, endpoint: str) -> Account:
        """Somebody who may open the endpoint."""
        mark = access_of(app, endpoint)
        roles = mark.grants if isinstance(mark, Permission) else READERS
        return next(self.accounts[role] for role in READERS if role in roles)


def build() -> World:
    """A unit with one of each role, a person they all work with, an employer, and what belongs to them."""
    unit = a_unit()
    accounts = {role: an_account(role, unit if role in UNIT_ROLES else None) for role in READERS}
    person = _person(unit, accounts)
    coach = act_as(accounts[Role.JOB_COACH])
    facts = StepFacts(
        contact_type=ContactType.CARE, happened_on=clock.today(), minutes=5, place=StepPlace.PHONE, line="Hej"
    )
    step = log_step(coach, person, facts)
    workplace = a_workplace(an_employer())
    placement, contact = a_placement(workplace), a_contact(workplace.employer)
    introduction = open_introduction(
        coach, person, placement_id=placement.id, placement_title=placement.title
    )
    decision = _decision(person, accounts)
    order = an_order(decision, unit, coordinator=accounts[Role.COORDINATOR])
    follow_up = a_follow_up(decision, kind="plan", order_id=order.id)
    db.session.commit()
    return World(
        accounts=accounts,
        ids={
            "deltagare.public_id": person.public_id,
            "konton.public_id": accounts[Role.COORDINATOR].public_id,
            "enheter.public_id": unit.public_id,
            "deltagare.placement_id": placement.public_id,
            "placement_id": placement.public_id,
            "employer_id": workplace.employer.public_id,
            "workplace_id": workplace.public_id,
            "contact_id": contact.public_id,
            "introduction_id": introduction.public_id,
            "step_id": step.public_id,
            "decision_id": decision.public_id,
            "interruption_id": decision.interruptions[0].public_id,
            "order_id": order.public_id,
            "follow_up_id": follow_up.public_id,
            "representative_id": person.representatives[0].public_id,
            "import_id": new_public_id(),
            "token": "a" * 43,
            "ssyk": "9412",
            "filename": "css/base.css",
            "which": "coach",
            "slug": "uppgifter",
            "deltagare.slug": "namn",
            "code": "focus",
            "group_code": activity_groups()[0].code,
            "capacity_group": dimension_groups()[0].code,
        },
    )


def _decision(person: Participant, accounts: dict[Role, Account]) -> Decision:
    start = clock.today() - timedelta(days=40)
    decision = a_decision(person, accounts[Role.LSS_HANDLER], from_date=start)
    decision.interruptions.append(
        Interruption(from_date=start + timedelta(days=20), reason="no_staff", account_id=decision.account_id)
    )
    db.session.flush()
    return decision


def _person(unit: Unit, accounts: dict[Role, Account]) -> Participant:
    person = a_participant()
    for role, kind in (
        (Role.JOB_COACH, "coach"),
        (Role.COORDINATOR, "coordinator"),
        (Role.LSS_HANDLER, "handler"),
    ):
        an_assignment(person, kind=kind, account=accounts[role], unit=unit if role in UNIT_ROLES else None)
    an_assignment(person, kind="provider", unit=unit)
    person.representatives.append(Representative(kind="guardian", name="Gode Man"))
    db.session.flush()
    return person
