"""Two editors of one thing: whoever comes second is asked, on every page that edits a row with a version."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from tests.robustness.world import World, build
from tests.support.page import PageClient, filled_in

SignIn = Callable[[Account], PageClient]
PARTS = ("uppgifter", "sysslor", "krav", "tider", "stod", "miljo")
EDITED = (
    "people.update_identity",
    "employers.edit_employer",
    "employers.note",
    "employers.edit_contact",
    "employers.edit_workplace",
    "employers.edit_visit",
    "employers.analysis_part",
    "employers.merge",
    "pathway.answer",
    "pathway.card",
    "pathway.employer_answer",
    "pathway.visit",
    "pathway.close_introduction",
    "pathway.benefits",
    "pathway.edit_outcome",
    "pathway.end_job",
    "pathway.job",
    "pathway.retention_check",
    "plans.change_hours",
    "plans.end_decision",
    "plans.new_interruption",
    "plans.end_interruption",
    "plans.answer_order",
    "access.own_account",
    "access.unit",
    *(f"employers.edit_placement {slug}" for slug in PARTS),
)


@pytest.fixture
def world(session: Session) -> World:
    return build()


@pytest.mark.parametrize("edited", EDITED)
def test_a_form_drawn_from_an_older_version_asks_before_it_writes(
    app: Flask, world: World, sign_in: SignIn, edited: str
) -> None:
    endpoint, _space, slug = edited.partition(" ")
    rule = next(app.url_map.iter_rules(endpoint))
    address = world.address(rule)
    assert address is not None
    address = address.replace("/uppgifter", f"/{slug}") if slug else address
    browser = sign_in(world.permitted(app, endpoint))
    held = next(
        filled_in(form)
        for form in browser.get(address).select("main form[method=post]")
        if form.select_one("[name=version]") and form.select_one("[name=version]")["value"]
    )
    answer = browser.post(address, {**held, **ANSWERS.get(endpoint, {}), "version": "999"}, follow=False)
    assert answer.status == 409


DAY = clock.today().isoformat()
ANSWERS = {
    "pathway.end_job": {"last_day": DAY, "reason": "other"},
    "pathway.retention_check": {"situation": "still"},
    "pathway.answer": {"answer": "yes", "answer_channel": "speech"},
    "pathway.card": {"called": "code", "channel": "speech"},
    "pathway.employer_answer": {"answer": "yes"},
    "pathway.visit": {"visit_on": DAY},
    "pathway.close_introduction": {"closed_reason": "travel", "closed_by": "nobody"},
    "plans.change_hours": {"weekly_minutes": "10", "from_date": DAY, "reason": "Orkar mer"},
    "plans.end_decision": {"last_day": DAY, "reason": "moved"},
    "plans.new_interruption": {"from_date": DAY, "share": "whole", "reason": "no_staff"},
}
