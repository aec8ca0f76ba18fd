"""An employer posts a position on a phone: five screens, few fields, suggested at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.models import AccessEntry, Account
from aktema.core import clock
from aktema.core.db import db
from aktema.core.drafts import Draft
from aktema.employers.models import Contact, Employer, Placement, Workplace
from aktema.employers.posting_operations import description_of, title_of
from aktema.matching.current import current_index
from aktema.vocabulary.models import Activity, Adaptation, Dimension, Occupation, OccupationGroup
from tests.support.employers import (
    a_contact,
    a_locality,
    a_placement,
    a_workplace,
    an_employer,
    an_employer_account,
    word_id,
)
from tests.support.links import a_link
from tests.support.page import Page, PageClient, filled_in

SignIn = Callable[[Account], PageClient]
MOST_SCREENS, MOST_FIELDS = 5, 12


@dataclass(frozen=True)
class Invited:
    """A new employer with a link in its mailbox, and the telephone it is opened on."""

    employer: Employer
    contact: Contact
    link: Link
    start: str
    phone: PageClient

    def fill_in(self, page: Page, **typed: object) -> Page:
        """Answer the screen the page shows, as it stands but for what is typed; the next screen comes back."""
        form = page.select("main form.form")[0]
        return self.phone.post(str(form["action"]), {**filled_in(form), **typed})


@pytest.fixture
def invited(session: Session, page: PageClient) -> Invited:
    employer = an_employer(is_lead=True)
    contact = a_contact(employer, email="linda@lindas.example")
    link, token = a_link(Purpose.POST_PLACEMENT, employer.id, contact=contact)
    session.commit()
    return Invited(employer=employer, contact=contact, link=link, start=f"/ny-plats/{token}", phone=page)


def tasks(*codes: str) -> list[str]:
    return [str(word_id(Activity, code)) for code in codes]


def all_answers() -> list[dict[str, object]]:
    """What a new employer fills in, screen by screen."""
    return [
        {"activities": tasks("bake", "wash_dishes"), "description": "Vi bakar bröd."},
        {},
        {"weekly": "600-1200", "part_of_day": "480-720"},
        {
            "street": "Torget 1",
            "locality_id": a_locality().label,
            "adaptations": [str(word_id(Adaptation, "quiet_space"))],
        },
    ]


def post_one(invited: Invited) -> Page:
    page = invited.phone.get(invited.start)
    for typed in all_answers():
        page = invited.fill_in(page, **typed)
    return invited.fill_in(page)


def the_position() -> Placement:
    return db.session.scalars(select(Placement)).one()


def test_a_new_employer_needs_five_screens_and_at_most_twelve_fields(invited: Invited) -> None:
    page, screens, asked = invited.phone.get(invited.start), 0, 0
    for typed in [*all_answers(), {}]:
        screens += 1
        asked += len(unanswered(page))
        page = invited.fill_in(page, **typed)
    assert "Platsen är ute" in page.words
    assert (screens, asked <= MOST_FIELDS) == (MOST_SCREENS, True)


def unanswered(page: Page) -> set[str]:
    """The names of the screen's fields that hold no answer when it opens."""
    form = page.select("main form.form")[0]
    names = {str(one["name"]) for one in form.select("input[name], select[name], textarea[name]")}
    answered = {name for name, value in filled_in(form).items() if value}
    return names - answered


def test_what_was_posted_stands_as_it_was_said(invited: Invited) -> None:
    assert "Tack!" in post_one(invited).words
    position = the_position()
    assert (position.title, position.description) == ("Baka och diska", "Vi bakar bröd.")
    assert (position.state, position.posted_by, position.reviewed_on) == ("published", "link", None)
    assert (position.least_weekly_minutes, position.most_weekly_minutes) == (600, 1200)
    assert (position.starts_at, position.ends_at, position.weekdays) == (480, 720, 31)
    assert (position.workplace.street, position.workplace.locality_id) == ("Torget 1", a_locality().id)
    assert position.supervisor_id == invited.contact.id
    assert len(position.adaptations) == 1


