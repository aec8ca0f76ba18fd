"""The searches among occupations and pictures: sent with GET, because they are about nobody."""

from flask_babel import lazy_gettext as _l
from wtforms import Form

from aktema.core.forms import LineField


class OccupationSearchForm(Form):
    q = LineField(_l("Yrke"), description=_l("Skriv en del av namnet, till exempel städ."))


class PictureSearchForm(Form):
    q = LineField(_l("Ord"), description=_l("Skriv ett ord, till exempel buss."))
