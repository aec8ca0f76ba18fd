"""Asking for new links."""

from flask_babel import lazy_gettext as _l

from aktema.core.forms import BaseForm, LineField, Required


class NewLinkForm(BaseForm):
    """By the address that mail is sent to."""

    email = LineField(
        _l("Din e-postadress"),
        [Required(_l("Fyll i din e-postadress."))],
        description=_l("Den adress som du brukar få våra mejl på."),
    )
