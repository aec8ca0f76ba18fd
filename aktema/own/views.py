"""Min sida: the participant's own pages, what a representative sees of them, and how staff open them.

/min-sida                                       start
/min-sida/klar                                  done (POST)
/min-sida/foretrader                            represented
/min-sida/<id>                                  doors
/min-sida/<id>/personer                         people
/min-sida/<id>/lasare                           readers
/min-sida/<id>/hant                             happened
/min-sida/<id>/plan                             plan
/min-sida/<id>/plan/<vanlig|lattlast|bilder>    plan in another form
/min-sida/<id>/plan/ja                          confirm_plan (POST)
/min-sida/<id>/plan/andra                       change_plan (POST)
/min-sida/<id>/plan/ord                         own_words
/min-sida/<id>/imorgon                          tomorrow
/min-sida/<id>/bilder                           pictures, POST chooses
/min-sida/<id>/bilder/klar                      stop_pictures (POST)
/min-sida/<id>/bilder/tack                      liked
/min-sida/<id>/jobb                             jobs
/min-sida/<id>/jobb/<id>                        job, POST answers
/min-sida/<id>/jobb/<id>/kort                   job_card, POST shows it and keeps the consent
/min-sida/<id>/jobb/<id>/kort/ta-tillbaka       withdraw_job_card (POST)
/min-sida/<id>/mitt-val                         work_wish
/min-sida/<id>/hur-gar-det                      pulse, POST answers a question or stops
/min-sida/<id>/hur-var-det/<id>                 review, POST answers a question or stops
/min-sida/<id>/arbete                           work, POST answers how it is there (say_work)
/min-sida/<id>/arbete/tillbaka                  ask_to_return (POST)
/min-sida/<id>/provplats/<id>                   trial, POST answers how it goes
/min-sida/<id>/provplats/<id>/dag/<day>         trial_day, POST tells how a day was
/min-sida/<id>/overenskommelse/<id>             agreement
/min-sida/<id>/overenskommelse/<id>/<form>      agreement in another form
/min-sida/<id>/overenskommelse/<id>/ja          sign (POST)
/min-sida/<id>/prata                            talk, POST asks
/deltagare/<id>/kort                            card
/deltagare/<id>/kort/nytt                       new_card (POST)
/deltagare/<id>/kort/kod                        card_code
/deltagare/<id>/kort/stang                      end_card (POST)
/deltagare/<id>/lamna-over                      hand_over
/deltagare/<id>/foretradare/<id>/inloggning     let_in
"""

from flask import flash, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from aktema.access import sessions
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.http import see
from aktema.own import (  # noqa: F401  # their routes hang on the blueprint
    agreement_views,
    answer_views,
    card_views,
    consent_views,
    outcome_views,
    picture_views,
    plan_views,
    pulse_views,
    queries,
    review_views,
    talk_views,
    trial_views,
)
from aktema.own.blueprint import bp
from aktema.own.own_page import shown
from aktema.own.permissions import (
    LEAVE,
    LIST_REPRESENTED,
    READ_OWN,
    READ_OWN_JOB,
    READ_OWN_STEPS,
    READ_OWN_TRACE,
    READ_OWN_TRIAL,
    SAY_WORK_WISH,
)
from aktema.own.picture_operations import count_own_choices
from aktema.own.pulse_views import is_pulse_due
from aktema.own.trial_queries import own_trial, shown_trials
from aktema.pathway.outcome_queries import live_employments
from aktema.pathway.queries import introductions_of
from aktema.pathway.review_queries import is_reminded, own_reviews_due
from aktema.pathway.states import IntroductionState
from aktema.steps.queries import has_days, told_to_person

__all__ = ["bp"]
MOST_STEPS = 50


@bp.get("/min-sida")
@permits(READ_OWN)
def start() -> ResponseReturnValue:
    identity = current_identity()
    if identity.has(Role.PARTICIPANT):
        return see("own.doors", public_id=queries.get_own_page_id(identity))
    return see("own.represented")


@bp.get("/min-sida/foretrader")
@permits(LIST_REPRESENTED)
def represented() -> ResponseReturnValue:
    people = queries.own_pages(current_identity(), LIST_REPRESENTED)
    return render_template("own/represented.html", people=people)


@bp.get("/min-sida/<id:public_id>")
@permits(READ_OWN)
def doors(public_id: str) -> ResponseReturnValue:
    own = queries.get_own(current_identity(), READ_OWN, public_id)
    asked = [view for view in introductions_of(own.participant.id) if view.state is IntroductionState.ASKED]
    is_due = own.is_self and is_pulse_due(own)
    reviews = own_reviews_due(own.participant.id, clock.today()) if own.is_self else ()
    return shown(
        "doors",
        own,
        reviews=[(one, is_reminded(one, clock.today())) for one in reviews],
        trials=[own_trial(one, clock.today()) for one in shown_trials(own.participant.id, clock.today())],
        trial_permission=READ_OWN_TRIAL,
        has_job=bool(live_employments(own.participant.id, clock.today())),
        job_permission=READ_OWN_JOB,
        work_permission=SAY_WORK_WISH,
        asked=len(asked),
        is_pulse_due=is_due,
    )


@bp.post("/min-sida/klar")
@permits(LEAVE)
def done() -> ResponseReturnValue:
    """The visit ends: what was chosen is kept, and nothing of it stays in the browser."""
    identity = current_identity()
    if identity.has(Role.PARTICIPANT):
        count_own_choices(identity)
    sessions.end(identity.session_id)
    session.clear()
    flash(pgettext("easy", "Du är klar. Hej då!"))
    answer = sessions.drop_cookie(see("home.start"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.get("/min-sida/<id:public_id>/personer")
@permits(READ_OWN)
def people(public_id: str) -> ResponseReturnValue:
    own = queries.get_own(current_identity(), READ_OWN, public_id)
    return shown("people", own, helpers=queries.helpers_of(own.participant))


@bp.get("/min-sida/<id:public_id>/lasare")
@permits(READ_OWN_TRACE)
def readers(public_id: str) -> ResponseReturnValue:
    own = queries.get_own(current_identity(), READ_OWN_TRACE, public_id)
    return shown("readers", own, trace=queries.trace_of(own.participant))


@bp.get("/min-sida/<id:public_id>/hant")
@permits(READ_OWN_STEPS)
def happened(public_id: str) -> ResponseReturnValue:
    own = queries.get_own(current_identity(), READ_OWN_STEPS, public_id)
    person, with_days = own.participant.id, "dagar" in request.args
    steps = told_to_person(person, MOST_STEPS, with_days=with_days)
    return shown("happened", own, steps=steps, has_days=has_days(person), with_days=with_days)
