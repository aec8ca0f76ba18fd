"""The forms of outcomes: what it led to, the benefits, the job, its end, and the way back."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired

from aktema.core import clock
from aktema.core.forms import (
    BaseForm,
    DateField,
    HoursField,
    LineField,
    ParagraphField,
    Required,
    choices,
)
from aktema.pathway.outcome_codes import (
    END_LABELS,
    FORM_LABELS,
    ITEM_QUESTIONS,
    OUTCOME_LABELS,
    RESULT_LABELS,
    UnsettledReason,
    YesNo,
)
from aktema.pathway.outcome_models import Employment, Outcome
from aktema.pathway.outcome_operations import JobFacts, OutcomeFacts, ReturnFacts
from aktema.pathway.outcome_queries import settled_of
from aktema.pathway.rules.benefits import BenefitItem, BenefitResult, Settled
from aktema.pathway.rules.outcome import EmploymentEnd, EmploymentForm, OutcomeKind

LONGEST = 1000
MOST_HOURS = 48
DAY_HINT = _l("ÅÅÅÅ-MM-DD")
CHOOSE = _l("Välj")
YES_NO = [("", _l("Vet inte")), *((one.value, one.label) for one in YesNo)]


def yes_or_no(answer: str | None) -> bool | None:
    """The answer as a truth; None where nobody knows."""
    return None if not answer else answer == YesNo.YES


def said(answer: bool | None) -> str:
    """The truth as the form's answer."""
    return "" if answer is None else (YesNo.YES if answer else YesNo.NO).value


class OutcomeForm(BaseForm):
    kind = RadioField(_l("Vad blev det?"), [InputRequired(_l("Välj vad det blev."))], choices=[])
    happened_on = DateField(_l("När blev det klart?"), [Required()], description=DAY_HINT)
    words = ParagraphField(_l("Vad säger personen om det?"), longest=LONGEST)

    def __init__(self, *, kinds: Collection[OutcomeKind], **options: Any) -> None:
        super().__init__(**options)
        if not self.is_submitted() and self.happened_on.data is None:
            self.happened_on.data = clock.today()
        self.kind.choices = choices(
            (kind.value, OUTCOME_LABELS[kind]) for kind in OutcomeKind if kind in kinds
        )

    def facts(self) -> OutcomeFacts:
        """What was typed; only after the form has been found valid."""
        return OutcomeFacts(
            kind=OutcomeKind(self.kind.data),
            happened_on=self.happened_on.data,
            words=self.words.data or "",
        )


class BenefitForm(BaseForm):
    """For each item a result and a day, named by its code: see `benefit_form`."""

    def validate(self, extra_validators: Any = None) -> bool:
        whole = bool(super().validate(extra_validators))
        for item in BenefitItem:
            day = self[f"{item.value}_on"]
            if self[item.value].data == BenefitResult.DONE and day.data is None and not day.errors:
                day.errors = [_("Skriv vilken dag det blev klart.")]
                whole = False
        return whole

    def settled(self) -> Mapping[BenefitItem, Settled]:
        """What was answered, by item; only after the form has been found valid."""
        chosen = {item: self[item.value].data for item in BenefitItem}
        return {
            item: Settled(result=BenefitResult(result), on=self[f"{item.value}_on"].data or clock.today())
            for item, result in chosen.items()
            if result
        }


