"""What the pages of introductions say: the card in words, what comes next, and what waits for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from aktema.access.identity import Identity
from aktema.core.errors import Message
from aktema.core.markup import hours, minute_of_day, near_day
from aktema.employers.rules import weekday_bits
from aktema.employers.texts import day_text, weekdays_text
from aktema.pathway.introduction_codes import CloseReason, EmployerAnswer, EmployerReason
from aktema.pathway.introduction_queries import patience, waiting_for_staff
from aktema.pathway.permissions import ADVANCE
from aktema.pathway.queries import IntroductionView
from aktema.pathway.rules.card import Card, Field, filled
from aktema.pathway.rules.introduction import close_on, remind_on
from aktema.pathway.states import IntroductionState
from aktema.pathway.task import Task
from aktema.people.models import Participant
from aktema.vocabulary.queries import vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class CardPart:
    """A heading of the card with its phrases."""

    label: Message
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CardPage:
    """A card as it is shown, to the person and to the employer alike."""

    called: str
    parts: tuple[CardPart, ...]
    words: str
    photo: str


def card_page(card: Card) -> CardPage:
    """The card in words; every phrase is one of a fixed list, but for the person's own."""
    shown = [field for field in filled(card) if field not in (Field.WORDS, Field.PHOTO)]
    return CardPage(
        called=_("Person %(code)s", code=card.called) if card.is_code else card.called,
        parts=tuple(_part(card, field) for field in shown),
        words=card.words,
        photo=card.photo,
    )


def _part(card: Card, field: Field) -> CardPart:
    if field is Field.HOURS:
        return CardPart(label=_("Vill jobba"), lines=_hours(card))
    if field is Field.DAYS:
        bits = weekday_bits(card.weekdays)
        times = day_text(card.earliest_start, card.latest_end)
        return CardPart(label=_("Dagar och tider"), lines=tuple(filter(None, (weekdays_text(bits), times))))
    if field is Field.LIKES:
        return CardPart(label=_("Tycker om"), lines=_labels("activities", card.likes))
    if field is Field.ADAPTATIONS:
        return CardPart(label=_("Det här hjälper"), lines=_labels("adaptations", card.adaptations))
    return CardPart(label=_("Fråga gärna"), lines=card.contact)


def _hours(card: Card) -> tuple[str, ...]:
    week = _("%(hours)s i veckan", hours=hours(card.weekly_minutes)) if card.weekly_minutes else ""
    day = _("högst %(hours)s om dagen", hours=hours(card.daily_minutes)) if card.daily_minutes else ""
    return tuple(filter(None, (week, day)))


def _labels(kind: str, codes: Sequence[str]) -> tuple[str, ...]:
    """The words of the codes, in the card's order; a word that has left the vocabulary is left out."""
    by_code = {word.code: word.label() for word in getattr(vocabulary(), kind).values()}
    return tuple(by_code[code] for code in codes if code in by_code)


def facts_of(view: IntroductionView) -> Sequence[tuple[str, str]]:
    """What has happened, for the page of staff."""
    one = view.introduction
    said = (
        (_("Frågan ställdes"), near_day(one.asked_on)),
        (_("Personen svarade"), near_day(one.answered_on)),
        (_("Personens ord"), one.words or ""),
        (_("Kortet får visas till"), near_day(view.consent.to_date) if view.card and view.consent else ""),
        (_("Arbetsgivaren frågades"), near_day(one.sent_on)),
        (_("Arbetsgivaren svarade"), _employer_said(view)),
        (_("De skrev"), one.employer_words or ""),
        (_("Besök"), " ".join(filter(None, (near_day(one.visit_on), minute_of_day(one.visit_at))))),
        (_("Överens"), near_day(one.agreed_on)),
        (_("Avslutad"), _ending(view)),
    )
    return [(label, value) for label, value in said if value]


def _employer_said(view: IntroductionView) -> str:
    one = view.introduction
    if one.employer_answer is None or one.employer_answered_on is None:
        return ""
    answer = str(EmployerAnswer(one.employer_answer).label)
    until = _("fråga igen %(day)s", day=near_day(one.employer_not_before)) if one.employer_not_before else ""
    why = str(EmployerReason(one.employer_reason).label) if one.employer_reason else ""
    return ", ".join(filter(None, (answer, until, why, near_day(one.employer_answered_on))))


