"""Looking up: what a reader types, and the concepts that it most likely means."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
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
    folded_text: str
    begin: str  # of the text


class _Strings:
    """Many strings run together, so that those that hold a word are found in one pass."""

    def __init__(self, strings: Iterable[str]) -> None:
        parts = list(strings)
        self.text = "\n".join([*parts, ""])
        self.starts = array("L", accumulate((len(part) + 1 for part in parts[:-1]), initial=0)) if parts else array("L")

    def holding(self, part: str) -> Iterator[int]:
        """The numbers of the strings that hold this part, in order."""
        if not part or "\n" in part:
            return
        at = self.text.find(part)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            yield number
            if number + 1 == len(self.starts):
                return
            at = self.text.find(part, self.starts[number + 1])


# How well a query fits a key: the smaller, the better.
_EXACT, _PREFIX, _WORD, _INSIDE, _WORDS, _TEXT = range(6)
_STATUS_PENALTY = {"preferred": 0, "admitted": 1, "deprecated": 2, "superseded": 2}
# Thai, Lao, Burmese, Khmer, Han, Hangul: a word may begin at any letter. In kana, where a run of it begins.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_BEGINS = re.compile(f"[{_UNSPACED}]|(?<![^ {_UNSPACED}])[^ ]")


class Index:
    """The searchable concepts of one locale."""

    def __init__(self, concepts: Iterable[Searchable]) -> None:
        self._rows: list[_Row] = []
        self._of: dict[str, list[int]] = {}  # concept -> its rows
        self._keys: list[Key] = []
        self._owners = array("L")  # of each key, its row
        words: dict[str, array[int]] = {}
        for number, concept in enumerate(concepts):
            row = _row(concept)
            self._rows.append(row)
            self._of.setdefault(row.concept, []).append(number)
            for key in dict.fromkeys(key for term in concept.terms for key in keys_of(*term)):
                self._keys.append(key)
                self._owners.append(number)
            for word in dict.fromkeys(row.folded_text.split()):
                words.setdefault(word, array("L")).append(number)
        self._compact = _Strings(key.compact for key in self._keys)
        self._words = _Strings(words)
        self._standing = list(words.values())  # of each word, the rows in whose text it stands

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The concepts that fit, best first: terms before text, whole before part, preferred before deprecated."""
        asked = query_of(query)
        if not asked.compact and not asked.choseong:
            return []
        best = self._by_keys(asked)
        hits = [
            Hit(self._rows[row].concept, self._rows[row].term, shown, (fit, penalty, length, self._rows[row].concept))
            for row, (fit, penalty, length, shown) in best.items()
        ]
        if not 0 <= limit <= len(hits):  # no text comes before a key
            hits += self._by_text(asked, best)
        return sorted(hits, key=lambda hit: hit.rank)[:limit]

    def _by_keys(self, asked: Query) -> dict[int, Fit]:
        """How well the query fits each row that has a key for it."""
        # Whatever fits holds one of these, without spaces: the longest word, a looser spelling, initial consonants.
        longest = max(asked.folded.split(), key=len, default="")
        parts = dict.fromkeys([asked.choseong] if asked.choseong else [longest, asked.loose])
        best: dict[int, Fit] = {}
        for number in dict.fromkeys(number for part in parts for number in self._compact.holding(part)):
            key = self._keys[number]
            place = _fit(key, asked)
            if place is not None:
                row = self._owners[number]
                fit = (place, key.penalty, len(key.compact), key.shown)
                best[row] = min(fit, best.get(row, fit))
        return best

    def _by_text(self, asked: Query, known: Mapping[int, Fit]) -> Iterator[Hit]:
        """The other rows, in whose text all words stand."""
        words = asked.folded.split()
        if not words or asked.choseong:
            return
        found: set[int] | None = None
        for word in words:
            rows = {row for number in self._words.holding(word) for row in self._standing[number]}
            found = rows if found is None else found & rows
        for number in (found or set()) - known.keys():
            row = self._rows[number]
            often = sum(row.folded_text.count(word) for word in words)
            yield Hit(row.concept, row.term, row.begin, (_TEXT, -often, 0, row.concept))

    def of(self, concept: str) -> list[Hit]:
        """The hit of a concept that was found by other means."""
        rows = [self._rows[number] for number in self._of.get(concept, ())]
        return [Hit(row.concept, row.term, row.term, (_PREFIX, 0, 0, concept)) for row in rows]


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
    spelled = folded if text.isascii() else folding.spelled_out(text)
    if spelled != folded:
        yield _key(spelled, penalty, text, "term")
    spoken = folded
    if reading:
        spoken = folding.fold(reading)
        yield _key(spoken, penalty, reading, "reading")
    for latin in () if spoken.isascii() else _romanized(spoken):
        if latin != spoken:
            yield _key(latin, penalty + 1, text, "latin")
            yield _key(folding.loose(latin.replace(" ", "")), penalty + 1, text, "loose")
    initials = folding.choseong(text) if folding.has_hangul(text) else ""
    if len(initials.replace(" ", "")) > 1:
        yield _key(initials, penalty, text, "choseong")


def _romanized(text: str) -> Iterable[str]:
    """Hangul by sound and by letter, kana in one way."""
    by_sound = folding.romanize(text)
    return (
        dict.fromkeys((by_sound, folding.romanize(text, by_letter=True))) if folding.has_hangul(text) else (by_sound,)
    )


def shape_key(shape: str, term: str) -> Key:
    """An inflected shape of a term. `Glossary.search` has them from `find`; no query is looked up in them here."""
    return _key(folding.fold(shape), 0, term, "shape")


def best_fit(keys: Iterable[Key], asked: Query) -> Fit | None:
    """How well the query fits the one of these keys that it fits best."""
    fits = [
        (place, key.penalty, len(key.compact), key.shown) for key in keys if (place := _fit(key, asked)) is not None
    ]
    return min(fits, default=None)


def beginnings(key: Key) -> Iterator[int]:
    """The places in a key, without its spaces, where a word may begin.

    In scripts that write no spaces, and in Hangul, that is every place; in kana, the first of a run.
    """
    if key.folded.isascii():  # most are, and this is quicker
        place = 0
        for word in key.folded.split():
            yield place
            place += len(word)
        return
    for begin in _BEGINS.finditer(key.folded):
        yield begin.start() - key.folded.count(" ", 0, begin.start())


def _row(concept: Searchable) -> _Row:
    preferred = next((text for text, _, status in concept.terms if status == "preferred"), concept.concept)
    return _Row(concept.concept, preferred, folding.fold(concept.text), concept.text[:80])


def _key(folded: str, penalty: int, shown: str, kind: str) -> Key:
    return Key(folded, folded.replace(" ", ""), penalty, shown, kind)


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
