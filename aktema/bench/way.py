"""How long the lists around trials and jobs take where there are many, against an empty page of the same run.

An empty page is that of `bench pages`: the timeline of a person about whom nothing is written. Pages composed of
several lists are shown beside: their statements have a bar of their own, and their time has none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, cycle
from statistics import median
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from aktema.access.consent_models import Consent
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.bench.installation import add_account, add_unit, signed_in, statements, temporary_installation
from aktema.bench.pages import MOST_QUERIES, seconds
from aktema.bench.people import add_people
from aktema.bench.report import Figure
from aktema.bench.town import PLACEMENTS_PER_EMPLOYER, Town
from aktema.core import clock, crypto
from aktema.core.bulk import insert_for_ids, insert_rows
from aktema.core.db import db
from aktema.core.ids import new_public_id
from aktema.employers.models import Contact, Placement
from aktema.pathway.models import Introduction
from aktema.pathway.outcome_models import Employment, Outcome
from aktema.pathway.review_models import Review, ReviewAnswer
from aktema.pathway.rules.card import Card
from aktema.pathway.trial_models import Agreement, AgreementDay, Signature, Trial
from aktema.people.models import Participant
from aktema.steps.models import Step

MOST_RATIO = 4
MOST_OF_COMPOSED = 45
"""Statements of a page that is composed of several lists: docs/adr/0019."""
PARTIES = ("person", "employer", "coach")
ONE_DAY = timedelta(days=1)
EVERY_HIRE, RUNNING, SILENT, EVERY_REVIEW = 40, 5, 3, 8
"""One trial in so many ended in a job; of every so many trials one is going on; so many employers never answer.

Of one trial in so many person and employer have said different things.
"""
CARD = Card(called="Alva").to_json()
Row = dict[str, Any]
LISTS = {
    "caseload": "/deltagare",
    "placements": "/platser",
    "register": "/register",
    "register, silent ones": "/register?look=silent",
    "register, never asked": "/register?look=never_asked",
    "jobs to follow up": "/uppfoljning/jobb",
    "trials of a person": "/deltagare/{person}/provplatser",
    "questions of a person": "/deltagare/{person}/fragor",
    "timeline of a person": "/deltagare/{person}/tidslinje",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How many there are, how many of the people one coach has, and how often each page is opened."""

    people: int = 5000
    own: int = 50
    placements: int = 2000
    trials: int = 20_000
    lines: int = 2000
    rounds: int = 15


def measure(scale: Scale | None = None) -> list[Figure]:
    """The figures of the lists. Times are medians of pages opened in turn with the empty one."""
    scale = scale or Scale()
    with temporary_installation() as app:
        unit = add_unit("Enheten")
        coach, others = add_account("En", Role.JOB_COACH, unit), add_account("Andra", Role.JOB_COACH, unit)
        person = add_people(scale.own, coach, unit.id)[0]
        add_people(scale.people - scale.own, others, unit.id)
        empty = add_people(1, coach, unit.id)[0]
        Town().grow_placements(scale.placements)
        _add_trials(coach, scale)
        _add_questions(coach, scale)
        _add_lines(person, coach, scale.lines)
        employer = _add_employer_account()
        db.session.commit()
        stopwatch = Stopwatch(signed_in(app, coach), f"/deltagare/{empty}/tidslinje", scale.rounds)
        composed = {
            "Idag": (signed_in(app, coach), "/"),
            "Idag of all other people": (signed_in(app, others), "/"),
            "an employer's first page": (signed_in(app, employer), "/min-arbetsplats"),
        }
        return [*_lists(stopwatch, person), *_composed(stopwatch, composed)]


def _add_trials(coach: Account, scale: Scale) -> None:
    """Trials that all have signed, shared out among people and placements; some of them led to jobs."""
    people = list(db.session.scalars(select(Participant.id).order_by(Participant.id)))
    trials = [_trial(number, people, coach, scale) for number in range(scale.trials)]
    ids = insert_for_ids(Trial, trials)
    agreements = [_agreement(number, key, coach) for number, key in enumerate(ids)]
    for agreement, key in zip(agreements, insert_for_ids(Agreement, agreements), strict=True):
        agreement["id"] = key
    insert_rows(Signature, [row for agreement in agreements for row in _signatures(agreement, coach)])
    insert_rows(AgreementDay, [_day(agreement) for agreement in agreements])
    _add_reviews(ids[1::EVERY_REVIEW])
    _add_jobs(trials[::EVERY_HIRE], ids[::EVERY_HIRE], coach)


