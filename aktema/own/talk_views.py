"""I want to talk to someone: choose whom, and they know."""

from flask.typing import ResponseReturnValue

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.own.blueprint import bp
from aktema.own.forms import TalkForm
from aktema.own.own_page import shown
from aktema.own.permissions import ASK_TO_TALK
from aktema.own.queries import Own, get_own, helpers_of
from aktema.people.codes import AssignmentKind
from aktema.steps.talk_operations import TO_TALK_WITH, ask_to_talk
from aktema.steps.talk_queries import kinds_asked


@bp.route("/min-sida/<id:public_id>/prata", methods=["GET", "POST"])
@permits(ASK_TO_TALK)
def talk(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    own = get_own(identity, ASK_TO_TALK, public_id)
    form = TalkForm()
    if form.validate_on_submit() and form.kind.data in TO_TALK_WITH:
        kind = AssignmentKind(form.kind.data)
        attempted(
            form, lambda: ask_to_talk(identity, ASK_TO_TALK, own.participant, kind, said_by=own.said_by)
        )
        if not form.form_errors:
            return see("own.talk", public_id=public_id)
    return _page(own, form)


def _page(own: Own, form: TalkForm) -> ResponseReturnValue:
    found = [one for one in helpers_of(own.participant) if one.kind in TO_TALK_WITH]
    form.kind.data = None
    return shown("talk", own, form, helpers=found, told=kinds_asked(own.participant.id))
