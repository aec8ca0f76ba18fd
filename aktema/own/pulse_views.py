"""The pulse on the person's own page: nine questions, one at a time, until the person stops."""

from collections.abc import Mapping

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.core.http import see
from aktema.own.blueprint import bp
from aktema.own.forms import pulse_form
from aktema.own.own_page import shown
from aktema.own.permissions import ANSWER_PULSE
from aktema.own.queries import Own, get_own
from aktema.own.words import PULSE_CHOICES
from aktema.plans.pulse_codes import Answer, PulseSource, Question
from aktema.plans.pulse_operations import PulseFacts, answer_pulse
from aktema.plans.pulse_queries import next_pulse


@bp.route("/min-sida/<id:public_id>/hur-gar-det", methods=["GET", "POST"])
@permits(ANSWER_PULSE)
def pulse(public_id: str) -> ResponseReturnValue:
    """The next question. The answers so far follow along in the form: a round is kept whole, and never changed."""
    own = get_own(current_identity(), ANSWER_PULSE, public_id)
    if not is_pulse_due(own):
        return see("own.doors", public_id=public_id)
    form = pulse_form()
    answers = form.answers() if form.validate_on_submit() else {}
    left = [one for one in Question if one not in answers]
    if form.stop.data or not left:
        _keep(own, answers)
        return see("own.doors", public_id=public_id)
    given = [(question.value, answer.value) for question, answer in answers.items()]
    return shown("pulse", own, form, question=left[0], choices=PULSE_CHOICES, given=given, left=len(left))


def is_pulse_due(own: Own) -> bool:
    """Whether it is time to ask the person again."""
    today = clock.today()
    return next_pulse(own.participant.id, today).is_due(today)


def _keep(own: Own, answers: Mapping[Question, Answer]) -> None:
    """Nothing is kept where nothing was answered."""
    if answers:
        facts = PulseFacts(said_on=clock.today(), answers=answers, source=PulseSource.OWN)
        answer_pulse(current_identity(), own.participant, facts, ANSWER_PULSE)
        flash(pgettext("easy", "Tack. Vi har sparat dina svar."), "success")
