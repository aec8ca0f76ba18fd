"""Template hours become granted hours: one by one, counted down to none, and nothing that stood is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.paging import Cursor
from aktema.people.models import Participant
from aktema.plans import decision_operations as operations
from aktema.plans import decision_queries as queries
from aktema.plans.models import Decision, DecisionExtent
from tests.conftest import QueryCount
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision

SignIn = Callable[[Account], PageClient]
LIST = "/beslut/schablon"
TODAY = clock.today()
LAST_YEAR = TODAY - timedelta(days=365)


@pytest.fixture
def page(sign_in: SignIn, handler: Account) -> PageClient:
    return sign_in(handler)


def handled(handler: Account, unit: Unit | None = None, **values: Any) -> Participant:
    person = a_participant(**values)
    an_assignment(person, kind="handler", account=handler)
    if unit is not None:
        an_assignment(person, kind="provider", unit=unit)
    return person


def a_template(person: Participant, **values: Any) -> Decision:
    return a_decision(person, weekly_minutes=None, **{"from_date": LAST_YEAR, **values})


def converted(page: PageClient, decision: Decision, **typed: str) -> Page:
    way = f"/deltagare/{decision.participant.public_id}/beslut/{decision.public_id}/omvandla?next={LIST}"
    usual = {"weekly_minutes": "20", "from_date": TODAY.isoformat(), "reason": "Så mycket är det."}
    return page.submit(way, {**usual, **typed})


def names(page: Page) -> list[str]:
    return [head.get_text().strip() for head in page.select("tbody th")]


def test_converting_the_last_one_empties_the_list(page: PageClient, handler: Account) -> None:
    made = [a_template(handled(handler, first_name=name)) for name in ("Alva", "Bo")]
    db.session.commit()
    assert "Kvar att omvandla 2" in page.get(LIST).words
    assert names(converted(page, made[0])) == ["Bo Ek"]
    assert "Allt är omvandlat!" in converted(page, made[1]).words


def test_converted_decision_keeps_its_history(page: PageClient, handler: Account) -> None:
    decision = a_template(handled(handler), template_minutes=1500)
    before = db.session.execute(select(DecisionExtent.__table__)).all()
    db.session.commit()
    converted(page, decision)
    rows = db.session.execute(select(DecisionExtent.__table__).order_by(DecisionExtent.id)).all()
    assert rows[:1] == before
    assert (rows[1].weekly_minutes, rows[1].from_date, rows[1].account_id) == (1200, TODAY, handler.id)
    words = page.get(f"/deltagare/{decision.participant.public_id}/beslut/{decision.public_id}").words
    assert "Schablontid, räknad som 25 timmar i veckan" in words
    assert "Så mycket är det." in words


def test_hours_before_the_day_of_conversion_are_template_hours_still(handler: Account) -> None:
    decision = a_template(handled(handler))
    hours = operations.Hours(weekly_minutes=1200)
    change = operations.HoursChange(from_date=TODAY, hours=hours, reason="Omprövat.")
    operations.convert(act_as(handler), decision, change)
    bases = [one.hours_basis for one in decision.extents]
    assert bases == ["template", "granted"]


def test_decision_is_converted_once(page: PageClient, handler: Account) -> None:
    decision = a_template(handled(handler))
    db.session.commit()
    converted(page, decision)
    shown = converted(page, decision, from_date=(TODAY + timedelta(days=9)).isoformat())
    assert (shown.status, "redan omvandlat" in shown.words) == (422, True)


def test_conversion_needs_hours_a_day_and_a_reason(page: PageClient, handler: Account) -> None:
    decision = a_template(handled(handler))
    db.session.commit()
    shown = converted(page, decision, weekly_minutes="", from_date="", reason="")
    assert (shown.status, shown.words.count("Fyll i det här.")) == (422, 6)  # on each field and on top


def test_conversion_begins_after_the_first_day_of_the_decision(handler: Account) -> None:
    decision = a_template(handled(handler), from_date=TODAY)
    hours = operations.Hours(weekly_minutes=1200)
    with pytest.raises(DomainError) as problem:
        operations.convert(
            act_as(handler), decision, operations.HoursChange(from_date=TODAY, hours=hours, reason="a")
        )
    assert problem.value.field == "from_date"


def test_two_who_convert_at_once_are_told_of_each_other(page: PageClient, handler: Account) -> None:
    decision = a_template(handled(handler))
    db.session.commit()
    way = f"/deltagare/{decision.participant.public_id}/beslut/{decision.public_id}/omvandla"
    held = page.get(way).hidden()
    converted(page, decision)
    typed = {"weekly_minutes": "25", "from_date": TODAY.isoformat(), "reason": "Mitt skäl"}
    shown = page.post(way, {**held, **typed})
    assert shown.status == 409
    assert "Mitt skäl" in shown.text


def test_conversion_opened_from_the_decision_leads_back_to_it(page: PageClient, handler: Account) -> None:
    decision = a_template(handled(handler))
    db.session.commit()
    way = f"/deltagare/{decision.participant.public_id}/beslut/{decision.public_id}"
    shown = page.submit(
        way + "/omvandla", {"weekly_minutes": "20", "from_date": TODAY.isoformat(), "reason": "a"}
    )
    assert shown.response.request.path == way


def test_conversion_never_leads_off_the_installation(page: PageClient, handler: Account) -> None:
    decision = a_template(handled(handler))
    db.session.commit()
    way = f"/deltagare/{decision.participant.public_id}/beslut/{decision.public_id}/omvandla"
    typed = {"weekly_minutes": "20", "from_date": TODAY.isoformat(), "reason": "a"}
    shown = page.submit(way + "?next=https://example.com/", typed, follow=False)
    assert shown.location.startswith("/deltagare/")


# The list


def test_list_is_the_handlers_own_people_oldest_first(page: PageClient, handler: Account) -> None:
    a_template(handled(handler, first_name="Ny"), from_date=TODAY)
    a_template(handled(handler, first_name="Gammal"))
    a_template(handled(an_account(Role.LSS_HANDLER), first_name="Annans"))
    a_decision(handled(handler, first_name="Klar"))
    db.session.commit()
    assert names(page.get(LIST)) == ["Gammal Ek", "Ny Ek"]


@pytest.mark.parametrize("ended", [{"to_date": TODAY - timedelta(days=1)}, {"ended_on": LAST_YEAR}])
def test_ended_decision_is_no_longer_to_convert(
    page: PageClient, handler: Account, ended: dict[str, Any]
) -> None:
    reason = {"end_reason": "moved"} if "ended_on" in ended else {}
    a_template(handled(handler), **ended, **reason)
    db.session.commit()
    assert "Ingen schablontid" in page.get(LIST).words


def test_everybody_on_the_list_is_traced(page: PageClient, handler: Account) -> None:
    people = [a_template(handled(handler)).participant_id for _number in range(3)]
    db.session.commit()
    page.get(LIST)
    read = (AccessEntry.act == "lss_decision.convert") & (AccessEntry.kind == "read")
    traced = select(AccessEntry.participant_id).where(read).order_by(AccessEntry.participant_id)
    assert db.session.scalars(traced).all() == people


def test_list_is_the_case_handlers_alone(sign_in: SignIn, unit: Unit) -> None:
    assert sign_in(an_account(Role.COORDINATOR, unit)).get(LIST).status == 403


def test_progress_is_counted_by_the_unit_that_serves_the_person(handler: Account, unit: Unit) -> None:
    other = a_unit("Annan")
    for place in (unit, unit, other, None):
        a_template(handled(handler, place))
    done = a_template(handled(handler, unit))
    identity = act_as(handler)
    hours = operations.HoursChange(
        from_date=TODAY, hours=operations.Hours(weekly_minutes=600), reason="Omprövat."
    )
    operations.convert(identity, done, hours)
    a_decision(handled(handler, other))
    found = {one.unit: (one.left, one.converted) for one in queries.conversion_by_unit(identity)}
    assert found == {unit.name: (2, 1), other.name: (1, 0), "": (1, 0)}


def test_unit_that_no_longer_serves_the_person_counts_nothing(handler: Account, unit: Unit) -> None:
    person = handled(handler)
    an_assignment(
        person,
        kind="provider",
        unit=unit,
        from_date=LAST_YEAR,
        to_date=TODAY - timedelta(days=1),
    )
    a_template(person)
    assert [one.unit for one in queries.conversion_by_unit(act_as(handler))] == [""]


def test_share_is_all_only_when_nothing_is_left(page: PageClient, handler: Account, unit: Unit) -> None:
    made = [a_template(handled(handler, unit)) for _number in range(3)]
    db.session.commit()
    for decision in made[:2]:
        converted(page, decision)
    words = page.get(LIST).words
    assert "66 %" in words
    assert "2 av 3 beslut" in words


def test_list_goes_on_over_the_page(page: PageClient, handler: Account) -> None:
    for number in range(60):
        a_template(handled(handler, first_name=f"P{number:02}"), from_date=LAST_YEAR + timedelta(number))
    db.session.commit()
    first = page.get(LIST)
    ahead = first.soup.select_one("nav.pager a")
    assert ahead is not None
    second = page.get(str(ahead["href"]))
    assert (len(names(first)), names(second)) == (50, [f"P{number} Ek" for number in range(50, 60)])


@pytest.mark.parametrize("many", [5, 120])
def test_list_takes_as_many_statements_for_many_as_for_few(
    page: PageClient, handler: Account, unit: Unit, queries: QueryCount, many: int
) -> None:
    for _number in range(many):
        a_template(handled(handler, unit))
    db.session.commit()
    queries.statements.clear()
    page.get(LIST)
    assert len(queries) <= 12


def test_page_of_the_list_is_read_by_the_handler_alone(handler: Account) -> None:
    a_template(handled(an_account(Role.LSS_HANDLER)))
    assert queries.template_decisions(act_as(handler), Cursor()).items == []


def test_no_conversion_changes_or_takes_away_a_row_of_hours(
    session: Session, page: PageClient, handler: Account
) -> None:
    touched: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("UPDATE decision_extent", "DELETE FROM decision_extent")):
            touched.append(statement)

    decision = a_template(handled(handler))
    db.session.commit()
    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    converted(page, decision)
    event.remove(engine, "before_cursor_execute", note)
    assert (touched, len(decision.extents)) == ([], 2)
