"""Where an order stands, told twice: by Python for one order, by the database for lists. They must not differ."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.core.db import db
from aktema.plans.codes import OrderState
from aktema.plans.models import OrderReply, ServiceOrder
from aktema.plans.order_queries import state_clause, state_of
from tests.support.orders import DAY, TODAY
from tests.support.people import a_unit
from tests.support.people_builders import a_participant
from tests.support.plans import a_decision, an_order

ANSWERS = ((), ("waiting",), ("accepted",), ("declined",), ("waiting", "accepted"), ("declined", "waiting"))
CLOSED = (None, TODAY - DAY, TODAY, TODAY + DAY)
BEGUN = (None, TODAY - 7 * DAY)


@pytest.mark.parametrize(("answers", "closed_on", "first_day"), list(product(ANSWERS, CLOSED, BEGUN)))
def test_the_database_says_what_the_rule_says(
    session: Session, answers: tuple[str, ...], closed_on: object, first_day: object
) -> None:
    decision = a_decision(a_participant(), from_date=TODAY - timedelta(days=30))
    order = an_order(decision, a_unit(), closed_on=closed_on, first_day=first_day)
    for answer in answers:
        order.answers.append(OrderReply(answer=answer, answered_on=TODAY, account_id=order.account_id))
    session.flush()
    told = db.session.scalar(select(state_clause(TODAY)).where(ServiceOrder.id == order.id))
    assert OrderState(told) is state_of(order, TODAY)
