"""What is read about employers and placements: sectors, states, moves, weekdays, and what is missing."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.employers.rules import Advice, Need, TimesProblem
from aktema.employers.states import Move, State

SECTORS: Mapping[str, Message] = {
    "private": _l("Privat företag"),
    "municipal": _l("Kommunen"),
    "regional": _l("Regionen"),
    "state": _l("Staten"),
    "association": _l("Förening eller stiftelse"),
    "social_enterprise": _l("Socialt företag"),
}
STATES: Mapping[State, Message] = {
    State.DRAFT: _l("Utkast"),
    State.PUBLISHED: _l("Publicerad"),
    State.PAUSED: _l("Pausad"),
    State.CLOSED: _l("Stängd"),
}
STATE_TONES: Mapping[State, str] = {
    State.DRAFT: "neutral",
    State.PUBLISHED: "success",
    State.PAUSED: "warning",
    State.CLOSED: "neutral",
}
MOVES: Mapping[Move, Message] = {
    Move.PUBLISH: _l("Publicera"),
    Move.PAUSE: _l("Pausa"),
    Move.RESUME: _l("Publicera igen"),
    Move.CLOSE: _l("Stäng platsen"),
    Move.REOPEN: _l("Öppna som utkast"),
}
MOVED: Mapping[State, Message] = {
    State.DRAFT: _l("Platsen är ett utkast igen."),
    State.PUBLISHED: _l("Platsen är publicerad. Nu kan den föreslås."),
    State.PAUSED: _l("Platsen är pausad och föreslås inte."),
    State.CLOSED: _l("Platsen är stängd och föreslås inte."),
}
WEEKDAYS: tuple[Message, ...] = (
    _l("Måndag"),
    _l("Tisdag"),
    _l("Onsdag"),
    _l("Torsdag"),
    _l("Fredag"),
    _l("Lördag"),
    _l("Söndag"),
)
NEEDS: Mapping[Need, Message] = {
    Need.OPEN_EMPLOYER: _l("Arbetsgivaren är stängd. Öppna arbetsgivaren först."),
    Need.LOCALITY: _l("Arbetsplatsens ort saknas."),
    Need.TITLE: _l("Platsens namn saknas."),
    Need.DESCRIPTION: _l("Beskriv vad man gör."),
    Need.ACTIVITY: _l("Välj minst en arbetsuppgift."),
}
ADVICE: Mapping[Advice, Message] = {
    Advice.DEMANDS: _l(
        "Vad arbetet kräver är inte angivet. Då går det inte att se vad som behöver anpassas."
    ),
    Advice.HOURS: _l("Timmar i veckan är inte angivna. De blir en fråga i förslagen."),
    Advice.WEEKDAYS: _l("Dagarna är inte angivna. De blir en fråga i förslagen."),
    Advice.SUPERVISION: _l("Ingen handledare är angiven."),
    Advice.CONSTRAINTS: _l(
        "Förutsättningarna på platsen är inte angivna, till exempel rullstol eller vilrum."
    ),
}
TIMES_PROBLEMS: Mapping[TimesProblem, Message] = {
    TimesProblem.LESS_THAN_LEAST: _l("Det högsta antalet timmar kan inte vara lägre än det minsta."),
    TimesProblem.ENDS_BEFORE_START: _l("Sluttiden måste vara efter starttiden."),
    TimesProblem.DAYS_TOO_SHORT: _l("Så många timmar får inte plats på de dagar och tider som är angivna."),
    TimesProblem.PERIOD_ENDS_FIRST: _l("Sista dagen kan inte vara före första dagen."),
}
