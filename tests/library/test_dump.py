"""What is written is read back, and reads well."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from deficiency_glossary.library import yaml12
from deficiency_glossary.library.dump import MAX_KEY_LENGTH, dump

# What a file may hold: no control characters, no marks of direction, nothing that is no character.
LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u2028\u2029\ufeff\ufffd"
).filter(
    lambda char: (
        char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        and not "\U000e0000" <= char <= "\U000e007f"
    )
)
SIGNS = st.sampled_from([*" \n:#-?[]{},&*!|>'\"%@`=\\~.\u00a0\u3000", ": ", " #", "\n\n", "- ", "---", "...", "no"])
TEXT = st.lists(st.one_of(LETTERS, SIGNS), max_size=12).map("".join)
KEYS = st.lists(st.one_of(LETTERS, SIGNS), min_size=1, max_size=6).map("".join)
TREES = st.recursive(
    st.one_of(TEXT, st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


def read(text: str) -> Any:
    document = yaml12.read(text.encode(), "content/en/x.yaml")
    assert document.findings == (), text
    assert document.root is not None
    return document.root.plain()


@given(st.dictionaries(KEYS, TREES, max_size=4))
@example({"a": "x\n \n"})
@example({"a": ["", [[]], {}, [{"b": ["x\n"]}]]})
@example({"a": "x\n\n\n", "b": "\n", "c": " x\ny"})
@example({"a": "x\n\u3000y"})
@example({"null": "null", "~": "~"})
@example({"0": None, "... 0": None, "...": None})
def test_what_is_written_is_read_back(tree: dict[str, Any]) -> None:
    text = dump(tree)
    # The reader takes plain `null` and an empty plain scalar for nothing, as YAML does, and quoted ones for text.
    assert read(text) == tree
    assert yaml.safe_load(text) == tree


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Rehin açığı", "k: Rehin açığı"),
        ("a: b", 'k: "a: b"'),
        ("a:b", "k: a:b"),
        ("250.000$'lık", "k: 250.000$'lık"),
        ("x #1", 'k: "x #1"'),
        ("C#", "k: C#"),
        ("no", 'k: "no"'),
        ("1040", 'k: "1040"'),
        ("2026-11-21", 'k: "2026-11-21"'),
        ("10-k wrap", "k: 10-k wrap"),
        ("不足金：", "k: 不足金："),
        ("“x”", "k: “x”"),
        ("", 'k: ""'),
        ("- x", 'k: "- x"'),
        (250000, "k: 250000"),
        (Decimal("1E+3"), "k: 1000"),
        (datetime.date(2026, 11, 21), "k: 2026-11-21"),
        (None, "k: null"),
        ([], "k: []"),
        ({}, "k: {}"),
        (["personal-finance", "tax"], "k: [personal-finance, tax]"),
        (["no", "en"], 'k:\n  - "no"\n  - en'),
        ([{"term": "x", "status": "preferred"}], "k:\n  - term: x\n    status: preferred"),
        ("one\n\ntwo\n", "k: |\n  one\n\n  two"),
        ("one\ntwo", "k: |-\n  one\n  two"),
        ("one\n\n", "k: |+\n  one\n"),
        (" one\ntwo", 'k: " one\\ntwo"'),
    ],
)
def test_files_look_as_if_typed(value: Any, line: str) -> None:
    assert dump({"k": value}) == f"{line}\n"


def test_no_line_is_wrapped() -> None:
    text = "word " * 500 + "end"
    assert dump({"a": text}) == f"a: {text}\n"


def test_a_comment_stands_on_top() -> None:
    assert dump({}, "one\ntwo") == "# one\n# two\n{}\n"


@pytest.mark.parametrize("bad", ["\x00", "\ufeff", "\u202e", chr(0xD800), "\ufffd", "\x85"])
def test_what_no_file_can_hold_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=f"U\\+{ord(bad):04X}"):
        dump({"a": f"x{bad}"})


def test_a_key_that_cannot_be_read_is_refused() -> None:
    assert read(dump({"k" * MAX_KEY_LENGTH: "x"}))
    with pytest.raises(ValueError, match="201 characters"):
        dump({"k" * (MAX_KEY_LENGTH + 1): "x"})
