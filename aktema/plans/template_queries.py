"""Readers of templates, their versions and their senders. Nothing here is about a person: whoever may ask sees all."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Select, case, func, select, tuple_
from sqlalchemy.orm import joinedload, raiseload

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.paging import Cursor, Keyset, Page
from aktema.plans.rules.template_content import Kind, Picture, Template
from aktema.plans.rules.template_file import unstored
from aktema.plans.template_models import SharedTemplate, SigningKey, TemplateSender, TemplateVersion
from aktema.vocabulary.symbol_models import Symbol, SymbolPack
from aktema.vocabulary.symbol_queries import MOJI, SYMBOL, split_ref

TEMPLATES = Keyset[SharedTemplate](public_id=SharedTemplate.public_id, order=(SharedTemplate.sort_key,))
MOST_VERSIONS, MOST_SENDERS, MOST_TO_CHOOSE = 50, 100, 100
Refs = Mapping[tuple[str, str], str]
"""References that pictures are shown by, by the name of the picture in a template."""
SYMBOL_NAME = case(
    (Symbol.label_sv != "", Symbol.label_sv),
    (Symbol.label_en != "", Symbol.label_en),
    else_=Symbol.label_fi,
)
"""What a symbol is called in its pack, as `Symbol.word` has it."""


def list_templates(kind: Kind, cursor: Cursor) -> Page[SharedTemplate]:
    """A page of the templates of a kind that are in use, by title."""
    return TEMPLATES.page(_in_use(kind), cursor)


def templates_to_choose(kind: Kind) -> Sequence[SharedTemplate]:
    """The templates of a kind that are in use, by title; the first hundred."""
    named = _in_use(kind).order_by(SharedTemplate.sort_key, SharedTemplate.id)
    return db.session.scalars(named.limit(MOST_TO_CHOOSE)).all()


def _in_use(kind: Kind) -> Select[SharedTemplate]:
    loaded = (joinedload(SharedTemplate.sender).raiseload("*"), raiseload("*"))
    return (
        select(SharedTemplate)
        .where(SharedTemplate.kind == kind.value, SharedTemplate.retired_on.is_(None))
        .options(*loaded)
    )


def count_templates() -> Mapping[Kind, int]:
    """How many templates of each kind are in use."""
    counted = (
        select(SharedTemplate.kind, func.count())
        .where(SharedTemplate.retired_on.is_(None))
        .group_by(SharedTemplate.kind)
    )
    found = {row[0]: row[1] for row in db.session.execute(counted)}
    return {kind: found.get(kind.value, 0) for kind in Kind}


def get_template(public_id: str) -> SharedTemplate:
    """One template, in use or not. Raises MissingError where there is none."""
    named = select(SharedTemplate).where(SharedTemplate.public_id == public_id)
    loaded = (joinedload(SharedTemplate.sender).raiseload("*"), raiseload("*"))
    found = db.session.scalar(named.options(*loaded))
    if found is None:
        raise MissingError
    return found


def find_held(sender: TemplateSender, origin_id: str) -> SharedTemplate | None:
    """What is held here of a sender's template, or None."""
    theirs = select(SharedTemplate).where(
        SharedTemplate.sender_id == sender.id, SharedTemplate.origin_id == origin_id
    )
    return db.session.scalar(theirs.options(raiseload("*")))


def versions_of(template: SharedTemplate) -> Sequence[TemplateVersion]:
    """The versions of a template with who saved them, the newest first; the last fifty."""
    theirs = select(TemplateVersion).where(TemplateVersion.template_id == template.id)
    newest_first = theirs.order_by(TemplateVersion.number.desc()).limit(MOST_VERSIONS)
    return db.session.scalars(newest_first.options(joinedload(TemplateVersion.account), raiseload("*"))).all()


