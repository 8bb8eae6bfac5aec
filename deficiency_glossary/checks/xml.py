"""The elements of an XML file, their texts and attributes with their places."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from deficiency_glossary.checks.html import attributes_at, decode, place

_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)")
_SEPARATOR = " "


class Attribute(NamedTuple):
    """An attribute's value and where it begins."""

    value: str
    line: int
    column: int


class Element(NamedTuple):
    """An element: `namespace name` or `name`, attributes, the text in it without that of its children."""

    name: str
    attributes: dict[str, Attribute]
    text: str
    line: int
    column: int


class Broken(NamedTuple):
    """Why a file is not XML, and where."""

    message: str
    line: int
    column: int


def read(data: bytes, wanted: frozenset[str]) -> tuple[list[Element], Broken | None]:
    """The wanted elements of a file in the order of their ends; what stands before a mistake counts."""
    reader = _Reader(_text(data), wanted)
    try:
        reader.parser.Parse(reader.text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        return reader.found, Broken(expat.errors.messages[error.code], error.lineno, error.offset + 1)
    return reader.found, None


def _text(data: bytes) -> str:
    found = _ENCODING.match(data)
    try:
        return data.decode(found[1].decode()).removeprefix("\ufeff") if found else decode(data)
    except (LookupError, UnicodeDecodeError):
        return decode(data)


class _Open:
    """An element that has not ended."""

    def __init__(self, name: str, attributes: dict[str, Attribute]) -> None:
        self.name = name
        self.attributes = attributes
        self.texts: list[str] = []
        self.line = self.column = 0


class _Reader:
    def __init__(self, text: str, wanted: frozenset[str]) -> None:
        self.text = text
        self.found: list[Element] = []
        self._wanted = wanted
        self._open: list[_Open] = []
        self._line, self._offset = 1, 0
        # The text has been decoded: what the file says of its encoding no longer holds.
        self.parser = expat.ParserCreate("utf-8", _SEPARATOR)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, values: dict[str, str]) -> None:
        placed: dict[str, Attribute] = {}
        if name in self._wanted and values:
            for written, _, offset in attributes_at(self.text, self._here()):
                if written in values:
                    placed[written] = Attribute(values[written], *self._place(offset))
        self._open.append(_Open(name, placed))

    def _characters(self, characters: str) -> None:
        element = self._open[-1]
        if element.name not in self._wanted:
            return
        element.texts.append(characters)
        if not element.line and not characters.isspace():
            indent = len(characters) - len(characters.lstrip())
            element.line = self.parser.CurrentLineNumber
            element.column = self.parser.CurrentColumnNumber + indent + 1

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element.name in self._wanted:
            text = "".join(element.texts).strip()
            self.found.append(Element(element.name, element.attributes, text, element.line, element.column))

    def _here(self) -> int:
        """The offset of the tag that is being read. Lines only go forward, so none is counted twice."""
        line = self.parser.CurrentLineNumber
        while self._line < line:
            self._offset = self.text.index("\n", self._offset) + 1
            self._line += 1
        return self._offset + self.parser.CurrentColumnNumber

    def _place(self, offset: int) -> tuple[int, int]:
        line, column = place(self.text[self._offset : offset + 1], offset - self._offset)
        return self._line + line - 1, column
