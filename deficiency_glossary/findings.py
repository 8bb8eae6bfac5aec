"""Went on, but this is wrong: the one record that every check yields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Finding(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Something wrong at a place.

    `line` and `column` count from 1, columns in Unicode code points; 0 means the file as a whole.
    `path` is relative to the glossary's (or the site's) folder and uses `/`.
    """

    path: str
    line: int = 0
    column: int = 0
    code: str
    severity: Severity = "error"
    message: str
    hint: str = ""
    target: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.severity} [{self.code}] {self.message}{hint}"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repeats, by file and place: the same order on every machine."""
    return sorted(set(findings))


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many of each severity, zeros included."""
    counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of them is an error."""
    return any(finding.severity == "error" for finding in findings)
