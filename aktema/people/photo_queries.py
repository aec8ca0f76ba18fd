"""Readers of a person's own photos and of the pictures they surely know, and of any picture by its reference.

Photos of somebody with protected identity are shown nowhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, raiseload, undefer

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.files import StoredFile, content_of
from aktema.core.swedish import fold
from aktema.people.models import Participant
from aktema.people.photo_models import KnownPicture, Photo
from aktema.people.queries import visible
from aktema.vocabulary import symbol_queries
from aktema.vocabulary.symbol_queries import (
    MOJI,
    MOST_FOUND,
    SYMBOL,
    Content,
    FoundPicture,
    find_pictures,
    search_key_of,
    split_ref,
)

PHOTO = "photo"


def address_of_ref(ref: str) -> str:
    """Where any picture is shown from; empty where the reference names none. No query."""
    kind, name = split_ref(ref)
    if kind == PHOTO and name:
        return url_for("people.photo", photo_id=name)
    return symbol_queries.address_of(ref)


def content_of_ref(participant_id: int, ref: str) -> Content | None:
    """A picture's content and media type, as this person may be shown it; None where there is none."""
    return contents_of_refs(participant_id, (ref,)).get(ref)


def contents_of_refs(participant_id: int, refs: Collection[str]) -> dict[str, Content]:
    """The same of many pictures, by reference: two queries whatever their number; unknown ones are left out."""
    named: dict[str, set[str]] = {}
    for ref in refs:
        kind, name = split_ref(ref)
        named.setdefault(kind, set()).add(name)
    built_in = {code: symbol_queries.moji_content(code) for code in named.get(MOJI, ())}
    known: Mapping[str, Mapping[str, Content | None]] = {
        MOJI: built_in,
        SYMBOL: symbol_queries.symbol_contents(named.get(SYMBOL, ())),
        PHOTO: _photo_contents(participant_id, named.get(PHOTO, ())),
    }
    found = {f"{kind}:{name}": content for kind, some in known.items() for name, content in some.items()}
    return {ref: content for ref, content in found.items() if content is not None}


def _photo_contents(participant_id: int, public_ids: Collection[str]) -> dict[str, Content]:
    if not public_ids:
        return {}
    theirs = _with_content(select(Photo).where(Photo.participant_id == participant_id))
    found = db.session.scalars(theirs.where(Photo.public_id.in_(public_ids)))
    return {photo.public_id: (content_of(photo.file), photo.file.media_type) for photo in found}


def _with_content(query: Select[Photo]) -> Select[Photo]:
    """Photos that may be shown, their files opened."""
    loaded = joinedload(Photo.file).options(undefer(StoredFile.content_sealed), raiseload("*"))
    shown = query.join(Photo.participant).where(Participant.has_protected_identity.is_(False))
    return shown.options(loaded, raiseload("*"))


def get_photo_content(identity: Identity, permission: Permission, public_id: str) -> Content:
    """One photo of a person in scope, the read recorded. Raises MissingError where there is none to show."""
    named = select(Photo).where(Photo.public_id == public_id, visible(identity, permission))
    photo = db.session.scalar(_with_content(named))
    if photo is None:
        raise MissingError
    audit.record_read(permission, photo.participant_id)
    return content_of(photo.file), photo.file.media_type


def list_photos(participant: Participant) -> Sequence[Photo]:
    """The person's photos, the newest first; none of somebody with protected identity."""
    if participant.has_protected_identity:
        return ()
    theirs = select(Photo).where(Photo.participant_id == participant.id).options(raiseload("*"))
    return db.session.scalars(theirs.order_by(Photo.created_at.desc(), Photo.id.desc())).all()


def get_photo(participant: Participant, public_id: str) -> Photo:
    """One of the person's photos. Raises MissingError where it is none of theirs."""
    theirs = select(Photo).where(Photo.participant_id == participant.id, Photo.public_id == public_id)
    found = db.session.scalar(theirs)
    if found is None:
        raise MissingError
    return found


def list_known(participant_id: int) -> Sequence[KnownPicture]:
    """The pictures the person surely knows, in the order they were told."""
    theirs = select(KnownPicture).where(KnownPicture.participant_id == participant_id)
    return db.session.scalars(theirs.order_by(KnownPicture.id).options(raiseload("*"))).all()


def find_pictures_for(participant: Participant, typed: str) -> tuple[FoundPicture, ...]:
    """Pictures whose word holds what is typed: those the person knows first, then their photos, then all others.

    Without a word typed: what they know, and their photos. Three queries.
    """
    told = {known.ref: known.word or "" for known in list_known(participant.id)}
    photos = {photo.ref: photo.word or "" for photo in list_photos(participant)}
    shown = {ref: word for ref, word in told.items() if split_ref(ref)[0] != PHOTO or ref in photos}
    own = [FoundPicture(ref=ref, word=word) for ref, word in {**shown, **photos}.items()]
    near = [picture for picture in own if _holds(picture.word, typed)]
    found = {picture.ref: picture for picture in (*near, *find_pictures(typed))}
    marked = [replace(picture, is_known=picture.ref in told) for picture in found.values()]
    return tuple(sorted(marked, key=lambda picture: not picture.is_known)[:MOST_FOUND])


def _holds(word: str, typed: str) -> bool:
    key = search_key_of((word,))
    return all(part in key for part in fold(typed).split())
