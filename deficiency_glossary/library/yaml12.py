"""YAML as translators write it: mappings, lists and text, each with its place in the file.

Every scalar is text; what it means is decided by the schema, so `no`, `on`, `012` and `12:30` stay what was typed.
Anchors, aliases, tags and several documents are refused. Work and memory are bounded by the limits below: libyaml's
events are read one by one and the reader stops at the first limit that a file breaks. (Loading through PyYAML's
composer would crash the process on a deeply nested file, and would take the last of two equal keys.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import yaml
from msgspec import Struct

from deficiency_glossary.findings import Finding
from deficiency_glossary.library import plain
from deficiency_glossary.library.places import place_of as place_of
from deficiency_glossary.library.strict import Strict

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_FINDINGS = 100  # of one file: a file of two million tabs gets an answer, not two million of them

# libyaml's parser; the pure one, twenty times slower, where PyYAML was installed without it.
_Parser: Any = vars(yaml.cyaml)["CParser"] if yaml.__with_libyaml__ else yaml.SafeLoader


class Node(Struct):
    """A mapping, a list or a scalar. `line` and `column` count from 1."""

    line: int
    column: int
    value: dict[str, Node] | list[Node] | str | None
    keys: dict[str, Node] | None = None  # for a mapping: where each key stands
    style: str = ""  # how a scalar was quoted: '' ' " | >

    def plain(self) -> Any:
        """The bare value: dict, list, str or None."""
        value = self.value
        if isinstance(value, dict):
            return {key: node.plain() for key, node in value.items()}
        if isinstance(value, list):
            return [node.plain() for node in value]
        return value

    def at(self, *path: str | int) -> Node:
        """The node at a path, or the nearest one above it that exists."""
        node = self
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and 0 <= step < len(node.value):
                node = node.value[step]
            else:
                break
        return node


class Document(NamedTuple):
    """What a file holds, as far as it could be read, and what is wrong with it."""

    root: Node | None
    text: str
    findings: tuple[Finding, ...]


def read_plain(data: bytes) -> tuple[Any, str] | None:
    """The bare value of a file in which nothing is wrong, and its text; None where `read` has to look.

    Most files are sound, and places are wanted for findings only. This takes a third of the time that the tree takes.
    """
    if len(data) > MAX_BYTES:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    # What prints, but for one sign, is let through by the gate: asking so is quicker than its pattern.
    if "\ufffd" in text or not (text.replace("\n", "").isprintable() or _passes(text)):
        return None
    value = plain.value_of(text, _Parser, MAX_DEPTH)
    return None if value is None else (value, text)


def tree_of(text: str) -> Node | None:
    """The tree of a text that `read` or `read_plain` gave back."""
    return _Builder(text, lambda *_: None).document()


def read(data: bytes, path: str) -> Document:
    """Read the bytes of a YAML file. Never raises: everything wrong is a finding with its place."""
    found: list[Finding] = []

    def report(line: int, column: int, code: str, message: str, hint: str = "") -> None:
        if len(found) >= MAX_FINDINGS:
            return
        severity = "warning" if code == "bom" else "error"
        found.append(
            Finding(path=path, line=line, column=column, code=code, severity=severity, message=message, hint=hint)  # type: ignore[arg-type]
        )

    text = _decode(data, report)
    if text is None:
        return Document(None, "", tuple(found))
    text = _gate(text, report)
    root = _Builder(text, report).document()
    return Document(root, text, tuple(found))


Report = Callable[..., None]


def _decode(data: bytes, report: Report) -> str | None:
    if len(data) > MAX_BYTES:
        report(0, 0, "too-large", f"the file has more than {MAX_BYTES:,} bytes", "split the file")
        return None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        report(1, 1, "not-utf-8", "the file is UTF-16", "save it as UTF-8")
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        report(1, 1, "bom", "the file begins with a byte order mark", "save it as UTF-8 without BOM")
        data = data[3:]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    line = 1
    for number, raw in enumerate(data.split(b"\n"), 1):
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = number
            bad = raw[error.start : error.end].hex(" ")
            column = len(raw[: error.start].decode("utf-8")) + 1
            report(line, column, "not-utf-8", f"the bytes {bad} are not UTF-8", "save the file as UTF-8")
    return data.decode("utf-8", errors="replace").replace("\ufffd", "?")


# What must not stand in a file, the code of its finding and what to say. The line feed is the only control character;
# a carriage return before it is taken off first.
_GATE: tuple[tuple[str, str, str, str], ...] = (
    ("\t", "tab", "a tab", "use spaces"),
    ("\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f", "control-character", "the control character {}", "delete it"),
    ("\x85\u2028\u2029", "control-character", "the line separator {}", "use an ordinary line break"),
    ("\u202a-\u202e\u2066-\u2069", "bidi-control", "the bidirectional control {}", "delete it: it can hide text"),
    ("\ufeff", "control-character", "a byte order mark {} inside the text", "delete it"),
    ("\ufffd", "replacement-character", "the replacement character {}", "a letter was lost here: restore it"),
    ("\ue000-\uf8ff", "control-character", "the private-use character {}", "delete it: nobody else sees what you see"),
    ("\ufffe\uffff\U000e0000-\U000e007f", "control-character", "the non-character {}", "delete it"),
)
_BAD = re.compile("[" + "".join(chars for chars, *_ in _GATE) + "]")
_BAD_ESCAPED = re.compile("[" + "".join(chars for chars, *_ in _GATE if chars != "\t") + "\ud800-\udfff]")
_BAD_KINDS = tuple((re.compile(f"[{chars}]"), code, what, hint) for chars, code, what, hint in _GATE)
_NBSP_INDENT = re.compile("^ *[\u00a0\u3000]+", re.MULTILINE)


def _gate(text: str, report: Report) -> str:
    """The text with everything that must not stand in it reported and blanked, columns kept."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if _BAD.search(text):
        for match in islice(_BAD.finditer(text), MAX_FINDINGS):  # finding a place takes a pass over the text
            _, code, what, hint = next(kind for kind in _BAD_KINDS if kind[0].match(match[0]))
            line, column = _place(text, match.start())
            report(line, column, code, f"{what.format(f'U+{ord(match[0]):04X}')} stands here", hint)
        text = _BAD.sub(" ", text)
    if "\u00a0" in text or "\u3000" in text:
        for match in islice(_NBSP_INDENT.finditer(text), MAX_FINDINGS):
            line, column = _place(text, match.end() - 1)
            report(line, column, "wide-indent", "the line is indented with a wide or no-break space", "use spaces")
        text = _NBSP_INDENT.sub(lambda match: " " * len(match[0]), text)
    return text


