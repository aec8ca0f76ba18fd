"""Suggestions.

/deltagare/<id>/forslag                  suggestions
/deltagare/<id>/forslag/vikter           move_weights (POST)
/deltagare/<id>/forslag/bortvalda        left_out
/deltagare/<id>/forslag/fragor           questions
/deltagare/<id>/forslag/varfor           why_not
/deltagare/<id>/forslag/<placement id>   suggestion, POST decides
/platser/<placement id>/personer         people
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.core.paging import NumberedPage
from aktema.employers.placement_queries import placements_fitting
from aktema.employers.queries import PlacementCard, cards_for, get_card
from aktema.matching import cards, codes, engine, operations, placement_operations, queries, rules, words
from aktema.matching.engine.asking import Asked, AskedKind
from aktema.matching.forms import PlacementSearchForm, VerdictForm, WeightsForm
from aktema.matching.gather import Known, all_known_of, engine_weights, known_of
from aktema.matching.permissions import DECIDE, READ_MATCHES, WEIGH
from aktema.matching.plan_queries import first_choices
from aktema.people.models import Participant
from aktema.people.queries import get_participant
from aktema.vocabulary.queries import vocabulary

bp = Blueprint("matching", __name__)
PAGE_SIZE, PEOPLE_PAGE_SIZE = 10, 20
MOST_PEOPLE = 500
EASY_READ = "lattlast"


@bp.get("/deltagare/<id:public_id>/forslag")
@permits(READ_MATCHES)
def suggestions(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_MATCHES, public_id)
    decisions = queries.decisions_about(participant.id)
    form = WeightsForm(data=rules.emphases_of(decisions.weights))
    return _list_page(participant, form, decisions, 200)


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
    return _list_page(participant, form, queries.decisions_about(participant.id), 422)


def _list_page(
    participant: Participant, form: WeightsForm, decisions: queries.Decisions, status: int
) -> ResponseReturnValue:
    known, page = known_of(participant.id), NumberedPage.of_request(PAGE_SIZE)
    answer = operations.suggest(
        current_identity(),
        participant,
        limit=page.start + PAGE_SIZE,
        start=page.start,
        known=known,
        weights=decisions.weights,
    )
    if page.number > 1 and not answer.suggestions:
        return see("matching.suggestions", public_id=participant.public_id)
    shown = [one.place_id for one in answer.suggestions]
    placements, whose = cards_for(shown), cards.whose_words(known.profile)
    excluded = sum(answer.excluded.values())
    return render_template(
        "matching/suggestions.html",
        participant=participant,
        cards=cards.cards(answer.suggestions, placements, decisions.weights, decisions.verdicts, whose),
        firsts=first_choices(shown, but=participant.id),
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


@bp.get("/deltagare/<id:public_id>/forslag/fragor")
@permits(READ_MATCHES)
def questions(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_MATCHES, public_id)
    weights = engine_weights(queries.weights_for(participant.id))
    asked = placement_operations.questions_for(known_of(participant.id), weights)
    return render_template(
        "matching/questions.html",
        participant=participant,
        asked=[(cards.asked_line(one), answered_at(one, public_id)) for one in asked],
    )


def answered_at(asked: Asked, public_id: str) -> str:
    """The page on which the answer is filled in."""
    terms, key = vocabulary(), asked.key or 0
    match asked.kind:
        case AskedKind.CAPACITY:
            group_id = terms.dimensions[key].group_id
            code = next(group.code for group in terms.dimension_groups if group.id == group_id)
            return url_for("people.capacity_group", public_id=public_id, group_code=code)
        case AskedKind.VOTE:
            group_id = terms.activities[key].group_id
            code = next(group.code for group in terms.activity_groups if group.id == group_id)
            return url_for("people.interest_group", public_id=public_id, group_code=code)
        case AskedKind.PREFERENCE:
            return url_for("people.preferences", public_id=public_id)
        case _:
            return url_for("people.times", public_id=public_id)


@bp.get("/deltagare/<id:public_id>/forslag/varfor")
@permits(READ_MATCHES)
def why_not(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_MATCHES, public_id)
    form = PlacementSearchForm(request.args)
    typed = form.q.data if form.validate() else ""
    found = placements_fitting(typed) if typed else ()
    page = NumberedPage.of_request(PAGE_SIZE, len(found))
    return render_template(
        "matching/why_not.html",
        participant=participant,
        form=form,
        typed=typed,
        standings=_standings(participant, found[page.start : page.end]),
        page=page,
    )


def _standings(participant: Participant, placement_ids: Sequence[int]) -> list[cards.Standing]:
    """Where each placement stands for the person, in the order they were found."""
    if not placement_ids:
        return []
    weights = engine_weights(queries.weights_for(participant.id))
    where = placement_operations.where(known_of(participant.id), placement_ids, weights)
    placements = cards_for(placement_ids)
    return [
        cards.standing(placements[key], where[key].rank, where[key].excluded)
        for key in placement_ids
        if key in placements
    ]


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
        return _not_among(participant, placement)
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


def _not_among(participant: Participant, placement: PlacementCard) -> ResponseReturnValue:
    """A placement that nobody can be suggested now: the page says why, and nothing can be decided about it."""
    if request.method == "POST":
        flash(_("Inget är sparat: platsen är inte öppen längre."), "warning")
        return see("matching.suggestion", public_id=participant.public_id, placement_id=placement.public_id)
    return render_template(
        "matching/not_among.html",
        participant=participant,
        placement=placement,
        sentence=words.NOT_AMONG[placement.state],
    )


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
    decisions = queries.decisions_about(participant.id)
    verdict, weights = decisions.verdicts.get(explained.place_id), decisions.weights
    whose = cards.whose_words(known.profile)
    card, excluded = None, None
    if isinstance(explained, engine.Suggestion):
        card = cards.card(explained, placement, weights, verdict, whose, short=False)
    else:
        excluded = cards.left_out([explained], {placement.id: placement})[0]
    proposal = placement_operations.propose(known, placement.id, engine_weights(weights))
    is_easy = request.args.get("form") == EASY_READ
    return render_template(
        "matching/suggestion.html",
        participant=participant,
        placement=placement,
        card=card,
        excluded=excluded,
        way=proposal and cards.way(explained, proposal.changes, proposal.rank, placement),
        easy=cards.easy(explained, proposal.changes if proposal else None, placement, whose)
        if is_easy
        else None,
        forms=_forms(participant, placement, is_easy),
        verdict=verdict,
        form=form,
        tags=codes.VERDICT_TAGS,
        reasons=codes.REASONS,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FormTab:
    """A way to read the same page."""

    label: str
    href: str
    current: bool


def _forms(participant: Participant, placement: PlacementCard, is_easy: bool) -> list[FormTab]:
    here = partial(
        url_for,
        "matching.suggestion",
        public_id=participant.public_id,
        placement_id=placement.public_id,
    )
    return [
        FormTab(label=_("Vanlig text"), href=here(), current=not is_easy),
        FormTab(label=_("Lättläst"), href=here(form=EASY_READ), current=is_easy),
    ]


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
