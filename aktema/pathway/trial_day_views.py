"""The pages of a trial's days: for staff, and beside the check-in for the employer, by link or account."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import by_link, permits
from aktema.access.identity import current_identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import mark_used
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.employers.company_queries import contact_of
from aktema.pathway import trial_day_page as pages
from aktema.pathway import trial_day_queries as queries
from aktema.pathway.blueprint import bp
from aktema.pathway.check_in_codes import DaySource, ToldHow
from aktema.pathway.check_in_forms import CheckInForm
from aktema.pathway.check_in_operations import CheckInFacts, check_in
from aktema.pathway.permissions import (
    CHECK_IN_AS_EMPLOYER,
    READ_TRIALS,
    RECORD_DAY_AS_EMPLOYER,
    RECORD_TRIAL_DAY,
)
from aktema.pathway.signature_queries import card_of, get_company_trial, held_trial, open_trial
from aktema.pathway.signature_views import TRIAL_PATH, trial_of
from aktema.pathway.trial_day_forms import TrialDayForm
from aktema.pathway.trial_day_operations import record_trial_day
from aktema.pathway.trial_day_queries import TrialDay
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_states import Party

COMPANY_PATH = "/min-arbetsplats/provplatser/<id:trial_id>"
MOST_DAYS = 400


@bp.get(f"{TRIAL_PATH}/dagar")
@permits(READ_TRIALS)
def trial_days(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    trial = trial_of(identity, READ_TRIALS, public_id, trial_id)
    days = pages.days_view(identity, trial, clock.today(), most=MOST_DAYS)
    return render_template("pathway/trial_days.html", trial=trial, trial_days=days)


@bp.route(f"{TRIAL_PATH}/dagar/<day>", methods=["GET", "POST"])
@permits(RECORD_TRIAL_DAY)
def write_trial_day(public_id: str, trial_id: str, day: str) -> ResponseReturnValue:
    """One day: the button of a whole day is sent here too."""
    identity = current_identity()
    trial = trial_of(identity, RECORD_TRIAL_DAY, public_id, trial_id)
    found = queries.get_day(queries.trial_days(trial, clock.today()), day)
    form = TrialDayForm(day=found)
    if is_saved(
        form,
        found.version,
        lambda: TrialDayForm(day=found, formdata=None),
        lambda: record_trial_day(
            trial, found, form.mark(DaySource.STAFF, identity.account_id), RECORD_TRIAL_DAY
        ),
    ):
        flash(_("Dagen är sparad."), "success")
        return see("pathway.trial", public_id=public_id, trial_id=trial_id)
    return shown("pathway/write_trial_day.html", form, trial=trial, row=pages.row_of(found, None))


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """An employer who has a trial before them, and the pages they are on: by link, or signed in."""

    trial: Trial
    how: ToldHow
    account_id: int | None
    front: Callable[[], str]
    day: Callable[[str], str]


def _by_link(link: Link, token: str) -> Side:
    return Side(
        trial=_trial(link.subject_id),
        how=ToldHow.LINK,
        account_id=None,
        front=partial(url_for, "pathway.check_in_by_link", token=token),
        day=lambda day: url_for("pathway.write_day_by_link", token=token, day=day),
    )


def _signed_in(trial_id: str) -> Side:
    identity = current_identity()
    found = get_company_trial(contact_of(identity).employer_id, trial_id, clock.today())
    return Side(
        trial=_trial(found.id),
        how=ToldHow.SIGNED_IN,
        account_id=identity.account_id,
        front=partial(url_for, "pathway.trial_as_employer", trial_id=trial_id),
        day=lambda day: url_for("pathway.write_day_as_employer", trial_id=trial_id, day=day),
    )


def _trial(trial_id: int) -> Trial:
    """The trial while it is open to the employer, held where something is sent. Raises MissingError."""
    trial = open_trial(trial_id, clock.today())
    return held_trial(trial_id) if request.method == "POST" else trial


@bp.route("/avstamning/<token>", methods=["GET", "POST"])
@by_link(Purpose.CHECK_IN)
def check_in_by_link(link: Link) -> ResponseReturnValue:
    """How it goes, and the last days. Opening the page changes nothing."""
    return _front_page(_by_link(link, str((request.view_args or {})["token"])), link)


@bp.route(COMPANY_PATH, methods=["GET", "POST"])
@permits(CHECK_IN_AS_EMPLOYER)
def trial_as_employer(trial_id: str) -> ResponseReturnValue:
    return _front_page(_signed_in(trial_id))


def _front_page(side: Side, link: Link | None = None) -> ResponseReturnValue:
    form = CheckInForm()
    if form.validate_on_submit() and _is_kept(side, form):
        if link is not None:
            mark_used(link)
        flash(_("Tack! Vi har fått ditt svar."), "success")
        return redirect(side.front(), 303)
    audit.record_read(CHECK_IN_AS_EMPLOYER, side.trial.participant_id)
    seen = pages.employer_side(side.trial, clock.today(), side.day)
    sign_url = "" if link else url_for("pathway.sign_as_employer", trial_id=side.trial.public_id)
    return shown(
        "pathway/trial_as_employer.html",
        form,
        seen=seen,
        action=side.front(),
        sign_url=sign_url if seen.is_to_sign else "",
    )


def _is_kept(side: Side, form: CheckInForm) -> bool:
    facts = CheckInFacts(
        party=Party.EMPLOYER,
        answer=form.given,
        how=side.how,
        words=form.words.data or "",
        account_id=side.account_id,
    )
    return attempted(form, lambda: check_in(side.trial, facts, CHECK_IN_AS_EMPLOYER)) is not None


@bp.route("/avstamning/<token>/dagar/<day>", methods=["GET", "POST"])
@by_link(Purpose.CHECK_IN)
def write_day_by_link(link: Link, day: str) -> ResponseReturnValue:
    return _day_page(_by_link(link, str((request.view_args or {})["token"])), day)


@bp.route(f"{COMPANY_PATH}/dagar/<day>", methods=["GET", "POST"])
@permits(RECORD_DAY_AS_EMPLOYER)
def write_day_as_employer(trial_id: str, day: str) -> ResponseReturnValue:
    return _day_page(_signed_in(trial_id), day)


def _day_page(side: Side, typed: str) -> ResponseReturnValue:
    """A day as the employer says it; why somebody else said that the person was away is not shown."""
    trial = side.trial
    found = queries.get_day(queries.recent_days(trial, clock.today()), typed)
    own = found if _is_own(found) else replace(found, standing=None)
    form = TrialDayForm(day=own)
    if is_saved(
        form,
        found.version,
        lambda: TrialDayForm(day=own, formdata=None),
        lambda: record_trial_day(
            trial, found, form.mark(DaySource.EMPLOYER, trial.account_id), RECORD_DAY_AS_EMPLOYER
        ),
    ):
        flash(_("Tack! Dagen är sparad."), "success")
        return redirect(side.front(), 303)
    audit.record_read(RECORD_DAY_AS_EMPLOYER, trial.participant_id)
    card = card_of(trial, clock.today())
    return shown(
        "pathway/write_day_as_employer.html",
        form,
        title=trial.placement.title,
        called=card.called if card else "",
        row=pages.row_of_employer(found, side.day),
        action=side.day(typed),
        back=side.front(),
    )


def _is_own(day: TrialDay) -> bool:
    return day.standing is not None and day.standing.source == DaySource.EMPLOYER
