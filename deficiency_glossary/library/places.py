"""Where the characters of a YAML scalar stand in its file.

What the reader keeps of a scalar is its value and where it begins. For a character inside, the source is read once
more along the value: indentation, folded lines, doubled quotes and escapes are passed over as YAML 1.2 says. That is
done for findings only, so reading stays quick.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from deficiency_glossary.library.yaml12 import Node

Walk: TypeAlias = "Iterator[tuple[str, int]]"
"""(character of the value, place in the text) one after another."""

# How many characters of the source an escape in double quotes takes, the backslash included; others take two.
_ESCAPE_LENGTH = {"x": 4, "u": 6, "U": 10}
_BLANKS = re.compile(r"[ \t]+|(?=\n)")
_LINE_END = re.compile(r"\n[ \t\n]*")


def place_of(text: str, node: Node, offset: int) -> tuple[int, int]:
    """Line and column, in the file, of the character at `offset` of a scalar's value; at its length, after the last.

    Where the source cannot be followed (it always can in what the reader let through), where the value begins.
    """
    begin = _index(text, node.line, node.column)
    value = node.value if isinstance(node.value, str) else ""
    found = list(_places(text, begin, node.style, value))
    if len(found) != len(value) or not value:
        return node.line, node.column
    index = found[offset] if 0 <= offset < len(found) else found[-1] + 1
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _index(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.index("\n", at) + 1
    return at + column - 1


def _places(text: str, begin: int, style: str, value: str) -> Iterator[int]:
    """Where each character of the value stands; stops early where the source says something else."""
    if style in ("|", ">"):
        yield from _in_block(text, begin, style, value)
        return
    walk = _walk(text, begin, style)
    for expected in value:
        character, place = next(walk, ("", -1))
        # A character that must not stand in a text was blanked by the reader: the places are right all the same.
        if character != expected and expected != " ":
            return
        yield place


def _walk(text: str, at: int, style: str) -> Walk:
    """The characters of a plain or quoted scalar with their places. A plain one has no end: its value tells."""
    at += 1 if style else 0
    while at < len(text):
        blanks = _BLANKS.match(text, at)
        folded = _LINE_END.match(text, blanks.end()) if blanks else None
        if blanks and not folded:  # all at once: looking for the line's end anew at each space would take for ever
            yield from ((text[place], place) for place in range(at, blanks.end()))
            at = blanks.end()
        elif folded:
            breaks = folded[0].count("\n")
            first = folded.start()
            if breaks == 1:
                yield " ", first
            else:
                yield from (("\n", first) for _ in range(breaks - 1))
            at = folded.end()
        elif style == "'" and text.startswith("''", at):
            yield "'", at
            at += 2
        elif style == '"' and text[at] == "\\":
            at = yield from _escape(text, at)
        else:
            yield text[at], at
            at += 1


def _escape(text: str, at: int) -> Generator[tuple[str, int], None, int]:
    """The character that an escape means, if any; returns where the text goes on."""
    following = text[at + 1 : at + 2]
    if following == "\n":  # the line goes on without a space
        folded = _LINE_END.match(text, at + 1)
        return folded.end() if folded else at + 2
    length = _ESCAPE_LENGTH.get(following, 2)
    yield _unescaped(text[at + 1 : at + length]), at
    return at + length


_SIMPLE = dict(zip('0abtnvfre "/\\N_LP\t', '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029\t', strict=True))


def _unescaped(escape: str) -> str:
    if escape[0] in _ESCAPE_LENGTH:
        try:
            return chr(int(escape[1:], 16))
        except (ValueError, OverflowError):
            return ""
    return _SIMPLE.get(escape, "")


def _in_block(text: str, begin: int, style: str, value: str) -> Iterator[int]:
    """Block text: its lines follow the header, indented alike; in a folded one, some line ends are spaces."""
    start = text.find("\n", begin) + 1
    indent = _indentation(text, start, begin, value)
    done = 0
    while done < len(value) and 0 < start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        content = text[start + indent : end]
        while content and not value.startswith(content, done) and value[done : done + 1] in ("\n", " "):
            yield start - 1  # the end of a line before
            done += 1
        if not value.startswith(content, done):
            return
        yield from range(start + indent, start + indent + len(content))
        done += len(content)
        if style == "|" and done < len(value):
            yield end
            done += 1
        start = end + 1
    for _ in range(len(value) - done):
        yield min(start, len(text)) - 1  # line ends that `>` or `+` keeps


def _indentation(text: str, start: int, begin: int, value: str) -> int:
    """How far the lines are indented: told by the first that is not blank, or by the digit in the header."""
    header = text[begin:start]
    at = start
    while at < len(text):
        end = text.find("\n", at)
        line = text[at : len(text) if end < 0 else end]
        if line.strip(" "):
            deep = len(line) - len(line.lstrip(" "))
            # With a digit, the first line may begin with spaces of its own.
            own = len(value.lstrip("\n")) - len(value.lstrip("\n ")) if re.search(r"[1-9]", header) else 0
            return deep - own
        if end < 0:
            break
        at = end + 1
    return 0