def get_versions(template: SharedTemplate, number: int) -> tuple[TemplateVersion, TemplateVersion | None]:
    """A version, and the one before it where there is one. Raises MissingError where there is no such version."""
    theirs = select(TemplateVersion).where(
        TemplateVersion.template_id == template.id, TemplateVersion.number <= number
    )
    newest_first = theirs.order_by(TemplateVersion.number.desc()).limit(2)
    found = db.session.scalars(
        newest_first.options(joinedload(TemplateVersion.account), raiseload("*"))
    ).all()
    if not found or found[0].number != number:
        raise MissingError
    return found[0], found[1] if len(found) > 1 else None


def newest(template: SharedTemplate) -> TemplateVersion:
    """The newest version of a template, with who saved it."""
    return get_versions(template, template.number)[0]


def content_of(version: TemplateVersion) -> Template:
    """What a version says."""
    return unstored(version.content_json)


def refs_of(pictures: Iterable[Picture]) -> Refs:
    """How the pictures are shown here, by name: built-in ones, and symbols whose pack is read in here. One query.

    A symbol that is not here is left out: its word stands alone.
    """
    known = tuple(pictures)
    refs = {one.name: f"moji:{one.moji}" for one in known if one.moji}
    named = {one.name for one in known if one.symbol}
    if not named:
        return refs
    found = (
        select(SymbolPack.name, SYMBOL_NAME, Symbol.public_id)
        .join(SymbolPack, Symbol.pack_id == SymbolPack.id)
        .where(tuple_(SymbolPack.name, SYMBOL_NAME).in_(named))
        .order_by(Symbol.id.desc())
    )
    for pack, name, public_id in db.session.execute(found):  # of twins the first is the one
        refs[pack, name] = f"{SYMBOL}:{public_id}"
    return refs


def pictures_of(refs: Collection[str]) -> Mapping[str, Picture]:
    """Built-in and imported pictures by reference, without words. One query; others are left out."""
    split = {ref: split_ref(ref) for ref in refs}
    found = {ref: Picture(word="", moji=name) for ref, (kind, name) in split.items() if kind == MOJI}
    ids = [name for kind, name in split.values() if kind == SYMBOL]
    if ids:
        rows = (
            select(Symbol.public_id, SymbolPack.name, SYMBOL_NAME)
            .join(SymbolPack, Symbol.pack_id == SymbolPack.id)
            .where(Symbol.public_id.in_(ids))
        )
        for public_id, pack, name in db.session.execute(rows):
            found[f"{SYMBOL}:{public_id}"] = Picture(word="", pack=pack, symbol=name)
    return found


def missing_pictures(template: Template, refs: Refs) -> Sequence[Picture]:
    """The pictures of the template that cannot be shown here: their words stand alone. Each once."""
    missing = {one.name: one for one in template.all_pictures() if one.symbol and one.name not in refs}
    return list(missing.values())


def list_senders() -> Sequence[TemplateSender]:
    """Everybody whose files are or were read here, the newest first."""
    newest_first = select(TemplateSender).order_by(TemplateSender.id.desc()).limit(MOST_SENDERS)
    return db.session.scalars(newest_first.options(joinedload(TemplateSender.account), raiseload("*"))).all()


def get_sender(public_id: str) -> TemplateSender:
    """One sender. Raises MissingError where there is none."""
    named = select(TemplateSender).where(TemplateSender.public_id == public_id)
    found = db.session.scalar(named.options(raiseload("*")))
    if found is None:
        raise MissingError
    return found


def find_sender(fingerprint: str) -> TemplateSender | None:
    """The sender with the fingerprint, withdrawn or not, or None."""
    named = select(TemplateSender).where(TemplateSender.fingerprint == fingerprint)
    return db.session.scalar(named.options(raiseload("*")))


def find_own_key() -> SigningKey | None:
    """The key this installation signs with, or None where none is made yet."""
    return db.session.scalar(select(SigningKey).where(SigningKey.in_use.is_(True)))
