"""Plans as plain values for tests: one that says everything, and any that hypothesis thinks of."""

import string
from datetime import date
from typing import Any

from hypothesis import strategies as st

from aktema.plans.codes import ANSWERS_TO, Channel, WorkPoint
from aktema.plans.plan_codes import (
    ACTIVITY_FIELDS,
    FROM_ORDER,
    GOAL_FIELDS,
    OWN_FIELDS,
    WORK_FIELDS,
    ConfirmedHow,
    LifeArea,
    PartHow,
    PartRole,
    PlanField,
)
from aktema.plans.rules.document import (
    ActivityPart,
    Document,
    GoalPart,
    Participant,
    Pattern,
    Picture,
    Statement,
)

MONDAY = date(2026, 3, 9)
WORDS = st.text(string.ascii_lowercase + "åäö", min_size=3, max_size=9)
TEXTS = st.lists(WORDS, min_size=2, max_size=6).map(lambda words: " ".join(words).capitalize() + ".")


def a_statement(place: str, field: PlanField, **values: Any) -> Statement:
    """A statement with words of its own in every form, up to date."""
    said = f"{field.value} {place}".strip()
    return Statement(
        **{
            "place": place,
            "field": field.value,
            "standard": f"Vanligt: {said}.",
            "easy": f"Enkelt: {said}.",
            "told": values.get("standard", f"Vanligt: {said}."),
            "pictures": (Picture(ref="moji:1F331", word=f"Bild {said}"),),
            **values,
        }
    )


def an_activity(key: str = "a1", **values: Any) -> ActivityPart:
    return ActivityPart(
        **{
            "key": key,
            "statements": tuple(a_statement(key, field) for field in ACTIVITY_FIELDS),
            "pattern": Pattern(weekdays=0b1, starts_at=540, ends_at=720),
            "support_level": 2,
            "is_toward_work": True,
            **values,
        }
    )


def a_goal(key: str = "g1", **values: Any) -> GoalPart:
    return GoalPart(
        **{
            "key": key,
            "life_area": "d8",
            "target_date": date(2026, 6, 1),
            "statements": tuple(a_statement(key, field) for field in GOAL_FIELDS),
            "activities": (an_activity(),),
            **values,
        }
    )


def a_document(**values: Any) -> Document:
    """A plan that says everything there is to say."""
    return Document(
        **{
            "number": 2,
            "person": "Alva Ek",
            "unit": "Verkstaden",
            "coordinator": "Kim Berg",
            "from_order": tuple(a_statement("", field) for field in FROM_ORDER),
            "statements": tuple(a_statement("", field) for field in (*OWN_FIELDS, *WORK_FIELDS)),
            "goals": (a_goal(),),
            "participants": (Participant(role="person", how="met", name=""),),
            "work_wish": "yes",
            "work_by": date(2026, 4, 1),
            "has_work_part": True,
            "confirmed_on": MONDAY,
            "confirmed_by": "person",
            "confirmed_how": "spoken",
            "fixed_on": MONDAY,
            "own_words_channel": "speech",
            "work_wish_channel": "signs",
            **values,
        }
    )


@st.composite
def statements(draw: st.DrawFn, place: str, fields: tuple[PlanField, ...]) -> tuple[Statement, ...]:
    """Some of the fields in their order, each with words and pictures or without, up to date or not."""
    pictures = st.lists(WORDS.map(lambda word: Picture(ref="moji:1F331", word=word)), max_size=3).map(tuple)
    texts = st.one_of(st.just(""), TEXTS)
    return tuple(
        Statement(
            place=place,
            field=field.value,
            standard=(standard := draw(texts)),
            easy=draw(texts),
            told=draw(st.one_of(st.just(standard), texts)),
            pictures=draw(pictures),
        )
        for field in fields
        if draw(st.booleans())
    )


PATTERNS = st.builds(
    Pattern,
    weekdays=st.integers(0, 127),
    week_pattern=st.sampled_from(["every", "odd", "even"]),
    starts_at=st.one_of(st.none(), st.integers(0, 700)),
    ends_at=st.one_of(st.none(), st.integers(701, 1440)),
    from_date=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 6, 30))),
    to_date=st.one_of(st.none(), st.dates(date(2026, 7, 1), date(2026, 12, 31))),
)


@st.composite
def activities(draw: st.DrawFn, key: str) -> ActivityPart:
    return ActivityPart(
        key=key,
        statements=draw(statements(key, ACTIVITY_FIELDS)),
        pattern=draw(PATTERNS),
        support_level=draw(st.one_of(st.none(), st.integers(0, 4))),
        is_toward_work=draw(st.booleans()),
    )


@st.composite
def goals(draw: st.DrawFn, key: str) -> GoalPart:
    return GoalPart(
        key=key,
        life_area=draw(st.sampled_from(LifeArea)),
        target_date=draw(st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 1, 1)))),
        statements=draw(statements(key, GOAL_FIELDS)),
        activities=tuple(draw(activities(f"{key}a{number}")) for number in range(draw(st.integers(0, 3)))),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any plan there can be."""
    has_work_part = draw(st.booleans())
    confirmed_on = draw(st.one_of(st.none(), st.just(MONDAY)))
    people = st.builds(
        Participant,
        role=st.sampled_from(PartRole),
        how=st.sampled_from(PartHow),
        name=st.one_of(st.just(""), WORDS.map(str.capitalize)),
    )
    channels = st.sampled_from(["", *Channel])
    return Document(
        number=draw(st.integers(1, 9)),
        person="Alva Ek",
        unit="Verkstaden",
        coordinator=draw(st.sampled_from(["", "Kim Berg"])),
        from_order=draw(statements("", FROM_ORDER)),
        statements=draw(statements("", (*OWN_FIELDS, *(WORK_FIELDS if has_work_part else ())))),
        goals=tuple(draw(goals(f"g{number}")) for number in range(draw(st.integers(0, 3)))),
        participants=tuple(draw(st.lists(people, max_size=3))),
        work_wish=draw(st.sampled_from(["", *ANSWERS_TO[WorkPoint.WISH_FOR_WORK]])),
        work_by=draw(st.one_of(st.none(), st.just(MONDAY))),
        has_work_part=has_work_part,
        confirmed_on=confirmed_on,
        confirmed_by=draw(st.sampled_from(["person", "representative"])) if confirmed_on else "",
        confirmed_how=draw(st.sampled_from(ConfirmedHow)) if confirmed_on else "",
        fixed_on=confirmed_on if draw(st.booleans()) else None,
        own_words_channel=draw(channels),
        work_wish_channel=draw(channels),
    )
