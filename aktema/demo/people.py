"""The participants, those who work with them, and those who speak for them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.personal_number import Sex
from aktema.core.swedish import sort_key
from aktema.demo import content
from aktema.demo.accounts import Staff
from aktema.demo.days import Deck, moment, rng_for
from aktema.demo.lives import Arc, Course, Life, courses
from aktema.demo.numbers import fictional_phones, personal_number
from aktema.people.codes import AssignmentKind, CameFrom, Communication, RepresentativeKind
from aktema.people.duplicates import number_index
from aktema.people.models import Assignment, Participant, Representative
from aktema.people.rules import age_on

AGES = ((21, 34, 46), (35, 54, 36), (55, 64, 18))
"""Youngest, oldest and share in per cent of each generation."""
GENERATIONS = (("young", 34), ("middle", 54), ("older", 64))
COMMUNICATION = {
    Communication.SPEECH: 60,
    Communication.EASY_READ: 15,
    Communication.PICTURES: 11,
    Communication.SIGNS: 6,
    Communication.WRITING: 5,
    Communication.OTHER: 3,
}
NOTES = {
    Communication.SPEECH: (
        "Behöver tid att svara. Räkna tyst till tio innan du frågar igen.",
        "En fråga i taget, och helst inte i telefon.",
        "Hör sämre på vänster öra. Sitt till höger.",
        "Pratar somaliska hemma och tar gärna om det viktigaste på svenska två gånger.",
    ),
    Communication.EASY_READ: (
        "Vill ha papperet med sig hem och läsa i lugn och ro.",
        "Stor text, svart på vitt.",
    ),
    Communication.PICTURES: (
        "Pekar i sin egen bildbok. Den ligger i ryggsäcken.",
        "Två bilder att välja mellan går bra, fler blir för mycket.",
        "Bilderna ska vara foton, inte ritade.",
    ),
    Communication.SIGNS: (
        "Tecken som stöd. Förstår mer tal än man tror.",
        "Teckenspråk är modersmålet. Boka tolk i god tid.",
    ),
    Communication.WRITING: ("Svarar hellre med sms än med röst.",),
    Communication.OTHER: (
        "Tittar åt det håll svaret finns. Läs ansiktet och vänta in.",
        "Pekar på klockan när det räcker.",
    ),
}
CAME_FROM = {
    "young": {CameFrom.SCHOOL: 50, CameFrom.DAY_ACTIVITY: 35, CameFrom.NOTHING: 12, CameFrom.WORK: 3},
    "middle": {CameFrom.DAY_ACTIVITY: 72, CameFrom.NOTHING: 14, CameFrom.WORK: 10, CameFrom.OTHER: 4},
    "older": {CameFrom.DAY_ACTIVITY: 80, CameFrom.NOTHING: 10, CameFrom.WORK: 8, CameFrom.OTHER: 2},
}
GUARDIAN_SHARE, PARENT_SHARE, PHONE_SHARE = 0.3, 0.12, 0.8
WITHOUT_COACH_SHARE, HANDED_ON_SHARE = 0.25, 0.12
"""Of the new ones, and of those who have been here for long."""
SCOPES = (
    ("Ekonomi och avtal", "property"),
    ("Bevaka rätt, förvalta egendom, sörja för person", "rights,property,person"),
    ("Kontakt med myndigheter", "rights"),
)
"""What guardians' decisions say, and which areas that is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Decks:
    """Everything that is given to one person only."""

    first_names: dict[tuple[str, str], Deck[str]]
    surnames: Deck[str]
    wishes: Deck[content.Wish]
    notes: dict[Communication, Deck[str]]
    phones: Iterator[str]
    used_numbers: set[str]


def add_people(count: int, staff: Staff, today: date) -> list[Life]:
    """So many participants with those who work with them, and representatives for some."""
    decks = _decks()
    lives = [
        _life(number, course, decks, staff, today) for number, course in enumerate(courses(count, today))
    ]
    db.session.add_all(life.participant for life in lives)
    db.session.flush()  # what follows refers to them by id
    return lives


def _decks() -> _Decks:
    taken = {employer.phone for employer in content.employers()}
    rng, kinds = rng_for("decks"), Counter((one.sex, one.generation) for one in content.first_names())
    return _Decks(
        first_names={
            kind: Deck([one.name for one in content.first_names() if (one.sex, one.generation) == kind], rng)
            for kind in kinds
        },
        surnames=Deck(content.surnames(), rng),
        wishes=Deck(content.wishes(), rng),
        notes={kind: Deck(notes, rng) for kind, notes in NOTES.items()},
        phones=(phone for phone in fictional_phones() if phone not in taken),
        used_numbers=set(),
    )


def _life(number: int, course: Course, decks: _Decks, staff: Staff, today: date) -> Life:
    rng = rng_for("person", number)
    participant = _participant(course, decks, rng, today)
    writer = _assign(participant, course, staff, rng)
    guardian = _add_representatives(participant, course, decks, rng, today)
    return Life(
        number=number,
        arc=course.arc,
        participant=participant,
        registered=course.registered,
        last_day=course.last_day,
        first_day=course.first_day,
        writer=writer,
        wish=decks.wishes.draw() if course.arc is not Arc.NEW and rng.random() < 0.92 else None,
        has_guardian=guardian,
        is_silent=course.is_silent,
    )


