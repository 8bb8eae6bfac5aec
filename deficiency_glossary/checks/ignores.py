"""Findings that somebody looked at and lets stand, with the reason.

Beside the field, in a comment: at the end of its line, or on a line of its own above. For a whole file: `ignore-file`.
A comment fits where a key would not: it stands beside any field, in each of the four kinds of file, the reader keeps
its place, and no record, schema or export has to carry it. For the whole glossary: `checks:` in glossary.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from deficiency_glossary.checks.context import Context
from deficiency_glossary.checks.rule import Rule
from deficiency_glossary.errors import did_you_mean, nearest
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.comments import Comment, comments
from deficiency_glossary.library.store import SETTINGS, Loaded

_COMMENT = re.compile(r"#\s*ignore(-file)?:\s*([A-Za-z0-9_-]+(?:\s*,\s*[A-Za-z0-9_-]+)*)(?:\s+[–—:-]+\s*|\s+|$)(.*)")
_ALMOST = re.compile(r"#\s*ignore(-file)?\b\s*:?")


class Ignore(NamedTuple):
    """One code that one place lets stand. `last` 0: the whole file; `files`: patterns of paths."""

    path: str
    line: int
    column: int
    code: str
    first: int = 0
    last: int = 0
    files: tuple[str, ...] = ()

    def hides(self, finding: Finding) -> bool:
        """Whether the finding is meant."""
        if finding.code != self.code:
            return False
        if self.path == SETTINGS and not self.last:
            return not self.files or any(fnmatchcase(finding.path, pattern) for pattern in self.files)
        return finding.path == self.path and (not self.last or self.first <= finding.line <= self.last)


def apply(
    findings: Iterable[Finding], ignores: Sequence[Ignore], rules: dict[str, Rule], asked: Iterable[str] = ()
) -> Iterator[Finding]:
    """The findings that nobody lets stand, and the ignores that hide nothing."""
    everywhere: dict[str, list[Ignore]] = {}
    by_place: dict[tuple[str, str], list[Ignore]] = {}
    for ignore in ignores:
        if ignore.path == SETTINGS:
            everywhere.setdefault(ignore.code, []).append(ignore)
        else:
            by_place.setdefault((ignore.path, ignore.code), []).append(ignore)
    used: set[Ignore] = set()
    for finding in findings:
        may = (*everywhere.get(finding.code, ()), *by_place.get((finding.path, finding.code), ()))
        hiding = [ignore for ignore in may if ignore.hides(finding)]
        used.update(hiding)
        if not hiding:
            yield finding
    sought = {code for code, rule in rules.items() if not rule.asked} | set(asked)
    for ignore in ignores:
        if ignore not in used and ignore.code in sought:
            place = Finding(path=ignore.path, line=ignore.line, column=ignore.column, code="", message="")
            yield _finding(rules["unused-ignore"], place, f"nothing here is {ignore.code!r} any more", "delete it")


def _finding(rule: Rule, place: Finding, message: str, hint: str) -> Finding:
    return Finding(
        path=place.path,
        line=place.line,
        column=place.column,
        code=rule.code,
        severity=rule.severity,
        message=message,
        hint=hint,
    )


# --- comments --------------------------------------------------------------------------------------------------------


def read(file: Loaded[Any], rules: dict[str, Rule], found: list[Ignore]) -> Iterator[Finding]:
    """The ignores in a file's comments are put to those found; what is wrong with them is yielded."""
    lines = file.text.split("\n")
    for comment in comments(file.text):
        if not _ALMOST.match(comment.text):
            continue
        place = Finding(path=file.path, line=comment.line, column=comment.column, code="", message="")
        match = _COMMENT.match(comment.text)
        if match is None or not match[3].strip():
            message = "this ignore has no reason" if match else "this ignore cannot be read"
            yield _finding(rules["ignore-without-reason"], place, message, "write `# ignore: CODE – reason`")
            continue
        first, last = (0, 0) if match[1] else _field(lines, comment)
        for code in re.split(r"\s*,\s*", match[2]):
            flaw = _flaw(code, rules)
            if flaw:
                yield _finding(rules["unknown-ignore"], place, *flaw)
            else:
                found.append(Ignore(file.path, comment.line, comment.column, code, first, last))


def _flaw(code: str, rules: dict[str, Rule]) -> tuple[str, str] | None:
    rule = rules.get(code)
    if rule is None:
        return f"there is no code {code!r}{did_you_mean(nearest(code, rules, 2))}", "mend the code"
    if rule.find is None and rule.severity == "error":
        return f"{code!r} cannot be ignored: nothing can be made of such a file", "mend the file, and delete this"
    return None


def _field(lines: list[str], comment: Comment) -> tuple[int, int]:
    """The lines of the field that a comment stands beside: its own line's, or the next that is no comment."""
    first = comment.line
    if comment.alone:
        while first < len(lines) and (not lines[first].strip() or lines[first].lstrip().startswith("#")):
            first += 1
        first += 1
    if first > len(lines):
        return first, first
    head = lines[first - 1]
    indent = _indent(head)
    last = first
    for number in range(first + 1, len(lines) + 1):
        line = lines[number - 1]
        if not line.strip():
            continue
        inside = _indent(line) > indent or (_indent(line) == indent and _is_item(line) and not _is_item(head))
        if not inside:
            break
        last = number
    return min(first, comment.line), last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_item(line: str) -> bool:
    return line.lstrip(" ").startswith("- ")


# --- glossary.yaml ---------------------------------------------------------------------------------------------------


def of_settings(context: Context, rules: dict[str, Rule]) -> tuple[list[Finding], list[Ignore]]:
    """What is wrong with the ignores of glossary.yaml, and the others."""
    file = context.library.settings_file
    flawed: list[Finding] = []
    found: list[Ignore] = []
    for code, ignored in context.policy.ignore.items():
        node = file.node("checks", "ignore")
        key = (node.keys or {}).get(code, node)
        flaw = _flaw(code, rules)
        if flaw:
            place = Finding(path=SETTINGS, line=key.line, column=key.column, code="", message="")
            flawed.append(_finding(rules["unknown-ignore"], place, *flaw))
        else:
            found.append(Ignore(SETTINGS, key.line, key.column, code, files=ignored.files))
    return flawed, found
