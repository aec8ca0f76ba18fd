"""The words of a participant's own pages: roles as somebody who meets them says it, and answers with their pictures."""

from dataclasses import dataclass

from flask_babel import lazy_pgettext

from aktema.core.errors import Message
from aktema.pathway.codes import Answer
from aktema.people.codes import AssignmentKind
from aktema.plans.codes import PointAnswer
from aktema.plans.plan_codes import PlanForm
from aktema.plans.pulse_codes import FACES
from aktema.plans.pulse_codes import Answer as PulseAnswer

ROLE_WORDS: dict[AssignmentKind, Message] = {
    AssignmentKind.COACH: lazy_pgettext("easy", "Hjälper dig att hitta jobb"),
    AssignmentKind.COORDINATOR: lazy_pgettext("easy", "Planerar dina dagar"),
    AssignmentKind.HANDLER: lazy_pgettext("easy", "Bestämmer om ditt stöd"),
    AssignmentKind.PROVIDER: lazy_pgettext("easy", "Ordnar dina dagar"),
    AssignmentKind.PLACED_WITH: lazy_pgettext("easy", "Din arbetsplats"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PictureAnswer:
    """An answer to press: the stored code, an OpenMoji code, and the word under it."""

    code: str
    picture: str
    word: Message


JOB_CHOICES = (
    PictureAnswer(code=Answer.YES, picture="1F44D", word=lazy_pgettext("easy", "Ja")),
    PictureAnswer(code=Answer.LATER, picture="23F3", word=lazy_pgettext("easy", "Senare")),
    PictureAnswer(code=Answer.NO, picture="1F44E", word=lazy_pgettext("easy", "Nej")),
)
WISH_CHOICES = (
    PictureAnswer(code=PointAnswer.YES, picture="1F44D", word=lazy_pgettext("easy", "Ja")),
    PictureAnswer(code=PointAnswer.MAYBE, picture="1F610", word=lazy_pgettext("easy", "Kanske")),
    PictureAnswer(code=PointAnswer.NO, picture="1F44E", word=lazy_pgettext("easy", "Nej")),
    PictureAnswer(
        code=PointAnswer.DOES_NOT_KNOW_YET, picture="2753", word=lazy_pgettext("easy", "Jag är osäker")
    ),
)
PULSE_CHOICES = (
    *(PictureAnswer(code=code, picture=face, word=PulseAnswer(code).label) for code, face in FACES.items()),
    PictureAnswer(
        code=PulseAnswer.DID_NOT_WANT_TO_ANSWER,
        picture="274C",
        word=lazy_pgettext("easy", "Jag hoppar över frågan"),
    ),
)
WELLBEING_CHOICES = (
    PictureAnswer(code="4", picture=FACES["4"], word=lazy_pgettext("easy", "Mycket bra")),
    PictureAnswer(code="3", picture=FACES["3"], word=lazy_pgettext("easy", "Bra")),
    PictureAnswer(code="2", picture=FACES["2"], word=lazy_pgettext("easy", "Sådär")),
    PictureAnswer(code="1", picture=FACES["1"], word=lazy_pgettext("easy", "Dåligt")),
    PictureAnswer(code="0", picture=FACES["0"], word=lazy_pgettext("easy", "Mycket dåligt")),
)
FORM_WORDS = {
    PlanForm.STANDARD: PictureAnswer(
        code=PlanForm.STANDARD, picture="1F4DD", word=lazy_pgettext("easy", "Läs vanlig text")
    ),
    PlanForm.EASY: PictureAnswer(
        code=PlanForm.EASY, picture="1F4D5", word=lazy_pgettext("easy", "Läs lättläst text")
    ),
    PlanForm.PICTURES: PictureAnswer(
        code=PlanForm.PICTURES, picture="1F5BC", word=lazy_pgettext("easy", "Titta på bilder")
    ),
}
