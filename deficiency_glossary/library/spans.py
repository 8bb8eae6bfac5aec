"""From where to where each value of a YAML file reaches: what a change must know and a reader need not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import yaml
from msgspec import Struct

_Parser: Any = vars(yaml.cyaml)["CParser"] if yaml.__with_libyaml__ else yaml.SafeLoader


class Span(Struct):
    """A value at [start, end) of the text."""

    kind: Literal["map", "list", "scalar"]
    start: int
    end: int
    column: int  # of its first character, from 0
    indent: int  # of the innermost block mapping or list around it
    flow: bool  # between { } or [ ]: for a collection, itself; for a scalar, what is around it
    style: str = ""
    pairs: list[Pair] = []
    items: list[Span] = []

    def child(self, step: str | int) -> Span | None:
        """The value of a field, or an item of a list."""
        if self.kind == "map":
            return next((pair.value for pair in self.pairs if pair.name == step), None)
        if self.kind == "list" and isinstance(step, int) and 0 <= step < len(self.items):
            return self.items[step]
        return None

    @property
    def last(self) -> int:
        """Where its last character stands: the end of a block collection is where the next thing begins."""
        if self.kind == "scalar" or self.flow:
            return self.end
        inner = [pair.value for pair in self.pairs] or self.items
        return inner[-1].last if inner else self.end

    def scalars(self, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
        """The paths of all scalars."""
        if self.kind == "scalar":
            yield above
        for pair in self.pairs:
            yield from pair.value.scalars((*above, pair.name))
        for number, item in enumerate(self.items):
            yield from item.scalars((*above, number))


class Pair(NamedTuple):
    """A field: its name and its value."""

    name: str
    value: Span


def spans_of(text: str) -> Span:
    """The spans of a text that `yaml12.read` has found sound: its limits hold here."""
    return _Builder(text).document()


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for line in text.split("\n")[:-1]:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.parser = _Parser(text)

    def document(self) -> Span:
        try:
            event = self._next()
            while not isinstance(event, yaml.DocumentStartEvent):
                event = self._next()
            return self._node(self._next(), 0, flow=False)
        finally:
            self.parser.dispose()

    def _next(self) -> Any:
        return self.parser.get_event()

    def _index(self, mark: Any) -> int:
        # By line and column: the index that libyaml gives counts something else where a file begins with a mark.
        if mark.line >= len(self.starts):
            return len(self.text)
        return min(self.starts[int(mark.line)] + int(mark.column), len(self.text))

    def _node(self, event: Any, indent: int, *, flow: bool) -> Span:
        start, column = self._index(event.start_mark), int(event.start_mark.column)
        if isinstance(event, yaml.ScalarEvent):
            style: str = event.style or ""
            end = self._index(event.end_mark)
            if style in ("|", ">"):
                end = self._block_end(start, end)
            return Span("scalar", start, end, column, indent, flow, style)
        inside = bool(event.flow_style)
        kind: Literal["map", "list"] = "map" if isinstance(event, yaml.MappingStartEvent) else "list"
        span = Span(kind, start, start, column, indent, inside, "", [], [])
        inner = indent if inside else column
        while not isinstance(event := self._next(), yaml.MappingEndEvent | yaml.SequenceEndEvent):
            if kind == "list":
                span.items.append(self._node(event, inner, flow=inside))
                continue
            name = event.value if event.value or event.style else ""
            span.pairs.append(Pair(name, self._node(self._next(), inner, flow=inside)))
        span.end = self._index(event.end_mark)
        return span

    def _block_end(self, start: int, end: int) -> int:
        """The end of block text, without the blank lines and the break after it unless they are a part of it."""
        content = self.text[start:end]
        if "+" in content.split("\n", 1)[0].split("#")[0]:
            end -= 1 if content.endswith("\n") else 0
            return end - 1 if self.text[:end].endswith("\r") else end
        last = len(content.rstrip(" \r\n"))  # the last letter; its line may end in spaces
        line_end = content.find("\n", last)
        return start + len(content[: line_end if line_end >= 0 else None].removesuffix("\r"))
