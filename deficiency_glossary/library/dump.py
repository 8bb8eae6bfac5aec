"""YAML as a translator would type it: the writer to `library.yaml12`'s reader.

Keys keep their order, text of several lines is a block literal, no line is wrapped, and quotes stand only where they
are needed. What comes out is read back as the same tree; every scalar is text then, so numbers and dates come back as
they were written.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = "Mapping[str, Value] | Sequence[Value] | str | int | Decimal | datetime.date | None"

MAX_KEY_LENGTH = 200  # libyaml takes no key longer than 1,024 bytes
_INDENT = "  "
_FLOW_WIDTH = 100

# What `yaml12` refuses in a file, written or escaped: nothing that is read back could hold it.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd-\uffff\U000e0000-\U000e007f"
    "\ud800-\udfff]"
)
# A scalar that needs no quotes: begins with no sign of YAML's, ends in no colon or space.
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=\u00a0\u3000](?:[^\n\t]*[^\s:])?")
_BROKEN = re.compile(r":\s|\s#|\A\.\.\.(?:\s|\Z)")  # three dots end a document
# Text to this project, but a number, a date, a truth or nothing to other readers of YAML.
_AMBIGUOUS = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~|\.nan|[-+]?\.inf)"
    r"|[-+.]?[0-9][0-9a-fA-Fox_.,:eE+\-]*(?:[T ][0-9:.+\-Zz ]*)?"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# A line that would lose its beginning as a block: spaces alone, or a wide space where the indentation is.
_NO_BLOCK = re.compile(r"\A\s|\n +(?:\n|\Z)|(?:\A|\n) *[\u00a0\u3000]|\t")


def dump(value: Mapping[str, Value], comment: str = "") -> str:
    """The mapping as a file, under the lines of a comment. Raises ValueError for what no file can hold."""
    head = "".join(f"# {_allowed(line)}\n" for line in comment.splitlines())
    body = "".join(_mapping(value, "")) if value else "{}\n"
    return head + body


def _mapping(value: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, item in value.items():
        yield f"{indent}{_key(key)}:"
        yield from _after_key(item, indent)


def _after_key(item: Value, indent: str) -> Iterator[str]:
    """What follows the colon."""
    if isinstance(item, Mapping) and item:
        yield "\n"
        yield from _mapping(item, indent + _INDENT)
    elif isinstance(item, Sequence) and not isinstance(item, str) and item:
        flow = _flow(item)
        if flow:
            yield f" {flow}\n"
        else:
            yield "\n"
            yield from _list(item, indent + _INDENT)
    else:
        yield f" {_scalar(item, indent + _INDENT)}\n"


def _list(items: Sequence[Value], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Mapping) and item:
            lines = "".join(_mapping(item, indent + _INDENT))
            yield f"{indent}- {lines[len(indent) + len(_INDENT) :]}"
        elif isinstance(item, Sequence) and not isinstance(item, str) and item:
            lines = "".join(_list(item, indent + _INDENT))
            yield f"{indent}- {lines[len(indent) + len(_INDENT) :]}"
        else:
            yield f"{indent}- {_scalar(item, indent + _INDENT)}\n"


def _flow(items: Sequence[Value]) -> str:
    """A short list of ids on one line, or nothing."""
    words = [item for item in items if isinstance(item, str) and _WORD.fullmatch(item) and not _ambiguous(item)]
    line = f"[{', '.join(words)}]"
    return line if len(words) == len(items) and len(line) <= _FLOW_WIDTH else ""


def _key(key: str) -> str:
    if len(key) > MAX_KEY_LENGTH:
        raise ValueError(f"a key of {len(key)} characters; {MAX_KEY_LENGTH} are the limit")
    return _line(key)


def _scalar(item: Value, indent: str) -> str:
    if item is None:
        return "null"
    if isinstance(item, Mapping):
        return "{}"
    if isinstance(item, str):
        return _block(item, indent) if "\n" in item and not _NO_BLOCK.search(item) else _line(item)
    if isinstance(item, Sequence):
        return "[]"
    return f"{item:f}" if isinstance(item, Decimal) else str(item)


def _block(text: str, indent: str) -> str:
    """A literal block. Its last line break is the file's own, so the text ends without one here."""
    _allowed(text)
    body = text.rstrip("\n")
    breaks = len(text) - len(body)
    chomping = "-" if breaks == 0 else "" if breaks == 1 else "+"
    lines = [f"{indent}{line}" if line else "" for line in body.split("\n")]
    return "\n".join([f"|{chomping}", *lines]) + "\n" * max(breaks - 1, 0)


def _line(text: str) -> str:
    """A scalar on one line: plain if it can be, else in double quotes."""
    _allowed(text)
    if _PLAIN.fullmatch(text) and not _BROKEN.search(text) and not _ambiguous(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _ambiguous(text: str) -> bool:
    return _AMBIGUOUS.fullmatch(text) is not None


def _allowed(text: str) -> str:
    bad = _FORBIDDEN.search(text)
    if bad:
        raise ValueError(f"no file can hold the character U+{ord(bad[0]):04X}")
    return text
