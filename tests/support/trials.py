"""Trials and their agreements, for tests."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.employers.models import Placement
from aktema.pathway.trial_models import Agreement, AgreementDay, Signature, Trial
from aktema.pathway.trial_operations import BeginFacts
from aktema.pathway.trial_states import Party, TrialKind
from aktema.people.models import Participant
from tests.support.people import an_account

DAY = timedelta(days=1)
NINE, TWELVE = 9 * 60, 12 * 60
USUAL = {
    "goal": "discover",
    "insurance": "municipality",
    "tasks": "Fylla på hyllor och duka i fikarummet.",
    "support": "Kim är med de tre första dagarna.",
    "stop_rules": "Alva säger stopp, då går vi hem.",
    "safety": "Linda visar var utgångarna är.",
    "easy": "Du får prova ett jobb.",
}


def a_trial(
    person: Participant,
    placement: Placement,
    *,
    kind: str = "taster",
    signed: bool = True,
    from_date: date | None = None,
    to_date: date | None = None,
    days: bool = True,
    account: Account | None = None,
    **values: Any,
) -> Trial:
    """A trial from today for a week where no dates are given, nine to twelve on its weekdays.

    `signed`: its one version bears all signatures; else it is a draft that nobody has been asked to sign. `values`
    are columns of the trial.
    """
    first = from_date or clock.today()
    last = to_date or first + 6 * DAY
    worker = account or an_account()
    columns = {"kind": kind, "begun_on": min(first, clock.today()), "account_id": worker.id, **values}
    trial = Trial(participant=person, placement=placement, introduction=None, **columns)
    db.session.add(trial)
    a_version(trial, from_date=first, to_date=last, days=days)
    db.session.flush()
    if signed:
        sign_all(trial)
    return trial


def a_version(trial: Trial, *, from_date: date, to_date: date, days: bool = True, **values: Any) -> Agreement:
    """The trial's next version, with words in every field; nobody has been asked to sign it."""
    columns = {
        "number": len(trial.agreements) + 1,
        "account_id": trial.account_id,
        "from_date": from_date,
        "to_date": to_date,
        "safety_introduction_on": from_date,
        **USUAL,
        **values,
    }
    sealed = {
        name: columns.pop(name)
        for name in ("tasks", "support", "stop_rules", "safety", "easy")
        if name in columns
    }
    agreement = Agreement(supervisor=trial.placement.supervisor, **columns)
    for name, text in sealed.items():
        setattr(agreement, name, text)
    agreement.days = list(_weekdays(from_date, to_date)) if days else []
    trial.agreements.append(agreement)
    db.session.flush()
    return agreement


def _weekdays(first: date, last: date) -> Iterable[AgreementDay]:
    """Every Monday to Friday from nine to twelve; the first day whatever it is."""
    count = (last - first).days + 1
    for day in (first + number * DAY for number in range(count)):
        if day.weekday() < 5 or day == first:
            yield AgreementDay(day=day, starts_at=NINE, ends_at=TWELVE)


def sign(agreement: Agreement, *parties: Party, on: date | None = None) -> None:
    """The parties sign the version, which is sent to them first where nobody had done so."""
    agreement.asked_at = agreement.asked_at or clock.now()
    for party in parties:
        signature = Signature(party=party.value, how="signed_in", signed_on=on or clock.today())
        signature.name = "Kim Underskrift"
        agreement.signatures.append(signature)
    db.session.flush()


def sign_all(trial: Trial) -> None:
    """Everybody signs what was written last."""
    sign(trial.agreements[-1], *Party)


def begin_facts(kind: TrialKind = TrialKind.TASTER, *, first: int = 1, length: int = 6) -> BeginFacts:
    """A trial that begins so many days from today, with so many more to its last."""
    begins = clock.today() + first * DAY
    return BeginFacts(kind=kind, from_date=begins, to_date=begins + length * DAY)


def refused(act: Callable[[], object]) -> str | None:
    """The field that a refused act names."""
    with pytest.raises(DomainError) as problem:
        act()
    return problem.value.field


def path(person: Participant, *parts: str) -> str:
    return "/".join((f"/deltagare/{person.public_id}/provplatser", *parts))


def at(trial: Trial, page: str = "") -> str:
    return path(trial.participant, trial.public_id, *filter(None, [page]))
