"""A plan is written part by part, confirmed, fixed, and continued by its next version."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError, MissingError
from aktema.people.models import Participant
from aktema.plans import plan_operations as operations
from aktema.plans import plan_part_operations as parts
from aktema.plans import plan_queries as queries
from aktema.plans.codes import Channel, PointAnswer
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_codes import ConfirmedHow, LifeArea, PartHow, PartRole, PlanField
from aktema.plans.plan_document import document_of
from aktema.plans.plan_models import Plan, PlanLine
from aktema.plans.plan_operations import Confirmation
from aktema.plans.plan_part_operations import ActivityFacts, GoalFacts, OwnFacts, Said, WorkFacts
from aktema.plans.rules.document import Document, Pattern, Picture, Statement
from tests.support.access import traces
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order

TODAY = clock.today()
TREE = Picture(ref="moji:1F331", word="växa")
SPOKEN = Confirmation(on=TODAY, is_by_person=True, how=ConfirmedHow.SPOKEN)


@pytest.fixture
def coordinator(session: Session) -> Account:
    return an_account(Role.COORDINATOR, a_unit())


@pytest.fixture
def identity(coordinator: Account) -> Identity:
    return act_as(coordinator)


@pytest.fixture
def person(session: Session) -> Participant:
    return a_participant()


@pytest.fixture
def order(person: Participant, coordinator: Account) -> ServiceOrder:
    unit = coordinator.memberships[0].unit
    assert unit is not None
    order = an_order(a_decision(person), unit, answer="accepted", coordinator=coordinator, first_day=TODAY)
    order.need, order.goals = "Lugn start", "Prova arbete"
    return order


@pytest.fixture
def plan(order: ServiceOrder, identity: Identity) -> Plan:
    return a_plan(order, activities=2, easy=False)


def anew(plan: Plan) -> Plan:
    """The version as it is stored."""
    return queries.get_plan(plan.participant_id, plan.public_id)


def told(plan: Plan) -> Document:
    return document_of(anew(plan))


def said(plan: Plan, place: str, field: PlanField) -> Statement:
    return next(one for one in told(plan).all_statements() if (one.place, one.field) == (place, field.value))


# Begun


def test_the_first_version_begins_empty_and_knows_whether_work_is_asked_about(
    identity: Identity, order: ServiceOrder
) -> None:
    begun = operations.begin(identity, order)
    assert (begun.number, begun.has_work_part, begun.follows_id) == (1, True, None)
    assert [one.standard for one in told(begun).all_statements()] == ["Lugn start", "Prova arbete"]


def test_the_plan_of_another_support_measure_has_no_part_about_work(
    identity: Identity, person: Participant
) -> None:
    decision = a_decision(person, support_measure="companion", law_basis="lss_9")
    begun = operations.begin(identity, an_order(decision, a_unit(), answer="accepted"))
    assert not begun.has_work_part
    with pytest.raises(DomainError):
        parts.write_work(begun, WorkFacts())


def test_an_order_has_one_draft_at_a_time(identity: Identity, plan: Plan) -> None:
    with pytest.raises(DomainError):
        operations.begin(identity, plan.order)


def test_the_next_version_says_what_the_fixed_one_says_under_the_same_keys(
    identity: Identity, order: ServiceOrder
) -> None:
    fixed = a_plan(order, goals=2, activities=2, fixed_on=TODAY)
    begun = operations.begin(identity, order)
    before, after = document_of(anew(fixed)), told(begun)
    assert (after.goals, after.statements, after.work_wish) == (
        before.goals,
        before.statements,
        before.work_wish,
    )
    assert (begun.number, begun.follows_id, after.participants) == (2, fixed.id, ())
    assert begun.work_wish_at == fixed.work_wish_at


def test_a_version_is_continued_once(session: Session, identity: Identity, order: ServiceOrder) -> None:
    fixed = a_plan(order, fixed_on=TODAY)
    operations.begin(identity, order)
    with pytest.raises(IntegrityError), session.begin_nested():
        a_plan(order, number=3, follows_id=fixed.id)


# Goals and activities


def a_goal(text: str = "Prova kafé", **values: object) -> GoalFacts:
    said = [Said(field=PlanField.TEXT, standard=text)]
    return GoalFacts(**{"life_area": LifeArea.WORK, "said": said, **values})  # type: ignore[arg-type]  # its own fields


def an_activity(what: str = "Diskar", **pattern: object) -> ActivityFacts:
    said = [Said(field=PlanField.WHAT, standard=what)]
    return ActivityFacts(pattern=Pattern(**pattern), said=said)  # type: ignore[arg-type]  # its own fields


def names(plan: Plan) -> list[str]:
    return [one.standard for goal in told(plan).goals for one in goal.statements if one.field == "text"]


def test_a_new_goal_comes_last(plan: Plan) -> None:
    parts.add_goal(plan, a_goal())
    assert names(plan) == ["text i planen", "Prova kafé"]


def test_a_goal_is_written_anew(plan: Plan) -> None:
    goal = plan.goals[0]
    parts.write_goal(plan, goal, a_goal("Prova", life_area=LifeArea.SAFETY, target_date=TODAY))
    written = told(plan).goals[0]
    assert (written.life_area, written.target_date, names(plan)) == ("safety", TODAY, ["Prova"])


def test_an_activity_is_added_and_written(plan: Plan) -> None:
    added = parts.add_activity(plan, plan.goals[0], an_activity(weekdays=4, week_pattern="odd"))
    parts.write_activity(plan, added, an_activity("Torkar", weekdays=4, starts_at=540, ends_at=600))
    written = told(plan).goals[0].activities[-1]
    assert (written.statements[0].standard, written.pattern.weekdays, written.pattern.ends_at) == (
        "Torkar",
        4,
        600,
    )


@pytest.mark.parametrize(
    ("pattern", "field"),
    [
        ({"ends_at": 600}, "ends_at"),
        ({"starts_at": 600, "ends_at": 600}, "ends_at"),
        ({"from_date": TODAY, "to_date": TODAY - timedelta(days=1)}, "to_date"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(
    plan: Plan, pattern: dict[str, object], field: str
) -> None:
    said = [Said(field=PlanField.WHAT, standard="Diskar")]
    facts = ActivityFacts(pattern=Pattern(**pattern), said=said)  # type: ignore[arg-type]  # its own fields
    with pytest.raises(DomainError) as refused:
        parts.write_activity(plan, plan.activities[0], facts)
    assert refused.value.field == field


def test_a_goal_and_an_activity_are_called_something(plan: Plan) -> None:
    with pytest.raises(DomainError) as goal:
        parts.add_goal(plan, GoalFacts(life_area=LifeArea.WORK))
    with pytest.raises(DomainError) as activity:
        parts.add_activity(plan, plan.goals[0], ActivityFacts(pattern=Pattern()))
    assert (goal.value.field, activity.value.field) == ("text", "what")


def test_there_is_an_end_to_goals_and_activities(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_GOALS", 1)
    monkeypatch.setattr(parts, "MOST_ACTIVITIES", 2)
    with pytest.raises(DomainError):
        parts.add_goal(plan, a_goal())
    with pytest.raises(DomainError):
        parts.add_activity(plan, plan.goals[0], an_activity())


@pytest.mark.parametrize(
    ("at", "up", "after"),
    [
        (0, True, "a b c"),
        (0, False, "b a c"),
        (1, True, "b a c"),
        (2, True, "a c b"),
        (2, False, "a b c"),
    ],
)
def test_goals_move_one_place_and_the_ends_stay(plan: Plan, at: int, up: bool, after: str) -> None:
    parts.write_goal(plan, plan.goals[0], a_goal("a"))
    goals = [plan.goals[0], parts.add_goal(plan, a_goal("b")), parts.add_goal(plan, a_goal("c"))]
    parts.move(plan, goals[at], up=up)
    assert names(plan) == after.split()


def test_activities_move_among_those_of_their_goal(plan: Plan) -> None:
    first, second = plan.activities
    parts.move(plan, second, up=True)
    assert [one.key for one in told(plan).goals[0].activities] == [second.key, first.key]


def test_a_goal_taken_away_takes_its_activities_and_all_their_words(session: Session, plan: Plan) -> None:
    parts.remove(plan, plan.goals[0])
    session.flush()
    assert told(plan).goals == ()
    left = session.scalars(select(PlanLine.place).where(PlanLine.plan_id == plan.id))
    assert set(left) == {""}


def test_an_activity_taken_away_leaves_the_others(plan: Plan) -> None:
    first, second = plan.activities
    parts.remove(plan, first)
    assert [one.key for one in told(plan).goals[0].activities] == [second.key]


@pytest.mark.parametrize("key", ["a" * 22, "kort", "\0" * 22])
def test_a_part_that_is_not_there_is_missing(plan: Plan, key: str) -> None:
    for find in (queries.get_goal, queries.get_activity, queries.get_participation):
        with pytest.raises(MissingError):
            find(plan, key)


# Words in three forms


def write_text(plan: Plan, standard: str, easy: str = "", *, still_holds: bool = False) -> Statement:
    goal = plan.goals[0]
    one = Said(field=PlanField.TEXT, standard=standard, easy=easy, still_holds=still_holds)
    parts.write_goal(plan, goal, GoalFacts(life_area=LifeArea.WORK, said=[one]))
    return said(plan, goal.key, PlanField.TEXT)


def test_an_easy_text_tells_the_standard_text_as_it_was_when_it_was_written(plan: Plan) -> None:
    assert write_text(plan, "Prova", "Jag provar").told == "Prova"


def test_an_easy_text_is_old_when_only_the_standard_text_is_another(plan: Plan) -> None:
    write_text(plan, "Prova", "Jag provar")
    written = write_text(plan, "Prova kafé", "Jag provar")
    assert (written.told, written.is_easy_old) == ("Prova", True)


def test_an_old_easy_text_is_up_to_date_again_when_it_is_written_anew(plan: Plan) -> None:
    write_text(plan, "Prova", "Jag provar")
    assert not write_text(plan, "Prova kafé", "Jag provar kafé").is_easy_old


def test_an_old_easy_text_is_up_to_date_again_when_somebody_says_that_it_still_holds(plan: Plan) -> None:
    write_text(plan, "Prova", "Jag provar")
    assert not write_text(plan, "Prova.", "Jag provar", still_holds=True).is_easy_old


def test_without_an_easy_text_nothing_is_told(plan: Plan) -> None:
    write_text(plan, "Prova", "Jag provar")
    assert write_text(plan, "Prova", still_holds=True).told == ""


def test_an_easy_text_of_the_order_is_compared_with_the_orders_own(plan: Plan) -> None:
    parts.write_order_lines(plan, [Said(field=PlanField.NEED, easy="Lugnt", pictures=[TREE])])
    written = said(plan, "", PlanField.NEED)
    assert (written.standard, written.told, written.pictures) == ("Lugn start", "Lugn start", (TREE,))
    plan.order.need = "Tidig start"
    assert said(plan, "", PlanField.NEED).is_easy_old


def test_four_pictures_in_a_row_are_refused(plan: Plan) -> None:
    with pytest.raises(DomainError):
        parts.write_order_lines(plan, [Said(field=PlanField.NEED, pictures=[TREE] * 4)])


def test_a_statement_that_says_nothing_leaves_no_trace(session: Session, plan: Plan) -> None:
    measured = Said(field=PlanField.MEASURE)
    goal = plan.goals[0]
    text = Said(field=PlanField.TEXT, standard="Prova")
    for _again in range(2):
        parts.write_goal(plan, goal, GoalFacts(life_area=LifeArea.WORK, said=[text, measured]))
        session.flush()
    assert [field for _place, field in queries.lines_at(plan, goal.key)] == ["text"]


# The person


def test_own_words_say_how_they_came(plan: Plan) -> None:
    words = Said(field=PlanField.OWN_WORDS, standard="Jag vill jobba!")
    parts.write_own(plan, OwnFacts(channel=Channel.SIGNS, said=[words]))
    assert (told(plan).own_words_channel, said(plan, "", PlanField.OWN_WORDS).standard) == (
        "signs",
        "Jag vill jobba!",
    )


def test_there_are_either_own_words_or_a_reason_why_none(plan: Plan) -> None:
    both = [Said(field=field, standard="x") for field in (PlanField.OWN_WORDS, PlanField.NO_OWN_WORDS)]
    with pytest.raises(DomainError) as refused:
        parts.write_own(plan, OwnFacts(said=both))
    assert refused.value.field == "no_own_words"


@pytest.mark.parametrize(
    ("answer", "channel"),
    [
        (PointAnswer.YES, "pictures"),
        (PointAnswer.DID_NOT_WANT_TO_ANSWER, "pictures"),
        (PointAnswer.COULD_NOT_BE_ASKED, None),
    ],
)
def test_an_answer_about_work_is_kept_with_its_channel_where_it_has_one(
    plan: Plan, answer: PointAnswer, channel: str | None
) -> None:
    parts.write_work(plan, WorkFacts(wish=answer, channel=Channel.PICTURES, by=TODAY))
    assert (plan.work_wish, plan.work_wish_channel, plan.work_by) == (answer.value, channel, TODAY)


def test_an_answer_is_as_old_as_its_last_change(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    parts.write_work(plan, WorkFacts(wish=PointAnswer.YES, channel=Channel.PICTURES))
    first = plan.work_wish_at
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    parts.write_work(plan, WorkFacts(wish=PointAnswer.YES, channel=Channel.SPEECH, by=TODAY))
    assert plan.work_wish_at == first
    parts.write_work(plan, WorkFacts(wish=PointAnswer.NO, channel=Channel.SPEECH))
    assert plan.work_wish_at == later


def test_an_answer_to_another_question_is_refused(plan: Plan) -> None:
    with pytest.raises(DomainError) as refused:
        parts.write_work(plan, WorkFacts(wish=PointAnswer.NOT_OFFERED))
    assert refused.value.field == "work_wish"


def test_who_took_part_is_written_and_taken_away(session: Session, plan: Plan) -> None:
    row = parts.add_participation(plan, PartRole.GUARDIAN, PartHow.PHONE, "Gode Man")
    assert [(one.role, one.name) for one in told(plan).participants] == [
        ("person", ""),
        ("guardian", "Gode Man"),
    ]
    parts.remove_participation(plan, row)
    session.flush()
    assert len(told(plan).participants) == 1


# Confirmed and fixed


def test_a_whole_plan_is_confirmed_and_then_fixed(identity: Identity, plan: Plan) -> None:
    operations.confirm(anew(plan), SPOKEN)
    operations.fix(identity, plan)
    assert (plan.confirmed_by, plan.confirmed_how, plan.fixed_on, plan.fixed_by_id) == (
        "person",
        "spoken",
        TODAY,
        identity.account_id,
    )


def test_a_representative_can_confirm(plan: Plan) -> None:
    how = Confirmation(on=TODAY, is_by_person=False, how=ConfirmedHow.SIGNATURE)
    operations.confirm(anew(plan), how)
    assert plan.confirmed_by == "representative"


def test_a_plan_that_nobody_has_confirmed_is_not_fixed(identity: Identity, plan: Plan) -> None:
    with pytest.raises(DomainError):
        operations.fix(identity, anew(plan))


def test_a_plan_is_not_confirmed_ahead(plan: Plan) -> None:
    ahead = Confirmation(on=TODAY + timedelta(days=1), is_by_person=True, how=ConfirmedHow.SPOKEN)
    with pytest.raises(DomainError) as refused:
        operations.confirm(anew(plan), ahead)
    assert refused.value.field == "confirmed_on"


def test_a_plan_that_lacks_something_is_neither_confirmed_nor_fixed(
    session: Session, identity: Identity, plan: Plan
) -> None:
    operations.confirm(anew(plan), SPOKEN)
    plan.work_wish = None
    session.flush()
    with pytest.raises(DomainError):
        operations.fix(identity, anew(plan))
    with pytest.raises(DomainError):
        operations.confirm(anew(plan), SPOKEN)


def test_what_is_written_after_it_was_confirmed_has_to_be_confirmed_anew(plan: Plan) -> None:
    operations.confirm(anew(plan), SPOKEN)
    parts.write_goal(plan, plan.goals[0], a_goal("Ett annat"))
    assert (plan.confirmed_on, plan.confirmed_by, plan.confirmed_how) == (None, None, None)


def test_no_part_of_a_fixed_plan_can_be_written(identity: Identity, order: ServiceOrder) -> None:
    fixed = a_plan(order, fixed_on=TODAY)
    goal, activity = fixed.goals[0], fixed.activities[0]
    acts = (
        lambda: parts.add_goal(fixed, a_goal()),
        lambda: parts.write_goal(fixed, goal, a_goal()),
        lambda: parts.add_activity(fixed, goal, an_activity()),
        lambda: parts.write_activity(fixed, activity, an_activity()),
        lambda: parts.write_own(fixed, OwnFacts()),
        lambda: parts.write_work(fixed, WorkFacts()),
        lambda: parts.write_order_lines(fixed, []),
        lambda: parts.add_participation(fixed, PartRole.PERSON, PartHow.MET),
        lambda: parts.remove_participation(fixed, fixed.participations[0]),
        lambda: parts.move(fixed, goal, up=True),
        lambda: parts.remove(fixed, activity),
        lambda: operations.confirm(fixed, SPOKEN),
        lambda: operations.fix(identity, fixed),
    )
    for act in acts:
        with pytest.raises(DomainError):
            act()


# Found


def test_the_newest_fixed_version_of_a_running_order_is_in_force(
    identity: Identity, order: ServiceOrder
) -> None:
    a_plan(order, fixed_on=TODAY)
    second = operations.begin(identity, order)
    in_force = queries.find_plan_in_force(order.participant_id)
    assert in_force is not None
    assert (in_force.number, second.number) == (1, 2)


def test_a_plan_of_an_order_that_has_not_begun_is_not_in_force(order: ServiceOrder) -> None:
    a_plan(order, fixed_on=TODAY)
    order.first_day = None
    assert queries.find_plan_in_force(order.participant_id) is None


def test_a_version_is_replaced_when_a_later_one_is_fixed(order: ServiceOrder) -> None:
    first = a_plan(order, fixed_on=TODAY)
    assert not queries.is_replaced(first)
    a_plan(order, number=2, follows_id=first.id, fixed_on=TODAY)
    assert queries.is_replaced(first)


def test_every_write_leaves_a_trace_with_codes_alone(plan: Plan) -> None:
    parts.write_goal(plan, plan.goals[0], a_goal("Hemligt"))
    parts.move(plan, plan.goals[0], up=True)
    parts.remove(plan, plan.activities[0])
    assert [(kind, detail) for _act, kind, detail in traces("write")][-3:] == [
        ("goal", "write"),
        ("goal", "up"),
        ("planned_activity", "remove"),
    ]
