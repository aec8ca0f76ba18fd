"""The permission table against its ground floor, docs/permissions.csv: it may be narrower for now, never wider."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from aktema.access.guard import PUBLIC, SIGNED_IN, access_of
from aktema.access.link_codes import Purpose
from aktema.access.policy import Permission
from aktema.app import PERMISSIONS

FLOOR = Path(__file__).parents[2] / "docs" / "permissions.csv"
WITHOUT_ROUTE = {
    "public_page.read": "its pages are marked public",
    "match_model.configure": "its acts are commands: retrain and model",
}
ADDED = {
    "outbox.manage": "the floor forgot what is to be sent, which system administrators see to",
    "help.read_components": "the component gallery shows nothing about anybody",
    "user.list": "the floor forgot the list of accounts that its other rows work on",
    "vocabulary.read": "the floor forgot the vocabulary",
    "introduction.read": "the floor forgot introductions",
    "introduction.record_answer": "the floor forgot introductions",
    "introduction.advance": "the floor forgot introductions",
    "trial.update": "the floor lets them take the place, and forgot that they write what is agreed about it",
    "lss_decision.interrupt": "the floor forgot days on which the support is not given",
    "lss_decision.report": "the floor forgot the report to IVO",
    "service_order.create": "the floor forgot orders",
    "service_order.read": "the floor forgot orders",
    "service_order.answer": "the floor forgot orders",
    "service_order.close": "the floor forgot orders",
    "follow_up.read_due": "the floor forgot the list of what is due",
    "pulse.create": "the floor forgot the quarterly pulse",
    "pulse.read": "the floor forgot the quarterly pulse",
    "pulse.answer_own": "the floor forgot the quarterly pulse, which the person can answer alone",
    "handover.create": "the floor's consents speak of employers, not of a new unit",
    "handover.receive": "the floor's consents speak of employers, not of a new unit",
    "consultation.create": "the floor forgot that licensed staff can be asked",
    "consultation.read": "the floor forgot that licensed staff can be asked",
    "plan_template.read": "the floor forgot templates, which are about nobody",
    "plan_template.update": "the floor forgot templates, which are about nobody",
    "plan_template.share": "the floor forgot templates, which are about nobody",
    "card.make": "the floor forgot the card a participant signs in with",
    "session.hand_over": "the floor forgot the screen a worker hands over to a participant",
    "user.create_representative": "the floor forgot who lets a representative in",
    "outcome.read": "the floor's outcome can be written, and nobody reads it",
    "outcome.follow_up": "the floor forgot that a job is followed up, also when nobody has the person",
    "outcome.read_own": "the floor forgot the person's own job",
    "outcome.say_own": "the floor forgot the person's own word about the job, and the way back",
    "agreement.sign": "the floor forgot that agreements are signed",
    "agreement.sign_as_employer": "the floor forgot that agreements are signed",
    "agreement.sign_own": "the floor forgot that agreements are signed",
    "check_in.create": "the floor forgot that both sides are asked how a trial goes",
    "check_in.create_as_employer": "the floor forgot that both sides are asked how a trial goes",
    "check_in.create_own": "the floor forgot that both sides are asked how a trial goes",
    "match.weigh": "the floor forgot what matters most for one person",
    "match.decide": "the floor forgot verdicts",
    "employer.read_register": "the floor forgot the register: it counts questions and jobs, and names nobody",
    "employer.write_log": "the floor forgot the log of contacts with an employer, which is about no participant",
    "employer.merge": "the floor forgot organisations that stand there twice",
    "placement.analyse": "the floor forgot job analyses at the workplace",
    "match.plan": "the floor forgot who tries which place when several want the same ones",
    "review.read": "the floor forgot what voices say of a trial",
    "review.create": "the floor forgot what voices say of a trial",
    "review.create_as_employer": "the floor forgot what voices say of a trial",
    "review.answer_own": "the floor forgot what voices say of a trial",
}
SAME_SCOPE = {"tenant": {"tenant", "all"}, "own_unit": {"own_unit"}}


def floor() -> dict[tuple[str, str, str], dict[str, dict[str, str]]]:
    rows: dict[tuple[str, str, str], dict[str, dict[str, str]]] = {}
    with FLOOR.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault((row["resource"], row["action"], row["fields"]), {})[row["role"]] = row
    return rows


def decisions() -> Iterator[tuple[Permission, str]]:
    for permission in PERMISSIONS:
        if permission.code not in ADDED:
            yield from ((permission, role.value) for role in permission.grants)


def test_the_floor_holds_its_913_decisions() -> None:
    assert sum(len(roles) for roles in floor().values()) == 913


def test_codes_are_unique() -> None:
    codes = [permission.code for permission in PERMISSIONS]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("permission", PERMISSIONS, ids=lambda permission: permission.code)
def test_every_permission_is_a_row_of_the_floor_or_added_with_a_reason(permission: Permission) -> None:
    assert permission.code in ADDED or (permission.resource, permission.action, permission.fields) in floor()


@pytest.mark.parametrize(
    ("permission", "role"), list(decisions()), ids=lambda value: getattr(value, "code", value)
)
def test_nobody_may_more_than_the_floor_says(permission: Permission, role: str) -> None:
    row = floor()[permission.resource, permission.action, permission.fields][role]
    grant = next(grant for held, grant in permission.grants.items() if held.value == role)
    assert (row["effect"], row["scope"]) in {
        (grant.effect.value, scope) for scope in _scopes(grant.scope.value)
    }


@pytest.mark.parametrize("permission", [p for p in PERMISSIONS if p.code not in ADDED], ids=lambda p: p.code)
def test_the_trace_is_what_the_floor_asks(permission: Permission) -> None:
    asked = {
        row["audit"]
        for row in floor()[permission.resource, permission.action, permission.fields].values()
        if row["audit"]
    }
    assert permission.audit.value in asked or not asked


def _scopes(scope: str) -> set[str]:
    return SAME_SCOPE.get(scope, {scope})


def test_every_route_declares_its_access(app: Flask) -> None:
    bare = [
        endpoint
        for endpoint in app.view_functions
        if endpoint != "static" and access_of(app, endpoint) is None
    ]
    assert bare == []


def test_every_route_needs_a_permission_of_the_table(app: Flask) -> None:
    marks = {access_of(app, endpoint) for endpoint in app.view_functions if endpoint != "static"}
    assert marks - {PUBLIC, SIGNED_IN} - set(Purpose) <= set(PERMISSIONS)


def test_every_permission_has_a_route(app: Flask) -> None:
    used = {access_of(app, endpoint) for endpoint in app.view_functions if endpoint != "static"}
    assert {p.code for p in PERMISSIONS if p not in used} - WITHOUT_ROUTE.keys() == set()


def test_public_routes_are_these_and_no_others(app: Flask) -> None:
    public = {
        endpoint
        for endpoint in app.view_functions
        if endpoint != "static" and access_of(app, endpoint) == PUBLIC
    }
    assert public == {
        "access.sign_in",
        "access.sign_out",
        "access.accept_invitation",
        "home.start",
        "home.theme",
        "home.health",
        "home.accessibility",
        "home.about",
        "plans.calendar_file",
        "access.card_sign_in",
        "vocabulary.localities",
        "employers.new_link",
    }
