"""The search among occupations: sent with GET, because it is about nobody."""

from flask_babel import lazy_gettext as _l
from wtforms import Form

from aktema.core.forms import LineField


class OccupationSearchForm(Form):
    q = LineField(_l("Yrke"), description=_l("Skriv en del av namnet, till exempel städ."))
