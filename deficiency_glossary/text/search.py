"""Looking up: what a reader types, and the concepts that it most likely means."""

from __future__ import annotations

import re
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


class Key(NamedTuple):
    """One spelling that a concept can be found by. `shown` is the term or reading that it spells."""

    folded: str
    compact: str
    penalty: int
    shown: str
    kind: str  # term, reading, choseong, latin, loose or shape


class Query(NamedTuple):
    """What was typed, made comparable to each kind of key."""

    folded: str
    compact: str
    loose: str
    choseong: str


Fit = tuple[int, int, int, str]
"""How well a query fits a concept, the smaller the better: place in the key, penalty, length; and what is shown."""


class _Row(NamedTuple):
    concept: str
    term: str
    keys: tuple[Key, ...]
    folded_text: str
    text: str


# How well a query fits a key: the smaller, the better.
_EXACT, _PREFIX, _WORD, _INSIDE, _WORDS, _TEXT = range(6)
_STATUS_PENALTY = {"preferred": 0, "admitted": 1, "deprecated": 2, "superseded": 2}
# Thai, Lao, Burmese, Khmer, Han, Hangul: a word may begin at any letter. In kana, where a run of it begins.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Index:
    """The searchable concepts of one locale."""

    def __init__(self, concepts: Iterable[Searchable]) -> None:
        self._rows = [_row(concept) for concept in concepts]

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The concepts that fit, best first: terms before text, whole before part, preferred before deprecated."""
        asked = query_of(query)
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


def query_of(text: str) -> Query:
    """What a reader typed, folded in each of the ways that keys are."""
    folded = folding.fold(text)
    compact = folded.replace(" ", "")
    return Query(folded, compact, folding.loose(compact), folding.typed_choseong(text))


def keys_of(text: str, reading: str | None, status: str) -> Iterable[Key]:
    """Every spelling that a term can be found by."""
    penalty = _STATUS_PENALTY[status]
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


def shape_key(shape: str, term: str) -> Key:
    """An inflected shape of a term. `Glossary.search` has them from `find`; no query is looked up in them here."""
    return _key(folding.fold(shape), 0, term, "shape")


def best_fit(keys: Iterable[Key], asked: Query) -> Fit | None:
    """How well the query fits the one of these keys that it fits best."""
    fits = [
        (place, key.penalty, len(key.compact), key.shown) for key in keys if (place := _fit(key, asked)) is not None
    ]
    return min(fits, default=None)


def beginnings(key: Key) -> Iterable[str]:
    """What can be read, without spaces, from each place in a key where a word may begin.

    In scripts that write no spaces, and in Hangul, that is every place; in kana, the first of a run.
    """
    if key.folded.isascii():  # most are, and this is quicker
        words = key.folded.split()
        yield from ("".join(words[at:]) for at in range(len(words)))
        return
    before = " "
    for at, character in enumerate(key.folded):
        if character != " " and (before == " " or _UNSPACED.match(character) or _UNSPACED.match(before)):
            yield key.folded[at:].replace(" ", "")
        before = character


def _row(concept: Searchable) -> _Row:
    preferred = next((text for text, _, status in concept.terms if status == "preferred"), concept.concept)
    keys = tuple(key for term in concept.terms for key in keys_of(*term))
    return _Row(concept.concept, preferred, keys, folding.fold(concept.text), concept.text)


def _key(folded: str, penalty: int, shown: str, kind: str) -> Key:
    return Key(folded, folded.replace(" ", ""), penalty, shown, kind)


def _best(row: _Row, asked: Query) -> Hit | None:
    found = best_fit(row.keys, asked)
    if found:
        fit, penalty, length, shown = found
        return Hit(row.concept, row.term, shown, (fit, penalty, length, row.concept))
    words = asked.folded.split()
    if words and not asked.choseong and all(word in row.folded_text for word in words):
        often = sum(row.folded_text.count(word) for word in words)
        return Hit(row.concept, row.term, row.text[:80], (_TEXT, -often, 0, row.concept))
    return None


def _fit(key: Key, asked: Query) -> int | None:
    if key.kind == "choseong":
        return _place(key.compact, asked.choseong)
    if asked.choseong or key.kind == "shape":
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
