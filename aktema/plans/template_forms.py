"""The forms of templates: one for each kind, with parts that are added and taken away before all is saved at once.

"Lägg till" and "Ta bort" send the whole form too: the page is shown again with a part more or less, and nothing is
saved or found wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, ClassVar, TypeVar, cast

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from aktema.core.forms import (
    BaseForm,
    LineField,
    ParagraphField,
    Required,
    TimeOfDayField,
    choices,
)
from aktema.core.ids import new_public_id
from aktema.people.codes import Weekday
from aktema.plans import template_queries as queries
from aktema.plans.plan_codes import SUPPORT_LABELS, LifeArea, PlanField, WeekPattern
from aktema.plans.rules.document import Pattern
from aktema.plans.rules.template_content import (
    ACTIVITY_FIELDS,
    COLUMNS,
    GOAL_FIELDS,
    IN_ONE_LINE,
    LONGEST_ABOUT,
    LONGEST_EASY,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_ACTIVITIES,
    MOST_GOALS,
    MOST_IN_SHEET,
    MOST_QUESTIONS,
    ActivityTemplate,
    GoalTemplate,
    Kind,
    Picture,
    Question,
    Scale,
    Template,
    Words,
)
from aktema.plans.rules.template_file import MOST_BYTES
from aktema.plans.template_codes import QUESTION_TEXT, SCALES
from aktema.vocabulary.symbol_forms import PictureForm, PicturesField
from aktema.vocabulary.symbol_queries import MOJI, SYMBOL, ChosenPicture, split_ref

ADD, REMOVE = "add", "remove"
"""The names of the buttons by which a part is added to a list, and taken away."""
F = TypeVar("F", bound="TemplateForm")
Known = Mapping[str, Picture]
"""Pictures by their references, as templates name them."""


class PartList(FieldList):  # type: ignore[type-arg]  # WTForms' own class takes no arguments when it runs
    """Parts of the same sort. What is sent for a part that has no proper number is left out."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        names = (name.removeprefix(f"{prefix}-") for name in formdata if name.startswith(f"{prefix}-"))
        numbers = {name.partition("-")[0] for name in names}
        return (int(one) for one in numbers if one.isascii() and one.isdigit() and len(one) < 6)


class TemplatePicturesField(PicturesField):
    """Pictures that others have too: never somebody's own photo."""

    def pre_validate(self, form: object) -> None:
        super().pre_validate(form)
        if any(split_ref(one.ref)[0] not in (MOJI, SYMBOL) for one in self.data):
            raise ValidationError(_("Egna foton kan inte vara med i en mall."))


class WordsForm(Form):
    """One thing that is said, in its three forms."""

    standard: Any = ParagraphField(_l("Vanlig text"), longest=LONGEST_TEXT)
    easy = ParagraphField(_l("Lättläst"), longest=LONGEST_EASY)
    pictures = TemplatePicturesField(_l("Bilder"))

    def words(self, known: Known) -> Words:
        return Words(
            standard=_lines(self.standard.data),
            easy=_lines(self.easy.data),
            pictures=_pictures(self.pictures, known),
        )


class LineForm(WordsForm):
    standard = LineField(_l("Vanlig text"), longest=LONGEST_LINE)


class NeededWordsForm(WordsForm):
    standard = ParagraphField(_l("Vanlig text"), [Required()], longest=LONGEST_TEXT)


class NeededLineForm(WordsForm):
    standard = LineField(_l("Vanlig text"), [Required()], longest=LONGEST_LINE)


def _words_field(field: str, *, is_needed: bool = False) -> Any:
    in_one_line = field in IN_ONE_LINE
    forms: Mapping[tuple[bool, bool], type[WordsForm]] = {
        (True, True): NeededLineForm,
        (True, False): LineForm,
        (False, True): NeededWordsForm,
        (False, False): WordsForm,
    }
    return FormField(forms[in_one_line, is_needed], PlanField(field).label)


