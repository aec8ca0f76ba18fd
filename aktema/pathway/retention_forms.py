"""The form of one moment at which somebody is asked how it is at work."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired

from aktema.core.forms import BaseForm, DateField, HoursField, ParagraphField, choices
from aktema.pathway.outcome_codes import WELLBEING_LABELS, AnsweredHow
from aktema.pathway.outcome_forms import DAY_HINT, ENDS, LONGEST, MOST_HOURS, YES_NO, said, yes_or_no
from aktema.pathway.outcome_models import Employment, RetentionCheck
from aktema.pathway.retention_operations import CheckFacts
from aktema.pathway.rules.outcome import EmploymentEnd
from aktema.pathway.rules.retention import RetentionDue

NOT_REACHED, STILL, ENDED = "not_reached", "still", "ended"
SITUATIONS = (
    (STILL, _l("Ja, personen är kvar")),
    (ENDED, _l("Nej, jobbet har slutat")),
    (NOT_REACHED, _l("Jag nådde ingen")),
)


WELL, TALK = "well", "talk"


class EmployerForm(BaseForm):
    """The employer's one tap: it goes well, or they want to talk."""

    answer = HiddenField(validators=[AnyOf([WELL, TALK])])

    @property
    def is_well(self) -> bool:
        return self.answer.data == WELL


class RetentionForm(BaseForm):
    """What the worker found out. What the person or the employer said themselves is shown, and not asked again."""

    due = HiddenField(validators=[AnyOf([one.value for one in RetentionDue])])
    situation = RadioField(
        _l("Är personen kvar på jobbet?"),
        [InputRequired(_l("Svara på om personen är kvar."))],
        choices=choices(SITUATIONS),
    )
    weekly_minutes = HoursField(_l("Hur många timmar i veckan nu?"), most_hours=MOST_HOURS)
    wellbeing = RadioField(
        _l("Hur har personen det på jobbet, med egna ord eller bilder?"),
        choices=choices(
            [("", _l("Har inte svarat")), *((str(level), label) for level, label in WELLBEING_LABELS.items())]
        ),
        default="",
        description=_l("Det personen själv säger eller visar. Gissa inte."),
    )
    employer_says_well = SelectField(_l("Säger arbetsgivaren att det går bra?"), choices=choices(YES_NO))
    support = ParagraphField(_l("Vilket stöd har personen fått, eller behöver?"), longest=LONGEST)
    last_day = DateField(_l("Sista dagen på jobbet"), description=DAY_HINT)
    reason = SelectField(_l("Varför slutade det?"), choices=choices(ENDS))

    def __init__(
        self, *, job: Employment, check: RetentionCheck | None, due: RetentionDue, **options: Any
    ) -> None:
        data = {
            "due": due.value,
            "weekly_minutes": job.weekly_minutes,
            "wellbeing": "" if check is None or check.wellbeing is None else str(check.wellbeing),
            "employer_says_well": said(check.employer_says_well if check else None),
            "support": (check.support or "") if check else "",
        }
        super().__init__(data=data, **options)
        if check is not None and check.wellbeing_how not in (None, AnsweredHow.TOLD):
            del self.wellbeing
        if check is not None and check.employer_how not in (None, AnsweredHow.TOLD):
            del self.employer_says_well

    def moment(self) -> RetentionDue:
        """Which moment the page asked about when it was opened."""
        return RetentionDue(str(self.due.data))

    def facts(self) -> CheckFacts:
        """What was found out; only after the form has been found valid."""
        wellbeing = self.wellbeing.data if "wellbeing" in self else ""
        employer = self.employer_says_well.data if "employer_says_well" in self else ""
        reason = self.reason.data
        return CheckFacts(
            was_reached=self.situation.data != NOT_REACHED,
            is_still=None if self.situation.data == NOT_REACHED else self.situation.data == STILL,
            weekly_minutes=self.weekly_minutes.data,
            wellbeing=int(wellbeing) if wellbeing else None,
            employer_says_well=yes_or_no(employer),
            support=self.support.data or "",
            last_day=self.last_day.data,
            reason=EmploymentEnd(reason) if reason else None,
        )
