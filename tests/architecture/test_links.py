"""Every page that a link opens keeps the key to itself, and every kind of link can be sent anew."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from aktema.access import guard
from aktema.access.guard import LINK_HEADERS, access_of
from aktema.access.link_codes import LIFETIMES, Purpose
from aktema.access.link_operations import renewals
from tests.robustness.world import World, build
from tests.support.page import PageClient


@pytest.fixture
def world(session: Session) -> World:
    return build()


def link_rules(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if isinstance(access_of(app, rule.endpoint), Purpose):
            yield rule


def test_every_kind_of_link_opens_a_page_ends_and_can_be_sent_anew(app: Flask) -> None:
    opened = {access_of(app, rule.endpoint) for rule in link_rules(app)}
    assert opened == set(Purpose) == set(LIFETIMES) == set(renewals)


def test_no_address_of_a_link_holds_anything_but_its_key_and_what_is_on_the_page(app: Flask) -> None:
    assert all("token" in rule.arguments for rule in link_rules(app))


def test_every_page_of_a_link_keeps_its_key(
    app: Flask, world: World, page: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MOST_MISSES", 1000)
    leaking, opened = [], 0
    for rule in link_rules(app):
        address = world.address(rule)
        if address is not None and "GET" in (rule.methods or ()):
            answer, opened = page.client.get(address), opened + 1
            if {name: answer.headers.get(name) for name in LINK_HEADERS} != LINK_HEADERS:
                leaking.append(rule.endpoint)
    assert leaking == []
    assert opened >= len(Purpose)
