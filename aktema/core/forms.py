"""The form every page builds on, and the fields WTForms lacks. Each field keeps what was typed when it is wrong."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError
from wtforms import Field, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.fields import (  # type: ignore[attr-defined]  # SelectChoice is newer than the stubs
    SelectChoice,
)
from wtforms.validators import InputRequired, Length, Optional

from aktema.core.db import db
from aktema.core.errors import DomainError, Message
from aktema.core.ids import new_public_id

T = TypeVar("T")
LINE_LENGTH = 200
TEXT_LENGTH = 5000
LONGEST_TYPED_NUMBER = 12
FEWEST_DIGITS = 3  # an extension of a switchboard
CONTROL_LETTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def choices(pairs: Iterable[tuple[str, Message]], group: str | None = None) -> list[SelectChoice]:
    """What a radio, select or checkbox field lets choose among, from pairs of value and label."""
    return [SelectChoice(value, label, optgroup=group) for value, label in pairs]


class BaseForm(FlaskForm):
    """Anti-forgery token, version of what is edited, and idempotency key: in every form, in this one place."""

    version = HiddenField(default="")
    idempotency_key = HiddenField(default=new_public_id)

    def reject(self, problem: DomainError) -> None:
        """Hang a refused act's message on its field, or on the form where the field is not shown."""
        field = self._fields.get(problem.field or "")
        if field is None:
            self.form_errors.append(problem.message)
        else:
            field.errors = [*field.errors, problem.message]

    def expects(self, version: int) -> bool:
        """Whether the form was drawn from this version; a form without one expects any."""
        return self.version.data in ("", None, str(version))

    def carry(self, version: int) -> None:
        """Write the version the page was drawn from into the form."""
        self.version.data = str(version)

    def visible_fields(self) -> Iterator[Field]:
        return (field for field in self if not isinstance(field, HiddenField))


class ConflictError(Exception):
    """Somebody changed the same thing in between. The page shows both and keeps what was typed."""

    def __init__(self, form: BaseForm, current: BaseForm, version: int) -> None:
        super().__init__("stale form")
        self.form = form
        self.current = current
        self.version = version


def attempted(form: BaseForm, act: Callable[[], T]) -> T | None:
    """The act's result, or None with its refusal hung on the form and nothing changed."""
    try:
        with db.session.begin_nested():
            return act()
    except DomainError as problem:
        form.reject(problem)
    except IntegrityError as error:
        form.reject(DomainError(_("Det här har redan sparats av någon annan. Ladda om sidan och se efter.")))
        current_app.logger.warning("integrity", extra={"constraint": constraint_name(error)})
    return None


