"""An employer's first page.

/min-arbetsplats     my_workplace
"""

from flask import render_template
from flask.typing import ResponseReturnValue

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.employers import placement_page, words
from aktema.employers.permissions import LIST_POSITIONS
from aktema.home.blueprint import bp
from aktema.home.employer_page import workplace_of


@bp.get("/min-arbetsplats")
@permits(LIST_POSITIONS)
def my_workplace() -> ResponseReturnValue:
    today = clock.today()
    return render_template(
        "home/my_workplace.html",
        page=workplace_of(current_identity(), today),
        today=today,
        words=words,
        about=placement_page,
    )
