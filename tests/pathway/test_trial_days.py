"""The days of a trial: one tap by staff, employer or person, and hours that flow into what is delivered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.pathway.check_in_codes import DaySource, Presence
from aktema.pathway.permissions import RECORD_TRIAL_DAY, SIGN_AGREEMENT
from aktema.pathway.signature_operations import SignatureFacts, sign
from aktema.pathway.trial_codes import EndReason, SignedHow
from aktema.pathway.trial_day_operations import DayMark, record_trial_day
from aktema.pathway.trial_day_page import days_view
from aktema.pathway.trial_day_queries import TrialDay, trial_days
from aktema.pathway.trial_models import AgreementDay
from aktema.pathway.trial_operations import EndFacts, interrupt_trial
from aktema.pathway.trial_states import Party, Whose
from aktema.plans import attendance_operations, attendance_queries
from aktema.plans.codes import Absence
from aktema.plans.models import Attendance
from aktema.steps.models import Step
from tests.support.attendance import BEGAN
from tests.support.lines import last_line
from tests.support.page import PageClient
from tests.support.people import act_as, an_account
from tests.support.plans import a_decision, an_order
from tests.support.signatures import Stay, a_stay
from tests.support.trials import NINE, TWELVE, a_version
from tests.support.trials import sign as signed_by

SignIn = Callable[[Account], PageClient]
TODAY, DAY = clock.today(), timedelta(days=1)
THREE_HOURS = 180
COACHS = SignatureFacts(party=Party.COACH, how=SignedHow.SIGNED_IN, name="Kim")


@pytest.fixture
def stay(session: Session) -> Stay:
    return a_stay(from_date=TODAY - 3 * DAY, to_date=TODAY + 10 * DAY)


def written(session: Session) -> list[tuple[int, str | None, str]]:
    session.expire_all()
    rows = session.scalars(select(Attendance).order_by(Attendance.id))
    return [(row.minutes, row.absence, row.source) for row in rows]


def first_day(stay: Stay) -> TrialDay:
    return trial_days(stay.trial, TODAY)[-1]


def mark(stay: Stay, presence: Presence = Presence.PRESENT, **values: object) -> DayMark:
    facts = {"source": DaySource.STAFF, "account_id": stay.coach.id, **values}
    return DayMark(presence=presence, **facts)  # type: ignore[arg-type]  # the table of values below is checked there


def record(stay: Stay, presence: Presence = Presence.PRESENT, **values: object) -> None:
    act_as(stay.coach)
    record_trial_day(stay.trial, first_day(stay), mark(stay, presence, **values), RECORD_TRIAL_DAY)


@pytest.mark.parametrize(
    ("presence", "values", "line", "own_line"),
    [
        (Presence.PRESENT, {}, "Här hela tiden.", "Du var på jobbet hela dagen."),
        (
            Presence.PART,
            {"minutes": 60, "absence": Absence.MEDICAL_VISIT},
            "Här en del av tiden, 1 timme, besök i vården.",
            "Du var på jobbet en del av dagen.",
        ),
        (Presence.ABSENT, {"absence": Absence.ILL}, "Inte här, sjuk.", "Du var borta från jobbet."),
    ],
)
def test_a_day_is_a_line_on_its_day_in_two_wordings(
    stay: Stay, session: Session, presence: Presence, values: dict[str, object], line: str, own_line: str
) -> None:
    record(stay, presence, source=DaySource.EMPLOYER, **values)
    step = session.scalars(select(Step)).one()
    assert (step.contact_type, step.happened_on) == ("trial_day", first_day(stay).day)
    assert last_line() == ("employer", f"{stay.trial.placement.title}. {line}", own_line)


def test_a_day_put_right_says_so(stay: Stay, session: Session) -> None:
    record(stay)
    session.commit()
    record(stay, Presence.ABSENT, absence=Absence.ILL)
    assert "Inte här, sjuk, ändrat efteråt." in last_line()[1]


def test_days_are_folded_away_on_the_timeline_until_asked_for(
    sign_in: SignIn, stay: Stay, session: Session
) -> None:
    record(stay, source=DaySource.EMPLOYER)
    session.commit()
    path, browser = f"/deltagare/{stay.person.public_id}/tidslinje", sign_in(stay.coach)
    folded, whole = browser.get(path), browser.get(f"{path}?dagar=1")
    assert ("Här hela tiden" in folded.words, "Här hela tiden" in whole.words) == (False, True)
    assert "Arbetsgivaren" in whole.words
    assert (folded.select("a[href$='dagar=1']"), whole.select(f"a[href$='{path}']")) != ([], [])


def test_one_tap_writes_a_whole_day(sign_in: SignIn, stay: Stay, session: Session) -> None:
    sign_in(stay.coach).submit(stay.path(), {}, css='form[action*="/dagar/"]')
    assert written(session) == [(THREE_HOURS, None, "staff")]


def test_the_supervisor_writes_a_day_with_one_tap_by_link(
    page: PageClient, stay: Stay, session: Session
) -> None:
    page.submit(f"/avstamning/{stay.link(Purpose.CHECK_IN)}", {}, css='form[action*="/dagar/"]')
    assert written(session) == [(THREE_HOURS, None, "employer")]


def test_a_part_of_a_day_and_why(page: PageClient, stay: Stay, session: Session) -> None:
    path = f"/avstamning/{stay.link(Purpose.CHECK_IN)}/dagar/{first_day(stay).day.isoformat()}"
    page.submit(path, {"presence": "part", "minutes": "1,5", "absence": "transport_failed"})
    assert written(session) == [(90, "transport_failed", "employer")]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"presence": "absent"},
        {"presence": "part"},
        {"presence": "part", "minutes": "3"},
        {"presence": "part", "minutes": "NaN"},
        {"presence": "there"},
        {"presence": "absent", "absence": "not_planned"},
    ],
)
def test_what_is_missing_or_wrong_is_said(
    sign_in: SignIn, stay: Stay, session: Session, sent: dict[str, str]
) -> None:
    path = stay.path(f"/dagar/{first_day(stay).day.isoformat()}")
    answer = sign_in(stay.coach).submit(path, sent)
    assert (answer.status, written(session)) == (422, [])


@pytest.mark.parametrize("day", ["igar", "2020-01-01", "2099-01-01", "\u0663"])
def test_a_day_that_was_not_agreed_is_missing(sign_in: SignIn, stay: Stay, day: str) -> None:
    assert sign_in(stay.coach).get(stay.path(f"/dagar/{day}")).status == 404


def test_the_same_twice_is_one_row(stay: Stay, session: Session) -> None:
    record(stay)
    session.commit()
    record(stay)
    assert written(session) == [(THREE_HOURS, None, "staff")]


def test_the_same_from_somebody_else_is_a_row_of_its_own_and_no_change(stay: Stay, session: Session) -> None:
    record(stay)
    session.commit()
    record(stay, source=DaySource.EMPLOYER)
    assert written(session) == [(THREE_HOURS, None, "staff"), (THREE_HOURS, None, "employer")]
    assert last_line()[1].endswith("Här hela tiden.")


def test_a_later_row_counts(stay: Stay, session: Session) -> None:
    record(stay)
    record(stay, Presence.ABSENT, absence=Absence.ILL)
    session.commit()
    found = first_day(stay).standing
    assert found is not None
    assert (found.minutes, found.absence) == (0, "ill")


def test_old_days_are_staffs_to_write(session: Session) -> None:
    stay = a_stay(from_date=TODAY - 40 * DAY, to_date=TODAY + 3 * DAY)
    with pytest.raises(DomainError):
        record(stay, source=DaySource.EMPLOYER)
    record(stay)
    assert written(session) == [(THREE_HOURS, None, "staff")]


def test_the_hours_flow_into_what_is_delivered(stay: Stay, session: Session) -> None:
    decision = a_decision(stay.person, from_date=BEGAN)
    order = an_order(decision, stay.who.unit, answer="accepted", first_day=BEGAN)
    record(stay, source=DaySource.EMPLOYER)
    session.commit()
    weeks = attendance_queries.weeks_of(act_as(stay.coach), stay.person)
    told = [(week.delivered, list(week.reporters)) for week in weeks if week.delivered]
    assert told == [(THREE_HOURS, ["arbetsplatsen"])]
    assert session.scalars(select(Attendance.order_id)).all() == [order.id]


def test_what_the_unit_puts_right_is_of_the_trial_too(stay: Stay, session: Session) -> None:
    order = an_order(
        a_decision(stay.person, from_date=BEGAN),
        stay.who.unit,
        answer="accepted",
        coordinator=stay.who.coordinator,
        first_day=BEGAN,
    )
    record(stay)
    session.commit()
    identity, day = act_as(stay.who.coordinator), first_day(stay).day
    group = attendance_queries.group_of(identity, day)
    expected = next(one for one in group if (one.order.id, one.trial_id) == (order.id, stay.trial.id))
    corrected = attendance_operations.Mark(expected=expected, minutes=60, absence=Absence.ILL)
    attendance_operations.record_day(identity, day, [corrected])
    session.commit()
    standing = first_day(stay).standing
    assert standing is not None
    assert (standing.minutes, standing.absence) == (60, "ill")


def test_somebody_without_day_activity_can_be_written_up(stay: Stay, session: Session) -> None:
    record(stay)
    assert session.scalars(select(Attendance.order_id)).all() == [None]


def test_the_page_says_what_the_days_come_to(stay: Stay) -> None:
    record(stay, Presence.PART, minutes=60)
    found = days_view(act_as(stay.coach), stay.trial, TODAY)
    assert found is not None
    assert (found.attended, found.planned) == ("1 timme", "3 timmar")
    assert found.unwritten == len(found.rows) - 1


def test_after_it_was_broken_off_no_day_is_asked_for(stay: Stay, session: Session) -> None:
    stay.trial.interrupted_on, stay.trial.interrupted_by = TODAY - 2 * DAY, "person"
    session.commit()
    assert max(one.day for one in trial_days(stay.trial, TODAY)) < TODAY - 2 * DAY


def test_a_trial_is_not_broken_off_before_a_day_somebody_was_there(stay: Stay) -> None:
    """The days would vanish from the trial and go on counting as delivered."""
    record(stay, Presence.PART, minutes=60)
    been = first_day(stay).day
    broken_off = EndFacts(whose=Whose.PERSON, reason=EndReason.HEALTH)
    with pytest.raises(DomainError) as problem:
        interrupt_trial(stay.trial, broken_off, been)
    assert (problem.value.field, been.isoformat() in str(problem.value.message)) == ("day", True)
    interrupt_trial(stay.trial, broken_off, been + DAY)
    assert stay.trial.interrupted_on == been + DAY


def test_a_trial_is_broken_off_from_a_day_somebody_was_away(stay: Stay) -> None:
    record(stay)
    record(stay, Presence.ABSENT, absence=Absence.ILL)
    away = first_day(stay).day
    interrupt_trial(stay.trial, EndFacts(whose=Whose.PERSON, reason=EndReason.HEALTH), away)
    assert stay.trial.interrupted_on == away


def test_a_change_that_drops_a_day_somebody_was_there_is_not_signed(stay: Stay) -> None:
    """It may have been drafted, and sent, before the day came."""
    begins, newest = first_day(stay).day, trial_days(stay.trial, TODAY)[0]
    act_as(stay.coach)
    record_trial_day(stay.trial, newest, mark(stay), RECORD_TRIAL_DAY)
    been = newest.day
    version = a_version(stay.trial, from_date=begins, to_date=been + DAY)
    version.asked_at = clock.now()
    version.days = [one for one in version.days if one.day != been]
    with pytest.raises(DomainError) as problem:
        sign(stay.trial, COACHS, SIGN_AGREEMENT)
    assert been.isoformat() in str(problem.value.message)
    version.days.append(AgreementDay(day=been, starts_at=NINE, ends_at=TWELVE))
    assert sign(stay.trial, COACHS, SIGN_AGREEMENT).agreement_id == version.id


def test_a_person_who_cannot_sign_such_a_change_is_told_whom_to_talk_to(sign_in: SignIn, stay: Stay) -> None:
    act_as(stay.coach)
    record_trial_day(stay.trial, trial_days(stay.trial, TODAY)[0], mark(stay), RECORD_TRIAL_DAY)
    version = a_version(stay.trial, from_date=first_day(stay).day, to_date=TODAY + DAY, days=False)
    version.asked_at = clock.now()
    page = sign_in(stay.who.account).submit(stay.agreement_path, {}, css=".picture-row form")
    assert "Prata med din coach" in page.words
    assert version.signatures == []


def test_why_somebody_else_said_they_were_away_is_not_the_employers_to_see(
    page: PageClient, stay: Stay, session: Session
) -> None:
    record(stay, Presence.ABSENT, absence=Absence.ILL)
    session.commit()
    path = f"/avstamning/{stay.link(Purpose.CHECK_IN)}"
    assert "sjuk" not in page.get(path).words.lower()
    form = page.get(f"{path}/dagar/{first_day(stay).day.isoformat()}")
    assert form.select('option[value="ill"][selected]') == []


@pytest.mark.parametrize(
    ("speakers", "is_own_word_last"),
    [((DaySource.EMPLOYER, DaySource.STAFF), False), ((DaySource.STAFF, DaySource.EMPLOYER), True)],
)
def test_an_employers_page_is_the_same_whatever_reason_staff_wrote(
    page: PageClient, stay: Stay, session: Session, speakers: tuple[DaySource, ...], is_own_word_last: bool
) -> None:
    """Else an employer could find the reason by trying each, and looking whether its own word came to stand."""
    path, seen = f"/avstamning/{stay.link(Purpose.CHECK_IN)}", set()
    for why in (Absence.ILL, Absence.HOLIDAY):
        for source in speakers:
            absence = why if source is DaySource.STAFF else Absence.ILL
            record(stay, Presence.ABSENT, absence=absence, source=source)
            session.commit()
        seen.add(page.get(path).words)
    assert ["sjuk" in words.lower() for words in seen] == [is_own_word_last]


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.UNIT_MANAGER])
def test_whoever_reads_a_trial_reads_all_its_days(session: Session, sign_in: SignIn, role: Role) -> None:
    long = a_stay(from_date=TODAY - 30 * DAY, to_date=TODAY + DAY)
    reader = long.coach if role is Role.JOB_COACH else an_account(role, long.who.unit)
    page = sign_in(reader).get(long.path())
    (link,) = page.select(f'a[href="{long.path("/dagar")}"]')
    assert "Närvaro på provplatsen" in sign_in(reader).get(link["href"]).words


def test_an_employer_with_an_account_writes_days_too(sign_in: SignIn, stay: Stay, session: Session) -> None:
    path = f"/min-arbetsplats/provplatser/{stay.trial.public_id}"
    sign_in(stay.employer_account()).submit(path, {}, css='form[action*="/dagar/"]')
    assert written(session) == [(THREE_HOURS, None, "employer")]


def test_an_employer_is_asked_to_sign_a_change_when_the_person_has(
    sign_in: SignIn, stay: Stay, session: Session
) -> None:
    browser = sign_in(stay.employer_account())
    path = f"/min-arbetsplats/provplatser/{stay.trial.public_id}"
    change = a_version(stay.trial, from_date=TODAY - 3 * DAY, to_date=TODAY + 20 * DAY)
    signed_by(change, Party.COACH)
    session.commit()
    assert "Läs och skriv under" not in browser.get(path).words
    signed_by(change, Party.PERSON)
    session.commit()
    assert "Läs och skriv under" in browser.get(path).words
