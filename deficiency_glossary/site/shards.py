"""The index of a locale's terms, cut into files small enough to load while somebody types.

Every spelling of a term is filed under what can be read from each place where a word begins in it. What is filed is in
order, and cut where one part would be too large: first by the first letter, then by the next. A query is looked up in
the one part that holds everything that begins with it. Where no part does, because that was cut further, the best
concepts for exactly that query are kept instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import dropwhile, groupby
from typing import NamedTuple

from deficiency_glossary.text.search import Key, beginnings, best_fit, query_of

MAX_BYTES = 30_000
MAX_TOP = 20
# Spellings that are the same so far are cut no further.
_MAX_DEPTH = 24
_ROW_BYTES = 12  # what stands around a concept and its keys, about


class Row(NamedTuple):
    """A concept that can be found: its preferred term, and spellings of its terms."""

    concept: str
    term: str
    keys: tuple[Key, ...]


class Shards(NamedTuple):
    """The parts of an index. Both are in the order in which JavaScript compares strings."""

    parts: Mapping[str, Sequence[Row]]  # where a part begins -> all that begins there or later, up to the next
    tops: Mapping[str, Sequence[Row]]  # a query that spans parts -> the best concepts for it


_Filed = tuple[str, int]
"""What can be read from a beginning in a key, and the number of the key."""


def cut(rows: Sequence[Row], max_bytes: int = MAX_BYTES) -> Shards:
    """Cut an index into parts of at most about so many bytes; a small one stays whole, with everything in it."""
    if sum(_head_bytes(row) + sum(_key_bytes(row, key) for key in row.keys) for row in rows) <= max_bytes:
        return Shards({"": rows} if rows else {}, {})
    return _Cutter(rows, max_bytes).shards()


def _head_bytes(row: Row) -> int:
    return _ROW_BYTES + len(row.concept) + len(row.term.encode())


def _key_bytes(row: Row, key: Key) -> int:
    return 10 + len(key.folded.encode()) + (0 if key.shown == row.term else 3 + len(key.shown.encode()))


class _Cutter:
    """An index while it is cut. Keys are numbered through, so that they can be counted and sized quickly."""

    def __init__(self, rows: Sequence[Row], max_bytes: int) -> None:
        self.rows = rows
        self.max_bytes = max_bytes
        self.keys = [key for row in rows for key in row.keys]
        self.row_of = [number for number, row in enumerate(rows) for _ in row.keys]
        self.key_bytes = [_key_bytes(row, key) for row in rows for key in row.keys]
        self.head_bytes = [_head_bytes(row) for row in rows]
        self.parts: dict[str, Sequence[Row]] = {}
        self.tops: dict[str, Sequence[Row]] = {}

    def shards(self) -> Shards:
        """All parts."""
        filed = [(beginning, number) for number, key in enumerate(self.keys) for beginning in beginnings(key)]
        filed.sort()
        if filed and filed[-1][0] > "\ud7ff":  # only there do the two orders differ
            filed.sort(key=lambda one: (one[0].encode("utf-16-be", "surrogatepass"), one[1]))
        self._cut(filed, "")
        return Shards(self.parts, self.tops)

    def _cut(self, filed: Sequence[_Filed], prefix: str) -> None:
        """Add the parts of what is filed under a prefix, which is too much for one."""
        depth = len(prefix)
        gathered: list[_Filed] = []
        room = self.max_bytes
        longer = dropwhile(lambda one: len(one[0]) == depth, filed)  # what ends here comes first
        for letter, group in groupby(longer, key=lambda one: one[0][depth]):
            same = list(group)
            size = self._size(same)
            if size > room:
                self._close(gathered, depth)
                gathered, room = [], self.max_bytes
            if size <= self.max_bytes or depth == _MAX_DEPTH:
                gathered += same
                room -= size
            else:
                self.tops[prefix + letter] = self._top(same, prefix + letter)
                self._cut(same, prefix + letter)
        self._close(gathered, depth)

    def _close(self, gathered: Sequence[_Filed], depth: int) -> None:
        if gathered:
            self.parts[gathered[0][0][: depth + 1]] = self._rows(gathered)

    def _size(self, filed: Iterable[_Filed]) -> int:
        """How many bytes a part that holds this will have, about."""
        numbers = {number for _, number in filed}
        heads = {self.row_of[number] for number in numbers}
        return sum(map(self.head_bytes.__getitem__, heads)) + sum(map(self.key_bytes.__getitem__, numbers))

    def _rows(self, filed: Iterable[_Filed]) -> list[Row]:
        """The rows of a part, each with the keys that brought it there, in the order of the index."""
        return [self._row(row, numbers) for row, numbers in self._by_row(filed)]

    def _by_row(self, filed: Iterable[_Filed]) -> Iterator[tuple[int, Iterator[int]]]:
        return groupby(sorted({number for _, number in filed}), key=self.row_of.__getitem__)

    def _row(self, row: int, numbers: Iterable[int]) -> Row:
        concept, term, _ = self.rows[row]
        return Row(concept, term, tuple(map(self.keys.__getitem__, numbers)))

    def _top(self, filed: Sequence[_Filed], query: str) -> list[Row]:
        """The best rows for exactly this query, the best first. Only these are made: there may be thousands."""
        asked = query_of(query)
        fits = ((best_fit(map(self.keys.__getitem__, numbers), asked), row) for row, numbers in self._by_row(filed))
        ranked = ((fit[:3], self.rows[row].concept, row) for fit, row in fits if fit is not None)
        best = [row for _, _, row in nsmallest(MAX_TOP, ranked)]
        held = {
            row: list(numbers) for row, numbers in self._by_row(one for one in filed if self.row_of[one[1]] in best)
        }
        return [self._row(row, held[row]) for row in best]
