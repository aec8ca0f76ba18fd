"""Suggestions.

/deltagare/<id>/forslag                  suggestions
/deltagare/<id>/forslag/vikter           move_weights (POST)
/deltagare/<id>/forslag/bortvalda        left_out
/deltagare/<id>/forslag/<placement id>   suggestion, POST decides
/platser/<placement id>/personer         people
"""

from dataclasses import replace

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.core.paging import NumberedPage
from aktema.employers.queries import PlacementCard, cards_for, get_card
from aktema.matching import cards, codes, engine, operations, queries, rules, words
from aktema.matching.forms import VerdictForm, WeightsForm
from aktema.matching.gather import Known, all_known_of, known_of
from aktema.matching.permissions import DECIDE, READ_MATCHES, WEIGH
from aktema.people.models import Participant
from aktema.people.queries import get_participant

bp = Blueprint("matching", __name__)
PAGE_SIZE, PEOPLE_PAGE_SIZE = 10, 20
MOST_PEOPLE = 500


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
    known, page = known_of(participant.id), NumberedPage.of_request(PAGE_SIZE)
    answer = operations.suggest(
        current_identity(),
        participant,
        limit=page.start + PAGE_SIZE,
        start=page.start,
        known=known,
        weights=weights,
    )
    if page.number > 1 and not answer.suggestions:
        return see("matching.suggestions", public_id=participant.public_id)
    placements = cards_for([one.place_id for one in answer.suggestions])
    verdicts, whose = queries.newest_verdicts(participant.id), cards.whose_words(known.profile)
    excluded = sum(answer.excluded.values())
    return render_template(
        "matching/suggestions.html",
        participant=participant,
        cards=cards.cards(answer.suggestions, placements, weights, verdicts, whose),
        answer=answer,
        excluded=excluded,
        gates=[(words.GATES[gate], count) for gate, count in answer.excluded.items() if count],
        form=form,
        tags=codes.VERDICT_TAGS,
        page=replace(page, total=answer.considered - excluded),
    ), status


@bp.get("/deltagare/<id:public_id>/forslag/bortvalda")
@permits(READ_MATCHES)
def left_out(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_MATCHES, public_id)
    excluded = operations.left_out(participant)
    page = NumberedPage.of_request(PAGE_SIZE, len(excluded))
    shown = excluded[page.start : page.end]
    placements = cards_for([one.place_id for one in shown])
    return render_template(
        "matching/left_out.html",
        participant=participant,
        left_out=cards.left_out(shown, placements),
        page=page,
    )


@bp.route("/deltagare/<id:public_id>/forslag/<id:placement_id>", methods=["GET", "POST"])
@permits(DECIDE)
def suggestion(public_id: str, placement_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, DECIDE, public_id)
    placement = get_card(placement_id)
    form = VerdictForm()
    try:
        known = known_of(participant.id)
        explained = operations.explain(participant, placement.id, known=known)
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
    return _suggestion_page(participant, placement, known, explained, form), 422 if form.errors else 200


def _decided(public_id: str, answer: str) -> ResponseReturnValue:
    if answer == rules.ACCEPT:
        flash(_("Frågan är ställd. Skriv svaret när personen har svarat."), "success")
        return see("pathway.introductions", public_id=public_id)
    flash(_("Det är sparat. Ni kan ändra er när som helst."), "success")
    return see("matching.suggestions", public_id=public_id)


def _suggestion_page(
    participant: Participant,
    placement: PlacementCard,
    known: Known,
    explained: engine.Suggestion | engine.Excluded,
    form: VerdictForm,
) -> str:
    verdict = queries.newest_verdicts(participant.id).get(explained.place_id)
    card, excluded = None, None
    if isinstance(explained, engine.Suggestion):
        weights, whose = queries.weights_for(participant.id), cards.whose_words(known.profile)
        card = cards.card(explained, placement, weights, verdict, whose, short=False)
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
    placement = get_card(placement_id)
    participants = {one.id: one for one in queries.own_people(current_identity(), READ_MATCHES, MOST_PEOPLE)}
    known = {one.person.id: one for one in all_known_of(list(participants))}
    try:
        answer = operations.people_for(placement.id, list(known.values()))
    except engine.UnknownPlaceError:
        answer = engine.PeopleAnswer(matches=(), excluded={}, considered=0)
    page = NumberedPage.of_request(PEOPLE_PAGE_SIZE, len(answer.matches))
    shown = answer.matches[page.start : page.end]
    audit.record_reads(READ_MATCHES, [match.person_id for match in shown])
    return render_template(
        "matching/people.html",
        placement=placement,
        is_open=answer.considered > 0 or not participants,
        matches=[
            (participants[one.person_id], _person_card(one, placement, known[one.person_id])) for one in shown
        ],
        answer=answer,
        gates=words.GATES,
        page=page,
        is_cut=len(participants) == MOST_PEOPLE,
        most=MOST_PEOPLE,
    )


def _person_card(match: engine.PersonMatch, placement: PlacementCard, known: Known) -> cards.Card:
    whose = cards.whose_words(known.profile)
    return cards.card(match.suggestion, placement, rules.USUAL, None, whose, short=True)