def _passes(text: str) -> bool:
    return not (_BAD.search(text) or _NBSP_INDENT.search(text))


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


class _Stop(Exception):
    """A limit was broken; what comes after is not read."""


class _Builder:
    """Makes the tree from libyaml's events."""

    def __init__(self, text: str, report: Report) -> None:
        self.text = text
        self.report = report
        self.depth = 0
        self.indent = 0  # the column of the collection in block style that is being read
        self.flow = 0  # the line on which the outermost brackets began, counted from 1
        self.strict = Strict(text, report)

    def document(self) -> Node | None:
        try:
            root = self._document(events(self.text))
            self.strict.comments(scalar_spans(self.text))
            return root
        except _Stop:
            return None
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
        except yaml.YAMLError as error:  # the reader's own errors have another shape
            self.report(0, 0, "yaml-syntax", str(error).splitlines()[0], "save the file as plain text in UTF-8")
        return None

    def _document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    mark: Any = event.start_mark
                    self.report(
                        mark.line + 1, 1, "several-documents", "a second document begins here", "delete the '---'"
                    )
                    return root
                root = self._node(next(events), events)
        if root is None or root.value is None:
            self.report(1, 1, "empty-file", "the file is empty", "an entry needs at least its required keys")
            return None
        return root

    def _node(self, event: Any, events: Iterator[Any]) -> Node:
        mark: Any = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if self.flow:
            self.strict.inside_flow(mark, self.flow - 1, self.indent)
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor is not None or event.tag is not None:
                self._refuse(event, line, column)
            self.strict.scalar(event, self.indent)
            text: str | None = event.value
            if not event.style and text in plain.NULLS:
                text = None
            elif event.style == '"':
                text = self._check_escapes(event.value, line, column)
            return Node(line, column, text, None, event.style or "")
        if isinstance(event, yaml.AliasEvent):
            self.report(line, column, "alias", f"the alias *{event.anchor}", "write the text out: aliases are not used")
            raise _Stop
        if event.anchor is not None or event.tag is not None:
            self._refuse(event, line, column)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.report(line, column, "too-deep", f"nested deeper than {MAX_DEPTH} levels", "no field needs that")
            raise _Stop
        outer = self.indent, self.flow
        if not event.flow_style:
            self.indent = column
        elif not self.flow:
            self.flow = line
        mapping = isinstance(event, yaml.MappingStartEvent)
        node = self._mapping(events, line, column) if mapping else self._list(events, line, column)
        self.depth -= 1
        self.indent, self.flow = outer
        return node

    def _list(self, events: Iterator[Any], line: int, column: int) -> Node:
        items: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events))
        return Node(line, column, items)

    def _mapping(self, events: Iterator[Any], line: int, column: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Node] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key_node = self._node(event, events)
            value = self._node(next(events), events)
            if isinstance(key_node.value, dict | list):
                self.report(key_node.line, key_node.column, "key-type", "a key must be text", "write `key: value`")
                continue
            key = key_node.value or ""
            if key in values:
                first = keys[key]
                self.report(
                    key_node.line,
                    key_node.column,
                    "duplicate-key",
                    f"the key {key!r} stands here a second time; first on line {first.line}, column {first.column}",
                    "delete or rename one of them",
                )
                continue
            values[key], keys[key] = value, key_node
        return Node(line, column, values, keys)

    def _check_escapes(self, value: str, line: int, column: int) -> str:
        """Double quotes can spell, as an escape, what the gate does not let through raw."""
        bad = _BAD_ESCAPED.search(value)
        if bad is None:
            return value
        character = f"U+{ord(bad[0]):04X}"
        self.report(
            line, column, "control-character", f"the text holds the character {character} as an escape", "delete it"
        )
        return _BAD_ESCAPED.sub(" ", value)

    def _refuse(self, event: Any, line: int, column: int) -> None:
        if event.anchor is not None:
            self.report(line, column, "anchor", f"the anchor &{event.anchor}", "anchors are not used; delete it")
        if event.tag is not None:
            self.report(
                line, column, "tag", f"the tag {event.tag!r}", "tags are not used; quote the text if it begins with '!'"
            )

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "not YAML"
        if error.context_mark and any(part in problem for part in _SEEN_LATE):
            mark = error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        lines = self.text.split("\n")
        shown = lines[line - 1].strip()[:60] if 0 < line <= len(lines) else ""
        message = f"{problem}{f' at {shown!r}' if shown else ''}"
        hint = next((hint for part, hint in _SYNTAX_HINTS if part in problem), "check the indentation and the quotes")
        if any("：" in one for one in lines[max(line - 2, 0) : line]):
            hint = WIDE_COLON
        self.report(line, column, "yaml-syntax", message, hint)