def benefit_form(outcome: Outcome, **options: Any) -> BenefitForm:
    """The form of the checklist, filled with what is settled already."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for item in BenefitItem:
        fields[item.value] = RadioField(
            ITEM_QUESTIONS[item],
            choices=choices(
                [("", _l("Inte klart än")), *((one.value, RESULT_LABELS[one]) for one in BenefitResult)]
            ),
            default="",
        )
        fields[f"{item.value}_on"] = DateField(_l("Vilken dag blev det klart?"), description=DAY_HINT)
    for item, one in settled_of(outcome).items():
        data[item.value] = one.result.value
        data[f"{item.value}_on"] = one.on
    made = cast("type[BenefitForm]", type("BenefitForm", (BenefitForm,), fields))
    return made(data=data, **options)


class JobForm(BaseForm):
    workplace = LineField(_l("Vad heter arbetsplatsen?"), [Required()])
    form = SelectField(
        _l("Vilken sorts anställning?"), [Required(_l("Välj vilken sorts anställning det är."))]
    )
    weekly_minutes = HoursField(
        _l("Hur många timmar i veckan?"),
        [Required()],
        most_hours=MOST_HOURS,
        description=_l("Till exempel 20 eller 20,5."),
    )
    from_date = DateField(_l("Första dagen med lön"), [Required()], description=DAY_HINT)
    subsidy_until = DateField(
        _l("När tar bidraget till lönen slut?"),
        description=_l("Bara när staten betalar en del av lönen. Dagen står i beslutet."),
    )
    union = SelectField(_l("Har facket fått säga sitt?"), choices=choices(YES_NO))
    unsettled_reason = SelectField(_l("Varför börjar jobbet innan ersättningen är ordnad?"))

    def __init__(self, *, outcome: Outcome, **options: Any) -> None:
        super().__init__(data=_of_job(outcome), **options)
        self.form.choices = choices(
            [("", CHOOSE), *((one.value, FORM_LABELS[one]) for one in EmploymentForm)]
        )
        self.unsettled_reason.choices = choices(
            [
                ("", _l("Den är ordnad, eller ordnas före första dagen")),
                *((one.value, one.label) for one in UnsettledReason),
            ]
        )

    def validate_weekly_minutes(self, field: HoursField) -> None:
        if field.data == 0:
            raise ValidationError(_("Skriv minst några minuter."))

    def facts(self) -> JobFacts:
        """What was typed; only after the form has been found valid."""
        reason = self.unsettled_reason.data
        return JobFacts(
            workplace=str(self.workplace.data),
            form=EmploymentForm(self.form.data),
            weekly_minutes=self.weekly_minutes.data,
            from_date=self.from_date.data,
            subsidy_until=self.subsidy_until.data,
            is_union_heard=yes_or_no(self.union.data),
            unsettled_reason=UnsettledReason(reason) if reason else None,
        )


def _of_job(outcome: Outcome) -> Mapping[str, object]:
    """What the form begins with: the job as it stands, else the name of the place it grew out of."""
    job = outcome.employment
    if job is None:
        return {"workplace": outcome.trial.placement.employer.name if outcome.trial else ""}
    return {
        "workplace": job.workplace,
        "form": job.form,
        "weekly_minutes": job.weekly_minutes,
        "from_date": job.from_date,
        "subsidy_until": job.subsidy_until,
        "union": said(job.is_union_heard),
        "unsettled_reason": job.unsettled_reason or "",
    }


ENDS = [("", CHOOSE), *((one.value, END_LABELS[one]) for one in EmploymentEnd)]


class EndJobForm(BaseForm):
    last_day = DateField(_l("Sista dagen på jobbet"), [Required()], description=DAY_HINT)
    reason = SelectField(_l("Varför slutar det?"), [Required(_l("Välj varför."))], choices=choices(ENDS))

    def __init__(self, *, job: Employment, **options: Any) -> None:
        super().__init__(data={"last_day": job.to_date, "reason": job.end_reason or ""}, **options)


class ReturnForm(BaseForm):
    """The way back; why the job ends is asked only where there is one."""

    back_from = DateField(_l("Från vilken dag?"), [Required()], description=DAY_HINT)
    reason = SelectField(_l("Varför slutar jobbet?"), choices=choices(ENDS))
    words = ParagraphField(_l("Vad säger personen om det?"), longest=LONGEST)

    def __init__(self, *, has_job: bool, **options: Any) -> None:
        super().__init__(**options)
        if not has_job:
            del self.reason

    def facts(self) -> ReturnFacts:
        """What was typed; only after the form has been found valid."""
        reason = self.reason.data if "reason" in self else ""
        return ReturnFacts(
            back_from=self.back_from.data,
            reason=EmploymentEnd(reason) if reason else None,
            words=self.words.data or "",
        )
