"""An agreement is signed by three parties, each in its own way; a new version begins anew."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.models import AccessEntry, Account
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.core.files import StoredFile, content_of
from aktema.core.outbox import OutboxMessage
from aktema.pathway.permissions import SIGN_AGREEMENT
from aktema.pathway.signature_operations import SignatureFacts, ask_employer, sign
from aktema.pathway.signature_page import signature_tasks, signing_of
from aktema.pathway.trial_codes import SignedHow
from aktema.pathway.trial_models import Agreement, Signature, Trial
from aktema.pathway.trial_queries import in_force, trial_by_id
from aktema.pathway.trial_states import Party
from aktema.steps.models import Step
from tests.conftest import QueryCount
from tests.support.introductions import an_agreed_question
from tests.support.lines import last_line
from tests.support.links import a_link
from tests.support.page import PageClient
from tests.support.people import act_as
from tests.support.signatures import Stay, a_stay
from tests.support.symbols import a_picture
from tests.support.trials import a_trial, a_version
from tests.support.trials import sign as signed_by

SignIn = Callable[[Account], PageClient]
DAY = timedelta(days=1)
PDF = b"%PDF-1.4 a scan"


@pytest.fixture
def stay(session: Session) -> Stay:
    return a_stay(signed=False)


@pytest.fixture
def turn(stay: Stay, session: Session) -> Stay:
    """The person has said yes: now it is the employer's turn."""
    signed_by(stay.trial.agreements[0], Party.PERSON)
    session.commit()
    return stay


@pytest.fixture
def browser(sign_in: SignIn, stay: Stay) -> PageClient:
    return sign_in(stay.coach)


def signatures(session: Session) -> list[tuple[str, str, str]]:
    session.expire_all()
    found = session.scalars(select(Signature).order_by(Signature.id))
    return [(one.party, one.how, one.name or "") for one in found]


def again(session: Session, stay: Stay) -> Trial:
    session.expire_all()
    return trial_by_id(stay.trial.id)


def traced_links(session: Session) -> list[int | None]:
    """The contacts of whom the audit says that they got a link."""
    return list(session.scalars(select(AccessEntry.object_id).where(AccessEntry.detail == "sign_link")))


def test_three_yes_in_three_ways_make_the_agreement_hold(
    sign_in: SignIn, page: PageClient, stay: Stay, session: Session
) -> None:
    own = sign_in(stay.who.account)
    own.submit(stay.agreement_path, {}, css=".picture-row form")
    page.submit(f"/skriv-under/{stay.link(Purpose.SIGN_AGREEMENT)}", {"name": "Linda Ask"})
    sign_in(stay.coach).submit(stay.path(), {}, css='form[action$="/skriv-under"]')
    assert signatures(session) == [
        ("person", "own_page", "Alva Ek"),
        ("employer", "link", "Linda Ask"),
        ("coach", "signed_in", "Kim Coach"),
    ]
    assert in_force(again(session, stay)) is not None


def test_each_signature_is_a_line_and_the_last_says_that_it_holds(
    browser: PageClient, stay: Stay, session: Session
) -> None:
    signed_by(stay.trial.agreements[0], Party.PERSON, Party.EMPLOYER)
    session.commit()
    browser.submit(stay.path(), {}, css='form[action$="/skriv-under"]')
    step = session.scalars(select(Step).order_by(Step.id.desc())).first()
    assert step is not None
    assert "Nu har alla skrivit under." in (step.line or "")
    assert step.own_line == "Din coach har skrivit under. Nu har alla skrivit under."


def test_nobody_signs_twice(stay: Stay) -> None:
    facts = SignatureFacts(party=Party.COACH, how=SignedHow.SIGNED_IN, name="Kim")
    act_as(stay.coach)
    sign(stay.trial, facts, SIGN_AGREEMENT)
    with pytest.raises(DomainError):
        sign(stay.trial, facts, SIGN_AGREEMENT)


def test_a_draft_is_nobodys_to_sign(session: Session) -> None:
    stay = a_stay(signed=False, asked=False)
    act_as(stay.coach)
    with pytest.raises(DomainError):
        sign(
            stay.trial,
            SignatureFacts(party=Party.COACH, how=SignedHow.SIGNED_IN, name="Kim"),
            SIGN_AGREEMENT,
        )


def test_a_new_version_has_no_signatures_and_the_old_one_holds_meanwhile(session: Session) -> None:
    stay = a_stay()
    today = clock.today()
    later = a_version(stay.trial, from_date=today, to_date=today + 13 * DAY)
    later.asked_at = clock.now()
    session.commit()
    found = signing_of(act_as(stay.coach), stay.trial, today)
    assert found is not None
    assert [row.is_signed for row in found.rows] == [False, False, False]
    assert (found.number, found.older) == (2, 1)


