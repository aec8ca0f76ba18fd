"""What a template says, thing by thing: to compare two versions, and to look for what must never be in one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from aktema.plans.rules.document import Pattern
from aktema.plans.rules.template_content import (
    ActivityTemplate,
    GoalTemplate,
    Picture,
    Question,
    Template,
    Words,
)

Value: TypeAlias = str | int | bool | Pattern | tuple[Picture, ...] | None


class Part(StrEnum):
    """What a thing said belongs to."""

    TEMPLATE = "template"
    GOAL = "goal"
    ACTIVITY = "activity"
    QUESTION = "question"


class Aspect(StrEnum):
    """In which form it is said, or that it is no words at all."""

    STANDARD = "standard"
    EASY = "easy"
    PICTURES = "pictures"
    FACT = "fact"


class Move(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where something is said. `key` is the same through all versions, `name` is what this one calls the part."""

    part: Part
    key: str
    name: str
    field: str = ""
    aspect: Aspect = Aspect.FACT


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    place: Place
    value: Value


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One difference. A part that is added or removed is one change, whatever it says."""

    move: Move
    place: Place
    before: Value = None
    after: Value = None


def everything_said(template: Template) -> Iterator[Said]:
    """Each thing the template says, in the order it is read."""
    whole = Place(part=Part.TEMPLATE, key="", name=template.title)
    yield _said(whole, "title", Aspect.STANDARD, template.title)
    yield _said(whole, "about", Aspect.STANDARD, template.about)
    for goal in template.goals:
        yield from _goal(goal)
    if template.pictures:
        yield _said(whole, "columns", Aspect.FACT, template.columns)
        yield _said(whole, "pictures", Aspect.PICTURES, template.pictures)
    for question in template.questions:
        yield from _question(question)


def _said(part: Place, field: str, aspect: Aspect, value: Value) -> Said:
    place = Place(part=part.part, key=part.key, name=part.name, field=field, aspect=aspect)
    return Said(place=place, value=value)


def _goal(goal: GoalTemplate) -> Iterator[Said]:
    part = Place(part=Part.GOAL, key=goal.key, name=goal.words["text"].standard)
    yield _said(part, "life_area", Aspect.FACT, goal.life_area)
    yield from _words(part, goal.words)
    for activity in goal.activities:
        yield from _activity(activity)


def _activity(activity: ActivityTemplate) -> Iterator[Said]:
    part = Place(part=Part.ACTIVITY, key=activity.key, name=activity.words["what"].standard)
    yield from _words(part, activity.words)
    yield _said(part, "when", Aspect.FACT, activity.pattern)
    yield _said(part, "support_level", Aspect.FACT, activity.support_level)
    yield _said(part, "is_toward_work", Aspect.FACT, activity.is_toward_work)


def _words(part: Place, words: Mapping[str, Words]) -> Iterator[Said]:
    for field, said in words.items():
        yield _said(part, field, Aspect.STANDARD, said.standard)
        yield _said(part, field, Aspect.EASY, said.easy)
        yield _said(part, field, Aspect.PICTURES, said.pictures)


def _question(question: Question) -> Iterator[Said]:
    part = Place(part=Part.QUESTION, key=question.key, name=question.text)
    yield _said(part, "text", Aspect.STANDARD, question.text)
    yield _said(part, "text", Aspect.EASY, question.easy)
    yield _said(part, "text", Aspect.PICTURES, (question.picture,) if question.picture else ())
    yield _said(part, "scale", Aspect.FACT, question.scale.value)


def changes(before: Template, after: Template) -> tuple[Change, ...]:
    """What differs between two versions: what was removed last, the rest in the order the newer one is read."""
    old, new = _by_place(before), _by_place(after)
    old_parts, new_parts = {place[0] for place in old}, {place[0] for place in new}
    found = [*_added_and_changed(old, new, old_parts)]
    removed = {place[0]: said for place, said in reversed(old.items()) if place[0] not in new_parts}
    found += [Change(move=Move.REMOVED, place=said.place) for said in reversed(removed.values())]
    return tuple(found)


def _by_place(template: Template) -> dict[tuple[str, str, Aspect], Said]:
    said = everything_said(template)
    return {(one.place.key, one.place.field, one.place.aspect): one for one in said}


def _added_and_changed(
    old: Mapping[tuple[str, str, Aspect], Said],
    new: Mapping[tuple[str, str, Aspect], Said],
    old_parts: set[str],
) -> Iterator[Change]:
    seen: set[str] = set()
    for place, said in new.items():
        if place[0] not in old_parts:
            if place[0] not in seen:
                yield Change(move=Move.ADDED, place=said.place)
            seen.add(place[0])
        elif place not in old or old[place].value != said.value:
            before = old[place].value if place in old else None
            yield Change(move=Move.CHANGED, place=said.place, before=before, after=said.value)


class Private(StrEnum):
    """What looks like a person in a text."""

    PERSONAL_NUMBER = "personal_number"
    EMAIL = "email"
    PHONE = "phone"


PATTERNS: tuple[tuple[Private, re.Pattern[str]], ...] = (
    (
        Private.PERSONAL_NUMBER,
        re.compile(
            r"(?<!\d)(?:\d\d)?\d\d(?:0[0-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])\s?[-+–−]?\s?(?:\d{4}|[A-Za-z]\d{3})(?!\d)"
        ),
    ),
    (Private.EMAIL, re.compile(r"[^\s@<>(),;:]+\s?(?:@|\(at\)|\[at\])\s?[^\s@<>(),;:]+\.[^\W\d_]{2,}")),
    (Private.PHONE, re.compile(r"(?<![\d.,:])(?:\+\s?\d|00\d|0\d)(?:[\s/()–−-]{0,2}\d){6,12}(?![\d])")),
)
"""A personal number or coordination number (SKV 704, 707) with or without century and sign, an e-mail address, and a
phone number: + or 0, and seven to thirteen digits more. They look alike at times: the first that fits is named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What looks like a person, and where."""

    kind: Private
    place: Place


def personal_data(template: Template) -> Sequence[Finding]:
    """Everything in the template that looks as if it were about a person. Names cannot be told from words."""
    return [
        Finding(kind=kind, place=said.place)
        for said in everything_said(template)
        for text in _texts(said.value)
        for kind in _kinds_in(text)
    ]


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, tuple):
        return tuple(text for one in value for text in (one.word, one.pack, one.symbol))
    return ()


def _kinds_in(text: str) -> Iterator[Private]:
    for kind, pattern in PATTERNS:
        if pattern.search(text):
            yield kind
            return
