"""Ranking pages send the same few statements, however many people and placements there are."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.bench.people import add_people
from aktema.bench.town import Town
from aktema.employers.models import Placement
from tests.conftest import QueryCount
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account

SignIn = Callable[[Account], PageClient]
PAGES = ("", "/bortvalda", "/{placement}", "/varfor?q=hos", "/fragor", "/platser/{placement}/personer")


@pytest.mark.parametrize("amount", [1, 50, 500])
def test_a_ranking_costs_the_same_few_statements_however_long_it_is(
    session: Session, sign_in: SignIn, queries: QueryCount, amount: int
) -> None:
    unit = a_unit()
    coach = an_account(Role.JOB_COACH, unit)
    browser, person = sign_in(coach), add_people(amount, coach, unit.id)[0]
    Town().grow_placements(amount)
    placement = session.scalar(select(Placement.public_id).order_by(Placement.id))
    session.commit()
    browser.get(f"/deltagare/{person}/forslag")  # makes the index, once for all pages
    sent = {page: statements(browser, queries, page, person, placement) for page in PAGES}
    assert {page: len(found) for page, found in sent.items() if len(found) > 12} == {}


def statements(
    browser: PageClient, queries: QueryCount, page: str, person: str, placement: str | None
) -> list[str]:
    path = page.format(placement=placement)
    path = path if path.startswith("/platser") else f"/deltagare/{person}/forslag{path}"
    queries.statements.clear()
    assert browser.get(path).status == 200
    return list(queries.statements)