def _ending(view: IntroductionView) -> str:
    one = view.introduction
    if one.closed_on is None:
        return ""
    known = one.closed_reason in set(CloseReason)
    why = str(CloseReason(one.closed_reason).label) if known and one.closed_reason else ""
    return ", ".join(filter(None, (near_day(one.closed_on), why)))


def waiting_text(view: IntroductionView, today: date) -> str:
    """Who is waited for until when; empty where nobody is."""
    one = view.introduction
    if view.state is IntroductionState.ASKED and one.answer_by is not None:
        return _("Personen får fundera till %(day)s.", day=near_day(one.answer_by))
    if view.state is not IntroductionState.SENT or one.sent_on is None:
        return ""
    times = patience()
    reminder, closing = remind_on(one.sent_on, times), close_on(one.sent_on, times)
    if today < reminder:
        return _(
            "Vi påminner arbetsgivaren %(reminder)s. Frågan stängs %(closing)s om ingen svarar.",
            reminder=near_day(reminder),
            closing=near_day(closing),
        )
    return _("Arbetsgivaren är påmind. Frågan stängs %(closing)s om ingen svarar.", closing=near_day(closing))


def introduction_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """What waits for the identity about questions on their way to employers. Four statements."""
    waiting = waiting_for_staff(identity, ADVANCE, today, limit)
    return [_task(person, view) for person, view in waiting if _is_due(view, today)]


def _is_due(view: IntroductionView, today: date) -> bool:
    """A question on its way waits for a call only once the employer has been reminded."""
    sent_on = view.introduction.sent_on
    return (
        view.state is not IntroductionState.SENT or sent_on is None or remind_on(sent_on, patience()) <= today
    )


def _task(person: Participant, view: IntroductionView) -> Task:
    title, since, is_urgent = _to_do(person, view)
    return Task(
        participant=person,
        title=title,
        href=url_for(
            "pathway.introduction",
            public_id=person.public_id,
            introduction_id=view.introduction.public_id,
        ),
        due=since,
        tone="warning" if is_urgent else "neutral",
    )


def _to_do(person: Participant, view: IntroductionView) -> tuple[str, str, bool]:
    """What to do, since when it waits, and whether somebody waits for it."""
    one, names = view.introduction, {"name": person.first_name, "employer": view.employer_name}
    match view.state:
        case IntroductionState.YES:
            since = _("sa ja %(day)s", day=near_day(one.answered_on))
            return _("Gör ett kort med %(name)s för %(employer)s", **names), since, False
        case IntroductionState.CONSENTED:
            return _("Fråga %(employer)s om %(name)s", **names), _("kortet är klart"), False
        case IntroductionState.SENT:
            since = _("frågade %(day)s", day=near_day(one.sent_on))
            return _("Ring %(employer)s: de har inte svarat", **names), since, True
        case IntroductionState.EMPLOYER_NOT_NOW:
            since = _("de ville vänta till %(day)s", day=near_day(one.employer_not_before))
            return _("Fråga %(employer)s igen om %(name)s", **names), since, False
        case IntroductionState.EMPLOYER_YES:
            since = _("de sa ja %(day)s", day=near_day(one.employer_answered_on))
            return _("Boka besök för %(name)s hos %(employer)s", **names), since, True
        case IntroductionState.VISIT:
            since = _("besöket var %(day)s", day=near_day(one.visit_on))
            return _("Hur gick %(name)ss besök hos %(employer)s?", **names), since, True
        case IntroductionState.AGREED:
            since = _(
                "kortet gäller till %(day)s", day=near_day(view.consent.to_date if view.consent else None)
            )
            return _("Fråga %(name)s om kortet till %(employer)s igen", **names), since, True
        case _:
            since = _("avslutad %(day)s", day=near_day(one.closed_on))
            return _("Berätta för %(name)s: det blev inget hos %(employer)s", **names), since, False
