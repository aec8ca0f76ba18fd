"""`translate`: gather the Swedish sentences of code and templates, and keep the English catalogue in step with them."""

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from aktema.core.paths import PACKAGE, TEMPLATES, TRANSLATIONS

KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CATALOGUE = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"


def add_to(commands: "_SubParsersAction[Any]") -> None:
    translate = commands.add_parser(
        "translate", help="bring the English catalogue in step with the Swedish texts"
    )
    translate.set_defaults(command=run_translate)


def run_translate(_arguments: Namespace) -> int:
    catalogue = updated()
    save(catalogue)
    missing = [message.id for message in catalogue if message.id and not message.string]
    print(f"{len(catalogue)} sentences, {len(missing)} without English.")
    return 1 if missing else 0


def sentences() -> Catalog:
    """Every sentence that is shown, by the Swedish it is written in."""
    found = Catalog(locale="en", domain="messages", project="Aktema", fuzzy=False)
    for folder, method in ((PACKAGE, "python"), (TEMPLATES, "jinja2")):
        pattern = "**.py" if method == "python" else "**.html"
        rows = extract_from_dir(str(folder), method_map=[(pattern, method)], keywords=KEYWORDS)
        for _file, _line, message, _comments, context in rows:
            found.add(message, context=context)
    return found


def written() -> Catalog:
    """The catalogue as it lies in the source."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="messages")


def updated() -> Catalog:
    """The written catalogue with today's sentences: the new ones empty, the old ones gone."""
    catalogue = written() if CATALOGUE.exists() else Catalog(locale="en", domain="messages", project="Aktema")
    catalogue.update(sentences(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    return catalogue


def save(catalogue: Catalog, file: Path = CATALOGUE) -> None:
    """Write the catalogue, and beside it the form that is read at run time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as source:
        write_po(source, catalogue, no_location=True, sort_output=True, omit_header=True, width=0)
    with file.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
