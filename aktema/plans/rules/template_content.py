"""What a template holds, as plain values, and the one JSON it is stored and sent as. It names nobody.

Whatever is read is believed only as far as it is checked here; docs/templates.md says what the JSON looks like.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from aktema.plans.rules.document import MOST_PICTURES, Pattern

T = TypeVar("T")
LONGEST_TITLE, LONGEST_ABOUT, LONGEST_WORD, LONGEST_NAME = 120, 500, 60, 120
LONGEST_TEXT, LONGEST_LINE, LONGEST_EASY = 2000, 300, 1000
IN_ONE_LINE = ("what", "who", "where")
MOST_GOALS, MOST_ACTIVITIES, MOST_IN_SHEET, MOST_QUESTIONS = 6, 5, 24, 20
COLUMNS = range(2, 7)
GOAL_FIELDS = ("text", "measure")
ACTIVITY_FIELDS = ("what", "why", "who", "where", "how")
LIFE_AREAS = ("d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "safety")
WEEK_PATTERNS = ("every", "odd", "even")
ALL_DAYS, LAST_MINUTE, MOST_SUPPORT = 127, 1440, 4
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
MOJI = re.compile(r"[0-9A-F]{2,6}(-[0-9A-F]{2,6}){0,7}", re.ASCII)
BAD_LETTERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control letters but for a new line, halves of letters, and marks that turn the direction of writing round."""


class Kind(StrEnum):
    PLAN = "plan"
    PICTURES = "pictures"
    QUESTIONS = "questions"


