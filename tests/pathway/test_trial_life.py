"""Every act on a trial by everybody in any order: only allowed moves, and nothing lost or untraced."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.pathway import trial_queries as queries
from aktema.pathway.review_models import Review
from aktema.pathway.trial_codes import STATUS_LABELS
from aktema.pathway.trial_day_queries import attended_days
from aktema.pathway.trial_models import Agreement, CheckIn, JobQuestion, Trial
from aktema.pathway.trial_states import OVER, Act, Party, TrialFacts, TrialStatus, may, status_of
from aktema.plans.models import Attendance
from aktema.steps.models import Step
from tests.support.life import BEGINS, DAY, Life
from tests.support.links import a_link
from tests.support.page import Page, PageClient, filled_in
from tests.support.town import LINK, OTHERS, STAFF, a_town

TOMORROW = BEGINS.date() + DAY
WORDS = {
    "tasks": "Baka",
    "goal": "discover",
    "support": "Kim är med",
    "safety": "Ugnen",
    "safety_introduction_on": TOMORROW.isoformat(),
    "insurance": "both",
    "stop_rules": "Stopp",
}
actors = st.sampled_from([*STAFF, *OTHERS])
HALF_A_YEAR = 190

SIDES = (*STAFF, "person", "employer", LINK)
SIDE_OF = {**dict.fromkeys(STAFF, "coach"), "representative": "person", LINK: "employer"}
"""For whom somebody signs who is no side themselves."""
MAY: Mapping[Act | None, tuple[str, ...]] = {
    None: STAFF,
    **dict.fromkeys(Act, STAFF),
    **dict.fromkeys((Act.ATTEND, Act.CHECK_IN, Act.REVIEW), SIDES),
    Act.SIGN: (*SIDES, "representative"),
}
"""Who does what; staff also on behalf of the others, on paper or by phone. None: what is done whatever the status."""
CHANGES: Mapping[Act | None, set[str]] = {
    None: {"talked"},
    Act.EDIT: {"version"},
    Act.EXTEND: {"version"},
    Act.SHORTEN: {"version"},
    Act.ASK_TO_SIGN: {"asked"},
    Act.SIGN: {"signature"},
    Act.CANCEL: {"ended"},
    Act.INTERRUPT: {"ended"},
    Act.ATTEND: {"day"},
    Act.CHECK_IN: {"check_in", "talked", "job"},
    Act.REVIEW: {"review"},
}
"""The only kinds of facts that each act may touch."""
FIXED = {"asked", "signature", "day", "job", "ended"}
"""Facts that never change once they are there; what was sent to be signed doesn't either."""
DRAFTING = {Act.EDIT, Act.EXTEND, Act.SHORTEN}
"""What these write is told once it is sent to be signed; every other act is a line at once."""
AT_WORK = "/min-arbetsplats"

Fact = tuple[str | int, ...]
Facts = Mapping[Fact, object]


def version_of(agreement: Agreement) -> object:
    """Everything that a version says."""
    days = tuple((one.day, one.starts_at, one.ends_at, one.break_minutes) for one in agreement.days)
    return (agreement.tasks, agreement.from_date, agreement.to_date, days)


def agreed_facts(trial: Trial) -> dict[Fact, object]:
    found: dict[Fact, object] = {}
    for one in trial.agreements:
        found["version", one.number] = version_of(one)
        for row in one.signatures:
            found["signature", one.number, row.party] = (row.how, row.on_behalf_reason)
        if one.asked_at is not None:
            found["asked", one.number] = one.asked_at
    return found


def told_facts(trial: Trial) -> dict[Fact, object]:
    """What was said and seen: check-ins, whether it could be a job, the rows of attendance, reviews, and the end."""
    check_ins = db.session.scalars(select(CheckIn).where(CheckIn.trial_id == trial.id)).all()
    found: dict[Fact, object] = {("check_in", one.due, one.party): one.answer for one in check_ins}
    found |= {("talked", one.due, one.party): one.talked_on for one in check_ins if one.talked_on}
    jobs = db.session.scalars(select(JobQuestion).where(JobQuestion.trial_id == trial.id))
    found |= {("job", one.id): (one.month, one.answer) for one in jobs}
    days = db.session.scalars(select(Attendance).where(Attendance.trial_id == trial.id))
    found |= {("day", one.id): (one.day, one.minutes, one.absence, one.source) for one in days}
    reviews = db.session.scalars(select(Review).where(Review.trial_id == trial.id))
    found |= {("review", one.voice): (one.how, one.version) for one in reviews}
    if ended := trial.cancelled_on or trial.interrupted_on:
        found["ended", "cancelled" if trial.cancelled_on else "interrupted"] = ended
    return found


