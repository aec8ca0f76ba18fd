"""Forms of sign-in, invitation and the own account."""

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length

from aktema.access.passwords import LONGEST
from aktema.core.forms import BaseForm, LineField, Required, choices

NEW_PASSWORD = {"autocomplete": "new-password"}
LANGUAGES = (("sv", _l("Svenska")), ("en", _l("Engelska")))


class SignInForm(BaseForm):
    email = LineField(
        _l("E-postadress"), [Required()], render_kw={"autocomplete": "username", "inputmode": "email"}
    )
    password = PasswordField(
        _l("Lösenord"),
        [InputRequired(_l("Skriv ditt lösenord.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class NewPasswordForm(BaseForm):
    """A password typed twice. Length is what counts; nothing is demanded of its letters."""

    new = PasswordField(
        _l("Nytt lösenord"),
        [InputRequired(_l("Välj ett lösenord.")), Length(max=LONGEST)],
        description=_l("Minst 14 tecken. En mening går bra."),
        render_kw=NEW_PASSWORD,
    )
    again = PasswordField(
        _l("Samma lösenord igen"),
        [
            InputRequired(_l("Skriv samma lösenord en gång till.")),
            EqualTo("new", _l("Det är inte samma lösenord. Skriv det en gång till.")),
        ],
        render_kw=NEW_PASSWORD,
    )

    def __init__(self) -> None:
        super().__init__()
        least = current_app.extensions["settings"].password_length
        self.new.description = _("Minst %(least)s tecken. En mening går bra.", least=least)

    def validate_new(self, field: PasswordField) -> None:
        least = current_app.extensions["settings"].password_length
        if len(field.data or "") < least:
            raise ValidationError(
                _("Lösenordet är för kort. Det behöver minst %(least)s tecken.", least=least)
            )


class ChangePasswordForm(NewPasswordForm):
    old = PasswordField(
        _l("Lösenordet du har nu"),
        [InputRequired(_l("Skriv lösenordet du har nu."))],
        render_kw={"autocomplete": "current-password"},
    )


class OwnProfileForm(BaseForm):
    name = LineField(_l("Namn"), [Required()], render_kw={"autocomplete": "name"})
    language = RadioField(_l("Språk"), choices=choices(LANGUAGES))
