"""A person's own photos, and the pictures they surely know: kept, taken away, told."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.files import StoredFile, store
from aktema.core.pictures import Bounds, photo_from
from aktema.people.codes import Source
from aktema.people.models import Participant
from aktema.people.permissions import KEEP_PHOTOS, UPDATE_PROFILE
from aktema.people.photo_models import KnownPicture, Photo
from aktema.people.photo_queries import contents_of_refs, list_known
from aktema.vocabulary.symbol_queries import ChosenPicture

MOST_PHOTOS = 100
MOST_BYTES = 10 * 1024 * 1024
PHOTOS = Bounds(formats=("JPEG", "PNG", "WEBP"), most_dots=50_000_000, longest_side=1600)


def add_photo(identity: Identity, participant: Participant, *, content: bytes, word: str) -> Photo:
    """Keep a photo, made anew without place, time and camera.

    Raises DomainError for somebody with protected identity, on `file` for what is no photo or too large, and where
    the person has too many.
    """
    _refuse_protected(participant)
    if len(content) > MOST_BYTES:
        raise DomainError(_("Fotot är för stort. Det får vara högst 10 MB."), "file")
    count = select(func.count()).select_from(Photo).where(Photo.participant_id == participant.id)
    if (db.session.scalar(count) or 0) >= MOST_PHOTOS:
        raise DomainError(_("Det finns redan %(most)s foton. Ta bort något först.", most=MOST_PHOTOS))
    photo = Photo(participant_id=participant.id, account_id=identity.account_id)
    photo.file, photo.word = store(photo_from(content, PHOTOS), "image/jpeg"), word
    db.session.add(photo)
    db.session.flush()  # the audit row needs its id
    _trace(participant, photo, "add")
    return photo


def _refuse_protected(participant: Participant) -> None:
    if participant.has_protected_identity:
        raise DomainError(_("Personen har skyddade personuppgifter. Då sparar vi inga foton."))


def remove_photo(participant: Participant, photo: Photo) -> None:
    """Take the photo away for good, wherever it is shown; the words under it stay where they are written."""
    _trace(participant, photo, "remove")
    known = (KnownPicture.participant_id == participant.id) & (KnownPicture.ref == photo.ref)
    db.session.execute(delete(KnownPicture).where(known))
    file_id = photo.file_id
    db.session.execute(delete(Photo).where(Photo.id == photo.id))
    db.session.execute(delete(StoredFile).where(StoredFile.id == file_id))


def _trace(participant: Participant, photo: Photo, act: str) -> None:
    audit.record_write(
        KEEP_PHOTOS, participant_id=participant.id, object_kind="photo", object_id=photo.id, detail=act
    )


def set_known(
    identity: Identity,
    participant: Participant,
    pictures: Collection[ChosenPicture],
    *,
    source: Source,
    shown: Collection[str],
) -> None:
    """Let these be the pictures the person surely knows; those not told before are so from today, by the source.

    Only what was `shown` to whoever tells it is taken away: what somebody else has told meanwhile stays. Raises
    DomainError on `pictures` where one of them is none that the person can be shown.
    """
    told = {known.ref: known for known in list_known(participant.id)}
    new = [picture for picture in pictures if picture.ref not in told]
    if len(contents_of_refs(participant.id, [picture.ref for picture in new])) < len(new):
        raise DomainError(_("En av bilderna finns inte längre. Ta bort krysset vid den."), "pictures")
    for picture in pictures:
        known = told.pop(picture.ref, None) or _known(identity, participant, picture.ref, source)
        known.word = picture.word
    for known in told.values():
        if known.ref in shown:
            db.session.delete(known)
    audit.record_write(UPDATE_PROFILE, participant_id=participant.id, object_kind="known_picture")


def _known(identity: Identity, participant: Participant, ref: str, source: Source) -> KnownPicture:
    known = KnownPicture(
        participant_id=participant.id,
        ref=ref,
        source=source.value,
        said_on=clock.today(),
        account_id=identity.account_id,
    )
    db.session.add(known)
    return known
