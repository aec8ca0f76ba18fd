"""Whatever becomes known of a person: no byte changes of any page an employer reaches, nor of any mail."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.outbox import OutboxMessage
from aktema.pathway.check_in_codes import CheckInAnswer, ToldHow
from aktema.pathway.check_in_operations import CheckInFacts, ask_employers, check_in, send_check_in_link
from aktema.pathway.introduction_operations import agree, book_visit
from aktema.pathway.outcome_models import Employment
from aktema.pathway.permissions import CHECK_IN
from aktema.pathway.retention_operations import ask_employer as ask_about_job
from aktema.pathway.review_codes import Completion, Question, Voice
from aktema.pathway.review_operations import ask_for_reviews, send_review_link
from aktema.pathway.rules.card import CalledBy
from aktema.pathway.signature_operations import ask_employer
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_states import Party
from aktema.people.models import (
    Availability,
    ConstraintMark,
    InterestVote,
    Participant,
    PreferenceVote,
    Rating,
    Wish,
)
from aktema.people.photo_operations import add_photo
from aktema.plans.codes import PointAnswer, WorkPoint
from aktema.plans.consultation_codes import Profession, QuestionArea
from aktema.plans.consultation_models import Consultation
from aktema.steps.models import NextStep
from aktema.vocabulary.models import Activity, Dimension, Preference, WorkConstraint
from tests.support.attendance import write
from tests.support.employers import a_placement, a_workplace, word_id
from tests.support.introductions import (
    Asked,
    a_choice,
    a_question,
    answered,
    chased_on,
    consented,
    employer_said,
    sent,
)
from tests.support.links import a_link
from tests.support.outcomes import a_job
from tests.support.own import a_representative
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.plans import a_decision, a_follow_up, an_order
from tests.support.reviews import a_review
from tests.support.symbols import a_picture
from tests.support.trials import a_trial, sign

DAY = timedelta(days=1)
NOISE = re.compile(r'<input[^>]*name="(?:csrf_token|idempotency_key)"[^>]*>')
"""What differs from one showing of a page to the next: keys of forms."""
KEY = re.compile(r"/[\w-]{43}")
LETTERS = st.text("abcdeåäö", min_size=1, max_size=12)


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A person with a question, an agreement to sign, a trial that runs, one that is over, and a job."""

    asked: Asked
    unsigned: Trial
    running: Trial
    over: Trial
    job: Employment

    @property
    def person(self) -> Participant:
        return self.asked.person

    def key(self, purpose: Purpose, subject_id: int) -> str:
        _link, token = a_link(purpose, subject_id, contact=self.asked.contact, account=self.asked.coach)
        return token


def a_question_there(asked: Asked, *, is_agreed: bool) -> Asked:
    """Another question about the person at the same employer, by a code, and on to where they agree."""
    placement = a_placement(a_workplace(asked.employer), supervisor=asked.contact)
    return by_code(a_question(asked.person, coach=asked.coach, placement=placement), is_agreed=is_agreed)


def by_code(asked: Asked, *, is_agreed: bool) -> Asked:
    sent(consented(answered(asked), a_choice(frozenset(), called=CalledBy.CODE)))
    if is_agreed:
        employer_said(asked)
        book_visit(asked.view, clock.today() + 7 * DAY, None)
        agree(asked.view)
    return asked


def a_trial_of(asked: Asked, first: date, last: date, *, signed: bool = True) -> Trial:
    trial = a_trial(
        asked.person, asked.placement, from_date=first, to_date=last, signed=signed, account=asked.coach
    )
    trial.introduction_id = asked.introduction.id
    trial.agreements[-1].asked_at = clock.now()
    return trial


@pytest.fixture
def world(session: Session) -> World:
    today = clock.today()
    asked = by_code(a_question(), is_agreed=False)
    before, now, after = (a_question_there(asked, is_agreed=True) for _turn in range(3))
    over = a_trial_of(before, today - 20 * DAY, today - 10 * DAY)
    made = World(
        asked=asked,
        over=over,
        running=a_trial_of(now, today - DAY, today + 20 * DAY),
        unsigned=a_trial_of(after, today + 30 * DAY, today + 40 * DAY, signed=False),
        job=a_job(asked.person, trial=over, account=asked.coach),
    )
    sign(made.unsigned.agreements[0], Party.PERSON)
    session.commit()
    session.expire_all()
    return made