class PartForm(Form):
    """A part with its words. The key follows it through all versions."""

    says: ClassVar[Sequence[str]] = ()
    key = HiddenField(default=new_public_id)

    def words_by_field(self, known: Known) -> dict[str, Words]:
        return {field: cast("FormField[Any]", self[field]).form.words(known) for field in self.says}

    def said(self) -> Iterator[Field]:
        """What the part says, but for the first, in the order it is read."""
        return (self[field] for field in self.says[1:])


class ActivityForm(PartForm):
    says = ACTIVITY_FIELDS
    what = _words_field("what", is_needed=True)
    why = _words_field("why")
    who = _words_field("who")
    where = _words_field("where")
    how = _words_field("how")
    weekdays = SelectMultipleField(_l("Vilka dagar?"), choices=choices(Weekday.pairs()))
    week_pattern = RadioField(
        _l("Vilka veckor?"),
        [Optional()],
        choices=choices((one.value, one.label) for one in WeekPattern),
        default=WeekPattern.EVERY.value,
    )
    starts_at = TimeOfDayField(_l("Börjar klockan"))
    ends_at = TimeOfDayField(_l("Slutar klockan"))
    support_level = RadioField(
        _l("Hur mycket stöd behövs?"),
        [Optional()],
        choices=choices((str(level), label) for level, label in SUPPORT_LABELS.items()),
    )
    is_toward_work = BooleanField(_l("Det här är ett steg mot arbete"))

    def validate_ends_at(self, field: Field) -> None:
        starts, ends = self.starts_at.data, field.data
        if ends is not None and (starts is None or ends <= starts):
            raise ValidationError(_("Sluttiden ska vara efter starttiden."))

    def part(self, known: Known) -> ActivityTemplate:
        level = self.support_level.data
        return ActivityTemplate(
            key=self.key.data or "",
            words=self.words_by_field(known),
            pattern=self._pattern(),
            support_level=int(level) if level else None,
            is_toward_work=bool(self.is_toward_work.data),
        )

    def _pattern(self) -> Pattern:
        return Pattern(
            weekdays=sum(1 << int(day) for day in {*(self.weekdays.data or ())}),
            week_pattern=self.week_pattern.data or WeekPattern.EVERY.value,
            starts_at=cast("int | None", self.starts_at.data),
            ends_at=cast("int | None", self.ends_at.data),
        )


class GoalForm(PartForm):
    says = GOAL_FIELDS
    life_area = SelectField(
        _l("Livsområde"),
        [InputRequired(_l("Välj ett livsområde."))],
        choices=choices((("", _l("Välj")), *((one.value, one.label) for one in LifeArea))),
    )
    text = _words_field("text", is_needed=True)
    measure = _words_field("measure")
    activities = PartList(FormField(ActivityForm), _l("Aktiviteter"), max_entries=MOST_ACTIVITIES)

    def part(self, known: Known) -> GoalTemplate:
        return GoalTemplate(
            key=self.key.data or "",
            life_area=self.life_area.data,
            words=self.words_by_field(known),
            activities=tuple(one.form.part(known) for one in self.activities.entries),
        )


class QuestionForm(Form):
    key = HiddenField(default=new_public_id)
    text = LineField(QUESTION_TEXT, [Required()], longest=LONGEST_LINE)
    easy = LineField(_l("Lättläst"), longest=LONGEST_LINE)
    picture = TemplatePicturesField(_l("Bild"), most=1)
    scale = RadioField(
        _l("Hur svarar man?"),
        [Optional()],
        choices=choices(SCALES.items()),
        default=Scale.YES_NO.value,
    )

    def part(self, known: Known) -> Question:
        pictures = _pictures(self.picture, known)
        return Question(
            key=self.key.data or "",
            text=self.text.data or "",
            easy=self.easy.data or "",
            picture=pictures[0] if pictures else None,
            scale=Scale(self.scale.data or Scale.YES_NO),
        )


