"""A manager's mail on Mondays: how many things are late, wait or are silent on their unit. Figures and no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import exists, func, select
from sqlalchemy.orm import selectinload

from aktema.access import sessions
from aktema.access.identity import Identity, acting
from aktema.access.link_queries import whole_url
from aktema.access.models import Account, Membership
from aktema.access.notice_codes import NoticeKind
from aktema.access.notice_queries import Receiver, wants
from aktema.access.queries import live_membership
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.jobs import register_chore
from aktema.core.outbox import Channel, send
from aktema.core.settings import Settings
from aktema.core.timed import once
from aktema.employers.models import Placement
from aktema.pathway.check_in_queries import unasked_in_reach
from aktema.pathway.introduction_codes import CloseReason
from aktema.pathway.introduction_queries import patience
from aktema.pathway.models import Introduction
from aktema.pathway.permissions import READ_INTRODUCTIONS, READ_TRIALS
from aktema.pathway.retention_queries import late_in_reach
from aktema.pathway.rules.introduction import remind_on
from aktema.people.models import Participant
from aktema.people.queries import visible
from aktema.plans.due_queries import due
from aktema.steps.codes import MEETINGS, StepPlace
from aktema.steps.models import NextStep, Step
from aktema.steps.permissions import READ_STEPS
from aktema.steps.queries import by_hand

NOBODYS_SESSION = 0
SENT_FROM_HOUR = 6
"""On a Monday; whoever's service was down then gets it later in the week."""
WEEK = timedelta(days=7)
MOST_COUNTED = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """overdue: duties, next steps and follow-ups at work that are late. silent: employers who have not answered since
    the reminder, or whose question was closed in the last week because they did not. unmet: open people whom nobody
    has met so long. unasked: places without pay of half a year or more where the question about a job waits.
    """

    overdue: int
    silent: int
    unmet: int
    unasked: int


def send_digests() -> None:
    """Write to every manager who wants it, once a week: each account has the week's digest at most once."""
    moment = clock.local(clock.now())
    if not _has_begun(moment):
        return
    year, week, _weekday = moment.isocalendar()
    for account in _managers():
        is_wanted = wants(Receiver(account_id=account.id), NoticeKind.DIGEST)
        if is_wanted and once(f"digest:{year}-W{week:02}:{account.id}"):
            _send(account, moment.date())
            db.session.commit()  # one unit's figures are counted for a while: nobody waits for all of them


register_chore(send_digests)


def _has_begun(moment: datetime) -> bool:
    return moment.weekday() > 0 or moment.hour >= SENT_FROM_HOUR


def _managers() -> Sequence[Account]:
    manages = Account.memberships.any((Membership.role_code == Role.UNIT_MANAGER.value) & live_membership())
    found = select(Account).where(manages, Account.disabled_at.is_(None)).order_by(Account.id)
    return db.session.scalars(found.options(selectinload(Account.memberships))).all()


def _send(account: Account, today: date) -> None:
    identity = sessions.identity_of(account, NOBODYS_SESSION)
    with acting(identity), force_locale(account.language):
        text = _text(figures_for(identity, today))
        send(
            "digest",
            channel=Channel.EMAIL,
            address=account.email,
            subject=_("Veckans läge i Aktema"),
            body=text,
        )


def figures_for(identity: Identity, today: date) -> Figures:
    """The figures of those whom the identity reaches. Nobody is shown, so nobody is recorded as read."""
    late = sum(one.is_late for one in due(identity, today, MOST_COUNTED))
    return Figures(
        overdue=late + _late_steps(identity, today) + late_in_reach(identity, today),
        silent=_silent_employers(identity, today),
        unmet=_unmet(identity, today - timedelta(days=_settings().days_without_step)),
        unasked=len(unasked_in_reach(identity, READ_TRIALS, today, MOST_COUNTED)),
    )


def _late_steps(identity: Identity, today: date) -> int:
    late = (
        select(func.count())
        .select_from(NextStep)
        .join(Participant, Participant.id == NextStep.participant_id)
        .where(
            visible(identity, READ_STEPS),
            Participant.closed_on.is_(None),
            NextStep.closed_on.is_(None),
            NextStep.due_on < today,
        )
    )
    return db.session.scalar(late) or 0


def _silent_employers(identity: Identity, today: date) -> int:
    rows = db.session.execute(
        select(Placement.employer_id, Introduction.sent_on, Introduction.closed_on)
        .join(Introduction, Introduction.placement_id == Placement.id)
        .join(Participant, Participant.id == Introduction.participant_id)
        .where(
            visible(identity, READ_INTRODUCTIONS),
            Introduction.sent_on.is_not(None),
            Introduction.employer_answer.is_(None),
            Introduction.closed_on.is_(None)
            | (
                (Introduction.closed_reason == CloseReason.EMPLOYER_SILENT.value)
                & (Introduction.closed_on > today - WEEK)
            ),
        )
    )
    waits = patience()
    return len(
        {employer for employer, sent, closed in rows if closed or (sent and remind_on(sent, waits) <= today)}
    )


def _unmet(identity: Identity, since: date) -> int:
    """How many open people were registered before the date, and have not been met from it on."""
    met = exists().where(
        Step.participant_id == Participant.id,
        Step.happened_on >= since,
        Step.was_reached,
        by_hand(),
        Step.contact_type.in_([kind.value for kind in MEETINGS]),
        Step.place != StepPlace.PHONE.value,
    )
    is_known = Participant.closed_on.is_(None) & (func.date(Participant.created_at) < since)
    unmet = select(func.count()).select_from(Participant).where(visible(identity, READ_STEPS), is_known, ~met)
    return db.session.scalar(unmet) or 0


def _text(figures: Figures) -> str:
    lines = [
        _("Hej! Så här ser veckan ut på din enhet."),
        "\n".join(f"- {line}" for line in _lines(figures)),
        _("Öppna Aktema för att se vad det gäller:") + f"\n{whole_url('home.start')}",
        _("Välj vilka mejl du vill få:") + f"\n{whole_url('access.notices')}",
    ]
    return "\n\n".join(lines) + "\n"


def _lines(figures: Figures) -> Sequence[str]:
    days = _settings().days_without_step
    return (
        ngettext("%(num)d sak är försenad", "%(num)d saker är försenade", figures.overdue),
        ngettext(
            "%(num)d arbetsgivare har inte svarat i tid",
            "%(num)d arbetsgivare har inte svarat i tid",
            figures.silent,
        ),
        ngettext(
            "%(num)d person har ingen träffat på %(days)s dagar",
            "%(num)d personer har ingen träffat på %(days)s dagar",
            figures.unmet,
            days=days,
        ),
        ngettext(
            "%(num)d plats utan lön väntar på frågan om den kan bli ett jobb",
            "%(num)d platser utan lön väntar på frågan om de kan bli ett jobb",
            figures.unasked,
        ),
    )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
