"""Changing one field of a file that a person wrote, and nothing else.

The new value is spliced in at the place of the old one. Then the file is read again: unless its tree is the old tree
with that one value changed, nothing is given back. Comments, order, quoting and line ends stay as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from deficiency_glossary.errors import GlossaryError
from deficiency_glossary.findings import has_errors
from deficiency_glossary.library import yaml12
from deficiency_glossary.library.spans import Pair, Span, spans_of
from deficiency_glossary.library.spelling import Place, Spelling, key_text, spellings

_BOM = b"\xef\xbb\xbf"
Where = tuple[str | int, ...]
Order = Sequence[Sequence[str]]


class EditRefused(GlossaryError):
    """The field cannot be changed without touching something else."""


class _Edit(NamedTuple):
    """Text to put in place of [start, end)."""

    start: int
    end: int
    text: str


def put(data: bytes, where: Where, value: str, order: Order = ()) -> bytes:
    """The file with the field at `where` holding `value`; a field that is missing is inserted.

    `order` has, for each step of `where`, the names around it in the order in which they should stand. Raises
    EditRefused.
    """
    node = _tree(data)
    for step in where:
        inside = step in node if isinstance(node, dict) else isinstance(node, list) and step in range(len(node))
        if not inside:
            return insert(data, where, value, order)
        node = node[step]
    return replace(data, where, value)


def replace(data: bytes, where: Where, value: str) -> bytes:
    """The file with another value in a field that is there. Raises EditRefused."""
    before = _tree(data)
    mark, text = _split(data)
    span = _find(spans_of(text), where)
    if span.kind != "scalar":
        raise EditRefused(f"{_dotted(where)} is no text")
    expected = _with(before, where, value)
    if expected == before:
        return data
    for spelling in spellings(value, _place(text, span)):
        result = mark + _spliced(text, span, spelling).encode("utf-8")
        if _holds(result, expected):
            return result
    raise EditRefused(f"{_dotted(where)} cannot be set to {value[:60]!r} without touching something else")


def insert(data: bytes, where: Where, value: str, order: Order = ()) -> bytes:
    """The file with a field that was missing, after the field that comes before it in `order`. Raises EditRefused.

    Mappings above it that are missing too are made.
    """
    before = _tree(data)
    mark, text = _split(data)
    span = spans_of(text)
    depth = 0
    while depth < len(where) - 1:
        found = span.child(where[depth])
        if found is None:
            break
        span, depth = found, depth + 1
    new = where[depth:]
    if span.kind != "map" or span.child(new[0]) is not None or any(isinstance(step, int) for step in new):
        raise EditRefused(f"there is no mapping to put {_dotted(where)} into")
    names = [str(step) for step in new]
    expected = _with(before, where, value)
    place = Place(style="", flow=span.flow, indent=span.column + 2 * (len(names) - 1), width=0, empty=False)
    best = _predecessor(span, names[0], order[depth] if depth < len(order) else ())
    for after in (best, *(pair for pair in reversed(span.pairs) if pair is not best)):
        for spelling in spellings(value, place):
            edit = (_flow_edit if span.flow else _block_edit)(text, span, after, names, spelling)
            result = mark + (text[: edit.start] + edit.text + text[edit.end :]).encode("utf-8")
            if _holds(result, expected):
                return result
    raise EditRefused(f"{_dotted(where)} cannot be inserted without touching something else")


# --- before and after ------------------------------------------------------------------------------------------------


def _tree(data: bytes) -> Any:
    document = yaml12.read(data, "")
    if document.root is None or has_errors(document.findings):
        raise EditRefused("the file cannot be read: " + "; ".join(one.message for one in document.findings[:3]))
    return document.root.plain()


def _split(data: bytes) -> tuple[bytes, str]:
    mark = _BOM if data.startswith(_BOM) else b""
    return mark, data[len(mark) :].decode("utf-8")


def _holds(data: bytes, expected: Any) -> bool:
    if data.rpartition(b"\n")[2].isspace():
        return False  # spaces at the end, and no line end after them: what they say depends on who reads
    document = yaml12.read(data, "")
    if document.root is None or has_errors(document.findings):
        return False
    # As text: the order of the fields counts, which equality of dictionaries does not see.
    return json.dumps(document.root.plain()) == json.dumps(_ordered_like(expected, document.root.plain()))


def _ordered_like(expected: Any, found: Any) -> Any:
    """The expected tree; a field that was inserted may stand at any place among its neighbours."""
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return [_ordered_like(*both) for both in zip(expected, found, strict=True)]
    if not isinstance(expected, dict) or not isinstance(found, dict) or expected.keys() != found.keys():
        return expected
    old = [name for name in expected if not isinstance(expected[name], _New)]
    if [name for name in found if name in old] != old:
        return expected
    return {
        name: expected[name].value if isinstance(expected[name], _New) else _ordered_like(expected[name], found[name])
        for name in found
    }


class _New(NamedTuple):
    """A field that was not there before."""

    value: Any


def _with(tree: Any, where: Where, value: str) -> Any:
    """A copy of the tree with one value changed or added."""
    step, rest = where[0], where[1:]
    if isinstance(tree, list) and isinstance(step, int):
        return [(_with(old, rest, value) if rest else value) if n == step else old for n, old in enumerate(tree)]
    if not isinstance(tree, dict):
        raise EditRefused(f"there is no {step!r}")
    if step in tree:
        return {key: (_with(old, rest, value) if rest else value) if key == step else old for key, old in tree.items()}
    made: Any = value
    for name in reversed(rest):
        made = {name: made}
    return {**tree, step: _New(made)}


def _dotted(where: Where) -> str:
    return ".".join(str(step) for step in where)


# --- the splice ------------------------------------------------------------------------------------------------------


def _find(span: Span, where: Where) -> Span:
    for depth, step in enumerate(where, 1):
        found = span.child(step)
        if found is None:
            raise EditRefused(f"there is no {_dotted(where[:depth])}")
        span = found
    return span


def _place(text: str, span: Span) -> Place:
    old = text[span.start : span.end]
    lines = old.splitlines()
    width = max(map(len, lines[1:]), default=0) if span.style == ">" else 0
    content = next((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip()), None)
    return Place(
        style=span.style,
        flow=span.flow,
        indent=span.indent,
        width=width,
        empty=not old,
        content=content if span.style in ("|", ">") else None,
        header=lines[0] if span.style in ("|", ">") and lines else "",
        spaced=span.start > 0 and text[span.start - 1] == " ",
    )


def _spliced(text: str, span: Span, spelling: Spelling) -> str:
    """The text with the value spelled anew, its comment kept."""
    newline = "\r\n" if "\r\n" in text else "\n"
    body = "".join(newline + line for line in spelling.lines)
    if span.style not in ("|", ">"):
        end = _line_end(text, span.end) if body else span.end
        return text[: span.start] + spelling.inline + text[span.end : end] + body + text[end:]
    header_end = _line_end(text, span.start)
    header = text[span.start : header_end]
    comment = re.search(r"\s+#.*", header)
    rest = comment[0] if comment else ""
    return text[: span.start] + spelling.inline + rest + body + text[span.end :]


def _line_end(text: str, at: int) -> int:
    """Where the line break after `at` begins."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _predecessor(span: Span, name: str, order: Sequence[str]) -> Pair | None:
    """The field after which the new one stands; None if it comes first."""
    if not span.pairs:
        return None
    if name not in order:
        return span.pairs[-1]
    earlier = set(order[: list(order).index(name)])
    before = [pair for pair in span.pairs if pair.name in earlier]
    if before:
        return before[-1]
    return None if any(pair.name in order for pair in span.pairs) else span.pairs[-1]


