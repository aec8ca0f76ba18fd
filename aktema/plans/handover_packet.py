"""What a handover holds: facts of the groups that the person said yes to, in words, as they stand on the day."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import raiseload

from aktema.core.db import db
from aktema.people.codes import Communication, Source
from aktema.people.models import Participant, Representative
from aktema.people.photo_queries import PHOTO, list_known
from aktema.people.profile import Profile, profile_of
from aktema.people.queries import locality_name
from aktema.plans.codes import Conclusion, FollowUpKind
from aktema.plans.consultation_queries import advice_of
from aktema.plans.follow_up_queries import last_closed
from aktema.plans.handover_codes import FieldGroup
from aktema.plans.handover_queries import lines_in_force
from aktema.plans.plan_codes import PlanField
from aktema.plans.plan_document import pattern_of
from aktema.plans.plan_facts import Voice
from aktema.steps.queries import find_next_step
from aktema.vocabulary.queries import scale_levels, vocabulary
from aktema.vocabulary.symbol_queries import split_ref

Rows = Iterable[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A group of facts: its title, and pairs of label and text."""

    title: str
    rows: Sequence[tuple[str, str]]


def packet_of(participant: Participant, groups: Sequence[FieldGroup]) -> Sequence[Section]:
    """The chosen groups as they stand now; a group of which nothing is known is there without rows."""
    wanted = set(groups) & {FieldGroup.INTERESTS, FieldGroup.CAPACITIES, FieldGroup.ADAPTATIONS}
    profile = (
        profile_of(participant.id) if wanted else Profile(participant_id=participant.id, locality_id=None)
    )
    tellers: dict[FieldGroup, Callable[[], Rows]] = {
        FieldGroup.CONTACT: lambda: _contact(participant),
        FieldGroup.COMMUNICATION: lambda: _communication(participant),
        FieldGroup.PLAN: lambda: _plan(participant.id),
        FieldGroup.INTERESTS: lambda: _interests(profile),
        FieldGroup.CAPACITIES: lambda: _capacities(profile),
        FieldGroup.ADAPTATIONS: lambda: _adaptations(profile),
        FieldGroup.FOLLOW_UPS: lambda: _follow_ups(participant.id),
        FieldGroup.NEXT_STEP: lambda: _next_step(participant.id),
    }
    return [
        Section(title=str(group.label), rows=[(label, text) for label, text in tellers[group]() if text])
        for group in groups
    ]


def written(sections: Sequence[Section]) -> str:
    """The packet as it is kept."""
    return json.dumps([[one.title, list(one.rows)] for one in sections], ensure_ascii=False)


def sent(packet: str, groups: Sequence[FieldGroup], participant: Participant) -> Sequence[Section]:
    """The packet as it was sent with these groups; nothing of contact where the identity is protected since."""
    hidden = {FieldGroup.CONTACT} if participant.has_protected_identity else set()
    return [
        replace(section, rows=()) if group in hidden else section
        for group, section in zip(groups, read(packet), strict=True)
    ]


def read(packet: str) -> Sequence[Section]:
    """The packet as it was kept."""
    return [
        Section(title=title, rows=[(label, text) for label, text in rows])
        for title, rows in json.loads(packet)
    ]


def _contact(participant: Participant) -> Rows:
    """Nothing of this leaves about somebody whose identity is protected."""
    if participant.has_protected_identity:
        return
    yield _("Telefon"), participant.phone or ""
    yield _("Ort"), locality_name(participant.locality_id)
    theirs = select(Representative).where(Representative.participant_id == participant.id)
    for one in db.session.scalars(theirs.order_by(Representative.id).options(raiseload("*"))):
        yield _("Företrädare"), " · ".join(filter(None, (one.name, one.scope, one.phone, one.email)))


def _communication(participant: Participant) -> Rows:
    yield _("Förstår och berättar bäst med"), str(Communication(participant.communication).label)
    yield _("Tänk på"), participant.communication_note or ""
    protected = participant.has_protected_identity  # the word under a photo may say where or with whom
    known = (
        one.word or ""
        for one in list_known(participant.id)
        if not (protected and split_ref(one.ref)[0] == PHOTO)
    )
    yield _("Bilder som personen kan"), ", ".join(filter(None, known))


def _plan(participant_id: int) -> Rows:
    """What the plan in force says and when its activities are done; the order's own texts went with the order."""
    for line, activity in lines_in_force(participant_id):
        yield str(PlanField(line.field).label), line.standard or line.easy or ""
        if activity is not None and line.field == PlanField.WHAT:
            yield _("När"), Voice().when(pattern_of(activity))


def _interests(profile: Profile) -> Rows:
    """What the person likes, the most first, and whose word it is."""
    activities = vocabulary().activities
    liked = [(key, said) for key, said in profile.votes.items() if said.vote > 0]
    for key, said in sorted(liked, key=lambda pair: (-pair[1].vote, activities[pair[0]].sort)):
        yield activities[key].label(), _whose(said.source, said.said_on)


def _capacities(profile: Profile) -> Rows:
    levels = {one.level: one.label() for one in scale_levels()}
    for key, dimension in vocabulary().dimensions.items():
        said = profile.capacities.get(key)
        if said is not None and said.level is not None:
            yield dimension.label(), f"{levels[said.level]}. {_whose(said.source, said.said_on)}"


def _whose(source: Source, said_on: date) -> str:
    return _("%(source)s, %(day)s", source=Source(source).label, day=said_on.isoformat())


def _adaptations(profile: Profile) -> Rows:
    constraints = vocabulary().constraints
    for key in sorted(profile.needs):
        yield _("Måste stämma"), constraints[key].label()
    for one in advice_of(profile.participant_id):
        yield _("Arbetssätt"), one.advice or ""


def _follow_ups(participant_id: int) -> Rows:
    for one in last_closed(participant_id):
        kind = FollowUpKind(one.kind).label
        conclusion = Conclusion(one.conclusion).label if one.conclusion else ""
        yield f"{kind}, {one.held_on.isoformat()}", str(conclusion)


def _next_step(participant_id: int) -> Rows:
    step = find_next_step(participant_id)
    if step is not None:
        yield _("Senast %(day)s", day=step.due_on.isoformat()), step.line or ""
