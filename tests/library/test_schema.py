"""Decoding reports everything at once; the JSON Schema for editors comes from the same model."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml12
from jsonschema import Draft7Validator  # type: ignore[import-untyped, unused-ignore]

from deficiency_glossary.library import schema
from deficiency_glossary.library import yaml12 as reader
from deficiency_glossary.library.yaml12 import MAX_FINDINGS
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Concept, Entry, FileKind, Record, Settings

ROOT = Path(__file__).parents[2]
MINIMAL = {"terms": "[{term: x, status: preferred}]", "title": "x", "description": "x", "definition": "x"}


def kind_of(path: Path) -> FileKind:
    if path.name == "glossary.yaml":
        return "glossary"
    if path.parent.name == "locales":
        return "locale"
    return "concept" if path.parent.name == "concepts" else "entry"


SHIPPED = [
    path
    for root in (ROOT, ROOT / "tests/glossaries/mini")
    for path in (
        root / "glossary.yaml",
        *sorted((root / "locales").glob("*.yaml")),
        *sorted((root / "content").glob("*/*")),
    )
]


def decode(text: str, kind: type[Record]) -> tuple[Record | None, list[tuple[int, int, str]]]:
    root = reader.read(text.encode(), "x.yaml").root
    assert root is not None
    record, findings = schema.decode(root.plain(), lambda: root, kind, "x.yaml")
    assert all(finding.message and finding.hint for finding in findings)
    return record, sorted((finding.line, finding.column, finding.code) for finding in findings)


def entry(**changed: str) -> str:
    return "".join(f"{key}: {value}\n" for key, value in {**MINIMAL, **changed}.items())


# --- the JSON Schema -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", schema.KINDS)
def test_the_schema_is_valid_draft_07(kind: FileKind) -> None:
    made = schema.json_schema(kind)
    assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(made)


def test_there_are_files_of_every_kind() -> None:
    assert {kind_of(path) for path in SHIPPED} == set(schema.KINDS)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_shipped_files_fit_the_schema_and_the_model(path: Path) -> None:
    """What an editor sees: numbers and booleans where YAML 1.2 has them."""
    kind = kind_of(path)
    text = path.read_text(encoding="utf-8")
    assert [
        error.message for error in Draft7Validator(schema.json_schema(kind)).iter_errors(yaml12.parse_yaml(text))
    ] == []
    record, findings = decode(text, schema.KINDS[kind])
    assert isinstance(record, schema.KINDS[kind])
    assert findings == []


# What is wrong for one is wrong for the other.
WRONG: list[tuple[FileKind, str]] = [
    ("entry", entry(titel="x")),
    ("entry", "title: x\n"),
    ("entry", entry(title="[x]")),
    ("entry", entry(title='""')),
    ("entry", entry(title="x" * 401)),
    ("entry", entry(terms="[]")),
    ("entry", entry(terms="[{term: x, status: best}]")),
    ("entry", entry(method="magic")),
    ("entry", entry(sections="{Bad Id: {heading: x, body: x}}")),
    ("entry", entry(notes="[x]")),
    ("concept", "jurisdiction: [usa]\n"),
    ("concept", "relations: {narrower: [x]}\n"),
    ("concept", "sources: [{title: x, url: 'ftp://x'}]\n"),
    ("concept", "examples: {x: {currency: usd, figures: {a: 1}}}\n"),
    ("concept", "examples: {x: {currency: USD, figures: {A: 1}}}\n"),
    ("concept", "examples: {x: {currency: USD, figures: {}}}\n"),
    ("glossary", "base_url: x\nsource_locale: en\nlocales: [en]\nlicence: {name: x, url: 'https://x'}\n"),
    ("glossary", "base_url: 'https://x/'\nsource_locale: en\nlocales: []\nlicence: {name: x, url: 'https://x'}\n"),
]


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_the_schema_and_the_reader_refuse_the_same(kind: FileKind, text: str) -> None:
    assert list(Draft7Validator(schema.json_schema(kind)).iter_errors(yaml12.parse_yaml(text)))
    record, findings = decode(text, schema.KINDS[kind])
    assert record is None
    assert findings


# --- decoding --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["no", "on", "012", "12:30", "1e3", "0x10", "true", "1_000", ".5", "2026-11-21"])
def test_text_stays_what_was_typed(word: str) -> None:
    record, _ = decode(entry(title=word), Entry)
    assert isinstance(record, Entry)
    assert record.title == word


def test_everything_wrong_is_reported_at_once_at_its_place() -> None:
    text = "terms:\n  - term: x\n    status: best\n  - loan\ntitle:\ndescripton: x\nnotes: [a]\n"
    assert decode(text, Entry)[1] == [
        (1, 1, "missing-key"),
        (1, 1, "missing-key"),
        (3, 13, "wrong-type"),
        (4, 5, "wrong-type"),
        (5, 7, "empty-value"),
        (6, 1, "unknown-key"),
        (7, 8, "wrong-type"),
    ]


@pytest.mark.parametrize("root", ["text", "[a, b]", "- a: b"])
@pytest.mark.parametrize("kind", schema.KINDS.values())
def test_a_file_that_is_no_mapping(root: str, kind: type[Record]) -> None:
    assert [code for *_, code in decode(root, kind)[1]] == ["wrong-type"]


@pytest.mark.parametrize("number", ["250000", "0.05", "-1", "0", "1" * 30, "000.10"])
def test_numbers(number: str) -> None:
    record, _ = decode(f"examples: {{x: {{currency: USD, figures: {{a: {number}}}}}}}", Concept)
    assert isinstance(record, Concept)
    assert record.examples["x"].figures["a"] == Decimal(number)


@pytest.mark.parametrize(
    "number",
    [
        "250_000",
        '"250,000"',
        "１０",
        "1e3",
        "NaN",
        "Infinity",
        "0x10",
        ".5",
        "5.",
        "+5",
        "1" * 31,
        "'1 000'",
        "$5",
        "~",
        "[1]",
        "''",
    ],
)
def test_what_is_no_plain_number(number: str) -> None:
    record, findings = decode(f"examples: {{x: {{currency: USD, figures: {{a: {number}}}}}}}", Concept)
    assert record is None
    assert len(findings) == 1


@pytest.mark.parametrize("date", ["2026-02-30", "20261121", "2026-W47-6", "21.11.2026", "2026-11-21T00:00:00", "[x]"])
def test_what_is_no_date(date: str) -> None:
    record, findings = decode(entry(reviewed=f"{{by: x, date: '{date}'}}"), Entry)
    assert record is None
    assert findings == [(5, 25, "wrong-type")]


def test_null_where_nothing_may_stand() -> None:
    record, findings = decode(entry(reviewed="null", equivalence_note="~"), Entry)
    assert isinstance(record, Entry)
    assert findings == []
    assert record.reviewed is None
    assert record.equivalence_note is None


@pytest.mark.parametrize("kind", [Settings, Locale, Concept, Entry])
def test_a_flood_of_mistakes_is_cut_off(kind: type[Record]) -> None:
    assert len(decode("".join(f"key{n}: x\n" for n in range(5_000)), kind)[1]) == MAX_FINDINGS


def test_a_long_value_is_quoted_in_part() -> None:
    root = reader.read(entry(method="x" * 10_000).encode(), "x.yaml").root
    assert root is not None
    _, findings = schema.decode(root.plain(), lambda: root, Entry, "x.yaml")
    assert len(findings[0].message) < 200


def test_the_schema_describes_fields() -> None:
    definitions: dict[str, Any] = schema.json_schema("entry")["definitions"]
    assert "One sentence" in definitions["Entry"]["properties"]["description"]["description"]
