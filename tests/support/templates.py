"""Templates for tests: what they say, and files of them signed by somebody."""

from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from aktema.access.identity import Identity
from aktema.core import clock
from aktema.plans import template_operations as operations
from aktema.plans.rules.document import Pattern
from aktema.plans.rules.template_content import (
    ACTIVITY_FIELDS,
    IN_ONE_LINE,
    ActivityTemplate,
    GoalTemplate,
    Kind,
    Picture,
    Question,
    Scale,
    Template,
    Words,
)
from aktema.plans.rules.template_file import TemplateFile, fingerprint_of, written
from aktema.plans.template_models import SharedTemplate

KITCHEN = Picture(word="kök", moji="1F373")
BUS = Picture(word="buss", pack="Mulberry", symbol="bus")


def words(standard: str = "", easy: str = "", *pictures: Picture) -> Words:
    return Words(standard=standard, easy=easy, pictures=pictures)


def an_activity(key: str = "a1", what: str = "Dukar i kaféet", **values: Any) -> ActivityTemplate:
    said = {field: Words() for field in ACTIVITY_FIELDS}
    return ActivityTemplate(
        **{
            "key": key,
            "words": {**said, "what": words(what, "Jag dukar.", KITCHEN)},
            "pattern": Pattern(weekdays=5, starts_at=540, ends_at=600),
            "support_level": 2,
            "is_toward_work": True,
            **values,
        }
    )


def a_goal(key: str = "g1", text: str = "Prova ett kafé", *activities: ActivityTemplate) -> GoalTemplate:
    return GoalTemplate(
        key=key,
        life_area="d8",
        words={"text": words(text, "Jag provar ett kafé.", KITCHEN), "measure": words("Tre dagar")},
        activities=activities or (an_activity(),),
    )


def a_plan_template(title: str = "Komma igång på kafé", *goals: GoalTemplate, **values: Any) -> Template:
    return Template(kind=Kind.PLAN, title=title, goals=goals or (a_goal(),), **values)


def a_large_template() -> Template:
    """One that may be stored, and whose file would be too large to be read."""
    long = Words(standard="\U0001f373" * 2000, easy="\U0001f373" * 1000)
    line = Words(standard="\U0001f373" * 300, easy="\U0001f373" * 1000)
    said = {field: line if field in IN_ONE_LINE else long for field in ACTIVITY_FIELDS}
    parts = [an_activity(f"a{number}", words=said) for number in range(30)]
    goals = [
        GoalTemplate(
            key=f"g{number}",
            life_area="d8",
            words={"text": long, "measure": long},
            activities=tuple(parts[number * 5 : number * 5 + 5]),
        )
        for number in range(6)
    ]
    return a_plan_template("Stor", *goals)


def a_sheet(*pictures: Picture, **values: Any) -> Template:
    known: dict[str, Any] = {"kind": Kind.PICTURES, "title": "I köket", "columns": 3}
    return Template(pictures=pictures or (KITCHEN, BUS), **{**known, **values})


def a_question(key: str = "q1", text: str = "Trivs du?", **values: Any) -> Question:
    known: dict[str, Any] = {"easy": "Är det bra?", "picture": None, "scale": Scale.FACES}
    return Question(key=key, text=text, **{**known, **values})


def a_question_set(*questions: Question) -> Template:
    return Template(kind=Kind.QUESTIONS, title="Hur är det?", questions=questions or (a_question(),))


class Sender:
    """Somebody with a key who makes files."""

    def __init__(self, name: str = "Grannby kommun") -> None:
        self.name = name
        self._key = Ed25519PrivateKey.generate()

    @property
    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        return self._key.sign(content)

    def file(self, content: Template | None = None, **values: Any) -> TemplateFile:
        return TemplateFile(
            **{
                "template_id": "t" * 22,
                "number": 3,
                "made_on": date(2026, 3, 2),
                "sender": self.name,
                "fingerprint": fingerprint_of(self.public_key),
                "template": content or a_plan_template(),
                **values,
            }
        )

    def written(self, content: Template | None = None, **values: Any) -> bytes:
        return written(self.file(content, **values), self.sign)


def a_template(identity: Identity, content: Template | None = None) -> SharedTemplate:
    """A stored template of our own."""
    return operations.create(identity, content or a_plan_template(about=f"Gjord {clock.today()}"))