def is_fixed(fact: Fact, facts: Facts) -> bool:
    return fact[0] in FIXED or (fact[0] == "version" and ("asked", fact[1]) in facts)


class TrialLife(Life):
    """One trial with everybody around it: from a draft, or some days after all have signed."""

    @initialize(signed_days_ago=st.sampled_from([None, 0, 1, 2, 8, HALF_A_YEAR]))
    def begin(self, signed_days_ago: int | None) -> None:
        self.at(BEGINS)
        self.town = a_town(type(self).sign_in)
        self.path = f"/deltagare/{self.town.who.person.public_id}/provplatser"
        kind, days = ("external_placement", 300) if signed_days_ago == HALF_A_YEAR else ("taster", 6)
        dates = {"from_date": TOMORROW.isoformat(), "to_date": (TOMORROW + days * DAY).isoformat()}
        browser, place = self.town.browsers["coach"], self.town.placement.public_id
        assert browser.submit(f"{self.path}/ny/{place}", {"kind": kind, **dates}).status == 200
        found = select(Trial).where(Trial.participant_id == self.town.who.person.id)
        trial = db.session.scalars(found).one()
        self.number, self.key = trial.id, trial.public_id
        if signed_days_ago is not None:
            self.everybody_signs()
            self.days_go(signed_days_ago)

    def everybody_signs(self, others: tuple[str, str] = ("person", "employer")) -> None:
        self.fill_in("coach", "schema", {"monday": "9-12", "tuesday": "9-12", "same": "y"}, Act.EDIT)
        self.fill_in("coach", "overenskommelse", WORDS, Act.EDIT)
        self.press("coach", "be-om-underskrift", Act.ASK_TO_SIGN)
        for who in (*others, "coach"):
            assert self.sign_as(who) == {("signature", 1, SIDE_OF.get(who, who))}
        assert self.status is TrialStatus.READY

    @property
    def trial(self) -> Trial:
        db.session.expire_all()
        return queries.trial_by_id(self.number)

    @property
    def status(self) -> TrialStatus:
        return queries.status(self.trial, clock.today())

    @property
    def facts(self) -> Facts:
        trial = self.trial
        return agreed_facts(trial) | told_facts(trial)

    def staff(self, rest: str = "") -> str:
        return f"{self.path}/{self.key}{rest}"

    def own(self, page: str, rest: str = "") -> str:
        return self.town.who.page(f"/{page}/{self.key}{rest}")

    def link(self, purpose: Purpose) -> str:
        """The key of a mail to the supervisor."""
        _link, token = a_link(purpose, self.number, contact=self.town.supervisor, account=self.town.who.coach)
        db.session.commit()
        return token

    def attempt(self, who: str, act: Act | None, do: Callable[[PageClient], Page | None]) -> set[Fact]:
        """Let them do it; what it changed, which must be allowed, traced, theirs to do, and lose nothing."""
        before, status, traced, told = self.facts, self.status, self.traces(), self.lines()
        do(self.town.browsers[who])
        after = self.facts
        changed = {fact for fact in {*before, *after} if before.get(fact) != after.get(fact)}
        is_traced = self.traces() > traced
        assert is_traced or not changed
        assert self.lines() > told or not changed or act in DRAFTING
        assert not is_traced or ((act is None or may(act, status)) and who in MAY[act])
        assert {fact[0] for fact in changed} <= CHANGES[act]
        assert not [fact for fact in changed & {*before} if is_fixed(fact, before)]
        type(self).accepted += bool(changed)
        return changed

    def fill_in(self, who: str, page: str, data: Mapping[str, str], act: Act) -> set[Fact]:
        """Open a page for staff and send its form: it opens for them alone, and answers 303 or says what is wrong."""

        def do(browser: PageClient) -> Page | None:
            path = self.staff(f"/{page}")
            shown = browser.get(path)
            if who not in STAFF:
                assert shown.status in (403, 404) or who == LINK  # who is led to where one signs in
                return None
            if shown.status == 404:
                assert not may(act, self.status)
                return None
            answer = browser.submit(path, data, follow=False)
            assert answer.status in (303, 422)
            return answer

        return self.attempt(who, act, do)

    def press(self, who: str, end: str, act: Act | None, path: str = "", **data: str) -> set[Fact]:
        """Press the button that sends to such an address, where the page has it."""

        def do(browser: PageClient) -> Page | None:
            page = browser.get(path or self.staff())
            form = page.soup.select_one(f"form[action$='{end}']") if page.text else None
            return browser.post(str(form["action"]), {**filled_in(form), **data}) if form else None

        return self.attempt(who, act, do)

    def sign_as(self, who: str) -> set[Fact]:
        if who == LINK:
            token = self.link(Purpose.SIGN_AGREEMENT)
            return self.press(who, token, Act.SIGN, f"/skriv-under/{token}", name="Linda Ask")
        if SIDE_OF.get(who, who) == "person":
            return self.press(who, f"{self.key}/ja", Act.SIGN, self.own("overenskommelse"))
        if who == "employer":
            path = f"{AT_WORK}/provplatser/{self.key}/skriv-under"
            return self.press(who, "/skriv-under", Act.SIGN, path, name="Linda Ask")
        return self.press(who, "/skriv-under", Act.SIGN)

    @rule(who=actors, span=st.sampled_from(["9-12", "8-15", "12-9"]), change=st.sampled_from(["hours", ""]))
    def write_days(self, who: str, span: str, change: str) -> None:
        self.fill_in(who, "schema", {"monday": span, "same": "y", "change": change}, Act.EDIT)

    @rule(who=actors, change=st.sampled_from(["tasks", ""]), tasks=st.sampled_from(["Baka", "Packa"]))
    def write_words(self, who: str, change: str, tasks: str) -> None:
        self.fill_in(who, "overenskommelse", {**WORDS, "tasks": tasks, "change": change}, Act.EDIT)

    @rule(who=actors)
    def throw_away(self, who: str) -> None:
        gone = self.press(who, "/slang-andring", Act.EDIT)
        assert gone in (set(), {("version", len(self.trial.agreements) + 1)})

    @rule(who=actors)
    def ask_to_sign(self, who: str) -> None:
        self.press(who, "/be-om-underskrift", Act.ASK_TO_SIGN)

    @rule(who=actors)
    def sign(self, who: str) -> None:
        last = queries.newest(self.trial)
        is_open = last.asked_at is not None and may(Act.SIGN, self.status)
        side = SIDE_OF.get(who, who)
        signed = {fact[2] for fact in self.facts if fact[:2] == ("signature", last.number)}
        is_their_turn = side in tuple(Party) and side not in signed
        if side == "employer":  # it reads the version when the person has signed it
            is_their_turn = is_their_turn and "person" in signed
        been, agreed = attended_days(self.trial, clock.today()), {one.day for one in last.days}
        is_open = is_open and agreed.issuperset(been)  # a change drops no day that somebody was there
        expected = {("signature", last.number, side)} if is_open and is_their_turn else set()
        assert self.sign_as(who) == expected

    @rule(who=actors, party=st.sampled_from(["personen", "arbetsgivaren"]))
    def keep_a_paper(self, who: str, party: str) -> None:
        self.fill_in(who, f"papper/{party}", {"name": "Alva Ek"}, Act.SIGN)

    @rule(who=actors, reason=st.sampled_from(["cannot_use_screen", "wanted_help", "representative"]))
    def sign_on_behalf(self, who: str, reason: str) -> None:
        """A representative signs themselves: that is no reason for staff to."""
        signed = self.fill_in(who, "at-personen", {"reason": reason}, Act.SIGN)
        assert {fact[2] for fact in signed} <= ({"person"} if reason != "representative" else set())

    @rule(who=actors, answer=st.sampled_from(["yes", "later"]))
    def say_whether_it_could_be_a_job(self, who: str, answer: str) -> None:
        asked = self.fill_in(who, "jobbfragan", {"answer": answer}, Act.CHECK_IN)
        assert {fact[0] for fact in asked} <= {"job"}

    @rule(who=actors)
    def say_that_they_have_talked(self, who: str) -> None:
        self.press(who, "/pratat", None)

    @rule(who=actors, days=st.integers(-2, 30))
    def extend(self, who: str, days: int) -> None:
        day = (clock.today() + days * DAY).isoformat()
        self.fill_in(who, "forlang", {"to_date": day, "reason": "absence"}, Act.EXTEND)

    @rule(who=actors, days=st.integers(-2, 9))
    def shorten(self, who: str, days: int) -> None:
        day = (clock.today() + days * DAY).isoformat()
        self.fill_in(who, "korta", {"to_date": day, "reason": "health"}, Act.SHORTEN)

    @rule(who=actors, days=st.integers(-2, 1))
    def end(self, who: str, days: int) -> None:
        act = Act.INTERRUPT if self.status is TrialStatus.RUNNING else Act.CANCEL
        day = (clock.today() + days * DAY).isoformat()
        self.fill_in(who, "avsluta", {"whose": "person", "reason": "person_said_no", "day": day}, act)

    @rule(who=actors, answer=st.sampled_from(["well", "talk"]))
    def say_how_it_goes(self, who: str, answer: str) -> None:
        party = "employer" if who in (*STAFF, LINK) else who
        assert {fact[2] for fact in self.check_in_as(who, answer)} <= {party}

    def check_in_as(self, who: str, answer: str) -> set[Fact]:
        if who == LINK:
            token = self.link(Purpose.CHECK_IN)
            return self.press(who, token, Act.CHECK_IN, f"/avstamning/{token}", answer=answer)
        if who == "person":
            return self.press(who, self.key, Act.CHECK_IN, self.own("provplats"), answer=answer)
        if who == "employer":
            path = f"{AT_WORK}/provplatser/{self.key}"
            return self.press(who, self.key, Act.CHECK_IN, path, answer=answer)
        return self.press(who, "/avstamning", Act.CHECK_IN, party="employer", answer=answer)

    @rule(who=actors, presence=st.sampled_from(["present", "absent"]))
    def write_a_day(self, who: str, presence: str) -> None:
        assert len(self.attend_as(who, presence)) <= 1

    def attend_as(self, who: str, presence: str) -> set[Fact]:
        data = {"presence": presence, "absence": "transport_failed"}
        day = clock.today().isoformat()
        if who == "person":
            return self.press(who, day, Act.ATTEND, self.own("provplats", f"/dag/{day}"), **data)
        if who == LINK:
            path = f"/avstamning/{self.link(Purpose.CHECK_IN)}/dagar/{day}"
            return self.press(who, day, Act.ATTEND, path, **data)
        at_work, here = f"{AT_WORK}/provplatser/{self.key}/dagar/{day}", self.staff(f"/dagar/{day}")
        return self.press(who, day, Act.ATTEND, at_work if who == "employer" else here, **data)

    @rule(who=actors, answer=st.sampled_from(["0", "4"]))
    def say_how_it_was(self, who: str, answer: str) -> None:
        assert self.review_as(who, answer) <= {("review", SIDE_OF.get(who, who))}

    def review_as(self, who: str, answer: str) -> set[Fact]:
        data = {"completion": "completed", "tasks": answer}
        if who == LINK:
            token = self.link(Purpose.REVIEW)
            return self.press(who, token, Act.REVIEW, f"/utvardera/{token}", **data)
        if who == "person":
            return self.press(who, self.key, Act.REVIEW, self.own("hur-var-det"), stop="1", **data)
        if who == "employer":
            return self.press(who, self.key, Act.REVIEW, f"{AT_WORK}/utvardera/{self.key}", **data)
        return self.press(who, "/coachen", Act.REVIEW, self.staff("/utvardering/coachen"), **data)

    @rule(days=st.sampled_from([1, 1, 3, 9, 90]))
    def days_pass(self, days: int) -> None:
        self.days_go(days)

    def days_go(self, days: int) -> None:
        """Nothing that was said or signed becomes another by itself; a trial that ends meanwhile is told of."""
        before, status, traced, told = self.facts, self.status, self.traces(), self.lines()
        self.let_days_pass(days)
        is_ended = status not in OVER and self.status in OVER
        assert self.facts == before
        assert self.lines() - told <= self.traces() - traced
        assert not is_ended or self.ends() == 1

    def ends(self) -> int:
        """How many lines tell that the trial is over."""
        ended = (Step.participant_id == self.town.who.person.id) & (Step.contact_type == "trial_ended")
        return db.session.scalar(select(func.count()).select_from(Step).where(ended)) or 0

    @invariant()
    def the_status_follows_from_what_happened(self) -> None:
        facts, trial = self.facts, self.trial
        whole = [one for one in trial.agreements if is_whole(one.number, facts)]
        told = (whole or trial.agreements)[-1]
        expected = TrialFacts(
            begun_on=BEGINS.date(),
            from_date=told.from_date,
            to_date=told.to_date,
            is_asked=("asked", len(trial.agreements)) in facts,
            is_signed=bool(whole),
            cancelled_on=as_day(facts.get(("ended", "cancelled"))),
            interrupted_on=as_day(facts.get(("ended", "interrupted"))),
        )
        assert self.status is status_of(expected, clock.today())

    @invariant()
    def every_end_stands_on_the_timeline_once(self) -> None:
        is_ended = any(fact[0] == "ended" for fact in self.facts)
        assert is_ended <= self.ends() <= (self.status in OVER)

    def teardown(self) -> None:
        """In the end the page says how it stands."""
        words = self.town.browsers["manager"].get(self.staff()).words
        assert str(STATUS_LABELS[self.status]) in words


