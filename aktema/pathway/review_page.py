"""A trial's review on one page: voices side by side, where they differ, and what the trial has shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from aktema.access.identity import Identity
from aktema.core.errors import Message
from aktema.core.markup import near_day
from aktema.employers.models import Contact
from aktema.pathway.permissions import WRITE_REVIEW
from aktema.pathway.review_codes import (
    LEVEL_LABELS,
    TAKEN_DOWN,
    AdaptationEffect,
    Completion,
    Question,
    ReviewedHow,
    Voice,
)
from aktema.pathway.review_models import Review
from aktema.pathway.review_queries import (
    WaitingReview,
    answers_in,
    completion_of,
    effects_in,
    ended_on,
    is_reminded,
    may_be_reviewed,
    may_employer_review,
    reason_of,
    reviews_awaited,
    reviews_of,
    said_in,
)
from aktema.pathway.rules.reviews import REMIND_AFTER, Apart, Shown, apart, levels_shown, vote_of
from aktema.pathway.task import Task
from aktema.pathway.trial_codes import EndReason
from aktema.pathway.trial_models import AgreementAdaptation, Trial
from aktema.pathway.trial_queries import in_force
from aktema.people.codes import VOTE_LABELS, Source
from aktema.people.models import InterestVote
from aktema.people.profile import profile_of
from aktema.people.profile_queries import newest_votes
from aktema.vocabulary.queries import scale_levels, vocabulary

PAIR = (Voice.PERSON, Voice.EMPLOYER)
"""The two whose difference is worth a talk."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """What a voice said and how it came; None where it has not been heard."""

    voice: Voice
    review: Review | None

    @property
    def how(self) -> str:
        if self.review is None:
            return _("Har inte svarat")
        how, day = ReviewedHow(self.review.how).label, near_day(self.review.reviewed_on)
        return _("%(how)s, %(day)s", how=how, day=day)

    @property
    def may_be_taken_down(self) -> bool:
        """Whether the coach writes it down: not where the voice has spoken for itself."""
        if self.voice is Voice.COACH:
            return False
        return self.review is None or self.review.how in TAKEN_DOWN


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A question with each voice's answer in words, in the order of the voices; empty where there is none."""

    label: Message
    picture: str
    answers: Sequence[str]
    is_apart: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    label: str
    gap: str
    effect: Message


@dataclass(frozen=True, kw_only=True, slots=True)
class SideBySide:
    """The whole review: who has spoken, what they answered, where person and employer differ."""

    spoken: Sequence[Spoken]
    lines: Sequence[Line]
    effects: Sequence[Effect]
    ended_on: date | None
    is_open: bool

    @property
    def is_empty(self) -> bool:
        return all(one.review is None for one in self.spoken)

    @property
    def apart(self) -> Sequence[str]:
        """About what the two say different things, in words."""
        return [str(line.label) for line in self.lines if line.is_apart]

    @property
    def effect_rows(self) -> Sequence[tuple[str, str]]:
        """What became of each agreed adaptation, with the gap it was to close."""
        return [
            (one.label, f"{one.effect} ({one.gap})" if one.gap else str(one.effect)) for one in self.effects
        ]

    def has(self, voice: Voice) -> bool:
        return any(one.voice is voice and one.review is not None for one in self.spoken)


def side_by_side(trial: Trial, today: date) -> SideBySide:
    """The trial's review as it stands. Three statements at most."""
    reviews = reviews_of(trial)
    differ = apart(*(said_in(reviews.get(voice)) for voice in PAIR))
    return SideBySide(
        spoken=[Spoken(voice=voice, review=reviews.get(voice)) for voice in Voice],
        lines=[*_how_far(reviews, differ), *_asked(reviews, differ)],
        effects=_effects(trial, effects_in(reviews.get(Voice.COACH))),
        ended_on=ended_on(trial),
        is_open=may_be_reviewed(trial, today),
    )


def _how_far(reviews: Mapping[Voice, Review], differ: Apart) -> list[Line]:
    completions = [completion_of(reviews.get(voice)) for voice in Voice]
    reasons = [reason_of(reviews.get(voice)) for voice in Voice]
    rows: Sequence[tuple[str, str, Sequence[Completion | EndReason | None], bool]] = [
        (_("Hur länge"), "1F4C5", completions, differ.completion),
        (_("Varför"), "1F4AC", reasons, differ.reason),
    ]
    return [
        Line(
            label=label,
            picture=picture,
            answers=[str(one.label) if one is not None else "" for one in said],
            is_apart=is_apart,
        )
        for label, picture, said, is_apart in rows
        if any(said)
    ]


