"""Which models there are, and which is to be in use. Nothing here is about anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.matching.engine.rankers import RULES_VERSION
from aktema.matching.models import ModelUse, ModelVersion

RETRAINED, IMPORTED = "retrained", "imported"
FALLBACKS = 5
"""How far back a model is looked for whose file is whole, before the rules."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A model as the database knows it."""

    version: str
    digest: str


def uses_in_force(limit: int = FALLBACKS) -> tuple[Stored | None, ...]:
    """What was put in use and not taken back, the newest first; None is the rules. One statement."""
    rows = db.session.execute(
        _uses().with_only_columns(ModelVersion.version, ModelVersion.digest).limit(limit)
    )
    return tuple(Stored(version=version, digest=digest) if version else None for version, digest in rows)


def find_newest_use() -> ModelUse | None:
    """What is in use now, or None where the rules always were."""
    return db.session.scalar(_uses().limit(1))


def version_of(use: ModelUse | None) -> str:
    """The version that was put in use."""
    return use.model.version if use and use.model else RULES_VERSION


def _uses() -> Select[ModelUse]:
    joined = select(ModelUse).outerjoin(ModelVersion, ModelUse.model_version_id == ModelVersion.id)
    return joined.where(ModelUse.taken_back_at.is_(None)).order_by(ModelUse.id.desc())


def find_model(version: str) -> ModelVersion | None:
    return db.session.scalar(select(ModelVersion).where(ModelVersion.version == version))


def get_model(version: str) -> ModelVersion:
    """The model of the version. Raises DomainError where there is none."""
    found = find_model(version)
    if found is None:
        raise DomainError(f"There is no model {version[:40]!a}. `aktema model list` says which there are.")
    return found


def all_models() -> Sequence[ModelVersion]:
    """Every model, the oldest first."""
    return db.session.scalars(select(ModelVersion).order_by(ModelVersion.id)).all()


def prior_version() -> str:
    """What the next model is drawn towards where nothing else is said: the newest imported, else the rules."""
    imported = select(ModelVersion.version).where(ModelVersion.origin == IMPORTED)
    return db.session.scalar(imported.order_by(ModelVersion.id.desc()).limit(1)) or RULES_VERSION
