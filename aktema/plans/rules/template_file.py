"""The signed file in which a template travels from one municipality to another: docs/templates.md says what it holds.

A file is read only as the very bytes that were written: there is one way to write it, and the signature covers it all.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from aktema.plans.rules.template_content import (
    KEY,
    LONGEST_NAME,
    Fault,
    Template,
    TemplateError,
    an_object,
    as_json,
    line,
    of_json,
    whole,
)

FORMAT, FORMAT_VERSION = "aktema-template", 1
MOST_BYTES = 1_000_000
MOST_LEVELS = 10
LARGEST_NUMBER = 100_000
SIGNATURE = "signature"
KEYS = (
    *("format", "format_version", "kind", "title", "about", "content", "id", "version"),
    *("made_on", "sender", "digest", SIGNATURE),
)
CONTENT_KEYS = ("kind", "title", "about", "content")
HEX = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)
SIGNATURE_BYTES, PUBLIC_KEY_BYTES, FINGERPRINT_BYTES = 64, 32, 16
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

Sign = Callable[[bytes], bytes]
Verify = Callable[[str, bytes, bytes], None]
"""Takes the sender's fingerprint, what was signed and the signature, and raises what it finds wrong with them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateFile:
    """A template on its way: which one it is at the sender's, which version, and who sends it."""

    template_id: str
    number: int
    made_on: date
    sender: str
    fingerprint: str
    template: Template


def fingerprint_of(public_key: bytes) -> str:
    """The first 128 bits of the key's SHA-256: 32 hexadecimal digits, short enough to read aloud."""
    return hashlib.sha256(public_key).digest()[:FINGERPRINT_BYTES].hex()


def in_groups(digits: str) -> str:
    """Hexadecimal digits in groups of four, as they are read aloud."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def read_key(typed: str) -> bytes:
    """The 32 bytes of a public key as a person wrote it, in groups or not. Raises TemplateError."""
    digits = "".join(typed.split()).replace("-", "").lower()
    if len(digits) != 2 * PUBLIC_KEY_BYTES or not HEX.fullmatch(digits):
        raise TemplateError(Fault.WRONG_TYPE, "public_key")
    return bytes.fromhex(digits)


def stored(template: Template) -> str:
    """The template as text, the same for the same template. Raises TemplateError where `unstored` would refuse it."""
    written = _canonical(as_json(template)).decode()
    unstored(written)
    return written


def unstored(text: str) -> Template:
    """The template of a stored text. Raises TemplateError."""
    return of_json(json.loads(text))


def written(file: TemplateFile, sign: Sign) -> bytes:
    """The file's bytes. Raises TemplateError where it would be too large to be read."""
    content = as_json(file.template)
    unsigned = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        **content,
        "id": file.template_id,
        "version": file.number,
        "made_on": file.made_on.isoformat(),
        "sender": {"name": file.sender, "fingerprint": file.fingerprint},
        "digest": _digest(content),
    }
    signature = sign(_canonical(unsigned)).hex()
    whole_file = _canonical({**unsigned, SIGNATURE: signature}) + b"\n"
    if len(whole_file) > MOST_BYTES:
        raise TemplateError(Fault.TOO_LARGE)
    return whole_file


def read(content: bytes, verify: Verify) -> TemplateFile:
    """Return what the file says, after `verify` has found the signature good. Raises TemplateError."""
    found = _parsed(content)
    _check_frame(found)
    if _canonical(found) + b"\n" != content:
        raise TemplateError(Fault.CHANGED)
    sender = an_object(found["sender"], "sender", ("name", "fingerprint"))
    fingerprint = _hex(sender["fingerprint"], "sender.fingerprint", FINGERPRINT_BYTES)
    signature = bytes.fromhex(_hex(found[SIGNATURE], SIGNATURE, SIGNATURE_BYTES))
    unsigned = {name: value for name, value in found.items() if name != SIGNATURE}
    verify(fingerprint, _canonical(unsigned), signature)
    if found["digest"] != _digest({name: found[name] for name in CONTENT_KEYS}):
        raise TemplateError(Fault.CHANGED, "digest")
    return TemplateFile(
        template_id=_id(found["id"]),
        number=whole(found["version"], "version", 1, LARGEST_NUMBER),
        made_on=_day(found["made_on"]),
        sender=line(sender["name"], "sender.name", LONGEST_NAME),
        fingerprint=fingerprint,
        template=of_json(found),
    )


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise TemplateError(Fault.TOO_LARGE)
    try:
        found = json.loads(
            content.decode("utf-8"),
            parse_constant=_refuse_number,
            parse_float=_refuse_number,
            object_pairs_hook=_without_twins,
        )
    except TemplateError:
        raise
    except RecursionError as error:
        raise TemplateError(Fault.TOO_DEEP) from error
    except ValueError as error:
        raise TemplateError(Fault.NOT_JSON) from error
    _check_levels(found, 0)
    return an_object(found, "")


def _refuse_number(_written: str) -> NoReturn:
    raise TemplateError(Fault.WRONG_TYPE, "number")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise TemplateError(Fault.TWICE)
    return found


def _check_levels(value: Any, level: int) -> None:
    if level > MOST_LEVELS:
        raise TemplateError(Fault.TOO_DEEP)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inside:
        _check_levels(one, level + 1)


def _check_frame(found: dict[str, Any]) -> None:
    if found.get("format") != FORMAT:
        raise TemplateError(Fault.NO_TEMPLATE)
    number = found.get("format_version")
    if isinstance(number, bool) or number != FORMAT_VERSION:
        raise TemplateError(Fault.OTHER_VERSION)
    an_object(found, "", KEYS)


def _canonical(content: Mapping[str, Any]) -> bytes:
    """Keys sorted, no spaces, letters as they are, UTF-8 (as RFC 8785 writes what has no fractions)."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise TemplateError(Fault.BAD_LETTER) from error


def _digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of what the template says, whoever sends it."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def _hex(value: Any, where: str, size: int) -> str:
    if not isinstance(value, str):
        raise TemplateError(Fault.WRONG_TYPE, where)
    if len(value) != 2 * size or not HEX.fullmatch(value):
        raise TemplateError(Fault.CHANGED, where)
    return value


def _id(value: Any) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise TemplateError(Fault.WRONG_TYPE, "id")
    return value


def _day(value: Any) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise TemplateError(Fault.WRONG_TYPE, "made_on")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise TemplateError(Fault.OUT_OF_BOUNDS, "made_on") from error
