"""What a person can: a page for each group of dimensions, and the history of one of them."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.errors import MissingError
from aktema.core.forms import attempted
from aktema.people import profile_operations as operations
from aktema.people.blueprint import bp
from aktema.people.codes import Confidence, Source
from aktema.people.permissions import READ_PROFILE, UPDATE_PROFILE
from aktema.people.profile import Capacity, Profile, profile_of
from aktema.people.profile_forms import ratings_form
from aktema.people.profile_page import level_words, who_and_how
from aktema.people.profile_queries import rating_history
from aktema.people.profile_views import editable, saved
from aktema.people.queries import get_participant
from aktema.vocabulary import queries as vocabulary
from aktema.vocabulary.words import Dimension, DimensionGroup


@bp.get("/deltagare/<id:public_id>/profil/formagor")
@permits(UPDATE_PROFILE)
def capacities(public_id: str) -> ResponseReturnValue:
    participant = editable(public_id)
    known = profile_of(participant.id).capacities
    groups = vocabulary.dimension_groups()
    core = vocabulary.dimensions(core_only=True)
    return render_template(
        "people/capacities.html",
        participant=participant,
        groups=[
            (group, _core_of(group), sum(one.id in known for one in _core_of(group))) for group in groups
        ],
        answered=sum(one.id in known for one in core),
        total=len(core),
    )


def _core_of(group: DimensionGroup) -> list[Dimension]:
    return [one for one in group.dimensions if one.is_core]


@bp.route("/deltagare/<id:public_id>/profil/formagor/<group_code>", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def capacity_group(public_id: str, group_code: str) -> ResponseReturnValue:
    participant = editable(public_id)
    group, following = _group_and_next(group_code)
    next_url = _group_url(public_id, following)
    asks_all = request.args.get("alla") == "1"
    asked = list(group.dimensions) if asks_all else _core_of(group)
    form = ratings_form(asked, _standing(profile_of(participant.id)))
    if form.validate_on_submit():
        attempted(
            form, lambda: operations.rate_capacities(current_identity(), participant, form.ratings(asked))
        )
        if not form.errors:
            return saved(next_url)
    page = render_template(
        "people/capacity_group.html",
        participant=participant,
        group=group,
        form=form,
        questions=[(one, {str(anchor.level): anchor.capacity() for anchor in one.anchors}) for one in asked],
        more=0 if asks_all else len(group.dimensions) - len(asked),
        asks_all=asks_all,
        skip_url=next_url,
    )
    return page, 422 if form.errors else 200


def _group_url(public_id: str, group: DimensionGroup | None) -> str:
    """The group's page, or the list of groups after the last one."""
    if group is None:
        return url_for("people.capacities", public_id=public_id)
    return url_for("people.capacity_group", public_id=public_id, group_code=group.code)


def _group_and_next(code: str) -> tuple[DimensionGroup, DimensionGroup | None]:
    groups = vocabulary.dimension_groups()
    pairs = zip(groups, (*groups[1:], None), strict=True)
    found = next((pair for pair in pairs if pair[0].code == code), None)
    if found is None:
        raise MissingError
    return found


def _standing(known: Profile) -> dict[int, str]:
    """What is known in each dimension, without and with aids."""
    return {key: " ".join(map(_standing_line, ratings)) for key, ratings in known.ratings.items()}


def _standing_line(rating: Capacity) -> str:
    """A rating in words that say when it is too old to lean on."""
    level, who = level_words(rating.level), who_and_how(rating)
    line = _("Nu: %(level)s (%(who)s, %(day)s).", level=level, who=who, day=rating.said_on)
    return _("%(line)s Det är mer än ett år sedan.", line=line) if rating.is_dated else line


@bp.get("/deltagare/<id:public_id>/profil/formagor/historik/<code>")
@permits(READ_PROFILE)
def capacity_history(public_id: str, code: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_PROFILE, public_id)
    dimension = vocabulary.by_code(vocabulary.dimensions()).get(code)
    if dimension is None:
        raise MissingError
    ratings = rating_history(participant.id, dimension.id)
    return render_template(
        "people/capacity_history.html",
        participant=participant,
        dimension=dimension,
        ratings=[
            (one, level_words(one.level), Source(one.source).label, Confidence(str(one.confidence)).label)
            for one in ratings
        ],
        back=url_for("people.profile", public_id=public_id),
    )
