"""What pages say of an agreement and its signatures: to staff, and to the employer, who sees no more than the card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from aktema.access.identity import Identity
from aktema.core.clock import local
from aktema.core.errors import Message
from aktema.core.markup import near_day
from aktema.pathway.agreement_page import lines_of
from aktema.pathway.permissions import READ_SIGNED_PAPER, SIGN_AGREEMENT
from aktema.pathway.signature_queries import awaiting_in_reach, is_employers_turn
from aktema.pathway.task import Task
from aktema.pathway.trial_codes import KIND_LABELS, PARTY_LABELS, OnBehalfReason, SignedHow
from aktema.pathway.trial_models import Agreement, Signature, Trial
from aktema.pathway.trial_queries import awaits, in_force, newest
from aktema.pathway.trial_states import Party, TrialKind
from aktema.people.queries import reaching

SLOW = 5
"""Days after which a signature that is awaited is marked."""
Row = tuple[Message, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyRow:
    """A party and its yes to the newest version, in words. `paper` leads to the scan; `by_hand` to writing one in."""

    label: Message
    is_signed: bool
    text: str
    note: str = ""
    paper: str = ""
    by_hand: str = ""
    on_behalf: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signing:
    """Who has signed the newest version and who is awaited, and what this worker can do about it."""

    version: int
    number: int
    rows: Sequence[PartyRow]
    is_awaited: bool
    sign_url: str
    send_link: str
    older: int | None
    """The number of the version that holds meanwhile, where there is one."""


def signing_of(identity: Identity, trial: Trial, today: date) -> Signing | None:
    """The signatures as the trial's page shows them; None while nobody has been asked."""
    last, agreed = newest(trial), in_force(trial)
    if last.asked_at is None:
        return None
    awaited = awaits(trial, today)
    reached = reaching(identity, trial.participant, SIGN_AGREEMENT, READ_SIGNED_PAPER)
    may_act = SIGN_AGREEMENT in reached
    return Signing(
        version=last.id,
        number=last.number,
        rows=[_party_row(trial, last, party, awaited if may_act else ()) for party in Party],
        is_awaited=bool(awaited),
        sign_url=_url("sign_as_coach", trial) if may_act and Party.COACH in awaited else "",
        send_link=_url("send_sign_link", trial)
        if may_act and Party.EMPLOYER in awaited and is_employers_turn(trial)
        else "",
        older=agreed.number if agreed is not None and agreed is not last else None,
    )


def _party_row(trial: Trial, agreement: Agreement, party: Party, awaited: Sequence[Party]) -> PartyRow:
    signed = next((one for one in agreement.signatures if one.party == party), None)
    if signed is not None:
        return _signed_row(trial, party, signed)
    can_act = party in awaited
    must_wait = can_act and party is Party.EMPLOYER and not is_employers_turn(trial)
    return PartyRow(
        label=PARTY_LABELS[party],
        is_signed=False,
        text=_("Har inte skrivit under än"),
        note=_("Får länken när personen har skrivit under") if must_wait else "",
        by_hand=_url("sign_on_paper", trial, who=WRITTEN[party]) if can_act else "",
        on_behalf=_url("sign_on_behalf", trial) if can_act and party is Party.PERSON else "",
    )


def _signed_row(trial: Trial, party: Party, signed: Signature) -> PartyRow:
    reason = signed.on_behalf_reason
    return PartyRow(
        label=PARTY_LABELS[party],
        is_signed=True,
        text=f"{signed.name}, {near_day(signed.signed_on)}",
        note=str(OnBehalfReason(reason).label if reason else SignedHow(signed.how).label),
        paper=_url("signed_paper", trial, signature_id=signed.public_id) if signed.file_id else "",
    )


WRITTEN = {Party.PERSON: "personen", Party.EMPLOYER: "arbetsgivaren", Party.COACH: "coachen"}
"""The parties as addresses have them."""


def _url(endpoint: str, trial: Trial, **values: Any) -> str:
    person = trial.participant.public_id
    return url_for(f"pathway.{endpoint}", public_id=person, trial_id=trial.public_id, **values)


def terms_of(trial: Trial, agreement: Agreement, called: str) -> Sequence[Row]:
    """Everything that was agreed, as the employer reads it. `called` is what they may call the person."""
    about = ((_("Vem"), called), (_("Vad"), KIND_LABELS[TrialKind(trial.kind)]))
    return [*((label, words) for label, words in about if words), *lines_of(agreement)]


def signature_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """Agreements that wait for a signature, those the worker can sign first. Three statements."""
    trials = awaiting_in_reach(identity, SIGN_AGREEMENT, today, limit)
    return [_task(trial, today) for trial in trials]


def _task(trial: Trial, today: date) -> Task:
    last, awaited = newest(trial), awaits(trial, today)
    asked_on = today if last.asked_at is None else local(last.asked_at).date()
    is_slow = (today - asked_on).days >= SLOW
    mine = Party.COACH in awaited
    names = ", ".join(str(PARTY_LABELS[party]).lower() for party in awaited)
    return Task(
        participant=trial.participant,
        title=_("Skriv under överenskommelsen") if mine else _("Väntar på underskrift: %(who)s", who=names),
        href=_url("trial", trial),
        due=_("skickad %(day)s", day=near_day(asked_on)),
        tone="warning" if is_slow else "neutral",
        tag=_("Dröjer") if is_slow else "",
    )
