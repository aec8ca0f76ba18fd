"""Every act on a question about a placement by everybody in any order: only allowed moves, nothing lost or untraced."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.access.link_codes import Purpose
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.pathway.codes import STATE_LABELS
from aktema.pathway.models import Introduction
from aktema.pathway.queries import get_introduction
from aktema.pathway.states import OVER, WITH_EMPLOYER, Act, IntroductionFacts, State, may, state_of
from tests.support.introductions import a_question
from tests.support.life import BEGINS, DAY, Life
from tests.support.links import a_link
from tests.support.page import Page, PageClient
from tests.support.town import LINK, OTHERS, STAFF, a_town

Way = tuple[str, str]
"""Who acts, and at which door."""
OF_THE_PERSON = ("person", "representative")
PEOPLE = {"staff": STAFF, "own": OF_THE_PERSON, "work": ("employer",), "link": (LINK,)}
"""Who has business at the door."""
ANSWERS = {Act.ANSWER_YES: "yes", Act.ANSWER_LATER: "later", Act.ANSWER_NO: "no"}
PLACES: Mapping[Act, Mapping[str, str]] = {
    **{act: {"staff": "/svar", "own": ""} for act in ANSWERS},
    Act.CONSENT: {"staff": "/kort", "own": "/kort"},
    Act.WITHDRAW: {"staff": "/kort/ta-tillbaka", "own": "/kort/ta-tillbaka"},
    Act.SEND: {"staff": "/skicka"},
    Act.EMPLOYER_ANSWER: {"staff": "/arbetsgivarens-svar", "work": "", "link": ""},
    Act.BOOK_VISIT: {"staff": "/besok"},
    Act.AGREE: {"staff": "/overens"},
    Act.CLOSE: {"staff": "/avsluta"},
}
"""At which doors an act is done, and where behind each."""
REPLY = {"employer_answer", "employer_reason", "employer_not_before"}
END = {"closed_on", "closed_reason", "closed_by"}
CHANGES = {
    **{act: {"answer", "ask_again_on", "consent", *END} for act in ANSWERS},
    Act.CONSENT: {"consent"},
    Act.WITHDRAW: {"consent", *END},
    Act.SEND: {"contact_id", "sent_on", *REPLY},
    Act.EMPLOYER_ANSWER: {"visit_on", *REPLY, *END},
    Act.BOOK_VISIT: {"visit_on"},
    Act.AGREE: {"agreed_on"},
    Act.CLOSE: END,
}
"""The only facts that each act may touch."""
COLUMNS = sorted({name for names in CHANGES.values() for name in names} - {"consent"})
FIXED = {"agreed_on", *END}
"""Facts that never change once they are there; nor does a consent come back that was withdrawn."""
NEVER_REFUSED = frozenset({*ANSWERS, Act.BOOK_VISIT, Act.AGREE, Act.CLOSE})
"""What whoever may do it gets done wherever the table allows it; the others wait for a card, or for a day."""
FORWARD = (Act.ANSWER_YES, Act.CONSENT, Act.SEND, Act.EMPLOYER_ANSWER, Act.BOOK_VISIT, Act.AGREE)

Fact = tuple[str, int]
Facts = Mapping[Fact, object]


def mine(act: Act, door: str) -> tuple[str, ...]:
    """Who may do the act at the door; an answer is the person's own, and nobody represents them in it."""
    return ("person",) if (act in ANSWERS and door == "own") else PEOPLE[door]


def ways(act: Act) -> st.SearchStrategy[Way]:
    """Half of the time by somebody whose act it is, half by anybody at all."""
    theirs = [(who, door) for door in PLACES[act] for who in mine(act, door)]
    others = [(who, door) for door in PLACES[act] if door != LINK for who in (*STAFF, *OTHERS)]
    return st.one_of(st.sampled_from(theirs), st.sampled_from(others))


