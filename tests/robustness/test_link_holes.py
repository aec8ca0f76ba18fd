"""Ways by which somebody at an employer could reach further than the person agreed to: looked for, and closed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import MOST_A_DAY
from aktema.access.models import AccessEntry, Account
from aktema.core import clock
from aktema.core.outbox import OutboxMessage
from aktema.employers.link_operations import send_all_to, send_instead_of
from aktema.employers.models import Contact
from aktema.employers.operations import mark_contact_left
from aktema.pathway import check_in_operations, introduction_operations, review_operations
from aktema.pathway import signature_operations as signatures
from aktema.pathway.consent_operations import take_back_card
from aktema.pathway.introduction_codes import CloseReason
from aktema.pathway.outcome_operations import end_job
from aktema.pathway.permissions import REVOKE_CONSENT
from aktema.pathway.rules.outcome import EmploymentEnd
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_operations import EndFacts, interrupt_trial
from aktema.pathway.trial_queries import newest
from aktema.pathway.trial_states import Party, Whose
from aktema.people.models import Participant
from aktema.steps.models import Step
from tests.support.employers import a_contact, an_employer, an_employer_account
from tests.support.imports import counts
from tests.support.introductions import Asked, a_sent_question, an_agreed_question, mails
from tests.support.links import a_link
from tests.support.outcomes import a_job
from tests.support.own import a_representative
from tests.support.page import PageClient, filled_in
from tests.support.people import act_as
from tests.support.reviews import a_trial_over
from tests.support.signatures import Stay, a_stay
from tests.support.trials import a_trial, sign

Browser = Callable[[Account], PageClient]
A_DAY = timedelta(days=1)
NOISE = re.compile(r'(?<=name="csrf_token" value=")[^"]*')
"""What differs from one showing of a page to the next."""


def keep_secret(session: Session, person: Participant) -> None:
    person.has_protected_identity = True
    session.commit()


def later(session: Session) -> None:
    """So long after the last letter that another one may be sent."""
    for link in session.scalars(select(Link)):
        link.created_at = clock.now() - timedelta(hours=1)
    session.commit()


def letters(session: Session) -> int:
    return len(session.scalars(select(OutboxMessage)).all())


# A protected identity, set midway


def test_of_somebody_protected_no_lost_link_to_a_question_is_sent_anew(session: Session) -> None:
    asked = a_sent_question()
    token = asked.token()
    later(session)
    keep_secret(session, asked.person)
    before = letters(session)
    send_instead_of(token)
    send_all_to(asked.contact.email)
    assert letters(session) == before


def test_of_somebody_protected_no_employer_is_asked_to_sign(session: Session) -> None:
    stay = a_stay(signed=False)
    sign(stay.trial.agreements[0], Party.PERSON)
    keep_secret(session, stay.person)
    asked = signatures.ask_employer(stay.trial)
    assert (asked, letters(session)) == (None, 0)


@pytest.mark.parametrize("how", ["mail", "visa"])
def test_of_somebody_protected_no_link_to_sign_is_made(session: Session, sign_in: Browser, how: str) -> None:
    stay = a_stay(signed=False)
    sign(stay.trial.agreements[0], Party.PERSON)
    keep_secret(session, stay.person)
    chosen = {"contact": stay.supervisor.public_id, **({"visa": "1"} if how == "visa" else {})}
    answer = sign_in(stay.coach).submit(stay.path("/lank"), chosen)
    made = session.scalars(select(Link)).all()
    assert (answer.status, len(made), letters(session)) == (422, 0, 0)


def test_of_somebody_protected_a_coach_sends_no_check_in(session: Session, sign_in: Browser) -> None:
    stay = a_stay()
    browser = sign_in(stay.coach)
    keep_secret(session, stay.person)
    browser.post(
        stay.path("/avstamning/lank"), filled_in(browser.get(stay.path()).soup.select_one("main form"))
    )
    assert letters(session) == 0


def test_of_somebody_protected_no_employer_is_asked_for_a_review(session: Session) -> None:
    over = a_trial_over(days_ago=0)
    keep_secret(session, over.person)
    review_operations.ask_for_reviews()
    assert letters(session) == 0


def test_a_link_about_the_job_of_somebody_protected_opens_nothing(session: Session, page: PageClient) -> None:
    over = a_trial_over(days_ago=30)
    job = a_job(over.person, trial=over.trial, account=over.coach)
    _link, token = a_link(Purpose.RETENTION, job.id, contact=over.contact, account=over.coach)
    session.commit()
    before = page.get(f"/jobbet/{token}").status
    keep_secret(session, over.person)
    assert (before, page.get(f"/jobbet/{token}").status) == (200, 404)


def test_of_somebody_protected_no_lost_link_about_the_job_is_sent_anew(session: Session) -> None:
    over = a_trial_over(days_ago=30)
    job = a_job(over.person, trial=over.trial, account=over.coach)
    _link, token = a_link(Purpose.RETENTION, job.id, contact=over.contact, account=over.coach)
    later(session)
    keep_secret(session, over.person)
    send_instead_of(token)
    assert letters(session) == 0


# A consent that has ended


def an_agreed_trial(session: Session, *, signed: bool) -> tuple[Asked, Trial]:
    asked = an_agreed_question()
    trial = a_trial(asked.person, asked.placement, account=asked.coach, signed=signed)
    trial.introduction_id = asked.introduction.id
    trial.agreements[-1].asked_at = clock.now()
    session.commit()
    session.expire_all()
    return asked, trial


def test_without_consent_no_link_to_sign_is_sent(session: Session, sign_in: Browser) -> None:
    asked, trial = an_agreed_trial(session, signed=False)
    take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    session.commit()
    before = letters(session)
    path = f"/deltagare/{asked.person.public_id}/provplatser/{trial.public_id}/lank"
    answer = sign_in(asked.coach).submit(path, {"contact": asked.contact.public_id})
    assert (answer.status, letters(session)) == (422, before)


def test_a_consent_that_has_ended_brings_no_lost_link_back(session: Session) -> None:
    asked = a_sent_question()
    token = asked.token()
    later(session)
    consent = asked.view.consent
    assert consent is not None
    consent.from_date, consent.to_date = clock.today() - 9 * A_DAY, clock.today() - A_DAY
    session.commit()
    before = letters(session)
    send_instead_of(token)
    assert letters(session) == before


# Somebody else at the employer


def test_whoever_is_no_longer_asked_gets_no_new_link(session: Session) -> None:
    asked = a_sent_question()
    token = asked.token()
    other = a_contact(asked.employer, name="Olle Ask", email="olle@lindas.example")
    introduction_operations.send(asked.identity, asked.person, asked.view, other)
    later(session)
    before = letters(session)
    send_instead_of(token)
    assert letters(session) == before


def test_whoever_is_no_longer_the_supervisor_gets_no_new_link(session: Session) -> None:
    stay = a_stay()
    token = stay.link(Purpose.CHECK_IN)
    other = a_contact(stay.placement.employer, name="Olle Ask", email="olle@lindas.example")
    newest(stay.trial).supervisor = other
    later(session)
    send_instead_of(token)
    assert letters(session) == 0


def test_a_link_to_whoever_was_the_supervisor_ends_with_the_next_ones(
    session: Session, page: PageClient
) -> None:
    stay = a_stay()
    token = stay.link(Purpose.CHECK_IN)
    newest(stay.trial).supervisor = a_contact(
        stay.placement.employer, name="Olle", email="olle@lindas.example"
    )
    session.commit()
    check_in_operations.send_check_in_link(stay.trial, account_id=stay.coach.id)
    session.commit()
    assert page.get(f"/avstamning/{token}").status == 404


@pytest.mark.parametrize(
    "path", ["/fragor/{0}", "/provplatser/{0}", "/provplatser/{0}/skriv-under", "/utvardera/{0}"]
)
def test_another_companys_is_as_missing_as_what_never_was(
    session: Session, sign_in: Browser, path: str
) -> None:
    asked, trial = an_agreed_trial(session, signed=True)
    browser = sign_in(an_employer_account())
    real = asked.introduction.public_id if "fragor" in path else trial.public_id
    answers = [browser.get("/min-arbetsplats" + path.format(one)) for one in (real, "0" * 22)]
    assert [one.status for one in answers] == [404, 404]
    assert len({NOISE.sub("", one.text.replace(real, "0" * 22)) for one in answers}) == 1


def test_a_draft_is_nobodys_to_read_at_the_employer(
    session: Session, page: PageClient, sign_in: Browser
) -> None:
    stay = a_stay(signed=False, asked=False)
    token = stay.link(Purpose.CHECK_IN)
    browser = sign_in(stay.employer_account())
    pages = [
        page.get(f"/avstamning/{token}"),
        browser.get(f"/min-arbetsplats/provplatser/{stay.trial.public_id}"),
    ]
    assert [one.status for one in pages] == [404, 404]


# Whose doing it was


def test_a_card_taken_back_with_the_coach_is_told_as_the_coachs_doing(
    session: Session, sign_in: Browser
) -> None:
    asked = a_sent_question()
    session.commit()
    browser = sign_in(asked.coach)
    form = browser.get(asked.path).soup.select_one('form[action$="/kort/ta-tillbaka"]')
    browser.post(f"{asked.path}/kort/ta-tillbaka", filled_in(form))
    step = session.scalars(select(Step).order_by(Step.id.desc())).first()
    assert step is not None
    assert step.actor == "staff"


def test_a_card_taken_back_by_a_representative_is_told_as_theirs(session: Session, sign_in: Browser) -> None:
    asked = a_sent_question()
    _row, account = a_representative(asked.person)
    browser = sign_in(account)
    path = f"/min-sida/{asked.person.public_id}/jobb/{asked.introduction.public_id}"
    form = browser.get(path).soup.select_one('form[action$="/kort/ta-tillbaka"]')
    browser.post(f"{path}/kort/ta-tillbaka", filled_in(form))
    step = session.scalars(select(Step).order_by(Step.id.desc())).first()
    assert step is not None
    assert step.actor == "representative"


# Links' forms


LINKED = {
    Purpose.SIGN_AGREEMENT: "/skriv-under/{0}",
    Purpose.CHECK_IN: "/avstamning/{0}",
    Purpose.NOTICES: "/mejl/{0}",
    Purpose.POST_PLACEMENT: "/ny-plats/{0}",
    Purpose.REFRESH_PLACEMENT: "/platsen-galler/{0}",
}


def subject(stay: Stay, purpose: Purpose) -> int:
    about = {
        Purpose.NOTICES: stay.supervisor.id,
        Purpose.POST_PLACEMENT: stay.placement.employer_id,
        Purpose.REFRESH_PLACEMENT: stay.placement.id,
    }
    return about.get(purpose, stay.trial.id)


@pytest.mark.parametrize("purpose", LINKED)
def test_another_sites_form_changes_nothing(session: Session, page: PageClient, purpose: Purpose) -> None:
    stay = a_stay(signed=purpose is not Purpose.SIGN_AGREEMENT)
    if purpose is Purpose.SIGN_AGREEMENT:
        sign(stay.trial.agreements[0], Party.PERSON)
    _link, token = a_link(purpose, subject(stay, purpose), contact=stay.supervisor, account=stay.coach)
    session.commit()
    path = LINKED[purpose].format(token)
    before = counts()
    typed = filled_in(page.get(path).soup.select_one("main form[method=post]"))
    typed["csrf_token"] = "x"
    status = page.post(path, {**typed, "answer": "well", "name": "Linda"}, follow=False).status
    assert (status, counts() == before) == (400, True)


def test_no_key_is_in_a_mails_subject_or_open_in_the_database(session: Session) -> None:
    a_sent_question()
    sent = mails()[-1]
    key = str(sent.body).split("/svara/")[1].split()[0]
    assert key not in sent.subject
    assert key.encode() not in (sent.body_sealed or b"")


def test_a_contact_who_left_opens_nothing_they_were_sent(session: Session, page: PageClient) -> None:
    asked = a_sent_question()
    token = asked.token()
    act_as(asked.coach)
    mark_contact_left(session.get_one(Contact, asked.contact.id), clock.today() + 30 * A_DAY)
    session.commit()
    assert page.get(f"/svara/{token}").status == 404


def test_an_employer_sees_no_staff_page(session: Session, sign_in: Browser) -> None:
    asked = a_sent_question()
    browser = sign_in(an_employer_account(asked.employer))
    paths = [
        asked.path,
        f"/deltagare/{asked.person.public_id}",
        "/register",
        "/deltagare",
        "/uppfoljning/jobb",
    ]
    assert {browser.get(path).status for path in paths} <= {403, 404}


def test_who_asks_over_and_over_for_a_new_link_fills_no_mailbox(session: Session) -> None:
    asked = a_sent_question()
    for _turn in range(2 * MOST_A_DAY):
        for link in session.scalars(select(Link)):
            link.created_at -= timedelta(minutes=11)
        session.commit()
        send_all_to(asked.contact.email)
    made = session.scalars(select(Link).where(Link.purpose == Purpose.ANSWER_INTRODUCTION)).all()
    assert len(made) == MOST_A_DAY


def test_a_consent_for_one_employer_opens_nothing_to_another(session: Session, page: PageClient) -> None:
    asked = a_sent_question()
    token = asked.token()
    consent = asked.view.consent
    assert consent is not None
    consent.receiver_id = an_employer("Annat bageri").id
    session.commit()
    assert page.get(f"/svara/{token}").select(".person-card") == []


def test_whoever_only_guards_rights_signs_no_agreement(session: Session, sign_in: Browser) -> None:
    stay = a_stay(signed=False)
    _row, account = a_representative(stay.person, areas="rights")
    browser = sign_in(account)
    typed = {"version": str(newest(stay.trial).id)}
    shown = browser.get(stay.agreement_path)
    answer = browser.post(f"{stay.agreement_path}/ja", {**shown.hidden("form"), **typed})
    assert (shown.status, answer.status, newest(stay.trial).signatures) == (200, 404, [])


# What the trace holds


def details(session: Session) -> str:
    return " ".join(session.scalars(select(AccessEntry.detail)).all())


def test_why_a_trial_or_a_question_ended_is_in_no_trace(session: Session) -> None:
    stay, asked = a_stay(), a_sent_question()
    why = EndFacts(whose=Whose.PERSON, reason=EndReason.HEALTH)
    interrupt_trial(stay.trial, why, clock.today())
    introduction_operations.close(asked.view, CloseReason.HEALTH, Whose.PERSON)
    assert "health" not in details(session)


def test_why_a_job_ended_is_in_no_trace(session: Session) -> None:
    over = a_trial_over(days_ago=30)
    job = a_job(over.person, trial=over.trial, account=over.coach)
    end_job(over.act(), job, clock.today(), EmploymentEnd.HEALTH)
    assert "health" not in details(session)


def test_how_somebody_is_and_whether_they_came_is_in_no_trace(session: Session, page: PageClient) -> None:
    stay = a_stay()
    token = stay.link(Purpose.CHECK_IN)
    page.submit(f"/avstamning/{token}", {"answer": "talk"})
    page.submit(
        f"/avstamning/{token}/dagar/{clock.today().isoformat()}", {"presence": "absent", "absence": "ill"}
    )
    told = details(session)
    assert clock.today().isoformat() in told
    assert [word for word in ("talk", "absent", "ill") if word in told.split()] == []
