"""Two who write one plan lose nothing, in whatever order they open, type, save and take away."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import Any

import pytest
from flask import Flask, make_response
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from aktema.access.identity import Identity
from aktema.access.roles import Role
from aktema.core.drafts import find_draft
from aktema.core.errorpages import shown
from aktema.core.errors import MissingError
from aktema.core.forms import ConflictError
from aktema.plans import plan_part_operations as operations
from aktema.plans import plan_part_views as views
from aktema.plans.plan_codes import LifeArea, PlanField
from aktema.plans.plan_models import Plan
from aktema.plans.plan_part_views import find_part, saved_part
from aktema.plans.plan_queries import get_activity, get_cover, get_goal
from aktema.plans.rules.document import Pattern
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order

SCHEDULES, SEED = 1000, 20261122
WRITTEN = ("ord", "mal", "aktivitet")
ACTS = ("open", "save", "save", "save", "take away")
FIELDS = {"ord": "disagreement", "mal": "measure", "aktivitet": "how"}
"""What is typed in each kind of part."""


@dataclass
class Editor:
    """One who writes: what is on the screen, by part, and every text seen there."""

    identity: Identity
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


@dataclass
class Desk:
    """Two editors of one plan, and what has been saved in each part since each of them opened it."""

    app: Flask
    plan: Plan
    codes: dict[str, str]
    """The part of each kind that is there now, or was until somebody took it away."""
    editors: tuple[Editor, Editor]
    rng: Random
    pages: list[dict[str, Any]] = field(default_factory=list)
    """What was to be shown of the parts that were gone."""
    gone: set[str] = field(default_factory=set)
    changed: set[tuple[int, str]] = field(default_factory=set)
    stands: dict[str, str] = field(default_factory=dict)
    happened: Counter[str] = field(default_factory=Counter)
    count: int = 0

    def field_of(self, code: str) -> str:
        return FIELDS[code.partition("-")[0]]

    def open(self, at: int, code: str) -> None:
        """Draw the page of a part; of one that was taken away there is none."""
        if code in self.gone:
            with pytest.raises(MissingError):
                find_part(self.plan, code)
            return
        form = find_part(self.plan, code).form(formdata=None)
        assert shown(form[self.field_of(code)]) == self.stands.setdefault(
            code, shown(form[self.field_of(code)])
        )
        sent = {one.name: shown_as(one) for one in form.visible_fields() if shown_as(one)}
        self.editors[at].forms[code] = {**sent, "version": str(form.content())}
        self.editors[at].seen |= set(sent.values())
        self.changed.discard((at, code))

    def save(self, at: int, code: str) -> None:
        """Type something new on the page as it was opened, and send it."""
        self.count += 1
        text, name = f"text {self.count}", self.field_of(code)
        sent = {**self.editors[at].forms[code], name: text}
        stood = self.stands[code]
        outcome = self.send(at, code, sent, text)
        self.happened[outcome] += 1
        assert outcome == self.expected(at, code)
        if outcome == "stored":
            assert stood in self.editors[at].seen | {""}, "overwritten unseen"
            self.stands[code] = text
            self.changed |= {(other, code) for other in (0, 1)}

    def expected(self, at: int, code: str) -> str:
        if code in self.gone:
            return "gone"
        return "conflict" if (at, code) in self.changed else "stored"

    def send(self, at: int, code: str, sent: dict[str, str], text: str) -> str:
        editor = self.editors[at]
        with self.app.test_request_context("/", method="POST", data=MultiDict(sent)):
            cover = get_cover(self.plan.participant_id, self.plan.public_id)
            try:
                answer = make_response(saved_part(editor.identity, cover.participant, cover, code))
            except ConflictError as conflict:
                self.check_conflict(editor, conflict, code, text)
                return "conflict"
        if answer.status_code == 409:
            self.check_gone(editor, code, text)
            return "gone"
        return "stored"

    def check_conflict(self, editor: Editor, conflict: ConflictError, code: str, text: str) -> None:
        name = self.field_of(code)
        assert shown(conflict.form[name]) == text
        assert shown(conflict.current[name]) == self.stands[code]
        editor.seen.add(self.stands[code])
        self.check_draft(editor, code, text)

    def check_gone(self, editor: Editor, code: str, text: str) -> None:
        """The page shows what was typed and carries it on to where it can be kept; the draft has it too."""
        page = self.pages.pop()
        assert text in [value for _label, value in page["typed"]]
        assert (self.field_of(code), text) in page["kept"]
        self.check_draft(editor, code, text)

    def check_draft(self, editor: Editor, code: str, text: str) -> None:
        place = f"plan:{self.plan.public_id}:{code}"
        kept = find_draft(editor.identity.account_id, place) or {}
        assert kept[self.field_of(code)] == [text]

    def take_away(self, code: str) -> None:
        """A goal, and its activity with it; or the activity alone."""
        kind, _dash, key = code.partition("-")
        row = get_goal(self.plan, key) if kind == "mal" else get_activity(self.plan, key)
        operations.remove(self.plan, row)
        self.gone |= {code, self.codes["aktivitet"]}
        self.happened["taken away"] += 1

    def make_whole(self) -> None:
        """What was taken away is written anew, as other parts: those that are gone stay gone."""
        if self.codes["mal"] in self.gone:
            said = [operations.Said(field=PlanField.TEXT, standard="Ett mål")]
            goal = operations.add_goal(
                self.plan, operations.GoalFacts(life_area=LifeArea.LEARNING, said=said)
            )
            self.codes["mal"] = f"mal-{goal.key}"
        if self.codes["aktivitet"] in self.gone:
            said = [operations.Said(field=PlanField.WHAT, standard="Något att göra")]
            facts = operations.ActivityFacts(pattern=Pattern(), said=said)
            goal = get_goal(self.plan, self.codes["mal"].partition("-")[2])
            self.codes["aktivitet"] = f"aktivitet-{operations.add_activity(self.plan, goal, facts).key}"


def shown_as(one: object) -> str:
    """What a browser would send of a field that holds one value."""
    data = getattr(one, "data", None)
    return str(data) if isinstance(data, str) else ""


def schedules(rng: Random) -> Iterator[tuple[list[str], list[tuple[int, str]]]]:
    """In which parts, and who does what: few acts, so that many of them meet."""
    for _number in range(SCHEDULES):
        acts = [(rng.randrange(2), rng.choice(ACTS)) for _act in range(rng.randint(2, 3))]
        yield rng.sample(WRITTEN, rng.choice((1, 1, 2))), acts


@pytest.fixture
def desk(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    unit = a_unit()
    one, other = (an_account(Role.COORDINATOR, unit) for _editor in range(2))
    order = an_order(a_decision(a_participant()), unit, answer="accepted", coordinator=one)
    plan = a_plan(order, easy=False)
    session.commit()
    editors = (Editor(act_as(other)), Editor(act_as(one)))
    goal, activity = plan.goals[0].key, plan.activities[0].key
    codes = {"ord": "ord", "mal": f"mal-{goal}", "aktivitet": f"aktivitet-{activity}"}
    return Desk(app, plan, codes, editors, Random(SEED))


@pytest.mark.broad
def test_nothing_that_two_editors_type_is_lost_in_a_thousand_schedules(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "render_template", lambda _name, **told: desk.pages.append(told) or "")
    for kinds, acts in schedules(desk.rng):
        desk.make_whole()
        codes = [desk.codes[kind] for kind in kinds]
        for at, code in product((0, 1), codes):
            if code not in desk.editors[at].forms:
                desk.open(at, code)
        for at, act in acts:
            play(desk, at, act, desk.rng.choice(codes))
    least = {"stored": 4, "conflict": 10, "gone": 10, "taken away": 10}
    assert [what for what, part in least.items() if desk.happened[what] < SCHEDULES / part] == []


def play(desk: Desk, at: int, act: str, code: str) -> None:
    """One act. The person's own words are always there: where they were to be taken away, they are read."""
    if act == "save":
        desk.save(at, code)
    elif act == "open" or code == "ord" or code in desk.gone:
        desk.open(at, code)
    else:
        desk.take_away(code)


def test_what_was_typed_in_an_activity_that_the_other_took_away_is_shown_and_kept(desk: Desk) -> None:
    code = desk.codes["aktivitet"]
    desk.open(0, code)
    operations.remove(desk.plan, get_activity(desk.plan, code.partition("-")[2]))
    sent = {**desk.editors[0].forms[code], "how": "Mina ord"}
    with desk.app.test_request_context("/", method="POST", data=sent):
        cover = get_cover(desk.plan.participant_id, desk.plan.public_id)
        answer = make_response(saved_part(desk.editors[0].identity, cover.participant, cover, code))
    assert answer.status_code == 409
    assert "Mina ord" in answer.get_data(as_text=True)
    kept = find_draft(desk.editors[0].identity.account_id, f"plan:{desk.plan.public_id}:{code}") or {}
    assert kept["how"] == ["Mina ord"]
