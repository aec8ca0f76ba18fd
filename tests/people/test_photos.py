"""A person's own photos and the pictures they surely know: kept safely, seen by those who may, gone when removed."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core.db import Base, db
from aktema.core.errors import DomainError
from aktema.core.files import StoredFile, content_of, store
from aktema.people import photo_operations
from aktema.people.codes import Source
from aktema.people.models import Participant
from aktema.people.photo_models import KnownPicture, Photo
from aktema.people.photo_operations import add_photo, set_known
from aktema.people.photo_queries import (
    address_of_ref,
    content_of_ref,
    contents_of_refs,
    find_pictures_for,
    list_known,
    list_photos,
)
from aktema.vocabulary.symbol_queries import ChosenPicture
from tests.conftest import QueryCount
from tests.core.test_pictures import CANARY, with_everything_in_it
from tests.support.page import Page, PageClient, filled_in
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.symbols import a_picture, a_png

BREAD, HOUSE = "moji:1F35E", "moji:1F3E0"


@pytest.fixture
def page(sign_in: Callable[[Account], PageClient], coach: Account, person: Participant) -> PageClient:
    return sign_in(coach)


def path_of(person: Participant, rest: str = "") -> str:
    return f"/deltagare/{person.public_id}/bilder{rest}"


def send(page: PageClient, person: Participant, content: bytes, word: str = "Bussen") -> Page:
    file = (io.BytesIO(content), "foto.jpg")
    return page.submit(path_of(person, "/ny"), {"file": file, "word": word})


def a_photo(identity: Identity, person: Participant, word: str = "Mamma") -> Photo:
    return add_photo(identity, person, content=a_picture("JPEG"), word=word)


def know(
    identity: Identity, person: Participant, known: list[ChosenPicture], source: Source = Source.OWN
) -> None:
    """Tell on a page that showed everything told before."""
    set_known(identity, person, known, source=source, shown={one.ref for one in list_known(person.id)})
    db.session.flush()


def how_many(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def pictures(*refs: str, word: str = "Ord") -> list[ChosenPicture]:
    return [ChosenPicture(ref=ref, word=word) for ref in refs]


def test_a_photo_is_shown_with_its_word(page: PageClient, person: Participant) -> None:
    shown = send(page, person, a_picture("JPEG"))
    image = page.client.get(str(shown.select(".picture-photo")[0]["src"]))
    assert (shown.status, "Bussen" in shown.words) == (200, True)
    assert (image.headers["Content-Type"], image.headers["Cache-Control"]) == ("image/jpeg", "no-store")


def test_nothing_that_the_camera_wrote_is_stored(page: PageClient, person: Participant) -> None:
    send(page, person, with_everything_in_it())
    assert CANARY not in content_of(db.session.scalars(select(StoredFile)).one())


def test_the_word_may_name_somebody_and_lies_sealed(writer: Identity, person: Participant) -> None:
    photo = a_photo(writer, person, "Mamma Kerstin")
    db.session.flush()
    assert b"Kerstin" not in (photo.word_sealed or b"")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hej", "går inte att läsa som en bild"),
        (a_picture("GIF", "P"), "går inte att läsa som en bild"),
        (a_png()[:50], "går inte att läsa som en bild"),
        (b"", "går inte att läsa som en bild"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "går inte att läsa som en bild"),
    ],
)
def test_what_is_no_photo_is_refused_and_the_word_kept(
    page: PageClient, person: Participant, content: bytes, said: str
) -> None:
    answer = send(page, person, content, "Bussen")
    assert (answer.status, said in answer.words) == (422, True)
    assert answer.select("input[name=word][value=Bussen]")
    assert how_many(StoredFile) == 0


def test_a_photo_of_more_than_ten_megabytes_is_refused(writer: Identity, person: Participant) -> None:
    with pytest.raises(DomainError) as refused:
        add_photo(writer, person, content=b"x" * (photo_operations.MOST_BYTES + 1), word="Buss")
    assert (refused.value.field, how_many(Photo)) == ("file", 0)


def test_a_person_has_so_many_photos_and_no_more(
    writer: Identity, person: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_operations, "MOST_PHOTOS", 1)
    a_photo(writer, person)
    with pytest.raises(DomainError, match="None"):
        a_photo(writer, person)


def test_no_photo_is_taken_in_of_somebody_with_protected_identity(page: PageClient, coach: Account) -> None:
    hidden = a_participant(coach=coach, has_protected_identity=True)
    answer = send(page, hidden, a_picture("JPEG"))
    assert "Personen har skyddade personuppgifter. Då sparar vi inga foton." in answer.words
    assert (answer.status, how_many(Photo), how_many(StoredFile)) == (422, 0, 0)


def test_photos_are_gone_from_every_page_once_the_identity_is_protected(
    page: PageClient, writer: Identity, person: Participant
) -> None:
    photo = a_photo(writer, person)
    know(writer, person, pictures(photo.ref, word="Mamma"))
    person.has_protected_identity = True
    db.session.commit()
    statuses = page.client.get(address_of_ref(photo.ref)).status_code, page.get(path_of(person)).status
    assert statuses == (404, 200)
    assert "Inga foton sparas" in page.get(path_of(person)).words
    assert (list_photos(person), content_of_ref(person.id, photo.ref)) == ((), None)
    assert find_pictures_for(person, "mamma") == ()


def test_a_removed_photo_is_gone_with_its_file_and_from_the_known_ones(
    page: PageClient, writer: Identity, person: Participant
) -> None:
    photo = a_photo(writer, person)
    know(writer, person, pictures(photo.ref, BREAD))
    db.session.commit()
    button = page.get(path_of(person)).soup.select_one("form[action$='/ta-bort']")
    page.post(str(button["action"]), filled_in(button))
    assert (how_many(Photo), how_many(StoredFile)) == (0, 0)
    assert [known.ref for known in list_known(person.id)] == [BREAD]


@pytest.mark.parametrize(
    ("role", "kind", "sees", "keeps", "tells"),
    [
        (Role.JOB_COACH, "coach", True, True, True),
        (Role.COORDINATOR, "coordinator", True, True, True),
        (Role.LSS_HANDLER, "handler", True, True, False),
        (Role.UNIT_MANAGER, "provider", True, False, False),
    ],
)
def test_those_who_work_with_the_person_see_photos_and_keep_them(
    sign_in: Callable[[Account], PageClient], role: Role, kind: str, sees: bool, keeps: bool, tells: bool
) -> None:
    unit = a_unit()
    account = an_account(role, None if role is Role.LSS_HANDLER else unit)
    person = a_participant()
    account_of = None if kind == "provider" else account
    an_assignment(person, kind=kind, account=account_of, unit=None if kind == "handler" else unit)
    browser = sign_in(account)
    statuses = [browser.get(path_of(person, rest)).status for rest in ("", "/ny", "/kanner-igen")]
    assert statuses == [200 if sees else 403, 200 if keeps else 403, 200 if tells else 403]


def test_nobody_else_sees_anything_of_them(
    sign_in: Callable[[Account], PageClient], writer: Identity, person: Participant
) -> None:
    photo = a_photo(writer, person)
    stranger = sign_in(an_account(Role.JOB_COACH, a_unit()))
    paths = (path_of(person), path_of(person, "/ny"), path_of(person, "/val"), address_of_ref(photo.ref))
    assert {stranger.client.get(path).status_code for path in paths} == {404}


def test_a_photo_of_somebody_else_cannot_be_removed_under_this_persons_address(
    page: PageClient, writer: Identity, person: Participant, coach: Account
) -> None:
    photo = a_photo(writer, a_participant(coach=coach))
    token = page.get(path_of(person, "/ny")).hidden()["csrf_token"]
    answer = page.post(path_of(person, f"/{photo.public_id}/ta-bort"), {"csrf_token": token})
    assert (answer.status, how_many(Photo)) == (404, 1)


def test_every_look_at_a_photo_leaves_a_trace(
    page: PageClient, writer: Identity, person: Participant
) -> None:
    photo = a_photo(writer, person)
    db.session.commit()
    page.client.get(address_of_ref(photo.ref))
    last = db.session.scalars(select(AccessEntry).order_by(AccessEntry.id.desc())).first()
    assert last is not None
    assert (last.kind, last.act, last.participant_id) == (audit.READ, "document.show_photo", person.id)


def test_what_is_done_to_photos_leaves_a_trace_without_words(writer: Identity, person: Participant) -> None:
    photo_operations.remove_photo(person, a_photo(writer, person, "Kerstin"))
    written = select(AccessEntry).where(AccessEntry.act == "document.upload")
    rows = db.session.scalars(written.order_by(AccessEntry.id))
    assert [(row.object_kind, row.detail) for row in rows] == [("photo", "add"), ("photo", "remove")]


def test_known_pictures_are_added_and_taken_away_in_one_form(page: PageClient, person: Participant) -> None:
    page.submit(
        path_of(person, "/kanner-igen"),
        {"pictures": [BREAD, HOUSE], f"pictures-word:{BREAD}": "Bröd", f"pictures-word:{HOUSE}": "Hem"},
    )
    form = filled_in(page.get(path_of(person, "/kanner-igen")).soup.select_one("main form"))
    page.post(path_of(person, "/kanner-igen"), {**form, "pictures": [HOUSE]})
    assert [(known.ref, known.word, known.source) for known in list_known(person.id)] == [
        (HOUSE, "Hem", "own")
    ]


def test_what_was_told_before_keeps_its_day_and_its_source(writer: Identity, person: Participant) -> None:
    know(writer, person, pictures(BREAD))
    know(writer, person, pictures(BREAD, HOUSE, word="Nytt"), Source.STAFF)
    assert [(known.source, known.word) for known in list_known(person.id)] == [
        ("own", "Nytt"),
        ("staff", "Nytt"),
    ]


def test_what_somebody_else_told_meanwhile_stays(writer: Identity, person: Participant) -> None:
    know(writer, person, pictures(BREAD, HOUSE))
    set_known(writer, person, [], source=Source.OWN, shown=[BREAD])
    assert [known.ref for known in list_known(person.id)] == [HOUSE]


def test_a_picture_that_is_nowhere_is_not_known(
    page: PageClient, person: Participant, coach: Account
) -> None:
    others = a_photo(act_as(coach), a_participant(coach=coach))
    for ref in ("moji:1F9FF", f"symbol:{'a' * 22}", others.ref):
        answer = page.submit(
            path_of(person, "/kanner-igen"), {"pictures": [ref], f"pictures-word:{ref}": "Ord"}
        )
        assert (answer.status, "finns inte längre" in answer.words) == (422, True)
    assert how_many(KnownPicture) == 0


def test_known_pictures_come_first_with_a_mark_then_photos_then_others(
    writer: Identity, person: Participant
) -> None:
    photo = a_photo(writer, person, "Bröd hemma")
    know(writer, person, [ChosenPicture(ref=HOUSE, word="Brödkorgens hus")])
    found = [(picture.ref, picture.is_known) for picture in find_pictures_for(person, "bröd")]
    assert found[:3] == [(HOUSE, True), (photo.ref, False), (BREAD, False)]


def test_without_a_word_the_known_pictures_and_photos_are_offered(
    writer: Identity, person: Participant
) -> None:
    photo = a_photo(writer, person)
    know(writer, person, pictures(BREAD))
    assert [picture.ref for picture in find_pictures_for(person, "")] == [BREAD, photo.ref]


def test_a_picture_is_read_by_its_reference(writer: Identity, person: Participant, coach: Account) -> None:
    photo = a_photo(writer, person)
    content, media_type = content_of_ref(person.id, photo.ref) or (b"", "")
    assert (content[:3], media_type) == (b"\xff\xd8\xff", "image/jpeg")
    assert content_of_ref(a_participant(coach=coach).id, photo.ref) is None


@pytest.mark.parametrize(
    "ref", ["", "x", "moji:", "moji:../../../etc/passwd", "moji:FFFFF", "symbol:x", "photo:x"]
)
def test_a_reference_to_nothing_gives_nothing(person: Participant, ref: str) -> None:
    assert content_of_ref(person.id, ref) is None


def test_many_pictures_are_read_in_two_statements(
    writer: Identity, person: Participant, queries: QueryCount
) -> None:
    refs = [BREAD, HOUSE, *(a_photo(writer, person).ref for _number in range(5)), f"symbol:{'a' * 22}"]
    db.session.expire_all()
    number = person.id
    queries.statements.clear()
    assert len(contents_of_refs(number, refs)) in (5, 7)  # the built-in ones where they are installed
    assert len(queries) == 2


def test_the_page_asks_the_same_few_questions_however_many_photos(
    page: PageClient, writer: Identity, person: Participant, queries: QueryCount
) -> None:
    counts = []
    for more in (1, 12):
        for number in range(more):
            a_photo(writer, person, f"Foto {number}")
        db.session.commit()
        for rest in ("", "/kanner-igen", "/val?x-q=foto"):
            queries.statements.clear()
            page.client.get(path_of(person, rest))
            counts.append(len(queries))
    assert (counts[:3], max(counts) <= 12) == (counts[3:], True)


def test_a_photo_and_a_file_stand_and_fall_together(writer: Identity, person: Participant) -> None:
    kept = store(b"x", "application/pdf")
    photo_operations.remove_photo(person, a_photo(writer, person))
    assert db.session.scalars(select(StoredFile)).all() == [kept]
