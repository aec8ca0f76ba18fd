"""What has been typed in a registration that is not finished: one per account, sealed, whatever page was left when."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from aktema.core.drafts import drop_draft, find_draft, save_draft
from aktema.core.errors import Message
from aktema.core.forms import BaseForm
from aktema.people.operations import Facts
from aktema.people.register_forms import BackgroundForm, HomeForm, NameForm, facts_of

PLACE = "people.register"
BOOKKEEPING = ("csrf_token", "version", "idempotency_key")
F = TypeVar("F", bound=BaseForm)


@dataclass(frozen=True, kw_only=True)
class Step(Generic[F]):
    """One page of the registration."""

    slug: str
    title: Message
    lead: Message
    form: type[F]


NAME = Step(
    slug="namn", title=_l("Vem är det?"), lead=_l("Skriv namnet som personen vill bli kallad."), form=NameForm
)
BACKGROUND = Step(
    slug="bakgrund",
    title=_l("Nu och hur ni pratar"),
    lead=_l("Det hjälper alla att möta personen på rätt sätt."),
    form=BackgroundForm,
)
HOME = Step(
    slug="hem",
    title=_l("Hemort och företrädare"),
    lead=_l("Allt på den här sidan går att fylla i senare."),
    form=HomeForm,
)
STEPS: tuple[Step[NameForm] | Step[BackgroundForm] | Step[HomeForm], ...] = (NAME, BACKGROUND, HOME)
REVIEW = "granska"
SLUGS = (*(step.slug for step in STEPS), REVIEW)


class Draft:
    """What an account has typed so far, by step."""

    def __init__(self, account_id: int) -> None:
        self._account_id = account_id
        self._typed: Mapping[str, list[str]] = find_draft(account_id, PLACE) or {}

    @property
    def is_begun(self) -> bool:
        return bool(self._typed)

    def typed_in(self, step: Step[F]) -> MultiDict[str, str]:
        """The step's own fields, as a form sends them."""
        prefix = f"{step.slug}."
        own = {
            name.removeprefix(prefix): values
            for name, values in self._typed.items()
            if name.startswith(prefix)
        }
        return MultiDict(own)

    def keep(self, step: Step[F], sent: MultiDict[str, str], *, leave_out: Collection[str] = ()) -> None:
        """Keep what was sent in the step, right or wrong, in place of what was there."""
        others = {
            name: values for name, values in self._typed.items() if not name.startswith(f"{step.slug}.")
        }
        unkept = {*BOOKKEEPING, *leave_out}
        own = {f"{step.slug}.{name}": values for name, values in sent.lists() if name not in unkept}
        with suppress(ValueError):  # far too long for any field: the form says so, with the text still in it
            save_draft(self._account_id, PLACE, {**others, **own})

    def filled(self) -> "Filled":
        """The forms as they were typed, for checking all at once."""
        return Filled(
            names=self._form_of(NAME), background=self._form_of(BACKGROUND), home=self._form_of(HOME)
        )

    def _form_of(self, step: Step[F]) -> F:
        return step.form(formdata=self.typed_in(step), meta={"csrf": False})

    def drop(self) -> None:
        drop_draft(self._account_id, PLACE)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The three filled-in pages."""

    names: NameForm
    background: BackgroundForm
    home: HomeForm

    @cached_property
    def first_unfinished(self) -> Step[NameForm] | Step[BackgroundForm] | Step[HomeForm] | None:
        """The first page that is not rightly filled in yet, or None."""
        forms: tuple[BaseForm, ...] = (self.names, self.background, self.home)
        return next((step for step, form in zip(STEPS, forms, strict=True) if not form.validate()), None)

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.names, self.background, self.home)

    @property
    def name(self) -> str:
        return f"{self.facts.first_name} {self.facts.last_name}"


def slug_after(slug: str, steps: int) -> str:
    """The page so many steps on (or back), within the registration."""
    return SLUGS[max(0, min(SLUGS.index(slug) + steps, len(SLUGS) - 1))]
