"""Beginning a trial, which takes one of the placement's places, and ending it before its day."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import force_locale, lazy_pgettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError, Message
from aktema.core.jobs import register_chore
from aktema.core.swedish import LANGUAGE
from aktema.core.timed import once
from aktema.employers.letters import Letter, write_to
from aktema.employers.models import Contact, Placement
from aktema.employers.states import State
from aktema.pathway.consent_queries import is_shut_out
from aktema.pathway.introduction_operations import settle
from aktema.pathway.models import Introduction
from aktema.pathway.permissions import BEGIN_TRIAL, END_TRIAL
from aktema.pathway.queries import find_open
from aktema.pathway.rules.kinds import last_possible
from aktema.pathway.rules.places import Stay, covering, has_room
from aktema.pathway.signature_queries import find_supervisor, is_open_to_employer
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_day_queries import attended_days
from aktema.pathway.trial_models import Agreement, AgreementAdaptation, Trial
from aktema.pathway.trial_queries import (
    has_trial,
    hold_place,
    in_force,
    live_trials_of,
    over_by_themselves,
    status,
    stay_of,
    stays_at,
)
from aktema.pathway.trial_states import Act, TrialKind, Whose, may
from aktema.people.models import Participant
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import StepFacts, record_fact

BOOKABLE = (State.PUBLISHED, State.PAUSED)
"""Also a paused one: what was agreed before they paused still holds."""
LATEST_START = 366  # days ahead
TOLD_WITHIN = timedelta(days=7)
EARLIEST_START = 31  # days back: somebody may have begun before it was written


@dataclass(frozen=True, kw_only=True, slots=True)
class BeginFacts:
    kind: TrialKind
    from_date: date
    to_date: date


@dataclass(frozen=True, kw_only=True, slots=True)
class EndFacts:
    """Whose doing it was that a trial ended before its day, and why."""

    whose: Whose
    reason: EndReason
    words: str = ""


def begin_trial(
    identity: Identity, participant: Participant, placement: Placement, facts: BeginFacts
) -> Trial:
    """A draft that keeps a place for the person. Raises DomainError by field.

    What the person's open introduction there carries goes along: the gaps with their adaptations.
    """
    hold_place(placement.id)
    _check_begin(participant, placement, facts)
    introduction = _introduction_to(participant.id, placement.id)
    if introduction is not None:
        settle(introduction)
    trial = Trial(
        participant=participant,
        placement=placement,
        introduction=introduction,
        account_id=identity.account_id,
        kind=facts.kind.value,
        begun_on=clock.today(),
    )
    trial.agreements.append(_first_version(identity, placement, introduction, facts))
    db.session.add(trial)
    db.session.flush()  # the audit row needs its id
    line = _l("Överenskommelse påbörjad om ”%(title)s”.", title=placement.title)
    tell(trial, ContactType.TRIAL_BEGUN, line, lazy_pgettext("easy", "Vi skriver om din provplats."))
    trace(BEGIN_TRIAL, trial, "begun")
    return trial


def _check_begin(participant: Participant, placement: Placement, facts: BeginFacts) -> None:
    today = clock.today()
    if State(placement.state) not in BOOKABLE:
        raise DomainError(_("Platsen är inte öppen. Välj en annan plats."))
    if any(trial.placement_id == placement.id for trial in live_trials_of(participant.id, today)):
        raise DomainError(_("Personen har redan en provplats här. Ändra den i stället."))
    if _introduction_to(participant.id, placement.id) is None and is_shut_out(
        participant, placement.employer_id
    ):
        raise DomainError(
            _("Personen har tagit tillbaka sitt ja till den arbetsgivaren. Fråga personen om platsen först.")
        )
    check_first_day(today, facts.from_date)
    check_last_day(facts.kind, facts.from_date, facts.to_date)
    if facts.to_date < today:
        raise DomainError(_("Sista dagen har redan varit."), "to_date")
    check_room(placement, Stay(facts.from_date, facts.to_date))


def check_first_day(begun_on: date, first: date) -> None:
    """Raises DomainError where a trial that was begun to be written on the day can't begin on the other."""
    earliest = begun_on - timedelta(days=EARLIEST_START)
    latest = clock.today() + timedelta(days=LATEST_START)
    if not earliest <= first <= latest:
        raise DomainError(
            _(
                "Skriv en första dag från %(first)s till %(last)s.",
                first=earliest.isoformat(),
                last=latest.isoformat(),
            ),
            "from_date",
        )


def check_last_day(kind: TrialKind, first: date, last: date) -> None:
    """Raises DomainError where an agreement of the kind can't reach from the one day to the other."""
    if last < first:
        raise DomainError(_("Sista dagen kan inte vara före den första."), "to_date")
    latest = last_possible(kind, first, clock.today())
    if last > latest:
        raise DomainError(
            _("Så länge kan det inte vara. Sista möjliga dag är %(day)s.", day=latest.isoformat()), "to_date"
        )


def check_room(placement: Placement, stay: Stay, *, but: int | None = None) -> None:
    """Raises DomainError where somebody else has the last place on some of the days. The place is held first."""
    if not has_room(placement.places, stay, stays_at(placement.id, clock.today(), but=but)):
        raise DomainError(
            _("Alla platser är upptagna då. Välj andra dagar, eller en annan plats."), "from_date"
        )


def _introduction_to(participant_id: int, placement_id: int) -> Introduction | None:
    """The question that led here, where the person said yes to one and no trial has come of it yet."""
    found = find_open(participant_id, placement_id)
    return None if found is None or found.answer != "yes" or has_trial(found.id) else found


