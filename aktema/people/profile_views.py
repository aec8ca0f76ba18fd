"""A person's profile: the overview, and a page for each part of it where answers are added."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.errors import Message, MissingError
from aktema.core.forms import attempted
from aktema.people import profile_operations as operations
from aktema.people import profile_page as words
from aktema.people.blueprint import bp
from aktema.people.codes import VOICES, Source
from aktema.people.models import InterestVote, Participant, PreferenceVote
from aktema.people.permissions import READ_PROFILE, UPDATE_PROFILE
from aktema.people.profile import Profile, profile_of
from aktema.people.profile_forms import (
    TimesForm,
    WishForm,
    interest_form,
    needs_form,
    preference_form,
    vote_name,
)
from aktema.people.profile_queries import newest_marks, newest_times, newest_votes, wishes
from aktema.people.queries import get_participant, locality_name, may
from aktema.vocabulary import queries as vocabulary


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
    """The person, for whoever may add to the profile."""
    return get_participant(current_identity(), UPDATE_PROFILE, public_id)


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
    groups = vocabulary.activity_groups()
    position = next((n for n, group in enumerate(groups) if group.code == group_code), None)
    if position is None:
        raise MissingError
    group, following = groups[position], groups[position + 1 : position + 2]
    next_url = _group_url(public_id, voice, following[0].code if following else "")
    form = interest_form(group.activities, newest_votes(InterestVote, participant.id), voice)
    if form.validate_on_submit():
        votes = form.votes({vote_name(one.code): one.id for one in group.activities})
        operations.cast_interest_votes(current_identity(), participant, voice, votes)
        return saved(next_url)
    page = render_template(
        "people/interest_group.html",
        participant=participant,
        voice=voice,
        tabs=voice_tabs("people.interest_group", voice, public_id=public_id, group_code=group_code),
        group=group,
        questions=[(one, form[vote_name(one.code)]) for one in group.activities],
        form=form,
        number=position + 1,
        total=len(groups),
        skip_url=next_url,
    )
    return page, 422 if form.errors else 200


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
    form = preference_form(asked, newest_votes(PreferenceVote, participant.id), voice)
    if form.validate_on_submit():
        votes = form.votes({vote_name(one.code): one.id for one in asked})
        operations.cast_preference_votes(current_identity(), participant, voice, votes)
        return saved(_overview(public_id))
    page = render_template(
        "people/preferences.html",
        participant=participant,
        voice=voice,
        tabs=voice_tabs("people.preferences", voice, public_id=public_id),
        questions=[(one, form[vote_name(one.code)]) for one in asked],
        form=form,
    )
    return page, 422 if form.errors else 200


def saved(url: str) -> ResponseReturnValue:
    flash(_("Svaren är sparade."), "success")
    return redirect(url, 303)


@bp.route("/deltagare/<id:public_id>/profil/behov", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def needs(public_id: str) -> ResponseReturnValue:
    participant, asked = editable(public_id), vocabulary.constraints()
    form = needs_form(asked, newest_marks(participant.id))
    if form.validate_on_submit():
        source = Source(form.source.data)
        operations.mark_needs(current_identity(), participant, source, form.marks(asked))
        return saved(_overview(public_id))
    page = render_template("people/needs.html", participant=participant, form=form, questions=asked)
    return page, 422 if form.errors else 200


@bp.route("/deltagare/<id:public_id>/profil/tider", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def times(public_id: str) -> ResponseReturnValue:
    participant = editable(public_id)
    form = TimesForm.of(newest_times(participant.id))
    if form.validate_on_submit():
        source = Source(form.source.data)
        attempted(form, lambda: operations.say_times(current_identity(), participant, source, form.times))
        if not form.errors:
            return saved(_overview(public_id))
    page = render_template("people/times.html", participant=participant, form=form)
    return page, 422 if form.errors else 200


@bp.route("/deltagare/<id:public_id>/profil/onskan", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def wish(public_id: str) -> ResponseReturnValue:
    participant = editable(public_id)
    earlier = wishes(participant.id)
    newest = earlier[0] if earlier else None
    form = WishForm(data={"words": newest.words, "source": newest.source} if newest else None)
    if form.validate_on_submit():
        operations.say_wish(current_identity(), participant, Source(form.source.data), form.words.data or "")
        return saved(_overview(public_id))
    history = [(one, str(Source(one.source).label)) for one in earlier]
    page = render_template("people/wish.html", participant=participant, form=form, history=history)
    return page, 422 if form.errors else 200
