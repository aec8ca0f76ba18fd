"""Templates out of the house and into it: keys, senders, files, and everything that is refused."""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.plans import template_operations as operations
from aktema.plans import template_queries as queries
from aktema.plans import template_share_operations as sharing
from aktema.plans.rules.template_content import Kind, Picture, Template
from aktema.plans.rules.template_file import MOST_BYTES, fingerprint_of, in_groups, read
from aktema.plans.template_models import SharedTemplate, SigningKey, TemplateSender, TemplateVersion
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.templates import (
    Sender,
    a_goal,
    a_large_template,
    a_plan_template,
    a_question_set,
    a_sheet,
    a_template,
)

Browser = Callable[[Account], PageClient]


@pytest.fixture
def administrator(session: Session) -> Account:
    return an_account(Role.SYSTEM_ADMIN, name="Ada Drift")


@pytest.fixture
def identity(administrator: Account) -> Identity:
    return act_as(administrator)


@pytest.fixture
def page(sign_in: Browser, administrator: Account) -> PageClient:
    return sign_in(administrator)


@pytest.fixture
def sender() -> Sender:
    return Sender()


@pytest.fixture
def pinned(identity: Identity, sender: Sender) -> TemplateSender:
    return sharing.pin(identity, name="Grannby kommun", public_key=sender.public_key.hex())


def stored() -> tuple[int, int]:
    """How many templates and versions there are."""
    counts = [db.session.scalar(select(func.count(model.id))) for model in (SharedTemplate, TemplateVersion)]
    return counts[0] or 0, counts[1] or 0


def traces() -> list[tuple[str, str]]:
    kinds = ("template", "template_sender", "signing_key")
    rows = select(AccessEntry.act, AccessEntry.detail).where(AccessEntry.object_kind.in_(kinds))
    return [(row[0], row[1]) for row in db.session.execute(rows.order_by(AccessEntry.id))]


def refused(content: bytes) -> str:
    """The sentence with which a file is refused; nothing is stored by it."""
    before = stored()
    with pytest.raises(DomainError) as raised:
        sharing.look_into(content, "file")
    assert (raised.value.field, stored()) == ("file", before)
    return str(raised.value.message)


# Our own key


def test_the_private_half_of_a_key_lies_encrypted(identity: Identity) -> None:
    key = sharing.make_key(identity)
    assert key.private_key_sealed is not None
    assert (len(key.private_key), key.private_key in key.private_key_sealed) == (32, False)


def test_one_key_alone_is_in_use_and_the_one_before_it_loses_its_private_half(identity: Identity) -> None:
    first = sharing.make_key(identity)
    second = sharing.make_key(identity)
    assert queries.find_own_key() is second
    assert (first.in_use, first.private_key_sealed) == (None, None)


def test_an_administrator_makes_the_key_on_a_page_and_reads_it_aloud(page: PageClient) -> None:
    page.submit("/mallar/nyckel", {})
    own = db.session.scalar(select(SigningKey))
    assert own is not None
    words = page.get("/mallar/nyckel").words
    assert in_groups(own.public_key) in words
    assert in_groups(fingerprint_of(bytes.fromhex(own.public_key))) in words


def test_a_key_that_was_changed_in_between_is_not_changed_again(page: PageClient) -> None:
    page.submit("/mallar/nyckel", {})
    form = page.get("/mallar/nyckel").hidden()
    page.submit("/mallar/nyckel", {})
    page.post("/mallar/nyckel", {**form, "version": "7"})
    assert db.session.scalar(select(func.count(SigningKey.id))) == 2


def test_a_key_that_is_made_leaves_a_trace(identity: Identity) -> None:
    sharing.make_key(identity)
    assert traces() == [("setting.update_system", "make")]


# Those we trust


