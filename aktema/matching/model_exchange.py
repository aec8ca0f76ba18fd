"""The file in which one municipality's coefficients reach another: docs/model-format.md says what it holds.

Coefficients and counts, nothing about anybody. What is read is believed only as far as it is checked here.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from aktema.core.errors import DomainError
from aktema.matching.engine.learning import ChoiceRanker, Learned, OutcomeRanker
from aktema.matching.engine.rankers import FEATURES

FORMAT, FORMAT_VERSION = "aktema-model", 1
MOST_BYTES = 65_536
LARGEST_COEFFICIENT = 100.0
LARGEST_STRENGTH = 1e6
DECIMALS = 4
LEAST_DECISIONS = 50
"""Fewer behind a coefficient could let somebody guess what one coach or one person chose."""
KINDS = (ChoiceRanker.kind.name, OutcomeRanker.kind.name)


def written(learned: Learned) -> str:
    """Return the file's text. Raises DomainError where too few decisions stand behind a coefficient."""
    decisions = dict(zip(learned.features, learned.counts, strict=True))
    _check_support(decisions)
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "kind": learned.kind,
        "coefficients": {name: round(value, DECIMALS) for name, value in _by_name(learned).items()},
        "decisions": decisions,
        "answers": learned.answers,
        "sources": learned.sources,
        "strength": learned.strength,
        "prior": learned.prior_version,
    }
    return json.dumps({**content, "digest": _digest(content)}, indent=2) + "\n"


def read(content: bytes) -> Learned:
    """Return what the file says. Raises DomainError with one sentence about the first thing that is wrong."""
    found = _parsed(content)
    _check_frame(found)
    coefficients, decisions = _by_feature(found, "coefficients"), _by_feature(found, "decisions")
    for name, count in (*decisions.items(), *((name, found.get(name)) for name in ("answers", "sources"))):
        _check_count(name, count)
    _check_support(decisions)
    return Learned(
        kind=_kind(found),
        features=FEATURES,
        coefficients=tuple(
            _number(f"The coefficient of {name}", coefficients[name], 0, LARGEST_COEFFICIENT)
            for name in FEATURES
        ),
        counts=tuple(decisions[name] for name in FEATURES),
        answers=found["answers"],
        sources=found["sources"],
        strength=_number("The strength", found.get("strength"), 0, LARGEST_STRENGTH),
        prior_version=_text(found, "prior"),
        seed=0,
    )


def _by_name(learned: Learned) -> dict[str, float]:
    return dict(zip(learned.features, learned.coefficients, strict=True))


def _parsed(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise DomainError(f"The file is larger than {MOST_BYTES // 1024} KiB: it is no model of Aktema's.")
    try:
        found = json.loads(content, parse_constant=_refuse_constant, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError) as error:
        raise DomainError("The file is not JSON: it is no model of Aktema's.") from error
    if not isinstance(found, dict):
        raise DomainError("The file holds no JSON object: it is no model of Aktema's.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise DomainError(f"The file holds {name}, which is no number.")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DomainError("The file says something twice.")
    return found


def _check_frame(found: dict[str, Any]) -> None:
    if found.get("format") != FORMAT:
        raise DomainError(f'The file is no model of Aktema\'s: its "format" is not "{FORMAT}".')
    if found.get("format_version") != FORMAT_VERSION:
        raise DomainError(f"The file has a format version that is not {FORMAT_VERSION}, the one read here.")
    if found.get("digest") != _digest({name: value for name, value in found.items() if name != "digest"}):
        raise DomainError("The file was changed or damaged after it was written: its digest does not fit.")


def _digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content without the digest: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _by_feature(found: Mapping[str, Any], what: str) -> dict[str, Any]:
    values = found.get(what)
    if not isinstance(values, dict):
        raise DomainError(f'The file lacks "{what}".')
    unknown, missing = sorted(values.keys() - set(FEATURES)), sorted(set(FEATURES) - values.keys())
    if unknown:
        raise DomainError(f'The "{what}" name something this version does not know: {_short(unknown[0])}.')
    if missing:
        raise DomainError(f'The "{what}" lack {missing[0]}.')
    return values


def _number(what: str, value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DomainError(f"{what} is not a number.")
    if not least <= value <= most:
        raise DomainError(f"{what} does not lie between {least:g} and {most:g}.")
    return float(value)


def _check_count(name: str, count: object) -> None:
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count < 2**31:
        raise DomainError(f"The number of {name} is no count.")


def _check_support(decisions: Mapping[str, int]) -> None:
    few = [f"{name} ({decisions[name]})" for name in FEATURES if decisions[name] < LEAST_DECISIONS]
    if few:
        raise DomainError(
            f"Fewer than {LEAST_DECISIONS} decisions stand behind the coefficients of {', '.join(few)}."
        )


def _kind(found: Mapping[str, Any]) -> str:
    kind = _text(found, "kind")
    if kind not in KINDS:
        raise DomainError(f"The file's kind is not one of {', '.join(KINDS)}.")
    return kind


def _text(found: Mapping[str, Any], what: str) -> str:
    value = found.get(what)
    if not isinstance(value, str) or not value or len(value) > 100 or not value.isprintable():
        raise DomainError(f'The file lacks "{what}", a short text.')
    return value


def _short(value: str) -> str:
    return ascii(value[:40])