class IntroductionLife(Life):
    """One question with everybody around it, from some way along on its road to agreed."""

    @initialize(along=st.integers(0, len(FORWARD) - 1))
    def begin(self, along: int) -> None:
        self.at(BEGINS)
        self.town = a_town(type(self).sign_in)
        who = self.town.who
        asked = a_question(who.person, coach=who.coach, placement=self.town.placement)
        db.session.commit()
        self.number, self.key = asked.introduction.id, asked.introduction.public_id
        self.tokens = {name: token_of(browser) for name, browser in self.town.browsers.items()}
        for act in FORWARD[:along]:
            assert self.do(("coach", "staff"), act)

    @property
    def row(self) -> Introduction:
        db.session.expire_all()
        return db.session.get_one(Introduction, self.number)

    @property
    def state(self) -> State:
        db.session.expire_all()
        return get_introduction(self.town.who.person.id, self.key).state

    @property
    def facts(self) -> Facts:
        row = self.row
        given = db.session.scalars(select(Consent).where(Consent.participant_id == row.participant_id))
        found: dict[Fact, object] = {("consent", one.id): one.withdrawn_on or "given" for one in given}
        told = {(name, 0): getattr(row, name) for name in COLUMNS}
        return found | {fact: value for fact, value in told.items() if value is not None}

    @property
    def is_live(self) -> bool:
        """Whether the person's yes to the card holds today."""
        number = self.row.consent_id
        given = db.session.get_one(Consent, number) if number else None
        return given is not None and given.withdrawn_on is None and clock.today() <= given.to_date

    @property
    def has_something_to_take_back(self) -> bool:
        return self.is_live or self.state in WITH_EMPLOYER

    def address(self, door: str) -> str:
        person = self.town.who.person.public_id
        if door == LINK:
            made = {"contact": self.town.supervisor, "account": self.town.who.coach}
            return f"/svara/{a_link(Purpose.ANSWER_INTRODUCTION, self.number, **made)[1]}"
        return {
            "staff": f"/deltagare/{person}/fragor/{self.key}",
            "own": f"/min-sida/{person}/jobb/{self.key}",
            "work": f"/min-arbetsplats/fragor/{self.key}",
        }[door]

    def do(self, way: Way, act: Act, **typed: object) -> set[Fact]:
        """Let them send it; what it changed, which must be allowed, traced, theirs to do, and lose nothing."""
        (who, door), state = way, self.state
        path, is_theirs = self.address(door) + PLACES[act][door], who in mine(act, door)
        db.session.commit()
        is_never_refused = act in NEVER_REFUSED or (act is Act.WITHDRAW and self.has_something_to_take_back)
        before, traced, told = self.facts, self.traces(), self.lines()
        answer = self.sent(who, path, {**self.usual(act, door), **typed})
        is_hidden = answer.status == 404 and door == "work"  # an employer finds what they may see, no more
        assert is_hidden or answer.status in (
            (200, 303, 422) if is_theirs else (303,) if who == LINK else (403, 404)
        )
        changed, is_traced = self.changed(before), self.traces() > traced
        assert is_traced == (self.lines() > told)
        assert is_traced or not changed
        assert not is_traced or (is_theirs and may(act, state))
        assert is_traced or not (is_theirs and may(act, state) and is_never_refused)
        assert {fact[0] for fact in changed} <= CHANGES[act]
        type(self).accepted += bool(changed)
        return changed

    def changed(self, before: Facts) -> set[Fact]:
        after = self.facts
        changed = {fact for fact in {*before, *after} if before.get(fact) != after.get(fact)}
        assert not [fact for fact in changed if fact[0] in FIXED and fact in before]
        assert not [fact for fact in changed if fact[0] == "consent" and before.get(fact, "given") != "given"]
        return changed

    def sent(self, who: str, path: str, typed: Mapping[str, object]) -> Page:
        form = {"csrf_token": self.tokens[who], "version": str(self.row.version)}
        browser = self.town.browsers[who]
        if typed.get("act") == "give":  # the card is looked at first, and just that card is said yes to
            seen = browser.post(path, {**form, **typed, "act": "show"}).soup.select_one("input[name=seen]")
            form["seen"] = str(seen["value"]) if seen else ""
        return browser.post(path, {**form, **typed}, follow=False)

    def usual(self, act: Act, door: str) -> Mapping[str, object]:
        """What is typed where nothing else is said."""
        week = (clock.today() + 7 * DAY).isoformat()
        if act in ANSWERS:
            later = {"ask_again_on": week} if act is Act.ANSWER_LATER else {}
            return {"answer": ANSWERS[act], "channel": "speech", **later}
        return {
            Act.CONSENT: {
                "act": "give",
                "called": "first_name",
                "until": (clock.today() + 60 * DAY).isoformat(),
                "channel": "speech",
                "given_by": "person",
            },
            Act.SEND: {"contact": self.town.supervisor.public_id},
            Act.EMPLOYER_ANSWER: {"answer": "yes", "reason": ""} if door == "staff" else {"choice": "yes"},
            Act.BOOK_VISIT: {"visit_on": week},
            Act.CLOSE: {"closed_reason": "other", "closed_by": "nobody"},
        }.get(act, {})

    @rule(way=ways(Act.ANSWER_YES), act=st.sampled_from([*ANSWERS]))
    def answer(self, way: Way, act: Act) -> None:
        self.do(way, act)

    @rule(
        way=ways(Act.CONSENT), called=st.sampled_from(["first_name", "code"]), days=st.sampled_from([3, 60])
    )
    def give_card(self, way: Way, called: str, days: int) -> None:
        self.do(way, Act.CONSENT, called=called, until=(clock.today() + days * DAY).isoformat())

    @rule(way=ways(Act.WITHDRAW))
    def take_card_back(self, way: Way) -> None:
        self.do(way, Act.WITHDRAW)
        assert may(Act.WITHDRAW, self.state) or not self.is_live

    @rule(way=ways(Act.SEND))
    def send(self, way: Way) -> None:
        self.do(way, Act.SEND)

    @rule(way=ways(Act.EMPLOYER_ANSWER), reply=st.sampled_from(["yes", "not_now:1", "no:no_time"]))
    def say_as_employer(self, way: Way, reply: str) -> None:
        if way[1] != "staff":
            self.do(way, Act.EMPLOYER_ANSWER, choice=reply)
        else:
            said, _colon, reason = reply.partition(":")
            wait = (clock.today() + 30 * DAY).isoformat() if said == "not_now" else ""
            why = reason if said == "no" else ""
            self.do(way, Act.EMPLOYER_ANSWER, answer=said, not_before=wait, reason=why)

    @rule(way=ways(Act.BOOK_VISIT))
    def book_visit(self, way: Way) -> None:
        self.do(way, Act.BOOK_VISIT)

    @rule(way=ways(Act.AGREE))
    def agree(self, way: Way) -> None:
        self.do(way, Act.AGREE)

    @rule(way=ways(Act.CLOSE))
    def close(self, way: Way) -> None:
        self.do(way, Act.CLOSE)

    @rule(days=st.sampled_from([1, 4, 12, 40]))
    def days_pass(self, days: int) -> None:
        """Only an employer's silence ends anything by itself, and that is told and traced."""
        before, state, traced, told = self.facts, self.state, self.traces(), self.lines()
        self.let_days_pass(days)
        changed = self.changed(before)
        assert {fact[0] for fact in changed} <= END
        assert self.traces() - traced >= self.lines() - told >= bool(changed)
        assert not changed or (state, self.row.closed_reason) == (State.SENT, self.why_it_ended())

    def why_it_ended(self) -> str:
        """An employer who saw the card no longer was not silent."""
        row = self.row
        could_answer = db.session.get_one(Consent, row.consent_id).to_date >= (row.closed_on or clock.today())
        return "employer_silent" if could_answer else "other"

    @invariant()
    def the_state_follows_from_what_happened(self) -> None:
        told = {name: value for (name, number), value in self.facts.items() if not number}
        names = ("answer", "sent_on", "employer_answer", "visit_on", "agreed_on", "closed_on")
        expected = IntroductionFacts(is_consented=self.is_live, **{name: told.get(name) for name in names})
        assert self.state is state_of(expected)

    @invariant()
    def the_employer_sees_the_card_while_the_yes_to_it_holds(self) -> None:
        row, is_over = self.row, self.state in OVER
        is_there = bool(row.sent_on or row.agreed_on) and self.is_live and not is_over
        page = self.town.browsers["employer"].get(self.address("work"))
        assert (page.status, len(page.select(".person-card"))) == ((200, 1) if is_there else (404, 0))

    def teardown(self) -> None:
        """In the end the page says how it stands, and the link shows what the employer's own page does."""
        words = self.town.browsers["manager"].get(self.address("staff")).words
        assert str(STATE_LABELS[self.state]) in words
        path = self.address(LINK)
        db.session.commit()
        shown = [
            self.town.browsers[who].get(to).select(".person-card")
            for who, to in ((LINK, path), ("employer", self.address("work")))
        ]
        assert str(shown[0]) == str(shown[1])


