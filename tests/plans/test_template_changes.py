"""What has changed between two versions of a template, in words."""

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given

from aktema.plans.rules.document import Pattern
from aktema.plans.rules.template_changes import Move, changes, everything_said, personal_data
from aktema.plans.rules.template_content import Kind, Picture, Scale, Template
from aktema.plans.template_page import ChangeRow, rows_of, when_text
from tests.plans.test_template_files import plans, questions
from tests.support.templates import (
    BUS,
    KITCHEN,
    a_goal,
    a_plan_template,
    a_question,
    a_question_set,
    a_sheet,
    an_activity,
    words,
)

PLAN = a_plan_template("Kafé", a_goal("g1", "Prova ett kafé", an_activity("a1", "Dukar")))


def rows(before: Template, after: Template) -> list[ChangeRow]:
    return rows_of(changes(before, after))


def told(before: Template, after: Template) -> list[tuple[str, str, str, str, str]]:
    return [(str(one.move), one.part, one.field, one.before, one.after) for one in rows(before, after)]


@given(plans())
def test_a_template_is_unchanged_from_itself(template: Template) -> None:
    assert changes(template, template) == ()


@given(plans(), plans())
def test_what_was_added_one_way_is_removed_the_other(before: Template, after: Template) -> None:
    there = [one.place.key for one in changes(before, after) if one.move is Move.ADDED]
    back = [one.place.key for one in changes(after, before) if one.move is Move.REMOVED]
    assert there == back


@given(questions)
def test_everything_a_set_of_questions_says_is_told(template: Template) -> None:
    assert {one.text for one in template.questions} <= {one.value for one in everything_said(template)}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            PLAN,
            a_plan_template("Kafé och bageri", *PLAN.goals),
            [("Ändrat", "Hela mallen", "Namn", "Kafé", "Kafé och bageri")],
        ),
        (
            PLAN,
            a_plan_template("Kafé", *PLAN.goals, about="För alla"),
            [("Ändrat", "Hela mallen", "Vad mallen är till för", "", "För alla")],
        ),
        (
            PLAN,
            a_plan_template("Kafé", replace(PLAN.goals[0], life_area="d7")),
            [
                (
                    "Ändrat",
                    "Målet ”Prova ett kafé”",
                    "Livsområde",
                    "Utbildning, arbete och ekonomi",
                    "Mellanmänskliga relationer",
                )
            ],
        ),
        (
            PLAN,
            a_plan_template("Kafé", replace(PLAN.goals[0], activities=())),
            [("Borttaget", "Aktiviteten ”Dukar”", "", "", "")],
        ),
        (
            PLAN,
            a_plan_template("Kafé", *PLAN.goals, a_goal("g2", "Åka buss", an_activity("a2", "Övar"))),
            [("Nytt", "Målet ”Åka buss”", "", "", ""), ("Nytt", "Aktiviteten ”Övar”", "", "", "")],
        ),
        (
            a_sheet(KITCHEN),
            a_sheet(KITCHEN, BUS, columns=4),
            [
                ("Ändrat", "Hela mallen", "Rutor i bredd", "3", "4"),
                ("Ändrat", "Hela mallen", "Bilder", "kök", "kök, buss"),
            ],
        ),
        (
            a_question_set(),
            a_question_set(a_question(text="Mår du bra?", scale=Scale.YES_NO)),
            [
                ("Ändrat", "Frågan ”Mår du bra?”", "Fråga", "Trivs du?", "Mår du bra?"),
                (
                    "Ändrat",
                    "Frågan ”Mår du bra?”",
                    "Så svarar man",
                    "Fem ansikten, från ledsen till glad",
                    "Ja eller nej",
                ),
            ],
        ),
    ],
)
def test_a_change_is_told_in_words(
    app: Flask, before: Template, after: Template, expected: list[tuple[str, ...]]
) -> None:
    with app.test_request_context("/"):
        assert told(before, after) == expected


@pytest.mark.parametrize(
    ("changed", "field", "before", "after"),
    [
        (
            {"pattern": Pattern(weekdays=1)},
            "När",
            "Måndag, onsdag · Varje vecka · 09:00–10:00",
            "Måndag · Varje vecka",
        ),
        ({"support_level": 0}, "Hur mycket stöd", "Någon visar", "Klarar det på egen hand"),
        ({"support_level": None}, "Hur mycket stöd", "Någon visar", ""),
        ({"is_toward_work": False}, "På vägen mot arbete", "Ja", "Nej"),
        (
            {"words": {**an_activity().words, "why": words("Trivs där", "", Picture(word="glad"))}},
            "Varför",
            "",
            "Trivs där",
        ),
    ],
)
def test_a_change_of_an_activity_is_told_in_words(
    app: Flask, changed: dict[str, object], field: str, before: str, after: str
) -> None:
    one, other = an_activity(), an_activity(**changed)
    with app.test_request_context("/"):
        found = rows(
            a_plan_template("Kafé", a_goal("g", "x", one)), a_plan_template("Kafé", a_goal("g", "x", other))
        )
        row = next(row for row in found if row.field == field)
    assert (row.before.startswith(before), row.after) == (True, after)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (Pattern(), ""),
        (Pattern(weekdays=3, week_pattern="odd"), "Måndag, tisdag · Udda veckor"),
        (Pattern(starts_at=480), "Varje vecka · 08:00"),
        (Pattern(weekdays=64, starts_at=480, ends_at=1440), "Söndag · Varje vecka · 08:00–24:00"),
    ],
)
def test_a_pattern_in_words(app: Flask, pattern: Pattern, expected: str) -> None:
    with app.test_request_context("/"):
        assert when_text(pattern) == expected


def test_goals_in_another_order_are_no_change_in_what_is_said() -> None:
    first, second = a_goal("g1", "Det ena"), a_goal("g2", "Det andra", an_activity("a2"))
    assert changes(a_plan_template("x", first, second), a_plan_template("x", second, first)) == ()


@given(plans())
def test_every_text_of_a_template_is_looked_through(template: Template) -> None:
    marked = replace(
        template,
        goals=tuple(
            replace(
                goal, words={field: replace(said, easy="070-123 45 67") for field, said in goal.words.items()}
            )
            for goal in template.goals
        ),
    )
    found = {one.place.key for one in personal_data(marked)}
    assert {goal.key for goal in template.goals} <= found


def test_the_name_of_a_pack_is_looked_through_too() -> None:
    sheet = a_sheet(Picture(word="jag", pack="kim@ekbacka.example", symbol="jag"))
    assert (sheet.kind, len(personal_data(sheet))) == (Kind.PICTURES, 1)
