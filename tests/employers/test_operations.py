"""What operations store, refuse and leave a trace of."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.employers import operations
from aktema.employers import placement_operations as placing
from aktema.employers.models import Placement
from aktema.employers.operations import ContactFacts, EmployerFacts, WorkplaceFacts
from aktema.employers.placement_operations import Basics, Start, Support
from aktema.employers.rules import Times
from aktema.employers.states import Move, State
from aktema.vocabulary.models import Activity, Adaptation, Dimension, Preference, WorkConstraint
from tests.support.employers import (
    a_contact,
    a_locality,
    a_placement,
    a_workplace,
    an_employer,
    word_id,
)
from tests.support.people import act_as, an_account

BAKERY = EmployerFacts(name="Lindas bageri", sector="private", organisation_number="556036-0793")


def traces(session: Session) -> list[tuple[str, str, str]]:
    rows = session.execute(
        select(AccessEntry.act, AccessEntry.object_kind, AccessEntry.detail).order_by(AccessEntry.id)
    )
    return [tuple(row) for row in rows]


def test_an_employer_is_registered_with_its_number_in_one_form(session: Session) -> None:
    employer = operations.register_employer(BAKERY)
    assert (employer.organisation_number, employer.version) == ("5560360793", 1)
    assert traces(session) == [("employer.create", "employer", "")]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("", None), ("  ", None), ("5560360793", "5560360793"), ("165560360793", "5560360793")],
)
def test_an_organisation_number_is_read_in_every_usual_form(
    session: Session, typed: str, stored: str | None
) -> None:
    assert operations.read_organisation_number(typed) == stored


@pytest.mark.parametrize("typed", ["556036-0794", "12", "abc", "195560360793", "٥٥٦٠٣٦٠٧٩٣", "900101-0017"])
def test_what_is_no_organisation_number_is_refused_on_its_field(session: Session, typed: str) -> None:
    with pytest.raises(DomainError) as refused:
        operations.read_organisation_number(typed)
    assert refused.value.field == "organisation_number"


def test_a_number_that_is_taken_is_refused_with_the_name_of_who_has_it(session: Session) -> None:
    operations.register_employer(BAKERY)
    with pytest.raises(DomainError, match="organisation_number") as refused:
        operations.register_employer(
            EmployerFacts(name="Annat", sector="private", organisation_number="5560360793")
        )
    assert "Lindas bageri" in str(refused.value.message)


def test_an_employer_may_keep_its_own_number(session: Session) -> None:
    employer = operations.register_employer(BAKERY)
    operations.change_employer(
        employer, EmployerFacts(name="Nya bageriet", sector="state", organisation_number="556036-0793")
    )
    assert (employer.name, employer.sort_key.startswith("nya"), employer.sector) == (
        "Nya bageriet",
        True,
        "state",
    )


def test_notes_contacts_and_workplaces_leave_their_traces(session: Session) -> None:
    employer = an_employer()
    operations.write_note(employer, "Ring före åtta.")
    contact = operations.add_contact(employer, ContactFacts(name="Linda", phone="011-12 34 56"))
    operations.mark_contact_left(contact, date(2026, 3, 9))
    operations.mark_contact_left(contact, None)
    operations.add_workplace(employer, WorkplaceFacts(name="Butiken", locality_id=a_locality().id))
    assert [(kind, detail) for _, kind, detail in traces(session)] == [
        ("employer", "internal_note"),
        ("contact", ""),
        ("contact", "left"),
        ("contact", "back"),
        ("workplace", ""),
    ]


def test_a_workplace_that_moves_marks_its_placements_as_changed(session: Session) -> None:
    placement = a_placement()
    before = placement.changed_at
    facts = WorkplaceFacts(name="Butiken", locality_id=a_locality("Lund").id)
    operations.change_workplace(placement.workplace, facts)
    session.refresh(placement)
    assert placement.changed_at > before


def test_a_workplace_that_stays_leaves_its_placements_as_they_are(session: Session) -> None:
    placement = a_placement()
    before = placement.changed_at
    facts = WorkplaceFacts(name="Ny skylt", locality_id=placement.workplace.locality_id)
    operations.change_workplace(placement.workplace, facts)
    session.refresh(placement)
    assert placement.changed_at == before


def test_a_draft_begins_with_its_activities_and_history(session: Session) -> None:
    account = an_account()
    act_as(account)
    bake = word_id(Activity, "bake")
    placement = placing.draft_placement(
        Basics(workplace=a_workplace(), title="Baka bröd"), Start(activity_ids=frozenset({bake}))
    )
    session.refresh(placement)
    assert [row.activity_id for row in placement.activities] == [bake]
    assert [(change.state, change.account_id) for change in placement.state_changes] == [
        ("draft", account.id)
    ]
    assert traces(session) == [("placement.create", "placement", "state draft")]


def test_no_placement_is_drafted_at_a_closed_employer(session: Session) -> None:
    workplace = a_workplace(an_employer(closed_on=clock.today()))
    with pytest.raises(DomainError):
        placing.draft_placement(Basics(workplace=workplace, title="Baka"))


def full_placement() -> Placement:
    return a_placement(
        demands={"focus": 2},
        preferences={"calm_lively": -1},
        constraints={"no_fur_animals": True, "no_heights": False},
        adaptations=("quiet_space",),
        supervision="Linda visar.",
        from_date=date(2026, 3, 9),
    )


def test_a_copy_holds_everything_but_state_and_period(session: Session) -> None:
    source = full_placement()
    copy = placing.draft_placement(Basics(workplace=source.workplace, title="Samma igen"), Start(like=source))
    session.refresh(copy)
    assert (copy.state, copy.from_date, copy.supervision, copy.most_weekly_minutes) == (
        "draft",
        None,
        "Linda visar.",
        1500,
    )
    assert [(row.dimension_id, row.level) for row in copy.demands] == [(word_id(Dimension, "focus"), 2)]
    assert [row.pole for row in copy.preferences] == [-1]
    assert sorted(row.is_met for row in copy.constraints) == [False, True]
    assert (len(copy.activities), len(copy.adaptations)) == (1, 1)


def test_a_supervisor_is_copied_within_an_employer_only(session: Session) -> None:
    source = a_placement()
    source.supervisor_id = a_contact(source.employer).id
    here = placing.draft_placement(Basics(workplace=source.workplace, title="Här"), Start(like=source))
    there = placing.draft_placement(Basics(workplace=a_workplace(), title="Där"), Start(like=source))
    assert (here.supervisor_id, there.supervisor_id) == (source.supervisor_id, None)


def test_parts_replace_what_was_there_and_mark_the_placement_as_changed(session: Session) -> None:
    placement = full_placement()
    version, changed_at = placement.version, placement.changed_at
    focus, stamina = word_id(Dimension, "focus"), word_id(Dimension, "stamina")
    placing.set_demands(placement, {focus: 4, stamina: 0})
    session.flush()
    session.expire_all()
    assert {row.dimension_id: row.level for row in placement.demands} == {focus: 4, stamina: 0}
    assert placement.version > version
    assert placement.changed_at > changed_at


def test_support_and_surroundings_are_replaced(session: Session) -> None:
    placement = full_placement()
    contact, aid = a_contact(placement.employer), word_id(Adaptation, "reminder")
    placing.set_support(
        placement, Support(supervisor=contact, supervision="Fråga Linda.", adaptation_ids=frozenset({aid}))
    )
    pole, constraint = word_id(Preference, "calm_lively"), word_id(WorkConstraint, "rest_room")
    placing.set_surroundings(placement, {pole: 2}, {constraint: False})
    session.flush()
    session.expire_all()
    assert (placement.supervisor_id, [row.adaptation_id for row in placement.adaptations]) == (
        contact.id,
        [aid],
    )
    assert [(row.preference_id, row.pole) for row in placement.preferences] == [(pole, 2)]
    assert [(row.constraint_id, row.is_met) for row in placement.constraints] == [(constraint, False)]


def test_a_supervisor_of_another_employer_is_refused(session: Session) -> None:
    with pytest.raises(DomainError, match="supervisor"):
        placing.set_support(a_placement(), Support(supervisor=a_contact()))


def test_times_that_do_not_fit_are_refused_on_their_field(session: Session) -> None:
    with pytest.raises(DomainError, match="ends_at"):
        placing.set_times(a_placement(), Times(starts_at=600, ends_at=540))


def test_times_that_fit_are_stored(session: Session) -> None:
    placement = a_placement()
    placing.set_times(placement, Times(weekdays=3, places=2, to_date=date(2026, 6, 12)))
    stored = (placement.least_weekly_minutes, placement.weekdays, placement.places, placement.to_date)
    assert stored == (None, 3, 2, date(2026, 6, 12))


def test_a_complete_draft_is_published(session: Session) -> None:
    placement = a_placement(state="draft")
    placing.publish(placement)
    session.refresh(placement)
    assert placement.state == "published"
    assert [change.state for change in placement.state_changes] == ["published"]


def test_publishing_names_everything_that_is_missing(session: Session) -> None:
    placement = a_placement(state="draft", description="", activities=())
    with pytest.raises(DomainError) as refused:
        placing.publish(placement)
    assert refused.value.message == "Beskriv vad man gör. Välj minst en arbetsuppgift."


@pytest.mark.parametrize("state", ["published", "paused"])
def test_an_open_placement_cannot_lose_what_it_needs(session: Session, state: str) -> None:
    with pytest.raises(DomainError):
        placing.choose_activities(a_placement(state=state), ())


def test_a_draft_may_be_left_half_done(session: Session) -> None:
    placement = a_placement(state="draft")
    placing.change_basics(placement, Basics(workplace=placement.workplace, title="Bara ett namn"))
    placing.choose_activities(placement, ())
    assert (placement.title, placement.description, placement.activities) == ("Bara ett namn", "", [])


def test_a_move_that_is_not_open_is_refused(session: Session) -> None:
    with pytest.raises(DomainError):
        placing.move(a_placement(), Move.REOPEN)


def test_closing_an_employer_closes_its_open_placements(session: Session) -> None:
    employer = an_employer()
    workplace = a_workplace(employer)
    placements = [a_placement(workplace, state=state) for state in ("draft", "published", "paused", "closed")]
    other = a_placement()
    assert placing.close_employer(employer) == 3
    assert {placement.state for placement in placements} == {State.CLOSED}
    assert (other.state, employer.closed_on) == ("published", clock.today())


def test_a_reopened_employer_leaves_its_placements_closed(session: Session) -> None:
    placement = a_placement()
    placing.close_employer(placement.employer)
    operations.reopen_employer(placement.employer)
    assert (placement.employer.closed_on, placement.state) == (None, State.CLOSED)


def test_a_placement_of_a_closed_employer_cannot_be_published(session: Session) -> None:
    placement = a_placement(state="draft")
    placement.employer.closed_on = clock.today()
    with pytest.raises(DomainError):
        placing.publish(placement)
