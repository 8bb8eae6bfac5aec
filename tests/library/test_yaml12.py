"""The reader of YAML: the same tree as an independent parser's, never an exception, bounded work, exact places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
import yaml12
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from deficiency_glossary.library import yaml12 as reader
from deficiency_glossary.library.yaml12 import MAX_BYTES, MAX_DEPTH, MAX_FINDINGS, Node, place_of, read

ROOT = Path(__file__).parents[2]
SHIPPED = [
    path
    for folder in (ROOT / "content", ROOT / "locales", ROOT / "tests/glossaries/mini")
    for path in sorted(folder.rglob("*.yaml"))
]

# Texts that the reader lets through: no control, separator, surrogate, bidirectional or non-characters.
letters = st.one_of(
    st.sampled_from("abzN 0:-#'\"[]{},&*!|>%@`\\~?=.\u3000\u00a0家ğ한😀é"),
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"), exclude_characters="\ufffd"),
)
texts = st.text(letters, max_size=20)
keys = st.text(letters, min_size=1, max_size=8)
quoted_trees = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
words = st.sampled_from(
    [
        "no",
        "on",
        "yes",
        "y",
        "012",
        "0x1F",
        "1e3",
        "12:30",
        "1_000",
        ".5",
        "2026-11-21",
        "true",
        "a b",
        "家 物",
        "=",
        "<<",
    ]
)
plain_trees = st.recursive(
    words, lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(words, inner, min_size=1, max_size=4)
)


def tree(document: bytes | str) -> Any:
    data = document.encode() if isinstance(document, str) else document
    found = read(data, "x.yaml")
    assert found.findings == ()
    assert found.root is not None
    return found.root.plain()


# --- the same tree as others read ------------------------------------------------------------------------------------


@given(quoted_trees)
@example({"a": "\u00a0b", "家": ["", " ", "#", "a: b", "\\n"]})
def test_quoted_documents_are_read_as_by_py_yaml12(value: Any) -> None:
    documents = [json.dumps(value, ensure_ascii=False, indent=1)]
    if max(documents[0]) < "\U00010000":  # JSON escapes others as two halves, which YAML does not know
        documents.append(json.dumps(value))
    for document in documents:
        assert tree(document) == yaml12.parse_yaml(document) == value


@given(quoted_trees, st.sampled_from(['"', "'"]))
def test_documents_of_another_writer_are_read_as_by_py_yaml12(value: Any, style: str) -> None:
    """PyYAML folds long lines and chooses block layout: another spelling of the same tree."""
    document = yaml.safe_dump(value, default_style=style, allow_unicode=True, width=20)
    document = document.removeprefix("!!seq ").removeprefix("!!map ")
    # PyYAML may fold a line at a wide space, which the reader refuses at a line's start.
    assume(all(finding.code != "wide-indent" for finding in read(document.encode(), "x.yaml").findings))
    assert tree(document) == yaml12.parse_yaml(document) == value


def block(value: Any, indent: int = 0) -> Iterator[str]:
    """A writer of plain block style, as translators type it."""
    pad = " " * indent
    for key, item in value.items() if isinstance(value, dict) else (("-", item) for item in value):
        head = f"{pad}-" if isinstance(value, list) else f"{pad}{key}:"
        if isinstance(item, str):
            yield f"{head} {item}"
        else:
            yield head
            yield from block(item, indent + 2)


@given(st.dictionaries(words, plain_trees, min_size=1, max_size=4))
def test_plain_words_stay_what_was_typed(value: Any) -> None:
    document = "\n".join(block(value)) + "\n"
    assert tree(document) == value
    # To py-yaml12 they are numbers and booleans; that they are the same places of the tree is what it can confirm.
    assert shape(yaml12.parse_yaml(document)) == shape(value)


def shape(value: Any) -> Any:
    if isinstance(value, dict):
        return [shape(item) for item in value.values()]
    return [shape(item) for item in value] if isinstance(value, list) else "scalar"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_read_alike_by_both_parsers_and_by_py_yaml12(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = path.read_bytes()
    fast = read(data, path.name)
    monkeypatch.setattr(reader, "_Parser", yaml.SafeLoader)
    assert read(data, path.name) == fast  # values and places
    assert fast.root is not None
    theirs = flat(yaml12.parse_yaml(data.decode()))
    spelled = [str(value).lower() if isinstance(value, bool) else str(value) for value in theirs]
    assert spelled == list(flat(fast.root.plain()))


def flat(value: Any) -> Iterator[Any]:
    """Keys and scalars in order."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from flat(item)
    elif isinstance(value, list):
        for item in value:
            yield from flat(item)
    else:
        yield value


# --- never an exception ----------------------------------------------------------------------------------------------

