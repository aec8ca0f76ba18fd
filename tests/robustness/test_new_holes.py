"""Ways by which one could reach further than one may: found by looking for them, and closed."""

import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access import card_operations
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.svg import clean_svg
from aktema.own.operations import let_in
from aktema.people.codes import Source
from aktema.people.photo_models import KnownPicture
from aktema.people.photo_operations import add_photo
from aktema.people.photo_queries import contents_of_refs
from aktema.plans import handover_packet as packets
from aktema.plans.handover_codes import FieldGroup
from aktema.plans.plan_codes import PlanField
from aktema.plans.plan_models import Plan, PlanLine
from tests.support.handover import a_handover, a_move
from tests.support.own import CODE, Someone, a_card, a_representative, someone
from tests.support.page import PageClient
from tests.support.people import act_as
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order

Browser = Callable[[Account], PageClient]
PHONE = "070-1740605"
SVG = "http://www.w3.org/2000/svg"
PART = '<g class="a"/>'


def test_a_sent_packet_shows_no_contact_once_the_identity_is_protected(
    session: Session, sign_in: Browser
) -> None:
    move = a_move()
    move.person.phone = PHONE
    handover = a_handover(move, FieldGroup.CONTACT, FieldGroup.COMMUNICATION)
    move.person.has_protected_identity = True
    session.commit()
    page = sign_in(move.receiver).get(
        f"/bestallningar/{move.order.public_id}/overlamningar/{handover.public_id}"
    )
    assert (page.status, PHONE in page.words) == (200, False)


def test_words_under_photos_of_a_protected_person_go_in_no_packet(session: Session) -> None:
    move = a_move()
    known = KnownPicture(
        participant_id=move.person.id,
        ref="photo:" + "a" * 22,
        source=Source.OWN.value,
        said_on=clock.today(),
        account_id=move.sender.id,
    )
    known.word = "Bussen till Vega"
    session.add(known)
    move.person.has_protected_identity = True
    session.flush()
    told = packets.written(packets.packet_of(move.person, [FieldGroup.COMMUNICATION]))
    assert "Vega" not in told


def test_nobody_gets_a_link_to_a_sign_in_that_opens_another_persons_pages(
    app: Flask, session: Session
) -> None:
    one, other = someone(), someone()
    _first, account = a_representative(one.person)
    account.password_hash = None
    second, _spare = a_representative(other.person)
    second.account_id = None
    act_as(other.coach)
    with pytest.raises(DomainError):
        let_in(other.person, second, account.email)


def a_draft(who: Someone) -> Plan:
    decision = a_decision(who.person)
    today = clock.today()
    plan = a_plan(
        an_order(decision, who.unit, answer="accepted", coordinator=who.coordinator, first_day=today)
    )
    db.session.commit()
    return plan


def own_words(session: Session, plan: Plan) -> str:
    named = select(PlanLine).where(PlanLine.plan_id == plan.id, PlanLine.field == PlanField.OWN_WORDS.value)
    session.expire_all()
    line = session.scalars(named).one()
    return line.standard or ""


def test_no_line_of_a_representatives_passes_as_the_persons(session: Session, sign_in: Browser) -> None:
    who = someone()
    plan = a_draft(who)
    _row, account = a_representative(who.person)
    sign_in(account).submit(who.page("/plan/ord"), {"words": "Hon vill.\nJag vill flytta."})
    assert all(
        line.startswith("Sagt av god man: ")
        for line in own_words(session, plan).splitlines()
        if "vill" in line
    )


def test_own_words_never_grow_past_what_the_plan_takes(session: Session, sign_in: Browser) -> None:
    who = someone()
    plan = a_draft(who)
    browser = sign_in(who.account)
    answers = [browser.submit(who.page("/plan/ord"), {"words": "a" * 1000}).status for _turn in range(3)]
    assert (answers[-1], len(own_words(session, plan)) <= 2000) == (422, True)


def test_a_new_card_signs_out_whoever_is_in_by_the_old_one(session: Session, page: PageClient) -> None:
    who = someone()
    held = a_card(who)
    for at, key in enumerate(CODE):
        page.submit(held.path, {"chosen": " ".join(CODE[:at]), "picture": key}, follow=False)
    before = page.get(who.page(), follow=False).status
    card_operations.make_card(act_as(who.coach), who.account, who.person.id)
    session.commit()
    assert (before, page.get(who.page(), follow=False).status) == (200, 303)


@pytest.mark.parametrize("named", ["g", ".a"])
def test_a_sheet_that_names_the_same_thing_over_and_over_costs_no_more(app: Flask, named: str) -> None:
    sheet = ",".join([named] * 2000) + "{fill:red}"
    drawing = f'<svg xmlns="{SVG}"><style>{sheet}</style>{PART * 3000}</svg>'
    began = time.process_time()  # seconds of work, whatever else the machine does
    clean_svg(drawing.encode())
    assert time.process_time() - began < 2


def test_another_persons_photo_in_a_plan_is_in_no_paper_of_it(app: Flask, session: Session) -> None:
    who, other = someone(), someone()
    content = BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    photo = add_photo(act_as(other.coach), other.person, content=content.getvalue(), word="Anna")
    session.commit()
    assert contents_of_refs(who.person.id, [photo.ref]) == {}
    assert photo.ref in contents_of_refs(other.person.id, [photo.ref])


@pytest.mark.parametrize("end", ["mandate", "protection"])
def test_a_representative_sees_no_photo_any_longer(session: Session, sign_in: Browser, end: str) -> None:
    who = someone()
    content = BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    photo = add_photo(act_as(who.coach), who.person, content=content.getvalue(), word="Anna")
    row, account = a_representative(who.person)
    session.commit()
    browser = sign_in(account)
    before = browser.get(f"/bilder/{photo.public_id}").status
    if end == "mandate":
        row.to_date = clock.today() - timedelta(days=1)
    else:
        who.person.has_protected_identity = True
    session.commit()
    assert (before, browser.get(f"/bilder/{photo.public_id}").status) == (200, 404)
