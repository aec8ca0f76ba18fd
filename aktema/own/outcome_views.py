"""The person's own job: what was agreed, how it is there, and the way back for whoever wants it."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.own import outcome_operations as operations
from aktema.own.blueprint import bp
from aktema.own.forms import WellbeingForm
from aktema.own.own_page import shown
from aktema.own.permissions import READ_OWN_JOB, SAY_OWN_JOB
from aktema.own.queries import get_own
from aktema.own.words import WELLBEING_CHOICES
from aktema.pathway.retention_queries import find_check, job_of_person
from aktema.pathway.rules.retention import current


@bp.get("/min-sida/<id:public_id>/arbete")
@permits(READ_OWN_JOB)
def work(public_id: str) -> ResponseReturnValue:
    own, today = get_own(current_identity(), READ_OWN_JOB, public_id), clock.today()
    job = job_of_person(own.participant.id, today)
    due = current(job.from_date, job.to_date, today) if job else None
    check = find_check(job, due) if job and due else None
    has_begun = job is not None and job.from_date <= today
    return shown(
        "work",
        own,
        job=job,
        has_begun=has_begun,
        is_asked=due is not None,
        said=str(check.wellbeing) if check and check.wellbeing is not None else None,
        choices=WELLBEING_CHOICES,
        say_permission=SAY_OWN_JOB,
    )


@bp.post("/min-sida/<id:public_id>/arbete")
@permits(SAY_OWN_JOB)
def say_work(public_id: str) -> ResponseReturnValue:
    identity, form = current_identity(), WellbeingForm()
    own = get_own(identity, SAY_OWN_JOB, public_id)
    if form.validate() and attempted(form, lambda: operations.say_wellbeing(identity, own, form.level())):
        flash(pgettext("easy", "Tack. Vi har sparat ditt svar."), "success")
        return see("own.work", public_id=public_id)
    flash(pgettext("easy", "Något är nytt. Titta igen."), "warning")
    return see("own.work", public_id=public_id)


@bp.post("/min-sida/<id:public_id>/arbete/tillbaka")
@permits(SAY_OWN_JOB)
def ask_to_return(public_id: str) -> ResponseReturnValue:
    identity, form = current_identity(), BaseForm()
    own = get_own(identity, SAY_OWN_JOB, public_id)
    told = attempted(form, lambda: operations.ask_to_return(identity, own)) if form.validate() else None
    if told is None:
        flash(pgettext("easy", "Fråga någon som du litar på om hjälp."), "warning")
    else:
        flash(pgettext("easy", "%(name)s har fått det. Ni pratar snart.", name=told), "success")
    return see("own.work", public_id=public_id)
