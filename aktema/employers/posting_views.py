"""How an employer posts a position: five screens on a phone, by a coach's link or signed in.

/ny-plats/<token>                                  post_by_link, then /<screen>
/ny-plats/<token>/igen/<id>                        use_again_by_link (POST)
/ny-plats/<token>/klar/<id>                        posted
/platsen-galler/<token>                            still_valid
/min-arbetsplats/ny-plats                          post_position, then /<screen>
/min-arbetsplats/platser/<id>/igen                 use_again (POST)
/min-arbetsplats/platser/<id>/andra                change_position, then /<screen>
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import by_link, permits
from aktema.access.identity import current_identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import mark_used
from aktema.core.drafts import drop_draft, find_draft, save_draft
from aktema.core.editing import shown
from aktema.core.errors import MissingError, StaleActError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.employers import posting_screens as screens
from aktema.employers import texts
from aktema.employers.blueprint import bp
from aktema.employers.company_queries import (
    company_of,
    contact_of,
    earlier_positions,
    get_company,
    get_position,
    get_position_of_link,
)
from aktema.employers.models import Contact, Employer, Placement
from aktema.employers.permissions import POST_POSITION, UPDATE_POSITION
from aktema.employers.placement_operations import By, move, refresh
from aktema.employers.posting_letters import POSTING
from aktema.employers.posting_operations import PostedBy, Posting, change, post
from aktema.employers.posting_screens import (
    BY_SLUG,
    DONE,
    REVIEW,
    SCREENS,
    SLUGS,
    STEPS,
    VERSION,
    Sheet,
    Typed,
)
from aktema.employers.states import Move, State
from aktema.vocabulary.queries import vocabulary

FIRST = SCREENS[0].slug
SIGNED_IN = By(permission=POST_POSITION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """How the employer came to the screens: where they lie, whose draft it is, and what comes of it in the end."""

    employer: Employer
    account_id: int
    place: str
    endpoint: str
    values: Mapping[str, Any]
    finish: Callable[[Posting], Placement]
    done_url: Callable[[Placement], str]
    begins_with: Typed
    contact: Contact | None = None
    back_url: str | None = None
    version: int | None = None

    def sheet(self) -> Sheet:
        """What has been typed; nothing of it where the position was changed by somebody else in between."""
        typed = find_draft(self.account_id, self.place)
        if typed is None or (self.version is not None and typed.get(VERSION) != [str(self.version)]):
            typed = self.begins_with
        return Sheet(employer=self.employer, typed=typed, contact=self.contact)

    def keep(self, typed: Typed) -> None:
        save_draft(self.account_id, self.place, typed)

    def url(self, slug: str) -> str:
        return url_for(self.endpoint, slug=slug, **self.values)


@bp.route("/ny-plats/<token>", methods=["GET", "POST"])
@bp.route(f"/ny-plats/<token>/<any({SLUGS}):slug>", methods=["GET", "POST"])
@by_link(Purpose.POST_PLACEMENT)
def post_by_link(link: Link, slug: str = FIRST) -> ResponseReturnValue:
    return _screen(_by_link(link), slug)


@bp.post("/ny-plats/<token>/igen/<id:position_id>")
@by_link(Purpose.POST_PLACEMENT)
def use_again_by_link(link: Link, position_id: str) -> ResponseReturnValue:
    return _use_again(_by_link(link), position_id)


@bp.get("/ny-plats/<token>/klar/<id:position_id>")
@by_link(Purpose.POST_PLACEMENT)
def posted(link: Link, position_id: str) -> ResponseReturnValue:
    employer = get_company(link.subject_id)
    position = get_position(employer, position_id)
    again_url = url_for(POSTING, token=_token())
    return render_template("employers/posted.html", employer=employer, position=position, again_url=again_url)


def _token() -> str:
    return str((request.view_args or {})["token"])


def _by_link(link: Link) -> Way:
    employer, token = get_company(link.subject_id), _token()
    by = By(permission=POST_POSITION, via=f"link:{link.purpose}")

    def finish(posting: Posting) -> Placement:
        position = post(employer, posting, by, PostedBy.LINK)
        mark_used(link)
        return position

    return Way(
        employer=employer,
        account_id=link.account_id,
        place=f"posting:{link.public_id}",
        endpoint=POSTING,
        values={"token": token},
        finish=finish,
        done_url=lambda one: url_for("employers.posted", token=token, position_id=one.public_id),
        begins_with={},
        contact=next((one for one in employer.contacts if one.id == link.contact_id), None),
    )


@bp.route("/min-arbetsplats/ny-plats", methods=["GET", "POST"])
@bp.route(f"/min-arbetsplats/ny-plats/<any({SLUGS}):slug>", methods=["GET", "POST"])
@permits(POST_POSITION)
def post_position(slug: str = FIRST) -> ResponseReturnValue:
    return _screen(_by_account(), slug)


@bp.post("/min-arbetsplats/platser/<id:position_id>/igen")
@permits(POST_POSITION)
def use_again(position_id: str) -> ResponseReturnValue:
    return _use_again(_by_account(), position_id)


def _by_account() -> Way:
    identity = current_identity()
    contact = contact_of(identity)
    employer = contact.employer
    return Way(
        employer=employer,
        account_id=identity.account_id,
        place="posting",
        endpoint="employers.post_position",
        values={},
        finish=lambda posting: post(employer, posting, SIGNED_IN, PostedBy.EMPLOYER),
        done_url=_position_url,
        begins_with={},
        contact=contact,
        back_url=url_for("home.my_workplace"),
    )


def _position_url(position: Placement) -> str:
    return url_for("employers.position", position_id=position.public_id)


@bp.route("/min-arbetsplats/platser/<id:position_id>/andra", methods=["GET", "POST"])
@bp.route(f"/min-arbetsplats/platser/<id:position_id>/andra/<any({SLUGS}):slug>", methods=["GET", "POST"])
@permits(UPDATE_POSITION)
def change_position(position_id: str, slug: str = REVIEW) -> ResponseReturnValue:
    identity = current_identity()
    employer = company_of(identity)
    position = get_position(employer, position_id)
    if position.state == State.CLOSED:
        raise MissingError

    def finish(posting: Posting) -> Placement:
        change(position, posting, By(permission=UPDATE_POSITION))
        return position

    way = Way(
        employer=employer,
        account_id=identity.account_id,
        place=f"posting:{position_id}",
        endpoint="employers.change_position",
        values={"position_id": position_id},
        finish=finish,
        done_url=_position_url,
        begins_with=screens.typed_of(position),
        back_url=_position_url(position),
        version=position.version,
    )
    return _screen(way, slug)


def _screen(way: Way, slug: str) -> ResponseReturnValue:
    sheet = way.sheet()
    if slug == REVIEW:
        return _review(way, sheet)
    screen = BY_SLUG[slug]
    form = screens.form_of(screen, sheet)
    if form.validate_on_submit():
        typed = screens.keep(sheet, screen, form)
        way.keep(typed)
        return redirect(way.url(_slug_after(slug, typed)), 303)
    return shown(
        screen.template,
        form,
        way=way,
        screen=screen,
        steps=STEPS,
        number=SCREENS.index(screen) + 1,
        before=_slug_before(slug),
        earlier=earlier_positions(way.employer) if slug == FIRST and way.version is None else (),
        vocabulary=vocabulary(),
        suggested=sheet.suggested(),
    )


def _slug_after(slug: str, typed: Typed) -> str:
    """On to the next screen that is not filled in; then to the last."""
    later = SCREENS[SCREENS.index(BY_SLUG[slug]) + 1 :]
    return next((one.slug for one in later if one.slug not in typed[DONE]), REVIEW)


def _slug_before(slug: str) -> str | None:
    place = SCREENS.index(BY_SLUG[slug])
    return SCREENS[place - 1].slug if place else None


def _review(way: Way, sheet: Sheet) -> ResponseReturnValue:
    unfinished = screens.find_unfinished(sheet)
    if unfinished is not None:
        return redirect(way.url(unfinished.slug), 303)
    form, posting = BaseForm(), screens.posting_of(sheet)
    if form.validate_on_submit():
        if way.version is not None and not form.expects(way.version):
            raise StaleActError
        position = attempted(form, lambda: way.finish(posting))
        if position is not None:
            drop_draft(way.account_id, way.place)
            flash(_("Sparat.") if way.version else _("Platsen är ute. Den kan föreslås redan nu."), "success")
            return redirect(way.done_url(position), 303)
    if way.version is not None and not form.is_submitted():
        form.carry(way.version)
    return shown(
        "employers/posting_granska.html",
        form,
        way=way,
        told=screens.told(posting),
        steps=STEPS,
        before=SCREENS[-1].slug,
    )


def _use_again(way: Way, position_id: str) -> ResponseReturnValue:
    """The position as it was, to look through and post once more."""
    way.keep(screens.typed_again(get_position(way.employer, position_id)))
    return redirect(way.url(REVIEW), 303)


@bp.route("/platsen-galler/<token>", methods=["GET", "POST"])
@by_link(Purpose.REFRESH_PLACEMENT)
def still_valid(link: Link) -> ResponseReturnValue:
    """One tap: it still holds, or it does not."""
    position, form = get_position_of_link(link.subject_id), BaseForm()
    if form.validate_on_submit():
        by = By(permission=UPDATE_POSITION, via=f"link:{link.purpose}")
        does_hold = request.form.get("answer") != "no"
        attempted(form, lambda: refresh(position, by) if does_hold else move(position, Move.CLOSE, by))
        if not form.errors:
            mark_used(link)
            flash(
                _("Tack. Platsen visas igen.") if does_hold else _("Tack. Platsen är borttagen."), "success"
            )
            return see("employers.still_valid", token=_token())
    return shown("employers/still_valid.html", form, position=position, texts=texts)
