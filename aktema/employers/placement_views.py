"""The pages of placements; views lists their addresses."""

from dataclasses import dataclass
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.permissions import RUN_IMPORT
from aktema.access.policy import is_granted
from aktema.core.editing import expect_version, is_saved, shown
from aktema.core.errors import Message, MissingError
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.core.paging import cursor_of_request
from aktema.employers import employer_queries, placement_page, texts, words
from aktema.employers import placement_operations as operations
from aktema.employers import placement_queries as queries
from aktema.employers.blueprint import bp
from aktema.employers.forms import EmployerFilterForm, PlacementFilterForm
from aktema.employers.models import Placement
from aktema.employers.permissions import ANALYSE_JOB, CREATE_PLACEMENT, LIST_PLACEMENTS, UPDATE_PLACEMENT
from aktema.employers.placement_forms import BasicsForm, MoveForm
from aktema.employers.placement_operations import Start
from aktema.employers.placement_parts import BY_SLUG, PARTS, Part, part_after, suggested_for
from aktema.employers.states import Move, State, open_moves
from aktema.employers.visit_queries import seen_at
from aktema.vocabulary import queries as vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    label: Message
    href: str
    current: bool


LARGEST_ID = 2**31 - 1
SLUGS = ",".join(BY_SLUG)


@bp.get("/platser")
@permits(LIST_PLACEMENTS)
def placements() -> ResponseReturnValue:
    groups = [(str(group.id), str(group)) for group in vocabulary.activity_groups()]
    localities = [(str(place.id), place.label) for place in queries.localities_of_placements()]
    form = PlacementFilterForm(request.args, groups=groups, localities=localities)
    page = queries.list_placements(form.chosen(), cursor_of_request())
    identity = current_identity()
    return render_template(
        "employers/placements.html",
        form=form,
        page=page,
        may_add=is_granted(identity, CREATE_PLACEMENT),
        may_import=is_granted(identity, RUN_IMPORT),
        **_words(),
    )


def _words() -> dict[str, object]:
    """What templates write placements with."""
    return {"words": words, "texts": texts, "about": placement_page}


@bp.get("/platser/<id:placement_id>")
@permits(LIST_PLACEMENTS)
def placement(placement_id: str) -> ResponseReturnValue:
    placement = queries.get_placement(placement_id)
    occupation = vocabulary.find_occupation(placement.occupation_id) if placement.occupation_id else None
    return render_template(
        "employers/placement.html",
        placement=placement,
        occupation=occupation,
        seen=seen_at(placement),
        may_analyse=is_granted(current_identity(), ANALYSE_JOB),
        moves=open_moves(State(placement.state)),
        may_edit=is_granted(current_identity(), UPDATE_PLACEMENT),
        **_words(),
    )


@bp.get("/platser/ny")
@permits(CREATE_PLACEMENT)
def new_placement() -> ResponseReturnValue:
    """First whose placement it is, then what it begins with."""
    chosen = request.args.get("arbetsgivare")
    if not chosen:
        form = EmployerFilterForm(request.args)
        page = employer_queries.list_employers(form.chosen(), cursor_of_request())
        return render_template("employers/choose_employer.html", form=form, page=page, texts=texts)
    employer = employer_queries.get_employer(chosen)
    if not employer.workplaces:
        flash(_("Lägg först till en arbetsplats, så att det syns var platsen finns."))
        here = url_for("employers.new_placement", arbetsgivare=employer.public_id)
        return see("employers.new_workplace", employer_id=employer.public_id, next=here)
    typed = request.args.get("yrke", "")[:100]
    return render_template(
        "employers/start_placement.html",
        employer=employer,
        typed=typed,
        occupations=vocabulary.search_occupations(typed),
        has_occupations=vocabulary.has_occupations(),
        groups=vocabulary.activity_groups(),
        copies=queries.placements_to_copy(employer),
        words=words,
    )


