"""Three forms of one plan: each tells all that the plan says, in the same order, and none drifts from the others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from aktema.core.easy_read import check
from aktema.plans.plan_codes import PlanField, PlanForm
from aktema.plans.plan_reading import Block, Kind, Reading, reading
from aktema.plans.rules.document import Document, GoalPart, Participant, Pattern, Picture, Statement
from tests.support.documents import a_document, a_goal, a_statement, an_activity, documents

OLD = "Den lättlästa texten är äldre än den vanliga texten."


@pytest.fixture(scope="module", autouse=True)
def asked_by_somebody(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def statements_told(told: Reading) -> list[Block]:
    return [block for block in told.blocks if block.kind is Kind.STATEMENT]


def all_forms(document: Document) -> list[Reading]:
    return [reading(document, form) for form in PlanForm]


def block_of(document: Document, form: PlanForm, key: str) -> Block:
    return next(block for block in reading(document, form).blocks if block.key == key)


def with_statement(document: Document, changed: Statement) -> Document:
    """The document in which that statement stands in the place of the one of its place and field."""

    def put(told: tuple[Statement, ...]) -> tuple[Statement, ...]:
        key = (changed.place, changed.field)
        return tuple(changed if (one.place, one.field) == key else one for one in told)

    def put_in_goal(goal: GoalPart) -> GoalPart:
        activities = tuple(replace(one, statements=put(one.statements)) for one in goal.activities)
        return replace(goal, statements=put(goal.statements), activities=activities)

    return replace(
        document,
        from_order=put(document.from_order),
        statements=put(document.statements),
        goals=tuple(map(put_in_goal, document.goals)),
    )


# --- nothing is left out, nothing is told twice ---


@given(documents())
def test_every_statement_is_told_once_in_every_form_and_in_the_same_order(document: Document) -> None:
    said = [f"{one.place}.{one.field}" for one in document.all_statements()]
    assert [[block.key for block in statements_told(told)] for told in all_forms(document)] == [said] * 3


@given(documents())
def test_every_block_has_words_or_pictures_and_a_heading(document: Document) -> None:
    bare = [one.key for told in all_forms(document) for one in told.blocks if not (one.lines or one.pictures)]
    untitled = [one.key for told in all_forms(document) for one in told.blocks if not one.title]
    assert (bare, untitled) == ([], [])


@given(documents())
def test_no_key_stands_twice_and_the_facts_are_the_same_in_every_form(document: Document) -> None:
    keys = [[one.key for one in told.blocks] for told in all_forms(document)]
    assert [len(set(one)) for one in keys] == [len(one) for one in keys]
    assert keys[0] == keys[1] == keys[2]


@given(documents())
def test_the_words_that_stand_in_a_form_are_the_statements_own(document: Document) -> None:
    usual, easy, in_pictures = (statements_told(told) for told in all_forms(document))
    said = document.all_statements()
    words = [" ".join(picture.word for picture in one.pictures) for one in said]
    assert [" ".join(one.lines) for one in usual] == [
        one.standard or one.easy or word for one, word in zip(said, words, strict=True)
    ]
    assert [" ".join(one.lines) for one in easy] == [
        one.easy or one.standard or word for one, word in zip(said, words, strict=True)
    ]
    assert [one.pictures for one in in_pictures] == [one.pictures for one in said]


# --- a change in one place ---


@given(documents(), st.data())
def test_a_new_standard_text_is_told_and_makes_the_easy_text_old_in_all_forms(
    document: Document, data: st.DataObject
) -> None:
    with_easy = [one for one in document.all_statements() if one.easy]
    if not with_easy:
        return
    one = data.draw(st.sampled_from(with_easy))
    after = with_statement(document, replace(one, standard="Något helt annat.", told=one.standard))
    key = f"{one.place}.{one.field}"
    blocks = [block_of(after, form, key) for form in PlanForm]
    assert blocks[0].lines == ("Något helt annat.",)
    assert [OLD in block.note for block in blocks] == [True, True, True]
    assert changed_keys(document, after, PlanForm.STANDARD) == {key}


@given(documents(), st.data())
def test_a_new_easy_text_changes_the_easy_form_and_the_pictures_alone(
    document: Document, data: st.DataObject
) -> None:
    with_both = [one for one in document.all_statements() if one.easy and one.standard]
    if not with_both:
        return
    one = data.draw(st.sampled_from(with_both))
    after = with_statement(document, replace(one, easy="Det är nytt nu."))
    key = f"{one.place}.{one.field}"
    changed = [changed_keys(document, after, form) for form in PlanForm]
    assert changed == [set(), {key}, {key}]


def changed_keys(before: Document, after: Document, form: PlanForm) -> set[str]:
    old, new = reading(before, form).blocks, reading(after, form).blocks
    return {one.key for one, other in zip(old, new, strict=True) if one != other}


# --- notes ---


@pytest.mark.parametrize(
    ("values", "form", "note"),
    [
        ({}, PlanForm.STANDARD, ""),
        ({}, PlanForm.EASY, ""),
        ({}, PlanForm.PICTURES, ""),
        ({"easy": ""}, PlanForm.STANDARD, ""),
        ({"easy": ""}, PlanForm.EASY, "Lättläst text saknas här än."),
        ({"easy": ""}, PlanForm.PICTURES, "Lättläst text saknas här än."),
        ({"pictures": ()}, PlanForm.EASY, ""),
        ({"pictures": ()}, PlanForm.PICTURES, "Här saknas bilder än."),
        ({"standard": "", "told": ""}, PlanForm.STANDARD, "Den vanliga texten saknas än."),
        ({"standard": "", "told": ""}, PlanForm.EASY, ""),
        ({"told": "Förr."}, PlanForm.STANDARD, OLD),
        ({"told": "Förr."}, PlanForm.EASY, OLD),
        ({"told": "Förr."}, PlanForm.PICTURES, OLD),
    ],
)
def test_a_note_says_what_is_missing_or_old(values: dict[str, object], form: PlanForm, note: str) -> None:
    document = a_document(from_order=(a_statement("", PlanField.NEED, **values),))
    assert block_of(document, form, ".need").note == note


def test_easy_text_stands_with_one_sentence_on_each_line() -> None:
    document = a_document(
        from_order=(a_statement("", PlanField.NEED, easy="Du bakar bröd. Du diskar.\n\nDu vilar."),)
    )
    assert block_of(document, PlanForm.EASY, ".need").lines == ("Du bakar bröd.", "Du diskar.", "Du vilar.")


def test_pictures_alone_are_told_by_their_words_where_no_pictures_are_shown() -> None:
    pictures = (Picture(ref="moji:1F331", word="plantera"),)
    only = Statement(place="", field="need", pictures=pictures)
    document = a_document(from_order=(only,))
    lines = [block_of(document, form, ".need").lines for form in PlanForm]
    assert lines == [("plantera",), ("plantera",), ()]


# --- facts in usual and in easy words ---


WHEN = Pattern(
    weekdays=0b101,
    week_pattern="odd",
    starts_at=540,
    ends_at=750,
    from_date=date(2026, 3, 9),
    to_date=date(2026, 6, 1),
)
FACTS = [
    (
        "a1.when",
        ("måndag, onsdag, 09:00–12:30, udda veckor, från måndag 9 mars 2026, till måndag 1 juni 2026",),
        (
            "På måndagar och onsdagar.",
            "Klockan 9 till klockan 12.30.",
            "Du gör det varannan vecka. Det är veckor med udda nummer.",
            "Du börjar måndag 9 mars 2026.",
            "Sista dagen är måndag 1 juni 2026.",
        ),
    ),
    ("a1.support", ("Någon visar eller hjälper till att komma igång",), ("Någon visar dig.",)),
    ("a1.toward_work", ("Ett steg på vägen mot arbete",), ("Det här är ett steg mot jobb.",)),
    ("g1.target_date", ("måndag 1 juni 2026",), ("Målet ska vara klart måndag 1 juni 2026.",)),
    ("work.wish", ("Ja · Tecknade",), ("Du svarade ja.", "Du tecknade.")),
    ("work.by", ("onsdag 1 april 2026",), ("Det ska vara klart onsdag 1 april 2026.",)),
    ("own.channel", ("Sa det",), ("Du sa det.",)),
    (
        "people.took_part",
        (
            "Koordinator Kim Berg: Skrev",
            "Personen själv: Var med på mötet",
            "Anhörig Ann Ek: På telefon",
            "Personal Bo By: Med tecken",
            "Någon annan Li Lo: Med bilder",
            "God man eller förvaltare Eva Ask: Var med på mötet",
        ),
        (
            "Din koordinator Kim Berg skrev.",
            "Du var med på mötet.",
            "Ann Ek i din familj var med på telefon.",
            "Bo By i personalen visade med tecken.",
            "Li Lo visade med bilder.",
            "Eva Ask talar för dig. Eva Ask var med på mötet.",
        ),
    ),
    (
        "agreed.confirmed",
        ("Personen själv: Sa ja", "måndag 9 mars 2026"),
        ("Du sa ja till planen.", "Det var måndag 9 mars 2026."),
    ),
    ("agreed.fixed", ("måndag 9 mars 2026",), ("Planen blev klar måndag 9 mars 2026.",)),
    ("about.unit", ("Verkstaden",), ("Verkstaden",)),
    ("about.coordinator", ("Kim Berg",), ("Kim Berg",)),
]


@pytest.mark.parametrize(("key", "usual", "easy"), FACTS)
def test_facts_are_told_in_usual_words_and_in_easy_ones(
    key: str, usual: tuple[str, ...], easy: tuple[str, ...]
) -> None:
    document = a_document(
        goals=(a_goal(activities=(an_activity(pattern=WHEN),)),),
        participants=(
            Participant(role="coordinator", how="writing", name="Kim Berg"),
            Participant(role="person", how="met", name=""),
            Participant(role="relative", how="phone", name="Ann Ek"),
            Participant(role="staff", how="signs", name="Bo By"),
            Participant(role="other", how="pictures", name="Li Lo"),
            Participant(role="guardian", how="met", name="Eva Ask"),
        ),
    )
    lines = [block_of(document, form, key).lines for form in PlanForm]
    assert lines == [usual, easy, easy]


@pytest.mark.parametrize(
    ("key", "usual", "easy"),
    [
        ("work.wish", ("Inget svar än",), ("Vi ska fråga dig.",)),
        (
            "agreed.confirmed",
            ("Ingen har godkänt planen än.",),
            ("Du ska få säga ja eller nej till planen.",),
        ),
        (
            "agreed.fixed",
            ("Det här är en arbetsversion. Den är inte fastställd.",),
            ("Vi jobbar med planen än.",),
        ),
    ],
)
def test_what_is_still_to_come_is_told_too(key: str, usual: tuple[str, ...], easy: tuple[str, ...]) -> None:
    document = a_document(
        work_wish="",
        work_wish_channel="",
        confirmed_on=None,
        confirmed_by="",
        confirmed_how="",
        fixed_on=None,
    )
    lines = [block_of(document, form, key).lines for form in PlanForm]
    assert lines == [usual, easy, easy]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (Pattern(), ()),
        (Pattern(weekdays=127), ("Varje dag.",)),
        (Pattern(weekdays=31, starts_at=480), ("Från måndag till fredag.", "Klockan 8.")),
        (Pattern(weekdays=0b1000000), ("På söndagar.",)),
        (Pattern(weekdays=0b111, ends_at=900), ("På måndagar, tisdagar och onsdagar.", "Till klockan 15.")),
        (Pattern(starts_at=545), ("Klockan 9.05.",)),
        (Pattern(from_date=date(2026, 3, 9)), ("Du börjar måndag 9 mars 2026.",)),
    ],
)
def test_when_is_told_as_far_as_it_is_known(pattern: Pattern, said: tuple[str, ...]) -> None:
    document = a_document(goals=(a_goal(activities=(an_activity(pattern=pattern),)),))
    told = [block.lines for block in reading(document, PlanForm.EASY).blocks if block.key == "a1.when"]
    assert told == ([said] if said else [])


@given(documents())
def test_facts_in_easy_words_are_easy_read(document: Document) -> None:
    named = replace(
        document,
        unit="Solen",
        participants=tuple(replace(one, name="Kim" if one.name else "") for one in document.participants),
    )
    told = reading(named, PlanForm.EASY)
    texts = [
        told.title,
        told.lead,
        *(part.title for part in told.sections),
        *(one.title for one in told.blocks),
    ]
    texts += [line for one in told.blocks if one.kind is Kind.FACT for line in one.lines]
    assert [(text, found.code) for text in texts for found in check(text)] == []


# --- who it is said to ---


def test_the_standard_form_is_titled_with_the_name_and_the_easy_one_says_my_plan() -> None:
    assert [told.title for told in all_forms(a_document())] == [
        "Genomförandeplan för Alva Ek",
        "Min plan",
        "Min plan",
    ]


def test_activities_stand_under_their_goal() -> None:
    document = a_document(
        goals=(a_goal("g1"), a_goal("g2", activities=(an_activity("a2"), an_activity("a3"))))
    )
    parts = [(part.key, part.level) for part in reading(document, PlanForm.EASY).sections]
    goals = [part for part in parts if part[0][0] in "ga" and part[0][1:].isdigit()]
    assert goals == [("g1", 2), ("a1", 3), ("g2", 2), ("a2", 3), ("a3", 3)]


def test_without_a_work_part_nothing_is_asked_about_work() -> None:
    document = a_document(has_work_part=False, statements=())
    kinds = [part.kind for part in reading(document, PlanForm.STANDARD).sections]
    assert Kind.WORK not in kinds
