"""The employer register: whom we know, how it has gone, and whom nobody has asked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.paging import Cursor
from aktema.employers.merge_operations import merge
from aktema.employers.models import Employer, Placement
from aktema.home import register_page
from aktema.home.register_queries import (
    Figures,
    Look,
    RegisterFilter,
    figures_of,
    list_register,
    refusals_of,
    silences,
    silent_employer_tasks,
)
from aktema.pathway.introduction_codes import EmployerReason
from aktema.pathway.models import Introduction
from aktema.pathway.outcome_models import Employment, Outcome
from aktema.people.models import Participant
from tests.conftest import QueryCount
from tests.support.employers import a_locality, a_placement, a_workplace, an_employer
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.trials import a_trial
from tests.support.visits import a_visit

SignIn = Callable[[Account], PageClient]
TODAY = clock.today()
DAY = timedelta(days=1)


@pytest.fixture
def worker(session: Session) -> Account:
    account = an_account(Role.JOB_COACH, a_unit())
    act_as(account)
    return account


@pytest.fixture
def person(session: Session) -> Participant:
    return a_participant()


@pytest.fixture
def placement(session: Session) -> Placement:
    return a_placement()


def a_question(placement: Placement, person: Participant, account: Account, **values: Any) -> Introduction:
    """A question that was sent a month ago; `values` are columns of the model."""
    consent = {"consent_id": _a_consent(placement, person, account), "card_sealed": b"card"}
    sent = {"answer": "yes", "answered_on": TODAY - 31 * DAY, "sent_on": TODAY - 30 * DAY, **consent}
    row = Introduction(
        participant_id=person.id,
        placement_id=placement.id,
        account_id=account.id,
        asked_on=TODAY - 32 * DAY,
        **{**sent, **values},
    )
    db.session.add(row)
    db.session.flush()
    return row


def _a_consent(placement: Placement, person: Participant, account: Account) -> int:
    consent = Consent(
        participant_id=person.id,
        receiver_id=placement.employer_id,
        purpose="introduction",
        fields="hours",
        from_date=TODAY - 31 * DAY,
        to_date=TODAY + 31 * DAY,
        given_by="person",
        channel="speech",
        account_id=account.id,
    )
    db.session.add(consent)
    db.session.flush()
    return consent.id


def ran_out(on: date) -> dict[str, Any]:
    return {"closed_on": on, "closed_reason": "employer_silent", "closed_by": "employer"}


def answered(answer: str, on: date, **values: Any) -> dict[str, Any]:
    return {"employer_answer": answer, "employer_answered_on": on, **values}


def figures(employer: Employer) -> Figures:
    return figures_of([employer], TODAY)[employer.id]


def test_an_employer_nobody_has_asked_has_empty_figures(session: Session) -> None:
    employer = an_employer()
    assert figures(employer) == Figures()


def test_questions_are_counted_by_what_became_of_them(
    worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker)
    a_question(placement, person, worker, **ran_out(TODAY - 9 * DAY))
    a_question(placement, person, worker, **answered("yes", TODAY - 5 * DAY))
    a_question(placement, person, worker, sent_on=None)
    found = figures(placement.employer)
    assert (found.asked, found.answered, found.ran_out) == (3, 1, 1)
    assert register_page.replies_text(found) == "1 av 2"


@pytest.mark.parametrize(
    ("counted", "text"),
    [
        (Figures(), "–"),
        (Figures(asked=2), "2 frågor väntar"),
        (Figures(asked=3, answered=3), "3 av 3"),
    ],
)
def test_what_still_waits_is_neither_answered_nor_unanswered(
    session: Session, counted: Figures, text: str
) -> None:
    assert register_page.replies_text(counted) == text


def test_trials_count_when_they_have_begun(
    worker: Account, person: Participant, placement: Placement
) -> None:
    a_trial(person, placement, account=worker, from_date=TODAY - 9 * DAY, to_date=TODAY - 3 * DAY)
    a_trial(person, placement, account=worker)
    a_trial(person, placement, account=worker, from_date=TODAY + 3 * DAY)
    a_trial(person, placement, account=worker, signed=False)
    a_trial(person, placement, account=worker, cancelled_on=TODAY, cancelled_by="person")
    a_trial(person, placement, account=worker, interrupted_on=TODAY, interrupted_by="employer")
    found = figures(placement.employer)
    assert (found.trials, found.running) == (3, 1)
    assert register_page.trials_text(found) == "3 (1 pågår)"


def test_jobs_that_grew_out_of_a_place_are_hires(
    worker: Account, person: Participant, placement: Placement
) -> None:
    outcome = Outcome(participant_id=person.id, kind="job", happened_on=TODAY, account_id=worker.id)
    db.session.add(outcome)
    db.session.flush()
    job = Employment(
        participant_id=person.id,
        outcome_id=outcome.id,
        placement_id=placement.id,
        form="ordinary",
        weekly_minutes=600,
        from_date=TODAY,
        account_id=worker.id,
    )
    job.workplace = "Lindas bageri"
    db.session.add(job)
    db.session.flush()
    assert figures(placement.employer).hires == 1


def test_the_last_contact_is_when_somebody_was_reached_or_answered(
    worker: Account, person: Participant, placement: Placement
) -> None:
    employer = placement.employer
    a_visit(employer, worker, happened_on=TODAY - DAY, was_reached=False)
    a_visit(employer, worker, happened_on=TODAY - 20 * DAY)
    assert figures(employer).last_contact == TODAY - 20 * DAY
    a_question(placement, person, worker, **answered("no", TODAY - 5 * DAY, employer_reason="no_time"))
    assert figures(employer).last_contact == TODAY - 5 * DAY


def test_reasons_of_a_no_are_counted_the_most_usual_first(
    worker: Account, person: Participant, placement: Placement
) -> None:
    for reason in ("taken", "no_time", "no_time"):
        a_question(placement, person, worker, **answered("no", TODAY, employer_reason=reason))
    assert list(refusals_of(placement.employer).items()) == [
        (EmployerReason.NO_TIME, 2),
        (EmployerReason.TAKEN, 1),
    ]


def looked_for(look: Look) -> list[str]:
    return [one.name for one in list_register(RegisterFilter(look=look), Cursor(), TODAY).items]


def test_each_look_finds_its_own(worker: Account, person: Participant) -> None:
    an_employer("Tipset", is_lead=True)
    silent, asked = (a_placement(a_workplace(an_employer(name))) for name in ("Tysta", "Svarande"))
    a_question(silent, person, worker, **ran_out(TODAY - DAY))
    a_question(asked, person, worker, **answered("yes", TODAY - DAY))
    a_placement(a_workplace(an_employer("Pausade")), state="paused")
    a_visit(an_employer("Glömda"), worker, happened_on=TODAY - 91 * DAY)
    assert looked_for(Look.LEADS) == ["Tipset"]
    assert looked_for(Look.SILENT) == ["Tysta"]
    assert looked_for(Look.NEVER_ASKED) == ["Glömda", "Pausade", "Tipset"]
    assert looked_for(Look.HAS_PLACES) == ["Svarande", "Tysta"]
    assert looked_for(Look.QUIET) == ["Glömda", "Pausade", "Tipset", "Tysta"]


def test_only_what_lies_near_is_shown_where_a_distance_is_asked_for(session: Session) -> None:
    for name in ("Norrköping", "Kiruna"):
        a_workplace(an_employer(name), locality_id=a_locality(name).id)
    an_employer("Utan ort")
    near = RegisterFilter(near=a_locality("Linköping"), within_km=100)
    assert [one.name for one in list_register(near, Cursor(), TODAY).items] == ["Norrköping"]


def test_distance_is_to_the_nearest_workplace(session: Session) -> None:
    employer = an_employer()
    for name in ("Kiruna", "Norrköping"):
        a_workplace(employer, locality_id=a_locality(name).id)
    db.session.refresh(employer)
    assert register_page.distance_text(employer, a_locality("Norrköping")) == "0 km"
    assert register_page.distance_text(an_employer("Utan ort"), a_locality("Kiruna")) == "–"


def test_an_employer_that_let_my_question_run_out_is_to_be_asked_why(
    worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker, **ran_out(TODAY - 5 * DAY))
    (silence,) = silences(act_as(worker), TODAY, 25)
    assert (silence.name, silence.since) == ("Lindas bageri", TODAY - 5 * DAY)


def test_the_task_leads_to_where_the_answer_is_written(
    worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker, **ran_out(TODAY - 5 * DAY))
    (task,) = silent_employer_tasks(act_as(worker), TODAY, 25)
    assert task.who == "Lindas bageri"
    assert task.href == f"/arbetsgivare/{placement.employer.public_id}/logg/tystnad"


def test_nobody_is_asked_why_twice(worker: Account, person: Participant, placement: Placement) -> None:
    a_question(placement, person, worker, **ran_out(TODAY - 5 * DAY))
    a_visit(placement.employer, worker, kind="asked_why", reason="no_time", happened_on=TODAY - 5 * DAY)
    assert silences(act_as(worker), TODAY, 25) == []


def test_a_call_about_something_else_leaves_the_question_why(
    worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker, **ran_out(TODAY - 5 * DAY))
    a_visit(placement.employer, worker)
    assert len(silences(act_as(worker), TODAY, 25)) == 1


@pytest.mark.parametrize(
    "later",
    [
        answered("yes", TODAY - DAY),
        answered("no", TODAY - DAY, employer_reason="no_time"),
    ],
)
def test_an_answer_afterwards_ends_the_silence(
    worker: Account, person: Participant, placement: Placement, later: dict[str, Any]
) -> None:
    a_question(placement, person, worker, **ran_out(TODAY - 5 * DAY))
    a_question(placement, person, worker, **later)
    assert silences(act_as(worker), TODAY, 25) == []


def test_nobody_is_told_of_questions_about_somebody_elses_people(
    worker: Account, person: Participant, placement: Placement
) -> None:
    an_assignment(person, account=worker)
    a_question(placement, person, worker, **ran_out(TODAY - 5 * DAY))
    assert silences(act_as(an_account(Role.JOB_COACH, a_unit())), TODAY, 25) == []


def test_asking_why_falls_to_whoever_has_the_person_now(
    worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker, **ran_out(TODAY - 5 * DAY))
    an_assignment(person, account=worker, from_date=TODAY - 90 * DAY, to_date=TODAY - DAY)
    before = len(silences(act_as(worker), TODAY, 25))
    successor = an_account(Role.JOB_COACH, a_unit())
    an_assignment(person, account=successor)
    after = [len(silences(act_as(account), TODAY, 25)) for account in (worker, successor)]
    assert (before, after) == (1, [0, 1])


def test_whom_to_ask_why_takes_as_many_statements_for_ten_as_for_one(
    worker: Account, queries: QueryCount
) -> None:
    counts = []
    for number in (1, 9):
        for name in range(number):
            place = a_placement(a_workplace(an_employer(f"Nummer {number}-{name}")))
            a_question(place, a_participant(coach=worker), worker, **ran_out(TODAY - 5 * DAY))
        identity = act_as(worker)
        queries.statements.clear()
        found = len(silences(identity, TODAY, 25))
        counts.append((found, len(queries)))
    assert counts == [(1, 2), (10, 2)]


def test_a_merged_employers_questions_count_where_it_went(
    worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker, **ran_out(TODAY - 5 * DAY))
    kept = an_employer("Torgets bröd")
    merge(kept, placement.employer)
    assert figures(kept).ran_out == 1


def test_the_register_shows_what_matters_of_each(
    sign_in: SignIn, worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker, **ran_out(TODAY - DAY))
    an_employer("Tipset", is_lead=True)
    an_employer("Väntande", not_before=TODAY + DAY)
    a_visit(an_employer("Glömda"), worker, happened_on=TODAY - 91 * DAY)
    words = sign_in(worker).get("/register").words
    for word in ("Lindas bageri", "0 av 1", "Svarar inte", "Tips", "Vill vänta till", "Länge sedan kontakt"):
        assert word in words


def test_an_empty_register_says_what_to_do_first(sign_in: SignIn, worker: Account) -> None:
    page = sign_in(worker).get("/register")
    assert "Registret är tomt" in page.words
    manager = sign_in(an_account(Role.UNIT_MANAGER, a_unit())).get("/register")
    assert not manager.select("main a[href='/arbetsgivare/tips']")


def test_a_register_in_which_nothing_fits_offers_all(sign_in: SignIn, worker: Account) -> None:
    an_employer()
    coach = sign_in(worker)
    assert "Ingen arbetsgivare passar" in coach.get("/register?look=leads").words
    assert "Lindas bageri" in coach.get("/register?look=nonsense&km=x&near=%00&q=%00&efter=%00").words


def test_the_distance_is_shown_where_somebody_asks_from_where(sign_in: SignIn, worker: Account) -> None:
    a_workplace()
    page = sign_in(worker).get("/register?near=Norrk%C3%B6ping&km=10")
    assert "0 km" in page.words
    assert "Avståndet är fågelvägen från Norrköping" in page.words


@pytest.mark.parametrize("role", [Role.LSS_HANDLER, Role.SYSTEM_ADMIN])
def test_others_do_not_open_the_register(sign_in: SignIn, session: Session, role: Role) -> None:
    assert sign_in(an_account(role)).get("/register").status == 403


def test_one_employers_page_tells_how_it_has_gone(
    sign_in: SignIn, worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker, **answered("no", TODAY, employer_reason="no_time"))
    a_question(placement, person, worker, **ran_out(TODAY - DAY))
    a_visit(placement.employer, worker, line="Ring i mars.")
    an_employer("Lindas bageri AB")
    merge(placement.employer, an_employer("Torgets bröd"))
    words = sign_in(worker).get(f"/register/{placement.employer.public_id}").words
    for word in (
        "1 av 2",
        "Vi hinner inte ta emot någon",
        "Ring i mars.",
        "Torgets bröd",
        "Skriv ner varför",
    ):
        assert word in words
    assert "Kan vara samma arbetsgivare" in words


def test_nobody_is_named_in_the_register(
    sign_in: SignIn, worker: Account, person: Participant, placement: Placement
) -> None:
    a_question(placement, person, worker, **answered("yes", TODAY))
    a_trial(person, placement, account=worker)
    coach = sign_in(worker)
    for address in ("/register", f"/register/{placement.employer.public_id}"):
        assert person.first_name not in coach.get(address).text


def test_the_old_address_leads_to_the_new_page(sign_in: SignIn, worker: Account) -> None:
    kept, gone = an_employer(), an_employer("Torgets bröd")
    merge(kept, gone)
    page = sign_in(worker).get(f"/register/{gone.public_id}", follow=False)
    assert page.location.endswith(f"/register/{kept.public_id}")


def test_a_page_costs_the_same_however_many_there_are(
    sign_in: SignIn, worker: Account, queries: QueryCount
) -> None:
    coach = sign_in(worker)
    counts = []
    for number in (2, 60):
        for one in range(number):
            a_workplace(an_employer(f"Arbetsgivare {number} {one}"))
        db.session.commit()
        queries.statements.clear()
        coach.get("/register?look=silent&q=arbetsgivare")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
