"""Writing a plan part by part: each part has a page of its own, so that two who write different parts never meet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.core.drafts import drop_draft
from aktema.core.editing import shown
from aktema.core.errorpages import shown as shown_value
from aktema.core.errors import DomainError, Message, MissingError
from aktema.core.forms import BaseForm, ConflictError, attempted
from aktema.core.http import see
from aktema.core.typed import answer_typing, keep_what_fits, typed_before
from aktema.people.codes import Communication
from aktema.people.models import Participant
from aktema.people.photo_forms import chooser_for
from aktema.people.queries import get_participant, hold
from aktema.people.rules import days_of_bits
from aktema.plans import plan_part_operations as operations
from aktema.plans import plan_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.permissions import WRITE_PLAN
from aktema.plans.plan_codes import ACTIVITY_FIELDS, GOAL_FIELDS, OWN_FIELDS, WORK_FIELDS, PartHow, PartRole
from aktema.plans.plan_document import WHOLE_PLAN, statements_at, statements_from_order
from aktema.plans.plan_forms import (
    ActivityForm,
    GoalForm,
    OrderLinesForm,
    OwnForm,
    PartForm,
    ParticipationForm,
    WorkForm,
    said_data,
)
from aktema.plans.plan_models import Goal, Plan, PlannedActivity
from aktema.plans.plan_page import facts_of
from aktema.plans.rules.document import Statement
from aktema.plans.rules.plan import title_of

NOT_KEPT = ("csrf_token", "idempotency_key", "go", "search_picture")
WITHOUT_DRAFT, ONE_MORE = "nej", "more"
ORDER, OWN, WORK, GOAL, ACTIVITY, NEW_ACTIVITY = "bestallning", "ord", "arbete", "mal", "aktivitet", "till"
FORMS: Mapping[str, type[PartForm]] = {
    ORDER: OrderLinesForm,
    OWN: OwnForm,
    WORK: WorkForm,
    GOAL: GoalForm,
    ACTIVITY: ActivityForm,
    NEW_ACTIVITY: ActivityForm,
}
EASY_FIRST = (Communication.EASY_READ, Communication.PICTURES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of a version: what it says now, and how what was typed is kept.

    Its code is its place in addresses: `mal` and `till-<goal>` are a goal and an activity that are not there yet.
    """

    code: str
    title: Message
    statements: Sequence[Statement]
    save: Callable[[Any], Any]
    values: Mapping[str, Any] = field(default_factory=dict)
    row: Goal | PlannedActivity | None = None

    @property
    def kind(self) -> str:
        return self.code.partition("-")[0]

    @property
    def is_new(self) -> bool:
        return self.code == GOAL or self.kind == NEW_ACTIVITY

    def form(self, **options: Any) -> PartForm:
        """Its form, filled in with what it says now where nothing was sent."""
        return FORMS[self.kind](data={**self.values, **said_data(self.statements)}, **options)


def find_part(plan: Plan, code: str) -> Part:
    """The part of the version. Raises MissingError where there is none, or it has been taken away."""
    kind, dash, key = code.partition("-")
    whole = {ORDER: _order_part, OWN: _own_part, WORK: _work_part, GOAL: _new_goal}
    single = {GOAL: _goal_part, ACTIVITY: _activity_part, NEW_ACTIVITY: _new_activity}
    if dash and kind in single:
        return single[kind](plan, code, key)
    if dash or kind not in whole or (kind == WORK and not plan.has_work_part):
        raise MissingError
    return whole[kind](plan)


def _order_part(plan: Plan) -> Part:
    return Part(
        code=ORDER,
        title=_("Det beställningen säger"),
        statements=statements_from_order(plan, queries.lines_at(plan, WHOLE_PLAN)),
        save=lambda form: operations.write_order_lines(plan, form.said()),
    )


def _own_part(plan: Plan) -> Part:
    return Part(
        code=OWN,
        title=_("Personens egna ord"),
        statements=statements_at(queries.lines_at(plan, WHOLE_PLAN), WHOLE_PLAN, OWN_FIELDS),
        values={"own_words_channel": plan.own_words_channel},
        save=lambda form: operations.write_own(plan, form.facts()),
    )


