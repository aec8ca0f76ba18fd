"""The person's own trial: what is asked today, how it goes, and how the days were, each with one press."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import format_date, pgettext

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.core import clock
from aktema.core.errors import MissingError
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.own.agreement_views import own_trial_of
from aktema.own.blueprint import bp
from aktema.own.own_page import shown
from aktema.own.permissions import CHECK_IN_OWN, READ_OWN_TRIAL, RECORD_OWN_DAY, SIGN_OWN
from aktema.own.trial_forms import OwnCheckInForm, OwnDayForm
from aktema.own.trial_queries import own_trial
from aktema.own.trial_words import ABSENCE_CHOICES, CHECK_IN_CHOICES, PRESENCE_CHOICES, hour_choices
from aktema.own.words import PictureAnswer
from aktema.pathway.check_in_codes import CheckInAnswer, DaySource, Presence, ToldHow
from aktema.pathway.check_in_operations import CheckInFacts, check_in
from aktema.pathway.trial_day_operations import record_trial_day
from aktema.pathway.trial_day_queries import TrialDay, get_day, recent_days
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_states import Party
from aktema.plans.easy_words import easy_day, easy_times


@bp.get("/min-sida/<id:public_id>/provplats/<id:trial_id>")
@permits(READ_OWN_TRIAL)
def trial(public_id: str, trial_id: str) -> ResponseReturnValue:
    own, found = own_trial_of(READ_OWN_TRIAL, public_id, trial_id)
    seen = own_trial(found, clock.today())
    coming = seen.next_day
    return shown(
        "trial",
        own,
        seen=seen,
        next_day=easy_day(coming.day) if coming else "",
        next_times=easy_times(coming.times.starts_at, coming.times.ends_at) if coming else "",
        choices=CHECK_IN_CHOICES,
        unwritten=seen.day.day if seen.day else None,
        unwritten_words=_day_words(seen.day) if seen.day else "",
        permissions={"sign": SIGN_OWN, "check_in": CHECK_IN_OWN, "day": RECORD_OWN_DAY},
    )


def _day_words(day: TrialDay) -> str:
    if day.day == clock.today():
        return pgettext("easy", "Var du på jobbet idag?")
    return pgettext("easy", "Var du på jobbet %(day)s?", day=format_date(day.day, "EEEE d MMMM"))


@bp.post("/min-sida/<id:public_id>/provplats/<id:trial_id>")
@permits(CHECK_IN_OWN)
def answer_check_in(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    _own, found = own_trial_of(CHECK_IN_OWN, public_id, trial_id)
    form = OwnCheckInForm()
    if form.validate():
        facts = _facts(identity, CheckInAnswer(str(form.answer.data)))
        if attempted(form, lambda: check_in(found, facts, CHECK_IN_OWN)) is not None:
            flash(_thanks(facts.answer), "success")
            return see("own.trial", public_id=public_id, trial_id=trial_id)
    flash(pgettext("easy", "Något är nytt. Titta igen."), "warning")
    return see("own.trial", public_id=public_id, trial_id=trial_id)


def _facts(identity: Identity, answer: CheckInAnswer) -> CheckInFacts:
    return CheckInFacts(
        party=Party.PERSON,
        answer=answer,
        how=ToldHow.LENT_SCREEN if identity.is_on_lent_screen else ToldHow.OWN_PAGE,
        account_id=identity.account_id,
    )


def _thanks(answer: CheckInAnswer) -> str:
    if answer is CheckInAnswer.TALK:
        return pgettext("easy", "Tack. Din coach pratar med dig snart.")
    return pgettext("easy", "Tack. Vi har sparat ditt svar.")


@bp.route("/min-sida/<id:public_id>/provplats/<id:trial_id>/dag/<day>", methods=["GET", "POST"])
@permits(RECORD_OWN_DAY)
def trial_day(public_id: str, trial_id: str, day: str) -> ResponseReturnValue:
    """How a day was. A part of it, or none of it, asks one thing more; what was said follows along in the form."""
    own, found = own_trial_of(RECORD_OWN_DAY, public_id, trial_id)
    told = get_day(recent_days(found, clock.today()), day)
    if told.standing is not None and told.standing.source != DaySource.PERSON:
        raise MissingError  # what others have written is put right by them
    form = OwnDayForm()
    if form.validate_on_submit() and form.is_whole(told) and _is_kept(found, told, form):
        flash(pgettext("easy", "Tack. Vi har sparat ditt svar."), "success")
        return see("own.trial", public_id=public_id, trial_id=trial_id)
    pressed = form.asked if form.is_submitted() and not form.errors else None
    return shown("trial_day", own, form, trial=found, day=day, asked=_asked(told, pressed))


def _is_kept(found: Trial, told: TrialDay, form: OwnDayForm) -> bool:
    mark = form.mark(found.account_id)
    attempted(form, lambda: record_trial_day(found, told, mark, RECORD_OWN_DAY))
    return not form.errors


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question about a day: its field, its pictures, and what was pressed before."""

    title: str
    name: str
    choices: tuple[PictureAnswer, ...]
    given: Sequence[tuple[str, str]] = ()


def _asked(told: TrialDay, pressed: Presence | None) -> Asked:
    if pressed is None:
        return Asked(title=_day_words(told), name="presence", choices=PRESENCE_CHOICES)
    given = [("presence", pressed.value)]
    if pressed is Presence.PART:
        title = pgettext("easy", "Hur länge var du där?")
        return Asked(title=title, name="minutes", choices=hour_choices(told.minutes), given=given)
    title = pgettext("easy", "Varför var du borta?")
    return Asked(title=title, name="absence", choices=ABSENCE_CHOICES, given=given)
