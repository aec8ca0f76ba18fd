"""One of each thing, so that every route has something to work on."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from werkzeug.routing import Rule

from aktema.access.guard import access_of
from aktema.access.link_codes import Purpose
from aktema.access.models import Account, Unit
from aktema.access.policy import Permission
from aktema.access.roles import UNIT_ROLES, Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.files import store
from aktema.core.ids import new_public_id
from aktema.core.outbox import Channel, OutboxMessage, send
from aktema.employers.models import Workplace
from aktema.pathway.operations import open_introduction
from aktema.pathway.rules.card import Field
from aktema.pathway.trial_models import CheckIn, Signature, Trial
from aktema.people.models import Participant, Representative
from aktema.people.photo_models import Photo
from aktema.people.photo_operations import add_photo
from aktema.plans.consultation_codes import Profession, QuestionArea
from aktema.plans.consultation_operations import ConsultationFacts, ask
from aktema.plans.handover_models import Handover
from aktema.plans.models import Decision, Interruption
from aktema.plans.template_share_operations import pin
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, log_step
from aktema.vocabulary.queries import activity_groups, dimension_groups
from tests.support.employers import a_contact, a_placement, a_workplace, an_employer
from tests.support.handover import Move, a_handover
from tests.support.introductions import Asked, a_choice, a_question, answered, consented, sent
from tests.support.links import a_link
from tests.support.outcomes import a_job
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plan import a_plan
from tests.support.plans import a_decision, a_follow_up, an_order
from tests.support.symbols import a_picture, a_symbol
from tests.support.templates import Sender, a_template
from tests.support.trials import a_trial
from tests.support.visits import an_analysis

STAFF = (Role.JOB_COACH, Role.COORDINATOR, Role.LSS_HANDLER, Role.UNIT_MANAGER, Role.SYSTEM_ADMIN)
READERS = (*STAFF, Role.PARTICIPANT, Role.REPRESENTATIVE, Role.EMPLOYER)


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
    placement = a_placement(workplace)
    contact = a_contact(
        workplace.employer,
        email="linda@lindas.example",
        account_id=accounts[Role.EMPLOYER].id,
        is_admin=True,
    )
    introduction = open_introduction(
        coach, person, placement_id=placement.id, placement_title=placement.title
    )
    decision = _decision(person, accounts)
    order = an_order(decision, unit, coordinator=accounts[Role.COORDINATOR])
    follow_up = a_follow_up(decision, kind="plan", order_id=order.id)
    plan = a_plan(order, activities=2)
    move = Move(person=person, sender=_elsewhere(person), receiver=accounts[Role.COORDINATOR], order=order)
    question = ConsultationFacts(
        asked_on=clock.today(), area=QuestionArea.TASK, profession=Profession.NURSE, asked="Ann"
    )
    consultation = ask(coach, person, question)
    template = a_template(coach)
    trial = a_trial(person, placement, account=accounts[Role.JOB_COACH])
    signature, check_in = _told_of(trial, accounts[Role.PARTICIPANT])
    job = a_job(person, account=accounts[Role.JOB_COACH])
    photo = add_photo(coach, person, content=a_picture("JPEG"), word="Buss")
    proposed = _question_to_employer(person, accounts[Role.JOB_COACH], workplace, photo)
    symbol = a_symbol(accounts[Role.SYSTEM_ADMIN])
    sender = pin(act_as(accounts[Role.SYSTEM_ADMIN]), name="Grannby", public_key=Sender().public_key.hex())
    db.session.commit()
    return World(
        accounts=accounts,
        ids={
            "deltagare.public_id": person.public_id,
            "min-sida.public_id": person.public_id,
            "min-sida.form": "bilder",
            "deltagare.form": "lattlast",
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
            "plan_id": plan.public_id,
            "part": f"aktivitet-{plan.activities[0].key}",
            "participation_id": plan.participations[0].public_id,
            "bestallningar.handover_id": a_handover(move).public_id,
            "deltagare.handover_id": _own_handover(person, decision, accounts).public_id,
            "template_id": template.public_id,
            "sender_id": sender.public_id,
            "number": "1",
            "consultation_id": consultation.public_id,
            "representative_id": person.representatives[0].public_id,
            "photo_id": photo.public_id,
            "min-arbetsplats.introduction_id": proposed.introduction.public_id,
            "svara.token": proposed.token(),
            "symbol_id": symbol.public_id,
            "pack_id": symbol.pack.public_id,
            "act": "dolj",
            "visit_id": an_analysis(placement, accounts[Role.JOB_COACH]).public_id,
            "other_id": an_employer("Lindas bageri AB").public_id,
            "platser.group_code": dimension_groups()[0].code,
            "import_id": new_public_id(),
            "token": "a" * 43,
            "trial_id": trial.public_id,
            "signature_id": signature.public_id,
            "check_in_id": check_in.public_id,
            "who": "personen",
            "day": clock.today().isoformat(),
            "monday": (clock.today() - timedelta(days=clock.today().weekday())).isoformat(),
            "skriv-under.token": a_link(Purpose.SIGN_AGREEMENT, trial.id, contact=contact)[1],
            "avstamning.token": a_link(Purpose.CHECK_IN, trial.id, contact=contact)[1],
            "utvardera.token": a_link(Purpose.REVIEW, trial.id, contact=contact)[1],
            "ny-plats.token": a_link(Purpose.POST_PLACEMENT, workplace.employer_id, contact=contact)[1],
            "platsen-galler.token": a_link(Purpose.REFRESH_PLACEMENT, placement.id, contact=contact)[1],
            "position_id": placement.public_id,
            "ny-plats.slug": "sysslor",
            "min-arbetsplats.slug": "sysslor",
            "outcome_id": job.outcome.public_id,
            "employment_id": job.public_id,
            "jobbet.token": a_link(Purpose.RETENTION, job.id, contact=contact)[1],
            "mejl.token": a_link(Purpose.NOTICES, contact.id, contact=contact)[1],
            "utskick.public_id": _undelivered().public_id,
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


def _told_of(trial: Trial, person: Account) -> tuple[Signature, CheckIn]:
    """A signature of the trial that was made on a paper somebody kept, and what the person has said of it."""
    signature = trial.agreements[0].signatures[0]
    kept = store(b"%PDF-1.4 signed", "application/pdf")
    db.session.flush()
    signature.how, signature.file_id = "paper", kept.id
    check_in = CheckIn(
        trial_id=trial.id,
        due="day_1",
        party="person",
        answer="talk",
        how="own_page",
        answered_on=clock.today(),
        account_id=person.id,
    )
    db.session.add(check_in)
    db.session.commit()
    return signature, check_in


def _question_to_employer(person: Participant, coach: Account, workplace: Workplace, photo: Photo) -> Asked:
    """Another question about the person, which the employer has got, with a photo on the card."""
    asked = a_question(person, coach=coach, placement=a_placement(workplace, title="Packa varor"))
    shown = a_choice(frozenset({Field.CONTACT, Field.PHOTO}), photo=photo.public_id)
    return sent(consented(answered(asked), shown))


def _undelivered() -> OutboxMessage:
    """A message that was given up."""
    message = send("review", channel=Channel.EMAIL, address="a@b.se", subject="Fem frågor", body="Hej!")
    db.session.flush()  # a column's own beginning would stand instead of None
    message.given_up_at, message.next_try_at = clock.now(), None
    db.session.commit()
    return message


def _elsewhere(person: Participant) -> Account:
    """A coordinator of another unit who works with the person."""
    unit = a_unit("Solrosen")
    account = an_account(Role.COORDINATOR, unit)
    an_assignment(person, kind="coordinator", account=account, unit=unit)
    return account


def _own_handover(person: Participant, decision: Decision, accounts: dict[Role, Account]) -> Handover:
    """What the unit hands over to another one."""
    there = a_unit("Linden")
    sender = accounts[Role.JOB_COACH]
    move = Move(person=person, sender=sender, receiver=sender, order=an_order(decision, there))
    return a_handover(move, sent=False)


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
    person.account_id = accounts[Role.PARTICIPANT].id
    speaker = Representative(kind="guardian", name="Gode Man", proof_seen_on=clock.today())
    speaker.account_id = accounts[Role.REPRESENTATIVE].id
    person.representatives.append(speaker)
    db.session.flush()
    return person
