"""The pages where agreements are signed: by the coach, on paper, for the person, and by the employer.

The person's own is under /min-sida.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import by_link, permits
from aktema.access.identity import Identity, current_identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import mark_used
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.editing import expect_version, is_saved, shown
from aktema.core.errors import DomainError
from aktema.core.files import content_of
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.employers.company_queries import contact_of
from aktema.employers.models import Contact
from aktema.pathway import signature_operations as operations
from aktema.pathway import signature_queries as queries
from aktema.pathway.blueprint import bp
from aktema.pathway.permissions import READ_SIGNED_PAPER, SIGN_AGREEMENT, SIGN_AS_EMPLOYER
from aktema.pathway.signature_forms import EmployerSignForm, OnBehalfForm, PaperForm, SendLinkForm
from aktema.pathway.signature_operations import SignatureFacts
from aktema.pathway.signature_page import WRITTEN, terms_of
from aktema.pathway.trial_codes import PARTY_LABELS, OnBehalfReason, SignedHow
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import awaits, get_trial, newest
from aktema.pathway.trial_states import Party
from aktema.people.queries import get_participant, hold

PARTIES = {written: party for party, written in WRITTEN.items()}
TRIAL_PATH = "/deltagare/<id:public_id>/provplatser/<id:trial_id>"


def trial_of(identity: Identity, permission: Permission, public_id: str, trial_id: str) -> Trial:
    """The trial for a page of staff, held with its person where something is sent. Raises MissingError."""
    participant = get_participant(identity, permission, public_id)
    if request.method == "POST":
        hold(participant)
    return get_trial(participant.id, trial_id)


@bp.post(f"{TRIAL_PATH}/skriv-under")
@permits(SIGN_AGREEMENT)
def sign_as_coach(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    trial = trial_of(identity, SIGN_AGREEMENT, public_id, trial_id)
    expect_version(newest(trial).id)
    facts = SignatureFacts(
        party=Party.COACH, how=SignedHow.SIGNED_IN, name=identity.name, account_id=identity.account_id
    )
    do(lambda: operations.sign(trial, facts, SIGN_AGREEMENT), _("Du har skrivit under."))
    return see("pathway.trial", public_id=public_id, trial_id=trial_id)


def do(act: Callable[[], object], done: str) -> None:
    """Do what a button is for, and say how it went."""
    form = BaseForm()
    if form.validate():
        attempted(form, act)
    for problem in form.form_errors:
        flash(problem, "warning")
    if not form.errors:
        flash(done, "success")


@bp.route(f"{TRIAL_PATH}/papper/<any(personen, arbetsgivaren, coachen):who>", methods=["GET", "POST"])
@permits(SIGN_AGREEMENT)
def sign_on_paper(public_id: str, trial_id: str, who: str) -> ResponseReturnValue:
    identity = current_identity()
    trial = trial_of(identity, SIGN_AGREEMENT, public_id, trial_id)
    party, name = PARTIES[who], _usual_name(identity, trial, PARTIES[who])
    form = PaperForm(name=name)
    if is_saved(
        form,
        newest(trial).id,
        lambda: PaperForm(name=name, formdata=None),
        lambda: operations.sign(trial, _paper_facts(identity, party, form), SIGN_AGREEMENT),
    ):
        flash(_("Underskriften är sparad."), "success")
        return see("pathway.trial", public_id=public_id, trial_id=trial_id)
    return shown("pathway/sign_on_paper.html", form, trial=trial, party=PARTY_LABELS[party], who=who)


def _usual_name(identity: Identity, trial: Trial, party: Party) -> str:
    supervisor = newest(trial).supervisor
    employer = supervisor.name if supervisor else ""
    names = {Party.PERSON: trial.participant.name, Party.EMPLOYER: employer, Party.COACH: identity.name}
    return names[party]


def _paper_facts(identity: Identity, party: Party, form: PaperForm) -> SignatureFacts:
    return SignatureFacts(
        party=party,
        how=SignedHow.PAPER,
        name=str(form.name.data),
        account_id=identity.account_id,
        signed_on=form.day,
        content=form.content,
    )


@bp.route(f"{TRIAL_PATH}/at-personen", methods=["GET", "POST"])
@permits(SIGN_AGREEMENT)
def sign_on_behalf(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    trial = trial_of(identity, SIGN_AGREEMENT, public_id, trial_id)
    form = OnBehalfForm()
    if is_saved(
        form,
        newest(trial).id,
        lambda: OnBehalfForm(formdata=None),
        lambda: operations.sign(trial, _on_behalf_facts(identity, form), SIGN_AGREEMENT),
    ):
        flash(_("Underskriften är sparad, med varför du skrev under."), "success")
        return see("pathway.trial", public_id=public_id, trial_id=trial_id)
    return shown("pathway/sign_on_behalf.html", form, trial=trial)


def _on_behalf_facts(identity: Identity, form: OnBehalfForm) -> SignatureFacts:
    return SignatureFacts(
        party=Party.PERSON,
        how=SignedHow.SIGNED_IN,
        name=identity.name,
        account_id=identity.account_id,
        on_behalf=OnBehalfReason(form.reason.data),
    )


@bp.route(f"{TRIAL_PATH}/lank", methods=["GET", "POST"])
@permits(SIGN_AGREEMENT)
def send_sign_link(public_id: str, trial_id: str) -> ResponseReturnValue:
    """The way to sign for somebody at the employer: mailed, or shown once to be handed over in another way."""
    identity = current_identity()
    trial = trial_of(identity, SIGN_AGREEMENT, public_id, trial_id)
    form = SendLinkForm(contacts=queries.contacts_at(trial))
    if form.validate_on_submit():
        contact = form.contacts[form.contact.data]
        if "visa" in request.form:
            return _link_page(identity, trial, contact, form)
        sent = attempted(
            form, lambda: operations.send_sign_link(trial, contact, account_id=identity.account_id)
        )
        if sent:
            flash(_("Länken är på väg till %(name)s.", name=contact.name), "success")
            return see("pathway.trial", public_id=public_id, trial_id=trial_id)
        if sent is False:
            form.reject(DomainError(_("Den personen får inga mejl. Visa länken i stället."), "contact"))
    return shown("pathway/send_sign_link.html", form, trial=trial)


def _link_page(identity: Identity, trial: Trial, contact: Contact, form: SendLinkForm) -> ResponseReturnValue:
    """The address, shown on the page that answers and never again."""
    address = attempted(
        form, lambda: operations.hand_sign_link(trial, contact, account_id=identity.account_id)
    )
    if address is None:
        return shown("pathway/send_sign_link.html", form, trial=trial)
    page = render_template(
        "pathway/sign_link.html",
        trial=trial,
        contact=contact,
        address=address,
        days=Purpose.SIGN_AGREEMENT.lifetime.days,
    )
    answer = make_response(page)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@bp.get(f"{TRIAL_PATH}/underskrifter/<id:signature_id>")
@permits(READ_SIGNED_PAPER)
def signed_paper(public_id: str, trial_id: str, signature_id: str) -> ResponseReturnValue:
    """The scan, to be kept by the browser as a file: its name says nothing about anybody."""
    trial = trial_of(current_identity(), READ_SIGNED_PAPER, public_id, trial_id)
    file = queries.paper_of(queries.get_signature(trial, signature_id))
    answer = make_response(content_of(file))
    ending = "pdf" if file.media_type == "application/pdf" else "jpg"
    answer.headers["Content-Type"] = file.media_type
    answer.headers["Content-Disposition"] = f'attachment; filename="underskrift.{ending}"'
    return answer


@bp.route("/skriv-under/<token>", methods=["GET", "POST"])
@by_link(Purpose.SIGN_AGREEMENT)
def sign_by_link(link: Link) -> ResponseReturnValue:
    """What the employer signs. Opening the page changes nothing."""
    contact = db.session.get(Contact, link.contact_id) if link.contact_id else None
    trial = _open_to_sign(link.subject_id)
    form = EmployerSignForm(data={"name": contact.name if contact else ""})
    facts = SignatureFacts(party=Party.EMPLOYER, how=SignedHow.LINK, name="", contact_id=link.contact_id)
    if _is_signed(trial, form, facts):
        mark_used(link)
        return redirect(request.path, 303)
    return _employer_page(trial, form)


@bp.route("/min-arbetsplats/provplatser/<id:trial_id>/skriv-under", methods=["GET", "POST"])
@permits(SIGN_AS_EMPLOYER)
def sign_as_employer(trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    contact = contact_of(identity)
    found = queries.get_company_trial(contact.employer_id, trial_id, clock.today())
    trial = _open_to_sign(found.id)
    form = EmployerSignForm(data={"name": contact.name})
    facts = SignatureFacts(
        party=Party.EMPLOYER,
        how=SignedHow.SIGNED_IN,
        name="",
        account_id=identity.account_id,
        contact_id=contact.id,
    )
    if _is_signed(trial, form, facts):
        return see("pathway.sign_as_employer", trial_id=trial_id)
    return _employer_page(trial, form)


def _open_to_sign(trial_id: int) -> Trial:
    """The trial for whoever signs for the employer, held where something is sent. Raises MissingError."""
    trial = queries.open_trial(trial_id, clock.today())
    return queries.held_trial(trial_id) if request.method == "POST" else trial


def _is_signed(trial: Trial, form: EmployerSignForm, facts: SignatureFacts) -> bool:
    """Whether the employer's yes is kept: only for the version that was read."""
    if not form.is_submitted():
        form.carry(newest(trial).id)
        return False
    if not form.validate():
        return False
    if not form.expects(newest(trial).id):
        form.carry(newest(trial).id)
        form.form_errors.append(_("Överenskommelsen är ändrad sedan du öppnade den. Läs den en gång till."))
        return False
    named = replace(facts, name=str(form.name.data))
    return attempted(form, lambda: operations.sign(trial, named, SIGN_AS_EMPLOYER)) is not None


def _employer_page(trial: Trial, form: EmployerSignForm) -> ResponseReturnValue:
    today = clock.today()
    audit.record_read(SIGN_AS_EMPLOYER, trial.participant_id)
    card = queries.card_of(trial, today)
    awaited = awaits(trial, today)
    last, read = newest(trial), queries.read_by_employer(trial)
    is_newest = read is last
    return shown(
        "pathway/sign_as_employer.html",
        form,
        title=trial.placement.title,
        terms=terms_of(trial, read, card.called if card else "") if read else (),
        is_awaited=is_newest and Party.EMPLOYER in awaited,
        signed=queries.signature_of(read, Party.EMPLOYER) if read else None,
        others=[PARTY_LABELS[party] for party in awaited if is_newest and party is not Party.EMPLOYER],
        is_changing=bool(read) and not is_newest,
        action=url_for(str(request.endpoint), **(request.view_args or {})),
    )