def constraint_name(error: IntegrityError) -> str:
    """The constraint that fell, as far as the driver says; never the values."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "")) or str(error.orig).partition(":")[0]


def _strip(text: str | None) -> str | None:
    return text.strip() if text else text


def no_control_letters(_form: object, field: Field) -> None:
    if field.data and CONTROL_LETTERS.search(str(field.data)):
        raise ValidationError(_("Texten innehåller tecken som inte går att spara. Skriv om den."))


def holds_number(_form: object, field: Field) -> None:
    if sum(letter.isdigit() for letter in str(field.data)) < FEWEST_DIGITS:
        raise ValidationError(_("Skriv ett telefonnummer, till exempel 011-15 00 00."))


class Required(InputRequired):
    """Something must be there; spaces are nothing."""

    def __init__(self, message: Message | None = None) -> None:
        super().__init__(message or _l("Fyll i det här."))

    def __call__(self, form: Any, field: Field) -> None:
        if isinstance(field.data, str) and not field.data.strip():
            field.raw_data = []
        super().__call__(form, field)


def _with_basics(validators: Iterable[Any] | None, longest: int) -> list[Any]:
    too_long = _l("Texten är för lång. Högst %(max)d tecken får plats.")
    return [*(validators or [Optional()]), no_control_letters, Length(max=longest, message=too_long)]


class _WritableField(StringField):
    """A text field that shows what was typed, but for letters that no page can hold."""

    def _value(self) -> str:
        shown: str = super()._value()  # type: ignore[misc]  # what every WTForms text field shows; its stubs forget it
        return CONTROL_LETTERS.sub("\ufffd", shown)


class LineField(_WritableField):
    """One line of text, trimmed."""

    def __init__(
        self,
        label: Message,
        validators: list[Any] | None = None,
        *,
        longest: int = LINE_LENGTH,
        **options: Any,
    ) -> None:
        super().__init__(label, _with_basics(validators, longest), filters=[_strip], **options)


class PhoneField(LineField):
    """A telephone number, written as people write them: words beside it are fine, no number at all is not."""

    def __init__(self, label: Message, *, longest: int = 50, **options: Any) -> None:
        shown = {"type": "tel", "autocomplete": "off"}
        super().__init__(label, [Optional(), holds_number], longest=longest, render_kw=shown, **options)


class ParagraphField(_WritableField, TextAreaField):
    """Some lines of text, trimmed."""

    def __init__(
        self,
        label: Message,
        validators: list[Any] | None = None,
        *,
        longest: int = TEXT_LENGTH,
        **options: Any,
    ) -> None:
        super().__init__(label, _with_basics(validators, longest), filters=[_strip], **options)


class _TypedField(StringField):
    """A text field whose text is read as something else; the text is kept when it can't be."""

    problem: Message = ""
    data: Any  # None, or what `parse` gives

    def parse(self, text: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return CONTROL_LETTERS.sub("\ufffd", str(self.raw_data[0]))
        return "" if self.data is None else self.show(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = self.parse(text)
        except (ValueError, OverflowError, ArithmeticError) as error:
            raise ValueError(str(self.problem)) from error


class DateField(_TypedField):
    """A date typed ÅÅÅÅ-MM-DD; ÅÅÅÅMMDD is understood too."""

    problem = _l("Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-03-09.")

    def parse(self, text: str) -> date:
        if not re.fullmatch(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)


class WholeNumberField(_TypedField):
    """A whole number within limits, both included."""

    def __init__(
        self,
        label: Message,
        validators: list[Any] | None = None,
        *,
        least: int = 0,
        most: int = 1_000_000,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.least, self.most = least, most
        self.problem = _l("Skriv ett helt tal från %(least)s till %(most)s.", least=least, most=most)

    def parse(self, text: str) -> int:
        if len(text) > LONGEST_TYPED_NUMBER or not self.least <= (number := int(text)) <= self.most:
            raise ValueError(text)
        return number


class HoursField(_TypedField):
    """Hours typed as 20, 20,5 or 20:30, kept as whole minutes."""

    def __init__(
        self, label: Message, validators: list[Any] | None = None, *, most_hours: int = 60, **options: Any
    ) -> None:
        super().__init__(label, validators, **options)
        self.most_hours = most_hours
        self.problem = _l("Skriv timmar, till exempel 20 eller 20,5. Högst %(most)s.", most=most_hours)

    def parse(self, text: str) -> int:
        found = re.fullmatch(r"([0-9]{1,3})(?:[,.]([0-9]{1,2})|:([0-5][0-9]))?", text)
        if found is None:
            raise ValueError(text)
        hours, fraction, minutes = found.groups()
        total = int(hours) * 60 + (
            round(int(fraction) * 60 / 10 ** len(fraction)) if fraction else int(minutes or 0)
        )
        if total > self.most_hours * 60:
            raise ValueError(text)
        return total

    def show(self, value: int) -> str:
        hours, minutes = divmod(value, 60)
        return str(hours) if not minutes else f"{hours}:{minutes:02}"


class TimeOfDayField(_TypedField):
    """A time of day typed 8, 8.30 or 08:30, kept as minutes after midnight."""

    problem = _l("Skriv klockslaget som 08:30.")

    def parse(self, text: str) -> int:
        found = re.fullmatch(r"([0-9]{1,2})(?:[:.]([0-5][0-9]))?", text)
        if found is None or int(found[1]) > 23:
            raise ValueError(text)
        return int(found[1]) * 60 + int(found[2] or 0)

    def show(self, value: int) -> str:
        return f"{value // 60:02}:{value % 60:02}"


class TimeSpanField(_TypedField):
    """From one time of day to a later one, typed 9-12 or 08.30-15, kept as two times in minutes after midnight."""

    problem = _l("Skriv tiderna som 9–12 eller 08.30–15.")

    def parse(self, text: str) -> tuple[int, int]:
        found = re.fullmatch(
            r"([0-9]{1,2})(?:[:.]([0-5][0-9]))? ?[-–—] ?([0-9]{1,2})(?:[:.]([0-5][0-9]))?", text
        )
        if found is None:
            raise ValueError(text)
        begins, ends = (int(found[n]) * 60 + int(found[n + 1] or 0) for n in (1, 3))
        if max(begins, ends) > 24 * 60:
            raise ValueError(text)
        if begins >= ends:
            self.problem = _l("Sluttiden måste komma efter starttiden.")
            raise ValueError(text)
        return begins, ends

    def show(self, value: tuple[int, int]) -> str:
        return "–".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in value)