def by_link(world: World) -> Mapping[str, str]:
    """Every page that a link opens, by its route."""
    placement = world.asked.placement
    check_in_key = world.key(Purpose.CHECK_IN, world.running.id)
    return {
        "answer": f"/svara/{world.asked.token()}",
        "sign": f"/skriv-under/{world.key(Purpose.SIGN_AGREEMENT, world.unsigned.id)}",
        "check_in": f"/avstamning/{check_in_key}",
        "day": f"/avstamning/{check_in_key}/dagar/{(clock.today() - DAY).isoformat()}",
        "review": f"/utvardera/{world.key(Purpose.REVIEW, world.over.id)}",
        "retention": f"/jobbet/{world.key(Purpose.RETENTION, world.job.id)}",
        "posting": f"/ny-plats/{world.key(Purpose.POST_PLACEMENT, placement.employer_id)}",
        "valid": f"/platsen-galler/{world.key(Purpose.REFRESH_PLACEMENT, placement.id)}",
        "notices": f"/mejl/{world.key(Purpose.NOTICES, world.asked.contact.id)}",
    }


def by_account(world: World) -> Mapping[str, str]:
    """Every page of the employer's own that is about a person or could be."""
    running, mine = world.running.public_id, "/min-arbetsplats"
    return {
        "start": mine,
        "question": f"{mine}/fragor/{world.asked.introduction.public_id}",
        "trial": f"{mine}/provplatser/{running}",
        "own_day": f"{mine}/provplatser/{running}/dagar/{(clock.today() - DAY).isoformat()}",
        "own_sign": f"{mine}/provplatser/{world.unsigned.public_id}/skriv-under",
        "own_review": f"{mine}/utvardera/{world.over.public_id}",
        "position": f"{mine}/platser/{world.asked.placement.public_id}",
    }


def shown(page: PageClient, path: str) -> str:
    answer = page.get(path)
    assert answer.status == 200, path
    return NOISE.sub("", answer.text)


def learn(world: World, name: str, number: int) -> None:
    """Everything hidden becomes another, and more is learnt of the person by every slice."""
    become(world.person, name, number)
    profiled(world, name, number)
    decided(world, name, number)
    noted(world, name, number)
    told = CheckInFacts(party=Party.PERSON, answer=CheckInAnswer.TALK, how=ToldHow.OWN_PAGE, words=name)
    check_in(world.running, told, CHECK_IN)
    db.session.commit()


def become(person: Participant, name: str, number: int) -> None:
    person.first_name = person.last_name = person.communication_note = name
    person.phone, person.sex = f"070-{number:07}", ("woman", "man")[number % 2]
    person.birth_date = date(1970 + number % 30, 1, 2)
    person.came_from = ("school", "day_activity")[number % 2]
    person.communication = ("speech", "signs", "pictures")[number % 3]


def profiled(world: World, name: str, number: int) -> None:
    """What is said of the person's wishes, capacities and needs; who speaks for them; and a photo of theirs."""
    said = {"source": "own", "said_on": clock.today(), "account_id": world.asked.coach.id}
    wish = Wish(**said)
    mark = ConstraintMark(
        constraint_id=word_id(WorkConstraint, "no_heights"), is_needed=number % 2 == 0, **said
    )
    wish.words = mark.note = name
    for row in (
        wish,
        mark,
        Rating(dimension_id=word_id(Dimension, "focus"), level=number % 4, **said),
        InterestVote(activity_id=word_id(Activity, "bake"), vote=(-2, 2)[number % 2], **said),
        PreferenceVote(preference_id=word_id(Preference, "calm_lively"), vote=number % 5 - 2, **said),
        Availability(weekly_minutes=60 + number, weekdays=1 + number % 31, earliest_start=540, **said),
    ):
        row.participant_id = world.person.id
        db.session.add(row)
    speaker, _account = a_representative(world.person)
    speaker.name = speaker.scope = name
    add_photo(world.asked.identity, world.person, content=a_picture("JPEG"), word=name)


def decided(world: World, name: str, number: int) -> None:
    """A decision with its hours, days at a unit, and what was asked and answered when it was followed up."""
    decision = a_decision(world.person, weekly_minutes=1 + number % 2400)
    decision.needs = decision.wishes = name
    order = an_order(decision, a_unit(name), answer="accepted", first_day=clock.today() - 60 * DAY)
    order.need = order.risks = name
    for days_ago in (1, 15):
        absence = ("ill", None)[number % 2]
        write(order, clock.today() - days_ago * DAY, 0 if absence else 300, absence)
    said = (PointAnswer.YES, PointAnswer.NO)[number % 2]
    follow_up = a_follow_up(decision, answers={WorkPoint.WISH_FOR_WORK: said})
    follow_up.summary = follow_up.own_words = name


