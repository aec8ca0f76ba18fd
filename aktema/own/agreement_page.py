"""An agreement as the person reads it before signing: in their own form, read aloud, with pictures and clocks."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import force_locale, pgettext
from flask_babel import gettext as _

from aktema.core.sentences import sentences_in
from aktema.core.swedish import LANGUAGE
from aktema.own.trial_queries import activities_of
from aktema.pathway.agreement_page import lines_of
from aktema.pathway.rules.schedule import DayTimes
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_queries import days_of
from aktema.plans.easy_words import easy_day, easy_times
from aktema.plans.plan_codes import PlanForm
from aktema.plans.plan_reading import Block, Kind, Reading, Section
from aktema.plans.rules.document import MOST_PICTURES, Picture

DAYS_SHOWN = 5


def agreement_reading(trial: Trial, agreement: Agreement, form: PlanForm, today: date) -> Reading:
    """Everything that was agreed, in the form. The easy words are those that whoever wrote the agreement chose."""
    with force_locale(LANGUAGE):
        is_standard = form is PlanForm.STANDARD
        sections = _standard(agreement) if is_standard else _easy(trial, agreement, today)
        return Reading(
            form=form,
            title=pgettext("easy", "Det vi har bestämt"),
            lead=pgettext("easy", "Det här har vi bestämt."),
            sections=tuple(one for one in sections if one.blocks),
        )


def _standard(agreement: Agreement) -> Iterable[Section]:
    lines = lines_of(agreement)
    blocks = tuple(
        _block(f"line{number}", str(label), text.splitlines()) for number, (label, text) in enumerate(lines)
    )
    yield Section(kind=Kind.AGREED, key="agreed", title=_("Överenskommelsen"), blocks=blocks)


def _easy(trial: Trial, agreement: Agreement, today: date) -> Iterable[Section]:
    about = _block("about", trial.placement.title, _lines(agreement.easy or ""), _pictures(trial))
    yield Section(kind=Kind.ABOUT, key="about", title=pgettext("easy", "Ditt jobb"), blocks=(about,))
    yield Section(
        kind=Kind.ACTIVITY, key="days", title=pgettext("easy", "Dina dagar"), blocks=_days(agreement, today)
    )
    helping = [one.adaptation.label_easy for one in agreement.adaptations]
    if helping:
        block = _block("helps", pgettext("easy", "Så blir det lättare"), helping)
        yield Section(kind=Kind.PEOPLE, key="helps", title=pgettext("easy", "Din hjälp"), blocks=(block,))


def _days(agreement: Agreement, today: date) -> tuple[Block, ...]:
    """The first days to come, each with its clocks, and when the last one is."""
    days = days_of(agreement)
    coming = [one for one in days if one.day >= today] or list(days)
    blocks = [_day(one) for one in coming[:DAYS_SHOWN]]
    if len(coming) > DAYS_SHOWN:
        told = pgettext("easy", "Den sista dagen är %(day)s.", day=easy_day(coming[-1].day))
        blocks.append(_block("last", pgettext("easy", "Sedan"), [told]))
    return tuple(blocks)


def _day(one: DayTimes) -> Block:
    times = (one.times.starts_at, one.times.ends_at)
    said = easy_times(*times)
    return Block(
        kind=Kind.FACT,
        key=f"day-{one.day.isoformat()}",
        title=easy_day(one.day).capitalize(),
        lines=(f"{said[0].upper()}{said[1:]}.",),
        times=times,
    )


def _block(key: str, title: str, lines: Iterable[str], pictures: Sequence[Picture] = ()) -> Block:
    return Block(kind=Kind.STATEMENT, key=key, title=title, lines=tuple(lines), pictures=tuple(pictures))


def _lines(text: str) -> list[str]:
    return [sentence for line in text.splitlines() for sentence in sentences_in(line)]


def _pictures(trial: Trial) -> Sequence[Picture]:
    pictured = [(picture, word) for picture, word in activities_of(trial) if picture]
    return [Picture(ref=f"moji:{picture}", word=word) for picture, word in pictured[:MOST_PICTURES]]
