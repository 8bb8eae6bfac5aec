"""What is said of one article: findings at offsets of its text, and the edits that go with them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from deficiency_glossary.findings import Finding, Severity

T = TypeVar("T")


class Span(NamedTuple):
    """[start, end) of an article's text."""

    start: int
    end: int


class Edit(NamedTuple):
    """The text at [start, end) becomes `new`. A silent one only takes markup away; no finding tells of it."""

    start: int
    end: int
    new: str
    silent: bool = False


class Notes:
    """The findings and edits of one article. Edits never overlap: the first one to claim a character has it."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.findings: list[Finding] = []
        self.reported: list[Span] = []
        self._edits: dict[int, Edit] = {}
        self._said: set[tuple[str, int | None]] = set()
        self._taken: set[int] = set()
        self._order: list[int] | None = None
        self._lines = [0]
        at = text.find("\n")
        while at >= 0:
            self._lines.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def finding(
        self,
        code: str,
        at: int | None,
        message: str,
        hint: str = "",
        *,
        severity: Severity = "info",
        edit: tuple[int, str] | None = None,
        covers: Span | None = None,
        once: bool = False,
    ) -> bool:
        """Note a finding at an offset, or of the file as a whole. With `edit` (end, new text) the text changes too.

        `covers` is the text that the message repeats in full because no draft holds it. With `once`, a second finding
        of this code at this place is none. Whether it was noted: an edit that would overlap another is left, and what
        it would say with it.
        """
        if once and (code, at) in self._said:
            return False
        if edit is not None and at is not None and not self._claim(Edit(at, edit[0], edit[1])):
            return False
        self._said.add((code, at))
        if covers is not None:
            self.reported.append(covers)
        line, column = (0, 0) if at is None else self.place(at)
        self.findings.append(
            Finding(path=self.path, line=line, column=column, code=code, severity=severity, message=message, hint=hint)
        )
        return True

    def edit(self, start: int, end: int, new: str) -> bool:
        """Change markup without a word: a link's slash, a marker."""
        return self._claim(Edit(start, end, new, silent=True))

    def _claim(self, edit: Edit) -> bool:
        places = range(edit.start, max(edit.end, edit.start + 1))
        if edit.start in self._edits or (edit.end > edit.start and not self._taken.isdisjoint(places)):
            return False
        if edit.start == edit.end and edit.start in self._taken:
            return False
        if edit.end > edit.start:
            self._taken.update(places)
        self._edits[edit.start] = edit
        self._order = None
        return True

    def edits_in(self, span: Span) -> list[Edit]:
        """The edits of a part of the text, in order."""
        if self._order is None:
            self._order = sorted(self._edits)
        low, high = bisect_left(self._order, span.start), bisect_left(self._order, span.end)
        return [self._edits[start] for start in self._order[low:high]]

    def edited(self, span: Span) -> str:
        """A part of the text with its edits."""
        parts: list[str] = []
        at = span.start
        for edit in self.edits_in(span):
            parts += self.text[at : edit.start], edit.new
            at = edit.end
        parts.append(self.text[at : span.end])
        return "".join(parts)

    @property
    def edits(self) -> list[Edit]:
        """All edits, in order."""
        return [self._edits[start] for start in sorted(self._edits)]


class Inside:
    """Whether an offset stands in one of many spans, none of which overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def __contains__(self, offset: object) -> bool:
        index = bisect_right(self._spans, offset, key=lambda span: span[0]) - 1  # type: ignore[call-overload]
        return index >= 0 and isinstance(offset, int) and offset < self._spans[index][1]


def within(items: Sequence[T], span: tuple[int, int], start_of: Callable[[T], int]) -> Sequence[T]:
    """Those of the items, which are in order, that begin in a span."""
    return items[bisect_left(items, span[0], key=start_of) : bisect_left(items, span[1], key=start_of)]


def visible(text: str) -> str:
    """The text for a message: what has no shape of its own shows as its number."""
    if text.isprintable() and "\ufffd" not in text:
        return text
    return "".join(char if char.isprintable() and char != "\ufffd" else f"U+{ord(char):04X}" for char in text)


def quoted(text: str) -> str:
    """The same between quotation marks."""
    return f"“{visible(text)}”"


def excerpt(text: str, limit: int = 60) -> str:
    """The beginning of a text, in quotation marks: for places where nothing is lost by cutting."""
    line = " ".join(text.split())
    return quoted(line if len(line) <= limit else line[: limit - 1] + "…")
