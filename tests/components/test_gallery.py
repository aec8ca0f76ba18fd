"""The page that shows every component shows every component."""

import re

from aktema.core.paths import PACKAGE, TEMPLATES

SHOWN_INSIDE = {"error_summary.html"}  # at the top of the form with errors
MADE_OF_OTHERS = {
    "PlanField",  # what a statement of a plan is about, not a field of a form
    "TemplatePicturesField",
    "LocalityField",
    "PicturesField",
    "HiddenField",
    "TypedField",
    "WritableField",
    "_TypedField",
    "_WritableField",
}


def fields_in_use() -> set[str]:
    """The names of the field types that the product's forms are built of."""
    sources = [file.read_text("utf-8") for file in PACKAGE.rglob("*forms.py")]
    return {name for source in sources for name in re.findall(r"= ([A-Z]\w+Field)\(", source)}


def fields_shown() -> set[str]:
    form = (PACKAGE / "core" / "gallery.py").read_text("utf-8")
    return set(re.findall(r"(?:= |\()([A-Z]\w+Field)\b", form))


def test_every_component_is_shown() -> None:
    page = (TEMPLATES / "help" / "components.html").read_text("utf-8")
    files = {file.name for file in (TEMPLATES / "components").glob("*.html")}
    assert {name for name in files if f"components/{name}" not in page} == SHOWN_INSIDE


def test_every_field_type_in_use_is_shown() -> None:
    assert fields_in_use() - fields_shown() - MADE_OF_OTHERS == set()