def noted(world: World, name: str, number: int) -> None:
    """What licensed staff were asked, what the person said of how they are, and what is to be done next."""
    person, account, today = world.person, world.asked.coach, clock.today()
    asked = Consultation(
        participant_id=person.id,
        asked_on=today,
        area=list(QuestionArea)[number % len(QuestionArea)].value,
        profession=list(Profession)[number % len(Profession)].value,
        account_id=account.id,
    )
    asked.asked = name
    step = NextStep(participant_id=person.id, account_id=account.id, due_on=today + number % 90 * DAY)
    step.line = name
    db.session.add_all([asked, step])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=3, deadline=None)
@given(name=LETTERS, number=st.integers(0, 9_999_999))
def test_whatever_is_learnt_changes_no_byte_by_link(
    world: World, page: PageClient, name: str, number: int
) -> None:
    paths = by_link(world)
    db.session.commit()
    before = {route: shown(page, path) for route, path in paths.items()}
    learn(world, name, number)
    assert [route for route, path in paths.items() if shown(page, path) != before[route]] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=3, deadline=None)
@given(name=LETTERS, number=st.integers(0, 9_999_999))
def test_whatever_is_learnt_changes_no_byte_signed_in(
    world: World, sign_in: Callable[[Account], PageClient], name: str, number: int
) -> None:
    contact = world.asked.contact
    contact.account_id = contact.account_id or an_account(Role.EMPLOYER).id
    db.session.commit()
    browser, paths = sign_in(db.session.get_one(Account, contact.account_id)), by_account(world)
    before = {route: shown(browser, path) for route, path in paths.items()}
    learn(world, name, number)
    assert [route for route, path in paths.items() if shown(browser, path) != before[route]] == []


def test_what_others_say_at_the_end_changes_no_byte(world: World, page: PageClient) -> None:
    paths = by_link(world)
    db.session.commit()
    before = {route: shown(page, path) for route, path in paths.items()}
    for voice in (Voice.PERSON, Voice.COACH):
        a_review(
            world.over,
            voice,
            completion=Completion.PARTLY,
            reason="health",
            answers={next(iter(Question)): 0},
            words="Ont i ryggen",
        )
    assert [route for route, path in paths.items() if shown(page, path) != before[route]] == []


def written(world: World) -> list[str]:
    """Every mail that would go to the employer now, without its keys. Nothing of it happens."""
    coach = world.asked.coach
    db.session.execute(delete(OutboxMessage))
    db.session.commit()
    ask_employer(world.unsigned)
    send_check_in_link(world.running, account_id=coach.id)
    send_review_link(world.over, coach.id)
    ask_about_job(world.asked.identity, world.job)
    sent(world.asked)
    for stage in ("reminder", "closing"):
        chased_on(stage, world.asked)
    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    found = [KEY.sub("/KEY", f"{mail.kind} {mail.subject} {mail.address} {mail.body}") for mail in mails]
    db.session.rollback()
    return found


def test_whatever_is_learnt_changes_no_mail(world: World) -> None:
    before = written(world)
    learn(world, "Åkesson", 7)
    assert written(world) == before
    asked = ["introduction", "introduction_reminder", "introduction_closed"]
    assert [one.split()[0] for one in before] == ["sign", "check_in", "review", "retention", *asked]


NAMELESS = ("posting", "valid", "notices", "position")
"""Pages that are about no person at all."""


def test_of_somebody_protected_no_page_is_left_to_a_link(world: World, page: PageClient) -> None:
    paths = by_link(world)
    world.person.has_protected_identity = True
    db.session.commit()
    left = {route: page.get(path) for route, path in paths.items() if route not in NAMELESS}
    cards = left.pop("answer").select(".person-card")
    assert (cards, {one.status for one in left.values()}) == ([], {404})


def test_of_somebody_protected_no_page_is_left_to_an_account(
    world: World, sign_in: Callable[[Account], PageClient]
) -> None:
    account = an_account(Role.EMPLOYER)
    world.asked.contact.account_id = account.id
    world.person.has_protected_identity = True
    db.session.commit()
    browser, paths = sign_in(account), dict(by_account(world))
    start = browser.get(paths.pop("start")).text
    left = {browser.get(path).status for route, path in paths.items() if route not in NAMELESS}
    assert (left, [part for part in ("/fragor/", "/provplatser/", "/utvardera/") if part in start]) == (
        {404},
        [],
    )


def test_of_somebody_protected_no_mail_goes_by_itself(world: World) -> None:
    world.person.has_protected_identity = True
    db.session.execute(delete(OutboxMessage))
    db.session.commit()
    for chore in (ask_employers, ask_for_reviews):
        chore()
    ask_employer(world.unsigned)
    assert db.session.scalars(select(OutboxMessage)).all() == []
