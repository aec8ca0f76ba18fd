"""What the pages of plans say, and in what order; the pages themselves are templates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from aktema.core import clock
from aktema.core.errors import Message
from aktema.plans.codes import Channel, PointAnswer
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_codes import (
    ACTIVITY_FIELDS,
    GOAL_FIELDS,
    OWN_FIELDS,
    SUPPORT_LABELS,
    WORK_FIELDS,
    LifeArea,
    PlanField,
    PlanForm,
    PlanState,
)
from aktema.plans.plan_facts import STANDARD, Fact
from aktema.plans.plan_models import Plan
from aktema.plans.rules.document import ActivityPart, Document, GoalPart, Pattern, Statement
from aktema.plans.rules.plan import (
    Change,
    ChangeKind,
    Lack,
    LackKind,
    PartKind,
    Value,
    differences,
    state_of,
    title_of,
)

TONES = {PlanState.DRAFT: "warning", PlanState.FIXED: "success", PlanState.REPLACED: "neutral"}
PARTICIPATION = "medverkan"
FORMS = {"vanlig": PlanForm.STANDARD, "lattlast": PlanForm.EASY, "bilder": PlanForm.PICTURES}
"""How the forms are written in addresses."""
LACKS: Mapping[LackKind, tuple[Message, str, str]] = {
    LackKind.GOAL: (_l("Ett mål"), "mal", "text"),
    LackKind.ACTIVITY: (_l("En aktivitet under något av målen"), "", ""),
    LackKind.WHO: (_l("Vem som ansvarar för aktiviteten %(what)s"), "aktivitet", "who"),
    LackKind.WHEN: (_l("När ni gör aktiviteten %(what)s"), "aktivitet", "weekdays"),
    LackKind.HOW: (_l("Hur ni gör aktiviteten %(what)s"), "aktivitet", "how"),
    LackKind.OWN_WORDS: (_l("Personens egna ord, eller varför de saknas"), "ord", "own_words"),
    LackKind.OWN_WORDS_CHANNEL: (_l("Hur personen sa sina egna ord"), "ord", "own_words_channel"),
    LackKind.PARTICIPATION: (_l("Vilka som var med och gjorde planen"), PARTICIPATION, "role"),
    LackKind.WORK_WISH: (_l("Personens svar på frågan om att arbeta"), "arbete", "work_wish"),
    LackKind.WORK_WISH_CHANNEL: (
        _l("Hur personen gav sitt svar om att arbeta"),
        "arbete",
        "work_wish_channel",
    ),
    LackKind.WORK_NOT_ASKED: (_l("Varför det inte gick att fråga om arbete"), "arbete", "work_not_asked"),
    LackKind.WORK_NOW: (_l("Vad ni gör nu på vägen mot arbete"), "arbete", "work_now"),
    LackKind.WORK_NEXT: (_l("Nästa steg mot arbete"), "arbete", "work_next"),
    LackKind.WORK_WHO: (_l("Vem som ser till att nästa steg tas"), "arbete", "work_who"),
    LackKind.WORK_BY: (_l("När nästa steg ska vara taget"), "arbete", "work_by"),
}
"""What lacks in words, the part in which it is written, and the field there."""


def plan_state(plan: Plan, *, is_replaced: bool) -> PlanState:
    """Where the version stands; `is_replaced` says whether a later one of the order is fixed."""
    return PlanState(state_of(is_fixed=plan.fixed_on is not None, is_followed=is_replaced))


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionRow:
    """One version in the person's list."""

    public_id: str
    title: str
    unit: str
    state: PlanState
    tone: str
    day: date
    who: str
    has_before: bool


def version_rows(plans: Sequence[Plan]) -> Sequence[VersionRow]:
    """The versions, the newest first, as their list shows them."""
    newest: dict[int, int] = {}
    for plan in plans:
        if plan.fixed_on is not None:
            newest[plan.order_id] = max(plan.number, newest.get(plan.order_id, 0))
    return [_version_row(plan, is_replaced=newest.get(plan.order_id, 0) > plan.number) for plan in plans]


def _version_row(plan: Plan, *, is_replaced: bool) -> VersionRow:
    state = plan_state(plan, is_replaced=is_replaced)
    return VersionRow(
        public_id=plan.public_id,
        title=version_name(plan),
        unit=plan.order.unit.name,
        state=state,
        tone=TONES[state],
        day=plan.fixed_on or clock.local(plan.saved_at).date(),
        who=(plan.fixed_by or plan.account).name,
        has_before=plan.follows_id is not None,
    )