class Scale(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    YES_MAYBE_NO = "yes_maybe_no"
    FACES = "faces"
    OWN_WORDS = "own_words"


class Fault(StrEnum):
    """What can be wrong with a template or with the file it came in."""

    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    TWICE = "twice"
    NO_TEMPLATE = "no_template"
    OTHER_VERSION = "other_version"
    CHANGED = "changed"
    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong_type"
    OUT_OF_BOUNDS = "out_of_bounds"
    TOO_LONG = "too_long"
    BAD_LETTER = "bad_letter"
    EMPTY = "empty"


class TemplateError(ValueError):
    """The first thing that is wrong, and where in the template: a path such as content.goals[0].text.easy."""

    def __init__(self, fault: Fault, where: str = "") -> None:
        super().__init__(f"{fault} {where}".strip())
        self.fault, self.where = fault, where


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A word and what is seen over it: an OpenMoji code, or the name of a symbol in a pack; neither is a word alone."""

    word: str
    moji: str = ""
    pack: str = ""
    symbol: str = ""

    @property
    def name(self) -> tuple[str, str]:
        """The picture without its word: the built-in set or a pack, and what it is called there."""
        return self.pack, self.symbol or self.moji


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One thing that is said, in its three forms."""

    standard: str = ""
    easy: str = ""
    pictures: tuple[Picture, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.standard or self.easy or self.pictures)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityTemplate:
    """What is done toward a goal. `words` has every one of ACTIVITY_FIELDS; `pattern` has no dates."""

    key: str
    words: Mapping[str, Words]
    pattern: Pattern
    support_level: int | None
    is_toward_work: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalTemplate:
    """`words` has every one of GOAL_FIELDS."""

    key: str
    life_area: str
    words: Mapping[str, Words]
    activities: tuple[ActivityTemplate, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    key: str
    text: str
    easy: str
    picture: Picture | None
    scale: Scale


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """One version of a template. Of goals, pictures and questions it has what belongs to its kind."""

    kind: Kind
    title: str
    about: str = ""
    goals: tuple[GoalTemplate, ...] = ()
    columns: int = 3
    pictures: tuple[Picture, ...] = ()
    questions: tuple[Question, ...] = ()

    def all_pictures(self) -> tuple[Picture, ...]:
        """Every picture anywhere in it, in the order it is read."""
        found = list(self.pictures)
        for part in parts_of(self.goals):
            found += [picture for words in part.words.values() for picture in words.pictures]
        return (*found, *(one.picture for one in self.questions if one.picture))


def parts_of(goals: Iterable[GoalTemplate]) -> Iterator[GoalTemplate | ActivityTemplate]:
    """Each goal, followed by its activities."""
    for goal in goals:
        yield goal
        yield from goal.activities


def as_json(template: Template) -> dict[str, Any]:
    """The template as what JSON can hold."""
    return {
        "kind": template.kind.value,
        "title": template.title,
        "about": template.about,
        "content": _content_json(template),
    }


def _content_json(template: Template) -> dict[str, Any]:
    if template.kind is Kind.PLAN:
        return {"goals": [_goal_json(goal) for goal in template.goals]}
    if template.kind is Kind.PICTURES:
        return {"columns": template.columns, "pictures": [_picture_json(one) for one in template.pictures]}
    return {"questions": [_question_json(one) for one in template.questions]}


def _goal_json(goal: GoalTemplate) -> dict[str, Any]:
    return {
        "key": goal.key,
        "life_area": goal.life_area,
        **{field: _words_json(goal.words[field]) for field in GOAL_FIELDS},
        "activities": [_activity_json(one) for one in goal.activities],
    }


def _activity_json(activity: ActivityTemplate) -> dict[str, Any]:
    pattern = activity.pattern
    return {
        "key": activity.key,
        **{field: _words_json(activity.words[field]) for field in ACTIVITY_FIELDS},
        "weekdays": pattern.weekdays,
        "week_pattern": pattern.week_pattern,
        "starts_at": pattern.starts_at,
        "ends_at": pattern.ends_at,
        "support_level": activity.support_level,
        "is_toward_work": activity.is_toward_work,
    }


def _words_json(words: Words) -> dict[str, Any]:
    pictures = [_picture_json(one) for one in words.pictures]
    return {"standard": words.standard, "easy": words.easy, "pictures": pictures}


def _picture_json(picture: Picture) -> dict[str, str]:
    if picture.moji:
        return {"word": picture.word, "moji": picture.moji}
    if picture.symbol:
        return {"word": picture.word, "pack": picture.pack, "symbol": picture.symbol}
    return {"word": picture.word}


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": question.text,
        "easy": question.easy,
        "picture": _picture_json(question.picture) if question.picture else None,
        "scale": question.scale.value,
    }


def of_json(found: Mapping[str, Any]) -> Template:
    """The template that JSON holds. Raises TemplateError about the first thing that is wrong."""
    kind = one_of(found["kind"], tuple(Kind), "kind")
    readers: dict[str, Callable[[Any], dict[str, Any]]] = {
        Kind.PLAN: _plan_content,
        Kind.PICTURES: _sheet_content,
        Kind.QUESTIONS: _questions_content,
    }
    return Template(
        kind=Kind(kind),
        title=line(found["title"], "title", LONGEST_TITLE),
        about=text(found["about"], "about", LONGEST_ABOUT),
        **readers[kind](found["content"]),
    )


def _plan_content(value: Any) -> dict[str, Any]:
    found = an_object(value, "content", ("goals",))
    goals = _items(found["goals"], "content.goals", MOST_GOALS, _goal, least=1)
    _check_keys([part.key for part in parts_of(goals)])
    return {"goals": goals}


def _sheet_content(value: Any) -> dict[str, Any]:
    found = an_object(value, "content", ("columns", "pictures"))
    return {
        "columns": whole(found["columns"], "content.columns", COLUMNS[0], COLUMNS[-1]),
        "pictures": _items(found["pictures"], "content.pictures", MOST_IN_SHEET, _picture, least=1),
    }


def _questions_content(value: Any) -> dict[str, Any]:
    found = an_object(value, "content", ("questions",))
    questions = _items(found["questions"], "content.questions", MOST_QUESTIONS, _question, least=1)
    _check_keys([one.key for one in questions])
    return {"questions": questions}


def _goal(value: Any, where: str) -> GoalTemplate:
    found = an_object(value, where, ("key", "life_area", *GOAL_FIELDS, "activities"))
    return GoalTemplate(
        key=_key(found["key"], f"{where}.key"),
        life_area=one_of(found["life_area"], LIFE_AREAS, f"{where}.life_area"),
        words=_words_of(found, where, GOAL_FIELDS),
        activities=_items(found["activities"], f"{where}.activities", MOST_ACTIVITIES, _activity),
    )


def _activity(value: Any, where: str) -> ActivityTemplate:
    when = ("weekdays", "week_pattern", "starts_at", "ends_at")
    found = an_object(value, where, ("key", *ACTIVITY_FIELDS, *when, "support_level", "is_toward_work"))
    if not isinstance(found["is_toward_work"], bool):
        raise TemplateError(Fault.WRONG_TYPE, f"{where}.is_toward_work")
    return ActivityTemplate(
        key=_key(found["key"], f"{where}.key"),
        words=_words_of(found, where, ACTIVITY_FIELDS),
        pattern=_pattern(found, where),
        support_level=_perhaps(found["support_level"], f"{where}.support_level", 0, MOST_SUPPORT),
        is_toward_work=found["is_toward_work"],
    )


def _pattern(found: Mapping[str, Any], where: str) -> Pattern:
    starts_at = _perhaps(found["starts_at"], f"{where}.starts_at", 0, LAST_MINUTE - 1)
    ends_at = _perhaps(found["ends_at"], f"{where}.ends_at", 1, LAST_MINUTE)
    if ends_at is not None and (starts_at is None or ends_at <= starts_at):
        raise TemplateError(Fault.OUT_OF_BOUNDS, f"{where}.ends_at")
    return Pattern(
        weekdays=whole(found["weekdays"], f"{where}.weekdays", 0, ALL_DAYS),
        week_pattern=one_of(found["week_pattern"], WEEK_PATTERNS, f"{where}.week_pattern"),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def _words_of(found: Mapping[str, Any], where: str, fields: Sequence[str]) -> dict[str, Words]:
    """The words of a part by field. The first of the fields is what the part is: it is never empty."""
    said = {field: _words(found[field], f"{where}.{field}", field) for field in fields}
    if not said[fields[0]].standard:
        raise TemplateError(Fault.EMPTY, f"{where}.{fields[0]}.standard")
    return said


def _words(value: Any, where: str, field: str) -> Words:
    found = an_object(value, where, ("standard", "easy", "pictures"))
    longest = LONGEST_LINE if field in IN_ONE_LINE else LONGEST_TEXT
    return Words(
        standard=text(found["standard"], f"{where}.standard", longest),
        easy=text(found["easy"], f"{where}.easy", LONGEST_EASY),
        pictures=_items(found["pictures"], f"{where}.pictures", MOST_PICTURES, _picture),
    )


def _picture(value: Any, where: str) -> Picture:
    """A word with at most one picture. A photo of somebody's own has no place in a template: there is no key for it."""
    found = an_object(value, where)
    if {*found} not in ({"word"}, {"word", "moji"}, {"word", "pack", "symbol"}):
        raise TemplateError(Fault.UNKNOWN, where)
    moji = found.get("moji")
    if moji is not None and not (isinstance(moji, str) and MOJI.fullmatch(moji)):
        raise TemplateError(Fault.WRONG_TYPE, f"{where}.moji")
    named = {
        name: line(found[name], f"{where}.{name}", LONGEST_NAME)
        for name in ("pack", "symbol")
        if name in found
    }
    return Picture(word=line(found["word"], f"{where}.word", LONGEST_WORD), moji=moji or "", **named)


def _question(value: Any, where: str) -> Question:
    found = an_object(value, where, ("key", "text", "easy", "picture", "scale"))
    picture = found["picture"]
    return Question(
        key=_key(found["key"], f"{where}.key"),
        text=line(found["text"], f"{where}.text", LONGEST_LINE),
        easy=text(found["easy"], f"{where}.easy", LONGEST_LINE),
        picture=None if picture is None else _picture(picture, f"{where}.picture"),
        scale=Scale(one_of(found["scale"], tuple(Scale), f"{where}.scale")),
    )


def an_object(value: Any, where: str, keys: Sequence[str] = ()) -> dict[str, Any]:
    """The value as an object that has exactly the keys; any keys where none are named."""
    if not isinstance(value, dict):
        raise TemplateError(Fault.WRONG_TYPE, where)
    missing = sorted({*keys} - value.keys())
    if missing:
        raise TemplateError(Fault.MISSING, f"{where}.{missing[0]}".strip("."))
    if keys and len(value) > len(keys):
        raise TemplateError(Fault.UNKNOWN, where)
    return value


def text(value: Any, where: str, longest: int) -> str:
    """Some lines, perhaps none."""
    if not isinstance(value, str):
        raise TemplateError(Fault.WRONG_TYPE, where)
    if len(value) > longest:
        raise TemplateError(Fault.TOO_LONG, where)
    if BAD_LETTERS.search(value):
        raise TemplateError(Fault.BAD_LETTER, where)
    return value


def line(value: Any, where: str, longest: int) -> str:
    """A line that says something."""
    found = text(value, where, longest)
    if not found.strip():
        raise TemplateError(Fault.EMPTY, where)
    return found


def whole(value: Any, where: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TemplateError(Fault.WRONG_TYPE, where)
    if not least <= value <= most:
        raise TemplateError(Fault.OUT_OF_BOUNDS, where)
    return value


def one_of(value: Any, known: Sequence[str], where: str) -> str:
    if not isinstance(value, str):
        raise TemplateError(Fault.WRONG_TYPE, where)
    if value not in known:
        raise TemplateError(Fault.OUT_OF_BOUNDS, where)
    return value


def _perhaps(value: Any, where: str, least: int, most: int) -> int | None:
    return None if value is None else whole(value, where, least, most)


def _key(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise TemplateError(Fault.WRONG_TYPE, where)
    if not KEY.fullmatch(value):
        raise TemplateError(Fault.OUT_OF_BOUNDS, where)
    return value


def _check_keys(keys: Sequence[str]) -> None:
    if len({*keys}) < len(keys):
        raise TemplateError(Fault.TWICE, "key")


def _items(
    value: Any, where: str, most: int, read: Callable[[Any, str], T], *, least: int = 0
) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise TemplateError(Fault.WRONG_TYPE, where)
    if not value and least:
        raise TemplateError(Fault.EMPTY, where)
    if len(value) > most:
        raise TemplateError(Fault.OUT_OF_BOUNDS, where)
    return tuple(read(one, f"{where}[{number}]") for number, one in enumerate(value))
