"""The own calendar feed: its page, and the file that calendar programs fetch."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from flask import current_app, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from aktema.access import audit, sessions
from aktema.access.guard import permits, public
from aktema.access.identity import acting, current_identity
from aktema.access.policy import is_granted
from aktema.core import clock
from aktema.core.errors import Message, MissingError
from aktema.core.http import see
from aktema.plans import calendar_operations as operations
from aktema.plans import calendar_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.calendar_queries import Event, Happening
from aktema.plans.permissions import READ_CALENDAR

DAY = timedelta(days=1)
NOBODYS_SESSION = 0
TITLES: dict[Happening, Message] = {
    Happening.NEXT_STEP: _l("Aktema: nästa steg"),
    Happening.ORDER: _l("Aktema: svara på en beställning"),
    Happening.FIRST_DAY: _l("Aktema: skriv in en första dag"),
    Happening.PLAN: _l("Aktema: gör en plan"),
    Happening.FOLLOW_UP: _l("Aktema: uppföljning"),
    Happening.TO_DO: _l("Aktema: något att göra"),
}


@bp.get("/konto/kalender")
@permits(READ_CALENDAR)
def calendar() -> ResponseReturnValue:
    return render_template("plans/calendar.html", feed=queries.find_feed(current_identity().account_id))


@bp.post("/konto/kalender")
@permits(READ_CALENDAR)
def new_calendar() -> ResponseReturnValue:
    """A new address, shown on the page that answers and never again."""
    token = operations.begin_feed(current_identity())
    base = current_app.extensions["settings"].base_url.rstrip("/")
    address = base + url_for("plans.calendar_file", token=token)
    page = render_template("plans/calendar_address.html", address=address, days=operations.LIFETIME.days)
    answer = make_response(page)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@bp.post("/konto/kalender/ta-bort")
@permits(READ_CALENDAR)
def end_calendar() -> ResponseReturnValue:
    operations.end_feed(current_identity())
    flash(_("Adressen är borttagen. Din kalender får inget mer härifrån."), "success")
    return see("plans.calendar")


@bp.get("/kalender/<token>.ics")
@public
def calendar_file(token: str) -> ResponseReturnValue:
    """Read as the account that the key belongs to, with the rights it has today."""
    feed = queries.get_feed(token)
    identity = sessions.identity_of(feed.account, NOBODYS_SESSION)
    if not is_granted(identity, READ_CALENDAR):
        raise MissingError
    today = clock.today()
    with acting(identity), force_locale(feed.account.language):
        events = queries.events_of(identity, today)
        audit.record_reads(READ_CALENDAR, sorted({one.participant_id for one in events}))
        answer = make_response(_file(events, today))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="aktema.ics"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def _file(events: Sequence[Event], today: date) -> bytes:
    """The events as iCalendar (RFC 5545), the same bytes as long as nothing has changed that day."""
    calendar = Calendar()
    head = {
        "prodid": "-//Aktema//Aktema//SV",
        "version": "2.0",
        "method": "PUBLISH",
        "name": "Aktema",
        "x-wr-calname": "Aktema",
        "x-wr-timezone": clock.STOCKHOLM.key,
        "x-published-ttl": "PT6H",
    }
    for name, value in head.items():
        calendar.add(name, value)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    stamp = datetime.combine(today, time(), UTC)
    for one in events:
        calendar.add_component(_component(one, stamp))
    content: bytes = calendar.to_ical()
    return content


def _component(one: Event, stamp: datetime) -> CalendarEvent:
    """A whole day that keeps nobody busy, with a title out of this file and nothing else."""
    component = CalendarEvent()
    values = {
        "uid": f"{one.uid}@aktema",
        "dtstamp": stamp,
        "dtstart": one.on,
        "dtend": one.on + DAY,
        "summary": str(TITLES[one.happening]),
        "description": _("Öppna Aktema för att se vad det gäller."),
        "class": "PRIVATE",
        "transp": "TRANSPARENT",
    }
    for name, value in values.items():
        component.add(name, value)
    return component
