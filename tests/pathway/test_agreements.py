"""Writing what is agreed about a trial: its words, its days, longer or shorter, and sent to be signed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.employers.models import Placement
from aktema.pathway import agreement_operations as agreements
from aktema.pathway import trial_operations as operations
from aktema.pathway import trial_queries as queries
from aktema.pathway.agreement_operations import Content
from aktema.pathway.rules.kinds import Part
from aktema.pathway.rules.schedule import DayTimes, Times, lay_out
from aktema.pathway.trial_codes import AgreementChange, EndReason, ExtendReason, Insurance, TrialGoal
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_states import Party, TrialStatus
from aktema.people.models import Participant
from aktema.steps.models import Step
from aktema.vocabulary.queries import dimension_by_code
from tests.support.employers import a_contact, a_placement
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.trials import a_trial, a_version, begin_facts, refused, sign, sign_all

DAY = timedelta(days=1)
TODAY = clock.today()
NINE_TO_TWELVE = Times(starts_at=540, ends_at=720)


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


@pytest.fixture
def person(account: Account) -> Participant:
    return a_participant(coach=account)


@pytest.fixture
def placement(session: Session) -> Placement:
    return a_placement(title="Bageriet", supervision="Linda visar.")


def content(trial: Trial, **values: object) -> Content:
    """Everything an agreement asks for, with what is given instead."""
    told = {
        "tasks": "Baka bullar",
        "goal": TrialGoal.DISCOVER,
        "supervisor": a_contact(trial.placement.employer),
        "support": "Kim är med.",
        "safety": "Ugnen.",
        "safety_introduction_on": TODAY,
        "insurance": Insurance.MUNICIPALITY,
        "stop_rules": "Alva säger stopp.",
        "has_return_right": True,
        "easy": "Du får prova ett jobb.",
        **values,
    }
    return Content(**told)  # type: ignore[arg-type]  # the dataclass's own fields


def every_morning(first: date, last: date) -> list[DayTimes]:
    return list(lay_out(dict.fromkeys(range(5), NINE_TO_TWELVE), first, last))


def signed_version(coach: Identity, trial: Trial) -> Agreement:
    """The trial's first version, whole and signed by all, as the pages make it."""
    first, last = trial.agreements[0].from_date, trial.agreements[0].to_date
    assert first is not None
    assert last is not None
    day = DayTimes(day=first, times=NINE_TO_TWELVE)
    agreements.write_days(coach, trial, [day], from_date=first, to_date=last)
    agreements.write_content(coach, trial, content(trial))
    agreement = agreements.ask_to_sign(trial)
    sign_all(trial)
    return agreement


# Writing


def test_a_draft_is_written_in_place(coach: Identity, person: Participant, placement: Placement) -> None:
    trial = operations.begin_trial(coach, person, placement, begin_facts())
    agreements.write_content(coach, trial, content(trial, tasks="Packa"))
    assert [one.tasks for one in trial.agreements] == ["Packa"]


