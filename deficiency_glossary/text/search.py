"""Looking up: what a reader types, and the concepts that it most likely means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from deficiency_glossary.text import folding


class Searchable(NamedTuple):
    """A concept as it can be found: its terms (with reading and status) and its running text."""

    concept: str
    terms: Sequence[tuple[str, str | None, str]]
    text: str


class Hit(NamedTuple):
    """A concept found. `matched` is the term, reading or passage that the query was found in."""

    concept: str
    term: str
    matched: str
    rank: tuple[int, int, int, str]


class _Key(NamedTuple):
    folded: str
    compact: str
    penalty: int
    shown: str
    kind: str  # term, reading, choseong or latin


class _Row(NamedTuple):
    concept: str
    term: str
    keys: tuple[_Key, ...]
    folded_text: str
    text: str


# How well a query fits a key: the smaller, the better.
_EXACT, _PREFIX, _WORD, _INSIDE, _TEXT = range(5)
_STATUS_PENALTY = {"preferred": 0, "admitted": 1, "deprecated": 2, "superseded": 2}


class Index:
    """The searchable concepts of one locale."""

    def __init__(self, concepts: Iterable[Searchable]) -> None:
        self._rows = [_row(concept) for concept in concepts]

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The concepts that fit, best first: terms before text, whole before part, preferred before deprecated."""
        choseong = query.replace(" ", "") if folding.is_choseong(query) else ""
        folded = folding.fold(query)
        if not folded and not choseong:
            return []
        compact = folded.replace(" ", "")
        hits = (_best(row, folded, compact, choseong) for row in self._rows)
        return sorted((hit for hit in hits if hit), key=lambda hit: hit.rank)[:limit]

    def of(self, concept: str) -> list[Hit]:
        """The hit of a concept that was found by other means."""
        return [
            Hit(row.concept, row.term, row.term, (_PREFIX, 0, 0, concept))
            for row in self._rows
            if row.concept == concept
        ]


def _row(concept: Searchable) -> _Row:
    preferred = next((text for text, _, status in concept.terms if status == "preferred"), concept.concept)
    keys = tuple(
        key for text, reading, status in concept.terms for key in _keys(text, reading, _STATUS_PENALTY[status])
    )
    return _Row(concept.concept, preferred, keys, folding.fold(concept.text), concept.text)


def _keys(text: str, reading: str | None, penalty: int) -> Iterable[_Key]:
    folded = folding.fold(text)
    yield _Key(folded, folded.replace(" ", ""), penalty, text, "term")
    if reading:
        kana = folding.fold(reading)
        yield _Key(kana, kana.replace(" ", ""), penalty, reading, "reading")
    spoken = folding.fold(reading or text)
    latin = folding.romanize(spoken)
    if latin != spoken:
        yield _Key(latin, latin.replace(" ", ""), penalty + 1, text, "latin")
    initials = folding.choseong(text).replace(" ", "")
    if len(initials) > 1:
        yield _Key(initials, initials, penalty, text, "choseong")


def _best(row: _Row, folded: str, compact: str, choseong: str) -> Hit | None:
    fits = [
        (fit, key.penalty, len(key.compact), key.shown)
        for key in row.keys
        if (fit := _fit(key, folded, compact, choseong)) is not None
    ]
    if fits:
        fit, penalty, length, shown = min(fits)
        return Hit(row.concept, row.term, shown, (fit, penalty, length, row.concept))
    words = folded.split()
    if words and not choseong and all(word in row.folded_text for word in words):
        return Hit(
            row.concept, row.term, row.text[:80], (_TEXT, -sum(row.folded_text.count(w) for w in words), 0, row.concept)
        )
    return None


def _fit(key: _Key, folded: str, compact: str, choseong: str) -> int | None:
    if key.kind == "choseong":
        if not choseong or choseong not in key.compact:
            return None
        return _EXACT if key.compact == choseong else _PREFIX if key.compact.startswith(choseong) else _INSIDE
    if choseong or not compact:
        return None
    if key.compact == compact:
        return _EXACT
    if key.compact.startswith(compact):
        return _PREFIX
    if f" {folded}" in f" {key.folded}":
        return _WORD
    return _INSIDE if compact in key.compact else None
