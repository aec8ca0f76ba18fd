"""Trials with their agreements: what was agreed, on which days, and who has signed it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from aktema.core.db import db
from aktema.demo.days import moment, rng_for, workday
from aktema.demo.introductions import Asked
from aktema.demo.journal import note
from aktema.pathway.agreement_page import easy_text
from aktema.pathway.rules.places import Stay, has_room
from aktema.pathway.rules.schedule import Times, lay_out
from aktema.pathway.trial_codes import (
    AgreementChange,
    EndReason,
    ExtendReason,
    Insurance,
    SignedHow,
    TrialGoal,
)
from aktema.pathway.trial_models import Agreement, AgreementAdaptation, AgreementDay, Signature, Trial
from aktema.pathway.trial_states import Party, TrialKind, Whose
from aktema.steps.codes import Actor, ContactType

WEEKS: tuple[Mapping[int, Times], ...] = (
    {day: Times(starts_at=9 * 60, ends_at=12 * 60) for day in (0, 2)},
    {day: Times(starts_at=9 * 60, ends_at=14 * 60, break_minutes=30) for day in (1, 3)},
    {day: Times(starts_at=10 * 60, ends_at=13 * 60) for day in (0, 1, 3)},
)
EVERY_DAY: Mapping[int, Times] = {day: Times(starts_at=13 * 60, ends_at=14 * 60) for day in range(7)}
SUPPORT = "Jobbcoachen är med de tre första dagarna, sedan en gång i veckan."
STOP_RULES = "Den som vill avbryta ringer jobbcoachen samma dag. Ingen behöver säga varför."
SAFETY = "Handledaren visar utgångar, skydd och vem man säger till när något händer."
GOALS = tuple(TrialGoal)
SIGNED_BY_PERSON = (SignedHow.OWN_PAGE, SignedHow.LENT_SCREEN, SignedHow.OWN_PAGE)
WRITTEN_BEFORE, ASKED_BEFORE, SIGNED_BEFORE = (timedelta(days=days) for days in (6, 5, 3))
"""How long before the first day it was written, sent to be signed, and signed."""
NOBODY: frozenset[Party] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Which kind of trial, from when to when; who has signed it, and whether anybody has been asked to."""

    kind: TrialKind
    first: date
    last: date
    signed: Collection[Party] = frozenset(Party)
    is_asked: bool = True


class Places:
    """Who is where when, so that no placement has more people than places."""

    def __init__(self) -> None:
        self._stays: dict[int, list[Stay]] = {}

    def take(self, placement_id: int, places: int, first: date, last: date) -> bool:
        """Whether there was a place on all the days; it is taken then."""
        stay, taken = Stay(first, last), self._stays.setdefault(placement_id, [])
        is_free = has_room(places, stay, taken)
        if is_free:
            taken.append(stay)
        return is_free


def begin(asked: Asked, stretch: Stretch, today: date) -> Trial:
    """The trial that came of a question, with its first version."""
    life = asked.life
    begun = min(workday(stretch.first - WRITTEN_BEFORE), workday(today - timedelta(days=3)))
    trial = Trial(
        participant=life.participant,
        placement=asked.placement,
        introduction=asked.introduction,
        account_id=life.writer.id,
        kind=stretch.kind.value,
        begun_on=begun,
        created_at=moment(begun, life.rng("trial")),
    )
    db.session.add(trial)
    line = f"Överenskommelse påbörjad om ”{asked.placement.title}”."
    note(
        life, begun, ContactType.TRIAL_BEGUN, line, "Vi skriver om din provplats.", placement=asked.placement
    )
    _write(asked, trial, stretch, begun, today)
    return trial


def prolong(asked: Asked, trial: Trial, stretch: Stretch, today: date) -> None:
    """A second version that lasts longer, on its way to be signed."""
    written = workday(today - timedelta(days=2))
    agreement = _write(asked, trial, stretch, written, today)
    agreement.change = AgreementChange.EXTENDED.value
    agreement.change_reason = ExtendReason.MORE_TO_LEARN.value
    line = f"”{asked.placement.title}”: längre tid, till {stretch.last}."
    note(
        asked.life,
        written,
        ContactType.TRIAL_CHANGED,
        line,
        "Du kan få stanna längre.",
        placement=asked.placement,
    )