def _add_questions(coach: Account, scale: Scale) -> None:
    """As many questions as trials. Half of the employers are never asked.

    Those who let questions run out have got one for each placement: they are asked no more. The others said yes.
    """
    people = list(db.session.scalars(select(Participant.id).order_by(Participant.id)))
    employers = dict(db.session.execute(select(Placement.id, Placement.employer_id)).all())
    asked = [key for key in employers if employers[key] // PLACEMENTS_PER_EMPLOYER % 2]
    rows = [_question(people[number % (len(people) - 1)], coach) for number in range(scale.trials)]
    consents = insert_for_ids(Consent, [_consent(row) for row in rows])
    answering = [key for key in asked if employers[key] % SILENT]
    places = chain(asked, cycle(answering))
    for row, consent, place in zip(rows, consents, places, strict=False):
        answer = _employers_answer(row["sent_on"], is_silent=employers[place] % SILENT == 0)
        row |= {"placement_id": place, "consent_id": consent, **answer}
    insert_rows(Introduction, rows)


def _consent(question: Row) -> Row:
    return {
        "public_id": new_public_id(),
        "participant_id": question["participant_id"],
        "receiver_id": 1,
        "purpose": "introduction",
        "fields": "called",
        "from_date": question["asked_on"],
        "to_date": clock.today() + 90 * ONE_DAY,
        "given_by": "person",
        "channel": "speech",
        "account_id": question["account_id"],
    }


def _employers_answer(sent_on: date, *, is_silent: bool) -> Row:
    day = sent_on + 14 * ONE_DAY
    ran_out = {"closed_on": day, "closed_reason": "employer_silent", "closed_by": "employer"}
    said_yes = {"employer_answer": "yes", "employer_answered_on": day}
    return dict.fromkeys((*ran_out, *said_yes)) | (ran_out if is_silent else said_yes)


def _question(participant_id: int, coach: Account) -> Row:
    day, public_id = clock.today() - 40 * ONE_DAY, new_public_id()
    return {
        "public_id": public_id,
        "participant_id": participant_id,
        "account_id": coach.id,
        "asked_on": day,
        "answer": "yes",
        "answered_on": day,
        "sent_on": day + 5 * ONE_DAY,
        "card_sealed": crypto.seal(CARD, f"Introduction.card_sealed:{public_id}"),
    }


def _trial(number: int, people: Sequence[int], coach: Account, scale: Scale) -> Row:
    return {
        "public_id": new_public_id(),
        "participant_id": people[number % (len(people) - 1)],
        "placement_id": 1 + number % scale.placements,
        "account_id": coach.id,
        "kind": "taster",
        "begun_on": clock.today() - 40 * ONE_DAY,
    }


def _agreement(number: int, trial_id: int, coach: Account) -> Row:
    ended = number % RUNNING != 0
    return {
        "public_id": new_public_id(),
        "trial_id": trial_id,
        "number": 1,
        "account_id": coach.id,
        "from_date": clock.today() - 30 * ONE_DAY,
        "to_date": clock.today() + (-20 if ended else 5) * ONE_DAY,
        "asked_at": clock.now() - 35 * ONE_DAY,
    }


def _signatures(agreement: Row, coach: Account) -> Iterator[Row]:
    for party in PARTIES:
        public_id = new_public_id()
        yield {
            "public_id": public_id,
            "agreement_id": agreement["id"],
            "party": party,
            "how": "paper",
            "name_sealed": crypto.seal("Namn", f"Signature.name_sealed:{public_id}"),
            "signed_on": clock.today() - 35 * ONE_DAY,
            "account_id": coach.id,
        }


def _day(agreement: Row) -> Row:
    return {"agreement_id": agreement["id"], "day": agreement["from_date"], "starts_at": 540, "ends_at": 720}


def _add_reviews(trial_ids: Sequence[int]) -> None:
    """Both voices of each trial, who saw the pace differently."""
    voices = [(key, voice) for key in trial_ids for voice in ("person", "employer")]
    common = {"how": "link", "reviewed_on": clock.today() - 10 * ONE_DAY, "completion": "completed"}
    rows = [
        {**common, "public_id": new_public_id(), "trial_id": key, "voice": voice} for key, voice in voices
    ]
    said = [
        {"review_id": key, "question": "pace", "answer": 0 if row["voice"] == "person" else 4}
        for key, row in zip(insert_for_ids(Review, rows), rows, strict=True)
    ]
    insert_rows(ReviewAnswer, said)


def _add_lines(person: str, coach: Account, lines: int) -> None:
    """A long timeline of the person."""
    key = db.session.scalars(select(Participant.id).where(Participant.public_id == person)).one()
    insert_rows(Step, [_line(key, coach, number) for number in range(lines)])


def _line(participant_id: int, coach: Account, number: int) -> Row:
    public_id = new_public_id()
    return {
        "public_id": public_id,
        "participant_id": participant_id,
        "account_id": coach.id,
        "phase": "support",
        "contact_type": "talk_with_person",
        "happened_on": clock.today() - number * ONE_DAY,
        "minutes": 30,
        "place": "office",
        "line_sealed": crypto.seal("Vi pratade om hur det går.", f"Step.line_sealed:{public_id}"),
    }


def _add_employer_account() -> Account:
    """Somebody who signs in at an employer with many trials and many questions that it answered."""
    employers = db.session.scalars(select(Placement.employer_id).distinct().order_by(Placement.employer_id))
    employer_id = next(key for key in employers if key // PLACEMENTS_PER_EMPLOYER % 2 and key % SILENT)
    account = add_account("Arbetsgivaren", Role.EMPLOYER)
    contact = Contact(employer_id=employer_id, name="Linda Ask", account_id=account.id, is_admin=True)
    db.session.add(contact)
    return account


def _add_jobs(trials: Sequence[Row], ids: Sequence[int], coach: Account) -> None:
    outcomes = [
        {
            "public_id": new_public_id(),
            "participant_id": trial["participant_id"],
            "trial_id": key,
            "kind": "job",
            "happened_on": clock.today() - 15 * ONE_DAY,
            "account_id": coach.id,
        }
        for trial, key in zip(trials, ids, strict=True)
    ]
    keys = insert_for_ids(Outcome, outcomes)
    insert_rows(Employment, [_job(row, key, coach) for row, key in zip(outcomes, keys, strict=True)])


def _job(outcome: Row, outcome_id: int, coach: Account) -> Row:
    public_id = new_public_id()
    return {
        "public_id": public_id,
        "participant_id": outcome["participant_id"],
        "outcome_id": outcome_id,
        "workplace_sealed": crypto.seal("Huset", f"Employment.workplace_sealed:{public_id}"),
        "form": "ordinary",
        "weekly_minutes": 1200,
        "from_date": clock.today() - 10 * ONE_DAY,
        "account_id": coach.id,
    }


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Opens pages in turn with the empty one, so that a busy moment meets both."""

    client: FlaskClient
    empty: str
    rounds: int

    def ratio(self, client: FlaskClient, path: str) -> float:
        """How many empty pages the page takes."""
        seconds(self.client, self.empty), seconds(client, path)  # the first of each reads templates
        times = [(seconds(self.client, self.empty), seconds(client, path)) for _ in range(self.rounds)]
        return median(one for _, one in times) / median(one for one, _ in times)


def _queries(client: FlaskClient, path: str) -> int:
    with statements() as sent:
        seconds(client, path)
    return len(sent)


def _lists(stopwatch: Stopwatch, person: str) -> Iterator[Figure]:
    for name, path in LISTS.items():
        page = path.format(person=person)
        ratio = stopwatch.ratio(stopwatch.client, page)
        sent = _queries(stopwatch.client, page)
        yield Figure(name=f"{name}, in empty pages", value=ratio, unit="times", op="<=", bar=MOST_RATIO)
        yield Figure(name=f"{name}, queries", value=sent, unit="queries", op="<=", bar=MOST_QUERIES)


def _composed(stopwatch: Stopwatch, pages: Mapping[str, tuple[FlaskClient, str]]) -> Iterator[Figure]:
    """The bar is for the statements; how long as many lists as these take is shown and held to nothing."""
    for name, (client, path) in pages.items():
        ratio = stopwatch.ratio(client, path)
        sent = _queries(client, path)
        yield Figure(name=f"{name}, in empty pages", value=ratio, unit="times", op="", bar=0)
        yield Figure(name=f"{name}, queries", value=sent, unit="queries", op="<=", bar=MOST_OF_COMPOSED)