def test_a_page_of_an_older_version_signs_nothing(page: PageClient, turn: Stay, session: Session) -> None:
    path = f"/skriv-under/{turn.link(Purpose.SIGN_AGREEMENT)}"
    opened = page.get(path)
    later = a_version(turn.trial, from_date=clock.today(), to_date=clock.today() + 13 * DAY)
    later.asked_at = clock.now()
    session.commit()
    signed_by(later, Party.PERSON)
    session.commit()
    answer = page.post(path, {**opened.hidden(), "name": "Linda Ask"})
    assert "ändrad sedan du öppnade den" in answer.words
    assert (answer.status, len(signatures(session))) == (422, 2)


def test_opening_a_link_changes_nothing(page: PageClient, turn: Stay, session: Session) -> None:
    path = f"/skriv-under/{turn.link(Purpose.SIGN_AGREEMENT)}"
    for _number in range(2):
        assert "Skriv under" in page.get(path).words
    assert len(signatures(session)) == 1


def test_the_link_says_who_signed_afterwards(page: PageClient, turn: Stay) -> None:
    path = f"/skriv-under/{turn.link(Purpose.SIGN_AGREEMENT)}"
    page.submit(path, {"name": "Linda Ask"})
    assert "Underskriven av Linda Ask" in page.get(path).words


def test_a_name_is_needed(page: PageClient, turn: Stay, session: Session) -> None:
    path = f"/skriv-under/{turn.link(Purpose.SIGN_AGREEMENT)}"
    answer = page.submit(path, {"name": " "})
    assert (answer.status, signatures(session)[1:]) == (422, [])


def test_without_a_card_nothing_is_open_before_the_person_has_signed(page: PageClient, stay: Stay) -> None:
    path = f"/skriv-under/{stay.link(Purpose.SIGN_AGREEMENT)}"
    assert page.get(path).status == 404


@pytest.fixture
def carded(session: Session) -> Trial:
    """A trial with a card, which everybody has been asked to sign."""
    asked = an_agreed_question()
    act_as(asked.coach)
    trial = a_trial(asked.person, asked.placement, signed=False)
    trial.introduction = asked.introduction
    trial.agreements[0].asked_at = clock.now()
    trial.agreements[0].support = "Stöd vid måltider."
    session.commit()
    return trial


def test_with_a_card_the_employer_is_told_to_wait_until_the_person_has_signed(
    page: PageClient, carded: Trial, session: Session
) -> None:
    path = f"/skriv-under/{a_link(Purpose.SIGN_AGREEMENT, carded.id)[1]}"
    before = page.get(path)
    assert "Personen läser överenskommelsen först" in before.words
    assert ("måltider" in before.words, before.select("form input[name=name]")) == (False, [])
    signed_by(carded.agreements[0], Party.PERSON)
    session.commit()
    assert "Stöd vid måltider." in page.get(path).words


def test_an_employer_does_not_sign_before_the_person(stay: Stay) -> None:
    act_as(stay.coach)
    with pytest.raises(DomainError):
        sign(
            stay.trial,
            SignatureFacts(party=Party.EMPLOYER, how=SignedHow.LINK, name="Linda"),
            SIGN_AGREEMENT,
        )


def test_when_the_person_has_signed_the_employer_gets_the_way(
    sign_in: SignIn, stay: Stay, session: Session
) -> None:
    sign_in(stay.who.account).submit(stay.agreement_path, {}, css=".picture-row form")
    assert [one.kind for one in session.scalars(select(OutboxMessage))] == ["sign"]


def test_an_employer_who_signed_on_paper_gets_no_link(sign_in: SignIn, stay: Stay, session: Session) -> None:
    signed_by(stay.trial.agreements[0], Party.EMPLOYER)
    session.commit()
    sign_in(stay.who.account).submit(stay.agreement_path, {}, css=".picture-row form")
    assert session.scalars(select(OutboxMessage)).all() == []


def test_a_worker_sends_no_link_before_the_person_has_signed(browser: PageClient, stay: Stay) -> None:
    page = browser.get(stay.path())
    assert "Får länken när personen har skrivit under" in page.words
    assert page.select('a[href$="/lank"]') == []
    answer = browser.submit(stay.path("/lank"), {"contact": stay.supervisor.public_id})
    assert (answer.status, "när personen har skrivit under" in answer.words) == (422, True)


def test_a_change_is_read_by_the_employer_when_the_person_has_signed_it(
    page: PageClient, session: Session
) -> None:
    stay = a_stay()
    later = a_version(stay.trial, from_date=clock.today(), to_date=clock.today() + 13 * DAY)
    later.asked_at, later.support = clock.now(), "Mer stöd."
    session.commit()
    found = page.get(f"/skriv-under/{stay.link(Purpose.SIGN_AGREEMENT)}")
    assert ("En ändring är på väg" in found.words, "Mer stöd." in found.words) == (True, False)


