"""The index of a locale's terms, cut into files small enough to load while somebody types.

Every spelling of a term is filed under what can be read from each place where a word begins in it. What is filed is in
order, and cut where one part would be too large: first by the first letter, then by the next. A query is looked up in
the one part that holds everything that begins with it. Where no part does, because that was cut further, the best
concepts for exactly that query are kept instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
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


class _Filed(NamedTuple):
    """A key of a row under one of its beginnings."""

    beginning: str
    row: int
    key: int


def cut(rows: Sequence[Row], max_bytes: int = MAX_BYTES) -> Shards:
    """Cut an index into parts of at most about so many bytes; a small one stays whole, with everything in it."""
    every = [_Filed("", row, key) for row, one in enumerate(rows) for key in range(len(one.keys))]
    if _size(rows, every) <= max_bytes:
        return Shards({"": rows} if rows else {}, {})
    filed = sorted(
        (
            _Filed(beginning, row, number)
            for row, one in enumerate(rows)
            for number, key in enumerate(one.keys)
            for beginning in beginnings(key)
        ),
        key=lambda one: (_order(one.beginning), one.row, one.key),
    )
    parts: dict[str, Sequence[Row]] = {}
    tops: dict[str, Sequence[Row]] = {}
    _cut(rows, filed, "", max_bytes, parts, tops)
    return Shards(parts, tops)


def _order(text: str) -> bytes:
    """JavaScript compares strings by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


def _cut(
    rows: Sequence[Row],
    filed: Sequence[_Filed],
    prefix: str,
    max_bytes: int,
    parts: dict[str, Sequence[Row]],
    tops: dict[str, Sequence[Row]],
) -> None:
    """Add the parts of what is filed under a prefix, which is too much for one."""
    gathered: list[_Filed] = []
    size = 0
    depth = len(prefix)

    def close() -> None:
        nonlocal gathered, size
        if gathered:
            parts[gathered[0].beginning[: depth + 1]] = _rows(rows, gathered)
        gathered, size = [], 0

    longer = (one for one in filed if len(one.beginning) > depth)
    for letter, group in groupby(longer, key=lambda one: one.beginning[depth]):
        same = list(group)
        more = _size(rows, same)
        if size + more > max_bytes:
            close()
        if more <= max_bytes or depth == _MAX_DEPTH:
            gathered += same
            size += more
        else:
            tops[prefix + letter] = _top(rows, same, prefix + letter)
            _cut(rows, same, prefix + letter, max_bytes, parts, tops)
    close()


def _size(rows: Sequence[Row], filed: Iterable[_Filed]) -> int:
    """How many bytes a part that holds this will have, about."""
    keys = {(one.row, one.key) for one in filed}
    heads = sum(_ROW_BYTES + _bytes(rows[row].concept) + _bytes(rows[row].term) for row in {row for row, _ in keys})
    return heads + sum(_key_bytes(rows[row], rows[row].keys[key]) for row, key in keys)


def _key_bytes(row: Row, key: Key) -> int:
    return 10 + _bytes(key.folded) + (0 if key.shown == row.term else 3 + _bytes(key.shown))


def _bytes(text: str) -> int:
    return len(text.encode())


def _rows(rows: Sequence[Row], filed: Iterable[_Filed]) -> list[Row]:
    """The rows of a part, each with the keys that brought it there, in the order of the index."""
    held: dict[int, set[int]] = {}
    for one in filed:
        held.setdefault(one.row, set()).add(one.key)
    return [_with_keys(rows[row], sorted(held[row])) for row in sorted(held)]


def _with_keys(row: Row, keys: Iterable[int]) -> Row:
    return row._replace(keys=tuple(row.keys[key] for key in keys))


def _top(rows: Sequence[Row], filed: Iterable[_Filed], query: str) -> list[Row]:
    """The best rows for exactly this query, the best first."""
    return [row for _, row in sorted(_ranked(_rows(rows, filed), query))[:MAX_TOP]]


def _ranked(rows: Iterable[Row], query: str) -> Iterator[tuple[tuple[int, int, int, str], Row]]:
    asked = query_of(query)
    for row in rows:
        fit = best_fit(row.keys, asked)
        if fit is not None:
            yield (*fit[:3], row.concept), row
