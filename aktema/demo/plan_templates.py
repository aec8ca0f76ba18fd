"""Templates that the demo municipality has made: one of each kind."""

from datetime import date, time

from aktema.access.models import Account
from aktema.core.db import db
from aktema.core.swedish import sort_key
from aktema.demo.days import at
from aktema.plans.rules.document import Pattern
from aktema.plans.rules.template_content import (
    ACTIVITY_FIELDS,
    ActivityTemplate,
    GoalTemplate,
    Kind,
    Picture,
    Question,
    Scale,
    Template,
    Words,
)
from aktema.plans.rules.template_file import stored
from aktema.plans.template_models import SharedTemplate, TemplateVersion
from aktema.plans.template_share_operations import new_key

NOON, LATE_MORNING, MORNING = 720, 600, 540
MONDAY_WEDNESDAY_FRIDAY, TUESDAY = 0b10101, 0b10
SHOWN, STARTED = 2, 1
"""Levels of support: somebody shows or helps to get going, somebody reminds."""


def add_templates(author: Account, administrator: Account, made_on: date) -> int:
    """Store the templates as the author's and the administrator's key to sign them with. Returns how many."""
    key = new_key(administrator.id)
    key.created_at = at(made_on, time(9))
    db.session.add(key)
    for content in TEMPLATES:
        template = SharedTemplate(
            kind=content.kind.value,
            title=content.title,
            sort_key=sort_key(content.title),
            number=1,
            created_at=at(made_on, time(10)),
        )
        version = TemplateVersion(
            template=template,
            number=1,
            content_json=stored(content),
            made_on=made_on,
            account_id=author.id,
            created_at=template.created_at,
        )
        db.session.add(version)
    return len(TEMPLATES)


def _words(standard: str, easy: str, *pictures: Picture) -> Words:
    return Words(standard=standard, easy=easy, pictures=pictures)


def _activity(key: str, pattern: Pattern, support_level: int, **said: Words) -> ActivityTemplate:
    return ActivityTemplate(
        key=key,
        words={field: said.get(field, Words()) for field in ACTIVITY_FIELDS},
        pattern=pattern,
        support_level=support_level,
        is_toward_work=True,
    )


CAFE = Template(
    kind=Kind.PLAN,
    title="Prova att arbeta i kafé",
    about="För den som tycker om mat och människor och vill prova ett arbete några förmiddagar i veckan.",
    goals=(
        GoalTemplate(
            key="cafe-mornings",
            life_area="d8",
            words={
                "text": _words(
                    "Arbeta tre förmiddagar i veckan i ett kafé.",
                    "Jag arbetar på ett kafé 3 dagar i veckan.",
                    Picture(word="kafé", moji="1F373"),
                ),
                "measure": _words(
                    "Fyra veckor i rad med minst tre förmiddagar, och en egen lust att fortsätta.",
                    "Jag har arbetat 4 veckor. Jag vill fortsätta.",
                ),
            },
            activities=(
                _activity(
                    "cafe-table",
                    Pattern(weekdays=MONDAY_WEDNESDAY_FRIDAY, starts_at=MORNING, ends_at=NOON),
                    SHOWN,
                    what=_words(
                        "Duka borden och fylla på bröd.",
                        "Jag dukar borden.",
                        Picture(word="duka", moji="1F37D"),
                        Picture(word="bröd", moji="1F35E"),
                    ),
                    why=_words("En uppgift med tydlig början och slut.", "Jag ser när det är klart."),
                    who=_words("Handledaren på kaféet visar, jobbcoachen är med första veckan.", ""),
                    how=_words(
                        "Samma bord varje dag. En bild vid varje steg.",
                        "Jag börjar vid samma bord varje dag.",
                    ),
                ),
                _activity(
                    "cafe-talk",
                    Pattern(weekdays=TUESDAY, starts_at=MORNING, ends_at=LATE_MORNING),
                    STARTED,
                    what=_words(
                        "Prata om veckan med jobbcoachen.",
                        "Jag pratar om min vecka.",
                        Picture(word="prata", moji="1F4AC"),
                    ),
                    why=_words("Så att det som inte fungerar ändras i tid.", "Vi ändrar det som är svårt."),
                ),
            ),
        ),
    ),
)
ANSWERS = Template(
    kind=Kind.PICTURES,
    title="Bra, dåligt, stopp",
    about="Att lägga på bordet när man pratar om hur dagen var.",
    columns=3,
    pictures=(
        Picture(word="bra", moji="1F44D"),
        Picture(word="dåligt", moji="1F44E"),
        Picture(word="vet inte", moji="1F615"),
        Picture(word="ja", moji="2705"),
        Picture(word="nej", moji="274C"),
        Picture(word="stopp", moji="1F6D1"),
    ),
)
FIRST_WEEK = Template(
    kind=Kind.QUESTIONS,
    title="Efter den första veckan",
    about="När någon har provat ett nytt arbete i en vecka.",
    questions=(
        Question(
            key="week-how",
            text="Hur har veckan varit?",
            easy="Hur var veckan?",
            picture=Picture(word="glad", moji="1F642"),
            scale=Scale.FACES,
        ),
        Question(
            key="week-more",
            text="Vill du fortsätta nästa vecka?",
            easy="Vill du fortsätta?",
            picture=None,
            scale=Scale.YES_MAYBE_NO,
        ),
        Question(
            key="week-best",
            text="Vad var roligast?",
            easy="Vad var roligast?",
            picture=Picture(word="prata", moji="1F4AC"),
            scale=Scale.OWN_WORDS,
        ),
    ),
)
TEMPLATES = (CAFE, ANSWERS, FIRST_WEEK)