def test_a_sender_is_added_by_name_and_key(page: PageClient, sender: Sender) -> None:
    page.submit(
        "/mallar/avsandare",
        {"name": "Grannby kommun", "public_key": in_groups(sender.public_key.hex()), "is_compared": "y"},
        css="form[action='/mallar/avsandare']",
    )
    words = page.get("/mallar/avsandare").words
    assert "Grannby kommun" in words
    assert in_groups(fingerprint_of(sender.public_key)) in words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "Fyll i det här."),
        ({"public_key": "abc"}, "Nyckeln ska vara 64"),
        ({"public_key": "x" * 64}, "Nyckeln ska vara 64"),
        ({"is_compared": None}, "Jämför kontrollkoden"),
    ],
)
def test_half_a_sender_is_refused(
    page: PageClient, sender: Sender, typed: dict[str, str | None], told: str
) -> None:
    whole = {"name": "Grannby", "public_key": sender.public_key.hex(), "is_compared": "y"}
    sent = {name: value for name, value in {**whole, **typed}.items() if value is not None}
    answer = page.submit("/mallar/avsandare", sent, css="form[action='/mallar/avsandare']")
    assert (answer.status, told in answer.words) == (422, True)
    assert db.session.scalar(select(TemplateSender.id)) is None


def test_the_check_code_is_shown_before_the_key_is_trusted(page: PageClient, sender: Sender) -> None:
    typed = {"name": "Grannby", "public_key": sender.public_key.hex()}
    answer = page.submit("/mallar/avsandare", typed, css="form[action='/mallar/avsandare']")
    assert in_groups(fingerprint_of(sender.public_key)) in answer.words


def test_a_key_is_added_once(identity: Identity, sender: Sender, pinned: TemplateSender) -> None:
    with pytest.raises(DomainError, match="public_key"):
        sharing.pin(identity, name="Igen", public_key=sender.public_key.hex())


def test_our_own_key_is_no_senders(identity: Identity) -> None:
    own = sharing.make_key(identity)
    with pytest.raises(DomainError, match="public_key"):
        sharing.pin(identity, name="Vi", public_key=own.public_key)