def _work_part(plan: Plan) -> Part:
    return Part(
        code=WORK,
        title=_("Arbete"),
        statements=statements_at(queries.lines_at(plan, WHOLE_PLAN), WHOLE_PLAN, WORK_FIELDS),
        values={name: getattr(plan, name) for name in ("work_wish", "work_wish_channel", "work_by")},
        save=lambda form: operations.write_work(plan, form.facts()),
    )


def _new_goal(plan: Plan) -> Part:
    return Part(
        code=GOAL,
        title=_("Nytt mål"),
        statements=statements_at({}, "", GOAL_FIELDS),
        save=lambda form: operations.add_goal(plan, form.facts()),
    )


def _goal_part(plan: Plan, code: str, key: str) -> Part:
    goal = queries.get_goal(plan, key)
    return Part(
        code=code,
        title=_("Mål"),
        row=goal,
        statements=statements_at(queries.lines_at(plan, key), key, GOAL_FIELDS),
        values={"life_area": goal.life_area, "target_date": goal.target_date},
        save=lambda form: operations.write_goal(plan, goal, form.facts()),
    )


def _new_activity(plan: Plan, code: str, key: str) -> Part:
    goal = queries.get_goal(plan, key)
    return Part(
        code=code,
        title=_("Ny aktivitet"),
        statements=statements_at({}, "", ACTIVITY_FIELDS),
        save=lambda form: operations.add_activity(plan, goal, form.facts()),
    )


def _activity_part(plan: Plan, code: str, key: str) -> Part:
    activity = queries.get_activity(plan, key)
    same = ("week_pattern", "starts_at", "ends_at", "from_date", "to_date", "is_toward_work")
    level = activity.support_level
    return Part(
        code=code,
        title=_("Aktivitet"),
        row=activity,
        statements=statements_at(queries.lines_at(plan, key), key, ACTIVITY_FIELDS),
        values={
            **{name: getattr(activity, name) for name in same},
            "weekdays": [str(day) for day in sorted(days_of_bits(activity.weekdays or 0))],
            "support_level": None if level is None else str(level),
        },
        save=lambda form: operations.write_activity(plan, activity, form.facts()),
    )


@bp.route("/deltagare/<id:public_id>/planer/<id:plan_id>/delar/<part>", methods=["GET", "POST"])
@permits(WRITE_PLAN)
def plan_part(public_id: str, plan_id: str, part: str) -> ResponseReturnValue:
    identity = current_identity()
    participant, plan = _to_write(identity, public_id, plan_id)
    if request.method == "POST":
        return saved_part(identity, participant, plan, part)
    if plan.fixed_on is not None:
        return see("plans.plan", public_id=public_id, plan_id=plan_id)
    found = find_part(plan, part)
    typed = (
        None
        if request.args.get("utkast") == WITHOUT_DRAFT
        else typed_before(identity.account_id, _place(plan, part))
    )
    form = found.form(formdata=typed)
    if not typed and not found.is_new:
        form.carry(form.content())
    return _part_page(participant, plan, found, form, is_draft=bool(typed))


def _to_write(identity: Identity, public_id: str, plan_id: str) -> tuple[Participant, Plan]:
    """The person and the version, held where something in it is about to be changed."""
    participant = get_participant(identity, WRITE_PLAN, public_id)
    if request.method == "POST":
        hold(participant)
    return participant, queries.get_cover(participant.id, plan_id)


