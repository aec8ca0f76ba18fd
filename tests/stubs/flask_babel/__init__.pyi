"""The part of Flask-Babel's interface that the product uses; the library ships no types."""

from collections.abc import Callable
from contextlib import _GeneratorContextManager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale
from flask import Flask

class Babel:
    def __init__(
        self,
        app: Flask | None = None,
        *,
        default_locale: str = ...,
        default_domain: str = ...,
        default_translation_directories: str = ...,
        locale_selector: Callable[[], str | None] | None = ...,
        timezone_selector: Callable[[], str | None] | None = ...,
    ) -> None: ...

def get_locale() -> Locale | None: ...
def gettext(string: str, **variables: Any) -> str: ...
def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str: ...
def pgettext(context: str, string: str, **variables: Any) -> str: ...

# Lazy texts pass for str wherever WTForms and templates take one.
def lazy_gettext(string: str, **variables: Any) -> Any: ...
def lazy_pgettext(context: str, string: str, **variables: Any) -> Any: ...
def format_date(date: date | datetime | None = None, format: str | None = None) -> str: ...
def format_datetime(datetime: datetime | None = None, format: str | None = None) -> str: ...
def format_decimal(
    number: float | Decimal, format: str | None = None, decimal_quantization: bool = True
) -> str: ...
def force_locale(locale: str) -> _GeneratorContextManager[None]: ...
