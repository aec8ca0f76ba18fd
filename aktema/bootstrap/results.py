"""What a run of pytest came to, read from the report it writes."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

PERMITTED_SKIP = "AKTEMA_DATA"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many tests passed, failed (errors too) and were skipped, and why those were."""

    passed: int = 0
    failed: int = 0
    skips: tuple[str, ...] = ()

    def __add__(self, other: Counts) -> Counts:
        """Both runs together."""
        return Counts(
            passed=self.passed + other.passed,
            failed=self.failed + other.failed,
            skips=self.skips + other.skips,
        )

    @property
    def unpermitted_skips(self) -> tuple[str, ...]:
        """Skips for another reason than that the public data are not there: in CI these are failures."""
        return tuple(reason for reason in self.skips if not reason.startswith(PERMITTED_SKIP))


def read_counts(report: Path) -> Counts:
    """Counts of a JUnit report of pytest; of nothing where the run ended before it wrote one."""
    if not report.exists():
        return Counts()
    cases = list(ElementTree.parse(report).iter("testcase"))  # noqa: S314 - pytest wrote it a moment ago
    faults = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skips = [skip for case in cases if (skip := case.find("skipped")) is not None]
    reasons = tuple(skip.get("message", "") for skip in skips if skip.get("type") != "pytest.xfail")
    return Counts(passed=len(cases) - faults - len(skips), failed=faults, skips=reasons)
