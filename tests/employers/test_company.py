"""An employer's own side: its positions, its wishes, its colleagues; and how coaches let it in."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import renew
from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError, MissingError
from aktema.core.outbox import OutboxMessage
from aktema.employers import company_operations as operations
from aktema.employers import company_queries as queries
from aktema.employers.company_operations import Wishes
from aktema.employers.employer_page import employer_tasks
from aktema.employers.letters import is_reachable
from aktema.employers.models import Contact, Employer, Placement
from aktema.employers.operations import mark_contact_left
from aktema.employers.permissions import UPDATE_EMPLOYER
from aktema.employers.posting_letters import look_after_positions
from aktema.employers.queries import matchable_placements
from tests.support.employers import (
    a_contact,
    a_placement,
    a_workplace,
    an_employer,
    an_employer_account,
)
from tests.support.links import a_link
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coach(sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.JOB_COACH, a_unit()))


@pytest.fixture
def employer(session: Session) -> Employer:
    return an_employer()


@pytest.fixture
def linda(employer: Employer) -> Account:
    """Who administers the employer."""
    return an_employer_account(employer)


def a_position(employer: Employer, **values: object) -> Placement:
    return a_placement(a_workplace(employer), posted_by="employer", **values)  # type: ignore[arg-type]  # columns


def contact_of(account: Account) -> Contact:
    from aktema.core.db import db

    return db.session.scalars(select(Contact).where(Contact.account_id == account.id)).one()


def test_an_account_belongs_to_its_employer(linda: Account, employer: Employer) -> None:
    assert queries.company_of(act_as(linda)) is employer


@pytest.mark.parametrize("what", ["left", "closed", "nobody"])
def test_who_is_not_at_an_open_employer_has_none(linda: Account, employer: Employer, what: str) -> None:
    account = linda
    if what == "left":
        contact_of(linda).left_on = clock.today()
    elif what == "closed":
        employer.closed_on = clock.today()
    else:
        account = an_account(Role.EMPLOYER)
    with pytest.raises(MissingError):
        queries.company_of(act_as(account))


def test_another_employers_position_is_missing(linda: Account, employer: Employer) -> None:
    other = a_position(an_employer("Andra"))
    with pytest.raises(MissingError):
        queries.get_position(employer, other.public_id)


@pytest.mark.parametrize("path", ["/arbetsgivare", "/platser", "/deltagare", "/register"])
def test_an_employer_opens_no_page_of_staff(sign_in: SignIn, linda: Account, path: str) -> None:
    assert sign_in(linda).get(path).status == 403


def test_the_start_page_is_the_own_workplace(sign_in: SignIn, linda: Account, employer: Employer) -> None:
    a_position(employer, title="Baka bröd")
    page = sign_in(linda).get("/")
    assert "Min arbetsplats" in page.words
    assert "Baka bröd" in page.words


def test_the_start_page_says_what_to_do_first(sign_in: SignIn, linda: Account) -> None:
    page = sign_in(linda).get("/min-arbetsplats")
    assert "Inga platser än" in page.words
    assert page.select("a[href='/min-arbetsplats/ny-plats']")


@pytest.mark.parametrize(
    ("before", "move", "after"),
    [("published", "pause", "paused"), ("published", "close", "closed"), ("paused", "close", "closed")],
)
def test_an_employer_pauses_and_removes_its_position(
    sign_in: SignIn, linda: Account, employer: Employer, session: Session, before: str, move: str, after: str
) -> None:
    position = a_position(employer, state=before)
    session.commit()
    browser = sign_in(linda)
    path = f"/min-arbetsplats/platser/{position.public_id}"
    browser.submit(path, {"move": move}, css=f"form:has([value='{move}'])")
    session.expire_all()
    assert position.state == after


def test_a_removal_is_asked_about_first_and_leads_on(
    sign_in: SignIn, linda: Account, employer: Employer, session: Session
) -> None:
    position = a_position(employer)
    session.commit()
    browser, path = sign_in(linda), f"/min-arbetsplats/platser/{position.public_id}"
    assert browser.get(path).select("details[data-dialog] form:has([value='close'])")
    page = browser.submit(path, {}, css="form:has([value='close'])")
    assert ("Platsen är borttagen" in page.words, "Använd igen" in page.words) == (True, True)


def test_a_coachs_draft_says_who_posts_it(
    sign_in: SignIn, linda: Account, employer: Employer, session: Session
) -> None:
    position = a_position(employer, state="draft")
    session.commit()
    page = sign_in(linda).get(f"/min-arbetsplats/platser/{position.public_id}")
    assert "Platsen visas inte än Jobbcoachen lägger ut den" in page.words


@pytest.mark.parametrize("state", ["published", "paused"])
def test_one_tap_says_that_a_position_still_holds(
    sign_in: SignIn, linda: Account, employer: Employer, session: Session, state: str
) -> None:
    position = a_position(employer, state=state, expires_on=clock.today() + timedelta(days=3))
    session.commit()
    browser = sign_in(linda)
    browser.submit(
        f"/min-arbetsplats/platser/{position.public_id}",
        {},
        css=f"form[action$='/{position.public_id}/galler']",
    )
    session.expire_all()
    assert (position.state, position.expires_on) == ("published", clock.today() + timedelta(days=180))


@pytest.mark.parametrize(("answer", "state"), [("yes", "published"), ("no", "closed")])
def test_a_link_asks_whether_a_position_still_holds(
    page: PageClient, employer: Employer, session: Session, answer: str, state: str
) -> None:
    position = a_position(employer, state="paused")
    link, token = a_link(Purpose.REFRESH_PLACEMENT, position.id)
    session.commit()
    page.submit(f"/platsen-galler/{token}", {"answer": answer})
    session.expire_all()
    assert position.state == state
    assert link.used_at is not None


def test_a_position_that_is_gone_is_not_brought_back_by_a_link(
    page: PageClient, employer: Employer, session: Session
) -> None:
    position = a_position(employer, state="closed")
    _link, token = a_link(Purpose.REFRESH_PLACEMENT, position.id)
    session.commit()
    shown = page.get(f"/platsen-galler/{token}")
    assert "Platsen är borttagen" in shown.words
    assert not shown.select("main form")


def test_wishes_count_in_what_is_suggested(
    sign_in: SignIn, linda: Account, employer: Employer, session: Session
) -> None:
    a_position(employer)
    session.commit()
    later = clock.today() + timedelta(days=30)
    sign_in(linda).submit("/min-arbetsplats/onskemal", {"month_cap": "2", "not_before": later.isoformat()})
    session.expire_all()
    assert (employer.month_cap, employer.not_before) == (2, later)
    (facts,) = matchable_placements()
    assert (facts.is_live(clock.today()), facts.is_live(later)) == (False, True)


def test_coaches_write_down_wishes_too(coach: PageClient, employer: Employer, session: Session) -> None:
    session.commit()
    page = coach.submit(f"/arbetsgivare/{employer.public_id}/onskemal", {"month_cap": "3"})
    assert "Vill ha högst 3 frågor i månaden." in page.words


@pytest.mark.parametrize("cap", ["0", "100", "-1", "x"])
def test_odd_wishes_are_told_at_their_field(
    sign_in: SignIn, linda: Account, session: Session, cap: str
) -> None:
    session.commit()
    assert sign_in(linda).submit("/min-arbetsplats/onskemal", {"month_cap": cap}).status == 422


def test_a_colleague_is_asked_in_and_a_coach_lets_them_in(
    sign_in: SignIn, coach: PageClient, linda: Account, employer: Employer, session: Session
) -> None:
    session.commit()
    sign_in(linda).submit(
        "/min-arbetsplats/kollegor", {"name": "Ola Ek", "email": "ola@lindas.example"}, css="form.form"
    )
    ola = session.scalars(select(Contact).where(Contact.name == "Ola Ek")).one()
    assert ola.asked_in_on == clock.today()
    page = coach.submit(
        f"/arbetsgivare/{employer.public_id}", {}, css=f"form[action$='/{ola.public_id}/konto']"
    )
    assert "/inbjudan/" in page.words
    session.expire_all()
    account = session.get_one(Account, ola.account_id)
    assert [one.role for one in account.memberships] == [Role.EMPLOYER]
    assert (ola.is_admin, ola.asked_in_on) == (False, None)


def test_the_first_who_is_let_in_administers(coach: PageClient, employer: Employer, session: Session) -> None:
    contact = a_contact(employer, email="linda@lindas.example")
    session.commit()
    coach.submit(f"/arbetsgivare/{employer.public_id}", {}, css=f"form[action$='/{contact.public_id}/konto']")
    session.expire_all()
    assert contact.is_admin


def test_only_the_own_domain_is_asked_in(linda: Account) -> None:
    act_as(linda)
    with pytest.raises(DomainError) as refused:
        operations.ask_in(contact_of(linda), name="Ola", email="ola@annat.example", task="")
    assert refused.value.field == "email"


def test_who_is_in_already_is_not_asked_in_again(linda: Account, employer: Employer) -> None:
    act_as(linda)
    with pytest.raises(DomainError):
        operations.ask_in(contact_of(linda), name="Linda", email=contact_of(linda).email, task="")


def test_who_does_not_administer_changes_no_colleagues(
    sign_in: SignIn, employer: Employer, session: Session
) -> None:
    account = an_employer_account(employer, is_admin=False)
    session.commit()
    browser = sign_in(account)
    page = browser.get("/min-arbetsplats/kollegor")
    assert not page.select("main form")
    assert browser.post("/min-arbetsplats/kollegor", {"name": "Ola"}).status in (400, 403)


def test_a_colleague_who_is_put_out_is_signed_out(
    sign_in: SignIn, linda: Account, employer: Employer, session: Session
) -> None:
    other = an_employer_account(employer, is_admin=False)
    session.commit()
    theirs = sign_in(other)
    contact = contact_of(other)
    sign_in(linda).submit("/min-arbetsplats/kollegor", {}, css=f"form[action$='/{contact.public_id}/ut']")
    session.expire_all()
    assert other.disabled_at is not None
    assert theirs.get("/min-arbetsplats", follow=False).status in (302, 303)


def test_a_colleague_who_is_put_out_while_waiting_is_sent_nothing_more(
    linda: Account, employer: Employer
) -> None:
    act_as(linda)
    ola = operations.ask_in(contact_of(linda), name="Ola", email="ola@lindas.example", task="")
    operations.put_out(contact_of(linda), ola)
    assert not is_reachable(ola)
    again = operations.ask_in(contact_of(linda), name="Ola", email=ola.email, task="")
    assert (again, is_reachable(ola)) == (ola, True)


def test_nobody_puts_themselves_out(linda: Account) -> None:
    act_as(linda)
    with pytest.raises(DomainError):
        operations.put_out(contact_of(linda), contact_of(linda))


def test_another_can_administer_too(linda: Account, employer: Employer) -> None:
    act_as(linda)
    other = contact_of(an_employer_account(employer, is_admin=False))
    operations.make_admin(other)
    assert other.is_admin
    with pytest.raises(DomainError):
        operations.make_admin(a_contact(employer, name="Utan konto"))


def test_who_has_left_signs_in_no_more(linda: Account) -> None:
    act_as(an_account(Role.JOB_COACH, a_unit()))
    mark_contact_left(contact_of(linda), clock.today())
    assert linda.disabled_at is not None


def test_who_was_put_out_can_be_let_in_again(linda: Account) -> None:
    act_as(an_account(Role.JOB_COACH, a_unit()))
    operations.shut_out(contact_of(linda))
    found = operations.let_in(contact_of(linda))
    assert (found.account, found.account.disabled_at) == (linda, None)


def test_nobody_is_let_in_without_an_address(employer: Employer) -> None:
    with pytest.raises(DomainError):
        operations.let_in(a_contact(employer))


def test_a_coach_sends_a_link_to_post_by(coach: PageClient, employer: Employer, session: Session) -> None:
    contact = a_contact(employer, email="linda@lindas.example")
    session.commit()
    page = coach.submit(
        f"/arbetsgivare/{employer.public_id}", {}, css=f"form[action$='/{contact.public_id}/lank']"
    )
    assert "/ny-plats/" in page.words
    message = session.scalars(select(OutboxMessage)).one()
    assert message.address == "linda@lindas.example"
    assert "/ny-plats/" in (message.body or "")


def test_a_contact_without_mail_gets_the_link_read_out(
    coach: PageClient, employer: Employer, session: Session
) -> None:
    contact = a_contact(employer)
    session.commit()
    there = f"/arbetsgivare/{employer.public_id}"
    assert "Visa länk för ny plats" in coach.get(there).words
    page = coach.submit(there, {}, css=f"form[action$='/{contact.public_id}/lank']")
    assert ("/ny-plats/" in page.words, "Inget mejl har skickats." in page.words) == (True, True)
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def test_coaches_look_through_what_employers_post(
    coach: PageClient, employer: Employer, session: Session
) -> None:
    position = a_position(employer)
    session.commit()
    assert [one.id for one in queries.positions_to_look_through(5)] == [position.id]
    coach.submit(f"/platser/{position.public_id}", {}, css="form[action$='/genomgangen']")
    assert queries.positions_to_look_through(5) == []


def test_what_waits_at_employers_is_told_to_those_who_work_with_them(employer: Employer) -> None:
    a_position(employer, title="Baka")
    a_contact(employer, name="Ola", asked_in_on=clock.today())
    coach = act_as(an_account(Role.JOB_COACH, a_unit()))
    assert [one.title for one in employer_tasks(coach, 10)] == ["Ge Ola inloggning", "Titta igenom ”Baka”"]
    assert employer_tasks(act_as(an_account(Role.LSS_HANDLER)), 10) == ()


def expiring_in(employer: Employer, days: int, **values: object) -> Placement:
    return a_position(employer, expires_on=clock.today() + timedelta(days=days), **values)


def letters(session: Session) -> list[str]:
    return [one.kind for one in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]


def test_an_employer_is_asked_once_before_a_position_expires(
    linda: Account, employer: Employer, session: Session
) -> None:
    act_as(linda)
    position = expiring_in(employer, 10)
    a_link(Purpose.POST_PLACEMENT, employer.id)
    look_after_positions()
    look_after_positions()
    assert letters(session) == ["position_expires"]
    sent = session.scalars(select(Link).where(Link.purpose == Purpose.REFRESH_PLACEMENT)).one()
    assert (sent.subject_id, sent.contact_id) == (position.id, contact_of(linda).id)


@pytest.mark.parametrize("days", [15, 100])
def test_nobody_is_asked_long_before(linda: Account, employer: Employer, session: Session, days: int) -> None:
    expiring_in(employer, days)
    a_link(Purpose.POST_PLACEMENT, employer.id)
    look_after_positions()
    assert letters(session) == []


@pytest.mark.parametrize("days", [0, -3])
def test_a_position_nobody_speaks_up_for_is_paused(employer: Employer, days: int) -> None:
    position = expiring_in(employer, days)
    look_after_positions()
    assert position.state == "paused"


def test_an_expired_position_is_not_suggested_even_before_it_is_paused(employer: Employer) -> None:
    expiring_in(employer, 0)
    (facts,) = matchable_placements()
    assert not facts.is_live(clock.today())


def test_wishes_leave_a_trace(employer: Employer, session: Session) -> None:
    act_as(an_account(Role.JOB_COACH, a_unit()))
    operations.set_wishes(employer, Wishes(not_before=date(2026, 12, 1)), UPDATE_EMPLOYER)
    entry = session.scalars(select(AccessEntry).where(AccessEntry.detail == "wishes")).one()
    assert (entry.object_kind, entry.object_id) == ("employer", employer.id)


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [(Purpose.POST_PLACEMENT, "new_position_link"), (Purpose.REFRESH_PLACEMENT, "position_expires")],
)
@pytest.mark.parametrize(("has_left", "letters_sent"), [(False, 1), (True, 0)])
def test_a_lost_link_is_sent_anew_to_who_is_still_there(
    employer: Employer, session: Session, purpose: Purpose, kind: str, has_left: bool, letters_sent: int
) -> None:
    contact = a_contact(employer, email="linda@lindas.example")
    position = a_position(employer)
    subject = employer.id if purpose is Purpose.POST_PLACEMENT else position.id
    link, _token = a_link(purpose, subject, contact=contact)
    link.created_at = clock.now() - timedelta(days=40)
    contact.left_on = clock.today() if has_left else None
    session.flush()
    renew(link)
    assert letters(session) == [kind] * letters_sent


def test_nobody_is_asked_about_a_position_that_nobody_answers_for(
    employer: Employer, session: Session
) -> None:
    a_contact(employer, email="linda@lindas.example")
    expiring_in(employer, 5)
    look_after_positions()
    assert letters(session) == []


def test_a_closed_position_is_neither_changed_nor_shown_again(
    sign_in: SignIn, linda: Account, employer: Employer, session: Session
) -> None:
    position = a_position(employer, state="closed")
    session.commit()
    browser = sign_in(linda)
    path = f"/min-arbetsplats/platser/{position.public_id}"
    page = browser.get(path)
    assert not page.select(f"a[href='{path}/andra']")
    assert browser.get(f"{path}/andra").status == 404
    sent = page.hidden(f"form[action$='/{position.public_id}/igen']")
    assert "inte ute längre" in browser.post(f"{path}/galler", sent).text


def test_an_address_that_has_an_account_is_not_let_in_twice(
    coach: PageClient, employer: Employer, session: Session
) -> None:
    an_account(Role.JOB_COACH, a_unit(), email="linda@lindas.example")
    contact = a_contact(employer, email="linda@lindas.example")
    session.commit()
    page = coach.submit(
        f"/arbetsgivare/{employer.public_id}", {}, css=f"form[action$='/{contact.public_id}/konto']"
    )
    assert "har redan ett konto" in page.text
    session.expire_all()
    assert (contact.account_id, contact.is_admin) == (None, False)
