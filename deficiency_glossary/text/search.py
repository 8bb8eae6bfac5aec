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
    kind: str  # term, reading, choseong, latin or loose


class _Query(NamedTuple):
    """What was typed, made comparable to each kind of key."""

    folded: str
    compact: str
    loose: str
    choseong: str


class _Row(NamedTuple):
    concept: str
    term: str
    keys: tuple[_Key, ...]
    folded_text: str
    text: str


# How well a query fits a key: the smaller, the better.
_EXACT, _PREFIX, _WORD, _INSIDE, _WORDS, _TEXT = range(6)
_STATUS_PENALTY = {"preferred": 0, "admitted": 1, "deprecated": 2, "superseded": 2}


class Index:
    """The searchable concepts of one locale."""

    def __init__(self, concepts: Iterable[Searchable]) -> None:
        self._rows = [_row(concept) for concept in concepts]

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The concepts that fit, best first: terms before text, whole before part, preferred before deprecated."""
        folded = folding.fold(query)
        compact = folded.replace(" ", "")
        asked = _Query(folded, compact, folding.loose(compact), folding.typed_choseong(query))
        if not asked.compact and not asked.choseong:
            return []
        hits = (_best(row, asked) for row in self._rows)
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
    yield _key(folded, penalty, text, "term")
    spelled = folding.spelled_out(text)
    if spelled != folded:
        yield _key(spelled, penalty, text, "term")
    if reading:
        yield _key(folding.fold(reading), penalty, reading, "reading")
    spoken = folding.fold(reading or text)
    for latin in dict.fromkeys((folding.romanize(spoken), folding.romanize(spoken, by_letter=True))):
        if latin != spoken:
            yield _key(latin, penalty + 1, text, "latin")
            yield _key(folding.loose(latin.replace(" ", "")), penalty + 1, text, "loose")
    initials = folding.choseong(text)
    if len(initials.replace(" ", "")) > 1:
        yield _key(initials, penalty, text, "choseong")


def _key(folded: str, penalty: int, shown: str, kind: str) -> _Key:
    return _Key(folded, folded.replace(" ", ""), penalty, shown, kind)


def _best(row: _Row, asked: _Query) -> Hit | None:
    fits = [
        (fit, key.penalty, len(key.compact), key.shown) for key in row.keys if (fit := _fit(key, asked)) is not None
    ]
    if fits:
        fit, penalty, length, shown = min(fits)
        return Hit(row.concept, row.term, shown, (fit, penalty, length, row.concept))
    words = asked.folded.split()
    if words and not asked.choseong and all(word in row.folded_text for word in words):
        often = sum(row.folded_text.count(word) for word in words)
        return Hit(row.concept, row.term, row.text[:80], (_TEXT, -often, 0, row.concept))
    return None


def _fit(key: _Key, asked: _Query) -> int | None:
    if key.kind == "choseong":
        return _place(key.compact, asked.choseong)
    if asked.choseong:
        return None
    if key.kind == "loose":
        return _place(key.compact, asked.loose)
    place = _place(key.compact, asked.compact)
    if place in (_EXACT, _PREFIX):
        return place
    if f" {asked.folded}" in f" {key.folded}":
        return _WORD
    if place is None and " " in asked.folded and all(word in key.folded for word in asked.folded.split()):
        return _WORDS
    return place


def _place(key: str, asked: str) -> int | None:
    """Where in a key the query stands, if it is in it."""
    if not asked or asked not in key:
        return None
    return _EXACT if key == asked else _PREFIX if key.startswith(asked) else _INSIDE