@bp.route("/platser/ny/uppgifter", methods=["GET", "POST"])
@permits(CREATE_PLACEMENT)
def draft_placement() -> ResponseReturnValue:
    employer = employer_queries.get_employer(request.args.get("arbetsgivare", ""))
    start = _start_of_request()
    form = BasicsForm(employer=employer, data=_first_words(start))
    if form.validate_on_submit():
        placement = attempted(form, lambda: operations.draft_placement(form.basics(), start))
        if placement is not None:
            flash(_("Utkastet är sparat. Fyll i resten nu eller senare."), "success")
            return redirect(placement_page.part_url(placement, PARTS[1].slug), 303)
    group = vocabulary.get_occupation_group(start.occupation.ssyk) if start.occupation else None
    return shown("employers/draft_placement.html", form, employer=employer, group=group, parts=PARTS)


def _start_of_request() -> Start:
    """What the address says to begin with. Raises MissingError where it names what does not exist."""
    copied, occupation = request.args.get("kopia"), request.args.get("yrke", type=_row_id)
    activity = request.args.get("syssla", type=_row_id)
    if activity is not None and activity not in vocabulary.vocabulary().activities:
        raise MissingError
    chosen = frozenset({activity} if activity is not None else ())
    found = vocabulary.find_occupation(occupation) if occupation else None
    if found is not None:
        chosen |= {one.id for one in vocabulary.activities_for_ssyk(found.ssyk)}
    return Start(
        occupation=found,
        activity_ids=chosen,
        like=queries.get_placement(copied) if copied else None,
    )


def _row_id(text: str) -> int:
    """A number that can be a row's. Raises ValueError, which leaves the argument out."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(text)
    return number


def _first_words(start: Start) -> dict[str, str]:
    """What the first form is filled with before anybody has written anything."""
    if start.like is not None:
        return {
            "title": start.like.title,
            "description": start.like.description,
            "workplace": start.like.workplace.public_id,
        }
    if start.occupation is not None:
        return {"title": start.occupation.label}
    known = vocabulary.vocabulary().activities
    return {"title": str(known[min(start.activity_ids)])} if start.activity_ids else {}


@bp.route(f"/platser/<id:placement_id>/<any({SLUGS}):slug>", methods=["GET", "POST"])
@permits(UPDATE_PLACEMENT)
def edit_placement(placement_id: str, slug: str) -> ResponseReturnValue:
    placement, part = queries.get_placement(placement_id), BY_SLUG[slug]
    form = part.form_of(placement, False)
    current = partial(part.form_of, placement, True)
    if is_saved(form, placement.version, current, lambda: part.save(placement, form)):
        return _after(placement, part)
    placement = queries.get_placement(placement_id)  # a refused act has set the row back
    return shown(part.template, form, placement=placement, part=part, **_around(placement, part))


def _around(placement: Placement, part: Part) -> dict[str, object]:
    """What the page of a part shows around its form."""
    tabs = [
        Tab(label=one.label, href=placement_page.part_url(placement, one.slug), current=one is part)
        for one in PARTS
    ]
    return {
        "parts": PARTS,
        "part_tabs": tabs,
        "next_url": _next_url(placement, part),
        "suggested": suggested_for(placement),
        "vocabulary": vocabulary.vocabulary(),
    }


def _next_url(placement: Placement, part: Part) -> str:
    """Where a draft goes on from a part: to the next, and in the end to its page."""
    following = part_after(part)
    if following is not None:
        return placement_page.part_url(placement, following.slug)
    return url_for("employers.placement", placement_id=placement.public_id)


def _after(placement: Placement, part: Part) -> ResponseReturnValue:
    """A draft goes on to its next part; what is finished goes back to its page."""
    if placement.state == State.DRAFT:
        return redirect(_next_url(placement, part), 303)
    flash(_("Sparat."), "success")
    return see("employers.placement", placement_id=placement.public_id)


@bp.post("/platser/<id:placement_id>/lage")
@permits(UPDATE_PLACEMENT)
def move_placement(placement_id: str) -> ResponseReturnValue:
    placement, form = queries.get_placement(placement_id), MoveForm()
    expect_version(placement.version)
    after = None
    if form.validate():
        after = attempted(form, lambda: operations.move(placement, Move(form.move.data)))
    if after is None:
        for messages in form.errors.values():
            flash(" ".join(str(message) for message in messages), "danger")
    else:
        flash(words.MOVED[after], "success")
    return see("employers.placement", placement_id=placement_id)