def test_demands_come_from_the_tasks(invited: Invited) -> None:
    post_one(invited)
    levels = {row.dimension_id: row.level for row in the_position().demands}
    assert levels[word_id(Dimension, "multi_step")] == 3
    assert levels[word_id(Dimension, "lift_carry")] == 2


@pytest.mark.parametrize(("answer", "level"), [("-1", 2), ("0", 3), ("1", 4), ("", None)])
def test_a_suggested_demand_is_corrected_with_a_tap(invited: Invited, answer: str, level: int | None) -> None:
    page = invited.phone.get(invited.start)
    first, _second, *rest = all_answers()
    for typed in (first, {"stand_walk": answer}, *rest, {}):
        page = invited.fill_in(page, **typed)
    levels = {row.dimension_id: row.level for row in the_position().demands}
    assert levels.get(word_id(Dimension, "stand_walk")) == level


def test_a_posted_position_is_in_the_index_at_once(invited: Invited) -> None:
    post_one(invited)
    assert [place.id for place in current_index() if place.is_live] == [the_position().id]


def test_a_position_expires_after_half_a_year(invited: Invited) -> None:
    post_one(invited)
    assert the_position().expires_on == clock.today() + timedelta(days=180)


def test_posting_makes_a_lead_an_employer_and_uses_the_link(invited: Invited, session: Session) -> None:
    post_one(invited)
    session.expire_all()
    assert not invited.employer.is_lead
    assert invited.link.used_at is not None


def test_what_is_done_by_link_is_traced_without_an_account(invited: Invited, session: Session) -> None:
    post_one(invited)
    entry = session.scalars(select(AccessEntry).where(AccessEntry.object_kind == "placement")).one()
    assert (entry.account_id, entry.act) == (None, "placement.create_own")
    assert entry.detail == "link:post_placement state published"


def test_screens_keep_what_was_typed_until_it_is_posted(invited: Invited, session: Session) -> None:
    page = invited.phone.get(invited.start)
    invited.fill_in(page, activities=tasks("bake"), description="Vi bakar.")
    again = invited.phone.get(invited.start)
    assert "Vi bakar." in again.text
    assert session.scalar(select(func.count()).select_from(Placement)) == 0
    assert session.scalar(select(func.count()).select_from(Draft)) == 1


def test_a_draft_is_gone_when_it_is_posted(invited: Invited, session: Session) -> None:
    post_one(invited)
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_opening_the_link_changes_nothing(invited: Invited, session: Session) -> None:
    for _time in range(2):
        invited.phone.get(invited.start)
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    assert invited.link.used_at is None


@pytest.mark.parametrize("slug", ["krav", "tider", "plats", "granska"])
def test_nobody_gets_past_a_screen_that_is_not_filled_in(invited: Invited, slug: str) -> None:
    invited.phone.get(f"{invited.start}/{slug}")
    page = invited.phone.get(f"{invited.start}/granska")
    assert "Vad får man göra hos er?" in page.words


@pytest.mark.parametrize(
    ("screen", "typed", "message"),
    [
        (0, {"activities": []}, "Välj minst en uppgift."),
        (2, {"weekly": "", "part_of_day": "480-720"}, "Välj hur mycket det är i veckan."),
        (2, {"weekly": "1800-2400", "part_of_day": "480-720"}, "får inte plats"),
        (2, {"weekly": "xyz", "part_of_day": "480-720"}, ""),
        (3, {"street": "Torget 1", "locality_id": ""}, "Skriv vilken ort det är i."),
        (3, {"locality_id": "Norköpping"}, "Menade du"),
    ],
)
def test_what_is_wrong_is_told_at_its_screen(
    invited: Invited, screen: int, typed: dict[str, object], message: str
) -> None:
    page = invited.phone.get(invited.start)
    for answers in all_answers()[:screen]:
        page = invited.fill_in(page, **answers)
    page = invited.fill_in(page, **typed)
    assert page.status == 422
    assert message in page.words


def test_other_tasks_bring_other_demands(invited: Invited) -> None:
    page = invited.phone.get(invited.start)
    page = invited.fill_in(page, activities=tasks("bake"))
    assert page.select("input[name=multi_step]")
    page = invited.fill_in(page, multi_step="-1")
    page = invited.fill_in(invited.phone.get(invited.start), activities=tasks("fold_laundry"))
    assert page.select("input[name=focus]")
    assert not page.select("input[name=number_time]")


