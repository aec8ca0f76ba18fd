"""What everybody is granted, who carries it out, and how it was followed up."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from math import ceil
from random import Random

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.demo.accounts import Staff
from aktema.demo.days import at, moment, next_workday, workday
from aktema.demo.lives import Arc, Life
from aktema.people.codes import CameFrom
from aktema.people.models import Assignment
from aktema.plans.codes import (
    Conclusion,
    DecisionEnd,
    FollowUpKind,
    HoursBasis,
    InterruptionReason,
    LawBasis,
    OrderAnswer,
    PointAnswer,
    SupportMeasure,
    WorkPoint,
)
from aktema.plans.models import (
    Decision,
    DecisionExtent,
    FollowUp,
    Interruption,
    OrderReply,
    ServiceOrder,
    WorkPointAnswer,
)

HOURS, DAYS = (10, 15, 20, 25, 30, 35), (2, 3, 4, 5, 5)
HOURS_A_DAY = 8  # at most
TEMPLATE_SHARE, CONVERTED_SHARE = 0.3, 0.5
"""Of old decisions: how many still have template hours, and how many of the rest once had."""
OLD = timedelta(days=900)
FOLLOWED_UP_SHARE = 0.9
A_YEAR = timedelta(days=365)
INTERRUPTED_EVERY, WAITING_EVERY, NOT_ORDERED_EVERY = 9, 11, 41
"""One person in so many has an interruption, an order that waits for an answer, a decision not yet ordered."""
NEEDS = (
    "Behöver någon som går igenom dagen på morgonen och finns nära när något ändras.",
    "Klarar arbetsuppgifterna själv men behöver hjälp att komma igång.",
    "Behöver korta pass, tydliga bilder och en lugn plats att vila på.",
    "Behöver stöd i kontakter med nya människor och med att fråga om hjälp.",
    "Behöver hjälp vid måltider och förflyttning, i övrigt självständig.",
)
WISHES = (
    "Vill vara med andra och göra nytta.",
    "Vill prova ett riktigt arbete någon gång.",
    "Vill ha det lugnt och veta vad som händer.",
    "Vill arbeta med djur eller växter.",
    "Vill ha fler timmar än förut.",
)
GOALS = (
    "Att trivas, att kunna mer om ett halvår än idag och att prova en arbetsplats.",
    "Att själv ta sig till verksamheten och hem.",
    "Att prova minst två sorters arbetsuppgifter under året.",
)
SUMMARIES = (
    "Trivs i gruppen. Orkar förmiddagarna bäst, så de längre passen läggs då.",
    "Resan fungerar. Vill byta en dag i veckan mot något utomhus.",
    "Har tagit mer ansvar i köket. Nästa gång talar vi om en arbetsplats utanför.",
)
OWN_WORDS = ("Det är bra.", "Jag vill göra mer.", "Roligt med kaféet.", "Jag är trött ibland.", "")
MAKERS = ("Enhetschef, myndighetsenheten", "Ester Åkerlund, biståndsbedömare", "Omsorgsnämndens utskott")


def grant(lives: Sequence[Life], staff: Staff, today: date) -> int:
    """Give everybody a decision with its orders and follow-ups; returns how many decisions there are."""
    handlers = {one.id: one for one in staff.with_role(Role.LSS_HANDLER)}
    units = [staff.units["strommen"], staff.units["lonnlovet"]]
    decisions = [_decision(life, handlers, today) for life in lives]
    db.session.add_all(decisions)
    for life, decision in zip(lives, decisions, strict=True):
        if life.number % NOT_ORDERED_EVERY == 0:
            continue
        order = _order(life, decision, today)
        db.session.add(order)
        if life.number % WAITING_EVERY == 0 and life.arc is not Arc.CLOSED:
            db.session.add(_waiting(life, decision, units, today))
        if life.number % INTERRUPTED_EVERY == 0 and order.first_day:
            decision.interruptions.append(_interruption(life, decision, today))
        db.session.flush()  # follow-ups refer to decision and order by id
        db.session.add_all(_follow_ups(life, decision, order, today))
    db.session.flush()
    return len(decisions)


def _held(life: Life, kind: str) -> Assignment:
    return next(one for one in life.participant.assignments if one.kind == kind)


def _decision(life: Life, handlers: dict[int, Account], today: date) -> Decision:
    rng, start = life.rng("decision"), _start(life)
    handler = handlers[_held(life, "handler").account_id or 0]
    decision = Decision(
        participant=life.participant,
        support_measure=SupportMeasure.DAY_ACTIVITY.value,
        law_basis=(LawBasis.LSS_9_10 if rng.random() < 0.92 else LawBasis.SOL).value,
        eligibility_group=rng.choice((1, 1, 1, 2)),
        from_date=start,
        to_date=today + timedelta(days=rng.randrange(20, 900)) if rng.random() < 0.4 else None,
        decided_on=workday(start - timedelta(days=rng.randrange(3, 20))),
        decision_maker=rng.choice(MAKERS),
        appeal_given_on=start,
        ended_on=life.last_day if life.arc is Arc.CLOSED else None,
        end_reason=DecisionEnd.WORK.value if life.arc is Arc.CLOSED else None,
        account_id=handler.id,
        created_at=moment(start, rng),
    )
    decision.needs, decision.wishes, decision.goals = (rng.choice(some) for some in (NEEDS, WISHES, GOALS))
    decision.extents = list(_extents(decision, handler, rng, today))
    return decision


def _start(life: Life) -> date:
    rng = life.rng("granted")
    if life.participant.came_from != CameFrom.DAY_ACTIVITY:
        return workday(life.registered - timedelta(days=10))
    return workday(life.registered - timedelta(days=rng.randrange(200, 2600)))


def _extents(decision: Decision, handler: Account, rng: Random, today: date) -> Iterator[DecisionExtent]:
    """Old decisions began with template hours; of these some are converted by now."""
    is_old = decision.from_date < today - OLD
    is_template = is_old and rng.random() < TEMPLATE_SHARE
    had_template = is_template or (is_old and rng.random() < CONVERTED_SHARE)
    if had_template:
        yield DecisionExtent(
            from_date=decision.from_date,
            hours_basis=HoursBasis.TEMPLATE.value,
            template_minutes=60 * 30,
            account_id=handler.id,
            created_at=decision.created_at,
        )
    if not is_template:
        day = workday(today - timedelta(days=rng.randrange(40, 400))) if had_template else decision.from_date
        hours = rng.choice(HOURS)
        extent = DecisionExtent(
            from_date=max(day, decision.from_date),
            hours_basis=HoursBasis.GRANTED.value,
            weekly_minutes=60 * hours,
            days_per_week=max(rng.choice(DAYS), ceil(hours / HOURS_A_DAY)),
            account_id=handler.id,
            created_at=moment(day, rng),
        )
        extent.reason = "Omvandlad efter samtal om hur veckan ser ut." if had_template else None
        yield extent


def _order(life: Life, decision: Decision, today: date) -> ServiceOrder:
    """The order that the unit working with the person has accepted."""
    rng, provider, coordinator = life.rng("order"), _held(life, "provider"), _held(life, "coordinator")
    began = decision.from_date if life.participant.came_from == CameFrom.DAY_ACTIVITY else life.registered
    sent = workday(began - timedelta(days=rng.randrange(4, 9)))
    first_day = next_workday(began + timedelta(days=rng.randrange(3, 20)))
    order = _new_order(decision, provider.unit_id or 0, sent, rng)
    order.first_day = first_day if first_day < today else None
    order.coordinator_id = coordinator.account_id
    order.answers = [
        OrderReply(
            answer=OrderAnswer.ACCEPTED.value,
            answered_on=began,
            starts_on=first_day,
            account_id=coordinator.account_id,
            created_at=moment(began, rng),
        )
    ]
    if life.arc is Arc.CLOSED:
        order.closed_on, order.close_reason = life.last_day, DecisionEnd.WORK.value
    return order


def _new_order(decision: Decision, unit_id: int, sent: date, rng: Random) -> ServiceOrder:
    order = ServiceOrder(
        decision=decision,
        participant=decision.participant,
        unit_id=unit_id,
        sent_on=max(sent, decision.decided_on),
        wanted_from=max(sent, decision.decided_on) + timedelta(days=14),
        account_id=decision.account_id,
        created_at=moment(sent, rng),
    )
    order.need, order.goals = decision.needs, decision.goals
    order.included = "Plats fem dagar i veckan inom beviljad tid, lunch och stöd i gruppen."
    order.transport = rng.choice(("Åker buss själv.", "Färdtjänst är beviljad.", ""))
    return order


def _waiting(life: Life, decision: Decision, units: Sequence[Unit], today: date) -> ServiceOrder:
    """A second unit has been asked and has not answered, or has put the person on its waiting list."""
    rng, own = life.rng("waiting"), _held(life, "provider").unit_id
    other = next(unit for unit in units if unit.id != own)
    order = _new_order(decision, other.id, workday(today - timedelta(days=rng.randrange(1, 12))), rng)
    if rng.random() < 0.4:
        reply = OrderReply(
            answer=OrderAnswer.WAITING.value,
            answered_on=workday(today - timedelta(days=1)),
            account_id=decision.account_id,
            created_at=moment(workday(today - timedelta(days=1)), rng),
        )
        reply.reason = "En plats blir ledig efter sommaren."
        order.answers = [reply]
    return order


def _interruption(life: Life, decision: Decision, today: date) -> Interruption:
    rng = life.rng("interruption")
    reason = rng.choice(
        (InterruptionReason.NO_STAFF, InterruptionReason.NO_TRANSPORT, InterruptionReason.PERSON_ILL)
    )
    first = max(decision.from_date, today - timedelta(days=rng.randrange(40, 300)))
    return Interruption(
        from_date=first,
        weekly_minutes_left=0 if rng.random() < 0.5 else 300,
        reason=reason.value,
        account_id=decision.account_id,
        created_at=moment(first, rng),
    )


def _follow_ups(life: Life, decision: Decision, order: ServiceOrder, today: date) -> Iterator[FollowUp]:
    """The case handler's after about four months, and the coordinator's after a year."""
    rng, first_day = life.rng("follow-ups"), order.first_day
    talks = (
        (FollowUpKind.DECISION, 120, decision.account_id),
        (FollowUpKind.PLAN, 350, order.coordinator_id),
    )
    for kind, days, writer in talks:
        held = workday((first_day or today) + timedelta(days=days + rng.randrange(-20, 20)))
        if held < today - A_YEAR:  # the last of many
            held = workday(today - timedelta(days=rng.randrange(20, 390)))
        if first_day and held < min(today, life.last_day) and rng.random() < FOLLOWED_UP_SHARE:
            yield _follow_up(life, decision, order, kind, held, writer or decision.account_id, rng)


def _follow_up(
    life: Life,
    decision: Decision,
    order: ServiceOrder,
    kind: FollowUpKind,
    held: date,
    writer: int,
    rng: Random,
) -> FollowUp:
    follow_up = FollowUp(
        participant=life.participant,
        decision=decision,
        order_id=order.id if kind is FollowUpKind.PLAN else None,
        kind=kind.value,
        has_work_points=True,
        held_on=held,
        account_id=writer,
        created_at=moment(held, rng),
        points=[_point(point, held, rng) for point in WorkPoint],
    )
    follow_up.attendees = f"{life.participant.first_name}, koordinator"
    follow_up.summary, follow_up.own_words = rng.choice(SUMMARIES), rng.choice(OWN_WORDS)
    db.session.add(follow_up)
    db.session.flush()  # the points have to stand before it is closed
    follow_up.conclusion, follow_up.closed_on = Conclusion.CONTINUE.value, held
    return follow_up


def _point(point: WorkPoint, held: date, rng: Random) -> WorkPointAnswer:
    if point is WorkPoint.NEXT_STEP:
        next_step = "Titta på en arbetsplats tillsammans.\nJobbcoachen"
        return _said(point, PointAnswer.YES, held, next_step, held + timedelta(days=60))
    if point.is_own_answer:
        answer = rng.choice(
            (PointAnswer.YES, PointAnswer.MAYBE, PointAnswer.NO, PointAnswer.DOES_NOT_KNOW_YET)
        )
        said = _said(point, answer, held, rng.choice(OWN_WORDS))
        said.channel = rng.choice(("speech", "pictures"))
        return said
    if rng.random() < 0.5:
        return _said(point, PointAnswer.YES, held, "", held - timedelta(days=rng.randrange(10, 60)))
    return _said(point, PointAnswer.NOT_OFFERED, held, "Tas upp vid nästa samtal.")


def _said(
    point: WorkPoint, answer: PointAnswer, held: date, words: str, on: date | None = None
) -> WorkPointAnswer:
    found = WorkPointAnswer(point=point.value, answer=answer.value, on_date=on, created_at=at(held, time(15)))
    found.words = words or None
    return found