WIDE_COLON = "the colon after a key must be the ASCII ':' and not the full-width '：'"

# What is noticed only lines later; the context is where it began.
_SEEN_LATE = ("could not find expected ':'", "found unexpected end of stream")

_SYNTAX_HINTS = (
    ("mapping values are not allowed", "a text that holds ': ' must stand in quotes"),
    ("could not find expected ':'", "a key needs a colon and a space after it"),
    ("did not find expected key", "check the indentation, and put a text that holds quotes in other quotes"),
    ("found character that cannot start any token", "put a text that begins with @ or ` in quotes"),
    ("found unexpected end of stream", "a quotation mark or bracket is not closed"),
    ("found unknown escape character", "write a backslash twice, or use single quotes"),
)


def events(text: str) -> Iterator[Any]:
    """The parser's events, one by one. Raises yaml.YAMLError."""
    last = text[text.rfind("\n") + 1 :]
    parser = _Parser(f"{text}\n" if last and last.isspace() else text)  # without its end it would be read as text
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()


Span = tuple[tuple[int, int], tuple[int, int]]


def scalar_spans(text: str) -> Iterator[Span]:
    """(line, column) where each scalar begins and ends, as far as the file can be parsed.

    The head of a block is none of it: a comment may stand there.
    """
    try:
        for event in events(text):
            if isinstance(event, yaml.ScalarEvent):
                start: Any = event.start_mark
                end: Any = event.end_mark
                block = event.style in ("|", ">")
                yield (
                    (start.line + 2, 0) if block else (start.line + 1, start.column + 1),
                    (end.line + 1, end.column + 1),
                )
    except yaml.YAMLError:
        return
