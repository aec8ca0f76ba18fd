"""The person's answer about a placement."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from aktema.core.forms import BaseForm, DateField, ParagraphField, choices
from aktema.pathway.codes import HEARD, Answer, Channel
from aktema.pathway.operations import AnswerFacts


class AnswerForm(BaseForm):
    answer = RadioField(
        _l("Vad svarade personen?"),
        [InputRequired(_l("Välj det svar som personen gav."))],
    )
    channel = RadioField(
        _l("Hur gav personen sitt svar?"),
        choices=choices((channel.value, channel.label) for channel in HEARD),
        default=Channel.SPEECH.value,
    )
    words = ParagraphField(_l("Personens egna ord"), longest=1000)
    ask_again_on = DateField(_l("Fråga igen den"), description=_l("Bara när svaret är ”Inte nu”."))

    def __init__(self, *, answers: Sequence[Answer] = tuple(Answer), **options: Any) -> None:
        super().__init__(**options)
        self.answer.choices = choices((answer.value, answer.label) for answer in answers)
        if len(answers) == 1 and not self.is_submitted():
            self.answer.data = answers[0].value

    def facts(self) -> AnswerFacts:
        """The typed answer; only after the form has been found valid."""
        return AnswerFacts(
            answer=Answer(self.answer.data),
            channel=Channel(self.channel.data),
            words=self.words.data or "",
            ask_again_on=self.ask_again_on.data,
        )
