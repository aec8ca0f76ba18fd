"""A person's profile: the overview, and a page for each part of it where answers are added."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.editing import is_saved, shown
from aktema.core.errors import Message, MissingError
from aktema.people import profile_operations as operations
from aktema.people import profile_page as words
from aktema.people.blueprint import bp
from aktema.people.codes import VOICES, Source
from aktema.people.models import Availability, ConstraintMark, InterestVote, Participant, PreferenceVote, Wish
from aktema.people.permissions import READ_PROFILE, UPDATE_PROFILE
from aktema.people.profile import Profile, profile_of
from aktema.people.profile_forms import (
    NeedsForm,
    TimesForm,
    VotesForm,
    WishForm,
    interest_form,
    needs_form,
    preference_form,
    said_by,
    vote_name,
)
from aktema.people.profile_queries import (
    newest_id,
    newest_marks,
    newest_times,
    newest_votes,
    newest_wish,
    wishes,
)
from aktema.people.queries import get_participant, hold, locality_name, may
from aktema.vocabulary import queries as vocabulary
from aktema.vocabulary.words import ActivityGroup


@dataclass(frozen=True, kw_only=True, slots=True)
class PartCard:
    """A part of the profile with how far it has come, and the way to it where the reader may add to it."""

    label: Message
    href: str
    done: int
    total: int
    is_next: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class VoiceTab:
    label: str
    href: str
    current: bool


def editable(public_id: str) -> Participant:
    """The person, for whoever may add to the profile; held where something is about to be added."""
    participant = get_participant(current_identity(), UPDATE_PROFILE, public_id)
    if request.method == "POST":
        hold(participant)
    return participant


def chosen_voice() -> Source:
    """Whose vote it is: what the address says, and the person's own where it says nothing known."""
    asked = request.args.get("vem", "")
    return next((source for source in VOICES if source == asked), Source.OWN)


def _overview(public_id: str) -> str:
    return url_for("people.profile", public_id=public_id)


def voice_tabs(endpoint: str, current: Source, **values: Any) -> list[VoiceTab]:
    return [
        VoiceTab(
            label=str(source.label),
            href=url_for(endpoint, vem=source.value, **values),
            current=source is current,
        )
        for source in VOICES
    ]


@bp.get("/deltagare/<id:public_id>/profil")
@permits(READ_PROFILE)
def profile(public_id: str) -> ResponseReturnValue:
    reader = current_identity()
    participant = get_participant(reader, READ_PROFILE, public_id)
    known = profile_of(participant.id)
    may_edit = may(reader, UPDATE_PROFILE, participant)
    return render_template(
        "people/profile.html",
        participant=participant,
        profile=known,
        parts=_part_cards(participant, known),
        may_edit=may_edit,
        words=words,
        locality=locality_name(known.locality_id),
        marks=newest_marks(participant.id),
    )


def _part_cards(participant: Participant, known: Profile) -> list[PartCard]:
    complete = words.completeness(known)
    return [
        PartCard(
            label=words.PART_LABELS[one.part],
            href=url_for(words.PART_ENDPOINTS[one.part], public_id=participant.public_id),
            done=one.done,
            total=one.total,
            is_next=one.part is complete.next_part,
        )
        for one in complete.parts
    ]


@bp.get("/deltagare/<id:public_id>/profil/intressen")
@permits(UPDATE_PROFILE)
def interests(public_id: str) -> ResponseReturnValue:
    participant, voice = editable(public_id), chosen_voice()
    answered = newest_votes(InterestVote, participant.id).answered()
    groups = vocabulary.activity_groups()
    done = [sum(one.id in answered for one in group.activities) for group in groups]
    return render_template(
        "people/interests.html",
        participant=participant,
        voice=voice,
        tabs=voice_tabs("people.interests", voice, public_id=public_id),
        groups=list(zip(groups, done, strict=True)),
        begun=sum(map(bool, done)),
    )


