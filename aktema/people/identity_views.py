"""Who a person is: facts to read and correct, representatives, and who works with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.access.permissions import LET_IN_REPRESENTATIVE
from aktema.access.policy import Permission
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.forms import ConflictError, attempted
from aktema.core.http import see
from aktema.core.personal_number import PersonalNumber
from aktema.people import operations, queries
from aktema.people.blueprint import bp
from aktema.people.codes import AssignmentKind, CameFrom, Communication, RepresentativeKind, Sex
from aktema.people.duplicates import CORRECTION, number_index
from aktema.people.forms import AssignForm, IdentityForm, ProofForm, ReasonForm, RepresentativeForm
from aktema.people.models import Assignment, Participant, Representative
from aktema.people.permissions import ASSIGN, CREATE_MANDATE, READ_IDENTITY, READ_NUMBER, UPDATE_IDENTITY
from aktema.people.register_forms import facts_of
from aktema.people.register_views import is_free_number
from aktema.people.rules import age_on

ASSIGNABLE = {
    "coach": (AssignmentKind.COACH, Role.JOB_COACH),
    "koordinator": (AssignmentKind.COORDINATOR, Role.COORDINATOR),
}


@bp.get("/deltagare/<id:public_id>/uppgifter")
@permits(READ_IDENTITY)
def identity(public_id: str) -> ResponseReturnValue:
    reader = current_identity()
    participant = queries.get_participant(reader, READ_IDENTITY, public_id)
    is_open = queries.may_unmasked(reader, READ_NUMBER, participant)
    if is_open and participant.personal_number_sealed:
        audit.record_read(READ_NUMBER, participant.id)
    return _identity_page(reader, participant, shows_number=is_open)


@bp.post("/deltagare/<id:public_id>/uppgifter/personnummer")
@permits(READ_NUMBER)
def reveal_number(public_id: str) -> ResponseReturnValue:
    reader = current_identity()
    participant = queries.get_participant(reader, READ_NUMBER, public_id)
    form = ReasonForm()
    if form.validate():
        audit.record(audit.READ, READ_NUMBER.code, participant_id=participant.id, detail=form.reason.data)
        return _identity_page(reader, participant, shows_number=True)
    return _identity_page(reader, participant, reason_form=form)


def _identity_page(
    reader: Identity,
    participant: Participant,
    *,
    shows_number: bool = False,
    reason_form: ReasonForm | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "people/identity.html",
        participant=participant,
        facts=_facts(participant, shows_number=shows_number),
        reason_form=None
        if shows_number or not participant.personal_number_sealed
        else reason_form or ReasonForm(formdata=None),
        representatives=_shown_representatives(participant),
        assignments=queries.live_assignments(participant),
        kind_of=AssignmentKind,
        may_edit=queries.may(reader, UPDATE_IDENTITY, participant),
        may_assign=queries.may(reader, ASSIGN, participant),
        may_prove=queries.may(reader, CREATE_MANDATE, participant),
        may_let_in=queries.may(reader, LET_IN_REPRESENTATIVE, participant),
    )
    return page, 422 if reason_form and reason_form.errors else 200


def _facts(participant: Participant, *, shows_number: bool) -> list[tuple[str, str]]:
    unknown = _("Vet inte än")
    born = participant.birth_date
    rows = [
        (_("Namn"), participant.name),
        (_("Född"), _("%(day)s, %(age)s år", day=born.isoformat(), age=age_on(born, clock.today()))),
        (_("Personnummer"), _number(participant, shows_number=shows_number) or unknown),
        (_("Kön"), str(Sex(participant.sex).label) if participant.sex else unknown),
        (_("Kommer från"), str(CameFrom(participant.came_from).label)),
        (_("Pratar bäst med"), str(Communication(participant.communication).label)),
        (_("Att tänka på"), participant.communication_note or ""),
        (_("Telefon"), participant.phone or unknown),
        (_("Ort"), queries.locality_name(participant.locality_id, in_full=True) or unknown),
    ]
    return [(label, value) for label, value in rows if value]


def _number(participant: Participant, *, shows_number: bool) -> str:
    if participant.personal_number is None:
        return ""
    number = PersonalNumber(participant.personal_number)
    return number.formatted() if shows_number else number.masked()


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """A representative as the page shows them."""

    public_id: str
    name: str
    kind: str
    scope: str
    contact: str
    proof: str
    is_proved: bool
    is_ended: bool
    until: str


def _shown_representatives(participant: Participant) -> Sequence[Speaker]:
    return [_speaker(representative) for representative in participant.representatives]


def _speaker(representative: Representative) -> Speaker:
    ends, proved = representative.to_date, representative.proof_seen_on
    return Speaker(
        public_id=representative.public_id,
        name=representative.name,
        kind=str(RepresentativeKind(representative.kind).label),
        scope=representative.scope,
        contact=", ".join(filter(None, (representative.phone, representative.email))),
        proof=_("Beslutet sett %(day)s", day=proved.isoformat()) if proved else _("Beslutet är inte sett än"),
        is_proved=proved is not None,
        is_ended=ends is not None and ends < clock.today(),
        until=ends.isoformat() if ends else "",
    )


@bp.route("/deltagare/<id:public_id>/uppgifter/andra", methods=["GET", "POST"])
@permits(UPDATE_IDENTITY)
def update_identity(public_id: str) -> ResponseReturnValue:
    participant = queries.get_participant(current_identity(), UPDATE_IDENTITY, public_id)
    form = IdentityForm(participant)
    if form.validate_on_submit():
        if not form.expects(participant.version):
            raise ConflictError(form, IdentityForm(participant, formdata=None), participant.version)
        if _has_free_number(form, participant):
            attempted(form, lambda: operations.update_identity(participant, facts_of(form, form, form)))
        if not form.errors and not form.form_errors:
            flash(_("Uppgifterna är sparade."), "success")
            return see("people.identity", public_id=public_id)
    if not form.is_submitted():
        form.carry(participant.version)
    page = render_template("people/update_identity.html", form=form, participant=participant)
    return page, 422 if form.errors else 200


def _has_free_number(form: IdentityForm, participant: Participant) -> bool:
    """Whether the number typed is the person's own or nobody's here; otherwise the form says so."""
    if not form.digits or number_index(form.digits) == participant.personal_number_index:
        return True
    return is_free_number(current_identity(), form, form.digits, CORRECTION)


@bp.route("/deltagare/<id:public_id>/foretradare/ny", methods=["GET", "POST"])
@permits(UPDATE_IDENTITY)
def add_representative(public_id: str) -> ResponseReturnValue:
    participant = queries.get_participant(current_identity(), UPDATE_IDENTITY, public_id)
    form = RepresentativeForm()
    if form.validate_on_submit() and form.spokesperson is not None:
        operations.add_representative(participant, form.spokesperson)
        flash(_("Företrädaren är sparad. Hen får företräda personen när beslutet är sett."), "success")
        return see("people.identity", public_id=public_id)
    page = render_template("people/representative.html", form=form, participant=participant)
    return page, 422 if form.errors else 200


@bp.post("/deltagare/<id:public_id>/foretradare/<id:representative_id>/avsluta")
@permits(UPDATE_IDENTITY)
def end_representative(public_id: str, representative_id: str) -> ResponseReturnValue:
    participant = queries.get_participant(current_identity(), UPDATE_IDENTITY, public_id)
    representative = queries.get_representative(participant, representative_id)
    if operations.end_representative(representative):
        flash(_("Det är sparat. Företrädaren företräder inte längre personen."), "success")
    return see("people.identity", public_id=public_id)


def _held(reader: Identity, permission: Permission, public_id: str) -> Participant:
    """The person, held where something about them is about to be changed."""
    participant = queries.get_participant(reader, permission, public_id)
    if request.method == "POST":
        queries.hold(participant)
    return participant


def _state(*values: object) -> int:
    """The version of what has none of its own: a number that is another as soon as one of the values is."""
    return crc32(repr(values).encode())


@bp.route("/deltagare/<id:public_id>/foretradare/<id:representative_id>/styrkt", methods=["GET", "POST"])
@permits(CREATE_MANDATE)
def see_proof(public_id: str, representative_id: str) -> ResponseReturnValue:
    reader = current_identity()
    participant = _held(reader, CREATE_MANDATE, public_id)
    speaker = queries.get_representative(participant, representative_id)
    form = ProofForm.of(speaker, seen_on=clock.today())
    if is_saved(
        form,
        _state(
            *(speaker.to_date, speaker.scope, speaker.areas),
            *(speaker.proof_seen_on, speaker.proof_seen_by_id),
        ),
        lambda: ProofForm.of(speaker, seen_on=speaker.proof_seen_on, formdata=None),
        lambda: operations.see_proof(reader, speaker, form.mandate),
    ):
        flash(_("Det är sparat att du har sett beslutet."), "success")
        return see("people.identity", public_id=public_id)
    return shown("people/proof.html", form, participant=participant, representative=speaker)


@bp.route("/deltagare/<id:public_id>/ansvarig/<any(coach, koordinator):which>", methods=["GET", "POST"])
@permits(ASSIGN)
def assign(public_id: str, which: str) -> ResponseReturnValue:
    reader = current_identity()
    participant = _held(reader, ASSIGN, public_id)
    kind, role = ASSIGNABLE[which]
    units = queries.assignable_units(reader)
    holders = queries.holders_of_role(role, units)
    held = [one for one in queries.live_assignments(participant) if one.kind == kind]
    form = AssignForm(holders=holders)
    if is_saved(
        form,
        _state(*(one.id for one in held)),
        lambda: AssignForm(holders=holders, data={"holder": _holder_now(holders, held)}, formdata=None),
        lambda: operations.assign(participant, kind, form.holders[form.holder.data], within=units),
    ):
        flash(_("Bytet är sparat och gäller från idag."), "success")
        return see("people.identity", public_id=public_id)
    return shown("people/assign.html", form, participant=participant, kind=kind, which=which)


def _holder_now(holders: Sequence[queries.Holder], held: Sequence[Assignment]) -> str:
    """The code of whoever of the holders has the responsibility; empty where none of them has."""
    now = {(one.account_id, one.unit_id) for one in held}
    return next((one.code for one in holders if (one.account_id, one.unit_id) in now), "")