def _first_version(
    identity: Identity, placement: Placement, introduction: Introduction | None, facts: BeginFacts
) -> Agreement:
    agreement = Agreement(
        number=1,
        account_id=identity.account_id,
        from_date=facts.from_date,
        to_date=facts.to_date,
        supervisor=_supervisor_of(placement),
    )
    agreement.tasks, agreement.support = placement.description, placement.supervision
    gaps = introduction.gaps if introduction else ()
    agreement.adaptations = [
        AgreementAdaptation(adaptation_id=gap.adaptation_id, dimension_id=gap.dimension_id, gap=gap.size)
        for gap in gaps
        if gap.adaptation_id is not None
    ]
    return agreement


def _supervisor_of(placement: Placement) -> Contact | None:
    supervisor = placement.supervisor
    return supervisor if supervisor is not None and supervisor.left_on is None else None


def cancel_trial(trial: Trial, facts: EndFacts) -> None:
    """It never came to be. Raises DomainError where it has begun, or is over."""
    check_act(trial, Act.CANCEL)
    tell_employer(trial)
    trial.cancelled_on, trial.cancelled_by = clock.today(), facts.whose.value
    _write_end(trial, facts)
    line = _l("Provplatsen blev inte av: %(reason)s.", reason=facts.reason.label)
    tell(
        trial,
        ContactType.TRIAL_ENDED,
        line,
        lazy_pgettext("easy", "Din provplats blir inget den här gången."),
    )
    trace(END_TRIAL, trial, "cancelled")


def interrupt_trial(trial: Trial, facts: EndFacts, first_day_away: date) -> None:
    """It ends before its day. Raises DomainError by field."""
    check_act(trial, Act.INTERRUPT)
    _check_away(trial, first_day_away)
    tell_employer(trial)
    trial.interrupted_on, trial.interrupted_by = first_day_away, facts.whose.value
    _write_end(trial, facts)
    line = _l("Provplatsen avbröts: %(reason)s.", reason=facts.reason.label)
    tell(trial, ContactType.TRIAL_ENDED, line, lazy_pgettext("easy", "Du har slutat på din provplats."))
    trace(END_TRIAL, trial, "interrupted")


def _check_away(trial: Trial, first_day: date) -> None:
    """Days that somebody was there stay days of the trial, as they go on counting among the hours."""
    agreed, today = in_force(trial), clock.today()
    if agreed is None or agreed.from_date is None or not agreed.from_date <= first_day <= today:
        raise DomainError(
            _("Skriv en dag från den första dagen till idag. Slutar det senare, så korta tiden i stället."),
            "day",
        )
    been = attended_days(trial, today)
    if been and been[0] >= first_day:
        raise DomainError(
            _(
                "Det står att personen var där %(day)s. Skriv en senare dag, korta tiden eller rätta närvaron.",
                day=been[0].isoformat(),
            ),
            "day",
        )


def tell_of_ends() -> None:
    """Tell, once, of trials whose time was up, and of those whose agreement nobody finished: no act ends them."""
    today = clock.today()
    for trial in over_by_themselves(today - TOLD_WITHIN, today):
        if once(f"trial-over:{trial.id}"):
            tell(trial, ContactType.TRIAL_ENDED, *_ending(trial), Actor.SYSTEM)
            trace(END_TRIAL, trial, "by_itself")
            if in_force(trial) is None:
                tell_employer(trial)


def tell_employer(trial: Trial) -> None:
    """Write to whoever knows of the trial there that it is over before its day; the mail says neither why nor whose."""
    contact = find_supervisor(trial)
    is_known_there = any(one.asked_at is not None for one in trial.agreements)
    if contact is not None and is_known_there and is_open_to_employer(trial, clock.today()):
        write_to(contact, Letter.TRIAL_STOPPED, url="", until=clock.today())


register_chore(tell_of_ends)


@force_locale(LANGUAGE)
def _ending(trial: Trial) -> tuple[str, str]:
    title = trial.placement.title
    if in_force(trial) is not None:
        line = _("Provplatsen ”%(title)s” är slut, som ni kom överens om.", title=title)
        return line, pgettext("easy", "Din tid på provplatsen är slut.")
    line = _("Överenskommelsen om ”%(title)s” blev inte klar och gäller inte längre.", title=title)
    return line, pgettext("easy", "Din provplats blir inget den här gången.")


def _write_end(trial: Trial, facts: EndFacts) -> None:
    trial.end_reason, trial.end_words = facts.reason.value, facts.words


def check_act(trial: Trial, act: Act) -> None:
    """Raises DomainError where the trial's status does not allow the act."""
    if not may(act, status(trial, clock.today())):
        raise DomainError(_("Det går inte längre. Ladda om sidan och se hur det står."))


def tell(
    trial: Trial,
    kind: ContactType,
    line: Message,
    own_line: Message = "",
    actor: Actor = Actor.STAFF,
    *,
    on: date | None = None,
) -> None:
    """One line on the person's timeline, in two wordings; whoever began the trial answers for it. `on`: else today."""
    facts = StepFacts(
        contact_type=kind,
        happened_on=on or clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=line,
        own_line=own_line,
        placement_id=trial.placement_id,
    )
    record_fact(trial.account_id, trial.participant_id, facts, actor)


def trace(permission: Permission, trial: Trial, detail: str) -> None:
    """The audit row of a change, which also makes the trial another version."""
    flag_modified(trial, "begun_on")
    audit.record_write(
        permission,
        participant_id=trial.participant_id,
        object_kind="trial",
        object_id=trial.id,
        detail=detail,
    )


def check_stay(trial: Trial, had: Stay) -> None:
    """Raises DomainError where the placement has no room for what the trial's versions say now.

    What lies within the stay that the trial had before is its own, however few places there have become since.
    """
    hold_place(trial.placement_id)
    stay = stay_of(trial)
    if covering((had, stay)) != had:
        check_room(trial.placement, stay, but=trial.id)
