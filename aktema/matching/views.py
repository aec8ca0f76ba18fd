"""Suggestions.

/deltagare/<id>/forslag                  suggestions
/deltagare/<id>/forslag/vikter           move_weights (POST)
/deltagare/<id>/forslag/bortvalda        left_out
/deltagare/<id>/forslag/<placement id>   suggestion, POST decides
/platser/<placement id>/personer         people
"""

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.employers.placement_queries import get_placement
from aktema.employers.queries import cards_for
from aktema.matching import cards, codes, engine, operations, queries, rules, words
from aktema.matching.forms import VerdictForm, WeightsForm
from aktema.matching.permissions import DECIDE, READ_MATCHES, WEIGH
from aktema.people.models import Participant
from aktema.people.queries import get_participant

bp = Blueprint("matching", __name__)
FIRST, STEP, MOST = 10, 10, 100
MOST_PEOPLE = 200


@bp.get("/deltagare/<id:public_id>/forslag")
@permits(READ_MATCHES)
def suggestions(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_MATCHES, public_id)
    weights = queries.weights_for(participant.id)
    return _list_page(participant, WeightsForm(data=rules.emphases_of(weights)), weights, 200)


@bp.post("/deltagare/<id:public_id>/forslag/vikter")
@permits(WEIGH)
def move_weights(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, WEIGH, public_id)
    form = WeightsForm()
    if form.validate_on_submit() and attempted(
        form, lambda: operations.move_weights(identity, participant, form.emphases())
    ):
        return see("matching.suggestions", public_id=public_id)
    return _list_page(participant, form, queries.weights_for(participant.id), 422)


def _list_page(
    participant: Participant, form: WeightsForm, weights: rules.PartWeights, status: int
) -> ResponseReturnValue:
    limit = _wanted()
    answer = operations.suggest(current_identity(), participant, limit=limit, weights=weights)
    placements = cards_for([one.place_id for one in answer.suggestions])
    verdicts = queries.newest_verdicts(participant.id)
    shown = cards.cards(answer.suggestions, placements, weights, verdicts)
    excluded = sum(answer.excluded.values())
    return render_template(
        "matching/suggestions.html",
        participant=participant,
        cards=shown,
        answer=answer,
        excluded=excluded,
        gates=[(words.GATES[gate], count) for gate, count in answer.excluded.items() if count],
        form=form,
        tags=codes.VERDICT_TAGS,
        more=limit + STEP if len(shown) < answer.considered - excluded and limit < MOST else None,
    ), status


def _wanted() -> int:
    """How many suggestions the address asks for; anything odd asks for the first ten."""
    typed = request.args.get("antal", "")
    return (
        min(MOST, max(FIRST, int(typed))) if typed.isascii() and typed.isdigit() and len(typed) < 6 else FIRST
    )


@bp.get("/deltagare/<id:public_id>/forslag/bortvalda")
@permits(READ_MATCHES)
def left_out(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_MATCHES, public_id)
    excluded = operations.left_out(participant, limit=MOST)
    placements = cards_for([one.place_id for one in excluded])
    return render_template(
        "matching/left_out.html", participant=participant, left_out=cards.left_out(excluded, placements)
    )


@bp.route("/deltagare/<id:public_id>/forslag/<id:placement_id>", methods=["GET", "POST"])
@permits(DECIDE)
def suggestion(public_id: str, placement_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, DECIDE, public_id)
    placement = get_placement(placement_id)
    form = VerdictForm()
    try:
        explained = operations.explain(participant, placement.id)
    except engine.UnknownPlaceError:
        flash(_("Platsen är inte öppen längre. Här är förslagen som gäller nu."), "info")
        return see("matching.suggestions", public_id=public_id)
    if form.validate_on_submit():
        given = {"answer": form.answer.data, "reason": form.reason.data, "words": form.words.data or ""}
        if attempted(
            form,
            lambda: operations.give_verdict(
                identity, participant, placement_id=placement.id, placement_title=placement.title, **given
            ),
        ):
            return _decided(public_id, form.answer.data)
    return _suggestion_page(participant, explained, form), 422 if form.errors else 200


def _decided(public_id: str, answer: str) -> ResponseReturnValue:
    if answer == rules.ACCEPT:
        flash(_("Frågan är ställd. Skriv svaret när personen har svarat."), "success")
        return see("pathway.introductions", public_id=public_id)
    flash(_("Det är sparat. Ni kan ändra er när som helst."), "success")
    return see("matching.suggestions", public_id=public_id)


def _suggestion_page(
    participant: Participant, explained: engine.Suggestion | engine.Excluded, form: VerdictForm
) -> str:
    placement = cards_for([explained.place_id])[explained.place_id]
    verdict = queries.newest_verdicts(participant.id).get(explained.place_id)
    card, excluded = None, None
    if isinstance(explained, engine.Suggestion):
        card = cards.card(explained, placement, queries.weights_for(participant.id), verdict, short=False)
    else:
        excluded = cards.left_out([explained], {placement.id: placement})[0]
    return render_template(
        "matching/suggestion.html",
        participant=participant,
        placement=placement,
        card=card,
        excluded=excluded,
        verdict=verdict,
        form=form,
        tags=codes.VERDICT_TAGS,
        reasons=codes.REASONS,
    )


@bp.get("/platser/<id:placement_id>/personer")
@permits(READ_MATCHES)
def people(placement_id: str) -> ResponseReturnValue:
    identity = current_identity()
    placement = get_placement(placement_id)
    participants = queries.own_people(identity, READ_MATCHES, MOST_PEOPLE)
    try:
        answer = operations.people_for(placement.id, participants, limit=len(participants))
    except engine.UnknownPlaceError:
        answer = None
    audit.record_reads(READ_MATCHES, [participant.id for participant in participants])
    by_id = {participant.id: participant for participant in participants}
    card = cards_for([placement.id])[placement.id]
    matches = [
        (by_id[match.person_id], cards.card(match.suggestion, card, rules.USUAL, None, short=True))
        for match in (answer.matches if answer else ())
    ]
    return render_template(
        "matching/people.html", placement=card, matches=matches, answer=answer, gates=words.GATES
    )
