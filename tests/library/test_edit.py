"""One field of a file is changed; every other byte stands."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from deficiency_glossary.library import edit, yaml12
from deficiency_glossary.library.spans import spans_of

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*ROOT.glob("content/*/deficiency-*.yaml"), *ROOT.glob("locales/*.yaml"), ROOT / "glossary.yaml"])

EVERY_STYLE = """\
# yaml-language-server: $schema=x.json
terms:
  - {term: plain words, status: preferred, note: "in quotes, here"} # first
  # about the second
  - term: 'it''s'
    status: admitted
    forms: {other: [one, "two, three", 'four']}
title:  Some words   # why this title
empty:
quoted: "a \\"b\\" é"
single: 'x: y'
wrapped: two
  lines of plain text
definition: |
  First paragraph.

  Second paragraph.

# after a blank line
kept: |+  # two breaks at the end
  text


stripped: |-
    four spaces deep
     and one more
equivalence_note: >-
  A long text that was folded by hand, so that the lines are about as long as they
  are in the other files of this folder.
sections:
    one:
        heading: Deep
        body: |
            Very deep.
list:
- a
- b # bee
"""


def parsed(data: bytes) -> Any:
    """What an independent reader takes the file for, every scalar as text."""
    return yaml.load(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)


def with_value(tree: Any, where: tuple[str | int, ...], value: str) -> Any:
    tree = copy.deepcopy(tree)
    inner = tree
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = value
    return tree


def check_replaced(data: bytes, where: tuple[str | int, ...], value: str) -> bytes:
    result = edit.replace(data, where, value)
    assert parsed(result) == with_value(parsed(data), where, value)
    text, new = data.decode("utf-8-sig"), result.decode("utf-8-sig")
    span = spans_of(text)
    for step in where:
        found = span.child(step)
        assert found is not None
        span = found
    assert new.startswith(text[: span.start])
    line_end = text.find("\n", span.end)
    assert new.endswith(text[span.end if line_end < 0 else line_end :])
    rest = text[span.end : len(text) if line_end < 0 else line_end].rstrip("\r")
    assert rest in new[span.start :]
    return result


AWKWARD = ["0?", "a?b", "a:b", "no", "12:30", "null", "~", "- a", "a: b", "a #b", "#b", "'", '"', "[x](y)", "{owed}"]
AWKWARD += ["x\n", "a\n\nb\n", " a", "2026-11-21", "1e3", "key:", "? x", "| x", "> x", "a\n b\n", "\n\na", "a\n\n\n"]
AWKWARD += ["---", "...", "a\n---\nb", "<<", "%a", "@a", "`a`"]
# What the gate lets through: no control characters, no tabs.
letters = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co", "Zl", "Zp"))
words = st.one_of(
    st.text(letters, max_size=40),
    st.text(st.sampled_from("ab:#-'\"{}[],&*!|>%@` \n\\é担を"), max_size=40),
    st.sampled_from(AWKWARD),
)

SAMPLES = [EVERY_STYLE.encode(), b"\xef\xbb\xbf" + EVERY_STYLE.encode(), EVERY_STYLE.replace("\n", "\r\n").encode()]
SAMPLES += [EVERY_STYLE.encode() + b"last: no line end", EVERY_STYLE.encode() + b"last: |\n  no line end"]
ALL = [*SAMPLES, *(path.read_bytes() for path in SHIPPED if path.parent.name != "locales")]
PLACES = [(number, where) for number, data in enumerate(ALL) for where in edit.scalars(data)]


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(PLACES), words)
def test_one_value_changes_and_every_other_byte_stands(place: tuple[int, tuple[str | int, ...]], value: str) -> None:
    number, where = place
    data = ALL[number]
    check_replaced(data, where, value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fields_of_a_file_can_be_changed_and_changed_back(path: Path) -> None:
    data = path.read_bytes()
    root = yaml12.read(data, "").root
    assert root is not None
    for where in list(edit.scalars(data))[::3]:
        old = root.at(*where).value
        assert isinstance(old, str)
        changed = check_replaced(data, where, old.replace("a", "e") + ("x" if old[-1:] != "\n" else ""))
        assert parsed(edit.replace(changed, where, old)) == parsed(data)


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("a: b # c\n", "d", "a: d # c\n"),
        ("a: b # c\n", "no", 'a: "no" # c\n'),
        ("a: b # c\n", "x: y", 'a: "x: y" # c\n'),
        ("a: b # c\n", "d\ne\n", "a: | # c\n  d\n  e\n"),
        ("a: 'b'\n", "it's", "a: 'it''s'\n"),
        ('a: "b"\n', "it's", 'a: "it\'s"\n'),
        ("a: {b: c, d: e}\n", "x, y", 'a: {b: "x, y", d: e}\n'),
        ("a:\n", "x", "a: x\n"),
        ("a: # why\n", "x", "a: x # why\n"),
        ("a: |\n  b\n\n# c\nd: e\n", "x\n\ny\n", "a: |\n  x\n\n  y\n\n# c\nd: e\n"),
        ("a: |\n  b\n", "x", "a: |-\n  x\n"),
        ("a: |  # why\n    b\n", "x\n", "a: |  # why\n    x\n"),
        ("a: >-\n  " + "one two " * 12 + "\n", "x y", "a: >-\n  x y\n"),
        ("a: >-\n  b\n", " x", "a: >2-\n   x\n"),
        ("a: b\r\nc: d\r\n", "x\ny\n", "a: |\r\n  x\r\n  y\r\nc: d\r\n"),
        ("a: two\n  lines\nb: c\n", "x", "a: x\nb: c\n"),
    ],
)
def test_the_style_stays_where_it_can(old: str, value: str, new: str) -> None:
    where: tuple[str, ...] = ("a", "b") if old.startswith("a: {") else ("a",)
    assert edit.replace(old.encode(), where, value).decode() == new


@pytest.mark.parametrize(
    ("old", "where", "order", "new"),
    [
        ("a: 1\nc: 3\n", ("b",), "abc", "a: 1\nb: x\nc: 3\n"),
        ("a: 1 # one\n# three\nc: 3\n", ("b",), "abc", "a: 1 # one\nb: x\n# three\nc: 3\n"),
        ("# head\nb: 1\n", ("a",), "ab", "# head\na: x\nb: 1\n"),
        ("b: 1\n", ("c",), "", "b: 1\nc: x\n"),
        ("b: 1", ("c",), "", "b: 1\nc: x"),
        ("a: |\n  t\n\nc: 1\n", ("b",), "abc", "a: |\n  t\nb: x\n\nc: 1\n"),
        ("a: {b: {c: 1}} # d\n", ("a", "d"), "", "a: {b: {c: 1}, d: x} # d\n"),
        ("a: {}\n", ("a", "b", "c"), "", "a: {b: {c: x}}\n"),
        ("a: {c: 1}\n", ("a", "b"), "bc", "a: {b: x, c: 1}\n"),
        ("a:\n    c: 1\nd: 2\n", ("a", "b", "e"), "", "a:\n    c: 1\n    b:\n      e: x\nd: 2\n"),
        (
            "t:\n  - {a: 1}\n  - b: 1\n    c: 2\nd: 3\n",
            ("t", 1, "e"),
            "",
            "t:\n  - {a: 1}\n  - b: 1\n    c: 2\n    e: x\nd: 3\n",
        ),
        ("t:\n  - b: 1\n", ("t", 0, "a"), "ab", "t:\n  - b: 1\n    a: x\n"),
        ("t:\n  - {a: 1}\n", ("t", 0, "no"), "", 't:\n  - {a: 1, "no": x}\n'),
        ("a: 1\r\nc: 3\r\n", ("b",), "abc", "a: 1\r\nb: x\r\nc: 3\r\n"),
    ],
)
def test_a_missing_field_is_inserted_in_its_place(old: str, where: tuple[str | int, ...], order: str, new: str) -> None:
    assert edit.put(old.encode(), where, "x", [order] * len(where)).decode() == new


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([("new",), ("sections", "one", "new"), ("sections", "two", "body"), ("terms", 0, "new")]), words)
def test_what_is_inserted_is_the_only_change(where: tuple[str | int, ...], value: str) -> None:
    for data in SAMPLES:
        result = edit.put(data, where, value)
        assert edit.put(result, where, value) == result
        found = parsed(result)
        inner = found
        for step in where[:-1]:
            inner = inner[step]
        assert inner.pop(where[-1]) == value
        if where[1:2] == ("two",):
            assert found["sections"].pop("two") == {}
        assert found == parsed(data)


@pytest.mark.parametrize(
    ("data", "where", "value", "reason"),
    [
        (b"a: [\n", ("a",), "x", "cannot be read"),
        (b"a: &x b\n", ("a",), "x", "cannot be read"),
        (b"a: b\n", ("a",), "x\u2028y", "without touching"),
        (b"a: b\n", ("a",), "x\u202ey", "without touching"),
        (b"a: b\n", ("a",), "x\x00", "without touching"),
        (b"a: {b: c}\n", ("a",), "x", "is no text"),
        (b"a: [b]\n", ("a", 1), "x", "no mapping"),
        (b"a: b\n", ("a", "c"), "x", "no mapping"),
    ],
)
def test_what_would_do_damage_is_refused(data: bytes, where: tuple[str | int, ...], value: str, reason: str) -> None:
    with pytest.raises(edit.EditRefused, match=reason):
        edit.put(data, where, value)
