"""What follows a person to a new unit: only with their yes, only to that unit, and signed for."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError, MissingError
from aktema.people.models import Representative
from aktema.plans import consultation_operations as consultations
from aktema.plans import handover_operations as operations
from aktema.plans import handover_packet as packets
from aktema.plans import handover_queries as queries
from aktema.plans.codes import Channel
from aktema.plans.consultation_codes import Profession, QuestionArea
from aktema.plans.consultation_operations import ConsultationFacts
from aktema.plans.handover_codes import ConsentBy, FieldGroup, HandoverState
from aktema.plans.handover_models import Handover
from aktema.plans.handover_operations import Consent
from aktema.plans.models import OrderReply
from aktema.plans.plan_codes import PlanField
from tests.conftest import QueryCount
from tests.support.access import traces
from tests.support.handover import YES, Move, a_handover, a_move, send
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import an_assignment
from tests.support.plan import a_plan
from tests.support.plans import a_follow_up

Browser = Callable[[Account], PageClient]


@pytest.fixture
def move(session: Session) -> Move:
    return a_move()


def place(handover: Handover, rest: str = "") -> str:
    return f"/deltagare/{handover.participant.public_id}/overlamningar/{handover.public_id}{rest}"


def received(handover: Handover, rest: str = "") -> str:
    return f"/bestallningar/{handover.order.public_id}/overlamningar/{handover.public_id}{rest}"


# --- steps ---


def test_a_handover_is_chosen_said_yes_to_sent_and_received(move: Move) -> None:
    states = [a_handover(move, consented=False).state, a_handover(move, sent=False).state]
    handover = a_handover(move)
    states.append(handover.state)
    operations.receive(act_as(move.receiver), handover)
    states.append(handover.state)
    operations.withdraw(handover)
    assert [*states, handover.state, HandoverState.REFUSED] == list(HandoverState)


def test_a_no_from_the_beginning_is_kept_as_a_no(move: Move) -> None:
    handover = a_handover(move, consented=False)
    operations.withdraw(handover)
    assert handover.state is HandoverState.REFUSED
    with pytest.raises(DomainError):
        operations.consent(handover, YES)


def test_nothing_is_sent_without_a_yes(move: Move) -> None:
    handover = a_handover(move, consented=False)
    with pytest.raises(DomainError):
        send(handover)
    assert handover.packet_json is None


def test_a_yes_is_not_changed_when_the_packet_has_left(move: Move) -> None:
    with pytest.raises(DomainError):
        operations.consent(a_handover(move), YES)


def test_a_yes_is_never_ahead(move: Move) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    given = Consent(by=ConsentBy.PERSON, how=Channel.SPEECH, on=tomorrow)
    with pytest.raises(DomainError) as refused:
        operations.consent(a_handover(move, consented=False), given)
    assert refused.value.field == "on"


def test_it_is_sent_received_and_taken_back_once(move: Move) -> None:
    handover = a_handover(move)
    with pytest.raises(DomainError):
        send(handover)
    operations.receive(act_as(move.receiver), handover)
    with pytest.raises(DomainError):
        operations.receive(act_as(move.receiver), handover)
    operations.withdraw(handover)
    with pytest.raises(DomainError):
        operations.withdraw(handover)


# --- what it holds ---


def test_the_packet_holds_the_chosen_groups_and_no_others(move: Move) -> None:
    handover = a_handover(move, FieldGroup.PLAN, FieldGroup.COMMUNICATION)
    titles = [one.title for one in packets.read(handover.packet_json or "")]
    assert titles == [str(FieldGroup.COMMUNICATION.label), str(FieldGroup.PLAN.label)]


def test_the_packet_stays_as_it_was_sent(session: Session, move: Move) -> None:
    move.person.phone = "0701 23 45 67"
    handover = a_handover(move)
    move.person.phone = "0709 99 99 99"
    session.flush()
    assert ("Telefon", "0701 23 45 67") in packets.read(handover.packet_json or "")[0].rows


def test_every_group_tells_what_is_known(session: Session, move: Move) -> None:
    coordinator = act_as(move.sender)
    move.person.representatives.append(Representative(kind="guardian", name="Gode Man"))
    running = next(one for one in move.order.decision.orders if one is not move.order)
    a_follow_up(move.order.decision, closed_on=clock.today())
    a_plan(running, fixed_on=clock.today())
    facts = ConsultationFacts(
        asked_on=clock.today(),
        area=QuestionArea.TASK,
        profession=Profession.OCCUPATIONAL_THERAPIST,
        asked="Ann",
        advice="Bilder vid diskbänken.",
    )
    consultations.ask(coordinator, move.person, facts)
    found = {one.title: one.rows for one in packets.packet_of(move.person, list(FieldGroup))}
    assert len(found) == len(FieldGroup)
    assert ("Företrädare", "Gode Man") in found[str(FieldGroup.CONTACT.label)]
    assert ("Arbetssätt", "Bilder vid diskbänken.") in found[str(FieldGroup.ADAPTATIONS.label)]
    assert found[str(FieldGroup.PLAN.label)]
    assert found[str(FieldGroup.FOLLOW_UPS.label)][0][1] == "Fortsätter som nu"


def test_of_somebody_with_protected_identity_no_contact_leaves(session: Session, move: Move) -> None:
    move.person.phone, move.person.has_protected_identity = "0701 23 45 67", True
    session.flush()
    assert [list(one.rows) for one in packets.packet_of(move.person, [FieldGroup.CONTACT])] == [[]]


# --- who opens it ---


def test_the_receiving_unit_opens_it_before_it_has_said_yes_to_the_person(move: Move) -> None:
    handover = a_handover(move)
    opened = queries.open_handover(act_as(move.receiver), move.order.public_id, handover.public_id)
    assert opened.id == handover.id
    assert ("handover.receive", "", "") in traces("read")


def opens(account: Account, handover: Handover) -> bool:
    try:
        queries.open_handover(act_as(account), handover.order.public_id, handover.public_id)
    except MissingError:
        return False
    return True


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.UNIT_MANAGER, Role.JOB_COACH, Role.LSS_HANDLER])
def test_nobody_of_another_unit_opens_it(session: Session, move: Move, role: Role) -> None:
    other = an_account(role, None if role is Role.LSS_HANDLER else a_unit("Granen"))
    assert not opens(other, a_handover(move))


def test_a_third_unit_that_works_with_the_person_sees_no_handover(session: Session, move: Move) -> None:
    third = a_unit("Granen")
    other = an_account(Role.COORDINATOR, third)
    an_assignment(move.person, kind="coordinator", account=other, unit=third)
    handover = a_handover(move)
    assert queries.handovers_of(act_as(other), move.person.id) == []
    with pytest.raises(MissingError):
        queries.get_handover(act_as(other), move.person.id, handover.public_id)


def test_it_is_not_open_before_it_is_sent_nor_after_the_yes_is_taken_back(move: Move) -> None:
    handover = a_handover(move, sent=False)
    before = opens(move.receiver, handover)
    send(handover)
    while_sent = opens(move.receiver, handover)
    operations.withdraw(handover)
    assert (before, while_sent, opens(move.receiver, handover)) == (False, True, False)


def test_a_unit_that_said_no_to_the_person_opens_nothing(session: Session, move: Move) -> None:
    handover = a_handover(move)
    move.order.answers.append(
        OrderReply(answer="declined", answered_on=clock.today(), account_id=move.receiver.id)
    )
    session.flush()
    assert not opens(move.receiver, handover)


# --- pages ---


def test_the_three_steps_lead_to_a_receipt_that_the_sender_sees(
    session: Session, sign_in: Browser, move: Move
) -> None:
    session.commit()
    sender, receiver = sign_in(move.sender), sign_in(move.receiver)
    pid = move.person.public_id
    page = sender.submit(
        f"/deltagare/{pid}/overlamningar/ny", {"groups": ["contact", "plan"], "purpose": "Ny enhet"}
    )
    assert "Säger Alva ja?" in page.words
    handover = session.scalars(select(Handover)).one()
    page = sender.submit(place(handover, "/samtycke"), {"by": "person", "how": "pictures"})
    assert "Klar att skicka" in page.words
    page = sender.submit(place(handover), {}, css='form[action$="/skicka"]')
    assert "Skickad, inte kvitterad" in page.words
    assert "Från Solrosen" in receiver.get(f"/bestallningar/{move.order.public_id}").words
    page = receiver.submit(received(handover), {}, css='form[action$="/kvittera"]')
    assert "Rut Mottagare" in page.words
    assert "kvitterad av Rut Mottagare" in sender.get(f"/deltagare/{pid}/overlamningar").words


def test_after_the_person_has_taken_it_back_nobody_sees_the_contents(
    session: Session, sign_in: Browser, move: Move
) -> None:
    move.person.phone = "0701 23 45 67"
    handover = a_handover(move)
    session.commit()
    sender, receiver = sign_in(move.sender), sign_in(move.receiver)
    assert "0701 23 45 67" in sender.get(place(handover)).words
    typed = receiver.get(received(handover)).hidden('form[action$="/kvittera"]')
    page = sender.submit(place(handover), {}, css='form[action$="/ta-tillbaka"]')
    assert "0701 23 45 67" not in page.words
    assert receiver.get(received(handover)).status == 404
    assert receiver.post(received(handover, "/kvittera"), typed).status == 404


def test_pressing_twice_tells_that_it_is_done(session: Session, sign_in: Browser, move: Move) -> None:
    handover = a_handover(move)
    session.commit()
    sender = sign_in(move.sender)
    page = sender.submit(
        place(handover), {}, css='form[action$="/ta-tillbaka"]', action=place(handover, "/skicka")
    )
    assert "bara en gång" in page.text


def test_without_another_unit_there_is_nobody_to_hand_over_to(
    session: Session, sign_in: Browser, move: Move
) -> None:
    move.order.closed_on, move.order.close_reason = clock.today(), "withdrawn"
    session.commit()
    sender = sign_in(move.sender)
    for rest in ("", "/ny"):
        page = sender.get(f"/deltagare/{move.person.public_id}/overlamningar{rest}")
        assert "Ingen ny enhet" in page.words


def test_contact_is_no_choice_where_the_identity_is_protected(
    session: Session, sign_in: Browser, move: Move
) -> None:
    move.person.has_protected_identity = True
    session.commit()
    page = sign_in(move.sender).get(f"/deltagare/{move.person.public_id}/overlamningar/ny")
    assert page.select('input[value="plan"]')
    assert not page.select('input[value="contact"]')


def test_a_packet_of_everything_takes_a_constant_number_of_statements(
    session: Session, sign_in: Browser, move: Move, queries: QueryCount
) -> None:
    running = next(one for one in move.order.decision.orders if one is not move.order)
    a_plan(running, goals=5, activities=4, fixed_on=clock.today())
    paths = [place(a_handover(move, *FieldGroup, sent=sent)) for sent in (False, True)]
    paths.append(f"/deltagare/{move.person.public_id}/overlamningar")
    session.commit()
    sender = sign_in(move.sender)
    for path in paths:
        queries.statements.clear()
        sender.get(path)
        assert len(queries) <= 12, (path, len(queries), [one[:80] for one in queries.statements])


def test_a_plan_is_told_goal_by_goal_with_its_times(session: Session, move: Move) -> None:
    running = next(one for one in move.order.decision.orders if one is not move.order)
    a_plan(running, goals=2, activities=2, fixed_on=clock.today())
    rows = packets.packet_of(move.person, [FieldGroup.PLAN])[0].rows
    labels = [label for label, _text in rows]
    first, second = (number for number, label in enumerate(labels) if label == str(PlanField.TEXT.label))
    assert labels[first:second].count("När") == labels[second:].count("När") == 2
