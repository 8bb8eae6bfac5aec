"""Findings as text for people and as data for machines: one small function a format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import groupby
from urllib.parse import quote
from xml.etree import ElementTree as ET

from deficiency_glossary.cli.excerpt import LinesOf, excerpt, harmless
from deficiency_glossary.findings import Finding, count_by_severity

# Characters that XML 1.0 cannot hold in any spelling; a page's addresses may hold them.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SARIF_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_GITHUB_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def as_text(findings: Sequence[Finding], lines_of: LinesOf | None = None) -> str:
    """Grouped by file, with totals; with the lines of the files, each place is shown."""
    lines: list[str] = []
    for path, group in groupby(findings, key=lambda finding: finding.path):
        lines.append(harmless(path))
        for finding in group:
            place = f"{path}:{finding.line}:{finding.column}" if finding.line else path
            lines.append(harmless(f"  {place}: {finding.severity} [{finding.code}] {finding.message}"))
            source = lines_of(path) if lines_of else ()
            if 0 < finding.line <= len(source) and source[finding.line - 1].strip():
                lines += [f"    {shown}" for shown in excerpt(source[finding.line - 1], finding.column)]
            if finding.hint:
                lines.append(harmless(f"    → {finding.hint}"))
    lines.append(_totals(findings))
    return "\n".join(lines) + "\n"


def as_json(findings: Sequence[Finding], *, targets: bool = False) -> str:
    """`{"findings": [...], "counts": {...}}`; with `targets`, each finding has the address as it was written."""
    fields = ["code", "severity", "path", "line", "column", "message", "hint", *(["target"] if targets else [])]
    rows = [{name: getattr(finding, name) for name in fields} for finding in findings]
    return json.dumps({"findings": rows, "counts": count_by_severity(findings)}, ensure_ascii=False, indent=2) + "\n"


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands that GitHub shows beside the changed lines."""
    lines = []
    for finding in findings:
        place = f",line={finding.line},col={finding.column}" if finding.line else ""
        properties = f"file={_property(finding.path)}{place},title={_property(finding.code)}"
        hint = f" ({finding.hint})" if finding.hint else ""
        lines.append(f"::{_GITHUB_LEVELS[finding.severity]} {properties}::{_data(finding.message + hint)}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0."""
    rules = [_sarif_rule(code) for code in sorted({finding.code for finding in findings})]
    run = {
        "tool": {"driver": {"name": "deficiency-glossary", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in findings],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(code: str) -> dict[str, object]:
    from deficiency_glossary.checks.table import BY_CODE  # many regular expressions, and few ask for SARIF

    rule = BY_CODE.get(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": rule.meaning},
        "help": {"text": rule.remedy},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
    }


def _result(finding: Finding) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": quote(finding.path)}}
    if finding.line:
        location["region"] = {"startLine": finding.line, "startColumn": max(finding.column, 1)}
    text = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return {
        "ruleId": finding.code,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }


def as_junit(findings: Sequence[Finding]) -> str:
    """JUnit XML: a test case for each finding, or one that passed. What is only told (info) is a skipped one."""
    failures, tests = sum(finding.severity != "info" for finding in findings), max(len(findings), 1)
    skipped = str(len(findings) - failures)
    suite = ET.Element("testsuite", name="links", tests=str(tests), failures=str(failures), skipped=skipped)
    for finding in findings:
        case = ET.SubElement(suite, "testcase", classname=finding.path, name=f"{finding.code} {finding.target}".strip())
        if finding.line:
            case.set("file", finding.path)
            case.set("line", str(finding.line))
        if finding.severity == "info":
            ET.SubElement(case, "skipped", message=finding.message)
        else:
            place = f"{finding.path}:{finding.line}:{finding.column}\n" if finding.line else ""
            failure = ET.SubElement(case, "failure", message=finding.message, type=finding.code)
            failure.text = place + finding.hint
    if not findings:
        ET.SubElement(suite, "testcase", classname="links", name="all links lead somewhere")
    text = _NOT_XML.sub("\ufffd", ET.tostring(suite, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}


def _totals(findings: Sequence[Finding]) -> str:
    counts = count_by_severity(findings)
    if not findings:
        return "No findings."
    return ", ".join(f"{count} {severity}{'s' if count != 1 else ''}" for severity, count in counts.items() if count)
