"""The words and pictures by which the person says how a trial was."""

from flask_babel import lazy_pgettext

from aktema.own.words import PULSE_CHOICES, PictureAnswer
from aktema.pathway.review_codes import OWN_REASONS, Completion
from aktema.pathway.trial_codes import EndReason

SKIP = PULSE_CHOICES[-1]
FACE_CHOICES = PULSE_CHOICES
"""Five faces, and the way past."""
COMPLETION_CHOICES = (
    PictureAnswer(code=Completion.COMPLETED, picture="2705", word=lazy_pgettext("easy", "Ja, alla dagar")),
    PictureAnswer(code=Completion.PARTLY, picture="23F3", word=lazy_pgettext("easy", "Några dagar")),
    PictureAnswer(code=Completion.NEVER_STARTED, picture="1F6D1", word=lazy_pgettext("easy", "Ingen dag")),
    SKIP,
)
REASON_PICTURES = {
    EndReason.WRONG_TASKS: ("1F9F0", lazy_pgettext("easy", "Fel uppgifter")),
    EndReason.HIGH_PACE: ("23F1", lazy_pgettext("easy", "Det gick för fort")),
    EndReason.ENVIRONMENT: ("1F442", lazy_pgettext("easy", "För mycket ljud eller folk")),
    EndReason.RELATION: ("1F465", lazy_pgettext("easy", "Det var svårt med någon")),
    EndReason.TRAVEL: ("1F68C", lazy_pgettext("easy", "Resan var svår")),
    EndReason.HEALTH: ("1F927", lazy_pgettext("easy", "Jag mådde dåligt")),
    EndReason.SUPPORT_MISSING: ("1F64B", lazy_pgettext("easy", "Jag fick för lite hjälp")),
    EndReason.PERSON_SAID_NO: ("1F44E", lazy_pgettext("easy", "Jag ville sluta")),
    EndReason.EMPLOYER_CHANGED: ("1F3E2", lazy_pgettext("easy", "Det blev annorlunda på jobbet")),
    EndReason.OTHER: ("2753", lazy_pgettext("easy", "Något annat")),
}
REASON_CHOICES = (
    *(
        PictureAnswer(code=reason, picture=REASON_PICTURES[reason][0], word=REASON_PICTURES[reason][1])
        for reason in OWN_REASONS
    ),
    SKIP,
)
