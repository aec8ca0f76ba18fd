"""Where a plan stands, what it lacks before it is fixed, and how two versions differ."""

from dataclasses import replace
from datetime import date

import pytest

from aktema.plans.rules.document import (
    ActivityPart,
    Document,
    GoalPart,
    Participant,
    Pattern,
    Picture,
    Statement,
)
from aktema.plans.rules.plan import (
    Change,
    ChangeKind,
    LackKind,
    PartKind,
    differences,
    fingerprint,
    lacks_of,
    state_of,
    title_of,
)

TREE = Picture(ref="moji:1F331", word="växa")
ACTIVITY = ActivityPart(
    key="a",
    statements=(
        Statement(place="a", field="what", standard="Diskar"),
        Statement(place="a", field="who", standard="Kim"),
        Statement(place="a", field="how", standard="Lugnt"),
    ),
    pattern=Pattern(weekdays=1),
    support_level=2,
    is_toward_work=False,
)
GOAL = GoalPart(
    key="g",
    life_area="d8",
    target_date=None,
    statements=(
        Statement(place="g", field="text", standard="Prova kafé", easy="Jag provar", told="Prova kafé"),
    ),
    activities=(ACTIVITY,),
)
WHOLE = Document(
    number=1,
    person="Alva Ek",
    unit="Solrosen",
    coordinator="Kim",
    from_order=(Statement(place="", field="need", standard="Lugn start"),),
    statements=tuple(
        Statement(place="", field=field, standard=field)
        for field in ("own_words", "work_now", "work_next", "work_who")
    ),
    goals=(GOAL,),
    participants=(Participant(role="person", how="met", name=""),),
    work_wish="yes",
    work_by=date(2026, 3, 9),
    has_work_part=True,
    confirmed_on=None,
    confirmed_by="",
    confirmed_how="",
    fixed_on=None,
    own_words_channel="speech",
    work_wish_channel="speech",
)


@pytest.mark.parametrize(
    ("is_fixed", "is_followed", "state"),
    [(False, False, "draft"), (False, True, "draft"), (True, False, "fixed"), (True, True, "replaced")],
)
def test_a_version_is_replaced_only_when_both_it_and_a_later_one_are_fixed(
    is_fixed: bool, is_followed: bool, state: str
) -> None:
    assert state_of(is_fixed=is_fixed, is_followed=is_followed) == state


def kinds(document: Document) -> list[LackKind]:
    return [lack.kind for lack in lacks_of(document)]


def without(field: str) -> Document:
    """The whole plan but for one statement about the plan itself."""
    return replace(WHOLE, statements=tuple(one for one in WHOLE.statements if one.field != field))


def with_activity(**changes: object) -> Document:
    changed = replace(ACTIVITY, **changes)  # type: ignore[arg-type]  # its own fields
    return replace(WHOLE, goals=(replace(GOAL, activities=(changed,)),))


def test_a_whole_plan_lacks_nothing() -> None:
    assert lacks_of(WHOLE) == ()


def saying(*fields: str) -> tuple[Statement, ...]:
    return tuple(Statement(place="a", field=field, standard=field) for field in fields)


@pytest.mark.parametrize(
    ("document", "lack"),
    [
        (replace(WHOLE, goals=()), LackKind.GOAL),
        (replace(WHOLE, goals=(replace(GOAL, activities=()),)), LackKind.ACTIVITY),
        (with_activity(statements=saying("what", "how")), LackKind.WHO),
        (with_activity(statements=saying("what", "who")), LackKind.HOW),
        (with_activity(pattern=Pattern()), LackKind.WHEN),
        (without("own_words"), LackKind.OWN_WORDS),
        (replace(WHOLE, own_words_channel=""), LackKind.OWN_WORDS_CHANNEL),
        (replace(WHOLE, participants=()), LackKind.PARTICIPATION),
        (replace(WHOLE, work_wish=""), LackKind.WORK_WISH),
        (replace(WHOLE, work_wish_channel=""), LackKind.WORK_WISH_CHANNEL),
        (replace(WHOLE, work_wish="could_not_be_asked"), LackKind.WORK_NOT_ASKED),
        (without("work_now"), LackKind.WORK_NOW),
        (without("work_next"), LackKind.WORK_NEXT),
        (without("work_who"), LackKind.WORK_WHO),
        (replace(WHOLE, work_by=None), LackKind.WORK_BY),
    ],
)
def test_each_thing_left_out_is_the_one_that_lacks(document: Document, lack: LackKind) -> None:
    assert kinds(document) == [lack]


def test_a_lack_of_an_activity_says_which_one() -> None:
    found = lacks_of(with_activity(statements=saying("what", "how")))
    assert [(one.place, one.title) for one in found] == [("a", "what")]