@bp.route("/deltagare/<id:public_id>/profil/intressen/<group_code>", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def interest_group(public_id: str, group_code: str) -> ResponseReturnValue:
    participant, voice = editable(public_id), chosen_voice()
    number, group, following = _numbered_group(group_code)
    next_url = _group_url(public_id, voice, following)
    keys = {vote_name(one.code): one.id for one in group.activities}

    def drawn(**options: Any) -> VotesForm:
        return interest_form(group.activities, newest_votes(InterestVote, participant.id), voice, **options)

    def save() -> int:
        votes = form.votes(keys)
        return operations.cast_interest_votes(current_identity(), participant, voice, votes)

    form = drawn()
    about = InterestVote.activity_id.in_(keys.values())
    version = newest_id(InterestVote, participant.id, InterestVote.source == voice.value, about)
    if is_saved(form, version, lambda: drawn(formdata=None), save):
        return saved(next_url)
    return shown(
        "people/interest_group.html",
        form,
        participant=participant,
        voice=voice,
        tabs=voice_tabs("people.interest_group", voice, public_id=public_id, group_code=group_code),
        group=group,
        questions=[(one, form[vote_name(one.code)]) for one in group.activities],
        number=number,
        total=len(vocabulary.activity_groups()),
        skip_url=next_url,
    )


def _numbered_group(code: str) -> tuple[int, ActivityGroup, str]:
    """The group with its number, from 1, and the next group's code, empty after the last one."""
    groups = vocabulary.activity_groups()
    following = [*(group.code for group in groups[1:]), ""]
    numbered = zip(range(1, len(groups) + 1), groups, following, strict=True)
    found = next((one for one in numbered if one[1].code == code), None)
    if found is None:
        raise MissingError
    return found


def _group_url(public_id: str, voice: Source, code: str) -> str:
    """The group's page, or the list of groups after the last one."""
    if not code:
        return url_for("people.interests", public_id=public_id, vem=voice.value)
    return url_for("people.interest_group", public_id=public_id, group_code=code, vem=voice.value)


@bp.route("/deltagare/<id:public_id>/profil/trivsel", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def preferences(public_id: str) -> ResponseReturnValue:
    participant, voice = editable(public_id), chosen_voice()
    asked = vocabulary.preferences()

    def drawn(**options: Any) -> VotesForm:
        return preference_form(asked, newest_votes(PreferenceVote, participant.id), voice, **options)

    def save() -> int:
        votes = form.votes({vote_name(one.code): one.id for one in asked})
        return operations.cast_preference_votes(current_identity(), participant, voice, votes)

    form = drawn()
    version = newest_id(PreferenceVote, participant.id, PreferenceVote.source == voice.value)
    if is_saved(form, version, lambda: drawn(formdata=None), save):
        return saved(_overview(public_id))
    return shown(
        "people/preferences.html",
        form,
        participant=participant,
        voice=voice,
        tabs=voice_tabs("people.preferences", voice, public_id=public_id),
        questions=[(one, form[vote_name(one.code)]) for one in asked],
    )


def saved(url: str) -> ResponseReturnValue:
    flash(_("Svaren är sparade."), "success")
    return redirect(url, 303)


@bp.route("/deltagare/<id:public_id>/profil/behov", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def needs(public_id: str) -> ResponseReturnValue:
    participant, asked = editable(public_id), vocabulary.constraints()

    def drawn(**options: Any) -> NeedsForm:
        return needs_form(asked, newest_marks(participant.id), **options)

    def save() -> int:
        source, marks = Source(form.source.data), form.marks(asked)
        return operations.mark_needs(current_identity(), participant, source, marks)

    form = drawn()
    version = newest_id(ConstraintMark, participant.id)
    if is_saved(form, version, lambda: drawn(formdata=None), save):
        return saved(_overview(public_id))
    return shown("people/needs.html", form, participant=participant, questions=asked)


@bp.route("/deltagare/<id:public_id>/profil/tider", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def times(public_id: str) -> ResponseReturnValue:
    participant = editable(public_id)
    said = newest_times(participant.id)

    def save() -> int:
        return operations.say_times(current_identity(), participant, Source(form.source.data), form.times)

    form = TimesForm.of(said)
    version = newest_id(Availability, participant.id)
    if is_saved(form, version, lambda: TimesForm.of(said, formdata=None), save):
        return saved(_overview(public_id))
    return shown("people/times.html", form, participant=participant, said_by=said_by(said))


@bp.route("/deltagare/<id:public_id>/profil/onskan", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def wish(public_id: str) -> ResponseReturnValue:
    participant = editable(public_id)
    said = newest_wish(participant.id)

    def save() -> int:
        source, words = Source(form.source.data), form.words.data or ""
        return operations.say_wish(current_identity(), participant, source, words)

    form = WishForm.of(said)
    version = newest_id(Wish, participant.id)
    if is_saved(form, version, lambda: WishForm.of(said, formdata=None), save):
        return saved(_overview(public_id))
    history = [(one, said_by(one)) for one in wishes(participant.id)]
    return shown(
        "people/wish.html", form, participant=participant, said_by=said_by(said), history=history[1:]
    )
