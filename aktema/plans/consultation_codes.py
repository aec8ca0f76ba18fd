"""What licensed staff can be asked about, and who they are. Nothing here says anything of health."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message


class QuestionArea(StrEnum):
    """What the question is about: always something in everyday work, never a condition."""

    COMMUNICATION = "communication"
    WORKPLACE = "workplace"
    TASK = "task"
    MOVING = "moving"
    SENSES = "senses"
    STRENGTH = "strength"
    SAFETY = "safety"
    MEALS = "meals"
    AIDS = "aids"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return AREA_LABELS[self]


class Profession(StrEnum):
    """Which licensed profession was asked."""

    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    PHYSIOTHERAPIST = "physiotherapist"
    NURSE = "nurse"
    PSYCHOLOGIST = "psychologist"
    SPEECH_THERAPIST = "speech_therapist"
    DIETITIAN = "dietitian"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return PROFESSION_LABELS[self]


AREA_LABELS: dict[QuestionArea, Message] = {
    QuestionArea.COMMUNICATION: _l("Att förstå och göra sig förstådd"),
    QuestionArea.WORKPLACE: _l("Arbetsplatsen och hur man sitter eller står"),
    QuestionArea.TASK: _l("Hur en uppgift görs"),
    QuestionArea.MOVING: _l("Att förflytta sig och lyfta"),
    QuestionArea.SENSES: _l("Ljud, ljus och intryck"),
    QuestionArea.STRENGTH: _l("Ork och pauser"),
    QuestionArea.SAFETY: _l("Trygghet och oro"),
    QuestionArea.MEALS: _l("Måltider"),
    QuestionArea.AIDS: _l("Hjälpmedel"),
    QuestionArea.OTHER: _l("Något annat i arbetet"),
}
PROFESSION_LABELS: dict[Profession, Message] = {
    Profession.OCCUPATIONAL_THERAPIST: _l("Arbetsterapeut"),
    Profession.PHYSIOTHERAPIST: _l("Fysioterapeut"),
    Profession.NURSE: _l("Sjuksköterska"),
    Profession.PSYCHOLOGIST: _l("Psykolog"),
    Profession.SPEECH_THERAPIST: _l("Logoped"),
    Profession.DIETITIAN: _l("Dietist"),
    Profession.OTHER: _l("Annan legitimerad personal"),
}