def begin_label(plans: Sequence[Plan], orders: Iterable[ServiceOrder]) -> str:
    """What can be begun on the orders: a first plan, a next version, or (empty) nothing as each has its draft."""
    drafts = {plan.order_id for plan in plans if plan.fixed_on is None}
    planned = {plan.order_id for plan in plans}
    free = [order.id for order in orders if order.id not in drafts]
    if not free:
        return ""
    return _("Börja på nästa version") if planned.issuperset(free) else _("Börja på planen")


def version_name(plan: Plan) -> str:
    return _("Version %(number)s", number=plan.number)


# What lacks


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """Something that lacks, and the place where it is written."""

    text: str
    href: str


def missing(plan: Plan, lacks: Iterable[Lack]) -> Sequence[Missing]:
    """What lacks in words, each with the way to where it is written."""
    return [_missing(plan, lack) for lack in lacks]


def _missing(plan: Plan, lack: Lack) -> Missing:
    text, code, field = LACKS[lack.kind]
    return Missing(text=str(text) % {"what": lack.title}, href=_way(plan, lack, code, field))


def _way(plan: Plan, lack: Lack, code: str, field: str) -> str:
    at: dict[str, Any] = {"public_id": plan.participant.public_id, "plan_id": plan.public_id}
    if not code:
        return url_for("plans.plan", **at, _anchor="mal")
    if code == PARTICIPATION:
        return url_for("plans.plan_participation", **at, _anchor=field)
    part = f"{code}-{lack.place}" if lack.place else code
    return url_for("plans.plan_part", **at, part=part, _anchor=field)


# What the plan says


@dataclass(frozen=True, kw_only=True, slots=True)
class EasyState:
    """How far the easy-read texts of a part have come."""

    label: str
    tone: str


def easy_state(statements: Iterable[Statement]) -> EasyState:
    """Whether everything that is said is told in easy-read or pictures too, and none of it is old.

    Without a label where nothing is said.
    """
    said = [one for one in statements if not one.is_empty]
    if not said:
        return EasyState(label="", tone="neutral")
    old = sum(one.is_easy_old for one in said)
    lacking = sum(not one.easy and not one.pictures for one in said)
    if old:
        text = ngettext("%(num)s lättläst text är gammal", "%(num)s lättlästa texter är gamla", old)
        return EasyState(label=text, tone="warning")
    if lacking:
        text = ngettext("Lättläst saknas på %(num)s ställe", "Lättläst saknas på %(num)s ställen", lacking)
        return EasyState(label=text, tone="neutral")
    return EasyState(label=_("Lättläst finns"), tone="success")


def facts_of(statements: Iterable[Statement]) -> Sequence[tuple[str, str]]:
    """The statements that say something, as label and text."""
    return [(str(PlanField(one.field).label), _words(one)) for one in statements if not one.is_empty]


def _words(one: Statement) -> str:
    """What is said: in standard words, else in easy-read, else by its pictures."""
    return one.standard or one.easy or ", ".join(picture.word for picture in one.pictures)


def own_statements(document: Document) -> Sequence[Statement]:
    """What the person said, and what is not agreed on."""
    return [one for one in document.statements if one.field in OWN_FIELDS]


def work_statements(document: Document) -> Sequence[Statement]:
    """What is done toward work, and what comes next."""
    return [one for one in document.statements if one.field in WORK_FIELDS]


def own_facts(document: Document) -> Sequence[tuple[str, str]]:
    """The person's own words and how they were said, as label and text."""
    return [*facts_of(own_statements(document)), *_told(STANDARD.facts_of_own_words(document))]


def work_facts(document: Document) -> Sequence[tuple[str, str]]:
    """The part about work, as label and text."""
    return [*_told(STANDARD.facts_of_work(document)), *facts_of(work_statements(document))]


def _told(facts: Iterable[Fact]) -> Sequence[tuple[str, str]]:
    return [(fact.title, " ".join(fact.lines)) for fact in facts if fact.lines]