def test_an_edit_of_what_has_been_sent_makes_a_version_that_nobody_has_signed(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = operations.begin_trial(coach, person, placement, begin_facts())
    signed_version(coach, trial)
    agreements.write_content(coach, trial, content(trial, tasks="Packa", change=AgreementChange.TASKS))
    assert [queries.missing_parties(one) for one in trial.agreements] == [(), tuple(Party)]
    assert [one.tasks for one in trial.agreements] == ["Baka bullar", "Packa"]


def test_what_all_have_signed_holds_until_they_have_signed_something_else(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = operations.begin_trial(coach, person, placement, begin_facts())
    agreed = signed_version(coach, trial)
    agreements.write_content(coach, trial, content(trial, change=AgreementChange.TASKS))
    held = queries.in_force(trial)
    sign_all(trial)
    assert (held, queries.in_force(trial)) == (agreed, trial.agreements[-1])


def test_an_edit_before_all_have_signed_makes_it_a_draft_again(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, signed=False, from_date=TODAY + DAY)
    sign(trial.agreements[0], Party.PERSON)
    agreements.write_content(coach, trial, content(trial, change=AgreementChange.TASKS))
    assert queries.status(trial, TODAY) is TrialStatus.DRAFT


def test_a_new_version_says_what_it_is_for(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    assert refused(lambda: agreements.write_content(coach, trial, content(trial))) == "change"


def test_an_adaptation_that_stays_keeps_its_gap_and_a_new_one_has_none(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, signed=False)
    first, second = (dimension_by_code(code).adaptations[0] for code in ("focus", "work_pace"))
    agreements.write_content(coach, trial, content(trial, adaptation_ids={first.id}))
    trial.agreements[0].adaptations[0].gap = 2
    agreements.write_content(coach, trial, content(trial, adaptation_ids={first.id, second.id}))
    assert [(one.adaptation_id, one.gap) for one in trial.agreements[0].adaptations] == [
        (first.id, 2),
        (second.id, None),
    ]


def test_days_outside_the_period_are_left_out(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = operations.begin_trial(coach, person, placement, begin_facts(length=29))
    first, last = TODAY + DAY, TODAY + 5 * DAY
    agreements.write_days(coach, trial, every_morning(first, last + 9 * DAY), from_date=first, to_date=last)
    assert all(first <= one.day <= last for one in queries.days_of(queries.newest(trial)))


def test_times_that_meet_those_of_another_trial_are_refused(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    a_trial(person, a_placement(title="Lagret"), from_date=TODAY + DAY)
    trial = operations.begin_trial(coach, person, placement, begin_facts())
    day = DayTimes(day=TODAY + DAY, times=Times(starts_at=700, ends_at=900))
    write = lambda: agreements.write_days(  # noqa: E731  # said once, used once
        coach, trial, [day], from_date=TODAY + DAY, to_date=TODAY + DAY
    )
    assert refused(write) == "days"


def test_what_has_been_stays_as_it_was(coach: Identity, person: Participant, placement: Placement) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 7 * DAY, to_date=TODAY + 7 * DAY)
    before = [one for one in queries.days_of(trial.agreements[0]) if one.day < TODAY]
    agreement = agreements.write_days(
        coach,
        trial,
        [],
        from_date=TODAY - 7 * DAY,
        to_date=TODAY + 7 * DAY,
        change=AgreementChange.HOURS,
    )
    assert list(queries.days_of(agreement)) == before


def test_a_version_that_would_begin_on_another_day_is_signed_by_nobody_once_it_runs(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, from_date=TODAY + DAY, to_date=TODAY + 9 * DAY)
    later = a_version(trial, from_date=TODAY + 3 * DAY, to_date=TODAY + 9 * DAY)
    sign(later)
    before = queries.awaits(trial, TODAY)
    assert (before, queries.awaits(trial, TODAY + 2 * DAY)) == (tuple(Party), ())


def test_the_first_day_stays_once_it_has_been(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 7 * DAY, to_date=TODAY + 7 * DAY)
    write = lambda: agreements.write_days(  # noqa: E731  # said once, used once
        coach, trial, [], from_date=TODAY, to_date=TODAY + 7 * DAY, change=AgreementChange.HOURS
    )
    assert refused(write) == "from_date"


# Asking to sign


def test_nothing_is_sent_to_be_signed_before_it_is_whole(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = operations.begin_trial(coach, person, placement, begin_facts())
    assert Part.DAYS in agreements.lacking(trial)
    with pytest.raises(DomainError):
        agreements.ask_to_sign(trial)


def test_nothing_is_sent_to_be_signed_twice(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = operations.begin_trial(coach, person, placement, begin_facts())
    signed_version(coach, trial)
    with pytest.raises(DomainError):
        agreements.ask_to_sign(trial)


def test_what_has_been_sent_waits_for_all_three(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    placement.supervisor = a_contact(placement.employer)
    trial = a_trial(person, placement, signed=False)
    agreements.ask_to_sign(trial)
    sign(trial.agreements[0], Party.COACH)
    assert queries.awaits(trial, TODAY) == (Party.PERSON, Party.EMPLOYER)


def test_what_is_sent_to_be_signed_stands_on_the_timeline(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    placement.supervisor = a_contact(placement.employer)
    agreements.ask_to_sign(a_trial(person, placement, signed=False))
    step = db.session.scalars(select(Step)).one()
    assert (step.contact_type, step.own_line) == ("trial_to_sign", "Nu kan du läsa om din provplats.")


def test_too_many_days_are_not_sent_to_be_signed(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, signed=False, from_date=TODAY, to_date=TODAY + 29 * DAY, days=False)
    agreements.write_content(coach, trial, content(trial))
    every_day = lay_out(dict.fromkeys(range(7), NINE_TO_TWELVE), TODAY, TODAY + 29 * DAY)
    agreements.write_days(coach, trial, every_day, from_date=TODAY, to_date=TODAY + 29 * DAY)
    with pytest.raises(DomainError):
        agreements.ask_to_sign(trial)


# Longer, shorter, over


def test_an_extension_goes_on_as_the_last_week_did(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, kind="workplace_placement")
    agreement = agreements.extend(coach, trial, TODAY + 60 * DAY, ExtendReason.GOES_WELL, "Båda vill.")
    assert (agreement.change, agreement.to_date) == ("extended", TODAY + 60 * DAY)
    assert (agreement.change_reason, agreement.change_words) == ("goes_well", "Båda vill.")
    assert len(agreement.days) > 30


@pytest.mark.parametrize("days", [6, 3, 30])
def test_an_extension_ends_later_and_within_its_kind(
    coach: Identity, person: Participant, placement: Placement, days: int
) -> None:
    trial = a_trial(person, placement)
    extend = lambda: agreements.extend(  # noqa: E731  # said once, used once
        coach, trial, TODAY + days * DAY, ExtendReason.ABSENCE
    )
    assert refused(extend) == "to_date"


def test_a_shorter_one_says_why_and_loses_its_last_days(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    agreement = agreements.shorten(coach, trial, TODAY + DAY, EndReason.HEALTH, "Operation")
    assert (agreement.change_reason, agreement.change_words) == ("health", "Operation")
    assert max(one.day for one in queries.days_of(agreement)) <= TODAY + DAY


def test_another_change_in_the_same_draft_forgets_why_it_was_shorter(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    agreements.shorten(coach, trial, TODAY + DAY, EndReason.HEALTH, "Operation")
    agreement = agreements.write_content(coach, trial, content(trial, change=AgreementChange.TASKS))
    assert (agreement.change, agreement.change_reason, agreement.change_words) == ("tasks", "", None)


def test_a_shorter_one_keeps_its_reason_while_its_words_are_written(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    agreements.shorten(coach, trial, TODAY + DAY, EndReason.HEALTH)
    agreement = agreements.write_content(coach, trial, content(trial))
    assert (agreement.change, agreement.change_reason) == ("shortened", "health")


@pytest.mark.parametrize("days", [-1, 6, 7])
def test_a_shorter_one_ends_from_today_and_earlier(
    coach: Identity, person: Participant, placement: Placement, days: int
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - DAY, to_date=TODAY + 6 * DAY)
    shorten = lambda: agreements.shorten(  # noqa: E731  # said once, used once
        coach, trial, TODAY + days * DAY, EndReason.HEALTH
    )
    assert refused(shorten) == "to_date"


def test_longer_and_shorter_are_measured_against_what_all_have_signed(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    agreements.extend(coach, trial, TODAY + 13 * DAY, ExtendReason.ABSENCE)
    shorten = lambda: agreements.shorten(  # noqa: E731  # said once, used once
        coach, trial, TODAY + 7 * DAY, EndReason.HEALTH
    )
    assert refused(shorten) == "to_date"
    assert agreements.extend(coach, trial, TODAY + 9 * DAY, ExtendReason.ABSENCE).to_date == TODAY + 9 * DAY


def test_a_shorter_one_after_an_even_shorter_one_has_days_to_its_end(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement, from_date=TODAY - 14 * DAY, to_date=TODAY + 13 * DAY)
    agreements.shorten(coach, trial, TODAY, EndReason.HEALTH)
    agreement = agreements.shorten(coach, trial, TODAY + 9 * DAY, EndReason.HEALTH)
    assert max(one.day for one in queries.days_of(agreement)) > TODAY + 5 * DAY


def test_a_change_can_be_thrown_away_until_it_is_sent(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    agreements.extend(coach, trial, TODAY + 20 * DAY, ExtendReason.ABSENCE)
    agreements.drop_change(trial)
    db.session.flush()
    assert db.session.scalar(select(func.count()).select_from(Agreement)) == 1


def test_what_has_been_sent_is_not_thrown_away(
    coach: Identity, person: Participant, placement: Placement
) -> None:
    trial = a_trial(person, placement)
    with pytest.raises(DomainError):
        agreements.drop_change(trial)