def is_whole(number: int, facts: Facts) -> bool:
    return all(("signature", number, party.value) in facts for party in Party)


def as_day(told: object) -> date | None:
    return told if isinstance(told, date) else None


@pytest.fixture
def life(
    session: Session, sign_in: Callable[[Account], PageClient], monkeypatch: pytest.MonkeyPatch
) -> TrialLife:
    TrialLife.sign_in, TrialLife.patch = staticmethod(sign_in), monkeypatch
    return TrialLife()


def test_every_side_can_do_its_acts_on_the_first_day(life: TrialLife) -> None:
    """What the machine tries at random is no empty gesture."""
    life.begin(signed_days_ago=1)
    for who in SIDES:
        assert life.check_in_as(who, "talk" if who in ("coordinator", LINK) else "well"), who
    for who, presence in {
        "person": "present",
        LINK: "absent",
        "coach": "present",
        "employer": "absent",
    }.items():
        assert life.attend_as(who, presence), who
        assert life.review_as(who, "4"), who
    assert life.press("coordinator", "/pratat", None) == {("talked", "day_1", "employer")}


def test_others_sign_for_a_side_that_cannot(life: TrialLife) -> None:
    life.begin(signed_days_ago=None)
    life.everybody_signs(("representative", LINK))
    version = {"monday": "8-12", "same": "y", "change": "hours"}
    life.fill_in("coach", "schema", version, Act.EDIT)
    life.press("coach", "be-om-underskrift", Act.ASK_TO_SIGN)
    assert life.fill_in("coach", "at-personen", {"reason": "wanted_help"}, Act.SIGN)


def test_after_half_a_year_somebody_says_whether_it_could_be_a_job(life: TrialLife) -> None:
    life.begin(signed_days_ago=HALF_A_YEAR)
    assert life.fill_in("coach", "jobbfragan", {"answer": "later"}, Act.CHECK_IN)
    assert not life.fill_in("coordinator", "jobbfragan", {"answer": "yes"}, Act.CHECK_IN)


@pytest.mark.broad
def test_a_trial_lives_only_as_the_table_allows(life: TrialLife) -> None:
    # A shorter example of what went wrong would take minutes to find.
    found = settings(max_examples=6, stateful_step_count=15, deadline=None, phases=[Phase.generate])
    run_state_machine_as_test(TrialLife, settings=found)
    assert TrialLife.accepted > 0
