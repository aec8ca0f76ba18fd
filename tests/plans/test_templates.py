"""Templates on their pages: made, changed in versions, read, put away, and begun a plan with."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.access.roles import STAFF_ROLES, UNIT_ROLES, Role
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.plans import template_operations as operations
from aktema.plans import template_queries as queries
from aktema.plans.rules.template_content import Template
from aktema.plans.template_models import SharedTemplate, TemplateVersion
from tests.conftest import QueryCount
from tests.support.page import PageClient, filled_in
from tests.support.people import a_unit, act_as, an_account
from tests.support.templates import (
    KITCHEN,
    a_goal,
    a_plan_template,
    a_question,
    a_question_set,
    a_sheet,
    a_template,
    an_activity,
)

Browser = Callable[[Account], PageClient]
PLAN_FORM = {
    "title": "Komma igång på kafé",
    "goals-0-life_area": "d8",
    "goals-0-text-standard": "Prova ett kafé",
    "goals-0-text-easy": "Jag provar ett kafé.",
    "goals-0-measure-standard": "Tre dagar i rad",
}
ACTIVITY = {
    "goals-0-activities-0-what-standard": "Dukar",
    "goals-0-activities-0-weekdays": ["0", "2"],
    "goals-0-activities-0-starts_at": "9",
    "goals-0-activities-0-ends_at": "10.30",
    "goals-0-activities-0-support_level": "2",
}


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def page(sign_in: Browser, coach: Account) -> PageClient:
    return sign_in(coach)


@pytest.fixture
def held(coach: Account) -> SharedTemplate:
    return a_template(act_as(coach))


def newest() -> SharedTemplate:
    return db.session.scalars(select(SharedTemplate).order_by(SharedTemplate.id.desc())).first()  # type: ignore[return-value]  # the test has made one


def says(template: SharedTemplate) -> Template:
    return queries.content_of(queries.newest(template))


def traces(kind: str = "template") -> list[str]:
    rows = select(AccessEntry.detail).where(AccessEntry.object_kind == kind).order_by(AccessEntry.id)
    return list(db.session.scalars(rows))


# Making


def test_a_coach_makes_a_plan_template(page: PageClient) -> None:
    answer = page.submit("/mallar/ny?slag=planer", {**PLAN_FORM, **ACTIVITY})
    assert "Komma igång på kafé" in answer.words
    activity = says(newest()).goals[0].activities[0]
    assert (activity.words["what"].standard, activity.pattern.weekdays, activity.pattern.ends_at) == (
        "Dukar",
        5,
        630,
    )


def test_what_is_made_leaves_a_trace(page: PageClient) -> None:
    page.submit("/mallar/ny?slag=planer", PLAN_FORM)
    assert traces() == ["create"]


def test_a_sheet_takes_pictures_with_their_words(page: PageClient) -> None:
    page.submit(
        "/mallar/ny?slag=bildkartor",
        {"title": "I köket", "columns": "4", "pictures": "moji:1F373", "pictures-word:moji:1F373": "steka"},
    )
    assert [(one.word, one.moji) for one in says(newest()).pictures] == [("steka", "1F373")]


def test_a_set_of_questions_has_a_picture_and_a_way_to_answer_for_each(page: PageClient) -> None:
    page.submit(
        "/mallar/ny?slag=fragor",
        {
            "title": "Hur är det?",
            "questions-0-text": "Trivs du?",
            "questions-0-scale": "faces",
            "questions-0-picture": "moji:1F642",
            "questions-0-picture-word:moji:1F642": "glad",
        },
    )
    question = says(newest()).questions[0]
    assert (question.text, question.scale.value, question.picture and question.picture.moji) == (
        "Trivs du?",
        "faces",
        "1F642",
    )


def test_which_sort_is_asked_first(page: PageClient) -> None:
    links = {link["href"] for link in page.get("/mallar/ny").select("main .card a")}
    assert links == {f"/mallar/ny?slag={name}" for name in ("planer", "bildkartor", "fragor")}


@pytest.mark.parametrize("path", ["/mallar?slag=annat", "/mallar/ny?slag=annat"])
def test_a_sort_that_is_none_is_a_missing_page(page: PageClient, path: str) -> None:
    assert page.get(path).status == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "Fyll i det här."),
        ({"goals-0-text-standard": ""}, "Fyll i det här."),
        ({"goals-0-life_area": ""}, "Välj ett livsområde."),
        ({"goals-0-text-standard": "x" * 2001}, "för lång"),
        ({"goals-0-text-pictures": "photo:" + "a" * 22}, "Skriv ett ord till varje bild."),
        (
            {
                "goals-0-text-pictures": "photo:" + "a" * 22,
                "goals-0-text-pictures-word:photo:" + "a" * 22: "jag",
            },
            "Egna foton kan inte vara med i en mall.",
        ),
        ({**ACTIVITY, "goals-0-activities-0-ends_at": "8"}, "Sluttiden ska vara efter starttiden."),
        ({"goals-0-key": "../x"}, "ligger utanför"),
        ({**ACTIVITY, "goals-0-key": "k", "goals-0-activities-0-key": "k"}, "säger samma sak två gånger"),
        ({"title": "a\u202eb"}, "tecken som inte går att spara"),
    ],
)
def test_what_cannot_be_a_template_is_told_and_nothing_is_saved(
    page: PageClient, typed: dict[str, str], told: str
) -> None:
    answer = page.submit("/mallar/ny?slag=planer", {**PLAN_FORM, **typed})
    assert (answer.status, told in answer.words) == (422, True)
    assert db.session.scalar(select(SharedTemplate.id)) is None


@pytest.mark.parametrize("name", ["goals-²-key", "goals-99999999999999999999-key", "goals--key", "goals-x"])
def test_parts_with_strange_numbers_are_left_out(page: PageClient, name: str) -> None:
    page.submit("/mallar/ny?slag=planer", {**PLAN_FORM, name: "x"})
    assert len(says(newest()).goals) == 1


# Parts are added and taken away without saving


def test_a_part_more_keeps_what_is_typed_and_saves_nothing(page: PageClient) -> None:
    answer = page.submit("/mallar/ny?slag=planer", {**PLAN_FORM, "about": "För alla", "add": "goals"})
    assert (answer.status, len(answer.select("[id='goals-1-text-standard']"))) == (200, 1)
    assert answer.select("textarea[name=about]")[0].text.strip() == "För alla"
    assert db.session.scalar(select(SharedTemplate.id)) is None


def test_an_activity_is_added_to_its_own_goal(page: PageClient) -> None:
    answer = page.submit("/mallar/ny?slag=planer", {**PLAN_FORM, "add": "goals-0-activities"})
    assert len(answer.select("[id='goals-0-activities-0-what-standard']")) == 1


def test_a_part_is_taken_away(page: PageClient) -> None:
    two = {**PLAN_FORM, "goals-1-life_area": "d7", "goals-1-text-standard": "Ett mål till"}
    answer = page.submit("/mallar/ny?slag=planer", {**two, "remove": "goals-0"})
    assert [one["name"] for one in answer.select("textarea[name$='-text-standard']")] == [
        "goals-1-text-standard"
    ]


def test_no_more_parts_than_fit_are_added(page: PageClient) -> None:
    goals = {f"goals-{number}-text-standard": "x" for number in range(6)}
    answer = page.submit("/mallar/ny?slag=planer", {**goals, "add": "goals"})
    assert len(answer.select("textarea[name$='-text-standard']")) == 6


def test_a_picture_is_looked_for_without_saving(page: PageClient) -> None:
    answer = page.submit(
        "/mallar/ny?slag=bildkartor",
        {"title": "x", "pictures-q": "blomma", "search_picture": "pictures"},
    )
    assert (answer.status, "Blomma" in answer.text or "moji:" in answer.text) == (200, True)


# Versions


def edit(held: SharedTemplate) -> str:
    return f"/mallar/{held.public_id}/andra"


def test_a_change_is_a_new_version_and_the_old_one_stands(page: PageClient, held: SharedTemplate) -> None:
    page.submit(edit(held), {"goals-0-text-standard": "Prova två kaféer"})
    versions = queries.versions_of(held)
    texts = [queries.content_of(one).goals[0].words["text"].standard for one in versions]
    assert texts == ["Prova två kaféer", "Prova ett kafé"]


def test_saving_without_a_change_makes_no_version(page: PageClient, held: SharedTemplate) -> None:
    answer = page.submit(edit(held), {})
    assert (answer.status, "Inget är ändrat" in answer.words) == (422, True)
    assert db.session.query(TemplateVersion).count() == 1


@pytest.mark.parametrize("content", [a_sheet(KITCHEN), a_question_set(a_question(picture=KITCHEN))])
def test_the_form_says_what_every_sort_of_template_says(
    page: PageClient, coach: Account, content: Template
) -> None:
    held = a_template(act_as(coach), content)
    answer = page.submit(edit(held), {})
    assert "Inget är ändrat" in answer.words


def test_the_title_in_the_list_is_that_of_the_newest_version(page: PageClient, held: SharedTemplate) -> None:
    page.submit(edit(held), {"title": "Ett annat namn"})
    assert "Ett annat namn" in page.get("/mallar").words


def test_a_version_tells_what_it_changed(page: PageClient, held: SharedTemplate) -> None:
    page.submit(edit(held), {"goals-0-text-easy": "Jag provar två."})
    words = page.get(f"/mallar/{held.public_id}/versioner/2").words
    assert "Mål, lättläst Jag provar ett kafé. Jag provar två." in words


def test_the_first_version_has_nothing_to_be_compared_with(page: PageClient, held: SharedTemplate) -> None:
    assert "den första versionen" in page.get(f"/mallar/{held.public_id}/versioner/1").words


@pytest.mark.parametrize("number", ["0", "2", "99999", "100001", "x", "-1"])
def test_a_version_that_is_not_there_is_a_missing_page(
    page: PageClient, held: SharedTemplate, number: str
) -> None:
    assert page.get(f"/mallar/{held.public_id}/versioner/{number}").status == 404


def test_whoever_is_late_is_told_and_loses_nothing(
    page: PageClient, held: SharedTemplate, coach: Account
) -> None:
    form = filled_in(page.get(edit(held)).select("main form")[0])
    operations.save(act_as(coach), held, a_plan_template("Kollegans"))
    db.session.commit()
    answer = page.post(edit(held), {**form, "title": "Min egen"})
    assert (answer.status, "Någon annan har sparat version 2" in answer.words) == (422, True)
    page.post(edit(held), filled_in(answer.select("main form")[0]))
    assert [queries.content_of(one).title for one in queries.versions_of(held)][:2] == [
        "Min egen",
        "Kollegans",
    ]


def test_what_is_typed_is_kept_and_shown_again_until_it_is_saved(
    page: PageClient, held: SharedTemplate
) -> None:
    typed = {**filled_in(page.get(edit(held)).select("main form")[0]), "title": "Halvt skriv"}
    assert page.post(f"/mallar/{held.public_id}/utkast", typed).status == 200
    again = page.get(edit(held))
    assert "Här är det du skrev senast" in again.words
    page.post(edit(held), filled_in(again.select("main form")[0]))
    assert says(held).title == "Halvt skriv"
    assert "Här är det du skrev senast" not in page.get(edit(held)).words


def test_what_is_typed_in_a_new_template_is_kept_too(page: PageClient) -> None:
    start = "/mallar/ny?slag=fragor"
    typed = {**filled_in(page.get(start).select("main form")[0]), "title": "Halvt skriv", "add": "questions"}
    page.post("/mallar/ny/utkast?slag=fragor", typed)
    assert page.get(start).select("input[name=title]")[0]["value"] == "Halvt skriv"
    assert page.get(f"{start}&utkast=nej").select("input[name=title]")[0]["value"] == ""


def test_a_draft_that_is_far_too_long_is_refused(page: PageClient) -> None:
    typed = {**page.get("/mallar/ny?slag=fragor").hidden(), "about": "x" * 200_000}
    assert page.post("/mallar/ny/utkast?slag=fragor", typed).status == 413


def test_a_copy_says_the_same_and_goes_its_own_way(page: PageClient, held: SharedTemplate) -> None:
    page.submit(
        f"/mallar/{held.public_id}",
        {},
        css=f"form[action='/mallar/{held.public_id}/kopiera']",
    )
    assert newest().id != held.id
    assert says(newest()) == says(held)


def put_away(page: PageClient, held: SharedTemplate) -> None:
    page.submit(f"/mallar/{held.public_id}", {}, css="form[action$='/lagg-undan']")


def test_what_is_put_away_leaves_the_list_and_stays_readable(page: PageClient, held: SharedTemplate) -> None:
    put_away(page, held)
    assert "Komma igång" not in page.get("/mallar").words
    assert "Mallen är undanlagd" in page.get(f"/mallar/{held.public_id}").words


def test_what_is_put_away_comes_back(page: PageClient, held: SharedTemplate) -> None:
    put_away(page, held)
    put_away(page, held)
    assert "Komma igång" in page.get("/mallar").words


def test_what_is_put_away_twice_is_refused(held: SharedTemplate) -> None:
    operations.retire(held)
    with pytest.raises(DomainError):
        operations.retire(held)


# Who may what


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_all_staff_read_templates(sign_in: Browser, held: SharedTemplate, role: Role) -> None:
    reader = sign_in(an_account(role, a_unit() if role in UNIT_ROLES else None))
    assert reader.get(f"/mallar/{held.public_id}").status == 200


@pytest.mark.parametrize("role", sorted(STAFF_ROLES - {Role.JOB_COACH, Role.COORDINATOR}))
@pytest.mark.parametrize("path", ["/mallar/ny", "/mallar/{}/andra"])
def test_others_than_coaches_and_coordinators_do_not_make_them(
    sign_in: Browser, held: SharedTemplate, role: Role, path: str
) -> None:
    reader = sign_in(an_account(role, a_unit() if role in UNIT_ROLES else None))
    assert reader.get(path.format(held.public_id)).status == 403


@pytest.mark.parametrize(
    "path", ["/mallar/hamta", "/mallar/avsandare", "/mallar/nyckel", "/mallar/{}/dela", "/mallar/{}/fil"]
)
def test_sharing_is_the_administrators(page: PageClient, held: SharedTemplate, path: str) -> None:
    assert page.get(path.format(held.public_id)).status == 403


@pytest.mark.parametrize("path", ["", "/andra", "/versioner/1"])
def test_a_template_that_is_not_there_is_a_missing_page(page: PageClient, path: str) -> None:
    assert page.get(f"/mallar/{'x' * 22}{path}").status == 404


# Few statements, however long the list


@pytest.mark.parametrize("path", ["/mallar", "/mallar/{}", "/mallar/{}/versioner/1", "/mallar/{}/andra"])
def test_a_page_asks_little_of_the_database(
    page: PageClient, held: SharedTemplate, coach: Account, queries: QueryCount, path: str
) -> None:
    goals = [a_goal(f"g{one}", f"Mål {one}", an_activity(f"a{one}")) for one in range(6)]
    operations.save(act_as(coach), held, a_plan_template("Många", *goals))
    for number in range(60):
        a_template(act_as(coach), a_plan_template(f"Mall {number}"))
    db.session.commit()
    queries.statements.clear()
    page.get(path.format(held.public_id))
    assert len(queries) <= 12


def test_the_list_goes_on(page: PageClient, coach: Account) -> None:
    for number in range(51):
        a_template(act_as(coach), a_plan_template(f"Mall {number}"))
    db.session.commit()
    first = page.get("/mallar")
    after = next(link["href"] for link in first.select("a[href*='efter=']"))
    assert "Mall 50" in page.get(after).words


@pytest.mark.parametrize(
    ("kind", "told"),
    [("planer", "Mål och aktiviteter"), ("bildkartor", "Bilder med ord"), ("fragor", "Frågor att")],
)
def test_an_empty_list_says_what_to_make(page: PageClient, kind: str, told: str) -> None:
    assert told in page.get(f"/mallar?slag={kind}").words
