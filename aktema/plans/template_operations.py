"""Making templates, and beginning a plan with one. A version that is saved stands: a change is a new version."""

from collections.abc import Collection

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.swedish import sort_key
from aktema.plans import template_queries as queries
from aktema.plans.permissions import WRITE_PLAN, WRITE_TEMPLATES
from aktema.plans.plan_codes import LifeArea, PlanField
from aktema.plans.plan_models import Plan
from aktema.plans.plan_operations import record
from aktema.plans.plan_part_operations import ActivityFacts, GoalFacts, Said, add_activity, add_goal
from aktema.plans.rules.document import Picture
from aktema.plans.rules.template_content import (
    ActivityTemplate,
    GoalTemplate,
    Kind,
    Template,
    TemplateError,
)
from aktema.plans.rules.template_file import stored
from aktema.plans.template_codes import refusal
from aktema.plans.template_models import SharedTemplate, TemplateVersion


def create(identity: Identity, content: Template) -> SharedTemplate:
    """A new template with its first version. Raises DomainError where the content is none that can be sent."""
    template = SharedTemplate(kind=content.kind.value, number=1)
    _add_version(identity, template, content)
    db.session.add(template)
    db.session.flush()  # the audit row needs its id
    _record(template, "create")
    return template


def save(identity: Identity, template: SharedTemplate, content: Template) -> SharedTemplate:
    """A new version of it. Raises DomainError where nothing changed, or where it is a sender's to change."""
    if template.sender_id is not None:
        raise DomainError(_("Mallen kom från någon annan. Gör en egen kopia och ändra i den."))
    if queries.newest(template).content_json == _text_of(content):
        raise DomainError(_("Inget är ändrat sedan den senaste versionen."))
    template.number += 1
    _add_version(identity, template, content)
    _record(template, "version")
    return template


def copy(identity: Identity, template: SharedTemplate) -> SharedTemplate:
    """A template of our own that says the same as the newest version."""
    return create(identity, queries.content_of(queries.newest(template)))


def retire(template: SharedTemplate) -> SharedTemplate:
    """Take it from the lists. Everything it said is kept, and plans begun with it stay as they are."""
    if template.retired_on is not None:
        raise DomainError(_("Mallen är redan undanlagd."))
    template.retired_on = clock.today()
    _record(template, "retire")
    return template


def restore(template: SharedTemplate) -> SharedTemplate:
    """Bring it back to the lists."""
    template.retired_on = None
    _record(template, "restore")
    return template


def _add_version(identity: Identity, template: SharedTemplate, content: Template) -> None:
    template.title, template.sort_key = content.title, sort_key(content.title)
    version = TemplateVersion(
        template=template,
        number=template.number,
        content_json=_text_of(content),
        made_on=clock.today(),
        account_id=identity.account_id,
    )
    db.session.add(version)


def _text_of(content: Template) -> str:
    try:
        return stored(content)
    except TemplateError as error:
        raise refusal(error) from error


def _record(template: SharedTemplate, detail: str) -> None:
    audit.record_write(WRITE_TEMPLATES, object_kind="template", object_id=template.id, detail=detail)


def put_into_plan(plan: Plan, template: SharedTemplate, only: Collection[str] | None = None) -> int:
    """Add the template's goals with their activities to a plan that is being worked on; returns how many goals.

    `only` names the keys of the goals to add; without it all are. Raises DomainError where the plan is fixed or full,
    the template is for something else, or no goal is chosen.
    """
    if template.kind != Kind.PLAN:
        raise DomainError(_("Mallen har inga mål att lägga i en plan."), "template")
    content = queries.content_of(queries.newest(template))
    goals = [goal for goal in content.goals if only is None or goal.key in only]
    if not goals:
        raise DomainError(_("Välj minst ett mål."), "goals")
    refs = queries.refs_of(content.all_pictures())
    for goal in goals:
        _add_goal(plan, goal, refs)
    record(WRITE_PLAN, plan, "plan", plan.id, f"from template {template.id} version {template.number}")
    return len(goals)


def _add_goal(plan: Plan, part: GoalTemplate, refs: queries.Refs) -> None:
    facts = GoalFacts(life_area=LifeArea(part.life_area), said=_said(part, refs))
    goal = add_goal(plan, facts)
    for activity in part.activities:
        add_activity(plan, goal, _facts(activity, refs))


def _facts(part: ActivityTemplate, refs: queries.Refs) -> ActivityFacts:
    return ActivityFacts(
        pattern=part.pattern,
        support_level=part.support_level,
        is_toward_work=part.is_toward_work,
        said=_said(part, refs),
    )


def _said(part: GoalTemplate | ActivityTemplate, refs: queries.Refs) -> list[Said]:
    return [
        Said(
            field=PlanField(field),
            standard=words.standard,
            easy=words.easy,
            pictures=[Picture(ref=refs.get(one.name, ""), word=one.word) for one in words.pictures],
        )
        for field, words in part.words.items()
    ]