class TemplateForm(PictureForm):
    """What every template has. `template` is what was typed, once the form has been found valid."""

    kind: ClassVar[Kind]
    title = LineField(
        _l("Namn"),
        [Required()],
        longest=LONGEST_TITLE,
        description=_l("Så att andra hittar den. Till exempel: Komma igång på ett kafé."),
    )
    about = ParagraphField(
        _l("Vad är den till för?"),
        longest=LONGEST_ABOUT,
        description=_l("För vem passar den, och när?"),
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether everything is right; False, with nothing pointed out, where a part was added or taken away."""
        return not self._is_rearranged() and super().validate(extra_validators)

    def _is_rearranged(self) -> bool:
        if ADD not in request.form and REMOVE not in request.form:
            return False
        for parts in self.lists():
            _rearrange(parts)
        return True

    def lists(self) -> Iterator[PartList]:
        """The lists of parts in the form."""
        return iter(())

    def template(self) -> Template:
        raise NotImplementedError

    def _known(self, fields: Iterator[PicturesField]) -> Known:
        return queries.pictures_of({one.ref for field in fields for one in field.data})

    def _head(self) -> dict[str, Any]:
        return {"kind": self.kind, "title": self.title.data or "", "about": _lines(self.about.data)}


def _rearrange(parts: PartList) -> None:
    if request.form.get(ADD) == parts.name and len(parts.entries) < (parts.max_entries or 0):
        parts.append_entry()
    kept = [one for one in parts.entries if one.name != request.form.get(REMOVE)]
    parts.entries[:] = kept


class PlanTemplateForm(TemplateForm):
    kind = Kind.PLAN
    goals = PartList(FormField(GoalForm), _l("Mål"), min_entries=1, max_entries=MOST_GOALS)

    def lists(self) -> Iterator[PartList]:
        yield self.goals
        yield from (goal.form.activities for goal in self.goals.entries)

    def template(self) -> Template:
        known = self._known(self._picture_fields())
        return Template(goals=tuple(one.form.part(known) for one in self.goals.entries), **self._head())

    def _picture_fields(self) -> Iterator[PicturesField]:
        for goal in self.goals.entries:
            for part in (goal.form, *(one.form for one in goal.form.activities.entries)):
                yield from (part[field].form.pictures for field in part.says)


class SheetForm(TemplateForm):
    kind = Kind.PICTURES
    columns = SelectField(
        _l("Rutor i bredd"), choices=choices((str(one), str(one)) for one in COLUMNS), default="3"
    )
    pictures = TemplatePicturesField(_l("Bilder"), [Required()], most=MOST_IN_SHEET)

    def validate_pictures(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Välj minst en bild."))

    def template(self) -> Template:
        known = self._known(iter((self.pictures,)))
        return Template(
            columns=int(self.columns.data), pictures=_pictures(self.pictures, known), **self._head()
        )


class QuestionsForm(TemplateForm):
    kind = Kind.QUESTIONS
    questions = PartList(FormField(QuestionForm), _l("Frågor"), min_entries=1, max_entries=MOST_QUESTIONS)

    def lists(self) -> Iterator[PartList]:
        yield self.questions

    def template(self) -> Template:
        known = self._known(one.form.picture for one in self.questions.entries)
        parts = tuple(one.form.part(known) for one in self.questions.entries)
        return Template(questions=parts, **self._head())


FORMS: Mapping[Kind, type[TemplateForm]] = {
    form.kind: form for form in (PlanTemplateForm, SheetForm, QuestionsForm)
}


def template_form(kind: Kind, template: Template | None = None, **options: Any) -> TemplateForm:
    """The form of a kind, filled in with what a template says where one is given."""
    return FORMS[kind](data=_data(template) if template else None, **options)


def _data(template: Template) -> dict[str, Any]:
    """What a template says by field name. Pictures that cannot be shown here are left out."""
    refs = queries.refs_of(template.all_pictures())
    return {
        "title": template.title,
        "about": template.about,
        "goals": [_goal_data(goal, refs) for goal in template.goals],
        "columns": str(template.columns),
        "pictures": _chosen(template.pictures, refs),
        "questions": [_question_data(one, refs) for one in template.questions],
    }


def _goal_data(goal: GoalTemplate, refs: queries.Refs) -> dict[str, Any]:
    return {
        "key": goal.key,
        "life_area": goal.life_area,
        **_said_data(goal.words, refs),
        "activities": [_activity_data(one, refs) for one in goal.activities],
    }


def _activity_data(activity: ActivityTemplate, refs: queries.Refs) -> dict[str, Any]:
    pattern, level = activity.pattern, activity.support_level
    return {
        "key": activity.key,
        **_said_data(activity.words, refs),
        "weekdays": [day.value for day in Weekday if pattern.weekdays & 1 << int(day.value)],
        "week_pattern": pattern.week_pattern,
        "starts_at": pattern.starts_at,
        "ends_at": pattern.ends_at,
        "support_level": None if level is None else str(level),
        "is_toward_work": activity.is_toward_work,
    }


def _said_data(words: Mapping[str, Words], refs: queries.Refs) -> dict[str, Any]:
    return {
        field: {"standard": said.standard, "easy": said.easy, "pictures": _chosen(said.pictures, refs)}
        for field, said in words.items()
    }


def _question_data(question: Question, refs: queries.Refs) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": question.text,
        "easy": question.easy,
        "picture": _chosen((question.picture,) if question.picture else (), refs),
        "scale": question.scale.value,
    }


def _chosen(pictures: Sequence[Picture], refs: queries.Refs) -> list[ChosenPicture]:
    return [ChosenPicture(ref=refs[one.name], word=one.word) for one in pictures if one.name in refs]


def _pictures(field: PicturesField, known: Known) -> tuple[Picture, ...]:
    """What was chosen, as templates name it; a reference to nothing is the word alone."""
    nothing = Picture(word="")
    return tuple(_with_word(known.get(one.ref, nothing), one.word) for one in field.data)


def _with_word(picture: Picture, word: str) -> Picture:
    return Picture(word=word, moji=picture.moji, pack=picture.pack, symbol=picture.symbol)


def _lines(typed: str | None) -> str:
    """What was typed, with the line ends that are stored."""
    return (typed or "").replace("\r\n", "\n").replace("\r", "\n")


class SenderForm(BaseForm):
    """Whose files are to be read here."""

    name = LineField(
        _l("Vem är avsändaren?"),
        [Required()],
        longest=LONGEST_NAME,
        description=_l("Till exempel: Ekbacka kommun."),
    )
    public_key = LineField(
        _l("Avsändarens nyckel"),
        [Required()],
        description=_l("64 siffror och bokstäver. Avsändaren hittar den på sidan Vår nyckel."),
    )
    is_compared = BooleanField(
        _l("Avsändaren har läst upp samma kontrollkod för mig"),
        [InputRequired(_l("Jämför kontrollkoden med avsändaren först. Den står ovanför formuläret."))],
    )


class FileForm(BaseForm):
    """The file to look into."""

    file = FileField(
        _l("Fil från avsändaren"),
        [FileRequired(_l("Välj en fil."))],
        description=_l("Filens namn slutar på .json. Högst 1 MB."),
        render_kw={"accept": ".json,application/json"},
    )

    def content(self) -> bytes:
        """The file's bytes; one more than a template may have where it is too large."""
        with closing(self.file.data) as sent:
            return cast("bytes", sent.read(MOST_BYTES + 1))


class TakeInForm(BaseForm):
    """The file that was looked into, carried along so that nothing is stored before it is taken in."""

    file = HiddenField()


class UseForm(BaseForm):
    """Which of a template's goals are put into the plan."""

    goals = SelectMultipleField(_l("Vilka mål ska med?"))

    def __init__(self, *, template: Template, **options: Any) -> None:
        super().__init__(**options)
        pairs = [(goal.key, goal.words["text"].standard) for goal in template.goals]
        self.goals.choices = choices(pairs)
        if not self.is_submitted():
            self.goals.data = [key for key, _label in pairs]
