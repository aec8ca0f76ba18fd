"""Two pictures at a time: the person presses one, both or none, and stops when they like."""

from flask.typing import ResponseReturnValue

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.own.blueprint import bp
from aktema.own.forms import ChoiceForm
from aktema.own.own_page import shown
from aktema.own.permissions import CHOOSE_PICTURES, READ_OWN_PROFILE
from aktema.own.picture_operations import choose, count_choices
from aktema.own.picture_queries import find_pair, shown_as
from aktema.own.queries import get_own
from aktema.own.rules import Outcome
from aktema.people.profile import profile_of
from aktema.vocabulary.queries import vocabulary

MOST_LIKED = 6


@bp.route("/min-sida/<id:public_id>/bilder", methods=["GET", "POST"])
@permits(CHOOSE_PICTURES)
def pictures(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    own = get_own(identity, CHOOSE_PICTURES, public_id)
    form = ChoiceForm()
    if form.validate_on_submit():
        sent = (form.first.data or "", form.second.data or "", Outcome(str(form.outcome.data)))
        attempted(form, lambda: choose(identity, own.participant, *sent))
        return see("own.pictures", public_id=public_id)
    pair = find_pair(own.participant.id)
    if pair is None:
        return see("own.liked", public_id=public_id)
    form.first.data, form.second.data, form.outcome.data = pair.first.code, pair.second.code, None
    return shown("pictures", own, form, pair=pair, outcomes=Outcome)


@bp.post("/min-sida/<id:public_id>/bilder/klar")
@permits(CHOOSE_PICTURES)
def stop_pictures(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    own = get_own(identity, CHOOSE_PICTURES, public_id)
    count_choices(identity, own.participant)
    return see("own.liked", public_id=public_id)


@bp.get("/min-sida/<id:public_id>/bilder/tack")
@permits(READ_OWN_PROFILE)
def liked(public_id: str) -> ResponseReturnValue:
    """What the person likes most, in their own word."""
    own = get_own(current_identity(), READ_OWN_PROFILE, public_id)
    said, known = profile_of(own.participant.id).votes, vocabulary().activities
    positive = [(key, one.vote) for key, one in said.items() if one.vote > 0 and one.source == "own"]
    best = sorted(positive, key=lambda found: (-found[1], known[found[0]].sort))[:MOST_LIKED]
    return shown("liked", own, liked=[shown_as(known[key]) for key, _vote in best])
