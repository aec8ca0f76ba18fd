"""Something of a person's way to work that is due today."""

from dataclasses import dataclass

from aktema.people.models import Participant


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What to do about whom, the page where it is done, since when it waits; a tag where it is urgent."""

    participant: Participant
    title: str
    href: str
    due: str
    tone: str = "neutral"
    tag: str = ""
