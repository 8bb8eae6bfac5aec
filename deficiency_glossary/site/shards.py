"""The index of a locale's terms, cut into files small enough to load while somebody types.

Every spelling of a term is filed under what can be read from each place where a word begins in it. What is filed is in
order, and cut where one part would be too large: first by the first letter, then by the next. A query is looked up in
the one part that holds everything that begins with it. Where no part does, because that was cut further, the best
concepts for exactly that query are kept instead.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
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


class Piece(NamedTuple):
    """A file of the index: all that begins with `beginning` or later, up to the next part; or the best for a query.

    `is_top`: `beginning` is a query that spans parts, and the rows are the best concepts for it, the best first.
    """

    beginning: str
    rows: Sequence[Row]
    is_top: bool = False


_Filed = tuple[str, int]
"""What can be read from a beginning in a key, and the number of the key."""
# A place in a key: the number of the key, above the place.
_PLACE_BITS = 32


def cut(rows: Sequence[Row], max_bytes: int = MAX_BYTES) -> Iterator[Piece]:
    """Cut an index into parts of at most about so many bytes; a small one stays whole, with everything in it.

    They are made one by one, as they are asked for, parts in the order in which JavaScript compares strings: a large
    index would fill the memory.
    """
    if sum(_head_bytes(row) + sum(_key_bytes(row, key) for key in row.keys) for row in rows) > max_bytes:
        yield from _Cutter(rows, max_bytes).pieces()
    elif rows:
        yield Piece("", rows)


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
        self.row_of = array("L", (number for number, row in enumerate(rows) for _ in row.keys))
        self.key_bytes = array("L", (_key_bytes(row, key) for row in rows for key in row.keys))
        self.head_bytes = array("L", map(_head_bytes, rows))

    def pieces(self) -> Iterator[Piece]:
        """All pieces."""
        places = self._places()
        # Only from surrogates on do the two orders differ.
        in_units = any(letter > "\ud7ff" for letter in places)
        order = _by_unit if in_units else None
        groups = ((letter, self._filed(places.pop(letter), in_units)) for letter in sorted(places, key=order))
        yield from self._cut(groups, "")

    def _places(self) -> dict[str, array[int]]:
        """Letter -> the places where it begins something: eight bytes each, where the texts would take a hundred."""
        places: dict[str, array[int]] = {}
        for number, key in enumerate(self.keys):
            for place in beginnings(key):
                letter = key.compact[place]
                if letter not in places:
                    places[letter] = array("Q")
                places[letter].append(number << _PLACE_BITS | place)
        return places

    def _filed(self, places: Iterable[int], in_units: bool) -> list[_Filed]:
        """What begins at these places, in order."""
        keys, mask = self.keys, (1 << _PLACE_BITS) - 1
        filed = [(keys[one >> _PLACE_BITS].compact[one & mask :], one >> _PLACE_BITS) for one in places]
        filed.sort(key=(lambda one: (_by_unit(one[0]), one[1])) if in_units else None)
        return filed

    def _cut(self, groups: Iterable[tuple[str, list[_Filed]]], prefix: str) -> Iterator[Piece]:
        """The pieces of what is filed under a prefix, which is too much for one; in groups by the next letter."""
        depth = len(prefix)
        gathered: list[_Filed] = []
        room = self.max_bytes
        for letter, same in groups:
            size = self._size(same)
            if size > room:
                yield from self._closed(gathered, depth)
                gathered, room = [], self.max_bytes
            if size <= self.max_bytes or depth == _MAX_DEPTH:
                gathered += same
                room -= size
            else:
                yield Piece(prefix + letter, self._top(same, prefix + letter), is_top=True)
                yield from self._cut(_by_letter(same, depth + 1), prefix + letter)
        yield from self._closed(gathered, depth)

    def _closed(self, gathered: Sequence[_Filed], depth: int) -> Iterator[Piece]:
        if gathered:
            yield Piece(gathered[0][0][: depth + 1], self._rows(gathered))

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


def _by_letter(filed: Iterable[_Filed], depth: int) -> Iterator[tuple[str, list[_Filed]]]:
    """Groups that have the same letter in a place; what ends before it comes first, and is left out."""
    longer = dropwhile(lambda one: len(one[0]) == depth, filed)
    return ((letter, list(group)) for letter, group in groupby(longer, key=lambda one: one[0][depth]))


def _by_unit(text: str) -> bytes:
    """What puts texts in the order of JavaScript: by units of UTF-16."""
    return text.encode("utf-16-be", "surrogatepass")
