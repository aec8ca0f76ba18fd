"""What follows from what a plan says: where it stands, what it lacks before it is fixed, how two versions differ.

SOSFS 2014:5 ch. 6 with HSLF-FS 2016:89: a plan says what is done toward which goal, who does it, when and how, and how
the person took part. That the part about work is never empty is the municipality's own rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from aktema.plans.rules.document import ActivityPart, Document, GoalPart, Pattern, Picture, Statement

DRAFT, FIXED, REPLACED = "draft", "fixed", "replaced"
REFUSALS = ("did_not_want_to_answer", "could_not_be_asked")
COULD_NOT_BE_ASKED = "could_not_be_asked"
FORMS = ("standard", "easy", "pictures")


def state_of(*, is_fixed: bool, is_followed: bool) -> str:
    """Where a version stands: worked on, fixed, or replaced by a later one that is fixed."""
    if not is_fixed:
        return DRAFT
    return REPLACED if is_followed else FIXED


def fingerprint(content: object) -> int:
    """A number that is another one where what is said is another one; for telling that a form is stale."""
    return int.from_bytes(sha256(repr(content).encode()).digest()[:6])


# What lacks


class LackKind(StrEnum):
    """What a plan can lack, in the order in which it is written."""

    GOAL = "goal"
    ACTIVITY = "activity"
    WHO = "who"
    WHEN = "when"
    HOW = "how"
    OWN_WORDS = "own_words"
    OWN_WORDS_CHANNEL = "own_words_channel"
    PARTICIPATION = "participation"
    WORK_WISH = "work_wish"
    WORK_WISH_CHANNEL = "work_wish_channel"
    WORK_NOT_ASKED = "work_not_asked"
    WORK_NOW = "work_now"
    WORK_NEXT = "work_next"
    WORK_WHO = "work_who"
    WORK_BY = "work_by"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack:
    """Something that lacks. `place` is the key of the activity it is about; empty where it is about the plan."""

    kind: LackKind
    place: str = ""
    title: str = ""
    """What the activity is, in its own words."""


def lacks_of(document: Document) -> tuple[Lack, ...]:
    """What the plan lacks before it can be confirmed and fixed."""
    return (*_lacks_of_goals(document), *_lacks_of_person(document), *_lacks_of_work(document))


def _lacks_of_goals(document: Document) -> Iterator[Lack]:
    if not document.goals:
        yield Lack(kind=LackKind.GOAL)
    elif not any(goal.activities for goal in document.goals):
        yield Lack(kind=LackKind.ACTIVITY)
    for goal in document.goals:
        for activity in goal.activities:
            yield from _lacks_of_activity(activity)


def _lacks_of_activity(activity: ActivityPart) -> Iterator[Lack]:
    said = _said(activity.statements)
    title = title_of(activity.statements, "what")
    is_timed = bool(activity.pattern.weekdays or activity.pattern.from_date)
    for kind, is_there in (
        (LackKind.WHO, "who" in said),
        (LackKind.WHEN, is_timed),
        (LackKind.HOW, "how" in said),
    ):
        if not is_there:
            yield Lack(kind=kind, place=activity.key, title=title)


def _lacks_of_person(document: Document) -> Iterator[Lack]:
    said = _said(document.statements)
    if "own_words" not in said and "no_own_words" not in said:
        yield Lack(kind=LackKind.OWN_WORDS)
    if "own_words" in said and not document.own_words_channel:
        yield Lack(kind=LackKind.OWN_WORDS_CHANNEL)
    if not document.participants:
        yield Lack(kind=LackKind.PARTICIPATION)


def _lacks_of_work(document: Document) -> Iterator[Lack]:
    if not document.has_work_part:
        return
    said, wish = _said(document.statements), document.work_wish
    if not wish:
        yield Lack(kind=LackKind.WORK_WISH)
    elif wish not in REFUSALS and not document.work_wish_channel:
        yield Lack(kind=LackKind.WORK_WISH_CHANNEL)
    elif wish == COULD_NOT_BE_ASKED and "work_not_asked" not in said:
        yield Lack(kind=LackKind.WORK_NOT_ASKED)
    for kind in (LackKind.WORK_NOW, LackKind.WORK_NEXT, LackKind.WORK_WHO):
        if kind.value not in said:
            yield Lack(kind=kind)
    if document.work_by is None:
        yield Lack(kind=LackKind.WORK_BY)


def _said(statements: Iterable[Statement]) -> set[str]:
    return {one.field for one in statements if not one.is_empty}


def title_of(statements: Iterable[Statement], field: str) -> str:
    """What the goal or activity is called: its first statement, in standard text or else in easy-read."""
    found = next((one for one in statements if one.field == field), None)
    return (found.standard or found.easy) if found else ""


# How two versions differ


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class PartKind(StrEnum):
    PLAN = "plan"
    GOAL = "goal"
    ACTIVITY = "activity"


Value = str | int | date | Pattern | tuple[Picture, ...] | None
"""What a part said; None is nothing."""
Part = GoalPart | ActivityPart


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One difference between two versions. `form` says which of the three forms of a statement it is about."""

    kind: ChangeKind
    part: PartKind
    title: str = ""
    field: str = ""
    form: str = ""
    before: Value = None
    after: Value = None


