"""The quick ways through a file, by lines and by libyaml: each says what the reader with places says, or gives up."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from deficiency_glossary.library import lines, schema, store
from deficiency_glossary.library import yaml12 as reader
from deficiency_glossary.model import Concept, Entry

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "vectors" / "yaml_test_suite.jsonl"
SHIPPED = sorted([*(ROOT / "content").rglob("*.yaml"), *(ROOT / "locales").glob("*.yaml")])
SUITE = [json.loads(line)["yaml"] for line in VECTORS.read_text(encoding="utf-8").splitlines()]

_PIECES = (
    *("a: ", "b: ", "- ", "? ", "\n", "\n", "  ", "    ", "[", "]", "{", "}", ", ", "&a ", "*a", "!t ", "|\n", "|2\n"),
    *(">-\n", '"', "'", "---\n", "...\n", "\t", "\r\n", "\x85", "\ufeff", "\u202e", "\u3000", "\u00a0", "# x\n"),
    *(
        "k: |\n  ",
        "k: >-\n  ",
        "k:\n",
        "l: {a: b, ",
        "m: [",
        '"q"\n',
        "'q'\n",
        "https://",
        "  - ",
        "\n  b: ",
        "\n\n",
        "\n ",
    ),
    *("%YAML 1.2\n", "1#", '"#', "x#y", "[?a", "\\x07", "\\n", "null", "~", "-", "家", "😀", "\ufffd", " \n", "long"),
)
snippets = st.lists(st.sampled_from(_PIECES), max_size=24).map("".join)


def refused(*_: object) -> None:
    raise lines.GiveUp


def agrees(data: bytes) -> bool:
    """Whether the quick way was taken; it must have said what the other says, by lines and by libyaml."""
    quick = reader.read_plain(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "value_of", refused)
        parsed = reader.read_plain(data)
    assert json.dumps(quick) == json.dumps(parsed) or parsed is None
    if quick is None:
        return False
    value, text = quick
    document = reader.read(data, "x.yaml")
    assert document.findings == ()
    assert document.root is not None
    assert json.dumps(value) == json.dumps(document.root.plain())  # with the order of the keys
    assert text == document.text
    assert reader.tree_of(text) == document.root
    return True


@given(snippets)
@example("a: [b,\nc]")
@example("a: 'b\n c'")
@example("- -\n")
@example("k: |\n  a")
@example("k: [a, {b: c, d: [e]}]\n")
@example("a: |\n  b\n c: d\n")
@example("a: |\n\n  b\n")
@example("a: >\n  b\n   c\n")
@example("a: b\n  c\n")
@example("a:\n- b\n- c: d\n  e:\n  - f\ng: h\n")
@example("a: {b: c, d: https://e.f/}\n")
@example("? - a\n: b\n")
@example('"\\u200b": a')
@settings(max_examples=600)
def test_what_is_typed(text: str) -> None:
    agrees(text.encode())


@given(st.sampled_from(SHIPPED), st.integers(0, 9_999), st.integers(0, 3), snippets)
def test_shipped_files_with_something_typed_into_them(path: Path, at: int, gone: int, typed: str) -> None:
    text = path.read_text(encoding="utf-8")
    at = min(at, len(text))
    agrees((text[:at] + typed[:8] + text[at + gone :]).encode())


@given(st.sampled_from(SHIPPED), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_shipped_files_with_lines_moved(path: Path, random: Random) -> None:
    rows = path.read_text(encoding="utf-8").splitlines()
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(rows))
        row = rows[at]
        rows[at] = random.choice(
            (row[1:], row[2:], f" {row}", f"  {row}", "", " ", f"{row} ", f"{row}:", f"- {row}", "#")
        )
        if random.random() < 0.3:
            rows.insert(random.randrange(len(rows)), random.choice(rows))
    agrees("\n".join([*rows, ""]).encode())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_most_shipped_files_need_no_parser(path: Path) -> None:
    assert lines.value_of(path.read_text(encoding="utf-8"), 32)


@pytest.mark.parametrize("text", SUITE)
def test_the_yaml_test_suite(text: str) -> None:
    agrees(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_sound_files_go_the_quick_way_with_either_parser(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert agrees(path.read_bytes())
    fast = reader.read_plain(path.read_bytes())
    monkeypatch.setattr(lines, "value_of", refused)
    monkeypatch.setattr(reader, "_Parser", yaml.SafeLoader)
    assert reader.read_plain(path.read_bytes()) == fast


def test_no_character_passes_that_the_gate_stops() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if character.isprintable() and character != "\ufffd":
            assert not reader._BAD.match(character), hex(code)


# --- records ---------------------------------------------------------------------------------------------------------

_SCALARS = (
    *("1", "-1.5", "1_000", "1e3", "٣", " 1", "+1", "1.", "inf", "nan", "0x1", "1,000", "", "x", "2026-11-21"),
    *("20261121", "2026-W47-6", "2026-11-21T00:00:00", "1700000000", "true", "null", "USD", "percent", "a - b"),
)
scalars = st.sampled_from(_SCALARS)
values: st.SearchStrategy[Any] = st.one_of(scalars, scalars, st.none(), st.lists(scalars, max_size=1), st.just({}))
examples = st.fixed_dictionaries(
    {"currency": values, "figures": st.dictionaries(st.sampled_from(["a", "b"]), values, max_size=2)},
    optional={"results": st.dictionaries(st.just("c"), values), "kinds": st.dictionaries(st.just("a"), values)},
)
concepts = st.fixed_dictionaries(
    {},
    optional={
        "examples": st.dictionaries(st.just("sale"), examples, max_size=1),
        "aliases": st.lists(values, max_size=2),
        "sources": st.lists(
            st.fixed_dictionaries({"title": values, "url": values}, optional={"accessed": values}), max_size=1
        ),
        "relations": st.dictionaries(st.just("broader"), st.lists(values, max_size=1)),
    },
)


@given(concepts)
@settings(max_examples=400)
def test_a_concept_is_taken_only_if_a_walk_finds_nothing(value: dict[str, Any]) -> None:
    root = reader.read(json.dumps(value, ensure_ascii=False).encode(), "x.yaml").root
    assume(root is not None and root.value)
    assert root is not None
    record, findings = schema.decode(root.plain(), lambda: root, Concept, "x.yaml")
    walked = schema._problems(root, Concept, "x.yaml")
    assert findings == walked or not walked
    assert (record is None) == bool(findings)
    if record is not None:
        assert all(source.accessed is None or isinstance(source.accessed, date) for source in record.sources)


@given(st.sampled_from(SHIPPED), st.integers(0, 9_999), snippets)
def test_a_file_read_either_way_gives_the_same(path: Path, at: int, typed: str) -> None:
    text = path.read_text(encoding="utf-8")
    data = (text[:at] + typed[:5] + text[at:]).encode()
    quick = store.decode(data, "content/ja/x.yaml", Entry)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "read_plain", lambda _: None)
        slow = store.decode(data, "content/ja/x.yaml", Entry)
    assert (quick.record, quick.findings, quick.text) == (slow.record, slow.findings, slow.text)
    assert quick.root == slow.root
