"""Templates out of the house and into it: keys, senders, signed files. What is refused stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.permissions import UPDATE_UNIT as UPDATE_SETTINGS
from aktema.core import clock, crypto
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.settings import Settings
from aktema.core.swedish import sort_key
from aktema.plans import template_queries as queries
from aktema.plans.permissions import SHARE_TEMPLATES
from aktema.plans.rules.template_changes import Change, changes, personal_data
from aktema.plans.rules.template_content import LONGEST_NAME, Fault, Picture, Template, TemplateError
from aktema.plans.rules.template_file import TemplateFile, fingerprint_of, read, read_key, stored, written
from aktema.plans.template_codes import finding_text, refusal
from aktema.plans.template_models import SharedTemplate, SigningKey, TemplateSender, TemplateVersion


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A file that would be taken in, and what would come of it."""

    file: TemplateFile
    sender: TemplateSender
    held: SharedTemplate | None
    """What is held here of the same template, in an older version."""
    changed: Sequence[Change]
    """What differs from the version held; nothing where none is."""
    missing: Sequence[Picture]
    """Pictures that cannot be shown here: their words stand alone."""


def make_key(identity: Identity) -> SigningKey:
    """A new key to sign with. The one before it is done with: its private half is thrown away."""
    earlier = queries.find_own_key()
    if earlier is not None:
        earlier.in_use = earlier.private_key_sealed = None
        db.session.flush()  # one key alone is in use at a time
    key = new_key(identity.account_id)
    db.session.add(key)
    db.session.flush()  # the audit row needs its id
    audit.record_write(UPDATE_SETTINGS, object_kind="signing_key", object_id=key.id, detail="make")
    return key


def new_key(account_id: int) -> SigningKey:
    """A fresh key of the account's making, its private half sealed; not stored."""
    private = Ed25519PrivateKey.generate()
    key = SigningKey(public_key=private.public_key().public_bytes_raw().hex(), account_id=account_id)
    key.private_key_sealed = crypto.seal_bytes(private.private_bytes_raw(), key.bound_to)
    return key


def pin(identity: Identity, *, name: str, public_key: str) -> TemplateSender:
    """Trust files that are signed with the key. Raises DomainError where it is no key, our own, or known already."""
    try:
        key = read_key(public_key)
    except TemplateError as error:
        text = _("Nyckeln ska vara 64 siffror och bokstäver mellan a och f. Kontrollera att hela är med.")
        raise DomainError(text, "public_key") from error
    _check_new(key)
    sender = TemplateSender(
        name=name, public_key=key.hex(), fingerprint=fingerprint_of(key), account_id=identity.account_id
    )
    db.session.add(sender)
    db.session.flush()  # the audit row needs its id
    audit.record_write(UPDATE_SETTINGS, object_kind="template_sender", object_id=sender.id, detail="pin")
    return sender


def _check_new(key: bytes) -> None:
    known = queries.find_sender(fingerprint_of(key))
    if known is not None and known.withdrawn_on is not None:
        raise DomainError(_("Nyckeln är återkallad. Be avsändaren om en ny."), "public_key")
    if known is not None:
        raise DomainError(_("Nyckeln finns redan, under namnet %(name)s.", name=known.name), "public_key")
    if db.session.scalar(select(SigningKey.id).where(SigningKey.public_key == key.hex())) is not None:
        raise DomainError(_("Det här är er egen nyckel. Klistra in avsändarens."), "public_key")


def withdraw(identity: Identity, sender: TemplateSender) -> TemplateSender:
    """Trust the key no longer, for good. What came with it earlier stays."""
    if sender.withdrawn_on is not None:
        raise DomainError(_("Nyckeln är redan återkallad."))
    sender.withdrawn_on, sender.withdrawn_by_id = clock.today(), identity.account_id
    audit.record_write(UPDATE_SETTINGS, object_kind="template_sender", object_id=sender.id, detail="withdraw")
    return sender


def check_sharing(template: SharedTemplate) -> Template:
    """What would leave the house. Raises DomainError where it may not: not ours, no key, or perhaps about somebody."""
    if template.sender_id is not None:
        raise DomainError(_("Mallen kom från någon annan. Bara den som gjorde mallen kan skicka den vidare."))
    _own_key()
    content = queries.content_of(queries.newest(template))
    _refuse_personal_data(content)
    return content