def _flow_edit(text: str, span: Span, after: Pair | None, names: list[str], spelling: Spelling) -> _Edit:
    del text
    inner = spelling.inline
    for name in reversed(names[1:]):
        inner = f"{{{key_text(name)}: {inner}}}"
    made = f"{key_text(names[0])}: {inner}"
    if after is not None:
        return _Edit(after.value.end, after.value.end, f", {made}")
    return _Edit(span.start + 1, span.start + 1, f"{made}, " if span.pairs else made)


def _block_edit(text: str, span: Span, after: Pair | None, names: list[str], spelling: Spelling) -> _Edit:
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [f"{' ' * (span.column + 2 * depth)}{key_text(name)}:" for depth, name in enumerate(names)]
    lines[-1] = f"{lines[-1]} {spelling.inline}"
    lines += spelling.lines
    line_start = text.rfind("\n", 0, span.start) + 1
    if after is None and text[line_start : span.start].strip(" ") == "":
        return _Edit(line_start, line_start, "".join(line + newline for line in lines))
    last = after or span.pairs[0]  # nothing can stand before the first field of a list's item
    end = _line_end(text, last.value.last)
    return _Edit(end, end, "".join(newline + line for line in lines))


def scalars(data: bytes) -> Iterator[Where]:
    """Where the texts of a file stand."""
    _, text = _split(data)
    yield from spans_of(text).scalars()
