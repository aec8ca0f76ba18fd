"""One way to write a text, whatever program it comes from."""

import unicodedata

_KEPT_CONTROLS = "\n\t"


def cleaned(text: str) -> str:
    """Composed letters, ordinary spaces and newlines, no control or invisible signs, nothing around."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_plain(character) for character in lines).strip()


def _plain(character: str) -> str:
    if character in _KEPT_CONTROLS:
        return character
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return "" if category in ("Cc", "Cf", "Cs") else character