def saved_part(identity: Identity, participant: Participant, plan: Plan, code: str) -> ResponseReturnValue:
    """The page that comes after a part was sent: the plan, or the part again with what was typed."""
    try:
        part = find_part(plan, code)
    except MissingError:
        return _gone(identity, participant, plan, code)
    form, current = part.form(), part.form(formdata=None)
    if form.validate():
        if not form.expects(current.content()):
            keep_what_fits(identity.account_id, _place(plan, code), *NOT_KEPT)
            raise ConflictError(form, current, current.content())
        made = attempted(form, lambda: part.save(form))
        if not form.errors:
            drop_draft(identity.account_id, _place(plan, code))
            return _onward(participant, plan, part, part.row or made)
    if form.errors:
        keep_what_fits(identity.account_id, _place(plan, code), *NOT_KEPT)
    return _part_page(participant, queries.get_cover(participant.id, plan.public_id), part, form)


def _onward(participant: Participant, plan: Plan, part: Part, row: Any) -> ResponseReturnValue:
    """On to the plan where the part stands, or to one more activity of the same goal."""
    flash(_("Sparat i planen."), "success")
    at = {"public_id": participant.public_id, "plan_id": plan.public_id}
    if request.form.get("go") == ONE_MORE and isinstance(row, PlannedActivity):
        return see("plans.plan_part", **at, part=f"{NEW_ACTIVITY}-{row.goal_key}")
    return see("plans.plan", **at, _anchor=row.key if row is not None else part.code)


def _gone(identity: Identity, participant: Participant, plan: Plan, code: str) -> ResponseReturnValue:
    """What was typed in a part that somebody else has taken away meanwhile: nothing of it is lost."""
    kind = code.partition("-")[0]
    if kind not in (GOAL, ACTIVITY, NEW_ACTIVITY):
        raise MissingError
    form = FORMS[kind]()
    keep_what_fits(identity.account_id, _place(plan, code), *NOT_KEPT)
    typed = [(one.label.text, shown_value(one)) for one in form.visible_fields() if one.data]
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in ("version", *NOT_KEPT)]
    page = render_template(
        "plans/plan_part_gone.html",
        participant=participant,
        plan=plan,
        typed=typed,
        kept=kept,
        places=_new_places(plan, kind),
    )
    return page, 409


def _new_places(plan: Plan, kind: str) -> Sequence[tuple[str, str]]:
    """Where the words can be kept instead: the button's text, and the code of a part that is not there yet."""
    if plan.fixed_on is not None:
        return ()
    if kind == GOAL:
        return [(_("Lägg till som ett nytt mål"), GOAL)]
    goals = queries.goals_of(plan)
    lines = queries.lines_at(plan, *(goal.key for goal in goals))
    names = {goal.key: title_of(statements_at(lines, goal.key, GOAL_FIELDS), "text") for goal in goals}
    return [
        (_("Lägg till under målet %(goal)s", goal=name), f"{NEW_ACTIVITY}-{key}")
        for key, name in names.items()
    ]


def _part_page(
    participant: Participant, plan: Plan, part: Part, form: PartForm, *, is_draft: bool = False
) -> ResponseReturnValue:
    at: dict[str, Any] = {"public_id": participant.public_id, "plan_id": plan.public_id, "part": part.code}
    return shown(
        "plans/plan_part.html",
        form,
        participant=participant,
        plan=plan,
        part=part,
        is_draft=is_draft,
        action=url_for("plans.plan_part", **at, utkast=WITHOUT_DRAFT),
        draft_url=url_for("plans.save_part_draft", **at),
        statements={one.field: one for one in part.statements},
        chooser=chooser_for(participant),
        is_easy_first=participant.communication in EASY_FIRST,
    )


# While it is typed


def _place(plan: Plan, code: str) -> str:
    return f"plan:{plan.public_id}:{code}"


@bp.post("/deltagare/<id:public_id>/planer/<id:plan_id>/delar/<part>/utkast")
@permits(WRITE_PLAN)
def save_part_draft(public_id: str, plan_id: str, part: str) -> ResponseReturnValue:
    """What is typed so far, with the version it was typed on: a session may end, nothing is lost."""
    identity = current_identity()
    _participant, plan = _to_write(identity, public_id, plan_id)
    find_part(plan, part)
    return answer_typing(identity.account_id, _place(plan, part), *NOT_KEPT)


# Moved and taken away


