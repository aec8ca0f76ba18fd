"""Pictures of packs in templates: they travel by name, and are found where the pack is."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.files import store
from aktema.plans import template_queries as queries
from aktema.plans import template_share_operations as sharing
from aktema.plans.template_models import SharedTemplate, TemplateSender, TemplateVersion
from aktema.vocabulary.symbol_models import Symbol, SymbolPack
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.templates import (
    BUS,
    KITCHEN,
    Sender,
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


def refused(content: bytes) -> str:
    """The sentence with which a file is refused; nothing is stored by it."""
    before = stored()
    with pytest.raises(DomainError) as raised:
        sharing.look_into(content, "file")
    assert (raised.value.field, stored()) == ("file", before)
    return str(raised.value.message)


def upload(page: PageClient, content: bytes) -> Page:
    form = page.get("/mallar/hamta").hidden()
    return page.post("/mallar/hamta", {**form, "file": (BytesIO(content), "mall.json")})


def a_symbol(account: Account, pack: str = "Mulberry", name: str = "bus") -> Symbol:
    pack_row = SymbolPack(name=pack, licence="CC BY-SA", symbol_count=1, account_id=account.id)
    symbol = Symbol(
        pack=pack_row,
        file=store(b"<svg/>", "image/svg+xml"),
        label_sv="",
        label_en=name,
        label_fi="",
        search_key=f"|{name}|",
    )
    db.session.add_all([pack_row, symbol])
    db.session.flush()
    return symbol


def test_a_symbol_travels_as_the_name_of_its_pack_and_its_own(
    page: PageClient, sign_in: Browser, administrator: Account, identity: Identity
) -> None:
    symbol = a_symbol(administrator)
    coach = an_account(Role.JOB_COACH, a_unit())
    db.session.commit()
    ref = f"symbol:{symbol.public_id}"
    sign_in(coach).submit(
        "/mallar/ny?slag=bildkartor", {"title": "Resa", "pictures": ref, f"pictures-word:{ref}": "buss"}
    )
    made = db.session.scalar(select(TemplateVersion))
    assert made is not None
    assert queries.content_of(made).pictures == (BUS,)


def test_a_symbol_is_found_where_its_pack_is_read_in(administrator: Account) -> None:
    symbol = a_symbol(administrator)
    assert queries.refs_of([BUS, KITCHEN]) == {
        ("Mulberry", "bus"): f"symbol:{symbol.public_id}",
        ("", "1F373"): "moji:1F373",
    }


def test_a_symbol_that_is_not_here_is_its_word_with_a_note(
    page: PageClient, sender: Sender, pinned: TemplateSender
) -> None:
    db.session.commit()
    answer = upload(page, sender.written(a_sheet()))
    assert "Orden står ensamma tills ni läser in bildpaketet: buss (Mulberry)" in answer.words


def test_a_symbol_of_the_same_name_in_another_pack_is_another(administrator: Account) -> None:
    a_symbol(administrator, "Ritade bilder")
    assert queries.missing_pictures(a_sheet(), queries.refs_of([BUS])) == [BUS]


@pytest.mark.parametrize("path", ["/mallar/hamta", "/mallar/avsandare", "/mallar/nyckel", "/mallar/{}/dela"])
def test_a_page_of_sharing_asks_little_of_the_database(
    page: PageClient, identity: Identity, pinned: TemplateSender, queries_count: list[str], path: str
) -> None:
    held = a_template(identity)
    db.session.commit()
    queries_count.clear()
    page.get(path.format(held.public_id))
    assert len(queries_count) <= 12


@pytest.fixture
def queries_count(queries: object) -> list[str]:
    return queries.statements  # type: ignore[attr-defined, no-any-return]  # the fixture of all tests