def _own_key() -> SigningKey:
    key = queries.find_own_key()
    if key is None:
        raise DomainError(_("Det finns ingen nyckel att skriva under med. Gör en under Vår nyckel först."))
    return key


def export(template: SharedTemplate) -> bytes:
    """The signed file of the newest version. Raises DomainError as `check_sharing` does."""
    content, key, version = check_sharing(template), _own_key(), queries.newest(template)
    settings: Settings = current_app.extensions["settings"]
    file = TemplateFile(
        template_id=template.public_id,
        number=version.number,
        made_on=version.made_on,
        sender=settings.municipality[:LONGEST_NAME],
        fingerprint=fingerprint_of(bytes.fromhex(key.public_key)),
        template=content,
    )
    try:
        content_of_file = written(file, Ed25519PrivateKey.from_private_bytes(key.private_key).sign)
    except TemplateError as error:
        raise refusal(error) from error
    _record(template, f"export version {version.number}")
    return content_of_file


def look_into(content: bytes, field: str | None = None) -> Incoming:
    """What a file would bring. Changes nothing. Raises DomainError, on the field, about what is wrong with it."""
    try:
        file = read(content, _verify)
    except TemplateError as error:
        raise refusal(error, field) from error
    except DomainError as problem:
        raise DomainError(problem.message, field) from problem
    _refuse_personal_data(file.template, field)
    sender = _sender(file.fingerprint)
    held = queries.find_held(sender, file.template_id)
    if held is not None:
        _check_newer(file, held, field)
    before = queries.content_of(queries.newest(held)) if held else None
    refs = queries.refs_of(file.template.all_pictures())
    return Incoming(
        file=file,
        sender=sender,
        held=held,
        changed=changes(before, file.template) if before else (),
        missing=queries.missing_pictures(file.template, refs),
    )


def take_in(identity: Identity, content: bytes) -> SharedTemplate:
    """Store the version that the file brings. Raises DomainError as `look_into` does, and stores nothing then."""
    incoming = look_into(content, "file")
    file, template = incoming.file, incoming.held
    if template is None:
        template = SharedTemplate(
            kind=file.template.kind.value, sender=incoming.sender, origin_id=file.template_id
        )
        db.session.add(template)
    template.number, template.retired_on = file.number, None
    template.title, template.sort_key = file.template.title, sort_key(file.template.title)
    version = TemplateVersion(
        template=template,
        number=file.number,
        content_json=stored(file.template),
        made_on=file.made_on,
        account_id=identity.account_id,
    )
    db.session.add(version)
    db.session.flush()  # the audit row needs its id
    _record(template, f"import version {file.number}")
    return template


def _verify(fingerprint: str, signed: bytes, signature: bytes) -> None:
    """Raises DomainError where the sender is not trusted, TemplateError where the signature is not theirs."""
    sender = _sender(fingerprint)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(sender.public_key)).verify(signature, signed)
    except InvalidSignature as error:
        raise TemplateError(Fault.CHANGED) from error


def _sender(fingerprint: str) -> TemplateSender:
    sender = queries.find_sender(fingerprint)
    if sender is None:
        raise DomainError(
            _("Avsändaren är inte godkänd här. Lägg till avsändarens nyckel först, om ni litar på den.")
        )
    if sender.withdrawn_on is not None:
        raise DomainError(
            _("Nyckeln från %(name)s är återkallad. Filer med den läses inte längre.", name=sender.name)
        )
    return sender


def _check_newer(file: TemplateFile, held: SharedTemplate, field: str | None) -> None:
    if file.template.kind.value != held.kind:
        raise DomainError(_("Filen är en annan sorts mall än den som redan finns här."), field)
    if file.number == held.number:
        raise DomainError(_("Version %(number)s av mallen finns redan här.", number=held.number), field)
    if file.number < held.number:
        raise DomainError(
            _(
                "Filen är äldre än mallen som redan finns här: version %(old)s, och här finns %(new)s.",
                old=file.number,
                new=held.number,
            ),
            field,
        )


def _refuse_personal_data(content: Template, field: str | None = None) -> None:
    found = personal_data(content)
    if found:
        where = " ".join(finding_text(one) for one in found[:5])
        text = _("En mall får inte handla om någon person. %(where)s Ta bort det först.", where=where)
        raise DomainError(text, field)


def _record(template: SharedTemplate, detail: str) -> None:
    audit.record_write(SHARE_TEMPLATES, object_kind="template", object_id=template.id, detail=detail)
