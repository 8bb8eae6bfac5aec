"""The ways to write a text in YAML, the one nearest to how it was written first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Never plain: what begins like other syntax, holds `: ` or ` #`, or would be trimmed. What is doubtful is quoted.
_NOT_PLAIN = re.compile(r"^[\s\-?:,\[\]{}#&*!|>'\"%@`=~<]|: |:$| #|\s$|\n|^$")
_NOT_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}?:]")
DEFAULT_WIDTH = 120


class Place(NamedTuple):
    """Where a text goes, and how the old one was written."""

    style: str
    flow: bool
    indent: int  # of the mapping or list that it stands in
    width: int  # of the longest line of folded text
    empty: bool  # nothing stood there but a key and its colon
    content: int | None = None  # how far block text was indented
    header: str = ""  # the line of block text that has its sign
    spaced: bool = True  # a space stands before it


class Spelling(NamedTuple):
    """What stands after the key, and lines below it."""

    inline: str
    lines: tuple[str, ...] = ()


def key_text(name: str) -> str:
    """A key as it is written."""
    return name if _PLAIN_KEY.fullmatch(name) and reads_as_text(name) else json.dumps(name, ensure_ascii=False)


def reads_as_text(value: str) -> bool:
    """Whether readers of YAML 1.1, too, take the plain value for text: `no` and `12:30` they do not."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    tests = [*resolvers.get(value[:1], ()), *resolvers.get(None, ())]
    return not any(pattern.match(value) for _, pattern in tests)


def spellings(value: str, place: Place) -> Iterator[Spelling]:
    """Ways to write the value there. Not each of them need be right: the caller reads what came out."""
    space = " " if place.empty and not place.spaced else ""
    for style in _styles(value, place):
        if style == "|":
            yield _literal(value, place, space)
        elif style == ">":
            yield _folded(value, place)
        elif style == "'":
            yield Spelling(space + "'" + value.replace("'", "''") + "'")
        elif style == '"':
            yield Spelling(space + json.dumps(value, ensure_ascii=False))
        else:
            yield Spelling(space + value)


def _styles(value: str, place: Place) -> list[str]:
    """The old style first, then those that hold anything."""
    block = [] if place.flow else ["|"]
    one_line = "\n" not in value
    if place.style == '"':
        return ['"']
    if place.style == "'":
        return ["'", '"'] if one_line else [*block, '"']
    if place.style == "|":
        return ["|", '"']
    if place.style == ">":
        return [">", "|", '"']
    if not one_line:
        return [*block, '"']
    plain = not _NOT_PLAIN.search(value) and reads_as_text(value)
    if place.flow and _NOT_PLAIN_IN_FLOW.search(value):
        plain = False
    return ["", '"'] if plain else ['"']


def _header(sign: str, value: str, place: Place, content: int) -> str:
    """The sign of block text: how its end is read, and its indentation where the text does not show it."""
    ends = len(value) - len(value.rstrip("\n"))
    chomping = "-" if ends == 0 else "+" if ends > 1 or "+" in place.header else ""
    digit = str(content - place.indent) if value.startswith((" ", "\n")) else ""
    return f"{sign}{digit}{chomping}"


def _content(place: Place) -> int:
    return place.content if place.content is not None and place.content > place.indent else place.indent + 2


def _literal(value: str, place: Place, space: str) -> Spelling:
    content = _content(place)
    lines = value.removesuffix("\n").split("\n")
    return Spelling(
        space + _header("|", value, place, content), tuple(" " * content + line if line else "" for line in lines)
    )


def _folded(value: str, place: Place) -> Spelling:
    content = _content(place)
    width = max(place.width, 60) - content
    lines: list[str] = []
    for number, paragraph in enumerate(value.rstrip("\n").split("\n")):
        if number:
            lines.append("")  # a line break in the text is one blank line more
        lines += _wrapped(paragraph, width)
    ends = len(value) - len(value.rstrip("\n"))
    lines += [""] * (ends - 1)
    return Spelling(_header(">", value, place, content), tuple(" " * content + line if line else "" for line in lines))


def _wrapped(paragraph: str, width: int) -> list[str]:
    """Lines no longer than the width where a single space allows it."""
    lines: list[str] = []
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", paragraph) if paragraph else []:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