def _asked(reviews: Mapping[Voice, Review], differ: Apart) -> list[Line]:
    answers = [answers_in(reviews.get(voice)) for voice in Voice]
    return [
        Line(
            label=question.label,
            picture=question.picture,
            answers=[str(LEVEL_LABELS[said[question]]) if question in said else "" for said in answers],
            is_apart=question.value in differ.questions,
        )
        for question in Question
        if any(question in said for said in answers)
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewSection:
    """The review on the trial's own page: who has spoken, whether they differ, and the way to all of it."""

    href: str
    rows: Sequence[tuple[Message, str]]
    """Each voice, and how it came."""
    is_apart: bool


def review_section(trial: Trial, today: date) -> ReviewSection | None:
    """What the trial's page says of its review; None where there is nothing to review yet."""
    told = side_by_side(trial, today)
    if told.is_empty and not told.is_open:
        return None
    href = url_for("pathway.review", public_id=trial.participant.public_id, trial_id=trial.public_id)
    rows = [(one.voice.label, one.how) for one in told.spoken]
    return ReviewSection(href=href, rows=rows, is_apart=bool(told.apart))


def why_no_link(trial: Trial, contact: Contact | None, today: date) -> str:
    """Why the employer can't be asked by a link; empty where it can."""
    if contact is None:
        return _("Ingen handledare är vald för provplatsen, så det går inte att skicka en länk.")
    if not contact.email:
        return _("%(name)s har ingen e-postadress, så det går inte att skicka en länk.", name=contact.name)
    if not may_employer_review(trial, today):
        return _("Arbetsgivaren kan inte svara med en länk nu.")
    return ""


def agreed_adaptations(trial: Trial) -> Sequence[AgreementAdaptation]:
    """The adaptations of the version in force."""
    agreed = in_force(trial)
    return () if agreed is None else agreed.adaptations


def _effects(trial: Trial, seen: Mapping[int, AdaptationEffect]) -> list[Effect]:
    words = vocabulary()
    return [
        Effect(
            label=words.adaptations[one.adaptation_id].label(),
            gap="" if one.dimension_id is None else words.dimensions[one.dimension_id].label(),
            effect=seen[one.id].label,
        )
        for agreement in trial.agreements
        for one in agreement.adaptations
        if one.id in seen
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What the trial has shown beyond what is known: levels as seen at work, votes beside the person's own."""

    levels: Sequence[Shown]
    votes: Mapping[int, int]

    def __bool__(self) -> bool:
        return bool(self.levels or self.votes)

    def level_pairs(self) -> list[tuple[str, str]]:
        """For the form: the dimension's id, and what would be kept."""
        names = {one.level: one.label() for one in scale_levels()}
        return [(str(one.dimension_id), _shown_words(one, names[one.level])) for one in self.levels]

    def vote_pairs(self) -> list[tuple[str, str]]:
        """For the form: the activity's id, and what would be kept."""
        activities = vocabulary().activities
        return [
            (str(key), _("%(what)s: %(level)s", what=activities[key].label(), level=VOTE_LABELS[vote]))
            for key, vote in self.votes.items()
        ]


def _shown_words(one: Shown, level: str) -> str:
    what = vocabulary().dimensions[one.dimension_id].label()
    if one.with_aids:
        return _("%(what)s: %(level)s (med anpassning)", what=what, level=level)
    return _("%(what)s: %(level)s", what=what, level=level)


def seen_at(trial: Trial) -> Seen:
    """What can be proposed from the reviews as they stand, where it is not known already."""
    reviews = reviews_of(trial)
    said = [one for one in map(said_in, reviews.values()) if one is not None]
    known = {key: capacity.level for key, capacity in profile_of(trial.participant_id).capacities.items()}
    demands = {row.dimension_id: row.level for row in trial.placement.demands}
    effects = _effects_by_dimension(trial, effects_in(reviews.get(Voice.COACH)))
    return Seen(
        levels=levels_shown(demands, known, effects, said),
        votes=_votes(trial, answers_in(reviews.get(Voice.PERSON)).get(Question.JOY)),
    )


def _effects_by_dimension(trial: Trial, seen: Mapping[int, AdaptationEffect]) -> Mapping[int, Sequence[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for one in agreed_adaptations(trial):
        if one.id in seen and one.dimension_id is not None:
            found[one.dimension_id].append(seen[one.id].value)
    return found


def _votes(trial: Trial, joy: int | None) -> Mapping[int, int]:
    """The person's face for whether it was fun, as a vote about each thing that was done there.

    Nothing where they have said the same of it themselves: their own word counts before anybody's.
    """
    if joy is None:
        return {}
    standing = newest_votes(InterestVote, trial.participant_id)
    vote = vote_of(joy)
    done = [row.activity_id for row in trial.placement.activities]
    known = {key: {standing.value(key, source) for source in (Source.OWN, Source.OBSERVED)} for key in done}
    return {key: vote for key in done if vote not in known[key]}


def review_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """Ended trials in reach that want a word from somebody: first where person and employer say different things."""
    return [_task(one, today) for one in reviews_awaited(identity, WRITE_REVIEW, today, limit)]


def _task(one: WaitingReview, today: date) -> Task:
    person, days = one.participant, (today - one.ended_on).days
    is_late = days >= REMIND_AFTER[-1]
    tag = _("Dröjer") if is_late else ""
    return Task(
        participant=person,
        title=_title(one, today),
        href=url_for("pathway.review", public_id=person.public_id, trial_id=one.trial.public_id),
        due=_("slutade %(day)s", day=near_day(one.ended_on)),
        tone="warning" if is_late or one.is_apart else "neutral",
        tag=_("Säger olika") if one.is_apart else tag,
    )


def _title(one: WaitingReview, today: date) -> str:
    """What to do first: talk with two who differ, write what one saw oneself, hear a person who was reminded, ring.

    Where two differ nobody but the coach has not been heard: what they are to write is what the talk gave.
    """
    name, title = one.participant.first_name, one.trial.placement.title
    if one.is_apart:
        return _("Prata med %(name)s och arbetsgivaren: de såg olika på ”%(title)s”", name=name, title=title)
    is_person_late = Voice.PERSON in one.missing and is_reminded(one.trial, today)
    if Voice.COACH in one.missing and not is_person_late:
        return _("Utvärdera ”%(title)s”", title=title)
    if Voice.PERSON in one.missing:
        return _("Fråga %(name)s hur det var på ”%(title)s”", name=name, title=title)
    return _("Ring och fråga hur det gick på ”%(title)s”", title=title)