def token_of(browser: PageClient) -> str:
    """What makes a form of this browser's count, wherever it is sent."""
    found = browser.get("/").soup.select_one("input[name=csrf_token]")
    found = found or browser.get("/logga-in").soup.select_one("input[name=csrf_token]")
    assert found is not None
    return str(found["value"])


@pytest.fixture
def life(
    session: Session, sign_in: Callable[[Account], PageClient], monkeypatch: pytest.MonkeyPatch
) -> IntroductionLife:
    IntroductionLife.sign_in, IntroductionLife.patch = staticmethod(sign_in), monkeypatch
    return IntroductionLife()


def test_every_side_takes_a_question_on_by_its_own_door(life: IntroductionLife) -> None:
    """What the machine tries at random is no empty gesture."""
    life.begin(along=0)
    person, representative, coach = ("person", "own"), ("representative", "own"), ("coach", "staff")
    for way, act, to in (
        (person, Act.ANSWER_LATER, State.LATER),
        (person, Act.ANSWER_YES, State.YES),
        (person, Act.CONSENT, State.CONSENTED),
        (representative, Act.WITHDRAW, State.YES),
        (representative, Act.CONSENT, State.CONSENTED),
        (coach, Act.SEND, State.SENT),
        (("employer", "work"), Act.EMPLOYER_ANSWER, State.EMPLOYER_YES),
        (("coordinator", "staff"), Act.BOOK_VISIT, State.VISIT),
        (coach, Act.AGREE, State.AGREED),
        (person, Act.WITHDRAW, State.AGREED),
        (person, Act.CONSENT, State.AGREED),
        (coach, Act.CLOSE, State.CLOSED),
    ):
        life.the_employer_sees_the_card_while_the_yes_to_it_holds()
        assert life.do(way, act), act
        assert life.state is to
    life.teardown()


def test_an_employer_that_stays_silent_ends_a_question_and_one_with_a_link_answers_it(
    life: IntroductionLife,
) -> None:
    life.begin(along=3)
    assert life.do((LINK, LINK), Act.EMPLOYER_ANSWER, choice="not_now:1")
    assert life.state is State.EMPLOYER_NOT_NOW
    life.days_pass(40)
    assert life.do(("coach", "staff"), Act.SEND)
    life.days_pass(40)
    assert life.state is State.CLOSED


@pytest.mark.broad
def test_a_question_lives_only_as_the_table_allows(life: IntroductionLife) -> None:
    # A shorter example of what went wrong would take minutes to find.
    found = settings(max_examples=6, stateful_step_count=12, deadline=None, phases=[Phase.generate])
    run_state_machine_as_test(IntroductionLife, settings=found)
    assert IntroductionLife.accepted > 0
