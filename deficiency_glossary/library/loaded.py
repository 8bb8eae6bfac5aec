"""A file of a glossary, read: its record, its text and what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from deficiency_glossary.errors import InvalidContent
from deficiency_glossary.findings import Finding, has_errors
from deficiency_glossary.library import yaml12
from deficiency_glossary.library.yaml12 import Node
from deficiency_glossary.model import Record

R = TypeVar("R", bound=Record)


class Loaded(Generic[R]):
    """A file: its record, unless something in it makes that impossible, its text and its findings.

    `root` is its tree with places. It is wanted for findings only, so it is made from the text when asked for.
    """

    __slots__ = ("_root", "findings", "path", "record", "text")

    def __init__(
        self, path: str, record: R | None, findings: tuple[Finding, ...], text: str = "", root: Node | None = None
    ) -> None:
        self.path = path
        self.record = record
        self.findings = findings
        self.text = text
        self._root = root

    @property
    def root(self) -> Node | None:
        """The tree; None if there is none."""
        if self._root is None and self.text:
            self._root = yaml12.tree_of(self.text)
        return self._root

    def node(self, *where: str | int) -> Node:
        """The node at a path, or the nearest one above it that exists."""
        return (self.root or Node(0, 0, None)).at(*where)

    def require(self) -> R:
        """The record; raises InvalidContent if the file has an error."""
        if self.record is None or has_errors(self.findings):
            raise InvalidContent(self.findings)
        return self.record


class Recalled(Loaded[R]):
    """A sound file whose record is known already. Its text is read when it is asked for."""

    __slots__ = ("_read", "_text")

    def __init__(self, path: str, record: R, read: Callable[[], str]) -> None:
        self._text: str | None = None
        self._read = read
        super().__init__(path, record, ())

    @property
    def text(self) -> str:
        """The text of the file as it is now."""
        if self._text is None:
            self._text = self._read()
        return self._text

    @text.setter
    def text(self, _: str) -> None:
        """What the record came from is not here."""
