"""What was told while a trial lasted: the days, how it goes, and whether it could be a job."""

from collections.abc import Mapping
from datetime import date

from aktema.core.db import db
from aktema.demo.days import moment, next_workday, rng_for
from aktema.demo.introductions import Asked
from aktema.demo.journal import note
from aktema.pathway.check_in_codes import CheckInAnswer, DaySource, JobAnswer, ToldHow
from aktema.pathway.check_in_queries import begun_on
from aktema.pathway.review_queries import ended_on
from aktema.pathway.rules.check_ins import CheckInDue, due_days
from aktema.pathway.rules.job_questions import EVERY_MONTHS
from aktema.pathway.trial_models import CheckIn, JobQuestion, Trial
from aktema.pathway.trial_queries import days_of, in_force
from aktema.pathway.trial_states import Party
from aktema.plans.codes import Absence
from aktema.plans.models import Attendance
from aktema.plans.rules.calendar import add_months
from aktema.steps.codes import Actor, ContactType

ABSENT_SHARE, PART_SHARE, TOLD_SHARE = 0.07, 0.08, 0.85
ABSENCES = (Absence.ILL, Absence.ILL, Absence.MEDICAL_VISIT, Absence.TRANSPORT_FAILED)
DAY_WORDS = (
    ("Inte här.", "Du var borta från jobbet."),
    ("Här en del av tiden.", "Du var på jobbet en del av dagen."),
    ("Här hela tiden.", "Du var på jobbet hela dagen."),
)
TALK_WORDS = "Vill prata om rasten. Det är mycket folk i fikarummet."
DUE_WORDS: Mapping[CheckInDue, str] = {
    CheckInDue.DAY_1: "Första dagen",
    CheckInDue.WEEK_1: "Efter en vecka",
    CheckInDue.WEEK_2: "Efter två veckor",
    CheckInDue.WEEK_4: "Efter fyra veckor",
}
PARTIES = (
    (Party.PERSON, "personen", ToldHow.OWN_PAGE, Actor.PERSON),
    (Party.EMPLOYER, "arbetsgivaren", ToldHow.LINK, Actor.EMPLOYER),
)


def attend(asked: Asked, trial: Trial, order_id: int | None, today: date) -> None:
    """The days so far, mostly as they were agreed, with a line about each; while it lasts the newest waits."""
    agreed = in_force(trial)
    last = min(today, trial.interrupted_on or today)
    days = [one for one in days_of(agreed) if one.day < last] if agreed else []
    is_over = (ended_on(trial) or today) < today
    rng = rng_for("trial days", trial.participant_id, trial.kind)
    for one in days if is_over else days[:-1]:
        chance = rng.random()
        minutes = 0 if chance < ABSENT_SHARE else one.minutes
        if ABSENT_SHARE <= chance < ABSENT_SHARE + PART_SHARE:
            minutes = one.minutes // 2
        row = Attendance(
            participant_id=trial.participant_id,
            order_id=order_id,
            trial_id=trial.id,
            day=one.day,
            minutes=minutes,
            absence=rng.choice(ABSENCES).value if minutes < one.minutes else None,
            source=rng.choice((DaySource.EMPLOYER, DaySource.EMPLOYER, DaySource.STAFF)).value,
            account_id=trial.account_id,
            created_at=moment(one.day, rng),
        )
        db.session.add(row)
        _tell_day(asked, row, DAY_WORDS[(minutes > 0) + (minutes == one.minutes)])


def _tell_day(asked: Asked, row: Attendance, words: tuple[str, str]) -> None:
    line, own_line = words
    note(
        asked.life,
        row.day,
        ContactType.TRIAL_DAY,
        f"{asked.placement.title}. {line}",
        own_line,
        placement=asked.placement,
        actor=Actor(row.source),
    )


def check_in(asked: Asked, trial: Trial, today: date, *, is_newest_open: bool = False) -> list[CheckIn]:
    """What both sides answered when they were asked; nobody has answered the newest where that is left open."""
    agreed, first = in_force(trial), begun_on(trial)
    if agreed is None or first is None or agreed.to_date is None:
        return []
    last = min(today, trial.interrupted_on or today)
    come = [(due, next_workday(day)) for due, day in due_days(first, agreed.to_date)]
    come = [(due, day) for due, day in come if day < last]
    rng = rng_for("check-ins", trial.participant_id, trial.placement_id)
    told = [
        _told(asked, trial, due, day, party)
        for due, day in (come[:-1] if is_newest_open else come)
        for party in PARTIES
        if rng.random() < TOLD_SHARE
    ]
    db.session.add_all(told)
    return told


def _told(
    asked: Asked, trial: Trial, due: CheckInDue, day: date, party: tuple[Party, str, ToldHow, Actor]
) -> CheckIn:
    of, who, how, actor = party
    line = f"{DUE_WORDS[due]} på ”{asked.placement.title}”. {who.capitalize()}: det går bra."
    own_line = "Du sa att det går bra." if of is Party.PERSON else "Jobbet sa att det går bra."
    note(asked.life, day, ContactType.CHECK_IN, line, own_line, placement=asked.placement, actor=actor)
    return CheckIn(
        trial_id=trial.id,
        due=due.value,
        party=of.value,
        answer=CheckInAnswer.WELL.value,
        how=how.value,
        answered_on=day,
        created_at=moment(day, rng_for("told", trial.participant_id, due, of)),
    )


def want_to_talk(asked: Asked, trial: Trial, due: CheckInDue, day: date) -> None:
    """The person wants to talk, and nobody has talked with them yet."""
    wish = CheckIn(
        trial_id=trial.id,
        due=due.value,
        party=Party.PERSON.value,
        answer=CheckInAnswer.TALK.value,
        how=ToldHow.OWN_PAGE.value,
        answered_on=day,
        created_at=moment(day, asked.life.rng("wants to talk")),
    )
    wish.words = TALK_WORDS
    db.session.add(wish)
    line = f"{DUE_WORDS[due]} på ”{asked.placement.title}”. Personen: vill prata."
    note(
        asked.life,
        day,
        ContactType.CHECK_IN,
        line,
        "Du ville prata.",
        placement=asked.placement,
        actor=Actor.PERSON,
    )


def ask_about_job(asked: Asked, trial: Trial, first: date, today: date) -> None:
    """The question of the sixth month, where that has come, and its answer."""
    asked_on = next_workday(add_months(first, EVERY_MONTHS))
    if asked_on >= today:
        return
    row = JobQuestion(
        trial_id=trial.id,
        month=EVERY_MONTHS,
        answer=JobAnswer.LATER.value,
        asked_on=asked_on,
        account_id=trial.account_id,
        created_at=moment(asked_on, asked.life.rng("job question")),
    )
    row.words = "De anställer kanske nästa år. Personen vill stanna."
    db.session.add(row)
    line = f"Kan ”{asked.placement.title}” bli ett jobb, efter {EVERY_MONTHS} månader: kanske längre fram."
    own_line = "Vi pratade om att platsen kan bli ett jobb."
    note(asked.life, asked_on, ContactType.CHECK_IN, line, own_line, placement=asked.placement)
