"""An employer's first page: its positions, questions to answer, who is there now, and what it is asked to review.

What it says of a person is the card that the person agreed to, and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core.markup import long_day
from aktema.employers.company_queries import contact_of, positions_of
from aktema.employers.models import Contact, Employer, Placement
from aktema.pathway.introduction_queries import Proposal, cards_for_employer, proposals_to
from aktema.pathway.permissions import READ_PROPOSAL
from aktema.pathway.review_queries import reviews_open_to
from aktema.pathway.rules.card import Card
from aktema.pathway.signature_queries import awaiting_employer, is_open_to_employer
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import in_force, with_employer


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """Something on the page that leads on: what, about which position, and until or since when."""

    title: str
    text: str
    href: str
    tag: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workplace:
    """What the employer's first page shows."""

    contact: Contact
    employer: Employer
    positions: Sequence[Placement]
    questions: Sequence[Row]
    guests: Sequence[Row]
    reviews: Sequence[Row]


def workplace_of(identity: Identity, today: date) -> Workplace:
    """The page of whoever is signed in for an employer. Raises MissingError where the account belongs to none."""
    contact = contact_of(identity)
    employer = contact.employer
    here, ended = with_employer(employer.id, today), reviews_open_to(employer.id, today)
    to_sign = awaiting_employer(employer.id, today)
    open_to = _Open.among((*here, *ended, *to_sign), today)
    named = {trial.participant_id for trial, _called in open_to.called((*here, *ended, *to_sign))}
    audit.record_reads(READ_PROPOSAL, sorted(named))
    return Workplace(
        contact=contact,
        employer=employer,
        positions=positions_of(employer),
        questions=[
            *(_question(one) for one in proposals_to(employer.id, today)),
            *(_to_sign(trial, called) for trial, called in open_to.called(to_sign)),
        ],
        guests=[_guest(trial, called, today) for trial, called in open_to.called(here)],
        reviews=[_review(trial, called, is_given=ended[trial]) for trial, called in open_to.called(ended)],
    )


@dataclass(frozen=True, slots=True)
class _Open:
    """The cards that are open to the employer today, by introduction."""

    cards: Mapping[int, Card]
    today: date

    @classmethod
    def among(cls, trials: Sequence[Trial], today: date) -> "_Open":
        asked = [one.introduction_id for one in trials if one.introduction_id is not None]
        return cls(cards_for_employer(asked, today), today)

    def called(self, trials: Iterable[Trial]) -> Iterator[tuple[Trial, str]]:
        """The trials the employer still reaches, with what the card says the person is called."""
        for trial in trials:
            if trial.introduction_id is not None:
                if (card := self.cards.get(trial.introduction_id)) is not None:
                    yield trial, card.called
            elif is_open_to_employer(trial, self.today):
                yield trial, _("En person på prov")


def _question(one: Proposal) -> Row:
    text = _("Ni har svarat") if one.is_answered else _("Svara senast %(day)s", day=long_day(one.answer_by))
    return Row(
        title=_("%(name)s: %(title)s", name=one.card.called, title=one.view.placement_title),
        text=text,
        href=url_for("pathway.proposal", introduction_id=one.public_id),
        tag="" if one.is_answered else _("Att svara på"),
    )


def _to_sign(trial: Trial, called: str) -> Row:
    return Row(
        title=_("%(name)s: %(title)s", name=called, title=trial.placement.title),
        text=_("En överenskommelse väntar på er"),
        href=url_for("pathway.sign_as_employer", trial_id=trial.public_id),
        tag=_("Att skriva under"),
    )


def _guest(trial: Trial, called: str, today: date) -> Row:
    agreed = in_force(trial)
    first, last = (agreed.from_date, agreed.to_date) if agreed else (None, None)
    is_coming = first is not None and first > today
    when = _("Börjar %(day)s", day=long_day(first)) if is_coming else _("Till %(day)s", day=long_day(last))
    return Row(
        title=called,
        text=f"{trial.placement.title} · {when}",
        href=url_for("pathway.trial_as_employer", trial_id=trial.public_id),
    )


def _review(trial: Trial, called: str, *, is_given: bool) -> Row:
    title = trial.placement.title
    return Row(
        title=called,
        text=_("%(title)s · Ni har svarat och kan ändra svaren", title=title) if is_given else title,
        href=url_for("pathway.review_as_employer", trial_id=trial.public_id),
        tag="" if is_given else _("Fem frågor"),
    )