def test_an_agreement_that_nobody_finished_closes_twelve_weeks_after(
    page: PageClient, turn: Stay, session: Session
) -> None:
    token = turn.link(Purpose.SIGN_AGREEMENT)
    turn.trial.begun_on -= timedelta(days=200)
    turn.trial.agreements[0].to_date = clock.today() + 30 * DAY
    session.commit()
    assert page.get(f"/skriv-under/{token}").status == 404


def test_the_employers_page_says_nothing_of_the_person(page: PageClient, session: Session) -> None:
    stay = a_stay(signed=False, first_name="Zaida", last_name="Qvist")
    text = page.get(f"/skriv-under/{stay.link(Purpose.SIGN_AGREEMENT)}").text
    assert [word for word in ("Zaida", "Qvist", stay.person.public_id, "1996") if word in text] == []


def test_an_employer_signs_with_an_account(sign_in: SignIn, turn: Stay, session: Session) -> None:
    browser = sign_in(turn.employer_account())
    browser.submit(f"/min-arbetsplats/provplatser/{turn.trial.public_id}/skriv-under", {"name": "Linda Ask"})
    assert signatures(session)[1:] == [("employer", "signed_in", "Linda Ask")]


def test_another_employer_finds_nothing(sign_in: SignIn, stay: Stay, session: Session) -> None:
    other = a_stay(signed=False)
    browser = sign_in(other.employer_account())
    path = f"/min-arbetsplats/provplatser/{stay.trial.public_id}/skriv-under"
    assert browser.get(path).status == 404


def test_a_paper_is_kept_encrypted_and_read_again(browser: PageClient, stay: Stay, session: Session) -> None:
    scan = (io.BytesIO(PDF), "papper.pdf", "application/pdf")
    browser.submit(stay.path("/papper/arbetsgivaren"), {"name": "Linda Ask", "file": scan})
    assert signatures(session) == [("employer", "paper", "Linda Ask")]
    one = session.scalars(select(Signature)).one()
    answer = browser.get(stay.path(f"/underskrifter/{one.public_id}")).response
    assert answer.get_data() == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="underskrift.pdf"'


