"""A step that is written stands: nothing that is done afterwards changes or takes away a row of the log."""

from collections.abc import Callable

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.steps.models import Step
from tests.support.employers import a_placement
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]


def test_no_act_on_a_persons_pages_changes_a_written_step(session: Session, sign_in: SignIn) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    person, placement = a_participant(coach=coach), a_placement()
    session.commit()
    browser, home = sign_in(coach), f"/deltagare/{person.public_id}"
    changed: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("UPDATE step ", "DELETE FROM step ")):
            changed.append(statement)

    event.listen(session.get_bind().engine, "before_cursor_execute", note)
    browser.submit(f"{home}/steg", {"line": "Vi träffades", "next_line": "Ring", "next_due_on": ""})
    browser.submit(f"{home}/steg", {"line": "Vi träffades", "next_line": "Ring"})
    step = session.scalars(select(Step)).one()
    browser.submit(f"{home}/steg/{step.public_id}/ratta", {"line": "Vi träffades på kaféet"})
    browser.submit(f"{home}/forslag/{placement.public_id}", {"answer": "accept", "reason": "person_wants"})
    event.remove(session.get_bind().engine, "before_cursor_execute", note)
    assert (changed, session.scalars(select(Step).order_by(Step.id)).first().line) == ([], "Vi träffades")
    assert len(session.scalars(select(Step)).all()) == 3