def differences(before: Document, after: Document) -> tuple[Change, ...]:
    """How the later version differs from the earlier one: first the plan itself, then its goals and activities."""
    plan = _Same(PartKind.PLAN, "")
    about_plan = (
        *plan.values({name: (getattr(before, name), getattr(after, name)) for name in PLAN_VALUES}),
        *plan.statements((*before.from_order, *before.statements), (*after.from_order, *after.statements)),
    )
    return (*about_plan, *_parts(PartKind.GOAL, _goals(before), _goals(after)))


PLAN_VALUES = ("own_words_channel", "work_wish", "work_wish_channel", "work_by")
OWN_VALUES: Mapping[type[Part], tuple[str, ...]] = {
    GoalPart: ("life_area", "target_date"),
    ActivityPart: ("pattern", "support_level", "is_toward_work"),
}
FIRST_FIELD = {PartKind.GOAL: "text", PartKind.ACTIVITY: "what"}


def _goals(document: Document) -> Mapping[str, Part]:
    return {goal.key: goal for goal in document.goals}


def _activities(goal: Part | None) -> Mapping[str, Part]:
    return {one.key: one for one in goal.activities} if isinstance(goal, GoalPart) else {}


def _parts(kind: PartKind, before: Mapping[str, Part], after: Mapping[str, Part]) -> Iterator[Change]:
    """Every part that either version has: those that stand, in their order, then those that are gone."""
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        yield from _part(kind, old, new)
        yield from (
            _parts(PartKind.ACTIVITY, _activities(old), _activities(new)) if kind is PartKind.GOAL else ()
        )


def _part(kind: PartKind, old: Part | None, new: Part | None) -> Iterator[Change]:
    title = _title(kind, old, new)
    if old is None or new is None:
        yield Change(kind=ChangeKind.ADDED if old is None else ChangeKind.REMOVED, part=kind, title=title)
        return
    same = _Same(kind, title)
    yield from same.values(_values_of(old, new))
    yield from same.statements(old.statements, new.statements)


def _title(kind: PartKind, old: Part | None, new: Part | None) -> str:
    shown = new or old
    return title_of(shown.statements, FIRST_FIELD[kind]) if shown else ""


def _values_of(old: Part, new: Part) -> Mapping[str, tuple[Value, Value]]:
    names = OWN_VALUES[type(new)]
    return {name: (getattr(old, name), getattr(new, name)) for name in names}


@dataclass(frozen=True, slots=True)
class _Same:
    """A part that both versions have."""

    part: PartKind
    title: str

    def _change(self, field: str, before: Value, after: Value, form: str = "") -> Change:
        return Change(
            kind=ChangeKind.CHANGED,
            part=self.part,
            title=self.title,
            field=field,
            form=form,
            before=before,
            after=after,
        )

    def values(self, pairs: Mapping[str, tuple[Value, Value]]) -> Iterator[Change]:
        for field, (before, after) in pairs.items():
            if before != after:
                yield self._change(field, before, after)

    def statements(self, before: Iterable[Statement], after: Iterable[Statement]) -> Iterator[Change]:
        """The statements of both; a plan that has got or lost its work part differs in those of one alone."""
        old = {one.field: one for one in before}
        new = {one.field: one for one in after}
        for field in dict.fromkeys((*new, *old)):
            empty = Statement(place="", field=field)
            said, says = old.get(field, empty), new.get(field, empty)
            for form in FORMS:
                was, now = getattr(said, form), getattr(says, form)
                if was != now:
                    yield self._change(field, was, now, form)
