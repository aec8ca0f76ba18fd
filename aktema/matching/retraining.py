"""Learning anew, putting a model in use, going back, and passing coefficients on. Each act leaves a trace.

These are an operator's acts on the command line, so the trace names no account. Many people's answers are read
and nobody's is shown.
"""

from dataclasses import dataclass

from aktema.access import audit
from aktema.core.clock import now
from aktema.core.db import db
from aktema.core.epochs import move_on
from aktema.core.errors import DomainError
from aktema.matching import model_exchange, model_files, model_queries
from aktema.matching.engine.learning import Learned
from aktema.matching.engine.rankers import RULES_VERSION, Coefficients
from aktema.matching.model_effects import Effects, effects
from aktema.matching.model_fitting import Fitted, fit
from aktema.matching.models import MODELS, ModelUse, ModelVersion
from aktema.matching.models_in_use import file_of, in_use, learned_of, ranker_from, ranker_of
from aktema.matching.permissions import CONFIGURE_MODEL
from aktema.matching.training import Lessons, lessons


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A model that may be stored, and what it would change. `fitted`, `lessons`: None where it came from elsewhere."""

    prior: str
    prior_coefficients: Coefficients
    in_use: str
    learned: Learned
    effects: Effects
    fitted: Fitted | None = None
    lessons: Lessons | None = None

    @property
    def is_prior(self) -> bool:
        """Whether nothing justified leaving the prior."""
        return self.learned.version == self.prior


def retrain(prior: str | None = None) -> Draft:
    """Learn from everything decided so far. Only reads: call `report` or `save` with what it gives.

    The prior is the version given, else the newest imported, else the rules. Raises DomainError where there is no
    such version or its file is refused.
    """
    prior = prior or model_queries.prior_version()
    known = lessons()
    fitted = fit(known, _find_learned(prior))
    return _draft(fitted.learned, prior, fitted, known)


def receive(content: bytes) -> Draft:
    """What the file of another municipality would change. Only reads, as `retrain`. Raises DomainError."""
    return _draft(model_exchange.read(content), RULES_VERSION)


def report(draft: Draft) -> None:
    """Leave the trace that many people's answers were read, and store nothing."""
    _trace("dry_run", detail=f"{draft.learned.version} people={draft.effects.people}")


def save(draft: Draft) -> ModelVersion:
    """Store the model without using it. Raises DomainError where it is nothing new."""
    version = draft.learned.version
    if draft.is_prior:
        raise DomainError(f"The prior {draft.prior} is kept, so there is nothing to store.")
    if model_queries.find_model(version) is not None:
        raise DomainError(f"{version} is stored already.")
    content = model_files.packed(draft.learned)
    stored = ModelVersion(
        version=version,
        origin=model_queries.RETRAINED if draft.fitted else model_queries.IMPORTED,
        prior=draft.prior,
        digest=model_files.digest_of(content),
        answers=draft.learned.answers,
        sources=draft.learned.sources,
    )
    db.session.add(stored)
    db.session.flush()  # of two who store the same at once one fails here, before the file is written
    model_files.write(file_of(version), content)
    _trace("stored", stored)
    return stored


def switch_to(version: str) -> None:
    """Put the version in use; one that is so already is read anew. Raises DomainError where it cannot be used."""
    ranker_of(version)
    model = None if version == RULES_VERSION else model_queries.get_model(version)
    if version != model_queries.version_of(model_queries.find_newest_use()):
        db.session.add(ModelUse(model_version_id=model.id if model else None))
    move_on(MODELS)
    _trace("switched", model, version)


def roll_back() -> str:
    """Put the version in use that was so before, and return it. Raises DomainError where there was none."""
    newest = model_queries.find_newest_use()
    if newest is None:
        raise DomainError(f"There is nothing to go back to: {RULES_VERSION} is in use.")
    newest.taken_back_at = now()
    move_on(MODELS)
    db.session.flush()  # what is in use is asked anew
    before = model_queries.find_newest_use()
    version = model_queries.version_of(before)
    _trace("rolled_back", before.model if before else None, version)
    return version


def export(version: str | None = None) -> str:
    """The text of the file that another municipality can import: the version's, else that in use.

    Raises DomainError where it is the rules, or too few decisions stand behind a coefficient.
    """
    version = version or in_use().version
    if version == RULES_VERSION:
        raise DomainError(f"{RULES_VERSION} is the same everywhere: there is nothing to pass on.")
    model = model_queries.get_model(version)
    text = model_exchange.written(learned_of(model))
    _trace("exported", model, version)
    return text


def _draft(learned: Learned, prior: str, fitted: Fitted | None = None, known: Lessons | None = None) -> Draft:
    now_in_use = in_use()
    return Draft(
        prior=prior,
        prior_coefficients=ranker_of(prior).coefficients(),
        in_use=now_in_use.version,
        learned=learned,
        effects=effects(now_in_use.ranker, ranker_from(learned)),
        fitted=fitted,
        lessons=known,
    )


def _find_learned(version: str) -> Learned | None:
    """What a version has learned; None for the rules."""
    return None if version == RULES_VERSION else learned_of(model_queries.get_model(version))


def _trace(act: str, model: ModelVersion | None = None, detail: str = "") -> None:
    audit.record_write(
        CONFIGURE_MODEL,
        object_kind="model_version",
        object_id=model.id if model else None,
        detail=f"{act} {detail}".strip(),
    )
