"""The plan in each of its forms, the day to come and the week, as PDF for paper: made from what the pages show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, lazy_pgettext

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.core.errors import Message, MissingError
from aktema.core.pdf import NoPdfError, make_pdf
from aktema.core.swedish import LANGUAGE
from aktema.people.models import Participant
from aktema.people.photo_queries import contents_of_refs
from aktema.people.queries import get_participant
from aktema.plans import plan_queries
from aktema.plans.blueprint import bp
from aktema.plans.permissions import READ_PLAN
from aktema.plans.plan_document import document_of
from aktema.plans.plan_page import FORMS
from aktema.plans.plan_reading import reading
from aktema.plans.plan_reading_views import day_asked_for, in_force
from aktema.plans.rules.document import Picture
from aktema.plans.week import DayCard, day_card, monday_of
from aktema.plans.week import week as week_of

TOMORROW, WEEK = lazy_pgettext("easy", "I morgon"), lazy_pgettext("easy", "Min vecka")
SMALL = "a5"


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """What stands on every page of a PDF, and where it can be printed from the browser instead."""

    title: Message
    person: Participant
    file_name: str
    """Says nothing about anybody: files lie about in folders."""
    page_url: str
    printed_on: date
    lang: str = LANGUAGE


@bp.get("/deltagare/<id:public_id>/planer/<id:plan_id>/<form>.pdf")
@permits(READ_PLAN)
def plan_pdf(public_id: str, plan_id: str, form: str) -> ResponseReturnValue:
    person = get_participant(current_identity(), READ_PLAN, public_id)
    if form not in FORMS:
        raise MissingError
    read = reading(document_of(plan_queries.get_plan(person.id, plan_id)), FORMS[form])
    page_url = url_for("plans.read_plan", public_id=public_id, plan_id=plan_id, form=form)
    paper = _paper(read.title, person, "genomforandeplan.pdf", page_url)
    shown = (one for block in read.blocks for one in block.pictures)
    return _printed("plans/print/plan.html", paper, shown, reading=read)


@bp.get("/deltagare/<id:public_id>/imorgon.pdf")
@permits(READ_PLAN)
def tomorrow_pdf(public_id: str) -> ResponseReturnValue:
    person = get_participant(current_identity(), READ_PLAN, public_id)
    card = day_card(in_force(person.id), clock.today() + timedelta(days=1))
    paper = _paper(TOMORROW, person, "imorgon.pdf", url_for("plans.tomorrow", public_id=public_id))
    is_small = request.args.get("papper") == SMALL
    return _printed("plans/print/tomorrow.html", paper, _pictures([card]), card=card, is_small=is_small)


@bp.get("/deltagare/<id:public_id>/vecka.pdf")
@permits(READ_PLAN)
def week_pdf(public_id: str) -> ResponseReturnValue:
    person = get_participant(current_identity(), READ_PLAN, public_id)
    week = week_of(in_force(person.id), monday_of(day_asked_for()))
    page_url = url_for("plans.week", public_id=public_id, fran=week.monday.isoformat())
    paper = _paper(WEEK, person, "vecka.pdf", page_url)
    return _printed("plans/print/week.html", paper, _pictures(week.days), week=week)


def _paper(title: Message, person: Participant, file_name: str, page_url: str) -> Paper:
    return Paper(title=title, person=person, file_name=file_name, page_url=page_url, printed_on=clock.today())


def _pictures(days: Iterable[DayCard]) -> Iterable[Picture]:
    tellings = (telling for day in days for item in day.items for telling in item.tellings)
    return (one for telling in tellings for one in telling.told.pictures)


def _printed(template: str, paper: Paper, shown: Iterable[Picture], **context: object) -> ResponseReturnValue:
    """The PDF, which the browser shows; where none can be made, back to the page, which it can print itself."""
    with force_locale(paper.lang):
        page, title = render_template(template, paper=paper, **context), str(paper.title)
    found = contents_of_refs(paper.person.id, {one.ref for one in shown})
    pictures = {ref: content for ref, (content, _media_type) in found.items()}
    try:
        answer = make_response(make_pdf(page, title=title, lang=paper.lang, pictures=pictures))
    except NoPdfError as problem:
        flash(problem.message, "danger")
        return redirect(paper.page_url, 303)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{paper.file_name}"'
    return answer