@pytest.mark.parametrize(
    "changes",
    [
        {"work_wish": "did_not_want_to_answer", "work_wish_channel": ""},
        {
            "work_wish": "could_not_be_asked",
            "statements": (*WHOLE.statements, Statement(place="", field="work_not_asked", standard="Sjuk")),
        },
        {"has_work_part": False, "work_wish": "", "work_by": None, "statements": WHOLE.statements[:1]},
        {
            "own_words_channel": "",
            "statements": (
                *WHOLE.statements[1:],
                Statement(place="", field="no_own_words", standard="Ville inte"),
            ),
        },
    ],
    ids=["did not want to answer", "could not be asked", "no part about work", "no own words"],
)
def test_a_refusal_is_an_answer_and_lacks_nothing(changes: dict[str, object]) -> None:
    assert kinds(replace(WHOLE, **changes)) == []  # type: ignore[arg-type]  # its own fields


def test_pictures_alone_are_own_words_too() -> None:
    shown = Statement(place="", field="own_words", pictures=(TREE,))
    assert kinds(replace(WHOLE, statements=(shown, *WHOLE.statements[1:]))) == []


def test_an_activity_on_one_day_says_when_by_its_date() -> None:
    assert kinds(with_activity(pattern=Pattern(from_date=date(2026, 3, 9)))) == []


@pytest.mark.parametrize(
    ("statements", "title"),
    [
        ((Statement(place="g", field="text", standard="Prova", easy="Jag"),), "Prova"),
        ((Statement(place="g", field="text", easy="Jag"),), "Jag"),
        ((), ""),
    ],
)
def test_a_part_is_called_by_its_first_statement(statements: tuple[Statement, ...], title: str) -> None:
    assert title_of(statements, "text") == title


def test_the_same_content_has_the_same_fingerprint_and_other_content_another() -> None:
    assert fingerprint(("a", 1)) == fingerprint(("a", 1))
    assert fingerprint(("a", 1)) != fingerprint(("a", 2))


# How two versions differ


def test_a_version_does_not_differ_from_itself() -> None:
    assert differences(WHOLE, WHOLE) == ()


def test_a_new_goal_comes_with_its_activities() -> None:
    other = replace(GOAL, key="h", activities=(replace(ACTIVITY, key="b"),))
    found = differences(WHOLE, replace(WHOLE, goals=(GOAL, other)))
    assert [(one.kind, one.part, one.title) for one in found] == [
        (ChangeKind.ADDED, PartKind.GOAL, "Prova kafé"),
        (ChangeKind.ADDED, PartKind.ACTIVITY, "Diskar"),
    ]


def test_a_goal_taken_away_goes_with_its_activities() -> None:
    found = differences(WHOLE, replace(WHOLE, goals=()))
    assert [(one.kind, one.part) for one in found] == [
        (ChangeKind.REMOVED, PartKind.GOAL),
        (ChangeKind.REMOVED, PartKind.ACTIVITY),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "before", "after"),
    [
        ({"pattern": Pattern(weekdays=2)}, "pattern", Pattern(weekdays=1), Pattern(weekdays=2)),
        ({"support_level": None}, "support_level", 2, None),
        ({"is_toward_work": True}, "is_toward_work", False, True),
    ],
)
def test_a_fact_of_an_activity_that_is_another_is_told_from_what_to_what(
    changes: dict[str, object], field: str, before: object, after: object
) -> None:
    found = differences(WHOLE, with_activity(**changes))
    assert [(one.title, one.field, one.before, one.after) for one in found] == [
        ("Diskar", field, before, after)
    ]


def test_a_statement_is_told_in_the_form_that_is_another() -> None:
    text = replace(GOAL.statements[0], easy="Jag testar", pictures=(TREE,))
    found = differences(WHOLE, replace(WHOLE, goals=(replace(GOAL, statements=(text,)),)))
    assert [(one.field, one.form, one.before, one.after) for one in found] == [
        ("text", "easy", "Jag provar", "Jag testar"),
        ("text", "pictures", (), (TREE,)),
    ]


def test_that_an_easy_text_was_looked_through_again_is_no_difference() -> None:
    text = replace(GOAL.statements[0], told="Något annat")
    assert differences(WHOLE, replace(WHOLE, goals=(replace(GOAL, statements=(text,)),))) == ()


def test_the_plan_itself_is_told_before_its_goals() -> None:
    changed = replace(without("work_now"), work_wish="no", goals=())
    assert differences(WHOLE, changed)[:2] == (
        Change(kind=ChangeKind.CHANGED, part=PartKind.PLAN, field="work_wish", before="yes", after="no"),
        Change(
            kind=ChangeKind.CHANGED,
            part=PartKind.PLAN,
            field="work_now",
            form="standard",
            before="work_now",
            after="",
        ),
    )


def test_words_of_the_order_are_compared_too() -> None:
    easy = replace(WHOLE.from_order[0], easy="Lugnt")
    found = differences(WHOLE, replace(WHOLE, from_order=(easy,)))
    assert [(one.field, one.form, one.after) for one in found] == [("need", "easy", "Lugnt")]