@bp.post("/deltagare/<id:public_id>/planer/<id:plan_id>/delar/<part>/flytta")
@permits(WRITE_PLAN)
def move_part(public_id: str, plan_id: str, part: str) -> ResponseReturnValue:
    """One place up or down among its like."""
    _participant, plan = _to_write(current_identity(), public_id, plan_id)
    row = _row_of(plan, part)
    is_up = request.form.get("way") == "up"
    _done(lambda: operations.move(plan, row, up=is_up))
    return see("plans.plan", public_id=public_id, plan_id=plan_id, _anchor=row.key)


def _done(act: Callable[[], object]) -> None:
    """Do what a button does; say why where it is refused."""
    form = BaseForm()
    attempted(form, act)
    for message in form.form_errors:
        flash(message, "warning")


def _row_of(plan: Plan, code: str) -> Goal | PlannedActivity:
    row = find_part(plan, code).row
    if row is None:
        raise MissingError
    return row


@bp.route("/deltagare/<id:public_id>/planer/<id:plan_id>/delar/<part>/ta-bort", methods=["GET", "POST"])
@permits(WRITE_PLAN)
def remove_part(public_id: str, plan_id: str, part: str) -> ResponseReturnValue:
    """Asks first, and says what goes with it."""
    participant, plan = _to_write(current_identity(), public_id, plan_id)
    found, row, form = find_part(plan, part), _row_of(plan, part), BaseForm()
    version = found.form(formdata=None).content()
    if form.validate_on_submit() and _is_as_read(form, version):
        attempted(form, lambda: operations.remove(plan, row))
        if not form.errors:
            flash(_("Borttaget ur planen."), "success")
            return see("plans.plan", public_id=public_id, plan_id=plan_id)
    form.carry(version)
    activities = queries.activities_of(plan, row.key) if isinstance(row, Goal) else ()
    lines = queries.lines_at(plan, *(one.key for one in activities))
    return shown(
        "plans/plan_part_remove.html",
        form,
        participant=participant,
        plan=plan,
        part=found,
        facts=facts_of(found.statements),
        activities=[title_of(statements_at(lines, one.key, ACTIVITY_FIELDS), "what") for one in activities],
    )


def _is_as_read(form: BaseForm, version: int) -> bool:
    """Whether nobody has changed it since the page was drawn; else the form says so."""
    if not form.expects(version):
        form.reject(DomainError(_("Någon annan har ändrat här medan du läste. Så här är det nu.")))
    return not form.errors


# Who took part


@bp.route("/deltagare/<id:public_id>/planer/<id:plan_id>/medverkan", methods=["GET", "POST"])
@permits(WRITE_PLAN)
def plan_participation(public_id: str, plan_id: str) -> ResponseReturnValue:
    participant, plan = _to_write(current_identity(), public_id, plan_id)
    form = ParticipationForm()
    if form.validate_on_submit():
        role, how, name = PartRole(form.role.data), PartHow(form.how.data), form.name.data or ""
        attempted(form, lambda: operations.add_participation(plan, role, how, name))
        if not form.errors:
            flash(_("Sparat i planen."), "success")
            return see("plans.plan_participation", public_id=public_id, plan_id=plan_id)
    if plan.fixed_on is not None and not form.errors:
        return see("plans.plan", public_id=public_id, plan_id=plan_id)
    return shown(
        "plans/plan_participation.html",
        form,
        participant=participant,
        plan=plan,
        rows=queries.participations_of(plan),
        role_of=PartRole,
        how_of=PartHow,
    )


@bp.post("/deltagare/<id:public_id>/planer/<id:plan_id>/medverkan/<id:participation_id>/ta-bort")
@permits(WRITE_PLAN)
def remove_participation(public_id: str, plan_id: str, participation_id: str) -> ResponseReturnValue:
    _participant, plan = _to_write(current_identity(), public_id, plan_id)
    row = queries.get_participation(plan, participation_id)
    _done(lambda: operations.remove_participation(plan, row))
    return see("plans.plan_participation", public_id=public_id, plan_id=plan_id)
