"""The ranker in use: read from its file once per process and version, and refused where the file is not ours."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from aktema.core.errors import DomainError
from aktema.core.logs import log
from aktema.core.settings import Settings
from aktema.matching import model_files
from aktema.matching.engine.learning import ChoiceRanker, Learned, OutcomeRanker
from aktema.matching.engine.rankers import RULES_VERSION, Ranker, RulesPrior
from aktema.matching.model_queries import Stored, get_model, uses_in_force
from aktema.matching.models import ModelVersion

_KEPT = "learned_models"


@dataclass(frozen=True, slots=True)
class InUse:
    """The ranker that ranks now, and the version that should but whose file was refused, if there is one."""

    version: str
    ranker: Ranker
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a file was refused, and its age then: only another file is worth another look and another warning."""

    reason: str
    changed: int | None


def in_use() -> InUse:
    """The newest model in force whose file is whole, else the rules. One statement."""
    refused: str | None = None
    for stored in uses_in_force():
        if stored is None:
            break
        found = _kept(stored)
        if not isinstance(found, _Refused):
            return InUse(stored.version, found, refused)
        refused = refused or stored.version
    return InUse(RULES_VERSION, RulesPrior(), refused)


def current_ranker() -> Ranker:
    return in_use().ranker


def model_in_use() -> str:
    """The version that ranks now."""
    return in_use().version


def find_refused_model() -> str | None:
    """The version that should be in use, where its file is missing or not what was stored."""
    return in_use().refused


def ranker_of(version: str) -> Ranker:
    """The ranker of a version. Raises DomainError where there is none or its file is refused."""
    return RulesPrior() if version == RULES_VERSION else ranker_from(learned_of(get_model(version)))


def ranker_from(learned: Learned) -> Ranker:
    """The ranker that ranks by what was learned."""
    kind = OutcomeRanker if learned.kind == OutcomeRanker.kind.name else ChoiceRanker
    return kind.from_learned(learned)


def learned_of(model: ModelVersion) -> Learned:
    """What the model's file holds. Raises DomainError where the file is refused."""
    try:
        return model_files.read(file_of(model.version), model.digest)
    except model_files.RefusedModelError as refusal:
        raise DomainError(f"The file of {model.version} is refused: {refusal}.") from refusal


def file_of(version: str) -> Path:
    """Where the version's file lies."""
    settings: Settings = current_app.extensions["settings"]
    return model_files.path_of(settings.data_folder, version)


def _kept(stored: Stored) -> Ranker | _Refused:
    kept: dict[Stored, Ranker | _Refused] = current_app.extensions.setdefault(_KEPT, {})
    found = kept.get(stored)
    if found is None or (isinstance(found, _Refused) and found.changed != _changed(stored)):
        found = kept[stored] = _read(stored)
    return found


def _read(stored: Stored) -> Ranker | _Refused:
    changed = _changed(stored)
    try:
        return ranker_from(model_files.read(file_of(stored.version), stored.digest))
    except model_files.RefusedModelError as refusal:
        log.warning("model refused", version=stored.version, reason=str(refusal))
        return _Refused(str(refusal), changed)


def _changed(stored: Stored) -> int | None:
    """When the file was changed last, in nanoseconds; None without one."""
    try:
        return file_of(stored.version).stat().st_mtime_ns
    except OSError:
        return None
