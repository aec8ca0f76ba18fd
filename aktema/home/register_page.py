"""What the register says of an employer, in words and in what order; the pages themselves are templates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from aktema.core.errors import Message
from aktema.core.markup import near_day
from aktema.employers.models import Employer
from aktema.employers.texts import towns_text
from aktema.employers.words import SECTORS
from aktema.home.register_queries import QUIET_AFTER, Figures, kilometres_to
from aktema.pathway.introduction_codes import EmployerReason
from aktema.vocabulary.localities import Locality

NONE = "–"
FAR = 10  # kilometres from which a decimal says nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What somebody should notice about an employer."""

    label: Message
    tone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterRow:
    """One employer in the register."""

    public_id: str
    name: str
    where: str
    distance: str
    places: int
    replies: str
    trials: str
    hires: int
    last_contact: str
    marks: Sequence[Mark]


def row_of(employer: Employer, figures: Figures, near: Locality | None, today: date) -> RegisterRow:
    where = (str(SECTORS[employer.sector]), towns_text(employer.workplaces))
    return RegisterRow(
        public_id=employer.public_id,
        name=employer.name,
        where=" · ".join(filter(None, where)),
        distance=distance_text(employer, near) if near else "",
        places=figures.published,
        replies=replies_text(figures),
        trials=trials_text(figures),
        hires=figures.hires,
        last_contact=near_day(figures.last_contact) if figures.last_contact else NONE,
        marks=tuple(marks_of(employer, figures, today)),
    )


def replies_text(figures: Figures) -> str:
    """How many of the questions that are settled were answered: 3 av 4."""
    settled = figures.answered + figures.ran_out
    if not figures.asked:
        return NONE
    if not settled:
        return ngettext("%(num)s fråga väntar", "%(num)s frågor väntar", figures.asked)
    return _("%(n)s av %(total)s", n=figures.answered, total=settled)


def trials_text(figures: Figures) -> str:
    if not figures.running:
        return str(figures.trials)
    return _("%(n)s (%(running)s pågår)", n=figures.trials, running=figures.running)


def distance_text(employer: Employer, near: Locality) -> str:
    """Straight over the ground, to the nearest workplace: 4,5 km."""
    kilometres = kilometres_to(employer, near)
    if kilometres is None:
        return NONE
    return _("%(n)s km", n=format_decimal(round(kilometres, 1 if kilometres < FAR else 0)))


def marks_of(employer: Employer, figures: Figures, today: date) -> Iterator[Mark]:
    """What is worth noticing, the gravest first."""
    if employer.is_lead:
        yield Mark(label=_("Tips"), tone="info")
    if employer.not_before is not None and employer.not_before > today:
        yield Mark(label=_("Vill vänta till %(day)s", day=employer.not_before), tone="warning")
    if not figures.asked and not employer.is_lead:
        yield Mark(label=_("Aldrig fått en fråga"), tone="accent")
    if figures.ran_out and not figures.answered:
        yield Mark(label=_("Svarar inte"), tone="danger")
    if _is_quiet(figures, today):
        yield Mark(label=_("Länge sedan kontakt"), tone="neutral")


def refusals_list(refusals: Mapping[EmployerReason, int]) -> Sequence[tuple[Message, str]]:
    """Why they said no, and how often."""
    return [
        (reason.label, ngettext("%(num)s gång", "%(num)s gånger", count))
        for reason, count in refusals.items()
    ]


def _is_quiet(figures: Figures, today: date) -> bool:
    return figures.last_contact is not None and figures.last_contact < today - QUIET_AFTER
