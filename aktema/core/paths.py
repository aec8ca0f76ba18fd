"""Where the parts of the product that are not Python lie, in a checkout and in an installed wheel."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
_CHECKOUT = PACKAGE.parent


def _resource(name: str) -> Path:
    """The folder `name` beside the package in a checkout, or inside it in a wheel (`_name`)."""
    bundled = PACKAGE / f"_{name}"
    return bundled if bundled.is_dir() else _CHECKOUT / name


TEMPLATES = _resource("templates")
MIGRATIONS = _resource("migrations")
STATIC = PACKAGE / "static"
VENDOR = Path(os.environ.get("AKTEMA_VENDOR") or STATIC / "vendor")
TRANSLATIONS = PACKAGE / "translations"
