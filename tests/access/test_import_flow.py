"""The way a file takes from being chosen to being read in or undone, whatever it holds."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from aktema.access.importing import operations, work
from aktema.access.importing.models import ImportFile, State
from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core import clock, jobs
from aktema.core.crypto import unseal_bytes
from aktema.core.errors import DomainError
from aktema.people.import_views import PARTICIPANTS
from tests.core.workbooks import workbook
from tests.support.imports import check, counts, csv_of, press, read_in, table_of, upload
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account

PREFIX = "/deltagare/import"
ALVA = {
    "first_name": "Alva",
    "last_name": "Ek",
    "birth_date": "1996-03-09",
    "communication": "Tal",
    "came_from": "Skola",
}
ONE = csv_of(PARTICIPANTS, [ALVA])
SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coordinator(sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.COORDINATOR, a_unit()))


def the_file(session: Session) -> ImportFile:
    session.expire_all()
    return session.scalars(select(ImportFile).order_by(ImportFile.id.desc()).limit(1)).one()


def test_every_role_but_two_is_refused(sign_in: SignIn) -> None:
    unit, statuses = a_unit(), {}
    for role in Role:
        held_in = unit if role in (Role.JOB_COACH, Role.COORDINATOR, Role.UNIT_MANAGER) else None
        statuses[role] = sign_in(an_account(role, held_in)).get(PREFIX).status
    open_to = {role for role, status in statuses.items() if status == 200}
    assert open_to == {Role.COORDINATOR, Role.UNIT_MANAGER}
    assert set(statuses.values()) == {200, 403}


def test_another_units_file_is_missing(sign_in: SignIn, coordinator: PageClient) -> None:
    address = check(coordinator, PREFIX, ONE)
    stranger = sign_in(an_account(Role.UNIT_MANAGER, a_unit()))
    assert [stranger.get(address + end).status for end in ("", "/kolumner")] == [404, 404]


def test_another_units_file_can_not_be_set_to_work(
    sign_in: SignIn, coordinator: PageClient, session: Session
) -> None:
    address = check(coordinator, PREFIX, ONE)
    stranger = sign_in(an_account(Role.UNIT_MANAGER, a_unit()))
    token = stranger.get(PREFIX).hidden()["csrf_token"]
    acts = ("las-in", "angra", "slang")
    assert [stranger.post(f"{address}/{act}", {"csrf_token": token}).status for act in acts] == [404] * 3
    assert the_file(session).state == State.CHECKED


def test_file_of_another_kind_is_missing(coordinator: PageClient) -> None:
    address = check(coordinator, PREFIX, ONE)
    assert coordinator.get(address.replace("/deltagare/", "/platser/")).status == 404


def test_template_has_every_heading_and_reads_back(coordinator: PageClient) -> None:
    answer = coordinator.get(f"{PREFIX}/mall.csv").response
    headings = answer.get_data().decode("utf-8-sig").strip().split(";")
    assert headings == [str(column.label) for column in PARTICIPANTS.columns]
    assert answer.mimetype == "text/csv"


def test_first_page_explains_each_column(coordinator: PageClient) -> None:
    words = coordinator.get(PREFIX).words
    assert [column.key for column in PARTICIPANTS.columns if str(column.help) not in words] == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom"),
        (b"   \n  ", "Filen är tom"),
        ("Förnamn;Efternamn\n".encode(), "Filen har rubriker men inga rader"),
        ("Förnamn;Efternamn\nЖан;Öberg\n".encode("cp1251", "replace"), "teckenkodning"),
        ("Förnamn;Efternamn\n=A1;Öberg\n".encode(), "Cell A2 innehåller en formel"),
        (workbook([["Förnamn", "Efternamn"], ["=1+1", "Ek"]]), "Cell A2 innehåller en formel"),
        (b"Namn\n" + b"Alva\n" * 10001, "Filen har fler än 10000 rader"),
        (b"%PDF-1.7 xxxx", "Filen är en PDF"),
        (b"PK\x03\x04 broken", "Filen är skadad"),
    ],
)
def test_odd_file_is_told_what_is_wrong(coordinator: PageClient, content: bytes, sentence: str) -> None:
    answer = upload(coordinator, PREFIX, content)
    assert answer.status == 422
    assert sentence in answer.words


def test_huge_file_is_refused_unread(session: Session) -> None:
    unit = a_unit()
    identity = act_as(an_account(Role.COORDINATOR, unit))
    with pytest.raises(DomainError) as refused:
        operations.upload(identity, PARTICIPANTS, unit_id=unit.id, content=b"N" * (10 * 1024 * 1024 + 1))
    assert refused.value.message == "Filen är större än 10 MB. Dela upp den i flera filer."


def test_no_file_is_told_to_choose_one(coordinator: PageClient) -> None:
    assert "Välj en fil." in coordinator.submit(PREFIX, {}).words


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ";"), ("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t")]
)
def test_swedish_letters_come_through_every_encoding(
    coordinator: PageClient, encoding: str, delimiter: str
) -> None:
    headings, rows = table_of(PARTICIPANTS, [{**ALVA, "first_name": "Åsa-Ärla"}])
    text = "\r\n".join(delimiter.join(cells) for cells in (headings, *rows))
    address = check(coordinator, PREFIX, text.encode(encoding))
    assert "Inga fel" in coordinator.get(address).words


def test_columns_are_guessed_and_can_be_corrected(coordinator: PageClient, session: Session) -> None:
    strange = "Vad hen heter;Släkten;Född;Kommunikation;Sysselsättning\nAlva;Ek;1996-03-09;Tal;Skola\n"
    columns = upload(coordinator, PREFIX, strange.encode())
    path = columns.response.request.path
    assert coordinator.submit(path, {}).status == 422
    coordinator.submit(path, {"column_first_name": "0", "column_last_name": "1"})
    jobs.run_next()
    assert the_file(session).state == State.CHECKED


def test_one_column_of_the_file_can_not_be_two_of_ours(coordinator: PageClient) -> None:
    path = upload(coordinator, PREFIX, ONE).response.request.path
    answer = coordinator.submit(path, {"column_first_name": "1"})
    assert answer.status == 422
    assert "Kolumnen är redan vald för" in answer.words


def test_unknown_column_number_is_refused(coordinator: PageClient) -> None:
    path = upload(coordinator, PREFIX, ONE).response.request.path
    assert coordinator.submit(path, {"column_first_name": "99"}).status == 422


def test_file_is_sealed_and_its_name_kept_nowhere(coordinator: PageClient, session: Session) -> None:
    upload(coordinator, PREFIX, ONE, "Alva Ek.csv")
    file = the_file(session)
    assert b"Alva" not in (file.content_sealed or b"") + (file.headings_json_sealed or b"")
    assert unseal_bytes(file.content_sealed or b"", f"ImportFile.content_sealed:{file.public_id}") == ONE


def test_content_is_gone_once_read_in(coordinator: PageClient, session: Session) -> None:
    read_in(coordinator, PREFIX, ONE)
    file = the_file(session)
    assert (file.content_sealed, file.headings_json_sealed, file.errors_json_sealed) == (None, None, None)
    with pytest.raises(LookupError):
        _ = file.content


def test_dry_run_shows_progress_until_it_is_over(coordinator: PageClient) -> None:
    path = upload(coordinator, PREFIX, ONE).response.request.path
    working = coordinator.submit(path, {})
    assert working.select("#work[hx-get] progress")
    assert working.select("noscript meta[http-equiv=refresh]")
    address = working.response.request.path
    jobs.run_next()
    over = coordinator.get(address, headers={"HX-Request": "true"})
    assert over.response.headers["HX-Refresh"] == "true"


def test_rows_done_are_reported(coordinator: PageClient, session: Session) -> None:
    check(coordinator, PREFIX, csv_of(PARTICIPANTS, [{**ALVA, "last_name": f"Ek{i}"} for i in range(300)]))
    job = the_file(session).job
    assert job is not None
    assert (job.done, job.total) == (300, 300)


def test_dry_run_changes_nothing(coordinator: PageClient) -> None:
    before = counts()
    check(coordinator, PREFIX, ONE)
    assert counts() == before


def test_faulty_file_can_not_be_read_in(coordinator: PageClient, session: Session) -> None:
    address = check(coordinator, PREFIX, csv_of(PARTICIPANTS, [{**ALVA, "birth_date": "9 mars"}]))
    token = coordinator.get(address).hidden("form[action$='/slang']")["csrf_token"]
    answer = coordinator.post(f"{address}/las-in", {"csrf_token": token})
    assert "Filen har redan kommit längre" in answer.soup.get_text()
    assert the_file(session).state == State.FAULTY


def test_reading_in_twice_reads_in_once(coordinator: PageClient, session: Session) -> None:
    address = read_in(coordinator, PREFIX, ONE)
    before = counts()
    work.insert(the_file(session).id, jobs.Progress(1))
    assert coordinator.get(address).status == 200
    assert counts() == before


def test_discarded_file_is_gone(coordinator: PageClient) -> None:
    address = check(coordinator, PREFIX, ONE)
    assert "Filen är borttagen" in press(coordinator, address, "slang").soup.get_text()
    assert coordinator.get(address).status == 404


def test_new_file_takes_the_unfinished_ones_place(coordinator: PageClient) -> None:
    first = check(coordinator, PREFIX, ONE)
    upload(coordinator, PREFIX, ONE)
    assert coordinator.get(first).status == 404


def test_unfinished_file_is_forgotten_after_a_week(coordinator: PageClient, session: Session) -> None:
    address = check(coordinator, PREFIX, ONE)
    session.execute(update(ImportFile).values(created_at=clock.now() - timedelta(days=8)))
    operations.forget_old_files()
    assert coordinator.get(address).status == 404


def test_finished_file_stays_in_the_list(coordinator: PageClient, session: Session) -> None:
    read_in(coordinator, PREFIX, ONE)
    session.execute(update(ImportFile).values(created_at=clock.now() - timedelta(days=80)))
    operations.forget_old_files()
    assert "Inläst" in coordinator.get(PREFIX).words


def test_broken_job_says_that_nothing_was_read_in(
    coordinator: PageClient, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    def breaks(*_all: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(jobs._kinds, operations.CHECK, breaks)
    address = check(coordinator, PREFIX, ONE)
    assert "Inget har lästs in" in coordinator.get(address).words
    assert the_file(session).may_be_checked


def test_right_lost_meanwhile_stops_the_job(sign_in: SignIn, session: Session) -> None:
    account = an_account(Role.COORDINATOR, a_unit())
    page = sign_in(account)
    address = check(page, PREFIX, ONE)
    press(page, address, "las-in")
    account.disabled_at = clock.now()
    session.commit()
    before = counts()
    jobs.run_next()
    assert counts() == before
    assert the_file(session).stage == State.FAILED


def test_every_act_is_traced_in_the_senders_name(sign_in: SignIn, session: Session) -> None:
    account = an_account(Role.COORDINATOR, a_unit())
    page = sign_in(account)
    press(page, read_in(page, PREFIX, ONE), "angra")
    rows = session.scalars(
        select(AccessEntry).where(AccessEntry.act == "import.run").order_by(AccessEntry.id)
    ).all()
    details = [row.detail for row in rows]
    assert details == [
        "participants upload",
        "participants check",
        "participants import",
        "participant",
        "undo",
        "participants undo",
    ]
    assert {(row.account_id, row.roles) for row in rows} == {(account.id, "coordinator")}


def test_person_with_two_units_chooses_one(sign_in: SignIn, session: Session) -> None:
    account, other = an_account(Role.COORDINATOR, a_unit()), a_unit("Linden")
    account.memberships.append(
        type(account.memberships[0])(role_code="coordinator", unit_id=other.id, from_date=clock.today())
    )
    page = sign_in(account)
    page.submit(PREFIX, {"unit": other.public_id, "file": (io.BytesIO(ONE), "a.csv")})
    assert the_file(session).unit_id == other.id


def test_file_that_is_only_uploaded_leads_to_its_columns(coordinator: PageClient) -> None:
    path = upload(coordinator, PREFIX, ONE).response.request.path
    assert coordinator.get(path.removesuffix("/kolumner")).response.request.path == path


def test_columns_of_a_file_that_is_read_in_can_not_be_changed(coordinator: PageClient) -> None:
    address = read_in(coordinator, PREFIX, ONE)
    assert coordinator.get(f"{address}/kolumner").response.request.path == address


@pytest.mark.parametrize(("act", "is_read_in"), [("angra", False), ("slang", True), ("las-in", True)])
def test_act_out_of_turn_changes_nothing(
    coordinator: PageClient, session: Session, act: str, is_read_in: bool
) -> None:
    address = (read_in if is_read_in else check)(coordinator, PREFIX, ONE)
    token = coordinator.get(PREFIX).hidden()["csrf_token"]
    state, before = the_file(session).state, counts()
    answer = coordinator.post(f"{address}/{act}", {"csrf_token": token})
    assert "Filen har redan kommit längre" in answer.soup.get_text()
    assert (the_file(session).state, counts()) == (state, before)


def test_file_that_is_read_in_can_not_be_checked_again(coordinator: PageClient, session: Session) -> None:
    read_in(coordinator, PREFIX, ONE)
    file = the_file(session)
    identity = act_as(session.get_one(Account, file.account_id))
    with pytest.raises(DomainError):
        operations.start_check(identity, PARTICIPANTS, file, file.mapping)
