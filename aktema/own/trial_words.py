"""The pictures a person presses about a trial: how it goes, whether they were there, how long, and why not."""

from flask_babel import lazy_pgettext, pgettext

from aktema.own.words import PictureAnswer
from aktema.pathway.check_in_codes import CheckInAnswer, Presence
from aktema.plans.codes import Absence

HOUR = 60
CHECK_IN_CHOICES = (
    PictureAnswer(code=CheckInAnswer.WELL, picture="1F44D", word=lazy_pgettext("easy", "Det går bra")),
    PictureAnswer(code=CheckInAnswer.TALK, picture="1F4AC", word=lazy_pgettext("easy", "Jag vill prata")),
)
PRESENCE_CHOICES = (
    PictureAnswer(code=Presence.PRESENT, picture="1F44D", word=lazy_pgettext("easy", "Ja, hela tiden")),
    PictureAnswer(code=Presence.PART, picture="23F3", word=lazy_pgettext("easy", "En del av tiden")),
    PictureAnswer(code=Presence.ABSENT, picture="1F44E", word=lazy_pgettext("easy", "Nej")),
)
ABSENCE_CHOICES = (
    PictureAnswer(code=Absence.ILL, picture="1F927", word=lazy_pgettext("easy", "Jag var sjuk")),
    PictureAnswer(
        code=Absence.MEDICAL_VISIT, picture="1F3E5", word=lazy_pgettext("easy", "Jag var hos läkare")
    ),
    PictureAnswer(
        code=Absence.TRANSPORT_FAILED, picture="1F68C", word=lazy_pgettext("easy", "Resan gick fel")
    ),
    PictureAnswer(code=Absence.HOLIDAY, picture="1F3E1", word=lazy_pgettext("easy", "Jag var ledig")),
    PictureAnswer(code=Absence.DECLINED, picture="1F641", word=lazy_pgettext("easy", "Jag ville vara hemma")),
    PictureAnswer(
        code=Absence.PROVIDER_CLOSED, picture="1F3E2", word=lazy_pgettext("easy", "Jobbet var stängt")
    ),
    PictureAnswer(code=Absence.UNKNOWN, picture="2753", word=lazy_pgettext("easy", "Något annat")),
)


def hour_choices(minutes: int) -> tuple[PictureAnswer, ...]:
    """Whole hours shorter than the day; half of it where it is no longer than one."""
    hours = range(HOUR, minutes, HOUR)
    if not hours:
        return (
            PictureAnswer(
                code=str(max(1, minutes // 2)), picture="23F3", word=lazy_pgettext("easy", "Halva tiden")
            ),
        )
    return tuple(PictureAnswer(code=str(one), picture="23F3", word=_hours(one // HOUR)) for one in hours)


def _hours(number: int) -> str:
    return (
        pgettext("easy", "1 timme") if number == 1 else pgettext("easy", "%(number)s timmar", number=number)
    )
