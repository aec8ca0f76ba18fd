"""What is read about a file's way in."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from aktema.access.importing.models import State
from aktema.core.errors import Message

STATES: Mapping[State, Message] = {
    State.UPLOADED: _l("Välj kolumner"),
    State.CHECKING: _l("Kontrolleras"),
    State.FAULTY: _l("Har fel"),
    State.CHECKED: _l("Klar att läsa in"),
    State.IMPORTING: _l("Läses in"),
    State.DONE: _l("Inläst"),
    State.UNDONE: _l("Ångrad"),
    State.FAILED: _l("Avbruten"),
}
TONES: Mapping[State, str] = {
    State.UPLOADED: "info",
    State.CHECKING: "info",
    State.FAULTY: "warning",
    State.CHECKED: "accent",
    State.IMPORTING: "info",
    State.DONE: "success",
    State.UNDONE: "neutral",
    State.FAILED: "danger",
}