def test_an_employer_known_from_before_chooses_its_address(invited: Invited, session: Session) -> None:
    workplace = a_workplace(invited.employer, street="Kajen 2")
    session.commit()
    page = invited.phone.get(invited.start)
    for typed in all_answers()[:3]:
        page = invited.fill_in(page, **typed)
    page = invited.fill_in(page)
    assert "Kajen 2" in page.words
    invited.fill_in(page)
    assert the_position().workplace_id == workplace.id


def test_somebody_else_can_be_the_supervisor(invited: Invited, session: Session) -> None:
    page = invited.phone.get(invited.start)
    first, second, third, fourth = all_answers()
    for typed in (first, second, third, {**fourth, "supervisor": "", "supervisor_name": "Ola Ek"}, {}):
        page = invited.fill_in(page, **typed)
    assert [one.name for one in session.scalars(select(Contact).order_by(Contact.id))] == [
        "Linda Ask",
        "Ola Ek",
    ]


def test_an_earlier_position_is_posted_again_in_two_taps(invited: Invited, session: Session) -> None:
    workplace = a_workplace(invited.employer)
    old = a_placement(
        workplace, state="closed", demands={"focus": 2}, starts_at=510, ends_at=930, supervision="Varje dag"
    )
    session.commit()
    page = invited.phone.submit(invited.start, {}, css=f"form[action$='/igen/{old.public_id}']")
    assert "Titta igenom" in page.words
    invited.fill_in(page)
    newest = session.scalars(select(Placement).order_by(Placement.id.desc())).first()
    assert newest is not None
    assert (newest.id != old.id, newest.starts_at, newest.ends_at) == (True, 510, 930)
    assert [(row.dimension_id, row.level) for row in newest.demands] == [(word_id(Dimension, "focus"), 2)]


def a_found_position(employer: Employer) -> Placement:
    """A position of which a coach has found out more than employers are asked."""
    group = OccupationGroup(concept_id="g", ssyk="7612", label="Bagare")
    baker = Occupation(concept_id="o", label="Bagare", sort_key="bagare", group=group)
    db.session.add(baker)
    db.session.flush()
    return a_placement(
        a_workplace(employer),
        title="Lugna sysslor i bageriet",
        state="closed",
        demands={"focus": 2},
        preferences={"calm_lively": -2},
        constraints={"no_heights": True},
        supervision="Varje dag",
        occupation_id=baker.id,
    )


def newest(session: Session) -> Placement:
    return session.scalars(select(Placement).order_by(Placement.id.desc()).limit(1)).one()


def found_out(position: Placement) -> tuple[object, ...]:
    """What a coach has found out about the position."""
    poles = [(row.preference_id, row.pole) for row in position.preferences]
    met = [(row.constraint_id, row.is_met) for row in position.constraints]
    return poles, met, position.supervision, position.occupation_id


def again(invited: Invited, old: Placement) -> Page:
    return invited.phone.submit(invited.start, {}, css=f"form[action$='/igen/{old.public_id}']")


def test_what_a_coach_found_out_stays_when_a_position_is_posted_again(
    invited: Invited, session: Session
) -> None:
    old = a_found_position(invited.employer)
    session.commit()
    invited.fill_in(again(invited, old))
    posted = newest(session)
    assert (posted.id != old.id, posted.title, posted.sort_key) == (True, old.title, old.sort_key)
    assert found_out(posted) == found_out(old)
    assert posted.reviewed_on is None


def test_with_other_tasks_it_gets_another_title(invited: Invited, session: Session) -> None:
    old = a_found_position(invited.employer)
    session.commit()
    again(invited, old)
    page = invited.fill_in(invited.phone.get(f"{invited.start}/sysslor"), activities=tasks("wash_dishes"))
    invited.fill_in(invited.fill_in(page))
    posted = newest(session)
    assert (posted.title, found_out(posted)) == ("Diska", found_out(old))


