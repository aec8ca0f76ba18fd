"""The checklist of what is settled about a person's income before a paid start."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.editing import is_saved, shown
from aktema.core.errors import MissingError
from aktema.core.http import see
from aktema.pathway import benefit_operations as operations
from aktema.pathway.blueprint import bp
from aktema.pathway.outcome_codes import ITEM_HINTS, ITEM_LABELS
from aktema.pathway.outcome_forms import benefit_form
from aktema.pathway.outcome_queries import get_outcome
from aktema.pathway.permissions import RECORD_OUTCOME
from aktema.pathway.rules.outcome import OutcomeKind
from aktema.people.queries import get_participant


@bp.route("/deltagare/<id:public_id>/jobb/<id:outcome_id>/ersattning", methods=["GET", "POST"])
@permits(RECORD_OUTCOME)
def benefits(public_id: str, outcome_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, RECORD_OUTCOME, public_id)
    found = get_outcome(participant.id, outcome_id)
    if found.kind != OutcomeKind.JOB:
        raise MissingError
    form = benefit_form(found)
    if is_saved(
        form,
        found.version,
        lambda: benefit_form(found, formdata=None),
        lambda: operations.settle(identity, participant, found, form.settled()),
    ):
        flash(_("Sparat."), "success")
        return see("pathway.outcome", public_id=public_id, outcome_id=outcome_id)
    return shown(
        "pathway/benefits.html",
        form,
        participant=participant,
        outcome=found,
        labels=ITEM_LABELS,
        hints=ITEM_HINTS,
    )
