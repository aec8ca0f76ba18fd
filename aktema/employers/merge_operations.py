"""Two rows of one organisation made one: everything that hung on the one hangs on the other, and nothing is lost."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select, update

from aktema.access import audit
from aktema.access.consent_models import Consent
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.core import clock
from aktema.core.db import db
from aktema.core.epochs import move_on
from aktema.core.errors import DomainError
from aktema.core.swedish import fold
from aktema.employers.epochs import PLACEMENTS
from aktema.employers.models import Contact, Employer, Placement, Workplace
from aktema.employers.permissions import MERGE_EMPLOYERS
from aktema.employers.visit_models import EmployerVisit

MOVING: tuple[type[Contact] | type[Workplace] | type[EmployerVisit], ...] = (
    Contact,
    Workplace,
    EmployerVisit,
)


def merge(kept: Employer, gone: Employer) -> None:
    """Let `kept` take over `gone`, whose address leads to it from now on.

    Raises DomainError where they cannot be one organisation, or the wrong one of them would stay.
    """
    _hold(kept, gone)
    _refuse(kept, gone)
    _take_over_facts(kept, gone)
    _join_workplaces(kept, gone)
    _move_rows(kept, gone)
    gone.merged_into_id, gone.closed_on = kept.id, gone.closed_on or clock.today()
    trace = {"object_kind": "employer", "detail": "merge"}
    audit.record_writes(MERGE_EMPLOYERS, (kept.id, gone.id), **trace)
    db.session.flush()  # before what was loaded of the two is forgotten
    db.session.expire(kept, ["contacts", "workplaces"])
    db.session.expire(gone, ["contacts", "workplaces"])


def _hold(kept: Employer, gone: Employer) -> None:
    """Nobody else merges either of the two until this request is done: they could end as each other's."""
    both = select(Employer).where(Employer.id.in_((kept.id, gone.id))).order_by(Employer.id)
    db.session.execute(both.with_for_update().execution_options(populate_existing=True)).all()


def _refuse(kept: Employer, gone: Employer) -> None:
    if kept.id == gone.id or kept.merged_into_id or gone.merged_into_id:
        raise DomainError(_("De är redan samma arbetsgivare."))
    if kept.organisation_number and gone.organisation_number:
        raise DomainError(_("De har olika organisationsnummer. Då är det två olika organisationer."))
    if kept.closed_on is not None and gone.closed_on is None:
        raise DomainError(
            _("%(name)s är stängd. Välj den som är öppen.", name=kept.name),
            "kept",
        )


def _take_over_facts(kept: Employer, gone: Employer) -> None:
    """What either says stays said; of two limits the stricter holds."""
    number, gone.organisation_number = gone.organisation_number, None
    db.session.flush()  # no two rows may have the number, not for a moment
    kept.organisation_number = kept.organisation_number or number
    kept.description = _both(kept.description, gone.description)
    kept.internal_note = _both(kept.internal_note, gone.internal_note)
    kept.is_lead = kept.is_lead and gone.is_lead
    kept.month_cap = min((one.month_cap for one in (kept, gone) if one.month_cap is not None), default=None)
    kept.not_before = max((one.not_before for one in (kept, gone) if one.not_before), default=None)


def _both(first: str, second: str) -> str:
    """The two texts after each other; one alone where they say the same."""
    return "\n\n".join(dict.fromkeys(text for text in (first, second) if text))


def _join_workplaces(kept: Employer, gone: Employer) -> None:
    """A workplace that stands at both becomes one, with what either says of it."""
    stays = {_where(one): one for one in _workplaces_of(kept)}
    for double in _workplaces_of(gone):
        one = stays.get(_where(double))
        if one is not None:
            one.access_facts = _both(one.access_facts, double.access_facts)
            there = update(Placement).where(Placement.workplace_id == double.id)
            db.session.execute(there.values(workplace_id=one.id))
            db.session.delete(double)
    db.session.flush()  # before the rest is moved past the session


def _workplaces_of(employer: Employer) -> Sequence[Workplace]:
    theirs = select(Workplace).where(Workplace.employer_id == employer.id)
    return db.session.scalars(theirs.order_by(Workplace.id)).all()


def _where(workplace: Workplace) -> tuple[str, str, int | None]:
    """What tells workplaces of one organisation apart."""
    return fold(workplace.name), fold(workplace.street), workplace.locality_id


def _move_rows(kept: Employer, gone: Employer) -> None:
    """Also links that let somebody there post a place, consents to show them a person, and earlier merges."""
    for model in MOVING:
        db.session.execute(update(model).where(model.employer_id == gone.id).values(employer_id=kept.id))
    changed = {"employer_id": kept.id, "changed_at": clock.now(), "changed_in": move_on(PLACEMENTS)}
    db.session.execute(update(Placement).where(Placement.employer_id == gone.id).values(**changed))
    posting = (Link.purpose == Purpose.POST_PLACEMENT.value) & (Link.subject_id == gone.id)
    db.session.execute(update(Link).where(posting).values(subject_id=kept.id))
    db.session.execute(update(Consent).where(Consent.receiver_id == gone.id).values(receiver_id=kept.id))
    before = update(Employer).where(Employer.merged_into_id == gone.id)
    db.session.execute(before.values(merged_into_id=kept.id))