def test_a_key_that_was_withdrawn_is_not_taken_back(
    identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    sharing.withdraw(identity, pinned)
    with pytest.raises(DomainError, match="public_key"):
        sharing.pin(identity, name="Igen", public_key=sender.public_key.hex())


def test_a_key_is_withdrawn_on_the_page(page: PageClient, pinned: TemplateSender) -> None:
    db.session.commit()
    page.submit("/mallar/avsandare", {}, css="form[action$='/aterkalla']")
    assert f"Återkallad {clock.today()}" in page.get("/mallar/avsandare").words


def test_a_key_is_withdrawn_once(page: PageClient, pinned: TemplateSender) -> None:
    db.session.commit()
    form = page.get("/mallar/avsandare").hidden("form[action$='/aterkalla']")
    path = f"/mallar/avsandare/{pinned.public_id}/aterkalla"
    page.post(path, form)
    page.post(path, {**form, "idempotency_key": "another", "version": ""})
    assert [detail for _act, detail in traces()] == ["pin", "withdraw"]


# Out


def exported(identity: Identity, content: Template | None = None) -> bytes:
    if queries.find_own_key() is None:
        sharing.make_key(identity)
    return sharing.export(a_template(identity, content))


@pytest.mark.parametrize("content", [a_plan_template(), a_sheet(), a_question_set()])
def test_a_file_of_ours_is_read_by_whoever_has_our_key(
    app: Flask, identity: Identity, content: Template
) -> None:
    file = read(exported(identity, content), lambda *_signed: None)
    assert (file.template, file.sender, file.number) == (content, "Ekbacka kommun", 1)


def test_a_file_names_nobody_who_made_it(identity: Identity) -> None:
    assert b"Ada" not in exported(identity)


def test_a_file_is_downloaded_as_a_file_and_leaves_a_trace(page: PageClient, identity: Identity) -> None:
    sharing.make_key(identity)
    held = a_template(identity)
    db.session.commit()
    answer = page.get(f"/mallar/{held.public_id}/fil").response
    assert 'filename="mall-komma-igang-pa-kafe-v1.json"' in answer.headers["Content-Disposition"]
    assert json.loads(answer.get_data())["id"] == held.public_id
    assert traces()[-1] == ("plan_template.share", "export version 1")


@pytest.mark.broad
def test_a_template_too_large_to_be_read_is_not_shared(identity: Identity) -> None:
    sharing.make_key(identity)
    held = a_template(identity, a_large_template())
    with pytest.raises(DomainError):
        sharing.export(held)


def test_without_a_key_nothing_is_shared(page: PageClient, identity: Identity) -> None:
    held = a_template(identity)
    db.session.commit()
    assert "ingen nyckel att skriva under med" in page.get(f"/mallar/{held.public_id}/fil").words


PRIVATE = [
    ("19900101-2385", "personnummer"),
    ("900101-2385", "personnummer"),
    ("199001012385", "personnummer"),
    ("9001612385", "personnummer"),
    ("900101+2385", "personnummer"),
    ("Skriv till kim@ekbacka.example om du undrar", "e-postadress"),
    ("kim (at) ekbacka.example", "e-postadress"),
    ("Ring 070-123 45 67", "telefonnummer"),
    ("0512/123 45", "telefonnummer"),
    ("+46 70 123 45 67", "telefonnummer"),
    ("08-123 456", "telefonnummer"),
]


@pytest.mark.parametrize(("text", "told"), PRIVATE)
def test_what_looks_like_a_person_is_not_shared(
    page: PageClient, identity: Identity, text: str, told: str
) -> None:
    sharing.make_key(identity)
    held = a_template(identity, a_plan_template("Namn", a_goal("g", text)))
    db.session.commit()
    words = page.get(f"/mallar/{held.public_id}/dela").words
    assert told in words
    assert text not in words.replace(held.title, "")


@pytest.mark.parametrize(
    "text",
    [
        "Klockan 08.30–15.00",
        "Vecka 12, 2026",
        "2026-03-09",
        "3 dagar av 5",
        "SOSFS 2014:5",
        "1 000 000 kronor",
    ],
)
def test_times_days_and_sums_are_nobody(identity: Identity, text: str) -> None:
    assert exported(identity, a_plan_template("Namn", a_goal("g", text)))


def test_the_place_of_what_looks_like_a_person_is_told(identity: Identity) -> None:
    held = a_template(identity, a_sheet(Picture(word="070-123 45 67", moji="1F373")))
    sharing.make_key(identity)
    with pytest.raises(DomainError) as raised:
        sharing.export(held)
    assert "Hela mallen, Bilder: ser ut som ett telefonnummer." in str(raised.value.message)


# In


def upload(page: PageClient, content: bytes) -> Page:
    form = page.get("/mallar/hamta").hidden()
    return page.post("/mallar/hamta", {**form, "file": (BytesIO(content), "mall.json")})


def test_looking_into_a_file_stores_nothing(page: PageClient, sender: Sender, pinned: TemplateSender) -> None:
    db.session.commit()
    answer = upload(page, sender.written())
    assert (answer.status, "Inget är sparat än." in answer.words) == (200, True)
    assert stored() == (0, 0)


def test_what_was_looked_into_is_taken_in_with_one_act(
    page: PageClient, sender: Sender, pinned: TemplateSender
) -> None:
    db.session.commit()
    looked = upload(page, sender.written())
    answer = page.post("/mallar/hamta/in", looked.hidden())
    assert (answer.status, "Mallen kommer från Grannby kommun" in answer.words) == (200, True)
    assert traces()[-1] == ("plan_template.share", "import version 3")


def test_what_is_taken_in_says_what_was_sent(
    identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    held = sharing.take_in(identity, sender.written(a_sheet()))
    version = queries.newest(held)
    assert (queries.content_of(version), version.made_on) == (a_sheet(), date(2026, 3, 2))


def test_a_newer_file_is_a_version_more_and_tells_what_it_changes(
    page: PageClient, identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    sharing.take_in(identity, sender.written())
    db.session.commit()
    newer = a_plan_template("Komma igång på kafé", a_goal("g1", "Prova tre kaféer"))
    looked = upload(page, sender.written(newer, number=4))
    assert "Prova ett kafé Prova tre kaféer" in looked.words
    page.post("/mallar/hamta/in", looked.hidden())
    assert stored() == (1, 2)


def test_a_file_that_was_changed_between_the_two_pages_is_refused(
    page: PageClient, sender: Sender, pinned: TemplateSender
) -> None:
    db.session.commit()
    hidden = upload(page, sender.written()).hidden()
    sent = hidden["file"]
    half, other = len(sent) // 2, "B" if sent[len(sent) // 2] != "B" else "C"
    for changed in ("", "%%%", "å", sent[:-8], sent[:half] + other + sent[half + 1 :]):
        assert page.post("/mallar/hamta/in", {**hidden, "file": changed}).status == 422
    assert stored() == (0, 0)


def test_an_unknown_sender_is_refused(session: Session, sender: Sender) -> None:
    assert "Avsändaren är inte godkänd här." in refused(sender.written())


def test_a_withdrawn_key_is_refused(identity: Identity, sender: Sender, pinned: TemplateSender) -> None:
    sharing.withdraw(identity, pinned)
    assert "Nyckeln från Grannby kommun är återkallad." in refused(sender.written())


def test_somebody_elses_signature_under_a_trusted_name_is_refused(
    sender: Sender, pinned: TemplateSender
) -> None:
    thief = Sender()
    file = thief.written(fingerprint=fingerprint_of(sender.public_key))
    assert "har ändrats eller skadats" in refused(file)


def test_a_file_that_is_too_large_is_refused(session: Session) -> None:
    assert "för stor" in refused(b" " * (MOST_BYTES + 1))


def test_an_altered_byte_is_refused(sender: Sender, pinned: TemplateSender) -> None:
    assert "har ändrats eller skadats" in refused(sender.written().replace(b"Prova ett", b"Prova tva"))


def test_the_same_version_twice_is_refused(
    identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    sharing.take_in(identity, sender.written())
    assert "Version 3 av mallen finns redan här." in refused(sender.written())


def test_an_older_version_is_refused(identity: Identity, sender: Sender, pinned: TemplateSender) -> None:
    sharing.take_in(identity, sender.written())
    assert "Filen är äldre" in refused(sender.written(number=2))


def test_another_sort_under_the_same_name_is_refused(
    identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    sharing.take_in(identity, sender.written())
    assert "en annan sorts mall" in refused(sender.written(a_sheet(), number=4))


def test_a_trusted_sender_is_not_believed_about_persons_either(
    sender: Sender, pinned: TemplateSender
) -> None:
    told = refused(sender.written(a_plan_template("Namn", a_goal("g", "Ring 070-123 45 67"))))
    assert "En mall får inte handla om någon person." in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "går inte att läsa som en mall"),
        (b"PK\x03\x04", "går inte att läsa som en mall"),
        (b"[" * 50_000, "inte byggd som en mall"),
        (b'{"format":"x"}', "ingen mall från Aktema"),
        (b'{"format":"aktema-template","format_version":2}', "inte kan läsa"),
        (b'{"format":"aktema-template","format_version":1}', "Något fattas i mallen."),
    ],
)
def test_a_refused_file_is_told_in_one_sentence_on_the_page(
    page: PageClient, pinned: TemplateSender, content: bytes, told: str
) -> None:
    db.session.commit()
    answer = upload(page, content)
    assert (answer.status, told in answer.words) == (422, True)
    assert stored() == (0, 0)


def test_two_senders_with_the_same_id_do_not_write_over_each_other(
    identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    other = Sender("Andra")
    sharing.pin(identity, name="Andra", public_key=other.public_key.hex())
    first = sharing.take_in(identity, sender.written(a_plan_template("Den ena")))
    second = sharing.take_in(identity, other.written(a_plan_template("Den andra"), number=9))
    assert (first.title, second.title, first.id != second.id) == ("Den ena", "Den andra", True)


def test_what_came_from_others_is_theirs_to_change_and_to_send_on(
    identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    sharing.make_key(identity)
    held = sharing.take_in(identity, sender.written())
    with pytest.raises(DomainError):
        operations.save(identity, held, a_plan_template("Vår"))
    with pytest.raises(DomainError):
        sharing.export(held)


def test_there_is_no_page_for_changing_what_came_from_others(
    sign_in: Browser, identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    held = sharing.take_in(identity, sender.written())
    coach = an_account(Role.JOB_COACH, a_unit())
    db.session.commit()
    assert sign_in(coach).get(f"/mallar/{held.public_id}/andra").status == 404


def test_a_newer_file_brings_back_what_was_put_away(
    identity: Identity, sender: Sender, pinned: TemplateSender
) -> None:
    held = sharing.take_in(identity, sender.written())
    operations.retire(held)
    sharing.take_in(identity, sender.written(number=4))
    assert [one.id for one in queries.templates_to_choose(Kind.PLAN)] == [held.id]