snippets = st.lists(
    st.sampled_from(
        ["a: ", "- ", "? ", "\n", "  ", "[", "]", "{", "}", ", ", "&a ", "*a", "!t ", "|\n", ">-\n", '"', "'", "---\n",
         "...\n", "\t", "\r", "\x00", "\x85", "\u2028", "\ufeff", "\u202e", "%YAML 1.2\n", "# x\n", "家", "😀",
         "\\x07", "<<: ", "null", "~"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(
    st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: text.encode(errors="ignore"))
    | snippets.map(str.encode)
)
@settings(max_examples=400)
def test_reading_never_raises_and_places_lie_in_the_file(data: bytes) -> None:
    document = read(data, "x.yaml")
    assert document.root is not None or document.findings
    lines = data.count(b"\n") + 1
    for finding in document.findings:
        assert 0 <= finding.line <= lines + 1
        assert finding.hint
        assert finding.path == "x.yaml"


@given(snippets)
def test_the_pure_parser_never_raises_either(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_Parser", yaml.SafeLoader)
        document = read(text.encode(), "x.yaml")
    assert document.root is not None or document.findings


# --- bounded work ----------------------------------------------------------------------------------------------------


def billion_laughs() -> bytes:
    rows = [f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]" for i in range(9)]
    return "\n".join(["a: &a [x, x, x, x, x, x, x, x, x]", *rows]).encode()


@pytest.mark.parametrize(
    ("data", "code", "most_events"),
    [
        (b"[" * 30_000, "too-deep", MAX_DEPTH + 5),
        (b"{a: " * 15_000, "too-deep", 2 * MAX_DEPTH + 5),
        (b"- " * 30_000, "too-deep", MAX_DEPTH + 5),
        (b"? " * 30_000, "too-deep", MAX_DEPTH + 5),
        (billion_laughs(), "alias", 25),
        (b"a: &x 1\n" + b"b: *x\n" * 10_000, "alias", 10),
        (b"[" + b"x, " * MAX_BYTES, "too-large", 0),
    ],
    ids=["lists", "mappings", "dashes", "keys", "laughs", "aliases", "size"],
)
def test_a_bomb_is_left_at_the_first_limit(
    data: bytes, code: str, most_events: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    events = reader.events

    def counted(text: str) -> Iterator[Any]:
        for event in events(text):
            seen.append(event)
            yield event

    monkeypatch.setattr(reader, "events", counted)
    document = read(data, "x.yaml")
    assert document.root is None
    assert document.findings[-1].code == code
    assert len(seen) <= most_events


@pytest.mark.parametrize(
    "data",
    [b"\t" * 200_000, b"\x01\n" * 100_000, b"\xff\n" * 1_000, "　\n".encode() * 50_000, b"a: 1\n" * 1_000,
     b"- &x 1\n" * 1_000, b"- !t 1\n" * 1_000, b'- "\\x07"\n' * 1_000],
    ids=["tabs", "controls", "bytes", "indents", "keys", "anchors", "tags", "escapes"],
)  # fmt: skip
def test_a_file_of_nothing_but_mistakes_gives_a_bounded_number_of_findings(data: bytes) -> None:
    assert len(read(data, "x.yaml").findings) == MAX_FINDINGS


def test_depth_up_to_the_limit_is_read() -> None:
    node = read(("[" * MAX_DEPTH + "]" * MAX_DEPTH).encode(), "x.yaml")
    assert node.findings == ()
    assert read(("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).encode(), "x.yaml").root is None


# --- places ----------------------------------------------------------------------------------------------------------

PLACES = [
    ("plain", "a: one X two\n", ("a",)),
    ("single quotes", "a: 'one X two'\n", ("a",)),
    ("double quotes", 'a: "one X two"\n', ("a",)),
    ("block", "a: |\n  one\n\n  two X\n", ("a",)),
    ("block with indentation sign", "a: |2-\n    one X\n", ("a",)),
    ("block with deeper lines", "a: |\n  one\n      two X\n", ("a",)),
    ("block in a list", "a:\n  - b: |\n      one\n      X\n", ("a", 0, "b")),
    ("flow", "a: {b: [c, 'one X']}\n", ("a", "b", 1)),
    ("CRLF", "a: |\r\n  one\r\n  two X\r\nb: 1\r\n", ("a",)),
    ("CJK", "鍵: |\n  住宅ローン。\n  担保X\n", ("鍵",)),
    ("CJK plain", "鍵: 担保X\n", ("鍵",)),
    ("emoji", "😀: |\n  😀😀 X\n", ("😀",)),
    ("emoji in quotes", "a: '😀😀 X'\n", ("a",)),
    ("BOM", "\ufeffa: |\n  one X\n", ("a",)),
]


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@pytest.mark.parametrize(("name", "text", "path"), PLACES, ids=[name for name, *_ in PLACES])
def test_the_place_of_a_character(
    name: str, text: str, path: tuple[str | int, ...], pure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if pure:
        monkeypatch.setattr(reader, "_Parser", yaml.SafeLoader)
    document = read(text.encode(), "x.yaml")
    assert document.root is not None
    node = document.root.at(*path)
    assert isinstance(node.value, str)
    line, column = place_of(document.text, node, node.value.index("X"))
    shown = text.removeprefix("\ufeff").split("\n")
    assert shown[line - 1][column - 1] == "X"


def test_at_gives_the_nearest_node_that_exists() -> None:
    root = read(b"a: [x, {b: y}]\n", "x.yaml").root
    assert isinstance(root, Node)
    assert root.at("a", 1, "b").value == "y"
    assert root.at("a", 1, "c") is root.at("a", 1)
    assert root.at("a", 9) is root.at("a", "b") is root.at("a")
    assert root.at() is root