def _participant(course: Course, decks: _Decks, rng: Random, today: date) -> Participant:
    birth_date = _birth_date(rng, today)
    generation = next(name for name, oldest in GENERATIONS if age_on(birth_date, today) <= oldest)
    sex: Sex = rng.choice(("woman", "man"))
    first_name, last_name = _name(decks, sex, generation, rng)
    participant = Participant(
        first_name=first_name,
        last_name=last_name,
        sort_key=sort_key(f"{first_name} {last_name}"),
        birth_date=birth_date,
        sex=sex,
        communication=_weighted(COMMUNICATION, rng).value,
        came_from=_weighted(CAME_FROM[generation], rng).value,
        locality_id=rng.choice(content.employers()).locality.id,
        created_at=moment(course.registered, rng),
        closed_on=course.last_day if course.arc is Arc.CLOSED else None,
    )
    _seal(participant, decks, rng, personal_number(birth_date, sex))
    return participant


def _seal(participant: Participant, decks: _Decks, rng: Random, number: str | None) -> None:
    participant.communication_note = decks.notes[Communication(participant.communication)].draw()
    if rng.random() < PHONE_SHARE:
        participant.phone = next(decks.phones, None)
    if number is not None and number not in decks.used_numbers:
        decks.used_numbers.add(number)
        participant.personal_number = number
        participant.personal_number_index = number_index(number)


def _birth_date(rng: Random, today: date) -> date:
    """A birth date that keeps the person within the ages for some weeks on both sides of today."""
    (youngest, oldest, _share) = rng.choices(AGES, [share for *_ages, share in AGES])[0]
    years = rng.randint(youngest, oldest)
    return today.replace(day=1, year=today.year - years) - timedelta(days=rng.randrange(30, 330))


def _name(decks: _Decks, sex: Sex, generation: str, rng: Random) -> tuple[str, str]:
    """A first name of the generation and a surname, nobody else's as long as there are enough."""
    usual = [one.name for one in content.first_names() if (one.sex, one.generation) == (sex, generation)]
    first = decks.first_names[sex, generation].draw() or rng.choice(usual)
    return first, decks.surnames.draw() or "-".join(rng.sample(content.surnames(), 2))


def _assign(participant: Participant, course: Course, staff: Staff, rng: Random) -> Account:
    """Give the person those who work with them; returns the one who writes about them."""
    provider = rng.choices(("strommen", "lonnlovet"), (60, 40))[0]
    coordinator = rng.choice(staff.with_role(Role.COORDINATOR, provider))
    handler = rng.choice(staff.with_role(Role.LSS_HANDLER))
    earlier, coach = rng.sample(staff.with_role(Role.JOB_COACH), 2)
    own, at = staff.units["aktema"].id, staff.units[provider].id
    participant.assignments = [
        _assignment(AssignmentKind.COORDINATOR, course, coordinator, at),
        _assignment(AssignmentKind.PROVIDER, course, None, at),
        _assignment(AssignmentKind.HANDLER, course, handler, None),
    ]
    if course.arc is Arc.NEW and rng.random() < WITHOUT_COACH_SHARE:
        return coordinator
    coaching = _assignment(AssignmentKind.COACH, course, coach, own)
    if course.arc in (Arc.SEARCHING, Arc.SUPPORTED) and rng.random() < HANDED_ON_SHARE:
        before = _assignment(AssignmentKind.COACH, course, earlier, own)
        coaching.from_date = course.registered + (course.last_day - course.registered) // 2
        before.to_date = coaching.from_date - timedelta(days=1)
        participant.assignments.append(before)
    participant.assignments.append(coaching)
    return coach


def _assignment(
    kind: AssignmentKind, course: Course, account: Account | None, unit_id: int | None
) -> Assignment:
    return Assignment(
        kind=kind.value,
        account_id=account.id if account else None,
        unit_id=unit_id,
        from_date=course.registered,
        created_at=moment(course.registered, rng_for("assignment", kind)),
    )


def _add_representatives(
    participant: Participant, course: Course, decks: _Decks, rng: Random, today: date
) -> bool:
    """A god man for some, a parent for some of the young ones; returns whether there is a god man."""
    has_guardian = rng.random() < GUARDIAN_SHARE
    if has_guardian:
        proof_seen = course.registered + timedelta(days=rng.randrange(0, 3)) if rng.random() < 0.8 else None
        name = f"{rng.choice(content.first_names()).name} {rng.choice(content.surnames())}"
        guardian = _representative(RepresentativeKind.GUARDIAN, name, course, decks, rng)
        (guardian.scope, areas), guardian.proof_seen_on = rng.choice(SCOPES), proof_seen
        guardian.areas = areas if proof_seen else ""
        guardian.to_date = today + timedelta(days=rng.randrange(30, 700)) if proof_seen else None
        guardian.proof_seen_by_id = participant.assignments[2].account_id if proof_seen else None
        participant.representatives.append(guardian)
    elif rng.random() < PARENT_SHARE:
        name = f"{_older_name(rng)} {participant.last_name}"
        participant.representatives.append(
            _representative(RepresentativeKind.PARENT, name, course, decks, rng)
        )
    return has_guardian


def _older_name(rng: Random) -> str:
    return rng.choice([one.name for one in content.first_names() if one.generation == "older"])


def _representative(
    kind: RepresentativeKind, name: str, course: Course, decks: _Decks, rng: Random
) -> Representative:
    representative = Representative(
        kind=kind.value, name=name, from_date=course.registered, created_at=moment(course.registered, rng)
    )
    representative.phone = next(decks.phones, None)
    return representative


C = TypeVar("C")


def _weighted(shares: Mapping[C, int], rng: Random) -> C:
    return rng.choices(list(shares), list(shares.values()))[0]