def test_what_is_no_longer_theirs_is_not_copied(invited: Invited, session: Session) -> None:
    old = a_found_position(invited.employer)
    session.commit()
    page = again(invited, old)
    old.employer = an_employer("Andra")
    session.commit()
    invited.fill_in(page)
    posted = newest(session)
    assert (posted.title, found_out(posted)) == ("Baka", ([], [], "", None))


def test_a_position_of_another_employer_cannot_be_used(invited: Invited, session: Session) -> None:
    other = a_placement(a_workplace(an_employer("Andra")))
    session.commit()
    answer = invited.phone.post(
        f"{invited.start}/igen/{other.public_id}", invited.phone.get(invited.start).hidden("main form.form")
    )
    assert answer.status == 404


def test_a_closed_employer_posts_nothing(invited: Invited, session: Session) -> None:
    invited.employer.closed_on = clock.today()
    session.commit()
    assert invited.phone.get(invited.start).status == 404


def test_an_employer_that_was_merged_posts_at_the_one_that_stands(invited: Invited, session: Session) -> None:
    standing = an_employer("Lindas bageri AB")
    invited.employer.merged_into_id = standing.id
    session.commit()
    post_one(invited)
    assert the_position().employer_id == standing.id


def test_posting_signed_in_is_the_same_five_screens(sign_in: SignIn, session: Session) -> None:
    account = an_employer_account()
    session.commit()
    browser = sign_in(account)
    page = browser.get("/min-arbetsplats/ny-plats")
    for typed in [*all_answers(), {}]:
        form = page.select("main form.form")[0]
        page = browser.post(str(form["action"]), {**filled_in(form), **typed})
    position = the_position()
    assert (position.posted_by, position.state) == ("employer", "published")
    assert "Platsen visas till" in page.words


def test_a_position_is_changed_where_it_stands(sign_in: SignIn, session: Session) -> None:
    account = an_employer_account()
    employer = session.scalars(select(Employer)).one()
    position = a_placement(
        a_workplace(employer), title="Baka", reviewed_on=clock.today(), demands={"focus": 3}
    )
    session.commit()
    browser = sign_in(account)
    path = f"/min-arbetsplats/platser/{position.public_id}/andra"
    browser.submit(f"{path}/sysslor", {"activities": tasks("bake", "fold_laundry")}, css="main form.form")
    browser.submit(f"{path}/krav", {"focus": "0"}, css="main form.form")
    page = browser.submit(f"{path}/granska", {}, css="main form.form")
    assert "Sparat." in page.text
    session.expire_all()
    assert (position.title, position.reviewed_on) == (
        "Baka och vik tvätt",
        None,
    ) or position.title.startswith("Baka och")
    assert len(position.activities) == 2


def test_a_change_drawn_from_an_older_version_is_not_saved(sign_in: SignIn, session: Session) -> None:
    account = an_employer_account()
    employer = session.scalars(select(Employer)).one()
    position = a_placement(a_workplace(employer), demands={"focus": 3})
    session.commit()
    browser = sign_in(account)
    path = f"/min-arbetsplats/platser/{position.public_id}/andra/granska"
    sent = filled_in(browser.get(path).select("main form.form")[0])
    position.description = "Ny text"
    session.commit()
    answer = browser.post(path, sent)
    assert "någon annan hann före" in answer.text
    session.expire_all()
    assert position.description == "Ny text"


def test_a_title_is_made_of_two_tasks(session: Session) -> None:
    ids = [word_id(Activity, code) for code in ("bake", "wash_dishes", "fold_laundry")]
    assert title_of(ids[:1]) == "Baka"
    assert title_of(ids) == "Baka och diska"
    assert title_of(()) == description_of(()) == ""


def test_who_writes_nothing_gets_the_tasks_as_description(session: Session) -> None:
    ids = [word_id(Activity, code) for code in ("bake", "wash_dishes")]
    assert description_of(ids).startswith("Man får vara med och baka, diska")


def test_workplaces_are_not_made_twice(invited: Invited, session: Session) -> None:
    post_one(invited)
    assert session.scalar(select(func.count()).select_from(Workplace)) == 1
