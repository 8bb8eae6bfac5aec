"""Printing: plain tables, readable in a terminal and in a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Table(NamedTuple):
    """A title, the heads of the columns, the rows; the first column is text, the others are numbers."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """Columns aligned, without the title."""
        lines = [self.heads, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.heads))]
        rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        told = []
        for line in (self.heads, rule, *self.rows):
            numbers = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
            told.append(f"| {' | '.join([line[0].ljust(widths[0]), *numbers])} |\n")
        return "".join(told)

    def show(self) -> None:
        """Print it."""
        print(f"\n{self.title}\n\n{self.markdown()}", end="", flush=True)


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    Table(title, heads, rows).show()
