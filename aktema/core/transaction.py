"""One transaction per request: committed after a good answer, rolled back after any other."""

from flask import Flask, g, request
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from aktema.core.db import db
from aktema.core.idempotency import Submission

FORM_SHOWN_AGAIN, CONFLICT_SHOWN = 422, 409
"""Nothing was changed, but the page shows what stands: the trace of the reading is kept."""


def is_good(status: int) -> bool:
    return status < 400 or status in (FORM_SHOWN_AGAIN, CONFLICT_SHOWN)


def finish(response: Response) -> Response:
    """Commit before the answer leaves: where the audit row can't be stored, nothing is shown."""
    if not is_good(response.status_code):
        db.session.rollback()
        return response
    submission: Submission | None = g.get("submission")
    is_refused = response.status_code in (FORM_SHOWN_AGAIN, CONFLICT_SHOWN)
    if is_refused and submission is not None and submission.earlier_answer():
        return _answer_of_the_other(submission)  # refused because of what the same form did meanwhile
    if submission is not None and response.status_code in (302, 303):
        submission.remember(response.location or "/")
    try:
        db.session.commit()
    except IntegrityError:
        return _answer_of_the_other(submission)
    return response


def _answer_of_the_other(submission: Submission | None) -> Response:
    """The same form was sent twice at once: this one gives the answer of the one that came first."""
    db.session.rollback()
    answer = submission.earlier_answer() if submission else None
    if answer is None:
        raise RuntimeError("the transaction could not be stored")
    return answer


def before_request() -> Response | None:
    """The earlier answer where the form has been sent before."""
    identity = g.get("identity")
    account_id = None if identity is None else identity.account_id
    g.submission = Submission.of(request, account_id, g.get("link_token", ""))
    return g.submission.earlier_answer() if g.submission else None


def install(app: Flask) -> None:
    app.before_request(before_request)
    app.after_request(finish)