def test_a_photo_of_the_paper_is_made_anew(browser: PageClient, stay: Stay, session: Session) -> None:
    photo = (io.BytesIO(a_picture("PNG")), "papper.png", "image/png")
    browser.submit(stay.path("/papper/personen"), {"file": photo})
    kept = session.scalars(select(StoredFile).order_by(StoredFile.id.desc())).first()
    assert kept is not None
    assert (kept.media_type, content_of(kept)[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_what_is_no_paper_is_refused_with_what_was_typed_kept(
    browser: PageClient, stay: Stay, session: Session
) -> None:
    scan = (io.BytesIO(b"<script>"), "papper.pdf", "application/pdf")
    answer = browser.submit(stay.path("/papper/personen"), {"name": "Alva Ek", "file": scan})
    assert (answer.status, signatures(session)) == (422, [])
    assert answer.select('input[name="name"][value="Alva Ek"]') != []


@pytest.mark.parametrize("days", [-400, 1])
def test_a_paper_is_not_signed_before_it_was_sent_or_tomorrow(
    browser: PageClient, stay: Stay, days: int
) -> None:
    day = (clock.today() + timedelta(days=days)).isoformat()
    answer = browser.submit(stay.path("/papper/personen"), {"signed_on": day})
    assert (answer.status, "Skriv en dag från" in answer.words) == (422, True)


def test_staff_sign_for_the_person_only_with_a_reason(
    browser: PageClient, stay: Stay, session: Session
) -> None:
    assert browser.submit(stay.path("/at-personen"), {}).status == 422
    browser.submit(stay.path("/at-personen"), {"reason": "said_yes_to_staff"})
    one = session.scalars(select(Signature)).one()
    assert (one.party, one.name, one.on_behalf_reason) == ("person", "Kim Coach", "said_yes_to_staff")


def test_a_representative_is_no_reason_that_staff_can_give(browser: PageClient, stay: Stay) -> None:
    assert browser.submit(stay.path("/at-personen"), {"reason": "representative"}).status == 422


def test_a_link_is_mailed_to_whom_the_coach_chooses(
    browser: PageClient, turn: Stay, session: Session
) -> None:
    browser.submit(turn.path("/lank"), {"contact": turn.supervisor.public_id})
    message = session.scalars(select(OutboxMessage)).one()
    assert (message.kind, message.address) == ("sign", "linda@lindas.example")
    assert "/skriv-under/" in (message.body or "")
    assert "Alva" not in (message.body or "") + message.subject


def test_a_link_can_be_shown_instead(browser: PageClient, turn: Stay, session: Session) -> None:
    answer = browser.submit(turn.path("/lank"), {"contact": turn.supervisor.public_id, "visa": "1"})
    assert "/skriv-under/" in answer.words
    assert session.scalars(select(OutboxMessage)).all() == []
    assert f"en länk att skriva under med till {turn.supervisor.name}" in last_line()[1]


def test_somebody_without_an_address_gets_no_mail(browser: PageClient, turn: Stay, session: Session) -> None:
    turn.supervisor.email = ""
    session.commit()
    answer = browser.submit(turn.path("/lank"), {"contact": turn.supervisor.public_id})
    assert (answer.status, "får inga mejl" in answer.words) == (422, True)


def test_a_lost_link_is_sent_anew_while_the_employer_is_still_to_sign(
    page: PageClient, turn: Stay, session: Session
) -> None:
    from aktema.access.link_models import Link
    from aktema.access.link_operations import renewals

    turn.link(Purpose.SIGN_AGREEMENT)
    lost = session.scalars(select(Link)).one()
    renewals[Purpose.SIGN_AGREEMENT](lost)
    assert len(session.scalars(select(OutboxMessage)).all()) == 1
    assert last_line()[::2] == ("employer", "Vi har bett jobbet att skriva under.")
    signed_by(turn.trial.agreements[0], Party.EMPLOYER)
    session.commit()
    renewals[Purpose.SIGN_AGREEMENT](lost)
    assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_who_sends_it_to_be_signed_sends_the_supervisor_the_way(turn: Stay, session: Session) -> None:
    act_as(turn.coach)
    assert ask_employer(turn.trial) is turn.supervisor


def test_a_link_is_traced_where_it_was_sent(turn: Stay, session: Session) -> None:
    act_as(turn.coach)
    ask_employer(turn.trial)
    assert traced_links(session) == [turn.supervisor.id]


def test_a_link_that_nobody_was_sent_leaves_no_trace(turn: Stay, session: Session) -> None:
    turn.supervisor.email = ""
    act_as(turn.coach)
    assert ask_employer(turn.trial) is None
    assert traced_links(session) == []


def test_a_withdrawn_or_ended_trial_is_closed_to_the_employer(page: PageClient, session: Session) -> None:
    long_ago = clock.today() - timedelta(days=200)
    stay = a_stay(from_date=long_ago, to_date=long_ago + 5 * DAY)
    assert page.get(f"/skriv-under/{stay.link(Purpose.SIGN_AGREEMENT)}").status == 404


def test_of_somebody_kept_secret_nothing_leaves(page: PageClient, turn: Stay, session: Session) -> None:
    token = turn.link(Purpose.SIGN_AGREEMENT)
    turn.person.has_protected_identity = True
    session.commit()
    assert page.get(f"/skriv-under/{token}").status == 404


def test_what_is_done_by_link_is_traced_as_such(page: PageClient, turn: Stay, session: Session) -> None:
    page.submit(f"/skriv-under/{turn.link(Purpose.SIGN_AGREEMENT)}", {"name": "Linda Ask"})
    written = select(AccessEntry).where(
        AccessEntry.act == "agreement.sign_as_employer", AccessEntry.kind == "write"
    )
    entry = session.scalars(written).one()
    assert (entry.account_id, entry.participant_id) == (None, turn.person.id)
    assert entry.detail.startswith("link:sign_agreement")


def test_unsigned_agreements_are_tasks_and_signed_ones_are_not(
    stay: Stay, session: Session, queries: QueryCount
) -> None:
    identity, today = act_as(stay.coach), clock.today()
    queries.statements.clear()
    tasks = signature_tasks(identity, today, 10)
    assert [task.title for task in tasks] == ["Skriv under överenskommelsen"]
    assert len(queries) <= 4
    signed_by(stay.trial.agreements[0], *Party)
    session.commit()
    session.expire_all()
    assert signature_tasks(identity, today, 10) == []


def test_a_handler_signs_nothing(sign_in: SignIn, stay: Stay) -> None:
    from aktema.access.roles import Role
    from tests.support.people import an_account

    browser = sign_in(an_account(Role.LSS_HANDLER))
    assert browser.get(stay.path("/at-personen")).status == 403


def test_the_newest_version_is_the_one_that_is_signed(stay: Stay, session: Session) -> None:
    act_as(stay.coach)
    facts = SignatureFacts(party=Party.COACH, how=SignedHow.SIGNED_IN, name="Kim")
    one = sign(stay.trial, facts, SIGN_AGREEMENT)
    newest = session.scalars(select(Agreement).order_by(Agreement.number.desc())).first()
    assert newest is not None
    assert one.agreement_id == newest.id
