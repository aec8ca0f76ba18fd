"""Every act on a trial by every role in any order: only allowed moves, and nothing lost or untraced."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, ServerSession
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.pathway import trial_queries as queries
from aktema.pathway.permissions import SIGN_AGREEMENT
from aktema.pathway.signature_operations import SignatureFacts, sign
from aktema.pathway.trial_codes import STATUS_LABELS, SignedHow
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_states import Act, Party, TrialFacts, TrialStatus, may, status_of
from aktema.steps.models import Step
from tests.support.employers import a_contact, a_placement
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment

DAY = timedelta(days=1)
BEGINS = datetime(2026, 3, 9, 9, tzinfo=UTC)
WRITERS, READERS, STRANGERS = ("coach", "coordinator"), ("manager",), ("stranger",)
EVERYBODY = (*WRITERS, *READERS, *STRANGERS)
WORDS = {"tasks": "Baka", "goal": "discover", "safety": "Ugnen", "insurance": "both", "stop_rules": "Stopp"}
actors = st.sampled_from(EVERYBODY)


class Town:
    """The accounts by who they are to the person, each with a browser, and a clock that can be moved."""

    def __init__(self, sign_in: Callable[[Account], PageClient], patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.set(BEGINS)
        unit = a_unit()
        self.accounts = {
            "coach": an_account(Role.JOB_COACH, unit),
            "coordinator": an_account(Role.COORDINATOR, unit),
            "manager": an_account(Role.UNIT_MANAGER, unit),
            "stranger": an_account(Role.JOB_COACH, a_unit()),
        }
        self.browsers = {name: sign_in(account) for name, account in self.accounts.items()}
        self.unit = unit

    def set(self, moment: datetime) -> None:
        self.patch.setattr(clock, "now", lambda: moment)


class Fingerprint(tuple[Any, ...]):
    """Everything that a version says."""

    __slots__ = ()

    @classmethod
    def of(cls, agreement: Agreement) -> "Fingerprint":
        days = tuple((one.day, one.starts_at, one.ends_at, one.break_minutes) for one in agreement.days)
        return cls((agreement.tasks, agreement.from_date, agreement.to_date, days))


class TrialLife(RuleBasedStateMachine):
    """One trial after the other, with its person, in the town."""

    town: ClassVar[Town]

    @initialize()
    def begin(self) -> None:
        self.now = BEGINS
        self.town.set(self.now)
        self.person = a_participant(coach=self.town.accounts["coach"])
        an_assignment(
            self.person, kind="coordinator", account=self.town.accounts["coordinator"], unit=self.town.unit
        )
        placement = a_placement(title="Bageriet")
        placement.supervisor = a_contact(placement.employer)
        db.session.flush()
        self.path = f"/deltagare/{self.person.public_id}/provplatser"
        day = clock.today() + DAY
        dates = {"from_date": day.isoformat(), "to_date": (day + 6 * DAY).isoformat()}
        page = self.town.browsers["coach"].submit(
            f"{self.path}/ny/{placement.public_id}", {"kind": "taster", **dates}
        )
        assert page.status == 200
        found = db.session.scalars(select(Trial).where(Trial.participant_id == self.person.id)).one()
        self.number, self.at = found.id, f"{self.path}/{found.public_id}"
        self.sent: dict[int, Fingerprint] = {}
        self.signed: dict[int, set[Party]] = {}
        self.versions = 1
        self.cancelled: date | None = None
        self.interrupted: date | None = None

    @property
    def trial(self) -> Trial:
        db.session.expire_all()
        return queries.trial_by_id(self.number)

    @property
    def status(self) -> TrialStatus:
        return queries.status(self.trial, clock.today())

    def traces(self) -> int:
        about = (AccessEntry.kind == "write") & (AccessEntry.object_kind.in_(("trial", "signature")))
        return db.session.scalar(select(func.count()).select_from(AccessEntry).where(about)) or 0

    def send(self, who: str, page: str, data: dict[str, str], act: Act) -> bool:
        """Fill in the page's form as who it is would; whether it was done, which is checked against the table."""
        before, status, traced = self.versions, self.status, self.traces()
        shown = self.town.browsers[who].get(f"{self.at}/{page}")
        if who not in WRITERS:
            assert shown.status == (403 if who in READERS else 404)
            assert self.traces() == traced
            return False
        if shown.status == 404:
            assert not may(act, status)
            return False
        answer = self.town.browsers[who].submit(f"{self.at}/{page}", data, follow=False)
        is_done = answer.status == 303
        assert answer.status in (303, 422)
        assert may(act, status) or not is_done
        assert (self.traces() > traced) is is_done
        self.versions = len(self.trial.agreements)
        assert self.versions in ((before, before + 1) if is_done else (before,))
        return is_done

    def press(self, who: str, act_path: str) -> bool:
        """Press the button where the page has it; whether something was done."""
        traced = self.traces()
        page = self.town.browsers[who].get(self.at)
        form = page.soup.select_one(f"form[action$='{act_path}']") if page.text else None
        if form is None:
            return False
        assert who in WRITERS
        self.town.browsers[who].post(f"{self.at}/{act_path}", page.hidden(f"form[action$='{act_path}']"))
        return self.traces() > traced

    @rule(who=actors, span=st.sampled_from(["9-12", "8-15", "12-9"]), change=st.sampled_from(["hours", ""]))
    def write_days(self, who: str, span: str, change: str) -> None:
        self.send(who, "schema", {"monday": span, "same": "y", "change": change}, Act.EDIT)

    @rule(who=actors, change=st.sampled_from(["tasks", ""]), tasks=st.sampled_from(["Baka", "Packa"]))
    def write_words(self, who: str, change: str, tasks: str) -> None:
        self.send(who, "overenskommelse", {**WORDS, "tasks": tasks, "change": change}, Act.EDIT)

    @rule(who=actors)
    def ask_to_sign(self, who: str) -> None:
        if self.press(who, "be-om-underskrift"):
            last = queries.newest(self.trial)
            self.sent[last.number] = Fingerprint.of(last)

    @rule(party=st.sampled_from(Party))
    def sign(self, party: Party) -> None:
        coach = act_as(self.town.accounts["coach"])
        status, trial = self.status, self.trial
        facts = SignatureFacts(party=party, how=SignedHow.PAPER, name="Alva Ek", account_id=coach.account_id)
        try:
            sign(trial, facts, SIGN_AGREEMENT)
        except DomainError:
            return
        db.session.commit()
        assert may(Act.SIGN, status)
        self.signed.setdefault(queries.newest(self.trial).number, set()).add(party)

    @rule(who=actors, days=st.integers(-2, 30))
    def extend(self, who: str, days: int) -> None:
        day = (clock.today() + days * DAY).isoformat()
        self.send(who, "forlang", {"to_date": day}, Act.EXTEND)

    @rule(who=actors, days=st.integers(-2, 9))
    def shorten(self, who: str, days: int) -> None:
        day = (clock.today() + days * DAY).isoformat()
        self.send(who, "korta", {"to_date": day, "reason": "health"}, Act.SHORTEN)

    @rule(who=actors)
    def throw_away(self, who: str) -> None:
        if self.press(who, "slang-andring"):
            self.versions -= 1

    @rule(who=actors, days=st.integers(-2, 1))
    def end(self, who: str, days: int) -> None:
        is_running = self.status is TrialStatus.RUNNING
        day = clock.today() + days * DAY
        data = {"whose": "person", "reason": "person_said_no", "day": day.isoformat()}
        if not self.send(who, "avsluta", data, Act.INTERRUPT if is_running else Act.CANCEL):
            return
        if is_running:
            self.interrupted = day
        else:
            self.cancelled = clock.today()

    @rule(days=st.sampled_from([1, 1, 3, 9, 90]))
    def days_pass(self, days: int) -> None:
        self.now += days * DAY
        self.town.set(self.now)
        # Everybody has signed in anew: nobody is out because months have gone.
        db.session.execute(update(ServerSession).values(created_at=self.now, last_seen_at=self.now))
        db.session.commit()

    @invariant()
    def the_status_follows_from_what_happened(self) -> None:
        trial, today = self.trial, clock.today()
        whole = [number for number, parties in self.signed.items() if parties == set(Party)]
        told = trial.agreements[max(whole) - 1] if whole else trial.agreements[-1]
        facts = TrialFacts(
            begun_on=BEGINS.date(),
            from_date=told.from_date,
            to_date=told.to_date,
            is_asked=self.versions in self.sent,
            is_signed=bool(whole),
            cancelled_on=self.cancelled,
            interrupted_on=self.interrupted,
        )
        assert queries.status(trial, today) is status_of(facts, today)

    @invariant()
    def what_was_sent_is_never_changed_and_nothing_is_lost(self) -> None:
        agreements = {one.number: one for one in self.trial.agreements}
        assert {number: Fingerprint.of(agreements[number]) for number in self.sent} == self.sent
        assert list(agreements) == list(range(1, self.versions + 1))
        stood = {n: {Party(s.party) for s in one.signatures} for n, one in agreements.items()}
        assert {number: parties for number, parties in stood.items() if parties} == self.signed

    def teardown(self) -> None:
        """In the end the page says how it stands."""
        words = self.town.browsers["manager"].get(self.at).words
        assert str(STATUS_LABELS[self.status]) in words

    @invariant()
    def every_end_stands_on_the_timeline(self) -> None:
        ended = (Step.participant_id == self.person.id) & (Step.contact_type == "trial_ended")
        lines = db.session.scalar(select(func.count()).select_from(Step).where(ended))
        assert lines == sum(day is not None for day in (self.cancelled, self.interrupted))


def test_a_trial_lives_only_as_the_table_allows(
    session: Session, sign_in: Callable[[Account], PageClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    TrialLife.town = Town(sign_in, monkeypatch)
    run_state_machine_as_test(
        TrialLife, settings=settings(max_examples=8, stateful_step_count=15, deadline=None)
    )
