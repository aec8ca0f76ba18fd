"""Settling what has to be settled about a person's income before the first paid day."""

from collections.abc import Mapping

from flask_babel import force_locale, pgettext
from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.core.swedish import LANGUAGE
from aktema.pathway.outcome_codes import ITEM_LABELS, RESULT_LABELS
from aktema.pathway.outcome_models import BenefitCheck, Outcome
from aktema.pathway.outcome_queries import settled_of
from aktema.pathway.permissions import RECORD_OUTCOME
from aktema.pathway.rules.benefits import BenefitItem, Settled
from aktema.pathway.rules.outcome import OLDEST, OutcomeKind
from aktema.people.models import Participant
from aktema.plans.rules.calendar import add_days
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, record_fact


def settle(
    identity: Identity, participant: Participant, outcome: Outcome, said: Mapping[BenefitItem, Settled]
) -> None:
    """Write how the items were settled; one that is left out stays as it is. Raises DomainError by field."""
    if outcome.kind != OutcomeKind.JOB.value:
        raise DomainError(_("Det ledde till något annat än ett jobb."))
    before = settled_of(outcome)
    new = {item: one for item, one in said.items() if before.get(item) != one}
    for item, one in new.items():
        _check_day(item, one)
        _write(identity, outcome, item, one)
        _tell(identity, participant, item, one)
    if new:
        flag_modified(outcome, "kind")  # what belongs to it changed: its version says so
        _trace(outcome, new)


def _check_day(item: BenefitItem, one: Settled) -> None:
    if not add_days(clock.today(), -OLDEST) <= one.on <= clock.today():
        raise DomainError(_("Skriv en dag som har varit, högst ett år tillbaka."), f"{item.value}_on")


def _write(identity: Identity, outcome: Outcome, item: BenefitItem, one: Settled) -> None:
    check = next((row for row in outcome.benefits if row.item == item.value), None)
    if check is None:
        check = BenefitCheck(participant_id=outcome.participant_id, item=item.value)
        outcome.benefits.append(check)
    check.result, check.settled_on = one.result.value, one.on
    check.account_id = identity.account_id


@force_locale(LANGUAGE)
def _tell(identity: Identity, participant: Participant, item: BenefitItem, one: Settled) -> None:
    line = _("%(item)s: %(result)s", item=ITEM_LABELS[item], result=str(RESULT_LABELS[one.result]).lower())
    facts = StepFacts(
        contact_type=ContactType.BENEFIT_SETTLED,
        happened_on=one.on,
        minutes=0,
        place=StepPlace.OFFICE,
        line=line,
        own_line=pgettext("easy", "Vi ordnar dina pengar innan du börjar."),
    )
    record_fact(identity.account_id, participant.id, facts)


def _trace(outcome: Outcome, new: Mapping[BenefitItem, Settled]) -> None:
    audit.record_write(
        RECORD_OUTCOME,
        participant_id=outcome.participant_id,
        object_kind="benefit_check",
        object_id=outcome.id,
        detail=" ".join(item.value for item in new),
    )
