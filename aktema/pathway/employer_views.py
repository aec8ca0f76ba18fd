"""What an employer meets of a question: the card the person agreed to, and three answers. By a link, or signed in."""

from flask import flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from aktema.access.guard import by_link, permits
from aktema.access.identity import current_identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import mark_used
from aktema.core import clock
from aktema.core.errors import MissingError
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.employers.company_queries import company_of
from aktema.pathway import introduction_operations as operations
from aktema.pathway import introduction_page
from aktema.pathway.blueprint import bp
from aktema.pathway.introduction_codes import EmployerAnswer, EmployerReason
from aktema.pathway.introduction_forms import WAITS, PressedAnswerForm
from aktema.pathway.introduction_queries import Proposal, get_linked, get_proposal, hold
from aktema.pathway.permissions import ANSWER_PROPOSAL, READ_PROPOSAL
from aktema.pathway.states import IntroductionAct
from aktema.people.photo_queries import PHOTO, contents_of_refs
from aktema.steps.codes import Actor

BY_LINK = f"link:{Purpose.ANSWER_INTRODUCTION}"


@bp.route("/svara/<token>", methods=["GET", "POST"])
@by_link(Purpose.ANSWER_INTRODUCTION)
def answer_by_link(link: Link) -> ResponseReturnValue:
    """The question, for whoever holds the link. Opening the page changes nothing."""
    try:
        found = get_linked(link.subject_id, clock.today(), detail=BY_LINK)
    except MissingError:
        return render_template("pathway/proposal_over.html")
    form, is_answered = _answered(found, detail=BY_LINK)
    if is_answered:
        mark_used(link)
        return _thanks("pathway.answer_by_link")
    return _page(form, found, photo_url=_linked("photo_by_link"))


def _thanks(endpoint: str) -> Response:
    flash(_("Tack! Vi har fått ert svar."), "success")
    return see(endpoint, **(request.view_args or {}))


def _linked(endpoint: str) -> str:
    return url_for(f"pathway.{endpoint}", **(request.view_args or {}))


@bp.get("/svara/<token>/foto")
@by_link(Purpose.ANSWER_INTRODUCTION)
def photo_by_link(link: Link) -> ResponseReturnValue:
    return _photo(get_linked(link.subject_id, clock.today(), detail=BY_LINK))


@bp.get("/min-arbetsplats/fragor/<id:introduction_id>")
@permits(READ_PROPOSAL)
def proposal(introduction_id: str) -> ResponseReturnValue:
    found = get_proposal(company_of(current_identity()).id, introduction_id, clock.today())
    form = PressedAnswerForm(formdata=None, words=found.view.introduction.employer_words)
    form.carry(found.view.introduction.version)
    return _page(form, found, photo_url=_linked("proposal_photo"))


@bp.post("/min-arbetsplats/fragor/<id:introduction_id>")
@permits(ANSWER_PROPOSAL)
def answer_proposal(introduction_id: str) -> ResponseReturnValue:
    found = get_proposal(company_of(current_identity()).id, introduction_id, clock.today())
    form, is_answered = _answered(found, detail="")
    if not is_answered:
        return _page(form, found, photo_url=_linked("proposal_photo"))
    if found.view.introduction.closed_on is not None:  # a no closes the card, and with it the page
        flash(_("Tack! Vi har fått ert svar."), "success")
        return see("home.start")
    return _thanks("pathway.proposal")


@bp.get("/min-arbetsplats/fragor/<id:introduction_id>/foto")
@permits(READ_PROPOSAL)
def proposal_photo(introduction_id: str) -> ResponseReturnValue:
    return _photo(get_proposal(company_of(current_identity()).id, introduction_id, clock.today()))


def _answered(found: Proposal, *, detail: str) -> tuple[PressedAnswerForm, bool]:
    """The form, and whether its answer has been kept. An answer to something that has changed since is not."""
    row = found.view.introduction
    form = PressedAnswerForm(words=row.employer_words)
    if not form.is_submitted():
        form.carry(row.version)
        return form, False
    hold(row)
    if not form.validate():
        return form, False
    if not form.expects(row.version):
        form.form_errors.append(_("Någon hos er har redan svarat. Så här står det nu."))
        form.carry(row.version)
        return form, False
    attempted(
        form,
        lambda: operations.record_employer_answer(
            ANSWER_PROPOSAL, found.view, form.reply(), actor=Actor.EMPLOYER, detail=detail
        ),
    )
    return form, not form.errors and not form.form_errors


def _page(form: PressedAnswerForm, found: Proposal, *, photo_url: str) -> ResponseReturnValue:
    row = found.view.introduction
    page = render_template(
        "pathway/proposal.html",
        form=form,
        row=row,
        title=found.view.placement_title,
        card=introduction_page.card_page(found.card),
        photo_url=photo_url,
        answer_by=found.answer_by,
        answer=EmployerAnswer(row.employer_answer) if row.employer_answer else None,
        may_answer=found.view.may(IntroductionAct.EMPLOYER_ANSWER),
        waits=WAITS,
        reasons=EmployerReason,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _photo(found: Proposal) -> Response:
    """The photo on the card. Raises MissingError where there is none."""
    ref = f"{PHOTO}:{found.card.photo}"
    shown = contents_of_refs(found.view.introduction.participant_id, (ref,)) if found.card.photo else {}
    if ref not in shown:
        raise MissingError
    content, media_type = shown[ref]
    answer = make_response(content)
    answer.headers["Content-Type"] = media_type
    return answer
