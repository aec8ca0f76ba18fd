"""A person's own photos, the pictures they surely know, and the pictures a form about them can choose among."""

from flask import flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.people import photo_operations, photo_queries, queries
from aktema.people.blueprint import bp
from aktema.people.codes import Source
from aktema.people.permissions import KEEP_PHOTOS, READ_PHOTOS, SHOW_PHOTO, UPDATE_PROFILE
from aktema.people.photo_forms import KnownForm, PhotoForm, chooser_for
from aktema.vocabulary.symbol_forms import searched_for

bp.add_app_template_global(photo_queries.address_of_ref, "picture_url")


@bp.get("/deltagare/<id:public_id>/bilder/val")
@permits(READ_PHOTOS)
def picture_choices(public_id: str) -> ResponseReturnValue:
    """What a script puts under a field of pictures."""
    participant = queries.get_participant(current_identity(), READ_PHOTOS, public_id)
    name, typed = searched_for(request.args)
    pictures = photo_queries.find_pictures_for(participant, typed)
    return render_template("vocabulary/symbol_choices.html", name=name, pictures=pictures, typed=typed)


@bp.get("/deltagare/<id:public_id>/bilder")
@permits(READ_PHOTOS)
def photos(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = queries.get_participant(identity, READ_PHOTOS, public_id)
    return render_template(
        "people/photos.html",
        participant=participant,
        photos=photo_queries.list_photos(participant),
        known=photo_queries.list_known(participant.id),
        may_keep=queries.may(identity, KEEP_PHOTOS, participant),
        may_tell=queries.may(identity, UPDATE_PROFILE, participant),
    )


@bp.route("/deltagare/<id:public_id>/bilder/ny", methods=["GET", "POST"])
@permits(KEEP_PHOTOS)
def add_photo(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = queries.get_participant(identity, KEEP_PHOTOS, public_id)
    form = PhotoForm()
    if form.validate_on_submit():
        content, word = form.file.data.read(), str(form.word.data)
        attempted(form, lambda: photo_operations.add_photo(identity, participant, content=content, word=word))
        if not form.errors:
            flash(_("Fotot är sparat."), "success")
            return see("people.photos", public_id=public_id)
    page = render_template("people/photo_new.html", form=form, participant=participant)
    return page, 422 if form.errors else 200


@bp.post("/deltagare/<id:public_id>/bilder/<id:photo_id>/ta-bort")
@permits(KEEP_PHOTOS)
def remove_photo(public_id: str, photo_id: str) -> ResponseReturnValue:
    participant = queries.get_participant(current_identity(), KEEP_PHOTOS, public_id)
    photo_operations.remove_photo(participant, photo_queries.get_photo(participant, photo_id))
    flash(_("Fotot är borttaget."), "success")
    return see("people.photos", public_id=public_id)


@bp.route("/deltagare/<id:public_id>/bilder/kanner-igen", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def known_pictures(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = queries.get_participant(identity, UPDATE_PROFILE, public_id)
    form = KnownForm(data={"pictures": photo_queries.list_known(participant.id)})
    if form.validate_on_submit():
        attempted(
            form,
            lambda: photo_operations.set_known(
                identity,
                participant,
                form.pictures.data,
                source=Source(form.source.data),
                shown=form.pictures.shown,
            ),
        )
        if not form.errors:
            flash(_("Bilderna är sparade."), "success")
            return see("people.photos", public_id=public_id)
    chooser = chooser_for(participant)
    page = render_template("people/photo_known.html", form=form, participant=participant, chooser=chooser)
    return page, 422 if form.errors else 200


@bp.get("/bilder/<id:photo_id>")
@permits(SHOW_PHOTO)
def photo(photo_id: str) -> ResponseReturnValue:
    """The photo itself. Its address names no person, so that any page can show it by its reference."""
    content, media_type = photo_queries.get_photo_content(current_identity(), SHOW_PHOTO, photo_id)
    answer = make_response(content)
    answer.headers["Content-Type"] = media_type
    return answer