def _write(asked: Asked, trial: Trial, stretch: Stretch, written: date, today: date) -> Agreement:
    life, number = asked.life, len(trial.agreements) + 1
    rng = rng_for("agreement", life.number, asked.placement.id, number)
    is_visit = stretch.kind is TrialKind.STUDY_VISIT
    agreement = Agreement(
        number=number,
        account_id=life.writer.id,
        from_date=stretch.first,
        to_date=stretch.last,
        supervisor=asked.placement.supervisor,
        goal="" if is_visit else GOALS[life.number % len(GOALS)].value,
        insurance="" if is_visit else Insurance.MUNICIPALITY.value,
        safety_introduction_on=None if is_visit else stretch.first,
        created_at=moment(written, rng),
    )
    agreement.tasks, agreement.support = asked.placement.description, asked.placement.supervision or SUPPORT
    if not is_visit:
        agreement.stop_rules, agreement.safety = STOP_RULES, SAFETY
    week = EVERY_DAY if is_visit else WEEKS[life.number % len(WEEKS)]
    agreement.days = [
        AgreementDay(
            day=one.day,
            starts_at=one.times.starts_at,
            ends_at=one.times.ends_at,
            break_minutes=one.times.break_minutes,
        )
        for one in lay_out(week, stretch.first, stretch.last)
    ]
    agreement.adaptations = _adaptations(asked)
    trial.agreements.append(agreement)
    db.session.flush()  # the text and the signatures are about what stands
    agreement.easy = easy_text(trial, agreement)
    if stretch.is_asked:
        asked_on = min(
            max(written, workday(stretch.first - ASKED_BEFORE)), workday(today - timedelta(days=2))
        )
        agreement.asked_at = moment(asked_on, rng)
        _sign(asked, agreement, stretch, max(asked_on, workday(stretch.first - SIGNED_BEFORE)), today)
    return agreement


def _adaptations(asked: Asked) -> list[AgreementAdaptation]:
    """What is to close the gaps of the suggestion; where none was named, what the placement offers first."""
    named = [
        AgreementAdaptation(adaptation_id=gap.adaptation_id, dimension_id=gap.dimension_id, gap=gap.size)
        for gap in asked.introduction.gaps
        if gap.adaptation_id is not None
    ]
    return named or [
        AgreementAdaptation(adaptation_id=one.adaptation_id) for one in asked.placement.adaptations[:1]
    ]


def _sign(asked: Asked, agreement: Agreement, stretch: Stretch, on: date, today: date) -> None:
    day = min(on, workday(today - timedelta(days=1)))
    life, contact = asked.life, asked.contact
    by = {
        Party.PERSON: (
            life.participant.name,
            SIGNED_BY_PERSON[life.number % len(SIGNED_BY_PERSON)],
            life.writer.id,
            None,
            Actor.PERSON,
        ),
        Party.EMPLOYER: (contact.name, SignedHow.LINK, None, contact.id, Actor.EMPLOYER),
        Party.COACH: (life.writer.name, SignedHow.SIGNED_IN, life.writer.id, None, Actor.STAFF),
    }
    for party, (name, how, account_id, contact_id, actor) in by.items():
        if party not in stretch.signed:
            continue
        signature = Signature(
            party=party.value, how=how.value, signed_on=day, account_id=account_id, contact_id=contact_id
        )
        signature.created_at = moment(day, rng_for("signature", life.number, party, agreement.number))
        signature.name = name
        agreement.signatures.append(signature)
        line, own_line = _signed_words(asked, party, agreement.number)
        note(life, day, ContactType.TRIAL_SIGNED, line, own_line, placement=asked.placement, actor=actor)


def _signed_words(asked: Asked, party: Party, number: int) -> tuple[str, str]:
    who, own_line = {
        Party.EMPLOYER: ("Arbetsgivaren", "Jobbet har sagt ja till dig."),
        Party.PERSON: ("Personen", "Du har sagt ja till att prova jobbet."),
        Party.COACH: ("Coachen", "Din coach har skrivit under."),
    }[party]
    version = f", version {number}" if number > 1 else ""
    return f"{asked.placement.title}{version}: {who.lower()} har skrivit under.", own_line


def cancel(asked: Asked, trial: Trial, on: date) -> None:
    """It never came to be."""
    trial.cancelled_on, trial.cancelled_by = on, Whose.EMPLOYER.value
    trial.end_reason = EndReason.EMPLOYER_CHANGED.value
    trial.end_words = "De bygger om och kan inte ta emot någon före sommaren."
    line = f"”{asked.placement.title}” blev inte av: det ändrades hos arbetsgivaren."
    note(asked.life, on, ContactType.TRIAL_ENDED, line, "Din provplats blir inget den här gången.")


def interrupt(asked: Asked, trial: Trial, on: date) -> None:
    """It ended before its day."""
    trial.interrupted_on, trial.interrupted_by = on, Whose.PERSON.value
    trial.end_reason = EndReason.HIGH_PACE.value
    trial.end_words = "Det gick för fort runt lunch."
    line = f"”{asked.placement.title}” avbröts: det gick för fort."
    note(asked.life, on, ContactType.TRIAL_ENDED, line, "Du har slutat på din provplats.")