def goal_facts(goal: GoalPart) -> Sequence[tuple[str, str]]:
    """What a goal says beside its text, as label and text."""
    rest = [one for one in goal.statements if one.field != GOAL_FIELDS[0]]
    area = str(LifeArea(goal.life_area).label)
    return [(_("Livsområde"), area), *facts_of(rest), *_told(STANDARD.facts_of_goal(goal))]


def activity_facts(activity: ActivityPart) -> Sequence[tuple[str, str]]:
    """What an activity says beside what is done, as label and text."""
    rest = [one for one in activity.statements if one.field != ACTIVITY_FIELDS[0]]
    return [*_told(STANDARD.facts_of_activity(activity)), *facts_of(rest)]


def name_of(part: GoalPart | ActivityPart) -> str:
    """What the goal or activity is called."""
    return title_of(part.statements, "text" if isinstance(part, GoalPart) else "what")


def reading_links(plan: Plan) -> Sequence[tuple[Message, str]]:
    """The ways to the version in each of its forms."""
    at: dict[str, Any] = {"public_id": plan.participant.public_id, "plan_id": plan.public_id}
    return [(form.label, url_for("plans.read_plan", **at, form=name)) for name, form in FORMS.items()]


# What is another than before


VALUE_LABELS: Mapping[str, Message] = {
    "own_words_channel": _l("Hur personen sa det"),
    "work_wish": _l("Svaret om att arbeta"),
    "work_wish_channel": _l("Hur personen gav sitt svar om att arbeta"),
    "work_by": _l("När nästa steg ska vara taget"),
    "life_area": _l("Livsområde"),
    "target_date": _l("När målet ska vara nått"),
    "pattern": _l("När"),
    "support_level": _l("Stöd"),
    "is_toward_work": _l("Steg mot arbete"),
}
FORM_LABELS: Mapping[str, Message] = {
    "": "",
    "standard": "",
    "easy": _l("lättläst"),
    "pictures": _l("bilder"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeRow:
    """One difference in words: of what, and from what to what; added and removed parts have neither."""

    label: str
    before: str
    after: str
    tag: str
    tone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedPart:
    """A goal, an activity or the plan itself with what is another in it."""

    title: str
    rows: Sequence[ChangeRow]


def changed_parts(before: Document, after: Document) -> Sequence[ChangedPart]:
    """What is another in the later version, part by part."""
    found: dict[str, list[ChangeRow]] = {}
    for change in differences(before, after):
        found.setdefault(_part_title(change), []).append(_change_row(change))
    return [ChangedPart(title=title, rows=rows) for title, rows in found.items()]


def _part_title(change: Change) -> str:
    if change.part is PartKind.PLAN:
        return _("Planen som helhet")
    if change.part is PartKind.GOAL:
        return _("Mål: %(name)s", name=change.title)
    return _("Aktivitet: %(name)s", name=change.title)


def _change_row(change: Change) -> ChangeRow:
    tags = {
        ChangeKind.ADDED: (_("Ny"), "success"),
        ChangeKind.REMOVED: (_("Borttagen"), "danger"),
        ChangeKind.CHANGED: ("", ""),
    }
    tag, tone = tags[change.kind]
    return ChangeRow(
        label=_change_label(change),
        before=_value_text(change.field, change.before),
        after=_value_text(change.field, change.after),
        tag=tag,
        tone=tone,
    )


def _change_label(change: Change) -> str:
    if not change.field:
        return ""
    label = VALUE_LABELS[change.field] if not change.form else PlanField(change.field).label
    return ", ".join(filter(None, (str(label), str(FORM_LABELS[change.form]))))


def _value_text(field: str, value: Value) -> str:
    """What stood there, as a person reads it; empty where nothing did."""
    if value in ("", None, ()):
        return ""
    if field in VALUE_WORDS and not isinstance(value, Pattern | date | tuple):
        return str(VALUE_WORDS[field][value])
    if isinstance(value, Pattern):
        return STANDARD.when(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(picture.word for picture in value)
    return str(value)


VALUE_WORDS: Mapping[str, Mapping[Any, Message]] = {
    "own_words_channel": {one.value: one.label for one in Channel},
    "work_wish_channel": {one.value: one.label for one in Channel},
    "work_wish": {one.value: one.label for one in PointAnswer},
    "life_area": {one.value: one.label for one in LifeArea},
    "support_level": SUPPORT_LABELS,
    "is_toward_work": {True: _l("ja"), False: _l("nej")},
}
