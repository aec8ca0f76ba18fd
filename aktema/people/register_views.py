"""Registering a person: three short pages and one to check, each kept while the next is filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.access.roles import Role
from aktema.core.errors import DomainError, Message, MissingError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see, wants_fragment
from aktema.people import operations, queries
from aktema.people.blueprint import bp
from aktema.people.codes import CameFrom, Communication, RepresentativeKind
from aktema.people.duplicates import REGISTRATION, Candidate, NumberAnswer, look_up_number, people_alike
from aktema.people.models import Participant
from aktema.people.permissions import CREATE, READ_IDENTITY
from aktema.people.register_forms import NameForm, ReviewForm
from aktema.people.registration import BACKGROUND, HOME, NAME, REVIEW, STEPS, Draft, Filled, slug_after
from aktema.vocabulary.localities import suggest_localities

LONGEST_NAME = 100
BACK = "back"
UNCHECKED = ("personal_number",)
"""Not kept before it has been looked up: what is registered from the draft must not find out who is here."""


@bp.get("/deltagare/ny")
@permits(CREATE)
def register() -> ResponseReturnValue:
    return see("people.register_step", slug=NAME.slug)


@bp.route("/deltagare/ny/<any(namn, bakgrund, hem):slug>", methods=["GET", "POST"])
@permits(CREATE)
def register_step(slug: str) -> ResponseReturnValue:
    identity = current_identity()
    draft = Draft(identity.account_id)
    step = next(step for step in STEPS if step.slug == slug)
    if request.method == "GET":
        form: BaseForm = step.form(formdata=draft.typed_in(step))
    else:
        form = step.form()
        goes_back = request.form.get("go") == BACK
        goes_on = not goes_back and form.validate() and _is_new_number(identity, form)
        draft.keep(step, request.form, leave_out=() if goes_on else UNCHECKED)
        if goes_back:
            return see("people.register_step", slug=slug_after(slug, -1))
        if goes_on:
            return _on_from(slug)
    number = STEPS.index(step) + 1
    page = render_template(f"people/register_{slug}.html", form=form, step=step, number=number, draft=draft)
    return page, 422 if form.errors else 200


def _on_from(slug: str) -> ResponseReturnValue:
    following = slug_after(slug, 1)
    return see("people.review") if following == REVIEW else see("people.register_step", slug=following)


def _is_new_number(identity: Identity, form: BaseForm) -> bool:
    """Whether nobody here has the number typed; otherwise the form says so, and whom to ask."""
    if not isinstance(form, NameForm) or not form.digits:
        return True
    return is_free_number(identity, form, form.digits, REGISTRATION)


def is_free_number(identity: Identity, form: BaseForm, digits: str, reason: str) -> bool:
    """Whether nobody here has the number: a search like any other, counted and logged."""
    answer = attempted(form, lambda: look_up_number(identity, digits, reason))
    if answer is not None and answer.is_known:
        form.reject(DomainError(known_number(answer), "personal_number"))
    return not form.errors


def known_number(answer: NumberAnswer) -> Message:
    """What to say of a number that somebody here has, as far as the reader may know."""
    if answer.responsible:
        return _("Det finns redan en person med det numret. Fråga %(name)s.", name=answer.responsible)
    return _("Det finns redan en person med det numret. Fråga din enhetschef.")


@bp.post("/deltagare/ny/borja-om")
@permits(CREATE)
def start_over() -> ResponseReturnValue:
    Draft(current_identity().account_id).drop()
    flash(_("Det du hade skrivit är borttaget. Nu kan du börja från början."))
    return see("people.register_step", slug=NAME.slug)


@bp.route("/deltagare/ny/granska", methods=["GET", "POST"])
@permits(CREATE)
def review() -> ResponseReturnValue:
    identity = current_identity()
    draft = Draft(identity.account_id)
    filled = draft.filled()
    if filled.first_unfinished is not None:
        flash(_("Fyll i det här först, så kommer du vidare."))
        return see("people.register_step", slug=filled.first_unfinished.slug)
    candidates = people_alike(identity, filled.name, filled.facts.birth_date)
    form = _review_form(identity)
    if form.validate_on_submit() and _is_confirmed(form, candidates):
        made = attempted(form, lambda: _register(identity, filled, form))
        if made is not None:
            draft.drop()
            return _registered(identity, made)
    page = render_template(
        "people/register_review.html", form=form, answers=_answers(filled), candidates=candidates
    )
    return page, 422 if form.errors or form.form_errors else 200


def _review_form(identity: Identity) -> ReviewForm:
    may_wait = identity.has(Role.COORDINATOR, Role.LSS_HANDLER)
    coaches = queries.coaches_for_new(identity)
    return ReviewForm(coaches=coaches, own_account_id=identity.account_id, may_wait=may_wait)


def _is_confirmed(form: ReviewForm, candidates: Sequence[Candidate]) -> bool:
    """Whether it has been said that the person is none of those who are much alike."""
    if candidates and not form.is_another.data:
        form.reject(DomainError(_("Kryssa i rutan om det inte är samma person."), "is_another"))
    return not form.errors


def _register(identity: Identity, filled: Filled, form: ReviewForm) -> Participant:
    return operations.register(
        identity, filled.facts, coach=form.holder, spokesperson=filled.home.spokesperson
    )


def _registered(identity: Identity, participant: Participant) -> ResponseReturnValue:
    """On to the new person, or to the list where somebody else is to work with them."""
    flash(_("Personen är registrerad."), "success")
    if queries.may(identity, READ_IDENTITY, participant):
        return see("home.participant", public_id=participant.public_id)
    return see("people.caseload")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One answer to check, with the way back to where it was given."""

    label: str
    value: str
    href: str
    action: str


def _answers(filled: Filled) -> list[Answer]:
    return [
        Answer(label=label, value=value, href=url_for("people.register_step", slug=slug), action=_("Ändra"))
        for slug, label, value in _shown(filled)
    ]


def _shown(filled: Filled) -> Iterable[tuple[str, str, str]]:
    facts, speaker = filled.facts, filled.home.spokesperson
    yield NAME.slug, _("Namn"), filled.name
    yield NAME.slug, _("Födelsedatum"), facts.birth_date.isoformat()
    yield NAME.slug, _("Personnummer"), _("Ifyllt") if facts.personal_number else _("Inte ifyllt")
    yield BACKGROUND.slug, _("Kommer från"), str(CameFrom(facts.came_from).label)
    yield BACKGROUND.slug, _("Pratar bäst med"), str(Communication(facts.communication).label)
    yield BACKGROUND.slug, _("Telefon"), facts.phone or _("Inte ifyllt")
    yield HOME.slug, _("Ort"), queries.locality_name(facts.locality_id, in_full=True) or _("Inte ifyllt")
    kind = f" ({str(RepresentativeKind(speaker.kind).label).lower()})" if speaker else ""
    yield HOME.slug, _("Företrädare"), f"{speaker.name}{kind}" if speaker else _("Ingen")


@bp.get("/deltagare/orter")
@permits(CREATE)
def localities() -> ResponseReturnValue:
    """Suggestions while a place is typed, for the page's list of suggestions."""
    if not wants_fragment():
        raise MissingError
    places = suggest_localities(request.args.get("locality", "")[:LONGEST_NAME])
    return render_template("people/localities.html", places=places)
