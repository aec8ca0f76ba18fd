"""Who might try which place in a unit, when several want the same ones.

/enheten/fordelning    plan
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from aktema.access import audit
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.paging import NumberedPage
from aktema.employers.queries import PlacementCard, cards_for
from aktema.matching.permissions import DECIDE, PLAN
from aktema.matching.plan import MOST_PEOPLE, Outcome, Planned, unit_plan
from aktema.people.queries import reached_among

bp = Blueprint("matching_plan", __name__)
PAGE_SIZE = 50
MOST_TAKEN = 3
"""How many of a waiting person's places are named."""
SAME = 0.005
"""A difference below half a percent is none that anybody would notice."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One person as the page shows them; the address is empty where the reader may not open the person's list."""

    name: str
    url: str
    placement: PlacementCard | None
    rank: int
    why: Sequence[str]


@bp.get("/enheten/fordelning")
@permits(PLAN)
def plan() -> ResponseReturnValue:
    identity = current_identity()
    found = unit_plan(identity)
    page = NumberedPage.of_request(PAGE_SIZE, len(found.people))
    shown = found.people[page.start : page.end]
    ids = [one.participant.id for one in shown]
    audit.record_reads(PLAN, ids)
    openable, placements = reached_among(identity, DECIDE, ids), cards_for(_named_places(shown))
    rows = [_row(one, placements, openable) for one in shown]
    return render_template(
        "matching/plan.html",
        plan=found,
        gain=_gain(found.planned, found.in_turn),
        waiting=[row for row in rows if row.why],
        placed=[row for row in rows if row.placement],
        unlisted=[row for row in rows if not row.why and not row.placement],
        page=page,
        most=MOST_PEOPLE,
    )


def _named_places(shown: Sequence[Planned]) -> set[int]:
    suggested = {one.place_id for one in shown if one.place_id is not None}
    return suggested | {taken.place_id for one in shown for taken in one.taken[:MOST_TAKEN]}


def _row(one: Planned, placements: Mapping[int, PlacementCard], openable: Collection[int]) -> Row:
    placement = placements.get(one.place_id) if one.place_id is not None else None
    return Row(
        name=one.participant.name,
        url=_url(one.participant.public_id, placement) if one.participant.id in openable else "",
        placement=placement,
        rank=one.rank,
        why=tuple(_why(one, placements)),
    )


def _url(public_id: str, placement: PlacementCard | None) -> str:
    if placement is None:
        return url_for("matching.suggestions", public_id=public_id)
    return url_for("matching.suggestion", public_id=public_id, placement_id=placement.public_id)


def _why(one: Planned, placements: Mapping[int, PlacementCard]) -> Iterator[str]:
    """How many others have the first places of a waiting person's list, never who; nothing for everybody else."""
    for taken in one.taken[:MOST_TAKEN]:
        if taken.place_id in placements:
            yield ngettext(
                "%(title)s (%(num)s annan)",
                "%(title)s (%(num)s andra)",
                taken.people,
                title=placements[taken.place_id].title,
            )
    more = len(one.taken) - MOST_TAKEN
    if more > 0:
        yield ngettext("och %(num)s plats till", "och %(num)s platser till", more)


def _gain(planned: Outcome, in_turn: Outcome) -> str:
    """What the plan gives beyond first come, first served."""
    more = planned.with_place - in_turn.with_place
    if more:
        return ngettext(
            "Med förslaget får %(num)s person till en plats.",
            "Med förslaget får %(num)s personer till en plats.",
            more,
        )
    better = planned.fit / in_turn.fit - 1 if in_turn.fit > 0 else 0.0
    if better < SAME:
        return _("Här blir det lika bra som i tur och ordning.")
    return _(
        "Lika många får en plats, men platserna passar tillsammans %(percent)s procent bättre.",
        percent=max(round(100 * better), 1),
    )
