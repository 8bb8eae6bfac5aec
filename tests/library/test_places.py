"""Where each character of a scalar stands: exact in every style, and quick in a long one."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from deficiency_glossary.library import yaml12
from deficiency_glossary.library.places import place_of
from deficiency_glossary.library.yaml12 import Node, read

letters = st.sampled_from("abX 0.:#-'\"\\家한é😀\u3000\u00a0\n")
texts = st.text(letters, min_size=1, max_size=60)


def node_of(text: str) -> tuple[Node, str]:
    document = read(text.encode(), "x.yaml")
    assert document.root is not None
    return document.root.at("a"), document.text


def check_every_place(written: str) -> None:
    """Each character is found where the file has it, or an escape or line end that stands for it."""
    document = read(written.encode(), "x.yaml")
    assume(document.root is not None and not document.findings)
    assert document.root is not None
    node = document.root.at("a")
    value = node.value
    assert isinstance(value, str)
    lines = document.text.split("\n")
    places = [place_of(document.text, node, offset) for offset in range(len(value))]
    for character, (line, column) in zip(value, places, strict=True):
        shown = lines[line - 1][column - 1 : column]
        assert shown == character or shown == "\\" or (character in " \n" and shown in ("", " ")), (character, shown)
    assert places == sorted(places)


@given(texts, st.sampled_from(["|", ">", "'", '"', None]), st.sampled_from([12, 30, 1000]), st.booleans())
def test_each_character_stands_where_the_file_has_it(text: str, style: str | None, width: int, crlf: bool) -> None:
    written = yaml.dump({"z": 1, "a": text, "b": 2}, default_style=style, width=width, allow_unicode=True)
    if crlf:
        written = written.replace("\n", "\r\n")
    check_every_place(written.replace("!!int ", ""))


@given(texts)
def test_each_character_stands_where_json_has_it(text: str) -> None:
    if max(text) < "\U00010000":
        check_every_place(f'{{"a": {json.dumps(text)}}}')
    check_every_place(f'{{"a": {json.dumps(text, ensure_ascii=False)}}}')


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("a: >\n  one\n  two X\n", (3, 7)),
        ("a: >-\n  one\n\n    deep X\n", (4, 10)),
        ("a: |2-\n    one X\n", (2, 9)),
        ("a: one\n  X\n", (2, 3)),
        ("a: 'it''s X'\n", (1, 11)),
        ('a: "\\u0041\\n X"\n', (1, 14)),
        ('a: "one \\\n   two X"\n', (2, 8)),
        ('a: "one\n\n  two X"\n', (3, 7)),
        ("a:\n  - b\n  - 家X\n", (3, 6)),
        ("a: |\r\n  one\r\n  two X\r\n", (3, 7)),
    ],
)
def test_places_in_each_style(written: str, place: tuple[int, int]) -> None:
    document = read(written.encode(), "x.yaml")
    assert document.root is not None
    node = document.root.at("a")
    if isinstance(node.value, list):
        node = node.value[1]
    assert isinstance(node.value, str)
    assert place_of(document.text, node, node.value.index("X")) == place


def test_the_end_of_a_text_is_the_place_after_its_last_character() -> None:
    node, text = node_of("a: abc\n")
    assert place_of(text, node, 3) == (1, 7)


def test_the_pure_parser_gives_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    written = "a: >\n  one\n  two X\nb: |\n  X\n"
    node, text = node_of(written)
    monkeypatch.setattr(yaml12, "_Parser", yaml.SafeLoader)
    again, _ = node_of(written)
    assert (again.line, again.column, place_of(text, again, 8)) == (node.line, node.column, place_of(text, node, 8))


def test_a_long_run_of_spaces_is_passed_once() -> None:
    """Looking for the end of the line at each of them would take hours."""
    node, text = node_of(f"a: 'x{' ' * 200_000}X'\n")
    assert place_of(text, node, 200_001) == (1, 200_006)
