"""A plan as it is read: three forms of one structure, each telling all that the plan says. Screen, print and speech
are made from the same reading, so that none of them can say something else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from flask_babel import force_locale, pgettext
from flask_babel import gettext as _

from aktema.core.errors import Message
from aktema.core.sentences import sentences_in
from aktema.core.swedish import LANGUAGE
from aktema.plans.plan_codes import WORK_FIELDS, LifeArea, PlanField, PlanForm
from aktema.plans.plan_facts import Fact, voice_of
from aktema.plans.rules.document import ActivityPart, Document, GoalPart, Picture, Statement


class Kind(StrEnum):
    """What a section is about, and whether a block is something that was written or a fact."""

    ABOUT = "about"
    ORDER = "order"
    OWN = "own"
    WORK = "work"
    GOAL = "goal"
    ACTIVITY = "activity"
    PEOPLE = "people"
    AGREED = "agreed"
    STATEMENT = "statement"
    FACT = "fact"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One thing that is told: its heading, its words line by line, its pictures, and what to know about them."""

    kind: Kind
    title: str
    key: str
    """Which one it is: place and field with a stop between."""
    lines: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()
    note: str = ""
    times: tuple[int, ...] = ()
    """Minutes after midnight, for clocks that show when it begins and ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Blocks under a heading. An activity stands below its goal: level 3."""

    kind: Kind
    key: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A whole plan in one form."""

    form: PlanForm
    title: str
    lead: str
    sections: tuple[Section, ...]
    lang: str = LANGUAGE

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for section in self.sections for block in section.blocks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A statement in one form: its lines, its pictures, and the note that belongs to it."""

    lines: tuple[str, ...]
    pictures: tuple[Picture, ...]
    note: str


def reading(document: Document, form: PlanForm) -> Reading:
    """Everything the document says, in the form. What has no words in that form is told in those it has."""
    with force_locale(LANGUAGE):
        return Reading(
            form=form,
            title=_title(document, form),
            lead=_lead(document, form),
            sections=tuple(one for one in _sections(document, form) if one.blocks),
        )


def _title(document: Document, form: PlanForm) -> str:
    if form is PlanForm.STANDARD:
        return _("Genomförandeplan för %(name)s", name=document.person)
    return pgettext("easy", "Min plan")


def _lead(document: Document, form: PlanForm) -> str:
    if form is PlanForm.STANDARD:
        return _("Version %(number)s", number=document.number)
    return pgettext(
        "easy",
        "Planen är för %(name)s. Det är version %(number)s.",
        name=document.person,
        number=document.number,
    )


def _sections(document: Document, form: PlanForm) -> Iterator[Section]:
    voice = voice_of(form)
    own = [one for one in document.statements if one.field not in WORK_FIELDS]
    work = [one for one in document.statements if one.field in WORK_FIELDS]
    yield _section(Kind.ABOUT, voice.about, (), voice.facts_about(document), form)
    yield _section(Kind.ORDER, voice.order, document.from_order, (), form)
    yield _section(Kind.OWN, voice.own, own, voice.facts_of_own_words(document), form)
    yield _section(Kind.WORK, voice.work, work, voice.facts_of_work(document), form)
    for number, goal in enumerate(document.goals, start=1):
        yield _goal(goal, number, form)
        yield from (_activity(one, place, form) for place, one in enumerate(goal.activities, start=1))
    yield _section(Kind.PEOPLE, voice.people, (), voice.facts_of_people(document), form)
    yield _section(Kind.AGREED, voice.agreed, (), voice.facts_of_agreement(document), form)


def _goal(goal: GoalPart, number: int, form: PlanForm) -> Section:
    voice, area = voice_of(form), LifeArea(goal.life_area)
    name = str(area.label if form is PlanForm.STANDARD else area.easy)
    section = _section(Kind.GOAL, voice.goal(number, name), goal.statements, voice.facts_of_goal(goal), form)
    return replace(section, key=goal.key)


def _activity(activity: ActivityPart, number: int, form: PlanForm) -> Section:
    voice = voice_of(form)
    facts = voice.facts_of_activity(activity)
    section = _section(Kind.ACTIVITY, voice.activity(number), activity.statements, facts, form)
    return replace(section, key=activity.key, level=3)


def _section(
    kind: Kind, title: Message, statements: Iterable[Statement], facts: Iterable[Fact], form: PlanForm
) -> Section:
    said = [_statement(one, form) for one in statements if not one.is_empty]
    known = [
        Block(kind=Kind.FACT, title=fact.title, key=fact.key, lines=fact.lines, times=fact.times)
        for fact in facts
        if fact.lines
    ]
    return Section(kind=kind, key=kind.value, title=str(title), blocks=(*said, *known))


def _statement(statement: Statement, form: PlanForm) -> Block:
    field, told = PlanField(statement.field), tell(statement, form)
    return Block(
        kind=Kind.STATEMENT,
        title=str(field.label if form is PlanForm.STANDARD else field.easy),
        key=f"{statement.place}.{statement.field}",
        lines=told.lines,
        pictures=told.pictures,
        note=told.note,
    )


def tell(statement: Statement, form: PlanForm) -> Told:
    """The statement in the form. Where its words are missing there, it is told in those it has, with a note."""
    if form is PlanForm.STANDARD:
        text = statement.standard or statement.easy
        lines = _lines(text) if statement.standard else sentences_in(text)
    else:
        lines = sentences_in(statement.easy) if statement.easy else _lines(statement.standard)
    pictures = statement.pictures if form is PlanForm.PICTURES else ()
    if not lines and not pictures:
        lines = tuple(one.word for one in statement.pictures)
    return Told(lines=lines, pictures=pictures, note=_note(statement, form))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(str.strip, text.splitlines()) if line)


def _note(statement: Statement, form: PlanForm) -> str:
    """What to know about the words: older than what they tell, or missing in this form. The first matters in all."""
    notes = []
    if statement.is_easy_old:
        notes.append(_("Den lättlästa texten är äldre än den vanliga texten."))
    if form is PlanForm.STANDARD and not statement.standard:
        notes.append(_("Den vanliga texten saknas än."))
    if form is not PlanForm.STANDARD and not statement.easy:
        notes.append(pgettext("easy", "Lättläst text saknas här än."))
    if form is PlanForm.PICTURES and not statement.pictures:
        notes.append(pgettext("easy", "Här saknas bilder än."))
    return " ".join(notes)
