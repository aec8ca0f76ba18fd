"""The person's yes to what an employer may see of them, and taking it back: the employer sees nothing from then on."""

from collections.abc import Sequence

from flask_babel import force_locale, lazy_pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access import audit
from aktema.access.consent_models import Consent
from aktema.access.consent_operations import ConsentFacts, give, withdraw
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.core.swedish import LANGUAGE
from aktema.pathway.codes import Channel
from aktema.pathway.consent_queries import CardChoice, draw_card, find_consent
from aktema.pathway.introduction_codes import FIELD_LABELS, CloseReason
from aktema.pathway.introduction_operations import thank_employer
from aktema.pathway.models import Introduction
from aktema.pathway.queries import IntroductionView
from aktema.pathway.rules.card import Field, filled
from aktema.pathway.rules.introduction import LONGEST_CONSENT
from aktema.pathway.states import WITH_EMPLOYER, IntroductionAct, IntroductionState
from aktema.pathway.trial_states import Whose
from aktema.people.models import Participant
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.operations import StepFacts, close_next_step, record_fact

PURPOSE = "introduction"


def share_card(
    identity: Identity,
    permission: Permission,
    participant: Participant,
    view: IntroductionView,
    choice: CardChoice,
    *,
    seen: str,
    given_by: str,
    channel: Channel,
) -> Consent:
    """Keep the person's yes to exactly this card, for this employer, until the day. Raises DomainError by field.

    `seen`: the digest of the card that was looked at; something else is not agreed to.
    """
    _check(participant, view, choice)
    introduction = view.introduction
    card = draw_card(participant, introduction, choice)
    if card.digest() != seen:
        raise DomainError(_("Kortet har ändrats sedan du tittade på det. Titta på det igen."))
    if (earlier := find_consent(introduction)) is not None:
        withdraw(permission, earlier)
    facts = ConsentFacts(
        participant_id=participant.id,
        receiver_id=view.employer.id,
        purpose=PURPOSE,
        fields=[choice.called.value, *(field.value for field in filled(card))],
        until=choice.until,
        given_by=given_by,
        channel=channel.value,
    )
    consent = give(identity, permission, facts)
    introduction.consent_id, introduction.card = consent.id, card.to_json()
    _tell_given(
        participant, view, consent, filled(card), is_own=identity.account_id == participant.account_id
    )
    return consent


def _check(participant: Participant, view: IntroductionView, choice: CardChoice) -> None:
    if participant.has_protected_identity:
        raise DomainError(
            _("Personen har skyddade personuppgifter. Då går inget kort till någon arbetsgivare.")
        )
    if not view.may(IntroductionAct.CONSENT):
        raise DomainError(_("Kortet går inte att ändra nu. Ladda om sidan och se hur frågan står."))
    if (choice.until - clock.today()).days > LONGEST_CONSENT:
        raise DomainError(_("Skriv en dag inom ett år."), "until")


@force_locale(LANGUAGE)
def _tell_given(
    participant: Participant,
    view: IntroductionView,
    consent: Consent,
    fields: Sequence[Field],
    *,
    is_own: bool,
) -> None:
    shown = ", ".join(str(FIELD_LABELS[field]).lower() for field in fields) or _("bara vad personen kallas")
    line = _(
        "Sa ja till att %(employer)s ser kortet till %(day)s: %(shown)s.",
        employer=view.employer_name,
        day=consent.to_date.isoformat(),
        shown=shown,
    )
    own_line = lazy_pgettext("easy", "Du sa ja till ditt kort för %(employer)s.", employer=view.employer_name)
    facts = StepFacts(
        contact_type=ContactType.CONSENT_GIVEN,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=line,
        own_line=own_line,
        placement_id=view.introduction.placement_id,
    )
    by = (
        Actor.PERSON
        if is_own
        else Actor.REPRESENTATIVE
        if consent.given_by == "representative"
        else Actor.STAFF
    )
    record_fact(view.introduction.account_id, participant.id, facts, by)


def take_back_card(
    permission: Permission, participant: Participant, view: IntroductionView, actor: Actor = Actor.STAFF
) -> None:
    """The yes to the card is taken back, by the person or for them.

    Where the employer has been asked the question ends with it. What has been agreed, or is over, stands as it is:
    only the card is closed.
    Raises DomainError where there is no card to take back.
    """
    introduction, state = view.introduction, view.state
    if not view.may(IntroductionAct.WITHDRAW) or not (view.is_consented or state in WITH_EMPLOYER):
        raise DomainError(_("Det finns inget kort att ta tillbaka. Ladda om sidan."))
    end_sharing(permission, introduction)
    if state is IntroductionState.CONSENTED:
        introduction.consent_id, introduction.card = None, None
    elif state in WITH_EMPLOYER:
        introduction.closed_on, introduction.closed_by = clock.today(), Whose.PERSON.value
        introduction.closed_reason = CloseReason.CONSENT_WITHDRAWN.value
        close_next_step(introduction.participant_id, asked_about=introduction.placement_id)
        thank_employer(introduction)
    facts = StepFacts(
        contact_type=ContactType.CONSENT_GIVEN,
        happened_on=clock.today(),
        minutes=0,
        place=StepPlace.OFFICE,
        line=_l(
            "Tog tillbaka sitt ja till kortet. %(employer)s ser det inte längre.", employer=view.employer_name
        ),
        own_line=lazy_pgettext("easy", "Du tog tillbaka ditt kort. Ingen ser det nu."),
        placement_id=introduction.placement_id,
    )
    record_fact(introduction.account_id, participant.id, facts, actor)
    audit.record_write(
        permission,
        participant_id=participant.id,
        object_kind="introduction",
        object_id=introduction.id,
        detail="consent_withdrawn",
    )


def end_sharing(permission: Permission, introduction: Introduction) -> None:
    """The consent to the introduction's card is withdrawn, if there is one: no page shows the card any more."""
    if (consent := find_consent(introduction)) is not None:
        withdraw(permission, consent)
